// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/threats/knowledge/table_rows.h"

namespace cupel::threats {

std::vector<std::string_view> splitAt(std::string_view text, char sign)
{
    std::vector<std::string_view> out;
    while (true) {
        const auto end = text.find(sign);
        out.push_back(text.substr(0, end));
        if (end == std::string_view::npos) {
            return out;
        }
        text.remove_prefix(end + 1);
    }
}

std::vector<std::string> listOf(std::string_view text)
{
    std::vector<std::string> out;
    for (const auto word : splitAt(text, ',')) {
        if (!word.empty()) {
            out.emplace_back(word);
        }
    }
    return out;
}

void eachTableRow(std::string_view text, const std::function<bool(const TableRow&, std::size_t line)>& take)
{
    std::vector<std::string_view> names;
    std::size_t number = 0;
    for (auto line : splitAt(text, '\n')) {
        ++number;
        if (line.ends_with('\r')) {
            line.remove_suffix(1);
        }
        if (line.empty() || line.starts_with('#')) {
            continue;
        }
        if (names.empty()) {
            names = splitAt(line, '\t');
        } else if (!take(TableRow(names, splitAt(line, '\t')), number)) {
            return;
        }
    }
}

} // namespace cupel::threats
