// SPDX-License-Identifier: GPL-3.0-or-later
// Media by their first bytes, as they are and through base64: both say the same.
#include "analyzers/base/image_magic.h"
#include "tests/fuzz/fuzz.h"

#include <string>

using namespace cupel;

static std::string base64(ByteView bytes)
{
    constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    for (std::size_t i = 0; i + 2 < bytes.size(); i += 3) {
        const auto at = [&](std::size_t k) { return std::uint32_t{static_cast<unsigned char>(bytes[i + k])}; };
        const auto bits = at(0) << 16 | at(1) << 8 | at(2);
        for (int shift = 18; shift >= 0; shift -= 6) {
            out.push_back(letters[bits >> shift & 63]);
        }
    }
    return out;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto bytes = fuzz::viewOf(data, size);
    const auto name = mediaByMagic(bytes);
    fuzz::must(name.size() <= 8, "the name is one of ours");
    (void)mediaByBase64(bytes);
    const auto head = bytes.substr(0, 30); // as many bytes as 40 characters of base64 write
    if (head.size() == 30) {
        fuzz::must(mediaByBase64(base64(head)) == mediaByMagic(head), "base64 changes nothing");
    }
    return 0;
}
