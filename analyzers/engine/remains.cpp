// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/engine/remains.h"

#include "analyzers/base/utf8.h"
#include "analyzers/fixes/place_writer.h"
#include "analyzers/formats/region_text.h"
#include "analyzers/rules/pii/known_values.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace cupel::engine {

namespace {

constexpr std::size_t mostShown = 200; // places of one finding
constexpr std::size_t mostFound = 10'000; // places of all

using rules::pii::KnownValues;

// Learns the words of a name that may stand alone: "Megan" of "Megan Example". Shorter ones are words of prose too
// often.
void learnWords(KnownValues& values, std::string_view name, std::size_t owner)
{
    constexpr std::size_t shortest = 4;
    for (std::size_t at = 0; at < name.size();) {
        const auto end = std::min(name.find_first_of(" ,", at), name.size());
        const auto word = name.substr(at, end - at);
        if (word.size() >= shortest && word.size() < name.size() && word[0] >= 'A' && word[0] <= 'Z') {
            values.learn(word, owner);
        }
        at = end + 1;
    }
}

// The values that the edits take out, by the finding they belong to; words of names by the finding plus `wholes`.
KnownValues takenOut(const fixes::Plan& plan, const std::vector<bool>& on)
{
    const auto& before = *plan.analysis;
    fixes::PlaceWriter reader(before.facts.text(before.artifact), before.facts);
    KnownValues values;
    for (std::size_t i = 0; i < plan.edits.size() && !values.full(); ++i) {
        const auto& edit = plan.edits[i];
        if ((i < on.size() && !on[i]) || !edit.kind.starts_with("redact")) {
            continue;
        }
        for (const auto place : fixes::valuePlaces(before.findings[edit.finding])) {
            const auto value = reader.valueAt(before.facts.fromFile(place));
            values.learn(value, edit.finding);
            if (before.findings[edit.finding].cls == "pii.person-name") {
                learnWords(values, value, edit.finding + before.findings.size());
            }
        }
    }
    return values;
}

Location locationOf(const Analysis& analysis, const Region& region, ByteRange bytes, const LineIndex& lines)
{
    Location out;
    out.artifact = analysis.artifact.path;
    out.bytes = analysis.facts.toFile(bytes);
    if (!analysis.facts.hasLines) {
        out.human = "byte " + std::to_string(out.bytes.start);
        return out;
    }
    const auto start = lines.at(bytes.start);
    const auto end = lines.at(bytes.end);
    out.line = start.line;
    out.column = start.column;
    out.endLine = end.line;
    out.endColumn = end.column;
    out.part = region.part;
    if (region.cell < 0) {
        const bool settings = region.kind == RegionKind::Metadata || region.kind == RegionKind::WidgetState;
        out.human = (settings ? "notebook metadata, line " : "line ") + std::to_string(out.line);
        return out;
    }
    out.cell = static_cast<std::uint32_t>(region.cell);
    out.human = "cell " + std::to_string(region.cell);
    if (region.codeCell >= 0) {
        out.codeCell = static_cast<std::uint32_t>(region.codeCell);
    }
    if (region.part == Part::Output && region.output >= 0) {
        out.output = static_cast<std::uint32_t>(region.output);
        out.human += ", output " + std::to_string(region.output);
    } else if (region.part != Part::Source && region.part != Part::None) {
        out.human += ", " + std::string(toString(region.part));
    }
    return out;
}

} // namespace

std::string placesOf(const Remain& remain)
{
    constexpr std::size_t most = 5;
    std::vector<std::pair<std::string, std::size_t>> groups; // neighbours of one cell are one place to look at
    std::size_t counted = 0;
    for (const auto& place : remain.places) {
        if (groups.empty() || groups.back().first != place.human) {
            if (groups.size() == most) {
                break;
            }
            groups.emplace_back(place.human, 0);
        }
        ++groups.back().second;
        ++counted;
    }
    std::string out;
    for (const auto& [where, times] : groups) {
        out += (out.empty() ? "" : "; ") + where + (times > 1 ? " (" + std::to_string(times) + ")" : std::string());
    }
    return counted < remain.count ? out + "; and " + std::to_string(remain.count - counted) + " more" : out;
}

std::vector<Remain> whatRemains(
    const fixes::Plan& plan, const std::vector<bool>& on, const Analysis& after, Budget& budget)
{
    const auto values = takenOut(plan, on);
    if (values.empty()) {
        return {};
    }
    const auto wholes = plan.analysis->findings.size();
    const auto text = after.facts.text(after.artifact);
    std::optional<LineIndex> lines; // only when something is there
    std::map<std::size_t, Remain> found;
    std::set<std::uint64_t> seen; // pieces and regions overlap
    formats::TextPiece piece;
    for (const auto& region : after.facts.regions) {
        if (region.kind == RegionKind::Image || region.kind == RegionKind::Attachment) {
            continue;
        }
        formats::RegionReader reader(text, region);
        while (reader.next(piece) && budget.spend(piece.text.size() / 8) && seen.size() < mostFound) {
            for (const auto& hit : values.find(piece.text, mostFound - seen.size())) {
                const bool part = hit.owner >= wholes;
                const auto bytes = piece.map.toRaw(hit.place);
                if ((part && !hit.same) || !seen.insert(bytes.start).second) {
                    continue;
                }
                auto& remain = found[hit.owner];
                remain.finding = part ? hit.owner - wholes : hit.owner;
                remain.part = part;
                if (++remain.count <= mostShown) {
                    if (!lines) {
                        lines.emplace(text);
                    }
                    remain.places.push_back(locationOf(after, region, bytes, *lines));
                }
            }
        }
    }
    std::vector<Remain> list;
    list.reserve(found.size());
    for (auto& [finding, remain] : found) {
        list.push_back(std::move(remain));
    }
    return list;
}

} // namespace cupel::engine
