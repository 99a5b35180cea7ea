// SPDX-License-Identifier: GPL-3.0-or-later
// Wrapped values: each stands inside the text that wraps it, and all together stay within the caps.
#include "analyzers/rules/secrets/unwrap.h"
#include "tests/fuzz/fuzz.h"

using namespace cupel;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto text = fuzz::viewOf(data, size);
    Budget budget(fuzz::smallLimits());
    const auto pieces = rules::secrets::unwrap(text, budget);
    std::size_t total = 0;
    for (const auto& piece : pieces) {
        fuzz::must(piece.source.start < piece.source.end && piece.source.end <= size, "a piece stands in the text");
        fuzz::must(!piece.how.empty(), "a piece says how it was wrapped");
        total += piece.text.size();
    }
    fuzz::must(total <= (std::size_t{9} << 20) + size, "unpacked bytes are capped over all pieces");
    return 0;
}
