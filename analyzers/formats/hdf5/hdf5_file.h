// SPDX-License-Identifier: GPL-3.0-or-later
// The structures of HDF5 that models use, read in place with every address checked: superblock, object headers, data
// types and spaces, heaps. "HDF5 File Format Specification", version 3.0.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/base/byte_cover.h"
#include "analyzers/base/bytes.h"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace cupel::formats::hdf5 {

// Where a superblock may stand: 0, 512, 1024, 2048 ... nullopt: nowhere in `bytes`.
[[nodiscard]] std::optional<std::uint64_t> findSignature(ByteView bytes);

enum MessageType : std::uint16_t {
    Nothing = 0x00, // room for a message
    Dataspace = 0x01,
    LinkInfo = 0x02,
    Datatype = 0x03,
    Link = 0x06,
    ExternalFiles = 0x07,
    Layout = 0x08,
    Filters = 0x0B,
    Attribute = 0x0C,
    SharedMessages = 0x0F,
    Continuation = 0x10,
    SymbolTable = 0x11,
    AttributeInfo = 0x15,
    FileSpace = 0x17,
    CacheImage = 0x18, // the last that is known
};

struct HeaderMessage {
    std::uint16_t type = 0;
    bool shared = false; // only says where the message itself stands
    ByteRange data;
};

struct ObjectHeader {
    std::vector<HeaderMessage> messages;
    bool whole = false; // read to its end
};

struct TypeInfo {
    enum class Class : std::uint8_t {
        Integer,
        Float,
        Time,
        String,
        Bits,
        Opaque,
        Compound,
        Reference,
        Enum,
        Vlen,
        Array
    };
    Class kind = Class::Opaque;
    std::uint64_t size = 0; // bytes of an element
    bool isSigned = false;
    bool bigEndian = false;
    bool vlenString = false;
};

// Whether its values may lead into global heaps.
[[nodiscard]] bool mayLeadOn(const TypeInfo& type);

struct SpaceInfo {
    std::vector<std::uint64_t> extents;
    bool null = false; // no elements at all
};

class File {
public:
    // nullopt when there is no superblock that can be used.
    [[nodiscard]] static std::optional<File> open(ByteView bytes);

    [[nodiscard]] ByteView bytes() const { return m_bytes; }
    // From here on, whoever reads a part of the structure says so: what nobody has read belongs to nothing.
    void setCover(ByteCover& cover);
    void used(ByteRange range) const;
    [[nodiscard]] unsigned version() const { return m_version; }
    [[nodiscard]] std::uint64_t root() const { return m_root; } // object header
    [[nodiscard]] std::optional<std::uint64_t> extension() const { return m_extension; } // of the superblock; a header
    [[nodiscard]] std::uint64_t end() const { return m_end; } // of the file, as the file says
    [[nodiscard]] std::uint64_t start() const { return m_base; }
    [[nodiscard]] unsigned offsetSize() const { return m_offsetSize; }
    [[nodiscard]] unsigned lengthSize() const { return m_lengthSize; }

    [[nodiscard]] std::optional<std::uint64_t> number(std::uint64_t at, unsigned width) const;
    // The place in `bytes` that the address at `at` leads to; nullopt: none, or outside.
    [[nodiscard]] std::optional<std::uint64_t> address(std::uint64_t at) const;
    [[nodiscard]] bool hasSignature(std::uint64_t at, std::string_view signature) const;
    // Up to the zero byte, at most `most` bytes.
    [[nodiscard]] ByteRange zeroEnded(std::uint64_t at, std::uint64_t most) const;
    // A text of a local heap.
    [[nodiscard]] std::optional<ByteRange> heapText(std::uint64_t heap, std::uint64_t offset) const;

    [[nodiscard]] ObjectHeader header(std::uint64_t at, Budget& budget) const;
    [[nodiscard]] std::optional<TypeInfo> type(ByteRange message) const;
    [[nodiscard]] std::optional<SpaceInfo> space(ByteRange message) const;

private:
    [[nodiscard]] bool readSuperblock(std::uint64_t at);
    [[nodiscard]] bool readHeader1(std::uint64_t at, ObjectHeader& out, Budget& budget) const;
    [[nodiscard]] bool readHeader2(std::uint64_t at, ObjectHeader& out, Budget& budget) const;

    void usedMessage(const HeaderMessage& message) const;
    void usedSuperblock() const;

    ByteView m_bytes;
    ByteCover* m_cover = nullptr; // not owned
    std::uint64_t m_base = 0;
    std::optional<std::uint64_t> m_extension;
    std::uint64_t m_root = 0;
    std::uint64_t m_end = 0;
    unsigned m_version = 0;
    unsigned m_offsetSize = 8;
    unsigned m_lengthSize = 8;
};

// Objects of global heaps: what values of variable length lead to. Remembers the collection that was asked last.
class GlobalHeap {
public:
    explicit GlobalHeap(const File& file)
        : m_file(file)
    {
    }
    [[nodiscard]] std::optional<ByteRange> object(std::uint64_t collection, std::uint64_t index, Budget& budget);
    // All objects are used, of those collections that were asked and of this one, which need not be one.
    void useAll() const;
    void useAll(std::uint64_t collection, Budget& budget);

private:
    using Objects = std::map<std::uint64_t, ByteRange>; // by index
    const Objects& read(std::uint64_t collection, Budget& budget);

    const File& m_file;
    // Values go from one collection to another and back: each is read once. Collections that share bytes may hold more
    // objects than a file has room for; no more are read then.
    std::map<std::uint64_t, Objects> m_collections;
    std::uint64_t m_read = 0; // objects
};

} // namespace cupel::formats::hdf5
