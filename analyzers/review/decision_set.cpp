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

// Of folders that fit alike the innermost counts.
const Decision* DecisionSet::find(const Finding& finding) const
{
    const Folder* best = nullptr;
    Match found;
    for (const auto& folder : folders) {
        if (folder.decisions.empty() || !isBelow(finding.location.artifact, folder.path)) {
            continue;
        }
        const auto match = folder.decisions.match(finding);
        const bool inner = best && match.fit == found.fit && best->path.size() < folder.path.size();
        if (match.fit > found.fit || inner) {
            best = &folder;
            found = match;
        }
    }
    return found.decision;
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

// What a path of a decision in `folder` begins with in one list of all: the way from the outermost folder that holds
// it, and where several hold none another, the name of that one.
std::string prefixOf(std::string_view folder, const std::vector<const DecisionSet::Folder*>& outerFirst)
{
    const auto inside = [](std::string_view path, std::string_view outer) {
        return path != outer && isBelow(path, outer);
    };
    const auto isOutermost = [&](const DecisionSet::Folder* one) {
        return std::none_of(
            outerFirst.begin(), outerFirst.end(), [&](const auto* other) { return inside(one->path, other->path); });
    };
    const bool several = std::count_if(outerFirst.begin(), outerFirst.end(), isOutermost) > 1;
    for (const auto* outer : outerFirst) {
        if (!isOutermost(outer) || !isBelow(folder, outer->path)) {
            continue;
        }
        const auto slash = outer->path.rfind('/');
        const auto name = slash == std::string::npos ? std::string_view(outer->path)
                                                     : std::string_view(outer->path).substr(slash + 1);
        auto rest = folder.substr(outer->path.size());
        rest.remove_prefix(rest.starts_with('/') ? 1 : 0);
        return (several && !name.empty() ? std::string(name) + '/' : std::string())
            + (rest.empty() ? std::string() : std::string(rest) + '/');
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
        const auto prefix = prefixOf(folder->path, outerFirst);
        for (const auto& [key, decision] : folder->decisions.all()) {
            if (prefix.empty() || decision->artifact.empty()) {
                all.set(decision);
                continue;
            }
            auto moved = *decision;
            moved.artifact = prefix + moved.artifact;
            all.set(std::move(moved));
        }
    }
    return all;
}

} // namespace cupel::review
