// SPDX-License-Identifier: GPL-3.0-or-later
// Markup where a name, a size or a picture belongs. nbconvert before 6.5.1 writes these values into its page as they
// are (CVE-2021-32862): the title and the lexer of the notebook, tags of a cell, sizes and file names of an output, the
// base64 of a picture, and the JSON of widgets inside of a script.
#include "analyzers/base/byte_scan.h"
#include "analyzers/base/json_keys.h"
#include "analyzers/formats/html/html_tags.h"
#include "analyzers/formats/region_text.h"
#include "analyzers/rules/outputs/active_rules.h"
#include "analyzers/rules/outputs/json_part.h"
#include "analyzers/rules/outputs/metadata.h"

#include <algorithm>
#include <array>
#include <vector>

namespace cupel::rules::outputs {

namespace {

constexpr std::uint64_t mostRead = 4 << 20; // of one value, decoded
constexpr auto none = ~std::uint32_t{0};

// Whose values end up in an attribute or a heading of the page; of `tags` and `filenames` those inside as well.
bool isWritten(std::string_view key)
{
    static constexpr std::array<std::string_view, 10> keys{"alt", "codemirror_mode", "filename", "filenames", "height",
        "name", "pygments_lexer", "tags", "title", "width"};
    return std::binary_search(keys.begin(), keys.end(), key);
}

bool acts(const std::string& html, Budget& budget)
{
    const auto found = formats::findActive(html, budget);
    return std::any_of(found.begin(), found.end(), [](const formats::ActivePiece& piece) {
        const auto seen = judgePiece(piece, Carrier::Html);
        return !seen.rule.empty() && seen.severity >= Severity::Low;
    });
}

// What makes a browser take the rest for a comment or for plain text is an end of it in another place: behind
// "</title>", or behind the quote of an attribute. Taken out, the rest is seen in all of them.
std::string withoutCovers(const std::string& value)
{
    static constexpr std::array<std::string_view, 11> covers{"!--", "![cdata", "iframe", "noembed", "noframes",
        "noscript", "plaintext", "style", "textarea", "title", "xmp"};
    constexpr std::size_t longest = 9;
    std::string out = value;
    for (auto at = out.find('<'); at != std::string::npos; at = out.find('<', at + 1)) {
        const auto name = formats::asciiLower(std::string_view(out).substr(at + 1, longest));
        if (std::any_of(covers.begin(), covers.end(), [&name](auto cover) { return name.starts_with(cover); })) {
            out[at] = ' ';
        }
    }
    return out;
}

// As text of the page, as the end of an attribute that it breaks out of, and as an attribute without quotes, which
// sizes are.
bool breaksOut(const std::string& written, bool size, Budget& budget)
{
    const bool tag = written.find('<') != std::string::npos;
    const bool attribute = written.find('=') != std::string::npos;
    const auto value = tag ? withoutCovers(written) : written;
    const bool quoted = attribute && value.find('"') != std::string::npos;
    return (tag && (acts(written, budget) || acts(value, budget)))
        || (quoted && acts("<div class=\"" + value + "\">", budget))
        || (size && attribute && acts("<img width=" + value + ">", budget));
}

// No name, size or picture is as long and holds such signs behind what is read of it.
bool isTooLong(ByteView raw)
{
    return raw.size() > mostRead && findOneOf<'<', '\\'>(raw) != ByteView::npos;
}

std::string decoded(ByteView text, ByteRange inside, TextForm form)
{
    Region region;
    region.form = form;
    region.bytes = inside;
    return formats::readRegion(text, region, mostRead).text;
}

// Where a string that JSON writes ends, from a place inside it on: what is shown of it is not to go beyond.
std::uint64_t stringEnd(ByteView text, std::uint64_t at, std::uint64_t end)
{
    while (at < end && text[at] != '"') {
        at += text[at] == '\\' ? 2 : 1;
    }
    return std::min(at, end);
}

Seen seenAt(ByteRange bytes, std::size_t region, std::string_view fix)
{
    Seen seen;
    seen.rule = "CUP-OUT-INJECTED-MARKUP";
    seen.severity = Severity::Medium;
    seen.bytes = bytes;
    seen.region = static_cast<std::int32_t>(region);
    seen.fix = fix;
    seen.shown = {Carrier::Value, Act::Run};
    return seen;
}

} // namespace

void scanInjectedMetadata(const RuleInput& input, std::size_t index, Findings& out)
{
    const auto text = input.facts.text(input.artifact);
    const auto& region = input.facts.regions[index];
    if (findOneOf<'<', '\\', '='>(slice(text, region.bytes)) == ByteView::npos) {
        return;
    }
    const JsonPart json(text, region.bytes, input.budget);
    const JsonKeys keys(text);
    const auto& nodes = json.outline().nodes();
    const auto tell = [&](ByteRange place, std::string_view name) {
        auto seen = seenAt(place, index, "remove-metadata");
        seen.what = "metadata " + std::string(name);
        out.add(std::move(seen));
    };
    std::vector<std::uint32_t> written(nodes.size(), none); // the member in which it stands that is written to the page
    for (std::uint32_t i = 0; i < nodes.size() && input.budget.spend(16); ++i) {
        const auto& node = nodes[i];
        const auto key = i == 0 ? std::string_view(region.name) : keys.of(node);
        written[i] = isWritten(key) ? i : i == 0 ? none : written[node.parent];
        if (written[i] == none) {
            continue;
        }
        const auto name = written[i] == 0 ? std::string_view(region.name) : keys.of(nodes[written[i]]);
        const bool size = name == "width" || name == "height";
        if (written[i] != i && key.find_first_of("<\"=") != std::string_view::npos
            && breaksOut(std::string(key), size, input.budget)) {
            tell(node.key, name); // of an object that is written as it is
            continue;
        }
        const bool single = node.type == JsonType::String;
        const bool list = node.type == JsonType::Array || node.opaque; // also one of strings and numbers
        if ((!single && !list) || findOneOf<'<', '\\', '='>(json.raw(i)) == ByteView::npos) {
            continue;
        }
        const auto form = single ? TextForm::JsonString
            : node.stringList    ? TextForm::JsonStringList
                                 : TextForm::JsonValue;
        const ByteRange inside{node.value.start + (single ? 1 : 0), node.value.end};
        if (isTooLong(slice(text, inside)) || breaksOut(decoded(text, inside, form), size, input.budget)) {
            tell(node.value, name);
        }
    }
    const auto& outline = json.outline();
    const auto rest = slice(text, {std::min(outline.stoppedAt(), region.bytes.end), region.bytes.end});
    if (outline.stoppedEarly() && !input.budget.stopped() && findOneOf<'<', '\\'>(rest) != ByteView::npos) {
        tell(region.bytes, "that is too large to be read");
    }
}

void scanInjectedImage(const RuleInput& input, std::size_t index, Findings& out)
{
    const auto text = input.facts.text(input.artifact);
    const auto& region = input.facts.regions[index];
    const auto raw = slice(text, region.bytes);
    auto at = findOneOf<'<', '\\'>(raw);
    // Line ends are the only escapes that base64 has.
    while (at != std::string_view::npos && raw[at] == '\\' && at + 1 < raw.size() && raw[at + 1] == 'n') {
        at = findOneOf<'<', '\\'>(raw, at + 2);
    }
    if (at == std::string_view::npos || !input.budget.spend(raw.size() / 64 + 1)) {
        return;
    }
    const auto start = region.bytes.start + at;
    if (raw.find('<', mostRead) != ByteView::npos
        || breaksOut(decoded(text, region.bytes, region.form), false, input.budget)) {
        const auto end = stringEnd(text, start, std::min(region.bytes.end, start + 80));
        auto seen = seenAt({start, end}, index, "drop-output");
        seen.what = region.name;
        out.add(std::move(seen));
    }
}

void scanInjectedName(const RuleInput& input, std::size_t index, Findings& out)
{
    const auto text = input.facts.text(input.artifact);
    const auto& region = input.facts.regions[index];
    if (!region.name.ends_with("_filename") || !input.budget.spend(region.bytes.size() / 64 + 1)
        || findOneOf<'<', '\\', '='>(slice(text, region.bytes)) == ByteView::npos) {
        return;
    }
    if (breaksOut(decoded(text, region.bytes, TextForm::JsonValue), false, input.budget)) {
        auto seen = seenAt(region.bytes, index, "drop-output");
        seen.what = region.name;
        out.add(std::move(seen));
    }
}

void scanInjectedWidget(const RuleInput& input, std::size_t index, Findings& out)
{
    constexpr std::string_view end = "/script";
    const auto text = input.facts.text(input.artifact);
    const auto& region = input.facts.regions[index];
    const auto raw = slice(text, region.bytes);
    if (!input.budget.spend(raw.size() / 64 + 1) || findOneOf<'<', '\\'>(raw) == ByteView::npos) {
        return;
    }
    // In any letters, and with the slash that JSON may escape.
    for (auto at = raw.find('<'); at != std::string_view::npos; at = raw.find('<', at + 1)) {
        const auto from = at + (at + 1 < raw.size() && raw[at + 1] == '\\' ? 2 : 1);
        if (formats::asciiLower(raw.substr(std::min(from, raw.size()), end.size())) == end) {
            const auto start = region.bytes.start + at;
            auto seen = seenAt({start, std::min(region.bytes.end, start + 80)}, index,
                region.part == Part::Output ? "drop-output" : "remove-widget-state");
            seen.what = region.part == Part::Output ? region.name : "widget state";
            out.add(std::move(seen));
            return;
        }
    }
}

} // namespace cupel::rules::outputs
