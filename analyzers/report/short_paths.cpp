// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/report/short_paths.h"

#include <algorithm>

namespace cupel::report {

namespace {

std::string_view trimmed(std::string_view root)
{
    while (root.size() > 1 && root.back() == '/') {
        root.remove_suffix(1);
    }
    return root;
}

std::string_view lastPart(std::string_view path)
{
    path = trimmed(path);
    return path.substr(path.find_last_of('/') + 1); // npos + 1 is 0
}

void shorten(Finding& finding, const ShortPaths& paths)
{
    const auto place = [&paths](Location& location) {
        if (!location.artifact.empty()) {
            location.artifact = paths.of(location.artifact);
        }
    };
    place(finding.location);
    for (auto& evidence : finding.evidence) {
        place(evidence.location);
    }
}

} // namespace

ShortPaths::ShortPaths(const std::vector<std::string>& roots)
{
    for (const auto& root : roots) {
        const auto path = trimmed(root);
        const std::string name(lastPart(path));
        std::string label = name;
        const auto taken = [&](const std::pair<std::string, std::string>& one) { return one.second == label; };
        for (unsigned n = 2; std::any_of(m_labels.begin(), m_labels.end(), taken); ++n) {
            label = name + " (" + std::to_string(n) + ')';
        }
        m_labels.emplace_back(path, label);
    }
}

std::string ShortPaths::of(std::string_view path) const
{
    const std::pair<std::string, std::string>* best = nullptr;
    for (const auto& one : m_labels) {
        const auto& root = one.first;
        const bool below = path.size() > root.size() && path.starts_with(root)
            && (root == "/" || path[root.size()] == '/' || path[root.size()] == '!');
        if ((below || path == root) && (!best || root.size() > best->first.size())) {
            best = &one;
        }
    }
    if (!best) {
        return std::string(path.starts_with('/') ? lastPart(path) : path);
    }
    const auto rest = path.substr(best->first.size());
    if (m_labels.size() == 1 && !rest.empty() && (best->first == "/" || rest.front() == '/')) {
        return std::string(rest.substr(std::min(rest.find_first_not_of('/'), rest.size())));
    }
    return best->second + std::string(rest);
}

Workspace withShortPaths(const Workspace& workspace, const ShortPaths& paths)
{
    Workspace out;
    out.cancelled = workspace.cancelled;
    out.timedOut = workspace.timedOut;
    for (const auto& root : workspace.roots) {
        out.roots.emplace_back(lastPart(root));
    }
    for (const auto& [path, analysis] : workspace.analyses) {
        auto copy = std::make_shared<Analysis>(*analysis);
        copy->artifact.path = paths.of(copy->artifact.path);
        if (!copy->artifact.parent.empty()) {
            copy->artifact.parent = paths.of(copy->artifact.parent);
        }
        for (auto* list : {&copy->findings, &copy->allowed}) {
            for (auto& finding : *list) {
                shorten(finding, paths);
            }
        }
        out.analyses.emplace(paths.of(path), std::move(copy));
    }
    return out;
}

} // namespace cupel::report
