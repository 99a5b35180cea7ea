// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/review/compare_parts.h"

#include "analyzers/base/hash.h"
#include "analyzers/base/utf8.h"
#include "analyzers/fixes/line_rows.h"
#include "analyzers/formats/image/image_places.h"
#include "analyzers/formats/image/image_strip.h"
#include "analyzers/formats/notebook/notebook_facts.h"
#include "analyzers/formats/region_text.h"
#include "analyzers/review/compare_metadata.h"
#include "analyzers/review/model_listing.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <string_view>
#include <utility>

namespace cupel::review {

namespace {

using fixes::PreviewRow;

constexpr std::size_t mostText = 16 << 20; // of one form of an output, or a source, that is compared by lines
constexpr std::size_t mostListing = 1 << 20; // of a model, of what stands outside of cells
constexpr std::size_t mostRows = 20'000; // lines that differ, of one of them
constexpr std::size_t mostAround = 200; // unchanged lines on each side of them, for who unfolds

using Forms = std::vector<std::uint32_t>; // regions: an output has one for each of its forms

std::vector<Forms> outputsOf(const Analysis* analysis, std::optional<std::size_t> cell)
{
    const auto* notebook = analysis && cell ? formats::notebookFacts(analysis->facts) : nullptr;
    std::vector<Forms> out;
    if (notebook && *cell < notebook->cells.size()) {
        for (const auto& output : notebook->cells[*cell].outputs) {
            out.emplace_back(output.regions.begin(), output.regions.end());
        }
    }
    return out;
}

// A form of an output with the pictures in it, whose letters say nothing to anybody.
struct Shown {
    std::string form; // MIME type, or which stream it is
    std::string text; // "\1" stands for a picture
    std::vector<std::string> pictures;
    std::string rest; // digest of what is said beyond `text`; empty: nothing
    std::uint64_t restSize = 0; // its characters
    friend bool operator==(const Shown&, const Shown&) = default;
};

constexpr char pictureSign = '\1';

// Where the letters of a picture end, also when some of them are masked.
std::size_t endOfBase64(std::string_view text, std::size_t at)
{
    constexpr std::string_view dot = "\u2022";
    while (at < text.size()) {
        const char c = text[at];
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+'
            || c == '/' || c == '=';
        if (!letter && !text.substr(at).starts_with(dot)) {
            break;
        }
        at += letter ? 1 : dot.size();
    }
    return at;
}

std::string picturesOut(std::string_view text, std::size_t most)
{
    constexpr std::string_view sign = "data:image";
    constexpr std::string_view marker = ";base64,";
    std::string out;
    std::size_t done = 0;
    const auto copy = [&out](std::string_view part) {
        for (const char c : part) {
            c == pictureSign ? out.append("\u2401") : out.append(1, c);
        }
    };
    for (auto at = text.find(sign); at != std::string_view::npos && most > 0; at = text.find(sign, at + 1)) {
        const auto mark = text.substr(at, 60 + marker.size()).find(marker);
        const auto end = mark == std::string_view::npos ? at : endOfBase64(text, at + mark + marker.size());
        if (mark != std::string_view::npos && end > at + mark + marker.size()) {
            copy(text.substr(done, at - done));
            out.push_back(pictureSign);
            done = end;
            at = end - 1;
            --most;
        }
    }
    copy(text.substr(done));
    return out;
}

// A text that is too long to be compared by lines is still compared.
void digestRest(const Analysis& analysis, const Region& region, Shown& out)
{
    if (region.bytes.size() <= mostText) {
        return;
    }
    formats::RegionReader reader(analysis.facts.text(analysis.artifact), region);
    formats::TextPiece piece;
    Sha256Stream digest;
    std::uint64_t size = 0;
    while (reader.next(piece)) {
        const auto fresh = std::string_view(piece.text).substr(piece.overlap);
        // As `readRegion` takes pieces: the one that reaches the limit is the last.
        if (size >= mostText) {
            out.restSize += countCodePoints(fresh);
            digest.add(fresh);
        }
        size += fresh.size();
    }
    out.rest = out.restSize > 0 ? toHex(digest.finish()) : std::string();
}

Shown shownForm(const Analysis& analysis, std::uint32_t index)
{
    constexpr std::size_t mostPictures = 200;
    const auto& region = analysis.facts.regions[index];
    Shown out;
    out.form = region.name;
    std::string keep;
    const auto take = [&](const formats::ImagePlace& place) {
        auto window = formats::imageAt(analysis.artifact, analysis.facts, place, keep);
        out.pictures.emplace_back(window.read(0, window.size()));
    };
    if (region.kind == RegionKind::Image) {
        formats::ImagePlace place;
        place.kind = formats::ImagePlace::Kind::Output;
        place.region = static_cast<std::int32_t>(index);
        take(place);
        out.text = pictureSign;
        return out;
    }
    std::vector<std::uint64_t> starts;
    for (const auto& place : formats::imagesInside(analysis.artifact, analysis.facts, index, mostPictures, starts)) {
        take(place);
    }
    out.text = picturesOut(fixes::shownRegion(analysis, region, mostText), out.pictures.size());
    digestRest(analysis, region, out);
    return out;
}

// "[picture, 1234 bytes, metadata removed, pixels equal]"
std::string words(const std::string& picture, const std::string* other)
{
    std::string text = "[picture, " + std::to_string(picture.size()) + " bytes";
    if (other && *other != picture) {
        const auto bare = formats::withoutMetadata(picture);
        const auto otherBare = formats::withoutMetadata(*other);
        const bool same = bare.value_or(picture) == otherBare.value_or(*other);
        text += !same           ? ", pixels changed"
            : bare && otherBare ? ", other metadata, pixels equal"
            : bare              ? ", with metadata, pixels equal"
                                : ", metadata removed, pixels equal";
    }
    return text + "]";
}

std::string told(const Shown& one, const Shown& other)
{
    std::string out;
    std::size_t at = 0;
    for (const char c : one.text) {
        if (c != pictureSign) {
            out.push_back(c);
        } else if (at < one.pictures.size()) {
            out += words(one.pictures[at], at < other.pictures.size() ? &other.pictures[at] : nullptr);
            ++at;
        }
    }
    return out;
}

// Line by line as far as that goes, and a word of what is beyond.
std::vector<PreviewRow> rowsOf(const Shown& before, const Shown& after)
{
    auto rows = fixes::lineRows(told(before, after), told(after, before), mostAround, mostRows);
    if (before.rest == after.rest) {
        return rows;
    }
    if (rows.empty() || rows.back().kind != PreviewRow::Kind::Cut) {
        rows.emplace_back().kind = PreviewRow::Kind::Cut;
    }
    rows.back().before.cut += before.restSize;
    rows.back().after.cut += after.restSize;
    return rows;
}

Shown sourceOf(const Analysis* analysis, std::optional<std::size_t> cell)
{
    const auto* notebook = analysis && cell ? formats::notebookFacts(analysis->facts) : nullptr;
    const int region = notebook && *cell < notebook->cells.size() ? notebook->cells[*cell].source : -1;
    return region >= 0 && static_cast<std::size_t>(region) < analysis->facts.regions.size()
        ? shownForm(*analysis, static_cast<std::uint32_t>(region))
        : Shown();
}

using OutputForms = std::vector<Shown>;

// What the other version does not have is no empty line there.
void keepOneSide(std::vector<PreviewRow>& rows, bool old)
{
    std::erase_if(rows, [old](const PreviewRow& row) {
        return row.kind == (old ? PreviewRow::Kind::Added : PreviewRow::Kind::Removed);
    });
    for (auto& row : rows) {
        if (row.kind != PreviewRow::Kind::Folded && row.kind != PreviewRow::Kind::Cut) {
            row.kind = old ? PreviewRow::Kind::Removed : PreviewRow::Kind::Added;
            (old ? row.after : row.before) = {};
        }
    }
}

// Forms of one output by their type, in the order of the new version, lost ones where they were.
using FormPair = std::pair<const Shown*, const Shown*>;

std::vector<FormPair> alignForms(const OutputForms& before, const OutputForms& after)
{
    constexpr auto none = static_cast<std::size_t>(-1);
    std::multimap<std::string_view, std::size_t> open; // of one name in their order
    for (std::size_t i = 0; i < before.size(); ++i) {
        open.emplace(before[i].form, i);
    }
    std::vector<std::size_t> partners(after.size(), none);
    std::vector<bool> taken(before.size(), false);
    for (std::size_t i = 0; i < after.size(); ++i) {
        if (const auto first = open.lower_bound(after[i].form); first != open.end() && first->first == after[i].form) {
            partners[i] = first->second;
            taken[first->second] = true;
            open.erase(first);
        }
    }
    std::vector<FormPair> pairs;
    std::size_t next = 0;
    const auto lost = [&](std::size_t end) {
        for (; next < end; ++next) {
            if (!taken[next]) {
                pairs.emplace_back(&before[next], nullptr);
            }
        }
    };
    for (std::size_t i = 0; i < after.size(); ++i) {
        const auto partner = partners[i];
        if (partner != none) {
            lost(std::max(partner, next));
        }
        pairs.emplace_back(partner == none ? nullptr : &before[partner], &after[i]);
    }
    lost(before.size());
    return pairs;
}

class Builder {
public:
    Builder(const FileChange& change, Budget& budget)
        : m_change(change)
        , m_budget(budget)
    {
    }

