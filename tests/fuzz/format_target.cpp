// SPDX-License-Identifier: GPL-3.0-or-later
// One format, compiled once per line of formats.def: sniff, parse whatever the sniffing said, read every region, run
// every rule, check what they promise.
#include "analyzers/formats/registry.h"
#include "analyzers/rules/rule_set.h"
#include "analyzers/rules/sink.h"
#include "tests/fuzz/fuzz.h"

#include <algorithm>

using namespace cupel;

static const formats::Format& format()
{
    const auto all = formats::all();
    const auto found =
        std::find_if(all.begin(), all.end(), [](const auto& entry) { return entry.name == CUPEL_FUZZ_FORMAT; });
    fuzz::must(found != all.end(), "formats.def has this format");
    return *found;
}

// Rules cost twenty times what parsing costs: under libFuzzer one input in 64 meets them, chosen by its bytes so that a
// crash comes back. The targets `rules` and `report` always run them.
static bool meetsRules(ByteView bytes)
{
    return CUPEL_FUZZ_ALL_RULES || sha256(bytes)[0] % 64 == 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static const auto& subject = format();
    const auto limits = fuzz::smallLimits();
    Budget budget(limits);
    Analysis analysis;
    analysis.artifact = fuzz::artifactOf(data, size, "input");
    analysis.size = size;
    const int sure = subject.sniff(analysis.artifact.view(), size, "input");
    fuzz::must(sure >= 0 && sure <= 100, "sniffing gives 0 to 100");
    subject.parse(analysis.artifact, budget, analysis.facts);
    fuzz::checkFacts(analysis.artifact, analysis.facts, limits);
    fuzz::checkGraph(analysis.artifact, analysis.facts, limits);

    analysis.facts.format = subject.name; // rules and loaders ask for it
    fuzz::checkLoaders(analysis.artifact, analysis.facts);
    if (!meetsRules(analysis.artifact.view())) {
        return 0;
    }
    rules::FindingSink sink(analysis.artifact, analysis.facts, limits);
    for (const auto& group : rules::groups()) {
        group.check(rules::RuleInput{analysis.artifact, analysis.facts, budget}, sink);
    }
    std::move(sink).finish(analysis);
    fuzz::checkAnalysis(analysis, limits);
    return 0;
}
