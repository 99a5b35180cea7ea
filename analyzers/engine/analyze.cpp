// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/engine/analyze.h"

#include "analyzers/engine/flow_shelf.h"
#include "analyzers/formats/carried_texts.h"
#include "analyzers/formats/leftover.h"
#include "analyzers/formats/registry.h"
#include "analyzers/model/neighbours.h"
#include "analyzers/rules/rule_set.h"
#include "analyzers/rules/secrets/masked_name.h"
#include "analyzers/rules/sink.h"

#include <algorithm>
#include <chrono>
#include <exception>
#include <future>
#include <system_error>

#ifdef __GLIBC__
#include <malloc.h>
#endif

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

// A task beside this thread; when it is alone, or no other thread is to be had, it waits until it is asked for.
template <typename Task> auto beside(bool alone, Task task)
{
    try {
        return std::async(alone ? std::launch::deferred : std::launch::async, task);
    } catch (const std::system_error&) {
        return std::async(std::launch::deferred, task);
    }
}

// Worth a second thread.
bool isLong(ByteView bytes)
{
    constexpr std::uint64_t longFrom = 4 << 20;
    return bytes.size() >= longFrom;
}

// What the parser of a long artifact needed goes back to the system before the rules need theirs.
void giveBackMemory([[maybe_unused]] ByteView parsed)
{
#ifdef __GLIBC__
    if (isLong(parsed)) {
        malloc_trim(0);
    }
#endif
}

// The digest of a long artifact is made while it is parsed. Nothing: nobody wants one.
std::future<Sha256> digestBeside(ByteView bytes, const ScanOptions& options, const Budget& budget)
{
    if (!options.limits.digests) {
        return {};
    }
    return beside(
        options.jobs == 1 || !isLong(bytes), [bytes, own = budget.child()]() mutable { return digest(bytes, own); });
}

// Personal data takes about as long as all other groups together: on a thread of its own for a long artifact. The
// groups share nothing but facts; what they find is put together as if they had run one after the other.
class JudgedBeside {
public:
    static constexpr std::string_view name = "pii";

    JudgedBeside(const rules::RuleInput& input, const ScanOptions& options, bool worthIt)
        : m_budget(input.budget.child())
        , m_input{input.artifact, input.facts, m_budget}
        , m_sink(input.artifact, input.facts, options.limits)
        , m_behind(input.artifact, input.facts, options.limits)
    {
        const auto all = rules::groups();
        const auto group = std::find_if(all.begin(), all.end(), [](const auto& one) { return one.name == name; });
        if (worthIt && options.jobs != 1 && group != all.end() && rules::hasFamily(*group, options.onlyFamilies)) {
            m_group = &*group;
            m_done = beside(false, [this] { m_group->check(m_input, m_sink); });
        }
    }
    [[nodiscard]] bool has(const rules::RuleGroup& group) const { return m_group == &group; }
    // Where the other groups write: `sink` before this one, another behind it.
    [[nodiscard]] rules::FindingSink& sinkFor(const rules::RuleGroup& group, rules::FindingSink& sink)
    {
        return m_group && &group > m_group ? m_behind : sink;
    }
    void join(Budget& budget, rules::FindingSink& sink)
    {
        if (m_group) {
            m_done.get();
            static_cast<void>(budget.inflate(0)); // a limit that it met is met by all
            sink.take(std::move(m_sink));
            sink.take(std::move(m_behind));
        }
    }

private:
    Budget m_budget;
    rules::RuleInput m_input;
    rules::FindingSink m_sink;
    rules::FindingSink m_behind;
    const rules::RuleGroup* m_group = nullptr;
    std::future<void> m_done; // last: waited for before the rest goes
};

void judge(
    Analysis& analysis, const ScanOptions& options, Budget& budget, const EarlySink& early, const FlowSink& flows)
{
    rules::FindingSink sink(analysis.artifact, analysis.facts, options.limits);
    rules::RuleInput input{analysis.artifact, analysis.facts, budget};
    if (flows.take && analysis.artifact.depth == 0) {
        input.flowWish = flows.follow ? rules::FlowWish::Piece : rules::FlowWish::Hint;
    }
    const auto& regions = analysis.facts.regions;
    const bool code = std::any_of(
        regions.begin(), regions.end(), [](const Region& region) { return region.kind == RegionKind::Code; });
    if (code && options.declaredBeside) {
        input.declared = options.declaredBeside(analysis.artifact);
    }
    const auto& families = options.onlyFamilies;
    std::vector<const rules::RuleGroup*> slow;
    JudgedBeside beside(input, options, !code && isLong(analysis.artifact.view()));
    for (const auto& group : rules::groups()) {
        if (!rules::hasFamily(group, families)) {
            continue;
        }
        if (group.slow()) {
            slow.push_back(&group);
        } else if (!beside.has(group)) {
            group.check(input, beside.sinkFor(group, sink));
        }
    }
    beside.join(budget, sink);
    const auto hides = [&input](const rules::RuleGroup* group) { return group->mayMask(input); };
    if (early && families.empty() && isWorthAnEarlyLook(analysis.facts) && !budget.stopped()
        && std::none_of(slow.begin(), slow.end(), hides)) {
        tellEarly(analysis, sink, options, early);
    }
    for (const auto* group : slow) {
        group->check(input, sink);
    }
    analysis.rulesRun = analysis.facts.scannable ? rules::catalogueSize() : 0;
    auto places = std::move(sink).finish(analysis);
    if (input.flowHint && flows.take) {
        FlowNotes notes;
        notes.hint = std::move(*input.flowHint);
        if (input.flow) {
            notes.piece = std::move(*input.flow);
            notes.followed = true;
            notes.placed = flows.follow;
            notes.places = std::move(places);
        }
        flows.take(std::move(notes));
    }
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

Analysis analyze(Artifact artifact, const ScanOptions& options, Budget& budget, const ChildSink& children,
    const EarlySink& early, const FlowSink& flows)
{
    const auto begin = std::chrono::steady_clock::now();
    Analysis analysis;
    analysis.artifact = std::move(artifact);
    analysis.size = analysis.artifact.view().size();
    auto sum = digestBeside(analysis.artifact.view(), options, budget);
    const auto takeSum = [&sum, &analysis] {
        if (sum.valid()) {
            analysis.artifact.sha256 = sum.get();
        }
    };
    if (analysis.artifact.depth == 0) {
        budget.limitInflation(analysis.size);
    }
    const auto* asked = formats::findFormat(analysis.artifact.readAs);
    const auto& format = asked ? *asked : formats::recognise(analysis.artifact);
    analysis.facts.format = format.name;
    // Third-party code may throw (out of memory above all); one file never takes the others with it.
    try {
        maskNames(analysis.facts, budget);
        passOn(analysis, children);
        format.parse(analysis.artifact, budget, analysis.facts);
        formats::judgeLeftover(analysis.artifact, budget, analysis.facts);
        formats::judgeTexts(analysis.artifact, budget, analysis.facts);
        if (const auto& beside = analysis.artifact.beside; beside && beside->wrongChecksum) {
            incomplete(analysis.facts, "member-checksum",
                "Its checksum is not the one that its container has: it was changed after that was made, or the "
                "checksum is wrong");
        }
        giveBackMemory(analysis.artifact.view());
        if (!asked) {
            readAgain(analysis, format, budget, children);
        }
        takeSum();
        judge(analysis, options, budget, early, flows);
    } catch (const std::exception&) {
        incomplete(analysis.facts, "internal",
            "The file could not be looked at completely because of an internal error or lack of memory");
    }
    takeSum();
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
