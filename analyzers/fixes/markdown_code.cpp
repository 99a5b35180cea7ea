// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/fixes/markdown_code.h"

#include "analyzers/formats/region_text.h"

#include <algorithm>
#include <string_view>
#include <utility>

namespace cupel::fixes {

namespace {

// Line by line: what was opened above, and which parts of the line are code.
class CodeLines {
public:
    explicit CodeLines(const OffsetMap& map)
        : m_map(map)
    {
    }

    void look(std::string_view text, std::size_t at, std::size_t end)
    {
        const auto line = text.substr(at, end - at);
        const auto first = std::min(line.find_first_not_of(" \t"), line.size());
        const auto content = line.substr(first);
        const bool wide = first >= 4 || line.substr(0, first).find('\t') != std::string_view::npos;
        const auto mark = content.substr(0, std::min(content.find_first_not_of("`~"), content.size()));
        const bool inside = !m_fence.empty();
        if (inside) {
            const bool closes = mark.size() >= m_fence.size() && mark[0] == m_fence[0] && mark.size() == content.size();
            m_fence = closes && !wide ? std::string_view() : m_fence;
        } else if (!wide && (mark.starts_with("```") || mark.starts_with("~~~"))) {
            m_fence = mark;
        }
        m_indented = wide && (m_blank || m_indented);
        m_blank = content.empty();
        if (!m_fence.empty() || m_indented) {
            add(at, end);
        } else {
            spans(line, at, end);
        }
    }

    std::vector<ByteRange> finish() && { return std::move(m_ranges); }

private:
    // Behind every second backtick text is text again; a span that is not closed goes to the end of the line.
    void spans(std::string_view line, std::size_t at, std::size_t end)
    {
        for (auto open = line.find('`'); open < line.size();) {
            const auto close = line.find('`', open + 1);
            add(at + open + 1, close == std::string_view::npos ? end : at + close);
            open = close == std::string_view::npos ? close : line.find('`', close + 1);
        }
    }

    void add(std::size_t from, std::size_t to)
    {
        const auto start = m_map.toRaw({from, from}).start;
        m_ranges.push_back({start, std::max(start, m_map.toRaw({to, to}).start)});
    }

    const OffsetMap& m_map;
    std::vector<ByteRange> m_ranges;
    std::string_view m_fence; // what opened the block, empty: none is open
    bool m_indented = false;
    bool m_blank = true; // the line above
};

} // namespace

std::vector<ByteRange> markdownCode(ByteView text, const Region& region)
{
    const auto piece = formats::readRegion(text, region, region.bytes.size() + 1);
    CodeLines lines(piece.map);
    for (std::size_t at = 0; at <= piece.text.size();) {
        const auto end = std::min(piece.text.find('\n', at), piece.text.size());
        lines.look(piece.text, at, end);
        at = end + 1;
    }
    return std::move(lines).finish();
}

} // namespace cupel::fixes
