// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/review/profile.h"

#include "analyzers/model/notes.h"
#include "analyzers/model/pictures.h"
#include "analyzers/rules/rule_set.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <set>

#include <fnmatch.h>
#include <nlohmann/json.hpp>

namespace cupel::review {

namespace {

using nlohmann::json;

#include "profiles.inc"

constexpr std::size_t largest = 64 << 10;

Error wrong(const std::string& what, std::size_t offset = 0)
{
    return {ErrorCode::Malformed, offset, what};
}

// Where the word stands that a sentence about a gate ends with: the last one in quotes, behind the gate's own name.
std::size_t placeOf(ByteView text, const std::string& gate, const std::string& sentence)
{
    const auto end = sentence.rfind('"');
    const auto start = end == std::string::npos || end == 0 ? std::string::npos : sentence.rfind('"', end - 1);
    const auto from = gate.empty() ? 0 : std::min(text.find('"' + gate + '"'), text.size());
    if (start == std::string::npos) {
        return from;
    }
    const auto quoted = sentence.substr(start, end - start + 1);
    const auto behind = text.find(quoted, from + (quoted == '"' + gate + '"' ? 0 : 1));
    return behind != ByteView::npos ? behind : std::min(text.find(quoted), from);
}

bool matchesAny(const std::vector<std::string>& globs, const std::string& id)
{
    return std::any_of(globs.begin(), globs.end(),
        [&id](const std::string& glob) { return ::fnmatch(glob.c_str(), id.c_str(), 0) == 0; });
}

// Reads one gate; the sentence says what is wrong with it, empty: nothing.
std::string readGate(const json& row, Gate& gate)
{
    static const std::set<std::string> known{
        "id", "title", "families", "rules", "except", "atLeast", "confidence", "possibleAtLeast", "complete"};
    if (!row.is_object()) {
        return "a gate has to be an object";
    }
    for (const auto& [key, value] : row.items()) {
        if (!known.contains(key)) {
            return "a gate has no \"" + key + '"';
        }
    }
    gate.id = row.value("id", "");
    gate.title = row.value("title", "");
    if (gate.id.empty() || gate.title.empty()) {
        return "a gate needs \"id\" and \"title\"";
    }
    gate.families = row.value("families", std::vector<std::string>{});
    gate.rules = row.value("rules", std::vector<std::string>{});
    gate.except = row.value("except", std::vector<std::string>{});
    gate.complete = row.value("complete", false);
    const auto severity = row.value("atLeast", "info");
    const auto confidence = row.value("confidence", "possible");
    if (!fromString(severity, gate.atLeast)) {
        return "gate \"" + gate.id + "\": no severity is called \"" + severity + '"';
    }
    if (!fromString(confidence, gate.confidence)) {
        return "gate \"" + gate.id + "\": no confidence is called \"" + confidence + '"';
    }
    if (const auto possible = row.value("possibleAtLeast", ""); !possible.empty()) {
        gate.possibleAtLeast = Severity::Critical;
        if (!fromString(possible, *gate.possibleAtLeast)) {
            return "gate \"" + gate.id + "\": no severity is called \"" + possible + '"';
        }
    }
    for (const auto& family : gate.families) {
        bool exists = false;
        for (int i = 0; i <= static_cast<int>(Family::Lineage); ++i) {
            exists = exists || toString(static_cast<Family>(i)) == family;
        }
        if (!exists) {
            return "gate \"" + gate.id + "\": no family is called \"" + family + '"';
        }
    }
    if (!gate.complete && gate.families.empty() && gate.rules.empty()) {
        return "gate \"" + gate.id + "\" needs \"families\", \"rules\" or \"complete\"";
    }
    return {};
}

} // namespace

namespace {

Result<Profile> parseProfile(ByteView text)
{
    if (text.size() > largest) {
        return Error{ErrorCode::TooLarge, 0, "a profile has at most 64 KiB"};
    }
    try {
        const auto document = json::parse(text, nullptr, true, true);
        if (!document.is_object()) {
            return wrong("a profile has to be an object");
        }
        Profile profile;
        profile.name = document.value("name", "");
        profile.title = document.value("title", profile.name);
        profile.audience = document.value("audience", "");
        if (profile.name.empty() || !document.contains("gates") || !document["gates"].is_array()) {
            return wrong("a profile needs \"name\" and a list of \"gates\"");
        }
        if (document["gates"].empty()) {
            return wrong("a profile needs at least one gate: without one everything would meet it");
        }
        for (const auto& row : document["gates"]) {
            Gate gate;
            if (auto problem = readGate(row, gate); !problem.empty()) {
                return wrong(problem, placeOf(text, gate.id, problem));
            }
            profile.gates.push_back(std::move(gate));
        }
        return profile;
    } catch (const json::parse_error& problem) {
        return Error{ErrorCode::Malformed, problem.byte, "not JSON from byte " + std::to_string(problem.byte) + " on"};
    } catch (const json::exception&) {
        return wrong("a value has the wrong type");
    }
}

// A pattern that no rule answers to is a slip of the pen: its gate would stop nothing, silently.
std::string unknownRule(const Gate& gate)
{
    for (const auto* list : {&gate.rules, &gate.except}) {
        for (const auto& pattern : *list) {
            const auto& all = rules::catalogue();
            if (std::none_of(all.begin(), all.end(),
                    [&pattern](const RuleInfo& info) { return matchesAny({pattern}, std::string(info.id)); })) {
                return "gate \"" + gate.id + "\": no rule is called \"" + pattern + '"';
            }
        }
    }
    return {};
}

} // namespace

Result<Profile> readProfile(ByteView text)
{
    auto profile = parseProfile(text);
    if (!profile) {
        return profile;
    }
    for (const auto& gate : profile.value().gates) {
        if (auto problem = unknownRule(gate); !problem.empty()) {
            return wrong(problem, placeOf(text, gate.id, problem));
        }
    }
    return profile;
}

const std::vector<Profile>& builtInProfiles()
{
    static const auto profiles = [] {
        std::vector<Profile> list;
        for (const auto text : embeddedProfiles) {
            if (auto profile = parseProfile(text)) { // their rules are known: asking takes time at each start
                list.push_back(std::move(profile).value());
            }
        }
        return list;
    }();
    return profiles;
}

const Profile* builtInProfile(std::string_view name)
{
    const auto& list = builtInProfiles();
    const auto hit = std::find_if(list.begin(), list.end(), [name](const Profile& p) { return p.name == name; });
    return hit == list.end() ? nullptr : &*hit;
}

bool blocks(const Gate& gate, const Finding& finding)
{
    const bool sure =
        finding.confidence >= gate.confidence || (gate.possibleAtLeast && finding.severity >= *gate.possibleAtLeast);
    return finding.severity >= gate.atLeast && sure && concerns(gate, finding);
}

bool concerns(const Gate& gate, const Finding& finding)
{
    if (gate.complete) {
        return false;
    }
    const auto family = toString(finding.family);
    const bool wanted =
        (gate.families.empty() || std::find(gate.families.begin(), gate.families.end(), family) != gate.families.end())
        && (gate.rules.empty() || matchesAny(gate.rules, finding.rule));
    return wanted && !matchesAny(gate.except, finding.rule);
}

bool stops(const Profile& profile, const Analysis& analysis, const Finding& finding)
{
    const auto stopped = [&profile](const Finding& one) {
        return std::any_of(
            profile.gates.begin(), profile.gates.end(), [&one](const Gate& gate) { return blocks(gate, one); });
    };
    const auto teller = finding.arguments.find("told by");
    return stopped(finding)
        || (teller != finding.arguments.end()
            && std::any_of(analysis.findings.begin(), analysis.findings.end(),
                [&](const Finding& one) { return one.rule == teller->second && stopped(one); }));
}

std::string stayWords(const std::vector<FindingRef>& findings)
{
    if (findings.empty()) {
        return {};
    }
    std::array<std::size_t, 5> counts{};
    for (const auto& ref : findings) {
        ++counts[static_cast<std::size_t>(ref.analysis->findings[ref.index].severity)];
    }
    std::string words =
        std::to_string(findings.size()) + (findings.size() == 1 ? " finding stays: " : " findings stay: ");
    bool first = true;
    for (auto severity = counts.size(); severity-- > 0;) {
        if (counts[severity] > 0) {
            words += (first ? "" : ", ") + std::to_string(counts[severity]) + ' '
                + std::string(toString(static_cast<Severity>(severity)));
            first = false;
        }
    }
    return words;
}

std::string belowWords(const GateResult& result)
{
    if (result.below.empty()) {
        return {};
    }
    // The real ground: too mild for the gate, or only not certain.
    const auto all = result.below.size();
    return stayWords(result.below)
        + (result.unsure == all ? std::string(", only possible: not sure enough for this gate")
                : result.unsure > 0
                ? ", milder than what this gate stops, or only possible (" + std::to_string(result.unsure) + ')'
                : ", milder than what this gate stops");
}

bool Verdict::meets() const
{
    return std::all_of(gates.begin(), gates.end(), [](const GateResult& result) { return result.passed(); });
}

// Files in languages that the rules of code do not know: of their code nothing is known to be harmless. And notebooks
// that do not tell in which order they ran.
static void addNotJudged(const Gate& gate, const Analysis& analysis, std::vector<std::string>& out)
{
    const auto wants = [&gate](Family family) {
        return gate.families.empty()
            || std::find(gate.families.begin(), gate.families.end(), toString(family)) != gate.families.end();
    };
    const bool aboutCode = !gate.complete && gate.rules.empty() && (wants(Family::Code) || wants(Family::Dependency));
    const bool aboutOrder = std::any_of(
        gate.rules.begin(), gate.rules.end(), [](const std::string& rule) { return rule.starts_with("CUP-ORD-"); });
    for (const auto& diagnostic : analysis.facts.diagnostics) {
        const bool unknown =
            (aboutCode && isCodeGap(diagnostic)) || (aboutOrder && diagnostic.code == codeNoRunNumbers);
        if (unknown && std::find(out.begin(), out.end(), diagnostic.message) == out.end()) {
            out.push_back(diagnostic.message);
        }
    }
}

std::vector<FindingRef> Verdict::accepted() const
{
    std::set<std::pair<const Analysis*, std::size_t>> seen;
    std::vector<FindingRef> all;
    for (const auto& result : gates) {
        std::copy_if(result.accepted.begin(), result.accepted.end(), std::back_inserter(all),
            [&seen](const FindingRef& ref) { return seen.insert({ref.analysis, ref.index}).second; });
    }
    return all;
}

namespace {

void addUnasked(const Profile& profile, const Workspace& workspace,
    const std::function<bool(const Finding&)>& isAnswered, Verdict& verdict)
{
    for (const auto& [path, analysis] : workspace.analyses) {
        for (std::size_t i = 0; i < analysis->findings.size(); ++i) {
            const auto& finding = analysis->findings[i];
            const bool asked = std::any_of(profile.gates.begin(), profile.gates.end(),
                [&finding](const Gate& gate) { return !gate.complete && concerns(gate, finding); });
            if (!asked) {
                (isAnswered(finding) ? verdict.unaskedAnswered : verdict.unasked).push_back({analysis.get(), i});
            }
        }
    }
}

// What the gate says of each finding of a file.
void sortFindings(const Analysis& analysis, const std::function<bool(const Finding&)>& isAnswered, GateResult& result)
{
    const auto& gate = result.gate;
    for (std::size_t i = 0; i < analysis.findings.size(); ++i) {
        const auto& finding = analysis.findings[i];
        if (blocks(gate, finding)) {
            (isAnswered(finding) ? result.accepted : result.blocking).push_back({&analysis, i});
        } else if (concerns(gate, finding) && isAnswered(finding)) {
            result.answered.push_back({&analysis, i});
        } else if (concerns(gate, finding)) {
            result.below.push_back({&analysis, i});
            result.unsure += finding.severity >= gate.atLeast ? 1 : 0;
        }
    }
}

} // namespace

Verdict judge(const Profile& profile, const Workspace& workspace, const std::function<bool(const Finding&)>& isDecided,
    const LookedAt& lookedAt)
{
    Verdict verdict;
    verdict.profile = profile.name;
    verdict.title = profile.title;
    const auto isAnswered = [&isDecided](const Finding& finding) {
        return !finding.settled.empty() || (isDecided && isDecided(finding));
    };
    addUnasked(profile, workspace, isAnswered, verdict);
    for (const auto& gate : profile.gates) {
        GateResult result;
        result.gate = gate;
        std::uint64_t pictures = 0;
        std::uint64_t drawings = 0; // of the files where some wait
        const bool aboutPersons =
            std::find(gate.families.begin(), gate.families.end(), toString(Family::Pii)) != gate.families.end();
        for (const auto& [path, analysis] : workspace.analyses) {
            if (gate.complete && analysis->facts.status != ReadStatus::Complete) {
                result.unread.push_back(path);
            }
            sortFindings(*analysis, isAnswered, result);
            result.allowed += static_cast<std::size_t>(std::count_if(analysis->allowed.begin(), analysis->allowed.end(),
                [&gate](const Finding& finding) { return blocks(gate, finding); }));
            addNotJudged(gate, *analysis, result.notJudged);
            if (aboutPersons) {
                const auto looked = lookedAt.find(path);
                const auto seen = looked == lookedAt.end() ? 0 : std::min(looked->second, analysis->pictures);
                result.picturesSeen += seen;
                pictures += analysis->pictures - seen;
                drawings += analysis->pictures > seen ? drawingsIn(*analysis) : 0;
            }
        }
        if (pictures > 0) {
            const auto all = pictures + result.picturesSeen;
            const auto of = result.picturesSeen > 0 ? " of " + std::to_string(all) : std::string();
            const auto svg = drawingWords(all, drawings);
            result.notJudged.push_back((pictures == 1 ? "What 1" + (of.empty() ? " picture" : of + " pictures")
                                                   + " shows is not read: a person has to look at it"
                                                      : "What " + std::to_string(pictures) + of
                                                   + " pictures show is not read: a person has to look at them")
                + (svg.empty() ? svg : " (" + svg + ')'));
        }
        verdict.gates.push_back(std::move(result));
    }
    return verdict;
}

} // namespace cupel::review
