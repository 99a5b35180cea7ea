// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/threats/work/team_model.h"

#include <algorithm>
#include <cstddef>
#include <iterator>

namespace cupel::threats {

namespace {

template <typename Map> const typename Map::mapped_type* find(const Map& map, const typename Map::key_type& key)
{
    const auto found = map.find(key);
    return found == map.end() ? nullptr : &found->second;
}

// Three ways, key by key; null is a value like any other.
template <typename Map> Map mergeMaps(const Map& base, const Map& ours, const Map& theirs)
{
    Map out = theirs;
    const auto differs = [](const auto* one, const auto* other) {
        return !one || !other ? one != other : !(*one == *other);
    };
    const auto take = [&](const typename Map::key_type& key) {
        const auto* mine = find(ours, key);
        if (!differs(mine, find(base, key))) {
            return; // theirs counts, whatever it is
        }
        if (mine) {
            out.insert_or_assign(key, *mine);
        } else {
            out.erase(key);
        }
    };
    for (const auto& [key, value] : ours) {
        take(key);
    }
    for (const auto& [key, value] : base) {
        take(key);
    }
    return out;
}

// Of a part that both changed, each fact by itself.
PartEdit mergePart(const PartEdit& base, const PartEdit& ours, const PartEdit& theirs)
{
    PartEdit out = theirs;
    const auto take = [&](auto member) {
        if (!(ours.*member == base.*member)) {
            out.*member = ours.*member;
        }
    };
    take(&PartEdit::type);
    take(&PartEdit::name);
    take(&PartEdit::description);
    take(&PartEdit::kind);
    take(&PartEdit::zone);
    take(&PartEdit::source);
    take(&PartEdit::target);
    take(&PartEdit::scopeReason);
    take(&PartEdit::removed);
    out.attributes = mergeMaps(base.attributes, ours.attributes, theirs.attributes);
    return out;
}

void mergeParts(const TeamModel& base, const TeamModel& ours, const TeamModel& theirs, TeamModel& out)
{
    out.parts = mergeMaps(base.parts, ours.parts, theirs.parts);
    for (auto& [id, part] : out.parts) {
        const auto* mine = find(ours.parts, id);
        const auto* other = find(theirs.parts, id);
        if (mine && other) {
            const auto* was = find(base.parts, id);
            part = mergePart(was ? *was : PartEdit(), *mine, *other);
        }
    }
}

// Lists that only grow: what came behind `base`. One that was changed otherwise brings what nobody else has.
template <typename List> List mergeLists(const List& base, const List& ours, const List& theirs)
{
    List out = theirs;
    if (ours.size() >= base.size() && std::equal(base.begin(), base.end(), ours.begin())) {
        // Own lines may have been written already by somebody who has not heard of it: each counts once.
        const auto parts = std::mismatch(base.begin(), base.end(), theirs.begin(), theirs.end());
        List written(parts.second, theirs.end());
        for (auto old = parts.first; old != base.end(); ++old) {
            if (const auto found = std::find(written.begin(), written.end(), *old); found != written.end()) {
                written.erase(found);
            }
        }
        for (auto next = ours.begin() + static_cast<std::ptrdiff_t>(base.size()); next != ours.end(); ++next) {
            if (const auto found = std::find(written.begin(), written.end(), *next); found != written.end()) {
                written.erase(found);
            } else {
                out.push_back(*next);
            }
        }
        return out;
    }
    std::copy_if(ours.begin(), ours.end(), std::back_inserter(out),
        [&out](const auto& one) { return std::find(out.begin(), out.end(), one) == out.end(); });
    return out;
}

} // namespace

TeamModel merge(const TeamModel& base, const TeamModel& ours, const TeamModel& theirs)
{
    TeamModel out;
    mergeParts(base, ours, theirs, out);
    out.places = mergeMaps(base.places, ours.places, theirs.places);
    out.threats = mergeMaps(base.threats, ours.threats, theirs.threats);
    out.own = mergeMaps(base.own, ours.own, theirs.own);
    out.controls = mergeMaps(base.controls, ours.controls, theirs.controls);
    out.answers = mergeMaps(base.answers, ours.answers, theirs.answers);
    out.assignees = mergeMaps(base.assignees, ours.assignees, theirs.assignees);
    out.seen = mergeMaps(base.seen, ours.seen, theirs.seen);
    out.events = mergeLists(base.events, ours.events, theirs.events);
    std::stable_sort(
        out.events.begin(), out.events.end(), [](const Event& one, const Event& other) { return one.at < other.at; });
    out.unknown = mergeLists(base.unknown, ours.unknown, theirs.unknown);
    return out;
}

std::size_t differentDecisions(const TeamModel& one, const TeamModel& other)
{
    std::set<std::string> ids;
    for (const TeamModel* side : {&one, &other}) {
        for (const auto& [id, decision] : side->threats) {
            ids.insert(id);
        }
    }
    return static_cast<std::size_t>(std::count_if(ids.begin(), ids.end(), [&](const std::string& id) {
        const auto* mine = find(one.threats, id);
        const auto* theirs = find(other.threats, id);
        return !mine || !theirs || !(*mine == *theirs);
    }));
}

} // namespace cupel::threats
