// SPDX-License-Identifier: GPL-3.0-or-later
// Decoders of wrapped values and the escapes of JSON: bounded output, maps that lead back.
#include "analyzers/base/encodings.h"
#include "analyzers/base/json_text.h"
#include "analyzers/base/utf8.h"
#include "tests/fuzz/fuzz.h"

using namespace cupel;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto text = fuzz::viewOf(data, size);
    for (const auto& decoded : {decodeBase64(text), decodeBase32(text), decodeBase58(text), decodeHex(text)}) {
        fuzz::must(!decoded || decoded->size() <= size + 4, "decoding does not grow");
    }
    fuzz::must(decodePercent(text).size() <= size, "percent decoding does not grow");
    constexpr std::size_t cap = 64 << 10;
    Budget budget(fuzz::smallLimits());
    const auto inflated = inflate(text, cap, budget);
    fuzz::must(!inflated || inflated->size() <= cap, "unpacking is capped");

    std::string out;
    OffsetMap map;
    const auto result = unescapeJson(text, 0, size, (size & 1) != 0, out, map, 4'096);
    fuzz::must(result.end <= size && out.size() <= 4'096 + 8, "unescaping is capped");
    if (!out.empty()) {
        const auto raw = map.toRaw(ByteRange{out.size() / 2, out.size() / 2 + 1});
        fuzz::must(raw.end <= size && !raw.empty(), "text leads back to its bytes");
    }
    fuzz::must(isUtf8(toDisplay(text, 100)) && toDisplay(text, 100).size() <= 100, "shown text is valid and short");
    const LineIndex lines(text);
    fuzz::must(lines.at(size).line >= lines.at(size / 2).line, "lines grow");
    fuzz::must(countCodePoints(text) <= size, "no more characters than bytes");
    return 0;
}
