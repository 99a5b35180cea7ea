// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/transcode.h"

#include "analyzers/base/json_text.h"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

namespace cupel::formats {

using namespace std::string_view_literals;

namespace {

using Kind = Encoding::Kind;

bool isBig(Kind kind)
{
    return kind == Kind::Utf16BigEndian || kind == Kind::Utf32BigEndian;
}

std::size_t unitSize(Kind kind)
{
    return kind == Kind::Utf8 ? 1 : kind == Kind::Utf16LittleEndian || kind == Kind::Utf16BigEndian ? 2 : 4;
}

// `at` has as many bytes behind it.
char32_t unitAt(ByteView bytes, std::size_t at, Kind kind)
{
    const auto size = unitSize(kind);
    char32_t out = 0;
    for (std::size_t i = 0; i < size; ++i) {
        out = out << 8 | static_cast<unsigned char>(bytes[at + (isBig(kind) ? i : size - 1 - i)]);
    }
    return out;
}

// json.detect_encoding() of CPython; and what it is taken for has to begin as an object or a list does, since anything
// may have zeros there.
std::optional<Kind> jsonEncoding(ByteView head)
{
    if (head.size() < 4 || (head[0] != '\0' && head[1] != '\0')) {
        return std::nullopt;
    }
    const auto kind = head[0] == '\0'        ? (head[1] != '\0' ? Kind::Utf16BigEndian : Kind::Utf32BigEndian)
        : head[2] != '\0' || head[3] != '\0' ? Kind::Utf16LittleEndian
                                             : Kind::Utf32LittleEndian;
    std::array<char32_t, 2> first{}; // that are no blanks
    std::size_t found = 0;
    const auto size = unitSize(kind);
    for (std::size_t at = 0; at + size <= head.size() && found < first.size(); at += size) {
        const auto unit = unitAt(head, at, kind);
        if (unit != ' ' && unit != '\t' && unit != '\r' && unit != '\n') {
            first[found++] = unit;
        }
    }
    const bool object = first[0] == '{' && (first[1] == '"' || first[1] == '}');
    const bool list = first[0] == '[' && std::u32string_view(U"\"{[]").find(first[1]) != std::u32string_view::npos;
    return object || list ? std::optional(kind) : std::nullopt;
}

} // namespace

Encoding detectEncoding(ByteView head)
{
    if (head.starts_with("\xEF\xBB\xBF")) {
        return {Kind::Utf8, 3};
    }
    if (head.starts_with("\xFF\xFE\0\0"sv)) {
        return {Kind::Utf32LittleEndian, 4};
    }
    if (head.starts_with("\0\0\xFE\xFF"sv)) {
        return {Kind::Utf32BigEndian, 4};
    }
    if (head.starts_with("\xFF\xFE")) {
        return {Kind::Utf16LittleEndian, 2};
    }
    if (head.starts_with("\xFE\xFF")) {
        return {Kind::Utf16BigEndian, 2};
    }
    if (const auto json = jsonEncoding(head)) {
        return {*json, 0};
    }
    // No mark: ASCII text in UTF-16 has a zero in every second byte.
    const auto sample = head.substr(0, 64);
    std::size_t zeros[2] = {};
    for (std::size_t i = 0; i < sample.size(); ++i) {
        zeros[i % 2] += sample[i] == '\0';
    }
    const auto pairs = sample.size() / 2;
    if (pairs >= 8 && zeros[1] * 10 >= pairs * 9 && zeros[0] == 0) {
        return {Kind::Utf16LittleEndian, 0};
    }
    if (pairs >= 8 && zeros[0] * 10 >= pairs * 9 && zeros[1] == 0) {
        return {Kind::Utf16BigEndian, 0};
    }
    return {};
}

namespace {

// Characters of wide units, of which two make one of UTF-16 beyond the first plane.
class WideText : public TranscodedText {
public:
    WideText(ByteView bytes, const Encoding& encoding)
        : m_markSize(encoding.markSize)
        , m_size(bytes.size())
        , m_unit(unitSize(encoding.kind))
    {
        utf8.reserve(bytes.size() / m_unit + 16);
        std::uint64_t at = m_markSize;
        while (at + m_unit <= bytes.size()) {
            if (utf8.size() >= m_checkpoints.size() * interval) {
                m_checkpoints.push_back({utf8.size(), at});
            }
            char32_t c = unitAt(bytes, at, encoding.kind);
            at += m_unit;
            if (m_unit == 2 && c >= 0xD800 && c < 0xDC00 && at + m_unit <= bytes.size()) {
                const char32_t low = unitAt(bytes, at, encoding.kind);
                if (low >= 0xDC00 && low < 0xE000) {
                    c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
                    at += m_unit;
                }
            }
            appendUtf8(utf8, c);
        }
    }

