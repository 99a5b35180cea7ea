// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/report/sections/support.h"

#include "analyzers/formats/notebook/notebook_facts.h"
#include "analyzers/model/notes.h"
#include "analyzers/model/pictures.h"
#include "analyzers/report/text.h"
#include "analyzers/review/answers.h"

#include <algorithm>
#include <utility>

namespace cupel::report {

namespace {

std::vector<const Finding*> ordered(const Input& input, bool wantSettled)
{
    using Entry = std::pair<std::size_t, const Finding*>; // the order of the workspace decides between equals
    std::vector<Entry> entries;
    for (const auto& [path, analysis] : input.workspace.analyses) {
        for (const Finding& finding : analysis->findings) {
            if (finding.severity >= input.options.minSeverity && isSettled(input.options, finding) == wantSettled) {
                entries.emplace_back(entries.size(), &finding);
            }
        }
    }
    std::sort(entries.begin(), entries.end(), [](const Entry& one, const Entry& other) {
        const Finding& a = *one.second;
        const Finding& b = *other.second;
        if (a.severity != b.severity) {
            return a.severity > b.severity;
        }
        if (comesBefore(a, b) || comesBefore(b, a)) {
            return comesBefore(a, b);
        }
        return one.first < other.first;
    });
    std::vector<const Finding*> out;
    out.reserve(entries.size());
    for (const Entry& entry : entries) {
        out.push_back(entry.second);
    }
    return out;
}

constexpr std::pair<std::string_view, std::string_view> fixWords[] = {
    {"redact", "puts a typed name in place of the value, the same one wherever the value stands"},
    {"redact-column", "puts typed names in place of the values of the column"},
    {"replace-column", "puts typed names in place of the values of the column, when it is asked for"},
    {"home-path", "puts <HOME> in place of the home folder"},
    {"drop-output", "takes what acts out of the output, all of it where nothing else stands beside it"},
    {"shrink-output", "keeps the first lines or rows of the output and says how many were cut"},
    {"remove-metadata", "takes the entry out of the metadata"},
    {"remove-widget-state", "takes the saved state of widgets out"},
    {"remove-picture", "takes the picture out of the text"},
    {"reveal-hidden", "takes the hidden characters out"},
    {"strip-image-metadata", "takes what is not picture out of the image file; the picture stays as it is"},
    {"pin", "pins the version"},
    {"set-argument", "sets the argument that makes the call safe"},
    {"replace-call", "calls the safe function instead"},
};

} // namespace

std::string answersOf(const Input& input, const std::vector<review::FindingRef>& findings)
{
    std::map<std::string, std::size_t> kinds;
    for (const auto& ref : findings) {
        const Finding& finding = ref.analysis->findings[ref.index];
        const auto* decision = holding(input.options, finding);
        auto reason = review::Reason::AcceptedRisk;
        const bool known = decision != nullptr || review::fromString(finding.settled, reason);
        ++kinds[known || finding.settled != "baseline"
                ? std::string(review::answeredAs(decision ? decision->reason : reason))
                : std::string("known from a baseline")];
    }
    std::vector<std::string> parts;
    for (const auto& [kind, count] : kinds) {
        parts.push_back(kinds.size() == 1 ? kind : grouped(count) + ' ' + kind);
    }
    return joined(parts);
}

std::string answerOf(const Input& input, const Finding& finding)
{
    return oneLine(review::answerOf(input.options.decisions, input.options.today, finding));
}

bool isSettled(const Options& options, const Finding& finding)
{
    return !finding.settled.empty() || holding(options, finding) != nullptr;
}

const review::Decision* holding(const Options& options, const Finding& finding)
{
    return review::holding(options.decisions, options.today, finding);
}

std::vector<const Finding*> ordered(const Input& input)
{
    return ordered(input, false);
}

std::vector<const Finding*> settled(const Input& input)
{
    return ordered(input, true);
}

Anchors anchorsOf(const std::vector<const Finding*>& findings)
{
    Anchors anchors;
    for (std::size_t i = 0; i < findings.size() && i < printedFindings; ++i) {
        anchors.emplace(findings[i], anchorOf(i));
    }
    return anchors;
}

std::string anchorOf(std::size_t place)
{
    return "finding-" + std::to_string(place + 1);
}

std::string placeOf(const Input& input, const Location& location)
{
    std::string out = shortPath(input.workspace.roots, location.artifact);
    if (!location.human.empty()) {
        out += ", " + oneLine(location.human);
    }
    return out;
}

bool hasSeveral(const Input& input)
{
    return input.workspace.analyses.size() > 1;
}

std::string placesOf(const Input& input, const std::vector<const Finding*>& findings, std::size_t most)
{
    std::vector<std::string> names;
    for (std::size_t i = 0; i < findings.size() && i < most; ++i) {
        names.push_back(placeOf(input, findings[i]->location));
    }
    std::string out = joined(names, "; ");
    if (findings.size() > most) {
        out += " and " + counted(findings.size() - most, "more place", "more places");
    }
    return out;
}

void addTable(Section& section, Table table, std::size_t limit)
{
    const std::size_t all = table.rows.size();
    table.rows.resize(std::min(all, limit));
    section.blocks.emplace_back(std::move(table));
    if (all > limit) {
        section.blocks.emplace_back(Paragraph{
            counted(all - limit, "further line is", "further lines are") + " not printed.", Paragraph::Tone::Muted});
    }
}

std::string offeredFix(const Finding& finding)
{
    if (!finding.fix) {
        return {};
    }
    for (const auto& [kind, words] : fixWords) {
        if (kind == finding.fix->kind) {
            return std::string(words);
        }
    }
    return "changes the place so that the finding goes";
}

Viewers viewersOf(const Finding& finding)
{
    Viewers out;
    for (const Evidence& evidence : finding.evidence) {
        const auto colon = evidence.excerpt.find(": ");
        if (evidence.role == "viewer" && colon != std::string::npos) {
            out.emplace_back(oneLine(evidence.excerpt.substr(0, colon)), oneLine(evidence.excerpt.substr(colon + 2)));
        }
    }
    return out;
}

Totals totalsOf(const Workspace& workspace)
{
    Totals totals;
    for (const auto& [path, analysis] : workspace.analyses) {
        if (const auto* notebook = formats::notebookFacts(analysis->facts)) {
            totals.cells += notebook->cells.size();
            totals.outputs += notebook->outputCount;
        }
        totals.understood += analysis->facts.coverage.understood;
        totals.total += analysis->facts.coverage.total;
        totals.allowed += analysis->allowed.size();
        totals.dropped += analysis->droppedFindings;
        totals.notChecked += analysis->facts.status == ReadStatus::Complete ? 0U : 1U;
        const auto& notes = analysis->facts.diagnostics;
        totals.notJudged += static_cast<std::uint64_t>(std::count_if(notes.begin(), notes.end(), isCodeGap));
    }
    return totals;
}

std::string formatOf(const Analysis& analysis)
{
    const auto& facts = analysis.facts;
    if (facts.format == "unknown" && facts.status == ReadStatus::Complete && !analysis.artifact.parent.empty()) {
        return "tensor data";
    }
    const bool joblib = facts.format == "pickle" && facts.model && facts.model->kind == "joblib";
    return joblib ? "joblib" : std::string(facts.format);
}

PictureCount picturesOf(const Input& input)
{
    PictureCount count;
    for (const auto& [path, analysis] : input.workspace.analyses) {
        const auto looked = input.options.lookedAt.find(path);
        count.all += analysis->pictures;
        const auto seen = looked == input.options.lookedAt.end() ? 0 : std::min(looked->second, analysis->pictures);
        count.seen += seen;
        count.drawings += analysis->pictures > seen ? drawingsIn(*analysis) : 0;
    }
    return count;
}

std::string waitingWords(const Input& input)
{
    const auto left = picturesOf(input).waiting();
    return left == 0 ? std::string() : counted(left, "picture waits", "pictures wait") + " for a person's eyes";
}

} // namespace cupel::report
