// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/pickle/nested.h"

#include "analyzers/base/budget.h"
#include "analyzers/base/byte_scan.h"
#include "analyzers/base/encodings.h"
#include "analyzers/formats/pickle/layers.h"
#include "analyzers/formats/pickle/literal.h"
#include "analyzers/formats/pickle/probe.h"

#include <algorithm>
#include <array>

namespace cupel::formats::pickle {

namespace {

constexpr std::size_t largest = 256 << 20; // of a nested one
constexpr std::size_t largestEncoded = 8 << 20;
constexpr std::size_t mostDecoded = 32 << 20; // bytes of one text, over all tries
constexpr unsigned mostTries = 32; // in one literal
constexpr std::size_t shortestEncoded = 12;

// A pickle as text begins with its PROTO: "\x80" in UTF-8, "gA" in base64, "800" in hex.
constexpr std::string_view utf8Sign = "\xC2\x80";
constexpr std::string_view base64Sign = "gA";
constexpr std::string_view hexSign = "800";

ByteView withoutQuote(ByteView text)
{
    return !text.empty() && (text[0] == '\'' || text[0] == '"') ? text.substr(1) : text;
}

bool beginsHex(ByteView text)
{
    const auto plain = withoutQuote(text);
    return plain.size() >= hexSign.size() && plain[0] == hexSign[0] && plain.starts_with(hexSign);
}

// "\x80\x04" anywhere in raw bytes; protocol 0 and 1 only at the beginning.
void findRaw(ByteView bytes, ByteRange place, const char* form, Budget& budget, std::vector<NestedPickle>& out)
{
    const auto content = slice(bytes, place);
    auto at = content.size() > 8 && isPickle(content, content[0] != '\x80') ? 0 : nextCandidate(content, 0, budget);
    for (unsigned tries = 0; at != nowhere && tries < mostTries; ++tries) {
        const auto rest = content.substr(at);
        if (at == 0 || isPickle(rest, true)) {
            const auto end = probe(rest, 0, 10'000'000).end;
            out.push_back({{place.start + at, place.start + at + std::min<std::uint64_t>(end, rest.size())}, form,
                std::string(rest.substr(0, largest))});
            return; // the rest of the literal is looked at with it
        }
        at = nextCandidate(content, at + 1, budget);
    }
}

// Latin-1 text in UTF-8: every byte from 0x80 on is two.
std::string latin1(ByteView text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if (byte >= 0x80 && i + 1 < text.size() && (byte == 0xC2 || byte == 0xC3)) {
            out += static_cast<char>(((byte & 3) << 6) | (static_cast<unsigned char>(text[++i]) & 0x3F));
        } else {
            out += text[i];
        }
    }
    return out;
}

// Of either alphabet of base64.
bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' || c == '/'
        || c == '-' || c == '_';
}

// Separators that base64 decoders of Python skip.
std::string withoutBlanks(ByteView text)
{
    std::string out;
    std::copy_if(text.begin(), text.end(), std::back_inserter(out), isLetter);
    return out;
}

// Whether the first of those letters could begin one: most words that look like its sign end here, after twelve bytes.
bool mayBeEncoded(ByteView letters)
{
    for (const std::size_t some : {16U, 256U}) {
        auto head = withoutBlanks(letters.substr(0, some));
        head.resize(head.size() - (head.size() % 4));
        const auto decoded = decodeBase64(head);
        if (!decoded) {
            return false;
        }
        const auto result = probe(*decoded, 0, some);
        if (!result.stopped && !result.outOfBytes && !(result.names && result.calls)) {
            return false;
        }
    }
    return true;
}

// `left`: bytes of one text that may still be walked, so that what only begins well again and again has an end. More is
// taken only while what was decoded so far could go on: a decoy costs what it holds, not what stands behind it.
std::optional<std::string> encodedAt(ByteView text, bool needsName, std::size_t& left)
{
    constexpr std::size_t first = 4 << 10;
    for (std::size_t size = first; left > 0; size *= 8) {
        const auto part = text.substr(0, std::min({size, largestEncoded, left}));
        const bool whole = part.size() < size || part.size() == largestEncoded;
        left -= part.size();
        auto letters = withoutBlanks(part);
        letters.resize(letters.size() - (whole ? (letters.size() % 4 == 1 ? 1 : 0) : letters.size() % 4));
        auto decoded = decodeBase64(letters);
        if (!decoded || (!whole && !probe(*decoded, 0, letters.size() + 1).outOfBytes)) {
            return decoded && isPickle(*decoded, needsName) ? std::move(decoded) : std::nullopt;
        }
        if (whole) {
            return isPickle(*decoded, needsName) ? std::move(decoded) : std::nullopt;
        }
    }
    return std::nullopt;
}

