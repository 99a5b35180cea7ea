// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/models/lineage_units.h"

#include <algorithm>

namespace cupel::widgets {

namespace {

using lineage::none;
using Form = LineageFoldNode::Form;
using Level = LineageWish::Level;

} // namespace

std::string folderOf(std::string_view path)
{
    const auto cut = path.rfind('/');
    return std::string(cut == std::string_view::npos ? std::string_view() : path.substr(0, cut));
}

LineageShape::LineageShape(const lineage::LineageGraph& graph)
    : cellOf(graph.nodes.size(), none)
    , fileOf(graph.nodes.size(), none)
    , cells(graph.files.size())
    , busy(graph.nodes.size())
{
    for (std::uint32_t i = 0; i < graph.nodes.size(); ++i) {
        const auto cell = widgets::cellOf(graph, i);
        const auto file = cell == none ? none : graph.nodes[cell].place.file;
        if (file >= graph.files.size()) {
            things.push_back(i);
            continue;
        }
        cellOf[i] = cell;
        fileOf[i] = file;
        if (cellOf[i] != i) {
            inside[cellOf[i]].push_back(i);
        } else {
            cells[fileOf[i]].push_back(i);
        }
    }
    for (auto& list : cells) {
        std::stable_sort(list.begin(), list.end(), [&graph](std::uint32_t a, std::uint32_t b) {
            return graph.nodes[a].place.cell < graph.nodes[b].place.cell;
        });
        loneFiles += list.size() == 1 ? 1 : 0;
    }
    constexpr std::uint64_t late = ~0ULL;
    std::vector<std::uint64_t> first(graph.nodes.size(), late);
    const auto code = [&](std::uint32_t node) {
        return fileOf[node] == none ? late
                                    : (std::uint64_t{fileOf[node]} << 32)
                + static_cast<std::uint32_t>(graph.nodes[cellOf[node]].place.cell + 1);
    };
    for (const auto& edge : graph.edges) {
        if (edge.from >= graph.nodes.size() || edge.to >= graph.nodes.size()) {
            continue;
        }
        first[edge.from] = std::min(first[edge.from], code(edge.to));
        first[edge.to] = std::min(first[edge.to], code(edge.from));
        if (cellOf[edge.from] != cellOf[edge.to] || cellOf[edge.from] == none) {
            busy[edge.from] = busy[edge.to] = true;
        }
    }
    for (std::uint32_t i = 0; i < graph.nodes.size(); ++i) {
        if (busy[i] && cellOf[i] != none) {
            busy[cellOf[i]] = true; // a cell is, when something in it is
        }
    }
    std::stable_sort(
        things.begin(), things.end(), [&first](std::uint32_t a, std::uint32_t b) { return first[a] < first[b]; });
}

LineageUnits::LineageUnits(const LineageSource& source, const LineageShape& shape, const LineageWish& wish, Level level,
    const std::vector<bool>& seen, const LineageSqueeze& squeeze)
    : m_source(source)
    , m_graph(*source.graph)
    , m_shape(shape)
    , m_wish(wish)
    , m_level(level)
    , m_seen(seen)
    , m_squeeze(squeeze)
{
    m_out.of.assign(m_graph.nodes.size(), none);
    m_out.level = level;
    m_out.squeezed = !squeeze.folders.empty() || !squeeze.trees.empty() || !squeeze.more.empty()
        || !squeeze.stages.empty() || !squeeze.files.empty();
}

bool LineageUnits::opened(const std::string& key, bool byLevel) const
{
    return byLevel ? !m_wish.folded.contains(key) : m_wish.open.contains(key);
}

LineageFold LineageUnits::run()
{
    addThings();
    for (std::uint32_t file = 0; file < m_graph.files.size(); ++file) {
        const auto& cells = m_shape.cells[file];
        if (std::any_of(cells.begin(), cells.end(), [this](std::uint32_t cell) { return m_seen[cell]; })) {
            addFile(file);
        }
    }
    return std::move(m_out);
}

std::uint32_t LineageUnits::add(const std::string& key, Form form, std::uint32_t first)
{
    const auto [known, fresh] = m_byKey.emplace(key, static_cast<std::uint32_t>(m_out.nodes.size()));
    if (fresh) {
        LineageFoldNode node;
        node.form = form;
        node.key = key;
        node.first = first;
        node.count = 0;
        node.kind = kindOf(m_graph.nodes[first]);
        node.file = m_shape.fileOf[first];
        m_out.nodes.push_back(std::move(node));
    }
    return known->second;
}

void LineageUnits::put(std::uint32_t node, std::uint32_t unit)
{
    if (!m_seen[node]) {
        return;
    }
    m_out.of[node] = unit;
    auto& into = m_out.nodes[unit];
    if (const auto& sign = m_source.signs[node]; sign && (!into.sign || *into.sign < *sign)) {
        into.sign = sign;
    }
    into.traits |= m_source.traits[node];
}

void LineageUnits::putCell(std::uint32_t cell, std::uint32_t unit)
{
    put(cell, unit);
    if (const auto list = m_shape.inside.find(cell); list != m_shape.inside.end()) {
        for (const auto node : list->second) {
            put(node, unit);
        }
    }
}

void LineageUnits::addThings()
{
    for (const auto thing : m_shape.things) {
        if (!m_seen[thing]) {
            continue;
        }
        const auto more = m_squeeze.more.find(thing);
        const bool alone = more == m_squeeze.more.end() || m_wish.open.contains(more->second);
        const auto unit =
            alone ? add(keyOf(m_graph.nodes[thing]), Form::Thing, thing) : add(more->second, Form::More, thing);
        m_out.nodes[unit].count += 1;
        put(thing, unit);
    }
}

// The outermost folder of a file that is folded into one node.
std::optional<std::string> LineageUnits::shownFolder(const std::string& path) const
{
    const std::string own = folderOf(path);
    for (std::size_t end = own.find('/');; end = own.find('/', end + 1)) {
        const std::string folder = own.substr(0, end);
        const bool last = end == std::string::npos;
        const bool byFolder = m_squeeze.trees.contains(folder)
            || (last && (m_level == Level::Folder || m_squeeze.folders.contains(folder)));
        const std::string key = "folder:" + folder;
        if (byFolder ? !m_wish.open.contains(key) : last && m_wish.folded.contains(key)) {
            return folder;
        }
        if (last) {
            return std::nullopt;
        }
    }
}

void LineageUnits::addFile(std::uint32_t file)
{
    const auto& cells = m_shape.cells[file];
    const std::string key = "file:" + m_graph.files[file].path;
    const auto folder = shownFolder(m_graph.files[file].path);
    const std::string folderKey = "folder:" + folder.value_or("");
    const bool asFolder = folder.has_value();
    const bool rest = m_squeeze.files.contains(file) && !m_wish.open.contains("more:files");
    const bool lone = cells.size() == 1;
    if (!asFolder && !rest && opened(key, m_level >= (lone ? Level::Variable : Level::Cell))) {
        const auto group = static_cast<std::uint32_t>(m_out.groups.size());
        m_out.groups.push_back({key, lone ? cells.front() : none, file, none});
        if (lone) {
            addInside(cells.front(), group);
        } else {
            addCells(file, group);
        }
        return;
    }
    const auto unit = rest ? add("more:files", Form::More, cells.front())
        : asFolder         ? add(folderKey, Form::Folder, cells.front())
                           : add(key, Form::File, cells.front());
    m_out.nodes[unit].kind = LineageKind::Code;
    m_out.nodes[unit].count += asFolder || rest ? 1 : static_cast<std::uint32_t>(cells.size());
    for (const auto cell : cells) {
        putCell(cell, unit);
    }
}

void LineageUnits::addCells(std::uint32_t file, std::uint32_t group)
{
    std::vector<std::uint32_t> idle;
    for (const auto cell : m_shape.cells[file]) {
        if (m_seen[cell] && !m_shape.busy[cell] && !m_source.signs[cell]) {
            idle.push_back(cell);
        }
    }
    for (const auto cell : m_shape.cells[file]) {
        if (!m_seen[cell] || (idle.size() > 1 && std::binary_search(idle.begin(), idle.end(), cell))) {
            continue;
        }
        const auto stage = m_squeeze.stages.find(cell);
        if (stage != m_squeeze.stages.end() && !m_wish.open.contains(stage->second)) {
            const auto unit = add(stage->second, Form::More, cell);
            m_out.nodes[unit].group = group;
            m_out.nodes[unit].count += 1;
            putCell(cell, unit);
            continue;
        }
        const std::string key = keyOf(m_graph.nodes[cell]);
        const auto list = m_shape.inside.find(cell);
        const bool holds = list != m_shape.inside.end()
            && std::any_of(list->second.begin(), list->second.end(), [this](auto node) { return m_seen[node]; });
        if (holds && opened(key, m_level == Level::Variable)) {
            const auto inner = static_cast<std::uint32_t>(m_out.groups.size());
            m_out.groups.push_back({key, cell, file, group});
            addInside(cell, inner);
            continue;
        }
        const auto unit = add(key, Form::Cell, cell);
        m_out.nodes[unit].group = group;
        m_out.nodes[unit].count = 1;
        putCell(cell, unit);
    }
    if (idle.size() > 1) {
        addIdle(file, group, idle);
    }
}

// Cells without a flow of data are one node until somebody wants to see them.
void LineageUnits::addIdle(std::uint32_t file, std::uint32_t group, const std::vector<std::uint32_t>& idle)
{
    const std::string key = "more:cells:" + m_graph.files[file].path;
    const bool apart = m_wish.open.contains(key);
    for (const auto cell : idle) {
        const auto unit = apart ? add(keyOf(m_graph.nodes[cell]), Form::Cell, cell) : add(key, Form::More, cell);
        m_out.nodes[unit].group = group;
        m_out.nodes[unit].count += 1;
        putCell(cell, unit);
    }
}

void LineageUnits::addInside(std::uint32_t cell, std::uint32_t group)
{
    const auto list = m_shape.inside.find(cell);
    std::size_t added = 0;
    for (std::size_t i = 0; list != m_shape.inside.end() && i < list->second.size(); ++i) {
        if (const auto node = list->second[i]; m_seen[node]) {
            const auto unit = add(keyOf(m_graph.nodes[node]), Form::Inner, node);
            m_out.nodes[unit].group = group;
            m_out.nodes[unit].count = 1;
            put(node, unit);
            ++added;
        }
    }
    const auto touches = [cell](const lineage::Edge& edge) { return edge.from == cell || edge.to == cell; };
    if (added == 0 || std::any_of(m_graph.edges.begin(), m_graph.edges.end(), touches)) { // what the cell itself does
        const auto unit = add(keyOf(m_graph.nodes[cell]), Form::Cell, cell);
        m_out.nodes[unit].group = group;
        m_out.nodes[unit].count = 1;
        put(cell, unit);
    }
}

} // namespace cupel::widgets
