// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shell/status_bar.h"

#include "widgets/common/buttons.h"
#include "widgets/common/focus.h"
#include "widgets/common/icons.h"
#include "widgets/common/labels.h"
#include "widgets/common/paint.h"
#include "widgets/common/severity.h"

#include <QtCore/QLocale>
#include <QtCore/QTimer>
#include <QtGui/QAccessible>
#include <QtGui/QPainter>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QProgressBar>

#include <algorithm>

namespace cupel::app {

using widgets::TextRole;
using widgets::Token;

namespace {

constexpr int glyph = 12;
constexpr int noticeTime = 8'000; // ms

void paintHover(QPainter& painter, const QAbstractButton& button)
{
    const QRectF box = QRectF(button.rect()).adjusted(0, 2, 0, -2);
    if (button.underMouse() && button.isEnabled()) {
        widgets::paintBox(painter, box, widgets::radius::chip, widgets::color(Token::Third));
    }
    if (button.hasFocus() && widgets::focusVisible()) {
        widgets::paintFocusRing(painter, box, widgets::radius::chip);
    }
}

} // namespace

SeverityCount::SeverityCount(Severity severity, QWidget* parent)
    : QAbstractButton(parent)
    , m_severity(severity)
{
    setFocusPolicy(Qt::TabFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setCount(0);
}

void SeverityCount::setCount(std::uint64_t count)
{
    m_count = count;
    setText(QLocale().toString(static_cast<qulonglong>(count)));
    const QString name = tr("%1: %n finding(s) in all that is open, without decided ones. Show only these.", nullptr,
        static_cast<int>(count))
                             .arg(widgets::word(m_severity));
    setAccessibleName(name);
    setToolTip(name);
    setVisible(count > 0);
    updateGeometry();
    update();
}

QSize SeverityCount::sizeHint() const
{
    const QFontMetrics metrics(widgets::font(TextRole::Small));
    return {6 + glyph + 5 + metrics.horizontalAdvance(text()) + 6, StatusBar::heightNow()};
}

void SeverityCount::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintHover(painter, *this);
    widgets::paintSeverity(painter, QRectF(6, (height() - glyph) / 2.0, glyph, glyph), m_severity, false);
    painter.setFont(widgets::font(TextRole::Small));
    painter.setPen(widgets::color(Token::TextSecondary));
    painter.drawText(rect().adjusted(6 + glyph + 5, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, text());
}

StatusButton::StatusButton(const QString& iconName, int iconToken, QWidget* parent)
    : QAbstractButton(parent)
    , m_icon(iconName)
    , m_token(iconToken)
{
    setFocusPolicy(Qt::TabFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void StatusButton::setWords(const QString& words)
{
    setText(words);
    setAccessibleName(words);
    updateGeometry();
    update();
}

QSize StatusButton::sizeHint() const
{
    const QFontMetrics metrics(widgets::font(TextRole::Small));
    return {6 + 14 + 6 + metrics.horizontalAdvance(text()) + 6, StatusBar::heightNow()};
}

void StatusButton::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintHover(painter, *this);
    widgets::paintIcon(painter, QRectF(6, (height() - 14) / 2.0, 14, 14), m_icon, static_cast<Token>(m_token));
    painter.setFont(widgets::font(TextRole::Small));
    painter.setPen(widgets::color(Token::TextPrimary));
    painter.drawText(rect().adjusted(26, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, text());
}

StatusBar::StatusBar(QWidget* parent)
    : QWidget(parent)
    , m_coverage(new widgets::ElidedLabel({}, TextRole::Small, Token::TextSecondary, false, this))
    , m_notChecked(new StatusButton(QStringLiteral("triangle-alert"), static_cast<int>(Token::Medium), this))
    , m_rules(new widgets::ElidedLabel({}, TextRole::Small, Token::TextSecondary, false, this))
    , m_notice(new widgets::ElidedLabel({}, TextRole::Small, Token::TextSecondary, false, this))
    , m_jobText(new widgets::Label({}, TextRole::Small, Token::TextSecondary, false, this))
    , m_progress(new QProgressBar(this))
    , m_stop(new widgets::IconButton(QStringLiteral("x"), tr("Stop"), this))
    , m_shield(new StatusButton(QStringLiteral("shield-check"), static_cast<int>(Token::Accent), this))
    , m_noticeTimer(new QTimer(this))
{
    setFixedHeight(heightNow());
    for (std::size_t i = 0; i < m_counts.size(); ++i) {
        m_counts[i] = new SeverityCount(static_cast<Severity>(4 - i), this);
    }
    m_shield->setWords(tr("Nothing was executed"));
    m_progress->setTextVisible(false);
    m_progress->setFixedSize(120, 4);
    m_progress->setAccessibleName(tr("Progress"));
    m_progress->setRange(0, 1000);
    m_stop->setFixedSize(24, 24);
    m_noticeTimer->setSingleShot(true);
    m_noticeTimer->setInterval(noticeTime);
    layOut();
    wire();
    setJob({});
    setReview({}, false, 0, {});
}

int StatusBar::heightNow()
{
    return std::max(barHeight, widgets::lineHeight(TextRole::Small) + 8);
}

void StatusBar::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) {
        setFixedHeight(heightNow());
    }
}

void StatusBar::layOut()
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(6, 0, 6, 0);
    row->setSpacing(2);
    for (SeverityCount* count : m_counts) {
        row->addWidget(count);
    }
    row->addSpacing(8);
    row->addWidget(m_coverage);
    row->addSpacing(8);
    row->addWidget(m_notChecked);
    row->addSpacing(8);
    row->addWidget(m_rules);
    row->addSpacing(12);
    row->addWidget(m_notice, 1);
    row->addWidget(m_jobText);
    row->addSpacing(8);
    row->addWidget(m_progress);
    row->addWidget(m_stop);
    row->addSpacing(8);
    row->addWidget(m_shield);
}

void StatusBar::wire()
{
    for (SeverityCount* count : m_counts) {
        connect(count, &QAbstractButton::clicked, this, [this, count] { Q_EMIT severityClicked(count->severity()); });
    }
    connect(m_notChecked, &QAbstractButton::clicked, this, &StatusBar::coverageClicked);
    connect(m_shield, &QAbstractButton::clicked, this, &StatusBar::shieldClicked);
    connect(m_stop, &QAbstractButton::clicked, this, &StatusBar::stopClicked);
    connect(m_noticeTimer, &QTimer::timeout, this, [this] { m_notice->setFullText({}); });
}

void StatusBar::setReview(const ReviewCoverage& coverage, bool open, double seconds, const NotChecked& notChecked)
{
    for (SeverityCount* count : m_counts) {
        count->setCount(open ? coverage.bySeverity[static_cast<std::size_t>(count->severity())] : 0);
    }
    if (open) {
        const QString checked = coverage.files > 0 ? coverageText(coverage) : QString();
        m_coverage->setFullText(coverage.settled > 0
                ? tr("%1, %n finding(s) decided", nullptr, static_cast<int>(coverage.settled)).arg(checked)
                : checked);
        m_coverage->setAccessibleDescription(tr("What was read to its end, of all that is open"));
        m_rules->setFullText(coverage.rules > 0 && seconds > 0
                ? tr("%1 rules, %2")
                      .arg(QLocale().toString(static_cast<qulonglong>(coverage.rules)), secondsText(seconds))
                : QString());
    }
    m_rulesShown = open;
    m_rules->setVisible(open && width() >= rulesFrom);
    m_notChecked->setVisible(open && notChecked.places > 0);
    const QString places = tr("%n item(s)", "of a list", static_cast<int>(notChecked.places));
    m_notChecked->setWords(tr("Not checked: %1").arg(places));
    const QString whole = tr("Not checked: %1 in %2. Open the list.")
                              .arg(places, tr("%n file(s)", nullptr, static_cast<int>(notChecked.files)));
    m_notChecked->setToolTip(whole);
    m_notChecked->setAccessibleName(whole);
}

void StatusBar::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    m_rules->setVisible(m_rulesShown && width() >= rulesFrom);
}

void StatusBar::setIdleText(const QString& text)
{
    m_coverage->setFullText(text);
}

void StatusBar::setJob(const JobStatus& job)
{
    const bool shown = job.running && job.visible;
    m_jobText->setVisible(shown);
    m_progress->setVisible(shown);
    m_stop->setVisible(shown);
    m_stop->setEnabled(!job.cancelling);
    m_notice->setVisible(!shown);
    if (shown) {
        m_jobText->setText(job.text);
        if (job.fraction < 0) {
            m_progress->setRange(0, 0);
        } else {
            m_progress->setRange(0, 1000);
            m_progress->setValue(static_cast<int>(job.fraction * 1000));
        }
    }
    m_jobShown = shown;
}

void StatusBar::setNotice(const QString& text)
{
    m_notice->setFullText(text);
    m_noticeTimer->start();
    // Qt 6.4 has no announcement event: a change of name on an alert is what screen readers follow.
    m_notice->setAccessibleName(text);
    QAccessibleEvent event(m_notice, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

void StatusBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), widgets::color(Token::Window));
    painter.fillRect(QRect(0, 0, width(), 1), widgets::color(Token::Hairline));
}

} // namespace cupel::app
