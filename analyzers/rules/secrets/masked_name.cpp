// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/secrets/masked_name.h"

#include "analyzers/base/redact.h"
#include "analyzers/rules/secrets/secret_scanner.h"
#include "analyzers/rules/secrets/unwrap.h"

#include <optional>
#include <vector>

namespace cupel::rules::secrets {

namespace {

// Calls itself Limits::decodeDepth times at most. `place`: of the wrapped text in the name, for the name itself
// nothing.
void findIn(ByteView text, std::optional<ByteRange> place, std::uint32_t depth, Budget& budget,
    std::vector<ByteRange>& found, bool& givenUp)
{
    std::optional<std::uint64_t> givenUpAt;
    for (const auto& credential : scanText(text, {}, budget, givenUpAt)) {
        found.push_back(place.value_or(credential.secret));
    }
    givenUp = givenUp || givenUpAt;
    if (depth < budget.limits().decodeDepth) {
        const auto cut = unwrapEach(text, budget, [&](const Unwrapped& piece) {
            findIn(piece.text, place.value_or(piece.source), depth + 1, budget, found, givenUp);
        });
        givenUp = givenUp || cut;
    } else {
        givenUp = givenUp || hasWrapped(text, budget);
    }
}

} // namespace

std::string maskedName(std::string name, Budget& budget)
{
    std::vector<ByteRange> found;
    bool givenUp = false;
    findIn(name, {}, 0, budget, found, givenUp);
    if (givenUp) {
        return std::string(maskDots);
    }
    mergeRanges(found);
    std::string shown;
    std::uint64_t at = 0;
    for (const auto& range : found) {
        shown.append(name, at, range.start - at).append(mask(slice(name, range)));
        at = range.end;
    }
    return shown.append(name, at);
}

} // namespace cupel::rules::secrets
