// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/review/decisions.h"

#include "analyzers/base/json_outline.h"
#include "analyzers/base/line_diff.h"

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

#include <nlohmann/json.hpp>

namespace cupel::review {

namespace {

using nlohmann::ordered_json;

constexpr std::array<std::pair<Reason, std::string_view>, 5> reasons{
    {{Reason::FalsePositive, "false-positive"}, {Reason::TestData, "test-data"},
        {Reason::AcceptedRisk, "accepted-risk"}, {Reason::Mitigated, "mitigated"}, {Reason::WontFix, "wont-fix"}}};
constexpr std::size_t longestLine = 16 << 10;

constexpr std::array<std::string_view, 12> members{"artifact", "place", "rule", "reason", "note", "author", "decided",
    "expires", "severity", "fingerprint", "context", "values"};

// Members of a later version, or somebody's own, as they are written.
std::string unknownMembers(std::string_view line)
{
    Budget budget;
    JsonOutline::Options options;
    options.detailDepth = 2;
    const auto json = JsonOutline::parse(line, budget, options);
    std::string out;
    if (!json.valid() || json.empty()) {
        return out;
    }
    for (auto child = json.nodes()[0].firstChild; child != 0; child = json.nodes()[child].nextSibling) {
        const auto& node = json.nodes()[child];
        // A key that is written with escapes is one of the known ones when it reads like one.
        const auto key = ordered_json::parse('"' + std::string(slice(line, node.key)) + '"', nullptr, false);
        const bool known = key.is_string()
            && std::find(members.begin(), members.end(), key.get_ref<const std::string&>()) != members.end();
        if (!known) {
            out += out.empty() ? "" : ",";
            out += slice(line, {node.key.start - 1, node.value.end});
        }
    }
    return out;
}

bool readLine(std::string_view line, Decision& out)
{
    if (line.size() > longestLine) {
        return false;
    }
    const auto row = ordered_json::parse(line, nullptr, false);
    if (!row.is_object()) {
        return false;
    }
    const auto text = [&row](const char* key) {
        const auto at = row.find(key);
        return at != row.end() && at->is_string() ? at->get<std::string>() : std::string();
    };
    out = {text("fingerprint"), text("context"), text("rule"), text("artifact"), text("place"), Reason::AcceptedRisk,
        text("note"), text("author"), text("decided"), text("expires")};
    const bool odd = std::any_of(members.begin(), members.end(), [&row](std::string_view key) {
        const auto at = row.find(key);
        return at != row.end() && !at->is_string() && !at->is_null();
    });
    if (odd) {
        return false; // a later version may write more than a text there
    }
    if (const auto word = text("severity"); !word.empty()) {
        Severity severity{};
        if (!fromString(word, severity)) {
            return false; // a word of a later version: kept as it stands, and it covers nothing here
        }
        out.severity = severity;
    }
    out.values = text("values");
    out.more = unknownMembers(line);
    return !out.fingerprint.empty() && fromString(text("reason"), out.reason);
}

std::string writeLine(const Decision& decision)
{
    ordered_json row;
    row["artifact"] = decision.artifact;
    row["place"] = decision.place;
    row["rule"] = decision.rule;
    row["reason"] = toString(decision.reason);
    row["note"] = decision.note;
    row["author"] = decision.author;
    row["decided"] = decision.decided;
    if (!decision.expires.empty()) {
        row["expires"] = decision.expires;
    }
    if (decision.severity) {
        row["severity"] = toString(*decision.severity);
    }
    row["fingerprint"] = decision.fingerprint;
    row["context"] = decision.context;
    if (!decision.values.empty()) {
        row["values"] = decision.values;
    }
    auto line = row.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
    if (!decision.more.empty()) {
        line.back() = ',';
        line += decision.more + '}';
    }
    return line;
}

} // namespace

bool endsInPath(std::string_view path, std::string_view tail)
{
    if (!path.ends_with(tail)) {
        return false;
    }
    path.remove_suffix(tail.size());
    return path.empty() || path.back() == '/' || path.back() == '!';
}

// The review may have begun in another folder than the one it was decided in.
bool isForAnotherFile(const Decision& decision, const Finding& finding)
{
    const auto& now = finding.location.artifact;
    const auto& then = decision.artifact;
    return !then.empty() && !endsInPath(now, then) && !endsInPath(then, now);
}

std::string acceptedWords(const Decision& decision)
{
    const std::string by = decision.author.empty() ? "" : " by " + decision.author;
    std::string out = decision.reason == Reason::FalsePositive ? "called a false positive" + by
        : decision.reason == Reason::TestData                  ? "called test data" + by
        : decision.reason == Reason::Mitigated                 ? "called mitigated" + by
                                                               : "accepted" + by;
    return decision.expires.empty() ? out : out + " until " + decision.expires;
}

std::string_view toString(Reason reason)
{
    const auto* hit =
        std::find_if(reasons.begin(), reasons.end(), [reason](const auto& r) { return r.first == reason; });
    return hit == reasons.end() ? std::string_view{} : hit->second;
}

bool fromString(std::string_view text, Reason& out)
{
    const auto* hit = std::find_if(reasons.begin(), reasons.end(), [text](const auto& r) { return r.second == text; });
    if (hit == reasons.end()) {
        return false;
    }
    out = hit->first;
    return true;
}

DecisionId idOf(const Decision& decision)
{
    return {decision.fingerprint, decision.artifact};
}

void Decisions::set(DecisionPtr decision)
{
    const Key key{decision->fingerprint, decision->artifact};
    const bool last = m_byId.empty() || m_byId.rbegin()->first < key;
    auto at = last ? m_byId.end() : m_byId.lower_bound(key);
    if (at != m_byId.end() && at->first == key) {
        if (decision->more.empty() && !at->second->more.empty()) {
            auto kept = *decision;
            kept.more = at->second->more;
            set(std::make_shared<const Decision>(std::move(kept)));
            return;
        }
        at = m_byId.erase(at); // its key goes with it
    }
    m_byId.emplace_hint(at, key, std::move(decision));
}

bool Decisions::remove(const DecisionId& id)
{
    const auto hit = m_byId.find({id.fingerprint, id.artifact});
    if (hit == m_byId.end()) {
        return false;
    }
    m_byId.erase(hit);
    return true;
}

const Decision* Decisions::find(const Finding& finding) const
{
    const Decision* own = nullptr;
    const Decision* copy = nullptr;
    for (auto at = m_byId.lower_bound({finding.fingerprint, {}});
        at != m_byId.end() && at->first.first == finding.fingerprint; ++at) {
        const auto& one = *at->second;
        if (!isForAnotherFile(one, finding)) {
            own = !own || own->artifact.size() < one.artifact.size() ? &one : own; // the longer path says more
        } else if (!copy && one.values == finding.values) {
            copy = &one;
        }
    }
    return own ? own : copy;
}

DecisionState Decisions::stateOf(const Finding& finding, std::string_view today) const
{
    const auto* decision = find(finding);
    return decision ? review::stateOf(*decision, finding, today) : DecisionState::None;
}

DecisionState stateOf(const Decision& decision, const Finding& finding, std::string_view today)
{
    if (!decision.expires.empty() && decision.expires < today) {
        return DecisionState::Expired;
    }
    const bool same = (decision.context.empty() || decision.context == finding.context)
        && (decision.values.empty() || decision.values == finding.values);
    const bool graver = decision.severity && finding.severity > *decision.severity;
    return same && !graver ? DecisionState::Active : DecisionState::Reopened;
}

std::string Decisions::write() const
{
    std::vector<const Decision*> list;
    for (const auto& [key, decision] : m_byId) {
        list.push_back(decision.get());
    }
    std::sort(list.begin(), list.end(), [](const Decision* a, const Decision* b) {
        return std::tie(a->artifact, a->rule, a->fingerprint) < std::tie(b->artifact, b->rule, b->fingerprint);
    });
    std::string out;
    for (const auto* decision : list) {
        out += writeLine(*decision) + '\n';
    }
    for (const auto& line : m_unknown) {
        out += line + '\n';
    }
    return out;
}

Decisions Decisions::read(ByteView text, std::vector<std::string>& troubles)
{
    Decisions decisions;
    const auto lines = splitLines(text);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        auto line = lines[i];
        while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) {
            line.remove_suffix(1);
        }
        Decision decision;
        if (line.empty()) {
            continue;
        }
        if (readLine(line, decision)) {
            decisions.set(std::move(decision));
        } else {
            decisions.m_unknown.emplace_back(line);
            troubles.push_back("line " + std::to_string(i + 1) + " is no decision that this version understands");
        }
    }
    return decisions;
}

} // namespace cupel::review
