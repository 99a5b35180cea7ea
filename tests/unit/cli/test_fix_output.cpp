// SPDX-License-Identifier: GPL-3.0-or-later
// What `cupel fix` tells about a file with more findings than anybody reads: in time in proportion to them.
#include "app/cli/fix_output.h"

#include "tests/unit/check.h"

#include <ctime>

using namespace cupel;

namespace {

constexpr std::size_t many = 200'000;

// Every second one goes with an edit.
cli::FixRun run()
{
    auto before = std::make_shared<Analysis>();
    before->artifact.path = "a.ipynb";
    before->artifact.bytes = std::make_shared<const std::string>("{}");
    before->findings.resize(many);
    cli::FixRun run;
    run.plan.analysis = before;
    run.proof.bytes = std::make_shared<const std::string>("{}");
    auto after = std::make_shared<Analysis>(*before);
    after->findings.resize(many / 2);
    run.proof.after = std::move(after);
    for (std::size_t i = 0; i < many; i += 2) {
        run.proof.gone.push_back(i);
    }
    return run;
}

double seconds(const cli::FixRun& run, std::string& text)
{
    const auto begun = std::clock();
    text = cli::fixText(run, false, 100);
    return static_cast<double>(std::clock() - begun) / CLOCKS_PER_SEC;
}

} // namespace

CUPEL_TEST(otherFindingsAreCountedQuickly)
{
    auto made = run();
    made.others.assign(many, true);
    std::string text;
    CHECK(seconds(made, text) < 2); // one by one it would be many times that
    CHECK(text.find("100000 other findings were not asked for.") != std::string::npos);
}

CUPEL_TEST(findingsForAPersonAreListedQuickly)
{
    auto made = run();
    for (std::size_t i = 0; i < many; i += 2) { // all of them go along
        made.plan.without.push_back(i);
    }
    made.plan.without.push_back(many - 1);
    std::string text;
    CHECK(seconds(made, text) < 1);
    CHECK(text.find("For a person to mend") != std::string::npos);
}
