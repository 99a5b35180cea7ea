// SPDX-License-Identifier: GPL-3.0-or-later
// Files of an OCDBT database, which is what checkpoints of Orbax are: a manifest, and data files of nodes with values
// between them. Names and values are texts of a packed body, so they become members, where rules search them; of the
// file itself only figures are shown.
#include "analyzers/base/budget.h"
#include "analyzers/base/byte_cover.h"
#include "analyzers/base/padding.h"
#include "analyzers/base/utf8.h"
#include "analyzers/base/words.h"
#include "analyzers/formats/carried.h"
#include "analyzers/formats/model_parts.h"
#include "analyzers/formats/ocdbt/ocdbt_node.h"
#include "analyzers/formats/ocdbt/ocdbt_tree.h"
#include "analyzers/formats/unpacked.h"
#include "analyzers/model/neighbours.h"

#include <algorithm>
#include <array>
#include <memory>

namespace cupel::formats::ocdbt {

namespace {

constexpr std::size_t largestBody = 32 << 20;
constexpr std::size_t mostText = 1 << 20; // of names, and of values that are texts
constexpr std::size_t mostCarried = 64;

class Walk {
public:
    Walk(const Artifact& artifact, Budget& budget, Facts& out, ModelContent& model)
        : m_artifact(artifact)
        , m_bytes(artifact.view())
        , m_budget(budget)
        , m_out(out)
        , m_model(model)
    {
    }

    void run()
    {
        std::uint64_t at = 0;
        while (at < m_bytes.size()) {
            const auto node = headerOf(m_bytes.substr(at));
            if (node && (at == 0 || isNode(at, *node))) {
                const auto end = at + std::min<std::uint64_t>(node->size, m_bytes.size() - at);
                m_cover.add({at, end});
                m_lost += read(at, *node) ? 0 : end - at;
                at = end;
                continue;
            }
            const auto next = m_bytes.find('\x0c', at + 1);
            if (next == ByteView::npos || !m_budget.spend(next - at)) {
                break;
            }
            at = next;
        }
        values();
        give("names.txt", std::move(m_names));
        give("values.txt", std::move(m_texts));
        figures();
    }

private:
    // Bytes of a value may look like a header; its checksum is asked while that costs no more than reading a few times.
    bool isNode(std::uint64_t at, const Node& node)
    {
        constexpr std::uint64_t mostReadings = 4;
        if (node.version != 0 || node.packing > 1 || node.size > m_bytes.size() - at) {
            return false;
        }
        m_checked += node.size;
        if (m_checked > mostReadings * m_bytes.size() + mostText || !m_budget.spend(node.size)) {
            noteOnce(m_out, "too-many-nodes", "More bytes look like nodes than are looked at", at);
            return false;
        }
        return isWhole(m_bytes.substr(at), node);
    }

    void broken(ByteRange place, std::string detail) { m_model.addFlaw("ocdbt-broken", place, std::move(detail)); }

    // False: what it holds is not known.
    bool read(std::uint64_t at, const Node& node)
    {
        const auto all = m_bytes.substr(at);
        const ByteRange head{at, at + std::min<std::uint64_t>(node.bodyAt, all.size())};
        ++m_kinds[static_cast<std::size_t>(node.kind)];
        if (node.size > all.size()) {
            broken(head, "a node is longer than the file");
            noteOnce(m_out, "ocdbt-cut", "A node is cut off", at);
            return false;
        }
        if (node.version != 0 || node.packing > 1) {
            noteOnce(m_out, "ocdbt-version", "A node is of a version that is not read", at);
            return false;
        }
        if (!isWhole(all, node)) {
            broken(head, "the checksum of a node is wrong");
        }
        const auto packed = all.substr(node.bodyAt, node.size - node.bodyAt - 4);
        const auto unpackedBody = node.packing == 1 ? unpacked(packed, largestBody, m_budget) : std::string();
        const auto body = node.packing == 1 ? ByteView(unpackedBody) : packed;
        if (body.size() >= largestBody || (body.empty() && !packed.empty())) {
            noteOnce(m_out, "ocdbt-body", "A node could not be unpacked", at);
            return false;
        }
        const auto found = contentsOf(node, body, takers(), m_budget);
        if (m_budget.stopped()) {
            noteOnce(m_out, "stopped", "Reading stopped early", at);
        } else if (!found.trouble.empty()) {
            broken(head, found.trouble);
            noteOnce(m_out, "ocdbt-broken", "A node could not be read to its end", at);
        }
        if (found.leadsOut) {
            m_model.addFlaw("ocdbt-outside", head);
        }
        m_uuid = m_uuid.empty() ? found.uuid : m_uuid;
        m_generations += found.generations;
        m_files += found.files;
        m_keys += node.kind == Kind::Tree && found.height == 0 ? found.entries : 0;
        m_inside += found.inside;
        m_elsewhere += found.elsewhere;
        return true;
    }

