// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/engine/prove.h"

#include "analyzers/engine/analyze.h"
#include "analyzers/engine/declared_files.h"

#include <algorithm>
#include <set>
#include <string_view>

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

// A finding may stand for many places of its kind, told in its evidence; when the first of them is mended it comes back
// at the next. What is of the same rule in the same part of the same cell is taken for the same one, too: an edit that
// leaves it is then an edit that did not mend it.
bool matches(const Finding& before, const Finding& after, ByteRange where)
{
    if (before.rule != after.rule) {
        return false;
    }
    const auto touches = [where](ByteRange bytes) {
        return bytes.overlaps(where) || bytes == where || (where.start <= bytes.start && bytes.start <= where.end);
    };
    const auto& old = before.location;
    const auto& now = after.location;
    const bool sameCell = old.cell && old.cell == now.cell && old.part == now.part && old.output == now.output;
    const bool edited = before.fix
        && std::any_of(before.fix->edits.begin(), before.fix->edits.end(),
            [&touches](const TextEdit& edit) { return touches(edit.bytes); });
    return touches(old.bytes) || sameCell || edited
        || std::any_of(before.evidence.begin(), before.evidence.end(), [&touches](const Evidence& evidence) {
               return !evidence.location.artifact.empty() && touches(evidence.location.bytes);
           });
}

} // namespace

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
    proof.after = std::make_shared<const Analysis>(analyze(std::move(artifact), again, budget));

    const WayBack wayBack(edits);
    std::vector<bool> seen(before.findings.size());
    for (std::size_t i = 0; i < proof.after->findings.size(); ++i) {
        const auto& finding = proof.after->findings[i];
        const auto where = wayBack(finding.location.bytes);
        bool known = false;
        for (std::size_t k = 0; k < before.findings.size(); ++k) {
            if (matches(before.findings[k], finding, where)) {
                known = true;
                seen[k] = true;
            }
        }
        if (!known) {
            proof.fresh.push_back(i);
        }
    }
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
            const bool failed = std::find(proof.failed.begin(), proof.failed.end(), finding) != proof.failed.end();
            on[k] = on[k] && !failed && !unreached.contains(plan.analysis->findings[finding].rule);
        }
        proof = prove(plan, on, options, budget);
    }
    return proof;
}

} // namespace cupel::engine
