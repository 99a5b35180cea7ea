// SPDX-License-Identifier: GPL-3.0-or-later
// Part of strip: what the formats share. One object lives as long as one plan is made.
#pragma once

#include "analyzers/convert/strip.h"
#include "analyzers/model/name_mask.h"

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace cupel::convert {

class Stripping {
public:
    Stripping(const AnalysisPtr& file, const StripWish& wish, Budget& budget);

    [[nodiscard]] const Analysis& analysis() const { return *m_plan.source; }
    [[nodiscard]] ByteView bytes() const { return m_plan.source->artifact.view(); }
    [[nodiscard]] const StripWish& wish() const { return m_plan.wish; }
    [[nodiscard]] Budget& budget() { return m_budget; }

    // The first flaw of the file that is none of these: with it nothing is exact. Empty: there is none.
    [[nodiscard]] std::string otherFlaw(std::initializer_list<std::string_view> known) const;
    // A key of the metadata: whether it was asked for by name, or holds a poisoned template.
    [[nodiscard]] bool asked(std::string_view key);
    [[nodiscard]] bool poisoned(ByteRange value) const;
    // Keys that were asked for and did not come up.
    [[nodiscard]] std::string missingKey() const;

    void goes(StripItem::Kind kind, ByteRange place, std::string_view name = {});
    // One item for all of a kind that has no names.
    void goesAlso(StripItem::Kind kind, ByteRange place);
    void stays(std::string why) { m_plan.notes.push_back(std::move(why)); }
    void copy(ByteRange range);
    void make(std::string_view text);
    void zeros(std::uint64_t count);
    [[nodiscard]] std::uint64_t size() const { return m_plan.bytes; } // so far
    [[nodiscard]] bool tooLarge() const; // already: places of the old file are named again and again, or filled up
    [[nodiscard]] StripPlan take() { return std::move(m_plan); }

private:
    StripPlan m_plan;
    Budget& m_budget;
    NameMask m_mask;
    std::vector<ByteRange> m_poisoned; // regions of templates
    std::vector<bool> m_found; // of the keys
};

// Empty: planned; else why not. They take the pieces out of what the old file is made of.
[[nodiscard]] std::string stripSafetensors(Stripping& work);
[[nodiscard]] std::string stripGguf(Stripping& work);
[[nodiscard]] std::string stripZip(Stripping& work);
[[nodiscard]] std::string stripTail(Stripping& work); // pickles and arrays of NumPy: what follows their end

} // namespace cupel::convert