    std::vector<ComparedPart> run()
    {
        const bool cells = !m_change.cells.empty() || isNotebook(m_change.before) || isNotebook(m_change.after);
        if (cells) {
            for (const auto& pair : pairs()) {
                addCell(pair);
            }
        } else {
            addTexts();
        }
        addRest();
        return std::move(m_parts);
    }

private:
    static bool isNotebook(const AnalysisPtr& analysis)
    {
        return analysis && formats::notebookFacts(analysis->facts) != nullptr;
    }

    // Also of a file that only one version has.
    [[nodiscard]] std::vector<CellPair> pairs() const
    {
        if (!m_change.cells.empty() || (m_change.before && m_change.after)) {
            return m_change.cells;
        }
        const bool fresh = m_change.after != nullptr;
        const auto* notebook = formats::notebookFacts((fresh ? m_change.after : m_change.before)->facts);
        std::vector<CellPair> list;
        for (std::size_t i = 0; notebook && i < notebook->cells.size(); ++i) {
            list.push_back(fresh ? CellPair{std::nullopt, i, false, false} : CellPair{i, std::nullopt, false, false});
        }
        return list;
    }

    [[nodiscard]] std::vector<std::size_t> findingsAt(
        const CellPair& pair, std::optional<std::size_t> old, std::optional<std::size_t> now)
    {
        const bool outputs = old || now; // else the source
        std::vector<std::size_t> list;
        for (std::size_t i = 0; i < m_change.findings.size(); ++i) {
            const auto& change = m_change.findings[i];
            const auto& location = change.analysis->findings[change.index].location;
            const bool gone = change.kind == FindingChange::Kind::Gone;
            const auto& cell = gone ? pair.before : pair.after;
            const auto& output = gone ? old : now;
            const bool inOutput = location.part == Part::Output;
            const bool there = !outputs || (output && location.output.value_or(0) == *output);
            if (cell && location.cell && *location.cell == *cell && inOutput == outputs && there) {
                list.push_back(i);
                m_placed.push_back(i);
            }
        }
        return list;
    }

