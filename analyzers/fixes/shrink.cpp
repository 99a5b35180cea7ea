// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/fixes/shrink.h"

#include "analyzers/formats/html/html_tags.h"
#include "analyzers/formats/region_text.h"

#include <algorithm>
#include <iterator>
#include <string>

namespace cupel::fixes {

namespace {

constexpr std::size_t keptLines = 20;
constexpr std::size_t keptRows = 10;
constexpr std::size_t keptBytes = 4'000; // of lines
constexpr std::size_t keptOfLine = 200; // of a first line that is longer than that
constexpr std::size_t worthwhile = 1'000; // bytes that have to go

struct Cut {
    ByteRange bytes; // in the decoded text
    std::string marker;
};

class Shrinker {
public:
    Shrinker(const formats::TextPiece& piece, const std::vector<ByteRange>& sensitive)
        : m_text(piece.text)
        , m_map(piece.map)
        , m_sensitive(sensitive)
    {
    }

    [[nodiscard]] std::vector<Cut> lines() const
    {
        std::size_t at = 0;
        for (std::size_t line = 0; line < keptLines; ++line) {
            const auto end = m_text.find('\n', at);
            if (end == std::string_view::npos || end >= keptBytes || holdsSensitive({at, end + 1})) {
                break;
            }
            at = end + 1;
        }
        if (at == 0) {
            at = startOfLine();
        }
        const auto rest = m_text.substr(at);
        if (rest.size() < worthwhile) {
            return {};
        }
        if (at > 0 && m_text[at - 1] != '\n') {
            return {{{at, m_text.size()}, " [" + counted(countCharacters(rest), "more character") + " cut]"}};
        }
        const bool ended = rest.ends_with('\n');
        const auto count = static_cast<std::size_t>(std::count(rest.begin(), rest.end(), '\n')) + (ended ? 0 : 1);
        return {{{at, m_text.size()}, '[' + counted(count, "more line") + " cut]" + (ended ? "\n" : "")}};
    }

    // The rows of each outermost table, behind those of its head.
    [[nodiscard]] std::vector<Cut> rows() const
    {
        std::vector<Cut> cuts;
        Table table;
        formats::HtmlTagReader reader(m_text);
        formats::HtmlTag tag;
        formats::HtmlAttribute attribute;
        std::size_t depth = 0;
        while (reader.next(tag)) {
            const auto start = tag.bytes.start;
            while (reader.nextAttribute(attribute)) { }
            const auto name = formats::asciiLower(tag.name.substr(0, 12));
            if (tag.kind == formats::HtmlTag::Kind::Open && (name == "script" || name == "style")) {
                reader.moveTo(reader.rawEnd(name));
            } else if (name == "table" && tag.kind == formats::HtmlTag::Kind::Open) {
                table = depth++ == 0 ? Table() : table;
            } else if (name == "table" && tag.kind == formats::HtmlTag::Kind::Close && depth > 0) {
                if (--depth == 0) {
                    finish(table, cuts);
                }
            } else if (depth == 1) {
                step(table, tag, name, start, reader.position());
            }
        }
        if (depth > 0) {
            finish(table, cuts);
        }
        return cuts;
    }

private:
    struct Table {
        bool head = false;
        bool inRow = false;
        bool keeps = true;
        std::size_t rowStart = 0;
        std::size_t cells = 0; // of the row
        std::size_t width = 1;
        std::size_t kept = 0;
        std::size_t cut = 0;
        std::size_t cutStart = 0;
        std::size_t cutEnd = 0;
    };

    void step(
        Table& table, const formats::HtmlTag& tag, std::string_view name, std::size_t start, std::size_t end) const
    {
        const bool open = tag.kind == formats::HtmlTag::Kind::Open;
        if (name == "thead") {
            table.head = open;
        } else if (name == "tr" && open) {
            table.inRow = true;
            table.rowStart = start;
            table.cells = 0;
        } else if ((name == "td" || name == "th") && open) {
            ++table.cells;
        } else if (name == "tr" && tag.kind == formats::HtmlTag::Kind::Close && table.inRow && !table.head) {
            table.inRow = false;
            table.width = std::max(table.width, table.cells);
            table.keeps = table.keeps && table.kept < keptRows && !holdsSensitive({table.rowStart, end});
            if (table.keeps) {
                ++table.kept;
            } else {
                table.cutStart = table.cut++ == 0 ? table.rowStart : table.cutStart;
                table.cutEnd = end;
            }
        }
    }

    static void finish(const Table& table, std::vector<Cut>& cuts)
    {
        constexpr std::size_t widest = 1'000; // as browsers have it
        if (table.cut > 0 && table.cutEnd - table.cutStart >= worthwhile) {
            cuts.push_back({{table.cutStart, table.cutEnd},
                "<tr><td colspan=\"" + std::to_string(std::min(table.width, widest)) + "\">["
                    + counted(table.cut, "more row") + " cut]</td></tr>"});
        }
    }

    // The beginning of one very long line, unless it holds what must not be shown.
    [[nodiscard]] std::size_t startOfLine() const
    {
        const auto line = std::min(m_text.find('\n'), m_text.size());
        auto at = std::min(line, keptOfLine);
        while (at > 0 && at < m_text.size() && (static_cast<unsigned char>(m_text[at]) & 0xC0) == 0x80) {
            --at;
        }
        return line < keptBytes || holdsSensitive({0, at}) ? 0 : at;
    }

    [[nodiscard]] bool holdsSensitive(ByteRange decoded) const
    {
        const auto bytes = m_map.toRaw(decoded);
        const auto next = std::partition_point(m_sensitive.begin(), m_sensitive.end(),
            [&bytes](const ByteRange& range) { return range.end <= bytes.start; });
        return next != m_sensitive.end() && next->start < bytes.end;
    }

    static std::size_t countCharacters(std::string_view text)
    {
        return static_cast<std::size_t>(std::count_if(
            text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
    }

    static std::string counted(std::size_t count, const std::string& noun)
    {
        return std::to_string(count) + ' ' + noun + (count == 1 ? "" : "s");
    }

    std::string_view m_text;
    const OffsetMap& m_map;
    const std::vector<ByteRange>& m_sensitive;
};

} // namespace

bool canShrink(const Region& region)
{
    return region.part == Part::Output
        && (region.form == TextForm::JsonString || region.form == TextForm::JsonStringList)
        && (region.kind == RegionKind::Text || region.kind == RegionKind::Stream || region.kind == RegionKind::Html);
}

std::vector<RawEdit> shrink(ByteView artifactText, const Region& region, const std::vector<ByteRange>& sensitive,
    PlaceWriter& writer, Budget& budget)
{
    std::vector<RawEdit> edits;
    if (!canShrink(region) || !budget.spend(region.bytes.size())) {
        return edits;
    }
    // Decoded text is never longer than what is written; half an output must not be taken for all of it.
    const auto piece = formats::readRegion(artifactText, region, region.bytes.size() + 1);
    const Shrinker shrinker(piece, sensitive);
    for (const auto& cut : region.kind == RegionKind::Html ? shrinker.rows() : shrinker.lines()) {
        auto more = writer.putAcross(piece.map.toRaw(cut.bytes), cut.marker);
        std::move(more.begin(), more.end(), std::back_inserter(edits));
    }
    return edits;
}

} // namespace cupel::fixes
