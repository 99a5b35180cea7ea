// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/base/redact.h"
#include "analyzers/base/utf8.h"
#include "analyzers/formats/graphs.h"
#include "analyzers/formats/pickle/pickle_facts.h"
#include "analyzers/formats/region_text.h"
#include "analyzers/graph/layered_layout.h"
#include "analyzers/model/graph_fold.h"
#include "analyzers/rules/pickle/loaders.h"
#include "tests/fuzz/fuzz.h"

#include <algorithm>

namespace cupel::fuzz {

namespace {

bool inside(ByteRange range, std::uint64_t size)
{
    return range.start <= range.end && range.end <= size;
}

// Reads a region to its end: pieces overlap, lines only grow, every byte leads back into the region.
void readWhole(ByteView text, const Region& region)
{
    formats::RegionReader reader(text, region);
    formats::TextPiece piece;
    std::uint64_t line = 1;
    std::uint64_t pieces = 0;
    while (reader.next(piece)) {
        must(++pieces <= region.bytes.size() + 2, "a region has fewer pieces than bytes");
        must(piece.overlap <= piece.text.size(), "the overlap is part of the piece");
        must(piece.firstLine >= 1 && (pieces == 1 || piece.firstLine >= line), "lines grow");
        line = piece.firstLine;
        const auto size = piece.text.size();
        for (const auto at : {std::uint64_t{0}, size / 3, size / 2, size ? size - 1 : 0}) {
            if (at < size) {
                const auto raw = piece.map.toRaw(ByteRange{at, at + 1});
                must(raw.start >= region.bytes.start && raw.end <= region.bytes.end && !raw.empty(),
                    "text leads back into its region");
            }
        }
        if (piece.last) {
            break;
        }
    }
}

// Raw bytes between opcodes, and the arrays in them.
void checkPickle(const formats::PickleFacts& pickle, const Facts& facts, std::uint64_t size)
{
    std::uint64_t last = 0;
    for (const auto& raw : pickle.raw) {
        must(inside(raw, size) && raw.start >= last, "raw bytes lie inside the file, in order");
        last = raw.end;
    }
    for (std::size_t i = 0; facts.model && i < facts.model->tensors.size(); ++i) {
        const auto& tensor = facts.model->tensors[i];
        must(!tensor.storedIn.empty() || inside(tensor.bytes, size), "a tensor of this file lies inside it");
    }
}

void checkLocation(const Location& location, const Analysis& analysis)
{
    if (location.artifact == analysis.artifact.path) {
        must(inside(location.bytes, analysis.size), "a finding lies inside the file");
    }
    must(isUtf8(location.human), "places are readable");
}

} // namespace

void checkFacts(const Artifact& artifact, const Facts& facts, const Limits& limits)
{
    const auto text = facts.text(artifact);
    for (const auto& region : facts.regions) {
        must(inside(region.bytes, text.size()), "a region lies inside the text");
        if (region.kind != RegionKind::Image) {
            readWhole(text, region);
        }
        must(inside(facts.toFile(region.bytes), artifact.view().size()), "a region lies inside the file");
    }
    for (const auto& flaw : facts.flaws) {
        must(inside(flaw.bytes, text.size()), "a flaw lies inside the text");
    }
    if (facts.model) {
        must(facts.model->leftover.size() <= ModelContent::mostLeftover, "what is left over is capped");
        for (const auto range : facts.model->leftover) {
            must(!range.empty() && inside(range, artifact.view().size()), "what is left over lies inside the file");
        }
    }
    if (const auto* pickle = formats::pickleFacts(facts)) {
        checkPickle(*pickle, facts, artifact.view().size());
    }
    must(facts.coverage.understood <= facts.coverage.total, "no more is understood than there is");
    must(facts.children.size() <= limits.entries, "the number of members is capped");
    constexpr std::uint64_t readStep = 64 << 10; // limits are looked at once per step of unpacking
    std::uint64_t inflated = 0;
    for (const auto& child : facts.children) {
        const bool copied = !artifact.bytes.holds(child.bytes.view());
        const auto size = copied ? child.bytes.view().size() : 0;
        must(size <= limits.memberBytes + readStep, "the size of a member is capped");
        inflated += size;
    }
    must(inflated <= limits.inflatedBytes + readStep, "unpacked bytes are capped");
}

void checkGraph(const Artifact& artifact, const Facts& facts, const Limits& limits)
{
    if (!formats::mayHaveGraph(artifact, facts)) {
        return;
    }
    Budget budget(limits);
    const auto graph = formats::readGraph(artifact, facts, budget);
    must(graph.nodes.size() <= graph.nodeCount && graph.edges.size() <= graph.edgeCount, "a graph is counted whole");
    for (const auto& node : graph.nodes) {
        must(inside(node.bytes, facts.text(artifact).size()), "a node lies inside the text");
        must(isUtf8(node.op) && isUtf8(node.name) && isUtf8(node.scope), "names of nodes are readable");
        must(node.attributes.size() <= ModelGraph::mostParts, "attributes are capped");
    }
    const auto folded = fold(graph, {});
    must(folded.of.size() == graph.nodes.size(), "every node is shown somewhere");
    graph::Graph shape;
    shape.nodes.assign(folded.nodes.size(), {80, 30});
    for (const auto& edge : folded.edges) {
        must(edge.from < shape.nodes.size() && edge.to < shape.nodes.size(), "an edge has two ends");
        shape.edges.push_back({edge.from, edge.to});
    }
    const auto layout = graph::layOut(shape, {}, budget);
    must(!layout.complete || layout.nodes.size() == shape.nodes.size(), "every node has its place");
}

void checkLoaders(const Artifact& artifact, const Facts& facts)
{
    const auto size = facts.text(artifact).size();
    for (const auto& answer : rules::pickle::loaderAnswers(artifact, facts)) {
        must(!answer.why.empty() && isUtf8(answer.why), "a loader has a reason");
        for (const auto source : answer.sources) {
            must(inside(source, size), "what a loader minds lies inside the text");
        }
        for (const auto& [type, place] : answer.untrusted) {
            must(isUtf8(type) && inside(place, size), "a type lies inside the text");
        }
    }
}

void checkAnalysis(const Analysis& analysis, const Limits& limits)
{
    std::map<std::string, std::uint32_t> perRule;
    for (const auto* list : {&analysis.findings, &analysis.allowed}) {
        for (const auto& finding : *list) {
            must(++perRule[finding.rule] <= limits.findingsPerRule * 2, "findings per rule are capped");
            must(isUtf8(finding.message) && isUtf8(finding.title), "messages are readable");
            must(finding.fingerprint.size() == 32, "every finding has a fingerprint");
            checkLocation(finding.location, analysis);
            for (const auto& evidence : finding.evidence) {
                checkLocation(evidence.location, analysis);
                must(evidence.excerpt.size() <= 240 && isUtf8(evidence.excerpt), "excerpts are short and readable");
                must(evidence.excerpt.find('\n') == std::string::npos, "excerpts have one line");
            }
        }
    }
    must(std::is_sorted(analysis.findings.begin(), analysis.findings.end(), comesBefore), "findings are in order");
    std::uint64_t end = 0;
    for (const auto& range : analysis.sensitive) {
        must(range.start >= end && inside(range, analysis.size), "sensitive ranges are sorted, disjoint and inside");
        end = range.end;
    }
}

} // namespace cupel::fuzz
