// SPDX-License-Identifier: GPL-3.0-or-later
// The rules of code: rows over the flow of values and over shell text, and checks of the code's shape.
#include "analyzers/rules/code/checks/checks.h"
#include "analyzers/rules/code/judge.h"
#include "analyzers/rules/code/reporter.h"
#include "analyzers/rules/rule_texts.h"

namespace cupel::rules::code {

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
    cells.parse(input.budget);
    Reporter reporter(input, sink);
    const auto units = cells.units();
    Judge judge(input, reporter, units);
    judge.run();
    for (std::uint32_t cell = 0; cell < cells.cells().size() && !input.budget.stopped(); ++cell) {
        checkText(cells.cells()[cell], cell, reporter);
        checkShape(cells.cells()[cell], cell, reporter);
    }
    checkLeakage(cells, reporter, input.budget);
    reporter.finish();
    if (const auto count = cells.unparsed(); count > 0) {
        sink.incomplete("code-limit", std::to_string(count) + " cells are too long to be judged as code", 0);
    }
}

} // namespace cupel::rules::code
