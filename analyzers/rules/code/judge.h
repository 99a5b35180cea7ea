// SPDX-License-Identifier: GPL-3.0-or-later
// Judges what Flow tells of a notebook's code with the rows, and shell text wherever it stands: in magics, in cells of
// another language, and in constants that Python hands to a shell.
#pragma once

#include "analyzers/code/flow.h"
#include "analyzers/rules/code/code_rows.h"
#include "analyzers/rules/code/conditions.h"
#include "analyzers/rules/code/reporter.h"

#include <vector>

namespace cupel::rules::code {

class Judge : public cupel::code::FlowObserver {
public:
    // `fixed`: the code is a text that runs at this place; all it does is said there.
    Judge(const RuleInput& input, Reporter& reporter, const std::vector<cupel::code::FlowUnit>& units,
        const Versions& versions, std::optional<Place> fixed = std::nullopt, std::uint32_t depth = 0);
    // The cells of the window and what the flow says of all units that were given.
    void run(std::size_t begin, std::size_t end);

    void onCall(const cupel::code::CallSite& site) override;
    void onImport(std::string_view module, std::string_view name, cupel::code::NodeRef place) override;
    void onRead(cupel::code::PathId path, cupel::code::NodeRef place) override;
    void onAssign(cupel::code::PathId target, const cupel::code::Value& value, cupel::code::NodeRef targetPlace,
        cupel::code::NodeRef assignment) override;
    void onReach(
        std::uint32_t number, const cupel::code::CallSite& site, const cupel::code::Argument& argument) override;

private:
    struct Sink {
        std::uint32_t row;
        cupel::code::NodeRef place;
        std::string subject;
    };

    void judgeCommands(std::uint32_t cell);
    void judgeShell(std::uint32_t cell, std::string_view text, ByteRange bytes, bool exact, bool interpolated);
    void judgeMagic(std::uint32_t cell, const cupel::code::Command& command);
    void shellOf(const cupel::code::CallSite& site);
    void noteEmbedded(const cupel::code::CallSite& site);
    void judgeEmbedded();
    void systemPrompt(const cupel::code::CallSite& site);
    void report(const CodeRow& row, const cupel::code::CallSite& site, const Match& match);
    void maskConstant(Draft& draft, const cupel::code::Value& value) const;
    void traceParts(Draft& draft, const cupel::code::CallSite& site, const Match& match) const;
    void traceTaint(Draft& draft, const cupel::code::Value& value) const;
    [[nodiscard]] Place placeOf(cupel::code::NodeRef place) const;
    [[nodiscard]] Place callPlace(cupel::code::NodeRef place) const;
    [[nodiscard]] std::optional<Fix> fixFor(const CodeRow& row, const cupel::code::CallSite& site) const;

    const RuleInput& m_input;
    Reporter& m_reporter;
    const Versions& m_versions;
    cupel::code::Flow m_flow;
    Conditions m_conditions;
    cupel::code::PathMatcher::Memo m_callMemo;
    cupel::code::PathMatcher::Memo m_readMemo;
    cupel::code::PathMatcher::Memo m_assignMemo;
    std::vector<Sink> m_sinks;
    struct Embedded {
        std::string text;
        Place place;
    };
    std::vector<Embedded> m_embedded; // constants that exec and eval run
    std::optional<Place> m_fixed;
    std::uint32_t m_depth = 0;
};

[[nodiscard]] std::string shownPath(const cupel::code::PathTable& paths, cupel::code::PathId path);
// "typed in by whoever runs this", "a language model", ...
[[nodiscard]] std::string_view sourceWords(cupel::code::Sources sources);

} // namespace cupel::rules::code
