// SPDX-License-Identifier: GPL-3.0-or-later
// Python strings put together: bounded, and every byte leads back into the source.
#include "analyzers/code/string_folding.h"
#include "tests/fuzz/fuzz.h"

using namespace cupel;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto source = fuzz::viewOf(data, size);
    Budget budget(fuzz::smallLimits());
    const auto folded = code::foldStrings(source, budget);
    constexpr std::size_t longest = 5 << 20;
    fuzz::must(folded.text.size() <= longest, "folding is capped");
    constexpr std::size_t step = 97; // every byte of a long text would cost seconds
    for (std::size_t at = 0; at < folded.text.size(); at += folded.text.size() < 2'000 ? 1 : step) {
        const auto raw = folded.map.toRaw(ByteRange{at, at + 1});
        fuzz::must(raw.start <= raw.end && raw.end <= size, "folded text leads back into the source");
    }
    for (const auto& [text, origin] : folded.origins) {
        fuzz::must(text.end <= folded.text.size() && origin.start < origin.end && origin.end <= size,
            "a part lies in the source");
    }
    return 0;
}
