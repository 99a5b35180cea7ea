// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/outputs/json_part.h"

#include <algorithm>

namespace cupel::rules::outputs {

namespace {

// Behind the key of a member, when there is one.
std::uint64_t valueStart(ByteView text, ByteRange range)
{
    const auto first = range.start;
    if (first >= range.end || text[first] != '"') {
        return first;
    }
    auto at = findStringStop(text, first + 1);
    while (at < range.end && text[at] != '"') {
        at = findStringStop(text, std::min<std::uint64_t>(at + (text[at] == '\\' ? 2 : 1), text.size()));
    }
    const auto colon = text.find_first_not_of(" \t\r\n", std::min<std::uint64_t>(at + 1, text.size()));
    return colon < range.end && text[colon] == ':' ? colon + 1 : first;
}

} // namespace

JsonPart::JsonPart(ByteView text, ByteRange range, Budget& budget, std::uint32_t detailDepth)
    : m_text(text.substr(0, std::min<std::uint64_t>(range.end, text.size())))
{
    JsonOutline::Options options;
    options.start = valueStart(m_text, range);
    options.detailDepth = detailDepth;
    options.maxDepth = budget.limits().jsonDepth;
    options.maxNodes = 200'000;
    m_outline = JsonOutline::parse(m_text, budget, options);
}

std::optional<std::uint32_t> JsonPart::path(std::string_view first, std::string_view second) const
{
    const auto outer = empty() ? std::nullopt : member(0, first);
    return outer ? member(*outer, second) : std::nullopt;
}

bool JsonPart::isTrue(std::optional<std::uint32_t> node) const
{
    return node && raw(*node) == "true";
}

std::string JsonPart::string(std::optional<std::uint32_t> node) const
{
    return node ? m_outline.string(m_text, *node, 300) : std::string();
}

ByteRange JsonPart::whole(std::uint32_t node) const
{
    const auto& json = m_outline.nodes()[node];
    return json.key.empty() ? json.value : ByteRange{json.key.start - (json.key.start > 0 ? 1 : 0), json.value.end};
}

} // namespace cupel::rules::outputs
