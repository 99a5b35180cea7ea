// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/pii/report.h"

#include "analyzers/base/utf8.h"
#include "analyzers/rules/pii/headers.h"

#include <algorithm>
#include <cctype>

namespace cupel::rules::pii {

namespace {

constexpr std::size_t singly = 3; // values of one class in one region that are findings of their own
constexpr std::size_t together = 200; // places one finding may hold
constexpr std::size_t mostPlaces = 1'000; // of one class in one region that are listed
constexpr std::size_t mostEdits = 5'000; // cells that one fix of a column rewrites

std::string upper(std::string_view text)
{
    std::string out(text);
    std::transform(
        out.begin(), out.end(), out.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return out;
}

std::string percent(std::size_t part, std::size_t whole)
{
    return std::to_string(whole == 0 ? 0 : part * 100 / whole) + " %";
}

bool isOutput(const Region* region)
{
    return region && region->part == Part::Output;
}

bool sensitive(const PiiRow& row)
{
    return row.kind != Kind::Organisation && row.id != "ip-internal";
}

std::string proofNote(const Match& match)
{
    return match.loose   ? "check digits are wrong: mistyped, or made up"
        : match.checksum ? "check digits are right"
        : match.proved   ? "structure is right"
                         : "only the form fits";
}

} // namespace

std::string ruleId(std::string_view rowId)
{
    return "CUP-PII-" + upper(rowId);
}

void Report::add(const Match& match, const TextPlace& place, bool allowed)
{
    Value value;
    value.match = match;
    value.bytes = place.toArtifact(match.place);
    value.context = match.contextLength > 0 ? place.toArtifact(match.contextPlace) : ByteRange{};
    value.region = place.regionIndex;
    value.line = place.lineOf(match.place.start);
    value.masked = maskByShape(slice(place.text, match.place));
    value.allowed = allowed;
    // Internal addresses are a note about the file, not about each place.
    const bool once = match.row->id == "ip-internal";
    m_values[{match.row, once ? -1 : place.regionIndex}].push_back(std::move(value));
}

Hit Report::hitOf(const Value& value) const
{
    const auto& row = *value.match.row;
    Hit hit;
    hit.rule = ruleId(row.id);
    hit.bytes = value.bytes;
    hit.region = value.region;
    hit.regionLine = value.line;
    hit.severity = value.match.severity;
    hit.confidence = value.match.confidence;
    hit.sensitive = sensitive(row);
    hit.masked = value.masked;
    hit.allowed = value.allowed;
    const auto note = proofNote(value.match);
    hit.message = std::string(row.title) + " stands here in clear: " + note
        + (value.match.contextLength > 0 ? ", and a word nearby names it." : ".");
    hit.arguments = {{"type", std::string(row.title)}, {"country", std::string(row.country)}, {"sample", value.masked},
        {"proof", note}};
    hit.evidence.push_back({"check", {}, -1, 0, note});
    if (!value.context.empty()) {
        hit.evidence.push_back({"context", value.context, value.region, 0, {}});
    }
    if (hit.sensitive) {
        hit.fix = Fix{"redact", false, {}};
    }
    return hit;
}

void Report::emit(std::vector<Value>& values)
{
    const bool once = values.front().match.row->id == "ip-internal";
    if (values.size() <= singly && !once) {
        for (const auto& value : values) {
            m_sink.add(hitOf(value));
        }
        return;
    }
    // The surest value speaks for all of them.
    std::stable_sort(values.begin(), values.end(), [](const Value& a, const Value& b) {
        return std::make_tuple(a.allowed, b.match.confidence, b.match.severity)
            < std::make_tuple(b.allowed, a.match.confidence, a.match.severity);
    });
    for (const auto& value : values) {
        if (sensitive(*value.match.row)) {
            m_sink.markSensitive(value.bytes);
        }
    }
    // A log of a million addresses is told by its first ones.
    const auto all = std::min(values.size(), mostPlaces);
    for (std::size_t first = 0; first < all; first += together) {
        const auto last = std::min(all, first + together);
        auto hit = hitOf(values[first]);
        const auto more = last - first - 1;
        if (more > 0) {
            hit.message += " The same class stands at " + std::to_string(more) + " more places of this "
                + (once ? "file." : "text.");
        }
        hit.arguments["count"] = std::to_string(more + 1);
        if (all < values.size()) {
            hit.arguments["not listed"] = std::to_string(values.size() - all);
        }
        for (auto i = first + 1; i < last; ++i) {
            hit.evidence.push_back({"also", values[i].bytes, values[i].region, values[i].line, {}});
        }
        m_sink.add(std::move(hit));
    }
}

Report::Column* Report::known(const ColumnKey& key)
{
    const auto hit = m_columns.find(key);
    return hit == m_columns.end() ? nullptr : &hit->second;
}

// Every cell gets a placeholder; equal values get equal ones, so that a redacted table can still be joined and counted.
void Report::redact(Column& column, const formats::FrameColumn& cells, const TextPlace& place)
{
    for (const auto& cell : cells.cells) {
        if (cell.source.empty() || cell.text.empty() || cell.text == "..." || cell.text == "NaN"
            || cell.text == "None") {
            continue;
        }
        const auto bytes = place.toArtifact(cell.source);
        m_sink.markSensitive(bytes);
        const auto number = column.numbers.emplace(cell.text, column.numbers.size() + 1).first->second;
        if (column.hit.fix && column.hit.fix->edits.size() < mostEdits) {
            column.hit.fix->edits.push_back({bytes, '[' + column.placeholder + '-' + std::to_string(number) + ']'});
        }
    }
}

void Report::column(
    const formats::Frame& frame, const PersonalColumn& personal, const FrameVerdict& verdict, const TextPlace& place)
{
    const auto& cells = frame.columns[personal.index];
    const auto& row = *personal.verdict.row;
    const bool masked = verdict.knownSet.empty() && (row.kind == Kind::Direct || row.id == "date-of-birth");
    const ColumnKey key{place.region ? place.region->cell : -1,
        place.region && isOutput(place.region) ? place.region->output : place.regionIndex, std::string(row.id),
        normaliseHeader(cells.name)};
    if (auto* same = known(key)) {
        if (masked) {
            redact(*same, cells, place);
        }
        return;
    }
    Column column;
    auto& hit = column.hit;
    hit.rule = ruleId(row.id);
    const auto filled = std::find_if(cells.cells.begin(), cells.cells.end(),
        [](const formats::FrameCell& cell) { return !cell.text.empty() && cell.text != "..."; });
    const auto shown = !cells.source.empty() ? cells.source
        : filled != cells.cells.end()        ? filled->source
                                             : frame.source;
    hit.bytes = place.toArtifact(shown);
    hit.region = place.regionIndex;
    hit.regionLine = place.lineOf(shown.start);
    hit.severity = personal.severity;
    hit.confidence = personal.verdict.confidence;
    const auto share = percent(personal.verdict.fitting, personal.verdict.filled);
    const auto sample = filled == cells.cells.end() ? std::string() : maskByShape(filled->text);
    // A header that names the class is no secret; of others nobody knows.
    const auto name = personal.verdict.byHeader ? toDisplay(cells.name, 60) : std::string();
    hit.message = (name.empty() ? "A column of " : "The column " + name + " of ") + std::to_string(frame.rows)
        + " rows holds this class of data: " + std::string(row.title) + ". " + share + " of its cells fit"
        + (personal.verdict.byHeader ? ", and its header says so." : ", although its header does not say so.");
    hit.arguments = {{"type", std::string(row.title)}, {"country", std::string(row.country)}, {"share", share},
        {"rows", std::to_string(frame.rows)}, {"distinct", std::to_string(personal.verdict.distinct)},
        {"sample", sample}};
    if (!name.empty()) {
        hit.arguments["column"] = name;
    }
    hit.evidence.push_back({"column", {}, -1, 0,
        share + " of " + std::to_string(personal.verdict.filled) + " cells fit, "
            + std::to_string(personal.verdict.distinct) + " differ"});
    if (masked) {
        hit.evidence.push_back({"sample", {}, -1, 0, sample});
    }
    if (personal.verdict.checksum || personal.verdict.proved) {
        hit.evidence.push_back(
            {"check", {}, -1, 0, personal.verdict.checksum ? "check digits are right" : "structure is right"});
    }
    if (!verdict.knownSet.empty()) {
        hit.evidence.push_back(
            {"context", {}, -1, 0, "columns of a public data set: " + std::string(verdict.knownSet)});
        hit.arguments["dataset"] = verdict.knownSet;
        hit.message += " The frame looks like a public data set: " + std::string(verdict.knownSet) + '.';
    }
    column.placeholder = upper(row.id);
    if (masked) {
        hit.fix = Fix{"redact-column", isOutput(place.region), {}};
        redact(column, cells, place);
    }
    m_columns.emplace(key, std::move(column));
}

void Report::combination(const formats::Frame& frame, const FrameVerdict& verdict, const TextPlace& place)
{
    const ColumnKey key{place.region ? place.region->cell : -1,
        place.region && isOutput(place.region) ? place.region->output : place.regionIndex, "reidentification",
        std::to_string(verdict.combination.size())};
    if (known(key)) {
        return;
    }
    Column column;
    auto& hit = column.hit;
    hit.rule = "CUP-PII-REIDENTIFICATION";
    const auto& first = frame.columns[verdict.combination.front()];
    hit.bytes = place.toArtifact(first.source.empty() ? frame.source : first.source);
    hit.region = place.regionIndex;
    hit.regionLine = place.lineOf(first.source.start);
    hit.severity = verdict.knownSet.empty() ? Severity::Medium : Severity::Info;
    hit.confidence = Confidence::Likely;
    std::string traits;
    for (const auto& personal : verdict.columns) {
        if (std::find(verdict.combination.begin(), verdict.combination.end(), personal.index)
            != verdict.combination.end()) {
            traits += (traits.empty() ? "" : ", ") + std::string(personal.verdict.row->title);
            const auto& cells = frame.columns[personal.index];
            if (!cells.source.empty()) {
                hit.evidence.push_back({"column", place.toArtifact(cells.source), place.regionIndex, 0, {}});
            }
        }
    }
    hit.message = "These columns together single most people out, also without a name: " + traits + ". "
        + std::to_string(frame.rows) + " rows are shown.";
    hit.arguments = {{"traits", traits}, {"rows", std::to_string(frame.rows)}};
    if (!verdict.knownSet.empty()) {
        hit.arguments["dataset"] = verdict.knownSet;
        hit.evidence.push_back(
            {"context", {}, -1, 0, "columns of a public data set: " + std::string(verdict.knownSet)});
    }
    m_columns.emplace(key, std::move(column));
}

void Report::coordinates(const formats::Frame& frame, const FrameVerdict& verdict, const TextPlace& place)
{
    const ColumnKey key{place.region ? place.region->cell : -1,
        place.region && isOutput(place.region) ? place.region->output : place.regionIndex, "latitude-longitude", {}};
    auto* same = known(key);
    Column fresh;
    auto& column = same ? *same : fresh;
    if (!same) {
        auto& hit = fresh.hit;
        const auto& row = *findRow("latitude-longitude");
        const auto& latitude = frame.columns[verdict.latitude];
        hit.rule = ruleId(row.id);
        hit.bytes = place.toArtifact(latitude.source.empty() ? frame.source : latitude.source);
        hit.region = place.regionIndex;
        hit.regionLine = place.lineOf(latitude.source.start);
        hit.severity = !verdict.knownSet.empty() ? Severity::Info
            : isAboutPersons(verdict.columns)    ? row.severity
                                                 : Severity::Low;
        hit.confidence = isAboutPersons(verdict.columns) ? Confidence::Likely : Confidence::Possible;
        hit.message = "Two columns hold positions on Earth with four decimals or more, about ten metres: "
            + std::to_string(frame.rows) + " rows.";
        hit.arguments = {{"rows", std::to_string(frame.rows)}};
        fresh.placeholder = "PLACE";
        m_columns.emplace(key, std::move(fresh));
    } else if (verdict.knownSet.empty() && isAboutPersons(verdict.columns)) {
        column.hit.severity = findRow("latitude-longitude")->severity;
    }
}

void Report::add(const formats::Frame& frame, const FrameVerdict& verdict, const TextPlace& place)
{
    for (const auto& personal : verdict.columns) {
        if (personal.reported) {
            column(frame, personal, verdict, place);
        }
    }
    if (!verdict.combination.empty()) {
        combination(frame, verdict, place);
    }
    if (verdict.coordinates) {
        coordinates(frame, verdict, place);
    }
}

void Report::finish()
{
    for (auto& [key, values] : m_values) {
        emit(values);
    }
    for (auto& [key, column] : m_columns) {
        if (column.hit.fix) {
            auto& edits = column.hit.fix->edits;
            std::sort(
                edits.begin(), edits.end(), [](const TextEdit& a, const TextEdit& b) { return a.bytes < b.bytes; });
            const auto overlap = [](const TextEdit& a, const TextEdit& b) { return b.bytes.start < a.bytes.end; };
            edits.erase(std::unique(edits.begin(), edits.end(), overlap), edits.end());
        }
        m_sink.add(std::move(column.hit));
    }
    m_values.clear();
    m_columns.clear();
}

} // namespace cupel::rules::pii
