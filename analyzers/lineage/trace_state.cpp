// SPDX-License-Identifier: GPL-3.0-or-later
// Tools that all parts of the walk use: things, texts, places, ids, and whether it is time to stop.
#include "analyzers/lineage/trace_state.h"

#include "analyzers/lineage/working_folder.h"

#include <algorithm>

namespace cupel::lineage {

namespace {

using Kind = code::NodeKind;

constexpr std::size_t maxTexts = 16 << 20;

} // namespace

bool TraceState::spent()
{
    for (; m_weighed + 1 < m_things.size(); ++m_weighed) {
        m_weight += m_things[m_weighed].weight();
    }
    if (++m_steps > maxSteps || m_things.size() > maxThings || m_weight > maxWeight || !m_budget.spend(1)) {
        m_out.graph().complete = false;
        return true;
    }
    return false;
}

const formats::CodeCell& TraceState::cellOf(std::uint32_t unit) const
{
    const auto& entry = m_units[unit];
    return entry.written ? entry.file->written[infoOf(unit).cell] : entry.file->code->cells()[infoOf(unit).cell];
}

const CodeUnit& TraceState::infoOf(std::uint32_t unit) const
{
    const auto& entry = m_units[unit];
    return entry.written ? entry.file->writtenUnits[entry.index] : entry.file->units[entry.index];
}

std::string_view TraceState::nodeText(std::uint32_t node) const
{
    return slice(cellOf(m_unit).text, tree()[node].bytes());
}

Place TraceState::placeOf(CodePlace code) const
{
    Place out;
    if (code.unit >= m_units.size()) {
        return out;
    }
    const auto& unit = m_units[code.unit];
    const auto& info = infoOf(code.unit);
    const auto& cell = cellOf(code.unit);
    const auto bytes = code.node < cell.syntax.size() ? cell.syntax[code.node].bytes() : ByteRange{};
    out.file = unit.graphFile;
    out.line = static_cast<std::uint32_t>(cell.lineOf(bytes.start));
    out.bytes = cell.toArtifact(bytes);
    if (unit.file->notebook) {
        out.cell = cell.cell;
        out.codeCell = cell.codeCell;
        out.exec = info.exec;
    } else {
        out.line += info.firstLine - 1;
    }
    return out;
}

Place TraceState::commandPlace(ByteRange bytes) const
{
    Place out = placeOf({m_unit, 0});
    const auto& cell = cellOf(m_unit);
    const auto& unit = m_units[m_unit];
    out.line =
        static_cast<std::uint32_t>(cell.lineOf(bytes.start)) + (unit.file->notebook ? 0 : infoOf(m_unit).firstLine - 1);
    out.bytes = cell.toArtifact(bytes);
    return out;
}

std::vector<Place> TraceState::calledFrom() const
{
    std::vector<Place> list;
    for (const auto& frame : m_frames) {
        if (frame.callSite.file != none) {
            list.push_back(frame.callSite);
        }
    }
    return list;
}

std::string_view TraceState::keep(std::string text)
{
    m_textBytes += text.size();
    if (m_textBytes > maxTexts) {
        m_out.graph().complete = false;
        return {};
    }
    return m_texts.emplace_back(std::move(text));
}

std::string TraceState::placeId(std::uint32_t node, std::string_view what)
{
    const auto& unit = m_units[m_unit];
    const auto start = node < tree().size() ? tree()[node].start : 0;
    std::string cell = unit.file->path;
    if (unit.file->notebook) {
        cell += '#' + infoOf(m_unit).key;
    }
    cell += '/' + std::string(what);
    auto& id = m_placeIds[cell + '@' + infoOf(m_unit).key + ':' + std::to_string(start)];
    if (id.empty()) {
        const auto before = m_counted[cell]++;
        id = before == 0 ? cell : cell + '~' + std::to_string(before);
    }
    return id;
}

std::string TraceState::placeIdOf(CodePlace made)
{
    const auto before = m_unit;
    m_unit = made.unit < m_units.size() ? made.unit : m_unit;
    auto id = placeId(made.node, {});
    m_unit = before;
    return id;
}

std::uint32_t TraceState::cellNode(std::uint32_t unit)
{
    const auto& entry = m_units[unit];
    const auto& cell = cellOf(unit);
    Place where = placeOf({unit, 0});
    const auto& key = m_units[unit].written ? entry.file->units[infoOf(unit).writes].key : infoOf(unit).key;
    const std::string id = "cell:" + entry.file->path + (entry.file->notebook ? '#' + key : std::string());
    const std::string label = entry.file->notebook ? "cell " + std::to_string(cell.cell)
                                                   : entry.file->path.substr(entry.file->path.rfind('/') + 1);
    return m_out.node(NodeKind::Cell, id, label, where);
}

Ref TraceState::make(ThingKind kind, std::uint32_t node)
{
    auto& thing = m_things.emplace_back();
    thing.kind = kind;
    thing.place = {m_unit, node};
    return static_cast<Ref>(m_things.size() - 1);
}

Ref TraceState::text(std::string value, std::uint32_t node)
{
    const auto ref = make(ThingKind::Text, node);
    at(ref).text = keep(std::move(value));
    return ref;
}

Ref TraceState::object(std::string_view type, std::uint32_t node)
{
    const auto ref = make(ThingKind::Object, node);
    at(ref).type = type;
    return ref;
}

Ref TraceState::derived(const std::vector<Ref>& from, std::uint32_t node, std::string_view type)
{
    const auto ref = object(type, node);
    for (const auto part : from) {
        at(ref).takeData(at(part));
    }
    return ref;
}

void TraceState::addItems(Ref list, Ref from)
{
    const auto more = at(from).items;
    auto& items = at(list).items;
    const auto room = items.size() < maxListed ? maxListed - items.size() : 0;
    items.insert(items.end(), more.begin(), more.begin() + static_cast<std::ptrdiff_t>(std::min(room, more.size())));
    at(list).open = at(list).open || more.size() > room;
    charge(more.size() / 16);
}

Marks TraceState::dataOf(const std::vector<Ref>& things)
{
    Marks marks;
    for (const auto ref : things) {
        mergeMarks(marks, at(ref).from);
    }
    return marks;
}

std::string TraceState::workingFolder()
{
    if (!m_directory.empty()) {
        return m_directory;
    }
    if (!m_startFolder) {
        m_startFolder = workingFolderOf(*m_file, m_files);
    }
    return *m_startFolder;
}

bool TraceState::statementOf(std::uint32_t node) const
{
    return tree()[tree()[node].parent].kind == Kind::ExpressionStatement;
}

} // namespace cupel::lineage
