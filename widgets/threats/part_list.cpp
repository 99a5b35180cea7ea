// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/threats/part_list.h"

#include "widgets/common/buttons.h"
#include "widgets/common/fact_rows.h"
#include "widgets/common/flow_layout.h"
#include "widgets/models/shown_text.h"

#include <QtCore/QScopedValueRollback>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>
#include <map>

namespace cupel::widgets {

using threats::TeamModel;

namespace {

constexpr int leastList = 160;

} // namespace

PartList::PartList(ThreatState& state, QWidget* parent)
    : QWidget(parent)
    , m_state(state)
    , m_list(new FactRows(tr("Elements, flows and zones"), this))
    , m_accept(nullptr)
    , m_restore(nullptr)
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 8);
    column->setSpacing(8);
    m_list->setMinimumHeight(leastList);
    column->addWidget(m_list, 1);
    auto* buttons = new QWidget(this);
    auto* flow = new FlowLayout(6, false, buttons);
    buttons->setContentsMargins(12, 0, 12, 0);
    m_accept = new QPushButton(buttons);
    m_restore = new QPushButton(tr("Bring back"), buttons);
    for (QPushButton* one : {m_accept, m_restore}) {
        setSmall(one);
        flow->addWidget(one);
    }
    column->addWidget(buttons);
    connect(m_accept, &QPushButton::clicked, this, &PartList::acceptAll);
    connect(m_restore, &QPushButton::clicked, this, &PartList::restoreChosen);
    connect(m_list, &FactRows::chosen, this, [this](int row) {
        const Row& one = m_rows[static_cast<std::size_t>(row)];
        if (!m_updating && one.group != Group::Heading && one.group != Group::Hidden) {
            m_state.selectPart(one.id);
        }
    });
    connect(m_list, &FactRows::opened, this, &PartList::open);
    connect(&state, &ThreatState::changed, this, &PartList::update);
    connect(&state, &ThreatState::listChanged, this, &PartList::update);
    connect(&state, &ThreatState::selectionChanged, this, &PartList::markCurrent);
    update();
}

bool PartList::fits(const QString& words) const
{
    return m_state.search().isEmpty() || words.toLower().contains(m_state.search());
}

void PartList::addHeading(std::vector<FactRow>& rows, const QString& text)
{
    FactRow row;
    row.heading = true;
    row.title = text;
    rows.push_back(std::move(row));
    m_rows.push_back({});
}

void PartList::add(
    std::vector<FactRow>& rows, Group group, const std::string& id, const QString& title, const QString& detail)
{
    FactRow row;
    row.title = title;
    row.detail = detail;
    rows.push_back(std::move(row));
    m_rows.push_back({group, id});
}

void PartList::addElements(std::vector<FactRow>& rows)
{
    const auto& overlaid = m_state.reading()->overlaid;
    std::map<std::string, std::vector<const threats::Element*>> byZone;
    std::map<std::string, int> threatsOf;
    for (const auto& threat : overlaid.model.threats) {
        ++threatsOf[threat.target];
    }
    std::vector<const threats::Element*> fresh;
    for (const auto& element : overlaid.model.elements) {
        const QString words = shownText(element.name + ' ' + element.id) + u' ' + kindWord(element.kind);
        if (fits(words)) {
            (overlaid.tray.contains(element.id) ? fresh : byZone[element.zone]).push_back(&element);
        }
    }
    const auto list = [&](const threats::Element& element, Group group) {
        const int count = threatsOf[element.id];
        QStringList words{overlaid.ghosts.contains(element.id) ? ghostWord() : kindWord(element.kind)};
        if (count > 0) {
            words += tr("%n threat(s)", nullptr, count);
        }
        add(rows, group, element.id, shownText(element.name.empty() ? element.id : element.name),
            words.join(QStringLiteral(", ")));
    };
    if (!fresh.empty()) {
        addHeading(rows, tr("New since the last time: %1").arg(fresh.size()));
        for (const auto* element : fresh) {
            list(*element, Group::New);
        }
    }
    for (const auto& [zone, elements] : byZone) {
        addHeading(rows, zone.empty() ? tr("In no zone") : m_state.nameOf(zone));
        for (const auto* element : elements) {
            list(*element, Group::Part);
        }
    }
}

