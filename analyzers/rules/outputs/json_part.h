// SPDX-License-Identifier: GPL-3.0-or-later
// A value of the notebook's JSON, opened with its members; ranges are those of the artifact's text.
#pragma once

#include "analyzers/base/json_keys.h"
#include "analyzers/base/json_outline.h"
#include "analyzers/model/facts.h"

#include <string>
#include <string_view>

namespace cupel::rules::outputs {

class JsonPart {
public:
    // `range` is a value, or a member with its key ("key": value), as regions of metadata are.
    JsonPart(ByteView text, ByteRange range, Budget& budget, std::uint32_t detailDepth = 9);

    [[nodiscard]] bool empty() const { return m_outline.empty(); }
    [[nodiscard]] const JsonOutline& outline() const { return m_outline; }
    [[nodiscard]] std::optional<std::uint32_t> member(std::uint32_t node, std::string_view key) const
    {
        return m_outline.member(m_text, node, key);
    }
    [[nodiscard]] std::optional<std::uint32_t> path(std::string_view first, std::string_view second) const;
    [[nodiscard]] bool isTrue(std::optional<std::uint32_t> node) const;
    [[nodiscard]] std::string string(std::optional<std::uint32_t> node) const;
    [[nodiscard]] std::string_view raw(std::uint32_t node) const
    {
        return slice(m_text, m_outline.nodes()[node].value);
    }
    // Key and value, quotes included.
    [[nodiscard]] ByteRange whole(std::uint32_t node) const;
    template <typename Visit> void eachChild(std::uint32_t node, Visit visit) const
    {
        for (auto child = m_outline.nodes()[node].firstChild; child != 0;
            child = m_outline.nodes()[child].nextSibling) {
            visit(child);
        }
    }

private:
    ByteView m_text;
    JsonOutline m_outline;
};

} // namespace cupel::rules::outputs
