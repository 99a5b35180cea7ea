// SPDX-License-Identifier: GPL-3.0-or-later
// Notebooks of marimo: a Python file whose cells are functions under "@app.cell". Each cell keeps its decorator and its
// function, so that it stays Python.
#include "analyzers/base/budget.h"
#include "analyzers/formats/cell_builder.h"
#include "analyzers/formats/transcode.h"

#include <algorithm>
#include <cstring>
#include <memory>

namespace cupel::formats::marimo {

namespace {

bool startsCell(std::string_view line)
{
    return line.starts_with("@app.cell") || line.starts_with("@app.function")
        || line.starts_with("@app.class_definition") || line.starts_with("with app.setup");
}

} // namespace

int sniff(ByteView head, std::uint64_t /*size*/, std::string_view /*fileName*/)
{
    constexpr std::string_view made = "marimo.App(";
    const bool app = !head.empty() && ::memmem(head.data(), head.size(), made.data(), made.size()) != nullptr
        && head.find("import marimo") != ByteView::npos;
    return app && head.find("\n@app.") != ByteView::npos && head.find('\0') == ByteView::npos ? 82 : 0;
}

void parse(const Artifact& artifact, Budget& budget, Facts& out)
{
    auto at = openText(artifact, out);
    const auto text = out.text(artifact);
    out.coverage = {artifact.view().size(), artifact.view().size()};
    auto own = std::make_shared<NotebookFacts>();
    own->language = "python";
    CellBuilder cells(*own, out);
    auto start = at;
    bool inCell = false;
    const auto finish = [&](std::uint64_t end) {
        if (inCell) {
            cells.addCell(CellKind::Code, {start, end}, {start, end});
        } else {
            cells.addOther({start, end}, RegionKind::Code, Part::Source);
        }
        start = end;
    };
    while (at < text.size()) {
        const auto from = at;
        const auto line = takeLine(text, at);
        at = std::min<std::uint64_t>(at, text.size());
        if (startsCell(line) || line.starts_with("if __name__")) {
            finish(from);
            inCell = startsCell(line);
        }
        if (!budget.spend(line.size() + 1)) {
            break;
        }
    }
    finish(text.size());
    out.own = std::move(own);
}

} // namespace cupel::formats::marimo
