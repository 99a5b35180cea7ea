// SPDX-License-Identifier: GPL-3.0-or-later
// Typed placeholders: the same value gets the same one, so that who reads the copy still sees what belongs together.
// Values are kept as digests only, in memory, for as long as this object lives. One object for all files of a run.
#pragma once

#include "analyzers/base/bytes.h"
#include "analyzers/base/hash.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace cupel::fixes {

class Pseudonyms {
public:
    // "<EMAIL_01>" for class "pii.email"; numbers count up per class in order of first use.
    [[nodiscard]] std::string nameOf(std::string_view cls, ByteView value);

private:
    std::map<std::pair<std::string, Sha256>, std::uint32_t> m_numbers;
    std::map<std::string, std::uint32_t, std::less<>> m_counts;
};

// "EMAIL" of "pii.email", "GITHUB_PAT" of "secret.github-pat"; "VALUE" when nothing is left.
[[nodiscard]] std::string placeholderKind(std::string_view cls);

} // namespace cupel::fixes
