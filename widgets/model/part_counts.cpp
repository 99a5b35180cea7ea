// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/model/part_counts.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace cupel::widgets {

std::size_t streamsOf(const ModelReading& reading)
{
    return reading.pickle() ? std::max<std::size_t>(1, reading.pickle()->streams.size()) : 0;
}

std::size_t objectsOf(const ModelReading& reading)
{
    return reading.pickle() ? reading.pickle()->tree.size() : 0;
}

std::size_t membersOf(const ModelReading& reading)
{
    return reading.members.size();
}

std::size_t importsOf(const ModelReading& reading)
{
    return reading.imports.size();
}

std::size_t loadersOf(const ModelReading& reading)
{
    return reading.loaders.size();
}

std::size_t tensorsOf(const ModelReading& reading)
{
    return reading.content() ? static_cast<std::size_t>(reading.content()->tensorCount) : 0;
}

std::size_t metadataOf(const ModelReading& reading)
{
    return reading.content() ? reading.content()->metadata.size() : 0;
}

std::size_t operatorsOf(const ModelReading& reading)
{
    return reading.content() ? reading.content()->operators.size() : 0;
}

std::size_t referencesOf(const ModelReading& reading)
{
    return reading.content() ? reading.content()->references.size() : 0;
}

// A format that has none has no tab for it; one that may have some says why this file has not.
std::size_t graphOf(const ModelReading& reading)
{
    return reading.mayHaveGraph ? 1 : 0;
}

// A file that is nothing but text has it here, too; never one that others lie in, whose secrets are theirs to mask.
std::size_t linesOf(const ModelReading& reading)
{
    constexpr std::array<std::string_view, 3> texts{"jinja", "python", "text"};
    const auto& facts = reading.analysis->facts;
    const bool text = std::find(texts.begin(), texts.end(), facts.format) != texts.end() && facts.children.empty();
    return text && facts.hasLines && !reading.content() && !reading.pickle() ? 1 : 0;
}

} // namespace cupel::widgets
