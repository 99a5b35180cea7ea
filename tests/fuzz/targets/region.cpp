// SPDX-License-Identifier: GPL-3.0-or-later
// The region reader with pieces so small that a few bytes have many cuts: every piece leads back, what pieces share is
// the same text, and all pieces together are what one large piece says.
#include "analyzers/formats/region_text.h"
#include "tests/fuzz/fuzz.h"

#include <algorithm>

using namespace cupel;

static std::string readInPieces(ByteView text, const Region& region, const formats::PieceSizes& sizes)
{
    std::string all;
    formats::RegionReader reader(text, region, sizes);
    formats::TextPiece piece;
    std::size_t count = 0;
    std::uint64_t lines = 1; // of all that was read, and one
    while (reader.next(piece)) {
        fuzz::must(++count <= text.size() + 2, "no more pieces than bytes");
        fuzz::must(piece.overlap <= piece.text.size(), "the overlap is part of the piece");
        fuzz::must(piece.overlap <= all.size(), "the overlap was read before");
        fuzz::must(all.compare(all.size() - piece.overlap, piece.overlap, piece.text, 0, piece.overlap) == 0,
            "the overlap repeats the end of the piece before");
        const auto repeated = std::count(piece.text.begin(), piece.text.begin() + std::ptrdiff_t(piece.overlap), '\n');
        fuzz::must(piece.firstLine + std::uint64_t(repeated) == lines, "the first line counts every line before");
        lines += std::uint64_t(std::count(piece.text.begin() + std::ptrdiff_t(piece.overlap), piece.text.end(), '\n'));
        for (std::uint64_t at = 0; at < piece.text.size(); ++at) {
            const auto raw = piece.map.toRaw(ByteRange{at, at + 1});
            fuzz::must(raw.start >= region.bytes.start && raw.end <= region.bytes.end && !raw.empty(),
                "text leads back into its region");
        }
        all.append(piece.text, piece.overlap);
        if (piece.last) {
            break;
        }
    }
    return all;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size < 4) {
        return 0;
    }
    const auto text = fuzz::viewOf(data, size).substr(3);
    Region region;
    constexpr TextForm forms[] = {TextForm::Plain, TextForm::JsonString, TextForm::JsonStringList, TextForm::JsonValue,
        TextForm::Commented, TextForm::Markup};
    region.form = forms[data[0] % 6];
    const auto start = std::min<std::uint64_t>(data[0] / 6 % 8, text.size());
    region.bytes = {start, text.size() - std::min<std::uint64_t>(data[1] / 32, text.size() - start)};
    formats::PieceSizes sizes;
    sizes.piece = 16 + data[1] % 32;
    sizes.overlap = 4 + data[2] % 12; // at least the longest character, as always
    const auto pieces = readInPieces(text, region, sizes);
    const auto whole = readInPieces(text, region, {});
    fuzz::must(pieces == whole, "cuts do not change the text");
    return 0;
}
