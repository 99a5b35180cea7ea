// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/collect.h"

#include "app/cli/progress.h"
#include "app/cli/signals.h"
#include "app/cli/stdin_source.h"

#include "analyzers/engine/scan.h"

#include <algorithm>
#include <iterator>

namespace cupel::cli {

namespace {

using namespace std::chrono_literals;

class Gatherer {
public:
    Gatherer(const Request& request, Collected& out)
        : m_request(request)
        , m_out(out)
    {
    }

    void add(std::vector<AnalysisPtr> analyses)
    {
        for (auto& analysis : analyses) {
            std::string path = analysis->artifact.path;
            m_out.workspace.analyses.insert_or_assign(std::move(path), kept(std::move(analysis)));
        }
    }

    // Polls `source` (a Scan or a StdinScan) until it is done. Short waits at first: one small file is over in a
    // moment.
    template <typename Source> void drain(Source& source, ProgressLine& line)
    {
        auto wait = 1ms;
        bool cancelled = false;
        while (true) {
            auto analyses = source.waitAndDrain(wait);
            wait = analyses.empty() ? std::min<std::chrono::milliseconds>(wait * 2, 50ms) : 1ms;
            add(std::move(analyses));
            const engine::Progress progress = source.progress();
            if (progress.finished) {
                add(source.drain());
                m_out.workspace.cancelled = m_out.workspace.cancelled || cancelled;
                m_out.workspace.timedOut = m_out.workspace.timedOut || progress.timedOut;
                line.finish(progress);
                return;
            }
            line.show(progress);
            if (interrupted() && !cancelled) {
                cancelled = true;
                source.cancel();
            }
        }
    }

private:
    AnalysisPtr kept(AnalysisPtr analysis)
    {
        const auto unsure = [this](const Finding& finding) { return finding.confidence < m_request.minConfidence; };
        const auto hidden =
            static_cast<std::uint64_t>(std::count_if(analysis->findings.begin(), analysis->findings.end(), unsure));
        m_out.belowConfidence += hidden;
        if (m_request.look) {
            m_request.look(*analysis);
        }
        if (m_request.planEdits) {
            Budget budget(m_request.options.limits);
            if (auto edits = report::offeredEdits(analysis, budget); !edits.empty()) {
                m_out.edits.insert_or_assign(analysis->artifact.path, std::move(edits));
            }
        }
        if (m_request.tellModels) {
            const auto detail = m_request.keepFacts ? report::BriefDetail::All : report::BriefDetail::Outline;
            if (auto brief = report::modelBrief(*analysis, detail)) {
                m_out.models.insert_or_assign(analysis->artifact.path, std::move(brief));
            }
        }
        const bool holdsBytes = m_request.settle || m_request.look || m_request.planEdits || m_request.tellModels;
        if (m_request.keepFacts && hidden == 0 && !holdsBytes) {
            return analysis;
        }
        auto copy = std::make_shared<Analysis>();
        if (m_request.keepFacts) {
            *copy = *analysis;
        } else {
            // Regions of a thousand notebooks are most of the memory, and no writer of results looks at them.
            copy->artifact = analysis->artifact;
            copy->size = analysis->size;
            copy->facts.format = analysis->facts.format;
            copy->facts.status = analysis->facts.status;
            copy->facts.scannable = analysis->facts.scannable;
            copy->facts.diagnostics = analysis->facts.diagnostics;
            std::copy_if(analysis->facts.regions.begin(), analysis->facts.regions.end(),
                std::back_inserter(copy->facts.regions),
                [](const Region& region) { return region.kind == RegionKind::Svg; }); // drawingsIn() counts them
            copy->facts.coverage = analysis->facts.coverage;
            copy->findings = analysis->findings;
            copy->allowed = analysis->allowed;
            copy->sensitive = analysis->sensitive; // which value of its line a finding tells
            copy->droppedFindings = analysis->droppedFindings;
            copy->rulesRun = analysis->rulesRun;
            copy->pictures = analysis->pictures;
        }
        std::erase_if(copy->findings, unsure);
        std::erase_if(copy->allowed, unsure);
        if (m_request.settle) {
            for (auto& finding : copy->findings) {
                m_request.settle(*analysis, finding);
            }
            if (m_request.newOnly) {
                m_out.known += std::erase_if(copy->findings, [](const Finding& f) { return !f.settled.empty(); });
            }
        }
        if (holdsBytes) {
            copy->artifact.bytes.reset();
            copy->facts.transcoded.reset();
        }
        return copy;
    }

    const Request& m_request;
    Collected& m_out;
};

} // namespace

Collected collect(const Request& request, const Arguments& arguments)
{
    Collected out;
    out.workspace.roots = request.paths;
    std::vector<std::string> files = request.paths;
    const bool fromStdin = std::erase(files, standardInputPath) > 0;
    Gatherer gatherer(request, out);
    ProgressLine line(arguments);
    if (!files.empty()) {
        engine::Scan scan(std::move(files), request.options);
        gatherer.drain(scan, line);
    }
    if (fromStdin) {
        StdinScan scan(request.stdinName.empty() ? standardInputPath : request.stdinName, request.options);
        if (out.workspace.cancelled) {
            scan.cancel();
        }
        gatherer.drain(scan, line);
    }
    return out;
}

} // namespace cupel::cli
