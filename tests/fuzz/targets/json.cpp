// SPDX-License-Identifier: GPL-3.0-or-later
// Located JSON: every node inside the text and inside its parent, links that cannot form a circle.
#include "analyzers/base/json_outline.h"
#include "tests/fuzz/fuzz.h"

using namespace cupel;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto text = fuzz::viewOf(data, size);
    Budget budget;
    JsonOutline::Options options;
    options.detailDepth = size > 0 ? data[0] % 12 : 9;
    options.maxDepth = 64;
    options.maxNodes = 5'000;
    const auto outline = JsonOutline::parse(text, budget, options);
    fuzz::must(outline.nodes().size() <= options.maxNodes + 1, "nodes are capped");
    fuzz::must(outline.understood() <= size && outline.stoppedAt() <= size, "offsets lie in the text");
    for (std::uint32_t i = 0; i < outline.nodes().size(); ++i) {
        const auto& node = outline.nodes()[i];
        fuzz::must(node.value.start <= node.value.end && node.value.end <= size, "a value lies in the text");
        fuzz::must(node.key.start <= node.key.end && node.key.end <= size, "a key lies in the text");
        fuzz::must(node.firstChild == 0 || (node.firstChild > i && node.firstChild < outline.nodes().size()),
            "children come later");
        fuzz::must(node.nextSibling == 0 || (node.nextSibling > i && node.nextSibling < outline.nodes().size()),
            "siblings come later");
        fuzz::must(i == 0 || node.parent < i, "parents come before");
        if (i < 200) {
            fuzz::must(outline.string(text, i, 64).size() <= 64 + 4, "decoded strings are capped");
            (void)outline.integer(text, i);
            (void)outline.member(text, i, "cells");
        }
    }
    for (const auto& stray : outline.strayText()) {
        fuzz::must(stray.start <= stray.end && stray.end <= size, "stray text lies in the text");
    }
    return 0;
}
