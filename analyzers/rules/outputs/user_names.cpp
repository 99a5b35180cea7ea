// SPDX-License-Identifier: GPL-3.0-or-later
// A user name that a home path told stands in other places too: names of workspaces, of stores, of computers.
#include "analyzers/base/byte_scan.h"
#include "analyzers/rules/outputs/leak_words.h"
#include "analyzers/rules/outputs/region_scan.h"

#include <algorithm>

namespace cupel::rules::outputs {

namespace {

bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
}
bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

// "github.com/name/project": a public handle, and a link that has to work.
bool isHandle(std::string_view text, std::size_t at)
{
    constexpr std::size_t around = 40;
    const auto before = text.substr(at > around ? at - around : 0, std::min(at, around));
    const auto word = before.substr(before.find_last_of(" \n\"'(<[") + 1); // npos + 1 is 0
    return word.ends_with('/')
        && (word.find("github") != std::string_view::npos || word.find("gitlab") != std::string_view::npos
            || word.find("huggingface") != std::string_view::npos);
}

std::size_t countOf(ByteView text, std::string_view name, std::size_t atMost)
{
    std::size_t count = 0;
    auto at = findText(text, name, 0);
    for (; at != ByteView::npos && count < atMost; at = findText(text, name, at + name.size())) {
        ++count;
    }
    return count;
}

} // namespace

bool UserNames::prepare(const RuleInput& input, const Findings& out)
{
    constexpr std::size_t mostNames = 3;
    constexpr std::size_t mostPlaces = 2'000; // more of them, and it is a word of the text
    const auto text = input.facts.text(input.artifact);
    for (const auto& [name, paths] : out.users()) {
        if (m_names.size() >= mostNames || !isTellingUser(name)) {
            continue;
        }
        const bool module =
            holdsText(text, "import " + name) || holdsText(text, "from " + name) || holdsText(text, "install " + name);
        const auto count = module ? 0 : countOf(text, name, mostPlaces);
        if (count > paths.size() && count < mostPlaces) {
            m_names.push_back({name, paths});
            std::sort(m_names.back().paths.begin(), m_names.back().paths.end());
        }
    }
    return !m_names.empty();
}

void UserNames::scan(const DecodedText& text, Findings& out) const
{
    const auto all = text.text();
    for (const auto& known : m_names) {
        const std::string_view name = known.name;
        for (auto at = all.find(name); at != std::string_view::npos; at = all.find(name, at + name.size())) {
            auto end = at + name.size();
            while (end < all.size() && isDigit(all[end])) {
                ++end; // numbers behind it make a name that nobody else has
            }
            const bool inside =
                (at > 0 && (isLetter(all[at - 1]) || isDigit(all[at - 1]))) || (end < all.size() && isLetter(all[end]));
            Seen seen;
            seen.rule = "CUP-OUT-LEAK-USER-NAME";
            seen.severity = Severity::Low;
            text.place(seen, {at, end});
            const auto path = std::upper_bound(known.paths.begin(), known.paths.end(), seen.bytes.start,
                [](std::uint64_t offset, const ByteRange& range) { return offset < range.end; });
            if (inside || isHandle(all, at) || (path != known.paths.end() && path->start < seen.bytes.end)) {
                continue;
            }
            seen.personal = true;
            seen.masked = "\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022";
            seen.whole = true;
            seen.fix = "redact";
            seen.safeFix = isOnlyRead(text);
            out.add(std::move(seen));
        }
    }
}

} // namespace cupel::rules::outputs
