// SPDX-License-Identifier: GPL-3.0-or-later
// A script judged by the rules of code alone (the other groups have targets of their own): the promises of every
// analysis.
#include "analyzers/formats/registry.h"
#include "analyzers/rules/rule_set.h"
#include "analyzers/rules/sink.h"
#include "tests/fuzz/fuzz.h"

using namespace cupel;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto limits = fuzz::smallLimits();
    Budget budget(limits);
    Analysis analysis;
    analysis.artifact = fuzz::artifactOf(data, size, "fuzz.py");
    analysis.size = size;
    const auto& format = formats::recognise(analysis.artifact.view(), "fuzz.py");
    analysis.facts.format = format.name;
    format.parse(analysis.artifact, budget, analysis.facts);
    rules::FindingSink sink(analysis.artifact, analysis.facts, limits);
    const rules::RuleInput input{analysis.artifact, analysis.facts, budget};
    for (const auto& group : rules::groups()) {
        if (group.name == "code") {
            group.check(input, sink);
        }
    }
    std::move(sink).finish(analysis);
    for (const auto& finding : analysis.findings) {
        fuzz::must(finding.location.bytes.end <= size, "a finding lies in the file");
        fuzz::must(!finding.title.empty() && !finding.message.empty(), "a finding has words");
        if (finding.fix) {
            for (const auto& edit : finding.fix->edits) {
                fuzz::must(edit.bytes.start <= edit.bytes.end && edit.bytes.end <= size, "an edit lies in the file");
            }
        }
    }
    return 0;
}
