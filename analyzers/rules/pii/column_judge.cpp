// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/pii/column_judge.h"

#include "analyzers/rules/pii/cell_proof.h"
#include "analyzers/rules/pii/contact.h"
#include "analyzers/rules/pii/headers.h"
#include "analyzers/rules/pii/name_lists.h"
#include "analyzers/rules/pii/names.h"
#include "analyzers/rules/placeholder.h"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>
#include <vector>

namespace cupel::rules::pii {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}
bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
}

// The whole cell is a number with at most `decimals` zeros behind a point.
std::optional<double> plainNumber(std::string_view cell)
{
    double value = 0;
    double scale = 0;
    bool any = false;
    for (std::size_t i = 0; i < cell.size(); ++i) {
        const char c = cell[i];
        if (isDigit(c)) {
            any = true;
            value = scale > 0 ? value + (c - '0') * scale : value * 10 + (c - '0');
            scale /= 10;
        } else if (c == '.' && scale == 0) {
            scale = 0.1;
        } else if (c != ',' && !(i == 0 && (c == '$' || c == '+'))) {
            return {};
        }
    }
    return any && cell.size() < 20 ? std::optional(value) : std::nullopt;
}

bool looksLikeWord(std::string_view cell)
{
    const auto letters = static_cast<std::size_t>(std::count_if(cell.begin(), cell.end(), isLetter));
    return cell.size() >= 2 && cell.size() <= 60 && letters * 10 >= cell.size() * 7;
}

bool looksLikeAddress(std::string_view cell)
{
    const bool digit = std::any_of(cell.begin(), cell.end(), isDigit);
    const auto letters = std::count_if(cell.begin(), cell.end(), isLetter);
    return digit && letters >= 4 && cell.size() >= 8 && cell.find(' ') != std::string_view::npos
        && cell.find("://") == std::string_view::npos && cell.find('@') == std::string_view::npos;
}

bool looksLikeDate(std::string_view cell)
{
    const auto row = static_cast<std::size_t>(findRow("date-of-birth") - rows().data());
    const auto day = cell.substr(0, cell.find_first_of(" T"));
    const auto digits = std::count_if(day.begin(), day.end(), isDigit);
    return judgeCell(day, row).fits
        || (digits >= 5 && digits <= 8 && day.size() <= 12 && std::any_of(cell.begin(), cell.end(), isLetter));
}

bool fitsKind(std::string_view cell, std::string_view kind)
{
    if (kind == "word") {
        return looksLikeWord(cell);
    }
    if (kind == "name") { // "Barnett, Daniel J.; Balicer, Ran D.": the first of several speaks for them
        cell = cell.substr(0, cell.find(';'));
        return looksLikePerson(cell) || isGivenName(cell) || isFamilyName(cell);
    }
    if (kind == "handle") {
        return cell.size() >= 2 && cell.size() <= 40 && cell.find(' ') == std::string_view::npos
            && std::any_of(cell.begin(), cell.end(), isLetter);
    }
    if (kind == "address") {
        return looksLikeAddress(cell);
    }
    if (kind == "code") {
        return cell.size() >= 3 && cell.size() <= 20 && std::any_of(cell.begin(), cell.end(), isDigit);
    }
    if (kind == "age" || kind == "year" || kind == "money" || kind == "number") {
        const auto value = plainNumber(cell);
        return value
            && (kind == "age"        ? *value <= 120
                    : kind == "year" ? *value >= 1880 && *value <= 2030
                                     : *value > 0 || kind == "number");
    }
    if (kind == "short") {
        return cell.size() <= 40;
    }
    if (kind == "prose") {
        return cell.size() >= 30 && std::count(cell.begin(), cell.end(), ' ') >= 4;
    }
    return kind == "date" ? looksLikeDate(cell) : kind == "any";
}

struct Sample {
    std::vector<std::string_view> cells;
    std::set<std::string_view> distinct;
};

