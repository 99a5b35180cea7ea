// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shell/top_bar.h"

#include "app/shell/actions.h"
#include "app/shell/mode_rail.h"
#include "widgets/common/buttons.h"
#include "widgets/common/focus.h"
#include "widgets/common/icons.h"
#include "widgets/common/labels.h"
#include "widgets/common/paint.h"
#include "widgets/common/theme.h"

#include <QtCore/QEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QPushButton>

#include <algorithm>

namespace cupel::app {

using widgets::TextRole;
using widgets::Token;

Crumb::Crumb(QWidget* parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
}

void Crumb::setParts(const QStringList& parts)
{
    m_parts = parts;
    setAccessibleName(parts.join(QStringLiteral(", ")));
    setToolTip(widgets::plainToolTip(parts.join(QStringLiteral(" / "))));
    constexpr int enough = 120; // elided after that: the field beside it needs the room too
    const QString last = parts.isEmpty() ? QString() : parts.back();
    const int needed = QFontMetrics(widgets::font(TextRole::Base, true)).horizontalAdvance(last) + 2;
    setMinimumWidth(std::clamp(needed, 40, enough));
    update();
}

QSize Crumb::sizeHint() const
{
    return {240, widgets::lineHeight(TextRole::Base)};
}

void Crumb::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    constexpr int arrow = 22;
    const QFontMetrics plain(widgets::font(TextRole::Base));
    const QFontMetrics strong(widgets::font(TextRole::Base, true));
    qsizetype first = m_parts.size();
    int used = 0;
    while (first > 0) {
        const bool last = first == m_parts.size();
        const int more = (last ? strong : plain).horizontalAdvance(m_parts[first - 1]) + (last ? 0 : arrow);
        if (!last && used + more > width()) {
            break;
        }
        used += more;
        --first;
    }
    int x = 0;
    for (qsizetype i = first; i < m_parts.size(); ++i) {
        const bool last = i + 1 == m_parts.size();
        const QFontMetrics& metrics = last ? strong : plain;
        painter.setFont(widgets::font(TextRole::Base, last));
        painter.setPen(widgets::color(last ? Token::TextPrimary : Token::TextSecondary));
        const QString text = metrics.elidedText(m_parts[i], Qt::ElideMiddle, width() - x);
        painter.drawText(QRect(x, 0, width() - x, height()), Qt::AlignVCenter | Qt::AlignLeft, text);
        x += metrics.horizontalAdvance(text);
        if (!last) {
            widgets::paintIcon(painter, QRectF(x + 4, (height() - 14) / 2.0, 14, 14), QStringLiteral("chevron-right"),
                Token::TextMuted);
            x += arrow;
        }
    }
}

CommandField::CommandField(QWidget* parent)
    : QAbstractButton(parent)
{
    setText(tr("Search or run a command"));
    setAccessibleName(text());
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::IBeamCursor);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
}

void CommandField::setKeys(const QString& keys)
{
    m_keys = keys;
    update();
}

void CommandField::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    widgets::paintBox(painter, rect(), widgets::radius::control, widgets::color(Token::Surface),
        widgets::color(Token::ControlBorder));
    widgets::paintIcon(painter, QRectF(9, (height() - 16) / 2.0, 16, 16), QStringLiteral("search"));
    int right = width() - 8;
    if (!m_keys.isEmpty()) {
        const QSize cap = widgets::keyCapSize(m_keys).boundedTo(QSize(width(), height() - 6)); // large text
        right -= cap.width();
        widgets::paintKeyCap(painter, QRectF(QPointF(right, (height() - cap.height()) / 2.0), cap), m_keys);
    }
    painter.setFont(widgets::font(TextRole::Base));
    painter.setPen(widgets::color(Token::TextSecondary));
    const QRect box(33, 0, right - 33 - 8, height());
    painter.drawText(
        box, Qt::AlignVCenter | Qt::AlignLeft, painter.fontMetrics().elidedText(text(), Qt::ElideRight, box.width()));
    if (hasFocus() && widgets::focusVisible()) {
        widgets::paintFocusRing(painter, rect(), widgets::radius::control);
    }
}

