// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/models/history_names.h"

#include "analyzers/threats/knowledge/tables.h"
#include "analyzers/threats/work/fold_choice.h"
#include "widgets/models/shown_text.h"

#include <QtCore/QCoreApplication>

#include <algorithm>
#include <optional>
#include <string_view>

namespace cupel::widgets {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(History)
};

// What an event says that something is called after it.
std::optional<std::string> nameIn(const threats::Event& event)
{
    const std::string_view change = event.change;
    constexpr std::string_view naming = "name ";
    constexpr std::string_view arrow = " -> ";
    if (const auto at = change.find(arrow); change.starts_with(naming) && at != change.npos) {
        const auto was = change.substr(naming.size(), at - naming.size());
        const auto is = change.substr(at + arrow.size());
        return std::string(is == "as scanned" ? was : is);
    }
    for (const std::string_view verb : {"add ", "delete ", "edit "}) {
        if (change.starts_with(verb) && !event.note.empty()) {
            return event.note;
        }
    }
    return std::nullopt;
}

// Whoever drew a flow seldom gave it a name: it is known by where it led.
std::optional<std::pair<std::string, std::string>> endsIn(const threats::Event& event)
{
    if (event.change != "delete flow") {
        return std::nullopt;
    }
    threats::TeamModel team;
    for (const auto& line : event.was) {
        threats::putBack(team, line);
    }
    const auto part = team.parts.find(event.what);
    return part == team.parts.end()
        ? std::nullopt
        : std::optional(std::pair(part->second.source.value_or(""), part->second.target.value_or("")));
}

std::string_view titleOfRule(std::string_view id)
{
    const auto& rules = threats::builtInRules();
    const auto found = std::find_if(rules.begin(), rules.end(), [id](const auto& rule) { return rule.id == id; });
    return found == rules.end() ? std::string_view() : std::string_view(found->title);
}

} // namespace

void HistoryNames::read()
{
    m_threatAt.clear();
    m_titles.clear();
    m_last.clear();
    m_ends.clear();
    const auto& reading = m_threats.reading();
    if (!reading) {
        return;
    }
    const auto& model = reading->overlaid.model;
    for (std::size_t i = 0; i < model.threats.size(); ++i) {
        m_threatAt.emplace(model.threats[i].id, i);
    }
    for (const auto& folded : model.folded) {
        m_titles.emplace(folded.rule + (folded.target.empty() ? "" : '@' + folded.target), folded.title);
    }
    if (reading->events) {
        for (const auto& event : *reading->events) {
            if (auto name = nameIn(event)) {
                m_last.insert_or_assign(event.what, std::move(*name));
            } else if (auto ends = endsIn(event)) {
                m_ends.insert_or_assign(event.what, std::move(*ends));
            }
        }
    }
}

const threats::Threat* HistoryNames::threat(const std::string& id) const
{
    const auto found = m_threatAt.find(id);
    return found == m_threatAt.end() || !m_threats.reading()
        ? nullptr
        : &m_threats.reading()->overlaid.model.threats[found->second];
}

std::string HistoryNames::partOf(const std::string& id) const
{
    if (const auto* there = threat(id)) {
        return there->target;
    }
    const auto sign = id.find('@');
    return sign == std::string::npos ? std::string() : id.substr(sign + 1);
}

QString HistoryNames::of(const std::string& id) const
{
    const auto ends = m_ends.find(id);
    return ends == m_ends.end() || m_threats.hasPart(id) || m_last.contains(id)
        ? nameOf(id)
        : Words::tr("%1 to %2").arg(nameOf(ends->second.first), nameOf(ends->second.second));
}

QString HistoryNames::nameOf(const std::string& id) const
{
    if (const auto* there = threat(id)) {
        return shownText(there->title);
    }
    const QString now = m_threats.nameOf(id);
    if (id.empty() || m_threats.hasPart(id) || now != shownText(id)) {
        return now;
    }
    if (const auto folded = m_titles.find(id); folded != m_titles.end()) {
        return shownText(folded->second);
    }
    if (const auto last = m_last.find(id); last != m_last.end()) {
        return shownText(last->second);
    }
    if (id == threats::foldAnswer) {
        return Words::tr("How far what is alike is folded");
    }
    for (const auto& question : threats::scopingQuestions()) {
        if (question.id == id) {
            return shownText(question.text);
        }
    }
    const auto rule = titleOfRule(std::string_view(id).substr(0, id.find('@')));
    return shownText(std::string(rule.empty() ? std::string_view(id) : rule));
}

} // namespace cupel::widgets
