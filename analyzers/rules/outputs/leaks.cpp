// SPDX-License-Identifier: GPL-3.0-or-later
// What texts tell about the machine and the company they were made at: home folders, account numbers, hosts inside,
// private services. One pass that stops at six signs only; each stop looks a few bytes around.
#include "analyzers/base/byte_scan.h"
#include "analyzers/formats/html/html_tags.h"
#include "analyzers/formats/html/html_url.h"
#include "analyzers/rules/outputs/cloud_names.h"
#include "analyzers/rules/outputs/home_paths.h"
#include "analyzers/rules/outputs/inside_hosts.h"
#include "analyzers/rules/outputs/leak_words.h"
#include "analyzers/rules/outputs/region_scan.h"

#include <algorithm>
#include <array>

namespace cupel::rules::outputs {

namespace {

bool isAlnum(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}
bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}
constexpr auto isSign = [](ByteBlock block) { return isOneOf<'/', '\\', ':', '.', '@', '-'>(block); };

class LeakReader {
public:
    LeakReader(const DecodedText& text, Findings& out)
        : m_text(text)
        , m_all(text.text())
        , m_out(out)
        , m_code(text.region.kind == RegionKind::Code)
    {
    }

    void run()
    {
        for (auto at = nextByte(m_all, 0, isSign); at < m_all.size(); at = nextByte(m_all, at + 1, isSign)) {
            switch (m_all[at]) {
            case '/':
                slash(at);
                break;
            case '\\':
                backslash(at);
                break;
            case ':':
                colon(at);
                break;
            case '.':
                dot(at);
                break;
            case '@':
                sign(at);
                break;
            default:
                dash(at);
            }
        }
    }

private:
    static constexpr std::size_t farthestScheme = 24; // from "://" to the end of a user's name

    [[nodiscard]] bool follows(std::size_t at, std::string_view word) const
    {
        return m_all.substr(at, word.size()) == word;
    }
    [[nodiscard]] bool precedes(std::size_t at, std::string_view word) const
    {
        return at >= word.size() && m_all.substr(at - word.size(), word.size()) == word;
    }

    Seen say(std::string_view rule, Severity severity, std::size_t from, std::size_t to, std::string what)
    {
        Seen seen;
        seen.rule = rule;
        seen.severity = severity;
        seen.what = std::move(what);
        m_text.place(seen, {from, to});
        return seen;
    }

    // The fix that fits where it stands: code is not changed by itself.
    void put(Seen seen)
    {
        if (m_text.region.part == Part::Metadata) {
            seen.fix = "remove-metadata";
        }
        m_out.add(std::move(seen));
    }

    void home(const HomePath& path)
    {
        auto seen = say("CUP-OUT-LEAK-HOME-PATH", Severity::Low, path.from, path.end, {});
        seen.what = path.shown + "…";
        seen.personal = true;
        seen.masked = path.shown + "\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022";
        seen.whole = true;
        seen.fix = "home-path";
        seen.safeFix = !m_code;
        for (const auto name : {path.user.substr(0, path.user.find('@')), path.machine}) {
            if (!name.empty()) {
                m_out.learnUser(name, seen.bytes);
            }
        }
        m_out.add(std::move(seen));
    }

    void slash(std::size_t at)
    {
        switch (at + 1 < m_all.size() ? m_all[at + 1] : '\0') {
        case 'h':
        case 'U':
        case 'u':
        case 'c':
            if (const auto path = homeAt(m_all, at)) {
                home(*path);
            }
            break;
        case 'r':
            named(resourceGroup(m_all, at), "Azure resource group");
            break;
        case 's':
            if (follows(at, "/subscriptions/")) {
                account(at + 15, "Azure subscription");
            }
            break;
        default: // nearly all
            if (precedes(at, "projects")) {
                named(googleProject(m_all, at + 1), "Google Cloud project");
            }
            break;
        }
    }

    void backslash(std::size_t at)
    {
        if (const auto path = windowsHomeAt(m_all, at)) {
            home(*path);
        } else if (follows(at, "\\\\") && !m_code && startsShare(at)) {
            share(at);
        }
    }

    [[nodiscard]] bool startsShare(std::size_t at) const
    {
        while (at > 0 && (m_all[at - 1] == '_' || m_all[at - 1] == '*')) {
            --at; // emphasis
        }
        return at == 0 || m_all[at - 1] == ' ' || m_all[at - 1] == '"' || m_all[at - 1] == '\''
            || m_all[at - 1] == '\n';
    }

