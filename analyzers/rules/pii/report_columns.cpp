// SPDX-License-Identifier: GPL-3.0-or-later
// Columns of tables: what is said of each, where it is shown again, and the edits that take its values out.
#include "analyzers/base/utf8.h"
#include "analyzers/rules/pii/headers.h"
#include "analyzers/rules/pii/name_lists.h"
#include "analyzers/rules/pii/report.h"
#include "analyzers/rules/value_digest.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace cupel::rules::pii {

namespace {

std::string percent(std::size_t part, std::size_t whole)
{
    return std::to_string(whole == 0 ? 0 : part * 100 / whole) + " %";
}

const formats::FrameCell* firstFilled(const formats::FrameColumn& column)
{
    const auto hit = std::find_if(
        column.cells.begin(), column.cells.end(), [](const formats::FrameCell& cell) { return holdsValue(cell.text); });
    return hit == column.cells.end() ? nullptr : &*hit;
}

void noteSet(Hit& hit, const FrameVerdict& verdict, bool say)
{
    if (!verdict.knownSet.empty()) {
        hit.arguments["dataset"] = verdict.knownSet;
        hit.evidence.push_back(
            {"context", {}, -1, 0, "columns of a public data set: " + std::string(verdict.knownSet)});
        hit.message += say ? " The frame looks like a public data set, " + std::string(verdict.knownSet)
                + ": its values are not masked."
                           : std::string();
    }
}

// Of an attribute such as a sex or an education any value may be one: the header is all there is.
bool onlyHeader(const ColumnVerdict& verdict)
{
    return verdict.byHeader && !verdict.proved && !verdict.checksum && verdict.row->kind != Kind::Direct
        && verdict.row->shapes.empty();
}

std::string told(const ColumnVerdict& verdict)
{
    const bool first = verdict.filled >= sampledCells;
    const auto filled = std::to_string(verdict.filled);
    if (onlyHeader(verdict)) {
        return (first                  ? "the first " + filled + " filled cells were looked at"
                       : filled == "1" ? "1 cell holds a value"
                                       : filled + " cells hold a value")
            + ", and what each says is not judged";
    }
    return std::to_string(verdict.fitting) + " of " + (first ? "the first " : "") + filled
        + " filled cells can be told to be such values";
}

std::string columnSentence(const std::string& name, std::size_t rows, const ColumnVerdict& verdict)
{
    return (name.empty() ? "A column of " : "The column \"" + name + "\" of ") + std::to_string(rows)
        + (rows == 1 ? " row" : " rows") + " holds this class of data: " + std::string(verdict.row->title)
        + (onlyHeader(verdict)     ? ". Only its header says so: "
                : verdict.byHeader ? ". Its header says so, and "
                                   : ". Its header does not say so, but ")
        + told(verdict) + '.';
}

std::string differing(const ColumnVerdict& verdict)
{
    return "; " + std::to_string(verdict.distinct) + (verdict.distinct == 1 ? " value" : " different values");
}

// What is told of a column that is shown several times is the fullest of its tables: values first, then rows.
std::pair<std::size_t, std::size_t> sizeOf(const formats::Frame& frame, const PersonalColumn* column)
{
    return {column ? column->verdict.filled : 0, frame.rows};
}

} // namespace

void Report::hide(const formats::FrameColumn& cells, const TextPlace& place)
{
    for (const auto& cell : cells.cells) {
        if (!cell.source.empty()) {
            m_sink.markSensitive(place.toArtifact(cell.source));
        }
    }
}

// Every cell gets a placeholder; equal values get equal ones, so that a redacted table can still be joined and counted.
void Report::redact(Column& column, const formats::FrameColumn& cells, const TextPlace& place)
{
    for (const auto& cell : cells.cells) {
        if (cell.source.empty() || !holdsValue(cell.text)) {
            continue;
        }
        const auto bytes = place.toArtifact(cell.source);
        const auto number =
            column.numbers.emplace(keyOf(column.hit.rule, cell.text), column.numbers.size() + 1).first->second;
        if (column.hit.fix && column.hit.fix->edits.size() < mostEdits) {
            column.hit.fix->edits.push_back({bytes, '[' + column.placeholder + '-' + std::to_string(number) + ']'});
        } else {
            limit(bytes);
        }
        if (!column.masked) {
            m_judged.push_back(bytes);
            continue;
        }
        m_sink.markSensitive(bytes);
        m_done.push_back(bytes);
        if (place.region && place.region->cell >= 0) {
            m_known.learn(cell.text, column.owner);
        }
    }
}

