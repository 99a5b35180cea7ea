// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/review/decisions.h"

#include "analyzers/base/json_outline.h"
#include "analyzers/base/line_diff.h"
#include "analyzers/review/picture_marks.h"

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

// "2026-12-31", also with a time behind it. Anything else sorts behind every day, so that it would never end.
bool isDay(std::string_view text)
{
    constexpr std::string_view shape = "0000-00-00";
    if (text.size() < shape.size() || (text.size() > shape.size() && text[shape.size()] != 'T')) {
        return false;
    }
    for (std::size_t i = 0; i < shape.size(); ++i) {
        if (shape[i] == '-' ? text[i] != '-' : text[i] < '0' || text[i] > '9') {
            return false;
        }
    }
    const int month = (text[5] - '0') * 10 + text[6] - '0';
    const int day = (text[8] - '0') * 10 + text[9] - '0';
    const bool shortMonth = month == 4 || month == 6 || month == 9 || month == 11;
    return month >= 1 && month <= 12 && day >= 1 && day <= (month == 2 ? 29 : shortMonth ? 30 : 31);
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

std::string_view answeredAs(Reason reason)
{
    return reason == Reason::FalsePositive ? "called a false positive"
        : reason == Reason::TestData       ? "called test data"
        : reason == Reason::Mitigated      ? "called mitigated"
        : reason == Reason::WontFix        ? "left unfixed"
                                           : "accepted";
}

std::string acceptedWords(const Decision& decision)
{
    const std::string out =
        std::string(answeredAs(decision.reason)) + (decision.author.empty() ? "" : " by " + decision.author);
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

namespace {

constexpr std::size_t mostLookedAt = 64; // of equal ones: who has more of them has them all over again

// Of two that fit alike: the one that is valid longer, then the one whose path says more.
bool isBetter(const Decision& a, const Decision& b)
{
    const auto rank = [](const Decision& one) {
        return std::tuple(one.expires.empty(), std::string_view(one.expires), one.artifact.size());
    };
    return rank(a) > rank(b);
}

bool tellsValues(std::string_view values)
{
    return !values.empty() && values != "-";
}

// The best of those that were looked at.
class Matcher {
public:
    explicit Matcher(const Finding& finding)
        : m_finding(finding)
    {
    }

    void consider(const Decision& one, bool samePlace)
    {
        const bool own = !isForAnotherFile(one, m_finding);
        const bool same = one.values == m_finding.values;
        const auto fit = own && (same || one.values.empty()) ? Fit::Own
            : !own && same && one.values != "-"              ? Fit::Copy
            : own && m_finding.context == one.context        ? Fit::OtherValues
                                                             : Fit::None;
        if (!samePlace && fit != Fit::Own) {
            return;
        }
        if (fit > m_best.fit || (fit == m_best.fit && fit != Fit::None && isBetter(one, *m_best.decision))) {
            m_best = {&one, fit};
        }
    }

    [[nodiscard]] bool done() const { return m_best.fit == Fit::Own; }
    [[nodiscard]] Match best() const { return m_best; }

private:
    const Finding& m_finding;
    Match m_best;
};

} // namespace

bool Decisions::ByValues::operator()(const Decision* a, const Decision* b) const
{
    const auto first = [](const Decision* one) {
        return std::tuple(std::string_view(one->fingerprint), std::string_view(one->values), !one->expires.empty());
    };
    const auto x = first(a);
    const auto y = first(b);
    if (x != y) {
        return x < y;
    }
    return a->expires != b->expires ? a->expires > b->expires : a->artifact < b->artifact;
}

void Decisions::erase(Map::iterator at)
{
    const auto* one = at->second.get();
    m_byValues.erase(one);
    const auto [first, last] = m_byContext.equal_range({one->context, one->values});
    const auto same = std::find_if(first, last, [one](const auto& entry) { return entry.second == one; });
    if (same != last) {
        m_byContext.erase(same);
    }
    m_byId.erase(at); // the texts that are its keys go with it
}

void Decisions::set(DecisionPtr decision)
{
    const auto key = keyOf(*decision);
    const auto known = m_byId.find(key);
    if (known != m_byId.end()) {
        if (decision->more.empty() && !known->second->more.empty()) {
            auto kept = *decision;
            kept.more = known->second->more;
            set(std::make_shared<const Decision>(std::move(kept)));
            return;
        }
        erase(known);
    }
    const auto* one = decision.get();
    m_byId.emplace_hint(m_byId.empty() || m_byId.rbegin()->first < key ? m_byId.end() : m_byId.lower_bound(key), key,
        std::move(decision));
    m_byValues.insert(one);
    if (tellsValues(one->values)) {
        m_byContext.emplace(std::pair(std::string_view(one->context), std::string_view(one->values)), one);
    }
}

bool Decisions::remove(const DecisionId& id)
{
    const auto hit = m_byId.find({id.fingerprint, id.artifact});
    if (hit == m_byId.end()) {
        return false;
    }
    erase(hit);
    return true;
}

Match Decisions::match(const Finding& finding) const
{
    Matcher matcher(finding);
    // Its own path, as it was called in this folder or in one above.
    const std::string_view path = finding.location.artifact;
    for (std::size_t at = 0; at <= path.size(); ++at) {
        if (at == 0 || path[at - 1] == '/' || path[at - 1] == '!') {
            if (const auto hit = m_byId.find({finding.fingerprint, path.substr(at)}); hit != m_byId.end()) {
                matcher.consider(*hit->second, true);
            }
        }
    }
    if (matcher.done() || m_byId.empty()) {
        return matcher.best();
    }
    Decision like; // one that never ends comes first
    like.fingerprint = finding.fingerprint;
    like.values = finding.values;
    std::size_t looked = 0;
    for (auto at = m_byValues.lower_bound(&like); at != m_byValues.end() && looked < mostLookedAt
        && (*at)->fingerprint == finding.fingerprint && (*at)->values == finding.values;
        ++at, ++looked) {
        matcher.consider(**at, true);
    }
    // The review may have begun below the folder it was decided in: then the path of the decision is the longer one.
    looked = 0;
    for (auto at = m_byId.lower_bound({finding.fingerprint, {}});
        !matcher.done() && at != m_byId.end() && looked < mostLookedAt && at->first.first == finding.fingerprint;
        ++at, ++looked) {
        matcher.consider(*at->second, true);
    }
    // Of values that are masked alike the fingerprint tells which in their order: they may have changed places.
    if (!matcher.done() && tellsValues(finding.values)) {
        looked = 0;
        for (auto at = m_byContext.lower_bound({finding.context, finding.values}); at != m_byContext.end()
            && looked < mostLookedAt && at->first.first == finding.context && at->first.second == finding.values;
            ++at, ++looked) {
            if (at->second->rule == finding.rule) {
                matcher.consider(*at->second, false);
            }
        }
    }
    return matcher.best();
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
        const bool read = readLine(line, decision);
        if (read && !decision.expires.empty() && !isDay(decision.expires)) {
            decisions.m_unknown.emplace_back(line);
            troubles.push_back("line " + std::to_string(i + 1)
                + ": \"expires\" is no day such as 2026-12-31, so the decision does not count");
        } else if (read) {
            decisions.set(std::move(decision));
        } else {
            decisions.m_unknown.emplace_back(line);
            if (!isPictureMark(line)) {
                troubles.push_back("line " + std::to_string(i + 1) + " is no decision that this version understands");
            }
        }
    }
    return decisions;
}

} // namespace cupel::review
