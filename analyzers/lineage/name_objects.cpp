// SPDX-License-Identifier: GPL-3.0-or-later
// Which names stand for, or hold, the same object.
#include "analyzers/lineage/name_follower.h"

#include <algorithm>

namespace cupel::lineage {

namespace {

constexpr std::size_t maxIds = 64; // of a name
constexpr std::size_t maxHolders = 256; // of an object

bool addTo(std::vector<std::uint32_t>& list, std::uint32_t id)
{
    if (list.size() >= maxIds || std::find(list.begin(), list.end(), id) != list.end()) {
        return false;
    }
    list.push_back(id);
    return true;
}

} // namespace

bool NameFollower::isObject(NameId name) const
{
    const auto& state = m_states[name];
    return state.bound == Bound::Value && !state.same.empty();
}

std::uint32_t NameFollower::newObject()
{
    m_holders.emplace_back();
    return static_cast<std::uint32_t>(m_holders.size() - 1);
}

void NameFollower::holder(NameId name, std::uint32_t id)
{
    auto& list = m_holders[id];
    if (list.size() < maxHolders && std::find(list.begin(), list.end(), name) == list.end()) {
        list.push_back(name);
    }
}

bool NameFollower::reaches(NameId name, std::uint32_t id) const
{
    const auto& state = m_states[name];
    return std::find(state.same.begin(), state.same.end(), id) != state.same.end()
        || std::find(state.parts.begin(), state.parts.end(), id) != state.parts.end();
}

void NameFollower::addPart(NameId name, std::uint32_t id)
{
    if (addTo(m_states[name].parts, id)) {
        holder(name, id);
    }
}

// A new object lies in `base`: whoever holds the one holds the other.
void NameFollower::partOf(NameId base, std::uint32_t id)
{
    const auto ids = m_states[base].same;
    addPart(base, id);
    for (const auto known : ids) {
        const auto holders = m_holders[known];
        for (const auto name : holders) {
            if (spend(1) && reaches(name, known)) {
                addPart(name, id);
            }
        }
    }
}

// `name` holds what `held` stands for.
void NameFollower::hold(NameId name, NameId held)
{
    if (held == noName || held == name || !isObject(held) || !isObject(name)) {
        return;
    }
    auto ids = m_states[held].same;
    ids.insert(ids.end(), m_states[held].parts.begin(), m_states[held].parts.end());
    for (const auto id : ids) {
        if (spend(1)) {
            addPart(name, id);
        }
    }
}

void NameFollower::setValue(const CellNames& names, const NameEvent& event)
{
    std::vector<std::uint32_t> same;
    std::vector<std::uint32_t> parts;
    const auto take = [&](NameId from) {
        for (const auto id : m_states[from].same) {
            addTo(same, id);
        }
        for (const auto id : m_states[from].parts) {
            addTo(parts, id);
        }
    };
    for (auto i = event.links; i < event.linksEnd; ++i) {
        const auto& link = names.links[i];
        if (link.kind == NameLink::Kind::Result) {
            if (const auto known = m_calls.find(link.call); known != m_calls.end()) {
                for (const auto name : known->second) {
                    take(name);
                }
            }
            continue;
        }
        if (!isObject(link.name)) {
            continue;
        }
        if (link.kind == NameLink::Kind::Same) {
            take(link.name);
        } else if (link.kind == NameLink::Kind::Part) {
            const auto id = newObject();
            partOf(link.name, id);
            addTo(same, id);
        } else {
            for (const auto id : m_states[link.name].same) {
                addTo(parts, id);
            }
            for (const auto id : m_states[link.name].parts) {
                addTo(parts, id);
            }
        }
    }
    if (same.empty() && event.bound == Bound::Value) {
        same.push_back(newObject());
    }
    auto& state = m_states[event.name];
    if (event.maybe || event.loop) {
        for (const auto id : state.same) {
            addTo(same, id);
        }
        for (const auto id : state.parts) {
            addTo(parts, id);
        }
    }
    state.same = std::move(same);
    state.parts = std::move(parts);
    for (const auto id : state.same) {
        holder(event.name, id);
    }
    for (const auto id : state.parts) {
        holder(event.name, id);
    }
}

} // namespace cupel::lineage
