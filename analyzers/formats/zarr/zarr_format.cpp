// SPDX-License-Identifier: GPL-3.0-or-later
// A file of an array of Zarr: numbers of one chunk or of a shard of them, packed or not. Nothing in it says so; the
// metadata that stands above it does. All of it is unpacked and counted, and nothing but the beginning is kept.
#include "analyzers/base/budget.h"
#include "analyzers/base/byte_cover.h"
#include "analyzers/base/utf8.h"
#include "analyzers/formats/carried.h"
#include "analyzers/formats/model_parts.h"
#include "analyzers/formats/unpacked.h"
#include "analyzers/formats/zarr/zarr_layout.h"
#include "analyzers/model/neighbours.h"

#include <algorithm>
#include <limits>
#include <memory>
#include <utility>

namespace cupel::formats::zarr {

namespace {

constexpr std::size_t checksumBytes = 4;
constexpr std::size_t beginning = 64 << 10;
constexpr std::size_t largestMember = 32 << 20;
constexpr std::size_t mostMembers = 64;

const Neighbours::Member* metadataOf(const Artifact& artifact)
{
    const auto* beside = artifact.companions.get();
    const auto* second = beside ? beside->find(secondVersion) : nullptr;
    return second || !beside ? second : beside->find(thirdVersion);
}

std::uint64_t littleEndian(ByteView bytes)
{
    std::uint64_t out = 0;
    for (std::size_t i = 0; i < bytes.size() && i < 8; ++i) {
        out |= std::uint64_t{static_cast<unsigned char>(bytes[i])} << (8 * i);
    }
    return out;
}

class Reader {
public:
    Reader(const Artifact& artifact, const Layout& layout, Budget& budget, Facts& out, ModelContent& model)
        : m_artifact(artifact)
        , m_layout(layout)
        , m_budget(budget)
        , m_out(out)
        , m_model(model)
    {
    }

    void run()
    {
        const ByteRange all{0, m_artifact.view().size()};
        if (m_layout.pickled) {
            noteOnce(m_out, "zarr-objects", "Whoever reads the array loads what a pickle makes", 0);
            hand(all);
        } else if (!m_layout.strange.empty() || m_layout.bytes == 0) {
            const bool packed = !m_layout.strange.empty();
            noteOnce(m_out, packed ? "zarr-codec" : "zarr-type",
                packed ? "The chunk is packed in a way that is not undone" : "What the chunk holds is not numbers", 0);
            hand(all);
        } else if (m_layout.chunks == 0) {
            chunk(all);
        } else {
            shard(all);
        }
    }

    [[nodiscard]] std::uint64_t understood() const { return m_understood; }

private:
    // Nobody knows how it is read: whatever it is by itself is judged.
    void hand(ByteRange part)
    {
        const auto bytes = slice(m_artifact.view(), part);
        if (bytes.empty() || m_members >= mostMembers) {
            return;
        }
        ++m_members;
        const auto name = "chunk-" + std::to_string(part.start);
        if (packedAs(bytes).empty()) {
            giveMember(m_artifact, part, name, m_budget, m_out);
        } else {
            giveMember(m_artifact, std::make_shared<const std::string>(unpacked(bytes, largestMember, m_budget)),
                part.start, name, m_budget, m_out);
        }
    }

    void wrong(ByteRange part, std::string_view what)
    {
        noteOnce(m_out, "zarr-chunk", "A chunk is not what its array says: " + std::string(what), part.start);
        const auto size = m_artifact.view().size();
        if (size > 1 && !std::exchange(m_isWrong, true)) {
            m_model.keepLeftover({1, size}); // a pickle may stand anywhere, also where an index should be
        }
        hand(part);
    }

    void chunk(ByteRange part)
    {
        if (m_layout.checksum) {
            if (part.size() < checksumBytes) {
                wrong(part, "it is too short");
                return;
            }
            part.end -= checksumBytes;
            m_understood += checksumBytes;
        }
        std::string head;
        const auto trouble = m_layout.packing.empty() ? plain(part, head) : packed(part, head);
        if (m_budget.stopped()) {
            noteOnce(m_out, "stopped", "Reading stopped early", part.start);
        } else if (!trouble.empty()) {
            wrong(part, trouble);
        } else {
            m_understood += part.size();
            const auto kind = carriedAt(head).kind;
            if (kind == Carried::Pickle || kind == Carried::Program) {
                hand(part); // for who loads it by itself
            }
        }
    }

