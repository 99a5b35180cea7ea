// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/pii/shape_index.h"

#include <algorithm>
#include <bit>
#include <numeric>
#include <tuple>
#include <utility>

namespace cupel::rules::pii {

namespace {

constexpr std::size_t noPlace = 38;

std::size_t placeOf(char c)
{
    if (c >= '0' && c <= '9') {
        return static_cast<std::size_t>(c - '0');
    }
    if ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') {
        return static_cast<std::size_t>((c | 0x20) - 'a') + 10;
    }
    return c == '(' ? 36 : c == '+' ? 37 : noPlace;
}

bool isWord(char c)
{
    return placeOf(c) < 36;
}

// The places of all characters that the part accepts, one bit for each.
std::uint64_t acceptedBy(const ShapePart& part)
{
    constexpr std::uint64_t digits = (1ULL << 10) - 1;
    constexpr std::uint64_t words = (1ULL << 36) - 1;
    switch (part.type) {
    case ShapePart::Type::Digit:
        return digits;
    case ShapePart::Type::Letter:
        return words & ~digits;
    case ShapePart::Type::Either:
        return words;
    case ShapePart::Type::Literal:
    case ShapePart::Type::Class:
        break;
    }
    std::uint64_t places = 0;
    for (const char c : part.set) {
        places |= 1ULL << placeOf(c);
    }
    return places & ~(1ULL << noPlace);
}

// How many letters and digits a value of this shape may start with.
std::pair<std::size_t, std::size_t> firstRun(const Shape& shape)
{
    std::size_t least = 0;
    std::size_t most = 0;
    bool open = true; // no separator was certain so far
    bool exact = true;
    for (const auto& part : shape.parts) {
        const bool fixed = part.type == ShapePart::Type::Literal || part.type == ShapePart::Type::Class;
        const bool always = !fixed || std::all_of(part.set.begin(), part.set.end(), isWord);
        const bool never = fixed && std::none_of(part.set.begin(), part.set.end(), isWord);
        if (never && part.least > 0) {
            break;
        }
        open = open && always;
        exact = exact && open;
        most += part.most;
        least += exact ? part.least : 0;
    }
    return {least, most};
}

// The first separator, when all that comes before it are letters and digits.
char firstSeparator(const Shape& shape)
{
    for (const auto& part : shape.parts) {
        if (part.type == ShapePart::Type::Class) {
            return '\0';
        }
        if (part.type == ShapePart::Type::Literal && !isWord(part.set[0])) {
            return part.least > 0 && &part != &shape.parts.front() ? part.set[0] : '\0';
        }
    }
    return '\0';
}

// The last sign, other than letters and digits, of those that always stand equally far behind the start.
std::pair<char, std::uint8_t> fixedMark(const Shape& shape)
{
    constexpr std::size_t farthest = 255;
    std::pair<char, std::uint8_t> mark{'\0', 0};
    std::size_t at = 0;
    for (const auto& part : shape.parts) {
        if (part.least != part.most || at > farthest) {
            break;
        }
        if (part.type == ShapePart::Type::Literal && !isWord(part.set[0])) {
            mark = {part.set[0], static_cast<std::uint8_t>(at)};
        }
        at += part.most;
    }
    return mark;
}

// What the first characters have to be, as far as all values have equally many of each part.
StartSigns startOf(const Shape& shape)
{
    constexpr std::size_t most = 16;
    StartSigns needed;
    std::size_t at = 0;
    for (const auto& part : shape.parts) {
        for (std::size_t i = 0; i < part.least && at < most; ++i, ++at) {
            const auto bit = static_cast<std::uint16_t>(1U << at);
            const auto place = part.type == ShapePart::Type::Literal ? placeOf(part.set[0]) : noPlace;
            const bool digit = part.type == ShapePart::Type::Digit || place < 10;
            const bool letter = part.type == ShapePart::Type::Letter || (place >= 10 && place < 36);
            needed.digits |= digit ? bit : 0;
            needed.letters |= letter ? bit : 0;
            needed.either |= part.type == ShapePart::Type::Either ? bit : 0;
        }
        if (part.least != part.most || at >= most) {
            break;
        }
    }
    return needed;
}

constexpr std::size_t longestWeak = 15; // digits

// How many digits a shape without separators has at most; 0: it has some.
std::size_t bareLength(const Shape& shape)
{
    std::size_t length = 0;
    for (const auto& part : shape.parts) {
        if (part.type == ShapePart::Type::Literal && !isWord(part.set[0])) {
            return 0;
        }
        length += part.most;
    }
    return length;
}

} // namespace

