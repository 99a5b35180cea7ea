// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/lineage/name_flow.h"

#include "analyzers/lineage/name_follower.h"
#include "analyzers/lineage/name_words.h"

#include <algorithm>
#include <string>

namespace cupel::lineage {

NameFollower::NameFollower(FileNames& file, Budget& budget)
    : m_file(file)
    , m_budget(budget)
{
    m_results = file.names.of("<out>");
    m_underscore = file.names.of("_");
    for (std::uint32_t i = 0; i < file.functions.size(); ++i) {
        for (const auto method : file.functions[i].methods) {
            m_methods[file.functions[method].name].push_back(method);
        }
    }
    for (auto& cell : file.cells) {
        if (cell.expression && cell.count >= 0) {
            (void)file.names.of("<out:" + std::to_string(cell.count) + ">");
        }
        for (const auto& event : cell.events) {
            m_usesUnderscore = m_usesUnderscore || (event.act == NameAct::Define && event.name == m_underscore);
        }
    }
    m_states.resize(file.names.size());
    m_expanded.resize(file.functions.size(), noName);
    m_out.read.resize(file.names.size());
    m_out.names.resize(file.names.size());
    m_out.cells.resize(file.cells.size());
}

NameFlow NameFollower::run() &&
{
    for (std::uint32_t i = 0; i < m_file.cells.size(); ++i) {
        m_cell = i;
        m_readAt.clear();
        m_calls.clear();
        m_implied.clear();
        cell(m_file.cells[i]);
        if (m_budget.stopped()) {
            m_out.partial = true;
            break;
        }
    }
    return std::move(m_out);
}

bool NameFollower::spend(std::uint64_t work)
{
    m_steps += work;
    if (m_steps > maxSteps || !m_budget.spend(work)) {
        m_out.partial = true;
        return false;
    }
    return true;
}

void NameFollower::cell(const CellNames& names)
{
    for (std::uint32_t i = 0; i < names.events.size(); ++i) {
        if (!spend(1)) {
            break;
        }
        event(names, i);
    }
    if (names.expression) {
        write({NameAct::Define, Bound::Value, m_results, noName, 0, 0, true, false, false});
        if (names.count >= 0) {
            const auto name = m_file.names.find("<out:" + std::to_string(names.count) + ">");
            if (name != noName) {
                write({NameAct::Define, Bound::Value, name, noName, 0, 0, true, false, false});
            }
        }
    }
    // A function's name that the cell defines further down is no need of the cell.
    auto& reads = m_out.cells[m_cell].reads;
    std::erase_if(reads, [&](const NameRead& entry) { return entry.deferred && defined(entry.name); });
}

void NameFollower::event(const CellNames& names, std::uint32_t index)
{
    const auto& event = names.events[index];
    switch (event.act) {
    case NameAct::Read: {
        const bool last = event.name == m_underscore && !m_usesUnderscore;
        read(event, last ? m_results : event.name, noName);
        if (!event.deferred) {
            expand(event, event.name);
        }
        return;
    }
    case NameAct::Define:
        define(names, event);
        return;
    case NameAct::Change:
        if (event.byMethod && m_states[event.name].bound == Bound::Import && !m_file.names.hidden(event.name)) {
            return;
        }
        change(event.name, event);
        for (auto i = event.links; i < event.linksEnd; ++i) {
            hold(event.name, names.links[i].name);
        }
        return;
    case NameAct::Delete:
        write({NameAct::Delete, Bound::Value, event.name, noName, event.start, event.end, !event.maybe, false, false});
        m_states[event.name] = {};
        m_states[event.name].definedIn = m_cell;
        return;
    case NameAct::Open:
        write({NameAct::Open, Bound::Value, event.name, noName, event.start, event.end, false, false, false});
        if (m_out.open.empty() || m_out.open.back() != m_cell) {
            m_out.open.push_back(m_cell);
        }
        return;
    case NameAct::Call:
        call(names, index);
        return;
    }
}

bool NameFollower::defined(NameId name) const
{
    return m_states[name].definedIn == m_cell;
}

void NameFollower::read(const NameEvent& event, NameId name, NameId through)
{
    if (!event.deferred) {
        m_out.read[name] = true;
    }
    if (!event.deferred && (defined(name) || event.shielded)) {
        return;
    }
    NameRead made{name, through, event.start, event.end, event.maybe, event.loop, event.guarded, event.deferred,
        event.called && through == noName, event.cell, event.ownStart, event.ownEnd,
        through != noName && !event.called};
    auto& reads = m_out.cells[m_cell].reads;
    const auto [known, fresh] = m_readAt.try_emplace(name, static_cast<std::uint32_t>(reads.size()));
    if (fresh) {
        reads.push_back(made);
        return;
    }
    auto& before = reads[known->second];
    made.called = before.called = made.called || before.called;
    made.named = before.named = (made.deferred || made.named) && (before.deferred || before.named);
    const auto rank = [](const NameRead& entry) {
        return (entry.deferred ? 8 : 0) + (entry.guarded ? 4 : 0) + (entry.maybe ? 2 : 0) + (entry.loop ? 1 : 0);
    };
    if (rank(made) < rank(before)) {
        before = made;
    }
}

// Who uses a function needs what it reads, and what that needs: in the order of its text, so that what a function sets
// that it calls first is there for what it reads then.
void NameFollower::expand(const NameEvent& at, NameId name)
{
    struct Frame {
        std::uint32_t function;
        std::size_t next;
    };
    std::vector<Frame> open;
    const auto enter = [this, &open](NameId used) {
        const auto function = m_states[used].function;
        if (function < m_file.functions.size() && m_expanded[function] != m_cell) {
            m_expanded[function] = m_cell;
            open.push_back({function, 0});
        }
    };
    enter(name);
    while (!open.empty()) {
        auto& frame = open.back();
        const auto& events = m_file.functions[frame.function].outside;
        if (frame.next == events.size()) {
            open.pop_back();
            continue;
        }
        if (!spend(1)) {
            return;
        }
        const auto& outside = events[frame.next++];
        applied(outside, at, name);
        if (outside.act == NameAct::Read) {
            enter(outside.name);
        }
    }
}

// What a function does outside of itself, done by whoever uses it.
void NameFollower::applied(const NameEvent& outside, const NameEvent& at, NameId through)
{
    auto here = outside;
    here.start = at.start;
    here.end = at.end;
    here.maybe = outside.maybe || at.maybe;
    here.loop = at.loop;
    here.guarded = outside.guarded || at.guarded;
    here.shielded = false;
    if (outside.act == NameAct::Read) {
        here.called = at.called;
        read(here, outside.name, through);
    } else if (outside.act == NameAct::Change) {
        const bool module = outside.byMethod && m_states[outside.name].bound == Bound::Import;
        if (!module || m_file.names.hidden(outside.name)) {
            here.grows = false;
            change(outside.name, here);
        }
    } else if (outside.act == NameAct::Define) {
        write({NameAct::Define, outside.bound, outside.name, noName, at.start, at.end, false, false, false});
        m_states[outside.name].definedIn = m_cell;
    }
}

void NameFollower::write(NameWrite made)
{
    auto& writes = m_out.cells[m_cell].writes;
    const auto index = static_cast<std::uint32_t>(writes.size());
    writes.push_back(made);
    if (made.name == noName || made.act == NameAct::Open) {
        return;
    }
    auto& entries = m_out.names[made.name];
    if (entries.empty() || entries.back().cell != m_cell) {
        entries.push_back({m_cell, index, false, false, false, false});
    }
    auto& entry = entries.back();
    if (made.act == NameAct::Define) {
        entry.first = entry.defines ? entry.first : index;
        entry.defines = true;
        entry.kills = entry.kills || made.kills;
        entry.deletes = false;
    } else if (made.act == NameAct::Change) {
        entry.changes = true;
    } else {
        entry.deletes = entry.deletes || made.kills;
    }
}

void NameFollower::define(const CellNames& names, const NameEvent& event)
{
    auto& state = m_states[event.name];
    if (event.local) {
        state.definedIn = m_cell;
        return;
    }
    const bool grows = event.grows && !defined(event.name);
    write(
        {NameAct::Define, event.bound, event.name, event.function, event.start, event.end, !event.maybe, false, grows});
    m_out.cells[m_cell].writes.back().transforms = event.transforms && !event.maybe;
    setValue(names, event);
    if (!event.maybe) {
        m_states[event.name].definedIn = m_cell;
    }
    m_states[event.name].bound = event.bound;
    m_states[event.name].function = event.function;
    if (event.function != noName) {
        ++m_epoch;
    }
}

void NameFollower::change(NameId name, const NameEvent& event)
{
    const auto state = m_states[name];
    write({NameAct::Change, state.bound, name, noName, event.start, event.end, false, false,
        event.grows && state.definedIn != m_cell});
    if (m_file.names.hidden(name) || (event.augmented && state.bound == Bound::Scalar)) {
        return;
    }
    auto ids = state.same;
    if (event.deep) {
        ids.insert(ids.end(), state.parts.begin(), state.parts.end());
    }
    for (const auto id : ids) {
        for (const auto holder : m_holders[id]) {
            if (!spend(1)) {
                return;
            }
            if (holder != name && reaches(holder, id) && m_implied.insert(holder).second) {
                write({NameAct::Change, m_states[holder].bound, holder, noName, event.start, event.end, false, true,
                    false});
            }
        }
    }
}

NameFlow followNames(FileNames& file, Budget& budget)
{
    return NameFollower(file, budget).run();
}

std::vector<std::uint32_t> NameFlow::makers(NameId name, std::uint32_t cell, bool* defined) const
{
    std::vector<std::uint32_t> found;
    if (defined) {
        *defined = false;
    }
    if (name >= names.size()) {
        return found;
    }
    const auto& entries = names[name];
    auto at = std::lower_bound(entries.begin(), entries.end(), cell,
        [](const NameCell& entry, std::uint32_t end) { return entry.cell < end; });
    while (at != entries.begin()) {
        --at;
        if (at->deletes) {
            break;
        }
        found.push_back(at->cell);
        if (defined) {
            *defined = *defined || at->defines;
        }
        if (at->kills) {
            break;
        }
    }
    return found;
}

} // namespace cupel::lineage
