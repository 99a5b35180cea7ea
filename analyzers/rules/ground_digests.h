// SPDX-License-Identifier: GPL-3.0-or-later
// Whether the code that a finding hangs on is still what it was (Finding::values), in the order of the file and however
// it is formatted. Statements are the ground of many findings: each is read once. Lives for one artifact.
#pragma once

#include "analyzers/rules/excerpt.h"
#include "analyzers/rules/sink.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace cupel::rules {

class GroundDigests {
public:
    // All outlive it. `code`: what stands for grounds that were not followed to their end.
    GroundDigests(
        const Facts& facts, ByteView text, const std::vector<Masked>& masks, const std::vector<Hit::Ground>& code)
        : m_facts(facts)
        , m_text(text)
        , m_masks(masks)
        , m_code(code)
    {
    }
    // 16 hex digits of the texts as they are shown, and three more, as of any value, of what they are: nothing that is
    // masked can be found out with them.
    [[nodiscard]] std::string of(const Hit& hit);

private:
    using Digests = std::pair<std::string, std::string>; // as shown, as it is
    const Digests& digests(const Hit::Ground& ground);
    [[nodiscard]] std::string digest(const std::vector<Hit::Ground>& parts, const std::vector<Masked>& masks) const;

    const Facts& m_facts;
    ByteView m_text;
    const std::vector<Masked>& m_masks;
    const std::vector<Hit::Ground>& m_code;
    std::map<std::pair<std::uint64_t, std::uint64_t>, Digests> m_known; // by place
    std::uint64_t m_bytes = 0; // read
};

} // namespace cupel::rules
