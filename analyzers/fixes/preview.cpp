// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/fixes/preview.h"

#include "analyzers/base/line_diff.h"
#include "analyzers/base/redact.h"
#include "analyzers/base/utf8.h"
#include "analyzers/formats/region_text.h"

#include <algorithm>

namespace cupel::fixes {

namespace {

constexpr std::size_t contextLines = 3;
constexpr std::size_t longestLine = 400;
constexpr std::size_t longestRegion = 1 << 20;

// Where offsets of the old text stand in the new one.
class WayThere {
public:
    explicit WayThere(const std::vector<RawEdit>& edits)
        : m_edits(edits)
    {
    }
    [[nodiscard]] ByteRange operator()(ByteRange range) const
    {
        return {range.start + grown(range.start, false), range.end + grown(range.end, true)};
    }

private:
    [[nodiscard]] std::uint64_t grown(std::uint64_t offset, bool end) const
    {
        std::uint64_t sum = 0; // may wrap
        for (const auto& edit : m_edits) {
            // An insertion exactly at the start of a region belongs to it, not to what is before it.
            if (edit.bytes.end > offset || (!end && edit.bytes.empty() && edit.bytes.start == offset)) {
                break;
            }
            sum += edit.raw.size() - edit.bytes.size();
        }
        return sum;
    }
    const std::vector<RawEdit>& m_edits;
};

// `secrets`: what keeps its first letters, so that people find it again; of personal data nothing stays.
std::string shown(
    ByteView text, const Region& region, const std::vector<ByteRange>& sensitive, const std::vector<ByteRange>& secrets)
{
    const auto piece = formats::readRegion(text, region, longestRegion);
    std::string out;
    std::uint64_t at = 0;
    const auto first = std::partition_point(sensitive.begin(), sensitive.end(),
        [&region](const ByteRange& range) { return range.end <= region.bytes.start; });
    for (auto range = first; range != sensitive.end() && range->start < region.bytes.end; ++range) {
        const auto start = std::max(at, piece.map.toText(range->start, piece.text.size()));
        const auto end = piece.map.toText(range->end, piece.text.size());
        if (end > start) {
            out.append(piece.text, at, start - at);
            out += touches(secrets, *range) ? mask(slice(piece.text, {start, end})) : std::string(maskDots);
            at = end;
        }
    }
    return out.append(piece.text, std::min<std::size_t>(at, piece.text.size()));
}

PreviewSide side(std::size_t index, std::string_view line)
{
    return {static_cast<std::uint32_t>(index + 1), toDisplay(line, longestLine), {}};
}

// Marks what differs between two lines: all between what they begin and what they end with in common.
void markChange(PreviewSide& a, PreviewSide& b)
{
    const auto shorter = std::min(a.text.size(), b.text.size());
    std::size_t head = 0;
    while (head < shorter && a.text[head] == b.text[head]) {
        ++head;
    }
    const auto inside = [](const std::string& text, std::size_t at) {
        return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80;
    };
    while (head > 0 && (inside(a.text, head) || inside(b.text, head))) {
        --head;
    }
    std::size_t tail = 0;
    while (tail < shorter - head && a.text[a.text.size() - 1 - tail] == b.text[b.text.size() - 1 - tail]) {
        ++tail;
    }
    while (tail > 0 && (inside(a.text, a.text.size() - tail) || inside(b.text, b.text.size() - tail))) {
        --tail;
    }
    a.changed = {head, a.text.size() - tail};
    b.changed = {head, b.text.size() - tail};
}

class RowMaker {
public:
    RowMaker(const std::string& before, const std::string& after)
        : m_before(splitLines(before))
        , m_after(splitLines(after))
    {
    }

