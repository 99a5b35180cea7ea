// SPDX-License-Identifier: GPL-3.0-or-later
// What names in the configuration of a model point to: code of the model's own folder, of another repository, of a
// library, or a place outside.
#pragma once

#include <cstdint>
#include <string_view>

namespace cupel::formats::hub {

// Files of a model's folder, by name.
[[nodiscard]] bool isConfiguration(std::string_view fileName);
[[nodiscard]] bool isIndex(std::string_view fileName); // which tensor lies in which shard
[[nodiscard]] bool isWeights(std::string_view fileName);

[[nodiscard]] bool isForeignCode(std::string_view reference); // "org/name--module.Class"
// "library.module.Class" of a library that is known to hold classes of models.
[[nodiscard]] bool isKnownClass(std::string_view path);
[[nodiscard]] bool isKnownLibrary(std::string_view library);
[[nodiscard]] bool isDangerousClass(std::string_view path); // os.system, builtins.eval ...
[[nodiscard]] bool looksLikeClass(std::string_view path); // dotted words
[[nodiscard]] bool leavesFolder(std::string_view path); // up, from the root, another drive, an address
[[nodiscard]] bool goesUp(std::string_view path);
[[nodiscard]] bool isPickleShard(std::string_view path);

} // namespace cupel::formats::hub
