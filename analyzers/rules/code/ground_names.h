// SPDX-License-Identifier: GPL-3.0-or-later
// What gives a name of Python something, by Python's scopes: assignments, imports, definitions, loops, commands, what
// changes an object, and for parameters the calls of their function. Attributes are known by their names alone,
// whatever they belong to. Lives as long as the syntax trees of its cells.
#pragma once

#include "analyzers/formats/code_cells.h"

#include <cstdint>
#include <set>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace cupel::rules::code {

// Empty for no node: broken code has functions without a name.
[[nodiscard]] std::string_view textOf(const formats::CodeCell& cell, std::uint32_t node);
// From its beginning to its block: "for x in y:".
[[nodiscard]] ByteRange headOf(const cupel::code::Syntax& syntax, std::uint32_t node);
// The innermost statement around an offset; Syntax::none: there is none.
[[nodiscard]] std::uint32_t statementAt(const cupel::code::Syntax& syntax, std::uint64_t offset);
// A command with its body, but for Python in it.
[[nodiscard]] ByteRange bytesOf(const cupel::code::Command& command);

struct Giver { // a statement or a command that gives a name something
    std::uint32_t cell = 0;
    std::uint32_t node = 0; // what is read for further names; Syntax::none for a command
    ByteRange bytes;
    const cupel::code::Command* command = nullptr;
};
using Givers = std::vector<Giver>; // in the order of the file

struct UsedName {
    std::string_view text;
    std::uint32_t cell = 0;
    std::uint32_t scope = cupel::code::Syntax::none; // the node it is looked up from; none: the module
    bool attribute = false;
};

class GroundNames {
public:
    // Looks at the cells of [begin, end), which are parsed.
    GroundNames(const formats::CodeCells& cells, std::size_t begin, std::size_t end);
    // False: there were too many, and what is told is not all.
    [[nodiscard]] bool complete() const { return m_count < most; }
    // Names below a node, `blocks`: in its blocks as well. False: there are more than `atMost` now.
    bool namesIn(
        std::uint32_t cell, std::uint32_t node, bool blocks, std::size_t atMost, std::vector<UsedName>& names) const;
    // Names in the Python that a command puts in.
    bool namesIn(const cupel::code::Command& command, std::size_t atMost, std::vector<UsedName>& names) const;
    // nullptr: nothing in this file. The same pointer for the same variable.
    [[nodiscard]] const Givers* giversOf(const UsedName& name) const;
    [[nodiscard]] const Givers& wildcards() const { return m_wildcards; } // imports that may give any name

private:
    static constexpr std::size_t most = 200'000; // of a window
    // Scopes that are no node: of the module, and of attributes.
    static constexpr std::uint32_t ofModule = cupel::code::Syntax::none;
    static constexpr std::uint32_t ofAttributes = cupel::code::Syntax::none - 1;
    struct Key {
        std::string_view text;
        std::uint32_t cell = ofModule; // of the scope
        std::uint32_t scope = ofModule;
        friend auto operator<=>(const Key& a, const Key& b) = default;
        friend bool operator==(const Key& a, const Key& b) = default;
    };
    struct Hash {
        std::size_t operator()(const Key& key) const
        {
            return std::hash<std::string_view>()(key.text)
                ^ (std::size_t(key.cell) << 32 | key.scope) * 0x9E3779B97F4A7C15;
        }
    };
    struct Change { // of an object, by the name that it is reached by
        UsedName name;
        Giver giver;
    };
    struct Parameter {
        Key key;
        std::string_view function; // whose calls give it something
    };

    void readDefined(std::uint32_t cell);
    void readCell(std::uint32_t cell);
    void readCommands(std::uint32_t cell);
    void readImport(std::uint32_t cell, std::uint32_t node, std::uint32_t scope);
    void readCase(std::uint32_t cell, std::uint32_t node, std::uint32_t scope);
    void readDefinition(std::uint32_t cell, std::uint32_t node, std::uint32_t scope);
    void readParameters(std::uint32_t cell, std::uint32_t node, std::uint32_t outer);
    void readCall(std::uint32_t cell, std::uint32_t node, std::uint32_t scope);
    void give(std::uint32_t target, std::uint32_t scope, const Giver& giver);
    void giveName(std::uint32_t node, std::uint32_t scope, const Giver& giver);
    void giveText(std::string_view text, std::uint32_t cell, std::uint32_t scope, const Giver& giver);
    void add(const Key& key, const Giver& giver);
    void settle();
    [[nodiscard]] std::uint32_t outerScope(std::uint32_t cell, std::uint32_t node) const;
    [[nodiscard]] Key resolved(const UsedName& name) const;

    const formats::CodeCells& m_cells;
    std::unordered_map<Key, Givers, Hash> m_givers;
    std::unordered_map<std::string_view, Givers> m_calls; // of functions and classes that are defined here
    std::set<Key> m_globals;
    std::vector<Change> m_changes;
    std::vector<Parameter> m_parameters;
    Givers m_wildcards;
    std::size_t m_count = 0;
};

} // namespace cupel::rules::code
