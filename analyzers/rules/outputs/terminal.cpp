// SPDX-License-Identifier: GPL-3.0-or-later
// Terminal sequences in outputs that hide or replace what was printed, and links whose text is not where they lead. The
// bars of progress that overwrite themselves are left alone.
#include "analyzers/formats/html/html_url.h"
#include "analyzers/rules/outputs/known_hosts.h"
#include "analyzers/rules/outputs/region_scan.h"

#include <algorithm>

namespace cupel::rules::outputs {

namespace {

class TerminalReader {
public:
    TerminalReader(const DecodedText& text, Findings& out)
        : m_text(text)
        , m_all(text.text())
        , m_out(out)
    {
    }

    void run()
    {
        for (auto at = m_all.find('\x1b'); at != std::string_view::npos; at = m_all.find('\x1b', at + 1)) {
            const char kind = at + 1 < m_all.size() ? m_all[at + 1] : '\0';
            if (kind == '[') {
                control(at);
            } else if (kind == ']') {
                command(at);
            }
        }
        overwritten();
    }

private:
    void say(std::string_view rule, Severity severity, std::size_t from, std::size_t to, std::string what,
        std::string host = {})
    {
        Seen seen;
        seen.rule = rule;
        seen.severity = severity;
        seen.confidence = Confidence::Possible;
        seen.what = std::move(what);
        seen.host = std::move(host);
        if (m_text.region.part == Part::Output) {
            seen.fix = "drop-output";
        }
        m_text.place(seen, {from, to});
        m_out.add(std::move(seen));
    }

    // ESC [ parameters letter
    void control(std::size_t at)
    {
        const auto end = m_all.find_first_not_of("0123456789;?:", at + 2);
        if (end == std::string_view::npos || end - at > 40) {
            return;
        }
        const auto parameters = m_all.substr(at + 2, end - at - 2);
        if (m_all[end] == 'm') {
            if (parameters == "8" || parameters.starts_with("8;") || parameters.ends_with(";8")) {
                conceal(at, end + 1);
            }
        } else if (m_all[end] == 'J' && (parameters == "2" || parameters == "3")) {
            // Clearing the screen at the start is what progress displays do; after text it hides that text.
            if (at > 200) {
                say("CUP-OUT-TERMINAL-HIDDEN", Severity::Info, at, end + 1, "clears what was printed");
            }
        }
    }

    void conceal(std::size_t at, std::size_t from)
    {
        const auto stop = std::min(m_all.find('\x1b', from), m_all.size());
        const auto inside = m_all.substr(from, stop - from);
        if (std::count_if(inside.begin(), inside.end(), [](char c) { return static_cast<unsigned char>(c) > 0x20; })
            >= 3) {
            say("CUP-OUT-TERMINAL-HIDDEN", Severity::Medium, at, from, "concealed text");
        }
    }

    // ESC ] number ; ... ended by BEL or ESC back slash
    void command(std::size_t at)
    {
        auto end = m_all.find_first_of(std::string_view("\a\x1b", 2), at + 2);
        end = std::min(end, m_all.size());
        const auto body = m_all.substr(at + 2, end - at - 2);
        if (body.starts_with("52;")) {
            say("CUP-OUT-TERMINAL-HIDDEN", Severity::Medium, at, end, "writes to the clipboard");
        } else if (body.starts_with("8;")) {
            const auto second = body.find(';', 2);
            if (second != std::string_view::npos && second + 1 < body.size()) {
                link(at, end, body.substr(second + 1));
            }
        }
    }

    void link(std::size_t at, std::size_t end, std::string_view target)
    {
        const auto url = formats::readUrl(target, false);
        auto from = m_all.substr(end, 4).find_first_of(std::string_view("\a\\", 2)); // what ends the command
        from = from == std::string_view::npos ? from : from + end;
        if (url.kind == formats::HtmlUrl::Kind::Script) {
            say("CUP-OUT-SCRIPT-URL", Severity::Medium, at, end, "terminal link");
            return;
        }
        if (from == std::string_view::npos || url.kind != formats::HtmlUrl::Kind::Remote) {
            return;
        }
        const auto shown =
            m_all.substr(from + 1, std::min<std::size_t>(m_all.find('\x1b', from), from + 300) - from - 1);
        const auto start = shown.find("http");
        if (start != std::string_view::npos) {
            const auto named = formats::readUrl(shown.substr(start), false);
            if (named.kind == formats::HtmlUrl::Kind::Remote && named.host != url.host) {
                say("CUP-OUT-TERMINAL-LINK", Severity::Medium, at, end, "link that leads elsewhere", url.host);
            }
        }
    }

    static bool isProgress(std::string_view line)
    {
        return line.find('%') != std::string_view::npos || line.find('|') != std::string_view::npos
            || line.find("it/s") != std::string_view::npos || line.find("ETA") != std::string_view::npos
            || line.find("\xE2\x96") != std::string_view::npos || line.find("...") != std::string_view::npos
            || line.find('[') != std::string_view::npos || line.find("/") != std::string_view::npos
            || std::count_if(line.begin(), line.end(), [](char c) { return c >= '0' && c <= '9'; }) * 4
            >= static_cast<std::ptrdiff_t>(line.size());
    }

    // "text\rother": viewers show the last one. Counted only when words go under that are no progress.
    void overwritten()
    {
        for (auto at = m_all.find('\r'); at != std::string_view::npos; at = m_all.find('\r', at + 1)) {
            const char next = at + 1 < m_all.size() ? m_all[at + 1] : '\n';
            if (next == '\n' || next == '\r' || at == 0) {
                continue;
            }
            const auto start = m_all.find_last_of("\r\n", at - 1);
            const auto from = start == std::string_view::npos ? 0 : start + 1;
            const auto under = m_all.substr(from, at - from);
            const auto over = m_all.substr(at + 1, m_all.find_first_of("\r\n", at + 1) - at - 1);
            if (under.size() >= 12 && over.size() >= under.size() && !isProgress(under) && !isProgress(over)
                && under.substr(0, 6) != over.substr(0, 6)) {
                say("CUP-OUT-TERMINAL-HIDDEN", Severity::Low, from, at, "overwritten text");
            }
        }
    }

    const DecodedText& m_text;
    std::string_view m_all;
    Findings& m_out;
};

} // namespace

void scanTerminal(const DecodedText& text, Findings& out)
{
    TerminalReader(text, out).run();
}

} // namespace cupel::rules::outputs
