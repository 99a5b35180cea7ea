// SPDX-License-Identifier: GPL-3.0-or-later
// Charts as JSON: what vega and plotly load from elsewhere, and script addresses in their texts.
#include "analyzers/formats/html/html_url.h"
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
    std::string_view name;
    std::string_view value;
    std::size_t valueAt = 0;
};

// The last quote at or before `at`, at most `window` bytes back.
std::size_t lastQuote(std::string_view text, std::size_t at, std::size_t window)
{
    const auto from = at > window ? at - window : 0;
    const auto found = text.substr(from, at - from + 1).rfind('"');
    return found == std::string_view::npos ? found : from + found;
}

// Two slashes, each as it is or escaped.
std::size_t nextSlashes(std::string_view text, std::size_t from)
{
    for (auto at = text.find('/', from); at != std::string_view::npos; at = text.find('/', at + 1)) {
        if (text.substr(at + 1, 1) == "/" || text.substr(at + 1, 2) == "\\/") {
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
    const auto open = lastQuote(text, quote - 1, 24);
    if (open == std::string_view::npos) {
        return false;
    }
    out.name = text.substr(open + 1, quote - open - 1);
    out.valueAt = at + 1;
    const auto rest = text.substr(at + 1, 2'048);
    out.value = rest.substr(0, std::min(rest.find('"'), rest.size()));
    return true;
}

} // namespace

void scanChart(const DecodedText& text, Findings& out)
{
    const auto all = text.text();
    const bool charts =
        text.region.name.find("vega") != std::string::npos || text.region.name.find("plotly") != std::string::npos;
    for (auto at = nextSlashes(all, 0); charts && at != std::string_view::npos; at = nextSlashes(all, at + 2)) {
        // Only what begins a string: "name": "https://...
        const auto start = lastQuote(all, at, 8);
        Member member;
        if (start == std::string_view::npos || start == 0) {
            continue;
        }
        const auto before = lastQuote(all, start - 1, 8);
        if (before == std::string_view::npos || before == 0 || !readMember(all, before, member)
            || std::find(loading.begin(), loading.end(), member.name) == loading.end()) {
            continue;
        }
        const auto url = formats::readUrl(member.value, false);
        if (url.kind != formats::HtmlUrl::Kind::Remote) {
            continue;
        }
        Seen seen;
        seen.rule = "CUP-OUT-CHART-LOADS";
        seen.severity = isKnownHost(url.host) || isLocalHost(url.host) ? Severity::Info : Severity::Low;
        seen.what = std::string(member.name);
        seen.host = url.host;
        seen.shown = {Carrier::Json, Act::Load};
        text.place(seen, {member.valueAt, member.valueAt + member.value.size()});
        out.add(std::move(seen));
    }
    for (auto at = all.find("javascript:"); at != std::string_view::npos; at = all.find("javascript:", at + 11)) {
        Seen seen;
        seen.rule = "CUP-OUT-SCRIPT-URL";
        seen.severity = all.substr(at + 11, 4) == "void" ? Severity::Low : Severity::Medium;
        seen.what = "address in a chart";
        seen.shown = {Carrier::Json, Act::Click};
        text.place(seen, {at, at + 11});
        out.add(std::move(seen));
    }
}

} // namespace cupel::rules::outputs
