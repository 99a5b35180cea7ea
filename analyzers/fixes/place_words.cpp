// SPDX-License-Identifier: GPL-3.0-or-later
// What a place asks of the words that are put there: comment signs in front of lines, quotes in a line for a shell.
#include "analyzers/base/json_text.h"
#include "analyzers/fixes/place_writer.h"
#include "analyzers/formats/region_text.h"

#include <algorithm>
#include <array>

namespace cupel::fixes {

// What stands in front of every line of a region behind comment signs.
std::string PlaceWriter::commentPrefix(ByteRange place, const Region& region) const
{
    const auto text = m_text.substr(0, region.bytes.end);
    for (const auto from : {place.start, region.bytes.start}) {
        const auto above = from == 0 ? ByteView::npos : text.rfind('\n', from - 1);
        auto line = region;
        line.bytes.start = above == ByteView::npos ? 0 : above + 1;
        line.bytes.end = std::min<std::uint64_t>(text.find('\n', line.bytes.start), text.size());
        const auto piece = formats::readRegion(m_text, line);
        const auto sign = piece.text.empty() ? line.bytes.end : piece.map.toRaw({0, 0}).start;
        if (sign > line.bytes.start) {
            return std::string(slice(m_text, {line.bytes.start, sign}));
        }
    }
    return "# ";
}

namespace {

constexpr std::array<std::string_view, 7> shellCells{
    "%%bash", "%%sh", "%%script", "%%!", "%%sx", "%%system", "%%capture\n!"};

std::string_view withoutBlanks(std::string_view text)
{
    text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
    return text;
}

// What of a line of code goes to a shell: behind "!", "x = !" and "%sx"; nothing: none of it.
std::string_view shellPart(std::string_view line)
{
    const auto rest = withoutBlanks(line);
    for (const auto sign : {"!", "%sx ", "%system "}) {
        if (rest.starts_with(sign)) {
            return rest.substr(std::string_view(sign).size());
        }
    }
    const auto equals = rest.find('=');
    const auto value = equals == std::string_view::npos ? std::string_view() : withoutBlanks(rest.substr(equals + 1));
    return value.starts_with('!') ? value.substr(1) : std::string_view();
}

// Whether no quote is open at the end of a shell's line.
bool endsBare(std::string_view line)
{
    char quote = '\0';
    for (std::size_t i = 0; i < line.size(); ++i) {
        if (line[i] == '\\' && quote != '\'') {
            ++i;
        } else if (quote == '\0' && (line[i] == '\'' || line[i] == '"')) {
            quote = line[i];
        } else if (line[i] == quote) {
            quote = '\0';
        }
    }
    return quote == '\0';
}

} // namespace

// As it is written, escapes undone, without a look at literals.
std::string PlaceWriter::plainText(ByteRange place, const Region& region)
{
    if (region.form != TextForm::JsonString && region.form != TextForm::JsonStringList) {
        return std::string(slice(m_text, place));
    }
    std::string out;
    OffsetMap map;
    const auto& strings = know(region).strings;
    auto at = std::partition_point(
        strings.begin(), strings.end(), [place](const ByteRange& string) { return string.end <= place.start; });
    for (; at != strings.end() && at->start < place.end; ++at) {
        unescapeJson(m_text, std::max(at->start, place.start), std::min(at->end, place.end), false, out, map,
            std::size_t{1} << 20);
    }
    return out;
}

bool PlaceWriter::isBareInShell(ByteRange place, const Region& region)
{
    constexpr std::uint64_t longestLine = 4'096;
    constexpr std::uint64_t longestHead = 200;
    if (region.kind != RegionKind::Code) {
        return false;
    }
    const auto from = std::max(region.bytes.start, place.start - std::min(place.start, longestLine));
    const auto before = plainText({from, place.start}, region);
    const auto line = std::string_view(before).substr(before.rfind('\n') + 1); // npos + 1 is 0
    const auto head =
        plainText({region.bytes.start, std::min(region.bytes.end, region.bytes.start + longestHead)}, region);
    const auto first = withoutBlanks(head);
    const bool all = std::any_of(
        shellCells.begin(), shellCells.end(), [first](std::string_view magic) { return first.starts_with(magic); });
    const auto shell = all ? line : shellPart(line);
    return (all || shell.data() != nullptr) && endsBare(shell);
}

// "<A>" between words of a shell reads one file and empties another.
std::string PlaceWriter::asShellWord(std::string_view name)
{
    if (!name.starts_with('<') || !name.ends_with('>')) {
        return std::string(name);
    }
    return name == "<HOME>" ? "$HOME" : "'" + std::string(name) + "'";
}

} // namespace cupel::fixes
