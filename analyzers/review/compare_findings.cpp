// SPDX-License-Identifier: GPL-3.0-or-later
// What became of the findings of a file, and how its bytes differ.
#include "analyzers/review/compare.h"

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>

namespace cupel::review {

namespace {

// What a rule took for its match, masked.
std::vector<std::string_view> matchesOf(const Finding& finding)
{
    std::vector<std::string_view> out;
    for (const auto& evidence : finding.evidence) {
        if (evidence.role == "match" || evidence.role == "decoded-from") {
            out.push_back(evidence.excerpt);
        }
    }
    return out;
}

// A cause that stayed may do something else now: another command of the same call, other bytes at the same place.
bool isAnother(const Analysis& before, const Finding& old, const Analysis& after, const Finding& now)
{
    if (old.severity != now.severity || old.values != now.values) {
        return true;
    }
    if (after.facts.hasLines) { // texts: fingerprints survive edits of what stands beside the match, and so do findings
        return false;
    }
    return matchesOf(old) != matchesOf(now)
        || slice(before.artifact.view(), old.location.bytes) != slice(after.artifact.view(), now.location.bytes);
}

} // namespace

namespace {

// Findings of the older version that none of the newer one has taken yet.
class Older {
public:
    explicit Older(const Analysis* analysis)
        : m_analysis(analysis)
    {
        for (std::size_t i = 0; analysis && i < analysis->findings.size(); ++i) {
            const auto& one = analysis->findings[i];
            m_byPrint.emplace(one.fingerprint, i);
            m_byValues.emplace(
                std::tuple(std::string_view(one.rule), std::string_view(one.context), std::string_view(one.values)), i);
        }
        m_taken.resize(analysis ? analysis->findings.size() : 0);
    }

    // The one with the fingerprint. Of values that are masked alike it tells which in their order: where they changed
    // places, the one with the same values.
    [[nodiscard]] std::optional<std::size_t> take(const Finding& now, bool sameValues)
    {
        auto found = free(m_byPrint, std::string_view(now.fingerprint));
        if (sameValues && found && m_analysis->findings[*found].values != now.values) {
            found.reset();
        }
        if (!found && sameValues && now.values.size() > 1) {
            found = free(m_byValues,
                std::tuple(std::string_view(now.rule), std::string_view(now.context), std::string_view(now.values)));
        }
        if (found) {
            m_taken[*found] = true;
        }
        return found;
    }

    // The same values of the same rule at the same place of a notebook: what stands beside them was edited, and with it
    // what they are known by. `cell`: the older one that `now` lies in.
    [[nodiscard]] std::optional<std::size_t> takeBeside(const Finding& now, std::optional<std::uint32_t> cell)
    {
        if (now.values.size() <= 1 || !cell) {
            return std::nullopt;
        }
        if (!m_grouped) {
            group();
        }
        const auto hit = m_byPlace.find({now.rule, now.values, *cell, now.location.output.value_or(noOutput)});
        if (hit == m_byPlace.end()) {
            return std::nullopt;
        }
        const auto found = hit->second;
        m_byPlace.erase(hit);
        m_taken[found] = true;
        return found;
    }

    [[nodiscard]] std::vector<std::size_t> left() const
    {
        std::vector<std::size_t> out;
        for (std::size_t i = 0; i < m_taken.size(); ++i) {
            if (!m_taken[i]) {
                out.push_back(i);
            }
        }
        return out;
    }

private:
    template <typename Map, typename Key> [[nodiscard]] std::optional<std::size_t> free(Map& map, const Key& key)
    {
        for (auto at = map.find(key); at != map.end() && at->first == key; at = map.erase(at)) {
            if (!m_taken[at->second]) {
                return at->second;
            }
        }
        return std::nullopt;
    }

    void group()
    {
        m_grouped = true;
        for (const auto i : left()) {
            const auto& one = m_analysis->findings[i];
            if (one.location.cell) {
                m_byPlace.emplace(
                    Place(one.rule, one.values, *one.location.cell, one.location.output.value_or(noOutput)), i);
            }
        }
    }

