// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/json_display.h"

#include "analyzers/base/json_text.h"

#include <algorithm>

namespace cupel::formats {

namespace {

constexpr std::uint64_t longestEscape = 12; // \ud83d\ude00

struct Escape {
    std::uint64_t length = 1;
    bool kept = false; // it stands for no letter
};

Escape escapeAt(ByteView text, std::uint64_t at)
{
    std::string meant;
    OffsetMap unused;
    const auto end = std::min<std::uint64_t>(text.size(), at + longestEscape);
    const auto length = unescapeJson(text, at, end, false, meant, unused, 1).end - at;
    const bool control = meant.size() == 1 && static_cast<unsigned char>(meant.front()) < 0x20;
    // A backslash that escapes nothing, and half of a character, say something only as they stand.
    return {length, control || meant == "\"" || meant == "\\" || meant == "\x7f" || meant == "\xEF\xBF\xBD"};
}

} // namespace

TextPiece readForDisplay(ByteView artifactText, const Region& region, std::size_t maxBytes)
{
    auto piece = readRegion(artifactText, region, maxBytes);
    if (region.form != TextForm::JsonValue || slice(artifactText, region.bytes).find('\\') == ByteView::npos) {
        return piece;
    }
    const auto end = piece.last ? region.bytes.end : piece.map.toRaw(ByteRange{0, piece.text.size()}).end;
    const auto text = artifactText.substr(0, std::min<std::uint64_t>(end, artifactText.size()));
    TextPiece out;
    out.firstLine = piece.firstLine;
    out.last = piece.last;
    JsonUnescaper letters(text, false, out.text, out.map);
    for (auto at = region.bytes.start; at < text.size();) {
        // Up to the next escape that has to stay.
        std::uint64_t kept = 0;
        auto stop = std::min<std::uint64_t>(text.find('\\', at), text.size());
        while (stop < text.size()) {
            const auto escape = escapeAt(text, stop);
            if (escape.kept) {
                kept = escape.length;
                break;
            }
            stop = std::min<std::uint64_t>(text.find('\\', stop + escape.length), text.size());
        }
        letters.read(at, stop, letters.written() + (stop - at)); // escapes are longer than what they say
        for (at = stop; at < stop + kept; ++at) {
            letters.addByte(text[at], at, 1);
        }
    }
    letters.finish();
    return out;
}

} // namespace cupel::formats
