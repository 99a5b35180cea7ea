// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/report/threats/tm_bom_words.h"

#include <algorithm>
#include <array>

namespace cupel::report::bill {

using namespace threats;

SymbolicNames::SymbolicNames()
    : m_taken{std::string(persona), std::string(outside)}
{
}

void SymbolicNames::add(std::string_view kind, const std::string& id)
{
    constexpr std::size_t longest = 120;
    std::string name;
    for (const char c : std::string_view(id).substr(0, longest)) {
        const bool large = c >= 'A' && c <= 'Z';
        const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        name += large ? static_cast<char>(c + 32) : plain ? c : '-';
    }
    const std::string base = name.find_first_not_of('-') == std::string::npos ? std::string(kind) : name;
    name = base;
    for (std::size_t number = m_next[base]; !m_taken.insert(name).second;) {
        name = base + '-' + std::to_string(++number);
        m_next[base] = number;
    }
    m_names.emplace(id, name);
}

std::string_view SymbolicNames::of(const std::string& id) const
{
    const auto found = m_names.find(id);
    return found == m_names.end() ? outside : std::string_view(found->second);
}

std::vector<std::string> sensitivityOf(const threats::DiagramPart& part, std::string_view kind)
{
    std::vector<std::string> out;
    const auto pii = attribute(part, "pii");
    const auto classification = attribute(part, "classification");
    if (pii == "true" || pii == "yes") {
        out.emplace_back("pii");
    }
    if (classification == "confidential" || classification == "restricted") {
        out.emplace_back("biz");
    }
    if (kind == "secret-store") {
        out.emplace_back("cred");
    }
    return out;
}

bool isSaid(std::string_view value)
{
    return value == "true" || value == "yes";
}

std::string_view storeTypeOf(std::string_view kind)
{
    return kind == "vector-store" || kind == "feature-store" || kind == "secret-store" ? "key_value"
        : kind == "agent-memory"                                                       ? "document"
                                                                                       : "object";
}

std::string_view actorTypeOf(const Element& element)
{
    const auto origin = attribute(element, "origin");
    return element.kind == "person" || element.kind == "consumer" ? "user"
        : origin == "external" || origin == "public" || element.kind == "vendor" || element.kind == "package-index"
        ? "third_party"
        : "system";
}

std::string_view levelOf(const Threat& threat)
{
    static constexpr std::array<std::string_view, 5> bands{"very_low", "low", "medium", "high", "critical"};
    return bands[threat.severity ? static_cast<std::size_t>(*threat.severity) : 2];
}

std::string_view likelihoodWord(int step)
{
    static constexpr std::array<std::string_view, 5> words{"rare", "unlikely", "possible", "likely", "certain"};
    return words[static_cast<std::size_t>(std::clamp(step, 1, 5) - 1)];
}
std::string_view impactWord(int step)
{
    static constexpr std::array<std::string_view, 5> words{"negligible", "minor", "moderate", "major", "severe"};
    return words[static_cast<std::size_t>(std::clamp(step, 1, 5) - 1)];
}
std::string_view degreeWord(int step)
{
    static constexpr std::array<std::string_view, 5> words{"minimal", "low", "moderate", "high", "maximal"};
    return words[static_cast<std::size_t>(std::clamp(step, 1, 5) - 1)];
}

bool isMethod(std::string_view value)
{
    static constexpr std::array<std::string_view, 9> known{
        "none", "password", "otp", "challenge_response", "public_key", "token", "biometrics", "sso", "social"};
    return std::find(known.begin(), known.end(), value) != known.end();
}

std::string statusOf(const Control& control, const std::vector<const Threat*>& against)
{
    static constexpr std::array<std::string_view, 8> known{
        "assumed", "active", "suggested", "under_review", "approved", "scheduled", "retired", "wont_do"};
    if (std::find(known.begin(), known.end(), control.status) != known.end()) {
        return control.status;
    }
    const auto all = [&against](
                         auto is) { return !against.empty() && std::all_of(against.begin(), against.end(), is); };
    return all([](const Threat* one) { return one->decision == Decision::Mitigated; }) ? "active"
        : all([](const Threat* one) {
              return one->decision == Decision::Accepted || one->applicability == Applicability::NotApplicable;
          })
        ? "wont_do"
        : all([](const Threat* one) { return one->decision == Decision::InProgress; }) ? "scheduled"
                                                                                       : "suggested";
}

} // namespace cupel::report::bill
