// SPDX-License-Identifier: GPL-3.0-or-later
// A DataTree that is changed and written again: values take the place of others, members and elements come and go,
// everything else stays where it was. Nodes keep their numbers, new ones come behind them. What an alias of YAML and
// its original share is changed for both.
#pragma once

#include "analyzers/base/data_tree.h"

#include <cstdint>
#include <span>
#include <string_view>
#include <utility>

namespace cupel {

class DataDraft {
public:
    explicit DataDraft(DataTree tree)
        : m_tree(std::move(tree))
    {
    }
    [[nodiscard]] const DataTree& tree() const { return m_tree; }
    // Of this very map, without what << merges in; DataTree::none: there is none.
    [[nodiscard]] std::uint32_t member(std::uint32_t map, std::string_view key) const;

    // The value of a member, at its place or behind the others. Returns its node; none: `map` is no map.
    std::uint32_t set(std::uint32_t map, std::string_view key, const DataTree& from, std::uint32_t node);
    std::uint32_t setText(std::uint32_t map, std::string_view key, std::string_view text);
    std::uint32_t setNumber(std::uint32_t map, std::string_view key, double value);
    std::uint32_t setFlag(std::uint32_t map, std::string_view key, bool value);
    std::uint32_t setEmpty(std::uint32_t map, std::string_view key, DataKind kind); // a map or list without anything
    // An element behind the others; none: `list` is no list.
    std::uint32_t append(std::uint32_t list, const DataTree& from, std::uint32_t node);
    std::uint32_t appendText(std::uint32_t list, std::string_view text);
    // With all that they hold.
    void remove(std::span<const std::uint32_t> nodes);
    void removeMember(std::uint32_t map, std::string_view key);

private:
    std::uint32_t add(std::uint32_t parent, DataNode node);
    std::uint32_t place(std::uint32_t map, std::string_view key); // emptied, or new
    void fill(std::uint32_t node, const DataTree& from, std::uint32_t other);

    DataTree m_tree;
};

} // namespace cupel
