// SPDX-License-Identifier: GPL-3.0-or-later
// Charts as JSON: what vega and plotly load from elsewhere, and script addresses in their texts, however JSON writes
// them.
#include "analyzers/base/byte_scan.h"
#include "analyzers/base/json_keys.h"
#include "analyzers/formats/html/html_url.h"
#include "analyzers/formats/image/address_sign.h"
#include "analyzers/rules/outputs/active_rules.h"
#include "analyzers/rules/outputs/known_hosts.h"
#include "analyzers/rules/outputs/region_scan.h"

#include <algorithm>
#include <array>

namespace cupel::rules::outputs {

namespace {

// Members whose address the program loads. plotlyServerURL is only a link, and in every plotly chart.
constexpr std::array<std::string_view, 6> loading{"url", "source", "topojsonURL", "baseURL", "href", "loader"};

struct Member {
    std::string name;
    ByteRange value; // as it is written
};

// The last quote at or before `at`, at most `window` bytes back.
std::size_t lastQuote(std::string_view text, std::size_t at, std::size_t window)
{
    const auto from = at > window ? at - window : 0;
    const auto found = text.substr(from, at - from + 1).rfind('"');
    return found == std::string_view::npos ? found : from + found;
}

// Behind the slash at `at`, as it is, behind a back slash or by its number; zero: there is none.
std::size_t behindSlash(std::string_view text, std::size_t at)
{
    const auto rest = text.substr(at, 6);
    return rest.starts_with('/')                 ? at + 1
        : rest.starts_with("\\/")                ? at + 2
        : rest == "\\u002f" || rest == "\\u002F" ? at + 6
                                                 : 0;
}

// Where two slashes stand.
std::size_t nextSlashes(std::string_view text, std::size_t from)
{
    for (auto at = findOneOf<'/', '\\'>(text, from); at < text.size(); at = findOneOf<'/', '\\'>(text, at + 1)) {
        const auto second = behindSlash(text, at);
        if (second != 0 && behindSlash(text, second) != 0) {
            return at;
        }
    }
    return std::string_view::npos;
}

// `text[quote]` closes a member's name when a colon and a string follow.
bool readMember(std::string_view text, std::size_t quote, Member& out)
{
    auto at = std::min(text.find_first_not_of(" \t\r\n", quote + 1), text.size());
    if (at >= text.size() || text[at] != ':') {
        return false;
    }
    at = std::min(text.find_first_not_of(" \t\r\n", at + 1), text.size());
    if (at >= text.size() || text[at] != '"') {
        return false;
    }
    constexpr std::size_t longestName = 80; // of those that load, each letter by its number
    const auto open = lastQuote(text, quote - 1, longestName);
    if (open == std::string_view::npos) {
        return false;
    }
    out.name = decodeJsonKey(text, {open + 1, quote});
    const auto rest = text.substr(at + 1, 2'048);
    out.value = {at + 1, at + 1 + std::min(rest.find('"'), rest.size())};
    return true;
}

// Behind "javascript:", in any case and however its letters are written; zero: it does not stand there.
std::size_t behindScript(std::string_view text, std::size_t at)
{
    for (const char wanted : std::string_view("javascript:")) {
        if (at >= text.size()) {
            return 0;
        }
        const auto one = formats::addressSignAt(text, at);
        const auto sign = one.sign >= 'A' && one.sign <= 'Z' ? static_cast<char>(one.sign - 'A' + 'a') : one.sign;
        if (sign != wanted) {
            return 0;
        }
        at = one.end;
    }
    return at;
}

void scanScripts(const DecodedText& text, Findings& out)
{
    const auto all = text.text();
    constexpr auto next = findOneOf<'j', 'J', '\\', '&'>;
    for (auto at = next(all, 0); at < all.size(); at = next(all, at + 1)) {
        const auto end = behindScript(all, at);
        if (end == 0) {
            continue;
        }
        Seen seen;
        seen.rule = "CUP-OUT-SCRIPT-URL";
        seen.severity = all.substr(end, 4) == "void" ? Severity::Low : Severity::Medium;
        seen.what = "address in a chart";
        seen.shown = {Carrier::Json, Act::Click};
        text.place(seen, {at, end});
        out.add(std::move(seen));
        at = end - 1;
    }
}

} // namespace

void scanChart(const DecodedText& text, Findings& out)
{
    const auto all = text.text();
    const bool charts =
        text.region.name.find("vega") != std::string::npos || text.region.name.find("plotly") != std::string::npos;
    for (auto at = nextSlashes(all, 0); charts && at != std::string_view::npos; at = nextSlashes(all, at + 2)) {
        constexpr std::size_t longestScheme = 48; // each letter by its number
        // Only what begins a string: "name": "https://...
        const auto start = lastQuote(all, at, longestScheme);
        Member member;
        if (start == std::string_view::npos || start == 0) {
            continue;
        }
        const auto before = lastQuote(all, start - 1, 8);
        if (before == std::string_view::npos || before == 0 || !readMember(all, before, member)
            || std::find(loading.begin(), loading.end(), member.name) == loading.end()) {
            continue;
        }
        const auto url = formats::readUrl(decodeJsonKey(all, member.value), false);
        if (url.kind != formats::HtmlUrl::Kind::Remote) {
            continue;
        }
        Seen seen;
        seen.rule = "CUP-OUT-CHART-LOADS";
        seen.severity = isKnownHost(url.host) || isLocalHost(url.host) ? Severity::Info : Severity::Low;
        seen.what = member.name;
        seen.host = url.host;
        seen.shown = {Carrier::Json, Act::Load};
        text.place(seen, member.value);
        out.add(std::move(seen));
    }
    scanScripts(text, out);
}

} // namespace cupel::rules::outputs