    // \\server\share
    void share(std::size_t at)
    {
        auto end = at + 2;
        while (end < m_all.size() && isHostChar(m_all[end])) {
            ++end;
        }
        const auto server = m_all.substr(at + 2, end - at - 2);
        const bool named = server.size() >= 3 && server.size() <= 64 && end + 1 < m_all.size() && m_all[end] == '\\'
            && isAlnum(m_all[end + 1])
            && std::any_of(server.begin(), server.end(), [](char c) { return !isDigit(c) && c != '.'; });
        // TeX has double back slashes too: a server is named in capitals or with a digit, dot or dash.
        const bool likely =
            std::any_of(server.begin(), server.end(), [](char c) { return isDigit(c) || c == '.' || c == '-'; });
        if (named && likely) {
            auto seen = say("CUP-OUT-LEAK-INTERNAL-HOST", Severity::Low, at + 2, end, "network share");
            seen.host = formats::asciiLower(server);
            putName(std::move(seen));
        }
    }

    void account(std::size_t id, std::string_view whose)
    {
        if (!whose.empty() && isAccountId(m_all.substr(id, guidSize))) {
            putAccount(id, id + guidSize, std::string(whose));
        }
    }

    void putAccount(std::size_t from, std::size_t end, std::string whose, Severity severity = Severity::Low)
    {
        putName(say("CUP-OUT-LEAK-CLOUD-ACCOUNT", severity, from, end, std::move(whose)));
    }

    // Another name may stand there. Where code reads it a person says so, and it is a finding of its own.
    void putName(Seen seen)
    {
        seen.fix = "redact";
        seen.safeFix = isOnlyRead(m_text);
        seen.whole = m_code;
        put(std::move(seen));
    }

    void colon(std::size_t at)
    {
        if (follows(at, ":aws") && precedes(at, "arn")) {
            resource(at - 3);
        } else if (precedes(at, "Looking in indexes")) {
            indexes(at + 1);
        } else if (follows(at, "://")) {
            const bool bucket = precedes(at, "gs") && (at == 2 || !isAlnum(m_all[at - 3]));
            bucket ? named(privateBucket(m_all, at + 3), "Google Cloud bucket") : machine(at + 3);
        }
    }

    // scheme://name:port with a name that no domain stands behind; an account may stand before it.
    void machine(std::size_t from)
    {
        constexpr std::size_t mostOfAccount = 80;
        const auto authority = m_all.substr(from, mostOfAccount);
        const auto sign = authority.substr(0, authority.find_first_of("/ \n\"'<>\\")).rfind('@');
        from += sign == std::string_view::npos ? 0 : sign + 1;
        auto end = from;
        while (end < m_all.size() && isHostChar(m_all[end]) && m_all[end] != '.' && end - from < 64) {
            ++end;
        }
        const bool port = end + 1 < m_all.size() && m_all[end] == ':' && isDigit(m_all[end + 1]);
        if (port) {
            putMachine(from, end);
        }
    }

    void putMachine(std::size_t from, std::size_t end)
    {
        auto host = formats::asciiLower(m_all.substr(from, end - from));
        if (isMachineName(host)) {
            auto seen = say("CUP-OUT-LEAK-INTERNAL-HOST", Severity::Low, from, end, "name of a machine");
            seen.host = std::move(host);
            putName(std::move(seen));
        }
    }

    // "ssh somebody@"
    [[nodiscard]] bool isLogin(std::size_t end) const
    {
        constexpr std::size_t mostOfCommand = 60;
        const auto lowest = end - std::min(end, mostOfCommand);
        return logsIn(m_all.substr(lowest, end - lowest));
    }

    void resource(std::size_t at)
    {
        if (const auto found = awsAccount(m_all, at); !found.id.empty()) {
            putAccount(found.id.start, found.id.end, found.image ? "SageMaker image" : "AWS account",
                found.image ? Severity::Info : Severity::Low);
        }
    }

    void named(ByteRange name, std::string_view what)
    {
        if (!name.empty()) {
            putAccount(name.start, name.end, std::string(what));
        }
    }

