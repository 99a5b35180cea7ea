// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/fixes/preview.h"

#include "analyzers/base/line_diff.h"
#include "analyzers/base/redact.h"
#include "analyzers/base/utf8.h"
#include "analyzers/fixes/image_rows.h"
#include "analyzers/formats/region_text.h"
#include "analyzers/model/masks.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <string_view>
#include <tuple>

namespace cupel::fixes {

namespace {

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
    const std::vector<std::uint64_t>& secrets)
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
            const auto value = slice(piece.text, {start, end});
            const bool credential = keepsItsBeginning(secrets, *range);
            out += credential ? mask(value) : std::string(value.substr(0, homeBeginning(value))).append(maskDots);
            at = end;
        }
    }
    out.append(piece.text, std::min<std::size_t>(at, piece.text.size()));
    return out.find('\x1b') == std::string::npos ? out : withoutColours(std::move(out));
}

// What the whole texts of cut lines may take, in all lines of one text.
constexpr std::size_t longestWhole = 64 << 10;
constexpr std::size_t wholeRoom = 1 << 20;

// How much of `line` the text leaves out, and the line itself for whoever asks.
void tellCut(PreviewSide& side, std::string_view line, std::size_t& room)
{
    const auto all = countCodePoints(line);
    const auto kept = countCodePoints(side.text);
    side.cut = all > kept ? all - kept : 0;
    if (side.cut > 0 && room > 0) {
        side.whole = toDisplay(line, std::min(longestWhole, room));
        room -= side.whole.size();
    }
}

PreviewSide side(std::size_t index, std::string_view line, std::size_t& room)
{
    PreviewSide made;
    made.number = static_cast<std::uint32_t>(index + 1);
    made.text = toDisplay(line, longestLine);
    tellCut(made, line, room);
    return made;
}

bool isWordByte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '<'
        || c == '>' || (static_cast<unsigned char>(c) & 0x80) != 0;
}

// A placeholder is one word, also between the tags of a markup.
std::vector<std::string_view> wordsOf(std::string_view line)
{
    std::vector<std::string_view> words;
    for (std::size_t at = 0; at < line.size();) {
        auto end = at + 1;
        while (isWordByte(line[at]) && end < line.size() && isWordByte(line[end]) && line[end] != '<'
            && line[end - 1] != '>') {
            ++end;
        }
        words.push_back(line.substr(at, end - at));
        at = end;
    }
    return words;
}

// Two lines word by word. Of a long line only what stands around its changes is kept, so that all of them are seen.
class ChangedLine {
public:
    ChangedLine(PreviewSide& before, std::string_view old, PreviewSide& after, std::string_view now)
        : m_before(before)
        , m_after(after)
        , m_long(std::max(old.size(), now.size()) > longestLine)
    {
        const auto oldWords = wordsOf(old.substr(0, longestCompared));
        const auto newWords = wordsOf(now.substr(0, longestCompared));
        const auto runs = diffLines(oldWords, newWords);
        for (std::size_t i = 0; i < runs.size(); ++i) {
            const auto& run = runs[i];
            if (run.kind == DiffRun::Kind::Same) {
                same(joined(oldWords, run.before, run.count), i == 0, i + 1 == runs.size());
            } else {
                const bool removed = run.kind == DiffRun::Kind::Removed;
                changed(removed ? m_before : m_after,
                    joined(removed ? oldWords : newWords, removed ? run.before : run.after, run.count));
            }
        }
        finish(m_before);
        finish(m_after);
    }

private:
    static constexpr std::size_t longestCompared = 1 << 16;
    static constexpr std::size_t longestSpan = 160; // of one change in a long line
    static constexpr std::size_t around = 40; // bytes kept on each side of a change in a long line
    static constexpr std::string_view cutSign = " \u2026 ";

    static std::string_view joined(const std::vector<std::string_view>& words, std::size_t first, std::size_t count)
    {
        const auto& last = words[first + count - 1];
        return {words[first].data(), static_cast<std::size_t>(last.data() + last.size() - words[first].data())};
    }

