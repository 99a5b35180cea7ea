// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/models/finding_groups.h"

#include "widgets/common/severity.h"

#include <QtCore/QCoreApplication>

#include <algorithm>
#include <limits>
#include <string_view>
#include <tuple>
#include <unordered_map>

namespace cupel::widgets {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(FindingGroups)
};

// Smaller comes first: group rank, group name, then file and place.
struct SortKey {
    std::uint64_t rank = 0;
    std::string_view group;
    std::size_t artifact = 0; // position of the file in the workspace
    std::size_t index = 0;
    std::size_t ref = 0;
    friend bool operator<(const SortKey& a, const SortKey& b)
    {
        return std::tie(a.rank, a.group, a.artifact, a.index) < std::tie(b.rank, b.group, b.artifact, b.index);
    }
};

constexpr std::uint64_t severityRank(Severity severity)
{
    return static_cast<std::uint64_t>(Severity::Critical) - static_cast<std::uint64_t>(severity);
}

std::uint64_t cellRank(const Location& location)
{
    // What stands in no cell (metadata, the file as a whole) comes after the cells.
    return location.cell ? *location.cell : std::numeric_limits<std::uint32_t>::max();
}

// Rules are ordered by the worst finding they made, so what matters stands on top.
std::unordered_map<std::string_view, std::uint64_t> ruleRanks(
    const std::vector<FindingRef>& refs, const Workspace& workspace)
{
    std::unordered_map<std::string_view, std::uint64_t> ranks;
    for (const FindingRef& ref : refs) {
        const Finding& finding = workspace.analyses.at(ref.artifact)->findings[ref.index];
        const auto rank = severityRank(finding.severity);
        const auto [at, added] = ranks.emplace(finding.rule, rank);
        if (!added) {
            at->second = std::min(at->second, rank);
        }
    }
    return ranks;
}

} // namespace

void sortFindings(std::vector<FindingRef>& refs, const Workspace& workspace, Grouping grouping)
{
    std::unordered_map<std::string_view, std::pair<std::size_t, const Analysis*>> artifacts;
    for (const auto& [path, analysis] : workspace.analyses) {
        artifacts.emplace(path, std::pair(artifacts.size(), analysis.get()));
    }
    const auto rules = grouping == Grouping::Rule ? ruleRanks(refs, workspace) : decltype(ruleRanks(refs, workspace)){};
    std::vector<SortKey> order;
    order.reserve(refs.size());
    for (std::size_t i = 0; i < refs.size(); ++i) {
        const auto& [position, analysis] = artifacts.at(refs[i].artifact);
        const Finding& finding = analysis->findings[refs[i].index];
        SortKey key{0, {}, position, refs[i].index, i};
        switch (grouping) {
        case Grouping::Severity:
            key.rank = severityRank(finding.severity);
            break;
        case Grouping::Rule:
            key.rank = rules.at(finding.rule);
            key.group = finding.rule;
            break;
        // File first, then cell: both fit in one number because a file has fewer than 2^32 cells.
        case Grouping::Cell:
            key.rank = (static_cast<std::uint64_t>(position) << 32U) | cellRank(finding.location);
            break;
        case Grouping::File:
        case Grouping::None:
            break;
        }
        order.push_back(key);
    }
    std::sort(order.begin(), order.end());
    std::vector<FindingRef> sorted;
    sorted.reserve(refs.size());
    for (const SortKey& key : order) {
        sorted.push_back(std::move(refs[key.ref]));
    }
    refs = std::move(sorted);
}

GroupKey groupOf(const Finding& finding, Grouping grouping)
{
    GroupKey key;
    key.worst = finding.severity;
    const Location& location = finding.location;
    const auto text = [](std::string_view s) { return QString::fromUtf8(s.data(), static_cast<qsizetype>(s.size())); };
    switch (grouping) {
    case Grouping::Severity:
        key.id = "severity:" + std::string(toString(finding.severity));
        key.name = word(finding.severity);
        break;
    case Grouping::File:
        key.id = "file:" + location.artifact;
        key.name = text(location.artifact);
        key.artifact = location.artifact;
        break;
    case Grouping::Rule:
        key.id = "rule:" + finding.rule;
        key.name = text(finding.rule);
        break;
    case Grouping::Cell:
        key.id = "cell:" + location.artifact + ':' + (location.cell ? std::to_string(*location.cell) : "-");
        key.name = location.cell ? Words::tr("Cell %1").arg(shownCell(*location.cell)) : Words::tr("Outside cells");
        key.artifact = location.artifact;
        break;
    case Grouping::None:
        break;
    }
    return key;
}

} // namespace cupel::widgets
