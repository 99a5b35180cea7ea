// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/frames/json_frames.h"

#include "analyzers/base/json_outline.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <unordered_map>
#include <utility>

namespace cupel::formats {

namespace {

constexpr std::size_t fewestRows = 2; // one alone is a setting or a result
constexpr std::size_t longestCell = 200; // of it no more is judged

bool isContainer(const JsonNode& node)
{
    return node.type == JsonType::Object || node.type == JsonType::Array;
}

constexpr auto noIndex = std::size_t(-1);

// A number of a row or a column, "17"; noIndex: the key is none.
std::size_t indexOf(std::string_view key)
{
    std::size_t value = 0;
    const auto [end, error] = std::from_chars(key.data(), key.data() + key.size(), value);
    return error == std::errc() && end == key.data() + key.size() && key.size() < 8 ? value : noIndex;
}

class JsonFrameReader {
public:
    JsonFrameReader(std::string_view text, const JsonOutline& outline, const FrameLimits& limits)
        : m_text(text)
        , m_json(outline)
        , m_limits(limits)
    {
    }

    std::vector<Frame> read()
    {
        std::vector<Frame> frames;
        std::uint64_t taken = 0;
        for (std::uint32_t i = 0; i < m_json.nodes().size() && frames.size() < m_limits.frames; ++i) {
            if (!isContainer(at(i)) || at(i).value.start < taken) {
                continue;
            }
            Frame frame;
            frame.source = at(i).value;
            m_cells = 0;
            const bool found =
                at(i).type == JsonType::Array ? records(i, {}, frame) || matrix(i, {}, frame) : object(i, frame);
            if (found) {
                taken = frame.source.end;
                frame.truncated = m_cells >= m_limits.cells || m_json.stoppedEarly();
                frames.push_back(std::move(frame));
            }
        }
        return frames;
    }

private:
    using Cells = std::vector<FrameCell>;

    [[nodiscard]] const JsonNode& at(std::uint32_t node) const { return m_json.nodes()[node]; }
    [[nodiscard]] std::string_view key(std::uint32_t node) const { return slice(m_text, at(node).key); }
    template <typename Use> void eachChild(std::uint32_t node, Use use) const
    {
        for (auto child = at(node).firstChild; child != 0 && use(child); child = at(child).nextSibling) { }
    }
    [[nodiscard]] std::size_t childCount(std::uint32_t node) const
    {
        std::size_t count = 0;
        eachChild(node, [&](std::uint32_t) { return ++count < m_limits.cells; });
        return count;
    }

    [[nodiscard]] FrameCell scalar(std::uint32_t node) const
    {
        auto source = at(node).value;
        if (at(node).type == JsonType::String) {
            source.start += source.size() >= 2 ? 1 : 0;
            source.end -= source.size() >= 2 ? 1 : 0;
            return {m_json.string(m_text, node, longestCell), source};
        }
        return bare(source);
    }

    [[nodiscard]] FrameCell bare(ByteRange source) const
    {
        const auto text = slice(m_text, source).substr(0, longestCell);
        return text == "null" || text == "NaN" ? FrameCell{{}, source} : FrameCell{std::string(text), source};
    }

    // The strings and numbers of a list, which has no nodes for them; false: it holds anything else.
    bool list(std::uint32_t node, Cells& out) const
    {
        out.clear();
        if (at(node).type != JsonType::Array || at(node).firstChild != 0) {
            return false;
        }
        const auto end = std::min<std::uint64_t>(at(node).value.end, m_text.size());
        constexpr std::string_view between = " \t\r\n,]";
        for (auto place = at(node).value.start + 1; place < end && out.size() < m_limits.cells;) {
            const char c = m_text[place];
            if (c == '"') {
                const auto close = endOfString(place, end);
                if (close == end) {
                    return false;
                }
                auto text =
                    std::string(m_text.substr(place + 1, std::min<std::size_t>(close - place - 1, longestCell)));
                out.push_back({std::move(text), {place + 1, close}});
                place = close + 1;
            } else if (c == '[' || c == '{') {
                return false;
            } else if (between.find(c) != std::string_view::npos) {
                ++place;
            } else {
                const auto stop = std::min<std::uint64_t>(m_text.find_first_of(between, place), end);
                out.push_back(bare({place, stop}));
                place = stop;
            }
        }
        return !out.empty();
    }

