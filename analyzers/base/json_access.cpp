// SPDX-License-Identifier: GPL-3.0-or-later
// Reading values out of an outline, and the fast search for the end of a string.
#include "analyzers/base/json_keys.h"
#include "analyzers/base/json_text.h"

#include <charconv>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace cupel {

std::uint64_t findStringStop(ByteView text, std::uint64_t at)
{
    const char* data = text.data();
    const std::uint64_t size = text.size();
#ifdef __SSE2__
    const __m128i quote = _mm_set1_epi8('"');
    const __m128i slash = _mm_set1_epi8('\\');
    const __m128i space = _mm_set1_epi8(0x1F);
    while (at + 16 <= size) {
        const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(data + at));
        const __m128i control = _mm_cmpeq_epi8(_mm_min_epu8(bytes, space), bytes);
        const __m128i stop =
            _mm_or_si128(control, _mm_or_si128(_mm_cmpeq_epi8(bytes, quote), _mm_cmpeq_epi8(bytes, slash)));
        if (const int mask = _mm_movemask_epi8(stop)) {
            return at + static_cast<std::uint64_t>(__builtin_ctz(static_cast<unsigned>(mask)));
        }
        at += 16;
    }
#endif
    while (at < size) {
        const char c = data[at];
        if (c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20) {
            return at;
        }
        ++at;
    }
    return size;
}

std::optional<std::uint32_t> JsonOutline::member(ByteView text, std::uint32_t node, std::string_view key) const
{
    if (node >= m_nodes.size() || m_nodes[node].type != JsonType::Object) {
        return {};
    }
    std::optional<std::uint32_t> found;
    for (auto child = m_nodes[node].firstChild; child != 0; child = m_nodes[child].nextSibling) {
        const auto name = slice(text, m_nodes[child].key);
        const bool escaped = name.find('\\') != ByteView::npos;
        if (escaped ? decodeJsonKey(text, m_nodes[child].key) == key : name == key) {
            found = child;
        }
    }
    return found;
}

std::optional<std::int64_t> JsonOutline::integer(ByteView text, std::uint32_t node) const
{
    if (node >= m_nodes.size() || m_nodes[node].type != JsonType::Number) {
        return {};
    }
    const auto digits = slice(text, m_nodes[node].value);
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return error == std::errc{} && end == digits.data() + digits.size() ? std::optional(value) : std::nullopt;
}

std::string JsonOutline::string(ByteView text, std::uint32_t node, std::size_t maxBytes) const
{
    std::string out;
    if (node < m_nodes.size() && m_nodes[node].type == JsonType::String) {
        OffsetMap map;
        unescapeJson(text, m_nodes[node].value.start + 1, m_nodes[node].value.end, true, out, map, maxBytes);
    }
    return out;
}

} // namespace cupel
