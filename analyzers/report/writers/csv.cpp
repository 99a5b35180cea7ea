// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/report/writers/csv.h"

#include "analyzers/base/utf8.h"

#include <initializer_list>

namespace cupel::report {

namespace {

constexpr std::size_t longest = 1'000;

std::string cell(std::string_view text)
{
    auto shown = toDisplay(text, longest);
    if (!shown.empty() && std::string_view("=+-@\t").find(shown.front()) != std::string_view::npos) {
        shown.insert(0, 1, '\'');
    }
    std::string out = "\"";
    for (const char c : shown) {
        out += c == '"' ? "\"\"" : std::string(1, c);
    }
    return out + '"';
}

std::string row(std::initializer_list<std::string> cells)
{
    std::string out;
    for (const auto& text : cells) {
        out += (out.empty() ? "" : ",") + cell(text);
    }
    return out + "\r\n";
}

std::string number(std::uint64_t value)
{
    return value > 0 ? std::to_string(value) : std::string();
}

} // namespace

void writeCsv(const Workspace& workspace, const RunInfo&, const TextSink& sink)
{
    sink(row({"severity", "confidence", "family", "rule", "title", "file", "place", "line", "excerpt", "message", "fix",
        "settled", "fingerprint"}));
    for (const auto& [path, analysis] : workspace.analyses) {
        for (const auto& finding : analysis->findings) {
            sink(row({std::string(toString(finding.severity)), std::string(toString(finding.confidence)),
                std::string(toString(finding.family)), finding.rule, finding.title, path, finding.location.human,
                number(finding.location.line), finding.evidence.empty() ? "" : finding.evidence.front().excerpt,
                finding.message, finding.fix ? finding.fix->kind : "", finding.settled, finding.fingerprint}));
        }
    }
}

} // namespace cupel::report
