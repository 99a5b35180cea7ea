// SPDX-License-Identifier: GPL-3.0-or-later
// PCRE2 behind four lines: compiled on first use, shared by all threads, bounded in time by a match limit.
#pragma once

#include "analyzers/base/bytes.h"

#include <atomic>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string_view>

namespace cupel::rules::secrets {

struct RegexMatch {
    ByteRange whole;
    ByteRange secret; // the group "secret", or the whole match
};

// How much a search may cost. Nearly all end with little; a text made to cost much may not have the whole for each.
enum class Effort : std::uint8_t { Little, Whole };

class Regex {
public:
    Regex() = default;
    ~Regex();
    Regex(const Regex&) = delete;
    Regex& operator=(const Regex&) = delete;

    // Searches `text` from `start`; the text before it is visible to look-behinds. `anchored`: only at `start`;
    // the same in every call of one object.
    // nullopt: no match, or the search was given up (hostile text): `gaveUp` becomes true then, and stays what it was
    // otherwise.
    [[nodiscard]] std::optional<RegexMatch> find(
        std::string_view pattern, ByteView text, std::uint64_t start, bool anchored, Effort effort, bool& gaveUp) const;

private:
    void compile(std::string_view pattern, bool anchored) const;
    mutable std::once_flag m_once;
    mutable void* m_code = nullptr;
    mutable int m_secretGroup = 0;
};

} // namespace cupel::rules::secrets
