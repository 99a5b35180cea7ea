// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/engine/prove.h"

#include "analyzers/base/redact.h"
#include "analyzers/engine/analyze.h"
#include "analyzers/engine/declared_files.h"
#include "analyzers/engine/flow_shelf.h"
#include "analyzers/model/masks.h"
#include "analyzers/rules/flows/exposure_words.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string_view>
#include <utility>

namespace cupel::engine {

namespace {

// Where a range of the new file stood in the old one; a range that touches an edit grows to all of it.
class WayBack {
public:
    explicit WayBack(const std::vector<fixes::RawEdit>& edits)
    {
        std::uint64_t grown = 0; // may wrap: the sums still come out right
        for (const auto& edit : edits) {
            const auto start = edit.bytes.start + grown;
            grown += edit.raw.size() - edit.bytes.size();
            m_steps.push_back({{start, start + edit.raw.size()}, edit.bytes, grown});
        }
    }

    [[nodiscard]] ByteRange operator()(ByteRange after) const
    {
        return {offset(after.start, false), offset(after.end, true)};
    }

private:
    struct Step {
        ByteRange after;
        ByteRange before;
        std::uint64_t grown; // by all edits up to this one
    };
    [[nodiscard]] std::uint64_t offset(std::uint64_t after, bool end) const
    {
        auto step = std::upper_bound(
            m_steps.begin(), m_steps.end(), after, [](std::uint64_t at, const Step& s) { return at < s.after.start; });
        if (step == m_steps.begin()) {
            return after;
        }
        --step;
        if (after < step->after.end || (end && after == step->after.end)) {
            return end ? step->before.end : step->before.start;
        }
        return after - step->grown;
    }
    std::vector<Step> m_steps;
};

// Where a range of the old file stands in the new one; none: an edit changes it.
class WayForward {
public:
    explicit WayForward(const std::vector<fixes::RawEdit>& edits)
        : m_edits(edits)
    {
        std::uint64_t grown = 0; // may wrap: the sums still come out right
        for (const auto& edit : edits) {
            m_grownBefore.push_back(grown);
            grown += edit.raw.size() - edit.bytes.size();
        }
        m_grownBefore.push_back(grown);
    }

