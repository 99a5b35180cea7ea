// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/cell_builder.h"

#include <algorithm>

namespace cupel::formats {

namespace {

RegionKind regionKind(CellKind kind)
{
    return kind == CellKind::Markdown || kind == CellKind::Heading ? RegionKind::Markdown
        : kind == CellKind::Raw                                    ? RegionKind::Raw
                                                                   : RegionKind::Code;
}

} // namespace

Region CellBuilder::region(ByteRange bytes, RegionKind kind, Part part, TextForm form) const
{
    Region region;
    region.kind = kind;
    region.part = part;
    region.form = form;
    region.bytes = bytes;
    if (!m_own.cells.empty()) {
        region.cell = static_cast<std::int32_t>(m_own.cells.size() - 1);
        region.codeCell = m_own.cells.back().codeCell;
    }
    return region;
}

void CellBuilder::beginCell(CellKind kind, std::uint64_t start)
{
    Cell cell;
    cell.kind = kind;
    cell.bytes = {start, start};
    cell.codeCell = kind == CellKind::Code ? m_codeCells++ : -1;
    m_own.cells.push_back(std::move(cell));
}

void CellBuilder::setSource(ByteRange source, TextForm form, std::string_view language)
{
    if (m_own.cells.empty() || source.empty()) {
        return;
    }
    auto& cell = m_own.cells.back();
    m_out.regions.push_back(region(source, regionKind(cell.kind), Part::Source, form));
    m_out.regions.back().name = language;
    if (cell.source < 0) {
        cell.source = static_cast<std::int32_t>(m_out.regions.size() - 1);
    }
}

void CellBuilder::endCell(std::uint64_t end)
{
    if (!m_own.cells.empty()) {
        m_own.cells.back().bytes.end = std::max(m_own.cells.back().bytes.end, end);
    }
}

void CellBuilder::addCell(CellKind kind, ByteRange bytes, ByteRange source, TextForm form, std::string_view language)
{
    beginCell(kind, bytes.start);
    setSource(source, form, language);
    endCell(bytes.end);
}

void CellBuilder::addOther(ByteRange bytes, RegionKind kind, Part part, std::string_view name, TextForm form)
{
    if (!bytes.empty()) {
        m_out.regions.push_back(region(bytes, kind, part, form));
        m_out.regions.back().name = name;
    }
}

void CellBuilder::addOutput(
    std::string_view type, ByteRange bytes, RegionKind kind, TextForm form, std::string_view name)
{
    auto made = region(bytes, kind, Part::Output, form);
    made.name = name;
    if (m_own.cells.empty()) {
        m_out.regions.push_back(std::move(made));
        return;
    }
    auto& cell = m_own.cells.back();
    made.output = static_cast<std::int32_t>(cell.outputs.size());
    m_out.regions.push_back(std::move(made));
    Output output;
    output.type = type;
    output.bytes = bytes;
    output.regions.push_back(static_cast<std::uint32_t>(m_out.regions.size() - 1));
    cell.outputs.push_back(std::move(output));
    ++m_own.outputCount;
}

std::string_view takeLine(ByteView text, std::uint64_t& at)
{
    const auto end = std::min<std::uint64_t>(text.find('\n', at), text.size());
    auto line = text.substr(at, end - at);
    at = end + 1;
    if (line.ends_with('\r')) {
        line.remove_suffix(1);
    }
    return line;
}

bool isBlankLine(std::string_view line)
{
    return line.find_first_not_of(" \t\r") == std::string_view::npos;
}

bool allStartWith(ByteView text, std::string_view sign)
{
    for (std::uint64_t at = 0; at < text.size();) {
        const auto line = takeLine(text, at);
        if (!isBlankLine(line) && !line.starts_with(sign)) {
            return false;
        }
    }
    return true;
}

} // namespace cupel::formats
