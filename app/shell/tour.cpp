// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shell/tour.h"

#include "app/shell/sheet.h"
#include "widgets/common/buttons.h"
#include "widgets/common/labels.h"
#include "widgets/common/theme.h"

#include <QtCore/QEvent>
#include <QtCore/QTimer>
#include <QtGui/QPainter>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QVBoxLayout>

namespace cupel::app {

using widgets::TextRole;
using widgets::Token;

// A frame around what a step is about; nothing can be clicked on it.
class TourFrame : public QWidget {
public:
    explicit TourFrame(QWidget* window)
        : QWidget(window)
    {
        setAttribute(Qt::WA_TransparentForMouseEvents);
        hide();
        window->installEventFilter(this);
    }
    void showAround(QWidget* anchor)
    {
        m_anchor = anchor;
        place();
        show();
        raise();
    }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override
    {
        if (event->type() == QEvent::Resize && isVisible()) {
            QTimer::singleShot(0, this, [this] { place(); }); // after the layouts
        }
        return QWidget::eventFilter(watched, event);
    }
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(widgets::color(Token::Accent), 2));
        painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), 6, 6);
    }

private:
    void place()
    {
        if (m_anchor) {
            const QRect box(m_anchor->mapTo(parentWidget(), QPoint(0, 0)), m_anchor->size());
            setGeometry(box.intersected(parentWidget()->rect()));
        }
    }
    QPointer<QWidget> m_anchor;
};

Tour::Tour(QWidget* window)
    : QObject(window)
    , m_frame(new TourFrame(window))
    , m_popover(new Popover({}, {}, window))
    , m_next(new QPushButton(m_popover))
    , m_count(new widgets::Label({}, TextRole::Small, Token::TextMuted, false, m_popover))
{
    auto* skip = new QPushButton(tr("Skip the tour"), m_popover);
    skip->setFlat(true);
    widgets::setSmall(skip);
    widgets::setSmall(m_next);
    m_next->setDefault(true);
    auto* row = new QHBoxLayout;
    row->setContentsMargins(0, 4, 0, 0);
    row->addWidget(m_count);
    row->addStretch(1);
    row->addWidget(skip);
    row->addWidget(m_next);
    m_popover->body()->addLayout(row);
    connect(m_next, &QPushButton::clicked, this, &Tour::next);
    connect(skip, &QPushButton::clicked, this, &Tour::stop);
    connect(m_popover, &Popover::closed, this, &Tour::stop); // Esc or a click elsewhere
}

void Tour::start(std::vector<TourStep> steps)
{
    std::erase_if(steps, [](const TourStep& step) { return !step.anchor; });
    m_steps = std::move(steps);
    m_at = 0;
    m_running = !m_steps.empty();
    if (m_running) {
        show();
    }
}

void Tour::show()
{
    const TourStep& step = m_steps[m_at];
    const bool last = m_at + 1 == m_steps.size();
    m_popover->setWords(step.title, step.text);
    m_count->setText(tr("%1 of %2").arg(m_at + 1).arg(m_steps.size()));
    m_next->setText(last ? tr("Done") : tr("Next"));
    m_frame->showAround(step.anchor);
    m_popover->openAt(step.anchor);
    m_next->setFocus(Qt::OtherFocusReason);
}

void Tour::next()
{
    do {
        ++m_at;
    } while (m_at < m_steps.size() && !m_steps[m_at].anchor);
    if (m_at >= m_steps.size()) {
        stop();
    } else {
        show();
    }
}

void Tour::stop()
{
    if (!m_running) {
        return;
    }
    m_running = false;
    m_frame->hide();
    m_popover->close();
    Q_EMIT ended();
}

} // namespace cupel::app
