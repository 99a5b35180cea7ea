// SPDX-License-Identifier: GPL-3.0-or-later
// Offline truth checks: what a credential proves about itself without asking anyone. One line each in
// truth_checks.def, one function each in checks/*.cpp.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace cupel::rules::secrets {

struct CheckInput {
    std::string_view secret; // the credential itself
    std::string_view match; // the whole match of the row
    std::string_view before; // up to 200 bytes of decoded text before the match
    std::string_view after; // up to 200 bytes after it
    std::int64_t now = 0; // seconds since 1970, UTC
};

struct CheckResult {
    enum class Outcome : std::uint8_t {
        NoOpinion, // nothing learnt; the note may still tell a fact ("AWS account ending in 9012")
        Valid, // a checksum or structure proves the type: certain
        Invalid, // a checksum or structure disproves it: at most low, possible
        NotASecret, // certainly something else (a digest, a published sample): no finding
        Expired, // was real, no longer works: at most low
        Test, // sandbox: at most low
        Public, // public by design: info
        Protected, // encrypted or hashed: at most medium
        Half, // of no use without another value, which does not stand near: at most medium
    };
    Outcome outcome = Outcome::NoOpinion;
    std::string note; // evidence for people: "CRC32 checksum is valid"; never holds the secret
};

struct TruthCheck {
    std::string_view name;
    CheckResult (*run)(const CheckInput& input);
};

[[nodiscard]] std::span<const TruthCheck> truthChecks();
[[nodiscard]] const TruthCheck* findTruthCheck(std::string_view name); // null: unknown

} // namespace cupel::rules::secrets
