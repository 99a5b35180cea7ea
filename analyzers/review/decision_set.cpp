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
        if (const auto* decision = folder.decisions.find(finding)) {
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

namespace {

// "sub/" for a folder inside the outermost one that holds it; empty: none does.
std::string pathBelow(std::string_view path, const std::vector<const DecisionSet::Folder*>& outerFirst)
{
    for (const auto* outer : outerFirst) {
        if (outer->path != path && isBelow(path, outer->path)) {
            const auto rest = path.substr(outer->path.size());
            return std::string(rest.substr(rest.starts_with('/') ? 1 : 0)) + '/';
        }
    }
    return {};
}

} // namespace

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
        const auto below = pathBelow(folder->path, outerFirst);
        for (const auto& [key, decision] : folder->decisions.all()) {
            if (below.empty()) {
                all.set(decision);
                continue;
            }
            auto moved = *decision; // under the name the outermost folder has for its file
            moved.artifact = below + moved.artifact;
            all.set(std::move(moved));
        }
    }
    return all;
}

} // namespace cupel::review
