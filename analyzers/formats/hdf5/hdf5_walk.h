// SPDX-License-Identifier: GPL-3.0-or-later
// All objects of an HDF5 file, each once: groups, datasets and their attributes, and what leads out of the file.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/formats/hdf5/hdf5_file.h"
#include "analyzers/formats/model_parts.h"

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace cupel::formats::hdf5 {

class Walk {
public:
    Walk(const File& file, ModelParts& parts, Budget& budget)
        : m_file(file)
        , m_parts(parts)
        , m_budget(budget)
        , m_heap(file)
    {
    }
    void run();
    // What is stored was followed to its last byte, as far as places of the file say.
    [[nodiscard]] bool isFollowed() const { return m_followed; }
    // Where values that are not read may lead into global heaps: what these hold counts as used.
    void useHeaps(ByteCover& cover, ByteRange whole);

private:
    struct Path {
        std::string text; // "/dense/kernel"
        bool exact = true;
    };
    struct Pending {
        std::uint64_t header;
        std::shared_ptr<const Path> group; // that it was found in
        std::optional<ByteRange> name; // none: the root, and what is in no group
    };
    void add(std::uint64_t header, ByteRange name);
    void object(const Pending& pending);
    [[nodiscard]] Path pathOf(const Pending& pending);
    // Groups: hdf5_groups.cpp
    void symbolTable(ByteRange message);
    void symbolNode(std::uint64_t at, std::uint64_t heap);
    void link(ByteRange message);
    void outside(ByteRange value);
    void dense(const HeaderMessage& message);
    void typeElsewhere(const HeaderMessage& message);
    // Where everything lies: hdf5_storage.cpp
    void localHeap(std::uint64_t heap);
    void stored(ByteRange layout, const TypeInfo* type, const SpaceInfo* space, ByteRange place, bool outside);
    void heapValues(const TypeInfo& type, ByteRange place);
    void chunks(ByteRange layout, std::uint64_t version);
    void chunkTree(std::uint64_t tree, unsigned axes);
    void freeSpace(std::uint64_t at);
    void extension();
    // Datasets and attributes: hdf5_values.cpp
    void dataset(const ObjectHeader& header);
    [[nodiscard]] Path keptPath();
    std::string externalFiles(ByteRange message);
    void virtualSources(ByteRange layout);
    void filters(ByteRange message);
    void attribute(ByteRange message);
    struct AttributeName {
        std::string name;
        std::string key; // with the object it belongs to: "/dense/kernel@shape"
    };
    [[nodiscard]] bool isSearched(ByteRange name);
    [[nodiscard]] bool search(ByteRange name);
    [[nodiscard]] std::string shownName(ByteRange name, std::size_t longest);
    void listed(const AttributeName& attribute, const TypeInfo& type, std::uint64_t count, ByteRange data);
    void value(const AttributeName& attribute, const TypeInfo& type, std::uint64_t count, ByteRange data);
    void variable(const AttributeName& attribute, const TypeInfo& type, std::uint64_t count, ByteRange data);
    void text(const AttributeName& attribute, ByteRange value);
    bool pickled(ByteRange value);
    bool givePickle(ByteRange value);
    void incomplete(std::string_view what, std::uint64_t at);
    // Counts bytes of headers, trees and lists that are about to be read. Each stands in the file once, so that there
    // are no more of them than it has, unless they share bytes: false, which is told.
    [[nodiscard]] bool isRoomFor(std::uint64_t bytes, std::uint64_t at);

    const File& m_file;
    ModelParts& m_parts;
    Budget& m_budget;
    GlobalHeap m_heap;
    std::vector<Pending> m_pending;
    std::set<std::uint64_t> m_seen; // object headers
    std::set<std::uint64_t> m_nodes; // of trees
    std::set<std::uint64_t> m_localHeaps;
    std::shared_ptr<const Path> m_path; // of the object that is read
    std::set<ByteView> m_names; // that were searched
    std::set<std::pair<std::uint64_t, std::uint64_t>> m_longNames; // the same, by both ends
    std::size_t m_longNameBytes = 0; // of those searched
    std::size_t m_pathBytes = 0; // of those kept
    // By both ends: two values may share bytes, and the shorter one must not hide what the longer one says.
    std::set<std::pair<std::uint64_t, std::uint64_t>> m_configs; // texts that were read as a configuration of Keras
    std::map<std::pair<std::uint64_t, std::uint64_t>, bool> m_pickles; // whether one stands there
    std::uint64_t m_listed = 0; // bytes of headers, trees and lists
    std::uint64_t m_scanned = 0; // bytes of what may be pickles
    bool m_followed = true;
    bool m_unreadValues = false;
};

} // namespace cupel::formats::hdf5
