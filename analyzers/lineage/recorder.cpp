// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/lineage/recorder.h"

#include "analyzers/lineage/locators.h"

#include <algorithm>

namespace cupel::lineage {

namespace {

std::string_view lastPart(std::string_view path)
{
    while (path.size() > 1 && path.ends_with('/')) {
        path.remove_suffix(1);
    }
    const auto slash = path.rfind('/');
    return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

bool isMadeByCode(NodeKind kind)
{
    return kind == NodeKind::Variable || kind == NodeKind::Split || kind == NodeKind::Model
        || kind == NodeKind::Function || kind == NodeKind::Metric;
}

} // namespace

std::uint32_t Recorder::file(const ParsedFile& file)
{
    const auto [hit, fresh] = m_files.try_emplace(file.path, static_cast<std::uint32_t>(m_out.files.size()));
    if (fresh) {
        CodeFile entry;
        entry.path = file.path;
        entry.notebook = file.notebook;
        entry.brokenCells = file.brokenCells;
        entry.partial = file.partial;
        m_out.files.push_back(std::move(entry));
    }
    return hit->second;
}

std::uint32_t Recorder::node(NodeKind kind, const std::string& id, std::string_view label, const Place& place)
{
    if (const auto hit = m_nodes.find(id); hit != m_nodes.end()) {
        return hit->second;
    }
    if (m_out.nodes.size() >= maxNodes) {
        m_out.complete = false;
        return none;
    }
    Node entry;
    entry.id = id;
    entry.kind = kind;
    entry.label = label;
    entry.place = place;
    const auto index = static_cast<std::uint32_t>(m_out.nodes.size());
    m_out.nodes.push_back(std::move(entry));
    m_nodes.emplace(id, index);
    if (m_notesFlows) {
        m_changedBy.push_back(isMadeByCode(kind) ? m_running : none);
    }
    return index;
}

std::uint32_t Recorder::located(const Locator& locator, std::string_view api, const Place& place)
{
    const bool file = locator.node == NodeKind::File || locator.node == NodeKind::ModelFile;
    const bool path = file && locator.kind != SourceKind::HubModel;
    const auto index = node(locator.node, (path ? "file:" + locator.id : locator.id) + locator.apart,
        path || locator.node == NodeKind::Remote ? lastPart(locator.value) : std::string_view(locator.value), place);
    if (index != none) {
        auto& entry = m_out.nodes[index];
        entry.locator = path ? locator.id : locator.value;
        entry.outside = locator.outside;
        const bool hub = locator.kind == SourceKind::HubModel || locator.kind == SourceKind::HubDataset;
        const bool address = locator.kind == SourceKind::Url || locator.kind == SourceKind::RemoteModel;
        entry.unpinned = (hub && locator.value.find('@') == std::string::npos) || address;
        entry.api = entry.api.empty() ? std::string(api) : entry.api;
        if (locator.node == NodeKind::ModelFile) {
            entry.kind = NodeKind::ModelFile;
        }
    }
    return index;
}

void Recorder::flow(std::uint32_t from, std::uint32_t to)
{
    if (from >= m_changedBy.size() || to >= m_changedBy.size()) {
        return;
    }
    if (const auto maker = m_changedBy[from]; maker != none && maker != m_running && m_flows.size() < maxFlows) {
        m_flows.emplace(maker, m_running);
    }
    m_changedBy[to] = m_running;
}

void Recorder::edge(std::uint32_t from, std::uint32_t to, EdgeKind kind, std::string rule, std::string why,
    const Place& place, Certainty certainty)
{
    if (m_running != none) {
        flow(from, to);
    }
    if (from == none || to == none || from == to || m_out.edges.size() >= maxEdges
        || !m_edges.emplace(from, to, kind).second) {
        m_out.complete = m_out.complete && m_out.edges.size() < maxEdges;
        return;
    }
    m_out.edges.push_back({from, to, kind, certainty, std::move(rule), std::move(why), place});
}

void Recorder::source(std::uint32_t node, SourceKind kind, std::string value, const Place& place)
{
    if (node != none && m_sources.emplace(node, place.file, place.codeCell, place.line).second) {
        m_out.sources.push_back({node, kind, std::move(value), place});
    }
}

Sink* Recorder::sink(std::uint32_t node, SourceKind kind, std::string value, const Place& place, const Marks& inputs)
{
    if (node == none) {
        return nullptr;
    }
    const auto key = std::to_string(node) + ' ' + std::to_string(place.file) + ' ' + std::to_string(place.codeCell)
        + ' ' + std::to_string(place.line);
    const auto [hit, fresh] = m_sinkAt.try_emplace(key, m_out.sinks.size());
    if (fresh) {
        m_out.sinks.push_back({node, kind, std::move(value), place, {}, {}});
    }
    mergeMarks(m_out.sinks[hit->second].inputs, inputs);
    return &m_out.sinks[hit->second];
}

std::uint32_t Recorder::column(
    std::uint32_t base, std::uint32_t cell, std::string_view name, std::string_view use, const Place& place)
{
    constexpr std::size_t maxName = 120;
    if (base == none || base >= m_out.nodes.size() || name.empty() || name.size() > maxName) {
        return none;
    }
    const auto kind = m_out.nodes[base].kind;
    const bool data = kind == NodeKind::Variable || kind == NodeKind::Dataset || kind == NodeKind::File
        || kind == NodeKind::Remote || kind == NodeKind::Split || kind == NodeKind::Artifact;
    const auto id = "column:" + m_out.nodes[base].id + ':' + std::string(name);
    if (!data || (m_columns >= maxColumnNodes && !m_nodes.contains(id))) {
        return none; // trainings name their columns all the same
    }
    const auto before = m_out.nodes.size();
    const auto index = node(NodeKind::Column, id, withoutCredentials(name), place);
    if (index == none) {
        return none;
    }
    m_columns += m_out.nodes.size() - before;
    auto& entry = m_out.nodes[index];
    entry.cell = m_out.nodes[base].cell != none ? m_out.nodes[base].cell : cell;
    const auto known = std::lower_bound(entry.uses.begin(), entry.uses.end(), use);
    if (known == entry.uses.end() || *known != use) {
        entry.uses.emplace(known, use);
    }
    edge(base, index, EdgeKind::Derives, "column", "it is a column of it", place);
    return index;
}

bool Recorder::fresh(
    std::string_view what, const Place& place, const std::vector<Place>& calledFrom, std::uint32_t model)
{
    std::string key(what);
    const auto add = [&key](const Place& at) {
        key += ' ' + std::to_string(at.file) + ':' + std::to_string(at.codeCell) + ':' + std::to_string(at.bytes.start);
    };
    add(place);
    std::for_each(calledFrom.begin(), calledFrom.end(), add);
    key += '#' + std::to_string(model);
    return m_facts.insert(std::move(key)).second;
}

} // namespace cupel::lineage
