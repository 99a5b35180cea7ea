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
    // A point of the curve costs a hundred times what reading does, in code that no sanitizer looks into.
    if (size >= 32 && (data[0] ^ data[31]) % 64 == 0) {
        fuzz::must(ed25519PublicKey(fuzz::viewOf(data, 32)).size() == 32, "every seed has a public key");
    }
    return 0;
}
