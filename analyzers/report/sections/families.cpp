// SPDX-License-Identifier: GPL-3.0-or-later
// How many findings there are of each family and how grave they are, and which columns of shown tables hold personal
// data.
#include "analyzers/report/sections/support.h"
#include "analyzers/report/text.h"

#include <algorithm>
#include <array>
#include <utility>

namespace cupel::report::families {

namespace {

constexpr std::size_t columnLimit = 200;

enum class Group : std::uint8_t { Secrets, Personal, Columns, Pictures, Code, Outputs, Packages, Order, Models, Form };
constexpr std::size_t groupCount = 10;
constexpr std::array<std::string_view, groupCount> names{"Secrets", "Personal data in texts",
    "Personal data in columns", "What pictures carry unseen", "Code", "Outputs", "Dependencies", "Order of execution",
    "Models and archives", "Form of the files"};

bool isColumn(const Finding& finding)
{
    return std::any_of(finding.evidence.begin(), finding.evidence.end(),
        [](const Evidence& evidence) { return evidence.role == "column"; });
}

Group groupOf(const Finding& finding)
{
    if (finding.rule.starts_with("CUP-ORD-") || finding.rule.starts_with("CUP-LIN-ORDER-")) {
        return Group::Order;
    }
    switch (finding.family) {
    case Family::Secret:
        return Group::Secrets;
    case Family::Pii:
        return isColumn(finding)                         ? Group::Columns
            : finding.rule.starts_with("CUP-PII-IMAGE-") ? Group::Pictures
                                                         : Group::Personal;
    case Family::Code:
    case Family::Lineage:
        return Group::Code;
    case Family::Output:
        return Group::Outputs;
    case Family::Dependency:
        return Group::Packages;
    case Family::Pickle:
    case Family::Model:
    case Family::Archive:
        return Group::Models;
    case Family::Malformed:
        return Group::Form;
    }
    return Group::Form;
}

std::string argument(const Finding& finding, const char* name)
{
    const auto hit = finding.arguments.find(name);
    return hit == finding.arguments.end() ? std::string() : oneLine(hit->second);
}

std::string orDash(std::string text)
{
    return text.empty() ? "\u2013" : std::move(text);
}

// Those that are answered for as well: the data is in the file all the same.
void addColumns(const Input& input, const std::vector<const Finding*>& open, const std::vector<const Finding*>& closed,
    Section& section)
{
    Table table{{"Column", "Holds", "Fits", "Rows shown", "Place"}, {}, {4, 5, 2, 2, 7}, {}};
    const auto isListed = [](const Finding* finding) { return finding->family == Family::Pii && isColumn(*finding); };
    const bool answered = std::any_of(closed.begin(), closed.end(), isListed);
    if (answered) {
        table.header.push_back("Answered for");
        table.weights.push_back(5);
    }
    const auto add = [&](const Finding* finding, const std::string& answer) {
        const std::string column = argument(*finding, "column");
        const std::string traits = argument(*finding, "traits");
        const std::string type = argument(*finding, "type");
        table.rows.push_back({!column.empty() ? column
                : traits.empty()              ? "not named"
                                              : "several together",
            !type.empty()        ? type
                : traits.empty() ? oneLine(finding->title)
                                 : traits,
            orDash(argument(*finding, "share")), orDash(argument(*finding, "rows")),
            placeOf(input, finding->location)});
        if (answered) {
            table.rows.back().push_back(answer);
        }
    };
    for (const Finding* finding : open) {
        isListed(finding) ? add(finding, "\u2013") : void();
    }
    for (const Finding* finding : closed) {
        isListed(finding) ? add(finding, answerOf(input, *finding)) : void();
    }
    if (!table.rows.empty()) {
        section.blocks.emplace_back(Heading{2, "Columns with personal data", "columns", {}, -1});
        addTable(section, std::move(table), columnLimit);
    }
}

} // namespace

Section build(const Input& input)
{
    Section section;
    const auto open = ordered(input);
    const auto closed = settled(input);
    if (open.empty() && closed.empty()) {
        return section;
    }
    std::array<std::array<std::uint64_t, 6>, groupCount> counts{};
    for (const Finding* finding : open) {
        ++counts[static_cast<std::size_t>(groupOf(*finding))][4 - static_cast<std::size_t>(finding->severity)];
    }
    for (const Finding* finding : closed) {
        ++counts[static_cast<std::size_t>(groupOf(*finding))][5];
    }
    Table table{{"Family", "Critical", "High", "Medium", "Low", "Info", "Answered for"}, {}, {7, 3, 3, 3, 3, 3, 4}, {}};
    for (std::size_t group = 0; group < groupCount; ++group) {
        const auto& row = counts[group];
        const bool some = std::any_of(row.begin(), row.end(), [](std::uint64_t count) { return count > 0; });
        if (!some && group >= static_cast<std::size_t>(Group::Models)) {
            continue; // what was looked for is named even when nothing was found; models may not have been there
        }
        std::vector<std::string> cells{std::string(names[group])};
        for (const std::uint64_t count : row) {
            cells.push_back(count == 0 ? "\u2013" : grouped(count));
        }
        table.rows.push_back(std::move(cells));
    }
    section.blocks.emplace_back(std::move(table));
    addColumns(input, open, closed, section);
    return section;
}

} // namespace cupel::report::families