Sample sampleOf(const formats::FrameColumn& column)
{
    Sample sample;
    for (const auto& cell : column.cells) {
        if (sample.cells.size() >= sampledCells) {
            break;
        }
        if (holdsValue(cell.text)) {
            sample.cells.push_back(cell.text);
            sample.distinct.insert(cell.text);
        }
    }
    return sample;
}

ColumnVerdict countOf(const Sample& sample, std::size_t row)
{
    ColumnVerdict verdict;
    verdict.row = &rows()[row];
    verdict.filled = sample.cells.size();
    verdict.distinct = sample.distinct.size();
    const bool shaped = verdict.row->cells == "own" || (!verdict.row->shapes.empty() && verdict.row->cells.empty());
    for (const auto cell : sample.cells) {
        if (shaped) {
            const auto proof = judgeCell(cell, row);
            verdict.fitting += proof.fits ? 1 : 0;
            verdict.proved = verdict.proved || proof.proved;
            verdict.checksum = verdict.checksum || proof.checksum;
        } else {
            verdict.fitting += fitsKind(cell, verdict.row->cells) ? 1 : 0;
        }
    }
    return verdict;
}

bool enough(const ColumnVerdict& verdict, double share)
{
    return static_cast<double>(verdict.fitting) >= share * static_cast<double>(verdict.filled);
}

// "name" heads columns of countries and cities too.
bool namesPlaces(const Sample& sample)
{
    const auto places = static_cast<std::size_t>(std::count_if(
        sample.distinct.begin(), sample.distinct.end(), [](std::string_view cell) { return isPlaceName(cell); }));
    return places * 2 >= sample.distinct.size();
}

std::optional<ColumnVerdict> byHeader(const formats::FrameColumn& column, const Sample& sample)
{
    std::optional<ColumnVerdict> best;
    std::size_t bestScore = 0;
    for (const auto& match : rowsOfHeader(normaliseHeader(column.name))) {
        auto verdict = countOf(sample, match.row);
        const auto& row = *verdict.row;
        // A name column of products has few people in it; what has a shape must mostly have it.
        const double share = row.cells == "name" ? 0.3 : row.cells == "address" ? 0.4 : 0.6;
        if (verdict.fitting == 0 || !enough(verdict, share)
            || (row.cells == "name" && verdict.distinct >= 2 && namesPlaces(sample))) {
            continue;
        }
        verdict.byHeader = true;
        verdict.confidence =
            verdict.checksum && enough(verdict, 0.8) && verdict.distinct >= 2 ? Confidence::Certain : row.confidence;
        if (!match.whole && verdict.confidence == Confidence::Certain && !verdict.checksum) {
            verdict.confidence = Confidence::Likely;
        }
        const auto score = (match.whole ? 10'000U : 0U) + (verdict.checksum ? 5'000U : 0U)
            + (verdict.proved ? 2'000U : 0U) + row.rank * 10U
            + verdict.fitting * 100 / std::max<std::size_t>(1, verdict.filled);
        if (!best || score > bestScore) {
            best = verdict;
            bestScore = score;
        }
    }
    return best;
}

// Without a header only values that prove themselves count, and enough of them: a checksum hits by chance once in ten.
std::optional<ColumnVerdict> byValues(const Sample& sample)
{
    constexpr std::size_t fewest = 8;
    constexpr std::size_t fewestSure = 3;
    if (sample.distinct.size() < fewestSure || sample.cells.front().size() < 6) {
        return {};
    }
    std::optional<ColumnVerdict> best;
    for (std::size_t row = 0; row < rows().size(); ++row) {
        const auto& info = rows()[row];
        const bool own = info.cells == "own" && info.id != "phone" && info.id != "ip-internal";
        const bool sure = own || info.need == Need::Itself;
        if ((!own && info.checks.empty()) || info.kind == Kind::Organisation
            || (!sure && sample.distinct.size() < fewest)) {
            continue;
        }
        const auto first = judgeCell(sample.cells.front(), row);
        if (!first.fits || (!sure && !first.checksum)) {
            continue;
        }
        auto verdict = countOf(sample, row);
        if (!enough(verdict, sure ? 0.6 : 1.0)) {
            continue;
        }
        verdict.confidence = sure ? info.confidence : Confidence::Likely;
        if (!best || verdict.row->rank > best->row->rank) {
            best = verdict;
        }
    }
    return best;
}

// What only firms, works and places are called by; brands bear the names of people.
bool headsThings(std::string_view header)
{
    static constexpr std::array<std::string_view, 24> words{"album", "book", "brand", "brands", "building", "character",
        "city", "college", "company", "film", "hotel", "label", "manufacturer", "movie", "product", "school", "song",
        "station", "street", "team", "title", "track", "university", "variety"};
    return std::binary_search(words.begin(), words.end(), header.substr(header.rfind(' ') + 1)); // npos + 1 is 0
}

// Names of people, whatever stands above them.
std::optional<ColumnVerdict> byNames(const formats::FrameColumn& column, const Sample& sample)
{
    static const auto person = static_cast<std::size_t>(findRow("person-name") - rows().data());
    if (sample.distinct.size() < fewestNames || headsThings(normaliseHeader(column.name))
        || !isColumnOfNames({sample.distinct.begin(), sample.distinct.end()})) {
        return {};
    }
    auto verdict = countOf(sample, person);
    verdict.confidence = Confidence::Likely;
    return verdict;
}

} // namespace

