// SPDX-License-Identifier: GPL-3.0-or-later
// Every truth check on any bytes: the first line is the secret, the rest what stands around it.
#include "analyzers/rules/secrets/truth_check.h"
#include "tests/fuzz/fuzz.h"

#include <algorithm>

using namespace cupel;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size == 0) {
        return 0;
    }
    const auto all = rules::secrets::truthChecks();
    const auto& check = all[data[0] % all.size()];
    const auto text = fuzz::viewOf(data, size).substr(1);
    constexpr std::size_t around = 200;
    const auto cut = std::min(text.find('\x01'), text.size());
    rules::secrets::CheckInput input;
    input.match = text;
    input.secret = text.substr(0, cut);
    input.before = text.substr(cut).substr(0, around);
    input.after = text.substr(text.size() - std::min(text.size(), around));
    input.now = 1'800'000'000;
    const auto result = check.run(input);
    fuzz::must(result.note.size() < 1'000, "a note is short");
    return 0;
}
