// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/engine/analyze.h"

#include "analyzers/formats/registry.h"
#include "analyzers/rules/rule_set.h"
#include "analyzers/rules/secrets/masked_name.h"
#include "analyzers/rules/sink.h"

#include <algorithm>
#include <chrono>
#include <exception>

namespace cupel::engine {

namespace {

void incomplete(Facts& facts, std::string code, std::string message)
{
    facts.status = facts.status == ReadStatus::Unreadable ? facts.status : ReadStatus::Partial;
    facts.diagnostics.push_back({std::move(code), std::move(message), 0, DiagnosticLevel::Incomplete});
}

// In steps, so that a cancelled scan does not wait for the digest of a huge file. All zero when it was stopped.
Sha256 digest(ByteView bytes, Budget& budget)
{
    constexpr std::size_t step = 1 << 20;
    Sha256Stream stream;
    for (std::size_t at = 0; at < bytes.size(); at += step) {
        stream.add(bytes.substr(at, step));
        if (!budget.spend(step)) {
            return {};
        }
    }
    return stream.finish();
}

// With less code than this the slow rules are done before anybody looks.
constexpr std::uint64_t littleCode = 32 << 10;

bool isWorthAnEarlyLook(const Facts& facts)
{
    std::uint64_t code = 0;
    for (const auto& region : facts.regions) {
        code += region.kind == RegionKind::Code ? region.bytes.size() : 0;
    }
    return code > littleCode;
}

void tellEarly(const Analysis& analysis, rules::FindingSink sink, const ScanOptions& options, const EarlySink& early)
{
    Analysis part = analysis;
    part.provisional = true;
    part.facts.takeChild = nullptr;
    part.facts.nameChild = nullptr;
    part.facts.children.clear();
    std::move(sink).finish(part);
    incomplete(part.facts, "still-checking", "The code of this file is still being judged");
    if (!options.keepBytes) {
        part.artifact.bytes.reset();
        part.facts.transcoded.reset();
    }
    early(std::move(part));
}

void judge(Analysis& analysis, const ScanOptions& options, Budget& budget, const EarlySink& early)
{
    rules::FindingSink sink(analysis.artifact, analysis.facts, options.limits);
    rules::RuleInput input{analysis.artifact, analysis.facts, budget};
    const auto& regions = analysis.facts.regions;
    const bool code = std::any_of(
        regions.begin(), regions.end(), [](const Region& region) { return region.kind == RegionKind::Code; });
    if (code && options.declaredBeside) {
        input.declared = options.declaredBeside(analysis.artifact);
    }
    const auto& families = options.onlyFamilies;
    std::vector<const rules::RuleGroup*> slow;
    for (const auto& group : rules::groups()) {
        if (!rules::hasFamily(group, families)) {
            continue;
        }
        if (group.slow()) {
            slow.push_back(&group);
        } else {
            group.check(input, sink);
        }
    }
    const auto hides = [&input](const rules::RuleGroup* group) { return group->mayMask(input); };
    if (early && families.empty() && isWorthAnEarlyLook(analysis.facts) && !budget.stopped()
        && std::none_of(slow.begin(), slow.end(), hides)) {
        tellEarly(analysis, sink, options, early);
    }
    for (const auto* group : slow) {
        group->check(input, sink);
    }
    analysis.rulesRun = analysis.facts.scannable ? rules::catalogueSize() : 0;
    std::move(sink).finish(analysis);
    // What is masked stays masked, asked for or not.
    if (!families.empty()) {
        const auto unwanted = [&families](const Finding& finding) {
            return std::find(families.begin(), families.end(), toString(finding.family)) == families.end();
        };
        std::erase_if(analysis.findings, unwanted);
        std::erase_if(analysis.allowed, unwanted);
    }
}

void noteStop(Analysis& analysis, const Budget& budget)
{
    switch (budget.stopReason()) {
    case Budget::Stop::None:
        break;
    case Budget::Stop::Cancelled:
        incomplete(analysis.facts, "cancelled", "The scan was cancelled before this file was done");
        break;
    case Budget::Stop::Deadline:
        incomplete(analysis.facts, "time-limit", "The time limit was reached before this file was done");
        break;
    case Budget::Stop::Inflation:
        incomplete(
            analysis.facts, "inflation-limit", "The limit for unpacked bytes was reached before this file was done");
        break;
    }
}

// A name with something to hide becomes a region, so that the rules find it there.
void maskNames(Facts& facts, Budget& budget)
{
    facts.nameChild = [&facts, &budget](const std::string& name, ByteRange place) {
        auto shown = rules::secrets::maskedName(name, budget);
        if (shown != name && !place.empty()) {
            Region region;
            region.kind = RegionKind::Name;
            region.part = Part::Metadata;
            region.bytes = place;
            facts.regions.push_back(std::move(region));
        } else if (shown != name) {
            incomplete(facts, "name-not-located",
                "The name of a member holds something to hide, and its place in the file was not found");
        }
        return shown;
    };
}

// Members leave as they are unpacked; the facts keep their names.
void passOn(Analysis& analysis, const ChildSink& children)
{
    const auto& parent = analysis.artifact;
    analysis.facts.takeChild = [&parent, &children](const ChildArtifact& child) {
        if (children) {
            Artifact artifact;
            artifact.path = parent.path + '!' + child.name;
            artifact.parent = parent.path;
            artifact.depth = parent.depth + 1;
            artifact.bytes = child.bytes;
            artifact.beside = child.beside;
            children(std::move(artifact));
        }
    };
}

// A polyglot: other loaders take the same bytes for something else. Each other reading is an artifact of its own.
void readAgain(Analysis& analysis, const formats::Format& format, Budget& budget, const ChildSink& children)
{
    const auto& artifact = analysis.artifact;
    if (artifact.depth >= budget.limits().containerDepth) {
        return;
    }
    for (const auto* other : formats::alsoReadAs(artifact.view(), artifact.fileName(), format)) {
        const auto end = std::min<std::uint64_t>(artifact.view().size(), 4);
        const bool usual = format.name == "tflite" && other->name == "zip"; // its metadata
        if (!usual) {
            analysis.facts.flaws.push_back(
                {other->name == "pickle" ? "polyglot-pickle" : "polyglot", {0, end}, std::string(other->name), -1, 1});
        }
        if (children) {
            Artifact again;
            again.path = artifact.path + "!as-" + std::string(other->name);
            again.parent = artifact.path;
            again.depth = artifact.depth + 1;
            again.bytes = artifact.bytes;
            again.readAs = other->name;
            children(std::move(again));
        }
    }
}

} // namespace

Analysis analyze(
    Artifact artifact, const ScanOptions& options, Budget& budget, const ChildSink& children, const EarlySink& early)
{
    const auto begin = std::chrono::steady_clock::now();
    Analysis analysis;
    analysis.artifact = std::move(artifact);
    analysis.size = analysis.artifact.view().size();
    if (options.limits.digests) {
        analysis.artifact.sha256 = digest(analysis.artifact.view(), budget);
    }
    if (analysis.artifact.depth == 0) {
        budget.limitInflation(analysis.size);
    }
    const auto* asked = formats::findFormat(analysis.artifact.readAs);
    const auto& format = asked ? *asked : formats::recognise(analysis.artifact.view(), analysis.artifact.fileName());
    analysis.facts.format = format.name;
    // Third-party code may throw (out of memory above all); one file never takes the others with it.
    try {
        maskNames(analysis.facts, budget);
        passOn(analysis, children);
        format.parse(analysis.artifact, budget, analysis.facts);
        if (!asked) {
            readAgain(analysis, format, budget, children);
        }
        judge(analysis, options, budget, early);
    } catch (const std::exception&) {
        incomplete(analysis.facts, "internal",
            "The file could not be looked at completely because of an internal error or lack of memory");
    }
    analysis.facts.takeChild = nullptr; // they refer to what goes away with this call
    analysis.facts.nameChild = nullptr;
    noteStop(analysis, budget);
    if (!children) {
        analysis.facts.children.clear();
    }
    if (!options.keepBytes) {
        analysis.artifact.bytes.reset();
        analysis.facts.transcoded.reset();
    }
    analysis.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    return analysis;
}

Analysis analyze(Artifact artifact, const ScanOptions& options, Budget& budget, std::vector<Artifact>* children)
{
    if (!children) {
        return analyze(std::move(artifact), options, budget, ChildSink());
    }
    return analyze(std::move(artifact), options, budget,
        ChildSink([children](Artifact child) { children->push_back(std::move(child)); }));
}

Analysis unreadable(std::string path, const Error& error)
{
    Analysis analysis;
    analysis.artifact.path = std::move(path);
    analysis.facts.format = "unknown";
    analysis.facts.status = ReadStatus::Unreadable;
    analysis.facts.scannable = false;
    analysis.facts.diagnostics.push_back(
        {std::string(toString(error.code)), error.detail, error.offset, DiagnosticLevel::Incomplete});
    return analysis;
}

} // namespace cupel::engine
