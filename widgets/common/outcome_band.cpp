// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/common/outcome_band.h"

#include "widgets/common/buttons.h"
#include "widgets/common/icons.h"
#include "widgets/common/labels.h"
#include "widgets/common/severity.h"

#include <QtGui/QPainter>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QVBoxLayout>

namespace cupel::widgets {

namespace {

constexpr int sign = 20;

} // namespace

OutcomeBand::OutcomeBand(QWidget* parent)
    : QWidget(parent)
    , m_title(new Label({}, TextRole::Small, Token::TextPrimary, true, this))
    , m_advice(new Label({}, TextRole::Small, Token::TextSecondary, false, this))
    , m_open(new QPushButton(tr("Open the copy"), this))
    , m_copyPath(new QPushButton(tr("Copy the path"), this))
{
    for (Label* label : {m_title, m_advice}) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText);
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    auto* close = new IconButton(QStringLiteral("x"), tr("Hide this notice"), this);
    auto* words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(m_title);
    words->addWidget(m_advice);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(16 + sign + 12, 8, 12, 8);
    row->setSpacing(8);
    row->addLayout(words, 1);
    for (QPushButton* button : {m_open, m_copyPath}) {
        setSmall(button);
        row->addWidget(button);
    }
    row->addWidget(close);
    connect(m_open, &QPushButton::clicked, this, [this] { Q_EMIT openRequested(m_path); });
    connect(m_copyPath, &QPushButton::clicked, this, [this] { Q_EMIT copyPathRequested(m_path); });
    connect(close, &IconButton::clicked, this, &QWidget::hide);
}

void OutcomeBand::setWords(const Words& words, const QString& path)
{
    m_path = path;
    m_good = words.good;
    m_title->setText(words.title);
    m_advice->setText(words.advice);
    m_advice->setVisible(!words.advice.isEmpty());
    m_open->setVisible(!path.isEmpty() && words.opens);
    m_copyPath->setVisible(!path.isEmpty());
    setAccessibleName(text());
    update();
}

QString OutcomeBand::text() const
{
    const QString title = m_title->text();
    const QString between = title.endsWith(u'.') ? QStringLiteral(" ") : QStringLiteral(". ");
    return m_advice->text().isEmpty() ? title : title + between + m_advice->text();
}

void OutcomeBand::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(rect(), color(Token::Surface));
    const QRectF box(16, (height() - sign) / 2.0, sign, sign);
    m_good ? paintOk(painter, box, currentTheme())
           : paintIcon(painter, box, QStringLiteral("triangle-alert"), Token::High);
}

} // namespace cupel::widgets
