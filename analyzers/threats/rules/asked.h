// SPDX-License-Identifier: GPL-3.0-or-later
// What is known of a question that is asked of many parts of a model: what several of them have in common is found out
// once, within bounds. One thread.
#pragma once

#include "analyzers/threats/rules/expression.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace cupel::threats {

// A node of the expression, and what it looks up at the owner, wherever it is asked from.
using ForOwners = std::pair<std::uint32_t, std::vector<double>>;

struct Asked {
    std::map<ForOwners, std::vector<Truth>> along; // by place of the element: of nodes that look along flows
    std::map<ForOwners, std::vector<std::optional<Truth>>> near; // the same of those that look one flow far, as asked
    std::map<ForOwners, Truth> anywhere; // of nodes that look at the whole model
    std::map<std::uint32_t, std::pair<const DiagramPart*, Truth>> ofOwner; // by node: of the owner that was asked last
    std::vector<bool> seen; // by place of the element; all false between two uses
    std::size_t steps = 0; // conditions and flows looked at

    [[nodiscard]] std::optional<Truth> knownNear(const ForOwners& key, std::size_t place) const
    {
        const auto known = near.find(key);
        return known == near.end() ? std::nullopt : known->second[place];
    }
    void keepNear(ForOwners key, std::size_t place, std::size_t elements, Truth truth)
    {
        if (!near.contains(key)) {
            makeRoom(near, elements);
        }
        auto& all = near[std::move(key)];
        all.resize(elements);
        all[place] = truth;
    }

    // Before another entry of so many truths.
    template <typename Known> static void makeRoom(Known& known, std::size_t truths)
    {
        constexpr std::size_t mostOwners = 256; // that say different things; ranks of trust are 0 to 100
        constexpr std::size_t mostTruths = 16 << 20;
        if (known.size() >= mostOwners || known.size() * truths >= mostTruths) {
            known.clear();
        }
    }
};

} // namespace cupel::threats
