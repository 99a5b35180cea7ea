// SPDX-License-Identifier: GPL-3.0-or-later
// What a model was told of the rows it is measured on. Silent where a rule of code says it of the same cells.
#include "analyzers/rules/flows/places.h"

#include <algorithm>
#include <set>

namespace cupel::rules::flows {

namespace {

using lineage::Hazard;
using lineage::HazardKind;

std::string_view ruleOf(HazardKind kind)
{
    switch (kind) {
    case HazardKind::LeakagePreprocessing:
        return "CUP-LIN-LEAK-PREPROCESSING";
    case HazardKind::LeakageOverlap:
        return "CUP-LIN-LEAK-OVERLAP";
    case HazardKind::MultiTest:
        return "CUP-LIN-LEAK-TEST-CHOOSES";
    case HazardKind::LabelInFeatures:
        return "CUP-LIN-LEAK-LABEL";
    default:
        return {};
    }
}

// Rules of code about the same mistake.
bool isAboutLeaks(std::string_view rule, HazardKind kind)
{
    return kind == HazardKind::LeakagePreprocessing ? rule.starts_with("CUP-CODE-LEAK-")
        : kind == HazardKind::LeakageOverlap ? rule == "CUP-CODE-LEAK-RESAMPLE" || rule == "CUP-CODE-EVAL-ON-TRAIN"
                                             : false;
}

// Between the fit, the split and the score of the hazard lies what the other rule points at.
bool isToldBy(const Hit& hit, const Hazard& hazard)
{
    auto from = hazard.place.bytes.start;
    auto to = hazard.place.bytes.end;
    for (const auto& place : hazard.evidence) {
        from = std::min(from, place.bytes.start);
        to = std::max(to, place.bytes.end);
    }
    return hit.bytes.start < to && from < hit.bytes.end;
}

// A mean that is looked at is no step of the preparation; where it fills gaps, nobody can tell by its name.
bool isPlainStatistic(std::string_view why)
{
    constexpr std::string_view names[] = {"All", "Any", "Argmax", "Argmin", "Average", "Corr", "Count", "Cov",
        "Describe", "Max", "Mean", "Median", "Min", "Mode", "Nunique", "Percentile", "Quantile", "Std", "Sum", "Unique",
        "Var"};
    const auto name = why.substr(0, why.find(' '));
    return std::any_of(std::begin(names), std::end(names),
        [name](std::string_view known) { return known.size() == name.size() && known.substr(1) == name.substr(1); });
}

// What the walk is sure enough of. A training whose data only may hold the test rows, as members of an object that it
// is given, is none; nor are two models that were measured once each.
bool isSure(const Hazard& hazard, const lineage::LineageGraph& graph)
{
    switch (hazard.kind) {
    case HazardKind::LeakagePreprocessing:
        return !isPlainStatistic(hazard.why);
    case HazardKind::LeakageOverlap:
        return std::any_of(graph.trainings.begin(), graph.trainings.end(), [&](const lineage::Training& training) {
            return training.place == hazard.place
                && (training.role == lineage::Role::Full || training.role == lineage::Role::Test
                    || hazard.why.starts_with("rows were drawn"));
        });
    case HazardKind::MultiTest:
        return hazard.why.starts_with("several"); // in a loop over them
    default:
        return true;
    }
}

std::string sentence(const Hazard& hazard)
{
    auto text = hazard.why;
    if (!text.empty()) {
        text.front() = text.front() >= 'a' && text.front() <= 'z' ? static_cast<char>(text.front() - 32) : text.front();
    }
    if (hazard.kind == HazardKind::LabelInFeatures && !hazard.names.empty()) {
        text += ": " + hazard.names.front();
    }
    return text + '.';
}

} // namespace

void sayLeaks(Places& places, const lineage::LineageGraph& graph)
{
    for (const auto& hazard : graph.hazards) {
        const auto rule = ruleOf(hazard.kind);
        const auto& hits = places.sink().hits();
        const bool told = std::any_of(hits.begin(), hits.end(), [&](const Hit& hit) {
            return hit.rule.starts_with("CUP-CODE-") && isAboutLeaks(hit.rule, hazard.kind) && isToldBy(hit, hazard);
        });
        if (rule.empty() || told || !isSure(hazard, graph)) {
            continue;
        }
        auto hit = places.begin(std::string(rule), sentence(hazard));
        places.quote(hit, hazard.place, hazard.names);
        std::vector<Hit::Extra> evidence;
        const bool flow = hazard.kind == HazardKind::LeakagePreprocessing || hazard.kind == HazardKind::LeakageOverlap;
        if (flow) {
            evidence.push_back(places.extra("source", hazard.place));
        }
        for (std::size_t i = 0; i < hazard.evidence.size(); ++i) {
            evidence.push_back(places.extra(!flow    ? "context"
                    : i + 1 < hazard.evidence.size() ? "step"
                                                     : "sink",
                hazard.evidence[i]));
        }
        places.say(std::move(hit), hazard.place, std::move(evidence));
    }
}

} // namespace cupel::rules::flows
