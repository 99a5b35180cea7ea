// SPDX-License-Identifier: GPL-3.0-or-later
// Names of any cells: every place lies in the file, slices rise and look back only, caps are kept. Cells are parted by
// a line of "# ---"; the first byte says whether they are a notebook or a script.
#include "analyzers/formats/registry.h"
#include "analyzers/lineage/name_lineage.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/json_text.h"

using namespace cupel;
using cupel::fuzz::quoted;

namespace {

std::string notebookOf(std::string_view rest)
{
    std::string cells;
    int count = 0;
    while (!rest.empty() && count < 24) {
        const auto end = std::min(rest.find("# ---\n"), rest.size());
        const auto number = end == 0 ? 0 : rest[0] % 16; // any order, twice, or never
        cells += (cells.empty() ? "" : ", ") + std::string(R"({"cell_type": "code", "metadata": {}, "outputs": [], )")
            + R"("execution_count": )" + (number == 0 ? "null" : std::to_string(number)) + R"(, "source": )"
            + quoted(rest.substr(0, end)) + "}";
        rest.remove_prefix(std::min(rest.size(), end + 6));
        ++count;
    }
    return R"({"cells": [)" + cells + R"(], "metadata": {}, "nbformat": 4, "nbformat_minor": 4})";
}

void checkPlace(const lineage::Place& place, std::size_t size)
{
    fuzz::must(place.bytes.start <= place.bytes.end && place.bytes.end <= size, "a place lies in the file");
    fuzz::must(place.file == lineage::none, "files are for the graph");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    auto rest = fuzz::viewOf(data, std::min<std::size_t>(size, 64 << 10));
    if (rest.empty()) {
        return 0;
    }
    const bool script = rest[0] == 's';
    Artifact artifact;
    artifact.path = script ? "a.py" : "a.ipynb";
    artifact.bytes = std::make_shared<const std::string>(script ? std::string(rest) : notebookOf(rest));
    Facts facts;
    Budget budget;
    formats::recognise(artifact.view(), artifact.fileName()).parse(artifact, budget, facts);
    formats::CodeCells cells(artifact, facts, budget);
    const auto found = lineage::nameLineage(artifact, facts, cells, budget);
    const auto length = facts.text(artifact).size();
    fuzz::must(found.hazards.size() <= 16 * 200, "hazards are capped");
    for (const auto& hazard : found.hazards) {
        checkPlace(hazard.place, length);
        fuzz::must(hazard.names.size() <= 64 && hazard.evidence.size() <= 8, "a hazard is short");
        for (const auto& place : hazard.evidence) {
            checkPlace(place, length);
        }
    }
    for (std::size_t i = 0; i < found.slices.needs.size(); ++i) {
        std::uint32_t last = lineage::none;
        for (const auto need : found.slices.needs[i]) {
            fuzz::must(need < i, "a slice looks back");
            fuzz::must(last == lineage::none || need > last, "a slice rises");
            last = need;
        }
    }
    fuzz::must(found.execution.counts.empty() || found.execution.counts.size() == found.slices.needs.size(),
        "all cells are counted");
    return 0;
}
