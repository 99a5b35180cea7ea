// SPDX-License-Identifier: GPL-3.0-or-later
// TeX commands that link, read or write: MathJax follows \href, the PDF export runs all of TeX.
#include "analyzers/formats/html/html_url.h"
#include "analyzers/rules/outputs/active_rules.h"
#include "analyzers/rules/outputs/region_scan.h"

#include <algorithm>
#include <array>

namespace cupel::rules::outputs {

namespace {

bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

constexpr std::array<std::string_view, 8> readers{"input", "include", "openin", "lstinputlisting", "verbatiminput",
    "usepackage", "includestandalone", "InputIfFileExists"};
constexpr std::array<std::string_view, 5> writers{"write", "openout", "newwrite", "directlua", "ShellEscape"};

template <std::size_t size> bool isOneOf(std::string_view name, const std::array<std::string_view, size>& names)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

// The argument in braces behind the command, without them.
std::string_view argument(std::string_view text, std::size_t from)
{
    from = std::min(text.find_first_not_of(" \t", from), text.size());
    if (from >= text.size() || text[from] != '{') {
        return {};
    }
    const auto rest = text.substr(from + 1, 1'024);
    return rest.substr(0, std::min(rest.find('}'), rest.size()));
}

} // namespace

void scanLatex(const DecodedText& text, std::string_view latex, Findings& out)
{
    for (auto at = latex.find('\\'); at != std::string_view::npos; at = latex.find('\\', at + 1)) {
        auto end = at + 1;
        while (end < latex.size() && isLetter(latex[end]) && end - at < 24) {
            ++end;
        }
        const auto name = latex.substr(at + 1, end - at - 1);
        Seen seen;
        if (name == "href" || name == "url" || name == "htmlData" || name == "style" || name == "require") {
            const auto target = argument(latex, end);
            if (formats::readUrl(target).kind != formats::HtmlUrl::Kind::Script) {
                continue;
            }
            seen.rule = "CUP-OUT-SCRIPT-URL";
            seen.severity = Severity::Medium;
            seen.hidden = formats::readUrl(target).hidden;
            seen.shown = {Carrier::Latex, Act::Click};
        } else if (isOneOf(name, readers) && name != "usepackage") {
            if (!judgePath(argument(latex, end), false).leaves) {
                continue;
            }
            seen.rule = "CUP-OUT-TEX-FILE";
            seen.severity = Severity::Medium;
            seen.shown = {Carrier::Latex, Act::Export};
        } else if (isOneOf(name, writers)
            && (name != "write" || latex.substr(end, 2) == "18" || argument(latex, end).starts_with('|'))) {
            seen.rule = "CUP-OUT-TEX-FILE";
            seen.severity = name == "newwrite" ? Severity::Low : Severity::Medium;
            seen.shown = {Carrier::Latex, Act::Export};
        } else {
            continue;
        }
        seen.what = "\\" + std::string(name);
        text.place(seen, {at, end});
        out.add(std::move(seen));
    }
}

} // namespace cupel::rules::outputs