    Takers takers()
    {
        return {[this](std::string_view name) { keep(m_names, name, "names"); },
            [this](std::string_view value) {
                const bool readable = isUtf8(value) && value.find('\0') == std::string_view::npos;
                if (!value.empty() && readable) {
                    keep(m_texts, value, "values");
                } else if (m_carried < mostCarried && carriedAt(value).kind != Carried::Nothing) {
                    ++m_carried;
                    giveMember(m_artifact, std::make_shared<const std::string>(value), 0,
                        "value-" + std::to_string(m_carried), m_budget, m_out);
                }
            },
            [this](const FileOfTable& file, ByteRange bytes) {
                if (std::string_view(file.path).substr(file.path.find_last_of('/') + 1) == m_artifact.fileName()) {
                    named(bytes);
                }
            }};
    }

    void keep(std::string& list, std::string_view text, std::string_view what)
    {
        if (list.size() + text.size() > mostText) {
            noteOnce(m_out, "ocdbt-" + std::string(what), "There are more " + std::string(what) + " than the limit", 0);
            return;
        }
        list += text;
        list += '\n';
    }

    void give(std::string name, std::string text)
    {
        if (!text.empty()) {
            giveMember(
                m_artifact, std::make_shared<const std::string>(std::move(text)), 0, std::move(name), m_budget, m_out);
        }
    }

    // By a node, in this file or in another of the database.
    void named(ByteRange bytes)
    {
        if (bytes.start < bytes.end && bytes.end <= m_bytes.size()) {
            m_cover.add(bytes);
            look(bytes);
        }
    }

    // What stands between nodes is numbers of arrays where a node says so. Of the rest nobody knows.
    void values()
    {
        const auto* others = m_artifact.companions.get();
        for (std::size_t i = 0; others && i < others->members.size() && m_budget.spend(64); ++i) {
            named(others->members[i].stored);
        }
        const ByteRange all{0, m_bytes.size()};
        const auto strange = m_cover.isKnown() ? m_cover.gaps(all) : std::vector{all};
        for (const auto part : strange) {
            const bool behind = part.start > 0 && part.end == m_bytes.size();
            if (behind && paddingOf(slice(m_bytes, part)) != Padding::None) {
                m_model.addLeftover("model-trailing", part);
                continue;
            }
            if (behind) {
                m_model.keepLeftover(part); // what hides behind zeros is found there
            }
            m_strange += part.size();
            m_firstStrange = std::min(m_firstStrange, part.start);
            look(part);
        }
        if (m_strange > 0) {
            noteOnce(m_out, "ocdbt-values",
                counted(m_strange, "byte between nodes is", "bytes between nodes are") + " values that no node names",
                m_firstStrange);
        }
    }

    // Numbers that are a program or a pickle, packed or not, are one for who loads the file by itself.
    void look(ByteRange part)
    {
        constexpr std::size_t beginning = 64 << 10;
        const auto harmful = [](ByteView bytes) {
            const auto kind = carriedAt(bytes).kind;
            return kind == Carried::Pickle || kind == Carried::Program;
        };
        constexpr std::uint64_t mostReadings = 8;
        const auto bytes = slice(m_bytes, part);
        constexpr std::uint64_t toBegin = 1'024; // what a decoder costs that unpacks nothing
        m_looked += std::clamp<std::uint64_t>(bytes.size(), toBegin, beginning);
        if (m_carried >= mostCarried || m_looked > mostReadings * m_bytes.size() + mostText) {
            noteOnce(m_out, "ocdbt-carried", "There are more values than are looked into", part.start);
            return;
        }
        const auto name = "value-" + std::to_string(part.start);
        if (harmful(bytes)) {
            ++m_carried;
            giveMember(m_artifact, part, name, m_budget, m_out);
        } else if (!packedAs(bytes).empty() && harmful(unpacked(bytes, beginning, m_budget))) {
            ++m_carried;
            auto content = std::make_shared<const std::string>(unpacked(bytes, largestBody, m_budget));
            giveMember(m_artifact, std::move(content), part.start, name, m_budget, m_out);
        }
    }

