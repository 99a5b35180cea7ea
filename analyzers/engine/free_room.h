// SPDX-License-Identifier: GPL-3.0-or-later
// Whether a disk has room for a file that is about to be written: asked before its first byte, so that no disk is
// filled for a file that cannot be finished.
#pragma once

#include <cstdint>
#include <string>

namespace cupel::engine {

// Empty: there is room, the target is no ordinary file, or nobody can say. Else one clause for people.
[[nodiscard]] std::string lacksRoom(const std::string& target, std::uint64_t bytes);

} // namespace cupel::engine
