// SPDX-License-Identifier: GPL-3.0-or-later
// Names of members as every JSON parser reads them: "s\u006furce" is "source" (RFC 8259, section 7). Who compares keys
// as they are written can be shown another file than programs see.
#pragma once

#include "analyzers/base/json_outline.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

namespace cupel {

class JsonKeys {
public:
    static constexpr std::size_t longest = 4'096; // bytes of a name that was written with escapes

    explicit JsonKeys(ByteView text)
        : m_text(text)
    {
    }
    // Valid as long as this and the text are. Empty for what has no key.
    [[nodiscard]] std::string_view of(const JsonNode& node) const;
    // Whether the name is ASCII and was written with \u escapes all the same: no program does that by itself.
    [[nodiscard]] bool isDisguised(const JsonNode& node) const;

private:
    ByteView m_text;
    mutable std::unordered_map<std::uint64_t, std::string> m_decoded; // by where it stands; few have escapes
};

// One name, escapes undone, at most JsonKeys::longest bytes of it.
[[nodiscard]] std::string decodeJsonKey(ByteView text, ByteRange key);

} // namespace cupel
