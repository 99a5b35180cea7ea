// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/code/requirement.h"

#include <algorithm>
#include <array>

namespace cupel::code {

namespace {

constexpr std::string_view blanks = " \t\r\f\n";
constexpr std::size_t mostExtras = 64;

bool isAlphaNumeric(char c)
{
    return ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || (c >= '0' && c <= '9');
}

// Letters of other scripts are taken too: a name that only looks like ASCII is what a typosquat hides behind.
bool isNameChar(char c)
{
    return isAlphaNumeric(c) || c == '-' || c == '_' || c == '.' || static_cast<unsigned char>(c) >= 0x80;
}

std::string_view trimmed(std::string_view text)
{
    const auto first = text.find_first_not_of(blanks);
    return first == std::string_view::npos ? std::string_view{}
                                           : text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

bool startsWithAny(std::string_view text, std::initializer_list<std::string_view> starts)
{
    return std::any_of(starts.begin(), starts.end(), [text](std::string_view s) { return text.starts_with(s); });
}

bool isVcs(std::string_view text)
{
    return startsWithAny(text, {"git+", "hg+", "svn+", "bzr+"});
}

bool isArchive(std::string_view text)
{
    static constexpr std::array<std::string_view, 8> ends{
        ".whl", ".tar.gz", ".zip", ".tar.bz2", ".tgz", ".egg", ".tar.xz", ".tar"};
    return std::any_of(ends.begin(), ends.end(), [text](std::string_view e) { return text.ends_with(e); });
}

// "torch" and "==2.0" of ".../torch-2.0-cp310-cp310-linux_x86_64.whl"; a source archive gives its name too.
void readFileName(std::string_view path, Requirement& out)
{
    path = path.substr(0, path.find_first_of("?#"));
    path.remove_prefix(path.rfind('/') + 1); // npos + 1 is 0
    if (!isArchive(path)) {
        return;
    }
    std::size_t dash = path.find('-');
    while (dash != std::string_view::npos && dash + 1 < path.size() && (path[dash + 1] < '0' || path[dash + 1] > '9')) {
        dash = path.find('-', dash + 1);
    }
    if (dash == std::string_view::npos || dash == 0) {
        return;
    }
    const auto name = path.substr(0, dash);
    if (!std::all_of(name.begin(), name.end(), isNameChar)) {
        return;
    }
    auto version = path.substr(dash + 1);
    version = path.ends_with(".whl") ? version.substr(0, version.find('-')) : std::string_view{};
    out.name = out.name.empty() ? std::string(name) : out.name;
    if (!version.empty()) {
        out.specifier = "==" + std::string(version);
    }
}

// What stands behind '#': egg=name, subdirectory=..., sha256=...
void readFragment(std::string_view url, Requirement& out)
{
    const auto mark = url.find('#');
    std::string_view rest = mark == std::string_view::npos ? std::string_view{} : url.substr(mark + 1);
    while (!rest.empty()) {
        const auto end = std::min(rest.find('&'), rest.size());
        const auto pair = rest.substr(0, end);
        if (pair.starts_with("egg=")) {
            const auto egg = pair.substr(4);
            const auto stop = std::find_if_not(egg.begin(), egg.end(), isNameChar);
            out.name.assign(egg.begin(), stop);
        } else if (startsWithAny(pair, {"sha256=", "sha384=", "sha512=", "md5=", "sha1="})) {
            ++out.hashes;
        }
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
}

void readUrl(std::string_view url, Requirement& out)
{
    out.kind = isVcs(url) ? Requirement::Kind::Vcs : Requirement::Kind::Url;
    out.url = url;
    readFragment(url, out);
    const auto body = url.substr(0, url.find('#'));
    if (out.kind == Requirement::Kind::Url) {
        readFileName(body, out);
        return;
    }
    const auto scheme = body.find("://");
    const auto path = scheme == std::string_view::npos ? std::string_view::npos : body.find('/', scheme + 3);
    const auto at = body.rfind('@');
    if (path != std::string_view::npos && at != std::string_view::npos && at > path) {
        out.reference = body.substr(at + 1);
    }
    if (out.name.empty()) { // github.com/owner/name.git: the repository mostly has the name of what it holds
        auto repository = body.substr(
            0, at != std::string_view::npos && path != std::string_view::npos && at > path ? at : body.size());
        while (repository.ends_with('/')) {
            repository.remove_suffix(1);
        }
        repository.remove_prefix(repository.rfind('/') + 1);
        if (repository.ends_with(".git")) {
            repository.remove_suffix(4);
        }
        if (!repository.empty() && std::all_of(repository.begin(), repository.end(), isNameChar)) {
            out.name = repository;
        }
    }
}

class Reader {
public:
    explicit Reader(std::string_view text)
        : m_text(text)
    {
    }

    Requirement read() &&
    {
        skipBlanks();
        const auto body = trimmed(m_text.substr(m_at));
        if (body.empty()) {
            return {};
        }
        if (body.front() == '{' || body.front() == '$' || body.front() == '`') {
            m_out.kind = Requirement::Kind::Hole;
            return std::move(m_out);
        }
        const auto first = body.substr(0, body.find_first_of(blanks));
        if (isVcs(first) || first.find("://") < first.find_first_of("@[")) {
            readUrl(first, m_out);
            m_at += first.size();
            markers();
            return std::move(m_out);
        }
        if (body.front() == '.' || body.front() == '/' || body.front() == '~' || isArchive(first)
            || first.find_first_of("/\\") < first.find_first_of("@[;=<>!~")) {
            m_out.kind = Requirement::Kind::Path;
            m_out.url = first;
            readFileName(first, m_out);
            return std::move(m_out);
        }
        named();
        return std::move(m_out);
    }

private:
    void skipBlanks()
    {
        while (m_at < m_text.size() && blanks.find(m_text[m_at]) != std::string_view::npos) {
            ++m_at;
        }
    }

    void named()
    {
        const auto start = m_at;
        while (m_at < m_text.size() && isNameChar(m_text[m_at])) {
            ++m_at;
        }
        auto name = m_text.substr(start, m_at - start);
        if (name.empty() || name.size() > 120
            || (!isAlphaNumeric(name.front()) && static_cast<unsigned char>(name.front()) < 0x80)) {
            return;
        }
        m_out.kind = Requirement::Kind::Name;
        m_out.name = name;
        m_out.nameEnd = m_at;
        extras();
        skipBlanks();
        if (m_at < m_text.size() && m_text[m_at] == '@') {
            ++m_at;
            skipBlanks();
            const auto rest = m_text.substr(m_at);
            readUrl(rest.substr(0, rest.find_first_of(blanks)), m_out);
            m_out.name = name;
            return;
        }
        specifier();
        markers();
    }

    void extras()
    {
        const auto open = m_text.find_first_not_of(blanks, m_at);
        if (open == std::string_view::npos || m_text[open] != '[') {
            return;
        }
        const auto close = m_text.find(']', open);
        if (close == std::string_view::npos || close - open > 1'000) {
            return;
        }
        auto list = m_text.substr(open + 1, close - open - 1);
        while (!list.empty() && m_out.extras.size() < mostExtras) {
            const auto end = std::min(list.find(','), list.size());
            if (const auto extra = trimmed(list.substr(0, end)); !extra.empty()) {
                m_out.extras.emplace_back(extra);
            }
            list.remove_prefix(std::min(end + 1, list.size()));
        }
        m_at = close + 1;
        m_out.nameEnd = m_at;
    }

    void specifier()
    {
        if (m_at >= m_text.size() || std::string_view("=<>!~(").find(m_text[m_at]) == std::string_view::npos) {
            if (m_at < m_text.size() && (m_text[m_at] == '{' || m_text[m_at] == '$')) {
                m_out.specifier = m_text.substr(m_at); // name{version}: filled in at run time
            } else if (m_at < m_text.size() && m_text[m_at] != ';' && m_text[m_at] != '#' && m_text[m_at] != '-') {
                m_out.kind = Requirement::Kind::None; // prose, not a requirement
            }
            return;
        }
        while (m_at < m_text.size() && m_text[m_at] != ';' && m_text[m_at] != '#') {
            const char c = m_text[m_at];
            if (m_text.substr(m_at).starts_with("--")) {
                break;
            }
            if (blanks.find(c) == std::string_view::npos && c != '(' && c != ')' && c != '\\') {
                m_out.specifier.push_back(c);
            }
            ++m_at;
        }
    }

    void markers()
    {
        const auto rest = m_text.substr(std::min(m_at, m_text.size()));
        for (auto at = rest.find("--hash="); at != std::string_view::npos; at = rest.find("--hash=", at + 7)) {
            ++m_out.hashes;
        }
        if (const auto mark = rest.find(';'); mark != std::string_view::npos) {
            auto marker = rest.substr(mark + 1);
            marker = marker.substr(0, std::min(marker.find(" #"), marker.find(" --")));
            m_out.marker = trimmed(marker);
        }
    }

    std::string_view m_text;
    std::size_t m_at = 0;
    Requirement m_out;
};

} // namespace

Requirement readRequirement(std::string_view text)
{
    return Reader(text.substr(0, 8'192)).read();
}

std::string normalName(std::string_view name)
{
    std::string out;
    for (const char c : name) {
        if (c == '-' || c == '_' || c == '.') {
            if (out.empty() || out.back() != '-') {
                out.push_back('-');
            }
        } else {
            out.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c);
        }
    }
    return out;
}

std::string_view exactVersion(std::string_view specifier)
{
    if (!specifier.starts_with("==")) {
        return {};
    }
    const auto version = specifier.substr(specifier.starts_with("===") ? 3 : 2);
    const bool exact = !version.empty() && version.find_first_of("*,<>=!~{$ ") == std::string_view::npos;
    return exact ? version : std::string_view{};
}

bool isCommit(std::string_view reference)
{
    return (reference.size() == 40 || reference.size() == 64)
        && reference.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
}

std::string safeUrl(std::string_view url)
{
    std::string out(url.substr(0, url.find_first_of("?#")));
    const auto scheme = out.find("://");
    if (scheme != std::string::npos) {
        const auto path = std::min(out.find('/', scheme + 3), out.size());
        const auto at = out.rfind('@', path);
        if (at != std::string::npos && at > scheme && at < path) {
            out.erase(scheme + 3, at - scheme - 2);
        }
    }
    return out;
}

std::string_view urlHost(std::string_view url)
{
    const auto scheme = url.find("://");
    if (scheme == std::string_view::npos) {
        return {};
    }
    auto host = url.substr(scheme + 3);
    host = host.substr(0, host.find_first_of("/?#"));
    host.remove_prefix(host.rfind('@') + 1);
    return host.substr(0, host.find(':'));
}

} // namespace cupel::code
