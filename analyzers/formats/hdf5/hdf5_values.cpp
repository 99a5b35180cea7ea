// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/base/utf8.h"
#include "analyzers/formats/hdf5/hdf5_walk.h"
#include "analyzers/formats/keras_config.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdio>
#include <limits>

namespace cupel::formats::hdf5 {

namespace {

constexpr std::uint64_t longestCompared = 200; // bytes of a name: longer ones are known by their place

constexpr std::uint64_t mostReadings = 8; // of each byte: values may share them

constexpr std::uint64_t mostElements = 1'000'000; // of one attribute
constexpr std::uint64_t fewTexts = 8; // each searched for itself
constexpr std::size_t mostChildren = 1'000;

std::uint64_t padded(std::uint64_t size)
{
    return (size + 7) / 8 * 8;
}

std::string wordOf(const TypeInfo& type)
{
    switch (type.kind) {
    case TypeInfo::Class::Integer:
        return (type.isSigned ? "I" : "U") + std::to_string(type.size * 8);
    case TypeInfo::Class::Float:
        return "F" + std::to_string(type.size * 8);
    case TypeInfo::Class::String:
        return "string";
    case TypeInfo::Class::Vlen:
        return type.vlenString ? "string" : "variable length";
    case TypeInfo::Class::Compound:
        return "compound";
    case TypeInfo::Class::Enum:
        return type.size == 1 ? "BOOL" : "enum";
    case TypeInfo::Class::Opaque:
        return "opaque";
    case TypeInfo::Class::Reference:
        return "reference";
    case TypeInfo::Class::Time:
    case TypeInfo::Class::Bits:
    case TypeInfo::Class::Array:
        break;
    }
    return "other";
}

} // namespace

void Walk::dataset(const ObjectHeader& header)
{
    const auto [path, exact] = keptPath();
    std::optional<TypeInfo> type;
    std::optional<SpaceInfo> space;
    ByteRange layout;
    std::string storedIn;
    for (const auto& message : header.messages) {
        if (message.type == Datatype && !message.shared) {
            type = m_file.type(message.data);
        } else if (message.type == Dataspace && !message.shared) {
            space = m_file.space(message.data);
        } else if (message.type == Layout) {
            layout = message.data;
        } else if (message.type == ExternalFiles) {
            storedIn = externalFiles(message.data);
        }
    }
    ByteRange place;
    const auto version = m_file.number(layout.start, 1).value_or(0);
    const auto kind = m_file.number(layout.start + 1, 1).value_or(0xFF);
    constexpr std::uint64_t compact = 0;
    constexpr std::uint64_t contiguous = 1;
    constexpr std::uint64_t isVirtual = 3;
    if (version >= 3 && kind == compact) {
        place = {layout.start + 4, layout.start + 4 + m_file.number(layout.start + 2, 2).value_or(0)};
    } else if (version >= 3 && kind == contiguous) {
        const auto start = m_file.address(layout.start + 2);
        const auto size = m_file.number(layout.start + 2 + m_file.offsetSize(), m_file.lengthSize());
        if (start && size && *size > m_file.bytes().size() - *start) {
            m_parts.model().addFlaw("hdf5-dataset-range", layout, '"' + path + '"');
        }
        place =
            start && size ? ByteRange{*start, *start + std::min(*size, m_file.bytes().size() - *start)} : ByteRange{};
    } else if (version >= 4 && kind == isVirtual) {
        virtualSources(layout);
    }
    place = place.end > m_file.bytes().size() ? ByteRange{} : place;
    stored(layout, type ? &*type : nullptr, space ? &*space : nullptr, kind == contiguous ? place : ByteRange{},
        !storedIn.empty());
    auto shape = space ? space->extents : std::vector<std::uint64_t>{};
    const auto count = space && space->null ? 0 : elementCount(shape);
    if (type && type->size > 0 && !place.empty() && storedIn.empty()
        && (count > std::numeric_limits<std::uint64_t>::max() / type->size || count * type->size > place.size())) {
        m_parts.model().addFlaw("hdf5-dataset-range", layout, '"' + path + '"');
    }
    ModelTensor tensor{path, type ? wordOf(*type) : "unknown", std::move(shape), place, storedIn};
    tensor.exactName = exact;
    m_parts.model().add(std::move(tensor));
    if (type && !place.empty() && type->kind != TypeInfo::Class::Vlen && pickled(place)) {
        return;
    }
    if (type && type->kind == TypeInfo::Class::String && !place.empty()) {
        m_parts.region(RegionKind::Metadata, place, path);
    }
}

// Raw data in other files.
std::string Walk::externalFiles(ByteRange message)
{
    const auto used = m_file.number(message.start + 6, 2).value_or(0);
    const auto heap = m_file.address(message.start + 8);
    if (heap) {
        localHeap(*heap);
    }
    auto at = message.start + 8 + m_file.offsetSize();
    std::string first;
    for (std::uint64_t i = 0; i < used; ++i, at += 3 * m_file.lengthSize()) {
        const auto offset = m_file.number(at, m_file.lengthSize());
        const auto name = heap && offset ? m_file.heapText(*heap, *offset) : std::nullopt;
        if (!name || at >= message.end) {
            m_parts.model().addFlaw("hdf5-external-storage", message, "a name that cannot be read");
            break;
        }
        m_parts.flaw("hdf5-external-storage", *name);
        m_parts.pointTo("raw data", *name);
        m_parts.region(RegionKind::Metadata, *name, "external storage");
        first = first.empty() ? toDisplay(slice(m_file.bytes(), *name), 200) : first;
    }
    return first.empty() && used > 0 ? "?" : first;
}

void Walk::virtualSources(ByteRange layout)
{
    const auto collection = m_file.address(layout.start + 2);
    const auto index = m_file.number(layout.start + 2 + m_file.offsetSize(), 4);
    const auto list = collection && index ? m_heap.object(*collection, *index, m_budget) : std::nullopt;
    if (!list) {
        m_parts.model().addFlaw("hdf5-virtual", layout, "sources that cannot be read");
        return;
    }
    const auto name = m_file.zeroEnded(list->start + 1 + m_file.lengthSize(), list->size());
    m_parts.flaw("hdf5-virtual", {name.start, std::min(name.end, list->end)});
    m_parts.pointTo("HDF5 file", {name.start, std::min(name.end, list->end)});
}

// Filters with a number of their own are native libraries that are loaded when data is read.
void Walk::filters(ByteRange message)
{
    constexpr std::uint64_t ofTheLibrary = 32;
    const auto version = m_file.number(message.start, 1).value_or(0);
    const auto count = std::min<std::uint64_t>(m_file.number(message.start + 1, 1).value_or(0), 32);
    auto at = message.start + (version == 1 ? 8 : 2);
    for (std::uint64_t i = 0; i < count && at + 6 <= message.end; ++i) {
        const auto id = m_file.number(at, 2).value_or(0);
        const bool named = version == 1 || id >= 256;
        const auto name = named ? m_file.number(at + 2, 2).value_or(0) : 0;
        const auto values = m_file.number(at + (named ? 6 : 4), 2).value_or(0);
        if (id > ofTheLibrary) {
            m_parts.model().addFlaw("hdf5-filter", {at, at + 2}, std::to_string(id));
        }
        at += (named ? 8 : 6) + (version == 1 ? padded(name) + 4 * (values + values % 2) : name + 4 * values);
    }
}

void Walk::attribute(ByteRange message)
{
    const auto& path = m_path->text;
    const auto version = m_file.number(message.start, 1).value_or(0);
    const auto flags = m_file.number(message.start + 1, 1).value_or(0);
    const auto nameSize = m_file.number(message.start + 2, 2);
    const auto typeSize = m_file.number(message.start + 4, 2);
    const auto spaceSize = m_file.number(message.start + 6, 2);
    if (version < 1 || version > 3 || !nameSize || !typeSize || !spaceSize) {
        m_file.used(message);
        incomplete("An attribute is damaged", message.start);
        return;
    }
    const auto wide = [version](std::uint64_t size) { return version == 1 ? padded(size) : size; };
    const auto nameAt = message.start + (version == 3 ? 9 : 8);
    const auto typeAt = nameAt + wide(*nameSize);
    const auto spaceAt = typeAt + wide(*typeSize);
    const ByteRange data{spaceAt + wide(*spaceSize), message.end};
    const auto nameRange = m_file.zeroEnded(nameAt, *nameSize);
    if (data.start > message.end || message.end > m_file.bytes().size()) {
        m_file.used(message);
        incomplete("An attribute is damaged", message.start);
        return;
    }
    const auto name = shownName(nameRange, 120);
    const bool shared = version > 1 && (flags & 3) != 0; // type or space stand elsewhere
    const auto type = shared ? std::nullopt : m_file.type({typeAt, typeAt + *typeSize});
    const auto space = shared ? std::nullopt : m_file.space({spaceAt, spaceAt + *spaceSize});
    if (!type || !space) {
        m_file.used(message);
        m_unreadValues = true;
        incomplete("An attribute of an unknown type was not looked at", message.start);
        m_parts.region(RegionKind::Raw, data, name);
        return;
    }
    const auto count = space->null ? 0 : elementCount(space->extents);
    const bool fits = type->size == 0 || count <= data.size() / type->size;
    m_file.used({message.start, fits ? data.start + count * type->size : message.end});
    if (count > 0 && type->size > 0 && count > data.size() / type->size) {
        m_parts.model().addFlaw("hdf5-dataset-range", message, '"' + path + '@' + name + '"');
        incomplete("An attribute is longer than its message", message.start);
        return;
    }
    value({name, path.empty() ? name : path + '@' + name}, *type, count, {data.start, data.start + count * type->size});
}

// What is shown of the file is searched like any text of it: once, however often it stands there. Long names, which
// are not shown, are told apart by their place: to compare them would take as long as they are.
bool Walk::isSearched(ByteRange name)
{
    constexpr std::uint64_t worthSearching = 16; // bytes; no credential is shorter
    if (name.size() < worthSearching) {
        return true;
    }
    const auto text = slice(m_file.bytes(), name);
    const bool isLong = name.size() > longestCompared;
    if (isLong ? m_longNames.contains({name.start, name.end}) : m_names.contains(text)) {
        return true;
    }
    if (!search(name)) {
        return false;
    }
    if (isLong) {
        m_longNames.insert({name.start, name.end});
    } else {
        m_names.insert(text);
    }
    return true;
}

bool Walk::search(ByteRange name)
{
    constexpr std::size_t mostNames = 15'000;
    constexpr std::size_t mostBytes = 4 << 20;
    // Long names have room of their own: they must not keep short ones from being searched.
    const bool isLong = name.size() > longestCompared;
    const bool fits =
        m_names.size() + m_longNames.size() < mostNames && (!isLong || name.size() <= mostBytes - m_longNameBytes);
    if (fits && m_parts.region(RegionKind::Name, name, "name")) {
        m_longNameBytes += isLong ? name.size() : 0;
        return true;
    }
    incomplete("There are more names than the limit; the rest was not searched", name.start);
    return false;
}

// Of the data set that is read, for the list of tensors: the last part alone where the list is full of long ones.
Walk::Path Walk::keptPath()
{
    constexpr std::size_t mostBytes = 16 << 20;
    if (m_path->text.size() <= mostBytes - m_pathBytes) {
        m_pathBytes += m_path->text.size();
        return *m_path;
    }
    return {"\u2026" + m_path->text.substr(std::min(m_path->text.rfind('/'), m_path->text.size())), false};
}

// Names that were not searched, or that would have to be cut in the middle of what is masked, are not shown.
std::string Walk::shownName(ByteRange name, std::size_t longest)
{
    if (!isSearched(name)) {
        return "(a name that was not searched)";
    }
    return name.size() > longest ? "(a name of " + std::to_string(name.size()) + " bytes)"
                                 : toDisplay(slice(m_file.bytes(), name), longest);
}

// Values that are no texts: one number as it is, else how many of what.
void Walk::listed(const AttributeName& attribute, const TypeInfo& type, std::uint64_t count, ByteRange data)
{
    using Class = TypeInfo::Class;
    auto& fields = m_parts.model().metadata;
    if (fields.size() >= ModelContent::mostFields) {
        return;
    }
    const auto bits = count == 1 && type.size <= 8 && !type.bigEndian
        ? m_file.number(data.start, static_cast<unsigned>(type.size))
        : std::nullopt;
    std::string shown;
    if (bits && type.kind == Class::Float && (type.size == 4 || type.size == 8)) {
        const auto number = type.size == 8
            ? std::bit_cast<double>(*bits)
            : static_cast<double>(std::bit_cast<float>(static_cast<std::uint32_t>(*bits)));
        std::array<char, 40> text{};
        std::snprintf(text.data(), text.size(), "%.9g", number);
        shown = text.data();
    } else if (bits && (type.kind == Class::Integer || type.kind == Class::Enum) && type.size > 0) {
        const auto unused = 64 - 8 * type.size;
        shown = type.isSigned ? std::to_string(static_cast<std::int64_t>(*bits << unused) >> unused)
                              : std::to_string(*bits);
    } else {
        shown = std::to_string(count) + " \u00d7 " + wordOf(type);
    }
    fields.push_back({attribute.key, std::move(shown), data});
}

bool mayLeadOn(const TypeInfo& type)
{
    using Class = TypeInfo::Class;
    return type.kind == Class::Compound || type.kind == Class::Array || type.kind == Class::Reference
        || type.kind == Class::Vlen;
}

void Walk::value(const AttributeName& attribute, const TypeInfo& type, std::uint64_t count, ByteRange data)
{
    using Class = TypeInfo::Class;
    if (type.kind == Class::Vlen) {
        variable(attribute, type, std::min(count, mostElements), data);
    } else if (type.kind == Class::String && count == 1) {
        const auto end = slice(m_file.bytes(), data).find_last_not_of('\0');
        text(attribute, {data.start, data.start + (end == ByteView::npos ? 0 : end + 1)});
    } else if (type.kind == Class::String) {
        listed(attribute, type, count, data);
        m_parts.region(RegionKind::Metadata, data, attribute.name);
    } else {
        listed(attribute, type, count, data);
        m_unreadValues = m_unreadValues || mayLeadOn(type);
        if (!pickled(data) && (type.kind == Class::Opaque || type.kind == Class::Compound)) {
            m_parts.region(RegionKind::Raw, data, attribute.name);
        }
    }
}

// Elements lead into global heaps: length, collection, number in it.
void Walk::variable(const AttributeName& attribute, const TypeInfo& type, std::uint64_t count, ByteRange data)
{
    if (!type.vlenString || count > fewTexts) {
        listed(attribute, type, count, data);
    }
    ByteRange all;
    for (std::uint64_t i = 0; i < count && m_budget.spend(16); ++i) {
        const auto at = data.start + i * type.size;
        const auto length = m_file.number(at, 4);
        const auto collection = m_file.address(at + 4);
        const auto index = m_file.number(at + 4 + m_file.offsetSize(), 4);
        if (!length || *length == 0 || !index || type.size < 8 + m_file.offsetSize()) {
            continue;
        }
        const auto object = collection ? m_heap.object(*collection, *index, m_budget) : std::nullopt;
        if (!object) {
            m_parts.model().addFlaw("hdf5-broken", {at, at + 4}, "a value of variable length");
            incomplete("A value of variable length leads nowhere", at);
            return;
        }
        const ByteRange place{object->start, std::min(object->end, object->start + *length)};
        if (!type.vlenString && !slice(m_file.bytes(), place).starts_with('{')) {
            if (!pickled(*object)) {
                m_parts.region(RegionKind::Raw, *object, attribute.name);
            }
        } else if (count <= fewTexts) {
            text(attribute, place);
        } else {
            all = all.empty() ? place : ByteRange{std::min(all.start, place.start), std::max(all.end, place.end)};
        }
    }
    m_parts.region(RegionKind::Raw, all, attribute.name);
}

void Walk::text(const AttributeName& attribute, ByteRange place)
{
    const auto& name = attribute.name;
    const auto written = slice(m_file.bytes(), place);
    const auto first = written.find_first_not_of(" \t\r\n");
    const bool json = first != ByteView::npos && written[first] == '{';
    const bool named = name == "model_config" || name == "training_config" || name == "keras_config";
    if (json && (named || written.find("class_name") != ByteView::npos || written.find("\\u") != ByteView::npos)) {
        m_scanned += place.size();
        if (m_scanned > mostReadings * m_file.bytes().size()) {
            incomplete("Values share bytes; not all of them were looked at", place.start);
        } else if (m_configs.insert({place.start, place.end})
                       .second) { // else another value that leads to the same text
            readKerasConfig({place.start + first, place.end}, m_parts, m_budget);
        }
        return;
    }
    if (pickled(place)) {
        return;
    }
    if (name == "keras_version") {
        m_parts.model().producer = "Keras " + toDisplay(written, 40);
    }
    m_parts.field(attribute.key, place);
}

// A pickle of protocol 2 and later becomes a member with a judgement of its own.
bool Walk::pickled(ByteRange place)
{
    const auto bytes = slice(m_file.bytes(), place);
    if (bytes.size() < 4 || bytes[0] != '\x80' || bytes[1] < 2 || bytes[1] > 5) {
        return false;
    }
    if (const auto known = m_pickles.find({place.start, place.end}); known != m_pickles.end()) {
        return known->second;
    }
    m_scanned += bytes.size();
    if (!m_budget.spend(bytes.size()) || m_scanned > mostReadings * m_file.bytes().size()) {
        incomplete("Values share bytes; not all of them were looked at", place.start);
        return false;
    }
    return m_pickles[{place.start, place.end}] = givePickle(place);
}

// What begins like one; false: it does not end like one.
bool Walk::givePickle(ByteRange place)
{
    const auto bytes = slice(m_file.bytes(), place);
    const auto stop = bytes.find_last_not_of('\0');
    if (stop == ByteView::npos || bytes[stop] != '.') {
        return false;
    }
    auto& out = m_parts.facts();
    m_parts.model().addFlaw("hdf5-pickle", {place.start, place.start + 2});
    if (out.children.size() >= mostChildren || !m_budget.inflate(stop + 1)) {
        incomplete("There are more pickles than the limit", place.start);
        return true;
    }
    ChildArtifact child{"value-" + std::to_string(place.start) + ".pkl",
        std::make_shared<const std::string>(bytes.substr(0, stop + 1))};
    if (out.takeChild) {
        out.takeChild(child);
        child.bytes.reset();
    }
    out.children.push_back(std::move(child));
    return true;
}

} // namespace cupel::formats::hdf5
