// SPDX-License-Identifier: GPL-3.0-or-later
// The scanner of one decoded text: credentials in order, apart from each other, inside the text.
#include "analyzers/rules/secrets/secret_scanner.h"
#include "tests/fuzz/fuzz.h"

using namespace cupel;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto text = fuzz::viewOf(data, size);
    Budget budget(fuzz::smallLimits());
    rules::secrets::ScanContext context;
    context.code = (size & 1) != 0;
    context.idsExpected = (size & 2) != 0;
    context.now = 1'800'000'000;
    bool complete = true;
    std::uint64_t last = 0;
    for (const auto& found : rules::secrets::scanText(text, context, budget, complete)) {
        fuzz::must(found.row != nullptr, "a credential has a type");
        fuzz::must(found.secret.start < found.secret.end && found.secret.end <= size, "a credential lies in the text");
        fuzz::must(found.secret.start >= last, "credentials do not overlap and stand in order");
        last = found.secret.end;
        const auto secret = text.substr(found.secret.start, found.secret.size());
        for (const auto& note : found.notes) {
            fuzz::must(secret.size() < 16 || note.find(secret) == std::string::npos, "a note never holds the secret");
        }
    }
    return 0;
}
