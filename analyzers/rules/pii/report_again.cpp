// SPDX-License-Identifier: GPL-3.0-or-later
// What is met a second time: a column in other outputs, its values in other texts of the notebook.
#include "analyzers/rules/pii/report.h"

#include "analyzers/base/redact.h"

#include <algorithm>

namespace cupel::rules::pii {

// A printed frame that is cut into blocks shows too few columns to be told as a textbook's: its twin was.
bool Report::isPartOfSet(ColumnKey key, const TextPlace& place)
{
    std::get<1>(key) = false;
    const auto* column = columnOf(key);
    return column && column->outputs.contains({place.region->cell, place.region->output});
}

// One frame is printed in several ways in one output, and again by later cells.
void Report::shownAgain(Column& column, ByteRange header, const TextPlace& place)
{
    if (!isOutput(place.region) || !column.outputs.insert({place.region->cell, place.region->output}).second
        || column.outputs.size() > mostShown) {
        return;
    }
    column.hit.evidence.push_back(
        {"place", place.toArtifact(header), place.regionIndex, place.lineOf(header.start), {}});
}

void Report::limit(ByteRange bytes)
{
    m_sink.incomplete("personal-places-limit",
        "Personal values stand in more places than a fix replaces: some of them stay", bytes.start);
}

void Report::learn(const Value& value, std::string_view text)
{
    if (m_owners.size() < KnownValues::most) {
        m_known.learn(text, m_owners.size());
        m_owners.push_back({nullptr, value});
    }
}

void Report::again(const KnownValues::Hit& hit, const TextPlace& place)
{
    if (!m_sorted) {
        m_sorted = true;
        mergeRanges(m_done);
    }
    const auto bytes = place.toArtifact(hit.place);
    const auto next = std::upper_bound(m_done.begin(), m_done.end(), bytes.start,
        [](std::uint64_t at, const ByteRange& done) { return at < done.end; });
    auto& owner = m_owners[hit.owner];
    const bool code = place.region->kind == RegionKind::Code;
    const bool prose = place.region->kind == RegionKind::Markdown || place.region->kind == RegionKind::Raw;
    const bool settings = place.region->kind == RegionKind::Metadata || place.region->kind == RegionKind::WidgetState;
    const auto value = slice(place.text, hit.place);
    if (next != m_done.end() && next->start < bytes.end) {
        return;
    }
    if (settings || (code && !isWholeLiteral(place.text, hit.place) && !isNoIdentifier(value))
        || (prose && !standsAlone(value))) {
        const auto& one = owner.value;
        auto& left = owner.column ? owner.column->left : m_left[{one.match.row, one.region}];
        ++left.places;
        left.cells.insert(place.region->cell);
        return;
    }
    if (++m_again > mostAgain) {
        limit(bytes);
    } else if (owner.column) {
        columnAgain(*owner.column, bytes, place, hit);
    } else {
        auto same = owner.value;
        same.bytes = bytes;
        same.context = {};
        same.match.contextLength = 0;
        same.region = place.regionIndex;
        same.line = place.lineOf(hit.place.start);
        same.again = true;
        m_values[{same.match.row, same.region}].push_back(std::move(same));
    }
}

// What stays is said with the finding, and counted again once the edits are made (engine/remains).
void Report::sayLeft(Hit& hit, const Left& left)
{
    constexpr std::size_t most = 8;
    if (left.places == 0) {
        return;
    }
    std::string cells;
    std::size_t named = 0;
    for (const auto cell : left.cells) {
        if (cell >= 0 && named++ < most) {
            cells += (cells.empty() ? "cell " : ", cell ") + std::to_string(cell);
        }
    }
    cells += named > most ? ", and more" : "";
    cells += left.cells.contains(-1) ? (cells.empty() ? "metadata" : ", metadata") : "";
    hit.message += left.places == 1
        ? " An equal word stays as it is at " + cells + '.'
        : " Equal words at " + std::to_string(left.places) + " places stay as they are: " + cells + '.';
    hit.arguments["left"] = std::to_string(left.places);
    hit.arguments["left in"] = cells;
}

// Texts and outputs go with the column; literals of code are a finding of their own, as the code has to be run again.
void Report::columnAgain(Column& column, ByteRange bytes, const TextPlace& place, const KnownValues::Hit& hit)
{
    m_sink.markSensitive(bytes);
    if (place.region->kind != RegionKind::Code) {
        ++column.elsewhere;
        if (column.hit.fix && column.hit.fix->edits.size() < mostEdits) {
            column.hit.fix->edits.push_back({bytes, '[' + column.placeholder + ']'});
        } else {
            limit(bytes);
        }
        return;
    }
    auto& code = column.code;
    if (!code.fix) {
        code.fix = Fix{"redact-column", false, {}};
        code.rule = column.hit.rule;
        code.bytes = bytes;
        code.region = place.regionIndex;
        code.regionLine = place.lineOf(hit.place.start);
        code.severity = std::min(column.hit.severity, Severity::Low);
        code.confidence = column.hit.confidence;
        code.sensitive = true;
        code.masked = maskByShape(slice(place.text, hit.place));
        code.arguments = {{"type", column.hit.arguments["type"]}, {"sample", code.masked}};
    } else if (code.evidence.size() < mostShown) {
        code.evidence.push_back({"also", bytes, place.regionIndex, place.lineOf(hit.place.start), {}});
    }
    code.fix->edits.push_back({bytes, '[' + column.placeholder + ']'});
}

} // namespace cupel::rules::pii
