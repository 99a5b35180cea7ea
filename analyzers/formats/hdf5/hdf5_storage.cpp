// SPDX-License-Identifier: GPL-3.0-or-later
// Where the values of data sets lie, and what manages room: followed so that every byte of the file belongs to
// something or is told. "HDF5 File Format Specification", III.A to III.I and IV.A.2.i.
#include "analyzers/formats/hdf5/hdf5_arrays.h"
#include "analyzers/formats/hdf5/hdf5_dense.h"
#include "analyzers/formats/hdf5/hdf5_walk.h"

#include <algorithm>
#include <limits>

namespace cupel::formats::hdf5 {

namespace {

constexpr std::size_t mostNodes = 1'000'000;
constexpr unsigned mostAxes = 33; // with the size of an element

std::uint64_t times(std::uint64_t a, std::uint64_t b) // saturates
{
    constexpr auto most = std::numeric_limits<std::uint64_t>::max();
    return b != 0 && a > most / b ? most : a * b;
}

} // namespace

// Its head, and the list of rooms in it that are free. The names are covered by whoever asks for them.
void Walk::localHeap(std::uint64_t heap)
{
    const auto lengths = m_file.lengthSize();
    if (!m_file.hasSignature(heap, "HEAP") || !m_localHeaps.insert(heap).second) {
        return;
    }
    m_file.used({heap, heap + 8 + 2 * lengths + m_file.offsetSize()});
    const auto size = m_file.number(heap + 8, lengths).value_or(0);
    const auto data = m_file.address(heap + 8 + 2 * lengths);
    std::set<std::uint64_t> seen;
    for (auto next = m_file.number(heap + 8 + lengths, lengths); data && next && *next < size && m_budget.spend(16);) {
        if (*next > m_file.bytes().size() || !seen.insert(*next).second) {
            break;
        }
        if (!isRoomFor(2 * lengths, heap)) {
            return;
        }
        const auto at = *data + *next;
        m_file.used({at, at + 2 * lengths});
        next = m_file.number(at, lengths);
    }
}

// `place`: of values in one piece; empty: they are somewhere else.
void Walk::stored(ByteRange layout, const TypeInfo* type, const SpaceInfo* space, ByteRange place, bool outside)
{
    constexpr std::uint64_t contiguous = 1;
    constexpr std::uint64_t chunked = 2;
    const auto version = m_file.number(layout.start, 1).value_or(0);
    const bool old = version <= 2; // the number of axes stands before the class
    const auto kind = m_file.number(layout.start + (old ? 2 : 1), 1).value_or(0);
    auto need = std::numeric_limits<std::uint64_t>::max();
    if (type && space) {
        need = space->null ? 0 : times(elementCount(space->extents), type->size);
    }
    if (!type || (mayLeadOn(*type) && (kind == chunked || type->kind != TypeInfo::Class::Vlen))) {
        m_unreadValues = true;
    }
    if (kind == contiguous && !outside) {
        const auto start = old ? m_file.address(layout.start + 8) : std::nullopt;
        place = start ? ByteRange{*start, m_file.bytes().size()} : place;
        if (old && need == std::numeric_limits<std::uint64_t>::max()) {
            m_followed = false;
            return;
        }
        place.end = place.start + std::min<std::uint64_t>(need, place.size());
        m_file.used(place);
        if (type && type->kind == TypeInfo::Class::Vlen && !place.empty() && m_nodes.insert(place.start).second
            && isRoomFor(place.size(), place.start)) {
            heapValues(*type, place);
        }
    } else if (kind == chunked) {
        chunks(layout, version);
    }
}

// Only where they are; what they hold is not looked at.
void Walk::heapValues(const TypeInfo& type, ByteRange place)
{
    const auto offsets = m_file.offsetSize();
    const std::uint64_t step = type.size;
    if (step < 8 + offsets || !type.vlenString) {
        m_unreadValues = true; // sequences may hold what leads further
    }
    for (auto at = place.start; step >= 8 + offsets && at + step <= place.end && m_budget.spend(16); at += step) {
        const auto collection = m_file.address(at + 4);
        const auto index = m_file.number(at + 4 + offsets, 4);
        if (collection && index && m_file.number(at, 4).value_or(0) != 0) {
            static_cast<void>(m_heap.object(*collection, *index, m_budget));
        }
    }
}

void Walk::chunks(ByteRange layout, std::uint64_t version)
{
    if (version <= 3) {
        const auto axes = m_file.number(layout.start + (version <= 2 ? 1 : 2), 1).value_or(0);
        const auto tree = m_file.address(layout.start + (version <= 2 ? 8 : 3));
        if (axes > mostAxes || axes == 0) {
            m_followed = false;
        } else if (tree) {
            chunkTree(*tree, static_cast<unsigned>(axes));
        }
        return;
    }
    enum Kind : std::uint64_t { Single = 1, Implicit, Fixed, Extensible, Tree };
    const auto flags = m_file.number(layout.start + 2, 1).value_or(0);
    const auto axes = m_file.number(layout.start + 3, 1).value_or(0);
    const auto width = m_file.number(layout.start + 4, 1).value_or(0);
    auto at = layout.start + 5;
    std::uint64_t size = axes > 0 && axes <= mostAxes && width >= 1 && width <= 8 ? 1 : 0;
    for (std::uint64_t i = 0; i < axes && size > 0; ++i, at += width) {
        size = times(size, m_file.number(at, static_cast<unsigned>(width)).value_or(0));
    }
    const auto kind = m_file.number(at++, 1).value_or(0);
    const bool filtered = kind == Single && (flags & 2) != 0;
    if (filtered) {
        size = m_file.number(at, m_file.lengthSize()).value_or(0);
        at += m_file.lengthSize() + 4;
    }
    at += kind == Fixed ? 1 : kind == Extensible ? 5 : kind == Tree ? 6 : 0;
    const auto start = m_file.address(at);
    if (!start || at + m_file.offsetSize() > layout.end) {
        m_followed = m_followed && size > 0; // none was written
    } else if (!m_nodes.insert(*start).second) {
        return; // two data sets say that it is theirs
    } else if (kind == Single) {
        m_file.used({*start, *start + std::min<std::uint64_t>(size, m_file.bytes().size() - *start)});
    } else if (kind == Fixed) {
        m_followed = coverFixedArray(m_file, *start, size, m_budget) && m_followed;
    } else if (kind == Extensible) {
        m_followed = coverExtensibleArray(m_file, *start, size, m_budget) && m_followed;
    } else {
        m_followed = kind == Tree && coverChunkIndex(m_file, *start, size, m_budget) && m_followed;
    }
}

// Keys say how large a chunk is: its size, a mask, a place on each axis.
void Walk::chunkTree(std::uint64_t tree, unsigned axes)
{
    const std::uint64_t key = 8 + 8 * std::uint64_t{axes};
    const auto offsets = m_file.offsetSize();
    std::vector<std::uint64_t> todo{tree};
    while (!todo.empty()) {
        const auto at = todo.back();
        todo.pop_back();
        if (!m_nodes.insert(at).second || m_nodes.size() > mostNodes || !m_budget.spend(64)) {
            continue;
        }
        const auto kind = m_file.number(at + 4, 1);
        const auto level = m_file.number(at + 5, 1);
        const auto used = m_file.number(at + 6, 2);
        if (!m_file.hasSignature(at, "TREE") || !used || *kind != 1) {
            m_followed = false;
            continue;
        }
        auto here = at + 8 + 2 * offsets;
        m_file.used({at, here + *used * (key + offsets) + key});
        if (!isRoomFor(*used * (key + offsets), at)) {
            return;
        }
        for (std::uint64_t i = 0; i < *used && m_budget.spend(16); ++i, here += key + offsets) {
            const auto child = m_file.address(here + key);
            if (!child) {
                continue;
            }
            if (*level > 0) {
                todo.push_back(*child);
            } else {
                const auto size = m_file.number(here, 4).value_or(0);
                m_file.used({*child, *child + size});
            }
        }
    }
}

// What says where there is room in a heap, or in the file.
void Walk::freeSpace(std::uint64_t at)
{
    constexpr std::uint64_t most = 1 << 20; // bytes of a list
    const auto lengths = m_file.lengthSize();
    const auto offsets = m_file.offsetSize();
    if (!m_file.hasSignature(at, "FSHD")) {
        return;
    }
    const auto list = at + 14 + 5 * lengths;
    m_file.used({at, list + offsets + 2 * lengths + 4});
    const auto sections = m_file.address(list);
    const auto size = m_file.number(list + offsets, lengths).value_or(0);
    if (sections && m_file.hasSignature(*sections, "FSSE") && size <= most) {
        m_file.used({*sections, *sections + size});
    }
}

void Walk::useHeaps(ByteCover& cover, ByteRange whole)
{
    if (!m_unreadValues) {
        return;
    }
    m_heap.useAll();
    for (const auto gap : cover.gaps(whole)) {
        const auto bytes = slice(m_file.bytes(), gap);
        for (auto at = bytes.find("GCOL"); at != ByteView::npos && m_budget.spend(64);
            at = bytes.find("GCOL", at + 1)) {
            m_heap.useAll(gap.start + at, m_budget);
        }
    }
}

// What a newer superblock says beside: messages of an object of its own.
void Walk::extension()
{
    const auto at = m_file.extension();
    if (!at || !m_seen.insert(*at).second) {
        return;
    }
    for (const auto& message : m_file.header(*at, m_budget).messages) {
        const auto& data = message.data;
        if (message.type == SharedMessages) {
            m_followed = false;
        } else if (message.type == CacheImage) {
            const auto image = m_file.address(data.start + 1);
            const auto size = m_file.number(data.start + 1 + m_file.offsetSize(), m_file.lengthSize()).value_or(0);
            if (image && m_file.hasSignature(*image, "MDCI")) {
                m_file.used({*image, *image + std::min<std::uint64_t>(size, m_file.bytes().size() - *image)});
            }
        } else if (message.type == FileSpace) {
            for (auto here = data.start + 2; here + m_file.offsetSize() <= data.end; ++here) {
                if (const auto manager = m_file.address(here)) {
                    freeSpace(*manager);
                }
            }
        } else if (message.type == Attribute) {
            m_file.used(data);
        }
    }
}

} // namespace cupel::formats::hdf5
