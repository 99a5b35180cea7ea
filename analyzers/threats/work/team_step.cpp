// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/threats/work/team_step.h"

#include <algorithm>
#include <set>
#include <utility>

namespace cupel::threats {

namespace {

template <typename Value>
std::vector<Changed<Value>> changesOf(
    const std::map<std::string, Value>& before, const std::map<std::string, Value>& after)
{
    std::vector<Changed<Value>> out;
    auto old = before.begin();
    auto now = after.begin();
    while (old != before.end() || now != after.end()) {
        if (now == after.end() || (old != before.end() && old->first < now->first)) {
            out.push_back({old->first, old->second, std::nullopt});
            ++old;
        } else if (old == before.end() || now->first < old->first) {
            out.push_back({now->first, std::nullopt, now->second});
            ++now;
        } else {
            if (!(old->second == now->second)) {
                out.push_back({now->first, old->second, now->second});
            }
            ++old;
            ++now;
        }
    }
    return out;
}

template <typename Value>
bool fitsAll(const std::map<std::string, Value>& map, const std::vector<Changed<Value>>& list, bool forward)
{
    return std::all_of(list.begin(), list.end(), [&](const Changed<Value>& one) {
        const auto found = map.find(one.id);
        const auto& was = forward ? one.before : one.after;
        return (found == map.end()) ? !was : was && *was == found->second;
    });
}

template <typename Value>
void takeAll(std::map<std::string, Value>& map, const std::vector<Changed<Value>>& list, bool forward)
{
    for (const auto& one : list) {
        if (const auto& is = forward ? one.after : one.before) {
            map.insert_or_assign(one.id, *is);
        } else {
            map.erase(one.id);
        }
    }
}

template <typename Value> void rebaseAll(std::vector<Changed<Value>>& list, const std::map<std::string, Value>& map)
{
    for (auto& one : list) {
        const auto found = map.find(one.id);
        one.before = found == map.end() ? std::nullopt : std::optional(found->second);
    }
}

template <typename Value> void renameAll(std::vector<Changed<Value>>& list, const Renames& renames)
{
    for (auto& one : list) {
        const auto found = renames.find(one.id);
        one.id = found == renames.end() ? one.id : found->second;
    }
}

class Teller {
public:
    Teller(std::string at, std::string who)
        : m_at(std::move(at))
        , m_who(std::move(who))
    {
    }

    void tell(const std::string& what, std::string change, std::string note = {})
    {
        out.push_back({m_at, m_who, what, std::move(change), std::move(note)});
    }

    void fact(const std::string& what, const std::string& name, const std::optional<std::string>& was,
        const std::optional<std::string>& is)
    {
        if (was != is) {
            tell(what, name + ' ' + was.value_or("as scanned") + " -> " + is.value_or("as scanned"));
        }
    }

    void part(const std::string& id, const std::optional<PartEdit>& before, const std::optional<PartEdit>& after)
    {
        const PartEdit was = before.value_or(PartEdit());
        const PartEdit is = after.value_or(PartEdit());
        const bool drawn = !was.type.empty() || !is.type.empty();
        if (drawn && before.has_value() != after.has_value()) {
            const PartEdit& one = after ? is : was;
            tell(id, (after ? "add " : "delete ") + one.type, one.name.value_or(std::string()));
            return;
        }
        if (was.removed != is.removed) {
            tell(id, is.removed ? "hide" : "bring back");
        }
        fact(id, "name", was.name, is.name);
        fact(id, "description", was.description, is.description);
        fact(id, "kind", was.kind, is.kind);
        fact(id, "zone", was.zone, is.zone);
        fact(id, "source", was.source, is.source);
        fact(id, "target", was.target, is.target);
        fact(id, "out of scope", was.scopeReason, is.scopeReason);
        for (const auto& one : changesOf(was.attributes, is.attributes)) {
            fact(id, one.id, one.before, one.after);
        }
    }

    // Says of what was told since the history had `before` lines how it was; once is enough.
    void remember(std::size_t before, std::vector<std::string> was)
    {
        if (before < out.size()) {
            out[before].was = std::move(was);
        }
    }