    ByteRange toFile(ByteRange text) const override
    {
        return {walk(text.start), std::min<std::uint64_t>(walk(text.end), m_size)};
    }
    ByteRange fromFile(ByteRange file) const override { return {back(file.start), back(file.end)}; }

private:
    struct Checkpoint {
        std::uint64_t text;
        std::uint64_t file;
    };
    static constexpr std::uint64_t interval = 1'024;

    // Characters of four UTF-8 bytes are four of either, all others are one unit.
    [[nodiscard]] std::uint64_t fileSize(unsigned char lead) const { return lead >= 0xF0 ? 4 : m_unit; }
    static std::uint64_t textSize(unsigned char lead)
    {
        return lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
    }

    template <typename Stop> Checkpoint advance(Checkpoint at, Stop stop) const
    {
        while (at.text < utf8.size() && !stop(at)) {
            const auto lead = static_cast<unsigned char>(utf8[at.text]);
            at.file += fileSize(lead);
            at.text += textSize(lead);
        }
        return at;
    }
    std::uint64_t walk(std::uint64_t offset) const
    {
        const auto after = std::upper_bound(
            m_checkpoints.begin(), m_checkpoints.end(), offset, [](auto o, const Checkpoint& c) { return o < c.text; });
        const auto start = after == m_checkpoints.begin() ? Checkpoint{0, m_markSize} : *std::prev(after);
        return advance(start, [offset](const Checkpoint& c) { return c.text >= offset; }).file;
    }
    std::uint64_t back(std::uint64_t offset) const
    {
        const auto after = std::upper_bound(
            m_checkpoints.begin(), m_checkpoints.end(), offset, [](auto o, const Checkpoint& c) { return o < c.file; });
        const auto start = after == m_checkpoints.begin() ? Checkpoint{0, m_markSize} : *std::prev(after);
        return advance(start, [offset](const Checkpoint& c) { return c.file >= offset; }).text;
    }

    std::uint64_t m_markSize;
    std::uint64_t m_size;
    std::size_t m_unit; // bytes
    std::vector<Checkpoint> m_checkpoints;
};

} // namespace

std::shared_ptr<const TranscodedText> transcode(ByteView bytes, const Encoding& encoding)
{
    return encoding.kind == Kind::Utf8 ? nullptr : std::make_shared<const WideText>(bytes, encoding);
}

HeadText::HeadText(ByteView head)
    : m_head(head)
    , m_copy(transcode(head, detectEncoding(head)))
{
}

std::string encode(std::string_view utf8, const Encoding& encoding)
{
    const auto size = unitSize(encoding.kind);
    if (size == 1) {
        return std::string(utf8);
    }
    std::string out;
    const auto unit = [&](char32_t value) {
        for (std::size_t i = 0; i < size; ++i) {
            out.push_back(static_cast<char>(value >> 8 * (isBig(encoding.kind) ? size - 1 - i : i) & 0xFF));
        }
    };
    for (std::size_t at = 0; at < utf8.size();) {
        const auto lead = static_cast<unsigned char>(utf8[at]);
        const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
        char32_t c = length == 1 ? lead : lead & (0xFF >> (length + 1));
        for (std::size_t i = 1; i < length && at + i < utf8.size(); ++i) {
            c = c << 6 | (static_cast<unsigned char>(utf8[at + i]) & 0x3F);
        }
        at += length;
        if (size == 2 && c >= 0x10000) {
            unit(0xD800 + ((c - 0x10000) >> 10 & 0x3FF));
            unit(0xDC00 + ((c - 0x10000) & 0x3FF));
        } else {
            unit(c);
        }
    }
    return out;
}

std::uint64_t openText(const Artifact& artifact, Facts& out)
{
    const auto encoding = detectEncoding(artifact.view());
    out.transcoded = transcode(artifact.view(), encoding);
    return out.transcoded ? 0 : encoding.markSize;
}

} // namespace cupel::formats
