// SPDX-License-Identifier: GPL-3.0-or-later
// Wrapped values: what was undone came from bytes of the text, in bounded number and size.
#include "analyzers/rules/secrets/unwrap.h"
#include "tests/fuzz/fuzz.h"

using namespace cupel;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto text = fuzz::viewOf(data, size);
    Budget budget(fuzz::smallLimits());
    constexpr std::size_t longest = 4 << 20;
    for (const auto& piece : rules::secrets::unwrap(text, budget)) {
        fuzz::must(piece.source.start < piece.source.end && piece.source.end <= size, "a piece lies in the text");
        fuzz::must(!piece.text.empty() && !piece.how.empty(), "a piece holds text and tells how");
        fuzz::must(piece.text.size() <= longest || piece.text.size() <= piece.source.size(), "unpacking is capped");
    }
    return 0;
}
