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

void sayLeaks(Places& places, const std::vector<Hazard>& hazards)
{
    for (const auto& hazard : hazards) {
        const auto rule = ruleOf(hazard.kind);
        const auto& hits = places.sink().hits();
        const bool told = std::any_of(hits.begin(), hits.end(), [&](const Hit& hit) {
            return hit.rule.starts_with("CUP-CODE-") && isAboutLeaks(hit.rule, hazard.kind) && isToldBy(hit, hazard);
        });
        if (rule.empty() || told) {
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