    void figures()
    {
        const auto add = [this](const char* name, std::uint64_t value) {
            if (value > 0) {
                m_model.metadata.push_back({name, std::to_string(value), {}});
            }
        };
        if (!m_uuid.empty()) {
            m_model.metadata.push_back({"database", m_uuid, {}});
        }
        add("nodes of the tree", m_kinds[static_cast<std::size_t>(Kind::Tree)]);
        add("nodes of versions", m_kinds[static_cast<std::size_t>(Kind::Versions)]);
        add("generations", m_generations);
        add("data files", m_files);
        add("keys", m_keys);
        add("values in nodes", m_inside);
        add("values in data files", m_elsewhere);
        m_out.coverage.understood = m_bytes.size() - std::min<std::uint64_t>(m_bytes.size(), m_lost + m_strange);
    }

    const Artifact& m_artifact;
    ByteView m_bytes;
    Budget& m_budget;
    Facts& m_out;
    ModelContent& m_model;
    ByteCover m_cover; // nodes, and values that they name
    std::string m_names; // of files and keys, one a line
    std::string m_texts; // values that are texts
    std::string m_uuid;
    std::array<std::uint64_t, 3> m_kinds{};
    std::uint64_t m_generations = 0;
    std::uint64_t m_files = 0;
    std::uint64_t m_keys = 0;
    std::uint64_t m_inside = 0;
    std::uint64_t m_elsewhere = 0;
    std::uint64_t m_lost = 0; // bytes of nodes that were not read
    std::uint64_t m_strange = 0; // bytes that no node names
    std::uint64_t m_firstStrange = ~std::uint64_t{0};
    std::uint64_t m_checked = 0; // bytes whose checksum was asked
    std::uint64_t m_looked = 0; // bytes of values that were looked into
    std::size_t m_carried = 0;
};

} // namespace

int sniff(ByteView head, std::uint64_t /*size*/, std::string_view /*fileName*/)
{
    const auto node = headerOf(head);
    return node ? (node->version == 0 && node->packing <= 1 ? 92 : 70) : 0;
}

// A data file is named by 32 hexadecimal digits and ends with the node that was written last.
bool sniffEnd(ByteView bytes, std::string_view fileName)
{
    constexpr std::size_t farthest = 1 << 20;
    constexpr unsigned most = 64; // checksums that are asked
    if (!isDataFileName(fileName)) {
        return false;
    }
    auto at = bytes.size() > farthest ? bytes.size() - farthest : 0;
    for (unsigned asked = 0; asked < most; ++at) {
        at = bytes.find("\x0c\xdb", at);
        if (at == ByteView::npos) {
            return false;
        }
        const auto node = headerOf(bytes.substr(at));
        if (node && node->size == bytes.size() - at) {
            ++asked;
            if (isWhole(bytes.substr(at), *node)) {
                return true;
            }
        }
    }
    return false;
}

// A database beside it names bytes of it.
bool isNamed(const Artifact& artifact)
{
    return artifact.companions && isDataFileName(artifact.fileName())
        && artifact.companions->find("manifest.ocdbt") != nullptr;
}

void parse(const Artifact& artifact, Budget& budget, Facts& out)
{
    out.hasLines = false;
    out.coverage.total = artifact.view().size();
    auto model = std::make_shared<ModelContent>();
    out.model = model;
    const auto first = headerOf(artifact.view());
    const bool manifest = first && first->kind == Kind::Manifest;
    model->kind = std::string("OCDBT database of a checkpoint, ") + (manifest ? "manifest" : "data file");
    Walk(artifact, budget, out, *model).run();
}

} // namespace cupel::formats::ocdbt