// A table that begins with its first row has a value where others have a header.
static std::optional<formats::FrameColumn> withHeader(const formats::FrameColumn& column, const ColumnVerdict& verdict)
{
    if (verdict.byHeader || verdict.row->id != "person-name" || !isFullName(column.name)) {
        return {};
    }
    auto all = column;
    all.cells.push_back({all.name, all.source});
    return all;
}

void Report::column(
    const formats::Frame& frame, const PersonalColumn& personal, const FrameVerdict& verdict, const TextPlace& place)
{
    const auto headed = withHeader(frame.columns[personal.index], personal.verdict);
    const auto& cells = headed ? *headed : frame.columns[personal.index];
    const auto& row = *personal.verdict.row;
    const bool masked = verdict.knownSet.empty() && (row.kind == Kind::Direct || row.id == "date-of-birth");
    const auto severity =
        verdict.knownSet.empty() ? severityAt(row, personal.severity, place.region) : personal.severity;
    const ColumnKey key{isOutput(place.region) ? -1 : place.regionIndex, verdict.knownSet.empty(), std::string(row.id),
        normaliseHeader(cells.name)};
    if (isOutput(place.region) && verdict.knownSet.empty() && isPartOfSet(key, place)) {
        return;
    }
    if (auto* same = columnOf(key)) {
        if (same->size < sizeOf(frame, &personal) && isOutput(place.region)) {
            auto places = takePlaces(*same, place);
            tell(*same, frame, personal, verdict, place);
            same->hit.evidence.insert(same->hit.evidence.end(), places.begin(), places.end());
        } else {
            shownAgain(*same, cells.source.empty() ? frame.source : cells.source, place);
        }
        same->hit.severity = std::max(same->hit.severity, severity);
        same->hit.confidence = std::max(same->hit.confidence, personal.verdict.confidence);
        noteTruncated(*same, frame);
        if (verdict.knownSet.empty()) {
            redact(*same, cells, place);
        }
        return;
    }
    auto& column = m_columns[key];
    column.masked = masked;
    column.outputs.insert(column.told = outputOf(place));
    column.owner = m_owners.size();
    m_owners.push_back({&column, {}});
    column.hit.severity = severity;
    column.hit.confidence = personal.verdict.confidence;
    tell(column, frame, personal, verdict, place);
    column.placeholder = column.hit.rule.substr(std::string_view("CUP-PII-").size());
    offerFix(column, cells, frame, verdict, place);
    noteTruncated(column, frame);
}

// No edit reaches what was not read, in whichever of its tables that is.
void Report::noteTruncated(Column& column, const formats::Frame& frame)
{
    if (frame.truncated) {
        column.truncated = std::max(column.truncated, frame.rows);
        column.hit.fix.reset();
    }
}

// What is said of the column, by the table `frame`.
void Report::tell(Column& column, const formats::Frame& frame, const PersonalColumn& personal,
    const FrameVerdict& verdict, const TextPlace& place)
{
    const auto& cells = frame.columns[personal.index];
    const auto& row = *personal.verdict.row;
    auto& hit = column.hit;
    column.size = sizeOf(frame, &personal);
    hit.rule = ruleId(row.id);
    const auto* filled = firstFilled(cells);
    const auto shown = !cells.source.empty() ? cells.source : filled ? filled->source : frame.source;
    hit.bytes = place.toArtifact(shown);
    hit.region = place.regionIndex;
    hit.regionLine = place.lineOf(shown.start);
    const auto share = percent(personal.verdict.fitting, personal.verdict.filled);
    const auto sample = filled ? maskByShape(filled->text) : std::string();
    // A header that names the class is no secret; of others nobody knows.
    const auto name = personal.verdict.byHeader ? toDisplay(cells.name, 60) : std::string();
    hit.message = columnSentence(name, frame.rows, personal.verdict);
    hit.arguments = {{"type", std::string(row.title)}, {"country", std::string(row.country)},
        {"share", onlyHeader(personal.verdict) ? std::string("only the header") : share},
        {"rows", std::to_string(frame.rows)}, {"distinct", std::to_string(personal.verdict.distinct)},
        {"sample", sample}};
    if (!name.empty()) {
        hit.arguments["column"] = name;
    }
    hit.evidence.push_back({"column", {}, -1, 0, told(personal.verdict) + differing(personal.verdict)});
    if (column.masked) {
        hit.evidence.push_back({"sample", {}, -1, 0, sample});
    }
    if (personal.verdict.checksum || personal.verdict.proved) {
        hit.evidence.push_back(
            {"check", {}, -1, 0, personal.verdict.checksum ? "check digits are right" : "structure is right"});
    }
    noteSet(hit, verdict, true);
}

