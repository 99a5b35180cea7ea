// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/review/decision_set.h"

#include <algorithm>

namespace cupel::review {

bool isBelow(std::string_view path, std::string_view folder)
{
    if (folder.empty() || folder == "/") {
        return true;
    }
    return path.starts_with(folder)
        && (path.size() == folder.size() || path[folder.size()] == '/' || path[folder.size()] == '!');
}

bool DecisionSet::empty() const
{
    return std::all_of(folders.begin(), folders.end(), [](const Folder& folder) { return folder.decisions.empty(); });
}

const Decision* DecisionSet::find(const Finding& finding) const
{
    const Folder* best = nullptr;
    const Decision* found = nullptr;
    for (const auto& folder : folders) {
        if (folder.decisions.empty() || !isBelow(finding.location.artifact, folder.path)
            || (best && best->path.size() >= folder.path.size())) {
            continue;
        }
        if (const auto* decision = folder.decisions.find(finding.fingerprint)) {
            best = &folder;
            found = decision;
        }
    }
    return found;
}

std::pair<DecisionState, const Decision*> DecisionSet::look(const Finding& finding) const
{
    const auto* found = find(finding);
    return {found ? review::stateOf(*found, finding, today) : DecisionState::None, found};
}

DecisionState DecisionSet::stateOf(const Finding& finding) const
{
    return look(finding).first;
}

Decisions DecisionSet::flat() const
{
    std::vector<const Folder*> outerFirst;
    for (const auto& folder : folders) {
        outerFirst.push_back(&folder);
    }
    std::stable_sort(outerFirst.begin(), outerFirst.end(),
        [](const Folder* a, const Folder* b) { return a->path.size() < b->path.size(); });
    Decisions all;
    for (const auto* folder : outerFirst) {
        for (const auto& [fingerprint, decision] : folder->decisions.all()) {
            all.set(decision);
        }
    }
    return all;
}

} // namespace cupel::review
