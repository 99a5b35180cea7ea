// SPDX-License-Identifier: GPL-3.0-or-later
// The line around a place as people see it: short, one line, valid, and no byte of what is masked (as far as a byte can
// be told from the rest: masked bytes are the only 'Q' here).
#include "analyzers/rules/excerpt.h"
#include "analyzers/base/redact.h"
#include "analyzers/base/utf8.h"
#include "tests/fuzz/fuzz.h"

#include <algorithm>

using namespace cupel;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size < 8) {
        return 0;
    }
    const auto number = [&](std::size_t at) { return std::uint64_t{data[at]} * 256 + data[at + 1]; };
    std::string text(fuzz::viewOf(data, size).substr(7));
    const auto length = std::uint64_t{text.size()};
    std::vector<rules::Masked> masks;
    std::replace(text.begin(), text.end(), 'Q', 'q');
    for (auto at = text.find("\\u0051"); at != std::string::npos; at = text.find("\\u0051", at)) {
        text[at + 5] = '2'; // the same letter, escaped
    }
    for (std::size_t at : {std::size_t{0}, std::size_t{2}, std::size_t{4}}) {
        const auto start = number(at) % (length + 1);
        const auto end = std::min<std::uint64_t>(length, start + data[6] % 64);
        if (start < end) {
            std::fill(text.begin() + static_cast<std::ptrdiff_t>(start),
                text.begin() + static_cast<std::ptrdiff_t>(end), 'Q');
            masks.push_back({{start, end}, std::string(maskDots)});
        }
    }
    rules::tidyMasks(masks);
    for (std::size_t i = 1; i < masks.size(); ++i) {
        fuzz::must(masks[i].bytes.start >= masks[i - 1].bytes.end, "masks are sorted and disjoint");
    }
    const auto start = number(1) % (length + 1);
    const ByteRange place{start, std::min<std::uint64_t>(length, start + data[5])};
    for (const bool plain : {true, false}) {
        const auto excerpt = rules::redactedExcerpt(text, place, plain, masks);
        fuzz::must(excerpt.size() <= 240 && isUtf8(excerpt), "an excerpt is short and valid");
        fuzz::must(excerpt.find('\n') == std::string::npos && excerpt.find('\r') == std::string::npos
                && excerpt.find('\x1b') == std::string::npos,
            "an excerpt is one line without control characters");
        fuzz::must(excerpt.find('Q') == std::string::npos, "what is masked is not shown");
    }
    return 0;
}
