// SPDX-License-Identifier: GPL-3.0-or-later
// The edits that Cupel would make, by what they do: which can be made without a second thought, which change what the
// code computes, and what only a person can mend.
#include "analyzers/report/sections/support.h"
#include "analyzers/report/text.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <map>
#include <utility>

namespace cupel::report::edits {

namespace {
constexpr std::size_t kindsNamed = 6;

struct Row {
    std::string words;
    std::uint64_t count = 0;
    std::vector<std::pair<std::string, std::uint64_t>> titles; // in the order of the findings
};

void count(Row& row, const Finding& finding)
{
    ++row.count;
    const std::string title = oneLine(finding.title);
    const auto known =
        std::find_if(row.titles.begin(), row.titles.end(), [&title](const auto& one) { return one.first == title; });
    if (known == row.titles.end()) {
        row.titles.emplace_back(title, 1);
    } else {
        ++known->second;
    }
}

std::string titlesOf(const Row& row)
{
    std::vector<std::string> names;
    for (std::size_t i = 0; i < row.titles.size() && i < kindsNamed; ++i) {
        const auto& [title, times] = row.titles[i];
        names.push_back(times == 1 ? title : title + " (" + grouped(times) + ')');
    }
    const std::size_t rest = row.titles.size() - names.size();
    return joined(names, "; ") + (rest > 0 ? " and " + counted(rest, "more kind", "more kinds") : std::string());
}

// Words equal to a value that an edit takes out, where nothing tells whether they are it: the edit leaves them.
std::uint64_t leftBy(const Finding& finding)
{
    const auto left = finding.arguments.find("left");
    std::uint64_t count = 0;
    if (left != finding.arguments.end()) {
        std::from_chars(left->second.data(), left->second.data() + left->second.size(), count);
    }
    return count;
}

} // namespace

Section build(const Input& input)
{
    Section section;
    std::map<std::pair<bool, std::string>, Row> rows; // those that keep what the code computes first
    std::size_t offered = 0;
    std::uint64_t left = 0;
    const auto open = ordered(input);
    for (const Finding* finding : open) {
        if (std::string words = offeredFix(*finding); !words.empty()) {
            Row& row = rows[{!finding->fix->safe, finding->fix->kind}];
            row.words = std::move(words);
            count(row, *finding);
            ++offered;
            left += leftBy(*finding);
        }
    }
    if (rows.empty()) {
        return section;
    }
    const std::size_t rest = open.size() - offered;
    section.blocks.emplace_back(
        Paragraph{"Cupel offers an edit for " + counted(offered, "finding", "findings") + " of " + grouped(open.size())
                + (rest == 0 ? std::string(".") : "; " + counted(rest, "is", "are") + " for a person to mend.")
                + " Every edit is shown before it is made, everything around it keeps its bytes, and the result is "
                  "judged again. A secret that was shown has to be revoked all the same: taking it out of the file "
                  "does not take it back.",
            Paragraph::Tone::Body});
    Table table{{"What the edit does", "The code computes", "Findings", "Which"}, {}, {7, 4, 2, 9}, {}};
    for (const auto& [key, row] : rows) {
        table.rows.push_back(
            {row.words, key.first ? "something else, perhaps" : "the same", grouped(row.count), titlesOf(row)});
    }
    section.blocks.emplace_back(std::move(table));
    if (left > 0) {
        section.blocks.emplace_back(Paragraph{"At least " + counted(left, "word", "words")
                + " equal to a personal value would stay in prose, code or metadata, because nothing tells them from "
                  "ordinary words. Each finding names its cells, the preview of the edits all of them; a person has to "
                  "look.",
            Paragraph::Tone::Body});
    }
    return section;
}

} // namespace cupel::report::edits
