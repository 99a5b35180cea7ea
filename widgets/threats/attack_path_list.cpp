// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/threats/attack_path_list.h"

#include "analyzers/threats/work/open_threats.h"
#include "widgets/common/fact_rows.h"
#include "widgets/common/labels.h"

#include <QtGui/QKeyEvent>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>
#include <map>

namespace cupel::widgets {

namespace {

constexpr std::size_t mostRows = 300; // nobody walks through more; the note tells how many there are

struct OnTheWay {
    const threats::Threat* worst = nullptr;
    int open = 0;
};

OnTheWay onTheWay(
    const threats::Overlaid& overlaid, const threats::ThreatsByPart& byPart, const threats::AttackPath& path)
{
    OnTheWay out;
    for (const auto index : byPart.on(path)) {
        const threats::Threat& threat = overlaid.model.threats[index];
        if (!threats::isOpen(overlaid, threat)) {
            continue;
        }
        ++out.open;
        const auto risk = [](const threats::Threat& one) { return one.likelihood * one.impact; };
        if (!out.worst || risk(threat) > risk(*out.worst)) {
            out.worst = &threat;
        }
    }
    return out;
}

} // namespace

AttackPathList::AttackPathList(ThreatState& state, QWidget* parent)
    : View(parent)
    , m_state(state)
    , m_note(new Label({}, TextRole::Small, Token::TextSecondary, false, this))
    , m_list(new FactRows(tr("Attack paths"), this))
{
    setAccessibleName(tr("Attack paths"));
    setFocusPolicy(Qt::NoFocus);
    m_note->setWordWrap(true);
    m_note->setContentsMargins(16, 8, 16, 8);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_note);
    column->addWidget(m_list, 1);
    connect(m_list, &FactRows::chosen, this, &AttackPathList::choose);
    connect(m_list, &FactRows::opened, this, &AttackPathList::open);
    connect(m_list, &FactRows::clicked, this, [this](const QModelIndex& index) { choose(index.row()); });
    connect(&state, &ThreatState::changed, this, &AttackPathList::update);
    update();
}

void AttackPathList::takeFocus()
{
    m_list->setFocus(Qt::ShortcutFocusReason);
}

QString AttackPathList::note() const
{
    return m_note->text();
}

void AttackPathList::update()
{
    const auto& reading = m_state.reading();
    if (reading == m_shown && reading) {
        return;
    }
    m_shown = reading;
    std::vector<FactRow> rows;
    int chosen = -1;
    if (reading) {
        const auto& all = reading->paths.paths;
        const threats::ThreatsByPart byPart(reading->overlaid.model);
        std::map<std::string_view, QString> names; // ways share most of their elements
        const auto nameOf = [&](const std::string& id) {
            const auto [name, fresh] = names.try_emplace(id);
            if (fresh) {
                name->second = m_state.nameOf(id);
            }
            return name->second;
        };
        for (std::size_t i = 0; i < std::min(all.size(), mostRows); ++i) {
            const threats::AttackPath& path = all[i];
            FactRow row;
            row.title = tr("%1 to %2").arg(nameOf(path.elements.front()), nameOf(path.elements.back()));
            QStringList via;
            for (std::size_t k = 1; k + 1 < path.elements.size(); ++k) {
                via += nameOf(path.elements[k]);
            }
            const OnTheWay threats = onTheWay(reading->overlaid, byPart, path);
            row.detail = (via.isEmpty() ? tr("directly") : tr("via %1").arg(via.join(QStringLiteral(", ")))) + u'\n'
                + (threats.open > 0 ? tr("%n open threat(s) on the way", nullptr, threats.open)
                                    : tr("no open threat on the way"));
            row.sign = threats.worst ? threats.worst->severity : std::nullopt;
            chosen = path.flows == m_chosen ? static_cast<int>(i) : chosen;
            rows.push_back(std::move(row));
        }
        m_note->setText(all.empty() ? tr("No way leads from a zone that is not trusted to something that must not "
                                         "fall: a model in service, a store of secrets, confidential data.")
                : !reading->paths.complete || all.size() > mostRows
                ? tr("More than %n way(s) lead from zones that are not trusted to what must not fall. The shortest "
                     "first.",
                      nullptr, static_cast<int>(rows.size()))
                : tr("%n way(s) lead from zones that are not trusted to what must not fall. The shortest first.",
                      nullptr, static_cast<int>(rows.size())));
    } else {
        m_note->setText(tr("Ways of attack are shown when the threat model is made."));
    }
    m_list->setFacts(std::move(rows));
    if (chosen >= 0) {
        m_list->mark(chosen);
    } else if (!m_chosen.empty()) {
        clearChoice(); // it is gone
    }
}

void AttackPathList::choose(int row)
{
    const auto at = static_cast<std::size_t>(row);
    if (!m_shown || row < 0 || at >= m_shown->paths.paths.size()) {
        return;
    }
    m_chosen = m_shown->paths.paths[at].flows;
    std::map<std::string_view, std::uint32_t> numbers;
    const auto& flows = m_shown->overlaid.model.flows;
    for (std::uint32_t i = 0; i < flows.size(); ++i) {
        numbers.emplace(flows[i].id, i);
    }
    std::vector<std::uint32_t> way;
    for (const std::string& id : m_chosen) {
        if (const auto found = numbers.find(id); found != numbers.end()) {
            way.push_back(found->second);
        }
    }
    Q_EMIT pathChosen(way);
}

void AttackPathList::open(int row)
{
    const auto at = static_cast<std::size_t>(row);
    if (!m_shown || row < 0 || at >= m_shown->paths.paths.size()) {
        return;
    }
    const threats::ThreatsByPart byPart(m_shown->overlaid.model);
    const OnTheWay threats = onTheWay(m_shown->overlaid, byPart, m_shown->paths.paths[at]);
    if (threats.worst) {
        m_state.selectThreat(threats.worst->id);
        Q_EMIT threatRequested();
    }
}

void AttackPathList::clearChoice()
{
    m_chosen.clear();
    m_list->setCurrentIndex({}); // so that the same one can be chosen again
    m_list->clearSelection();
    Q_EMIT pathChosen({});
}

void AttackPathList::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape && !m_chosen.empty()) {
        clearChoice();
        return;
    }
    View::keyPressEvent(event);
}

} // namespace cupel::widgets
