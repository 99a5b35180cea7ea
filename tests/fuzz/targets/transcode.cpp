// SPDX-License-Identifier: GPL-3.0-or-later
// UTF-16 and UTF-32 in either order: the copy is valid UTF-8, places lead to the file and back and never run backwards.
#include "analyzers/formats/transcode.h"
#include "analyzers/base/utf8.h"
#include "tests/fuzz/fuzz.h"

using namespace cupel;

constexpr std::uint64_t probes = 12;

static void check(ByteView bytes, const formats::Encoding& encoding)
{
    const auto text = formats::transcode(bytes, encoding);
    fuzz::must(text && isUtf8(text->utf8), "the copy is valid UTF-8");
    fuzz::must(text->utf8.size() <= bytes.size() * 3, "the copy is at most 1.5 times as large, and a mark more");
    std::uint64_t last = 0;
    const auto length = text->utf8.size();
    // Finding a place walks up to a thousand bytes: few places, others for each input.
    const auto step = length / probes + 1;
    const auto first = bytes.empty() ? 0 : static_cast<unsigned char>(bytes.back()) % step;
    for (std::uint64_t at = first; at < length; at += step) {
        const auto file = text->toFile({at, at + 1});
        fuzz::must(file.start <= file.end && file.end <= bytes.size(), "text leads into the file");
        fuzz::must(file.start >= last, "places in the file only grow");
        last = file.start;
        const auto back = text->fromFile(file);
        fuzz::must(back.start <= back.end && back.end <= length, "the file leads back into the text");
        fuzz::must(file.empty() || (back.start <= at && at < back.end), "there and back holds the byte");
    }
    const auto all = text->toFile({0, length});
    fuzz::must(all.end <= bytes.size(), "the whole lies in the file");
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    using Kind = formats::Encoding::Kind;
    const auto bytes = fuzz::viewOf(data, size);
    const auto found = formats::detectEncoding(bytes);
    fuzz::must(found.markSize <= size, "the mark is part of the file");
    for (const auto kind :
        {Kind::Utf16LittleEndian, Kind::Utf16BigEndian, Kind::Utf32LittleEndian, Kind::Utf32BigEndian}) {
        check(bytes, {kind, found.kind == kind ? found.markSize : 0});
    }
    const auto artifact = fuzz::artifactOf(data, size, "input.txt");
    Facts facts;
    const auto start = formats::openText(artifact, facts);
    fuzz::must(start <= facts.text(artifact).size(), "content starts inside the text");
    return 0;
}
