// SPDX-License-Identifier: GPL-3.0-or-later
// The first page: the verdict with its reasons, the counts, what to do first, and how much was looked at. The words
// never claim that something is safe, only what was looked for and where.
#include "analyzers/model/notes.h"
#include "analyzers/model/pictures.h"
#include "analyzers/report/sections/support.h"
#include "analyzers/report/text.h"
#include "analyzers/rules/rule_set.h"

#include <algorithm>
#include <set>

namespace cupel::report::summary {

namespace {

constexpr std::size_t firstThings = 5;
constexpr std::size_t reasonsNamed = 3;

std::string countsBySeverity(const std::uint64_t (&counts)[5], int least)
{
    std::vector<std::string> parts;
    for (int severity = 4; severity >= least; --severity) {
        if (counts[severity] > 0) {
            parts.push_back(grouped(counts[severity]) + ' ' + std::string(toString(static_cast<Severity>(severity))));
        }
    }
    return listed(parts);
}

// The kinds of the worst findings, each named once, with the place of the first.
std::string reasons(const Input& input, const std::vector<const Finding*>& findings)
{
    std::vector<std::string> names;
    std::set<std::string_view> seen;
    for (const Finding* finding : findings) {
        if (finding->severity != findings.front()->severity || names.size() == reasonsNamed) {
            break;
        }
        if (seen.insert(finding->rule).second) {
            names.push_back(oneLine(finding->title) + " in "
                + (hasSeveral(input) ? placeOf(input, finding->location) : oneLine(finding->location.human)));
        }
    }
    return joined(names, "; ");
}

// `said` stands in front of it: no sentence comes twice.
std::string missing(
    const Totals& totals, const Summary& summary, const Workspace& workspace, std::string_view said = {})
{
    std::string text;
    if (workspace.cancelled) {
        text += " The check was stopped before its end.";
    } else if (workspace.timedOut) {
        text += " The check ran out of time.";
    }
    if (totals.notChecked > 0) {
        text += ' ' + grouped(totals.notChecked) + " of " + counted(summary.artifacts, "file", "files")
            + (totals.notChecked == 1 ? " was" : " were") + " not read to the end, so there may be more.";
    }
    if (totals.dropped > 0) {
        text += ' ' + counted(totals.dropped, "repeated finding is", "repeated findings are") + " not listed.";
    }
    std::set<std::string> notJudged;
    for (const auto& [path, analysis] : workspace.analyses) {
        for (const Diagnostic& diagnostic : analysis->facts.diagnostics) {
            if (isCodeGap(diagnostic)) {
                notJudged.insert(oneLine(diagnostic.message));
            }
        }
    }
    for (const std::string& sentence : notJudged) {
        const bool known =
            said.find(sentence) != std::string_view::npos || said.find(asClause(sentence)) != std::string_view::npos;
        text += known ? std::string() : ' ' + sentence + '.';
    }
    return text;
}

std::string checkedWords(const Totals& totals, const Summary& summary)
{
    std::vector<std::string> parts{counted(summary.artifacts, "file", "files")};
    if (totals.cells > 0) {
        parts.push_back(counted(totals.cells, "cell", "cells"));
        parts.push_back(counted(totals.outputs, "output", "outputs"));
    }
    return listed(parts) + " checked with " + counted(rules::catalogueSize(), "rule", "rules") + '.';
}

// A gate with something of its kind behind it is open, but what it is called after does not hold.
std::string gatesWords(const std::vector<std::string>& open, const std::vector<std::string>& kept)
{
    return (open.empty() ? std::string() : "Holds: " + joined(open, "; ") + ". ")
        + (kept.empty() ? std::string() : "Passed with something left: " + joined(kept, "; ") + ". ");
}

// Grave findings of a kind that no gate of the profile is about, as bytes hidden in an archive: who reads only the
// verdict must hear of them.
std::string besideGates(const Input& input, const std::vector<const Finding*>& findings)
{
    const auto& gates = input.verdict->gates;
    std::uint64_t counts[5] = {};
    for (const Finding* finding : findings) {
        const bool asked = std::any_of(gates.begin(), gates.end(),
            [finding](const auto& one) { return !one.gate.complete && review::concerns(one.gate, *finding); });
        counts[static_cast<int>(finding->severity)] += asked ? 0 : 1;
    }
    const auto all = counts[3] + counts[4];
    return all == 0 ? std::string()
                    : "No gate of this profile asks about " + countsBySeverity(counts, 3)
            + (all == 1 ? " finding" : " findings") + ". ";
}

// The gates that are closed, each with what stands in it.
Verdict profileVerdict(const Input& input, const std::vector<const Finding*>& findings, const Totals& totals)
{
    Verdict verdict;
    const auto& gates = input.verdict->gates;
    verdict.incomplete = input.summary.incomplete
        || std::any_of(gates.begin(), gates.end(), [](const auto& gate) { return !gate.clean(); });
    verdict.title =
        (input.verdict->meets() ? "Meets the profile " : "Does not meet the profile ") + oneLine(input.verdict->title);
    std::vector<std::string> closed;
    std::vector<std::string> open;
    std::vector<std::string> kept; // let pass, with something in them
    for (const review::GateResult& result : input.verdict->gates) {
        const std::string title = oneLine(result.gate.title);
        if (result.passed()) {
            std::vector<std::string> notes;
            if (const auto stays = result.accepted.size(); stays > 0) {
                notes.push_back(
                    counted(stays, "finding stays, ", "findings stay, ") + answersOf(input, result.accepted));
            }
            if (const auto stays = result.answered.size(); stays > 0) {
                notes.push_back(counted(stays, "milder finding stays, ", "milder findings stay, ")
                    + answersOf(input, result.answered));
            }
            if (result.allowed > 0) {
                notes.push_back(counted(result.allowed, "finding stays, ", "findings stay, ")
                    + "switched off by a comment in the file");
            }
            if (std::string below = review::belowWords(result); !below.empty()) {
                notes.push_back(std::move(below));
            }
            for (const std::string& what : result.notJudged) {
                notes.push_back(asClause(oneLine(what))); // inside of a sentence
            }
            (notes.empty() ? open : kept).push_back(notes.empty() ? title : title + " (" + joined(notes, "; ") + ')');
            continue;
        }
        for (const review::FindingRef& ref : result.blocking) {
            verdict.severity = std::max(verdict.severity, static_cast<int>(ref.analysis->findings[ref.index].severity));
        }
        closed.push_back(title + " ("
            + (result.blocking.empty() ? counted(result.unread.size(), "file was", "files were") + " not read"
                                       : counted(result.blocking.size(), "finding", "findings"))
            + ')');
    }
    const std::string gatesText =
        closed.empty() ? gatesWords(open, kept) : "Does not hold: " + joined(closed, "; ") + ". ";
    const std::string beside = besideGates(input, findings);
    verdict.incomplete = verdict.incomplete || !beside.empty();
    verdict.text = gatesText + beside + checkedWords(totals, input.summary)
        + missing(totals, input.summary, input.workspace, gatesText);
    return verdict;
}

// What is open of a threat model that the report tells of.
struct OpenThreats {
    std::uint64_t bySeverity[5] = {};
    std::uint64_t unrated = 0;
    std::uint64_t all = 0;
};

OpenThreats openThreats(const Input& input)
{
    OpenThreats open;
    if (!input.options.threats) {
        return open;
    }
    for (const threats::Threat& threat : input.options.threats->overlaid.model.threats) {
        if (isOpen(*input.options.threats, threat)) {
            ++(threat.severity ? open.bySeverity[static_cast<std::size_t>(*threat.severity)] : open.unrated);
            ++open.all;
        }
    }
    return open;
}

// The part about threats may not say what the first page knows nothing of.
void addThreats(Verdict& verdict, const OpenThreats& open)
{
    if (open.all == 0) {
        return;
    }
    std::string counts = countsBySeverity(open.bySeverity, 0);
    if (open.unrated > 0) {
        counts += (counts.empty() ? "" : ", ") + grouped(open.unrated) + " not rated";
    }
    verdict.incomplete = true;
    verdict.text += " Of the threat model " + counted(open.all, "threat is", "threats are") + " open: " + counts + '.';
}

// What pictures show is judged by nobody but a person: until somebody has looked, the first page may not look clear.
void addPictures(Verdict& verdict, const Input& input)
{
    const std::string words = waitingWords(input);
    if (words.empty()) {
        return;
    }
    verdict.incomplete = true;
    const std::string why =
        std::string("othing here reads what ") + (picturesOf(input).waiting() == 1 ? "it shows" : "they show");
    const auto count = picturesOf(input);
    const auto svg = drawingWords(count.all, count.drawings);
    // One thing is said once: the title may have said that they wait, and the profile why.
    const bool said = verdict.title.find(words) != std::string::npos;
    const bool explained = verdict.text.find("a person has to look at ") != std::string::npos;
    verdict.text += (said               ? " N" + why
                            : explained ? ' ' + words
                                        : ' ' + words + ": n" + why)
        + " (Images in the window, Ctrl+8)" + (svg.empty() || explained ? std::string() : "; " + svg) + '.';
}

// What stands over a first page without an open finding.
std::string nothingFoundTitle(const Input& input, const OpenThreats& threats)
{
    const bool decided = input.summary.settled > 0;
    const std::string pictures = waitingWords(input);
    if (input.summary.incomplete || (threats.all == 0 && pictures.empty())) {
        const std::string title = decided && threats.all == 0 && pictures.empty() ? "Nothing is open"
            : decided                                                             ? "No finding is open"
                                                                                  : "No findings";
        return title + (input.summary.incomplete ? ", but not everything was read" : "");
    }
    const std::string title = decided ? "No finding is open, but " : "No findings, but ";
    return title
        + (threats.all > 0 ? counted(threats.all, "threat is", "threats are") + (decided ? "" : " open") : pictures);
}

Verdict verdictOfFindings(
    const Input& input, const std::vector<const Finding*>& findings, const Totals& totals, const OpenThreats& threats)
{
    Verdict verdict;
    verdict.incomplete = input.summary.incomplete;
    const std::string gaps = missing(totals, input.summary, input.workspace);
    if (!input.summary.anythingScannable) {
        verdict.incomplete = true;
        verdict.title = "Nothing could be checked";
        verdict.text = "None of the files holds anything a rule could judge." + gaps;
        return verdict;
    }
    if (input.verdict) {
        return profileVerdict(input, findings, totals);
    }
    if (findings.empty()) {
        verdict.title = nothingFoundTitle(input, threats);
        verdict.text = checkedWords(totals, input.summary) + gaps;
        return verdict;
    }
    const auto& counts = input.summary.bySeverity;
    const Severity worst = findings.front()->severity;
    verdict.severity = static_cast<int>(worst);
    if (worst >= Severity::High) {
        verdict.title = "Not fit to share as it is";
        const std::uint64_t blocking = counts[4] + counts[3];
        verdict.text = countsBySeverity(counts, 3) + (blocking == 1 ? " finding stands" : " findings stand")
            + " in the way: " + reasons(input, findings) + '.' + gaps;
    } else if (worst == Severity::Medium) {
        verdict.title = "Look at these findings before you share it";
        verdict.text = countsBySeverity(counts, 2) + (counts[2] == 1 ? " finding: " : " findings: ")
            + reasons(input, findings) + '.' + gaps;
    } else {
        verdict.title = "Only minor findings";
        verdict.text = countsBySeverity(counts, 0) + ", nothing of medium severity or worse. "
            + checkedWords(totals, input.summary) + gaps;
    }
    return verdict;
}

Verdict verdictOf(const Input& input, const std::vector<const Finding*>& findings, const Totals& totals)
{
    const OpenThreats threats = openThreats(input);
    Verdict verdict = verdictOfFindings(input, findings, totals, threats);
    if (input.summary.settled > 0) { // whatever the verdict is
        verdict.text += ' ' + counted(input.summary.settled, "finding is", "findings are") + " answered for.";
    }
    addThreats(verdict, threats);
    addPictures(verdict, input);
    return verdict;
}

List firstSteps(const Input& input, const std::vector<const Finding*>& findings)
{
    List list;
    std::set<std::pair<std::string_view, std::string_view>> seen; // one line per rule and file
    std::set<const Finding*> blocking; // with a profile what keeps the files from meeting it comes first
    for (const auto& gate : input.verdict ? input.verdict->gates : std::vector<review::GateResult>()) {
        for (const auto& ref : gate.blocking) {
            blocking.insert(&ref.analysis->findings[ref.index]);
        }
    }
    const auto take = [&](const auto& urgent) {
        for (std::size_t i = 0; i < findings.size() && i < printedFindings && list.items.size() < firstThings; ++i) {
            const Finding& finding = *findings[i];
            if (urgent(finding) && seen.emplace(finding.rule, finding.location.artifact).second) {
                list.items.push_back({static_cast<int>(finding.severity), oneLine(finding.title),
                    placeOf(input, finding.location), anchorOf(i)});
            }
        }
    };
    if (input.verdict) {
        take([&blocking](const Finding& finding) { return blocking.contains(&finding); });
        take([](const Finding& finding) { return finding.severity >= Severity::High; });
    } else {
        take([](const Finding& finding) { return finding.severity >= Severity::Medium; });
    }
    return list;
}

} // namespace

Section build(const Input& input)
{
    Section section;
    const auto findings = ordered(input);
    const Totals totals = totalsOf(input.workspace);
    section.blocks.emplace_back(verdictOf(input, findings, totals));
    Counts counts;
    std::copy(std::begin(input.summary.bySeverity), std::end(input.summary.bySeverity), std::begin(counts.bySeverity));
    section.blocks.emplace_back(counts);
    if (List steps = firstSteps(input, findings); !steps.items.empty()) {
        section.blocks.emplace_back(Heading{3, "What to do first", "first-steps", {}, -1});
        section.blocks.emplace_back(std::move(steps));
    }
    section.blocks.emplace_back(Heading{3, "What was checked", "checked-summary", {}, -1});
    const std::uint64_t files = input.summary.artifacts;
    KeyValues checked{
        {{"Files", grouped(files - totals.notChecked) + " of " + grouped(files)},
            {"Bytes read", grouped(totals.understood)}, {"Cells", grouped(totals.cells)},
            {"Outputs", grouped(totals.outputs)},
            {"Rules", grouped(rules::catalogueSize()) + ", version " + std::string(rules::catalogueVersion())},
            {"Not checked", grouped(totals.notChecked + totals.notJudged)}},
        2};
    if (const auto pictures = picturesOf(input); pictures.all > 0) {
        checked.rows.emplace_back(
            "Pictures looked at by a person", grouped(pictures.seen) + " of " + grouped(pictures.all));
    }
    section.blocks.emplace_back(std::move(checked));
    section.blocks.emplace_back(Paragraph{
        "Nothing was run: no kernel was started, nothing was imported, no network was used.", Paragraph::Tone::Small});
    return section;
}

} // namespace cupel::report::summary