    std::vector<PreviewRow> run()
    {
        const auto runs = diffLines(m_before, m_after);
        for (std::size_t i = 0; i < runs.size(); ++i) {
            const auto& run = runs[i];
            if (run.kind == DiffRun::Kind::Same) {
                same(run, i == 0, i + 1 == runs.size());
            } else if (run.kind == DiffRun::Kind::Removed && i + 1 < runs.size()
                && runs[i + 1].kind == DiffRun::Kind::Added) {
                changed(run, runs[i + 1]);
                ++i;
            } else {
                oneSided(run);
            }
        }
        return std::move(m_rows);
    }

private:
    void same(const DiffRun& run, bool first, bool last)
    {
        const auto head = first ? 0 : std::min(contextLines, run.count);
        const auto tail = last ? 0 : std::min(contextLines, run.count - head);
        const auto list = [&](std::size_t from, std::size_t to) {
            for (auto i = from; i < to; ++i) {
                m_rows.push_back({PreviewRow::Kind::Same, side(run.before + i, m_before[run.before + i]),
                    side(run.after + i, m_after[run.after + i]), 0});
            }
        };
        list(0, head);
        if (const auto hidden = run.count - head - tail; hidden > 0) {
            m_rows.push_back({PreviewRow::Kind::Folded, {}, {}, static_cast<std::uint32_t>(hidden)});
        }
        list(run.count - tail, run.count);
    }

    void changed(const DiffRun& removed, const DiffRun& added)
    {
        for (std::size_t i = 0; i < std::max(removed.count, added.count); ++i) {
            PreviewRow row{PreviewRow::Kind::Changed, {}, {}, 0};
            if (i < removed.count) {
                row.before = side(removed.before + i, m_before[removed.before + i]);
            }
            if (i < added.count) {
                row.after = side(added.after + i, m_after[added.after + i]);
            }
            if (row.before.number > 0 && row.after.number > 0) {
                markChange(row.before, row.after);
            } else {
                row.kind = row.before.number > 0 ? PreviewRow::Kind::Removed : PreviewRow::Kind::Added;
            }
            m_rows.push_back(std::move(row));
        }
    }

    void oneSided(const DiffRun& run)
    {
        const bool removed = run.kind == DiffRun::Kind::Removed;
        for (std::size_t i = 0; i < run.count; ++i) {
            PreviewRow row{removed ? PreviewRow::Kind::Removed : PreviewRow::Kind::Added, {}, {}, 0};
            (removed ? row.before : row.after) =
                removed ? side(run.before + i, m_before[run.before + i]) : side(run.after + i, m_after[run.after + i]);
            m_rows.push_back(std::move(row));
        }
    }

