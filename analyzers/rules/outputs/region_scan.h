// SPDX-License-Identifier: GPL-3.0-or-later
// One decoded text of a notebook and the scanners that look at it. Offsets given to `place` are bytes of the text.
#pragma once

#include "analyzers/formats/region_text.h"
#include "analyzers/rules/outputs/findings.h"

#include <string_view>

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

void scanMarkup(const DecodedText& text, std::string_view html, Findings& out); // markup.cpp: HTML, SVG
void scanMarkdown(const DecodedText& text, Findings& out); // markdown.cpp: links, pictures, HTML between code
void scanLatex(const DecodedText& text, std::string_view latex, Findings& out); // latex.cpp
void scanChart(const DecodedText& text, Findings& out); // charts.cpp: vega, plotly
void scanCharacters(const DecodedText& text, Findings& out); // characters.cpp: bidi, zero width, tags
void scanTerminal(const DecodedText& text, Findings& out); // terminal.cpp: escape sequences
void scanLeaks(const DecodedText& text, Findings& out); // leaks.cpp: paths, accounts, hosts

} // namespace cupel::rules::outputs
