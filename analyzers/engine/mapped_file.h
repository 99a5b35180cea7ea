// SPDX-License-Identifier: GPL-3.0-or-later
// Large files as memory that the file system fills as it is looked at: a checkpoint of 10 GB is judged from the few
// pages that say something, and however much of it is read, little of it stays resident.
//
// A map has two dangers, and both are told, never fatal: a file cut short underneath it raises SIGBUS (caught: zeros
// stand there from then on), and a file written to meanwhile has other bytes than those judged before. wasDisturbed()
// knows of both.
#pragma once

#include "analyzers/base/shared_bytes.h"

#include <cstddef>
#include <cstdint>

namespace cupel::engine {

// Smaller files are read: what is read does not change any more.
inline constexpr std::uint64_t mappedFrom = 16ULL << 20;
// Views keep the bytes they show, and show what was judged: only what would not fit into memory is mapped for them.
inline constexpr std::uint64_t mappedInViews = 256ULL << 20;
// What all maps together keep resident, about.
inline constexpr std::uint64_t residentMost = 8ULL << 20;

// Maps `size` bytes of the open file; none when the system will not. The descriptor is not needed afterwards.
[[nodiscard]] SharedBytes mapFile(int descriptor, std::uint64_t size);

// Lets go of what was looked at, when it is more than that and a millisecond has passed since the last time. Readers
// that work through much call it between their steps (Budget::setPulse); a thread of its own does it for all others.
void trimMaps();

// Whether the file behind mapped bytes became shorter or was written to since. False for bytes that are not mapped.
[[nodiscard]] bool wasDisturbed(const SharedBytes& bytes);

// Copies bytes of a map to where another file stands, inside the system: they need not come into this process for it.
// Gives back how many; 0: they are few or not mapped, or the system does not do it, and somebody has to write them.
[[nodiscard]] std::size_t copyMapped(ByteView bytes, int target);

} // namespace cupel::engine
