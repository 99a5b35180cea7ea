// SPDX-License-Identifier: GPL-3.0-or-later
// Whether the code that a finding hangs on is still what it was (Finding::values), in the order of the file and however
// it is formatted. Statements are the ground of many findings: each is read once. Lives for one artifact.
#pragma once

#include "analyzers/rules/excerpt.h"
#include "analyzers/rules/sink.h"

#include <map>
#include <string>
#include <tuple>
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
    // 16 hex digits. What is masked goes in as its value digest, the same as the finding about it tells: nothing more
    // can be found out with many of them than with that one.
    [[nodiscard]] std::string of(const Hit& hit);

private:
    using Place = std::tuple<std::uint64_t, std::uint64_t, std::uint64_t, bool>; // start, end, nesting, Python
    const std::string& digest(const Hit::Ground& ground);
    void appendText(const Hit::Ground& ground, std::string& out) const;
    void readMasks();

    const Facts& m_facts;
    ByteView m_text;
    const std::vector<Masked>& m_masks;
    const std::vector<Hit::Ground>& m_code;
    std::vector<Masked> m_told; // the masks with the digests of what they stand for
    std::map<Place, std::string> m_known;
    std::uint64_t m_bytes = 0; // read
};

} // namespace cupel::rules
