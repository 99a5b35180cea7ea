// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shell/mode_page.h"

#include "widgets/common/buttons.h"
#include "widgets/common/theme.h"

#include <QtCore/QDataStream>
#include <QtCore/QIODevice>
#include <QtGui/QPainter>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

namespace cupel::app {

using widgets::Token;

namespace {

// Around a floating panel: its own surface and an edge towards the canvas.
class FloatFrame : public QWidget {
public:
    explicit FloatFrame(QWidget* parent)
        : QWidget(parent)
    {
        auto* row = new QHBoxLayout(this);
        row->setContentsMargins(1, 0, 1, 0);
        hide();
    }

protected:
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.fillRect(rect(), widgets::color(Token::ControlBorder));
        painter.fillRect(rect().adjusted(1, 0, -1, 0), widgets::color(Token::Window));
    }
};

// Panels are as wide as their texts need: widths are remembered for normal text.
double widening()
{
    return std::max(1.0, widgets::textZoom());
}

} // namespace

ModePage::ModePage(const ModeParts& parts, QWidget* parent)
    : QWidget(parent)
    , m_parts(parts)
    , m_splitter(new QSplitter(Qt::Horizontal, this))
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(1); // hairlines beside the edges
    row->addWidget(m_splitter);
    m_splitter->setHandleWidth(1);
    m_splitter->setChildrenCollapsible(false);
    m_navigator.view = parts.navigator;
    m_navigator.width = parts.navigatorWidth;
    m_inspector.view = parts.inspector;
    m_inspector.width = parts.inspectorWidth;
    m_inspector.wanted = !parts.inspectorHidden;
    makeEdge(m_navigator, QStringLiteral("panel-left"), tr("Show the list at the left"));
    makeEdge(m_inspector, QStringLiteral("panel-right"), tr("Show the panel at the right"));
    if (m_navigator.edge) {
        row->insertWidget(0, m_navigator.edge);
    }
    if (m_inspector.edge) {
        row->addWidget(m_inspector.edge);
    }
    if (parts.navigator) {
        m_splitter->addWidget(parts.navigator);
        parts.navigator->setMinimumWidth(240);
        parts.navigator->setAutoFillBackground(true);
    }
    m_splitter->addWidget(parts.canvas);
    m_splitter->setStretchFactor(m_splitter->indexOf(parts.canvas), 1);
    if (parts.inspector) {
        m_splitter->addWidget(parts.inspector);
        parts.inspector->setMinimumWidth(280);
        parts.inspector->setAutoFillBackground(true);
        parts.inspector->setVisible(!parts.inspectorHidden);
    } else if (!parts.navigator) {
        row->setContentsMargins(1, 0, 0, 0); // the hairline beside the rail
    }
    connect(m_splitter, &QSplitter::splitterMoved, this, [this] {
        for (Panel* panel : {&m_navigator, &m_inspector}) {
            if (panel->view && !panel->floating && panel->view->isVisible()) {
                panel->width = qRound(panel->view->width() / widening());
            }
        }
        Q_EMIT sizesChanged();
    });
}

// A panel that floats is closed at first: without a button nobody who has no shortcut in mind finds it again.
void ModePage::makeEdge(Panel& panel, const QString& icon, const QString& words)
{
    if (!panel.view) {
        return;
    }
    panel.edge = new QWidget(this);
    panel.edge->setAutoFillBackground(true);
    panel.button = new widgets::IconButton(icon, words, panel.edge);
    panel.button->setCheckable(true);
    auto* column = new QVBoxLayout(panel.edge);
    column->setContentsMargins(3, 6, 3, 6);
    column->addWidget(panel.button);
    column->addStretch(1);
    panel.edge->hide();
    connect(panel.button, &QAbstractButton::clicked, this, [this, &panel] { setShown(panel, !panel.open); });
}

QAbstractButton* ModePage::edgeButton(const widgets::View* panel) const
{
    return panel == m_navigator.view ? m_navigator.button : panel == m_inspector.view ? m_inspector.button : nullptr;
}

void ModePage::takeFocus()
{
    (m_parts.navigatorFirst && m_parts.navigator->isVisibleTo(this) ? m_parts.navigator : m_parts.canvas)->takeFocus();
}

void ModePage::setWindowWidth(int width)
{
    if (const double zoom = widening(); m_zoom != zoom) {
        m_zoom = zoom;
        applySizes();
        placeFloating();
    }
    setFloating(m_inspector, width < widgets::zoomed(inspectorFloatsBelow)); // large text needs a larger window
    setFloating(m_navigator, width < widgets::zoomed(navigatorFloatsBelow));
}