    // The quote that ends the string at `start`, or `end`.
    [[nodiscard]] std::uint64_t endOfString(std::uint64_t start, std::uint64_t end) const
    {
        auto place = start + 1;
        while ((place = findStringStop(m_text, place)) < end && m_text[place] != '"') {
            place += m_text[place] == '\\' ? 2 : 1;
        }
        return std::min(place, end);
    }

    bool mayTake(std::size_t cells) // false: that was more than a frame may hold
    {
        m_cells += cells;
        return m_cells <= m_limits.cells;
    }

    static void addColumn(Frame& frame, const FrameCell& name, Cells cells)
    {
        frame.columns.push_back({name.text, name.source, std::move(cells)});
    }

    // Columns of records by their keys: one that lacks a key has an empty cell there.
    class Columns {
    public:
        Columns(Frame& frame, std::size_t limit)
            : m_frame(frame)
            , m_limit(limit)
        {
        }
        void put(const FrameCell& name, FrameCell cell)
        {
            auto found = m_index.find(name.text);
            if (found == m_index.end()) {
                if (m_frame.columns.size() >= m_limit) {
                    return;
                }
                found = m_index.emplace(name.text, m_frame.columns.size()).first;
                addColumn(m_frame, name, {});
            }
            auto& cells = m_frame.columns[found->second].cells;
            cells.resize(m_frame.rows, {{}, {cell.source.start, cell.source.start}});
            cells.push_back(std::move(cell));
        }
        [[nodiscard]] std::size_t count() const { return m_frame.columns.size() + 1; }
        void endRow()
        {
            ++m_frame.rows;
            for (auto& column : m_frame.columns) {
                const auto end = m_frame.source.end;
                column.cells.resize(m_frame.rows, {{}, {end, end}});
            }
        }

    private:
        Frame& m_frame;
        std::size_t m_limit;
        std::unordered_map<std::string, std::size_t> m_index;
    };

    [[nodiscard]] FrameCell nameOf(std::uint32_t node) const
    {
        return {std::string(key(node).substr(0, longestCell)), at(node).key};
    }

    // The value that stands for a member: itself, or what an object around it calls so.
    [[nodiscard]] std::optional<std::uint32_t> valueOf(std::uint32_t node) const
    {
        if (!isContainer(at(node))) {
            return node;
        }
        const auto inside = at(node).type == JsonType::Object ? m_json.member(m_text, node, "value") : std::nullopt;
        return inside && !isContainer(at(*inside)) ? inside : std::nullopt;
    }

    void record(std::uint32_t node, const Cells& names, Columns& columns)
    {
        eachChild(node, [&](std::uint32_t member) {
            if (const auto value = valueOf(member)) {
                const auto index = indexOf(key(member));
                columns.put(index < names.size() ? names[index] : nameOf(member), scalar(*value));
            } else if (!names.empty() && at(member).type == JsonType::Object) { // by the numbers of the names
                eachChild(member, [&](std::uint32_t feature) {
                    const auto own = valueOf(feature);
                    const auto index = indexOf(key(feature));
                    m_unnamed = m_unnamed || index >= names.size();
                    if (own && !m_unnamed) {
                        columns.put(names[index], scalar(*own));
                    }
                    return true;
                });
            }
            return true;
        });
        columns.endRow();
        mayTake(columns.count()); // empty cells are cells
    }

