// SPDX-License-Identifier: GPL-3.0-or-later
// How much of each part a file has, for the tabs of Model mode; 0: no tab.
#pragma once

#include "widgets/models/model_reading.h"

#include <cstddef>

namespace cupel::widgets {

[[nodiscard]] std::size_t streamsOf(const ModelReading& reading);
[[nodiscard]] std::size_t objectsOf(const ModelReading& reading);
[[nodiscard]] std::size_t membersOf(const ModelReading& reading);
[[nodiscard]] std::size_t importsOf(const ModelReading& reading);
[[nodiscard]] std::size_t loadersOf(const ModelReading& reading);
[[nodiscard]] std::size_t tensorsOf(const ModelReading& reading);
[[nodiscard]] std::size_t metadataOf(const ModelReading& reading);
[[nodiscard]] std::size_t operatorsOf(const ModelReading& reading);
[[nodiscard]] std::size_t referencesOf(const ModelReading& reading);
[[nodiscard]] std::size_t graphOf(const ModelReading& reading);
[[nodiscard]] std::size_t linesOf(const ModelReading& reading);

} // namespace cupel::widgets
