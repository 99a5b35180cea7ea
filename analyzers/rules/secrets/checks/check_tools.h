// SPDX-License-Identifier: GPL-3.0-or-later
// Small pieces that truth checks share.
#pragma once

#include "analyzers/base/bytes.h"
#include "analyzers/rules/secrets/truth_check.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cupel::rules::secrets::checks {

[[nodiscard]] inline CheckResult valid(std::string note)
{
    return {CheckResult::Outcome::Valid, std::move(note)};
}
[[nodiscard]] inline CheckResult invalid(std::string note)
{
    return {CheckResult::Outcome::Invalid, std::move(note)};
}
[[nodiscard]] inline CheckResult fact(std::string note)
{
    return {CheckResult::Outcome::NoOpinion, std::move(note)};
}
[[nodiscard]] inline CheckResult notASecret()
{
    return {CheckResult::Outcome::NotASecret, {}};
}

// The part after the last `separator`, the whole text when there is none.
[[nodiscard]] std::string_view afterLast(std::string_view text, char separator);
[[nodiscard]] bool onlyOf(std::string_view text, std::string_view alphabet);
[[nodiscard]] bool isDigits(std::string_view text);
[[nodiscard]] bool isHex(std::string_view text);

// A JSON object of a decoded value, read for a few top-level members. Values are claims of the file: shown only after
// `plain` (printable ASCII, at most 60 characters).
class SmallJson {
public:
    explicit SmallJson(std::string text);
    [[nodiscard]] bool isObject() const { return m_isObject; }
    [[nodiscard]] bool has(std::string_view key) const;
    [[nodiscard]] std::string string(std::string_view key) const; // empty: none
    [[nodiscard]] std::optional<std::int64_t> integer(std::string_view key) const;

private:
    std::string m_text;
    bool m_isObject = false;
};

[[nodiscard]] std::string plain(std::string_view value);
[[nodiscard]] std::string isoDate(std::int64_t secondsSince1970); // "2026-11-21"

} // namespace cupel::rules::secrets::checks
