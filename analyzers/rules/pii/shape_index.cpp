// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/pii/shape_index.h"

#include <algorithm>
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

bool accepts(const ShapePart& part, std::size_t place)
{
    switch (part.type) {
    case ShapePart::Type::Digit:
        return place < 10;
    case ShapePart::Type::Letter:
        return place >= 10 && place < 36;
    case ShapePart::Type::Either:
        return place < 36;
    case ShapePart::Type::Literal:
    case ShapePart::Type::Class:
        return std::any_of(part.set.begin(), part.set.end(), [place](char c) { return placeOf(c) == place; });
    }
    return false;
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

constexpr std::size_t longestWeak = 14; // digits

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
                entry.separator = firstSeparator(shape);
                std::tie(entry.mark, entry.markAt) = fixedMark(shape);
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
    for (std::size_t place = 0; place < firsts; ++place) {
        if (!accepts(shape.parts.front(), place)) {
            continue;
        }
        const bool sign = place >= 36;
        for (auto run = sign ? 0 : least; run <= (sign ? 0 : std::min(most, longestRun)); ++run) {
            visit((place * (longestRun + 1) + run) * 2 + (m_shapes[index].weak ? 1 : 0), sign);
        }
    }
}

// Counted first, then filled: one piece of memory for all buckets.
void ShapeIndex::fill()
{
    std::vector<std::uint32_t> next(buckets + 1, 0);
    for (std::size_t index = 0; index < m_shapes.size(); ++index) {
        eachBucket(static_cast<std::uint16_t>(index), [&next](std::size_t bucket, bool) { ++next[bucket + 1]; });
    }
    std::partial_sum(next.begin(), next.end(), next.begin());
    m_gates.resize(next.back());
    for (std::size_t i = 0; i < m_shapes.size(); ++i) {
        const auto index = static_cast<std::uint16_t>(i);
        const auto& entry = m_shapes[i];
        eachBucket(index, [&](std::size_t bucket, bool sign) {
            m_gates[next[bucket]++] = {index, entry.row, sign ? '\0' : entry.separator, entry.mark, entry.markAt};
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
    const std::span gates(m_gates);
    return {gates.subspan(start, m_ends[bucket] - start),
        gates.subspan(m_ends[bucket], m_ends[bucket + 1] - m_ends[bucket])};
}

} // namespace cupel::rules::pii
