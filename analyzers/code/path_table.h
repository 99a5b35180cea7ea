// SPDX-License-Identifier: GPL-3.0-or-later
// What an expression is, as a dotted path of where it comes from: "torch.load", "requests.Session().get",
// "$cursor.execute"
// ($: a name nobody defined). Interned, so that a path is a number; patterns with * are matched once per path.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace cupel::code {

using PathId = std::uint32_t; // 0: nothing is known

class PathTable {
public:
    enum class Step : std::uint8_t { Root, Unknown, Attribute, Call, Item };

    PathTable();
    [[nodiscard]] PathId root(std::string_view dotted); // a module or builtin: "os.path", "builtins.eval"
    [[nodiscard]] PathId unknown(std::string_view name); // "$name"
    [[nodiscard]] PathId attribute(PathId path, std::string_view name) { return add(path, Step::Attribute, name); }
    [[nodiscard]] PathId call(PathId path) { return add(path, Step::Call, {}); }
    [[nodiscard]] PathId item(PathId path, std::string_view key) { return add(path, Step::Item, key); }

    [[nodiscard]] std::string text(PathId path) const;
    [[nodiscard]] std::string_view name(PathId path) const { return m_entries[path].name; } // the last part
    [[nodiscard]] Step step(PathId path) const { return m_entries[path].step; }
    [[nodiscard]] PathId parent(PathId path) const { return m_entries[path].parent; }
    [[nodiscard]] bool isUnknown(PathId path) const; // starts at a name nobody defined
    [[nodiscard]] std::size_t size() const { return m_entries.size(); }

private:
    struct Entry {
        PathId parent = 0;
        std::string_view name;
        Step step = Step::Root;
        std::uint16_t depth = 0;
    };
    PathId add(PathId parent, Step step, std::string_view name);
    [[nodiscard]] static std::size_t hashOf(PathId parent, Step step, std::string_view name);
    [[nodiscard]] PathId& slotOf(PathId parent, Step step, std::string_view name);
    void grow();

    std::vector<Entry> m_entries;
    std::vector<PathId> m_slots; // a hash table with open addresses, half empty: 0 is free
    std::deque<std::string> m_names;
};

// Numbers of the patterns that match a path. A pattern is a path where * stands for anything; its last part is literal.
class PathMatcher {
public:
    void add(std::string_view pattern, std::uint32_t number);
    // Remembers answers by path: one matcher for one table at a time.
    struct Memo {
        std::vector<std::int32_t> answers; // by path: index into lists, -1: not asked
        std::deque<std::vector<std::uint32_t>> lists; // references stay valid
    };
    [[nodiscard]] const std::vector<std::uint32_t>& match(const PathTable& table, PathId path, Memo& memo) const;
    [[nodiscard]] bool knows(std::string_view lastName) const { return m_byName.contains(lastName); }

private:
    struct Pattern {
        std::string text;
        std::uint32_t number;
    };
    std::unordered_map<std::string_view, std::vector<Pattern>> m_byName;
    std::deque<std::string> m_names;
};

// * stands for any characters, also none, ? for one byte; \\* and \\? are themselves.
[[nodiscard]] bool matchesGlob(std::string_view text, std::string_view pattern);

} // namespace cupel::code
