// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/report/model_whole.h"

#include "analyzers/formats/pickle/pickle_facts.h"
#include "analyzers/report/model_questions.h"

#include <algorithm>

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

RunAnswer canRun(const ModelWhole& whole)
{
    RunAnswer out;
    out.findings = whole.findings(
        [](const Finding& finding) { return isAboutCode(finding) && finding.severity >= Severity::Medium; });
    bool unread = false;
    for (const auto& part : whole.parts) {
        if (const auto* pickle = formats::pickleFacts(part->facts)) {
            ++out.programs;
            out.calls += pickle->callCount;
        }
        unread = unread || part->facts.status != ReadStatus::Complete;
    }
    if (out.findings.empty()) {
        out.kind = unread ? RunAnswer::Kind::NotKnown : RunAnswer::Kind::NoneFound;
        return out;
    }
    out.kind = out.findings.front()->severity >= Severity::High ? RunAnswer::Kind::Yes : RunAnswer::Kind::Perhaps;
    return out;
}

std::vector<const Finding*> hiddenBytes(const ModelWhole& whole)
{
    return whole.findings(isAboutHiddenBytes);
}

} // namespace cupel::report
