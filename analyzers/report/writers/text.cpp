// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/report/writers/text.h"

#include "analyzers/model/notes.h"
#include "analyzers/model/pictures.h"
#include "analyzers/report/text.h"
#include "analyzers/report/writers/marked_value.h"
#include "analyzers/report/writers/text_unicode.h"
#include "analyzers/review/answers.h"
#include "analyzers/rules/advice.h"
#include "analyzers/rules/rule_set.h"

#include <algorithm>
#include <set>
#include <span>

namespace cupel::report {

namespace {

constexpr std::string_view indent = "      ";
constexpr std::size_t maxListed = 50; // diagnostics under one file

// Why the code of a file says nothing about its danger, or not all of it; empty: it was judged.
std::string_view notJudged(const Analysis& analysis)
{
    const auto& all = analysis.facts.diagnostics;
    const auto note = std::find_if(all.begin(), all.end(), isCodeGap);
    return note == all.end() ? std::string_view() : std::string_view(note->message);
}

class Writer {
public:
    Writer(const Workspace& workspace, const RunInfo& run, const TextStyle& style, const TextSink& sink)
        : m_workspace(workspace)
        , m_run(run)
        , m_style(style)
        , m_paint(style.colour)
        , m_sink(sink)
    {
    }

    void brief();
    void full();

private:
    void file(const Analysis& analysis);
    void finding(const Finding& finding);
    void excerpt(const Finding& finding);
    void evidence(const Finding& finding);
    void sentence(std::string_view lead, std::string_view text, std::string_view margin);
    void diagnostics(const std::vector<PlacedDiagnostic>& all);
    void summary();
    void lastLine(const Summary& summary);
    [[nodiscard]] std::string answers(const std::vector<review::FindingRef>& findings) const;
    void verdict();
    void line(std::string_view text);

