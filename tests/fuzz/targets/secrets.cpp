// SPDX-License-Identifier: GPL-3.0-or-later
// All credential types over one text: places inside it, in order, apart from each other; notes are readable.
#include "analyzers/base/utf8.h"
#include "analyzers/rules/secrets/secret_scanner.h"
#include "tests/fuzz/fuzz.h"

using namespace cupel;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size == 0) {
        return 0;
    }
    const auto text = fuzz::viewOf(data, size).substr(1);
    rules::secrets::ScanContext context;
    context.code = (data[0] & 1) != 0;
    context.idsExpected = (data[0] & 2) != 0;
    context.now = 1'700'000'000;
    Budget budget(fuzz::smallLimits());
    std::optional<std::uint64_t> givenUpAt;
    std::uint64_t end = 0;
    for (const auto& found : rules::secrets::scanText(text, context, budget, givenUpAt)) {
        fuzz::must(found.row != nullptr, "a credential has a type");
        fuzz::must(
            found.secret.start >= end && found.secret.start < found.secret.end && found.secret.end <= text.size(),
            "credentials are in order, disjoint and inside");
        end = found.secret.end;
        const auto secret = text.substr(found.secret.start, found.secret.size());
        for (const auto& note : found.notes) {
            fuzz::must(isUtf8(note) && note.size() <= 1'000, "notes are short and readable");
            fuzz::must(secret.size() < 20 || note.find(secret) == std::string::npos, "a note never tells the secret");
        }
    }
    fuzz::must(!givenUpAt, "a short text is looked at completely");
    return 0;
}