// A piece at a time, so that a mapped file is let go of meanwhile. Nothing: there is none, or the budget ended.
std::size_t nextSign(ByteView text, std::size_t from, Budget& budget)
{
    constexpr std::size_t piece = 1 << 20;
    for (; from < text.size(); from += piece) {
        const auto found = text.substr(from, piece + base64Sign.size() - 1).find(base64Sign);
        if (!budget.spend(std::min({found, piece, text.size() - from}))) {
            break;
        }
        if (found != ByteView::npos) {
            return from + found;
        }
    }
    return ByteView::npos;
}

// The run of base64 letters that starts a pickle: "\x80\x02" to "\x80\x05" are gAI, gAM, gAQ, gAU and their neighbours.
void findBase64(ByteView text, ByteRange place, Budget& budget, std::vector<NestedPickle>& out)
{
    auto left = mostDecoded;
    for (auto at = nextSign(text, 0, budget); at != ByteView::npos && left > 0; at = nextSign(text, at + 1, budget)) {
        if (at + shortestEncoded > text.size() || ByteView("IJKLMNOPQRSTUVWX").find(text[at + 2]) == ByteView::npos
            || !mayBeEncoded(text.substr(at))) {
            continue;
        }
        if (auto decoded = encodedAt(text.substr(at), at != 0, left)) {
            out.push_back({place, "base64", std::move(*decoded)});
            return;
        }
    }
}

// Protocols 0 and 1 have no sign: each word that is long enough is one that begins with a name and a call, or none.
std::optional<std::string> encodedWord(ByteView text, Budget& budget)
{
    constexpr std::size_t shortestWord = 20;
    auto left = mostDecoded;
    for (std::size_t at = 0; at < text.size() && left > 0;) {
        auto end = at;
        while (end < text.size() && isLetter(text[end])) {
            ++end;
        }
        if (end - at >= shortestWord && budget.spend(shortestWord) && mayBeEncoded(text.substr(at))) {
            if (auto decoded = encodedAt(text.substr(at), true, left)) {
                return decoded;
            }
        }
        at = end + 1;
    }
    return std::nullopt;
}

void findHex(ByteView text, ByteRange place, std::vector<NestedPickle>& out)
{
    if (text.size() < shortestEncoded || !text.starts_with(hexSign)) {
        return;
    }
    const auto end = text.find_first_not_of("0123456789abcdefABCDEF");
    auto digits = text.substr(0, std::min({text.size(), end, largestEncoded}));
    digits.remove_suffix(digits.size() % 2);
    const auto decoded = decodeHex(digits);
    if (decoded && isPickle(*decoded, false)) {
        out.push_back({place, "hex", *decoded});
    }
}

} // namespace

std::vector<NestedPickle> nestedIn(ByteView bytes, const Op& op, bool text, Budget& budget)
{
    std::vector<NestedPickle> out;
    const auto content = slice(bytes, op.text);
    if (op.code != Code::String && op.code != Code::Unicode && !text) {
        findRaw(bytes, op.text, "bytes", budget, out);
    } else if (content.find(utf8Sign) != ByteView::npos && content.size() < largestEncoded) {
        const auto decoded = latin1(content);
        const auto at = nextCandidate(decoded, 0, budget);
        if (at != nowhere && isPickle(ByteView(decoded).substr(at), at != 0)) {
            out.push_back({op.text, "text", decoded.substr(at)});
        }
    } else if ((op.code == Code::String || op.code == Code::Unicode) && content.size() < (1 << 20)
        && content.find('\\') != ByteView::npos) {
        const auto decoded = decodeLiteral(bytes, op, 1 << 20);
        const auto raw = decoded ? (op.code == Code::Unicode ? latin1(*decoded) : *decoded) : std::string();
        const auto at = nextCandidate(raw, 0, budget);
        if (at != nowhere && isPickle(ByteView(raw).substr(at), at != 0)) {
            out.push_back({op.text, "text", raw.substr(at)});
        }
    } else if (op.code == Code::BinString || op.code == Code::ShortBinString) {
        findRaw(bytes, op.text, "bytes", budget, out);
    }
    if (out.empty() && content.size() >= shortestEncoded) {
        const auto plain = withoutQuote(content);
        findHex(plain, op.text, out);
        if (out.empty()) {
            findBase64(plain, op.text, budget, out);
        }
        const auto quotes = op.code == Code::String && !plain.empty() ? 1 : 0;
        if (auto layered = out.empty() ? underLayers(plain.substr(0, plain.size() - quotes), budget) : std::nullopt) {
            out.push_back({op.text, std::move(layered->form), std::move(layered->bytes)});
        }
    }
    return out;
}

