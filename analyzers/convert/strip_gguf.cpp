// SPDX-License-Identifier: GPL-3.0-or-later
// GGUF: pairs of key and value are left out as a whole, the count is corrected, the data begins at the next multiple of
// the alignment again. Offsets of tensors count from there, so that none of them changes.
#include "analyzers/convert/strip_parts.h"
#include "analyzers/formats/gguf/gguf_types.h"

#include <algorithm>
#include <bit>

namespace cupel::convert {

namespace {

using formats::gguf::Cursor;
using formats::gguf::ValueType;
using Kind = StripItem::Kind;

constexpr std::uint64_t headSize = 8; // magic and version
constexpr std::uint64_t page = 4'096; // writers may fill up to it

// Without these no loader finds its way.
bool isNeeded(std::string_view key)
{
    constexpr std::string_view needed[] = {"general.architecture", "general.alignment", "general.file_type",
        "general.quantization_version", "general.type"};
    return std::find(std::begin(needed), std::end(needed), key) != std::end(needed) || key.starts_with("split.");
}

bool isDescription(std::string_view key)
{
    return (key.starts_with("general.") && !isNeeded(key)) || key.starts_with("quantize.imatrix.");
}

class Rewriter {
public:
    explicit Rewriter(Stripping& work)
        : m_work(work)
        , m_bytes(work.bytes())
        , m_bigEndian(isBig(m_bytes))
        , m_version(versionOf(m_bytes, m_bigEndian))
        , m_cursor(m_bytes, m_version, m_bigEndian)
    {
    }

    std::string run()
    {
        if (const auto flaw = m_work.otherFlaw({"gguf-trailing", "gguf-padding", "gguf-gap", "gguf-key", "gguf-string",
                "gguf-number", "gguf-bool", "gguf-name", "carried-program", "carried-pickle", "carried-archive"});
            !flaw.empty()) {
            return "its structure is not exact (" + flaw + ")";
        }
        if (m_version < 1 || m_version > 3) {
            return "its version is not known";
        }
        m_cursor.seek(headSize);
        const auto tensors = m_cursor.count();
        const auto values = m_cursor.count();
        if (auto trouble = readValues(values); !trouble.empty()) {
            return trouble;
        }
        m_infos.start = m_cursor.at();
        if (!skipTensors(tensors)) {
            return "it cannot be read to its end";
        }
        m_infos.end = m_cursor.at();
        writeHead();
        return writeData(tensors);
    }

private:
    static std::uint32_t versionOf(ByteView bytes, bool big)
    {
        Cursor cursor(bytes, 3, big);
        cursor.seek(4);
        return cursor.word();
    }
    static bool isBig(ByteView bytes) { return versionOf(bytes, true) < versionOf(bytes, false); }

    std::string readValues(std::uint64_t count)
    {
        for (std::uint64_t i = 0; i < count; ++i) {
            const auto start = m_cursor.at();
            const auto key = slice(m_bytes, m_cursor.string());
            const auto type = m_cursor.word();
            const auto valueStart = m_cursor.at();
            if (!m_cursor.ok() || !m_work.budget().spend(64) || !value(key, type)) {
                return "it cannot be read to its end";
            }
            const ByteRange pair{start, m_cursor.at()};
            const bool asked = m_work.asked(key);
            const bool poisoned = m_work.poisoned({valueStart, pair.end});
            if (asked && isNeeded(key)) {
                return "no loader can do without the key \u201c" + std::string(key) + "\u201d";
            }
            if (asked || poisoned || (m_work.wish().metadata && isDescription(key))) {
                m_work.goes(poisoned ? Kind::Template : Kind::Metadata, pair, key.substr(0, 200));
            } else {
                m_kept.push_back(pair);
            }
        }
        return {};
    }

    bool value(std::string_view key, std::uint32_t type)
    {
        if (type == static_cast<std::uint32_t>(ValueType::String)) {
            static_cast<void>(m_cursor.string());
            return m_cursor.ok();
        }
        if (type == static_cast<std::uint32_t>(ValueType::Array)) {
            return array();
        }
        const auto size = formats::gguf::sizeOf(type);
        const auto number = size > 0 ? m_cursor.number(size) : 0;
        if (key == "general.alignment") {
            if (number == 0 || !std::has_single_bit(number) || number > (1ULL << 30)) {
                return false;
            }
            m_alignment = number;
        }
        return size > 0 && m_cursor.ok();
    }

