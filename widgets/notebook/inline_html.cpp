// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/notebook/inline_html.h"

#include "analyzers/formats/html/html_tags.h"
#include "analyzers/formats/html/html_url.h"

#include <algorithm>
#include <utility>

namespace cupel::widgets {

namespace {

using Style = InlineTag::Style;

constexpr std::array<std::pair<std::string_view, Style>, 43> shapes{{{"a", Style::Link}, {"abbr", Style::styles},
    {"b", Style::Strong}, {"big", Style::styles}, {"center", Style::styles}, {"cite", Style::Italic},
    {"code", Style::Code}, {"dd", Style::styles}, {"del", Style::Strike}, {"dfn", Style::Italic},
    {"div", Style::styles}, {"dl", Style::styles}, {"dt", Style::styles}, {"em", Style::Italic},
    {"font", Style::styles}, {"i", Style::Italic}, {"ins", Style::styles}, {"kbd", Style::Code},
    {"label", Style::styles}, {"li", Style::styles}, {"mark", Style::styles}, {"nobr", Style::styles},
    {"ol", Style::styles}, {"p", Style::styles}, {"q", Style::styles}, {"s", Style::Strike}, {"samp", Style::Code},
    {"small", Style::styles}, {"span", Style::styles}, {"strike", Style::Strike}, {"strong", Style::Strong},
    {"sub", Style::Lowered}, {"sup", Style::Raised}, {"table", Style::styles}, {"tbody", Style::styles},
    {"td", Style::styles}, {"th", Style::styles}, {"tr", Style::styles}, {"tt", Style::Code}, {"u", Style::styles},
    {"ul", Style::styles}, {"var", Style::Italic}, {"wbr", Style::styles}}};

// Sorted. Of an unknown attribute nobody can say that it does nothing.
constexpr std::array<std::string_view, 27> plainAttributes{"align", "alt", "bgcolor", "border", "cellpadding",
    "cellspacing", "class", "clear", "color", "colspan", "dir", "face", "height", "href", "hspace", "id", "lang",
    "name", "rel", "rowspan", "size", "src", "style", "target", "title", "valign", "vspace"};

bool onlyShapes(const formats::HtmlAttribute& attribute, std::string_view name)
{
    if (name == "width") {
        return true;
    }
    if (!std::binary_search(plainAttributes.begin(), plainAttributes.end(), name)) {
        return false;
    }
    if (name == "href" || name == "src") {
        using Kind = formats::HtmlUrl::Kind;
        const auto url = formats::readUrl(attribute.value);
        return !url.hidden && url.kind != Kind::Script && url.kind != Kind::Document && url.kind != Kind::LocalFile;
    }
    if (name == "style") {
        // What loads, hides, or lays text over other text.
        static constexpr std::array<std::string_view, 12> loud{"\\", "&", "/*", "url", "expression", "import",
            "position", "behavior", "binding", "display", "visibility", "opacity"};
        const auto low = formats::asciiLower(attribute.value);
        return std::none_of(
            loud.begin(), loud.end(), [&low](std::string_view word) { return low.find(word) != std::string::npos; });
    }
    return true;
}

} // namespace

InlineTag readInlineTag(std::string_view text, std::size_t at)
{
    formats::HtmlTagReader reader(text, at);
    formats::HtmlTag tag;
    InlineTag out;
    out.bytes = {at, text.size()};
    if (!reader.next(tag) || tag.bytes.start != at) {
        return out;
    }
    const auto name = formats::asciiLower(tag.name);
    bool plain = tag.kind == formats::HtmlTag::Kind::Open || tag.kind == formats::HtmlTag::Kind::Close;
    formats::HtmlAttribute attribute;
    while (plain && reader.nextAttribute(attribute)) {
        const auto what = formats::asciiLower(attribute.name);
        plain = onlyShapes(attribute, what);
        if (what == "src" && out.address.empty()) {
            out.address = attribute.valueBytes;
        }
    }
    while (reader.nextAttribute(attribute)) { }
    if (reader.unterminated()) {
        out.kind = InlineTag::Kind::Incomplete;
        return out;
    }
    out.bytes.end = std::min<std::uint64_t>(reader.position(), text.size());
    out.close = tag.kind == formats::HtmlTag::Kind::Close;
    const auto* shape = std::lower_bound(
        shapes.begin(), shapes.end(), name, [](const auto& row, const auto& key) { return row.first < key; });
    if (!plain) {
        return out;
    }
    if (name == "br") {
        out.kind = InlineTag::Kind::Break;
    } else if (name == "img" && !out.close) {
        out.kind = InlineTag::Kind::Picture;
    } else if (shape != shapes.end() && shape->first == name) {
        out.kind = InlineTag::Kind::Shape;
        out.style = shape->second;
    }
    return out;
}

void InlineStyles::take(const InlineTag& tag)
{
    if (tag.style == InlineTag::styles) {
        return;
    }
    auto& value = depth[tag.style];
    value = std::clamp(value + (tag.close ? -1 : 1), 0, 1'000'000);
}

bool isAttachment(std::string_view address)
{
    constexpr std::string_view scheme = "attachment:";
    return address.starts_with(scheme) && address.find_first_of("/\\%", scheme.size()) == std::string_view::npos;
}

std::vector<std::string_view> shifted(std::string_view text, bool raised)
{
    static constexpr std::string_view signs = "0123456789+-=()";
    static constexpr std::array<std::string_view, 15> up{"\u2070", "\u00b9", "\u00b2", "\u00b3", "\u2074", "\u2075",
        "\u2076", "\u2077", "\u2078", "\u2079", "\u207a", "\u207b", "\u207c", "\u207d", "\u207e"};
    static constexpr std::array<std::string_view, 15> down{"\u2080", "\u2081", "\u2082", "\u2083", "\u2084", "\u2085",
        "\u2086", "\u2087", "\u2088", "\u2089", "\u208a", "\u208b", "\u208c", "\u208d", "\u208e"};
    std::vector<std::string_view> out;
    for (const char c : text) {
        const auto at = signs.find(c);
        if (at == std::string_view::npos) {
            return {};
        }
        out.push_back((raised ? up : down)[at]);
    }
    return out;
}

} // namespace cupel::widgets
