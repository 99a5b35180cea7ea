// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/tensorflow/tf_bundle.h"

#include "analyzers/base/checksums.h"
#include "analyzers/base/protobuf.h"
#include "analyzers/formats/tensorflow/tf_schema.h"

#include <algorithm>
#include <limits>
#include <optional>

namespace cupel::formats::tensorflow {

namespace {

constexpr std::uint64_t footerSize = 48;
constexpr std::uint64_t trailerSize = 5; // of a block: how it is packed, and a checksum
constexpr std::size_t mostTroubles = 100;
constexpr std::size_t longestKey = 4'096;
constexpr std::size_t keptName = 1'024;
constexpr std::size_t mostAxes = 64;
constexpr std::uint64_t mostBlocks = 100'000;

struct Handle {
    std::uint64_t offset = 0;
    std::uint64_t size = 0;
    [[nodiscard]] std::uint64_t end() const { return size > ~offset ? ~std::uint64_t{0} : offset + size; }
};

class TableReader {
public:
    TableReader(ByteView file, Budget& budget)
        : m_file(file)
        , m_budget(budget)
    {
    }

    Bundle run()
    {
        const auto end = tableEnd(m_file);
        if (!end) {
            trouble({m_file.size(), m_file.size()}, "its last bytes are not those of a table");
            m_out.whole = false;
            return std::move(m_out);
        }
        const ByteRange footer{*end - footerSize, *end};
        m_out.cover.add(footer);
        auto at = footer.start;
        const auto meta = handle(at, footer.end - 8);
        const auto index = meta ? handle(at, footer.end - 8) : std::nullopt;
        if (!meta || !index) {
            trouble(footer, "the places of its blocks cannot be read");
            m_out.whole = false;
            return std::move(m_out);
        }
        if (slice(m_file, {at, footer.end - 8}).find_first_not_of('\0') != ByteView::npos) {
            trouble({at, footer.end - 8}, "the filler of its footer is no zeros");
        }
        m_tableEnd = footer.start;
        static_cast<void>(block(*meta)); // TensorFlow keeps nothing there
        std::vector<Handle> blocks;
        if (const auto list = block(*index)) {
            eachEntry(*list, [&](std::string_view, ByteRange value) {
                auto place = value.start;
                const auto one = handle(place, value.end);
                // Tables are written block by block: of blocks that share bytes a small file could have endless ones.
                const bool behind = one && (blocks.empty() || one->offset >= blocks.back().end());
                if (!behind || blocks.size() >= mostBlocks) {
                    trouble(value, "the place of a block cannot be right");
                    m_out.whole = false;
                    return false;
                }
                blocks.push_back(*one);
                return true;
            });
        }
        for (const auto& one : blocks) {
            if (const auto content = block(one)) {
                eachEntry(*content, [this](std::string_view key, ByteRange value) { return entry(key, value); });
            }
        }
        if (!m_header) {
            trouble(footer, "it has no header");
        }
        return std::move(m_out);
    }

private:
    void trouble(ByteRange place, std::string what)
    {
        if (m_out.troubles.size() < mostTroubles) {
            m_out.troubles.emplace_back(place, std::move(what));
        }
    }

    [[nodiscard]] std::optional<Handle> handle(std::uint64_t& at, std::uint64_t end) const
    {
        Handle out;
        return nextPacked(m_file, at, end, out.offset) && nextPacked(m_file, at, end, out.size) ? std::optional(out)
                                                                                                : std::nullopt;
    }

    [[nodiscard]] std::uint32_t fixed32(std::uint64_t at) const
    {
        std::uint32_t out = 0;
        for (unsigned i = 0; i < 4; ++i) {
            out |= static_cast<std::uint32_t>(static_cast<std::uint8_t>(m_file[at + i])) << (8 * i);
        }
        return out;
    }

    // Its entries, without the places where keys are written whole.
    std::optional<ByteRange> block(const Handle& place)
    {
        if (place.offset > m_tableEnd || place.size > m_tableEnd - place.offset
            || m_tableEnd - place.offset - place.size < trailerSize || place.size < 4) {
            trouble({m_tableEnd, m_tableEnd + 1}, "a block lies outside of it");
            m_out.whole = false;
            return std::nullopt;
        }
        const ByteRange content{place.offset, place.offset + place.size};
        const ByteRange all{content.start, content.end + trailerSize};
        m_out.cover.add(all);
        if (!m_budget.spend(place.size)) {
            m_out.whole = false;
            return std::nullopt;
        }
        const auto packed = m_file[content.end];
        if (maskedCrc32c(crc32c(slice(m_file, {content.start, content.end + 1}))) != fixed32(content.end + 1)) {
            trouble(all, "the checksum of a block is wrong");
        }
        if (packed != 0) {
            trouble({content.end, content.end + 1}, "a block is compressed, which TensorFlow does not do");
            m_out.whole = false;
            return std::nullopt;
        }
        const std::uint64_t restarts = fixed32(content.end - 4);
        if (restarts > (place.size - 4) / 4) {
            trouble({content.end - 4, content.end}, "a block has more restarts than bytes");
            m_out.whole = false;
            return std::nullopt;
        }
        return ByteRange{content.start, content.end - 4 - 4 * restarts};
    }

