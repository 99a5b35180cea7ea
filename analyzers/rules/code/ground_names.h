// SPDX-License-Identifier: GPL-3.0-or-later
// What gives a name of Python something, by Python's scopes: assignments, imports, definitions, loops, commands, what
// changes an object, and for parameters the calls of their function. Attributes are known by their names alone,
// whatever they belong to. Lives as long as the syntax trees of its cells.
#pragma once

#include "analyzers/formats/code_cells.h"
#include "analyzers/rules/code/ground_scopes.h"

#include <compare>
#include <cstdint>
#include <set>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace cupel::rules::code {

// A command with its body, but for Python in it.
[[nodiscard]] ByteRange bytesOf(const cupel::code::Command& command);

[[nodiscard]] bool isEnvironment(std::string_view name); // what one of these gives, all of them read

struct Giver { // a statement or a command that gives a name something
    std::uint32_t cell = 0;
    std::uint32_t node = 0; // what is read for further names; Syntax::none for a command
    ByteRange bytes;
    const cupel::code::Command* command = nullptr;
};
using Givers = std::vector<Giver>; // in the order of the file

struct UsedName { // as it stands somewhere
    std::string_view text;
    std::uint32_t cell = 0;
    std::uint32_t scope = cupel::code::Syntax::none; // the node it is looked up from; none: the module
    bool attribute = false;
};

class GroundNames {
public:
    // Looks at the cells of [begin, end), which are parsed; those before are not known any more.
    GroundNames(const formats::CodeCells& cells, std::size_t begin, std::size_t end);
    // False: there were too many, or cells that could not be looked at; what is told is not all.
    [[nodiscard]] bool complete() const { return m_whole && m_count < most; }
    // Names below a node, `blocks`: in its blocks as well. False: there are more than `atMost` now.
    bool namesIn(
        std::uint32_t cell, std::uint32_t node, bool blocks, std::size_t atMost, std::vector<UsedName>& names) const;
    // Names in the Python that a command puts in, and the environment that a shell reads.
    bool namesIn(std::uint32_t cell, const cupel::code::Command& command, std::size_t atMost,
        std::vector<UsedName>& names) const;
    // What gives a name something: statements of its own, and the calls of the functions that it is a parameter of.
    // The same pointers for the same variable.
    void giversOf(const UsedName& name, std::vector<const Givers*>& out) const;
    [[nodiscard]] const Givers& wildcards() const { return m_wildcards; } // imports that may give any name

private:
    static constexpr std::size_t most = 200'000; // of a window
    static constexpr std::size_t mostClasses = 64; // whose making may give one name something
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
    using Memo = std::unordered_map<Key, Key, Hash>;

    void readDefined(std::uint32_t cell);
    void readUse(std::uint32_t cell, std::uint32_t node);
    void readStatementCall(std::uint32_t cell, std::uint32_t node, std::uint32_t scope);
    void change(std::string_view text, std::uint32_t scope, bool attribute, const Giver& giver);
    void readCell(std::uint32_t cell);
    void readCommands(std::uint32_t cell);
    void readImport(std::uint32_t cell, std::uint32_t node, std::uint32_t scope);
    void readCase(std::uint32_t cell, std::uint32_t node, std::uint32_t scope);
    void readDefinition(std::uint32_t cell, std::uint32_t node, std::uint32_t scope);
    void readParameters(std::uint32_t cell, std::uint32_t node, std::uint32_t outer);
    void readCall(std::uint32_t cell, std::uint32_t node, std::uint32_t scope);
    void give(std::uint32_t target, std::uint32_t scope, const Giver& giver);
    void giveObject(std::uint32_t target, std::uint32_t scope, const Giver& giver);
    void giveName(std::uint32_t node, std::uint32_t scope, const Giver& giver);
    void giveText(std::string_view text, std::uint32_t cell, std::uint32_t scope, const Giver& giver);
    void add(const Key& key, const Giver& giver);
    void settle();
    [[nodiscard]] Key resolved(const UsedName& name) const;
    [[nodiscard]] Key lookedUp(const UsedName& name) const;
    [[nodiscard]] bool isImported(const UsedName& name) const;

    const formats::CodeCells& m_cells;
    std::unordered_map<Key, Givers, Hash> m_givers;
    std::unordered_map<std::string_view, Givers> m_uses; // of what is defined here: calls and others
    std::unordered_map<std::string_view, std::vector<std::string_view>> m_subclasses; // by the name of their base
    std::unordered_map<Key, std::vector<std::string_view>, Hash> m_functions; // that a name is a parameter of
    std::set<Key> m_globals;
    std::vector<Change> m_changes;
    std::vector<Change> m_calls; // of methods of what is no module
    Givers m_wildcards;
    mutable Memo m_memo; // of resolved()
    std::size_t m_count = 0;
    bool m_whole = true;
};

} // namespace cupel::rules::code
