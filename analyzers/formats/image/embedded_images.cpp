// SPDX-License-Identifier: GPL-3.0-or-later
// data: addresses of pictures inside a text, as browsers read them: the scheme in any case, blanks and percent code
// passed over. One pass: what was read for one address is not read again for the next one.
#include "analyzers/base/byte_scan.h"
#include "analyzers/formats/image/base64_text.h"
#include "analyzers/formats/image/image_places.h"

#include <algorithm>
#include <utility>

namespace cupel::formats {

namespace {

constexpr std::size_t longestType = 256;
constexpr std::size_t mostBlanks = 8; // around an address

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

// `words` in lower case.
bool isWords(ByteView text, ByteView words)
{
    return std::equal(
        text.begin(), text.end(), words.begin(), words.end(), [](char a, char b) { return lower(a) == b; });
}

std::size_t behindBlanks(ByteView text, std::size_t at)
{
    const auto end = std::min(text.size(), at + mostBlanks);
    while (at < end && isAddressBlank(text[at])) {
        ++at;
    }
    return at;
}

ByteView trimmedEnd(ByteView text)
{
    while (!text.empty() && isAddressBlank(text.back())) {
        text.remove_suffix(1);
    }
    return text;
}

// "data:", with "image" behind it.
struct Scheme {
    std::size_t start = 0;
    std::size_t type = 0;
};

std::optional<Scheme> nextScheme(ByteView text, std::size_t from)
{
    constexpr std::size_t length = 4;
    constexpr unsigned char small = 0x20; // what tells small letters from capital ones
    for (auto at = from; at + length < text.size(); at += sizeof(ByteBlock)) {
        const ByteMask begins = ((blockAt(text, at) | small) == 'd') & ((blockAt(text, at + 1) | small) == 'a')
            & (blockAt(text, at + length) == ':');
        for (auto bits = bitsOf(begins); bits != 0; bits &= bits - 1) {
            const auto start = at + static_cast<std::size_t>(std::countr_zero(bits));
            if (!isWords(text.substr(start, length), "data")) {
                continue;
            }
            const auto type = behindBlanks(text, start + length + 1);
            if (isWords(text.substr(type, 5), "image")) {
                return Scheme{start, type};
            }
        }
    }
    return std::nullopt;
}

// "image/png" of "image/png;name=a;base64"; empty when no base64 is behind it.
std::string typeOf(ByteView head)
{
    constexpr std::string_view word = "base64";
    head = trimmedEnd(head);
    if (head.size() < word.size() || !isWords(head.substr(head.size() - word.size()), word)) {
        return {};
    }
    head = trimmedEnd(head.substr(0, head.size() - word.size()));
    if (!head.ends_with(';')) {
        return {};
    }
    std::string type(trimmedEnd(head.substr(0, head.find(';'))));
    std::transform(type.begin(), type.end(), type.begin(), lower);
    return type;
}

// The sign that ends what the sign in front of an address begins; zero: a blank ends it.
char closerOf(ByteView text, std::size_t start)
{
    const auto least = start - std::min(start, mostBlanks);
    while (start > least && isAddressBlank(text[start - 1])) {
        --start;
    }
    const char open = start == 0 ? '\0' : text[start - 1];
    return open == '(' ? ')' : open == '<' ? '>' : open == '"' || open == '\'' || open == '`' ? open : '\0';
}

// What stands between signs that enclose it goes on behind blanks; other texts go on with words.
EmbeddedImage bodyOf(ByteView text, const Scheme& scheme, std::size_t start, std::string type)
{
    const char closer = closerOf(text, scheme.start);
    const auto first = closer == '\0' ? start : std::min(text.find_first_not_of(" \t\r\n\f", start), text.size());
    auto end = first; // behind the last letter
    auto blank = ByteView::npos; // the first one
    auto at = first;
    while (at < text.size()) {
        const char c = text[at];
        const bool plain = isBase64Letter(c) && c != '-' && c != '_';
        const char code = percentAt(text, at);
        if (plain || c == '=' || code != '\0') {
            at += code != '\0' ? 3 : 1;
            end = at;
        } else if (isAddressBlank(c) && closer != '\0') {
            blank = std::min(blank, at++);
        } else {
            break;
        }
    }
    // A fragment, or the escape of a quote.
    const bool closed = at == text.size() || text[at] == closer || text[at] == '\\' || text[at] == '#';
    end = closed ? end : std::min(end, blank);
    if (at < text.size() && text[at] == ':' && at >= first + 4 && isWords(text.substr(at - 4, 4), "data")) {
        end = std::min(end, at - 4); // the next address begins
    }
    return {scheme.start, std::move(type), {first, end}, at};
}

} // namespace

std::optional<EmbeddedImage> nextEmbedded(ByteView text, std::size_t from)
{
    std::size_t comma = 0;
    for (auto scheme = nextScheme(text, from); scheme; scheme = nextScheme(text, scheme->type)) {
        if (comma < scheme->type) {
            comma = std::min(text.find(',', scheme->type), text.size());
        }
        if (comma == text.size() || comma - scheme->type > longestType) {
            continue;
        }
        if (auto type = typeOf(text.substr(scheme->type, comma - scheme->type)); !type.empty()) {
            return bodyOf(text, *scheme, comma + 1, std::move(type));
        }
    }
    return std::nullopt;
}

bool mayHoldEmbedded(ByteView text)
{
    return nextScheme(text, 0).has_value();
}

} // namespace cupel::formats
