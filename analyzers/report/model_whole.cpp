// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/report/model_whole.h"

#include "analyzers/formats/pickle/pickle_facts.h"
#include "analyzers/model/model_questions.h"
#include "analyzers/rules/pickle/doings.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <utility>

namespace cupel::report {

namespace {

// A member stands with the file it is in; one whose container is not there stands for itself.
bool isFile(const Workspace& workspace, const Analysis& analysis)
{
    return analysis.artifact.parent.empty() || !workspace.analyses.contains(analysis.artifact.parent);
}

} // namespace

std::vector<const Finding*> ModelWhole::findings(const std::function<bool(const Finding&)>& wanted) const
{
    std::vector<const Finding*> out;
    for (const auto& part : parts) {
        for (const Finding& finding : part->findings) {
            if (wanted(finding)) {
                out.push_back(&finding);
            }
        }
    }
    std::stable_sort(out.begin(), out.end(), [](const auto* a, const auto* b) { return a->severity > b->severity; });
    return out;
}

bool isModel(const Analysis& analysis)
{
    return analysis.facts.model != nullptr || formats::pickleFacts(analysis.facts) != nullptr;
}

std::vector<ModelWhole> modelsOf(const Workspace& workspace)
{
    std::vector<ModelWhole> out;
    for (const auto& [path, analysis] : workspace.analyses) {
        if (!isFile(workspace, *analysis)) {
            continue;
        }
        ModelWhole whole{{analysis}};
        bool any = isModel(*analysis);
        const std::string below = path + '!';
        for (auto at = workspace.analyses.lower_bound(below);
            at != workspace.analyses.end() && at->first.starts_with(below); ++at) {
            any = any || isModel(*at->second);
            whole.parts.push_back(at->second);
        }
        if (any) {
            out.push_back(std::move(whole));
        }
    }
    return out;
}

std::size_t RunAnswer::places() const
{
    std::set<std::pair<std::string_view, std::uint64_t>> out;
    for (const auto* finding : findings) {
        if (kind != Kind::Yes || finding->severity >= Severity::High) {
            out.emplace(finding->location.artifact, finding->location.bytes.start);
        }
    }
    return out.size();
}

RunAnswer canRun(const ModelWhole& whole)
{
    RunAnswer out;
    out.findings = whole.findings(
        [](const Finding& finding) { return isAboutCode(finding) && finding.severity >= Severity::Medium; });
    bool unread = false;
    std::map<std::string_view, std::uint64_t> ends; // by path, of programs
    for (const auto& part : whole.parts) {
        if (const auto* pickle = formats::pickleFacts(part->facts)) {
            ++out.programs;
            out.calls += pickle->callCount;
            ends.emplace(part->artifact.path, rules::pickle::loadedEnd(*pickle));
        }
        out.templates += static_cast<std::uint64_t>(std::count_if(part->facts.regions.begin(),
            part->facts.regions.end(), [](const Region& region) { return region.kind == RegionKind::Template; }));
        out.graph = out.graph || (part->facts.model && !part->facts.model->operators.empty());
        unread = unread || part->facts.status != ReadStatus::Complete;
    }
    if (out.findings.empty()) {
        out.kind = unread ? RunAnswer::Kind::NotKnown : RunAnswer::Kind::NoneFound;
        return out;
    }
    const auto reached = std::stable_partition(out.findings.begin(), out.findings.end(), [&ends](const Finding* one) {
        const auto end = ends.find(one->location.artifact);
        return one->family != Family::Pickle || end == ends.end() || one->location.bytes.start < end->second;
    });
    out.outOfReach = reached == out.findings.begin();
    out.kind = out.findings.front()->severity >= Severity::High && !out.outOfReach ? RunAnswer::Kind::Yes
                                                                                   : RunAnswer::Kind::Perhaps;
    return out;
}

const Finding* unknownNames(const ModelWhole& whole)
{
    const auto found = whole.findings([](const Finding& finding) { return finding.rule == "CUP-PKL-UNKNOWN-NAME"; });
    return found.empty() ? nullptr : found.front();
}

std::vector<const ModelReference*> otherFiles(const ModelWhole& whole)
{
    std::set<std::string_view> own;
    for (const auto& part : whole.parts) {
        own.insert(part->artifact.path);
    }
    std::vector<const ModelReference*> out;
    for (const auto& part : whole.parts) {
        const std::string& path = part->artifact.path;
        const auto cut = path.find_last_of("/!");
        const auto folder = cut == std::string::npos ? std::string() : path.substr(0, cut + 1);
        const bool inside = &part != &whole.parts.front(); // beside a file on disk stand other files
        for (std::size_t i = 0; part->facts.model && i < part->facts.model->references.size(); ++i) {
            const auto& one = part->facts.model->references[i];
            if (one.what != "member" && !(inside && own.contains(folder + one.target))) {
                out.push_back(&one);
            }
        }
    }
    return out;
}

std::vector<const Finding*> hiddenBytes(const ModelWhole& whole)
{
    return whole.findings(isAboutHiddenBytes);
}

} // namespace cupel::report
