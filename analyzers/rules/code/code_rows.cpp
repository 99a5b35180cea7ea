// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/code/code_rows.h"

#include "analyzers/code/taint_sources.h"

#include <array>

namespace cupel::rules::code {

namespace {

using cupel::code::PathMatcher;

struct RowData {
    std::string_view id;
    std::string_view shape;
    std::string_view patterns;
    std::string_view conditions;
    std::string_view severity;
    std::string_view confidence;
    std::string_view fix;
    std::string_view over;
    bool once;
    bool beside;
    bool mask;
};

using namespace std::string_view_literals;
constexpr RowData data[] = {
#include "code_rows.inc"
};

Shape shapeOf(std::string_view word)
{
    return word == "call"  ? Shape::Call
        : word == "read"   ? Shape::Read
        : word == "import" ? Shape::Import
        : word == "assign" ? Shape::Assign
        : word == "shell"  ? Shape::Shell
                           : Shape::Magic;
}

// A bare word is a builtin when Python has it.
std::string normal(const std::string& pattern, Shape shape)
{
    const bool named = shape == Shape::Call || shape == Shape::Read;
    const auto first = pattern.substr(0, pattern.find_first_of(".("));
    return named && cupel::code::isBuiltin(first) ? "builtins." + pattern : pattern;
}

std::vector<CodeRow> build()
{
    std::vector<CodeRow> list;
    for (const auto& entry : data) {
        CodeRow row;
        row.id = entry.id;
        row.shape = shapeOf(entry.shape);
        for (const auto& pattern : splitWords(entry.patterns, '\n')) {
            row.patterns.push_back(normal(pattern, row.shape));
        }
        for (const auto& text : splitWords(entry.conditions, '\n')) {
            std::string problem;
            row.conditions.push_back(parseCondition(text, problem));
            row.taintOnly =
                row.taintOnly || (row.conditions.back().op == Op::Tainted && !row.conditions.back().negated);
        }
        Severity severity{};
        Confidence confidence{};
        if (fromString(entry.severity, severity)) {
            row.severity = severity;
        }
        if (fromString(entry.confidence, confidence)) {
            row.confidence = confidence;
        }
        row.fix = entry.fix;
        row.over = splitWords(entry.over, '\n');
        row.once = entry.once;
        row.beside = entry.beside;
        row.mask = entry.mask;
        list.push_back(std::move(row));
    }
    return list;
}

const std::vector<CodeRow>& table()
{
    static const auto list = build();
    return list;
}

PathMatcher matcherOf(Shape shape)
{
    PathMatcher matcher;
    for (std::uint32_t i = 0; i < table().size(); ++i) {
        if (table()[i].shape == shape) {
            for (const auto& pattern : table()[i].patterns) {
                matcher.add(pattern, i);
            }
        }
    }
    return matcher;
}

} // namespace

std::span<const CodeRow> rows()
{
    return table();
}

const PathMatcher& callRows()
{
    static const auto matcher = matcherOf(Shape::Call);
    return matcher;
}

const PathMatcher& readRows()
{
    static const auto matcher = matcherOf(Shape::Read);
    return matcher;
}

const PathMatcher& assignRows()
{
    static const auto matcher = matcherOf(Shape::Assign);
    return matcher;
}

std::span<const std::uint32_t> rowsOf(Shape shape)
{
    static const auto lists = [] {
        std::array<std::vector<std::uint32_t>, 6> all;
        for (std::uint32_t i = 0; i < table().size(); ++i) {
            all[static_cast<std::size_t>(table()[i].shape)].push_back(i);
        }
        return all;
    }();
    return lists[static_cast<std::size_t>(shape)];
}

} // namespace cupel::rules::code
