// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shell/shortcut_editor.h"

#include "app/session/session.h"
#include "app/session/undo_commands.h"
#include "app/shell/actions.h"
#include "widgets/common/icons.h"
#include "widgets/common/labels.h"
#include "widgets/common/table_model.h"
#include "widgets/common/theme.h"

#include <QtCore/QSortFilterProxyModel>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QKeySequenceEdit>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTreeView>
#include <QtWidgets/QVBoxLayout>

namespace cupel::app {

using widgets::TextRole;
using widgets::Token;

namespace {

struct ShortcutRow {
    QString id;
    QString text;
    QString keys;
    QString note; // "Changed", or who else has the keys
    bool conflict = false;
};

QString names(const QStringList& ids, const Actions& actions)
{
    QStringList out;
    for (const QString& id : ids) {
        out += actions.at(id)->text();
    }
    return out.join(QStringLiteral(", "));
}

} // namespace

class ShortcutEditor::Model : public widgets::TableModel<ShortcutRow> {
protected:
    [[nodiscard]] int columns() const override { return 3; }
    [[nodiscard]] QVariant header(int column, int role) const override
    {
        const QStringList heads{ShortcutEditor::tr("Action"), ShortcutEditor::tr("Keys"), ShortcutEditor::tr("Note")};
        return role == Qt::DisplayRole ? QVariant(heads[column]) : QVariant();
    }
    [[nodiscard]] QVariant cell(const ShortcutRow& row, int column, int role) const override
    {
        if (role == Qt::DecorationRole && column == 2 && row.conflict) {
            return widgets::icon(QStringLiteral("triangle-alert"), Token::Medium);
        }
        if (role == Qt::UserRole) {
            return row.id;
        }
        const QStringList texts{row.text, row.keys, row.note};
        if (role == Qt::AccessibleTextRole) {
            return texts[column].isEmpty() ? ShortcutEditor::tr("none") : texts[column];
        }
        return role == Qt::DisplayRole || role == Qt::ToolTipRole ? QVariant(texts[column]) : QVariant();
    }
};

ShortcutEditor::ShortcutEditor(Session& session, Actions& actions, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_actions(actions)
    , m_model(std::make_unique<Model>())
    , m_proxy(new QSortFilterProxyModel(this))
    , m_view(new QTreeView(this))
    , m_keys(new QKeySequenceEdit(this))
    , m_assign(new QPushButton(tr("Use these keys"), this))
    , m_add(new QPushButton(tr("Add"), this))
    , m_clear(new QPushButton(tr("No keys"), this))
    , m_reset(new QPushButton(tr("Reset"), this))
    , m_conflict(new widgets::Label({}, TextRole::Small, Token::TextSecondary, false, this))
{
    layOut();
    connect(&m_actions, &Actions::keysChanged, this, &ShortcutEditor::refresh);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this] {
        m_keys->clear();
        updateButtons();
    });
    connect(m_keys, &QKeySequenceEdit::keySequenceChanged, this, &ShortcutEditor::pressed);
    connect(m_assign, &QPushButton::clicked, this, [this] { assign(false); });
    connect(m_add, &QPushButton::clicked, this, [this] { assign(true); });
    connect(m_clear, &QPushButton::clicked, this, &ShortcutEditor::clear);
    connect(m_reset, &QPushButton::clicked, this, &ShortcutEditor::reset);
    refresh();
}

ShortcutEditor::~ShortcutEditor()
{
    m_proxy->setSourceModel(nullptr); // the model goes first
}

void ShortcutEditor::layOut()
{
    m_proxy->setSourceModel(m_model.get());
    m_proxy->setFilterKeyColumn(-1);
    m_proxy->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_view->setModel(m_proxy);
    m_view->setRootIsDecorated(false);
    m_view->setUniformRowHeights(true);
    m_view->setAllColumnsShowFocus(true);
    m_view->setAccessibleName(tr("Actions and their keys"));
    m_view->setFixedHeight(320);
    m_view->setColumnWidth(0, 300);
    m_view->setColumnWidth(1, 180);
    m_keys->setAccessibleName(tr("Press the new keys"));
    if (auto* inner = m_keys->findChild<QLineEdit*>()) {
        inner->setAccessibleName(m_keys->accessibleName()); // it is what has the focus
    }
    m_conflict->setWordWrap(true);
    auto* row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(m_keys, 1);
    for (QPushButton* button : {m_assign, m_add, m_clear, m_reset}) {
        row->addWidget(button);
    }
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    column->addWidget(m_view);
    column->addLayout(row);
    column->addWidget(m_conflict);
}

