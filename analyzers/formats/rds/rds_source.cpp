// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/rds/rds_source.h"

#include <charconv>

namespace cupel::formats::rds {

namespace {

constexpr std::int64_t missing = INT32_MIN; // NA
constexpr std::size_t longestWord = 64;

bool isSpace(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

bool isOctal(char c)
{
    return c >= '0' && c <= '7';
}

} // namespace

bool Source::word(ByteView& out)
{
    const auto bytes = m_wire.bytes();
    auto at = m_wire.at();
    while (at < bytes.size() && isSpace(bytes[at])) {
        if (((++at) & 0xFFF) == 0 && !m_wire.spend(0x1000)) {
            return false;
        }
    }
    const auto start = at;
    while (at < bytes.size() && !isSpace(bytes[at]) && at - start <= longestWord) {
        ++at;
    }
    m_wire.seek(at);
    out = bytes.substr(start, at - start);
    return out.empty() || out.size() > longestWord ? m_wire.broken("a number is missing") : true;
}

bool Source::integer(std::int64_t& value)
{
    if (m_form != Form::Ascii) {
        std::uint64_t bits = 0;
        if (!m_wire.number(4, bits, m_bigEndian)) {
            return false;
        }
        value = static_cast<std::int32_t>(static_cast<std::uint32_t>(bits));
        return true;
    }
    ByteView text;
    if (!word(text)) {
        return false;
    }
    if (text == "NA") {
        value = missing;
        return true;
    }
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() ? true : m_wire.broken("a number is none");
}

bool Source::length(unsigned width, std::uint64_t& count)
{
    std::int64_t first = 0;
    if (!integer(first)) {
        return false;
    }
    if (first == -1) {
        std::int64_t high = 0;
        std::int64_t low = 0;
        if (!integer(high) || !integer(low)) {
            return false;
        }
        // R refuses more than 2^16 in the upper half.
        if (high < 0 || high > 65'536) {
            return m_wire.broken("the length of a vector cannot be");
        }
        count = (static_cast<std::uint64_t>(high) << 32) | static_cast<std::uint32_t>(low);
    } else if (first < 0) {
        return m_wire.broken("the length of a vector is negative");
    } else {
        count = static_cast<std::uint64_t>(first);
    }
    // A value on a line of its own takes two bytes.
    const auto least = m_form == Form::Ascii ? 2U : width;
    return count <= (m_wire.left() + 1) / least ? true : m_wire.broken("a vector is longer than the file");
}

bool Source::numbers(std::uint64_t count, unsigned width)
{
    if (m_form != Form::Ascii) {
        return m_wire.skip(count * width); // length() has bounded it
    }
    const auto words = width == 16 ? count * 2 : count;
    for (std::uint64_t i = 0; i < words; ++i) {
        ByteView text;
        if (!m_wire.spend(8) || !word(text)) {
            return false;
        }
    }
    return true;
}

bool Source::string(std::uint64_t size, ByteRange& place)
{
    if (m_form != Form::Ascii) {
        const auto start = m_wire.at();
        place = {start, start + size};
        return m_wire.skip(size);
    }
    const auto bytes = m_wire.bytes();
    auto at = m_wire.at();
    while (at < bytes.size() && isSpace(bytes[at])) {
        ++at;
    }
    const auto start = at;
    for (std::uint64_t i = 0; i < size && at < bytes.size(); ++i) {
        const bool plain = bytes[at] != '\\';
        ++at;
        if (plain || at >= bytes.size()) {
            continue;
        }
        const auto octal = at;
        while (at < bytes.size() && at - octal < 3 && isOctal(bytes[at])) {
            ++at;
        }
        at += at == octal ? 1 : 0;
    }
    place = {start, at};
    if (at - start < size) {
        return m_wire.skip(size); // tells that it ends too early
    }
    m_wire.seek(at);
    return m_wire.spend(at - start);
}

} // namespace cupel::formats::rds
