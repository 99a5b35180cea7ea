// SPDX-License-Identifier: GPL-3.0-or-later
// What calls change: by the function where it is one of the file, else by its name and by how the result is used.
#include "analyzers/lineage/name_follower.h"
#include "analyzers/lineage/name_words.h"

#include <algorithm>

namespace cupel::lineage {

namespace {

constexpr std::size_t maxReachable = 200;

bool trains(std::string_view name)
{
    return name.starts_with("train") || name.starts_with("fit") || name.starts_with("finetune")
        || name.starts_with("fine_tune");
}

} // namespace

void NameFollower::changeArgument(const NameArgument& argument, const NameEvent& event, bool deep)
{
    if (argument.name == noName || !isObject(argument.name)) {
        return;
    }
    auto made = event;
    made.deep = deep;
    made.grows = false;
    change(argument.name, made);
}

std::uint32_t NameFollower::parameterOf(const FunctionNames& function, const NameArgument& argument, bool method) const
{
    if (argument.position == NameArgument::object) {
        return method ? 0 : noName;
    }
    if (argument.keyword == noName) {
        return argument.position + (method ? 1 : 0);
    }
    const auto hit = std::find(function.parameters.begin(), function.parameters.end(), argument.keyword);
    return hit == function.parameters.end() ? noName : static_cast<std::uint32_t>(hit - function.parameters.begin());
}

std::vector<std::uint32_t> NameFollower::calleesOf(const NameEvent& event) const
{
    if (event.name != noName) {
        const auto function = m_states[event.name].function;
        return function < m_file.functions.size() && !m_file.functions[function].isClass
            ? std::vector<std::uint32_t>{function}
            : std::vector<std::uint32_t>{};
    }
    const auto known = m_methods.find(event.method);
    return known == m_methods.end() ? std::vector<std::uint32_t>{} : known->second;
}

std::vector<std::uint32_t> NameFollower::reachable(std::uint32_t function) const
{
    std::vector<std::uint32_t> list{function};
    for (std::size_t i = 0; i < list.size() && list.size() < maxReachable; ++i) {
        for (const auto& event : m_file.functions[list[i]].outside) {
            if (event.act != NameAct::Call) {
                continue;
            }
            for (const auto callee : calleesOf(event)) {
                if (list.size() < maxReachable && std::find(list.begin(), list.end(), callee) == list.end()) {
                    list.push_back(callee);
                }
            }
        }
    }
    return list;
}

// Parameters that the function changes, by itself or by what it calls: until nothing is added.
const std::vector<std::uint32_t>& NameFollower::changedParameters(std::uint32_t function)
{
    auto& memo = m_changed[function];
    if (memo.epoch == m_epoch) {
        return memo.parameters;
    }
    const auto list = reachable(function);
    std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> changed;
    for (const auto entry : list) {
        changed[entry] = m_file.functions[entry].changes;
    }
    bool grown = list.size() > 1;
    while (grown) {
        grown = false;
        for (const auto entry : list) {
            const auto& names = m_file.functions[entry];
            for (const auto& event : names.outside) {
                if (event.act != NameAct::Call || !spend(1)) {
                    continue;
                }
                for (const auto callee : calleesOf(event)) {
                    const auto known = changed.find(callee);
                    for (auto i = event.arguments; known != changed.end() && i < event.argumentsEnd; ++i) {
                        const auto& argument = names.arguments[i];
                        const auto parameter = parameterOf(m_file.functions[callee], argument, event.method != noName);
                        auto& own = changed[entry];
                        if (argument.parameter < 0
                            || std::find(known->second.begin(), known->second.end(), parameter) == known->second.end()
                            || std::find(own.begin(), own.end(), static_cast<std::uint32_t>(argument.parameter))
                                != own.end()) {
                            continue;
                        }
                        own.push_back(static_cast<std::uint32_t>(argument.parameter));
                        grown = true;
                        break; // `own` and `known` may be one
                    }
                }
            }
        }
        grown = grown && !m_out.partial;
    }
    memo.epoch = m_epoch;
    memo.parameters = changed[function];
    return memo.parameters;
}

void NameFollower::localCall(const CellNames& names, std::uint32_t index, std::uint32_t function, bool method)
{
    const auto& event = names.events[index];
    const auto& changed = changedParameters(function);
    const auto& own = m_file.functions[function];
    for (auto i = event.arguments; i < event.argumentsEnd; ++i) {
        const auto& argument = names.arguments[i];
        const auto parameter = parameterOf(own, argument, method);
        if (std::find(changed.begin(), changed.end(), parameter) != changed.end()) {
            changeArgument(argument, event, false);
        }
        if (!method && std::find(own.returned.begin(), own.returned.end(), parameter) != own.returned.end()
            && isObject(argument.name)) {
            m_calls[index].push_back(argument.name);
        }
    }
}

void NameFollower::call(const CellNames& names, std::uint32_t index)
{
    const auto event = names.events[index];
    const auto callees = calleesOf(event);
    const auto first = event.arguments < event.argumentsEnd ? names.arguments[event.arguments] : NameArgument();
    const bool onObject = first.position == NameArgument::object && first.name != noName;
    const bool ofModule = onObject && m_states[first.name].bound == Bound::Import;
    if (event.discarded && onObject && !ofModule && !m_file.names.hidden(first.name)) {
        m_out.discarded.push_back({m_cell, first.name, event.method, event.start, event.end});
    }
    for (auto i = event.arguments; i < event.argumentsEnd; ++i) {
        const auto& argument = names.arguments[i];
        if (argument.keyword != noName && m_file.names.text(argument.keyword) == "out") {
            changeArgument(argument, event, false);
        }
    }
    if (!callees.empty() && !ofModule) {
        for (const auto callee : callees) {
            localCall(names, index, callee, event.method != noName);
        }
        return;
    }
    unknownCall(names, event);
}

void NameFollower::unknownCall(const CellNames& names, const NameEvent& event)
{
    const bool method = event.method != noName;
    const auto word = m_file.names.text(method ? event.method : event.name);
    const auto begin = event.arguments;
    const bool hasObject = begin < event.argumentsEnd && names.arguments[begin].position == NameArgument::object;
    const bool module = hasObject && m_states[names.arguments[begin].name].bound == Bound::Import;
    const bool statement = event.bare && !event.shown && !onlyLooks(word);
    const bool made = !method && m_states[event.name].bound == Bound::Class;
    if (trains(word) && !made) {
        for (auto i = begin; i < event.argumentsEnd; ++i) {
            const auto& argument = names.arguments[i];
            if (argument.position != NameArgument::object && argument.name != noName
                && looksLikeModel(m_file.names.text(argument.name))) {
                changeArgument(argument, event, true);
            }
        }
    }
    if (changesArgument(word) && (event.bare || word.starts_with("heap")) && (module || !method)) {
        const auto first = begin + (hasObject ? 1 : 0);
        if (first < event.argumentsEnd && names.arguments[first].position == 0) {
            changeArgument(names.arguments[first], event, false);
        }
        return;
    }
    if (!statement) {
        return;
    }
    if (method) {
        // A statement that is nothing but a call of a method wants an effect.
        if (hasObject && !module && !changesObject(word)) {
            changeArgument(names.arguments[begin], event, false);
        }
        return;
    }
    if (m_states[event.name].bound == Bound::Import) {
        for (auto i = begin; i < event.argumentsEnd; ++i) {
            changeArgument(names.arguments[i], event, false);
        }
    }
}

} // namespace cupel::lineage
