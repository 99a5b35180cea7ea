// SPDX-License-Identifier: GPL-3.0-or-later
// Links and pictures of Markdown; HTML in it goes to the same reader as outputs. Code is not markup: it is blanked
// first.
#include "analyzers/base/byte_scan.h"
#include "analyzers/formats/html/html_tags.h"
#include "analyzers/formats/html/html_url.h"
#include "analyzers/rules/outputs/active_rules.h"
#include "analyzers/rules/outputs/region_scan.h"

#include <algorithm>
#include <functional>
#include <set>
#include <vector>

namespace cupel::rules::outputs {

namespace {

using formats::ActiveKind;
using formats::ActivePiece;
using formats::HtmlUrl;

constexpr std::size_t longestTarget = 300; // of a link: its beginning decides

void blank(std::string& text, std::size_t from, std::size_t to)
{
    for (auto i = from; i < to && i < text.size(); ++i) {
        text[i] = text[i] == '\n' ? '\n' : ' ';
    }
}

// Fenced blocks: a line of at least three backticks or tildes, to the next such line or the end.
void blankFences(std::string& text)
{
    std::size_t open = std::string::npos;
    char sign = 0;
    std::size_t width = 0;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = std::min(text.find('\n', at), text.size());
        auto first = text.find_first_not_of(" \t>", at);
        first = first == std::string::npos || first > end ? end : first;
        auto run = first;
        while (run < end && (text[run] == '`' || text[run] == '~') && text[run] == text[first]) {
            ++run;
        }
        const bool fence = run - first >= 3;
        if (open == std::string::npos && fence && text.substr(run, end - run).find('`') == std::string::npos) {
            open = at;
            sign = text[first];
            width = run - first;
        } else if (open != std::string::npos && fence && text[first] == sign && run - first >= width
            && text.find_first_not_of(" \t\r", run) >= end) {
            blank(text, open, end);
            open = std::string::npos;
        }
        at = end + 1;
    }
    if (open != std::string::npos) {
        blank(text, open, text.size());
    }
}

// `code` in a paragraph: a run of backticks to the next run of the same length before an empty line.
void blankSpans(std::string& text)
{
    for (auto at = text.find('`'); at != std::string::npos; at = text.find('`', at)) {
        const auto inside = std::min(text.find_first_not_of('`', at), text.size());
        const auto width = inside - at;
        const auto paragraph = std::string_view(text).substr(inside, 4'096);
        const auto limit = inside + std::min(paragraph.find("\n\n"), paragraph.size());
        auto close = text.find('`', inside);
        while (close < limit) {
            const auto after = std::min(text.find_first_not_of('`', close), text.size());
            if (after - close == width) {
                break;
            }
            close = text.find('`', after);
        }
        if (close >= limit) {
            at = inside;
            continue;
        }
        blank(text, inside, close);
        at = close + width;
    }
}

// Back slashes before punctuation go: "javascript\:" is a scheme to Markdown.
std::string unescaped(std::string_view target)
{
    std::string out;
    for (std::size_t i = 0; i < target.size(); ++i) {
        const auto next = i + 1 < target.size() ? target[i + 1] : 'a';
        const bool punctuation =
            (next >= '!' && next <= '/') || (next >= ':' && next <= '@') || (next >= '[' && next <= '`');
        if (target[i] != '\\' || !punctuation) {
            out.push_back(target[i]);
        }
    }
    return out;
}

class LinkReader {
public:
    LinkReader(const DecodedText& text, std::string_view clean, Findings& out)
        : m_text(text)
        , m_clean(clean)
        , m_out(out)
    {
    }

    void run()
    {
        readBrackets();
        for (auto at = m_clean.find("]:"); at != std::string_view::npos; at = m_clean.find("]:", at + 2)) {
            if (const auto open = lineStart(at); open != none) {
                link(at + 2, none, m_shown.contains(labelOf(m_clean.substr(open + 1, at - open - 1))));
            }
        }
        for (auto at = m_clean.find('<'); at != std::string_view::npos; at = m_clean.find('<', at + 1)) {
            const auto rest = m_clean.substr(at + 1, 256);
            const auto end = rest.find_first_of("<> \n\"'=");
            if (end != std::string_view::npos && rest[end] == '>'
                && rest.substr(0, end).find(':') != std::string_view::npos) {
                judge(rest.substr(0, end), at + 1, none, false);
            }
        }
    }

private:
    static constexpr auto none = std::string_view::npos;
    static constexpr std::size_t longestLabel = 4'000; // 999 characters, CommonMark 0.31.2 section 4.7

    [[nodiscard]] std::size_t findBracket(std::size_t from) const { return findOneOf<'[', ']', '\\'>(m_clean, from); }

    // Links and pictures, inside one another too; which definitions pictures ask for.
    void readBrackets()
    {
        std::vector<std::size_t> open;
        for (auto at = findBracket(0); at != none; at = findBracket(at + 1)) {
            if (m_clean[at] == '\\') {
                ++at; // the sign behind it is itself; not every program reads it so
                if (m_clean.substr(at, 2) == "](") {
                    link(at + 2, none, false);
                }
            } else if (m_clean[at] == '[') {
                open.push_back(at);
            } else {
                const auto start = open.empty() ? none : open.back();
                const bool picture = start != none && start > 0 && m_clean[start - 1] == '!';
                if (m_clean.substr(at + 1, 1) == "(") {
                    link(at + 2, picture ? start - 1 : none, picture);
                } else if (picture) {
                    show(start, at);
                }
                if (!open.empty()) {
                    open.pop_back();
                }
            }
        }
    }

    // "![text][label]", "![label][]" or "![label]".
    void show(std::size_t start, std::size_t close)
    {
        auto label = m_clean.substr(start + 1, close - start - 1);
        if (m_clean.substr(close + 1, 1) == "[") {
            const auto rest = m_clean.substr(close + 2, longestLabel + 1);
            auto end = rest.find(']');
            while (end != none && isEscaped(rest, end)) {
                end = rest.find(']', end + 1);
            }
            const auto named = rest.substr(0, std::min(end, rest.size()));
            label = named.empty() ? label : named;
        }
        if (label.size() <= longestLabel) {
            m_shown.insert(labelOf(label));
        }
    }

    // Whether an odd number of back slashes stands in front.
    [[nodiscard]] static bool isEscaped(std::string_view text, std::size_t at)
    {
        constexpr std::size_t most = 16;
        std::size_t slashes = 0;
        while (slashes < std::min(at, most) && text[at - slashes - 1] == '\\') {
            ++slashes;
        }
        return slashes % 2 == 1;
    }

    // Small letters, one blank for any, and one sign for letters beyond ASCII: labels that differ in nothing but their
    // case are the same one, and rather two too many are than one too few.
    [[nodiscard]] static std::string labelOf(std::string_view written)
    {
        constexpr char beyond = '\x80';
        std::string out;
        for (const char c : formats::asciiLower(written)) {
            const bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
            const char sign = blank ? ' ' : (static_cast<unsigned char>(c) & 0x80U) != 0 ? beyond : c;
            const bool folds = sign == ' ' || sign == beyond;
            if (!folds || (!out.empty() && out.back() != sign) || (out.empty() && sign == beyond)) {
                out += sign;
            }
        }
        while (out.ends_with(' ')) {
            out.pop_back();
        }
        return out;
    }

    // Where the label opens that begins a line, a block quote or an item of a list; none: what closes at `close` is no
    // definition.
    [[nodiscard]] std::size_t lineStart(std::size_t close) const
    {
        if (isEscaped(m_clean, close)) {
            return none;
        }
        const auto lowest = close - std::min<std::size_t>(close, longestLabel);
        auto open = m_clean.substr(0, close).find_last_of("[]");
        while (open != none && open >= lowest && isEscaped(m_clean, open)) {
            open = open == 0 ? none : m_clean.substr(0, open).find_last_of("[]");
        }
        if (open == none || open < lowest || m_clean[open] != '[') {
            return none;
        }
        constexpr std::size_t deepest = 200; // signs of lists and quotes
        auto i = open;
        while (i > 0 && open - i < deepest && isContainer(m_clean[i - 1])) {
            --i;
        }
        return i == 0 || m_clean[i - 1] == '\n' ? open : none;
    }

    // A sign that items of lists and block quotes begin with.
    [[nodiscard]] static bool isContainer(char c)
    {
        return (c >= '0' && c <= '9') || std::string_view(" \t>-+*.)").find(c) != std::string_view::npos;
    }

    void link(std::size_t from, std::size_t start, bool picture)
    {
        from = std::min(m_clean.find_first_not_of(" \t\r\n", from), m_clean.size());
        const auto rest = m_clean.substr(from, longestTarget);
        if (rest.starts_with('<')) {
            judge(rest.substr(1, std::min(rest.find_first_of(">\n", 1), rest.size()) - 1), from + 1, start, picture);
            return;
        }
        std::size_t end = 0;
        int depth = 0;
        while (end < rest.size() && rest[end] != ' ' && rest[end] != '\n' && rest[end] != '\t') {
            depth += rest[end] == '(' ? 1 : rest[end] == ')' ? -1 : 0;
            if (depth < 0) {
                break;
            }
            ++end;
        }
        judge(rest.substr(0, end), from, start, picture);
    }

    // `start`: of what shows the picture, none for links and definitions.
    void judge(std::string_view target, std::size_t from, std::size_t start, bool picture)
    {
        if (target.empty()) {
            return;
        }
        const auto plain = unescaped(target);
        const auto url = formats::readUrl(plain);
        ActivePiece piece;
        piece.bytes = {from, from + target.size()};
        piece.host = url.host;
        piece.hidden = url.hidden || (url.kind == HtmlUrl::Kind::Script && plain.size() != target.size());
        piece.insecure = url.insecure;
        piece.what = picture ? "picture" : "link";
        if (url.kind == HtmlUrl::Kind::Script || (url.kind == HtmlUrl::Kind::Document && !picture)) {
            piece.kind = ActiveKind::ScriptUrl;
        } else if (url.kind == HtmlUrl::Kind::Remote && picture) {
            piece.kind = url.counter ? ActiveKind::Beacon : ActiveKind::RemoteMedia;
        } else if (url.kind == HtmlUrl::Kind::LocalFile) {
            piece.kind = ActiveKind::LocalFile;
        } else if (url.kind == HtmlUrl::Kind::Relative && picture) {
            piece.kind = ActiveKind::MediaPath;
            piece.path = formats::undoEntities(plain, 300);
        } else {
            return;
        }
        auto seen = judgePiece(piece, m_text.carrier);
        if (!seen.rule.empty()) {
            m_text.place(seen, piece.bytes);
            if (start != none) {
                offerRemoval(seen, {start, endOfLink(piece.bytes.end)});
            }
            m_out.add(std::move(seen));
        }
    }

    // Behind the bracket that closes it, a title aside; none: it does not end in its line.
    [[nodiscard]] std::size_t endOfLink(std::size_t at) const
    {
        const auto line = m_clean.substr(0, std::min(m_clean.find('\n', at), m_clean.size()));
        const auto close = line.find(')', at);
        return close == none ? none : close + 1;
    }

    void offerRemoval(Seen& seen, ByteRange whole) const
    {
        if (whole.end != none) {
            offerPictureRemoval(m_text, seen, whole);
        }
    }

    const DecodedText& m_text;
    std::string_view m_clean;
    Findings& m_out;
    std::set<std::string, std::less<>> m_shown; // labels of definitions that are shown as pictures
};

} // namespace

void scanMarkdown(const DecodedText& text, Findings& out)
{
    std::string clean(text.text());
    if (clean.find('`') != std::string::npos || clean.find("~~~") != std::string::npos) {
        blankFences(clean);
        blankSpans(clean);
    }
    if (clean.find('<') != std::string::npos) {
        scanMarkup(text, clean, out);
    }
    LinkReader(text, clean, out).run();
    scanLatex(text, clean, out);
}

} // namespace cupel::rules::outputs
