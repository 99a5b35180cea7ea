// SPDX-License-Identifier: GPL-3.0-or-later
// Each file that was examined, with the digest of its bytes: what this report is about, provably.
#include "analyzers/model/notes.h"
#include "analyzers/report/sections/support.h"
#include "analyzers/report/text.h"

namespace cupel::report::inventory {

namespace {
constexpr std::size_t rowLimit = 5000;

std::string digestOf(const Analysis& analysis)
{
    const auto& digest = analysis.artifact.sha256;
    if (digest != Sha256{}) {
        return toHex(digest);
    }
    return analysis.facts.status == ReadStatus::Unreadable ? "not read" : "not asked for";
}

// What was read to its end is not judged to its end where no rule knows the language of its code.
std::string readOf(const Analysis& analysis)
{
    const char* code = findNote(analysis.facts, codeNotJudged) ? ", code not judged"
        : findNote(analysis.facts, codePartlyJudged)           ? ", not all code judged"
                                                               : "";
    return std::string(toString(analysis.facts.status)) + code;
}
} // namespace

Section build(const Input& input)
{
    Section section;
    Table table;
    table.header = {"File", "Format", "Bytes", "Read", "SHA-256"};
    table.weights = {41, 10, 10, 10, 29};
    table.mono = {false, false, false, false, true};
    for (const auto& [path, analysis] : input.workspace.analyses) {
        if (table.rows.size() == rowLimit) {
            break;
        }
        table.rows.push_back({shortPath(input.workspace.roots, path), formatOf(*analysis), grouped(analysis->size),
            readOf(*analysis), digestOf(*analysis)});
    }
    const std::size_t all = input.workspace.analyses.size();
    if (all == 0) {
        section.blocks.emplace_back(Paragraph{"No file was examined.", Paragraph::Tone::Body});
        return section;
    }
    section.blocks.emplace_back(std::move(table));
    if (all > rowLimit) {
        section.blocks.emplace_back(Paragraph{
            counted(all - rowLimit, "further file is", "further files are") + " not printed.", Paragraph::Tone::Muted});
    }
    return section;
}

} // namespace cupel::report::inventory
