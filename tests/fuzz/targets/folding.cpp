// SPDX-License-Identifier: GPL-3.0-or-later
// Python tokens go through the source in order and end; folded strings stay small and lead back to their literals.
#include "analyzers/code/python_tokens.h"
#include "analyzers/code/string_folding.h"
#include "tests/fuzz/fuzz.h"

using namespace cupel;

static void checkTokens(ByteView source)
{
    code::PythonTokens tokens(source);
    std::uint64_t at = 0;
    for (std::size_t count = 0;; ++count) {
        const auto token = tokens.next();
        fuzz::must(token.bytes.start >= at && token.bytes.end <= source.size(), "tokens are in order and inside");
        if (token.kind == code::PythonToken::Kind::End) {
            return;
        }
        fuzz::must(!token.bytes.empty(), "a token has bytes");
        fuzz::must(count <= source.size(), "no more tokens than bytes");
        if (token.kind == code::PythonToken::Kind::String) {
            fuzz::must(token.content.start >= token.bytes.start && token.content.end <= token.bytes.end
                    && token.content.start <= token.content.end,
                "the content lies inside its string");
            // An escape of four bytes ("\777") writes two; nothing grows.
            fuzz::must(code::stringValue(source, token).size() <= token.content.size(), "undoing escapes never grows");
        }
        at = token.bytes.end;
    }
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto source = fuzz::viewOf(data, size);
    checkTokens(source);
    Budget budget(fuzz::smallLimits());
    const auto folded = code::foldStrings(source, budget);
    fuzz::must(folded.text.size() <= (std::size_t{5} << 20), "folded text is capped");
    fuzz::must(folded.origins.size() <= 201'000, "constants used by name do not multiply");
    const auto length = folded.text.size();
    for (const auto at :
        {std::uint64_t{0}, std::uint64_t{length / 3}, std::uint64_t{length / 2}, std::uint64_t{length - 1}}) {
        if (at < length) {
            const auto raw = folded.map.toRaw(ByteRange{at, at + 1});
            fuzz::must(raw.start <= raw.end && raw.end <= size, "folded text leads back into the source");
        }
    }
    for (const auto& [text, literal] : folded.origins) {
        fuzz::must(text.start <= text.end && text.end <= length, "an origin's text lies in the folded text");
        fuzz::must(literal.start <= literal.end && literal.end <= size, "an origin lies in the source");
    }
    return 0;
}