    // A list of objects.
    bool records(std::uint32_t node, const Cells& names, Frame& frame)
    {
        const auto first = at(node).firstChild;
        if (at(node).type != JsonType::Array || first == 0 || at(first).type != JsonType::Object) {
            return false;
        }
        Columns columns(frame, m_limits.columns);
        eachChild(node, [&](std::uint32_t child) {
            if (at(child).type == JsonType::Object) {
                record(child, names, columns);
            }
            return m_cells < m_limits.cells;
        });
        return ended(frame);
    }

    // A list of lists: rows, or columns when that is what there are names for.
    bool matrix(std::uint32_t node, const Cells& names, Frame& frame)
    {
        std::vector<Cells> lists;
        bool even = at(node).type == JsonType::Array && !at(node).stringList;
        eachChild(node, [&](std::uint32_t child) {
            Cells cells;
            even = even && list(child, cells) && (lists.empty() || lists.front().size() == cells.size())
                && cells.size() >= fewestRows;
            if (even) {
                lists.push_back(std::move(cells));
            }
            return even && mayTake(lists.back().size());
        });
        if (!even || lists.size() < fewestRows) {
            return false;
        }
        const auto width = lists.front().size();
        if (names.size() == lists.size() && names.size() != width) {
            frame.rows = width;
            for (std::size_t i = 0; i < lists.size() && i < m_limits.columns; ++i) {
                addColumn(frame, names[i], std::move(lists[i]));
            }
            return ended(frame);
        }
        if (!names.empty() && names.size() != width) {
            return false;
        }
        frame.rows = lists.size();
        for (std::size_t i = 0; i < width && i < m_limits.columns; ++i) {
            Cells cells;
            for (auto& row : lists) {
                cells.push_back(std::move(row[i]));
            }
            const auto start = frame.source.start;
            addColumn(frame, names.empty() ? FrameCell{{}, {start, start}} : names[i], std::move(cells));
        }
        return ended(frame);
    }

    bool object(std::uint32_t node, Frame& frame)
    {
        return namedTable(node, frame) || headedTable(node, frame) || lists(node, frame) || objects(node, frame);
    }

    // A list of names beside the rows, columns or records that they are the names of. The first few of each are tried.
    bool namedTable(std::uint32_t node, Frame& frame)
    {
        constexpr int mostTried = 8;
        int names = 0;
        bool found = false;
        eachChild(node, [&](std::uint32_t member) {
            Cells row;
            if (at(member).stringList && list(member, row) && row.size() <= m_limits.columns) {
                int tables = 0;
                eachChild(node, [&](std::uint32_t data) {
                    found = data != member && isNamedTable(data, row, frame);
                    tables += at(data).firstChild != 0 ? 1 : 0;
                    return !found && tables < mostTried;
                });
                ++names;
            }
            return !found && names < mostTried;
        });
        return found;
    }

    bool isNamedTable(std::uint32_t data, const Cells& names, Frame& frame)
    {
        const auto first = at(data).firstChild;
        if (first == 0) {
            return false;
        }
        m_cells = 0;
        m_unnamed = false;
        Frame table;
        table.source = frame.source;
        const bool found = at(data).type == JsonType::Object ? namedRecord(data, names, table)
            : at(first).type == JsonType::Array              ? matrix(data, names, table)
                                                : records(data, names, table) && !m_unnamed && isNamed(table, names);
        if (found) {
            frame = std::move(table);
        }
        return found;
    }

    // One record by the numbers of the names: the plot of what a model says of one person.
    bool namedRecord(std::uint32_t data, const Cells& names, Frame& frame)
    {
        constexpr std::size_t fewestFacts = 3;
        bool numbered = true;
        eachChild(data, [&](std::uint32_t member) {
            numbered = valueOf(member).has_value() && indexOf(key(member)) < names.size();
            return numbered;
        });
        if (!numbered) {
            return false;
        }
        Columns columns(frame, m_limits.columns);
        record(data, names, columns);
        return frame.columns.size() >= fewestFacts;
    }

