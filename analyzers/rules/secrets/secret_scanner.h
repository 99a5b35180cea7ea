// SPDX-License-Identifier: GPL-3.0-or-later
// Finds credentials in one decoded text: literals, confirmation, filters, truth checks, and the best of what overlaps.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/base/bytes.h"
#include "analyzers/rules/secrets/secret_row.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cupel::rules::secrets {

// What somebody who finds it can do with it.
enum class Use : std::uint8_t { Full, Half, Expired };

struct Credential {
    const SecretRow* row = nullptr;
    ByteRange secret; // in the text
    Severity severity = Severity::High;
    Confidence confidence = Confidence::Likely;
    Use use = Use::Full;
    std::vector<std::string> notes; // what the truth checks learnt
    bool allowed = false; // an inline allow comment stands beside it
};

struct ScanContext {
    bool code = false; // source code: quotes and names mean more
    bool idsExpected = false; // metadata: numbers drawn at random name things there
    std::int64_t now = 0; // for expiry dates
};

// In order of their places; what overlaps is settled. `givenUpAt` is set to the first place where hostile text cost
// more than a search may, and stays empty when all of the text was looked at.
[[nodiscard]] std::vector<Credential> scanText(
    ByteView text, const ScanContext& context, Budget& budget, std::optional<std::uint64_t>& givenUpAt);

} // namespace cupel::rules::secrets
