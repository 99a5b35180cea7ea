// SPDX-License-Identifier: GPL-3.0-or-later
// What two lineages differ in, as lines with a sign in front and as JSON.
#include "analyzers/report/lineage/lineage_writers.h"

#include "analyzers/report/writers/text_unicode.h"
#include "analyzers/review/compare_lineage.h"

#include <algorithm>

namespace cupel::report {

namespace {

using review::LineageChange;
using review::LineageDiff;

constexpr std::size_t columns = 100; // of one name

char signOf(LineageChange change)
{
    return change == LineageChange::Added ? '+' : change == LineageChange::Removed ? '-' : '~';
}

std::string shown(std::string_view text)
{
    return shortened(printable(text), columns);
}

std::string joined(const std::vector<std::string>& parts)
{
    std::string out;
    for (const auto& part : parts) {
        out += (out.empty() ? "" : "; ") + shown(part);
    }
    return out;
}

std::string_view orderWords(std::string_view order)
{
    return order == "recorded" ? "in the order in which they ran, as far as it is recorded"
                               : "as they stand in the file";
}

std::string ordersOf(const LineageDiff& diff)
{
    if (diff.orderBefore == diff.orderNow) {
        return "Cells of both were followed " + std::string(orderWords(diff.orderNow)) + ".\n";
    }
    return "Cells were followed before " + std::string(orderWords(diff.orderBefore)) + ", now "
        + std::string(orderWords(diff.orderNow)) + ": some of what differs may be only that.\n";
}

} // namespace

void writeLineageDiffText(const LineageDiff& diff, const TextSink& sink)
{
    sink(ordersOf(diff));
    for (const auto& node : diff.nodes) {
        std::string line(1, signOf(node.change));
        line += ' ' + shown(node.now.kind) + "  " + shown(node.now.label);
        line += node.what.empty() ? "  (" + shown(node.id) + ")" : ": " + joined(node.what);
        sink(line + '\n');
    }
    for (const auto& edge : diff.edges) {
        std::string line(1, signOf(edge.change));
        line += ' ' + shown(edge.key.kind) + "  " + shown(edge.fromLabel) + " -> " + shown(edge.toLabel);
        sink(line + (edge.what.empty() ? "" : ": " + shown(edge.what)) + '\n');
    }
    const auto count = [&diff](LineageChange change) {
        const auto is = [change](const auto& one) { return one.change == change; };
        return std::to_string(std::count_if(diff.nodes.begin(), diff.nodes.end(), is)) + " nodes and "
            + std::to_string(std::count_if(diff.edges.begin(), diff.edges.end(), is)) + " edges";
    };
    sink("added " + count(LineageChange::Added) + "; removed " + count(LineageChange::Removed) + "; changed "
        + count(LineageChange::Changed) + "; " + std::to_string(diff.same) + " nodes as before\n");
    if (!diff.complete) {
        sink("One of the two was not read to its end: what seems added or removed may be that.\n");
    }
}

void writeLineageDiffJson(const LineageDiff& diff, const TextSink& sink)
{
    JsonStream json(sink, JsonStream::Layout::Indented);
    json.beginObject();
    json.field("schema", "cupel.lineage-diff/1");
    json.key("incomplete");
    json.boolean(!diff.complete);
    json.key("order");
    json.beginObject();
    json.field("before", diff.orderBefore);
    json.field("now", diff.orderNow);
    json.endObject();
    json.field("same", std::uint64_t{diff.same});
    json.key("nodes");
    json.beginArray();
    for (const auto& node : diff.nodes) {
        json.beginObject();
        json.field("change", toString(node.change));
        json.field("id", node.id);
        json.field("kind", node.now.kind);
        json.field("label", node.now.label);
        json.field("what", joined(node.what));
        json.endObject();
    }
    json.endArray();
    json.key("edges");
    json.beginArray();
    for (const auto& edge : diff.edges) {
        json.beginObject();
        json.field("change", toString(edge.change));
        json.field("from", edge.key.from);
        json.field("to", edge.key.to);
        json.field("kind", edge.key.kind);
        json.field("what", edge.what);
        json.endObject();
    }
    json.endArray();
    json.endObject();
    json.newline();
}

} // namespace cupel::report
