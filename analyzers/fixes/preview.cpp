// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/fixes/preview.h"

#include "analyzers/base/redact.h"
#include "analyzers/base/utf8.h"
#include "analyzers/fixes/image_rows.h"
#include "analyzers/fixes/line_rows.h"
#include "analyzers/formats/json_display.h"
#include "analyzers/model/masks.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <string_view>
#include <tuple>

namespace cupel::fixes {

namespace {

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

// Colours of a terminal (ECMA-48, SGR) are no words: everything else that a text does to one stays to be seen.
std::string withoutColours(std::string text)
{
    std::size_t out = 0;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = text.compare(at, 2, "\x1b[") == 0
            ? std::min(text.find_first_not_of("0123456789;:", at + 2), text.size())
            : text.size();
        if (end < text.size() && text[end] == 'm') {
            at = end + 1;
        } else {
            text[out++] = text[at++];
        }
    }
    text.resize(out);
    return text;
}

// `secrets`: what keeps its first letters, so that people find it again; of personal data nothing stays.
std::string shown(ByteView text, const Region& region, const std::vector<ByteRange>& sensitive,
    const std::vector<std::uint64_t>& secrets, std::size_t most = longestRegion)
{
    const auto piece = formats::readForDisplay(text, region, most);
    std::string out;
    std::uint64_t at = 0;
    const auto first = std::partition_point(sensitive.begin(), sensitive.end(),
        [&region](const ByteRange& range) { return range.end <= region.bytes.start; });
    for (auto range = first; range != sensitive.end() && range->start < region.bytes.end; ++range) {
        const auto start = std::max(at, piece.map.toText(range->start, piece.text.size()));
        const auto end = piece.map.toText(range->end, piece.text.size());
        if (end > start) {
            out.append(piece.text, at, start - at);
            const auto value = slice(piece.text, {start, end});
            const bool credential = keepsItsBeginning(secrets, *range);
            out += credential ? mask(value) : std::string(value.substr(0, homeBeginning(value))).append(maskDots);
            at = end;
        }
    }
    out.append(piece.text, std::min<std::size_t>(at, piece.text.size()));
    return out.find('\x1b') == std::string::npos ? out : withoutColours(std::move(out));
}

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

// What was masked before and no edit touches stays masked: a word equal to a value that is taken out elsewhere is known
// only as long as that stands there.
void addMasksThatStay(
    std::vector<ByteRange>& now, const std::vector<ByteRange>& before, const std::vector<RawEdit>& edits)
{
    std::vector<std::pair<ByteRange, std::uint64_t>> steps; // what is replaced, and how much is written for it
    for (const auto& edit : edits) {
        steps.emplace_back(edit.bytes, edit.raw.size());
    }
    std::sort(steps.begin(), steps.end());
    auto step = steps.begin();
    std::uint64_t moved = 0; // may wrap
    for (const auto& range : before) {
        for (; step != steps.end() && step->first.end <= range.start; ++step) {
            moved += step->second - step->first.size();
        }
        if (step == steps.end() || step->first.start >= range.end) {
            now.push_back({range.start + moved, range.end + moved});
        }
    }
    mergeRanges(now);
}

// In the text, like the masks.
std::vector<std::uint64_t> secretsOfText(const Analysis& analysis)
{
    auto starts = secretStarts(analysis);
    for (auto& start : starts) {
        start = analysis.facts.fromFile({start, start}).start;
    }
    return starts;
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

// An output has a region for each of its forms; people see one output.
void mergeByPlace(std::vector<PreviewHunk>& hunks)
{
    std::vector<PreviewHunk> merged;
    for (auto& hunk : hunks) {
        if (merged.empty() || merged.back().place != hunk.place || !hunk.place.starts_with("cell ")) {
            merged.push_back(std::move(hunk));
            continue;
        }
        auto& last = merged.back();
        last.rows.insert(
            last.rows.end(), std::make_move_iterator(hunk.rows.begin()), std::make_move_iterator(hunk.rows.end()));
        last.edits.insert(last.edits.end(), hunk.edits.begin(), hunk.edits.end());
        std::sort(last.edits.begin(), last.edits.end());
        last.edits.erase(std::unique(last.edits.begin(), last.edits.end()), last.edits.end());
    }
    hunks = std::move(merged);
}

} // namespace

std::string shownRegion(const Analysis& analysis, const Region& region, std::size_t most)
{
    return shown(analysis.facts.text(analysis.artifact), region, textMasks(analysis), secretsOfText(analysis), most);
}

std::vector<PreviewHunk> preview(
    const Plan& plan, const std::vector<bool>& on, const Analysis* after, std::size_t around)
{
    const auto& analysis = *plan.analysis;
    const auto text = analysis.facts.text(analysis.artifact);
    const auto edits = textEdits(plan, on);
    const auto changed = applyEdits(text, edits);
    const WayThere wayThere(edits);
    const auto masks = textMasks(analysis);
    const auto secrets = secretsOfText(analysis);
    auto newMasks = after ? textMasks(*after) : std::vector<ByteRange>{};
    addMasksThatStay(newMasks, masks, edits);
    const auto newSecrets = after ? secretsOfText(*after) : std::vector<std::uint64_t>{};
    std::vector<PreviewHunk> hunks;
    for (std::size_t i = 0; i < analysis.facts.regions.size(); ++i) {
        const auto& region = analysis.facts.regions[i];
        const bool touched = std::any_of(edits.begin(), edits.end(), [&](const RawEdit& edit) {
            return edit.bytes.overlaps(region.bytes)
                || (edit.bytes.empty() && region.bytes.start <= edit.bytes.start
                    && edit.bytes.start <= region.bytes.end);
        });
        if (!touched) {
            continue;
        }
        PreviewHunk hunk;
        hunk.region = i;
        hunk.place = placeOf(region);
        hunk.edits = editsIn(plan, on, region.bytes);
        if (!hunk.edits.empty() && std::all_of(hunk.edits.begin(), hunk.edits.end(), [&plan](std::size_t edit) {
                return stripsImages(plan.edits[edit]);
            })) {
            hunk.rows = imageRows(plan, hunk.edits, region.bytes);
            hunks.push_back(std::move(hunk));
            continue;
        }
        if (region.kind == RegionKind::Image) {
            continue;
        }
        const auto old = shown(text, region, masks, secrets);
        auto now = region;
        now.bytes = wayThere(region.bytes);
        const bool gone =
            now.bytes.end <= now.bytes.start || std::any_of(edits.begin(), edits.end(), [&region](const RawEdit& edit) {
                return edit.raw.empty() && edit.bytes.start <= region.bytes.start && region.bytes.end <= edit.bytes.end;
            });
        hunk.rows = lineRows(old, gone ? std::string() : shown(changed, now, newMasks, newSecrets), around);
        if (!hasLineNumbers(region.name)) {
            leaveNumbersOut(hunk.rows);
        }
        if (gone) { // no text has one line, but what is not there has none
            std::erase_if(hunk.rows, [](const PreviewRow& row) { return row.kind == PreviewRow::Kind::Added; });
            for (auto& row : hunk.rows) {
                const bool told = row.kind == PreviewRow::Kind::Changed || row.kind == PreviewRow::Kind::Same;
                row.kind = told ? PreviewRow::Kind::Removed : row.kind;
                row.after = {};
            }
        }
        hunks.push_back(std::move(hunk));
    }
    mergeByPlace(hunks);
    return hunks;
}

void sortAsRead(std::vector<PreviewHunk>& hunks, const Plan& plan)
{
    const auto& regions = plan.analysis->facts.regions;
    const auto key = [&regions](const PreviewHunk& hunk) {
        const auto& region = regions[hunk.region];
        const auto cell = region.cell < 0 ? std::numeric_limits<std::int32_t>::max() : region.cell;
        return std::tuple(cell, region.output, region.part != Part::Source);
    };
    std::stable_sort(
        hunks.begin(), hunks.end(), [&key](const PreviewHunk& a, const PreviewHunk& b) { return key(a) < key(b); });
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
    mergeByPlace(all);
    hunks = std::move(all);
}

} // namespace cupel::fixes
