// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/base/json_keys.h"

#include "analyzers/base/json_text.h"

#include <algorithm>

namespace cupel {

std::string decodeJsonKey(ByteView text, ByteRange key)
{
    std::string out;
    OffsetMap map;
    unescapeJson(text, key.start, key.end, false, out, map, JsonKeys::longest);
    return out;
}

std::string_view JsonKeys::of(const JsonNode& node) const
{
    const auto written = slice(m_text, node.key);
    if (written.find('\\') == std::string_view::npos) {
        return written;
    }
    const auto [entry, fresh] = m_decoded.try_emplace(node.key.start);
    if (fresh) {
        entry->second = decodeJsonKey(m_text, node.key);
    }
    return entry->second;
}

bool JsonKeys::isDisguised(const JsonNode& node) const
{
    const auto name = of(node);
    return slice(m_text, node.key).find("\\u") != std::string_view::npos
        && std::all_of(name.begin(), name.end(), [](char c) { return c >= ' ' && c < '\x7F'; });
}

} // namespace cupel