    static bool isNamed(const Frame& frame, const Cells& names)
    {
        return std::any_of(frame.columns.begin(), frame.columns.end(), [&names](const FrameColumn& column) {
            return std::any_of(
                names.begin(), names.end(), [&column](const FrameCell& name) { return name.text == column.name; });
        });
    }

    // {"header": {"values": names}, "cells": {"values": columns}}
    bool headedTable(std::uint32_t node, Frame& frame)
    {
        const auto header = m_json.member(m_text, node, "header");
        const auto cells = m_json.member(m_text, node, "cells");
        const auto names = header ? m_json.member(m_text, *header, "values") : std::nullopt;
        const auto columns = cells ? m_json.member(m_text, *cells, "values") : std::nullopt;
        Cells row;
        return names && columns && list(*names, row) && matrix(*columns, row, frame);
    }

    // Lists of equal length by name.
    bool lists(std::uint32_t node, Frame& frame)
    {
        std::vector<std::pair<std::uint32_t, Cells>> columns;
        std::unordered_map<std::size_t, std::size_t> lengths;
        eachChild(node, [&](std::uint32_t member) {
            Cells cells;
            if (list(member, cells) && cells.size() >= fewestRows && mayTake(cells.size())) {
                ++lengths[cells.size()];
                columns.emplace_back(member, std::move(cells));
            }
            return columns.size() < m_limits.columns;
        });
        const auto most = std::max_element(
            lengths.begin(), lengths.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
        if (most == lengths.end() || most->second < 2) {
            return false;
        }
        frame.rows = most->first;
        for (auto& [member, cells] : columns) {
            if (cells.size() == frame.rows) {
                addColumn(frame, nameOf(member), std::move(cells));
            }
        }
        return ended(frame);
    }

    // Objects in an object: columns of cells by the number of their row, or rows by their number.
    bool objects(std::uint32_t node, Frame& frame)
    {
        const auto first = at(node).firstChild;
        if (first == 0 || at(first).type != JsonType::Object || at(first).firstChild == 0 || childCount(node) < 2) {
            return false;
        }
        const bool byColumn = indexOf(key(at(first).firstChild)) != noIndex;
        if (!byColumn) {
            if (indexOf(key(first)) == noIndex) {
                return false;
            }
            Columns columns(frame, m_limits.columns);
            eachChild(node, [&](std::uint32_t child) {
                if (at(child).type == JsonType::Object) {
                    record(child, {}, columns);
                }
                return m_cells < m_limits.cells;
            });
            return ended(frame);
        }
        bool even = true;
        eachChild(node, [&](std::uint32_t member) {
            Cells cells;
            eachChild(member, [&](std::uint32_t cell) {
                even = even && !isContainer(at(cell));
                if (even) {
                    cells.push_back(scalar(cell));
                }
                return even && mayTake(1);
            });
            even = even && (frame.columns.empty() || cells.size() == frame.rows);
            frame.rows = cells.size();
            addColumn(frame, nameOf(member), std::move(cells));
            return even && frame.columns.size() < m_limits.columns;
        });
        return even && ended(frame);
    }

    // Whether it is a table; if not, nothing of it stays.
    static bool ended(Frame& frame)
    {
        if (frame.rows >= fewestRows && !frame.columns.empty()) {
            return true;
        }
        frame.columns.clear();
        frame.rows = 0;
        return false;
    }

    std::string_view m_text;
    const JsonOutline& m_json;
    const FrameLimits& m_limits;
    std::size_t m_cells = 0; // of the frame that is read
    bool m_unnamed = false; // a number was met that none of the names has
};

} // namespace

std::vector<Frame> readJsonFrames(std::string_view json, Budget& budget, const FrameLimits& limits)
{
    JsonOutline::Options options;
    options.detailDepth = 12;
    options.maxNodes = 400'000;
    const auto outline = JsonOutline::parse(json, budget, options);
    return JsonFrameReader(json, outline, limits).read();
}

} // namespace cupel::formats
