// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/review/cell_texts.h"

#include "analyzers/base/hash.h"
#include "analyzers/base/json_text.h"
#include "analyzers/formats/region_text.h"

#include <algorithm>
#include <utility>

namespace cupel::review {

namespace {

constexpr std::size_t longestSource = 256 << 10; // of which cells are compared word by word
constexpr std::uint64_t leastShown = 24; // bytes of outputs that tell a cell from others

// A JSON value without the blanks between its parts, its texts without escapes.
void addJson(ByteView text, ByteRange value, Sha256Stream& form)
{
    constexpr std::size_t most = 64 << 10; // of a text at once
    std::string decoded;
    OffsetMap map;
    auto at = value.start;
    while (at < value.end) {
        const auto quote = std::min<std::uint64_t>(text.substr(0, value.end).find('"', at), value.end);
        form.add(withoutBlanks(text.substr(at, quote - at)));
        at = std::min<std::uint64_t>(quote + 1, value.end);
        form.add(std::string_view("\""));
        for (bool open = at < value.end; open;) {
            decoded.clear();
            map.clear();
            const auto got = unescapeJson(text, at, value.end, true, decoded, map, most);
            form.add(decoded);
            open = !got.stoppedAtQuote && got.end < value.end && got.end > at;
            at = got.stoppedAtQuote ? got.end + 1 : got.end;
        }
        form.add(std::string_view("\""));
    }
}

// What the outputs say, however the file writes it: one text or a list of lines, with escapes or without, indented or
// not. Two programs write the same output differently.
std::string outputKey(const Analysis& analysis, const formats::Cell& cell, std::uint64_t& shown)
{
    Sha256Stream digest;
    std::vector<std::string> forms;
    for (const auto& output : cell.outputs) {
        forms.clear();
        for (const auto index : output.regions) {
            const auto& region = analysis.facts.regions[index];
            const auto text = analysis.facts.text(analysis.artifact);
            formats::RegionReader reader(text, region);
            formats::TextPiece piece;
            Sha256Stream form;
            if (region.form == TextForm::JsonValue) {
                addJson(text, region.bytes, form);
                shown += region.bytes.size();
            }
            while (region.form != TextForm::JsonValue && reader.next(piece)) {
                const auto fresh = std::string_view(piece.text).substr(piece.overlap);
                form.add(fresh);
                shown += fresh.size();
            }
            forms.push_back(region.name + toHex(form.finish()));
        }
        std::sort(forms.begin(), forms.end()); // programs order them as they like
        for (const auto& form : forms) {
            digest.add(form);
        }
        digest.add(std::string_view(";"));
    }
    return toHex(digest.finish());
}

void readSource(ByteView text, const Region& region, CellText& entry)
{
    formats::RegionReader reader(text, region);
    formats::TextPiece piece;
    Sha256Stream key;
    Sha256Stream whole;
    bool all = true;
    while (reader.next(piece)) {
        const auto fresh = std::string_view(piece.text).substr(piece.overlap);
        key.add(withoutBlanks(fresh));
        whole.add(fresh);
        if (entry.source.size() < longestSource) {
            entry.source += fresh;
        } else {
            all = false;
        }
    }
    entry.sourceKey = toHex(key.finish());
    entry.whole = all ? std::string() : toHex(whole.finish());
}

// JSON without the blanks between its parts.
std::string compact(std::string_view json)
{
    std::string out;
    bool inside = false; // of a string
    for (std::size_t i = 0; i < json.size(); ++i) {
        const char c = json[i];
        if (inside && c == '\\' && i + 1 < json.size()) {
            out += c;
            out += json[++i];
            continue;
        }
        inside = inside != (c == '"');
        if (inside || (c != ' ' && c != '\t' && c != '\n' && c != '\r')) {
            out += c;
        }
    }
    return out;
}

// Two programs indent the same metadata differently, and an empty record is as none.
std::string metadataKey(const Analysis& analysis, const formats::Cell& cell)
{
    Sha256Stream digest;
    const auto add = [&](std::int32_t index, const std::string& whose) {
        if (index >= 0 && static_cast<std::size_t>(index) < analysis.facts.regions.size()) {
            const auto& region = analysis.facts.regions[static_cast<std::size_t>(index)];
            const auto text = compact(slice(analysis.facts.text(analysis.artifact), region.bytes));
            digest.add(text == "{}" ? std::string() : whose + text);
        }
    };
    add(cell.metadata, "cell");
    for (std::size_t i = 0; i < cell.outputs.size(); ++i) {
        add(cell.outputs[i].metadata, "output " + std::to_string(i));
    }
    return toHex(digest.finish());
}

} // namespace

std::string withoutBlanks(std::string_view text)
{
    std::string out;
    for (const char c : text) {
        if (c != ' ' && c != '\t' && c != '\n' && c != '\r') {
            out.push_back(c);
        }
    }
    return out;
}

std::vector<CellText> readCells(const Analysis& analysis, const formats::NotebookFacts& notebook)
{
    const auto text = analysis.facts.text(analysis.artifact);
    const auto& regions = analysis.facts.regions;
    std::vector<CellText> cells;
    for (const auto& cell : notebook.cells) {
        CellText entry;
        entry.kind = cell.kind;
        entry.id = cell.id;
        if (cell.source >= 0 && static_cast<std::size_t>(cell.source) < regions.size()) {
            readSource(text, regions[static_cast<std::size_t>(cell.source)], entry);
        } else {
            entry.sourceKey = toHex(sha256(std::string_view()));
        }
        std::uint64_t shown = 0;
        entry.outputKey = outputKey(analysis, cell, shown);
        entry.shownKey = shown >= leastShown ? entry.outputKey : std::string();
        entry.metadataKey = metadataKey(analysis, cell);
        cells.push_back(std::move(entry));
    }
    return cells;
}

} // namespace cupel::review
