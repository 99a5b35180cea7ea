// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/transcode.h"

#include "analyzers/base/json_text.h"

#include <algorithm>
#include <vector>

namespace cupel::formats {

using namespace std::string_view_literals;

Encoding detectEncoding(ByteView head)
{
    using Kind = Encoding::Kind;
    if (head.starts_with("\xEF\xBB\xBF")) {
        return {Kind::Utf8, 3};
    }
    if (head.starts_with("\xFF\xFE\0\0"sv) || head.starts_with("\0\0\xFE\xFF"sv)) {
        return {Kind::Utf32, 4};
    }
    if (head.starts_with("\xFF\xFE")) {
        return {Kind::Utf16LittleEndian, 2};
    }
    if (head.starts_with("\xFE\xFF")) {
        return {Kind::Utf16BigEndian, 2};
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

class Utf16Text : public TranscodedText {
public:
    Utf16Text(ByteView bytes, const Encoding& encoding)
        : m_markSize(encoding.markSize)
        , m_size(bytes.size())
    {
        const bool big = encoding.kind == Encoding::Kind::Utf16BigEndian;
        const auto unit = [&](std::uint64_t at) {
            const auto first = static_cast<unsigned char>(bytes[at]);
            const auto second = static_cast<unsigned char>(bytes[at + 1]);
            return static_cast<char32_t>(big ? first << 8 | second : second << 8 | first);
        };
        utf8.reserve(bytes.size() / 2 + 16);
        std::uint64_t at = m_markSize;
        while (at + 1 < bytes.size()) {
            if (utf8.size() >= m_checkpoints.size() * interval) {
                m_checkpoints.push_back({utf8.size(), at});
            }
            char32_t c = unit(at);
            at += 2;
            if (c >= 0xD800 && c < 0xDC00 && at + 1 < bytes.size()) {
                const char32_t low = unit(at);
                if (low >= 0xDC00 && low < 0xE000) {
                    c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
                    at += 2;
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

    // Characters of one to three UTF-8 bytes are two bytes of UTF-16, those of four are four.
    static std::uint64_t fileSize(unsigned char lead) { return lead >= 0xF0 ? 4 : 2; }
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
    std::vector<Checkpoint> m_checkpoints;
};

} // namespace

std::shared_ptr<const TranscodedText> transcodeUtf16(ByteView bytes, const Encoding& encoding)
{
    return std::make_shared<Utf16Text>(bytes, encoding);
}

std::string encode(std::string_view utf8, const Encoding& encoding)
{
    const bool big = encoding.kind == Encoding::Kind::Utf16BigEndian;
    if (!big && encoding.kind != Encoding::Kind::Utf16LittleEndian) {
        return std::string(utf8);
    }
    std::string out;
    const auto unit = [&out, big](char32_t value) {
        const auto high = static_cast<char>(value >> 8);
        const auto low = static_cast<char>(value & 0xFF);
        out.push_back(big ? high : low);
        out.push_back(big ? low : high);
    };
    for (std::size_t at = 0; at < utf8.size();) {
        const auto lead = static_cast<unsigned char>(utf8[at]);
        const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
        char32_t c = length == 1 ? lead : lead & (0xFF >> (length + 1));
        for (std::size_t i = 1; i < length && at + i < utf8.size(); ++i) {
            c = c << 6 | (static_cast<unsigned char>(utf8[at + i]) & 0x3F);
        }
        at += length;
        if (c >= 0x10000) {
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
    switch (encoding.kind) {
    case Encoding::Kind::Utf8:
        return encoding.markSize;
    case Encoding::Kind::Utf16LittleEndian:
    case Encoding::Kind::Utf16BigEndian:
        out.transcoded = transcodeUtf16(artifact.view(), encoding);
        return 0;
    case Encoding::Kind::Utf32:
        out.status = ReadStatus::Partial;
        out.diagnostics.push_back({"encoding-utf32",
            "The file is written in UTF-32, which is not decoded; its bytes were searched as they are", 0,
            DiagnosticLevel::Incomplete});
        return encoding.markSize;
    }
    return 0;
}

} // namespace cupel::formats
