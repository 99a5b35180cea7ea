// SPDX-License-Identifier: GPL-3.0-or-later
// What loading a pickle does that nobody vouches for, and how far loaders get. Findings and what is said of loaders are
// both made of it, so that they say the same.
#pragma once

#include "analyzers/formats/pickle/pickle_facts.h"
#include "analyzers/rules/pickle/names.h"
#include "analyzers/rules/sink.h"

#include <cstdint>
#include <functional>
#include <vector>

namespace cupel::rules::pickle {

// One hit for each cause: names, calls and changes, not what is odd about the stream. From medium severity on it runs.
void eachDoing(const formats::PickleFacts& facts, std::uint64_t size, const std::function<void(Hit)>& take);

// One hit for each place where the stream itself is odd.
void eachOddity(const formats::PickleFacts& facts, std::uint64_t size, const std::function<void(Hit)>& take);

// Of each of the file's names: one that is benign is none where some call of it breaks what it is benign for.
[[nodiscard]] std::vector<Verdict> verdictsAsUsed(const formats::PickleFacts& facts);

// Loads that are made one after another end there: at the first opcode that fails, or where what follows the end of a
// stream is none. What stands behind it runs only where somebody begins to load in the middle of the file.
[[nodiscard]] std::uint64_t loadedEnd(const formats::PickleFacts& facts);

} // namespace cupel::rules::pickle
