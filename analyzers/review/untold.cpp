// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/review/untold.h"

#include "analyzers/base/byte_scan.h"
#include "analyzers/base/redact.h"
#include "analyzers/fixes/plan.h"
#include "analyzers/formats/region_location.h"
#include "analyzers/model/masks.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

namespace cupel::review {

namespace {

constexpr std::uint64_t mostRead = 64 << 20; // bytes of both texts
constexpr std::size_t shortest = 3; // bytes of a value: a shorter one says nothing

// The value with some of what stands beside it in its line, as people read lines: a break is a byte of the file, or
// written \n. Another edit of the same line leaves it what it is.
ByteRange withBeside(ByteView text, ByteRange place, ByteRange within)
{
    constexpr std::uint64_t beside = 12;
    const auto low = std::max(within.start, place.start > beside ? place.start - beside : 0);
    const auto high = std::min(within.end, place.end + beside);
    auto start = place.start;
    while (start > low && text[start - 1] != '\n'
        && !(text[start - 1] == 'n' && start - low > 1 && text[start - 2] == '\\')) {
        --start;
    }
    auto end = place.end;
    while (end < high && text[end] != '\n' && !(text[end] == '\\' && end + 1 < high && text[end + 1] == 'n')) {
        ++end;
    }
    // A list of lines is written with quotes and commas, and the last of them with fewer.
    constexpr std::string_view frame = " \t\r\",";
    while (start < place.start && frame.find(text[start]) != std::string_view::npos) {
        ++start;
    }
    while (end > place.end && frame.find(text[end - 1]) != std::string_view::npos) {
        --end;
    }
    return {start, end};
}

class Carrier {
public:
    // From one version to the other; `cells`: pairs of them.
    Carrier(const Analysis& from, const Analysis& to, const std::vector<std::pair<std::size_t, std::size_t>>& cells)
        : m_from(from)
        , m_to(to)
        , m_fromText(from.facts.text(from.artifact))
        , m_toText(to.facts.text(to.artifact))
    {
        for (const auto& [mine, other] : cells) {
            m_partners.emplace(static_cast<std::int64_t>(mine), static_cast<std::int64_t>(other));
        }
    }

    // The finding at its places in the other version; none: nothing of it stands there.
    std::optional<Finding> carry(const Finding& old)
    {
        std::vector<Location> places;
        for (const auto& bytes : fixes::valuePlaces(old)) {
            const auto place = m_from.facts.fromFile(bytes);
            const auto* region = regionOf(m_from, place);
            if (place.size() < shortest || place.end > m_fromText.size() || !region) {
                continue;
            }
            if (auto found = find(place, *region)) {
                places.push_back(std::move(*found));
            }
        }
        if (places.empty()) {
            return std::nullopt;
        }
        Finding finding = old;
        finding.location = places.front();
        finding.fix.reset();
        std::erase_if(finding.evidence, [](const Evidence& one) { return !one.location.artifact.empty(); });
        for (std::size_t i = 1; i < places.size(); ++i) {
            Evidence more;
            more.role = "place";
            more.location = places[i];
            finding.evidence.push_back(std::move(more));
        }
        return finding;
    }

    [[nodiscard]] const std::vector<ByteRange>& found() const { return m_found; }

private:
    [[nodiscard]] static const Region* regionOf(const Analysis& analysis, ByteRange place)
    {
        const auto& regions = analysis.facts.regions;
        const auto hit = std::find_if(regions.begin(), regions.end(), [place](const Region& region) {
            return region.bytes.start <= place.start && place.end <= region.bytes.end;
        });
        return hit == regions.end() ? nullptr : &*hit;
    }

    // The value between the same words, in the same part of the same cell, where the scan sees nothing.
    std::optional<Location> find(ByteRange place, const Region& region)
    {
        const auto known = withBeside(m_fromText, place, region.bytes);
        const auto words = slice(m_fromText, known);
        const auto cell = region.cell < 0 ? std::optional(std::int64_t{region.cell}) : partnerOf(region.cell);
        if (!cell) {
            return std::nullopt;
        }
        for (const auto& one : m_to.facts.regions) {
            if (one.cell != *cell || one.part != region.part || one.kind != region.kind) {
                continue;
            }
            m_read += one.bytes.size();
            if (m_read > mostRead) {
                return std::nullopt;
            }
            const auto text = slice(m_toText, one.bytes);
            for (auto at = findText(text, words, 0); at != ByteView::npos;
                at = findText(text, words, at + words.size())) {
                const auto start = one.bytes.start + at + (place.start - known.start);
                const ByteRange now{start, start + place.size()};
                const auto inFile = m_to.facts.toFile(now);
                if (!touches(m_to.sensitive, inFile) && m_taken.insert(inFile.start).second) {
                    m_found.push_back(inFile);
                    return formats::locationOf(m_to, one, now, lines());
                }
            }
        }
        return std::nullopt;
    }

    [[nodiscard]] std::optional<std::int64_t> partnerOf(std::int64_t cell) const
    {
        const auto hit = m_partners.find(cell);
        return hit == m_partners.end() ? std::nullopt : std::optional(hit->second);
    }

    const LineIndex& lines()
    {
        if (!m_lines) {
            m_lines.emplace(m_toText);
        }
        return *m_lines;
    }

    const Analysis& m_from;
    const Analysis& m_to;
    ByteView m_fromText;
    ByteView m_toText;
    std::set<std::uint64_t> m_taken; // where they begin
    std::vector<ByteRange> m_found; // places that its scan did not know, in bytes of the file
    std::map<std::int64_t, std::int64_t> m_partners; // of cells, by that of `from`
    std::optional<LineIndex> m_lines;
    std::uint64_t m_read = 0;
};

} // namespace

AnalysisPtr withUntold(const FileChange& change, bool newer)
{
    if (!change.before || !change.after || !change.before->artifact.bytes || !change.after->artifact.bytes) {
        return nullptr;
    }
    const auto& to = newer ? *change.after : *change.before;
    std::vector<std::pair<std::size_t, std::size_t>> cells;
    for (const auto& pair : change.cells) {
        if (pair.before && pair.after) {
            cells.emplace_back(newer ? *pair.before : *pair.after, newer ? *pair.after : *pair.before);
        }
    }
    Carrier carrier(newer ? *change.before : *change.after, to, cells);
    std::vector<Finding> carried;
    for (const auto& item : change.findings) {
        const auto& one = item.analysis->findings[item.index];
        if (item.kind == (newer ? FindingChange::Kind::Gone : FindingChange::Kind::Fresh) && one.fix
            && one.fix->kind == "redact") {
            if (auto finding = carrier.carry(one)) {
                carried.push_back(std::move(*finding));
            }
        }
    }
    if (carried.empty()) {
        return nullptr;
    }
    auto fuller = std::make_shared<Analysis>(to);
    std::vector<Finding*> told;
    for (auto& finding : fuller->findings) {
        told.push_back(&finding);
    }
    maskPlaces(carrier.found(), to.artifact.view(), told);
    std::move(carried.begin(), carried.end(), std::back_inserter(fuller->findings));
    std::stable_sort(fuller->findings.begin(), fuller->findings.end(), comesBefore);
    fuller->sensitive.insert(fuller->sensitive.end(), carrier.found().begin(), carrier.found().end());
    mergeRanges(fuller->sensitive);
    return fuller;
}

} // namespace cupel::review
