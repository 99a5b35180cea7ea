// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/threats/work/team_model.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <tuple>

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

// Any order will do: it finds what is the same in a long history.
struct ByContent {
    bool operator()(const std::string* one, const std::string* other) const { return *one < *other; }
    bool operator()(const Event* one, const Event* other) const
    {
        const auto facts = [](const Event& event) {
            return std::tie(event.at, event.who, event.what, event.change, event.note, event.was);
        };
        return facts(*one) < facts(*other);
    }
};

void add(std::vector<std::string>& to, std::vector<std::string>::const_iterator line)
{
    to.push_back(*line);
}

void add(EventList& to, EventList::const_iterator event)
{
    to.push_back(event);
}

// Lists that only grow: what came behind `base`. One that was changed otherwise brings what nobody else has.
template <typename List> List mergeLists(const List& base, const List& ours, const List& theirs)
{
    using Item = typename List::value_type;
    List out = theirs;
    const auto same = [](const Item& one, const Item& other) { return &one == &other || one == other; };
    if (ours.size() >= base.size() && std::equal(base.begin(), base.end(), ours.begin(), same)) {
        // Own lines may have been written already by somebody who has not heard of it: each counts once.
        const auto parts = std::mismatch(base.begin(), base.end(), theirs.begin(), theirs.end(), same);
        std::map<const Item*, std::size_t, ByContent> written;
        for (auto one = parts.second; one != theirs.end(); ++one) {
            ++written[&*one];
        }
        const auto isWritten = [&written](const Item& item) {
            const auto found = written.find(&item);
            const bool there = found != written.end() && found->second > 0;
            if (there) {
                --found->second;
            }
            return there;
        };
        std::for_each(parts.first, base.end(), isWritten);
        for (auto one = ours.begin() + static_cast<std::ptrdiff_t>(base.size()); one != ours.end(); ++one) {
            if (!isWritten(*one)) {
                add(out, one);
            }
        }
        return out;
    }
    std::set<const Item*, ByContent> known;
    for (const Item& item : theirs) {
        known.insert(&item);
    }
    for (auto one = ours.begin(); one != ours.end(); ++one) {
        if (known.insert(&*one).second) {
            add(out, one);
        }
    }
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
    out.events.sortByTime();
    out.events.shareWith(ours.events);
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
