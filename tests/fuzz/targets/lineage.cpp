// SPDX-License-Identifier: GPL-3.0-or-later
// Lineage of any code: what is followed and joined names only what is there, and work is bounded. Pieces are parted by
// a line of "# ===": the first is a notebook (its cells parted by "# ---") unless it begins with 's', the second is
// helpers.py, which the first may import.
#include "analyzers/lineage/file_lineage.h"
#include "analyzers/lineage/join.h"
#include "analyzers/lineage/order_difference.h"
#include "analyzers/lineage/parameter_map.h"
#include "analyzers/lineage/recorded_order.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/json_text.h"

#include <algorithm>

using namespace cupel;
using cupel::fuzz::quoted;

namespace {

std::string notebookOf(std::string_view rest)
{
    std::string cells;
    for (int count = 0; !rest.empty() && count < 24; ++count) {
        const auto end = std::min(rest.find("# ---\n"), rest.size());
        const auto number = rest.front() % 16; // any order, twice, or never
        cells += (cells.empty() ? "" : ", ") + std::string(R"({"cell_type": "code", "metadata": {}, "outputs": [], )")
            + R"("execution_count": )" + (number <= 0 ? "null" : std::to_string(number)) + R"(, "source": )"
            + quoted(rest.substr(0, end)) + "}";
        rest.remove_prefix(std::min(rest.size(), end + 6));
    }
    return R"({"cells": [)" + cells + R"(], "metadata": {}, "nbformat": 4, "nbformat_minor": 4})";
}

lineage::ParsedFilePtr parsed(std::string text, const char* path, Budget& budget)
{
    Artifact artifact;
    artifact.path = path;
    artifact.bytes = std::make_shared<const std::string>(std::move(text));
    return lineage::parseFile(std::move(artifact), path, budget);
}

class OneFile : public lineage::FileFinder {
public:
    lineage::ParsedFilePtr file;
    [[nodiscard]] lineage::ParsedFilePtr find(const std::string& path) override
    {
        return path == "helpers.py" ? file : nullptr;
    }
    [[nodiscard]] bool has(const std::string& path) override { return path == "helpers.py" || path.ends_with(".yaml"); }
    [[nodiscard]] std::shared_ptr<const lineage::ParameterMap> settings(const std::string& path) override
    {
        return path.ends_with(".yaml") ? values : nullptr;
    }
    [[nodiscard]] std::vector<Start> starts(const std::string& /*path*/) override
    {
        return {{"", {"in.csv", "--data", "a.csv", "-o", "b.csv", "train.rate=0.1"}}, {"sub", {"--data=c.csv", "*"}}};
    }

private:
    std::shared_ptr<const lineage::ParameterMap> values = std::make_shared<const lineage::ParameterMap>(
        lineage::ParameterMap{{"train.rate", "1"}, {"defaults.0.model", "small"}, {"defaults.1", "base"}, {"a", "b"}});
};

void checkMarks(const std::vector<std::uint32_t>& marks, std::size_t nodes)
{
    for (const auto mark : marks) {
        fuzz::must(mark < nodes, "what is named as data is a node");
    }
}

void check(const lineage::LineageGraph& graph)
{
    const auto nodes = graph.nodes.size();
    for (const auto& node : graph.nodes) {
        fuzz::must(node.cell == lineage::none || node.cell < nodes, "a node's cell is a node");
        fuzz::must(node.place.file == lineage::none || node.place.file < graph.files.size(), "a place has its file");
        checkMarks(node.exposedTo, nodes);
    }
    for (const auto& edge : graph.edges) {
        fuzz::must(edge.from < nodes && edge.to < nodes, "an edge has two ends");
    }
    for (const auto& source : graph.sources) {
        fuzz::must(source.node < nodes, "a source is a node");
    }
    for (const auto& sink : graph.sinks) {
        fuzz::must(sink.node < nodes, "a sink is a node");
        checkMarks(sink.inputs, nodes);
        checkMarks(sink.data, nodes);
    }
    for (const auto& training : graph.trainings) {
        fuzz::must(training.model == lineage::none || training.model < nodes, "a model is a node");
        checkMarks(training.inputs, nodes);
        checkMarks(training.data, nodes);
    }
    for (const auto& evaluation : graph.evaluations) {
        fuzz::must(evaluation.model == lineage::none || evaluation.model < nodes, "a model is a node");
        checkMarks(evaluation.inputs, nodes);
        checkMarks(evaluation.data, nodes);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    constexpr std::string_view between = "# ===\n";
    const auto all = fuzz::viewOf(data, std::min<std::size_t>(size, 64 << 10));
    const auto end = std::min(all.find(between), all.size());
    auto first = all.substr(0, end);
    const auto second = all.substr(std::min(all.size(), end + between.size()));
    const bool script = first.starts_with('s');
    first.remove_prefix(script ? 1 : 0);
    Budget budget;
    OneFile finder;
    finder.file = parsed(std::string(second), "helpers.py", budget);
    const auto file = parsed(script ? std::string(first) : notebookOf(first), script ? "s.py" : "n.ipynb", budget);
    if (!file) {
        return 0;
    }
    const auto roles = lineage::ApiRoles::builtIn();
    std::vector<lineage::LineageGraph> pieces;
    for (const auto& one : {finder.file, file}) {
        if (one) {
            pieces.push_back(lineage::followFile(one, finder, *roles, budget));
            check(pieces.back());
        }
    }
    auto recorded = pieces;
    for (auto& piece : recorded) {
        if (lineage::ranOtherwise(piece)) {
            piece = lineage::followRecorded(file, finder, *roles, piece, budget);
            check(piece);
            const auto& execution = piece.execution.front();
            for (const auto cell : execution.order) {
                fuzz::must(cell < execution.counts.size(), "what ran is a cell");
            }
            fuzz::must(execution.order.size() <= 2 * execution.counts.size(), "no cell is followed more than twice");
        }
    }
    auto written = lineage::join(std::move(pieces), {"data/a.csv", "helpers.py", "models/m.pkl"}, budget);
    auto ran = lineage::join(std::move(recorded), {"data/a.csv", "helpers.py", "models/m.pkl"}, budget);
    lineage::markDifferences(written, ran);
    check(written);
    check(ran);
    fuzz::must(written.onlyThere->nodes <= ran.nodes.size(), "no more is missing than there is");
    return 0;
}