std::optional<NestedPickle> nestedInText(ByteView text, Budget& budget)
{
    std::vector<NestedPickle> out;
    const auto begins = probe(text, 0, 2'000);
    if ((begins.names && begins.calls) || text.find('\x80') != ByteView::npos) {
        findRaw(text, {0, text.size()}, "text", budget, out);
    }
    if (out.empty() && text.find(utf8Sign) != ByteView::npos && text.size() < largestEncoded) {
        const auto decoded = latin1(text);
        const auto at = nextCandidate(decoded, 0, budget);
        if (at != nowhere && isPickle(ByteView(decoded).substr(at), true)) {
            out.push_back({{}, "text", decoded.substr(at)});
        }
    }
    if (out.empty()) {
        findHex(text, {}, out);
    }
    if (out.empty()) {
        findBase64(text, {}, budget, out);
    }
    if (auto word = out.empty() ? encodedWord(text, budget) : std::nullopt) {
        out.push_back({{}, "base64", std::move(*word)});
    }
    if (auto layered = out.empty() ? underLayers(text, budget) : std::nullopt) {
        out.push_back({{}, std::move(layered->form), std::move(layered->bytes)});
    }
    return out.empty() ? std::nullopt : std::optional(std::move(out.front()));
}

// One that does something has a PROTO, a STACK_GLOBAL or the lines of a GLOBAL in it; encoded ones have their signs.
bool mayHoldNested(ByteView bytes, ByteRange content)
{
    for (auto at = content.start; at < content.end; at += sizeof(ByteBlock)) {
        const auto block = blockAt(bytes, at);
        const auto behind = blockAt(bytes, at + 1);
        auto bits = bitsOf(isOneOf<'\x80', '\x93', '\n'>(block) | ((block == 'g') & (behind == 'A')));
        const auto left = content.end - at;
        bits &= left < sizeof block ? (std::uint64_t(1) << left) - 1 : bits;
        if (bits != 0) {
            return true;
        }
    }
    const auto text = slice(bytes, content);
    return beginsHex(text) || mayBeLayered(text);
}

bool NestedSigns::mayStandIn(ByteRange text)
{
    if (text.start < m_from || text.end > m_until || m_next < text.start) {
        search(text);
    }
    const auto content = slice(m_bytes, text);
    return m_next < text.end || beginsHex(content) || mayBeLayered(content);
}

std::uint64_t NestedSigns::quietUntil(std::uint64_t at)
{
    if (at < m_from || at >= m_until || m_next < at) {
        search({at, at});
    }
    return m_next;
}

void NestedSigns::search(ByteRange text)
{
    constexpr std::uint64_t ahead = 64 << 10;
    m_from = text.start;
    m_until = std::min<std::uint64_t>(std::max(text.end, text.start + ahead), m_bytes.size());
    const auto isSign = [this](std::uint64_t at) {
        const auto two = m_bytes.substr(at, 2);
        return two == utf8Sign || two == base64Sign;
    };
    m_next = m_from;
    for (ByteBlock first{}, second{}; m_next + sizeof first < m_until; m_next += sizeof first) {
        std::memcpy(&first, m_bytes.data() + m_next, sizeof first);
        std::memcpy(&second, m_bytes.data() + m_next + 1, sizeof second);
        const ByteMask found = ((first == 0xC2) & (second == 0x80)) | ((first == 'g') & (second == 'A'));
        std::uint64_t halves[2];
        std::memcpy(halves, &found, sizeof halves);
        if ((halves[0] | halves[1]) != 0) {
            break;
        }
    }
    while (m_next < m_until && !isSign(m_next)) {
        ++m_next;
    }
    m_next = nextLayered(m_bytes, m_from, m_next);
}

} // namespace cupel::formats::pickle
