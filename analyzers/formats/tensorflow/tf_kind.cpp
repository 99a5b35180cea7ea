// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/tensorflow/tf_schema.h"

#include <algorithm>
#include <charconv>

namespace cupel::formats::tensorflow {

namespace {

using namespace std::string_view_literals;

constexpr auto tableMagic = "\x57\xfb\x80\x8b\x24\x75\x47\xdb"sv; // of LevelDB's tables, which checkpoints use
constexpr std::uint64_t shortestTable = 48; // the place of its blocks and the magic

bool isWord(ByteView text)
{
    return !text.empty() && text.size() < 256
        && std::all_of(
            text.begin(), text.end(),
            [](char c) {
                return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'
                    || c == '>' || c == '.' || c == ':' || c == '-';
            });
}

bool isText(ByteView text)
{
    return std::none_of(text.begin(), text.end(), [](char c) { return c >= 0 && c < 0x20; });
}

// Texts and attributes, with an operator that is a word.
bool isNode(ByteView file, ByteRange bytes)
{
    ProtoReader reader(file, bytes);
    bool named = false;
    bool does = false;
    for (ProtoField field; reader.next(field);) {
        const auto text = slice(file, field.bytes);
        if (field.wire != ProtoWire::Bytes && field.number <= 7) {
            return false;
        }
        if (field.number <= 4 && !(field.number == 2 ? isWord(text) : isText(text))) {
            return false;
        }
        named = named || field.number == 1;
        does = does || field.number == 2;
    }
    return reader.trouble() == ProtoTrouble::None && (does || (named && bytes.end > file.size()));
}

// The first messages of a graph: nodes, then a library, versions. Behind some nodes it stays one, whatever follows.
constexpr unsigned enoughNodes = 2;
bool startsGraph(ByteView file, ByteRange bytes, bool whole)
{
    ProtoReader reader(file, bytes);
    unsigned nodes = 0;
    bool other = false;
    for (ProtoField field; (whole || nodes < 8) && reader.next(field);) {
        const bool message = field.wire == ProtoWire::Bytes;
        if (field.number <= 5 && message == (field.number == 3)) {
            return !whole && nodes >= enoughNodes;
        }
        if (field.number == 1 && nodes < 64) {
            if (!isNode(file, field.bytes)) {
                return !whole && nodes >= enoughNodes;
            }
            ++nodes;
        }
        other = other || (field.number == 2 && slice(file, field.bytes).starts_with('\x0a'));
    }
    const bool broken = reader.trouble() != ProtoTrouble::None;
    return broken ? !whole && nodes >= enoughNodes : nodes > 0 || other;
}

bool isMetaInfo(ByteView file, ByteRange bytes)
{
    ProtoReader reader(file, bytes);
    for (ProtoField field; reader.next(field);) {
        const bool text = field.number == 1 || (field.number >= 4 && field.number <= 6);
        if (field.number > 8 || (text && !isText(slice(file, field.bytes)))) {
            return false;
        }
    }
    return reader.trouble() == ProtoTrouble::None;
}

enum class Fit : std::uint8_t { No, Perhaps, Yes };

Fit metaGraphFit(ByteView file, ByteRange bytes)
{
    ProtoReader reader(file, bytes);
    for (ProtoField field; reader.next(field);) {
        if (field.number <= 7 && field.wire != ProtoWire::Bytes) {
            return Fit::No;
        }
        if (field.number == 1 && !isMetaInfo(file, field.bytes)) {
            return Fit::No;
        }
        if (field.number == 2 && !field.bytes.empty()) {
            return startsGraph(file, field.bytes, false) ? Fit::Yes : Fit::No;
        }
    }
    return reader.trouble() == ProtoTrouble::None ? Fit::Perhaps : Fit::No;
}

bool isSavedModel(ByteView file, std::uint64_t size, std::string_view fileName)
{
    ProtoReader reader(file, {0, size});
    bool version = false;
    auto best = Fit::No;
    for (ProtoField field; best != Fit::Yes && reader.next(field);) {
        if (field.number == 1 && field.wire == ProtoWire::Varint) {
            version = version || field.value < 100;
        } else if (field.number == 2 && field.wire == ProtoWire::Bytes) {
            best = std::max(best, metaGraphFit(file, field.bytes));
        } else if (field.number <= 2) {
            return false;
        }
    }
    return best == Fit::Yes
        || (best == Fit::Perhaps && version && reader.trouble() == ProtoTrouble::None && fileName == "saved_model.pb");
}

// saved_metadata.proto of Keras: objects with a number, a path, a kind and JSON.
bool isKerasMetadata(ByteView file, std::uint64_t size)
{
    ProtoReader reader(file, {0, size});
    ProtoField object;
    if (!reader.next(object) || object.number != 1 || object.wire != ProtoWire::Bytes) {
        return false;
    }
    ProtoReader inside(file, object.bytes);
    bool kind = false;
    bool json = false;
    for (ProtoField field; inside.next(field);) {
        const auto text = slice(file, field.bytes);
        kind = kind || (field.number == 4 && text.starts_with("_tf_keras_"));
        json = json || (field.number == 5 && text.starts_with('{'));
    }
    return inside.trouble() == ProtoTrouble::None && (json || kind);
}

// fingerprint.proto: four numbers, the version, sometimes an id.
bool isFingerprint(ByteView file, std::uint64_t size)
{
    if (size > 512) {
        return false;
    }
    ProtoReader reader(file, {0, size});
    unsigned hashes = 0;
    unsigned next = 1;
    for (ProtoField field; reader.next(field); next = field.number + 1) {
        const bool number = field.wire == ProtoWire::Varint || field.wire == ProtoWire::Fixed64;
        if (field.number < next || field.number > 7 || number != (field.number <= 5)) {
            return false;
        }
        hashes += field.number <= 5 ? 1 : 0;
    }
    return reader.trouble() == ProtoTrouble::None && hashes >= 4;
}

// The first entry has no key and holds the header.
bool beginsAsIndex(ByteView head)
{
    return head.size() > 3 && head.starts_with("\0\0"sv) && (head[3] == '\x08' || head[3] == '\x1a') && head[2] < 32
        && head[2] > 0;
}

bool isIndex(ByteView head, std::uint64_t size, std::string_view fileName)
{
    if (size < shortestTable || head.size() < 8) {
        return false;
    }
    const bool begins = beginsAsIndex(head);
    return size > head.size() ? begins : head.ends_with(tableMagic) || (begins && fileName.ends_with(".index"));
}

} // namespace

std::optional<std::uint64_t> tableEnd(ByteView file)
{
    const auto at = file.rfind(tableMagic);
    return at != ByteView::npos && at + tableMagic.size() >= shortestTable
        ? std::optional<std::uint64_t>(at + tableMagic.size())
        : std::nullopt;
}

std::uint64_t shardCount(ByteView index)
{
    constexpr std::uint64_t header = 3;
    return beginsAsIndex(index) ? lastNumber(index, {header, header + static_cast<std::uint8_t>(index[2])}, 1, 0) : 0;
}

std::optional<ShardName> shardName(std::string_view fileName)
{
    constexpr std::string_view between = ".data-";
    const auto number = [](std::string_view text) -> std::optional<std::uint64_t> {
        std::uint64_t value = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        return text.size() == 5 && error == std::errc() && end == text.data() + text.size() ? std::optional(value)
                                                                                            : std::nullopt;
    };
    const auto at = fileName.rfind(between);
    if (at == std::string_view::npos || fileName.size() != at + 20 || fileName.substr(at + 11, 4) != "-of-") {
        return std::nullopt;
    }
    const auto one = number(fileName.substr(at + between.size(), 5));
    const auto all = number(fileName.substr(at + 15));
    return one && all ? std::optional(ShardName{fileName.substr(0, at), *one, *all}) : std::nullopt;
}

std::string shardName(std::string_view prefix, std::uint64_t number, std::uint64_t count)
{
    const auto five = [](std::uint64_t value) {
        const auto digits = std::to_string(value);
        return std::string(5 - std::min<std::size_t>(5, digits.size()), '0') + digits;
    };
    return std::string(prefix) + ".data-" + five(number) + "-of-" + five(count);
}

bool isGraph(ByteView file, ByteRange bytes)
{
    return bytes.size() >= 8 && startsGraph(file, bytes, true);
}

Kind kindOf(ByteView head, std::uint64_t size, std::string_view fileName)
{
    if (head.size() >= 4 && isSavedModel(head, size, fileName)) {
        return Kind::SavedModel;
    }
    if (head.starts_with('\x0a') && isKerasMetadata(head, size)) {
        return Kind::KerasMetadata;
    }
    if (head.size() >= 4 && metaGraphFit(head, {0, size}) == Fit::Yes && head.starts_with('\x0a')) {
        return Kind::MetaGraph;
    }
    if (head.size() >= 4 && startsGraph(head, {0, size}, false)) {
        return Kind::Graph;
    }
    if (isFingerprint(head, size)) {
        return Kind::Fingerprint;
    }
    if (isIndex(head, size, fileName)) {
        return Kind::Index;
    }
    return shardName(fileName) ? Kind::Shard : Kind::None;
}

} // namespace cupel::formats::tensorflow
