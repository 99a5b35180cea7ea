// SPDX-License-Identifier: GPL-3.0-or-later
// What a rule says about a place. Holds ids and arguments, never a secret: excerpts are redacted before they get here.
#pragma once

#include "analyzers/model/fix.h"
#include "analyzers/model/location.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cupel {

enum class Severity : std::uint8_t { Info, Low, Medium, High, Critical };
enum class Confidence : std::uint8_t { Possible, Likely, Certain };
[[nodiscard]] std::string_view toString(Severity severity); // "info" ...
[[nodiscard]] std::string_view toString(Confidence confidence); // "possible" ...
[[nodiscard]] bool fromString(std::string_view text, Severity& out);
[[nodiscard]] bool fromString(std::string_view text, Confidence& out);

enum class Family : std::uint8_t { Secret, Pii, Code, Output, Dependency, Pickle, Model, Archive, Malformed, Lineage };
[[nodiscard]] std::string_view toString(Family family);

struct Evidence {
    std::string role; // "match", "decoded-from", "check", "context"
    Location location; // empty artifact: no place (a check)
    std::string excerpt; // redacted text, at most 240 bytes, valid UTF-8, one line
};

struct Finding {
    std::string rule; // "CUP-SEC-GITHUB-PAT"
    Family family = Family::Malformed;
    std::string cls; // "secret.github-pat"; empty for families without classes
    std::string title;
    std::string message; // one or two English sentences, redacted
    std::map<std::string, std::string> arguments; // for translated messages; redacted
    Severity severity = Severity::Info;
    Confidence confidence = Confidence::Possible;
    Location location;
    std::vector<Evidence> evidence;
    std::optional<Fix> fix; // nullopt: nothing that a program should do on its own
    std::string fingerprint; // 32 hex digits; survives line moves and cell reordering
    // Why nobody needs to act: "baseline", or the reason of a decision; empty: open. Set by whoever reads baselines and
    // decisions, never by a rule: nothing in a file makes its own findings smaller.
    std::string settled;
    std::string settledNote; // who decided it and why
    std::string context; // 16 hex digits of the redacted line: tells that it is another one now
    // 3 hex digits of a digest of what stands at all of its places: they tell that something else does now, and too
    // little to say which values they are; "-" where even that would tell them. Empty: it has no such places.
    std::string values;
};

// Order of every list: file, then place, then rule. Total and deterministic.
[[nodiscard]] bool comesBefore(const Finding& a, const Finding& b);

} // namespace cupel
