// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/findings/decision_card.h"

#include "widgets/common/buttons.h"
#include "widgets/common/flow_layout.h"
#include "widgets/common/icons.h"
#include "widgets/common/labels.h"
#include "widgets/models/decision_words.h"
#include "widgets/models/shown_text.h"

#include <QtGui/QPainter>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

namespace cupel::widgets {

namespace {

constexpr int pad = 12;

int signSize()
{
    return std::max(16, qRound(16 * textZoom()));
}

// Words wrap at blanks only: long ones get places to break at, which nobody sees.
QString breakable(const QString& text)
{
    constexpr int longest = 24;
    QString out;
    int run = 0;
    for (const QChar c : text) {
        run = c.isSpace() ? 0 : run + 1;
        if (run > longest && !c.isLowSurrogate() && c.category() != QChar::Mark_NonSpacing) {
            out += QChar(0x200B);
            run = 1;
        }
        out += c;
    }
    return out;
}

} // namespace

DecisionCard::DecisionCard(QWidget* parent)
    : QFrame(parent)
    , m_title(new Label({}, TextRole::Base, Token::TextPrimary, true, this))
    , m_text(new Label({}, TextRole::Small, Token::TextSecondary, false, this))
    , m_change(new QPushButton(tr("Change…"), this))
    , m_remove(new QPushButton(tr("Remove"), this))
{
    m_title->setWordWrap(true);
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_change->setToolTip(plainToolTip(tr("Decide anew (T)")));
    m_remove->setToolTip(plainToolTip(tr("Take the decision away (Shift+T). Undo brings it back.")));
    m_remove->setFlat(true);
    setSmall(m_change);
    setSmall(m_remove);
    auto* buttons = new FlowLayout(8, false);
    buttons->addWidget(m_change);
    buttons->addWidget(m_remove);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(pad + signSize() + 10, pad - 2, pad, pad);
    column->setSpacing(4);
    column->addWidget(m_title);
    column->addWidget(m_text);
    column->addSpacing(2);
    column->addLayout(buttons);
    connect(m_change, &QPushButton::clicked, this, &DecisionCard::changeRequested);
    connect(m_remove, &QPushButton::clicked, this, &DecisionCard::removeRequested);
    hide();
}

void DecisionCard::show(review::DecisionState state, const review::Decision* decision, const Finding* finding)
{
    m_state = decision ? state : review::DecisionState::None;
    if (m_state == review::DecisionState::None) {
        hide();
        return;
    }
    const QString title = decisionTitle(state, *decision);
    QString text = decisionStory(*decision, finding);
    if (!decision->note.empty()) {
        text += u'\n' + shownText(decision->note, true);
    }
    m_title->setText(title);
    m_text->setText(breakable(text));
    m_text->setAccessibleName(tr("Decision"));
    m_change->setText(state == review::DecisionState::Active ? tr("Change…") : tr("Decide again…"));
    setAccessibleName(title + QStringLiteral(". ") + text);
    layout()->setContentsMargins(pad + signSize() + 10, pad - 2, pad, pad);
    layout()->invalidate();
    QFrame::show();
    updateGeometry();
    update();
}

void DecisionCard::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool active = m_state == review::DecisionState::Active;
    paintBox(painter, QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius::control,
        color(active ? Token::Surface : Token::WarnBand), color(Token::Hairline));
    const int size = signSize();
    const QRectF sign(pad, m_title->y() + std::max(0, (lineHeight(TextRole::Base) - size) / 2), size, size);
    paintIcon(painter, sign, active ? QStringLiteral("circle-check") : QStringLiteral("clock"), Token::TextSecondary);
}

} // namespace cupel::widgets