ShapeIndex::ShapeIndex()
    : m_byRow(rows().size())
{
    for (std::size_t row = 0; row < rows().size(); ++row) {
        auto shapes = rows()[row].shapes;
        while (!shapes.empty()) {
            const auto end = std::min(shapes.find('\n'), shapes.size());
            for (auto& shape : readShape(shapes.substr(0, end))) {
                IndexedShape entry;
                entry.row = static_cast<std::uint16_t>(row);
                // A checksum alone says little of a bare number: one in ten of all counters passes.
                const bool number = shape.onlyDigits && bareLength(shape) > 0 && bareLength(shape) <= longestWeak;
                entry.weak = shape.demand == Shape::Demand::Context
                    || (shape.demand == Shape::Demand::OfRow
                        && (rows()[row].need == Need::Context || (rows()[row].need == Need::Check && number)));
                ShapeGate gate;
                gate.row = entry.row;
                gate.separator = firstSeparator(shape);
                std::tie(gate.mark, gate.markAt) = fixedMark(shape);
                gate.needed = startOf(shape);
                m_gates.push_back(gate);
                entry.shape = std::move(shape);
                const auto index = static_cast<std::uint16_t>(m_shapes.size());
                m_shapes.push_back(std::move(entry));
                m_byRow[row].push_back(index);
            }
            shapes.remove_prefix(std::min(shapes.size(), end + 1));
        }
    }
    fill();
}

template <typename Visit> void ShapeIndex::eachBucket(std::uint16_t index, Visit visit) const
{
    const auto& shape = m_shapes[index].shape;
    const auto [least, most] = firstRun(shape);
    for (auto places = acceptedBy(shape.parts.front()); places != 0; places &= places - 1) {
        const auto place = static_cast<std::size_t>(std::countr_zero(places));
        const bool sign = place >= 36;
        for (auto run = sign ? 0 : least; run <= (sign ? 0 : std::min(most, longestRun)); ++run) {
            visit((place * (longestRun + 1) + run) * 2 + (m_shapes[index].weak ? 1 : 0));
        }
    }
}

// Counted first, then filled: one piece of memory for all buckets.
void ShapeIndex::fill()
{
    std::vector<std::uint32_t> next(buckets + 1, 0);
    for (std::size_t index = 0; index < m_shapes.size(); ++index) {
        eachBucket(static_cast<std::uint16_t>(index), [&next](std::size_t bucket) { ++next[bucket + 1]; });
    }
    std::partial_sum(next.begin(), next.end(), next.begin());
    m_buckets.resize(next.back());
    m_followers.assign(buckets, 0);
    for (std::size_t i = 0; i < m_shapes.size(); ++i) {
        const auto index = static_cast<std::uint16_t>(i);
        const char separator = m_gates[i].separator;
        const auto follower = separator == '\0' ? ~std::uint64_t(0) : std::uint64_t(1) << (separator & 63);
        eachBucket(index, [&](std::size_t bucket) {
            m_buckets[next[bucket]++] = index;
            m_followers[bucket] |= follower;
        });
    }
    next.pop_back();
    m_ends = std::move(next); // every bucket was filled up to the beginning of the next
}

const ShapeIndex& ShapeIndex::shared()
{
    static const ShapeIndex index;
    return index;
}

ShapeBucket ShapeIndex::startingWith(char first, std::size_t run) const
{
    const auto place = placeOf(first);
    if (place >= firsts || run > longestRun) {
        return {};
    }
    const auto bucket = (place * (longestRun + 1) + run) * 2;
    const auto start = bucket == 0 ? 0 : m_ends[bucket - 1];
    const std::span shapes(m_buckets);
    return {{shapes.subspan(start, m_ends[bucket] - start), m_followers[bucket]},
        {shapes.subspan(m_ends[bucket], m_ends[bucket + 1] - m_ends[bucket]), m_followers[bucket + 1]}};
}

} // namespace cupel::rules::pii
