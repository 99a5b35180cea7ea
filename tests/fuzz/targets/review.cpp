// SPDX-License-Identifier: GPL-3.0-or-later
// Profiles, decisions and baselines of any bytes: read or refused, and decisions are never lost.
#include "analyzers/review/baseline.h"
#include "analyzers/review/decisions.h"
#include "analyzers/review/profile.h"
#include "tests/fuzz/fuzz.h"

using namespace cupel;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto text = fuzz::viewOf(data, size);
    if (const auto profile = review::readProfile(text)) {
        fuzz::must(!profile.value().name.empty(), "a profile has a name");
    }
    (void)review::Baseline::read(text);
    std::vector<std::string> troubles;
    const auto decisions = review::Decisions::read(text, troubles);
    const auto written = decisions.write();
    std::vector<std::string> again;
    fuzz::must(review::Decisions::read(written, again).write() == written, "decisions come back as they were written");
    return 0;
}
