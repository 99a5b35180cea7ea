// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/model/object_page.h"

#include "widgets/common/buttons.h"
#include "widgets/common/labels.h"
#include "widgets/model/program_lists.h"

#include <QtCore/QLocale>
#include <QtGui/QKeyEvent>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QVBoxLayout>

namespace cupel::widgets {

ObjectPage::ObjectPage(ModelState& state, QWidget* parent)
    : QWidget(parent)
    , m_find(new QLineEdit(this))
    , m_count(new Label({}, TextRole::Small, Token::TextMuted, false, this))
    , m_list(new ObjectList(state))
{
    m_find->setPlaceholderText(tr("Find in the objects"));
    m_find->setAccessibleName(tr("Find in the objects"));
    m_find->setClearButtonEnabled(true);
    m_find->setMaximumWidth(360);
    m_find->installEventFilter(this);
    auto* fold = new QPushButton(tr("Fold all"), this);
    auto* open = new QPushButton(tr("Unfold all"), this);
    setSmall(fold);
    setSmall(open);
    auto* top = new QHBoxLayout;
    top->setContentsMargins(16, 8, 12, 4);
    top->setSpacing(8);
    top->addWidget(m_find, 1);
    top->addWidget(m_count);
    top->addStretch(1);
    top->addWidget(fold);
    top->addWidget(open);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(top);
    column->addWidget(m_list, 1);
    setFocusProxy(m_list);
    setTabOrder(m_list, m_find); // whoever comes to this page comes to the rows, where letters are shortcuts
    connect(fold, &QPushButton::clicked, this, [this] { m_list->foldAll(true); });
    connect(open, &QPushButton::clicked, this, [this] { m_list->foldAll(false); });
    connect(m_find, &QLineEdit::textChanged, this, &ObjectPage::count);
    connect(m_find, &QLineEdit::returnPressed, this, [this] { m_list->find(m_find->text()); });
    connect(&state, &ModelState::otherShown, m_find, &QLineEdit::clear);
}

void ObjectPage::count()
{
    const auto found = static_cast<int>(m_list->matches(m_find->text()));
    m_count->setText(m_find->text().isEmpty() ? QString() : tr("%n row(s), Enter: the next", nullptr, found));
}

void ObjectPage::takeFilter()
{
    m_find->setFocus(Qt::ShortcutFocusReason);
    m_find->selectAll();
}

// Down goes into the list, Shift+Enter back to the one before.
bool ObjectPage::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() != QEvent::KeyPress) {
        return QWidget::eventFilter(watched, event);
    }
    const auto* key = static_cast<QKeyEvent*>(event); // the type says so
    const bool enter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
    if (enter && (key->modifiers() & Qt::ShiftModifier) != 0) {
        m_list->find(m_find->text(), false);
        return true;
    }
    if (key->key() == Qt::Key_Down || (key->key() == Qt::Key_Escape && m_find->text().isEmpty())) {
        m_list->setFocus(Qt::ShortcutFocusReason);
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

} // namespace cupel::widgets
