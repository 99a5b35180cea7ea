// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/equal_values.h"

#include "analyzers/base/redact.h"

#include <algorithm>
#include <cstdint>
#include <unordered_map>

namespace cupel::rules {

namespace {

constexpr std::size_t shortest = 6; // bytes, those that the table is keyed by
constexpr std::size_t compared = 512; // of a longer value its beginning is enough
constexpr std::size_t mostValues = 1'000;
constexpr std::size_t mostWithOneStart = 16; // a file made of equal starts costs no more than this at each place
constexpr std::size_t mostPlaces = 100'000;

std::uint64_t startOf(const char* at)
{
    std::uint64_t key = 0;
    for (std::size_t i = 0; i < shortest; ++i) {
        key = key << 8 | static_cast<unsigned char>(at[i]);
    }
    return key;
}

class Needles {
public:
    void add(ByteView value, std::size_t index)
    {
        if (m_count >= mostValues || value.size() < shortest) {
            return;
        }
        const auto key = startOf(value.data());
        auto& known = m_byStart[key];
        const bool fits = known.size() < mostWithOneStart
            && std::none_of(known.begin(), known.end(), [&](const auto& one) { return one.first == value; });
        if (fits) {
            known.emplace_back(value, index);
            m_maybe[slot(key)] = true;
            ++m_count;
        }
    }
    [[nodiscard]] bool empty() const { return m_count == 0; }

    // The longest value that stands at `at`; nothing: `bytes` is empty.
    [[nodiscard]] EqualPlace at(ByteView text, std::uint64_t at, std::uint64_t key) const
    {
        EqualPlace best;
        if (!m_maybe[slot(key)]) {
            return best;
        }
        const auto known = m_byStart.find(key);
        if (known == m_byStart.end()) {
            return best;
        }
        for (const auto& [value, index] : known->second) {
            const auto head = value.substr(0, compared);
            if (head.size() > best.bytes.size() && text.substr(at, head.size()) == head) {
                auto size = head.size();
                while (size < value.size() && at + size < text.size() && text[at + size] == value[size]) {
                    ++size;
                }
                best = {{at, at + size}, index};
            }
        }
        return best;
    }

private:
    static std::size_t slot(std::uint64_t key) { return key * 0x9E3779B97F4A7C15ULL >> 48U; }

    std::unordered_map<std::uint64_t, std::vector<std::pair<ByteView, std::size_t>>> m_byStart;
    std::vector<bool> m_maybe = std::vector<bool>(1U << 16U);
    std::size_t m_count = 0;
};

} // namespace

bool isUnmistakable(ByteView value)
{
    constexpr std::size_t longEnough = 16;
    constexpr std::size_t withCapitals = 8;
    bool digit = false;
    bool letter = false;
    bool sign = false;
    bool small = false;
    bool capital = false; // behind the first letter
    for (std::size_t i = 0; i < value.size(); ++i) {
        const char c = value[i];
        const bool isSmall = c >= 'a' && c <= 'z';
        const bool isCapital = c >= 'A' && c <= 'Z';
        digit = digit || (c >= '0' && c <= '9');
        small = small || isSmall;
        capital = capital || (isCapital && i > 0);
        letter = letter || isSmall || isCapital;
        sign = sign || std::string_view("!#$%&*+=?@^|~").find(c) != std::string_view::npos;
    }
    if (value.size() < shortest || value.find_first_not_of(value.empty() ? ' ' : value.front()) == ByteView::npos) {
        return false;
    }
    return value.size() >= longEnough || (digit && letter) || (sign && letter)
        || (value.size() >= withCapitals && small && capital);
}

std::vector<EqualPlace> placesOfValues(ByteView text, const std::vector<ByteView>& values)
{
    Needles needles;
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (isUnmistakable(values[i])) {
            needles.add(values[i], i);
            // A program cuts the mark of the issuer off and prints the rest.
            needles.add(values[i].substr(keptBeginning(values[i])), i);
        }
    }
    std::vector<EqualPlace> places;
    if (needles.empty() || text.size() < shortest) {
        return places;
    }
    constexpr std::uint64_t keyBits = (std::uint64_t{1} << (8 * shortest)) - 1;
    std::uint64_t key = startOf(text.data());
    std::uint64_t covered = 0; // a place that begins within one is a part of it
    for (std::uint64_t at = 0; at + shortest <= text.size(); ++at) {
        if (at > 0) {
            key = (key << 8 | static_cast<unsigned char>(text[at + shortest - 1])) & keyBits;
        }
        if (at < covered) {
            continue;
        }
        const auto place = needles.at(text, at, key);
        if (!place.bytes.empty()) {
            covered = place.bytes.end;
            places.push_back(place);
            if (places.size() >= mostPlaces) {
                break;
            }
        }
    }
    return places;
}

void maskEqualValues(ByteView text, const std::vector<Hit>& hits, std::vector<Masked>& masks)
{
    std::vector<ByteView> values;
    std::vector<const Hit*> owners;
    for (const auto& hit : hits) {
        if (hit.sensitive && hit.rule.starts_with("CUP-SEC-")) {
            values.push_back(slice(text, hit.bytes));
            owners.push_back(&hit);
        }
    }
    for (const auto& place : placesOfValues(text, values)) {
        const auto& hit = *owners[place.value];
        const bool whole = place.bytes.size() == hit.bytes.size() && !isOnlyMask(hit.masked);
        masks.push_back({place.bytes, whole ? hit.masked : std::string(maskDots)});
    }
    tidyMasks(masks);
}

} // namespace cupel::rules
