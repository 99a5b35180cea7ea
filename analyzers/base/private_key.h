// SPDX-License-Identifier: GPL-3.0-or-later
// What a PEM or OpenSSH private key is, without using it: parsed by OpenSSL (PKCS#1, SEC 1, PKCS#8) or, for the OpenSSH
// container (PROTOCOL.key of OpenSSH), by checked reads.
#pragma once

#include "analyzers/base/bytes.h"

#include <cstdint>
#include <string>

namespace cupel {

struct PrivateKeyInfo {
    enum class State : std::uint8_t { Broken, Parsed, Encrypted };
    State state = State::Broken;
    std::string kind; // "RSA 2048 bit", "EC 256 bit", "ssh-ed25519"
};

// `pem`: from "-----BEGIN" to the end line; line breaks may be written as "\n" or be missing.
[[nodiscard]] PrivateKeyInfo inspectPrivateKey(ByteView pem);

// The 32-byte Ed25519 public key of a 32-byte seed (RFC 8032); empty when that fails.
[[nodiscard]] std::string ed25519PublicKey(ByteView seed);

} // namespace cupel
