// SPDX-License-Identifier: GPL-3.0-or-later
// One decoded text of a notebook and the scanners that look at it. Offsets given to `place` are bytes of the text.
#pragma once

#include "analyzers/formats/region_text.h"
#include "analyzers/rules/outputs/findings.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace cupel::rules::outputs {

struct DecodedText {
    const RuleInput& input;
    const Region& region;
    std::int32_t regionIndex = -1;
    const formats::TextPiece& piece;
    Carrier carrier = Carrier::Html;

    [[nodiscard]] std::string_view text() const { return piece.text; }
    // Fills the place of a finding: bytes of the artifact, region and line.
    void place(Seen& seen, ByteRange range) const;
    mutable std::vector<std::uint64_t> lineEnds = {}; // counted once, when there is something to place
};

// Whether people read the text and no program asks for what it names: not so settings, and code.
[[nodiscard]] inline bool isOnlyRead(const DecodedText& text)
{
    const auto& region = text.region;
    const auto isNamed = [path = std::string_view(text.input.artifact.path)](std::string_view end) {
        return path.size() >= end.size()
            && std::equal(end.rbegin(), end.rend(), path.rbegin(), [](char a, char b) { return a == (b | 0x20); });
    };
    const bool markdown = region.kind == RegionKind::Markdown
        || (region.kind == RegionKind::PlainText && (isNamed(".md") || isNamed(".markdown"))); // "README.MD"
    const bool metadata = (region.kind == RegionKind::Metadata || region.kind == RegionKind::WidgetState)
        && region.part == Part::Metadata && region.form != TextForm::Plain; // parameters of R Markdown are plain
    return region.part == Part::Output || markdown || metadata;
}

// A fix that takes the picture at `whole` of the text out, when it stands in Markdown and counts its readers.
void offerPictureRemoval(const DecodedText& text, Seen& seen, ByteRange whole);
void scanMarkup(const DecodedText& text, std::string_view html, Findings& out); // markup.cpp: HTML, SVG
void scanMarkdown(const DecodedText& text, Findings& out); // markdown.cpp: links, pictures, HTML between code
void scanLatex(const DecodedText& text, std::string_view latex, Findings& out); // latex.cpp
void scanChart(const DecodedText& text, Findings& out); // charts.cpp: vega, plotly
void scanCharacters(const DecodedText& text, Findings& out); // characters.cpp: bidi, zero width, tags
void scanTerminal(const DecodedText& text, Findings& out); // terminal.cpp: escape sequences
void scanLarge(const DecodedText& text, Findings& out); // large.cpp: more than anybody looks at
void scanLeaks(const DecodedText& text, Findings& out); // leaks.cpp: paths, accounts, hosts

// user_names.cpp: the names of home paths in other places
class UserNames {
public:
    // Names that stand elsewhere in the artifact too; false: none does.
    bool prepare(const RuleInput& input, const Findings& out);
    void scan(const DecodedText& text, Findings& out) const;

private:
    struct Name {
        std::string name;
        std::vector<ByteRange> paths; // sorted
    };
    std::vector<Name> m_names;
};

} // namespace cupel::rules::outputs
