// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/secrets/checks/check_tools.h"

#include "analyzers/base/json_outline.h"

#include <algorithm>
#include <cstdio>

namespace cupel::rules::secrets::checks {

std::string_view afterLast(std::string_view text, char separator)
{
    const auto at = text.rfind(separator);
    return at == std::string_view::npos ? text : text.substr(at + 1);
}

bool onlyOf(std::string_view text, std::string_view alphabet)
{
    return text.find_first_not_of(alphabet) == std::string_view::npos;
}
bool isDigits(std::string_view text)
{
    return !text.empty() && onlyOf(text, "0123456789");
}
bool isHex(std::string_view text)
{
    return !text.empty() && onlyOf(text, "0123456789abcdefABCDEF");
}

namespace {

JsonOutline outlineOf(ByteView text)
{
    Budget budget;
    JsonOutline::Options options;
    options.detailDepth = 1;
    options.maxDepth = 32;
    options.maxNodes = 200;
    return JsonOutline::parse(text, budget, options);
}

} // namespace

SmallJson::SmallJson(std::string text)
    : m_text(std::move(text))
{
    m_text.resize(std::min<std::size_t>(m_text.size(), 32 << 10));
    const auto outline = outlineOf(m_text);
    m_isObject = !outline.empty() && outline.nodes()[0].type == JsonType::Object && outline.valid();
}

bool SmallJson::has(std::string_view key) const
{
    return m_isObject && outlineOf(m_text).member(m_text, 0, key).has_value();
}

std::string SmallJson::string(std::string_view key) const
{
    if (!m_isObject) {
        return {};
    }
    const auto outline = outlineOf(m_text);
    const auto node = outline.member(m_text, 0, key);
    return node ? outline.string(m_text, *node, 400) : std::string();
}

std::optional<std::int64_t> SmallJson::integer(std::string_view key) const
{
    if (!m_isObject) {
        return {};
    }
    const auto outline = outlineOf(m_text);
    const auto node = outline.member(m_text, 0, key);
    return node ? outline.integer(m_text, *node) : std::nullopt;
}

std::string plain(std::string_view value)
{
    std::string out;
    for (const char c : value.substr(0, 60)) {
        out.push_back(c >= 0x20 && c < 0x7F ? c : '?');
    }
    return out;
}

std::string isoDate(std::int64_t seconds)
{
    // Days to civil date (proleptic Gregorian), H. Hinnant's algorithm; no locale, no time zone.
    std::int64_t days = seconds / 86'400 - (seconds % 86'400 < 0 ? 1 : 0);
    if (days < -719'468 || days > 2'932'896) {
        return "a date out of range";
    }
    days += 719'468;
    const auto era = days / 146'097;
    const auto dayOfEra = days - era * 146'097;
    const auto yearOfEra = (dayOfEra - dayOfEra / 1'460 + dayOfEra / 36'524 - dayOfEra / 146'096) / 365;
    const auto dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    const auto shifted = (5 * dayOfYear + 2) / 153;
    const auto day = dayOfYear - (153 * shifted + 2) / 5 + 1;
    const auto month = shifted < 10 ? shifted + 3 : shifted - 9;
    const auto year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
    char text[40];
    std::snprintf(text, sizeof text, "%04lld-%02lld-%02lld", static_cast<long long>(year),
        static_cast<long long>(month), static_cast<long long>(day));
    return text;
}

} // namespace cupel::rules::secrets::checks
