// SPDX-License-Identifier: GPL-3.0-or-later
// Taking members and elements out of JSON text with their commas and nothing else: the rest keeps its bytes.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/base/json_keys.h"
#include "analyzers/base/json_outline.h"
#include "analyzers/fixes/raw_edit.h"

#include <cstdint>
#include <optional>
#include <set>
#include <string_view>
#include <vector>

namespace cupel::fixes {

// A node of the outline.
using NodeIndex = std::uint32_t;

class JsonSurgery {
public:
    JsonSurgery(ByteView text, Budget& budget);

    [[nodiscard]] bool usable() const { return m_usable; } // false: broken JSON is not operated on
    // The innermost recorded value that holds `place` (its key included).
    [[nodiscard]] std::optional<NodeIndex> nodeAt(ByteRange place) const;
    // The element of the list named `list` ("outputs") around `place`.
    [[nodiscard]] std::optional<NodeIndex> elementAround(ByteRange place, std::string_view list) const;
    // What has to go of an output: the one of its forms ("text/html" of its "data") that holds `place` if others stay,
    // else the element of "outputs".
    [[nodiscard]] std::optional<NodeIndex> formAround(ByteRange place) const;
    // The innermost member around `place` that may go without breaking the notebook's schema.
    [[nodiscard]] std::optional<NodeIndex> removableMember(ByteRange place) const;
    // The innermost member named `key` around `place`.
    [[nodiscard]] std::optional<NodeIndex> memberAround(ByteRange place, std::string_view key) const;
    [[nodiscard]] std::string_view keyOf(NodeIndex node) const;
    [[nodiscard]] ByteRange bytesOf(NodeIndex node) const; // key included

    // Edits that take all `nodes` out together: neighbours in one list share their commas.
    [[nodiscard]] std::vector<RawEdit> removal(const std::set<NodeIndex>& nodes) const;

private:
    [[nodiscard]] bool isPartOfSchema(NodeIndex node) const;
    ByteView m_text;
    JsonOutline m_json;
    JsonKeys m_keys;
    bool m_usable = false;
};

} // namespace cupel::fixes
