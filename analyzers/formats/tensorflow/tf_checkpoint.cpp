// SPDX-License-Identifier: GPL-3.0-or-later
// Both halves of a TensorFlow checkpoint: the index that says what lies where, and the shards of bytes that mean
// nothing without it. A shard on disk gets its index as a companion; in a container the index only knows how large the
// shards are.
#include "analyzers/base/checksums.h"
#include "analyzers/base/utf8.h"
#include "analyzers/base/words.h"
#include "analyzers/formats/carried.h"
#include "analyzers/formats/tensorflow/tf_bundle.h"
#include "analyzers/formats/tensorflow/tf_schema.h"
#include "analyzers/formats/tensorflow/tf_types.h"
#include "analyzers/model/neighbours.h"

#include <algorithm>
#include <map>
#include <optional>

namespace cupel::formats::tensorflow {

namespace {

constexpr std::size_t mostCarried = 64;
constexpr std::string_view indexEnd = ".index";

// What lies in the same folder, on disk or in the container. nullptr: nothing of that name, or nobody knows.
const Neighbours::Member* besides(const Artifact& artifact, const std::string& name)
{
    if (artifact.companions) {
        return artifact.companions->find(name);
    }
    const auto member = artifact.memberName();
    const auto folder = member.substr(0, member.rfind('/') + 1); // 0 when there is none
    return artifact.beside ? artifact.beside->find(std::string(folder) + name) : nullptr;
}

// The name between quotes, in front of what is wrong with its tensor.
std::string quotedName(const BundleEntry& entry)
{
    return '"' + toDisplay(entry.name, 80) + '"';
}

ModelTensor tensorOf(const BundleEntry& entry, ByteRange place, std::string storedIn)
{
    ModelTensor out{toDisplay(entry.name, 200), typeWord(entry.type), entry.shape, place, std::move(storedIn)};
    out.exactName = entry.name.size() <= 200;
    out.hasData = !entry.sliced; // its parts have
    return out;
}

// Texts of a string tensor: their lengths, a checksum of these, the texts. nullopt: it is not written so.
std::optional<std::uint32_t> checksumOfTexts(ByteView data, std::uint64_t count, Budget& budget)
{
    std::uint64_t at = 0;
    std::uint64_t sum = 0;
    std::uint32_t crc = 0;
    for (std::uint64_t i = 0; i < count; ++i) {
        std::uint64_t length = 0;
        if (!budget.spend(16) || !nextPacked(data, at, data.size(), length) || length > data.size() - sum) {
            return std::nullopt;
        }
        sum += length;
        const unsigned width = length > 0xFFFF'FFFF ? 8 : 4;
        char bytes[8];
        for (unsigned k = 0; k < width; ++k) {
            bytes[k] = static_cast<char>(length >> (8 * k));
        }
        crc = crc32c({bytes, width}, crc);
    }
    if (data.size() - at < 4 || data.size() - at - 4 != sum) {
        return std::nullopt;
    }
    const auto told = maskedCrc32c(crc);
    for (unsigned k = 0; k < 4; ++k) {
        if (static_cast<std::uint8_t>(data[at + k]) != (told >> (8 * k) & 0xFF)) {
            return std::nullopt;
        }
    }
    return budget.spend(data.size()) ? std::optional(crc32c(data.substr(at), crc)) : std::nullopt;
}

std::uint32_t checksumOf(ByteView data, Budget& budget)
{
    constexpr std::size_t step = 1 << 20;
    std::uint32_t crc = 0;
    for (std::size_t at = 0; at < data.size() && budget.spend(std::min(step, data.size() - at)); at += step) {
        crc = crc32c(data.substr(at, step), crc);
    }
    return crc;
}

void tellLeftover(ByteRange gap, std::uint64_t size, ModelParts& parts)
{
    const bool end = gap.end == size;
    parts.model().addLeftover(end ? "model-trailing" : "model-gap", gap);
    if (end) {
        auto& out = parts.facts();
        noteOnce(out, "trailing-bytes",
            counted(gap.size(), "byte belongs", "bytes belong") + " to no part of the model", gap.start);
        out.coverage.understood = gap.start;
    }
}

class IndexJudge {
public:
    IndexJudge(const Artifact& artifact, ModelParts& parts, Budget& budget)
        : m_artifact(artifact)
        , m_parts(parts)
        , m_budget(budget)
        , m_bundle(readBundle(artifact.view(), budget))
        , m_prefix(artifact.fileName())
    {
        if (m_prefix.ends_with(indexEnd)) {
            m_prefix.remove_suffix(indexEnd.size());
        }
    }

