// SPDX-License-Identifier: GPL-3.0-or-later
// Every offline truth check on anything at all, cut into what stands before, the credential and what stands after; and
// the inspection of private keys that they use.
#include "analyzers/base/checksums.h"
#include "analyzers/base/private_key.h"
#include "analyzers/base/utf8.h"
#include "analyzers/rules/allow_comments.h"
#include "analyzers/rules/secrets/exclusions.h"
#include "analyzers/rules/secrets/truth_check.h"
#include "tests/fuzz/fuzz.h"

#include <algorithm>

using namespace cupel;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size < 3) {
        return 0;
    }
    const auto text = fuzz::viewOf(data, size).substr(3);
    const auto checks = rules::secrets::truthChecks();
    const auto& check = checks[data[0] % checks.size()];
    const auto start = text.size() * (data[1] % 16) / 64;
    const auto end = text.size() - (text.size() - start) * (data[2] % 16) / 64;
    rules::secrets::CheckInput input;
    input.secret = text.substr(start, end - start);
    input.match = text.substr(start - start / 2, end - start + start / 2);
    input.before = text.substr(0, start - start / 2);
    input.after = text.substr(end);
    input.now = 1'700'000'000;
    const auto result = check.run(input);
    fuzz::must(isUtf8(result.note) && result.note.size() <= 1'000, "notes are short and readable");
    if (input.secret.size() >= 20 && result.note.find(input.secret) != std::string::npos) {
        // The input may be words of the note itself. A note that tells the secret changes with it.
        std::string other(input.secret);
        other.back() = other.back() == 'x' ? 'y' : 'x';
        auto changed = input;
        changed.secret = other;
        changed.match = other;
        fuzz::must(check.run(changed).note == result.note, "a note never tells the secret");
    }
    (void)rules::secrets::isInsideBlob(text, {start, end});
    (void)rules::isAllowedInline(text, {start, end});
    (void)rules::secrets::isReference(input.secret);
    (void)rules::secrets::isPlaceholder(input.secret, (data[0] & 1) != 0);
    (void)decodeBase58Check(input.secret);
    (void)isBech32(input.secret);
    return 0;
}
