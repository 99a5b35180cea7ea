// SPDX-License-Identifier: GPL-3.0-or-later
// Python scripts, plain or in the percent format ("# %%" starts a cell; jupytext, Spyder, VS Code).
#include "analyzers/base/budget.h"
#include "analyzers/formats/cell_builder.h"
#include "analyzers/formats/jupytext_script.h"
#include "analyzers/formats/transcode.h"

#include <algorithm>
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

// Markers are part of their cell, but for one whose lines all stand behind a comment sign: there the marker has none.
void addCell(CellBuilder& cells, CellKind kind, ByteView text, ByteRange bytes, bool jupytext)
{
    auto at = bytes.start;
    const auto line = takeLine(text, at);
    const auto behind = std::min(isMarker(line) ? at : bytes.start, bytes.end);
    const auto marker = isMarker(line) ? line : std::string_view();
    const bool code = kind == CellKind::Code && jupytext;
    const auto source = code ? jupytextSource(slice(text, {behind, bytes.end}), marker) : JupytextSource();
    cells.beginCell(kind, bytes.start);
    if (source.form == TextForm::Commented) {
        cells.addOther({bytes.start, behind}, RegionKind::Metadata, Part::Metadata, "marker");
        cells.setSource({behind, bytes.end}, source.form, source.language);
    } else {
        cells.setSource(bytes, source.form, source.language);
    }
    cells.endCell(bytes.end);
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
    CellBuilder cells(*own, out);
    const auto header = slice(text, {start, jupytextHeaderEnd(text, start)});
    const bool jupytext = header.find("jupytext") != ByteView::npos || header.find("kernelspec") != ByteView::npos;
    std::uint64_t cellStart = start;
    CellKind kind = CellKind::Code;
    bool anyMarker = false;
    for (std::uint64_t at = start; at < text.size();) {
        const auto lineEnd = std::min<std::uint64_t>(text.find('\n', at), text.size());
        const auto line = text.substr(at, lineEnd - at);
        if (isMarker(line)) {
            if (at > cellStart || anyMarker) {
                addCell(cells, kind, text, {cellStart, at}, jupytext);
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
        addCell(cells, kind, text, {cellStart, text.size()}, jupytext);
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
