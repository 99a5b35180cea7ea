// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/threats/work/team_step.h"

#include <algorithm>
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

    std::vector<Event> out;

private:
    std::string m_at;
    std::string m_who;
};

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

} // namespace

bool TeamStep::empty() const
{
    return parts.empty() && places.empty() && threats.empty() && own.empty() && controls.empty() && answers.empty()
        && seen.empty();
}

TeamStep difference(const TeamModel& before, const TeamModel& after)
{
    return {changesOf(before.parts, after.parts), changesOf(before.places, after.places),
        changesOf(before.threats, after.threats), changesOf(before.own, after.own),
        changesOf(before.controls, after.controls), changesOf(before.answers, after.answers),
        changesOf(before.seen, after.seen)};
}

bool fits(const TeamModel& team, const TeamStep& step, bool forward)
{
    return fitsAll(team.parts, step.parts, forward) && fitsAll(team.places, step.places, forward)
        && fitsAll(team.threats, step.threats, forward) && fitsAll(team.own, step.own, forward)
        && fitsAll(team.controls, step.controls, forward) && fitsAll(team.answers, step.answers, forward)
        && fitsAll(team.seen, step.seen, forward);
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
}

std::vector<Event> eventsOf(const TeamStep& step, bool forward, const std::string& at, const std::string& who)
{
    Teller teller(at, who);
    for (const auto& one : step.parts) {
        teller.part(one.id, forward ? one.before : one.after, forward ? one.after : one.before);
    }
    std::vector<std::string> moved;
    for (const auto& one : step.places) {
        const bool alone = std::none_of(step.parts.begin(), step.parts.end(), [&](const Changed<PartEdit>& part) {
            return part.id == one.id && part.before.has_value() != part.after.has_value()
                && !(part.after ? part.after : part.before)->type.empty();
        });
        if (alone) { // what comes or goes with its place is told already
            moved.push_back(one.id);
        }
    }
    if (!moved.empty()) {
        const auto more = moved.size() - 1;
        teller.tell(moved.front(), "move", more > 0 ? "and " + std::to_string(more) + " more" : std::string());
    }
    for (const auto& one : step.own) {
        const auto& was = forward ? one.before : one.after;
        const auto& is = forward ? one.after : one.before;
        teller.tell(one.id, !was ? "add threat" : !is ? "delete threat" : "edit threat", (is ? is : was)->title);
    }
    for (const auto& one : step.threats) {
        const auto& was = forward ? one.before : one.after;
        const auto& is = forward ? one.after : one.before;
        teller.tell(one.id, wordOf(was) + " -> " + wordOf(is), is ? is->reason : std::string());
    }
    for (const auto& one : step.controls) {
        const auto& was = forward ? one.before : one.after;
        const auto& is = forward ? one.after : one.before;
        const ControlUse& use = is ? *is : *was;
        teller.tell(use.threat,
            "control " + (use.control.empty() ? use.title : use.control) + ' ' + wordOf(was) + " -> " + wordOf(is),
            use.note);
    }
    for (const auto& one : step.answers) {
        teller.fact(one.id, "answer", forward ? one.before : one.after, forward ? one.after : one.before);
    }
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
    for (const auto& one : step.answers) {
        out.push_back(one.after.value_or(std::string()));
    }
    std::erase_if(out,
        [&](const std::string& text) { return text.empty() || std::find(old.begin(), old.end(), text) != old.end(); });
    return out;
}

} // namespace cupel::threats
