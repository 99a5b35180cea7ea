// SPDX-License-Identifier: GPL-3.0-or-later
// Names that say nothing about anybody, and names that do: accounts of images and courses, package indexes, hosts.
#pragma once

#include "analyzers/base/bytes.h"

#include <cstddef>
#include <string_view>

namespace cupel::rules::outputs {

[[nodiscard]] bool isGenericUser(std::string_view lowerName); // jovyan, ubuntu, username ...
// So many letters or more, no word that stands anywhere.
[[nodiscard]] bool isTellingUser(std::string_view name, std::ptrdiff_t fewestLetters = 5);
[[nodiscard]] bool isPublicIndex(std::string_view lowerHost); // of Python packages
[[nodiscard]] bool isInternalHost(std::string_view lowerHost); // *.internal, *.corp ... without those of every cluster
[[nodiscard]] bool isPrivateAddress(std::string_view text); // RFC 1918, four parts in range
[[nodiscard]] bool isServiceHost(std::string_view lowerHost); // not the documentation of the service
[[nodiscard]] bool endsColour(std::string_view before); // ESC [ 1 ; 32, what comes before the m of a colour
// A GUID that somebody was given, not one of a manual.
inline constexpr std::size_t guidSize = 36;
[[nodiscard]] bool isAccountId(std::string_view text);
// subscription_id =, "tenantId": ...: whose number stands behind such a name; empty: nobody's that is known.
[[nodiscard]] std::string_view accountNamedBy(std::string_view before);
// "my-team-261804" or a number: the project of Google Cloud whose name begins at `from`, behind "projects/", where what
// follows is one of its resources; or that a link to the console, with its host at `dot`, asks for. Empty: none.
[[nodiscard]] ByteRange googleProject(ByteView text, std::size_t from);
[[nodiscard]] ByteRange googleProjectOfLink(ByteView text, std::size_t dot);
// The service whose private address continues with `after` (from the dot on); empty: none. `before`: eight bytes.
[[nodiscard]] std::string_view serviceAt(std::string_view after, std::string_view before);

} // namespace cupel::rules::outputs
