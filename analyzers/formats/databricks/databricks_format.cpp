// SPDX-License-Identifier: GPL-3.0-or-later
// Notebooks of Databricks exported as source: "# Databricks notebook source", cells cut by "# COMMAND ----------",
// other languages and Markdown behind "# MAGIC". SQL writes "--", Scala "//" for "#".
#include "analyzers/base/budget.h"
#include "analyzers/formats/cell_builder.h"
#include "analyzers/formats/transcode.h"

#include <algorithm>
#include <array>
#include <memory>

namespace cupel::formats::databricks {

namespace {

constexpr std::array<std::string_view, 3> commentSigns{"#", "--", "//"};

// The comment sign of the header line; empty: not such a file.
std::string_view signOf(ByteView head)
{
    for (const auto sign : commentSigns) {
        if (head.starts_with(sign) && head.substr(sign.size()).starts_with(" Databricks notebook source")) {
            return sign;
        }
    }
    return {};
}

struct Signs {
    std::string command; // "# COMMAND -----"
    std::string magic; // "# MAGIC"
    std::string title; // "# DBTITLE"
};

// The first magic line of a cell: "%md-sandbox" of "# MAGIC %md-sandbox".
std::string_view magicOf(ByteView source, const Signs& signs)
{
    for (std::uint64_t at = 0; at < source.size();) {
        const auto line = takeLine(source, at);
        if (isBlankLine(line) || line.starts_with(signs.title)) {
            continue;
        }
        if (!line.starts_with(signs.magic)) {
            return {};
        }
        const auto rest = line.substr(signs.magic.size());
        const auto first = rest.find_first_not_of(" \t");
        if (first != std::string_view::npos) {
            return rest.substr(first, rest.find_first_of(" \t", first) - first);
        }
    }
    return {};
}

void addCell(CellBuilder& cells, ByteView text, ByteRange bytes, const Signs& signs)
{
    const auto source = slice(text, bytes);
    if (source.find_first_not_of(" \t\r\n") == ByteView::npos) {
        return;
    }
    // A title is no part of the code.
    auto code = bytes;
    for (auto at = bytes.start; at < bytes.end;) {
        const auto line = takeLine(text, at);
        if (!isBlankLine(line) && !line.starts_with(signs.title)) {
            break;
        }
        code.start = line.starts_with(signs.title) ? std::min(at, bytes.end) : code.start;
    }
    const auto magic = magicOf(source, signs);
    const auto kind = magic.starts_with("%md") ? CellKind::Markdown : CellKind::Code;
    cells.beginCell(kind, bytes.start);
    cells.addOther({bytes.start, code.start}, RegionKind::Metadata, Part::Metadata, "title");
    cells.setSource(code, magic.empty() ? TextForm::Plain : TextForm::Commented);
    cells.endCell(bytes.end);
}

} // namespace

int sniff(ByteView head, std::uint64_t /*size*/, std::string_view /*fileName*/)
{
    head.remove_prefix(std::min<std::size_t>(detectEncoding(head).markSize, head.size()));
    return signOf(head).empty() ? 0 : 85;
}

void parse(const Artifact& artifact, Budget& budget, Facts& out)
{
    auto at = openText(artifact, out);
    const auto text = out.text(artifact);
    out.coverage = {artifact.view().size(), artifact.view().size()};
    auto own = std::make_shared<NotebookFacts>();
    const auto sign = signOf(text.substr(std::min<std::uint64_t>(at, text.size())));
    own->language = sign == "--" ? "sql" : sign == "//" ? "scala" : "python";
    const std::string start(sign.empty() ? "#" : sign);
    const Signs signs{start + " COMMAND -----", start + " MAGIC", start + " DBTITLE"};
    CellBuilder cells(*own, out);
    if (!sign.empty()) {
        const auto from = at;
        (void)takeLine(text, at);
        at = std::min<std::uint64_t>(at, text.size());
        cells.addOther({from, at}, RegionKind::Metadata, Part::Metadata, "header");
    }
    auto cellStart = at;
    while (at < text.size()) {
        const auto from = at;
        const auto line = takeLine(text, at);
        at = std::min<std::uint64_t>(at, text.size());
        if (line.starts_with(signs.command)) {
            addCell(cells, text, {cellStart, from}, signs);
            cells.addOther({from, at}, RegionKind::Metadata, Part::Metadata, "marker");
            cellStart = at;
        }
        if (!budget.spend(line.size() + 1)) {
            break;
        }
    }
    addCell(cells, text, {cellStart, text.size()}, signs);
    out.own = std::move(own);
}

} // namespace cupel::formats::databricks
