// SPDX-License-Identifier: GPL-3.0-or-later
// fit(df, df["y"]): whether the label is still among what the model learns from. A model that chooses its columns
// itself (a ColumnTransformer, a class of one's own) learns from those alone; where nobody knows which ones it
// chooses, nothing is claimed.
#pragma once

#include "analyzers/lineage/things.h"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string_view>

namespace cupel::lineage {

class LabelRides {
public:
    explicit LabelRides(const std::deque<Thing>& things)
        : m_things(things)
    {
    }
    [[nodiscard]] bool rides(Ref model, Ref data, std::string_view label);

private:
    enum class Lets : std::uint8_t { All, NotIt, Unknown };

    [[nodiscard]] const Thing& at(Ref ref) const { return m_things[ref]; }
    [[nodiscard]] Lets lets(Ref part, std::string_view label, int depth);
    [[nodiscard]] Lets steps(const Thing& pipeline, std::string_view label, int depth);
    [[nodiscard]] Lets side(const Thing& together, std::string_view label, int depth);
    [[nodiscard]] Lets columns(const Thing& transformer, std::string_view label) const;
    [[nodiscard]] Lets listed(Ref columns, std::string_view label) const;
    [[nodiscard]] Ref given(const Thing& thing, std::string_view name) const;

    const std::deque<Thing>& m_things;
    std::size_t m_seen = 0; // steps that were looked at
};

} // namespace cupel::lineage
