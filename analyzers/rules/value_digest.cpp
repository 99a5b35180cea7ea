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

std::string digestOf(std::vector<std::string> told, std::string_view salt)
{
    std::sort(told.begin(), told.end());
    told.erase(std::unique(told.begin(), told.end()), told.end());
    std::string whole = "cupel-values-1\n" + std::string(salt);
    for (const auto& value : told) {
        whole += '\n' + value;
    }
    return toHex(sha256(whole)).substr(0, 3);
}

} // namespace

std::string valueDigest(const std::vector<std::string>& values, std::string_view salt)
{
    std::vector<std::string> told;
    for (const auto& value : values) {
        if (auto text = plain(value); !isShort(text)) {
            told.push_back(std::move(text));
        }
    }
    return told.empty() ? std::string(untoldValues) : digestOf(std::move(told), salt);
}

std::string textDigest(const std::vector<std::string>& texts, std::string_view salt)
{
    std::vector<std::string> told;
    std::transform(
        texts.begin(), texts.end(), std::back_inserter(told), [](const std::string& text) { return plain(text); });
    return digestOf(std::move(told), salt);
}

} // namespace cupel::rules
