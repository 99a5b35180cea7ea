// SPDX-License-Identifier: GPL-3.0-or-later
// What the ending of a file's name says that is in it, and what the bytes of a format are called, so that one can be
// held against the other. Endings that programs use for anything (.bin, .dat, .ckpt, .model) promise nothing.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace cupel::formats {

// What can happen to who loads it; in order of harm.
enum class Power : std::uint8_t { None, Holds, Runs }; // Holds: other files, that may run

// A format that is told by its bytes without doubt.
struct CertainFormat {
    std::string_view format; // of the registry
    std::string_view kind; // "a GGUF file"
    Power power = Power::None;
    bool text = false; // may have any name that texts have
};
[[nodiscard]] const CertainFormat* certainFormat(std::string_view format);

struct NamePromise {
    std::string_view ending; // in lower case
    std::span<const std::string_view> formats; // that files of that name are; of the registry
    Power power = Power::None;
    bool text = false; // texts have that name, and none of them is wrong there
    bool torch = false; // what torch.save() writes has it too
};
// The longest ending that is known; null: the name promises nothing.
[[nodiscard]] const NamePromise* namePromise(std::string_view lowerName);

} // namespace cupel::formats
