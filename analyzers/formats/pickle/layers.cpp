// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/pickle/layers.h"

#include "analyzers/base/byte_scan.h"
#include "analyzers/base/encodings.h"
#include "analyzers/formats/pickle/probe.h"
#include "analyzers/formats/unpacked.h"

#include <algorithm>
#include <array>

namespace cupel::formats::pickle {

namespace {

using namespace std::string_view_literals;

constexpr std::size_t shortest = 20; // of something that does anything; the head and the end of it are looked at
constexpr std::size_t longestText = 8 << 20;
constexpr std::size_t largest = 64 << 20; // of what is under a layer
constexpr std::size_t firstPart = 4 << 10; // unpacked before it is worth more

enum class Layer : std::uint8_t { None, Packed, Base64, Hex, Base32, Base85, Ascii85, Backwards };

std::string_view toString(Layer layer)
{
    constexpr std::string_view names[] = {"", "", "base64", "hex", "base32", "base85", "Ascii85", "backwards"};
    return names[static_cast<std::size_t>(layer)];
}

constexpr std::string_view base85Letters =
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~";

constexpr std::array<std::uint8_t, 256> valuesOf(std::string_view letters)
{
    std::array<std::uint8_t, 256> out{};
    out.fill(0xFF);
    for (std::size_t i = 0; i < letters.size(); ++i) {
        out[static_cast<unsigned char>(letters[i])] = static_cast<std::uint8_t>(i);
    }
    return out;
}

constexpr std::array<std::uint8_t, 256> ascii85Values()
{
    std::array<std::uint8_t, 256> out{};
    out.fill(0xFF);
    for (unsigned i = 0; i < 85; ++i) {
        out['!' + i] = static_cast<std::uint8_t>(i);
    }
    return out;
}

// Groups of five letters for four bytes; a group that is cut is filled with the highest. Both of Python's alphabets.
std::optional<std::string> decode85(ByteView text, Layer layer)
{
    static constexpr auto base85 = valuesOf(base85Letters);
    static constexpr auto ascii85 = ascii85Values();
    const bool ascii = layer == Layer::Ascii85;
    if (ascii && text.starts_with("<~")) {
        text.remove_prefix(2);
        text = text.substr(0, text.find("~>"));
    }
    std::string out;
    std::uint64_t group = 0;
    unsigned count = 0;
    const auto flush = [&](unsigned bytes) {
        for (unsigned i = 0; i < bytes; ++i) {
            out += static_cast<char>((group >> (24 - 8 * i)) & 0xFF);
        }
        group = 0;
        count = 0;
    };
    for (const char c : text) {
        if (ascii && c == 'z' && count == 0) {
            out.append(4, '\0');
            continue;
        }
        const auto value = (ascii ? ascii85 : base85)[static_cast<unsigned char>(c)];
        if (value == 0xFF) {
            if (ascii && (c == '\n' || c == '\r' || c == ' ' || c == '\t')) {
                continue;
            }
            return std::nullopt;
        }
        group = group * 85 + value;
        if (++count == 5) {
            flush(4);
        }
    }
    const auto bytes = count > 0 ? count - 1 : 0;
    for (; count > 0 && count < 5; ++count) {
        group = group * 85 + 84;
    }
    flush(bytes);
    return out;
}

std::optional<std::string> decoded(Layer layer, ByteView text)
{
    switch (layer) {
    case Layer::Base64:
        return decodeBase64(text);
    case Layer::Hex:
        return decodeHex(text);
    case Layer::Base32:
        return decodeBase32(text);
    case Layer::Base85:
    case Layer::Ascii85:
        return decode85(text, layer);
    case Layer::Backwards:
        return std::string(text.rbegin(), text.rend());
    case Layer::None:
    case Layer::Packed:
        break;
    }
    return std::nullopt;
}

// Letters of one encoding, and how many of them make how many bits. Without padding: it never stands in front.
struct Letters {
    Layer layer;
    std::array<std::uint8_t, 256> values;
    unsigned bits; // of a letter; 0: five letters are four bytes
    unsigned group; // letters that hold three bytes
};

constexpr std::array<std::uint8_t, 256> hexValues()
{
    auto out = valuesOf("0123456789abcdef");
    for (unsigned i = 0; i < 6; ++i) {
        out['A' + i] = static_cast<std::uint8_t>(10 + i);
    }
    return out;
}

constexpr std::array<std::uint8_t, 256> base64Values()
{
    auto out = valuesOf("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
    out['-'] = out['+'];
    out['_'] = out['/'];
    return out;
}

constexpr Letters textLayers[] = {{Layer::Base64, base64Values(), 6, 4}, {Layer::Hex, hexValues(), 4, 6},
    {Layer::Base32, valuesOf("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"), 5, 5}, {Layer::Base85, valuesOf(base85Letters), 0, 5},
    {Layer::Ascii85, ascii85Values(), 0, 5}};

// The first three bytes under them; a number that is larger: other letters.
constexpr std::uint32_t noBytes = ~0U;
std::uint32_t firstThree(const Letters& letters, ByteView text)
{
    text.remove_prefix(letters.layer == Layer::Ascii85 && text.starts_with("<~") ? 2 : 0);
    if (text.size() < letters.group) {
        return noBytes;
    }
    std::uint64_t number = 0;
    for (unsigned i = 0; i < letters.group; ++i) {
        const auto value = letters.values[static_cast<unsigned char>(text[i])];
        if (value == 0xFF) {
            return noBytes;
        }
        number = letters.bits == 0 ? number * 85 + value : number << letters.bits | value;
    }
    if (letters.bits == 0) {
        return number >> 32 == 0 ? static_cast<std::uint32_t>(number >> 8) : noBytes;
    }
    return static_cast<std::uint32_t>(number >> (letters.bits * letters.group - 24));
}

// PROTO, or what compressors write first.
bool beginsBinary(std::uint32_t three)
{
    const auto second = (three >> 8) & 0xFF;
    switch (three >> 16) {
    case 0x80:
        return second >= 2 && second <= 5;
    case 0x78: // zlib
        return second == 0x01 || second == 0x5E || second == 0x9C || second == 0xDA;
    case 0x1F:
        return three == 0x1F8B08; // gzip
    case 'B':
        return three == 0x425A68; // bzip2
    case 0xFD:
        return three == 0xFD377A; // xz
    case 0x28:
        return three == 0x28B52F; // Zstandard
    case 0x04:
        return three == 0x04224D; // LZ4
    case 0x5D:
        return three == 0x5D0000; // LZMA
    default:
        return false;
    }
}

using ByteSet = std::array<bool, 256>;

constexpr ByteSet binaryBeginnings()
{
    ByteSet out{};
    for (const unsigned char byte : {0x80, 0x78, 0x1F, 0x42, 0xFD, 0x28, 0x04, 0x5D}) {
        out[byte] = true;
    }
    return out;
}

// First letters behind which the first byte may be one of `bytes`.
constexpr ByteSet lettersBefore(const Letters& letters, const ByteSet& bytes)
{
    constexpr std::uint64_t block = 85ULL * 85 * 85 * 85;
    ByteSet out{};
    for (unsigned letter = 0; letter < 256; ++letter) {
        const std::uint64_t value = letters.values[letter];
        const auto first = letters.bits == 0 ? value * block >> 24 : value << (8 - letters.bits);
        const auto last = letters.bits == 0 ? ((value + 1) * block - 1) >> 24 : ((value + 1) << (8 - letters.bits)) - 1;
        for (auto byte = first; value != 0xFF && byte <= last && byte < 256; ++byte) {
            out[letter] = out[letter] || bytes[byte];
        }
    }
    out['<'] = out['<'] || letters.layer == Layer::Ascii85;
    return out;
}

constexpr std::size_t textLayerCount = std::size(textLayers);
constexpr std::array<ByteSet, textLayerCount> allBefore(const ByteSet& bytes)
{
    std::array<ByteSet, textLayerCount> out{};
    for (std::size_t i = 0; i < textLayerCount; ++i) {
        out[i] = lettersBefore(textLayers[i], bytes);
    }
    return out;
}

constexpr ByteSet anyOf(const std::array<ByteSet, textLayerCount>& sets, ByteSet out)
{
    for (const auto& set : sets) {
        for (std::size_t i = 0; i < out.size(); ++i) {
            out[i] = out[i] || set[i];
        }
    }
    return out;
}

// First letters of what is binary below, and of what is text that is binary below.
constexpr auto innerLetters = allBefore(binaryBeginnings());
constexpr auto anyInner = anyOf(innerLetters, {});
constexpr auto outerLetters = allBefore(anyOf(innerLetters, binaryBeginnings()));

// Letters that hold enough bytes for the next layer to be told.
constexpr std::size_t headFor(Layer layer)
{
    return layer == Layer::Base64 ? 12 : layer == Layer::Base32 ? 16 : layer == Layer::Hex ? 16 : 10;
}

// The layer that a text of at least `shortest` letters begins with; of text in text, that is asked again.
Layer textLayer(ByteView text, bool outermost)
{
    const auto& beginnings = outermost ? outerLetters : innerLetters;
    for (std::size_t i = 0; i < textLayerCount && !text.empty(); ++i) {
        if (!beginnings[i][static_cast<unsigned char>(text[0])]) {
            continue; // most end here
        }
        const auto& letters = textLayers[i];
        const auto three = firstThree(letters, text);
        if (three == noBytes) {
            continue;
        }
        if (beginsBinary(three)) {
            return letters.layer;
        }
        if (outermost && anyInner[three >> 16]) {
            const auto head = decoded(letters.layer, text.substr(0, headFor(letters.layer)));
            if (head && textLayer(*head, false) != Layer::None) {
                return letters.layer;
            }
        }
    }
    return Layer::None;
}

Layer layerOf(ByteView content)
{
    if (content.size() < shortest) {
        return Layer::None;
    }
    static constexpr auto binary = binaryBeginnings();
    const auto first = static_cast<unsigned char>(content[0]);
    if ((binary[first] || first == 'Z') && !packedAs(content).empty()) {
        return Layer::Packed;
    }
    if (const auto layer = textLayer(content.substr(0, shortest), true); layer != Layer::None) {
        return layer;
    }
    std::array<char, shortest> turned{};
    std::copy_n(content.rbegin(), turned.size(), turned.begin());
    const ByteView head(turned.data(), turned.size());
    const auto byte = [&head](std::size_t at) { return std::uint32_t{static_cast<unsigned char>(head[at])}; };
    return beginsBinary(byte(0) << 16 | byte(1) << 8 | byte(2)) || textLayer(head, true) != Layer::None
        ? Layer::Backwards
        : Layer::None;
}

// Up to the padding and the line ends that decoders pass over.
ByteView withoutTail(ByteView text)
{
    const auto last = text.find_last_not_of("\r\n \t");
    return text.substr(0, last == ByteView::npos ? 0 : last + 1);
}

// Empty: nothing comes out, or nothing that goes on.
std::string undone(Layer layer, ByteView content, Budget& budget)
{
    if (layer != Layer::Packed) {
        auto out = content.size() > longestText || !budget.spend(content.size())
            ? std::nullopt
            : decoded(layer, layer == Layer::Backwards ? content : withoutTail(content));
        return out ? std::move(*out) : std::string();
    }
    constexpr std::uint64_t toBegin = 4 << 10; // a decoder is as much work, even when nothing comes out
    if (!budget.spend(toBegin)) {
        return {};
    }
    auto head = unpacked(content, firstPart, budget);
    const auto result = probe(head, 0, firstPart);
    const bool goesOn = result.stopped || result.outOfBytes || (result.names && result.calls);
    if (head.size() < firstPart || (!goesOn && layerOf(head) == Layer::None)) {
        return goesOn || layerOf(head) != Layer::None ? head : std::string();
    }
    return unpacked(content, largest, budget);
}

} // namespace

bool mayBeLayered(ByteView content)
{
    return layerOf(content) != Layer::None;
}

std::optional<Layered> underLayers(ByteView content, Budget& budget)
{
    Layered out;
    const auto deepest = budget.limits().decodeDepth;
    for (std::uint32_t depth = 0; depth < deepest; ++depth) {
        const auto now = depth == 0 ? content : ByteView(out.bytes);
        const auto layer = layerOf(now);
        if (layer == Layer::None) {
            break;
        }
        auto form = std::string(layer == Layer::Packed ? packedAs(now) : toString(layer));
        out.form = form + (out.form.empty() ? "" : " in ") + out.form;
        out.bytes = undone(layer, now, budget);
        if (isPickle(out.bytes, true)) {
            return out;
        }
    }
    return std::nullopt;
}

std::uint64_t nextLayered(ByteView bytes, std::uint64_t at, std::uint64_t end)
{
    const auto isLetter = [](ByteBlock block) { return (block > 0x20) & (block < 0x7F); };
    const auto isOther = [&isLetter](ByteBlock block) { return ~isLetter(block); };
    constexpr std::uint64_t all = 0xFFFF;
    end = std::min<std::uint64_t>(end, bytes.size());
    for (auto next = at; next < end; next += sizeof(ByteBlock)) {
        if (bitsOf(isLetter(blockAt(bytes, next))) != all) {
            continue;
        }
        // A word that fills a whole block: where it begins, at most a block before, and where it ends.
        auto start = next;
        while (start > at && next - start < sizeof(ByteBlock) && bytes[start - 1] > ' ' && bytes[start - 1] < 0x7F) {
            --start;
        }
        const auto stop = nextByte(bytes, next, isOther);
        const auto word = slice(bytes, {start, stop});
        // What looks like its first letter is the length of a SHORT_BINUNICODE, or that length is as its opcode.
        const bool measured = start > 0 && bytes[start - 1] == '\x8c';
        const bool either = measured && start > 1 && bytes[start - 2] == '\x8c';
        if (((!measured || either) && mayBeLayered(word)) || (measured && mayBeLayered(word.substr(1)))) {
            return start;
        }
        next = stop;
    }
    return end;
}

} // namespace cupel::formats::pickle
