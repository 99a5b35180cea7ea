// SPDX-License-Identifier: GPL-3.0-or-later
// Text as a reader sees it: no control sequence is left, nothing grows, every byte leads back in order, and a word that
// markup cuts in two is whole again.
#include "analyzers/rules/rendered_text.h"
#include "tests/fuzz/fuzz.h"

#include <algorithm>
#include <array>

using namespace cupel;
using rules::RenderedText;
using rules::renderText;

static void checkRendered(ByteView text, const RenderedText& rendered, bool html)
{
    fuzz::must(rendered.text.size() <= text.size(), "markup only takes away");
    if (!html) {
        fuzz::must(rendered.text.find('\x1b') == std::string::npos, "no control sequence is left");
    }
    std::uint64_t end = 0;
    for (std::uint64_t at = 0; at < rendered.text.size(); ++at) {
        const auto raw = rendered.map.toRaw(ByteRange{at, at + 1});
        fuzz::must(raw.start < raw.end && raw.end <= text.size(), "text leads back into its source");
        fuzz::must(raw.end >= end, "places in the source only grow");
        fuzz::must(raw.size() > 1 || text[raw.start] == rendered.text[at], "what is no markup stays as it is");
        end = raw.end;
    }
}

// A word with markup in its middle, between what the input says.
static void checkJoined(ByteView input, std::size_t which, std::size_t cut, bool html)
{
    constexpr std::array<std::string_view, 10> marks{"\x1b[31m", "\x1b[0;1;38;5;9m", "\x1b]8;;address\a", "\x1b(B",
        "\u200b", "\u00ad", "<b>", "</span>", "<font color=\"red\">", "<!-- x -->"};
    constexpr std::string_view word = "Rendered-0123456789-word";
    const auto mark = marks[which % (html ? marks.size() : 6)];
    // What could open markup of its own may swallow the word.
    std::string text(input.substr(0, input.size() / 2));
    std::replace_if(
        text.begin(), text.end(),
        [](char c) { return c == '\x1b' || c == '<' || c == '&' || static_cast<unsigned char>(c) >= 0x80; }, ' ');
    text += ' ';
    const auto start = text.size();
    cut = 1 + cut % (word.size() - 1);
    text.append(word.substr(0, cut)).append(mark).append(word.substr(cut));
    const auto end = text.size();
    text += ' ';
    text += input.substr(input.size() / 2);
    Budget budget(fuzz::smallLimits());
    const auto rendered = renderText(text, html, budget);
    checkRendered(text, rendered, html);
    // Nothing before the word is markup, so it keeps its place.
    fuzz::must(rendered.text.compare(start, word.size(), word) == 0, "a word that markup cuts is whole again");
    const auto raw = rendered.map.toRaw(ByteRange{start, start + word.size()});
    fuzz::must(raw.start == start && raw.end == end, "the whole word leads back to all its bytes");
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size < 2) {
        return 0;
    }
    const bool html = (data[0] & 1) != 0;
    const auto text = fuzz::viewOf(data, size).substr(2);
    Budget budget(fuzz::smallLimits());
    const auto rendered = renderText(text, html, budget);
    checkRendered(text, rendered, html);
    const bool ascii =
        std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    if (!html && ascii && text.find('\x1b') == ByteView::npos) {
        fuzz::must(rendered.text.empty(), "text without markup is not told twice");
    }
    checkJoined(text, data[0] >> 1, data[1], html);
    return 0;
}