    void run()
    {
        auto& model = m_parts.model();
        model.kind += m_bundle.bigEndian ? ", big-endian" : "";
        for (const auto& [place, what] : m_bundle.troubles) {
            model.addFlaw("tf-bundle", place, what);
        }
        for (const auto& entry : m_bundle.entries) {
            judge(entry);
        }
        layout();
        own();
    }

private:
    void judge(const BundleEntry& entry)
    {
        const auto end = entry.size > ~entry.offset ? ~std::uint64_t{0} : entry.offset + entry.size;
        m_parts.model().add(tensorOf(entry, {entry.offset, end}, shardName(m_prefix, entry.shard, m_bundle.shards)));
        const auto* type = typeOf(entry.type);
        const auto count = elementCount(entry.shape);
        if (!entry.sliced && type && type->bytes > 0
            && (count > ~std::uint64_t{0} / type->bytes || count * type->bytes != entry.size)) {
            m_parts.model().addFlaw("tf-bundle", entry.place,
                quotedName(entry) + " has " + counted(entry.size, "byte", "bytes") + ", which its shape does not have");
        }
        if (!entry.sliced && entry.size > 0) {
            m_shards[entry.shard].push_back({{entry.offset, end}, &entry});
        }
    }

    void layout()
    {
        for (auto& [shard, pieces] : m_shards) {
            std::stable_sort(
                pieces.begin(), pieces.end(), [](const auto& a, const auto& b) { return a.range < b.range; });
            const auto name = shardName(m_prefix, shard, m_bundle.shards);
            const auto* file = besides(m_artifact, name);
            std::uint64_t at = 0;
            std::uint64_t between = 0;
            for (const auto& piece : pieces) {
                if (piece.range.start < at) {
                    m_parts.model().addFlaw("tf-bundle", piece.entry->place,
                        quotedName(*piece.entry) + " shares bytes with another tensor");
                } else {
                    between += piece.range.start - at;
                }
                if (file && piece.range.end > file->size) {
                    m_parts.model().addFlaw("tf-bundle", piece.entry->place,
                        quotedName(*piece.entry) + " ends behind the end of its shard");
                }
                at = std::max(at, piece.range.end);
            }
            pointTo(name);
            // A shard on disk is compared when it is looked at itself, by its bytes.
            if (file && m_artifact.depth > 0 && m_bundle.whole && file->size > at) {
                between += file->size - at;
            }
            if (file && m_artifact.depth > 0 && m_bundle.whole && between > 0) {
                m_parts.model().addFlaw("tf-shard-leftover", pieces.front().entry->place, std::to_string(between));
            }
        }
    }

    void pointTo(const std::string& shard)
    {
        constexpr std::size_t most = 5'000;
        auto& references = m_parts.model().references;
        if (references.size() < most) {
            references.push_back({"weights", toDisplay(shard, ModelContent::longestValue), {0, 8}});
        }
    }

    void own()
    {
        auto& out = m_parts.facts();
        const auto size = m_artifact.view().size();
        out.coverage.understood = size;
        if (!m_bundle.whole) {
            noteOnce(out, "tf-bundle", "The index of the checkpoint was not read to its end", 0);
            return;
        }
        for (const auto gap : m_bundle.cover.gaps({0, size})) {
            if (!isFiller(slice(m_artifact.view(), gap))) {
                tellLeftover(gap, size, m_parts);
            }
        }
    }

    struct Piece {
        ByteRange range;
        const BundleEntry* entry;
    };
    const Artifact& m_artifact;
    ModelParts& m_parts;
    Budget& m_budget;
    Bundle m_bundle;
    std::string_view m_prefix;
    std::map<std::uint64_t, std::vector<Piece>> m_shards;
};

class ShardJudge {
public:
    ShardJudge(const Artifact& artifact, const Bundle& bundle, ModelParts& parts, Budget& budget)
        : m_artifact(artifact)
        , m_bytes(artifact.view())
        , m_bundle(bundle)
        , m_parts(parts)
        , m_budget(budget)
    {
    }

