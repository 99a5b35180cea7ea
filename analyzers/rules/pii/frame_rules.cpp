// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/pii/frame_rules.h"

#include "analyzers/formats/html/html_blocks.h"
#include "analyzers/rules/pii/contact.h"
#include "analyzers/rules/pii/headers.h"
#include "analyzers/rules/pii/positions.h"
#include "analyzers/rules/pii/scanner_rows.h"
#include "analyzers/rules/pii/version_number.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace cupel::rules::pii {

namespace {

bool isOne(std::string_view id, std::initializer_list<std::string_view> list)
{
    return std::find(list.begin(), list.end(), id) != list.end();
}

// What a column adds to singling a person out.
enum class Facet : std::uint8_t { None, Birth, Age, Place, Sex, Other };

Facet facetOf(std::string_view id)
{
    if (id == "date-of-birth") {
        return Facet::Birth;
    }
    if (isOne(id, {"age", "birth-year"})) {
        return Facet::Age;
    }
    if (id == "gender") {
        return Facet::Sex;
    }
    if (isOne(id,
            {"postcode", "city", "place-of-birth", "us-zip", "uk-postcode", "ca-postcode", "de-postcode", "br-cep"})) {
        return Facet::Place;
    }
    return isOne(
               id, {"marital-status", "nationality", "occupation", "education", "race-ethnicity", "religion", "salary"})
        ? Facet::Other
        : Facet::None;
}

// A date or year of birth, a place and the sex single out most people; so do several weaker traits.
std::vector<std::size_t> combinationOf(const std::vector<PersonalColumn>& columns)
{
    std::vector<std::size_t> parts;
    std::set<Facet> facets;
    std::size_t others = 0;
    for (const auto& column : columns) {
        const auto facet = facetOf(column.verdict.row->id);
        if (facet == Facet::None) {
            continue;
        }
        parts.push_back(column.index);
        facets.insert(facet);
        others += facet == Facet::Other ? 1 : 0;
    }
    const auto has = [&facets](Facet facet) { return facets.contains(facet); };
    const bool exact = has(Facet::Birth) && (has(Facet::Place) || (has(Facet::Sex) && others > 0));
    const bool rough = has(Facet::Age) && has(Facet::Place) && has(Facet::Sex);
    const bool many = (has(Facet::Age) || has(Facet::Birth)) && (has(Facet::Sex) || has(Facet::Place)) && others >= 2;
    return exact || rough || many ? parts : std::vector<std::size_t>();
}

} // namespace

// Incomes of regions, conditions of houses and prices of drugs are not about persons: someone else must be there.
bool isAboutPersons(const std::vector<PersonalColumn>& columns)
{
    std::size_t traits = 0;
    for (const auto& column : columns) {
        const auto kind = column.verdict.row->kind;
        if (kind == Kind::Direct && column.verdict.row->id != "session-cookie") {
            return true;
        }
        traits += facetOf(column.verdict.row->id) != Facet::None ? 1 : 0;
    }
    return traits >= 3;
}

