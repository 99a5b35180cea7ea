// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/value_digest.h"

#include "analyzers/base/hash.h"

#include <algorithm>
#include <cstddef>

namespace cupel::rules {

namespace {

// Without what a file may write in another way: white space, quotes, what parts the lines of a list.
std::string plain(std::string_view value)
{
    std::string out;
    std::copy_if(value.begin(), value.end(), std::back_inserter(out), [](char c) {
        return static_cast<unsigned char>(c) > ' ' && std::string_view("\"'\\,").find(c) == std::string_view::npos;
    });
    return out;
}

// Numbers of a few digits can be gone through, addresses of four groups less so.
bool isShort(std::string_view value)
{
    constexpr std::size_t shortest = 5;
    constexpr std::ptrdiff_t fewDigits = 9;
    const auto digits = std::count_if(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; });
    const bool letters = std::any_of(value.begin(), value.end(), [](char c) {
        const char low = static_cast<char>(c | 0x20);
        return (low >= 'a' && low <= 'z') || static_cast<unsigned char>(c) >= 0x80;
    });
    const bool address = std::count(value.begin(), value.end(), '.') >= 3;
    return value.size() < shortest || (!letters && !address && digits < fewDigits);
}

std::string digestOf(std::vector<std::string> told, std::string_view salt, std::size_t digits)
{
    std::sort(told.begin(), told.end());
    told.erase(std::unique(told.begin(), told.end()), told.end());
    std::string whole(salt);
    for (const auto& value : told) {
        whole += '\n' + value;
    }
    return toHex(sha256(whole)).substr(0, digits);
}

bool isHex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
}

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

// The length of a random id at `at`, where a run of hexadecimal digits begins that ends at `end`: eight digits and four
// groups behind hyphens, or 32 digits; 0: none.
std::size_t idLength(std::string_view text, std::size_t at, std::size_t end)
{
    constexpr std::string_view uuid = "hhhhhhhh-hhhh-hhhh-hhhh-hhhhhhhhhhhh";
    constexpr std::size_t bare = 32;
    constexpr std::size_t first = 8;
    if (at > 0 && isHex(text[at - 1])) {
        return 0; // behind an id
    }
    if (end - at == bare) {
        return bare;
    }
    const auto rest = text.substr(at, uuid.size());
    const bool fits = end - at == first && rest.size() == uuid.size()
        && std::equal(
            rest.begin(), rest.end(), uuid.begin(), [](char c, char as) { return as == 'h' ? isHex(c) : c == as; });
    return fits ? uuid.size() : 0;
}

// Blanks as one, line breaks as one, ids as one sign. Scripts of megabytes come here: what stays is copied in runs.
std::string settled(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    std::size_t from = 0; // what is not copied yet
    const auto put = [&](std::size_t at, char sign, std::size_t next) {
        out.append(text, from, at - from);
        out += sign;
        from = next;
    };
    for (std::size_t at = 0; at < text.size();) {
        const char c = text[at];
        if (isBlank(c)) {
            const auto end = std::min(text.find_first_not_of(" \t\r\n", at), text.size());
            if (end - at > 1 || c == '\t' || c == '\r') {
                put(at, text.substr(at, end - at).find('\n') == std::string_view::npos ? ' ' : '\n', end);
            }
            at = end;
        } else if (isHex(c)) {
            auto end = at + 1;
            while (end < text.size() && isHex(text[end])) {
                ++end;
            }
            if (const auto length = idLength(text, at, end); length > 0) {
                put(at, '\x01', at + length);
                end = at + length;
            }
            at = end;
        } else {
            ++at;
        }
    }
    return out.append(text, from);
}

} // namespace

std::string valueDigest(const std::vector<std::string>& values)
{
    std::vector<std::string> told;
    for (const auto& value : values) {
        if (auto text = plain(value); !isShort(text)) {
            told.push_back(std::move(text));
        }
    }
    return told.empty() ? std::string(untoldValues) : digestOf(std::move(told), "cupel-values-2", 3);
}

std::string textDigest(const std::vector<std::string>& texts, std::string_view salt)
{
    std::vector<std::string> told;
    std::transform(
        texts.begin(), texts.end(), std::back_inserter(told), [](const std::string& text) { return settled(text); });
    return digestOf(std::move(told), "cupel-texts-2\n" + std::string(salt), 16);
}

} // namespace cupel::rules