    void addCell(const CellPair& pair)
    {
        if (m_budget.stopped()) {
            return;
        }
        ComparedPart source{pair.before, pair.after, false, {}, findingsAt(pair, {}, {}), {}};
        const Shown before = sourceOf(m_change.before.get(), pair.before);
        const Shown after = sourceOf(m_change.after.get(), pair.after);
        source.rows = rowsOf(before, after);
        source.moved = pair.moved;
        source.altered = pair.sourceChanged && !source.changed();
        const auto at = m_parts.size();
        m_parts.push_back(std::move(source));
        if (pair.outputsChanged || !pair.before || !pair.after || hasOutputFindings(pair)) {
            addOutputs(pair);
        }
        const bool seen = std::any_of(m_parts.begin() + static_cast<std::ptrdiff_t>(at), m_parts.end(),
            [](const ComparedPart& part) { return part.changed(); });
        m_parts[at].altered = m_parts[at].altered || (pair.outputsChanged && !seen);
    }

    [[nodiscard]] bool hasOutputFindings(const CellPair& pair) const
    {
        return std::any_of(m_change.findings.begin(), m_change.findings.end(), [&pair](const FindingChange& change) {
            const auto& location = change.analysis->findings[change.index].location;
            const auto& cell = change.kind == FindingChange::Kind::Gone ? pair.before : pair.after;
            return location.part == Part::Output && cell && location.cell && *location.cell == *cell;
        });
    }

    // Those at the start and at the end that are equal belong together, those between by their number.
    void addOutputs(const CellPair& pair)
    {
        const auto before = formsOf(m_change.before.get(), pair.before);
        const auto after = formsOf(m_change.after.get(), pair.after);
        const auto shorter = std::min(before.size(), after.size());
        std::size_t tail = 0;
        while (tail < shorter && before[before.size() - 1 - tail] == after[after.size() - 1 - tail]) {
            ++tail;
        }
        const auto middle = std::max(before.size(), after.size()) - tail;
        for (std::size_t i = 0; i < middle + tail && !m_budget.stopped(); ++i) {
            const auto at = [&](std::size_t size) {
                return i < middle ? (i < size - tail ? std::optional(i) : std::nullopt)
                                  : std::optional(size - tail + (i - middle));
            };
            addOutput(pair, before, at(before.size()), after, at(after.size()));
        }
    }

