// SPDX-License-Identifier: GPL-3.0-or-later
// Files that are named like weights and are something else: a text, a script, a program, a model of another format.
// Cheap, by the first bytes; told once for all members of a container (MemberGiver), and for any other file by
// rules/model.
#pragma once

#include "analyzers/base/bytes.h"

#include <cstdint>
#include <string_view>

namespace cupel::formats {

enum class Promise : std::uint8_t { None, Maybe, Weights }; // what a name promises
[[nodiscard]] Promise promiseOf(std::string_view fileName);
// A model of any kind, trees and graphs too. Empty, it is none; what else it may be, its bytes say.
[[nodiscard]] bool isNamedLikeModel(std::string_view fileName);

struct Disguise {
    enum class What : std::uint8_t { Nothing, Text, Script, Program, OtherFormat };
    What what = What::Nothing;
    Promise promise = Promise::None; // never None, but for programs
    std::string_view kind; // "a Git LFS pointer"
    bool mayRun = false; // another format: it can carry what runs, and what the name promises cannot
};
// `format`: what the registry takes the bytes for.
[[nodiscard]] Disguise disguiseOf(ByteView bytes, std::string_view fileName, std::string_view format);
// Whether it is worth to ask the registry; never false where there is a disguise.
[[nodiscard]] bool mayBeDisguised(ByteView bytes, std::string_view fileName);

} // namespace cupel::formats
