// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/foreign_band.h"

#include "widgets/common/buttons.h"
#include "widgets/common/flow_layout.h"
#include "widgets/common/icons.h"
#include "widgets/common/labels.h"
#include "widgets/common/paint.h"

#include <QtGui/QPainter>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

namespace cupel::widgets {

namespace {

constexpr int pad = 12;
constexpr int mostAuthors = 3;

int signSize()
{
    return std::max(16, qRound(16 * textZoom()));
}

} // namespace

ForeignBand::ForeignBand(QWidget* parent)
    : QFrame(parent)
    , m_title(new Label({}, TextRole::Base, Token::TextPrimary, true, this))
    , m_text(new Label({}, TextRole::Small, Token::TextSecondary, false, this))
    , m_use(new QPushButton(tr("Use them"), this))
    , m_ignore(new QPushButton(tr("Ignore"), this))
{
    m_title->setWordWrap(true);
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    setSmall(m_use);
    setSmall(m_ignore);
    m_ignore->setToolTip(plainToolTip(tr("They stay in the file and settle nothing here")));
    auto* buttons = new FlowLayout(8, false);
    buttons->addWidget(m_use);
    buttons->addWidget(m_ignore);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(pad + signSize() + 10, pad - 2, pad, pad);
    column->setSpacing(4);
    column->addWidget(m_title);
    column->addWidget(m_text);
    column->addSpacing(2);
    column->addLayout(buttons);
    connect(m_use, &QPushButton::clicked, this, &ForeignBand::useRequested);
    connect(m_ignore, &QPushButton::clicked, this, &ForeignBand::ignoreRequested);
    hide();
}

void ForeignBand::show(const ForeignDecisions& foreign)
{
    // Those about files that are not open are no question now.
    if ((foreign.count == 0 || foreign.settles == 0) && foreign.trouble.isEmpty()) {
        hide();
        return;
    }
    if (foreign.trouble.isEmpty()) {
        m_title->setText(tr("This folder brings %n decision(s) you have not confirmed", nullptr, foreign.count));
        const QStringList names = foreign.authors.mid(0, mostAuthors);
        const auto more = static_cast<int>(foreign.authors.size() - names.size());
        QString text = names.isEmpty() ? QString()
            : more > 0                 ? tr("By %1 and %n more. ", nullptr, more).arg(names.join(QStringLiteral(", ")))
                                       : tr("By %1. ").arg(names.join(QStringLiteral(", ")));
        text += foreign.about == ForeignDecisions::About::Findings
            ? tr("They would settle %n finding(s).", nullptr, foreign.settles)
            : tr("They would change %n threat(s) or part(s) of the model.", nullptr, foreign.settles);
        m_text->setText(text);
    } else {
        m_title->setText(tr("The decisions of this folder are not used"));
        m_text->setText(foreign.trouble);
    }
    m_use->setToolTip(plainToolTip(foreign.about == ForeignDecisions::About::Findings
            ? tr("Their findings count as decided, as if you had done it")
            : tr("The threat model counts them, as if you had written them")));
    m_use->setVisible(foreign.trouble.isEmpty());
    m_ignore->setVisible(foreign.trouble.isEmpty());
    setAccessibleName(m_title->text() + QStringLiteral(". ") + m_text->text());
    layout()->setContentsMargins(pad + signSize() + 10, pad - 2, pad, pad);
    QFrame::show();
    updateGeometry();
    update();
}

void ForeignBand::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintBox(painter, QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius::control, color(Token::WarnBand),
        color(Token::Hairline));
    const int size = signSize();
    const QRectF sign(pad, m_title->y() + std::max(0, (lineHeight(TextRole::Base) - size) / 2), size, size);
    paintIcon(painter, sign, QStringLiteral("user"), Token::TextPrimary);
}

} // namespace cupel::widgets
