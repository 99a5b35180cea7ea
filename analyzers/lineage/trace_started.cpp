// SPDX-License-Identifier: GPL-3.0-or-later
// How the file is started: arguments that commands of declared pipelines give it; and what cells gave before (_, Out).
#include "analyzers/lineage/trace.h"

#include "analyzers/lineage/words.h"

#include <algorithm>
#include <charconv>

namespace cupel::lineage {

const std::vector<FileFinder::Start>& TraceState::starts()
{
    if (!m_starts) {
        m_starts = m_file->notebook ? std::vector<FileFinder::Start>{} : m_files.starts(m_file->path);
    }
    return *m_starts;
}

// One text for all that it may be. 0: nobody gives it.
Ref Trace::allGiven(const std::vector<std::string>& values, std::uint32_t node)
{
    Ref all = 0;
    for (const auto& value : values) {
        auto written = value;
        std::replace(written.begin(), written.end(), '*', hole);
        all = either(all, text(std::move(written), node));
    }
    if (!at(all).made.empty()) {
        at(all).text = keep(std::string(1, hole)); // in a longer text it may be any of them
    }
    return all;
}

// --data a.csv, --data=a.csv, -d a.csv: what each command gives; those that do not give it leave it at `fallback`.
Ref Trace::optionGiven(const std::vector<std::string_view>& options, Ref fallback, std::uint32_t node)
{
    std::vector<std::string> values;
    bool everywhere = true;
    for (const auto& start : starts()) {
        charge(start.arguments.size() * options.size() / 8);
        const auto before = values.size();
        for (std::size_t i = 0; i < start.arguments.size(); ++i) {
            const std::string_view word = start.arguments[i];
            for (const auto option : options) {
                if (word == option && i + 1 < start.arguments.size()) {
                    values.push_back(start.arguments[i + 1]);
                } else if (word.size() > option.size() && word.starts_with(option) && word[option.size()] == '=') {
                    values.emplace_back(word.substr(option.size() + 1));
                }
            }
        }
        everywhere = everywhere && values.size() > before;
    }
    const auto given = allGiven(values, node);
    return given == 0 || everywhere ? given : either(fallback, given);
}

// sys.argv[n], or with `options` left out the n-th argument without a dash in front; from 0 on.
Ref Trace::argumentAt(std::size_t position, bool options, std::uint32_t node)
{
    std::vector<std::string> values;
    for (const auto& start : starts()) {
        charge(start.arguments.size() / 8);
        std::size_t placed = 0;
        for (std::size_t i = 0; i < start.arguments.size(); ++i) {
            const auto& word = start.arguments[i];
            if (!options && word.starts_with('-')) {
                // A word behind --name is its value; behind -n too, unless it is the last one: -v rows.csv
                const bool next = i + 1 < start.arguments.size() && !start.arguments[i + 1].starts_with('-');
                const bool last = !word.starts_with("--") && i + 2 >= start.arguments.size();
                i += next && !last && word.find('=') == std::string::npos ? 1 : 0;
            } else if (placed++ == position) {
                values.push_back(word);
                break;
            }
        }
    }
    return allGiven(values, node);
}

// The value of the last statement of a cell, when it is an expression, by its run number.
void TraceState::keepShown(std::uint32_t unit, std::uint32_t statement)
{
    const bool expression = m_units[unit].file->notebook && statement != none
        && tree()[statement].kind == code::NodeKind::ExpressionStatement;
    const auto node = expression ? tree().firstChild(statement) : code::Syntax::none;
    const bool shows = node != code::Syntax::none && tree()[node].kind != code::NodeKind::Assignment
        && tree()[node].kind != code::NodeKind::AugmentedAssignment;
    const auto value = shows ? valueAt(node) : Ref{0};
    if (value == 0 || at(value).kind == ThingKind::Nothing) {
        return;
    }
    m_shownLast = value;
    if (const auto exec = infoOf(unit).exec; exec >= 0) {
        m_shownBy[exec] = value;
    }
}

// _, _1, Out: what cells showed. 0: it is none of these names, or nothing is known.
Ref TraceState::shownBefore(std::string_view name) const
{
    if (name == "_") {
        return m_shownLast;
    }
    std::int64_t number = -1;
    const auto digits = name.substr(std::min<std::size_t>(name.size(), 1));
    const auto done = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (!name.starts_with('_') || done.ec != std::errc() || done.ptr != digits.data() + digits.size()) {
        return 0;
    }
    const auto hit = m_shownBy.find(number);
    return hit != m_shownBy.end() ? hit->second : Ref{0};
}

} // namespace cupel::lineage
