// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/dependencies/report.h"

#include "analyzers/base/utf8.h"

#include <algorithm>

namespace cupel::rules::dependencies {

namespace {

constexpr std::size_t mostEvidence = 30; // other places of one finding

} // namespace

Hit& Reporter::add(std::string_view rule, const std::string& key, Severity severity, Confidence confidence,
    const Place& place, std::string message)
{
    const auto [entry, fresh] = m_index.try_emplace({std::string(rule), key}, m_hits.size());
    if (!fresh) {
        auto& hit = m_hits[entry->second];
        hit.severity = std::max(hit.severity, severity);
        hit.arguments["count"] = std::to_string(++m_counts[entry->second]);
        alsoAt(hit, place);
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
    return m_hits.back();
}

void Reporter::finish() &&
{
    for (auto& hit : m_hits) {
        m_sink.add(std::move(hit));
    }
}

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