    [[nodiscard]] std::optional<ByteRange> operator()(ByteRange before) const
    {
        const auto next = std::partition_point(m_edits.begin(), m_edits.end(),
            [&before](const fixes::RawEdit& edit) { return edit.bytes.end <= before.start; });
        if (next != m_edits.end() && next->bytes.start < before.end) {
            return std::nullopt;
        }
        const auto grown = m_grownBefore[static_cast<std::size_t>(next - m_edits.begin())];
        return ByteRange{before.start + grown, before.end + grown};
    }

private:
    const std::vector<fixes::RawEdit>& m_edits;
    std::vector<std::uint64_t> m_grownBefore; // by the edits before each one
};

// Values whose edits are off stand in the new file as they did, also where the scan cannot know them any more because
// another edit took out what told it: the home folder that names the user.
std::vector<bool> valuesLeft(const fixes::Plan& plan, const std::vector<bool>& on)
{
    std::vector<bool> left(plan.analysis->findings.size());
    for (std::size_t i = 0; i < plan.edits.size(); ++i) {
        if (plan.edits[i].kind.starts_with("redact")) {
            left[plan.edits[i].finding] = true;
        }
    }
    for (std::size_t i = 0; i < plan.edits.size(); ++i) {
        if (i >= on.size() || on[i]) {
            left[plan.edits[i].finding] = false;
        }
    }
    return left;
}

// The finding where it stands in the new file; none: nothing is left of its values. `sensitive` gets their places.
std::optional<Finding> carried(const Finding& before, const WayForward& forward, std::vector<ByteRange>& sensitive)
{
    std::optional<ByteRange> first;
    for (const auto& place : fixes::valuePlaces(before)) {
        if (const auto now = forward(place)) {
            sensitive.push_back(*now);
            first = first ? first : now;
        }
    }
    if (!first) {
        return std::nullopt;
    }
    Finding finding = before;
    finding.location.bytes = forward(before.location.bytes).value_or(*first);
    std::erase_if(finding.evidence, [&forward](Evidence& evidence) {
        if (evidence.location.artifact.empty()) {
            return false;
        }
        const auto now = forward(evidence.location.bytes);
        evidence.location.bytes = now.value_or(ByteRange{});
        return !now;
    });
    finding.fix.reset(); // whoever opens the new file gets a plan of its own
    return finding;
}

// What several files show together is not seen by judging one of them: it stays where its place stays.
std::optional<Finding> carriedAcross(const Finding& before, const WayForward& forward)
{
    const auto& own = before.location.artifact;
    const bool across = before.family == Family::Lineage
        && std::any_of(before.evidence.begin(), before.evidence.end(), [&own](const Evidence& evidence) {
               return !evidence.location.artifact.empty() && evidence.location.artifact != own;
           });
    const auto now = across ? forward(before.location.bytes) : std::nullopt;
    if (!now) {
        return std::nullopt;
    }
    Finding finding = before;
    finding.location.bytes = *now;
    for (auto& evidence : finding.evidence) {
        if (evidence.location.artifact == own) {
            evidence.location.bytes = forward(evidence.location.bytes).value_or(*now);
        }
    }
    return finding;
}

// A finding may stand for many places of its kind, told in its evidence; when the first of them is mended it comes back
// at the next.
bool standsAt(const Finding& before, const Finding& after, ByteRange where)
{
    const auto touches = [where](ByteRange bytes) {
        return bytes.overlaps(where) || bytes == where || (where.start <= bytes.start && bytes.start <= where.end);
    };
    const bool edited = before.fix
        && std::any_of(before.fix->edits.begin(), before.fix->edits.end(),
            [&touches](const TextEdit& edit) { return touches(edit.bytes); });
    return before.rule == after.rule
        && (touches(before.location.bytes) || edited
            || std::any_of(before.evidence.begin(), before.evidence.end(), [&touches](const Evidence& evidence) {
                   return !evidence.location.artifact.empty() && touches(evidence.location.bytes);
               }));
}

// What is of the same rule in the same part of the same cell: an edit that leaves it did not mend it.
bool standsBeside(const Finding& before, const Finding& after)
{
    const auto& old = before.location;
    const auto& now = after.location;
    return before.rule == after.rule && old.cell && old.cell == now.cell && old.part == now.part
        && old.output == now.output;
}

// Damage of the JSON is one finding of a kind, told at the first of its places: which that is hangs on where the
// reader finds its way back, and an edit beside it moves that.
bool isSameDamage(const Finding& before, const Finding& after)
{
    return before.rule == after.rule && after.family == Family::Malformed && !before.location.cell
        && !after.location.cell;
}

// Marks those before that it is, and says which. Where nothing changed it stays what people have decided about, though
// the line around it may be another one now.
std::optional<std::size_t> recognise(
    const Analysis& before, Finding& finding, ByteRange where, const WayForward& forward, std::vector<bool>& seen)
{
    std::optional<std::size_t> known;
    for (std::size_t k = 0; k < before.findings.size(); ++k) {
        const auto& old = before.findings[k];
        if (standsAt(old, finding, where)) {
            seen[k] = true;
            known = known.value_or(k);
            if (forward(old.location.bytes) == finding.location.bytes) { // not what was put in its place
                finding.fingerprint = old.fingerprint;
                finding.context = old.context;
                known = k;
            }
        }
    }
    if (known) {
        return known;
    }
    for (std::size_t k = 0; k < before.findings.size(); ++k) { // which of them it is nobody can tell
        if (standsBeside(before.findings[k], finding) || isSameDamage(before.findings[k], finding)) {
            seen[k] = true;
            known = known.value_or(k);
        }
    }
    return known;
}

struct Told {
    Finding finding;
    bool known = true; // it was there before
    Stamp stamp = {};
};

// What a scan that knows the other files says of it: see crossingFingerprint. Where nothing is said of the call alone
// any more, nothing is said of it with the others.
Stamp stampAcross(std::size_t which, const Analysis& before, ByteRange now, const std::vector<Told>& found)
{
    const auto& old = before.findings[which];
    const auto beside = std::find_if(before.findings.begin(), before.findings.end(), [&old](const Finding& one) {
        return one.location.bytes == old.location.bytes && rules::flows::isLoadRule(one.rule)
            && crossingFingerprint(old.rule, one.fingerprint) == old.fingerprint;
    });
    if (beside == before.findings.end()) { // known by its line
        return {.fingerprint = old.fingerprint, .context = old.context, .before = which};
    }
    const auto there = std::find_if(found.begin(), found.end(), [&beside, now](const Told& one) {
        return one.finding.location.bytes == now && one.finding.rule == beside->rule;
    });
    const bool told = there != found.end() && !there->stamp.fingerprint.empty();
    return {.fingerprint = told ? crossingFingerprint(old.rule, there->stamp.fingerprint) : std::string(),
        .context = old.context,
        .before = which};
}

// What stays although the scan does not know it any more goes on in the new file.
void carryOver(const fixes::Plan& plan, const std::vector<bool>& on, const WayForward& forward, std::vector<bool>& seen,
    std::vector<Told>& found, Analysis& after)
{
    const auto left = valuesLeft(plan, on);
    std::vector<ByteRange> places; // of values that the scan did not mask
    for (std::size_t k = 0; k < left.size(); ++k) {
        if (left[k] && !seen[k]) {
            if (auto finding = carried(plan.analysis->findings[k], forward, places)) {
                found.push_back({std::move(*finding), true, {.before = k, .untold = true}});
                seen[k] = true;
            }
        }
    }
    for (std::size_t k = 0; k < seen.size(); ++k) {
        auto finding = seen[k] ? std::nullopt : carriedAcross(plan.analysis->findings[k], forward);
        if (finding) {
            auto stamp = stampAcross(k, *plan.analysis, finding->location.bytes, found);
            found.push_back({std::move(*finding), true, std::move(stamp)});
            seen[k] = true;
        }
    }
    std::vector<Finding*> told;
    for (auto& one : found) {
        told.push_back(&one.finding);
    }
    maskPlaces(places, after.artifact.view(), told);
    after.sensitive.insert(after.sensitive.end(), places.begin(), places.end());
    mergeRanges(after.sensitive);
}

// An edit can make a cell readable that was no code: what is told of its names then stood there before.
bool stoodThere(const Finding& finding, ByteRange where, const Analysis& before, ByteView now,
    const std::vector<fixes::RawEdit>& edits)
{
    if (!finding.rule.starts_with("CUP-LIN-ORDER-") || where.empty()
        || slice(before.artifact.view(), where) != slice(now, finding.location.bytes)) {
        return false;
    }
    const auto& regions = before.facts.regions;
    const auto cell = std::find_if(regions.begin(), regions.end(), [&where](const Region& region) {
        return region.kind == RegionKind::Code && region.bytes.start <= where.start && where.end <= region.bytes.end;
    });
    return cell != regions.end() && std::any_of(edits.begin(), edits.end(), [&cell](const fixes::RawEdit& edit) {
        return cell->bytes.overlaps(edit.bytes);
    });
}

// A cell without a run number looks never run once an edit took its outputs: it is what it was.
bool lostItsOutputs(const Finding& finding, const Analysis& before, const std::vector<fixes::RawEdit>& edits)
{
    const auto& regions = before.facts.regions;
    return finding.rule == "CUP-ORD-NEVER-RUN" && finding.location.cell
        && std::any_of(regions.begin(), regions.end(), [&finding, &edits](const Region& region) {
               return region.part == Part::Output && region.cell == static_cast<std::int64_t>(*finding.location.cell)
                   && std::any_of(edits.begin(), edits.end(),
                       [&region](const fixes::RawEdit& edit) { return edit.bytes.overlaps(region.bytes); });
           });
}

} // namespace

std::vector<std::size_t> Proof::untold() const
{
    std::vector<std::size_t> out;
    for (std::size_t i = 0; i < stamps.size(); ++i) {
        if (stamps[i].untold) {
            out.push_back(i);
        }
    }
    return out;
}

Proof prove(const fixes::Plan& plan, const std::vector<bool>& on, const ScanOptions& options, Budget& budget)
{
    const auto& before = *plan.analysis;
    const auto edits = fixes::fileEdits(plan, on);
    Proof proof;
    proof.bytes = std::make_shared<const std::string>(fixes::applyEdits(before.artifact.view(), edits));
    Artifact artifact;
    artifact.path = before.artifact.path;
    artifact.parent = before.artifact.parent;
    artifact.depth = before.artifact.depth;
    artifact.bytes = proof.bytes;
    auto again = options;
    again.keepBytes = true;
    if (!again.declaredBeside) {
        again.declaredBeside = readDeclaredBeside();
    }
    Analysis after = analyze(std::move(artifact), again, budget);

    const WayBack wayBack(edits);
    const WayForward forward(edits);
    std::vector<bool> seen(before.findings.size());
    std::vector<Told> found;
    for (auto& finding : after.findings) {
        Stamp stamp{finding.fingerprint, finding.context};
        const auto where = wayBack(finding.location.bytes);
        stamp.before = recognise(before, finding, where, forward, seen);
        const bool known = stamp.before || stoodThere(finding, where, before, *proof.bytes, edits)
            || lostItsOutputs(finding, before, edits);
        found.push_back({std::move(finding), known, std::move(stamp)});
    }
    carryOver(plan, on, forward, seen, found, after);
    std::stable_sort(
        found.begin(), found.end(), [](const Told& a, const Told& b) { return comesBefore(a.finding, b.finding); });
    after.findings.clear();
    for (auto& [finding, known, stamp] : found) {
        if (!known) {
            proof.fresh.push_back(after.findings.size());
        }
        proof.stamps.push_back(std::move(stamp));
        after.findings.push_back(std::move(finding));
    }
    proof.after = std::make_shared<const Analysis>(std::move(after));

    std::vector<bool> mended(before.findings.size());
    for (std::size_t i = 0; i < plan.edits.size(); ++i) {
        mended[plan.edits[i].finding] = mended[plan.edits[i].finding] || i >= on.size() || on[i];
    }
    for (std::size_t k = 0; k < seen.size(); ++k) {
        (seen[k] ? proof.stayed : proof.gone).push_back(k);
        if (seen[k] && mended[k]) {
            proof.failed.push_back(k);
        }
    }
    proof.remains = whatRemains(plan, on, *proof.after, budget);
    return proof;
}

Proof proveWhatHolds(const fixes::Plan& plan, std::vector<bool>& on, const ScanOptions& options, Budget& budget)
{
    constexpr int tries = 3;
    on.resize(plan.edits.size(), true);
    auto proof = prove(plan, on, options, budget);
    for (int i = 1; i < tries && !proof.holds() && !budget.stopped(); ++i) {
        // A finding may stand for more places than it could list: an edit that leaves some of them mends nothing.
        std::set<std::string_view> unreached;
        for (const auto index : proof.fresh) {
            unreached.insert(proof.after->findings[index].rule);
        }
        for (std::size_t k = 0; k < plan.edits.size(); ++k) {
            const auto finding = plan.edits[k].finding;
            const bool failed = std::binary_search(proof.failed.begin(), proof.failed.end(), finding); // they rise
            on[k] = on[k] && !failed && !unreached.contains(plan.analysis->findings[finding].rule);
        }
        proof = prove(plan, on, options, budget);
    }
    return proof;
}

} // namespace cupel::engine