namespace {

// A bare "name" beside what only things have is the name of a thing, unless nearly all of it is names of people.
bool isOfThings(const ColumnVerdict& verdict, std::size_t index, const std::vector<std::string>& names)
{
    static constexpr std::array<std::string_view, 24> words{"area", "brand", "calories", "capital", "category",
        "continent", "country", "currency", "file", "genre", "manufacturer", "model", "path", "population", "price",
        "product", "region", "size", "sku", "species", "state", "url", "version", "weight"};
    return verdict.row->id == "person-name" && names[index] == "name" && verdict.fitting * 10 < verdict.filled * 7
        && std::any_of(names.begin(), names.end(),
            [](const std::string& name) { return std::binary_search(words.begin(), words.end(), name); });
}

// Tables of films, songs and matches name those who made them, which anybody may know.
bool isOfPublicRole(const ColumnVerdict& verdict, std::string_view header)
{
    static constexpr std::array<std::string_view, 27> words{"actor", "actors", "actress", "artist", "artists",
        "athlete", "cast", "champion", "composer", "creator", "director", "directors", "laureate", "musician",
        "performer", "pitcher", "player", "politician", "president", "producer", "senator", "singer", "songwriter",
        "star", "starring", "winner", "writer"};
    const auto lastWord = header.substr(header.rfind(' ') + 1); // npos + 1 is 0
    const auto role = lastWord == "name" && header.size() > lastWord.size()
        ? header.substr(0, header.size() - lastWord.size() - 1)
        : header;
    return verdict.row->id == "person-name" && !verdict.byHeader
        && std::binary_search(words.begin(), words.end(), role.substr(role.rfind(' ') + 1));
}

void setSeverity(PersonalColumn& column, bool persons, bool known)
{
    const auto& row = *column.verdict.row;
    column.severity = row.severity;
    column.reported = true;
    if (row.kind == Kind::Quasi) {
        column.reported = row.severity >= Severity::Medium || persons; // ages and towns of nobody are statistics
    } else if (row.kind == Kind::Special && !persons) {
        column.reported = row.severity >= Severity::Medium && row.cells != "word" && row.cells != "money";
        column.severity = std::min(row.severity, Severity::Low);
        column.verdict.confidence = Confidence::Possible;
    } else if (row.kind == Kind::Organisation || row.severity == Severity::Info) {
        column.reported = row.kind == Kind::Organisation && column.verdict.checksum;
    }
    if (known) {
        column.severity = Severity::Info;
    }
}

// The textbook's data set that these are; empty: none, or somebody has put columns of persons beside its own.
std::string_view publicSet(const std::vector<PersonalColumn>& columns, const std::vector<std::string>& names)
{
    const auto* set = knownDataSet(names);
    const auto isStrange = [&](const PersonalColumn& column) {
        const auto& row = *column.verdict.row;
        return (row.kind == Kind::Direct || row.kind == Kind::Special) && row.severity >= Severity::Medium
            && !isOfDataSet(*set, names[column.index]);
    };
    return !set || std::any_of(columns.begin(), columns.end(), isStrange) ? std::string_view() : set->name;
}

// First names alone, and few of them: teachers call their rows so. Whose they are nothing else says.
bool isOfFirstNames(const PersonalColumn& column, const std::vector<PersonalColumn>& all, const formats::Frame& frame)
{
    constexpr std::size_t few = 8;
    const auto& cells = frame.columns[column.index].cells;
    return column.verdict.row->id == "person-name" && column.verdict.distinct <= few
        && std::all_of(cells.begin(), cells.end(),
            [](const formats::FrameCell& cell) { return cell.text.find(' ') == std::string::npos; })
        && std::none_of(all.begin(), all.end(), [&](const PersonalColumn& other) {
               return other.index != column.index
                   && (other.verdict.row->kind == Kind::Direct || facetOf(other.verdict.row->id) == Facet::Birth);
           });
}

// Each town has one position: where the town is, not where somebody lives in it.
bool arePositionsOfTowns(
    const FrameVerdict& verdict, const formats::Frame& frame, const std::vector<std::string>& names)
{
    static constexpr std::array<std::string_view, 10> towns{
        "airport", "capital", "cities", "city", "country", "municipality", "stadt", "town", "village", "ville"};
    const auto found = std::find_if(names.begin(), names.end(), [](const std::string& name) {
        const auto first = std::string_view(name).substr(0, name.find(' '));
        const auto last = std::string_view(name).substr(name.rfind(' ') + 1); // npos + 1 is 0
        return std::binary_search(towns.begin(), towns.end(), first)
            || std::binary_search(towns.begin(), towns.end(), last);
    });
    if (found == names.end()) {
        return false;
    }
    const auto& town = frame.columns[static_cast<std::size_t>(found - names.begin())].cells;
    const auto& latitudes = frame.columns[verdict.latitude].cells;
    const auto& longitudes = frame.columns[verdict.longitude].cells;
    std::map<std::string_view, std::pair<std::string_view, std::string_view>> places;
    for (std::size_t i = 0; i < std::min({town.size(), latitudes.size(), longitudes.size()}); ++i) {
        const std::pair place{std::string_view(latitudes[i].text), std::string_view(longitudes[i].text)};
        if (place.first.find('.') == std::string_view::npos || town[i].text.empty()) {
            continue; // no number
        }
        if (places.emplace(town[i].text, place).first->second != place) {
            return false;
        }
    }
    return !places.empty();
}

// "<chr>", which a notebook of R writes below the name of a column.
bool isTypeOfR(std::string_view text)
{
    return text.size() >= 5 && text.size() <= 12 && text.front() == '<' && text.back() == '>';
}

formats::Frame frameOf(formats::HtmlTable& table)
{
    formats::Frame frame;
    const std::size_t width = table.rows.empty() ? 0 : table.rows.front().size();
    const std::size_t head = table.headRows > 0 ? table.headRows : table.rows.size() > 2 ? 1 : 0;
    frame.columns.resize(width);
    frame.source = {UINT64_MAX, 0};
    for (std::size_t r = 0; r < table.rows.size(); ++r) {
        for (std::size_t c = 0; c < width; ++c) {
            auto& cell = table.rows[r][c];
            if (!cell.source.empty()) {
                frame.source.start = std::min(frame.source.start, cell.source.start);
                frame.source.end = std::max(frame.source.end, cell.source.end);
            }
            auto& column = frame.columns[c];
            if (r >= head) {
                column.cells.push_back({std::move(cell.text.text), cell.source});
            } else if (!cell.text.text.empty() && !isTypeOfR(cell.text.text)) {
                column.name = std::move(cell.text.text); // of several rows of names the last one counts
                column.source = cell.source;
            }
        }
    }
    frame.rows = table.rows.size() - std::min(head, table.rows.size());
    frame.truncated = table.droppedRows > 0;
    return frame;
}

// describe(), agg(): counts, means and quantiles are nobody's place.
bool isSummary(const formats::Frame& frame)
{
    static constexpr std::array<std::string_view, 16> words{"25%", "50%", "75%", "count", "freq", "kurt", "max", "mean",
        "median", "min", "sem", "skew", "std", "top", "unique", "var"};
    std::size_t known = 0;
    std::size_t others = 0;
    for (const auto& cell : frame.columns.empty() ? std::vector<formats::FrameCell>() : frame.columns.front().cells) {
        const bool is = std::binary_search(words.begin(), words.end(), std::string_view(cell.text));
        known += is ? 1U : 0U;
        others += is || cell.text.empty() ? 0U : 1U;
    }
    return known >= 2 && others <= known;
}

// Positions that were standardised or scaled lie around 0, 0, where nobody lives. Angles in radians say so.
bool areScaled(const formats::Frame& frame, std::size_t latitude, std::size_t longitude)
{
    const auto& north = frame.columns[latitude];
    if (north.name.find("rad") != std::string::npos) {
        return false;
    }
    const auto& east = frame.columns[longitude].cells;
    std::size_t sea = 0;
    std::size_t land = 0;
    for (std::size_t i = 0; i < std::min(north.cells.size(), east.size()); ++i) {
        const auto a = degrees(north.cells[i].text);
        const auto b = degrees(east[i].text);
        if (a && b) {
            (isOpenSea(*a, *b) ? sea : land) += 1;
        }
    }
    return sea > land;
}

} // namespace