// An age or a diagnosis may be what the notebook is about: whether it goes is asked for. What is public stays, and no
// edit reaches what was not read.
void Report::offerFix(Column& column, const formats::FrameColumn& cells, const formats::Frame& frame,
    const FrameVerdict& verdict, const TextPlace& place)
{
    if (!verdict.knownSet.empty()) {
        return;
    }
    if (!frame.truncated) {
        column.hit.fix = Fix{column.masked ? "redact-column" : "replace-column", !computes(place.region), {}};
    }
    redact(column, cells, place);
}

// Where it stood so far, when that was another output; nothing else of what was told stays.
std::vector<Hit::Extra> Report::takePlaces(Column& column, const TextPlace& place)
{
    auto& hit = column.hit;
    auto places = std::exchange(hit.evidence, {});
    std::erase_if(places, [](const Hit::Extra& extra) { return extra.role != "place"; });
    if (std::exchange(column.told, outputOf(place)) != outputOf(place)) {
        places.insert(places.begin(), {"place", hit.bytes, hit.region, hit.regionLine, {}});
    }
    column.outputs.insert(outputOf(place));
    return places;
}

void Report::combination(const formats::Frame& frame, const FrameVerdict& verdict, const TextPlace& place)
{
    const auto& first = frame.columns[verdict.combination.front()];
    std::string headers;
    for (const auto index : verdict.combination) {
        headers += normaliseHeader(frame.columns[index].name) + ',';
    }
    const ColumnKey key{
        isOutput(place.region) ? -1 : place.regionIndex, verdict.knownSet.empty(), "reidentification", headers};
    auto* same = columnOf(key);
    if (same && (!isOutput(place.region) || sizeOf(frame, nullptr) <= same->size)) {
        shownAgain(*same, first.source.empty() ? frame.source : first.source, place);
        return;
    }
    auto& column = m_columns[key];
    const auto places = same ? takePlaces(*same, place) : std::vector<Hit::Extra>();
    column.size = sizeOf(frame, nullptr);
    auto& hit = column.hit;
    column.outputs.insert(column.told = outputOf(place));
    hit.rule = "CUP-PII-REIDENTIFICATION";
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
            if (!cells.source.empty()) { // in a line of JSON all of them would read alike
                const bool named = personal.verdict.byHeader && !cells.name.empty();
                hit.evidence.push_back({"column", place.toArtifact(cells.source), place.regionIndex, 0,
                    named ? toDisplay(cells.name, 60) : std::string()});
            }
        }
    }
    hit.message = "These columns together single most people out, also without a name: " + traits + ". "
        + std::to_string(frame.rows) + (frame.rows == 1 ? " row is shown." : " rows are shown.");
    hit.arguments = {{"traits", traits}, {"rows", std::to_string(frame.rows)}};
    noteSet(hit, verdict, false);
    hit.evidence.insert(hit.evidence.end(), places.begin(), places.end());
}

// "••.••••••, -•••.••••••": how exact they are is what counts.
static std::string samplePosition(const formats::Frame& frame, const FrameVerdict& verdict)
{
    const auto& latitudes = frame.columns[verdict.latitude].cells;
    const auto& longitudes = frame.columns[verdict.longitude].cells;
    for (std::size_t i = 0; i < std::min(latitudes.size(), longitudes.size()); ++i) {
        if (latitudes[i].text.find('.') != std::string::npos && longitudes[i].text.find('.') != std::string::npos) {
            return maskByShape(latitudes[i].text) + ", " + maskByShape(longitudes[i].text);
        }
    }
    return {};
}

