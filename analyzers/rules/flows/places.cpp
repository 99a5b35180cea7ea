// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/flows/places.h"

#include "analyzers/rules/allow_comments.h"

#include <algorithm>
#include <utility>

namespace cupel::rules::flows {

namespace {

constexpr std::size_t mostEvidence = 20;

std::string_view lineAround(std::string_view text, std::uint64_t offset)
{
    offset = std::min<std::uint64_t>(offset, text.size());
    const auto before = offset == 0 ? std::string_view::npos : text.rfind('\n', offset - 1);
    const auto from = before == std::string_view::npos ? 0 : before + 1;
    return text.substr(from, std::min(text.find('\n', offset), text.size()) - from);
}

} // namespace

Places::Places(const RuleInput& input, FindingSink& sink)
    : m_input(input)
    , m_sink(sink)
    , m_cells(input.code())
{
    for (std::uint32_t i = 0; i < m_cells.cells().size(); ++i) {
        const auto region = m_cells.cells()[i].region;
        if (region >= 0) {
            m_starts.emplace_back(input.facts.regions[static_cast<std::size_t>(region)].bytes.start, i);
        }
    }
    std::sort(m_starts.begin(), m_starts.end());
}

const formats::CodeCell* Places::cellAt(const lineage::Place& place) const
{
    if (place.bytes.empty() || (place.file != 0 && place.file != lineage::none)) {
        return nullptr;
    }
    const auto next = std::upper_bound(
        m_starts.begin(), m_starts.end(), std::pair(place.bytes.start, std::numeric_limits<std::uint32_t>::max()));
    if (next == m_starts.begin()) {
        return nullptr;
    }
    const auto& cell = m_cells.cells()[std::prev(next)->second];
    const auto& region = m_input.facts.regions[static_cast<std::size_t>(cell.region)];
    return place.bytes.end <= region.bytes.end ? &cell : nullptr;
}

Hit::Extra Places::extra(std::string role, const lineage::Place& place) const
{
    Hit::Extra extra;
    extra.role = std::move(role);
    if (const auto* cell = cellAt(place)) {
        extra.bytes = place.bytes;
        extra.region = cell->region;
        extra.regionLine = cell->lineOf(cell->map.toText(place.bytes.start, cell->text.size()));
    }
    return extra;
}

bool Places::allowed(const lineage::Place& place, std::string_view rule) const
{
    const auto* cell = cellAt(place);
    return cell
        && hasAllowComment(lineAround(cell->text, cell->map.toText(place.bytes.start, cell->text.size())), rule);
}

Hit Places::begin(std::string rule, std::string message) const
{
    Hit hit;
    const auto* info = findRule(rule);
    hit.severity = info ? info->severity : Severity::Low;
    hit.confidence = info ? info->confidence : Confidence::Possible;
    hit.rule = std::move(rule);
    hit.message = std::move(message);
    return hit;
}

void Places::quote(Hit& hit, const lineage::Place& place, const std::vector<std::string>& names) const
{
    for (const auto& name : names) {
        hit.quotes.emplace_back(place.bytes, name);
    }
}

bool Places::say(Hit hit, const lineage::Place& place, std::vector<Hit::Extra> evidence)
{
    const auto at = extra({}, place);
    if (at.bytes.empty()) {
        return false;
    }
    hit.bytes = at.bytes;
    hit.region = at.region;
    hit.regionLine = at.regionLine;
    hit.allowed = allowed(place, hit.rule);
    for (auto& one : evidence) {
        if ((!one.bytes.empty() || !one.note.empty()) && hit.evidence.size() < mostEvidence) {
            hit.evidence.push_back(std::move(one));
        }
    }
    // Who decided about this way of the data, or about these places, decided about all of them. What is told by its
    // names stands at the first line of a cell: that is no ground.
    if (hit.identity.empty()) {
        hit.grounds.push_back({hit.bytes, hit.region});
    }
    for (const auto& one : hit.evidence) {
        if (!one.bytes.empty()) {
            hit.grounds.push_back({one.bytes, one.region});
        }
    }
    m_sink.add(std::move(hit));
    return true;
}

bool Places::say(Hit hit, const lineage::Place& place, const std::vector<lineage::Place>& evidence)
{
    std::vector<Hit::Extra> extras;
    for (const auto& one : evidence) {
        extras.push_back(extra("place", one));
    }
    return say(std::move(hit), place, std::move(extras));
}

} // namespace cupel::rules::flows
