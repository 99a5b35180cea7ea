// SPDX-License-Identifier: GPL-3.0-or-later
// data: addresses of pictures inside a text, as browsers read them: the scheme in any case and with line breaks inside,
// signs written as address_sign.h reads them, blanks and percent code passed over, and whatever their type is called
// when the bytes are those of a picture. One pass: what was read for one address is not read again for the next one.
#include "analyzers/base/byte_scan.h"
#include "analyzers/base/encodings.h"
#include "analyzers/base/image_magic.h"
#include "analyzers/formats/image/address_sign.h"
#include "analyzers/formats/image/base64_text.h"
#include "analyzers/formats/image/image_places.h"

#include <algorithm>
#include <array>
#include <utility>

namespace cupel::formats {

namespace {

constexpr std::size_t longestHead = 1024; // between scheme and comma, as it is written
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

// What browsers take out of an address, wherever it stands.
bool isDropped(char sign)
{
    return sign == '\t' || sign == '\n' || sign == '\r';
}

// Behind `words`, in lower case, however they are written; npos: they do not stand there.
std::size_t behindWords(ByteView text, std::size_t at, ByteView words)
{
    for (const char wanted : words) {
        AddressSign one;
        do {
            if (at >= text.size()) {
                return ByteView::npos;
            }
            one = addressSignAt(text, at);
            at = one.end;
        } while (isDropped(one.sign));
        if (lower(one.sign) != wanted) {
            return ByteView::npos;
        }
    }
    return at;
}

struct Scheme {
    std::size_t start = 0;
    std::size_t type = 0; // behind the colon
};

// Where one may begin: its letters side by side, or one of them and a sign that may hide the next one.
ByteMask mayBegin(ByteView text, std::size_t at)
{
    constexpr unsigned char small = 0x20; // what tells small letters from capital ones
    const auto hides = [](ByteBlock block) { return isOneOf<'&', '\\', '\t', '\n', '\r'>(block); };
    const auto first = blockAt(text, at);
    const auto second = blockAt(text, at + 1);
    const auto third = blockAt(text, at + 2);
    const auto fourth = blockAt(text, at + 3);
    const auto colon = blockAt(text, at + 4);
    const ByteMask behindThird = hides(fourth) | (((fourth | small) == 'a') & ((colon == ':') | hides(colon)));
    const ByteMask behindSecond = hides(third) | (((third | small) == 't') & behindThird);
    const ByteMask behindFirst = hides(second) | (((second | small) == 'a') & behindSecond);
    const ByteMask hidden = ((first == '&') & ((second == '#') | ((second == 'a') & (third == 'm'))))
        | ((first == '\\') & isOneOf<'0', '4', '6', '\\'>(second));
    return (((first | small) == 'd') & behindFirst) | hidden;
}

std::optional<Scheme> nextScheme(ByteView text, std::size_t from)
{
    for (auto at = from; at < text.size(); at += sizeof(ByteBlock)) {
        for (auto bits = bitsOf(mayBegin(text, at)); bits != 0; bits &= bits - 1) {
            const auto start = at + static_cast<std::size_t>(std::countr_zero(bits));
            if (start < text.size()) {
                if (const auto type = behindWords(text, start, "data:"); type != ByteView::npos) {
                    return Scheme{start, type};
                }
            }
        }
    }
    return std::nullopt;
}

// The comma behind `at`, as it is written; nothing: there is none.
std::optional<ByteRange> nextComma(ByteView text, std::size_t at)
{
    for (at = findOneOf<',', '&', '\\'>(text, at); at < text.size(); at = findOneOf<',', '&', '\\'>(text, at)) {
        const auto one = addressSignAt(text, at);
        if (one.sign == ',') {
            return ByteRange{at, one.end};
        }
        at = text[at] == '&' ? one.end : at + 1; // behind an escape another one may begin
    }
    return std::nullopt;
}

// In lower case, without what browsers drop.
std::string plainHead(ByteView head)
{
    std::string out;
    for (std::size_t at = 0; at < head.size();) {
        const auto one = addressSignAt(head, at);
        if (!isDropped(one.sign)) {
            out += one.sign == '\0' ? '?' : lower(one.sign);
        }
        at = one.end;
    }
    return out;
}

std::string_view trimmedEnd(std::string_view text)
{
    while (!text.empty() && isAddressBlank(text.back())) {
        text.remove_suffix(1);
    }
    return text;
}

bool saysImage(ByteView head)
{
    std::size_t at = 0;
    while (at < std::min(head.size(), mostBlanks) && isAddressBlank(head[at])) {
        ++at;
    }
    return behindWords(head, at, "image") != ByteView::npos;
}

// Whether ";base64" is the end, blanks aside.
bool saysBase64(ByteView head)
{
    constexpr std::size_t longest = 128; // as it may be written
    constexpr std::string_view word = "base64";
    const auto plain = plainHead(head.substr(head.size() - std::min(head.size(), longest)));
    auto rest = trimmedEnd(plain);
    if (!rest.ends_with(word)) {
        return false;
    }
    rest.remove_suffix(word.size());
    return trimmedEnd(rest).ends_with(';');
}

// "image/png" of "image/png;name=a;base64".
std::string typeOf(ByteView head)
{
    const auto plain = plainHead(head);
    auto type = trimmedEnd(std::string_view(plain).substr(0, plain.find(';')));
    type.remove_prefix(std::min(type.find_first_not_of(" \f"), type.size()));
    return std::string(type);
}

// Whether the base64 at `at` begins like a picture: browsers ask for no more.
bool beginsPicture(ByteView text, std::size_t at)
{
    constexpr std::size_t enough = 64; // letters
    std::string letters;
    while (at < text.size() && letters.size() < enough) {
        const auto one = base64SignAt(text, at);
        if (isBase64Letter(one.sign)) {
            letters += one.sign;
        } else if (!isAddressBlank(one.sign)) {
            break;
        }
        at = one.end;
    }
    letters.resize(letters.size() / 4 * 4);
    const auto bytes = decodeBase64(letters);
    return bytes && isPictureFormat(mediaByMagic(*bytes));
}

// Whether the bytes at `at`, some of them in percent code, are the beginning of a picture.
bool beginsBytes(ByteView text, std::size_t at)
{
    constexpr std::size_t enough = 64;
    if (!isPercentCode(text.substr(at))) {
        return false;
    }
    std::string bytes;
    for (auto next = nextAddressByte(text, at); next.at < text.size() && bytes.size() < enough;
        next = nextAddressByte(text, next.end)) {
        bytes += next.sign;
    }
    return isPictureFormat(mediaByMagic(bytes));
}

// What ends what the sign in front of an address begins; zero: a blank ends it.
char closerOf(ByteView text, std::size_t start)
{
    constexpr std::array<std::string_view, 5> quotes{"&quot;", "&#34;", "&#39;", "&#x27;", "&apos;"};
    const auto least = start - std::min(start, mostBlanks);
    while (start > least && isAddressBlank(text[start - 1])) {
        --start;
    }
    const auto before = text.substr(0, start);
    const char open = start == 0 ? '\0' : text[start - 1];
    return open == '('                               ? ')'
        : open == '<'                                ? '>'
        : open == '"' || open == '\'' || open == '`' ? open
        : open == ';'
            && std::any_of(quotes.begin(), quotes.end(), [before](auto quote) { return before.ends_with(quote); })
        ? '&'
        : '\0';
}

// "2x" of a list of pictures for several screens.
bool isDescriptor(ByteView word)
{
    return word.size() > 1 && word.size() < 6 && (word.back() == 'x' || word.back() == 'w')
        && word.find_first_not_of("0123456789") == word.size() - 1;
}

// What stands between signs that enclose it goes on behind blanks; other texts go on with words.
EmbeddedImage bodyOf(ByteView text, std::size_t schemeAt, std::size_t start, std::string type)
{
    const char closer = closerOf(text, schemeAt);
    const auto first = closer == '\0' ? start : std::min(text.find_first_not_of(" \t\r\n\f", start), text.size());
    auto end = first; // behind the last letter
    auto blank = ByteView::npos; // the first one
    auto word = first; // behind the last blank
    auto at = first;
    while (at < text.size()) {
        const auto one = base64SignAt(text, at);
        const bool plain = isBase64Letter(one.sign) && one.sign != '-' && one.sign != '_';
        if (plain || one.sign == '=') {
            end = one.end;
        } else if (isAddressBlank(one.sign) && closer != '\0') {
            blank = std::min(blank, at);
            word = one.end;
        } else {
            break;
        }
        at = one.end;
    }
    // A fragment, or the escape of a quote.
    const bool closed =
        at == text.size() || text[at] == closer || text[at] == '\\' || text[at] == '#' || text[at] == '&';
    end = closed && !(word > first && isDescriptor(text.substr(word, at - word))) ? end : std::min(end, blank);
    if (at < text.size() && text[at] == ':' && at >= first + 4 && isWords(text.substr(at - 4, 4), "data")) {
        end = std::min(end, at - 4); // the next address begins
    }
    return {schemeAt, std::move(type), {first, end}, at};
}

// Of an address without base64.
EmbeddedImage bytesOf(ByteView text, std::size_t schemeAt, std::size_t start, std::string type)
{
    const char closer = closerOf(text, schemeAt);
    auto end = start;
    while (end < text.size() && text[end] != '#' && text[end] != closer) {
        const auto one = addressSignAt(text, end);
        const bool ends = one.sign == '"' || one.sign == '<' || one.sign == '>'
            || (closer == '\0' && (isAddressBlank(one.sign) || one.sign == '\'' || one.sign == ')'));
        if (ends) {
            break;
        }
        end = one.end;
    }
    return {schemeAt, std::move(type), {start, end}, end};
}

// An address without its body.
struct Address {
    std::size_t start = 0;
    std::string type;
    std::size_t body = 0;
    bool base64 = true;
};

std::optional<Address> nextAddress(ByteView text, std::size_t from)
{
    std::optional<ByteRange> comma;
    bool coded = false; // base64 is behind the comma
    bool picture = false; // what is behind it begins like one
    for (auto scheme = nextScheme(text, from); scheme; scheme = nextScheme(text, scheme->type)) {
        if (!comma || comma->start < scheme->type) {
            comma = nextComma(text, scheme->type);
            if (!comma) {
                break;
            }
            coded = saysBase64(text.substr(0, comma->start));
            picture = coded ? beginsPicture(text, comma->end) : beginsBytes(text, comma->end);
        }
        const auto head = text.substr(scheme->type, comma->start - scheme->type);
        if (head.size() <= longestHead && (picture || (coded && saysImage(head)))) {
            return Address{scheme->start, typeOf(head), comma->end, coded};
        }
    }
    return std::nullopt;
}

} // namespace

std::optional<EmbeddedImage> nextEmbedded(ByteView text, std::size_t from)
{
    auto address = nextAddress(text, from);
    if (!address) {
        return std::nullopt;
    }
    return address->base64 ? bodyOf(text, address->start, address->body, std::move(address->type))
                           : bytesOf(text, address->start, address->body, std::move(address->type));
}

bool mayHoldEmbedded(ByteView text)
{
    return nextAddress(text, 0).has_value();
}

} // namespace cupel::formats