    std::string_view plain(ByteRange part, std::string& head)
    {
        head = slice(m_artifact.view(), part).substr(0, beginning);
        return part.size() == m_layout.bytes ? "" : "it has another size";
    }

    std::string_view packed(ByteRange part, std::string& head)
    {
        const auto bytes = slice(m_artifact.view(), part);
        auto content = measured(bytes, m_layout.packing, m_layout.bytes, m_budget);
        head = std::move(content.beginning);
        return content.damaged               ? "it cannot be unpacked"
            : content.size != m_layout.bytes ? "it has another size"
            : content.bytesFollow            ? "bytes follow it"
                                             : "";
    }

    // Places of the chunks stand at the end, or at the start, and chunks that hold nothing new have none.
    void shard(ByteRange all)
    {
        constexpr std::uint64_t entry = 16;
        constexpr std::uint64_t none = std::numeric_limits<std::uint64_t>::max();
        const auto tail = m_layout.indexChecksum ? checksumBytes : 0;
        if (all.size() < tail || m_layout.chunks > (all.size() - tail) / entry) {
            wrong(all, "it is too short for its index");
            return;
        }
        const auto size = m_layout.chunks * entry + tail;
        const auto start = m_layout.indexAtStart ? 0 : all.size() - size;
        ByteCover cover;
        cover.add({start, start + size});
        m_understood += size;
        for (std::uint64_t i = 0; i < m_layout.chunks && m_budget.spend(64); ++i) {
            const auto row = m_artifact.view().substr(start + i * entry, entry);
            const auto from = littleEndian(row.substr(0, 8));
            const auto length = littleEndian(row.substr(8));
            if (from == none && length == none) {
                continue;
            }
            if (from > all.size() || length > all.size() - from) {
                wrong({start + i * entry, start + (i + 1) * entry}, "a part of it lies behind its end");
                continue;
            }
            m_read += length;
            if (m_read > all.size()) { // chunks in one another: none is read twice
                wrong(all, "its parts overlap");
                return;
            }
            cover.add({from, from + length});
            chunk({from, from + length});
        }
        const auto gaps = cover.isKnown() ? cover.gaps(all) : std::vector{all};
        for (const auto gap : gaps) {
            wrong(gap, "bytes of it belong to no part");
        }
    }

    const Artifact& m_artifact;
    const Layout& m_layout;
    Budget& m_budget;
    Facts& m_out;
    ModelContent& m_model;
    std::uint64_t m_understood = 0;
    std::uint64_t m_read = 0; // bytes of chunks of a shard
    std::size_t m_members = 0;
    bool m_isWrong = false;
};

} // namespace

int sniff(ByteView /*head*/, std::uint64_t /*size*/, std::string_view /*fileName*/)
{
    return 0; // nothing in it says what it is
}

bool isChunk(const Artifact& artifact)
{
    return metadataOf(artifact) != nullptr && isChunkName(artifact.fileName());
}

void parse(const Artifact& artifact, Budget& budget, Facts& out)
{
    out.hasLines = false;
    out.coverage.total = artifact.view().size();
    auto model = std::make_shared<ModelContent>();
    out.model = model;
    model->kind = "numbers of an array of Zarr";
    const auto* metadata = metadataOf(artifact);
    const auto layout = metadata ? layoutOf(metadata->bytes.view(), budget) : std::nullopt;
    const auto known = layout.value_or(Layout());
    if (!known.type.empty()) {
        model->metadata.push_back({"type of numbers", toDisplay(known.type, 64), {}});
    }
    if (!known.packing.empty()) {
        model->metadata.push_back({"packed as", toDisplay(known.packing, 64), {}});
    }
    Reader reader(artifact, known, budget, out, *model);
    reader.run();
    out.coverage.understood = std::min<std::uint64_t>(reader.understood(), out.coverage.total);
}

} // namespace cupel::formats::zarr
