// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/threats/assignee_field.h"

#include "widgets/common/buttons.h"
#include "widgets/models/shown_text.h"

#include <QtCore/QSignalBlocker>
#include <QtCore/QStringListModel>
#include <QtWidgets/QCompleter>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>

#include <utility>

namespace cupel::widgets {

namespace {

constexpr int longestName = 120;

} // namespace

AssigneeField::AssigneeField(ThreatState& state, QWidget* parent)
    : QWidget(parent)
    , m_state(state)
    , m_name(new QLineEdit(this))
    , m_mine(new QPushButton(tr("Mine"), this))
    , m_people(new QStringListModel(this))
{
    m_name->setPlaceholderText(tr("Assignee"));
    m_name->setAccessibleName(tr("Assignee: who works on the threat"));
    m_name->setMaxLength(longestName);
    m_name->setClearButtonEnabled(true);
    auto* completer = new QCompleter(m_people, this);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    m_name->setCompleter(completer);
    m_mine->setCheckable(true);
    m_mine->setToolTip(tr("Assign it to me, or to nobody again"));
    setSmall(m_mine);
    setKeyHint(m_mine, QStringLiteral("I"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    row->addWidget(m_name, 1);
    row->addWidget(m_mine);
    connect(m_name, &QLineEdit::editingFinished, this, [this] { assign(m_name->text()); });
    connect(m_mine, &QPushButton::clicked, this, &AssigneeField::toggleMine);
}

void AssigneeField::show(const threats::Threat& threat)
{
    m_people->setStringList(m_state.people());
    m_mine->setChecked(!threat.assignee.empty() && threat.assignee == m_state.me().toStdString());
    const std::pair shown(threat.id, threat.assignee);
    if (std::exchange(m_shown, shown) != shown) {
        const QSignalBlocker quiet(m_name);
        m_name->setText(shownText(threat.assignee));
    }
}

void AssigneeField::toggleMine()
{
    const auto* threat = m_state.threat();
    if (!threat) {
        Q_EMIT told(tr("Choose a threat first."));
        return;
    }
    assign(threat->assignee == m_state.me().toStdString() ? QString() : m_state.me());
    m_mine->setChecked(threat->assignee == m_state.me().toStdString()); // it is checked when it is done, not before
}

void AssigneeField::assign(const QString& name)
{
    const auto* threat = m_state.threat();
    const QString wanted = name.simplified();
    if (!threat || threat->id != (m_shown.first.empty() ? threat->id : m_shown.first)
        || wanted == shownText(threat->assignee)) {
        return;
    }
    const QString title = shownText(threat->title);
    m_state.edit(wanted.isEmpty() ? tr("Assign \u201c%1\u201d to nobody").arg(title)
                                  : tr("Assign \u201c%1\u201d to %2").arg(title, wanted),
        [id = threat->id, who = wanted.toStdString()](
            threats::TeamModel& team) { threats::setAssignee(team, id, who); });
}

} // namespace cupel::widgets