void PartList::addOthers(std::vector<FactRow>& rows)
{
    const auto& overlaid = m_state.reading()->overlaid;
    bool headed = false;
    const auto head = [&](const QString& text) {
        if (!std::exchange(headed, true)) {
            addHeading(rows, text);
        }
    };
    for (const auto& flow : overlaid.model.flows) {
        const QString name = m_state.nameOf(flow.id);
        if (fits(name + u' ' + shownText(flow.name))) {
            head(tr("Flows"));
            add(rows, Group::Part, flow.id, name, shownText(flow.name));
        }
    }
    headed = false;
    for (const auto& zone : overlaid.model.zones) {
        const QString name = m_state.nameOf(zone.id);
        if (fits(name)) {
            head(tr("Zones"));
            add(rows, Group::Part, zone.id, name, zone.trust ? tr("trust %1 of 100").arg(*zone.trust) : QString());
        }
    }
    headed = false;
    for (const auto& part : overlaid.hidden) {
        const QString name = shownText(part.name.empty() ? part.id : part.name);
        if (fits(name)) {
            head(tr("Hidden: %1").arg(overlaid.hidden.size()));
            add(rows, Group::Hidden, part.id, name,
                part.kind.empty() ? tr("Enter brings it back")
                                  : tr("%1, Enter brings it back").arg(kindWord(part.kind)));
        }
    }
}

void PartList::update()
{
    m_stale = !isVisible();
    if (m_stale) {
        return;
    }
    const QScopedValueRollback<bool> guard(m_updating, true);
    std::vector<FactRow> rows;
    m_rows.clear();
    const auto& reading = m_state.reading();
    if (reading) {
        addElements(rows);
        addOthers(rows);
        if (rows.empty()) {
            addHeading(rows, tr("Nothing fits what is searched for"));
        }
    }
    m_list->setFacts(std::move(rows));
    const int fresh = reading ? static_cast<int>(reading->overlaid.tray.size()) : 0;
    m_accept->setText(tr("Draw %n new element(s)", nullptr, fresh));
    m_accept->setVisible(fresh > 0);
    m_restore->setVisible(reading && !reading->overlaid.hidden.empty());
    markCurrent();
}

void PartList::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    if (m_stale) {
        update();
    }
}

void PartList::open(int number)
{
    const Row row = m_rows[static_cast<std::size_t>(number)];
    const auto reading = m_state.reading();
    if (!reading) {
        return;
    }
    if (row.group == Group::New) {
        m_state.edit(tr("Draw %1").arg(m_state.nameOf(row.id)), [id = row.id, reading](TeamModel& team) {
            threats::acceptParts(team, reading->overlaid.model, std::vector{id});
        });
        m_state.selectPart(row.id);
    } else if (row.group == Group::Hidden) {
        const auto& hidden = reading->overlaid.hidden;
        const auto found = std::find_if(
            hidden.begin(), hidden.end(), [&row](const threats::HiddenPart& one) { return one.id == row.id; });
        const QString name = found == hidden.end() ? QString() : shownText(found->name);
        m_state.edit(tr("Bring back %1").arg(name), [id = row.id](TeamModel& team) { threats::bringBack(team, id); });
        m_state.selectPart(row.id);
    }
}

void PartList::acceptAll()
{
    const auto reading = m_state.reading();
    if (!reading) {
        return;
    }
    const auto& tray = reading->overlaid.tray;
    m_state.edit(tr("Draw %n new element(s)", nullptr, static_cast<int>(tray.size())), [reading](TeamModel& team) {
        const std::vector<std::string> ids(reading->overlaid.tray.begin(), reading->overlaid.tray.end());
        threats::acceptParts(team, reading->overlaid.model, ids);
    });
}

// The chosen hidden one; all of them when none is.
void PartList::restoreChosen()
{
    const int row = m_list->currentIndex().row();
    if (row >= 0 && m_rows[static_cast<std::size_t>(row)].group == Group::Hidden) {
        open(row);
        return;
    }
    const auto reading = m_state.reading();
    if (!reading) {
        return;
    }
    m_state.edit(tr("Bring back %n part(s)", nullptr, static_cast<int>(reading->overlaid.hidden.size())),
        [reading](TeamModel& team) {
            for (const auto& part : reading->overlaid.hidden) {
                threats::bringBack(team, part.id);
            }
        });
}

void PartList::markCurrent()
{
    const auto at = std::find_if(
        m_rows.begin(), m_rows.end(), [this](const Row& row) { return !row.id.empty() && row.id == m_state.part(); });
    if (at != m_rows.end() || m_state.part().empty()) {
        m_list->mark(at == m_rows.end() ? -1 : static_cast<int>(at - m_rows.begin()));
    }
}

} // namespace cupel::widgets
