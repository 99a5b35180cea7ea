// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/threats/rules/truth_along.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

namespace cupel::threats {

namespace {

constexpr std::uint32_t none = 0xFFFF'FFFF;

// Two different beginnings from which an element is reached: one of them is not itself, and more need not be known.
using Beginnings = std::array<std::uint32_t, 2>;

bool add(Beginnings& known, std::uint32_t beginning)
{
    if (known[0] == beginning || known[1] != none) {
        return false;
    }
    (known[0] == none ? known[0] : known[1]) = beginning;
    return true;
}

} // namespace

std::vector<Truth> truthAlong(const ModelIndex& model, const std::vector<Truth>& own, bool down, Along which)
{
    const auto& elements = model.model().elements;
    std::vector<Truth> out(elements.size(), Truth::False);
    std::vector<bool> reached(elements.size(), false); // by what counts more
    std::array levels{Truth::True, Truth::Assumed, Truth::Unknown, Truth::False};
    if (which == Along::Worst) {
        std::reverse(levels.begin(), levels.end());
    }
    std::vector<Beginnings> known;
    std::vector<std::pair<std::uint32_t, std::uint32_t>> next; // element, from which beginning
    for (const Truth level : levels) {
        known.assign(elements.size(), {none, none});
        for (std::uint32_t i = 0; i < elements.size(); ++i) {
            if (own[i] == level && add(known[i], i)) {
                next.emplace_back(i, i);
            }
        }
        while (!next.empty()) {
            const auto [place, beginning] = next.back();
            next.pop_back();
            const Element& at = elements[place];
            // What lies behind an element has it before itself.
            for (const Flow* flow : down ? model.into(at) : model.outOf(at)) {
                const Element* other = beyond(model, *flow, at, !down);
                if (!other) {
                    continue;
                }
                const auto to = static_cast<std::uint32_t>(model.placeOf(*other));
                if (add(known[to], beginning)) {
                    out[to] = reached[to] ? out[to] : level;
                    reached[to] = true;
                    next.emplace_back(to, beginning);
                }
            }
        }
    }
    return out;
}

} // namespace cupel::threats