    void addOutput(const CellPair& pair, const std::vector<OutputForms>& before, std::optional<std::size_t> old,
        const std::vector<OutputForms>& after, std::optional<std::size_t> now)
    {
        ComparedPart part{pair.before, pair.after, true, {}, findingsAt(pair, old, now), now ? now : old};
        part.fresh = !old;
        part.gone = !now;
        const OutputForms none;
        const OutputForms& a = old ? before[*old] : none;
        const OutputForms& b = now ? after[*now] : none;
        for (const auto& [left, right] : alignForms(a, b)) {
            const Shown was = left ? *left : Shown();
            const Shown is = right ? *right : Shown();
            auto rows = rowsOf(was, is);
            if (!left || !right) {
                keepOneSide(rows, left != nullptr);
            }
            std::move(rows.begin(), rows.end(), std::back_inserter(part.rows));
        }
        if (part.changed() || !part.findings.empty() || !pair.before || !pair.after) {
            m_parts.push_back(std::move(part));
        }
    }

    [[nodiscard]] std::vector<OutputForms> formsOf(const Analysis* analysis, std::optional<std::size_t> cell) const
    {
        std::vector<OutputForms> out;
        for (const Forms& regions : outputsOf(analysis, cell)) {
            OutputForms& forms = out.emplace_back();
            for (const auto region : regions) {
                if (!m_budget.stopped()) {
                    forms.push_back(shownForm(*analysis, region));
                }
            }
        }
        return out;
    }

    std::string wholeText(const AnalysisPtr& analysis)
    {
        auto out = analysis ? modelListing(*analysis, mostListing, m_budget) : std::string();
        if (!out.empty()) {
            return out;
        }
        for (std::size_t i = 0; analysis && i < analysis->facts.regions.size(); ++i) {
            const auto& region = analysis->facts.regions[i];
            if (region.kind != RegionKind::Image && out.size() < mostText) {
                out += fixes::shownRegion(*analysis, region, mostText);
                out += out.empty() || out.back() == '\n' ? "" : "\n";
            }
        }
        return out;
    }

    void addTexts()
    {
        ComparedPart part;
        part.rows = fixes::lineRows(wholeText(m_change.before), wholeText(m_change.after), mostAround, mostRows);
        for (std::size_t i = 0; i < m_change.findings.size(); ++i) {
            part.findings.push_back(i);
            m_placed.push_back(i);
        }
        m_parts.push_back(std::move(part));
    }

    // What belongs to no cell: metadata, the form of the file.
    void addRest()
    {
        std::sort(m_placed.begin(), m_placed.end());
        ComparedPart rest;
        for (std::size_t i = 0; i < m_change.findings.size(); ++i) {
            if (!std::binary_search(m_placed.begin(), m_placed.end(), i)) {
                rest.findings.push_back(i);
            }
        }
        addOutside(rest);
        if (!rest.findings.empty() || rest.changed()) {
            m_parts.push_back(std::move(rest));
        }
    }

    void addOutside(ComparedPart& rest)
    {
        std::string before;
        std::string after;
        const auto add = [](std::string& text, const std::string& entry) {
            if (!entry.empty() && text.size() < mostListing) {
                text += entry + '\n';
            }
        };
        const auto entries = compareOutside(m_change, m_budget);
        if (std::any_of(entries.begin(), entries.end(), [](const OutsideEntry& entry) { return entry.changed; })) {
            for (const auto& entry : entries) {
                add(before, entry.before);
                add(after, entry.after);
            }
            rest.rows = fixes::lineRows(before, after, mostAround);
            if (!rest.changed()) { // the difference lies in what is too long to be listed
                rest.rows.emplace_back().kind = PreviewRow::Kind::Cut;
            }
        }
    }

    const FileChange& m_change;
    Budget& m_budget;
    std::vector<ComparedPart> m_parts;
    std::vector<std::size_t> m_placed;
};

} // namespace

bool ComparedPart::changed() const
{
    return std::any_of(rows.begin(), rows.end(), [](const PreviewRow& row) {
        return row.kind != PreviewRow::Kind::Same && row.kind != PreviewRow::Kind::Folded;
    });
}

bool ComparedPart::tellsOfCell() const
{
    return !outputs && (moved || altered || before.has_value() != after.has_value());
}

std::vector<ComparedPart> compareParts(const FileChange& change, Budget& budget)
{
    return Builder(change, budget).run();
}

} // namespace cupel::review
