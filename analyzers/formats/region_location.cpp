// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/region_location.h"

#include <string>

namespace cupel::formats {

Location locationOf(const Analysis& analysis, const Region& region, ByteRange bytes, const LineIndex& lines)
{
    Location out;
    out.artifact = analysis.artifact.path;
    out.bytes = analysis.facts.toFile(bytes);
    if (!analysis.facts.hasLines) {
        out.human = "byte " + std::to_string(out.bytes.start);
        return out;
    }
    const auto start = lines.at(bytes.start);
    const auto end = lines.at(bytes.end);
    out.line = start.line;
    out.column = start.column;
    out.endLine = end.line;
    out.endColumn = end.column;
    out.part = region.part;
    if (region.cell < 0) {
        const bool settings = region.kind == RegionKind::Metadata || region.kind == RegionKind::WidgetState;
        out.human = (settings ? "notebook metadata, line " : "line ") + std::to_string(out.line);
        return out;
    }
    out.cell = static_cast<std::uint32_t>(region.cell);
    out.human = "cell " + std::to_string(region.cell);
    if (region.codeCell >= 0) {
        out.codeCell = static_cast<std::uint32_t>(region.codeCell);
    }
    if (region.part == Part::Output && region.output >= 0) {
        out.output = static_cast<std::uint32_t>(region.output);
        out.human += ", output " + std::to_string(region.output);
    } else if (region.part != Part::Source && region.part != Part::None) {
        out.human += ", " + std::string(toString(region.part));
    }
    return out;
}

} // namespace cupel::formats
