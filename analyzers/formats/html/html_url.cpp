// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/html/html_url.h"

#include "analyzers/formats/html/html_tags.h"

#include <algorithm>
#include <array>

namespace cupel::formats {

namespace {

constexpr std::size_t longestHead = 512; // bytes of an address that decide
constexpr std::size_t longestHost = 253;

bool isSchemeChar(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' || c == '.'
        || c == '-';
}

// The authority behind any number of slashes of either kind.
std::string hostOf(std::string_view rest)
{
    rest.remove_prefix(std::min(rest.find_first_not_of("/\\"), rest.size()));
    auto authority = rest.substr(0, rest.find_first_of("/\\?#"));
    if (const auto user = authority.rfind('@'); user != std::string_view::npos) {
        authority.remove_prefix(user + 1);
    }
    if (authority.starts_with('[')) {
        authority = authority.substr(0, authority.find(']') + 1);
    } else {
        authority = authority.substr(0, authority.find(':'));
    }
    auto host = asciiLower(authority.substr(0, longestHost));
    while (host.ends_with('.')) {
        host.pop_back();
    }
    return host;
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

// Strips what browsers strip; `hidden` when that changed the part before the colon.
std::string strip(std::string_view raw, bool entities, bool& hidden)
{
    bool undone = false;
    const auto head = raw.substr(0, longestHead * 4);
    const auto text = entities && head.find('&') != std::string_view::npos
        ? undoEntities(head, longestHead * 2, &undone)
        : std::string(head.substr(0, longestHead * 2));
    std::string out;
    bool dropped = false;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (out.empty() && byte <= 0x20) {
            dropped = dropped || (byte != ' ' && byte != '\n' && byte != '\r' && byte != '\t');
            continue;
        }
        if (byte == '\t' || byte == '\n' || byte == '\r') {
            dropped = dropped || out.find(':') == std::string::npos;
            continue;
        }
        out.push_back(c);
        if (out.size() >= longestHead) {
            break;
        }
    }
    const auto amp = head.find('&');
    const auto colon = head.find(':');
    hidden = dropped || (undone && (colon == std::string_view::npos || amp < colon));
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

HtmlUrl readUrl(std::string_view raw, bool entities)
{
    HtmlUrl url;
    bool hidden = false;
    const auto text = strip(raw, entities, hidden);
    const std::string_view view = text;
    std::size_t end = 0;
    while (end < view.size() && isSchemeChar(view[end])) {
        ++end;
    }
    if (end == 0 || end >= view.size() || view[end] != ':') {
        const bool slashes =
            view.size() > 2 && (view[0] == '/' || view[0] == '\\') && (view[1] == '/' || view[1] == '\\');
        if (slashes) {
            url.host = hostOf(view);
            url.kind = view.starts_with("\\\\") ? HtmlUrl::Kind::LocalFile : HtmlUrl::Kind::Remote;
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
    } else if (scheme == "view-source" || scheme == "feed") {
        return readUrl(rest.substr(0, longestHead), false);
    }
    return url;
}

} // namespace cupel::formats
