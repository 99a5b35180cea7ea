// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/html/html_url.h"

#include "analyzers/base/json_text.h"
#include "analyzers/formats/html/html_host.h"
#include "analyzers/formats/html/html_tags.h"
#include "analyzers/formats/html/html_tokens.h"

#include <algorithm>
#include <array>

namespace cupel::formats {

namespace {

constexpr std::size_t longestHead = 512; // bytes of an address that decide
constexpr std::size_t longestAuthority = 64 << 10; // a name and a password in front of the host are long to hide it

bool isSchemeChar(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' || c == '.'
        || c == '-';
}

// The authority behind any number of slashes of either kind.
std::string_view authorityOf(std::string_view rest)
{
    rest.remove_prefix(std::min(rest.find_first_not_of("/\\"), rest.size()));
    return rest.substr(0, rest.find_first_of("/\\?#"));
}

// Empty: there is none, or none that a browser would ask.
std::string hostOf(std::string_view rest)
{
    auto authority = authorityOf(rest);
    if (const auto user = authority.rfind('@'); user != std::string_view::npos) {
        authority.remove_prefix(user + 1);
    }
    if (authority.starts_with('[')) {
        authority = authority.substr(0, authority.find(']') + 1);
    } else {
        authority = authority.substr(0, authority.find(':'));
    }
    return readHost(authority).value_or(std::string());
}

HtmlUrl::Kind kindOfData(std::string_view rest)
{
    auto mime = rest.substr(0, rest.find_first_of(";,"));
    mime = mime.substr(0, mime.find(' '));
    return isScriptType(asciiLower(mime)) ? HtmlUrl::Kind::Document : HtmlUrl::Kind::Data;
}

bool mixedCase(std::string_view scheme)
{
    const auto upper = std::count_if(scheme.begin(), scheme.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
    return upper > 0 && static_cast<std::size_t>(upper) < scheme.size();
}

// What browsers read of an address, at most `longest` bytes; `hidden` when the part before the colon is written
// otherwise.
std::string strip(std::string_view raw, bool entities, std::size_t longest, bool& hidden)
{
    std::string out;
    bool colon = false;
    for (std::size_t at = 0; at < raw.size() && out.size() < longest;) {
        const auto entity = entities && raw[at] == '&' ? readEntity(raw, at) : HtmlEntity{};
        const auto byte = entity.length > 0 ? entity.point : static_cast<unsigned char>(raw[at]);
        at += std::max<std::size_t>(entity.length, 1);
        const bool blank = byte == ' ' || byte == '\n' || byte == '\r' || byte == '\t';
        if (out.empty() && byte <= 0x20) {
            hidden = hidden || !blank || entity.length > 0;
        } else if (blank && byte != ' ') {
            hidden = hidden || !colon;
        } else {
            hidden = hidden || (entity.length > 0 && !colon);
            colon = colon || byte == ':';
            entity.length > 0 ? appendUtf8(out, entity.point) : out.push_back(static_cast<char>(byte));
        }
    }
    return out;
}

} // namespace

bool isScriptType(std::string_view mime)
{
    static constexpr std::array<std::string_view, 11> types{"text/html", "application/xhtml+xml", "image/svg+xml",
        "text/xml", "application/xml", "text/javascript", "application/javascript", "application/x-javascript",
        "application/ecmascript", "text/ecmascript", "text/vbscript"};
    return std::find(types.begin(), types.end(), mime) != types.end();
}

static bool countsViews(std::string_view rest)
{
    static constexpr std::array<std::string_view, 9> words{"/impressions/", "/impression/", "/tracking/", "/track/",
        "/beacon/", "/beacon.", "/pixel.", "/__utm.gif", "/piwik.php"};
    const auto path = asciiLower(rest.substr(0, std::min(rest.size(), rest.find_first_of("?#"))));
    return std::any_of(
        words.begin(), words.end(), [&path](std::string_view word) { return path.find(word) != std::string::npos; });
}

// Behind the signs that a scheme may have.
static std::size_t schemeEnd(std::string_view view)
{
    std::size_t end = 0;
    while (end < view.size() && isSchemeChar(view[end])) {
        ++end;
    }
    return end;
}

// Behind schemes that only say how to show what another address has.
static std::string_view behindWrappers(std::string_view view)
{
    for (auto end = schemeEnd(view); end < view.size() && view[end] == ':'; end = schemeEnd(view)) {
        if (!sameName(view.substr(0, end), "view-source") && !sameName(view.substr(0, end), "feed")) {
            break;
        }
        view.remove_prefix(end + 1);
    }
    return view;
}

static HtmlUrl readHead(std::string_view view, bool hidden)
{
    HtmlUrl url;
    view = behindWrappers(view);
    const auto end = schemeEnd(view);
    if (end == 0 || end >= view.size() || view[end] != ':') {
        const bool slashes =
            view.size() > 2 && (view[0] == '/' || view[0] == '\\') && (view[1] == '/' || view[1] == '\\');
        if (slashes) {
            url.host = hostOf(view);
            url.kind = view.starts_with("\\\\") ? HtmlUrl::Kind::LocalFile
                : url.host.empty()              ? HtmlUrl::Kind::Other
                                                : HtmlUrl::Kind::Remote;
        }
        return url;
    }
    const auto scheme = asciiLower(view.substr(0, end));
    const auto rest = view.substr(end + 1);
    url.kind = HtmlUrl::Kind::Other;
    if (scheme == "javascript" || scheme == "vbscript" || scheme == "livescript" || scheme == "mocha"
        || scheme == "jscript") {
        url.kind = HtmlUrl::Kind::Script;
        url.hidden = hidden || mixedCase(view.substr(0, end));
    } else if (scheme == "data") {
        url.kind = kindOfData(rest);
        url.hidden = url.kind == HtmlUrl::Kind::Document && (hidden || mixedCase(view.substr(0, end)));
    } else if (scheme == "http" || scheme == "https" || scheme == "ftp" || scheme == "ws" || scheme == "wss") {
        url.kind = HtmlUrl::Kind::Remote;
        url.host = hostOf(rest);
        url.insecure = scheme == "http" || scheme == "ftp";
        url.counter = scheme.starts_with("http") && countsViews(rest);
        url.hidden = hidden;
        if (url.host.empty()) {
            url.kind = HtmlUrl::Kind::Other;
        }
    } else if (scheme == "file" || scheme.size() == 1) {
        url.kind = HtmlUrl::Kind::LocalFile;
        url.host =
            scheme == "file" && rest.starts_with("//") && !rest.starts_with("///") ? hostOf(rest) : std::string();
    }
    return url;
}

HtmlUrl readUrl(std::string_view raw, bool entities)
{
    bool hidden = false;
    const auto head = strip(raw, entities, longestHead, hidden);
    auto url = readHead(head, hidden);
    const bool named =
        url.kind == HtmlUrl::Kind::Remote || url.kind == HtmlUrl::Kind::Other || url.kind == HtmlUrl::Kind::LocalFile;
    const auto rest = std::string_view(head).substr(std::min(head.find_first_of("/\\"), head.size()));
    if (named && head.size() >= longestHead && authorityOf(rest).end() == rest.end()) {
        hidden = false;
        url = readHead(strip(raw, entities, longestAuthority, hidden), hidden);
    }
    return url;
}

} // namespace cupel::formats
