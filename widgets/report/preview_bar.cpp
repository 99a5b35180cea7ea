// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/report/preview_bar.h"

#include "widgets/common/buttons.h"
#include "widgets/common/labels.h"

#include <QtCore/QEvent>
#include <QtGui/QActionGroup>
#include <QtGui/QIntValidator>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QMenu>
#include <QtWidgets/QPushButton>

#include <algorithm>

namespace cupel::widgets {

PreviewBar::PreviewBar(QWidget* parent)
    : QWidget(parent)
    , m_row(new QHBoxLayout(this))
{
    setFixedHeight(47);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    m_row->setContentsMargins(16, 0, 12, 0);
    m_row->setSpacing(4);
    m_row->setSizeConstraint(QLayout::SetNoConstraint); // the width is given, see fit()
    auto* title = new Label(tr("Preview"), TextRole::Base, Token::TextPrimary, true);
    title->setContentsMargins(0, 0, 4, 0);
    m_row->addWidget(title);
    auto* note = new Label(tr("pages drawn here are the pages exported"), TextRole::Small, Token::TextMuted);
    m_row->addWidget(note);
    m_row->addStretch(1);
    makePages();
    makeZoom();
    makeColumns();
    m_giveUp = {{note}, {title}, {m_columns}, {m_smaller, m_larger}};
    for (QWidget* one : std::initializer_list<QWidget*>{title, note, m_count, m_page, m_zoom, m_columns}) {
        one->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    }
    showPlace(0, 0, 1);
}

void PreviewBar::makePages()
{
    m_back = new IconButton(QStringLiteral("chevron-left"), tr("Previous page"));
    m_next = new IconButton(QStringLiteral("chevron-right"), tr("Next page"));
    m_page = new QLineEdit;
    m_page->setAlignment(Qt::AlignHCenter);
    m_page->setFixedWidth(44);
    m_page->setAccessibleName(tr("Page"));
    m_page->setValidator(new QIntValidator(1, 99999, m_page));
    m_count = new Label(QString(), TextRole::Small, Token::TextSecondary);
    for (QWidget* one : std::initializer_list<QWidget*>{m_back, m_page, m_count, m_next}) {
        m_row->addWidget(one);
    }
    connect(m_back, &QToolButton::clicked, this, [this] { Q_EMIT pageWanted(m_shown - 1); });
    connect(m_next, &QToolButton::clicked, this, [this] { Q_EMIT pageWanted(m_shown + 1); });
    connect(m_page, &QLineEdit::returnPressed, this, [this] { Q_EMIT pageWanted(m_page->text().toInt() - 1); });
    connect(m_page, &QLineEdit::editingFinished, this, &PreviewBar::edited);
}

void PreviewBar::makeZoom()
{
    m_smaller = new IconButton(QStringLiteral("minus"), tr("Smaller"));
    m_larger = new IconButton(QStringLiteral("plus"), tr("Larger"));
    m_zoom = new QPushButton;
    m_zoom->setFlat(true);
    m_zoom->setToolTip(plainToolTip(tr("Fit whole pages")));
    m_row->addSpacing(8);
    for (QWidget* one : std::initializer_list<QWidget*>{m_smaller, m_zoom, m_larger}) {
        m_row->addWidget(one);
    }
    connect(m_smaller, &QToolButton::clicked, this, [this] { Q_EMIT zoomWanted(-1); });
    connect(m_larger, &QToolButton::clicked, this, [this] { Q_EMIT zoomWanted(1); });
    connect(m_zoom, &QPushButton::clicked, this, &PreviewBar::fitWanted);
}

void PreviewBar::makeColumns()
{
    m_columns = new QPushButton(tr("Two pages"));
    m_columns->setFlat(true);
    auto* menu = new QMenu(m_columns);
    auto* group = new QActionGroup(menu);
    for (const int count : {1, 2}) {
        QAction* action = menu->addAction(count == 1 ? tr("One page") : tr("Two pages"));
        action->setCheckable(true);
        action->setChecked(count == 2);
        group->addAction(action);
        connect(action, &QAction::triggered, this, [this, action, count] {
            m_columns->setText(action->text());
            Q_EMIT columnsWanted(count);
        });
    }
    m_columns->setMenu(menu);
    m_row->addSpacing(8);
    m_row->addWidget(m_columns);
}

void PreviewBar::showPlace(int page, int count, qreal zoom)
{
    m_shown = page;
    m_page->setText(count == 0 ? QString() : QString::number(page + 1));
    m_count->setText(count == 0 ? tr("Laying out pages") : tr("of %1").arg(count));
    m_back->setEnabled(page > 0);
    m_next->setEnabled(page + 1 < count);
    m_page->setEnabled(count > 0);
    m_zoom->setText(tr("%1 %").arg(qRound(zoom * 100)));
    m_zoom->setAccessibleName(tr("Zoom %1 percent, fit whole pages").arg(qRound(zoom * 100)));
    fit();
}

// By arithmetic, not by trying: showing and hiding asks for a new layout, which comes here again.
void PreviewBar::fit()
{
    const auto widthOf = [this](const QLayoutItem* item) {
        const QWidget* one = item->widget();
        const int hint = one ? std::clamp(one->sizeHint().width(), one->minimumWidth(), one->maximumWidth())
                             : item->sizeHint().width();
        return hint + m_row->spacing();
    };
    const QMargins margins = m_row->contentsMargins();
    int needed = margins.left() + margins.right();
    for (int i = 0; i < m_row->count(); ++i) {
        needed += widthOf(m_row->itemAt(i));
    }
    for (const auto& group : m_giveUp) {
        const bool shown = needed <= width();
        for (QWidget* one : group) {
            needed -= shown ? 0 : widthOf(m_row->itemAt(m_row->indexOf(one)));
            if (one->isHidden() == shown) {
                one->setVisible(shown);
            }
        }
    }
}

void PreviewBar::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fit();
}

bool PreviewBar::event(QEvent* event)
{
    const bool done = QWidget::event(event);
    if (event->type() == QEvent::LayoutRequest) {
        fit(); // another size of text
    }
    return done;
}

} // namespace cupel::widgets
