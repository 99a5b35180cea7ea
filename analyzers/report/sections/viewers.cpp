// SPDX-License-Identifier: GPL-3.0-or-later
// What each program that shows notebooks would do with the active outputs: rows of findings that behave alike, one
// column a program.
#include "analyzers/report/sections/support.h"
#include "analyzers/report/text.h"

#include <map>

namespace cupel::report::viewers {

namespace {
constexpr std::size_t rowLimit = 200;
constexpr std::size_t placesNamed = 2;
} // namespace

Section build(const Input& input)
{
    Section section;
    struct Row {
        std::vector<const Finding*> findings;
        Viewers viewers;
    };
    std::vector<Row> rows; // in the order of the findings
    std::map<std::pair<std::string_view, Viewers>, std::size_t> known;
    for (const Finding* finding : ordered(input)) {
        Viewers viewers = viewersOf(*finding);
        if (viewers.empty()) {
            continue;
        }
        const auto [entry, isNew] = known.try_emplace({finding->rule, viewers}, rows.size());
        if (isNew) {
            rows.push_back({{}, std::move(viewers)});
        }
        rows[entry->second].findings.push_back(finding);
    }
    if (rows.empty()) {
        return section;
    }
    Table table{{"Finding"}, {}, {9}, {}};
    for (const auto& [program, words] : rows.front().viewers) {
        table.header.push_back(program);
        table.weights.push_back(4);
    }
    for (const Row& row : rows) {
        std::vector<std::string> cells{
            oneLine(row.findings.front()->title) + ", " + placesOf(input, row.findings, placesNamed)};
        for (const std::string& program : std::vector<std::string>(table.header.begin() + 1, table.header.end())) {
            std::string words = "not known";
            for (const auto& [name, says] : row.viewers) {
                words = name == program ? says : words;
            }
            cells.push_back(std::move(words));
        }
        table.rows.push_back(std::move(cells));
    }
    section.blocks.emplace_back(
        Paragraph{"Worked out from how each program reads and cleans what it shows; nothing was opened in any of them. "
                  "GitHub and "
                  "Colab publish no list of what they let through: those two columns are common knowledge.",
            Paragraph::Tone::Small});
    addTable(section, std::move(table), rowLimit);
    return section;
}

} // namespace cupel::report::viewers