    void indexes(std::size_t from)
    {
        const auto line = m_all.substr(from, std::min<std::size_t>(m_all.substr(from, 400).find('\n'), 400));
        for (auto at = line.find("://"); at != std::string_view::npos; at = line.find("://", at + 3)) {
            const auto scheme = line.find_last_of(" ,", at);
            const auto start = scheme == std::string_view::npos ? 0 : scheme + 1;
            const auto address = line.substr(start, line.find_first_of(", \r", at) - start);
            const auto url = formats::readUrl(address, false);
            if (url.kind == formats::HtmlUrl::Kind::Remote && !isPublicIndex(url.host)) {
                auto seen =
                    say("CUP-OUT-LEAK-PACKAGE-INDEX", Severity::Low, from + start, from + start + address.size(), {});
                seen.host = url.host;
                put(std::move(seen));
            }
        }
    }

    void dot(std::size_t at)
    {
        const char next = at + 1 < m_all.size() ? m_all[at + 1] : '\0';
        if (isDigit(next)) {
            if (follows(at, ".168.") || precedes(at, "10") || precedes(at, "172")) {
                address(at);
            }
            return;
        }
        const bool inside = follows(at, ".intern") || follows(at, ".intra") || follows(at, ".corp")
            || follows(at, ".local") || follows(at, ".lan");
        if (follows(at, ".cloud.google.com/")) {
            named(googleProjectOfLink(m_all, at), "Google Cloud project");
        } else if (inside) {
            internalHost(at);
        } else if (next == 'a' || next == 'c' || next == 'g' || next == 'n' || next == 't' || next == 's'
            || next == 'd') {
            service(at);
        }
    }

    // A private address counts with a port or in an address of the web.
    void address(std::size_t at)
    {
        const auto range = hostAround(m_all, at);
        const auto text = slice(m_all, range);
        if (range.start + 3 < at || !isPrivateAddress(text)) {
            return;
        }
        const bool port = range.end + 1 < m_all.size() && m_all[range.end] == ':' && isDigit(m_all[range.end + 1]);
        if (port || precedes(range.start, "://")) {
            auto seen = say("CUP-OUT-LEAK-INTERNAL-HOST", Severity::Low, range.start, range.end, "private address");
            seen.host = std::string(text);
            putName(std::move(seen));
        }
    }

    void internalHost(std::size_t at)
    {
        const auto range = hostAround(m_all, at);
        const auto host = formats::asciiLower(slice(m_all, range));
        const bool port = range.end + 1 < m_all.size() && m_all[range.end] == ':' && isDigit(m_all[range.end + 1]);
        const bool mail = precedes(range.start, "@");
        const bool url = precedes(range.start, "://") || mail;
        const bool company =
            isCompanyHost(host, (url || port) && !mail) && (!mail || follows(range.end, ":") || isLogin(range.start));
        if (!company && !isInternalHost(host)) {
            return;
        }
        const bool mac = host.find("macbook") != std::string::npos || host.starts_with("imac")
            || host.find("mac-mini") != std::string::npos;
        const bool dots =
            std::count(host.begin(), host.end(), '.') >= 2 && !m_code && host.find("..") == std::string::npos;
        const auto behind = std::min(m_all.find_first_not_of('_', range.end), m_all.size()); // emphasis ends
        const char after = behind < m_all.size() ? m_all[behind] : ' ';
        if (after == '(' || (behind > range.end && isHostChar(after)) || (!port && !url && !mac && !dots)) {
            return;
        }
        auto seen = say("CUP-OUT-LEAK-INTERNAL-HOST", Severity::Low, range.start, range.end,
            mac ? "name of a computer" : "internal name");
        if (mac) {
            seen.personal = true;
            seen.masked = "\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022.local";
        } else {
            seen.host = host;
        }
        putName(std::move(seen));
    }

    // Private workspaces and runs of services.
    void service(std::size_t at)
    {
        const auto word =
            serviceAt(m_all.substr(at, 24), m_all.substr(at > 8 ? at - 8 : 0, std::min<std::size_t>(at, 8)));
        if (word.empty()) {
            return;
        }
        const auto range = hostAround(m_all, at);
        if (!precedes(range.start, "://") || !isServiceHost(formats::asciiLower(slice(m_all, range)))
            || (word == "wandb" && !runFollows(range.end))) {
            return;
        }
        const auto slash = m_all.substr(range.end, 64).find('/', 1);
        const auto end = word == "wandb" && slash != std::string_view::npos ? range.end + slash : range.end;
        auto seen = say("CUP-OUT-LEAK-SERVICE-URL", Severity::Low, range.start, end, std::string(word));
        if (word == "wandb") {
            seen.personal = true; // the address holds the account's name
            seen.masked = "wandb.ai/\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022";
        }
        put(std::move(seen));
    }

