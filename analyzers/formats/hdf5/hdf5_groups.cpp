// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/hdf5/hdf5_walk.h"

#include "analyzers/base/utf8.h"
#include "analyzers/formats/hdf5/hdf5_dense.h"

#include <algorithm>

namespace cupel::formats::hdf5 {

namespace {

constexpr std::size_t mostObjects = 1'000'000;
constexpr std::size_t longestPath = 1'000;
constexpr std::size_t longestShown = 200; // of one name
constexpr std::uint64_t longestName = 65'536;

} // namespace

void Walk::run()
{
    m_seen.insert(m_file.root());
    m_pending.push_back({m_file.root(), std::make_shared<const Path>(), {}});
    extension();
    while (!m_pending.empty()) {
        if (!m_budget.spend(64)) {
            incomplete("Reading stopped early", 0);
            return;
        }
        const auto next = std::move(m_pending.back());
        m_pending.pop_back();
        object(next);
    }
}

void Walk::incomplete(std::string_view what, std::uint64_t at)
{
    noteOnce(m_parts.facts(), "hdf5-incomplete", std::string(what), at);
}

bool Walk::isRoomFor(std::uint64_t bytes, std::uint64_t at)
{
    constexpr std::uint64_t always = 1 << 16;
    m_listed += bytes;
    if (m_listed <= 2 * m_file.bytes().size() + always) {
        return true;
    }
    m_followed = false;
    incomplete("Parts of the structure share bytes; the rest was not read", at);
    return false;
}

void Walk::add(std::uint64_t header, ByteRange name)
{
    if (m_seen.size() >= mostObjects) {
        incomplete("There are more objects than the limit", header);
        return;
    }
    if (m_seen.insert(header).second) {
        m_pending.push_back({header, m_path, name});
    }
}

// Made when the object's turn comes: what waits takes no more room than a place in the file, however long its name.
Walk::Path Walk::pathOf(const Pending& pending)
{
    if (!pending.name) {
        return *pending.group;
    }
    const auto shown = shownName(*pending.name, longestShown);
    const auto& group = *pending.group;
    const bool whole = group.text.size() <= longestPath;
    const bool exact = slice(m_file.bytes(), *pending.name) == shown;
    return {whole ? group.text + '/' + shown : group.text, group.exact && whole && exact};
}

void Walk::object(const Pending& pending)
{
    m_path = std::make_shared<const Path>(pathOf(pending));
    const auto header = m_file.header(pending.header, m_budget);
    if (!header.whole) {
        const auto at = pending.header;
        m_parts.model().addFlaw(
            "hdf5-broken", {at, std::min<std::uint64_t>(at + 1, m_file.bytes().size())}, "an object header");
        incomplete("An object header cannot be read", at);
    }
    std::uint64_t size = 0;
    for (const auto& message : header.messages) {
        size += 4 + message.data.size();
    }
    if (!isRoomFor(size, pending.header)) {
        m_pending.clear();
        return;
    }
    bool isDataset = false;
    for (const auto& message : header.messages) {
        if (message.shared && message.type == Datatype) {
            typeElsewhere(message);
        }
        if (message.shared && (message.type == Attribute || message.type == Link)) {
            incomplete("A message that is shared by objects was not looked at", message.data.start);
            continue;
        }
        switch (message.type) {
        case SymbolTable:
            symbolTable(message.data);
            break;
        case Link:
            link(message.data);
            break;
        case LinkInfo:
        case AttributeInfo:
            dense(message);
            break;
        case Attribute:
            attribute(message.data);
            break;
        case Filters:
            filters(message.data);
            break;
        case Layout:
            isDataset = true;
            break;
        default:
            break;
        }
    }
    if (isDataset) {
        dataset(header);
    }
}

// A type with a name of its own is an object; it may be in no group.
void Walk::typeElsewhere(const HeaderMessage& message)
{
    constexpr std::uint64_t inHeap = 1;
    m_unreadValues = true;
    const auto version = m_file.number(message.data.start, 1).value_or(0);
    const auto kind = m_file.number(message.data.start + 1, 1).value_or(0);
    const auto at = m_file.address(message.data.start + (version == 1 ? 8 : 2));
    if (version >= 2 && kind == inHeap) {
        m_followed = false;
    } else if (at && m_seen.size() < mostObjects && m_seen.insert(*at).second) {
        m_pending.push_back({*at, std::make_shared<const Path>(Path{"/(type)", true}), {}});
    }
}

// Names of old groups: a tree of nodes, the lowest of which hold the entries.
void Walk::symbolTable(ByteRange message)
{
    const auto tree = m_file.address(message.start);
    const auto heap = m_file.address(message.start + m_file.offsetSize());
    if (!tree || !heap) {
        m_parts.model().addFlaw("hdf5-broken", message, "a table of names");
        incomplete("A table of names leads nowhere", message.start);
        return;
    }
    localHeap(*heap);
    std::vector<std::uint64_t> todo{*tree};
    while (!todo.empty()) {
        const auto at = todo.back();
        todo.pop_back();
        if (!m_nodes.insert(at).second || m_nodes.size() > mostObjects || !m_budget.spend(64)) {
            continue;
        }
        if (m_file.hasSignature(at, "SNOD")) {
            symbolNode(at, *heap);
            continue;
        }
        const auto used = m_file.number(at + 6, 2);
        if (!m_file.hasSignature(at, "TREE") || !used) {
            m_parts.model().addFlaw("hdf5-broken", message, "a tree of names");
            incomplete("A tree of names is damaged", at);
            continue;
        }
        // Key, child, key, child ..., key.
        auto child = at + 8 + 2 * m_file.offsetSize() + m_file.lengthSize();
        m_file.used({at, child + *used * (m_file.offsetSize() + m_file.lengthSize())});
        if (!isRoomFor(*used * (m_file.offsetSize() + m_file.lengthSize()), at)) {
            return;
        }
        for (std::uint64_t i = 0; i < *used; ++i, child += m_file.offsetSize() + m_file.lengthSize()) {
            if (const auto next = m_file.address(child)) {
                todo.push_back(*next);
            } else {
                m_parts.model().addFlaw("hdf5-broken", message, "a tree of names");
                incomplete("A tree of names is damaged", at);
                break;
            }
        }
    }
}

void Walk::symbolNode(std::uint64_t at, std::uint64_t heap)
{
    constexpr std::uint64_t treeAndHeap = 1;
    constexpr std::uint64_t softLink = 2;
    const auto count = m_file.number(at + 6, 2).value_or(0);
    const auto size = 2 * m_file.offsetSize() + 24;
    m_file.used({at, at + 8});
    for (std::uint64_t i = 0; i < count && isRoomFor(size, at); ++i) {
        const auto entry = at + 8 + i * size;
        const auto offset = m_file.number(entry, m_file.offsetSize());
        const auto header = m_file.address(entry + m_file.offsetSize());
        const auto cache = m_file.number(entry + 2 * m_file.offsetSize(), 4);
        const auto name = offset ? m_file.heapText(heap, *offset) : std::nullopt;
        const auto pad = entry + 2 * m_file.offsetSize() + 8;
        m_file.used({entry, pad - 4});
        if (cache && *cache == treeAndHeap) {
            m_file.used({pad, pad + 2 * m_file.offsetSize()});
        } else if (cache && *cache == softLink) {
            m_file.used({pad, pad + 4});
            static_cast<void>(m_file.heapText(heap, m_file.number(pad, 4).value_or(0)));
            continue; // another name for what is in the file
        }
        if (!header || !name) {
            const auto end = std::min<std::uint64_t>(entry + size, m_file.bytes().size());
            m_parts.model().addFlaw("hdf5-broken", {std::min(entry, end), end}, "an entry of a group");
            incomplete("An entry of a group is damaged", entry);
            return;
        }
        add(*header, *name);
    }
}

// Link messages of newer groups.
void Walk::link(ByteRange message)
{
    constexpr std::uint64_t hard = 0;
    constexpr std::uint64_t soft = 1;
    constexpr std::uint64_t external = 64;
    const auto flags = m_file.number(message.start + 1, 1).value_or(0);
    auto at = message.start + 2;
    const auto type = (flags & 8) != 0 ? m_file.number(at++, 1).value_or(0) : hard;
    at += ((flags & 4) != 0 ? 8 : 0) + ((flags & 0x10) != 0 ? 1 : 0);
    const auto width = 1U << (flags & 3);
    const auto size = m_file.number(at, width).value_or(0);
    const ByteRange name{at + width, at + width + std::min(size, longestName)};
    if (size > longestName || name.end > message.end || message.end > m_file.bytes().size()) {
        m_parts.model().addFlaw("hdf5-broken", message, "a link");
        incomplete("A link is damaged", message.start);
        return;
    }
    if (type == hard) {
        if (const auto header = m_file.address(name.end)) {
            add(*header, name);
        } else {
            incomplete("A link leads nowhere", message.start);
        }
    } else if (type == external) {
        outside({name.end + 2, message.end});
    } else if (type != soft) {
        m_parts.flaw("hdf5-user-link", name);
    }
}

// A byte of flags, the name of a file, the path in it.
void Walk::outside(ByteRange value)
{
    const auto file = m_file.zeroEnded(value.start + 1, value.size());
    if (value.size() < 2 || file.end > value.end) {
        incomplete("A link out of the file is damaged", value.start);
        return;
    }
    m_parts.flaw("hdf5-external-link", file);
    m_parts.pointTo("HDF5 file", file);
    m_parts.region(RegionKind::Metadata, file, "external link");
}

// Many links or attributes stand in a heap of another kind, with an index by name.
void Walk::dense(const HeaderMessage& message)
{
    const auto flags = m_file.number(message.data.start + 1, 1).value_or(0);
    const auto skip = (flags & 1) == 0 ? 0 : message.type == LinkInfo ? 8 : 2;
    const auto at = message.data.start + 2 + skip;
    const auto heap = m_file.address(at);
    const auto index = m_file.address(at + m_file.offsetSize());
    if (!heap || !index) {
        return; // there are few
    }
    if (!isRoomFor(0, message.data.start) || !m_nodes.insert(*index).second) {
        incomplete("Links or attributes of two objects stand in one place", message.data.start);
        return;
    }
    const auto byOrder = (flags & 2) != 0 ? m_file.address(at + 2 * m_file.offsetSize()) : std::nullopt;
    const auto read = readDense(m_file, *heap, *index, byOrder, m_budget);
    m_listed += read.listed;
    if (read.freeSpace) {
        freeSpace(*read.freeSpace);
    }
    for (const auto range : read.messages) {
        if (!isRoomFor(range.size(), range.start)) {
            return;
        }
        if (message.type == LinkInfo) {
            link(range);
        } else {
            attribute(range);
        }
    }
    if (!read.whole) {
        m_parts.model().addFlaw("hdf5-broken", message.data, "a heap of links or attributes");
        incomplete("Links or attributes in a heap cannot be read", message.data.start);
    }
}

} // namespace cupel::formats::hdf5