    // Keys are written as what they have more than the one before. Until `take` says no.
    template <typename Take> void eachEntry(ByteRange content, const Take& take)
    {
        std::string key;
        auto at = content.start;
        while (at < content.end) {
            std::uint64_t shared = 0;
            std::uint64_t own = 0;
            std::uint64_t size = 0;
            const auto start = at;
            if (!nextPacked(m_file, at, content.end, shared) || !nextPacked(m_file, at, content.end, own)
                || !nextPacked(m_file, at, content.end, size) || shared > key.size() || own > content.end - at
                || size > content.end - at - own || own > longestKey - std::min(shared, std::uint64_t{longestKey})
                || !m_budget.spend(shared + own + size + 16)) {
                trouble({start, std::min(start + 1, content.end)}, "an entry of a block cannot be read");
                m_out.whole = false;
                return;
            }
            key.resize(shared);
            key += slice(m_file, {at, at + own});
            at += own;
            if (!take(key, ByteRange{at, at + size})) {
                return;
            }
            at += size;
        }
    }

    bool entry(std::string_view key, ByteRange value)
    {
        if (m_any && key <= m_last) {
            trouble(value, "its names are not in order");
        }
        m_any = true;
        m_last = key;
        if (key.empty()) {
            header(value);
        } else if (m_out.entries.size() >= Bundle::mostEntries) {
            m_out.whole = false;
            return false;
        } else {
            m_out.entries.push_back(describe(key, value));
        }
        return true;
    }

    void header(ByteRange value)
    {
        m_header = true;
        m_out.shards = lastNumber(m_file, value, 1, 0);
        m_out.bigEndian = lastNumber(m_file, value, 2, 0) == 1;
        if (m_out.shards == 0 || m_out.shards > std::numeric_limits<std::int32_t>::max()) {
            trouble(value, "it has " + std::to_string(m_out.shards) + " shards");
        }
    }

    BundleEntry describe(std::string_view key, ByteRange value)
    {
        BundleEntry out;
        out.name = key.substr(0, keptName);
        out.place = value;
        ProtoReader reader(m_file, value);
        for (ProtoField field; reader.next(field);) {
            const bool number = field.wire == ProtoWire::Varint;
            if (field.number == 1 && number) {
                out.type = field.value;
            } else if (field.number == 2 && field.wire == ProtoWire::Bytes) {
                shape(field.bytes, out);
            } else if (field.number == 3 && number) {
                out.shard = field.value;
            } else if (field.number == 4 && number) {
                out.offset = field.value;
            } else if (field.number == 5 && number) {
                out.size = field.value;
            } else if (field.number == 6 && field.wire == ProtoWire::Fixed32) {
                out.checksum = static_cast<std::uint32_t>(field.value);
                out.hasChecksum = true;
            } else if (field.number == 7 && field.wire == ProtoWire::Bytes) {
                out.sliced = true;
            } else {
                trouble(field.bytes, "an entry has a field that no version has");
            }
        }
        if (reader.trouble() != ProtoTrouble::None) {
            trouble(value, "an entry cannot be read: " + std::string(toString(reader.trouble())));
        }
        if (out.shard >= m_out.shards) {
            trouble(value, "a tensor is in shard " + std::to_string(out.shard) + " of " + std::to_string(m_out.shards));
        }
        return out;
    }

    void shape(ByteRange bytes, BundleEntry& out)
    {
        out.shape.clear();
        ProtoReader reader(m_file, bytes);
        for (ProtoField field; reader.next(field);) {
            if (field.number != 2 || field.wire != ProtoWire::Bytes) {
                continue;
            }
            const auto extent = lastNumber(m_file, field.bytes, 1, 0);
            if (out.shape.size() >= mostAxes || extent > std::numeric_limits<std::int64_t>::max()) {
                trouble(bytes, "the shape of a tensor is none");
                return;
            }
            out.shape.push_back(extent);
        }
    }

    ByteView m_file;
    Budget& m_budget;
    Bundle m_out;
    std::string m_last; // name
    std::uint64_t m_tableEnd = 0;
    bool m_any = false;
    bool m_header = false;
};

} // namespace

Bundle readBundle(ByteView index, Budget& budget)
{
    return TableReader(index, budget).run();
}

} // namespace cupel::formats::tensorflow