    const Workspace& m_workspace;
    const RunInfo& m_run;
    const TextStyle& m_style;
    Paint m_paint;
    const TextSink& m_sink;
    std::span<const ByteRange> m_sensitive; // of the file that is being written
};

void Writer::line(std::string_view text)
{
    std::string out(text);
    out.push_back('\n');
    m_sink(out);
}

std::string place(const Location& location)
{
    if (!location.human.empty()) {
        return printable(location.human);
    }
    return location.line > 0 ? "line " + std::to_string(location.line) : "byte " + std::to_string(location.bytes.start);
}

void Writer::brief()
{
    for (const auto& [path, analysis] : m_workspace.analyses) {
        for (const auto& item : analysis->findings) {
            std::string text = printable(path);
            if (item.location.line > 0) {
                text += ":" + std::to_string(item.location.line) + ":" + std::to_string(item.location.column);
            }
            line(text + ": " + std::string(toString(item.severity)) + ": " + printable(item.title) + " ("
                + place(item.location) + ") [" + item.rule + "]");
        }
    }
}

void Writer::sentence(std::string_view lead, std::string_view text, std::string_view margin)
{
    if (text.empty()) {
        return;
    }
    const std::size_t room = m_style.width > margin.size() + 20 ? m_style.width - margin.size() : 0;
    for (const auto& part : wrapped(std::string(lead) + printable(text), room)) {
        line(std::string(margin) + part);
    }
}

// Indentation of a JSON file says nothing in one line of it.
std::string squeezed(std::string_view text)
{
    std::string out;
    for (const char c : text) {
        if (c != ' ' || (!out.empty() && out.back() != ' ')) {
            out.push_back(c);
        }
    }
    return out;
}

// The redacted line, and carets under the masked value where there is one.
void Writer::excerpt(const Finding& item)
{
    const auto match = std::find_if(item.evidence.begin(), item.evidence.end(),
        [](const Evidence& piece) { return piece.role == "match" && !piece.excerpt.empty(); });
    if (match == item.evidence.end()) {
        return;
    }
    const std::string bar = std::string(indent) + m_paint.dim("│ ");
    const std::size_t room = m_style.width > 30 ? m_style.width - indent.size() - 2 : 0;
    std::string shown = squeezed(printable(match->excerpt));
    Marked marked = maskedIn(shown, item, m_sensitive);
    if (marked.start == std::string::npos) {
        line(bar + shortened(shown, room));
        return;
    }
    if (room > 0 && displayWidth(std::string_view(shown).substr(0, marked.end)) > room) {
        // The value would be cut off: let the line start with it.
        shown = "…" + shown.substr(marked.start);
        marked = {std::string_view("…").size(), std::string_view("…").size() + marked.end - marked.start};
    }
    const std::size_t before = displayWidth(std::string_view(shown).substr(0, marked.start));
    std::size_t carets = displayWidth(std::string_view(shown).substr(marked.start, marked.end - marked.start));
    carets = room > before ? std::min(carets, room - before) : carets;
    line(bar + shortened(shown, room));
    line(bar + std::string(before, ' ') + m_paint.tinted(item.severity, std::string(carets, '^')));
}

void Writer::evidence(const Finding& item)
{
    for (const auto& piece : item.evidence) {
        const bool check = piece.location.artifact.empty();
        const bool shownAbove = piece.role == "match" && piece.location.bytes == item.location.bytes;
        if (shownAbove || piece.role == "context" || (!check && !m_style.verbose)) {
            continue;
        }
        const bool elsewhere = !check && piece.location.artifact != item.location.artifact;
        const auto file = elsewhere ? printable(piece.location.artifact) + ", " : std::string();
        sentence(printable(piece.role) + (check ? ": " : " at " + file + place(piece.location) + ": "), piece.excerpt,
            indent);
    }
}

void Writer::finding(const Finding& item)
{
    line("  " + m_paint.severity(item.severity) + "  " + place(item.location) + "  "
        + m_paint.bold(printable(item.title)));
    excerpt(item);
    if (item.message != item.title) {
        sentence("", item.message, indent);
    }
    evidence(item);
    if (const RuleInfo* rule = rules::findRule(item.rule)) {
        sentence("Fix: ", firstSentence(rules::adviceFor(*rule, item).howToFix), indent);
    }
    line(std::string(indent) + m_paint.dim(item.rule + ", " + std::string(toString(item.confidence))));
    if (!item.settled.empty()) {
        sentence("Settled: ", item.settled + (item.settledNote.empty() ? "" : ", " + item.settledNote), indent);
    }
}

void Writer::diagnostics(const std::vector<PlacedDiagnostic>& all)
{
    std::size_t listed = 0;
    for (const auto& placed : all) {
        const bool note = placed.diagnostic.level == DiagnosticLevel::Note && !isCodeGap(placed.diagnostic);
        if (note && !m_style.verbose) {
            continue;
        }
        if (++listed > maxListed && !m_style.verbose) {
            continue;
        }
        std::string text = placed.diagnostic.message;
        if (placed.diagnostic.offset > 0) {
            text += " (byte " + std::to_string(placed.diagnostic.offset) + ")";
        }
        sentence(note ? "note: " : "! not checked: ", text, "  ");
    }
    if (listed > maxListed && !m_style.verbose) {
        line("  ! and " + std::to_string(listed - maxListed) + " more of this kind (-v lists them)");
    }
}

void Writer::file(const Analysis& analysis)
{
    const auto notes = diagnosticsOf(analysis);
    const bool complete = analysis.facts.status == ReadStatus::Complete && analysis.droppedFindings == 0;
    const bool judged = notJudged(analysis).empty();
    if (analysis.findings.empty() && complete && judged && !m_style.verbose) {
        return;
    }
    std::string head = m_paint.bold(printable(analysis.artifact.path));
    std::string about(analysis.facts.format.empty() ? "unknown" : analysis.facts.format);
    about += ", " + humanBytes(analysis.size);
    if (analysis.facts.status != ReadStatus::Complete) {
        about += analysis.facts.status == ReadStatus::Partial ? ", read in part" : ", not readable";
    }
    line(head + "  " + m_paint.dim(about));
    m_sensitive = analysis.sensitive;
    for (const auto& item : analysis.findings) {
        finding(item);
    }
    diagnostics(notes);
    if (!complete && notes.empty()) {
        line("  ! not checked to its end");
    }
    line("");
}

void Writer::lastLine(const Summary& summary)
{
    std::string text;
    std::uint64_t pictures = 0;
    std::uint64_t drawings = 0;
    for (const auto& [path, analysis] : m_workspace.analyses) {
        const auto looked = m_run.lookedAt.find(path);
        const auto seen = looked == m_run.lookedAt.end() ? 0 : std::min(looked->second, analysis->pictures);
        pictures += analysis->pictures - seen;
        drawings += analysis->pictures > seen ? drawingsIn(*analysis) : 0;
    }
    if (m_workspace.cancelled) {
        text = "Stopped before the end: what was not reached is not judged. ";
    } else if (m_workspace.timedOut) {
        text = "The time limit ended the scan: what was not reached is not judged. ";
    } else if (summary.partial > 0) {
        text = "Not checked to the end: " + counted(summary.partial, "file") + ", marked with ! above. ";
    } else if (summary.incomplete) {
        text = "Not everything is listed: see the lines marked with ! above. ";
    } else if (std::any_of(m_workspace.analyses.begin(), m_workspace.analyses.end(),
                   [](const auto& entry) { return !notJudged(*entry.second).empty(); })) {
        text = "Read to the end, but not all code was judged: see the lines marked with ! above. ";
    } else if (summary.artifacts > 0) {
        const bool all = std::none_of(m_workspace.analyses.begin(), m_workspace.analyses.end(),
            [](const auto& entry) { return findNote(entry.second->facts, codeLeftOut) != nullptr; });
        text = "Everything in " + std::string(summary.artifacts == 1 ? "it" : "them") + " was checked"
            + (pictures == 0 ? std::string()
                             : ", but for what " + counted(pictures, "picture") + (pictures == 1 ? " shows" : " show")
                        + (drawings == 0 ? std::string() : " (" + drawingWords(pictures, drawings) + ')'))
            + (all ? ". " : ", but for what --no-hash leaves out (-v tells). ");
    }
    line(text + "Nothing was run.");
}

void Writer::summary()
{
    const Summary sum = summarize(m_workspace);
    std::string counts;
    for (const Severity severity :
        {Severity::Critical, Severity::High, Severity::Medium, Severity::Low, Severity::Info}) {
        if (const auto count = sum.bySeverity[static_cast<std::size_t>(severity)]) {
            counts += counts.empty() ? "" : ", ";
            counts += m_paint.tinted(severity, std::to_string(count) + " " + std::string(toString(severity)));
        }
    }
    std::uint64_t allowed = 0;
    for (const auto& [path, analysis] : m_workspace.analyses) {
        allowed += analysis->allowed.size();
    }
    if (!sum.anythingScannable) {
        line(sum.artifacts == 0 ? "There are no files here."
                                : "Nothing that can be scanned in " + counted(sum.artifacts, "file") + ".");
    } else {
        line((counts.empty() ? std::string("No findings") : counts) + " in " + counted(sum.artifacts, "file") + ", "
            + humanBytes(sum.bytes) + ".");
    }
    if (allowed > 0) {
        line(counted(allowed, "finding") + " switched off by comments in the files.");
    }
    if (m_run.belowConfidence > 0) {
        line(counted(m_run.belowConfidence, "finding") + " below --min-confidence not shown.");
    }
    if (sum.settled + m_run.known > 0) {
        line(counted(sum.settled + m_run.known, "finding") + " known or decided before.");
    }
    lastLine(sum);
    verdict();
}

// Of what stays although the gate lets it pass.
std::string Writer::answers(const std::vector<review::FindingRef>& findings) const
{
    std::set<std::string> reasons;
    for (const auto& ref : findings) {
        reasons.insert(review::answerOf(m_run.decisions, m_run.today, ref.analysis->findings[ref.index]));
    }
    std::string out;
    for (const auto& reason : reasons) {
        out += (out.empty() ? "" : ", ") + reason;
    }
    return out;
}

// Why the files may be shared with these people, or not.
void Writer::verdict()
{
    if (!m_run.verdict) {
        return;
    }
    const auto& verdict = *m_run.verdict;
    line("");
    line(m_paint.bold(verdict.meets() ? "Meets the profile " + printable(verdict.title)
                                      : "Does not meet the profile " + printable(verdict.title)));
    for (const auto& result : verdict.gates) {
        std::string reason;
        if (!result.blocking.empty()) {
            const auto& first = result.blocking.front();
            reason = counted(result.blocking.size(), "finding")
                + ", first: " + printable(first.analysis->findings[first.index].title);
        }
        if (!result.unread.empty()) {
            reason += (reason.empty() ? "" : "; ") + counted(result.unread.size(), "file") + " not read to the end";
        }
        if (!result.accepted.empty()) {
            reason += (reason.empty() ? "" : "; ") + counted(result.accepted.size(), "finding")
                + (result.accepted.size() == 1 ? " stays: " : " stay: ") + printable(answers(result.accepted));
        }
        if (!result.answered.empty()) {
            reason += (reason.empty() ? "" : "; ") + counted(result.answered.size(), "milder finding")
                + (result.answered.size() == 1 ? " stays: " : " stay: ") + printable(answers(result.answered));
        }
        if (result.allowed > 0) {
            reason += (reason.empty() ? "" : "; ") + counted(result.allowed, "finding")
                + (result.allowed == 1 ? " stays: " : " stay: ") + "switched off by a comment in the file";
        }
        if (const auto below = review::belowWords(result); !below.empty()) {
            reason += (reason.empty() ? "" : "; ") + below;
        }
        for (const auto& what : result.notJudged) {
            reason += (reason.empty() ? "" : "; ") + printable(reason.empty() ? what : report::asClause(what));
        }
        const std::string_view sign = result.clean() ? "\u2713 " : result.passed() ? "\u25cb " : "\u2717 ";
        line("  " + std::string(sign) + printable(result.gate.title)
            + (reason.empty() ? "" : m_paint.dim("  " + reason)));
    }
    auto rest = review::stayWords(verdict.unasked);
    if (const auto count = verdict.unaskedAnswered.size(); count > 0) {
        rest += (rest.empty() ? "" : "; ") + counted(count, "finding") + (count == 1 ? " stays: " : " stay: ")
            + printable(answers(verdict.unaskedAnswered));
    }
    if (!rest.empty()) {
        line("  \u25cb What the profile does not ask about" + m_paint.dim("  " + rest));
    }
}

void Writer::full()
{
    for (const auto& [path, analysis] : m_workspace.analyses) {
        file(*analysis);
    }
    summary();
}

} // namespace

void writeText(const Workspace& workspace, const RunInfo& run, const TextStyle& style, const TextSink& sink)
{
    Writer writer(workspace, run, style, sink);
    style.brief ? writer.brief() : writer.full();
}

} // namespace cupel::report
