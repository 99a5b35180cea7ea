// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/threats/work/team_line.h"

namespace cupel::threats {

namespace {

// A description in a file of another tool is as long as that tool lets it be (import reads 16 MB of a text), and longer
// where it is escaped; an event holds the lines before it.
constexpr std::size_t longestLine = 32 << 20;
constexpr int deepest = 8; // of lists in lists; a line that is understood has three
constexpr std::size_t mostMembers = 2'000;
constexpr std::size_t mostValues = 200'000;

} // namespace

// What is opened millions of times in one line would take its memory many times over.
const char* troubleOf(std::string_view line, LineBudget& budget)
{
    if (line.size() > longestLine) {
        return "it is longer than 32 MB";
    }
    int depth = 0;
    std::size_t members = 0;
    std::size_t values = 1;
    bool inText = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
        const char c = line[i];
        if (inText && c == '\\') {
            ++i;
        } else if (c == '"') {
            inText = !inText;
        } else if (!inText && (c == '[' || c == '{') && ++depth > deepest) {
            return "it holds lists in lists more than 8 deep";
        } else if (!inText && (c == ']' || c == '}')) {
            --depth;
        } else if (!inText && ((c == ':' && ++members > mostMembers) || (c == ',' && ++values > mostValues))) {
            return "it holds more than 2,000 names or 200,000 values";
        }
    }
    if (values > budget.values) {
        return "the lines up to it hold more than 4,000,000 values";
    }
    budget.values -= values;
    return nullptr;
}

std::string_view firstKeyOf(std::string_view line)
{
    const auto open = line.find('"');
    auto close = open == std::string_view::npos ? line.size() : open + 1;
    while (close < line.size() && line[close] != '"') {
        close += line[close] == '\\' ? 2 : 1;
    }
    return close < line.size() ? line.substr(open, close + 1 - open) : std::string_view();
}

} // namespace cupel::threats