    std::vector<Event> out;

private:
    std::string m_at;
    std::string m_who;
};

// What stood in the file about it. What is too long for a line of the history is left out.
template <typename Value>
std::vector<std::string> wasOf(std::map<std::string, Value> TeamModel::* map, const char* kind, const std::string& id,
    const std::optional<Value>& was)
{
    constexpr std::size_t longest = 16 << 10;
    if (!was) {
        return {absentLine(kind, id)};
    }
    TeamModel one;
    (one.*map).emplace(id, *was);
    auto lines = linesOf(one);
    std::erase_if(lines, [](const std::string& line) { return line.size() > longest; });
    return lines;
}

std::string wordOf(const std::optional<ThreatDecision>& decision)
{
    if (!decision) {
        return "nothing";
    }
    const bool not_ = decision->applicability == Applicability::NotApplicable;
    return std::string(not_ ? toString(decision->applicability) : toString(decision->decision));
}

std::string wordOf(const std::optional<ControlUse>& use)
{
    return use ? std::string(toString(use->status)) : "none";
}

void addTexts(const PartEdit& part, std::vector<std::string>& out)
{
    for (const auto& text : {part.name, part.description, part.kind, part.scopeReason}) {
        out.push_back(text.value_or(std::string()));
    }
    for (const auto& [key, value] : part.attributes) {
        out.push_back(key + " = " + value); // a value is judged by what it is called
    }
}

void tellParts(const TeamStep& step, bool forward, Teller& teller)
{
    std::map<std::string_view, const Changed<Box>*> places;
    for (const auto& one : step.places) {
        places.emplace(one.id, &one);
    }
    std::set<std::string> whole; // drawn or deleted: they come or go with their places
    for (const auto& one : step.parts) {
        const auto& was = forward ? one.before : one.after;
        const bool comes = one.before.has_value() != one.after.has_value();
        if (comes && !(one.after ? one.after : one.before)->type.empty()) {
            whole.insert(one.id);
        }
        const auto before = teller.out.size();
        teller.part(one.id, was, forward ? one.after : one.before);
        auto lines = wasOf(&TeamModel::parts, "part", one.id, was);
        if (const auto place = places.find(one.id); whole.contains(one.id) && place != places.end()) {
            const auto& box = forward ? place->second->before : place->second->after;
            const auto more = wasOf(&TeamModel::places, "place", one.id, box);
            lines.insert(lines.end(), more.begin(), more.end());
        }
        teller.remember(before, std::move(lines));
    }
    std::vector<std::string> moved;
    for (const auto& one : step.places) {
        if (!whole.contains(one.id)) {
            moved.push_back(one.id);
        }
    }
    if (!moved.empty()) {
        const auto more = moved.size() - 1;
        teller.tell(moved.front(), "move", more > 0 ? "and " + std::to_string(more) + " more" : std::string());
    }
}

} // namespace

bool TeamStep::empty() const
{
    return parts.empty() && places.empty() && threats.empty() && own.empty() && controls.empty() && answers.empty()
        && seen.empty() && assignees.empty();
}

TeamStep difference(const TeamModel& before, const TeamModel& after)
{
    return {changesOf(before.parts, after.parts), changesOf(before.places, after.places),
        changesOf(before.threats, after.threats), changesOf(before.own, after.own),
        changesOf(before.controls, after.controls), changesOf(before.answers, after.answers),
        changesOf(before.seen, after.seen), changesOf(before.assignees, after.assignees)};
}

bool fits(const TeamModel& team, const TeamStep& step, bool forward)
{
    return fitsAll(team.parts, step.parts, forward) && fitsAll(team.places, step.places, forward)
        && fitsAll(team.threats, step.threats, forward) && fitsAll(team.own, step.own, forward)
        && fitsAll(team.controls, step.controls, forward) && fitsAll(team.answers, step.answers, forward)
        && fitsAll(team.seen, step.seen, forward) && fitsAll(team.assignees, step.assignees, forward);
}

void rebase(TeamStep& step, const TeamModel& team)
{
    rebaseAll(step.parts, team.parts);
    rebaseAll(step.places, team.places);
    rebaseAll(step.threats, team.threats);
    rebaseAll(step.own, team.own);
    rebaseAll(step.controls, team.controls);
    rebaseAll(step.answers, team.answers);
    rebaseAll(step.seen, team.seen);
    rebaseAll(step.assignees, team.assignees);
}

TeamStep renamed(TeamStep step, const Renames& renames)
{
    if (renames.empty()) {
        return step;
    }
    renameAll(step.parts, renames);
    renameAll(step.places, renames);
    renameAll(step.controls, renames);
    renameAll(step.seen, renames);
    for (auto& one : step.threats) {
        one.id = renamedThreat(renames, one.id);
    }
    for (auto& one : step.assignees) {
        one.id = renamedThreat(renames, one.id);
    }
    return step;
}

void take(TeamModel& team, const TeamStep& step, bool forward)
{
    takeAll(team.parts, step.parts, forward);
    takeAll(team.places, step.places, forward);
    takeAll(team.threats, step.threats, forward);
    takeAll(team.own, step.own, forward);
    takeAll(team.controls, step.controls, forward);
    takeAll(team.answers, step.answers, forward);
    takeAll(team.seen, step.seen, forward);
    takeAll(team.assignees, step.assignees, forward);
}

std::vector<Event> eventsOf(const TeamStep& step, bool forward, const std::string& at, const std::string& who)
{
    Teller teller(at, who);
    tellParts(step, forward, teller);
    const auto each = [&](const auto& list, auto map, const char* kind, const auto& tell) {
        for (const auto& one : list) {
            const auto& was = forward ? one.before : one.after;
            const auto before = teller.out.size();
            tell(one.id, was, forward ? one.after : one.before);
            teller.remember(before, wasOf(map, kind, one.id, was));
        }
    };
    each(step.own, &TeamModel::own, "own", [&](const std::string& id, const auto& was, const auto& is) {
        teller.tell(id, !was ? "add threat" : !is ? "delete threat" : "edit threat", (is ? is : was)->title);
    });
    each(step.threats, &TeamModel::threats, "threat", [&](const std::string& id, const auto& was, const auto& is) {
        teller.tell(id, wordOf(was) + " -> " + wordOf(is), is ? is->reason : std::string());
    });
    each(step.controls, &TeamModel::controls, "control", [&](const std::string&, const auto& was, const auto& is) {
        const ControlUse& use = is ? *is : *was;
        teller.tell(use.threat,
            "control " + (use.control.empty() ? use.title : use.control) + ' ' + wordOf(was) + " -> " + wordOf(is),
            use.note);
    });
    each(step.answers, &TeamModel::answers, "answer",
        [&](const std::string& id, const auto& was, const auto& is) { teller.fact(id, "answer", was, is); });
    each(
        step.assignees, &TeamModel::assignees, "assignee", [&](const std::string& id, const auto& was, const auto& is) {
            teller.tell(id, "assignee " + was.value_or("nobody") + " -> " + is.value_or("nobody"));
        });
    return std::move(teller.out);
}

std::vector<std::string> textsOf(const TeamStep& step)
{
    std::vector<std::string> out;
    std::vector<std::string> old;
    for (const auto& one : step.parts) {
        if (one.before) {
            addTexts(*one.before, old);
        }
        if (one.after) {
            addTexts(*one.after, out);
        }
    }
    for (const auto& one : step.threats) {
        out.push_back(one.after ? one.after->reason : std::string());
    }
    for (const auto& one : step.own) {
        if (one.after) {
            out.insert(out.end(), {one.after->title, one.after->description, one.after->mitigation});
            out.insert(out.end(), one.after->references.begin(), one.after->references.end());
        }
    }
    for (const auto& one : step.controls) {
        if (one.after) {
            out.insert(out.end(), {one.after->title, one.after->note});
        }
    }
    for (const auto* list : {&step.answers, &step.assignees}) {
        for (const auto& one : *list) {
            out.push_back(one.after.value_or(std::string()));
        }
    }
    std::erase_if(out,
        [&](const std::string& text) { return text.empty() || std::find(old.begin(), old.end(), text) != old.end(); });
    return out;
}

} // namespace cupel::threats