void ModePage::setFloating(Panel& panel, bool floating)
{
    if (!panel.view || panel.floating == floating) {
        return;
    }
    panel.floating = floating;
    panel.open = false;
    panel.edge->setVisible(floating);
    panel.button->setChecked(false);
    if (floating) {
        if (!panel.floatFrame) {
            panel.floatFrame = new FloatFrame(this);
        }
        panel.floatFrame->layout()->addWidget(panel.view);
        panel.view->show();
        panel.floatFrame->hide();
    } else {
        panel.floatFrame->hide();
        m_splitter->insertWidget(&panel == &m_navigator ? 0 : m_splitter->count(), panel.view);
        panel.view->setVisible(panel.wanted);
    }
    applySizes();
    Q_EMIT shownChanged();
    if (floating && m_parts.navigatorFirst && &panel == &m_navigator) {
        setShown(panel, true); // the mode begins with what it says; Esc closes it
    }
}

void ModePage::setShown(Panel& panel, bool shown)
{
    if (!panel.view) {
        return;
    }
    if (panel.floating) {
        panel.open = shown;
        panel.button->setChecked(shown);
        panel.floatFrame->setVisible(shown);
        panel.floatFrame->raise();
        placeFloating();
    } else {
        panel.wanted = shown;
        panel.view->setVisible(shown);
        applySizes();
    }
    Q_EMIT shownChanged();
}

void ModePage::setNavigatorShown(bool shown)
{
    setShown(m_navigator, shown);
}

void ModePage::setInspectorShown(bool shown)
{
    setShown(m_inspector, shown);
}

bool ModePage::navigatorShown() const
{
    return m_navigator.view && (m_navigator.floating ? m_navigator.open : m_navigator.wanted);
}

bool ModePage::inspectorShown() const
{
    return m_inspector.view && (m_inspector.floating ? m_inspector.open : m_inspector.wanted);
}

bool ModePage::floats(const widgets::View* panel) const
{
    return panel
        && ((panel == m_navigator.view && m_navigator.floating) || (panel == m_inspector.view && m_inspector.floating));
}

bool ModePage::closeFloating()
{
    for (Panel* panel : {&m_inspector, &m_navigator}) {
        if (panel->floating && panel->open) {
            setShown(*panel, false);
            return true;
        }
    }
    return false;
}

void ModePage::applySizes()
{
    QList<int> sizes;
    int rest = width();
    for (int i = 0; i < m_splitter->count(); ++i) {
        const QWidget* widget = m_splitter->widget(i);
        const int unscaled = widget == m_navigator.view ? m_navigator.width
            : widget == m_inspector.view                ? m_inspector.width
                                                        : 0;
        const int wanted = std::max(unscaled, std::min(widgets::zoomed(unscaled), width() * 2 / 5));
        sizes += widget->isVisibleTo(m_splitter) ? wanted : 0;
        rest -= sizes.back();
    }
    sizes[m_splitter->indexOf(m_parts.canvas)] = std::max(200, rest);
    m_splitter->setSizes(sizes);
}

void ModePage::placeFloating()
{
    const auto edge = [](const Panel& panel) {
        return panel.edge && panel.floating ? panel.edge->sizeHint().width() : 0;
    };
    const int left = edge(m_navigator);
    const int right = width() - edge(m_inspector);
    const int most = std::max(200, right - left - 48);
    if (m_navigator.floating) {
        m_navigator.floatFrame->setGeometry(left, 0, std::min(widgets::zoomed(m_navigator.width), most), height());
    }
    if (m_inspector.floating) {
        const int panelWidth = std::min(widgets::zoomed(m_inspector.width), most);
        m_inspector.floatFrame->setGeometry(right - panelWidth, 0, panelWidth, height());
    }
}

QByteArray ModePage::saveSizes() const
{
    QByteArray out;
    QDataStream(&out, QIODevice::WriteOnly) << m_navigator.width << m_inspector.width;
    return out;
}

void ModePage::restoreSizes(const QByteArray& sizes)
{
    QDataStream in(sizes);
    int navigator = 0;
    int inspector = 0;
    in >> navigator >> inspector;
    if (in.status() == QDataStream::Ok) {
        m_navigator.width = std::clamp(navigator, 240, 1'200);
        m_inspector.width = std::clamp(inspector, 280, 1'200);
        applySizes();
    }
}

void ModePage::resetSizes()
{
    m_navigator.width = m_parts.navigatorWidth;
    m_inspector.width = m_parts.inspectorWidth;
    setNavigatorShown(!m_navigator.floating);
    setInspectorShown(!m_inspector.floating && !m_parts.inspectorHidden);
    applySizes();
    Q_EMIT sizesChanged();
}

void ModePage::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    applySizes();
    placeFloating();
}

void ModePage::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.fillRect(rect(), widgets::color(Token::Hairline));
}

} // namespace cupel::app
