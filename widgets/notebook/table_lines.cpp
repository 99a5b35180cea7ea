// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/notebook/table_lines.h"

#include <algorithm>

namespace cupel::widgets {

namespace {

constexpr std::size_t leastSigns = 3; // of a column, colons included
constexpr std::size_t longestLine = 4'000;

// "| -: | -- |", also in a quote: columns of hyphens, and nothing else.
bool isUnderHead(std::string_view line)
{
    return line.size() <= longestLine && line.find('|') != std::string_view::npos
        && line.find('-') != std::string_view::npos && line.find_first_not_of("|:-> \t\r") == std::string_view::npos;
}

} // namespace

TableLines::TableLines(std::string_view markdown)
{
    m_text.reserve(markdown.size());
    bool head = false; // the line above may be one
    while (!markdown.empty()) {
        const auto end = std::min(markdown.find('\n'), markdown.size() - 1) + 1;
        const auto line = markdown.substr(0, end);
        const auto bare = line.substr(0, line.find('\n'));
        if (head && isUnderHead(bare)) {
            addLine(line);
        } else {
            m_text += line;
        }
        head = line.find('|') != std::string_view::npos;
        markdown.remove_prefix(end);
    }
}

void TableLines::addLine(std::string_view line)
{
    std::size_t signs = 0; // of the column so far
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char sign = line[i];
        signs = sign == '-' || sign == ':' ? signs + 1 : 0;
        m_text += sign;
        const char next = i + 1 < line.size() ? line[i + 1] : '\n';
        if (sign != '-' || next == '-') {
            continue;
        }
        const auto all = signs + (next == ':' ? 1 : 0);
        if (all < leastSigns) {
            const auto before = m_added.empty() ? 0 : m_added.back().before + m_added.back().count;
            m_added.push_back({m_text.size(), leastSigns - all, before});
            m_text.append(leastSigns - all, '-');
        }
    }
}

std::vector<TableLines::Added>::const_iterator TableLines::endingBehind(std::uint64_t at) const
{
    return std::upper_bound(m_added.begin(), m_added.end(), at,
        [](std::uint64_t place, const Added& added) { return place < added.at + added.count; });
}

std::uint64_t TableLines::written(std::uint64_t at) const
{
    const auto next = endingBehind(at);
    if (next != m_added.end() && next->at < at) {
        return next->at - next->before; // among the added ones
    }
    return at - (next == m_added.begin() ? 0 : std::prev(next)->before + std::prev(next)->count);
}

void TableLines::put(formats::HtmlText& out, std::uint64_t from, std::uint64_t to) const
{
    for (auto next = endingBehind(from); from < to; ++next) {
        const auto until = next == m_added.end() ? to : std::clamp(next->at, from, to);
        if (until > from) {
            out.map.addLinear(out.text.size(), written(from));
            out.text.append(m_text, from, until - from);
        }
        if (next == m_added.end()) {
            return;
        }
        from = next->at + next->count;
    }
}

} // namespace cupel::widgets
