// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/report/writers/outline.h"

#include "analyzers/report/text.h"

#include <utility>

namespace cupel::report {

std::string sectionAnchor(const Section& section)
{
    return "section-" + section.id;
}

std::vector<OutlineEntry> outlineOf(const Document& document)
{
    std::vector<OutlineEntry> out;
    for (std::size_t i = 0; i < document.sections.size(); ++i) {
        const Section& section = document.sections[i];
        const std::string number = std::to_string(i + 1);
        out.push_back({1, number, section.title, sectionAnchor(section), -1, i, 0});
        std::size_t inside = 0;
        for (std::size_t j = 0; j < section.blocks.size(); ++j) {
            const auto* heading = std::get_if<Heading>(&section.blocks[j]);
            if (heading != nullptr && heading->level == 2) {
                ++inside;
                auto text = heading->where.empty() ? heading->text : heading->text + ", " + heading->where;
                out.push_back({2, number + '.' + std::to_string(inside), std::move(text), heading->anchor,
                    heading->severity, i, j});
            }
        }
    }
    return out;
}

std::string fullTitle(const Document& document)
{
    return document.subject.empty() ? document.title : document.title + ", " + document.subject;
}

std::string severityWord(int severity)
{
    return severity < 0 || severity > 4 ? std::string() : capitalised(toString(static_cast<Severity>(severity)));
}

} // namespace cupel::report
