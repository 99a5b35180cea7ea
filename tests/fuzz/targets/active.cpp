// SPDX-License-Identifier: GPL-3.0-or-later
// Active markup, styles, scripts and addresses: every piece lies in the text, limits hold, names are short.
#include "analyzers/formats/html/css_acts.h"
#include "analyzers/formats/html/html_active.h"
#include "analyzers/formats/html/html_tags.h"
#include "analyzers/formats/html/html_url.h"
#include "tests/fuzz/fuzz.h"

using namespace cupel;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto text = fuzz::viewOf(data, size);
    Budget budget(fuzz::smallLimits());
    formats::ActiveLimits limits;
    limits.pieces = 200;
    limits.nestedBytes = 64 << 10;
    const auto pieces = formats::findActive(text, budget, limits);
    fuzz::must(pieces.size() <= limits.pieces + 40, "pieces are capped"); // what one tag may add at most
    for (const auto& piece : pieces) {
        fuzz::must(piece.bytes.start <= piece.bytes.end && piece.bytes.end <= size, "a piece lies in the text");
        fuzz::must(piece.what.size() <= 200 && piece.host.size() <= 260 && piece.path.size() <= 320, "names are short");
        fuzz::must(piece.signs.hosts.size() <= 8, "hosts are capped");
    }
    for (const bool attribute : {false, true}) {
        const auto acts = formats::readCss(text, attribute, 50);
        fuzz::must(acts.size() <= 50, "acts are capped");
        for (const auto& act : acts) {
            fuzz::must(act.bytes.start <= act.bytes.end && act.bytes.end <= size, "an act lies in the style");
        }
    }
    (void)formats::readUrl(text, size % 2 == 0);
    fuzz::must(formats::undoEntities(text, 1'000).size() <= 1'004, "undone text is capped");
    formats::HtmlTagReader reader(text);
    formats::HtmlTag tag;
    formats::HtmlAttribute found;
    std::size_t last = 0;
    while (reader.next(tag)) {
        fuzz::must(tag.bytes.start >= last && tag.bytes.end <= size, "tags come in order");
        last = tag.bytes.start + 1;
        while (reader.nextAttribute(found)) {
            fuzz::must(found.bytes.end <= size && found.valueBytes.end <= size, "attributes lie in the text");
        }
    }
    return 0;
}
