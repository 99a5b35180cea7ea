// SPDX-License-Identifier: GPL-3.0-or-later
// The verdict for the people the files are meant for: each gate of the profile, whether it lets the files pass, and
// what stands in the way.
#include "analyzers/report/sections/support.h"
#include "analyzers/report/text.h"

#include <algorithm>
#include <map>

namespace cupel::report::profile {

namespace {

constexpr std::size_t listedPerGate = 25;

// What stays although the gate lets it pass: "1 finding stays, accepted by Ada until 2027-01-31".
std::vector<std::string> whatStays(const Input& input, const review::GateResult& result)
{
    std::vector<std::string> parts;
    const auto add = [&](const std::vector<review::FindingRef>& findings, const char* one, const char* many) {
        std::map<std::string, std::size_t> reasons;
        for (const review::FindingRef& ref : findings) {
            ++reasons[answerOf(input, ref.analysis->findings[ref.index])];
        }
        for (const auto& [reason, count] : reasons) {
            parts.push_back(counted(count, one, many) + reason);
        }
    };
    add(result.accepted, "finding stays, ", "findings stay, ");
    add(result.answered, "milder finding stays, ", "milder findings stay, ");
    if (result.allowed > 0) {
        parts.push_back(
            counted(result.allowed, "finding stays, ", "findings stay, ") + "switched off by a comment in the file");
    }
    if (std::string below = review::belowWords(result); !below.empty()) {
        parts.push_back(std::move(below));
    }
    for (const std::string& what : result.notJudged) {
        parts.push_back(asClause(oneLine(what)));
    }
    return parts;
}

std::string stateOf(const Input& input, const review::GateResult& result)
{
    std::vector<std::string> parts = whatStays(input, result);
    if (result.passed()) {
        const std::string seen = result.picturesSeen > 0
            ? "; a person has looked at " + counted(result.picturesSeen, "picture", "pictures")
            : std::string();
        return (parts.empty() ? "passed" : "passed, but: " + joined(parts, "; ")) + seen;
    }
    if (!result.blocking.empty()) {
        parts.push_back(counted(result.blocking.size(), "finding blocks", "findings block"));
    }
    if (!result.unread.empty()) {
        parts.push_back(counted(result.unread.size(), "file was", "files were") + " not read to the end");
    }
    return joined(parts, "; ");
}

std::string familyWords(std::string_view family)
{
    static constexpr std::pair<std::string_view, std::string_view> words[] = {{"secret", "secrets"},
        {"pii", "personal data"}, {"code", "dangerous code"}, {"output", "active outputs"},
        {"dependency", "dependencies at risk"}, {"pickle", "pickles that act"}, {"model", "models that act"},
        {"archive", "archives at risk"}, {"malformed", "flaws of form"}, {"lineage", "what data does on its way"}};
    for (const auto& [name, plain] : words) {
        if (name == family) {
            return std::string(plain);
        }
    }
    return oneLine(family);
}

// What a gate asks for, in words.
std::string asks(const review::Gate& gate)
{
    if (gate.complete) {
        return "every file read to its end";
    }
    std::vector<std::string> what;
    for (const std::string& family : gate.families) {
        what.push_back(familyWords(family));
    }
    for (const std::string& rule : gate.rules) {
        what.push_back(oneLine(rule));
    }
    std::string out = "none of these: " + joined(what);
    if (!gate.except.empty()) {
        out += ", except " + oneLine(joined(gate.except));
    }
    if (gate.atLeast > Severity::Info) {
        out += ", " + std::string(toString(gate.atLeast)) + " or worse";
    }
    if (gate.confidence > Confidence::Possible) {
        out += ", " + std::string(toString(gate.confidence)) + " or surer";
    }
    if (gate.possibleAtLeast) {
        out += ", from " + std::string(toString(*gate.possibleAtLeast)) + " on also what is only possible";
    }
    return out;
}

void addReasons(const Input& input, const review::GateResult& result, const Anchors& anchors, Section& section)
{
    if (result.passed()) {
        return;
    }
    section.blocks.emplace_back(
        Heading{2, oneLine(result.gate.title), "gate-" + std::to_string(section.blocks.size()), "blocked", -1});
    std::vector<const Finding*> findings;
    for (const review::FindingRef& ref : result.blocking) {
        findings.push_back(&ref.analysis->findings[ref.index]);
    }
    std::stable_sort(
        findings.begin(), findings.end(), [](const Finding* a, const Finding* b) { return a->severity > b->severity; });
    List list;
    for (std::size_t i = 0; i < findings.size() && i < listedPerGate; ++i) {
        const Finding& finding = *findings[i];
        const auto anchor = anchors.find(&finding);
        list.items.push_back({static_cast<int>(finding.severity), oneLine(finding.title),
            placeOf(input, finding.location), anchor == anchors.end() ? std::string() : anchor->second});
    }
    for (std::size_t i = 0; i < result.unread.size() && i < listedPerGate; ++i) {
        list.items.push_back({-1, shortPath(input.workspace.roots, result.unread[i]), "not read to the end", {}});
    }
    section.blocks.emplace_back(std::move(list));
    const std::size_t most = std::max(result.blocking.size(), result.unread.size());
    if (most > listedPerGate) {
        section.blocks.emplace_back(
            Paragraph{counted(most - listedPerGate, "further one is", "further ones are") + " not repeated here.",
                Paragraph::Tone::Muted});
    }
}

// The verb goes with the gates that are closed, the noun with all of them: "1 of 6 gates is closed".
std::string closedWords(std::size_t closed, std::size_t gates)
{
    return grouped(closed) + " of " + counted(gates, "gate", "gates") + (closed == 1 ? " is closed" : " are closed");
}

std::string unaskedWords(const Input& input, const review::Verdict& verdict)
{
    std::string words = review::stayWords(verdict.unasked);
    if (const auto count = verdict.unaskedAnswered.size(); count > 0) {
        words += (words.empty() ? "" : "; ") + counted(count, "finding stays, ", "findings stay, ")
            + answersOf(input, verdict.unaskedAnswered);
    }
    return words;
}

} // namespace

Section build(const Input& input)
{
    Section section;
    if (!input.verdict) {
        return section;
    }
    const review::Verdict& verdict = *input.verdict;
    const auto open = static_cast<std::size_t>(
        std::count_if(verdict.gates.begin(), verdict.gates.end(), [](const auto& gate) { return !gate.passed(); }));
    const std::string title = oneLine(verdict.title);
    std::string text =
        (verdict.meets() ? "These files meet the profile " : "These files do not meet the profile ") + title;
    if (const std::string audience = oneLine(input.options.profile->audience); !audience.empty()) {
        text += ", made for " + audience;
    }
    const auto accepted = verdict.accepted();
    text += verdict.meets() && !accepted.empty()
        ? ", with " + counted(accepted.size(), "finding that stays, ", "findings that stay, ")
            + answersOf(input, accepted) + '.'
        : verdict.meets() ? "."
                          : ": " + closedWords(open, verdict.gates.size()) + '.';
    section.blocks.emplace_back(Paragraph{text, Paragraph::Tone::Body});
    Table table{{"Gate", "Asks for", "State"}, {}, {5, 9, 5}, {false, false, false}};
    for (const review::GateResult& result : verdict.gates) {
        table.rows.push_back({oneLine(result.gate.title), asks(result.gate), stateOf(input, result)});
    }
    if (std::string rest = unaskedWords(input, verdict); !rest.empty()) {
        table.rows.push_back({"What the profile does not ask about", "nothing", std::move(rest)});
    }
    section.blocks.emplace_back(std::move(table));
    const Anchors anchors = anchorsOf(ordered(input));
    for (const review::GateResult& result : verdict.gates) {
        addReasons(input, result, anchors, section);
    }
    return section;
}

} // namespace cupel::report::profile