    std::vector<std::string_view> m_before;
    std::vector<std::string_view> m_after;
    std::vector<PreviewRow> m_rows;
};

std::string placeOf(const Region& region)
{
    if (region.cell < 0) {
        return region.kind == RegionKind::Metadata || region.kind == RegionKind::WidgetState ? "metadata" : "file";
    }
    auto place = "cell " + std::to_string(region.cell);
    if (region.output >= 0) {
        place += ", output " + std::to_string(region.output);
    } else if (region.part == Part::Metadata) {
        place += ", metadata";
    } else if (region.part == Part::Attachment) {
        place += ", attachment";
    }
    return place;
}

std::vector<ByteRange> textMasks(const Analysis& analysis)
{
    std::vector<ByteRange> masks;
    for (const auto& range : analysis.sensitive) {
        masks.push_back(analysis.facts.fromFile(range));
    }
    return masks;
}

std::vector<ByteRange> secretPlaces(const Analysis& analysis)
{
    std::vector<ByteRange> places;
    for (const auto& finding : analysis.findings) {
        if (finding.family == Family::Secret) {
            places.push_back(analysis.facts.fromFile(finding.location.bytes));
        }
    }
    mergeRanges(places);
    return places;
}

std::vector<std::size_t> editsIn(const Plan& plan, const std::vector<bool>& on, ByteRange region)
{
    std::vector<std::size_t> list;
    for (std::size_t i = 0; i < plan.edits.size(); ++i) {
        const auto touched = [&](ByteRange bytes) {
            return bytes.overlaps(region)
                || (bytes.empty() && region.start <= bytes.start && bytes.start <= region.end);
        };
        const auto& edit = plan.edits[i];
        const bool hit =
            std::any_of(edit.edits.begin(), edit.edits.end(), [&](const RawEdit& raw) { return touched(raw.bytes); })
            || std::any_of(edit.removed.begin(), edit.removed.end(),
                [&](NodeIndex node) { return touched(plan.json->bytesOf(node)); });
        if (hit && (i >= on.size() || on[i])) {
            list.push_back(i);
        }
    }
    return list;
}

} // namespace

std::string shownRegion(const Analysis& analysis, const Region& region)
{
    return shown(analysis.facts.text(analysis.artifact), region, textMasks(analysis), secretPlaces(analysis));
}

std::vector<PreviewRow> compareTexts(const std::string& before, const std::string& after)
{
    return RowMaker(before, after).run();
}

std::vector<PreviewHunk> preview(const Plan& plan, const std::vector<bool>& on, const Analysis* after)
{
    const auto& analysis = *plan.analysis;
    const auto text = analysis.facts.text(analysis.artifact);
    const auto edits = textEdits(plan, on);
    const auto changed = applyEdits(text, edits);
    const WayThere wayThere(edits);
    const auto masks = textMasks(analysis);
    const auto secrets = secretPlaces(analysis);
    const auto newMasks = after ? textMasks(*after) : std::vector<ByteRange>{};
    const auto newSecrets = after ? secretPlaces(*after) : std::vector<ByteRange>{};
    std::vector<PreviewHunk> hunks;
    for (std::size_t i = 0; i < analysis.facts.regions.size(); ++i) {
        const auto& region = analysis.facts.regions[i];
        const bool touched = std::any_of(edits.begin(), edits.end(), [&](const RawEdit& edit) {
            return edit.bytes.overlaps(region.bytes)
                || (edit.bytes.empty() && region.bytes.start <= edit.bytes.start
                    && edit.bytes.start <= region.bytes.end);
        });
        if (!touched || region.kind == RegionKind::Image) {
            continue;
        }
        PreviewHunk hunk;
        hunk.region = i;
        hunk.place = placeOf(region);
        hunk.edits = editsIn(plan, on, region.bytes);
        const auto old = shown(text, region, masks, secrets);
        auto now = region;
        now.bytes = wayThere(region.bytes);
        const bool gone =
            now.bytes.end <= now.bytes.start || std::any_of(edits.begin(), edits.end(), [&region](const RawEdit& edit) {
                return edit.raw.empty() && edit.bytes.start <= region.bytes.start && region.bytes.end <= edit.bytes.end;
            });
        hunk.rows = RowMaker(old, gone ? std::string() : shown(changed, now, newMasks, newSecrets)).run();
        hunks.push_back(std::move(hunk));
    }
    return hunks;
}

void addEditsThatAreOff(std::vector<PreviewHunk>& hunks, const Plan& plan, const std::vector<bool>& on)
{
    std::vector<bool> off(plan.edits.size());
    for (std::size_t i = 0; i < off.size(); ++i) {
        off[i] = i < on.size() && !on[i];
    }
    if (std::find(off.begin(), off.end(), true) == off.end()) {
        return;
    }
    const auto& regions = plan.analysis->facts.regions;
    std::vector<PreviewHunk> all;
    auto known = hunks.begin();
    for (std::size_t i = 0; i < regions.size(); ++i) {
        auto edits = editsIn(plan, off, regions[i].bytes);
        if (known != hunks.end() && known->region == i) {
            known->edits.insert(known->edits.end(), edits.begin(), edits.end());
            std::sort(known->edits.begin(), known->edits.end());
            all.push_back(std::move(*known++));
        } else if (!edits.empty()) {
            all.push_back({i, placeOf(regions[i]), std::move(edits), {}});
        }
    }
    hunks = std::move(all);
}

} // namespace cupel::fixes
