// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/hdf5/hdf5_file.h"

#include <algorithm>
#include <set>

namespace cupel::formats::hdf5 {

namespace {

using namespace std::string_view_literals;

constexpr auto signature = "\x89HDF\r\n\x1a\n"sv;
constexpr std::size_t mostMessages = 100'000; // of one object
constexpr std::size_t mostAxes = 32;

std::uint64_t padded(std::uint64_t size)
{
    return (size + 7) / 8 * 8;
}

} // namespace

std::optional<std::uint64_t> findSignature(ByteView bytes)
{
    if (bytes.starts_with(signature)) {
        return 0;
    }
    for (std::uint64_t at = 512; at + signature.size() <= bytes.size(); at *= 2) {
        if (bytes.substr(at, signature.size()) == signature) {
            return at;
        }
    }
    return std::nullopt;
}

std::optional<File> File::open(ByteView bytes)
{
    const auto at = findSignature(bytes);
    File file;
    file.m_bytes = bytes;
    return at && file.readSuperblock(*at) ? std::optional(file) : std::nullopt;
}

std::optional<std::uint64_t> File::number(std::uint64_t at, unsigned width) const
{
    if (at > m_bytes.size() || m_bytes.size() - at < width) {
        return std::nullopt;
    }
    std::uint64_t value = 0;
    for (unsigned i = 0; i < width; ++i) {
        value |= static_cast<std::uint64_t>(static_cast<std::uint8_t>(m_bytes[at + i])) << (8 * i);
    }
    return value;
}

std::optional<std::uint64_t> File::address(std::uint64_t at) const
{
    const auto value = number(at, m_offsetSize);
    if (!value || *value >= m_bytes.size() || *value + m_base >= m_bytes.size()) {
        return std::nullopt;
    }
    return *value + m_base;
}

bool File::hasSignature(std::uint64_t at, std::string_view expected) const
{
    return at <= m_bytes.size() && m_bytes.substr(at, expected.size()) == expected;
}

ByteRange File::zeroEnded(std::uint64_t at, std::uint64_t most) const
{
    constexpr std::uint64_t longest = 1 << 16; // no name is longer, and many may lead to one text
    const auto view = slice(m_bytes, {at, at + std::min(most, longest)});
    return {at, at + std::min(view.find('\0'), view.size())};
}

std::optional<ByteRange> File::heapText(std::uint64_t heap, std::uint64_t offset) const
{
    if (!hasSignature(heap, "HEAP")) {
        return std::nullopt;
    }
    const auto size = number(heap + 8, m_lengthSize);
    const auto data = address(heap + 8 + 2 * m_lengthSize);
    if (!size || !data || offset >= *size || offset >= m_bytes.size() - *data) {
        return std::nullopt;
    }
    const auto text =
        zeroEnded(*data + offset, std::min<std::uint64_t>(*size - offset, m_bytes.size() - *data - offset));
    used(text);
    return text;
}

void File::setCover(ByteCover& cover)
{
    m_cover = &cover;
    usedSuperblock();
}

void File::used(ByteRange range) const
{
    range.end = std::min<std::uint64_t>(range.end, m_bytes.size());
    if (m_cover && range.start < range.end) {
        m_cover->add(range);
    }
}

// Attributes say themselves how much of their message they are.
void File::usedMessage(const HeaderMessage& message) const
{
    const bool known = message.type != Nothing && message.type <= CacheImage;
    if (known && (message.type != Attribute || message.shared)) {
        used(message.data);
    }
}

void File::usedSuperblock() const
{
    constexpr std::uint64_t driverHead = 16;
    const bool old = m_version <= 1;
    const auto first = m_base + (old ? (m_version == 1 ? 28 : 24) : 12);
    if (!old) {
        used({m_base, first + 4 * m_offsetSize + 4});
        return;
    }
    const auto entry = first + 4 * m_offsetSize; // of the root group
    used({m_base, entry + 2 * m_offsetSize + 4});
    if (number(entry + 2 * m_offsetSize, 4).value_or(0) == 1) {
        used({entry + 2 * m_offsetSize + 8, entry + 4 * m_offsetSize + 8}); // its tree and heap once more
    }
    if (const auto driver = address(first + 3 * m_offsetSize)) {
        used({*driver, *driver + driverHead + number(*driver + 4, 4).value_or(0)});
    }
}

// The library takes the place of the superblock for the beginning, whatever it says itself.
bool File::readSuperblock(std::uint64_t at)
{
    m_base = at;
    const auto version = number(at + 8, 1);
    const bool old = version && *version <= 1;
    const auto offsets = number(at + (old ? 13 : 9), 1);
    const auto lengths = number(at + (old ? 14 : 10), 1);
    const auto usable = [](const std::optional<std::uint64_t>& size) { return size && (*size == 4 || *size == 8); };
    if (!version || *version > 3 || !usable(offsets) || !usable(lengths)) {
        return false;
    }
    m_version = static_cast<unsigned>(*version);
    m_offsetSize = static_cast<unsigned>(*offsets);
    m_lengthSize = static_cast<unsigned>(*lengths);
    const auto first = at + (old ? (*version == 1 ? 28 : 24) : 12); // base address
    const auto fileEnd = number(first + 2 * m_offsetSize, m_offsetSize);
    // Old ones have the entry of the root group here: the offset of its name, then its object header.
    const auto rootAt = first + (old ? 5 : 3) * m_offsetSize;
    auto root = address(rootAt);
    if (!root || !fileEnd) {
        return false;
    }
    m_end = *fileEnd;
    m_root = *root;
    m_extension = old ? std::nullopt : address(first + m_offsetSize);
    return true;
}

ObjectHeader File::header(std::uint64_t at, Budget& budget) const
{
    ObjectHeader out;
    out.whole = hasSignature(at, "OHDR") ? readHeader2(at, out, budget) : readHeader1(at, out, budget);
    return out;
}

bool File::readHeader1(std::uint64_t at, ObjectHeader& out, Budget& budget) const
{
    const auto version = number(at, 1);
    const auto count = number(at + 2, 2);
    const auto size = number(at + 8, 4);
    if (!version || *version != 1 || !count || !size) {
        return false;
    }
    used({at, at + 12});
    std::vector<ByteRange> blocks{{at + 16, at + 16 + *size}};
    std::set<std::uint64_t> seen{at + 16};
    std::uint64_t left = *count;
    for (std::size_t block = 0; block < blocks.size(); ++block) {
        if (blocks[block].end > m_bytes.size()) {
            return false;
        }
        for (auto here = blocks[block].start; here + 8 <= blocks[block].end && left > 0; --left) {
            const ByteRange data{here + 8, here + 8 + *number(here + 2, 2)};
            const auto type = static_cast<std::uint16_t>(*number(here, 2));
            if (data.end > blocks[block].end || !budget.spend(32) || out.messages.size() >= mostMessages) {
                return false;
            }
            const auto next = type == Continuation ? address(data.start) : std::nullopt;
            const auto length = type == Continuation ? number(data.start + m_offsetSize, m_lengthSize) : std::nullopt;
            if (type == Continuation && (!next || !length || *length > m_bytes.size())) {
                return false;
            }
            if (next && seen.insert(*next).second) {
                blocks.push_back({*next, *next + *length});
            }
            out.messages.push_back({type, (static_cast<std::uint8_t>(m_bytes[here + 4]) & 2) != 0, data});
            used({here, here + 5}); // what is reserved is zero
            usedMessage(out.messages.back());
            here = data.end;
        }
    }
    return left == 0;
}

bool File::readHeader2(std::uint64_t at, ObjectHeader& out, Budget& budget) const
{
    const auto version = number(at + 4, 1);
    const auto flags = number(at + 5, 1);
    if (!version || *version != 2 || !flags) {
        return false;
    }
    auto start = at + 6 + ((*flags & 0x20) != 0 ? 16 : 0) + ((*flags & 0x10) != 0 ? 4 : 0);
    const auto width = 1U << (*flags & 3);
    const auto size = number(start, width);
    const unsigned head = (*flags & 4) != 0 ? 6 : 4;
    if (!size || *size > m_bytes.size()) {
        return false;
    }
    start += width;
    used({at, start});
    used({start + *size, start + *size + 4}); // its checksum
    std::vector<ByteRange> blocks{{start, start + *size}};
    std::set<std::uint64_t> seen{start};
    for (std::size_t block = 0; block < blocks.size(); ++block) {
        if (blocks[block].end > m_bytes.size()) {
            return false;
        }
        for (auto here = blocks[block].start; here + head <= blocks[block].end;) {
            const auto type = static_cast<std::uint16_t>(*number(here, 1));
            const ByteRange data{here + head, here + head + *number(here + 1, 2)};
            if (data.end > blocks[block].end) {
                break; // a gap too small for a message
            }
            if (!budget.spend(32) || out.messages.size() >= mostMessages) {
                return false;
            }
            if (type == Continuation) {
                const auto next = address(data.start);
                const auto length = number(data.start + m_offsetSize, m_lengthSize);
                if (!next || !length || *length > m_bytes.size() || *length < 8 || !hasSignature(*next, "OCHK")) {
                    return false;
                }
                if (seen.insert(*next).second) {
                    used({*next, *next + 4});
                    used({*next + *length - 4, *next + *length});
                    blocks.push_back({*next + 4, *next + *length - 4}); // without its checksum
                }
            }
            out.messages.push_back({type, (static_cast<std::uint8_t>(m_bytes[here + 3]) & 2) != 0, data});
            used({here, data.start});
            usedMessage(out.messages.back());
            here = data.end;
        }
    }
    return true;
}

std::optional<TypeInfo> File::type(ByteRange message) const
{
    const auto head = number(message.start, 1);
    const auto bits = number(message.start + 1, 1);
    const auto size = number(message.start + 4, 4);
    if (message.size() < 8 || !head || !bits || !size || (*head & 0x0F) > 10) {
        return std::nullopt;
    }
    TypeInfo out;
    out.kind = static_cast<TypeInfo::Class>(*head & 0x0F);
    out.size = *size;
    out.isSigned = (*bits & 8) != 0;
    out.bigEndian = (*bits & 1) != 0; // of numbers
    out.vlenString = out.kind == TypeInfo::Class::Vlen && (*bits & 0x0F) == 1;
    return out;
}

std::optional<SpaceInfo> File::space(ByteRange message) const
{
    const auto version = number(message.start, 1);
    const auto rank = number(message.start + 1, 1);
    if (message.size() < 4 || !version || !rank || *rank > mostAxes || *version < 1 || *version > 2) {
        return std::nullopt;
    }
    SpaceInfo out;
    out.null = *version == 2 && static_cast<std::uint8_t>(m_bytes[message.start + 3]) == 2;
    auto at = message.start + (*version == 1 ? 8 : 4);
    for (std::uint64_t i = 0; i < *rank; ++i, at += m_lengthSize) {
        const auto extent = number(at, m_lengthSize);
        if (!extent || at + m_lengthSize > message.end) {
            return std::nullopt;
        }
        out.extents.push_back(*extent);
    }
    return out;
}

std::optional<ByteRange> GlobalHeap::object(std::uint64_t collection, std::uint64_t index, Budget& budget)
{
    const auto& objects = read(collection, budget);
    const auto found = objects.find(index);
    if (found == objects.end()) {
        return std::nullopt;
    }
    m_file.used(found->second);
    return found->second;
}

void GlobalHeap::useAll(std::uint64_t collection, Budget& budget)
{
    for (const auto& [index, range] : read(collection, budget)) {
        m_file.used(range);
    }
}

void GlobalHeap::useAll() const
{
    for (const auto& [collection, objects] : m_collections) {
        for (const auto& [index, range] : objects) {
            m_file.used(range);
        }
    }
}

const GlobalHeap::Objects& GlobalHeap::read(std::uint64_t collection, Budget& budget)
{
    static const Objects none;
    constexpr std::uint64_t smallest = 512; // bytes of a collection; the library makes none below 4,096
    if (const auto known = m_collections.find(collection); known != m_collections.end()) {
        return known->second;
    }
    const auto size = m_file.number(collection + 8, m_file.lengthSize());
    if (!m_file.hasSignature(collection, "GCOL") || !size || *size > m_file.bytes().size() - collection
        || m_collections.size() > m_file.bytes().size() / smallest) {
        return none;
    }
    auto& objects = m_collections[collection];
    const auto end = collection + *size;
    const unsigned head = 8 + m_file.lengthSize();
    const auto room = m_file.bytes().size() / head;
    m_file.used({collection, collection + head});
    for (auto at = collection + head; at + head <= end && ++m_read <= room && budget.spend(64);) {
        const auto index = *m_file.number(at, 2);
        const auto length = *m_file.number(at + 8, m_file.lengthSize());
        m_file.used({at, at + head});
        if (index == 0 || length > end - at - head) {
            break; // the free space at its end, or damage
        }
        objects.emplace(index, ByteRange{at + head, at + head + length});
        at += head + padded(length);
    }
    return objects;
}

} // namespace cupel::formats::hdf5
