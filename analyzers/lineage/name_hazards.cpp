// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/lineage/name_hazards.h"

#include "analyzers/lineage/hazard_judge.h"

#include <algorithm>
#include <tuple>

namespace cupel::lineage {

std::vector<Hazard> nameHazards(const Facts& facts, const FileNames& file, const NameFlow& flow,
    const Execution& execution, const formats::CodeCells& cells, Budget& budget)
{
    HazardJudge judge(facts, file, flow, execution, cells, budget);
    judge.run();
    auto hazards = std::move(judge.hazards);
    const auto key = [](const Hazard& hazard) {
        return std::tuple(hazard.place.codeCell, hazard.place.bytes.start, hazard.kind);
    };
    std::stable_sort(hazards.begin(), hazards.end(), [&](const Hazard& a, const Hazard& b) { return key(a) < key(b); });
    return hazards;
}

} // namespace cupel::lineage