FrameVerdict judgeFrame(const formats::Frame& frame)
{
    FrameVerdict out;
    std::vector<std::string> names;
    bool latitude = false;
    bool longitude = false;
    for (std::size_t i = 0; i < frame.columns.size(); ++i) {
        const auto& column = frame.columns[i];
        names.push_back(normaliseHeader(column.name));
        const char kind = coordinateKind(column);
        if (kind == 'a' && !latitude) {
            latitude = true;
            out.latitude = i;
        } else if (kind == 'o' && !longitude) {
            longitude = true;
            out.longitude = i;
        } else if (auto verdict = judgeColumn(column);
            verdict && !(verdict->row == &rows()[ownRows().ip] && headsVersions(names.back()))) {
            out.columns.push_back({i, *verdict, Severity::Info, false});
        }
    }
    out.coordinates = latitude && longitude && !isSummary(frame) && !areScaled(frame, out.latitude, out.longitude);
    out.knownSet = out.columns.empty() && !out.coordinates ? std::string_view() : publicSet(out.columns, names);
    const bool persons = isAboutPersons(out.columns);
    for (auto& column : out.columns) {
        setSeverity(column, persons, !out.knownSet.empty());
        if (isOfThings(column.verdict, column.index, names) || isOfPublicRole(column.verdict, names[column.index])) {
            column.severity = std::min(column.severity, Severity::Low);
            column.verdict.confidence = Confidence::Possible;
        }
        if (isOfFirstNames(column, out.columns, frame)) {
            column.severity = std::min(column.severity, Severity::Low);
            column.verdict.confidence = Confidence::Possible;
        }
    }
    out.cities = out.coordinates && !persons && arePositionsOfTowns(out, frame, names);
    out.combination = combinationOf(out.columns);
    return out;
}

std::vector<formats::Frame> framesOfHtml(std::string_view html)
{
    std::vector<formats::Frame> frames;
    formats::HtmlLimits limits;
    const auto from = html.find("<table");
    if (from == std::string_view::npos) {
        return frames;
    }
    auto document = formats::readHtml(html, limits, from);
    for (auto& block : document.blocks) {
        if (block.kind == formats::HtmlBlock::Kind::Table && !block.table.rows.empty()) {
            frames.push_back(frameOf(block.table));
        }
    }
    return frames;
}

} // namespace cupel::rules::pii