    // /user/project/runs/id
    [[nodiscard]] bool runFollows(std::size_t at) const
    {
        const auto path = m_all.substr(at, 200);
        const auto runs = path.substr(0, path.find_first_of(" \n\"'<>)")).find("/runs/");
        return runs != std::string_view::npos;
    }

    // git@host:, https://name@host/...git
    void sign(std::size_t at)
    {
        auto machine = at + 1;
        while (machine < m_all.size() && isHostChar(m_all[machine]) && m_all[machine] != '.' && machine - at < 64) {
            ++machine;
        }
        // somebody@machine:~$ of a shell as well
        if (isDigit(m_all[machine - 1]) && !follows(machine, ".") && (follows(machine, ":~") || isLogin(at))) {
            putMachine(at + 1, machine);
            return;
        }
        const auto before = std::min(at, farthestScheme);
        if (!precedes(at, "git") && m_all.substr(at - before, before).find(':') == std::string_view::npos) {
            return; // nearly all
        }
        auto end = at + 1;
        while (end < m_all.size() && isHostChar(m_all[end]) && end - at < 100) {
            ++end;
        }
        const auto name = m_all.substr(at + 1, end - at - 1);
        if (name.find('.') == std::string_view::npos) {
            return;
        }
        const auto host = formats::asciiLower(name);
        const bool shell = precedes(at, "git") && end < m_all.size() && m_all[end] == ':';
        const bool shellStart = shell && (at < 4 || !isAlnum(m_all[at - 4]));
        const auto path = m_all.substr(end, 200);
        const auto rest = path.substr(0, path.find_first_of(" \n\"'<>)"));
        if (shellStart) {
            if (m_all.substr(end, 3).starts_with(":<") && host == "github.com") {
                return; // whose it is was replaced, and the host is everybody's
            }
            const bool open = host == "github.com" || host == "gitlab.com" || host == "bitbucket.org";
            auto seen =
                say("CUP-OUT-LEAK-GIT-REMOTE", open ? Severity::Info : Severity::Low, at - 3, end, "git over ssh");
            seen.host = host;
            put(std::move(seen));
        } else if (rest.ends_with(".git") || rest.find("/_git/") != std::string_view::npos) {
            remoteUser(at);
        }
    }

    // A name in front of the host; a long one is a token, which other rules know.
    void remoteUser(std::size_t at)
    {
        const auto lowest = at - std::min(at, farthestScheme);
        const auto scheme = m_all.substr(lowest, at - lowest).rfind("://");
        if (scheme == std::string_view::npos) {
            return;
        }
        const auto from = lowest + scheme + 3;
        const auto user = m_all.substr(from, at - from);
        if (user.empty() || user.size() > 16 || user == "git"
            || user.find_first_of("/: \n") != std::string_view::npos) {
            return;
        }
        auto seen = say("CUP-OUT-LEAK-GIT-REMOTE", Severity::Low, from, at, "git with a user name");
        seen.personal = true;
        seen.masked = "\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022";
        put(std::move(seen));
    }

    // Names that Windows gives to new computers, and account numbers behind their name.
    void dash(std::size_t at)
    {
        constexpr std::size_t firstPart = 8; // of a GUID
        if (at >= firstPart && at + 5 < m_all.size() && m_all[at + 5] == '-') {
            account(at - firstPart, accountNamedBy(m_all.substr(0, at - firstPart))); // as workspaces are printed
        }
        if (m_all.substr(at, 3) == "--r") {
            named(resourceGroup(m_all, at), "Azure resource group");
        }
        const bool desktop = precedes(at, "DESKTOP") || precedes(at, "LAPTOP");
        if (!desktop) {
            return;
        }
        auto end = at + 1;
        while (end < m_all.size() && ((m_all[end] >= 'A' && m_all[end] <= 'Z') || isDigit(m_all[end]))) {
            ++end;
        }
        const auto size = end - at - 1;
        if (size == 7 || size == 8) {
            const auto start = precedes(at, "DESKTOP") ? at - 7 : at - 6;
            auto seen = say("CUP-OUT-LEAK-INTERNAL-HOST", Severity::Low, start, end, "name of a computer");
            putName(std::move(seen));
        }
    }

    const DecodedText& m_text;
    std::string_view m_all;
    Findings& m_out;
    bool m_code;
};

} // namespace

void scanLeaks(const DecodedText& text, Findings& out)
{
    LeakReader(text, out).run();
}

} // namespace cupel::rules::outputs
