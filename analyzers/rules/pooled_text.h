// SPDX-License-Identifier: GPL-3.0-or-later
// A text of a generated table, by its place in one long text. A pointer would have to be written into the table each
// time the program starts, page after page; this stays in the file until somebody reads it.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace cupel::rules {

// `Pool::text()`: the long text.
template <typename Pool> struct PooledText {
    std::uint32_t at = 0;
    std::uint32_t length = 0;

    // NOLINTNEXTLINE(google-explicit-constructor): it is a text
    operator std::string_view() const { return {Pool::text() + at, length}; }
    [[nodiscard]] std::string_view view() const { return *this; }
    [[nodiscard]] std::size_t size() const { return length; }
    [[nodiscard]] bool empty() const { return length == 0; }
    friend bool operator==(const PooledText& a, const PooledText& b) { return a.view() == b.view(); }
    friend auto operator<=>(const PooledText& a, const PooledText& b) { return a.view() <=> b.view(); }
};

} // namespace cupel::rules
