// SPDX-License-Identifier: GPL-3.0-or-later
// The walk of name_flow. Names stand for objects by number: names of the same object change together, names that hold
// an object change with it. Only name_flow uses it.
#pragma once

#include "analyzers/lineage/name_flow.h"

#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace cupel::lineage {

class NameFollower {
public:
    NameFollower(FileNames& file, Budget& budget);
    NameFlow run() &&;

private:
    struct State {
        Bound bound = Bound::Value;
        std::uint32_t function = noName;
        std::uint32_t definedIn = noName; // cell
        std::vector<std::uint32_t> same; // objects that it may be
        std::vector<std::uint32_t> parts; // objects that those hold
    };

    void cell(const CellNames& names);
    void event(const CellNames& names, std::uint32_t index);
    void read(const NameEvent& event, NameId name, NameId through);
    void expand(const NameEvent& at, NameId name);
    void applied(const NameEvent& outside, const NameEvent& at, NameId through);
    void define(const CellNames& names, const NameEvent& event);
    void change(NameId name, const NameEvent& event);
    void write(NameWrite made);
    [[nodiscard]] bool defined(NameId name) const;
    [[nodiscard]] bool spend(std::uint64_t work);

    // name_objects.cpp
    void setValue(const CellNames& names, const NameEvent& event);
    void hold(NameId name, NameId held);
    void addPart(NameId name, std::uint32_t id);
    void partOf(NameId base, std::uint32_t id);
    [[nodiscard]] bool reaches(NameId name, std::uint32_t id) const;
    std::uint32_t newObject();
    void holder(NameId name, std::uint32_t id);
    [[nodiscard]] bool isObject(NameId name) const;

    // name_calls.cpp
    void call(const CellNames& names, std::uint32_t index);
    void localCall(const CellNames& names, std::uint32_t index, std::uint32_t function, bool method);
    void unknownCall(const CellNames& names, const NameEvent& event);
    void changeArgument(const NameArgument& argument, const NameEvent& event, bool deep);
    [[nodiscard]] const std::vector<std::uint32_t>& changedParameters(std::uint32_t function);
    [[nodiscard]] std::vector<std::uint32_t> reachable(std::uint32_t function) const;
    [[nodiscard]] std::vector<std::uint32_t> calleesOf(const NameEvent& event) const;
    [[nodiscard]] std::uint32_t parameterOf(
        const FunctionNames& function, const NameArgument& argument, bool method) const;

    static constexpr std::uint64_t maxSteps = 20'000'000;
    FileNames& m_file;
    Budget& m_budget;
    NameFlow m_out;
    std::vector<State> m_states; // by name
    std::vector<std::vector<NameId>> m_holders; // by object
    std::vector<std::uint32_t> m_expanded; // by function: the last cell
    std::unordered_map<NameId, std::vector<std::uint32_t>> m_methods;
    std::unordered_map<NameId, std::uint32_t> m_readAt; // of this cell
    std::unordered_map<std::uint32_t, std::vector<NameId>> m_calls; // event: what comes back, of this cell
    std::unordered_set<NameId> m_implied; // of this cell
    struct Changed {
        std::uint64_t epoch = 0;
        std::vector<std::uint32_t> parameters;
    };
    std::unordered_map<std::uint32_t, Changed> m_changed;
    std::uint64_t m_epoch = 1; // grows with every new function
    std::uint64_t m_steps = 0;
    std::uint32_t m_cell = 0;
    NameId m_results = noName;
    NameId m_underscore = noName;
    bool m_usesUnderscore = false;
};

} // namespace cupel::lineage
