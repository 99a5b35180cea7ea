// SPDX-License-Identifier: GPL-3.0-or-later
// E-mail addresses, phone numbers, network and hardware addresses: read by hand, because what must not be around them
// matters as much as what is in them.
#pragma once

#include "analyzers/base/bytes.h"

#include <cstdint>
#include <optional>

namespace cupel::rules::pii {

// The address whose '@' stands at `at`. nullopt: none, or one that belongs to nobody (example.com, noreply, git@).
[[nodiscard]] std::optional<ByteRange> emailAround(ByteView text, std::size_t at);

struct NetworkAddress {
    ByteRange place;
    bool inside = false; // private, loopback, documentation ...: reaches nobody from outside
};
[[nodiscard]] std::optional<NetworkAddress> ipv4At(ByteView text, std::size_t at);
[[nodiscard]] std::optional<NetworkAddress> ipv6At(ByteView text, std::size_t at);
[[nodiscard]] std::optional<ByteRange> macAt(ByteView text, std::size_t at);

// "+49 30 1234567": a country code that exists and as many digits as people have.
[[nodiscard]] std::optional<ByteRange> internationalPhoneAt(ByteView text, std::size_t at);
// Any number that could be dialled; only worth asking after a word such as "phone".
[[nodiscard]] std::optional<ByteRange> phoneAt(ByteView text, std::size_t at);
// A degree with at least four decimals, and what it is.
[[nodiscard]] std::optional<double> degrees(ByteView cell);

} // namespace cupel::rules::pii