    void run(std::uint64_t shard)
    {
        for (const auto& entry : m_bundle.entries) {
            if (entry.shard != shard || entry.sliced) {
                continue;
            }
            if (entry.offset > m_bytes.size() || entry.size > m_bytes.size() - entry.offset) {
                tell(entry, {m_bytes.size(), m_bytes.size()}, " ends behind the end of the shard");
                noteOnce(
                    m_parts.facts(), "tf-shard-truncated", "A tensor ends behind the end of the shard", m_bytes.size());
                m_parts.model().add(tensorOf(entry, {}, {}));
                continue;
            }
            const ByteRange place{entry.offset, entry.offset + entry.size};
            m_cover.add(place);
            m_parts.model().add(tensorOf(entry, place, {}));
            checksum(entry, place);
            carried(place);
        }
        if (!m_bundle.whole || !m_cover.isKnown()) {
            noteOnce(m_parts.facts(), "tf-bundle", "The index of the checkpoint was not read to its end", 0);
            return;
        }
        for (const auto gap : m_cover.gaps({0, m_bytes.size()})) {
            if (m_budget.spend(gap.size()) && !isFiller(slice(m_bytes, gap))) {
                tellLeftover(gap, m_bytes.size(), m_parts);
            }
        }
    }

private:
    void tell(const BundleEntry& entry, ByteRange place, std::string_view what)
    {
        m_parts.model().addFlaw("tf-shard", place, quotedName(entry) + std::string(what));
    }

    void checksum(const BundleEntry& entry, ByteRange place)
    {
        constexpr std::uint64_t variant = 21; // summed up in a way of its own
        if (!m_budget.limits().checksums || entry.type == variant || (entry.size == 0 && entry.type != stringType)) {
            return;
        }
        const auto data = slice(m_bytes, place);
        // Tensors that share bytes are told by the index; summing up each of them could go on for ever.
        m_summed += data.size();
        if (m_summed > m_bytes.size()) {
            noteOnce(m_parts.facts(), "tf-shard-overlap",
                "Tensors share bytes; the checksums of the last ones were not compared", place.start);
            return;
        }
        const auto sum = entry.type == stringType ? checksumOfTexts(data, elementCount(entry.shape), m_budget)
                                                  : std::optional(checksumOf(data, m_budget));
        if (m_budget.stopReason() != Budget::Stop::None) {
            return;
        }
        if (!sum) {
            tell(entry, place, " holds no texts as they are written");
        } else if (entry.hasChecksum && maskedCrc32c(*sum) != entry.checksum) {
            tell(entry, place, " has another checksum than the index says");
        }
    }

    // What the numbers begin like.
    void carried(ByteRange place)
    {
        const auto piece = carriedAt(slice(m_bytes, place));
        if (piece.kind == Carried::Nothing) {
            return;
        }
        m_parts.model().addFlaw(piece.kind == Carried::Program ? "carried-program"
                : piece.kind == Carried::Pickle                ? "carried-pickle"
                                                               : "carried-archive",
            {place.start, std::min(place.end, place.start + 16)}, std::string(piece.what));
        if (++m_carried <= mostCarried && piece.kind != Carried::Program) {
            giveMember(m_artifact, place,
                (piece.kind == Carried::Pickle ? "tensor-" : "archive-") + std::to_string(place.start), m_budget,
                m_parts.facts());
        }
    }

    const Artifact& m_artifact;
    ByteView m_bytes;
    const Bundle& m_bundle;
    ModelParts& m_parts;
    Budget& m_budget;
    ByteCover m_cover;
    std::uint64_t m_summed = 0; // bytes
    std::size_t m_carried = 0;
};

} // namespace

void readIndex(const Artifact& artifact, ModelParts& parts, Budget& budget)
{
    parts.region(RegionKind::Raw, {0, artifact.view().size()}, "index");
    IndexJudge(artifact, parts, budget).run();
}

void readShard(const Artifact& artifact, ModelParts& parts, Budget& budget)
{
    auto& out = parts.facts();
    const auto size = artifact.view().size();
    parts.region(RegionKind::Raw, {0, size}, "weights");
    const auto name = shardName(artifact.fileName());
    const auto* index = name ? besides(artifact, std::string(name->prefix) + std::string(indexEnd)) : nullptr;
    if (!index) {
        out.diagnostics.push_back(
            {"tf-no-index", "Which bytes belong to a tensor says the index of the checkpoint, which is not beside it",
                0, DiagnosticLevel::Note});
        return; // nothing of it is understood
    }
    out.coverage.understood = size;
    if (!index->bytes) {
        return; // in a container: the index tells what is left over
    }
    const auto bundle = readBundle(index->bytes.view(), budget);
    parts.model().kind += bundle.bigEndian ? ", big-endian" : "";
    ShardJudge(artifact, bundle, parts, budget).run(name->number);
}

} // namespace cupel::formats::tensorflow