    bool array()
    {
        const auto type = m_cursor.word();
        const auto count = m_cursor.count();
        if (type == static_cast<std::uint32_t>(ValueType::String)) {
            for (std::uint64_t i = 0; i < count && m_cursor.ok(); ++i) {
                if (!m_work.budget().spend(16 + m_cursor.string().size())) {
                    return false;
                }
            }
            return m_cursor.ok();
        }
        const auto size = formats::gguf::sizeOf(type);
        return m_cursor.ok() && size > 0 && count <= m_cursor.left() / size && m_cursor.skip(count * size);
    }

    bool skipTensors(std::uint64_t count)
    {
        for (std::uint64_t i = 0; i < count; ++i) {
            static_cast<void>(m_cursor.string());
            const auto axes = m_cursor.word();
            if (!m_cursor.ok() || axes > 64 || !m_work.budget().spend(64)
                || !m_cursor.skip(std::uint64_t{axes} * m_cursor.lengthSize() + 4 + 8)) {
                return false;
            }
        }
        return m_cursor.ok();
    }

    [[nodiscard]] std::uint64_t aligned(std::uint64_t at) const { return (at + m_alignment - 1) & ~(m_alignment - 1); }

    void writeHead()
    {
        const auto width = m_cursor.lengthSize();
        m_work.copy({0, headSize + width});
        std::string count;
        const std::uint64_t number = m_kept.size();
        for (unsigned i = 0; i < width; ++i) {
            const auto shift = 8 * (m_bigEndian ? width - 1 - i : i);
            count += static_cast<char>((number >> shift) & 0xFF);
        }
        m_work.make(count);
        for (const auto& pair : m_kept) {
            m_work.copy(pair);
        }
        m_work.copy(m_infos);
    }

    std::string writeData(std::uint64_t count)
    {
        const auto start = aligned(m_infos.end);
        const auto size = m_bytes.size();
        if (start >= size) {
            m_work.copy({m_infos.end, count == 0 ? size : m_infos.end});
            return count == 0 ? "" : "the numbers of its tensors are missing";
        }
        const bool hidden = m_work.wish().hidden;
        if (hidden) {
            static_cast<void>(isPadding({m_infos.end, start}));
        }
        m_work.zeros(aligned(m_work.size()) - m_work.size());
        if (!hidden) {
            m_work.copy({start, size});
            return {};
        }
        return tensors(start, count);
    }

    // False: it is something else, and goes.
    bool isPadding(ByteRange range)
    {
        const bool fine = slice(m_bytes, range).find_first_not_of('\0') == ByteView::npos;
        if (!fine) {
            m_work.goesAlso(Kind::Padding, range);
        }
        return fine;
    }

    // Side by side as they were, with zeros between them.
    std::string tensors(std::uint64_t start, std::uint64_t count)
    {
        const auto& list = m_work.analysis().facts.model->tensors;
        if (list.size() != count) {
            return "it has more tensors than are listed";
        }
        auto at = start;
        for (const auto& tensor : list) {
            if (tensor.bytes.start != at || tensor.bytes.end > m_bytes.size()) {
                return "the size of one of its tensors is not known";
            }
            m_work.copy(tensor.bytes);
            const ByteRange rest{
                tensor.bytes.end, std::min<std::uint64_t>(start + aligned(tensor.bytes.end - start), m_bytes.size())};
            isPadding(rest) ? m_work.copy(rest) : m_work.zeros(rest.size());
            at = start + aligned(tensor.bytes.end - start);
        }
        const ByteRange behind{at, m_bytes.size()};
        if (behind.size() <= page && slice(m_bytes, behind).find_first_not_of('\0') == ByteView::npos) {
            m_work.copy(behind);
        } else {
            m_work.goes(Kind::BehindEnd, behind);
        }
        return {};
    }

    Stripping& m_work;
    ByteView m_bytes;
    bool m_bigEndian;
    std::uint32_t m_version;
    Cursor m_cursor;
    std::uint64_t m_alignment = 32;
    std::vector<ByteRange> m_kept; // pairs of key and value
    ByteRange m_infos; // what the tensors say
};

} // namespace

std::string stripGguf(Stripping& work)
{
    return work.analysis().facts.model ? Rewriter(work).run() : "it cannot be read";
}

} // namespace cupel::convert
