// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/review/decisions.h"

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
    row["fingerprint"] = decision.fingerprint;
    row["context"] = decision.context;
    return row.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

} // namespace

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

void Decisions::set(Decision decision)
{
    auto fingerprint = decision.fingerprint;
    m_byFingerprint.insert_or_assign(std::move(fingerprint), std::move(decision));
}

bool Decisions::remove(std::string_view fingerprint)
{
    const auto hit = m_byFingerprint.find(fingerprint);
    if (hit == m_byFingerprint.end()) {
        return false;
    }
    m_byFingerprint.erase(hit);
    return true;
}

const Decision* Decisions::find(std::string_view fingerprint) const
{
    const auto hit = m_byFingerprint.find(fingerprint);
    return hit == m_byFingerprint.end() ? nullptr : &hit->second;
}

DecisionState Decisions::stateOf(const Finding& finding, std::string_view today) const
{
    const auto* decision = find(finding.fingerprint);
    if (!decision) {
        return DecisionState::None;
    }
    if (!decision->expires.empty() && decision->expires < today) {
        return DecisionState::Expired;
    }
    const bool same = decision->context.empty() || decision->context == finding.context;
    return same ? DecisionState::Active : DecisionState::Reopened;
}

std::string Decisions::write() const
{
    std::vector<const Decision*> list;
    for (const auto& [fingerprint, decision] : m_byFingerprint) {
        list.push_back(&decision);
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
