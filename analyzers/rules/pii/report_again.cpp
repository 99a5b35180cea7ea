// SPDX-License-Identifier: GPL-3.0-or-later
// What is met a second time: a column in other outputs, its values in other texts of the notebook.
#include "analyzers/rules/pii/report.h"

#include "analyzers/base/redact.h"

#include <algorithm>
#include <array>

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

void Report::labels(const formats::Frame& frame)
{
    constexpr std::size_t mostFrames = 200;
    constexpr std::size_t mostLabels = 200;
    if (frame.columns.empty() || !frame.columns.front().name.empty() || m_labels.size() >= mostFrames) {
        return;
    }
    std::set<std::string> words;
    for (const auto& cell : frame.columns.front().cells) {
        const bool word = !cell.text.empty() && std::none_of(cell.text.begin(), cell.text.end(), [](char c) {
            return (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '%' || c == '/';
        });
        if (word && words.size() < mostLabels) {
            words.insert(cell.text);
        }
    }
    if (words.size() >= 2) {
        m_labels.emplace_back(words.begin(), words.end());
    }
}

// Half of the labels, and two at least, are values of one column: the others are of the same kind.
void Report::learnLabels()
{
    for (const auto& words : m_labels) {
        std::map<std::size_t, std::size_t> owners;
        for (const auto& word : words) {
            if (const auto owner = m_known.ownerOf(word); owner && m_owners[*owner].column) {
                ++owners[*owner];
            }
        }
        const auto best = std::max_element(
            owners.begin(), owners.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
        if (best == owners.end() || best->second < 2 || best->second * 2 < words.size()) {
            continue;
        }
        const auto& hit = m_owners[best->first].column->hit;
        if (hit.rule != ruleId("person-name") && hit.rule != ruleId("first-name") && hit.rule != ruleId("last-name")) {
            continue;
        }
        for (const auto& word : words) {
            m_known.learn(word, best->first);
        }
    }
    m_labels.clear();
}

void Report::learnHandle(const Value& value, std::string_view address)
{
    constexpr std::size_t shortest = 5; // of what nobody else is likely to be called
    const auto local = address.substr(0, address.find_first_of("@ [({"));
    if (local.size() >= shortest && value.region >= 0) {
        m_handles.learn(local, 0);
    }
}

void Report::handle(const KnownValues::Hit& hit, const TextPlace& place)
{
    constexpr std::size_t near = 24;
    static const auto* row = findRow("user-name");
    // What a cell printed: a link in the text or in the code has to go on working.
    if (!isOutput(place.region) || !row) {
        return;
    }
    const auto before = place.text.substr(
        hit.place.start > near ? hit.place.start - near : 0, std::min<std::size_t>(near, hit.place.start));
    static constexpr std::array<std::string_view, 10> hosts{"github.com:", "github.com/", "gitlab.com:", "gitlab.com/",
        "bitbucket.org:", "bitbucket.org/", "codeberg.org:", "codeberg.org/", "huggingface.co/", "hf.co/"};
    if (std::none_of(hosts.begin(), hosts.end(), [before](std::string_view host) { return before.ends_with(host); })) {
        return;
    }
    Value value;
    value.match.row = row;
    value.match.place = hit.place;
    value.match.severity = Severity::Low;
    value.match.confidence = Confidence::Likely;
    value.match.proved = true;
    value.match.proof = "an e-mail address in this notebook is made of it";
    value.match.byAddress = true;
    value.bytes = place.toArtifact(hit.place);
    value.region = place.regionIndex;
    value.line = place.lineOf(hit.place.start);
    value.masked = maskByShape(slice(place.text, hit.place));
    value.inert = true;
    value.again = true;
    m_values[{row, place.regionIndex}].push_back(std::move(value));
}

void Report::again(const KnownValues::Hit& hit, const TextPlace& place)
{
    if (!m_sorted) {
        m_sorted = true;
        mergeRanges(m_done);
        mergeRanges(m_judged);
    }
    const auto bytes = place.toArtifact(hit.place);
    auto& owner = m_owners[hit.owner];
    const bool code = place.region->kind == RegionKind::Code;
    const bool prose = place.region->kind == RegionKind::Markdown || place.region->kind == RegionKind::Raw;
    const bool settings = place.region->kind == RegionKind::Metadata || place.region->kind == RegionKind::WidgetState;
    const auto value = slice(place.text, hit.place);
    // A name that a column of towns holds as well goes; a code of the column's own kind is told with the column.
    const bool direct = owner.column || owner.value.match.row->kind == Kind::Direct;
    if (touches(m_done, bytes) || (!direct && touches(m_judged, bytes))) {
        if (code && m_toldInCode.size() < mostAgain) {
            ++m_toldInCode[owner.column ? keyOf(owner.column->hit.rule, value) : std::string(value)];
        }
        return;
    }
    if (!hit.same || settings || (code && !isWholeLiteral(place.text, hit.place) && !isNoIdentifier(value))
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
        same.cell = place.region->cell;
        same.toldAt = same.cell == owner.value.cell ? std::string("elsewhere in this cell ")
                                                    : "in cell " + std::to_string(owner.value.cell) + ' ';
        same.line = place.lineOf(hit.place.start);
        same.again = true;
        m_values[{same.match.row, same.region}].push_back(std::move(same));
    }
}

bool Report::takenByColumn(const Value& value)
{
    if (value.text.empty() || value.allowed) {
        return false;
    }
    for (auto it = m_columns.lower_bound({-1, true, std::string(value.match.row->id), {}}); it != m_columns.end();
        ++it) {
        auto& column = it->second;
        const auto& [region, masked, row, header] = it->first;
        if (region != -1 || !masked || row != value.match.row->id) {
            return false;
        }
        const auto number = column.numbers.find(value.text);
        if (!column.outputs.contains(value.output) || number == column.numbers.end()) {
            continue;
        }
        m_sink.markSensitive(value.bytes);
        if (column.hit.fix && column.hit.fix->edits.size() < mostEdits) {
            column.hit.fix->edits.push_back(
                {value.bytes, '[' + column.placeholder + '-' + std::to_string(number->second) + ']'});
        } else {
            limit(value.bytes);
        }
        return true;
    }
    return false;
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

void Report::sayElsewhere(Column& column) const
{
    const auto places = [](std::size_t count, const char* which) {
        return std::to_string(count) + which + (count == 1 ? " place" : " places");
    };
    for (const auto& [value, number] : column.numbers) {
        const auto told = m_toldInCode.find(value);
        column.inCode += told == m_toldInCode.end() ? 0 : told->second;
    }
    auto& message = column.hit.message;
    if (column.elsewhere > 0) {
        message += " Its values stand at " + places(column.elsewhere, " more") + " of the notebook";
    }
    if (column.inCode > 0) {
        message += column.elsewhere > 0 ? ", and at " : " Its values stand at ";
        message += places(column.inCode, "") + " of its code, which another finding tells";
    }
    message += column.elsewhere + column.inCode > 0 ? "." : "";
}

// Texts and outputs go with the column; literals of code are a finding of their own, as the code has to be run again.
void Report::columnAgain(Column& column, ByteRange bytes, const TextPlace& place, const KnownValues::Hit& hit)
{
    m_sink.markSensitive(bytes);
    if (place.region->kind != RegionKind::Code) {
        const bool twin = outputOf(place) == column.told; // the same output in another form
        column.elsewhere += twin ? 0 : 1;
        if (!twin && column.hit.evidence.size() < mostShown) {
            column.hit.evidence.push_back({"place", bytes, place.regionIndex, place.lineOf(hit.place.start), {}});
        }
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
    ++column.inCode;
}

} // namespace cupel::rules::pii
