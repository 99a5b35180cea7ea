// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/report/writers/csv.h"

#include "analyzers/base/utf8.h"

#include <algorithm>
#include <iterator>

namespace cupel::report {

namespace {

constexpr std::size_t longest = 1'000;

// What a spreadsheet would take for a formula, also behind blanks and in full width.
bool startsFormula(std::string_view text)
{
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    const auto begins = [text](std::string_view sign) { return text.starts_with(sign); };
    constexpr std::string_view signs[]{
        "=", "+", "-", "@", "\t", "\xEF\xBC\x9D", "\xEF\xBC\x8B", "\xEF\xBC\x8D", "\xEF\xBC\xA0"};
    return std::any_of(std::begin(signs), std::end(signs), begins);
}

std::string cell(std::string_view text)
{
    auto shown = toDisplay(text, longest);
    if (startsFormula(shown)) {
        shown.insert(0, 1, '\'');
    }
    std::string out = "\"";
    for (const char c : shown) {
        out += c == '"' ? "\"\"" : std::string(1, c);
    }
    return out + '"';
}

std::string number(std::uint64_t value)
{
    return value > 0 ? std::to_string(value) : std::string();
}

} // namespace

std::string csvRow(std::initializer_list<std::string> cells)
{
    return csvRow(std::vector<std::string>(cells));
}

std::string csvRow(const std::vector<std::string>& cells)
{
    std::string out;
    for (const auto& text : cells) {
        out += (out.empty() ? "" : ",") + cell(text);
    }
    return out + "\r\n";
}

void writeCsv(const Workspace& workspace, const RunInfo&, const TextSink& sink)
{
    sink(csvRow({"severity", "confidence", "family", "rule", "title", "file", "place", "line", "excerpt", "message",
        "fix", "settled", "fingerprint"}));
    for (const auto& [path, analysis] : workspace.analyses) {
        for (const auto& finding : analysis->findings) {
            sink(csvRow({std::string(toString(finding.severity)), std::string(toString(finding.confidence)),
                std::string(toString(finding.family)), finding.rule, finding.title, path, finding.location.human,
                number(finding.location.line), finding.evidence.empty() ? "" : finding.evidence.front().excerpt,
                finding.message, finding.fix ? finding.fix->kind : "", finding.settled, finding.fingerprint}));
        }
    }
}

} // namespace cupel::report
