// SPDX-License-Identifier: GPL-3.0-or-later
// The rules for outputs on one text of each kind, chosen by the first byte: findings keep their promises.
#include "analyzers/rules/rule_set.h"
#include "analyzers/rules/sink.h"
#include "tests/fuzz/fuzz.h"

#include <array>

using namespace cupel;

namespace cupel::rules::outputs {
void check(const RuleInput& input, FindingSink& sink);
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    static constexpr std::array kinds{RegionKind::Html, RegionKind::Svg, RegionKind::Markdown, RegionKind::Raw,
        RegionKind::Stream, RegionKind::Error, RegionKind::JavaScript, RegionKind::Json, RegionKind::Latex,
        RegionKind::WidgetState, RegionKind::Metadata, RegionKind::Code};
    if (size < 2) {
        return 0;
    }
    const auto limits = fuzz::smallLimits();
    Budget budget(limits);
    Analysis analysis;
    analysis.artifact = fuzz::artifactOf(data, size, "input");
    analysis.size = size;
    Region region;
    region.kind = kinds[data[0] % kinds.size()];
    const bool meta = region.kind == RegionKind::Metadata || region.kind == RegionKind::WidgetState;
    region.part = meta ? Part::Metadata : data[0] & 0x40 ? Part::Output : Part::Source;
    region.form = meta ? TextForm::JsonValue : TextForm::Plain;
    region.name = region.kind == RegionKind::Json ? "application/vnd.vega.v5+json" : meta ? "colab" : "text";
    region.bytes = {1, size};
    analysis.facts.regions.push_back(region);
    rules::FindingSink sink(analysis.artifact, analysis.facts, limits);
    rules::outputs::check(rules::RuleInput{analysis.artifact, analysis.facts, budget}, sink);
    std::move(sink).finish(analysis);
    fuzz::checkAnalysis(analysis, limits);
    return 0;
}
