// SPDX-License-Identifier: GPL-3.0-or-later
// Digests through OpenSSL EVP (the only place that includes it besides the truth checks' crypto helper).
#pragma once

#include "analyzers/base/bytes.h"

#include <array>
#include <cstdint>
#include <memory>
#include <string>

namespace cupel {

using Sha256 = std::array<std::uint8_t, 32>;

[[nodiscard]] Sha256 sha256(ByteView bytes);
// What other tools write into their baselines; never used where a digest has to be strong.
[[nodiscard]] std::string sha1Hex(ByteView bytes);
[[nodiscard]] std::string toHex(ByteView bytes);
[[nodiscard]] std::string toHex(const Sha256& digest);

// For input that arrives in pieces.
class Sha256Stream {
public:
    Sha256Stream();
    ~Sha256Stream();
    Sha256Stream(const Sha256Stream&) = delete;
    Sha256Stream& operator=(const Sha256Stream&) = delete;
    void add(ByteView bytes);
    [[nodiscard]] Sha256 finish();

private:
    struct Context;
    std::unique_ptr<Context> m_context;
};

} // namespace cupel
