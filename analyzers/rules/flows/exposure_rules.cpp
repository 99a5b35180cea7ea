// SPDX-License-Identifier: GPL-3.0-or-later
// What comes from outside and is loaded, served or learnt. Silent where a rule of code says at the same call that what
// it loads comes from outside.
#include "analyzers/lineage/flow_piece.h"
#include "analyzers/rules/flows/exposure_words.h"
#include "analyzers/rules/flows/places.h"

#include <algorithm>

namespace cupel::rules::flows {

namespace {

using lineage::Exposure;

constexpr std::string_view loadRules[] = {"CUP-CODE-CLOUDPICKLE-LOAD", "CUP-CODE-DILL-LOAD", "CUP-CODE-FASTAI-LOAD",
    "CUP-CODE-JOBLIB-LOAD", "CUP-CODE-KERAS-LOAD", "CUP-CODE-KERAS-UNSAFE", "CUP-CODE-NUMPY-PICKLE",
    "CUP-CODE-PANDAS-PICKLE", "CUP-CODE-PICKLE-LOAD", "CUP-CODE-SHELVE", "CUP-CODE-TORCH-LOAD",
    "CUP-CODE-TORCH-LOAD-UNSAFE", "CUP-CODE-TORCH-PACKAGE", "CUP-CODE-ULTRALYTICS-LOAD", "CUP-CODE-VECTOR-STORE-PICKLE",
    "CUP-CODE-YAML-LOAD"};

// They say already where it comes from.
bool tellsOutside(std::string_view rule)
{
    return rule == "CUP-CODE-PICKLE-OUTSIDE" || rule == "CUP-CODE-DOWNLOAD-LOADED" || rule == "CUP-CODE-TORCH-HUB-URL"
        || rule == "CUP-CODE-TORCH-HUB";
}

bool meet(ByteRange a, ByteRange b)
{
    return a.start < b.end && b.start < a.end;
}

// The host of an address, the name of a model; nothing that could be a key.
std::string shownOrigin(std::string_view origin)
{
    if (const auto scheme = origin.find("://"); scheme != std::string_view::npos) {
        origin.remove_prefix(scheme + 3);
        origin = origin.substr(0, origin.find_first_of("/?#;"));
        if (const auto at = origin.rfind('@'); at != std::string_view::npos) {
            origin.remove_prefix(at + 1);
        }
    }
    std::string shown;
    for (const char c : origin.substr(0, 80)) {
        shown += static_cast<unsigned char>(c) < 33 || static_cast<unsigned char>(c) > 126 ? '*' : c;
    }
    return shown;
}

} // namespace

bool isLoadRule(std::string_view rule)
{
    return std::find(std::begin(loadRules), std::end(loadRules), rule) != std::end(loadRules);
}

std::vector<lineage::Place> placesOf(const lineage::FlowPiece& piece)
{
    std::vector<lineage::Place> places;
    for (const auto& hop : piece.hops) {
        places.push_back(hop.leaves);
        places.push_back(hop.arrives);
    }
    for (const auto& load : piece.loads) {
        places.push_back(load.place);
    }
    return places;
}

ExposureWords wordsOf(const Exposure& exposure, std::string_view fetchedBy)
{
    const auto origin = shownOrigin(exposure.origin);
    ExposureWords words;
    words.confidence = exposure.checked ? Confidence::Possible : Confidence::Likely;
    switch (exposure.kind) {
    case Exposure::Kind::Loaded:
        words.rule = "CUP-LIN-OUTSIDE-LOADED";
        words.severity = exposure.checked ? Severity::Medium : Severity::High;
        words.message = "This call can run code from the file it loads, and the file comes from " + origin
            + (fetchedBy.empty() ? std::string() : ", fetched by " + std::string(fetchedBy)) + '.'
            + (exposure.served.empty() ? "" : " What it loads is served.");
        break;
    case Exposure::Kind::Served:
        words.rule = "CUP-LIN-UNPINNED-SERVED";
        words.severity = exposure.model ? Severity::Medium : Severity::Low;
        words.confidence = exposure.model ? words.confidence : Confidence::Possible; // of all that it was made of
        words.message = std::string("What is served here rests on ") + (exposure.model ? "the model " : "data of ")
            + origin + (fetchedBy.empty() ? std::string() : ", fetched by " + std::string(fetchedBy))
            + ", in whatever state stands there on the day.";
        break;
    case Exposure::Kind::Learnt:
        words.rule = "CUP-LIN-UNPINNED-LEARNT";
        words.severity = Severity::Info;
        words.message = "The model that is saved here has learnt from data of " + origin
            + ", in whatever state stood there on the day.";
        break;
    }
    return words;
}

std::vector<lineage::Place> dangerousLoads(const Places& places)
{
    std::vector<lineage::Place> loads;
    for (const auto& hit : places.sink().hits()) {
        if (!hit.rule.starts_with("CUP-CODE-") || !isLoadRule(hit.rule) || hit.region < 0 || hit.allowed) {
            continue;
        }
        const auto& region = places.input().facts.regions[static_cast<std::size_t>(hit.region)];
        lineage::Place place;
        place.file = 0;
        place.cell = region.cell;
        place.codeCell = region.codeCell;
        place.line = static_cast<std::uint32_t>(hit.regionLine);
        place.bytes = hit.bytes;
        loads.push_back(place);
    }
    return loads;
}

void sayExposures(
    Places& places, const lineage::LineageGraph& graph, const std::vector<lineage::Place>& loads, bool checked)
{
    auto piece = lineage::flowPiece(graph, loads, places.input().budget);
    piece.checked = checked;
    for (const auto& one : lineage::exposures({&piece}, places.input().budget)) {
        const auto& hits = places.sink().hits();
        const bool told = one.kind == Exposure::Kind::Loaded
            && std::any_of(hits.begin(), hits.end(),
                [&](const Hit& hit) { return tellsOutside(hit.rule) && meet(hit.bytes, one.place.bytes); });
        if (told) {
            continue;
        }
        auto words = wordsOf(one, {});
        auto hit = places.begin(std::string(words.rule), std::move(words.message));
        hit.severity = words.severity;
        hit.confidence = words.confidence;
        hit.quotes.emplace_back(one.place.bytes, shownOrigin(one.origin));
        std::vector<Hit::Extra> evidence;
        for (const auto& step : one.way) {
            evidence.push_back(places.extra(evidence.empty() ? "source" : "step", step.place));
            hit.quotes.emplace_back(step.place.bytes, shownOrigin(one.origin));
        }
        evidence.push_back(places.extra("sink", one.place));
        for (const auto& step : one.served) {
            evidence.push_back(places.extra("context", step.place));
        }
        places.say(std::move(hit), one.place, std::move(evidence));
    }
    if (!places.input().flowHint) {
        return;
    }
    if (places.input().flowWish == FlowWish::Piece) {
        for (const auto& place : placesOf(piece)) {
            static_cast<void>(places.sink().keepPlace(places.extra("place", place)));
        }
    }
    places.input().flow = std::make_shared<lineage::FlowPiece>(std::move(piece));
}

} // namespace cupel::rules::flows