TopBar::TopBar(Actions& actions, QWidget* parent)
    : QWidget(parent)
    , m_actions(actions)
    , m_crumb(new Crumb(this))
    , m_field(new CommandField(this))
    , m_scan(new QPushButton(widgets::icon(QStringLiteral("refresh-cw")), tr("Scan"), this))
    , m_export(new QPushButton(widgets::icon(QStringLiteral("download")), tr("Export"), this))
    , m_theme(new widgets::IconButton(QStringLiteral("sun"), tr("Switch between light and dark"), this))
    , m_help(new widgets::IconButton(QStringLiteral("circle-help"), tr("Help"), this))
{
    for (QPushButton* button : {m_scan, m_export}) {
        button->setFlat(true);
        button->setAccessibleName(button->text());
    }
    m_export->setToolTip(tr("Export"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(12, 0, 12, 0);
    row->setSpacing(8);
    row->addWidget(m_crumb, 1);
    row->addWidget(m_field);
    // The field stands in the middle of the window, not of the bar that begins beside the rail.
    row->addItem(new QSpacerItem(ModeRail::width, 0, QSizePolicy::Preferred, QSizePolicy::Minimum));
    auto* end = new QWidget(this);
    auto* buttons = new QHBoxLayout(end);
    buttons->setContentsMargins(0, 0, 0, 0);
    buttons->setSpacing(8);
    buttons->addStretch(1);
    for (QWidget* button : {static_cast<QWidget*>(m_scan), static_cast<QWidget*>(m_export),
             static_cast<QWidget*>(m_theme), static_cast<QWidget*>(m_help)}) {
        buttons->addWidget(button);
    }
    end->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_end = end;
    fit();
    row->addWidget(end, 1);
    wire();
}

void TopBar::wire()
{
    const auto runs = [this](QAbstractButton* button, QStringView id) {
        QAction* action = m_actions.at(id);
        connect(button, &QAbstractButton::clicked, action, &QAction::trigger);
    };
    runs(m_field, u"go.palette");
    runs(m_export, u"file.export");
    runs(m_theme, u"view.theme");
    connect(m_scan, &QPushButton::clicked, this,
        [this] { m_actions.at(m_scan->property("scanning").toBool() ? u"review.stop" : u"review.scan")->trigger(); });
    connect(m_help, &QAbstractButton::clicked, this,
        [this] { Q_EMIT helpMenuRequested(m_help->mapToGlobal(QPoint(m_help->width(), m_help->height()))); });
    const auto keys = [this] {
        const QList<QKeySequence> palette = m_actions.keysOf(u"go.palette");
        m_field->setKeys(palette.isEmpty() ? QString() : palette.front().toString(QKeySequence::NativeText));
    };
    connect(&m_actions, &Actions::keysChanged, this, keys);
    keys();
    setReviewOpen(false);
}

QWidget* TopBar::exportButton() const
{
    return m_export;
}

void TopBar::setReviewOpen(bool open)
{
    m_scan->setVisible(open);
    m_export->setVisible(open);
}

void TopBar::setScanning(bool scanning)
{
    m_scan->setProperty("scanning", scanning);
    m_scan->setAccessibleName(scanning ? tr("Stop") : tr("Scan"));
    m_scan->setIcon(widgets::icon(scanning ? QStringLiteral("circle-stop") : QStringLiteral("refresh-cw")));
    m_scan->setToolTip(scanning ? tr("Stop the scan; what was found stays") : tr("Scan again"));
    fit();
}

void TopBar::setDark(bool dark)
{
    m_theme->setIconName(dark ? QStringLiteral("moon") : QStringLiteral("sun"));
}

void TopBar::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fit();
}

void TopBar::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) {
        fit();
    }
}

void TopBar::fit()
{
    const bool narrow = width() < widgets::zoomed(900);
    // A word beside the sign would push it out of its button.
    for (QPushButton* button : {m_scan, m_export}) {
        button->setText(narrow ? QString() : button->accessibleName());
        button->setFixedWidth(narrow ? widgets::zoomed(36) : button->sizeHint().width());
    }
    m_end->setMinimumWidth(m_end->layout()->minimumSize().width());
    setFixedHeight(std::max(barHeight, widgets::lineHeight(TextRole::Base) + 16));
}

void TopBar::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), widgets::color(Token::Window));
    painter.fillRect(QRect(0, height() - 1, width(), 1), widgets::color(Token::Hairline));
}

} // namespace cupel::app
