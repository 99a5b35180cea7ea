// SPDX-License-Identifier: GPL-3.0-or-later
// PEM and OpenSSH private keys of any bytes: a verdict in readable words, nothing leaks (LeakSanitizer looks on).
#include "analyzers/base/private_key.h"
#include "analyzers/base/utf8.h"
#include "tests/fuzz/fuzz.h"

using namespace cupel;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto info = inspectPrivateKey(fuzz::viewOf(data, size));
    fuzz::must(isUtf8(info.kind) && info.kind.size() <= 200, "the kind is short and readable");
    if (size >= 32) {
        fuzz::must(ed25519PublicKey(fuzz::viewOf(data, 32)).size() == 32, "every seed has a public key");
    }
    return 0;
}