    static constexpr std::uint32_t noOutput = UINT32_MAX;
    using Place = std::tuple<std::string_view, std::string_view, std::uint32_t, std::uint32_t>;
    std::multimap<Place, std::size_t> m_byPlace; // of those that were left when it was asked for
    bool m_grouped = false;
    const Analysis* m_analysis;
    std::multimap<std::string_view, std::size_t> m_byPrint;
    std::multimap<std::tuple<std::string_view, std::string_view, std::string_view>, std::size_t> m_byValues;
    std::vector<bool> m_taken;
};

} // namespace

void compareFindings(FileChange& change)
{
    change.findings.clear();
    Older old(change.before.get());
    const auto count = change.after ? change.after->findings.size() : 0;
    std::vector<std::optional<std::size_t>> was(count);
    for (const bool sameValues : {true, false}) {
        for (std::size_t i = 0; i < count; ++i) {
            was[i] = was[i] ? was[i] : old.take(change.after->findings[i], sameValues);
        }
    }
    std::map<std::uint32_t, std::uint32_t> partners; // of cells, by the newer one
    for (const auto& pair : change.cells) {
        if (pair.before && pair.after) {
            partners.emplace(static_cast<std::uint32_t>(*pair.after), static_cast<std::uint32_t>(*pair.before));
        }
    }
    for (std::size_t i = 0; i < count; ++i) {
        const auto& now = change.after->findings[i];
        const auto cell = now.location.cell ? partners.find(*now.location.cell) : partners.end();
        was[i] = was[i] || cell == partners.end() ? was[i] : old.takeBeside(now, cell->second);
    }
    std::vector<FindingChange> same;
    std::vector<FindingChange> changed;
    for (std::size_t i = 0; i < count; ++i) {
        if (!was[i]) {
            change.findings.push_back({FindingChange::Kind::Fresh, change.after.get(), i});
        } else if (isAnother(
                       *change.before, change.before->findings[*was[i]], *change.after, change.after->findings[i])) {
            changed.push_back({FindingChange::Kind::Changed, change.after.get(), i, change.before.get(), *was[i]});
        } else {
            same.push_back({FindingChange::Kind::Same, change.after.get(), i});
        }
    }
    change.findings.insert(change.findings.end(), changed.begin(), changed.end());
    for (const auto index : old.left()) {
        change.findings.push_back({FindingChange::Kind::Gone, change.before.get(), index});
    }
    change.findings.insert(change.findings.end(), same.begin(), same.end());
}

std::pair<std::string, std::string> changedExcerpts(const FindingChange& change)
{
    if (change.kind != FindingChange::Kind::Changed) {
        return {};
    }
    const auto before = matchesOf(change.was->findings[change.wasIndex]);
    const auto after = matchesOf(change.analysis->findings[change.index]);
    for (std::size_t i = 0; i < std::max(before.size(), after.size()); ++i) {
        const auto old = i < before.size() ? before[i] : std::string_view();
        const auto now = i < after.size() ? after[i] : std::string_view();
        if (old != now) {
            return {std::string(old), std::string(now)};
        }
    }
    return {};
}

bool bytesDiffer(const FileChange& file)
{
    return file.before && file.after && file.before->artifact.sha256 != file.after->artifact.sha256;
}

ByteDifference byteDifference(const FileChange& file, Budget& budget)
{
    constexpr std::size_t window = 64 << 10;
    ByteDifference out;
    const auto before = file.before->artifact.view();
    const auto after = file.after->artifact.view();
    const auto shorter = std::min(before.size(), after.size());
    std::optional<std::uint64_t> first;
    for (std::size_t at = 0; at < shorter; at += window) {
        if (!budget.spend(window)) {
            out.counted = false;
            out.first = first.value_or(at);
            return out;
        }
        const auto left = before.substr(at, std::min(window, shorter - at));
        const auto right = after.substr(at, left.size());
        if (left == right) {
            continue;
        }
        for (std::size_t i = 0; i < left.size(); ++i) {
            if (left[i] != right[i]) {
                first = first.value_or(at + i);
                ++out.differing;
            }
        }
    }
    out.differing += std::max(before.size(), after.size()) - shorter;
    out.first = first.value_or(shorter);
    return out;
}

} // namespace cupel::review