void Report::coordinates(const formats::Frame& frame, const FrameVerdict& verdict, const TextPlace& place)
{
    const ColumnKey key{
        isOutput(place.region) ? -1 : place.regionIndex, verdict.knownSet.empty(), "latitude-longitude", {}};
    const auto& latitude = frame.columns[verdict.latitude];
    const auto header = latitude.source.empty() ? frame.source : latitude.source;
    const auto& row = *findRow("latitude-longitude");
    const bool persons = isAboutPersons(verdict.columns);
    const bool known = !verdict.knownSet.empty() || verdict.cities;
    const auto severity = known ? Severity::Info : persons ? row.severity : Severity::Low;
    if (!known) { // the sample is masked, and so are the cells
        hide(latitude, place);
        hide(frame.columns[verdict.longitude], place);
    }
    if (auto* same = columnOf(key)) {
        shownAgain(*same, header, place);
        same->hit.severity = std::max(same->hit.severity, severity);
        return;
    }
    auto& column = m_columns[key];
    column.outputs.insert(outputOf(place));
    column.placeholder = "PLACE";
    auto& hit = column.hit;
    hit.rule = ruleId(row.id);
    hit.bytes = place.toArtifact(header);
    hit.region = place.regionIndex;
    hit.regionLine = place.lineOf(header.start);
    hit.severity = severity;
    hit.confidence = persons ? Confidence::Likely : Confidence::Possible;
    hit.message = "Two columns hold positions on Earth with four decimals or more, about ten metres: "
        + std::to_string(frame.rows) + " rows.";
    hit.arguments = {{"rows", std::to_string(frame.rows)}};
    const auto& longitude = frame.columns[verdict.longitude];
    if (!latitude.name.empty() && !longitude.name.empty()) { // words like "lat": that is how they are told
        hit.arguments["column"] = toDisplay(latitude.name, 30) + ", " + toDisplay(longitude.name, 30);
    }
    if (!longitude.source.empty()) {
        hit.evidence.push_back({"column", place.toArtifact(longitude.source), place.regionIndex, 0, {}});
    }
    if (known) { // a masked sample beside cells in clear would be no truth
        hit.message += verdict.cities ? " They are positions of towns and are not masked."
                                      : " They are those of a public data set and are not masked.";
        return;
    }
    if (auto sample = samplePosition(frame, verdict); !sample.empty()) {
        hit.arguments["sample"] = sample;
        hit.evidence.push_back({"sample", {}, -1, 0, std::move(sample)});
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

void Report::finishColumn(Column& column)
{
    const auto tidy = [](std::vector<TextEdit>& edits) {
        std::sort(edits.begin(), edits.end(), [](const TextEdit& a, const TextEdit& b) { return a.bytes < b.bytes; });
        const auto overlap = [](const TextEdit& a, const TextEdit& b) { return b.bytes.start < a.bytes.end; };
        edits.erase(std::unique(edits.begin(), edits.end(), overlap), edits.end());
    };
    auto& hit = column.hit;
    if (!column.numbers.empty()) { // all that were read, also where there are too many for a fix
        std::vector<std::string> values;
        std::transform(column.numbers.begin(), column.numbers.end(), std::back_inserter(values),
            [](const auto& numbered) { return numbered.first; });
        // Of a sex or an age there are so few that any digest would tell them.
        hit.values = column.masked ? digestOf(hit.rule, std::move(values)) : std::string(untoldValues);
    }
    if (column.outputs.size() > 1) {
        hit.message += " It stands in " + std::to_string(column.outputs.size()) + " outputs.";
        hit.arguments["count"] = std::to_string(column.outputs.size());
    }
    if (column.truncated > 0) {
        hit.message += " Its first " + std::to_string(column.truncated) + " rows were read, the others were not.";
    }
    sayElsewhere(column);
    sayLeft(hit, column.left);
    if (hit.fix) {
        tidy(hit.fix->edits);
    }
    m_sink.add(std::move(hit));
    if (auto& code = column.code; code.fix) {
        tidy(code.fix->edits);
        const auto places = code.fix->edits.size();
        code.message = "Values of a personal column that an output shows stand in the code too ("
            + std::to_string(places) + (places == 1 ? " place)." : " places).");
        code.arguments["count"] = std::to_string(code.fix->edits.size());
        m_sink.add(std::move(code));
    }
}

} // namespace cupel::rules::pii
