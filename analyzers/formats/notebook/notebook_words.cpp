// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/notebook/notebook_words.h"

#include <algorithm>
#include <array>
#include <utility>

namespace cupel::formats {

bool isWord(ByteView json)
{
    constexpr std::size_t tooShort = 14; // for a credential, with its quotes
    constexpr std::size_t longest = 48;
    constexpr std::ptrdiff_t mostDigits = 2; // "application/vnd.vega.v5+json"
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    const auto isPart = [&](char c) {
        return (c >= 'a' && c <= 'z') || isDigit(c) || ByteView("\"_-./+").find(c) != ByteView::npos;
    };
    return json.size() <= tooShort
        || (json.size() <= longest && std::all_of(json.begin(), json.end(), isPart)
            && std::count_if(json.begin(), json.end(), isDigit) <= mostDigits);
}

bool isCellId(ByteView json)
{
    constexpr std::size_t uuid = 38;
    return isWord(json)
        || (json.size() <= uuid && json.find_first_not_of("\"-0123456789abcdefABCDEF") == ByteView::npos);
}

std::string_view mimeOfVersion3(std::string_view key)
{
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 10> table{
        {{"text", "text/plain"}, {"html", "text/html"}, {"png", "image/png"}, {"jpeg", "image/jpeg"},
            {"svg", "image/svg+xml"}, {"latex", "text/latex"}, {"json", "application/json"},
            {"javascript", "application/javascript"}, {"pdf", "application/pdf"}, {"metadata", {}}}};
    const auto hit = std::find_if(table.begin(), table.end(), [key](const auto& row) { return row.first == key; });
    return hit == table.end() ? std::string_view() : hit->second;
}

RegionKind kindOfMime(std::string_view mime)
{
    if (mime == "text/html") {
        return RegionKind::Html;
    }
    if (mime == "image/svg+xml") {
        return RegionKind::Svg;
    }
    if (mime == "text/markdown") {
        return RegionKind::Markdown;
    }
    if (mime == "text/latex") {
        return RegionKind::Latex;
    }
    // Their extensions put what is said to be JSON into a script element.
    const bool loader = mime.starts_with("application/vnd.bokehjs_") || mime.starts_with("application/vnd.holoviews_");
    if (mime.ends_with("javascript") || loader) {
        return RegionKind::JavaScript;
    }
    if (mime.starts_with("application/vnd.jupyter.widget")) {
        return RegionKind::WidgetState;
    }
    return mime.find("json") != std::string_view::npos ? RegionKind::Json : RegionKind::Text;
}

CellKind kindOfCell(std::string_view type)
{
    static constexpr std::array<std::pair<std::string_view, CellKind>, 5> table{
        {{"code", CellKind::Code}, {"markdown", CellKind::Markdown}, {"raw", CellKind::Raw},
            {"heading", CellKind::Heading}, {"html", CellKind::Markdown}}};
    const auto hit = std::find_if(table.begin(), table.end(), [type](const auto& row) { return row.first == type; });
    return hit == table.end() ? CellKind::Unknown : hit->second;
}

RegionKind regionOf(CellKind kind)
{
    switch (kind) {
    case CellKind::Markdown:
    case CellKind::Heading:
        return RegionKind::Markdown;
    case CellKind::Raw:
        return RegionKind::Raw;
    case CellKind::Code:
    case CellKind::Unknown:
        break;
    }
    return RegionKind::Code;
}

} // namespace cupel::formats
