// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/sink.h"

#include "analyzers/base/json_text.h"
#include "analyzers/base/redact.h"
#include "analyzers/base/utf8.h"
#include "analyzers/rules/advice.h"
#include "analyzers/rules/equal_values.h"
#include "analyzers/rules/excerpt.h"
#include "analyzers/rules/ground_digests.h"
#include "analyzers/rules/line_essence.h"
#include "analyzers/rules/place_language.h"
#include "analyzers/rules/value_digest.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace cupel::rules {

namespace {

std::string place(const Region* region, std::uint64_t line, const Location& location)
{
    if (region && region->kind == RegionKind::Name) {
        return "name of a member";
    }
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

// Eight bytes in a row, or all of the shorter one.
static bool haveCommonPart(ByteView value, std::string_view text)
{
    constexpr std::size_t longest = 4'096; // quotes are much shorter
    const auto width = std::min<std::size_t>({8, value.size(), text.size()});
    const auto end = std::min(value.size(), longest);
    for (std::size_t at = 0; at + width <= end; ++at) {
        if (text.find(value.substr(at, width)) != std::string_view::npos) {
            return true;
        }
    }
    return end < value.size();
}

// Turns hits into findings: built once per artifact, and only when there is a hit.
class Freezer {
public:
    Freezer(const Artifact& artifact, const Facts& facts, const std::vector<Masked>& masks,
        const std::vector<Hit::Ground>& code)
        : m_artifact(artifact)
        , m_facts(facts)
        , m_text(facts.text(artifact))
        , m_lines(facts.hasLines ? m_text : ByteView()) // bytes have none, and many places that look like ends of them
        , m_languages(artifact, facts)
        , m_masks(masks)
        , m_grounds(facts, m_text, masks, code)
    {
    }

    [[nodiscard]] Location locate(ByteRange bytes, std::int32_t regionIndex, std::uint64_t regionLine) const
    {
        const auto* region = regionIndex >= 0 ? &m_facts.regions[static_cast<std::size_t>(regionIndex)] : nullptr;
        Location location;
        location.artifact = m_artifact.path;
        location.bytes = m_facts.toFile(bytes);
        if (region && region->kind == RegionKind::Name) {
            location.part = region->part;
            location.human = place(region, 0, location);
            return location; // among bytes that have no lines
        }
        if (!m_facts.hasLines) {
            location.human = "byte " + std::to_string(location.bytes.start);
            return location;
        }
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

    [[nodiscard]] std::string excerpt(ByteRange bytes, std::int32_t regionIndex, bool alone) const
    {
        const auto* region = regionIndex >= 0 ? &m_facts.regions[static_cast<std::size_t>(regionIndex)] : nullptr;
        // What stands around a name is no text, nor is what stands around a field of an encoded picture; bytes have no
        // lines.
        const auto within = alone                        ? bytes
            : region && region->kind == RegionKind::Name ? region->bytes
            : m_facts.hasLines                           ? everywhere
            : region                                     ? region->bytes
                                                         : bytes;
        return redactedExcerpt(m_text, bytes, isPlain(regionIndex), m_masks, within);
    }

    // Whether `text`, which stands somewhere in `bytes`, is part of what is masked there or holds some of it. What is
    // written with escapes cannot be compared and counts as shared.
    [[nodiscard]] bool sharesMask(ByteRange bytes, std::string_view text) const
    {
        auto mask = std::upper_bound(m_masks.begin(), m_masks.end(), bytes.start,
            [](std::uint64_t at, const Masked& masked) { return at < masked.bytes.end; });
        for (; mask != m_masks.end() && mask->bytes.start < bytes.end; ++mask) {
            const auto value = slice(m_text, mask->bytes);
            if (value.find_first_of("\\&<\n") != ByteView::npos || text.find(value) != std::string_view::npos
                || haveCommonPart(value, text)) {
                return true;
            }
        }
        return false;
    }

    void maskQuotes(Hit& hit) const
    {
        for (const auto& [bytes, text] : hit.quotes) {
            if (!text.empty() && sharesMask(bytes, text)) {
                maskValue(hit.message, text);
                for (auto& argument : hit.arguments) {
                    maskValue(argument.second, text);
                }
            }
        }
    }

    Evidence freeze(Hit::Extra& extra, bool alone = false) const
    {
        if (extra.bytes.empty()) {
            return {std::move(extra.role), {}, std::move(extra.note)};
        }
        return {std::move(extra.role), locate(extra.bytes, extra.region, extra.regionLine),
            extra.note.empty() ? readable(excerpt(extra.bytes, extra.region, alone), extra.bytes)
                               : std::move(extra.note)};
    }

    Dependency freeze(DependencyHit& hit) const
    {
        auto dependency = std::move(hit.dependency);
        dependency.location = locate(hit.bytes, hit.region, hit.regionLine);
        for (auto* text :
            {&dependency.name, &dependency.version, &dependency.specifier, &dependency.url, &dependency.marker}) {
            if (!text->empty() && sharesMask(hit.bytes, *text)) {
                *text = maskDots;
            }
        }
        for (auto& extra : dependency.extras) {
            extra = sharesMask(hit.bytes, extra) ? std::string(maskDots) : extra;
        }
        return dependency;
    }

    Finding freeze(Hit& hit)
    {
        maskQuotes(hit);
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
        if (auto language = m_languages.at(hit.region); !language.empty()) {
            finding.arguments.emplace(std::string(languageArgument), std::move(language));
        }
        finding.values = valuesOf(finding, hit); // before its evidence is taken out of it
        const bool alone =
            finding.rule.starts_with("CUP-PII-IMAGE-") || (hit.fix && hit.fix->kind == "strip-image-metadata");
        finding.evidence.push_back({"match", finding.location, matchExcerpt(finding, hit, alone)});
        for (auto& extra : hit.evidence) {
            finding.evidence.push_back(freeze(extra, alone));
        }
        finding.fix = std::move(hit.fix);
        if (!finding.fix && hit.sensitive) {
            // A value in running code is read by it: who takes it out has to give the code another way to it.
            const auto* region = hit.region >= 0 ? &m_facts.regions[static_cast<std::size_t>(hit.region)] : nullptr;
            finding.fix = Fix{"redact", !region || region->kind != RegionKind::Code, {}};
        }
        if (finding.fix) {
            for (auto& edit : finding.fix->edits) {
                edit.bytes = m_facts.toFile(edit.bytes);
            }
        }
        stamp(finding, hit);
        if (alone && m_facts.hasLines) { // dots of an encoded picture tell nobody anything
            for (auto& one : finding.evidence) {
                one.excerpt = isOnlyMask(one.excerpt) ? "picture" : std::move(one.excerpt);
            }
        }
        return finding;
    }

private:
    // What a secret or personal data is: its own bytes, those of its further places, and what a fix takes out for a
    // placeholder; of outputs and packages what stands at all of their places.
    [[nodiscard]] std::string valuesOf(const Finding& finding, const Hit& hit)
    {
        const bool personal = hit.sensitive || finding.family == Family::Secret || finding.family == Family::Pii;
        const bool places = finding.family == Family::Output || finding.family == Family::Dependency;
        if (!hit.values.empty() || !hit.grounds.empty()) {
            return hit.values.empty() ? m_grounds.of(hit) : hit.values;
        }
        if (!personal && (!places || !hit.identity.empty() || !m_facts.hasLines)) {
            return {};
        }
        std::vector<std::string> values;
        const std::vector<Masked> none;
        const auto add = [&](ByteRange bytes) {
            bytes.end = std::min<std::uint64_t>(bytes.end, bytes.start + (16 << 20));
            values.push_back(rules::maskedText(m_text, bytes, isPlain(hit.region), personal ? none : m_masks));
        };
        if (hit.sensitive || !personal) {
            add(hit.bytes);
        }
        for (const auto& extra : hit.evidence) {
            const bool mine = extra.role == "part" || extra.role == "place" || extra.role == "also"
                || (extra.role == "context" && finding.family == Family::Dependency);
            if ((hit.sensitive || !personal) && mine && !extra.bytes.empty()) {
                add(extra.bytes);
            }
        }
        for (std::size_t i = 0; !personal && i < hit.further.size(); ++i) {
            add(hit.further[i].bytes);
        }
        for (std::size_t i = 0; personal && hit.fix && hit.fix->kind == "redact" && i < hit.fix->edits.size(); ++i) {
            add(hit.fix->edits[i].bytes);
        }
        return personal ? valueDigest(values) : textDigest(values, finding.rule);
    }

    // What has no letter to read is shown as the hexadecimal digits of its first bytes.
    [[nodiscard]] std::string readable(std::string shown, ByteRange bytes) const
    {
        constexpr std::size_t most = 8;
        if (m_facts.hasLines || shown.find_first_not_of("\xEF\xBF\xBD ") != std::string::npos) {
            return shown;
        }
        const auto raw = slice(m_text, bytes);
        std::string out;
        for (const char c : raw.substr(0, most)) {
            static constexpr char digits[] = "0123456789ABCDEF";
            const auto byte = static_cast<unsigned char>(c);
            out += (out.empty() ? "" : " ") + std::string{digits[byte >> 4], digits[byte & 15]};
        }
        return raw.size() > most ? out + " \u2026" : out;
    }

    // Bytes of a binary file say little: rules over them give the words to show, already masked.
    [[nodiscard]] std::string matchExcerpt(Finding& finding, const Hit& hit, bool alone) const
    {
        const auto given = finding.arguments.find("excerpt");
        if (m_facts.hasLines || given == finding.arguments.end()) {
            return excerpt(hit.bytes, hit.region, alone);
        }
        auto shown = toDisplay(given->second, 240);
        finding.arguments.erase(given);
        return shown;
    }

    // Survives re-execution, moved cells, reformatted and edited lines: rule, class, what was matched without its white
    // space and quotes (a value: masked, after the name it is given), and how many equal ones came before. Nothing of
    // a value goes in.
    void stamp(Finding& finding, const Hit& hit)
    {
        constexpr std::size_t enough = 400;
        const bool plain = isPlain(hit.region);
        const ByteRange shown{hit.bytes.start, std::min(hit.bytes.end, hit.bytes.start + enough)};
        // A value under its own mask: what other findings mask it too may be gone from the next version of the file.
        const std::vector<Masked> own(hit.sensitive ? 1 : 0, {hit.bytes, hit.masked});
        const auto matched = hit.identity.empty()
            ? essence(rules::maskedText(m_text, shown, plain, hit.sensitive ? own : m_masks))
            : hit.identity;
        std::string seed = "cupel-fingerprint-2\n" + finding.rule + '\n' + finding.cls + '\n' + matched + '\n';
        if (!m_facts.hasLines) {
            const auto name = finding.arguments.find("name");
            seed += name == finding.arguments.end() ? std::string() : name->second;
        }
        if (hit.sensitive) {
            seed += nameBefore(maskedLineBefore(m_text, hit.bytes.start, plain, m_masks));
        }
        const auto count = m_seen[seed]++;
        finding.fingerprint = toHex(sha256(seed + '\n' + std::to_string(count))).substr(0, 32);
        const auto around =
            hit.identity.empty() ? withoutValues(withoutCutSigns(finding.evidence.front().excerpt)) : hit.identity;
        finding.context = toHex(sha256(essence(around))).substr(0, 16);
    }

    [[nodiscard]] bool isPlain(std::int32_t region) const { return rules::isPlain(m_facts, region); }

    const Artifact& m_artifact;
    const Facts& m_facts;
    ByteView m_text;
    LineIndex m_lines;
    PlaceLanguage m_languages;
    const std::vector<Masked>& m_masks;
    GroundDigests m_grounds;
    std::map<std::string, std::uint32_t> m_seen;
};

bool isPlain(const Facts& facts, std::int32_t region)
{
    const auto form = region < 0 ? TextForm::Plain : facts.regions[static_cast<std::size_t>(region)].form;
    return form == TextForm::Plain || form == TextForm::Commented || form == TextForm::Markup
        || form == TextForm::JsonValue; // its lines are those of the file
}

FindingSink::FindingSink(const Artifact& artifact, const Facts& facts, const Limits& limits)
    : m_artifact(artifact)
    , m_facts(facts)
    , m_limits(limits)
{
}

void FindingSink::add(Hit hit)
{
    if (hit.sensitive) {
        // Dots alone would tell nothing but how long each word is.
        m_masks.push_back({hit.bytes, isOnlyMask(hit.masked) ? std::string(maskDots) : hit.masked});
    }
    keep(std::move(hit));
}

void FindingSink::take(FindingSink later)
{
    m_masks.insert(
        m_masks.end(), std::make_move_iterator(later.m_masks.begin()), std::make_move_iterator(later.m_masks.end()));
    for (auto& hit : later.m_hits) {
        keep(std::move(hit));
    }
    m_dropped += later.m_dropped;
    if (!later.m_code.empty()) {
        m_code = std::move(later.m_code);
    }
    for (auto& hit : later.m_dependencies) {
        add(std::move(hit));
    }
    m_places.insert(
        m_places.end(), std::make_move_iterator(later.m_places.begin()), std::make_move_iterator(later.m_places.end()));
    m_pictures += later.m_pictures;
    for (auto& [code, gap] : later.m_gaps) {
        const auto [known, added] = m_gaps.try_emplace(code, gap);
        known->second.offset = std::min(known->second.offset, gap.offset);
    }
}

void FindingSink::keep(Hit hit)
{
    auto& kept = m_perRule[hit.rule];
    if (kept.count >= m_limits.findingsPerRule) {
        ++m_dropped;
        keepIfWorse(std::move(hit), kept);
        return;
    }
    ++kept.count;
    kept.byRank[rankOf(hit)].push_back(static_cast<std::uint32_t>(m_hits.size()));
    m_hits.push_back(std::move(hit));
}

std::size_t FindingSink::rankOf(const Hit& hit)
{
    return (hit.allowed ? 0 : ranks / 2) + static_cast<std::size_t>(hit.severity);
}

// A thousand harmless ones, or such that a comment allows, must not push out what follows them.
void FindingSink::keepIfWorse(Hit hit, Kept& kept)
{
    const auto rank = rankOf(hit);
    std::size_t least = 0;
    while (least < rank && kept.byRank[least].empty()) {
        ++least;
    }
    if (least == rank) {
        return;
    }
    const auto last = kept.byRank[least].back();
    kept.byRank[least].pop_back();
    kept.byRank[rank].push_back(last);
    m_hits[last] = std::move(hit);
}

void FindingSink::add(DependencyHit hit)
{
    constexpr std::size_t most = 50'000;
    if (m_dependencies.size() < most) {
        m_dependencies.push_back(std::move(hit));
    }
}

void FindingSink::markSensitive(ByteRange textBytes, std::string_view shown)
{
    m_masks.push_back({textBytes, std::string(shown)});
}

void FindingSink::incomplete(std::string_view code, std::string_view message, std::uint64_t textOffset)
{
    const auto [known, added] = m_gaps.try_emplace(std::string(code),
        Diagnostic{std::string(code), std::string(message), textOffset, DiagnosticLevel::Incomplete});
    known->second.offset = std::min(known->second.offset, textOffset);
}

void FindingSink::note(std::string_view code, std::string_view message, std::uint64_t textOffset)
{
    m_gaps.try_emplace(
        std::string(code), Diagnostic{std::string(code), std::string(message), textOffset, DiagnosticLevel::Note});
}

std::size_t FindingSink::keepPlace(Hit::Extra place)
{
    m_places.push_back(std::move(place));
    return m_places.size() - 1;
}

std::vector<Evidence> FindingSink::finish(Analysis& out) &&
{
    std::vector<Evidence> places;
    for (auto& [code, gap] : m_gaps) {
        gap.offset = gap.offset > 0 ? m_facts.toFile({gap.offset, gap.offset}).start : 0;
        auto& facts = out.facts;
        const bool partial = gap.level == DiagnosticLevel::Incomplete && facts.status == ReadStatus::Complete;
        facts.status = partial ? ReadStatus::Partial : facts.status;
        facts.diagnostics.push_back(std::move(gap));
    }
    out.droppedFindings = m_dropped;
    out.pictures = m_pictures;
    if (m_hits.empty() && m_masks.empty() && m_dependencies.empty() && m_places.empty()) {
        return places;
    }
    maskEqualValues(m_facts.text(m_artifact), m_hits, m_masks);
    const auto order = [](const Hit& a, const Hit& b) {
        return std::tie(a.bytes.start, a.bytes.end, a.rule) < std::tie(b.bytes.start, b.bytes.end, b.rule);
    };
    std::stable_sort(m_hits.begin(), m_hits.end(), order);
    const auto same = [](const Hit& a, const Hit& b) { return a.bytes == b.bytes && a.rule == b.rule; };
    m_hits.erase(std::unique(m_hits.begin(), m_hits.end(), same), m_hits.end());
    Freezer freezer(m_artifact, m_facts, m_masks, m_code);
    for (auto& hit : m_hits) {
        auto& list = hit.allowed ? out.allowed : out.findings;
        list.push_back(freezer.freeze(hit));
    }
    std::stable_sort(m_dependencies.begin(), m_dependencies.end(),
        [](const DependencyHit& a, const DependencyHit& b) { return a.bytes.start < b.bytes.start; });
    for (auto& hit : m_dependencies) {
        out.dependencies.push_back(freezer.freeze(hit));
    }
    for (const auto& masked : m_masks) {
        out.sensitive.push_back(m_facts.toFile(masked.bytes));
    }
    mergeRanges(out.sensitive);
    std::sort(out.findings.begin(), out.findings.end(), comesBefore);
    std::sort(out.allowed.begin(), out.allowed.end(), comesBefore);
    for (auto& place : m_places) {
        places.push_back(freezer.freeze(place));
    }
    return places;
}

} // namespace cupel::rules