void ShortcutEditor::refresh()
{
    std::vector<ShortcutRow> rows;
    for (const QAction* action : m_actions.all()) {
        const QString id = Actions::idOf(action);
        const QList<QKeySequence> keys = m_actions.keysOf(id);
        const QStringList others = m_actions.conflicts(id, keys);
        ShortcutRow row{
            id, action->text(), QKeySequence::listToString(keys, QKeySequence::NativeText), {}, !others.isEmpty()};
        row.note = row.conflict                 ? tr("Also used by %1").arg(names(others, m_actions))
            : m_session.settings().shortcut(id) ? tr("Changed")
                                                : QString();
        rows.push_back(std::move(row));
    }
    const auto same = [](const ShortcutRow& a, const ShortcutRow& b) {
        return a.id == b.id && a.keys == b.keys && a.note == b.note;
    };
    if (rows.size() != m_model->rows().size()) {
        m_model->setRows(std::move(rows));
    } else {
        for (std::size_t i = 0; i < rows.size(); ++i) { // keeps selection and scroll
            if (!same(rows[i], m_model->rows()[i])) {
                m_model->replace(static_cast<int>(i), rows[i]);
            }
        }
    }
    updateButtons();
}

bool ShortcutEditor::filter(const QString& words)
{
    const bool all = tr("Shortcuts").contains(words, Qt::CaseInsensitive);
    m_proxy->setFilterFixedString(all ? QString() : words);
    return m_proxy->rowCount() > 0;
}

QString ShortcutEditor::current() const
{
    return m_view->currentIndex().data(Qt::UserRole).toString();
}

void ShortcutEditor::pressed(const QKeySequence& keys)
{
    if (keys.count() > 1) {
        m_keys->setKeySequence(QKeySequence(keys[static_cast<uint>(keys.count() - 1)])); // one chord is enough
        return;
    }
    updateButtons();
}

void ShortcutEditor::updateButtons()
{
    const QString id = current();
    const bool typed = !id.isEmpty() && !m_keys->keySequence().isEmpty();
    m_assign->setEnabled(typed);
    m_add->setEnabled(typed);
    m_clear->setEnabled(!id.isEmpty() && !m_actions.keysOf(id).isEmpty());
    m_reset->setEnabled(!id.isEmpty() && m_session.settings().shortcut(id).has_value());
    m_keys->setEnabled(!id.isEmpty());
    const QStringList others = typed ? m_actions.conflicts(id, {m_keys->keySequence()}) : QStringList();
    m_conflict->setText(id.isEmpty() ? tr("Choose an action, then press its new keys.")
            : others.isEmpty()
            ? typed ? tr("These keys are free.") : tr("Press the new keys for “%1”.").arg(m_actions.at(id)->text())
            : tr("Also used by %1: neither would work.").arg(names(others, m_actions)));
}

void ShortcutEditor::assign(bool add)
{
    const QString id = current();
    QList<QKeySequence> keys = add ? m_actions.keysOf(id) : QList<QKeySequence>();
    if (!keys.contains(m_keys->keySequence())) {
        keys += m_keys->keySequence();
    }
    const QString text = QKeySequence::listToString(keys, QKeySequence::PortableText);
    m_session.undo().push(new ChangeShortcut(m_session.settings(), id, text));
    m_keys->clear();
}

void ShortcutEditor::clear()
{
    m_session.undo().push(new ChangeShortcut(m_session.settings(), current(), QString()));
}

void ShortcutEditor::reset()
{
    m_session.undo().push(new ChangeShortcut(m_session.settings(), current(), std::nullopt));
}

} // namespace cupel::app
