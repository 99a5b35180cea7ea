// SPDX-License-Identifier: GPL-3.0-or-later
// Hosts that only a company or a lab knows: below a label of its own domain that says so, or called by one name alone.
// Of the latter only those that are numbered like machines: services of a composition are called by one name as well.
#pragma once

#include "analyzers/base/bytes.h"

#include <cstddef>
#include <string_view>

namespace cupel::rules::outputs {

[[nodiscard]] bool isHostChar(char c);
// The host that `at` stands in.
[[nodiscard]] ByteRange hostAround(std::string_view text, std::size_t at);
// db01.corp.acme.com, x.intra.acme.de. `inAddress`: it stands in an address or with a port; else its last label has to
// be a well-known one, for packages of languages have dots too.
[[nodiscard]] bool isCompanyHost(std::string_view lowerHost, bool inAddress);
// gpu07, petra-laptop; not localhost, redis, worker1, the number of a container.
[[nodiscard]] bool isMachineName(std::string_view lowerHost);
// Whether what stands before the user's name in `before` is a command that logs in there: "ssh -p 22 ".
[[nodiscard]] bool logsIn(std::string_view before);

} // namespace cupel::rules::outputs