// What the row of totals of a pivot table is called, sorted: nobody's name, whatever stands above it. "Max" is one.
static bool isTotal(std::string_view cell)
{
    static constexpr std::array<std::string_view, 14> words{"all", "average", "ensemble", "gesamt", "grand total",
        "insgesamt", "mean", "overall", "subtotal", "suma", "summe", "total", "totale", "totals"};
    constexpr std::size_t longest = 11;
    if (cell.size() < 3 || cell.size() > longest || !isLetter(cell.front())) {
        return false;
    }
    std::string small(cell);
    std::transform(small.begin(), small.end(), small.begin(),
        [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return std::binary_search(words.begin(), words.end(), std::string_view(small));
}

bool holdsValue(std::string_view cell)
{
    static constexpr std::array<std::string_view, 12> nothing{
        "", "NaN", "nan", "None", "none", "null", "NULL", "<NA>", "NaT", "NA", "...", "\u2026"};
    return std::find(nothing.begin(), nothing.end(), cell) == nothing.end() && !isTotal(cell)
        && !isFixPlaceholder(cell, {0, cell.size()});
}

std::optional<ColumnVerdict> judgeColumn(const formats::FrameColumn& column)
{
    const auto sample = sampleOf(column);
    if (sample.cells.empty()) {
        return {};
    }
    if (auto verdict = byHeader(column, sample)) {
        return verdict;
    }
    if (auto verdict = byNames(column, sample)) {
        return verdict;
    }
    return byValues(sample);
}

char coordinateKind(const formats::FrameColumn& column)
{
    static constexpr std::array<std::string_view, 6> latitudes{
        "lat", "latitude", "breite", "latitud", "latitudine", "breitengrad"};
    static constexpr std::array<std::string_view, 9> longitudes{
        "lon", "lng", "long", "longitude", "laenge", "longitud", "longitudine", "längengrad", "länge"};
    const auto header = normaliseHeader(column.name);
    const auto last =
        std::string_view(header).substr(header.rfind(' ') == std::string::npos ? 0 : header.rfind(' ') + 1);
    const auto first = std::string_view(header).substr(0, header.find(' '));
    const auto is = [&](const auto& list) {
        return std::any_of(
            list.begin(), list.end(), [&](std::string_view word) { return word == last || word == first; });
    };
    const char kind = is(latitudes) ? 'a' : is(longitudes) ? 'o' : '\0';
    if (kind == '\0') {
        return kind;
    }
    const auto sample = sampleOf(column);
    const auto good = std::count_if(sample.cells.begin(), sample.cells.end(), [kind](std::string_view cell) {
        const auto value = degrees(cell);
        return value && (kind == 'o' || (*value >= -90 && *value <= 90));
    });
    return good > 0 && static_cast<std::size_t>(good) * 2 >= sample.cells.size() ? kind : '\0';
}

} // namespace cupel::rules::pii
