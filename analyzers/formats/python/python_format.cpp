// SPDX-License-Identifier: GPL-3.0-or-later
// Python scripts, plain or in the percent format ("# %%" starts a cell; jupytext, Spyder, VS Code).
#include "analyzers/base/budget.h"
#include "analyzers/formats/notebook/notebook_facts.h"
#include "analyzers/formats/transcode.h"

#include <array>
#include <memory>

namespace cupel::formats::python {

namespace {

// A percent-format cell marker: "# %%" or "#%%" at the start of a line.
bool isMarker(std::string_view line)
{
    if (!line.starts_with('#')) {
        return false;
    }
    line.remove_prefix(1);
    if (line.starts_with(' ')) {
        line.remove_prefix(1);
    }
    return line.starts_with("%%")
        && (line.size() == 2 || line[2] == ' ' || line[2] == '\r' || line[2] == '\t' || line[2] == '%');
}

CellKind kindOf(std::string_view marker)
{
    if (marker.find("[markdown]") != std::string_view::npos || marker.find("[md]") != std::string_view::npos) {
        return CellKind::Markdown;
    }
    return marker.find("[raw]") != std::string_view::npos ? CellKind::Raw : CellKind::Code;
}

void addCell(NotebookFacts& own, Facts& out, CellKind kind, ByteRange bytes)
{
    Cell cell;
    cell.kind = kind;
    cell.bytes = bytes;
    Region region;
    region.part = Part::Source;
    region.bytes = bytes;
    region.cell = static_cast<std::int32_t>(own.cells.size());
    region.kind = kind == CellKind::Code ? RegionKind::Code
        : kind == CellKind::Markdown     ? RegionKind::Markdown
                                         : RegionKind::Raw;
    if (kind == CellKind::Code) {
        std::int32_t codeCells = 0;
        for (auto it = own.cells.rbegin(); it != own.cells.rend(); ++it) {
            if (it->codeCell >= 0) {
                codeCells = it->codeCell + 1;
                break;
            }
        }
        cell.codeCell = codeCells;
    }
    region.codeCell = cell.codeCell;
    cell.source = static_cast<std::int32_t>(out.regions.size());
    out.regions.push_back(region);
    own.cells.push_back(std::move(cell));
}

} // namespace

int sniff(ByteView head, std::uint64_t /*size*/, std::string_view fileName)
{
    static constexpr std::array<std::string_view, 3> suffixes{".py", ".pyi", ".pyw"};
    for (const auto suffix : suffixes) {
        if (fileName.ends_with(suffix)) {
            return head.find('\0') == ByteView::npos || detectEncoding(head).kind != Encoding::Kind::Utf8 ? 60 : 0;
        }
    }
    return head.starts_with("#!") && head.substr(0, head.find('\n')).find("python") != ByteView::npos ? 55 : 0;
}

void parse(const Artifact& artifact, Budget& budget, Facts& out)
{
    const auto start = openText(artifact, out);
    const auto text = out.text(artifact);
    out.coverage = {artifact.view().size(), artifact.view().size()};
    auto own = std::make_shared<NotebookFacts>();
    own->language = "python";
    std::uint64_t cellStart = start;
    CellKind kind = CellKind::Code;
    bool anyMarker = false;
    for (std::uint64_t at = start; at < text.size();) {
        const auto lineEnd = std::min<std::uint64_t>(text.find('\n', at), text.size());
        const auto line = text.substr(at, lineEnd - at);
        if (isMarker(line)) {
            if (at > cellStart || anyMarker) {
                addCell(*own, out, kind, {cellStart, at});
            }
            anyMarker = true;
            kind = kindOf(line);
            cellStart = at;
        }
        at = lineEnd + 1;
        if (!budget.spend(line.size() + 1)) {
            break;
        }
    }
    if (anyMarker) {
        addCell(*own, out, kind, {cellStart, text.size()});
        out.own = own;
        return;
    }
    Region whole;
    whole.kind = RegionKind::Code;
    whole.part = Part::Source;
    whole.bytes = {start, text.size()};
    out.regions.push_back(whole);
}

} // namespace cupel::formats::python
