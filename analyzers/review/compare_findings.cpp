// SPDX-License-Identifier: GPL-3.0-or-later
// What became of the findings of a file, and how its bytes differ.
#include "analyzers/review/compare.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

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

void compareFindings(FileChange& change)
{
    std::multimap<std::string_view, std::size_t> old;
    if (change.before) {
        for (std::size_t i = 0; i < change.before->findings.size(); ++i) {
            old.emplace(change.before->findings[i].fingerprint, i);
        }
    }
    std::vector<FindingChange> same;
    std::vector<FindingChange> changed;
    for (std::size_t i = 0; change.after && i < change.after->findings.size(); ++i) {
        const auto hit = old.find(change.after->findings[i].fingerprint);
        if (hit == old.end()) {
            change.findings.push_back({FindingChange::Kind::Fresh, change.after.get(), i});
            continue;
        }
        const auto was = hit->second;
        old.erase(hit);
        if (isAnother(*change.before, change.before->findings[was], *change.after, change.after->findings[i])) {
            changed.push_back({FindingChange::Kind::Changed, change.after.get(), i, change.before.get(), was});
        } else {
            same.push_back({FindingChange::Kind::Same, change.after.get(), i});
        }
    }
    change.findings.insert(change.findings.end(), changed.begin(), changed.end());
    std::set<std::size_t> gone;
    for (const auto& [fingerprint, index] : old) {
        gone.insert(index);
    }
    for (const auto index : gone) {
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
