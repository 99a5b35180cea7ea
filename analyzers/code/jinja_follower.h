// SPDX-License-Identifier: GPL-3.0-or-later
// The inside of jinja_fold: one pass over statements with the nodes of each from its leaves up.
#pragma once

#include "analyzers/code/jinja_fold.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace cupel::code {

class JinjaFollower {
public:
    JinjaFollower(ByteView text, const JinjaTree& tree, Budget& budget, JinjaListener& listener)
        : m_text(text)
        , m_tree(tree)
        , m_budget(budget)
        , m_listener(listener)
    {
    }
    void run();

private:
    static constexpr std::size_t longestShown = 300;
    static constexpr std::size_t mostItems = 256;
    struct Open {
        std::string tag;
        std::string trigger;
        std::uint64_t times = 1;
        std::string target; // of a block whose text becomes a value
        std::string captured;
        bool captures = false;
    };

    // jinja_fold.cpp: statements
    void statement(const JinjaStatement& statement);
    void tag(const JinjaStatement& statement);
    void open(const JinjaStatement& statement);
    void close(std::string_view tag);
    void loop(const JinjaStatement& statement);
    void assign(const JinjaStatement& statement);
    void assignMembers(const std::string& target, std::uint32_t node);
    void put(const std::string& target, JinjaValue value);
    void show(std::string_view text, ByteRange range, bool unknown);
    [[nodiscard]] std::string trigger() const;
    void forget(const JinjaNode& node);
    [[nodiscard]] const JinjaValue& valueOf(std::uint32_t node) const;

    // jinja_values.cpp: expressions; jinja_calls.cpp: calls and filters
    [[nodiscard]] JinjaValue evaluate(const JinjaNode& node);
    [[nodiscard]] JinjaValue leaf(const JinjaNode& node);
    [[nodiscard]] JinjaValue branch(const JinjaNode& node);
    [[nodiscard]] JinjaValue choice(const JinjaNode& node);
    [[nodiscard]] std::uint32_t child(const JinjaNode& node, std::uint32_t index) const;
    [[nodiscard]] std::vector<const JinjaValue*> arguments(const JinjaNode& node) const; // not the keywords
    [[nodiscard]] JinjaValue name(const JinjaNode& node);
    [[nodiscard]] JinjaValue list(const JinjaNode& node);
    [[nodiscard]] JinjaValue member(
        const JinjaNode& node, const std::vector<std::string>& names, bool exact, JinjaAccess::How how, bool computed);
    [[nodiscard]] JinjaValue item(const JinjaNode& node);
    [[nodiscard]] JinjaValue call(const JinjaNode& node);
    void method(const JinjaNode& callee, const std::vector<const JinjaValue*>& given, JinjaValue& out);
    void function(const JinjaNode& node, const std::string& name, JinjaValue& out);
    [[nodiscard]] JinjaValue filter(const JinjaNode& node);
    void mapped(const JinjaNode& node, const std::vector<const JinjaValue*>& given, JinjaValue& out);
    void reach(const JinjaNode& node, const JinjaValue& base, const JinjaValue& path);
    void fields(const JinjaNode& node, const JinjaValue& pattern);
    [[nodiscard]] JinjaValue binary(const JinjaNode& node);
    void compared(const JinjaValue& left, const JinjaValue& right, JinjaValue& out) const;
    [[nodiscard]] std::string shownCall(const JinjaNode& node, std::string begin) const;

    ByteView m_text;
    const JinjaTree& m_tree;
    Budget& m_budget;
    JinjaListener& m_listener;
    std::map<std::string, JinjaValue, std::less<>> m_known;
    std::vector<Open> m_open;
    std::vector<std::unique_ptr<JinjaValue>> m_values; // of the nodes of this statement, as long as they are needed
    std::uint32_t m_firstNode = 0;
};

} // namespace cupel::code
