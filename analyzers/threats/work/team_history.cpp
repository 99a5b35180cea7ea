// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/threats/work/team_history.h"

#include "analyzers/threats/work/team_moves.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace cupel::threats {

namespace {

constexpr std::string_view arrow = " -> ";
constexpr std::string_view movedFile = "moved ";
constexpr std::string_view oldId = "was ";

template <typename Value, int Count> std::optional<Value> named(std::string_view word)
{
    for (int i = 0; i < Count; ++i) {
        if (toString(static_cast<Value>(i)) == word) {
            return static_cast<Value>(i);
        }
    }
    return {};
}

// "accepted -> mitigated" of an event that does not keep what was there. Its reason is not known any more.
bool undecide(const Event& event, TeamModel& team)
{
    const auto at = event.change.find(arrow);
    if (at == std::string::npos) {
        return false;
    }
    const auto was = std::string_view(event.change).substr(0, at);
    if (was == "nothing") {
        team.threats.erase(event.what);
        return true;
    }
    const bool not_ = was == toString(Applicability::NotApplicable);
    const auto decision = named<Decision, 7>(was);
    if (!not_ && !decision) {
        return false;
    }
    ThreatDecision one;
    one.applicability = not_ ? Applicability::NotApplicable : Applicability::Applies;
    one.decision = decision.value_or(Decision::Open);
    team.threats.insert_or_assign(event.what, std::move(one));
    return true;
}

// By its words alone. False: they do not tell what was there.
bool unsay(const Event& event, TeamModel& team)
{
    const std::string_view change = event.change;
    if (change == "move" || change.starts_with("evidence ")) {
        return true; // a place, or what a scan saw
    }
    if (change == "add element" || change == "add flow" || change == "add zone") {
        team.parts.erase(event.what);
        return true;
    }
    if (change == "add threat") {
        team.own.erase(event.what);
        return true;
    }
    if (change == "hide" || change == "bring back") {
        team.parts[event.what].removed = change != "hide";
        return true;
    }
    return undecide(event, team);
}

Moves moveOf(const TeamModel& team, const std::string& from, const std::string& to)
{
    const auto seen = team.seen.find(from);
    const std::string path = seen == team.seen.end() ? std::string() : seen->second.artifact;
    Moves out;
    out.elements.push_back({from, to, path, path});
    return out;
}

bool sameStep(const Event& one, const Event& other)
{
    return one.at == other.at && one.who == other.who;
}

} // namespace

PastTeam teamAt(const TeamModel& team, std::size_t events)
{
    PastTeam out{team, 0};
    const auto count = std::min(events, team.events.size());
    std::vector<std::pair<std::string, std::string>> moved; // from today's id to the older one, the last move first
    for (auto i = team.events.size(); i > count; --i) {
        const Event& event = team.events[i - 1];
        if (event.change.starts_with(movedFile) && event.note.starts_with(oldId)) {
            moved.emplace_back(event.what, event.note.substr(oldId.size()));
            follow(out.team, moveOf(out.team, moved.back().first, moved.back().second), {}, {});
            continue;
        }
        if (event.was.empty()) {
            out.vague += unsay(event, out.team) ? 0 : 1;
            continue;
        }
        for (const auto& line : event.was) {
            out.vague += putBack(out.team, line) ? 0 : 1;
        }
    }
    for (auto move = moved.rbegin(); move != moved.rend(); ++move) {
        follow(out.team, moveOf(out.team, move->second, move->first), {}, {});
    }
    out.team.events.keepFirst(count);
    return out;
}

std::size_t stepBegin(const EventList& events, std::size_t event)
{
    auto first = std::min(event, events.size());
    while (first > 0 && first < events.size() && sameStep(events[first - 1], events[first])) {
        --first;
    }
    return first;
}

std::size_t stepEnd(const EventList& events, std::size_t event)
{
    auto last = std::min(event, events.size());
    while (last < events.size()) {
        ++last;
        if (last < events.size() && !sameStep(events[last - 1], events[last])) {
            break;
        }
    }
    return last;
}

} // namespace cupel::threats
