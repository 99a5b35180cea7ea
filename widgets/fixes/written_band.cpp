// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/fixes/written_band.h"

#include "widgets/common/buttons.h"
#include "widgets/common/icons.h"
#include "widgets/common/labels.h"
#include "widgets/common/severity.h"
#include "widgets/models/shown_text.h"

#include <QtGui/QPainter>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QVBoxLayout>

namespace cupel::widgets {

namespace {

constexpr int sign = 20;

} // namespace

WrittenBand::WrittenBand(QWidget* parent)
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
    connect(m_open, &QPushButton::clicked, this, [this] { Q_EMIT openRequested(m_file.path); });
    connect(m_copyPath, &QPushButton::clicked, this, [this] { Q_EMIT copyPathRequested(m_file.path); });
    connect(close, &IconButton::clicked, this, &QWidget::hide);
}

void WrittenBand::setFile(const WrittenFile& file)
{
    m_file = file;
    if (!file.trouble.isEmpty()) {
        m_title->setText(file.trouble);
        m_advice->setText(tr("Nothing was written. Choose another place, or see who may write there."));
        m_advice->show();
        m_open->hide();
        m_copyPath->hide();
        setAccessibleName(text());
        return;
    }
    m_copyPath->show();
    const QString path = shownText(file.path.toStdString());
    m_title->setText(
        file.copy ? tr("Wrote %1").arg(path) : tr("%1 was changed. Ctrl+Z takes it back until Cupel ends.").arg(path));
    QStringList advice;
    if (!file.meets) {
        advice += tr("It does not meet the profile: look at it before anybody gets it.");
    }
    if (file.meets && file.below > 0) {
        advice += tr("%n finding(s) left of the kinds the profile asks about, too mild or not sure enough for it.",
            nullptr, file.below);
    }
    if (file.remaining > 0) {
        advice += tr(
            "%n word(s) equal to a value that was taken out stay: look whether they are it.", nullptr, file.remaining);
    }
    if (file.credentials > 0) {
        advice += tr("%n credential(s) taken out. Whoever has seen the old file can still use them: revoke them where "
                     "they were issued.",
            nullptr, file.credentials);
    }
    m_advice->setText(advice.join(u' '));
    m_advice->setVisible(!advice.isEmpty());
    m_open->setVisible(file.copy);
    setAccessibleName(text());
}

QString WrittenBand::text() const
{
    return m_advice->text().isEmpty() ? m_title->text() : m_title->text() + QStringLiteral(". ") + m_advice->text();
}

void WrittenBand::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(rect(), color(Token::Surface));
    const QRectF box(16, (height() - sign) / 2.0, sign, sign);
    m_file.meets ? paintOk(painter, box, currentTheme())
                 : paintIcon(painter, box, QStringLiteral("triangle-alert"), Token::High);
}

} // namespace cupel::widgets
