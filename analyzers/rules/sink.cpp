// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/sink.h"

#include "analyzers/base/json_text.h"
#include "analyzers/base/redact.h"
#include "analyzers/base/utf8.h"
#include "analyzers/rules/excerpt.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace cupel::rules {

namespace {

std::string place(const Region* region, std::uint64_t line, const Location& location)
{
    const auto lineText = line > 0 ? ", line " + std::to_string(line) : std::string();
    if (!region || (region->cell < 0 && region->kind == RegionKind::PlainText)) {
        return "line " + std::to_string(location.line);
    }
    if (region->cell < 0) {
        if (region->kind == RegionKind::Metadata || region->kind == RegionKind::WidgetState) {
            return "notebook metadata, line " + std::to_string(location.line);
        }
        return "line " + std::to_string(location.line);
    }
    const auto cell = "cell " + std::to_string(region->cell);
    switch (region->part) {
    case Part::Output:
        return cell + ", output " + std::to_string(region->output) + lineText;
    case Part::Metadata:
        return cell + ", metadata";
    case Part::Attachment:
        return cell + ", attachment";
    case Part::None:
    case Part::Source:
        break;
    }
    return cell + lineText;
}

} // namespace

// Turns hits into findings: built once per artifact, and only when there is a hit.
class Freezer {
public:
    Freezer(const Artifact& artifact, const Facts& facts, const std::vector<Masked>& masks)
        : m_artifact(artifact)
        , m_facts(facts)
        , m_text(facts.text(artifact))
        , m_lines(m_text)
        , m_masks(masks)
    {
    }

    [[nodiscard]] Location locate(ByteRange bytes, std::int32_t regionIndex, std::uint64_t regionLine) const
    {
        const auto* region = regionIndex >= 0 ? &m_facts.regions[static_cast<std::size_t>(regionIndex)] : nullptr;
        Location location;
        location.artifact = m_artifact.path;
        location.bytes = m_facts.toFile(bytes);
        const auto position = m_lines.at(bytes.start);
        location.line = position.line;
        location.column = position.column;
        const auto end = m_lines.at(bytes.end);
        location.endLine = end.line;
        location.endColumn = end.column;
        if (region) {
            location.part = region->part;
            const auto set = [](std::int32_t value, auto& out) {
                if (value >= 0) {
                    out = static_cast<std::uint32_t>(value);
                }
            };
            set(region->cell, location.cell);
            set(region->codeCell, location.codeCell);
            set(region->output, location.output);
            if (region->cell >= 0 && regionLine > 0) {
                location.cellLine = static_cast<std::uint32_t>(regionLine);
            }
        }
        location.human = place(region, regionLine, location);
        return location;
    }

    [[nodiscard]] std::string excerpt(ByteRange bytes, std::int32_t regionIndex) const
    {
        const bool plain =
            regionIndex < 0 || m_facts.regions[static_cast<std::size_t>(regionIndex)].form == TextForm::Plain;
        return redactedExcerpt(m_text, bytes, plain, m_masks);
    }

    Finding freeze(Hit& hit)
    {
        Finding finding;
        const auto* rule = findRule(hit.rule);
        finding.rule = std::move(hit.rule);
        if (rule) {
            finding.family = rule->family;
            finding.cls = rule->cls;
            finding.title = rule->title;
        }
        finding.message = std::move(hit.message);
        finding.arguments = std::move(hit.arguments);
        finding.severity = hit.severity;
        finding.confidence = hit.confidence;
        finding.location = locate(hit.bytes, hit.region, hit.regionLine);
        finding.evidence.push_back({"match", finding.location, excerpt(hit.bytes, hit.region)});
        for (auto& extra : hit.evidence) {
            if (extra.bytes.empty()) {
                finding.evidence.push_back({std::move(extra.role), {}, std::move(extra.note)});
            } else {
                finding.evidence.push_back({std::move(extra.role), locate(extra.bytes, extra.region, extra.regionLine),
                    excerpt(extra.bytes, extra.region)});
            }
        }
        finding.fix = std::move(hit.fix);
        if (finding.fix) {
            for (auto& edit : finding.fix->edits) {
                edit.bytes = m_facts.toFile(edit.bytes);
            }
        }
        stamp(finding);
        return finding;
    }

private:
    // Survives re-execution, moved cells and moved lines: rule, class, the redacted line without its white space, and
    // how many equal ones came before. Nothing of the value goes in.
    void stamp(Finding& finding)
    {
        std::string seed = "cupel-fingerprint-1\n" + finding.rule + '\n' + finding.cls + '\n';
        for (const char c : finding.evidence.front().excerpt) {
            if (c != ' ' && c != '\t') {
                seed.push_back(c);
            }
        }
        const auto count = m_seen[seed]++;
        finding.fingerprint = toHex(sha256(seed + '\n' + std::to_string(count))).substr(0, 32);
    }

    const Artifact& m_artifact;
    const Facts& m_facts;
    ByteView m_text;
    LineIndex m_lines;
    const std::vector<Masked>& m_masks;
    std::map<std::string, std::uint32_t> m_seen;
};

FindingSink::FindingSink(const Artifact& artifact, const Facts& facts, const Limits& limits)
    : m_artifact(artifact)
    , m_facts(facts)
    , m_limits(limits)
{
}

void FindingSink::add(Hit hit)
{
    if (hit.sensitive) {
        m_masks.push_back({hit.bytes, hit.masked});
    }
    if (++m_perRule[hit.rule] > m_limits.findingsPerRule) {
        ++m_dropped;
        return;
    }
    m_hits.push_back(std::move(hit));
}

void FindingSink::markSensitive(ByteRange textBytes)
{
    m_masks.push_back({textBytes, std::string(maskDots)});
}

void FindingSink::finish(Analysis& out) &&
{
    out.droppedFindings = m_dropped;
    for (auto& diagnostic : m_diagnostics) {
        out.facts.status = out.facts.status == ReadStatus::Complete ? ReadStatus::Partial : out.facts.status;
        out.facts.diagnostics.push_back(std::move(diagnostic));
    }
    if (m_hits.empty() && m_masks.empty()) {
        return;
    }
    tidyMasks(m_masks);
    const auto order = [](const Hit& a, const Hit& b) {
        return std::tie(a.bytes.start, a.bytes.end, a.rule) < std::tie(b.bytes.start, b.bytes.end, b.rule);
    };
    std::stable_sort(m_hits.begin(), m_hits.end(), order);
    const auto same = [](const Hit& a, const Hit& b) { return a.bytes == b.bytes && a.rule == b.rule; };
    m_hits.erase(std::unique(m_hits.begin(), m_hits.end(), same), m_hits.end());
    Freezer freezer(m_artifact, m_facts, m_masks);
    for (auto& hit : m_hits) {
        auto& list = hit.allowed ? out.allowed : out.findings;
        list.push_back(freezer.freeze(hit));
    }
    for (const auto& masked : m_masks) {
        out.sensitive.push_back(m_facts.toFile(masked.bytes));
    }
    mergeRanges(out.sensitive);
    std::sort(out.findings.begin(), out.findings.end(), comesBefore);
    std::sort(out.allowed.begin(), out.allowed.end(), comesBefore);
}

} // namespace cupel::rules
