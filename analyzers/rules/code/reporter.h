// SPDX-License-Identifier: GPL-3.0-or-later
// Collects what the judges of code found in one artifact, and makes findings of it at the end: first row of a rule wins
// at a place, finer rules silence coarser ones, repetitions become one finding, allow comments of the line are
// honoured.
#pragma once

#include "analyzers/code/flow.h"
#include "analyzers/formats/code_cells.h"
#include "analyzers/rules/code/grounds.h"
#include "analyzers/rules/rule_set.h"
#include "analyzers/rules/sink.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cupel::rules::code {

using formats::CodeCell;
using formats::CodeCells;

struct Place {
    std::uint32_t cell = 0; // index into CodeCells::cells()
    ByteRange bytes; // in the cell's text
};

struct Trace {
    std::string_view role; // "source", "step", "sink", "context"
    Place place;
    std::string note; // instead of a place
};

struct Draft {
    std::string_view rule;
    Place place;
    std::optional<Severity> severity; // else the rule's
    std::optional<Confidence> confidence;
    std::string message; // else what the rule says
    std::string subject; // the call or name, as an argument of the message
    std::vector<Trace> traces;
    std::optional<Fix> fix; // edits in the cell's text
    std::vector<Place> masked; // literals that must not be shown: keys, salts
    std::vector<std::string> over;
    bool once = false;
    bool beside = false; // told only with another of its rule
    bool inside = false; // in a text that runs at the place
    Grounded grounded; // filled in by Reporter::ground()
};

class Reporter {
public:
    Reporter(const RuleInput& input, FindingSink& sink)
        : m_input(input)
        , m_sink(sink)
    {
    }
    void add(Draft draft);
    // What those hang on that were added since the last time; their cells, [begin, end), still have their trees.
    void ground(std::size_t begin, std::size_t end);
    // So many places of this rule are known that another one would not be listed.
    [[nodiscard]] bool isFull(std::string_view rule) const;
    void finish();

private:
    void emit(Draft& draft, const std::vector<const Draft*>& others);
    [[nodiscard]] bool allowed(const Draft& draft) const;
    void addGrounds(Hit& hit, const Draft& draft) const;
    [[nodiscard]] Hit::Extra extra(std::string_view role, const Place& place) const;

    const RuleInput& m_input;
    FindingSink& m_sink;
    std::vector<Draft> m_drafts;
    std::map<std::string_view, std::size_t> m_perRule;
    std::map<std::string_view, std::size_t> m_besidePerRule;
    std::size_t m_grounded = 0; // drafts
    std::size_t m_grounds = 0; // of all of them
};

// The line of a cell's text around an offset.
[[nodiscard]] std::string_view lineAround(std::string_view text, std::uint64_t offset);

} // namespace cupel::rules::code
