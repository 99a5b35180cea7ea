// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/dependencies/report.h"

#include "analyzers/base/utf8.h"
#include "analyzers/rules/value_digest.h"

#include <algorithm>

namespace cupel::rules::dependencies {

namespace {

constexpr std::size_t mostEvidence = 30; // other places of one finding
constexpr std::size_t mostTexts = 20'000; // of one finding, that its digest is made of

void alsoAt(Hit& hit, const Place& place)
{
    const auto sameLine = [&place](const auto& one) {
        return one.region == place.region && one.regionLine == place.line && place.line > 0;
    };
    const bool known = sameLine(hit) || std::any_of(hit.evidence.begin(), hit.evidence.end(), sameLine);
    if (!known && hit.evidence.size() < mostEvidence) {
        hit.evidence.push_back({"place", place.bytes, place.region, place.line, {}});
    }
}

// A package as it is written, but for the name and the password in its address: another token is the same package.
std::string withoutCredentials(std::string_view text)
{
    constexpr std::size_t longest = 4 << 10;
    std::string out(text.substr(0, longest));
    const auto host = out.find("://");
    const auto at = host == std::string::npos ? host : out.substr(0, out.find('/', host + 3)).rfind('@');
    if (at != std::string::npos && at > host) {
        out.erase(host + 3, at - host - 2);
    }
    return out;
}

} // namespace

Hit& Reporter::add(std::string_view rule, const std::string& key, Severity severity, Confidence confidence,
    const Place& place, std::string message)
{
    const auto [entry, fresh] = m_index.try_emplace({std::string(rule), key}, m_hits.size());
    if (!fresh) {
        auto& hit = m_hits[entry->second];
        hit.severity = std::max(hit.severity, severity);
        hit.arguments["count"] = std::to_string(++m_counts[entry->second]);
        also(hit, place);
        return hit;
    }
    Hit hit;
    hit.rule = rule;
    hit.bytes = place.bytes;
    hit.region = place.region;
    hit.regionLine = place.line;
    hit.severity = severity;
    hit.confidence = confidence;
    hit.message = std::move(message);
    m_hits.push_back(std::move(hit));
    m_counts.push_back(1);
    m_texts.emplace_back();
    standsFor(m_hits.size() - 1, place);
    return m_hits.back();
}

void Reporter::also(Hit& hit, const Place& place)
{
    alsoAt(hit, place);
    standsFor(static_cast<std::size_t>(&hit - m_hits.data()), place);
}

void Reporter::standsFor(std::size_t hit, const Place& place)
{
    if (m_texts[hit].size() < mostTexts) {
        m_texts[hit].push_back(withoutCredentials(slice(m_text, place.bytes)));
    }
}

void Reporter::finish() &&
{
    for (std::size_t i = 0; i < m_hits.size(); ++i) {
        auto& hit = m_hits[i];
        if (hit.identity.empty() && hit.values.empty()) {
            hit.values = textDigest(m_texts[i], hit.rule);
        }
        m_sink.add(std::move(hit));
    }
}

std::string shown(std::string_view text)
{
    return toDisplay(text, 80);
}

std::string listed(const std::vector<std::string>& names)
{
    constexpr std::size_t most = 12;
    std::string out;
    for (std::size_t i = 0; i < std::min(names.size(), most); ++i) {
        out += (i == 0 ? "" : ", ") + shown(names[i]);
    }
    return names.size() > most ? out + " and " + std::to_string(names.size() - most) + " more" : out;
}

} // namespace cupel::rules::dependencies
