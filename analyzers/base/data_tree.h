// SPDX-License-Identifier: GPL-3.0-or-later
// Small files of settings (YAML, JSON) as one flat tree: what configurations, pipelines and logs of runs say. Aliases
// of YAML are pointers to what they name, never copies. Hostile files lose their rest, and `partial` says so.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/base/bytes.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cupel {

enum class DataKind : std::uint8_t { Scalar, Map, List };

struct DataNode {
    DataKind kind = DataKind::Scalar;
    bool quoted = false; // a scalar that is a text whatever it looks like
    std::string key; // of a member of a map
    std::string text; // of a scalar
    ByteRange bytes; // of the value, with what it holds
    std::uint32_t parent = 0;
    std::uint32_t firstChild = 0; // 0: none
    std::uint32_t nextSibling = 0; // 0: none
};

struct DataLimits {
    std::size_t bytes = 8 << 20;
    std::size_t nodes = 200'000;
    std::size_t depth = 64;
    std::size_t text = 64 << 10; // of one scalar
};

// The first limit that was met, and the byte behind which something is left out.
struct DataCut {
    enum class Limit : std::uint8_t { Bytes, Nodes, Depth, Work };
    Limit limit = Limit::Work;
    std::uint64_t offset = 0;
};

// What of a text its tree does not say again: whoever writes the tree would change what nobody touched.
enum class DataLoss : std::uint8_t { None, Encoding, Long, Tag, Key, Alias };

class DataTree {
public:
    static constexpr std::uint32_t none = 0xFFFF'FFFF; // asked for anything, it has nothing
    // The first document of YAML 1.1 or 1.2.
    static DataTree fromYaml(ByteView text, Budget& budget, const DataLimits& limits = {});
    static DataTree fromJson(ByteView text, Budget& budget, const DataLimits& limits = {});

    [[nodiscard]] const std::vector<DataNode>& nodes() const { return m_nodes; } // [0] is the top when !empty()
    [[nodiscard]] bool empty() const { return m_nodes.empty(); }
    [[nodiscard]] bool partial() const { return m_partial; }
    // Byte of the first fault of syntax; nullopt: the text is sound as far as it was read.
    [[nodiscard]] std::optional<std::uint64_t> broken() const { return m_broken; }
    // Set for every limit; a tree that is partial for a fault of syntax has none.
    [[nodiscard]] const std::optional<DataCut>& cut() const { return m_cut; }
    // The first that was met. Encoding: bytes or escapes that are no Unicode, and words that are no JSON; Long: a
    // scalar or a key was cut; Tag, Key, Alias: YAML with tags, with keys that are no scalars, with anchors.
    [[nodiscard]] DataLoss loss() const { return m_loss; }
    [[nodiscard]] bool is(std::uint32_t node, DataKind kind) const;
    // Member of a map, also one that << merges in; none where it has none.
    [[nodiscard]] std::uint32_t member(std::uint32_t node, std::string_view key) const;
    // Text of a scalar member; empty: none.
    [[nodiscard]] std::string_view text(std::uint32_t node, std::string_view key) const;
    // Members or elements in order, without what << merges in.
    void each(std::uint32_t node, const std::function<void(std::uint32_t child)>& take) const;
    // The texts of a list of scalars, or of one scalar.
    [[nodiscard]] std::vector<std::string> texts(std::uint32_t node) const;

private:
    friend class DataDraft;
    friend class YamlTreeReader;
    friend class JsonTreeReader;
    void cutAt(DataCut::Limit limit, std::uint64_t offset); // the first one counts
    std::uint32_t add(std::uint32_t parent, DataNode node);
    void lose(DataLoss what) { m_loss = m_loss == DataLoss::None ? what : m_loss; }

    std::vector<DataNode> m_nodes;
    std::vector<std::uint32_t> m_lastChild;
    bool m_partial = false;
    DataLoss m_loss = DataLoss::None;
    std::optional<std::uint64_t> m_broken;
    std::optional<DataCut> m_cut;
};

} // namespace cupel
