// SPDX-License-Identifier: GPL-3.0-or-later
// A model in use as a step of its own: a prediction, where it is asked, or a measure, where a score is computed.
#include "analyzers/lineage/trace.h"

#include "analyzers/lineage/words.h"

namespace cupel::lineage {

namespace {

// Calls whose rows do not say it: the names that people give to what asks a model.
bool asksByName(std::string_view metric)
{
    if (metric.starts_with("from_") || has(metric, "eval") || has(metric, "metric") || has(metric, "score")
        || has(metric, "accura")) {
        return false;
    }
    constexpr std::string_view words[] = {"predict", "recommend", "infer", "forecast", "generate", "classify"};
    return metric == "forward" || std::any_of(std::begin(words), std::end(words), [metric](auto word) {
        return metric.starts_with(word) || has(metric, std::string("_").append(word));
    });
}

} // namespace

bool isPrediction(std::string_view metric, bool asks)
{
    return asks || asksByName(metric);
}

void Trace::drawStep(const Evaluation& entry, std::uint32_t node)
{
    if (entry.metric == "forward") { // one of the many of a loop: what comes of it is measured or learnt from
        return;
    }
    const auto kind = entry.prediction ? NodeKind::Prediction : NodeKind::Metric;
    const auto id = (entry.prediction ? "prediction:" : "metric:") + placeId(node, entry.metric);
    const auto index = m_out.node(kind, id, entry.metric, entry.place);
    if (index == none) {
        return;
    }
    m_out.graph().nodes[index].cell = cellNode(m_unit);
    const auto flow = entry.prediction   ? EdgeKind::Predicts
        : entry.role == Role::Validation ? EdgeKind::Validates
                                         : EdgeKind::Tests;
    for (const auto from : entry.inputs) {
        m_out.edge(from, index, flow, entry.prediction ? "predict" : "measure",
            entry.prediction ? "the model is asked about it" : "it is measured on it", entry.place);
    }
    m_out.edge(entry.model, index, entry.prediction ? EdgeKind::Predicts : EdgeKind::Tests,
        entry.prediction ? "predict" : "measure",
        entry.prediction ? "the model is asked here" : "the model is measured here", entry.place);
}

} // namespace cupel::lineage
