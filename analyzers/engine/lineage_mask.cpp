// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/engine/lineage_mask.h"

#include "analyzers/base/redact.h"
#include "analyzers/engine/analyze.h"
#include "analyzers/engine/home_mask.h"
#include "analyzers/formats/region_text.h"
#include "analyzers/model/name_mask.h"
#include "analyzers/review/compare_lineage.h"
#include "analyzers/rules/equal_values.h"
#include "analyzers/rules/secrets/secret_scanner.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>

namespace cupel::engine {

namespace {

using namespace lineage;

// Every text that came from code. Names of hyper-parameters go before their values: `api_key = "..."` tells more.
template <typename Visit> void eachText(LineageGraph& graph, const Visit& visit)
{
    const auto each = [&visit](std::vector<std::string>& texts) {
        for (auto& text : texts) {
            visit(text, "");
        }
    };
    for (Node& node : graph.nodes) {
        visit(node.id, "");
        visit(node.label, "");
        visit(node.locator, "");
        visit(node.hash, "");
    }
    for (Edge& edge : graph.edges) {
        visit(edge.rule, "");
        visit(edge.why, "");
    }
    for (Source& source : graph.sources) {
        visit(source.value, "");
    }
    for (lineage::Sink& sink : graph.sinks) {
        visit(sink.value, "");
        each(sink.columns);
        for (auto& [now, before] : sink.origins) {
            visit(now, "");
            visit(before, "");
        }
    }
    for (Training& training : graph.trainings) {
        each(training.labelColumns);
        each(training.featureColumns);
        for (auto& [name, value] : training.hyperparameters) {
            visit(value, name);
        }
    }
    for (Hazard& hazard : graph.hazards) {
        each(hazard.names);
        visit(hazard.why, "");
    }
    for (LineageGraph::Note& note : graph.notes) {
        visit(note.message, "");
    }
}

// A name that is a piece of a value tells as much: the last part of an address is how its node is called.
bool isPieceOf(const std::vector<ByteView>& values, const std::string& text)
{
    constexpr std::size_t shortest = 6;
    return text.size() >= shortest && std::any_of(values.begin(), values.end(), [&text](ByteView value) {
        return value.find(text) != ByteView::npos;
    });
}

} // namespace

void maskCredentials(LineageGraph& piece, const Artifact& artifact, const Facts& facts, Budget& budget)
{
    std::set<std::string> values;
    formats::TextPiece part;
    for (const auto& region : facts.regions) {
        if (piece.nodes.empty() || region.kind != RegionKind::Code) {
            continue; // what lineage says comes from code
        }
        formats::RegionReader reader(facts.text(artifact), region);
        while (reader.next(part) && budget.spend(part.text.size() / 8)) {
            std::optional<std::uint64_t> givenUpAt;
            for (const auto& found : rules::secrets::scanText(part.text, {.code = true}, budget, givenUpAt)) {
                const auto value = slice(part.text, found.secret);
                if (rules::isUnmistakable(value)) {
                    values.emplace(value);
                }
            }
        }
    }
    if (values.empty()) {
        return;
    }
    const std::vector<ByteView> views(values.begin(), values.end());
    eachText(piece, [&views](std::string& text, std::string_view) {
        if (isPieceOf(views, text)) {
            text = maskDots;
            return;
        }
        for (const auto value : views) {
            maskValue(text, value);
        }
    });
}

void maskLineage(LineageGraph& graph, Budget& budget)
{
    std::set<std::string> lines; // most of them stand there many times
    eachText(graph, [&lines](const std::string& text, std::string_view name) {
        if (!text.empty()) {
            lines.insert(name.empty() ? text : std::string(name) + " = " + text);
        }
    });
    auto all = std::make_shared<std::string>();
    for (const auto& line : lines) {
        all->append(line).push_back('\n');
    }
    Artifact artifact;
    artifact.path = "lineage.txt";
    artifact.bytes = all;
    ScanOptions options;
    options.keepBytes = true; // the mask needs them
    options.onlyFamilies = {"secret", "pii"};
    Budget own = budget.child();
    const Analysis analysis = analyze(std::move(artifact), options, own);
    const NameMask mask(analysis);
    std::vector<ByteView> values;
    for (const ByteRange range : analysis.sensitive) {
        values.push_back(slice(analysis.facts.text(analysis.artifact), analysis.facts.fromFile(range)));
    }
    eachText(graph, [&](std::string& text, std::string_view) {
        text = isPieceOf(values, text) ? std::string(maskDots) : withoutHomes(mask(text));
    });
    std::set<std::string> ids; // two that differed only in what is masked stay two
    for (Node& node : graph.nodes) {
        const std::string id = node.id;
        for (std::size_t next = 2; !ids.insert(node.id).second; ++next) {
            node.id = id + '~' + std::to_string(next);
        }
    }
}

void maskOutline(review::LineageOutline& outline, Budget& budget)
{
    LineageGraph texts;
    for (const auto& [id, node] : outline.nodes) {
        Node& one = texts.nodes.emplace_back();
        one.id = id;
        one.label = node.label;
        one.locator = node.locator;
    }
    maskLineage(texts, budget);
    std::map<std::string, std::string> ids;
    review::LineageOutline masked;
    masked.complete = outline.complete;
    auto next = texts.nodes.begin();
    for (auto& [id, node] : outline.nodes) {
        ids.emplace(id, next->id);
        node.label = next->label;
        node.locator = next->locator;
        masked.nodes.emplace((next++)->id, std::move(node));
    }
    for (const auto& [key, certainty] : outline.edges) { // those that lead nowhere are left out
        const auto from = ids.find(key.from);
        const auto to = ids.find(key.to);
        if (from != ids.end() && to != ids.end()) {
            masked.edges.emplace(review::LineageOutline::EdgeKey{from->second, to->second, key.kind}, certainty);
        }
    }
    outline = std::move(masked);
}

} // namespace cupel::engine
