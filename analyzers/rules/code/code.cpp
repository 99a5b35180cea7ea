// SPDX-License-Identifier: GPL-3.0-or-later
// The rules of code: rows over the flow of values and over shell text, and checks of the code's shape.
#include "analyzers/rules/code/checks/checks.h"
#include "analyzers/rules/code/judge.h"
#include "analyzers/rules/code/reporter.h"
#include "analyzers/rules/rule_texts.h"

#include <algorithm>

namespace cupel::rules::code {

namespace {

constexpr std::size_t windowNodes = 400'000; // of syntax trees held at once: 2 MB of code, 30 MB of memory

// The words of a pattern that stand in the code of whoever matches it: "jwt", "encode" of jwt.encode.
std::vector<std::string_view> wordsOf(std::string_view pattern)
{
    std::vector<std::string_view> words;
    constexpr std::string_view between = ".$*()[]";
    for (auto at = pattern.find_first_not_of(between); at != std::string_view::npos;) {
        const auto end = std::min(pattern.find_first_of(between, at), pattern.size());
        words.push_back(pattern.substr(at, end - at));
        at = pattern.find_first_not_of(between, end);
    }
    return words;
}

} // namespace

// Keys and salts are hidden by rows with `mask`; without their words in the code none of them can hold.
bool mayMask(const RuleInput& input)
{
    const auto& cells = input.code().cells();
    const auto stands = [&cells](std::string_view word) {
        return std::any_of(cells.begin(), cells.end(),
            [word](const CodeCell& cell) { return std::string_view(cell.text).find(word) != std::string_view::npos; });
    };
    return std::any_of(rows().begin(), rows().end(), [&](const CodeRow& row) {
        return row.mask && std::any_of(row.patterns.begin(), row.patterns.end(), [&](const std::string& pattern) {
            const auto words = wordsOf(pattern);
            return std::all_of(words.begin(), words.end(), stands);
        });
    });
}

std::vector<RuleInfo> describe()
{
    return describeFromTexts("code");
}

void check(const RuleInput& input, FindingSink& sink)
{
    auto& cells = input.code();
    if (cells.empty()) {
        return;
    }
    Reporter reporter(input, sink);
    const auto versions = readVersions(input);
    // More code than people write is judged in windows: what lies in an earlier one is known by its imports only.
    for (std::size_t begin = 0; begin < cells.cells().size() && !input.budget.stopped();) {
        const auto end = cells.parse(begin, windowNodes, input.budget);
        const auto units = cells.units(begin, end);
        Judge(input, reporter, units, versions).run(begin, end);
        for (auto cell = begin; cell < end && !input.budget.stopped(); ++cell) {
            checkText(cells.cells()[cell], static_cast<std::uint32_t>(cell), reporter);
            checkShape(cells.cells()[cell], static_cast<std::uint32_t>(cell), reporter);
        }
        cells.forget(begin, end);
        begin = end;
    }
    checkLeakage(cells, reporter, input.budget);
    reporter.finish();
    if (const auto count = cells.unparsed(); count > 0) {
        sink.incomplete(
            "code-limit", std::to_string(count) + " cells are too long or too many to be judged as code", 0);
    }
}

} // namespace cupel::rules::code
