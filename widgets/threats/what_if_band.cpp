// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/threats/what_if_band.h"

#include "widgets/common/buttons.h"
#include "widgets/common/labels.h"

#include <QtGui/QPainter>
#include <QtWidgets/QApplication>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QPushButton>

#include <cmath>

namespace cupel::widgets {

WhatIfBand::WhatIfBand(ThreatState& state, QWidget* parent)
    : QWidget(parent)
    , m_state(state)
    , m_text(new Label({}, TextRole::Base, Token::TextPrimary, false, this))
    , m_keep(new QPushButton(tr("Keep"), this))
    , m_discard(new QPushButton(tr("Discard"), this))
{
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    m_keep->setAccessibleName(tr("Keep what was tried"));
    m_discard->setAccessibleName(tr("Take back all that was tried"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(16, 8, 12, 8);
    row->addWidget(m_text, 1);
    for (QPushButton* one : {m_keep, m_discard}) {
        setSmall(one);
        row->addWidget(one);
    }
    connect(m_keep, &QPushButton::clicked, this, &WhatIfBand::end);
    connect(m_discard, &QPushButton::clicked, this, [this] {
        end();
        Q_EMIT discardRequested();
    });
    connect(&state, &ThreatState::changed, this, &WhatIfBand::update);
    hide();
}

void WhatIfBand::start()
{
    if (!m_state.reading() || m_on) {
        return;
    }
    m_on = true;
    m_before = threats::remainsOf(m_state.reading()->overlaid);
    update();
    show();
    Q_EMIT started();
}

void WhatIfBand::end()
{
    const bool keyboard = isAncestorOf(QApplication::focusWidget());
    m_on = false;
    hide();
    if (keyboard) { // else it goes to whatever comes next
        Q_EMIT left();
    }
}

QString WhatIfBand::text() const
{
    return m_text->text();
}

void WhatIfBand::update()
{
    if (!m_on) {
        return;
    }
    if (!m_state.reading()) { // another folder
        end();
        return;
    }
    const auto now = threats::remainsOf(m_state.reading()->overlaid);
    const auto change = [](double was, double is) {
        const long long by = std::llround(is) - std::llround(was);
        return by > 0 ? tr("+%1").arg(by) : by < 0 ? tr("\u2212%1").arg(-by) : tr("as before");
    };
    m_text->setText(tr("What if: %1 threats (%2), risk %3 (%4). Hide a flow, draw, answer or put a control in place, "
                       "then keep it or take all of it back.")
            .arg(now.threats)
            .arg(change(static_cast<double>(m_before.threats), static_cast<double>(now.threats)))
            .arg(std::llround(now.risk))
            .arg(change(m_before.risk, now.risk)));
    setAccessibleName(m_text->text());
}

void WhatIfBand::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    painter.fillRect(rect(), color(Token::WarnBand));
}

} // namespace cupel::widgets
