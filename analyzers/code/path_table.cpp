// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/code/path_table.h"

#include <algorithm>
#include <functional>

namespace cupel::code {

namespace {

constexpr std::size_t maxPaths = 200'000;
constexpr std::uint16_t maxDepth = 48;
constexpr std::size_t maxName = 128;

// The part behind the last dot; the whole word for "sys".
std::string_view lastPart(std::string_view pattern)
{
    auto end = pattern.size();
    if (pattern.ends_with(']')) {
        return pattern.substr(pattern.rfind('[') + 1, end - pattern.rfind('[') - 2);
    }
    const auto last = pattern.substr(pattern.rfind('.') + 1);
    return last.starts_with('$') ? last.substr(1) : last;
}

} // namespace

bool matchesGlob(std::string_view text, std::string_view pattern)
{
    std::size_t t = 0;
    std::size_t p = 0;
    std::size_t star = std::string_view::npos;
    std::size_t resume = 0;
    while (t < text.size()) {
        const bool literal = p + 1 < pattern.size() && pattern[p] == '\\';
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            resume = t;
        } else if (p < pattern.size()
            && (literal ? pattern[p + 1] == text[t] : pattern[p] == text[t] || pattern[p] == '?')) {
            p += literal ? 2 : 1;
            ++t;
        } else if (star != std::string_view::npos) {
            p = star + 1;
            t = ++resume;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == '*') {
        ++p;
    }
    return p == pattern.size();
}

PathTable::PathTable()
    : m_entries(1)
    , m_slots(1'024)
{
}

std::size_t PathTable::hashOf(PathId parent, Step step, std::string_view name)
{
    const auto place = (std::uint64_t{parent} << 3 | static_cast<std::uint64_t>(step)) * 0x9E3779B97F4A7C15ULL;
    return std::hash<std::string_view>()(name) ^ (place >> 20) ^ place;
}

// Where this path is, or the free slot where it belongs.
PathId& PathTable::slotOf(PathId parent, Step step, std::string_view name)
{
    const auto mask = m_slots.size() - 1;
    auto at = hashOf(parent, step, name) & mask;
    while (m_slots[at] != 0) {
        const auto& entry = m_entries[m_slots[at]];
        if (entry.parent == parent && entry.step == step && entry.name == name) {
            break;
        }
        at = (at + 1) & mask;
    }
    return m_slots[at];
}

void PathTable::grow()
{
    m_slots.assign(m_slots.size() * 4, 0);
    for (PathId id = 1; id < m_entries.size(); ++id) {
        slotOf(m_entries[id].parent, m_entries[id].step, m_entries[id].name) = id;
    }
}

PathId PathTable::add(PathId parent, Step step, std::string_view name)
{
    const bool rooted = step == Step::Root || step == Step::Unknown;
    if (!rooted && (parent == 0 || m_entries[parent].depth >= maxDepth)) {
        return 0;
    }
    name = name.substr(0, maxName);
    auto& slot = slotOf(parent, step, name);
    if (slot != 0) {
        return slot;
    }
    if (m_entries.size() >= maxPaths) {
        return 0;
    }
    const auto id = static_cast<PathId>(m_entries.size());
    slot = id;
    m_names.emplace_back(name);
    m_entries.push_back({parent, m_names.back(), step, static_cast<std::uint16_t>(m_entries[parent].depth + 1)});
    if (m_entries.size() * 2 > m_slots.size()) {
        grow();
    }
    return id;
}

PathId PathTable::root(std::string_view dotted)
{
    auto at = dotted.find('.');
    auto path = add(0, Step::Root, dotted.substr(0, at));
    while (at != std::string_view::npos && path != 0) {
        const auto end = dotted.find('.', at + 1);
        path = attribute(path, dotted.substr(at + 1, end == std::string_view::npos ? end : end - at - 1));
        at = end;
    }
    return path;
}

PathId PathTable::unknown(std::string_view name)
{
    return add(0, Step::Unknown, name);
}

bool PathTable::isUnknown(PathId path) const
{
    while (m_entries[path].parent != 0) {
        path = m_entries[path].parent;
    }
    return path == 0 || m_entries[path].step == Step::Unknown;
}

std::string PathTable::text(PathId path) const
{
    std::vector<PathId> chain;
    for (; path != 0; path = m_entries[path].parent) {
        chain.push_back(path);
    }
    std::string out;
    for (auto it = chain.rbegin(); it != chain.rend(); ++it) {
        const auto& entry = m_entries[*it];
        switch (entry.step) {
        case Step::Root:
            out += entry.name;
            break;
        case Step::Unknown:
            out += '$';
            out += entry.name;
            break;
        case Step::Attribute:
            out += '.';
            out += entry.name;
            break;
        case Step::Call:
            out += "()";
            break;
        case Step::Item:
            out += '[';
            out += entry.name;
            out += ']';
            break;
        }
    }
    return out;
}

void PathMatcher::add(std::string_view pattern, std::uint32_t number)
{
    const auto last = lastPart(pattern);
    auto hit = m_byName.find(last);
    if (hit == m_byName.end()) {
        m_names.emplace_back(last);
        hit = m_byName.emplace(m_names.back(), std::vector<Pattern>()).first;
    }
    hit->second.push_back({std::string(pattern), number});
}

const std::vector<std::uint32_t>& PathMatcher::match(const PathTable& table, PathId path, Memo& memo) const
{
    if (memo.lists.empty()) {
        memo.lists.emplace_back();
    }
    if (path >= memo.answers.size()) {
        memo.answers.resize(std::max<std::size_t>(table.size(), path + 1), -1);
    }
    auto& answer = memo.answers[path];
    if (answer < 0) {
        answer = 0;
        const auto candidates = m_byName.find(table.name(path));
        if (path != 0 && candidates != m_byName.end()) {
            const auto text = table.text(path);
            std::vector<std::uint32_t> numbers;
            for (const auto& pattern : candidates->second) {
                if (matchesGlob(text, pattern.text)) {
                    numbers.push_back(pattern.number);
                }
            }
            if (!numbers.empty()) {
                answer = static_cast<std::int32_t>(memo.lists.size());
                memo.lists.push_back(std::move(numbers));
            }
        }
    }
    return memo.lists[static_cast<std::size_t>(answer)];
}

} // namespace cupel::code
