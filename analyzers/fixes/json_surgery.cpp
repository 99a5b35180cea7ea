// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/fixes/json_surgery.h"

#include <algorithm>
#include <array>

namespace cupel::fixes {

namespace {

constexpr std::uint32_t detailDepth = 12; // worksheets[].cells[].outputs[].data.mime, and what metadata nests

// What nbformat requires: taking one of these out would leave a file that no program opens.
constexpr std::array<std::string_view, 24> required{"cell_type", "cells", "data", "display_name", "ename", "evalue",
    "execution_count", "id", "input", "level", "metadata", "name", "nbformat", "nbformat_minor", "output_type",
    "outputs", "prompt_number", "source", "stream", "text", "traceback", "worksheets", "orig_nbformat", "language"};

} // namespace

JsonSurgery::JsonSurgery(ByteView text, Budget& budget)
    : m_text(text)
    , m_keys(text)
{
    JsonOutline::Options options;
    options.start = text.starts_with("\xEF\xBB\xBF") ? 3 : 0;
    options.detailDepth = detailDepth;
    m_json = JsonOutline::parse(text, budget, options);
    const auto harmless = [](const JsonTrouble& trouble) { return trouble.kind == JsonTrouble::Kind::NotANumber; };
    m_usable = !m_json.empty() && !m_json.stoppedEarly()
        && std::all_of(m_json.troubles().begin(), m_json.troubles().end(), harmless);
}

ByteRange JsonSurgery::bytesOf(NodeIndex node) const
{
    const auto& json = m_json.nodes()[node];
    return json.key.empty() ? json.value : ByteRange{json.key.start - 1, json.value.end};
}

std::string_view JsonSurgery::keyOf(NodeIndex node) const
{
    return m_keys.of(m_json.nodes()[node]);
}

std::optional<NodeIndex> JsonSurgery::nodeAt(ByteRange place) const
{
    if (!m_usable) {
        return std::nullopt;
    }
    const auto& nodes = m_json.nodes();
    const auto holds = [&](NodeIndex node) {
        const auto bytes = bytesOf(node);
        return bytes.start <= place.start && place.end <= bytes.end;
    };
    NodeIndex node = 0;
    for (NodeIndex child = nodes[node].firstChild; child != 0;) {
        if (holds(child)) {
            node = child;
            child = nodes[node].firstChild;
        } else {
            child = nodes[child].nextSibling;
        }
    }
    return node;
}

std::optional<NodeIndex> JsonSurgery::elementAround(ByteRange place, std::string_view list) const
{
    const auto& nodes = m_json.nodes();
    auto node = nodeAt(place);
    while (node && *node != 0) {
        const auto parent = nodes[*node].parent;
        if (keyOf(parent) == list && nodes[parent].type == JsonType::Array) {
            return node;
        }
        node = parent;
    }
    return std::nullopt;
}

std::optional<NodeIndex> JsonSurgery::formAround(ByteRange place) const
{
    const auto& nodes = m_json.nodes();
    const auto output = elementAround(place, "outputs");
    for (auto node = nodeAt(place); output && node && *node != *output && *node != 0; node = nodes[*node].parent) {
        const auto owner = nodes[*node].parent;
        if (nodes[owner].parent == *output && keyOf(owner) == "data" && nodes[owner].type == JsonType::Object) {
            const bool others = nodes[owner].firstChild != *node || nodes[*node].nextSibling != 0;
            return others ? node : output;
        }
    }
    return output;
}

bool JsonSurgery::isPartOfSchema(NodeIndex node) const
{
    const auto& nodes = m_json.nodes();
    if (nodes[node].key.empty()) {
        return true; // an element: taking it out changes the meaning of a list
    }
    const auto key = keyOf(node);
    // Inside metadata only the names of kernel and language are fixed; everything else there is anybody's.
    for (auto above = nodes[node].parent; above != 0; above = nodes[above].parent) {
        if (keyOf(above) == "metadata") {
            const auto owner = keyOf(nodes[node].parent);
            const bool named = owner == "kernelspec" || owner == "language_info" || owner == "kernel_info";
            return named && (key == "name" || key == "display_name");
        }
    }
    return std::find(required.begin(), required.end(), key) != required.end();
}

std::optional<NodeIndex> JsonSurgery::removableMember(ByteRange place) const
{
    auto node = nodeAt(place);
    // From an element to the member whose list it is in; a member that has to stay ends the search.
    while (node && *node != 0 && m_json.nodes()[*node].key.empty()) {
        node = m_json.nodes()[*node].parent;
    }
    return node && *node != 0 && !isPartOfSchema(*node) ? node : std::nullopt;
}

std::optional<NodeIndex> JsonSurgery::memberAround(ByteRange place, std::string_view key) const
{
    auto node = nodeAt(place);
    while (node && *node != 0 && keyOf(*node) != key) {
        node = m_json.nodes()[*node].parent;
    }
    return node && *node != 0 ? node : std::nullopt;
}

std::vector<RawEdit> JsonSurgery::removal(const std::set<NodeIndex>& wanted) const
{
    const auto& nodes = m_json.nodes();
    std::set<NodeIndex> owners;
    for (const auto node : wanted) {
        owners.insert(nodes[node].parent);
    }
    std::vector<RawEdit> edits;
    for (const auto owner : owners) {
        std::vector<NodeIndex> children;
        for (auto child = nodes[owner].firstChild; child != 0; child = nodes[child].nextSibling) {
            children.push_back(child);
        }
        for (std::size_t i = 0; i < children.size();) {
            if (!wanted.contains(children[i])) {
                ++i;
                continue;
            }
            std::size_t end = i; // behind the run of neighbours that go
            while (end < children.size() && wanted.contains(children[end])) {
                ++end;
            }
            if (end < children.size()) {
                edits.push_back({{bytesOf(children[i]).start, bytesOf(children[end]).start}, {}});
            } else if (i > 0) {
                edits.push_back({{bytesOf(children[i - 1]).end, bytesOf(children[end - 1]).end}, {}});
            } else {
                const auto whole = nodes[owner].value;
                edits.push_back({{whole.start + 1, whole.end - 1}, {}});
            }
            i = end;
        }
    }
    tidyEdits(edits);
    return edits;
}

} // namespace cupel::fixes