    void same(std::string_view text, bool first, bool last)
    {
        const std::size_t head = first ? 0 : around;
        const std::size_t tail = last ? 0 : around;
        std::string shown;
        if (!m_long || text.size() <= head + tail + cutSign.size()) {
            shown = toDisplay(text, longestLine);
        } else {
            auto from = text.size() - tail;
            while (from < text.size() && (static_cast<unsigned char>(text[from]) & 0xC0) == 0x80) {
                ++from;
            }
            shown = toDisplay(text, head) + std::string(cutSign) + toDisplay(text.substr(from), tail);
        }
        m_before.text += shown;
        m_after.text += shown;
    }

    void changed(PreviewSide& side, std::string_view text)
    {
        const auto start = side.text.size();
        const auto most = m_long ? longestSpan : longestLine;
        side.text += toDisplay(text, most);
        side.spans.push_back({start, side.text.size()});
        if (text.size() > most) {
            side.text += cutSign;
        }
    }

    void finish(PreviewSide& side) const
    {
        constexpr std::size_t most = 4 * longestLine; // many changes in a long line
        side.text = toDisplay(side.text, most);
        while (!side.spans.empty() && side.spans.back().start >= side.text.size()) {
            side.spans.pop_back();
        }
        if (!side.spans.empty()) {
            side.spans.back().end = std::min<std::uint64_t>(side.spans.back().end, side.text.size());
            side.changed = {side.spans.front().start, side.spans.back().end};
        }
    }

    PreviewSide& m_before;
    PreviewSide& m_after;
    bool m_long;
};

class RowMaker {
public:
    RowMaker(const std::string& before, const std::string& after, std::size_t around)
        : m_before(splitLines(before))
        , m_after(splitLines(after))
        , m_around(around)
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
        const auto head = first ? 0 : std::min(m_around, run.count);
        const auto tail = last ? 0 : std::min(m_around, run.count - head);
        const auto list = [&](std::size_t from, std::size_t to) {
            for (auto i = from; i < to; ++i) {
                // Of those further away the cut ones are not kept whole: the room is for what changes.
                std::size_t none = 0;
                auto& room = i < fewAround || i + fewAround >= run.count ? m_room : none;
                m_rows.push_back({PreviewRow::Kind::Same, side(run.before + i, m_before[run.before + i], room),
                    side(run.after + i, m_after[run.after + i], room), 0});
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
            const bool both = i < removed.count && i < added.count;
            if (i < removed.count && !both) {
                row.before = side(removed.before + i, m_before[removed.before + i], m_room);
            }
            if (i < added.count && !both) {
                row.after = side(added.after + i, m_after[added.after + i], m_room);
            }
            if (both) {
                row.before.number = static_cast<std::uint32_t>(removed.before + i + 1);
                row.after.number = static_cast<std::uint32_t>(added.after + i + 1);
                ChangedLine(row.before, m_before[removed.before + i], row.after, m_after[added.after + i]);
                tellCut(row.before, m_before[removed.before + i], m_room);
                tellCut(row.after, m_after[added.after + i], m_room);
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
            (removed ? row.before : row.after) = removed ? side(run.before + i, m_before[run.before + i], m_room)
                                                         : side(run.after + i, m_after[run.after + i], m_room);
            m_rows.push_back(std::move(row));
        }
    }

    std::vector<std::string_view> m_before;
    std::vector<std::string_view> m_after;
    std::size_t m_around;
    std::vector<PreviewRow> m_rows;
    std::size_t m_room = wholeRoom;
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

std::string shownRegion(const Analysis& analysis, const Region& region)
{
    return shown(analysis.facts.text(analysis.artifact), region, textMasks(analysis), secretsOfText(analysis));
}

std::vector<PreviewRow> compareTexts(const std::string& before, const std::string& after)
{
    return RowMaker(before, after, fewAround).run();
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
    const auto newMasks = after ? textMasks(*after) : std::vector<ByteRange>{};
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
        hunk.rows =
            RowMaker(old, gone ? std::string("(removed)") : shown(changed, now, newMasks, newSecrets), around).run();
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
