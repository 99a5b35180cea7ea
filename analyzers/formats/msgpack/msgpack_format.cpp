// SPDX-License-Identifier: GPL-3.0-or-later
// Checkpoints of Flax: maps of MessagePack with arrays of NumPy as extensions. Counts are held against the bytes that
// are left; what Flax does not write is told.
#include "analyzers/base/utf8.h"
#include "analyzers/formats/carried.h"
#include "analyzers/formats/msgpack/msgpack_token.h"
#include "analyzers/formats/wire.h"

#include <algorithm>
#include <limits>
#include <vector>

namespace cupel::formats::msgpack {

namespace {

constexpr std::size_t deepest = 512;
constexpr std::size_t mostAxes = 64;
constexpr std::size_t longestName = 400;
constexpr int arrayExtension = 1;
constexpr int complexExtension = 2;
constexpr int scalarExtension = 3;
constexpr int timeExtension = -1;

// Of NumPy's names; 0: another.
std::uint64_t bytesOf(std::string_view dtype)
{
    struct Size {
        std::string_view name;
        std::uint64_t bytes;
    };
    static constexpr Size sizes[] = {{"bool", 1}, {"int8", 1}, {"uint8", 1}, {"int16", 2}, {"uint16", 2}, {"int32", 4},
        {"uint32", 4}, {"int64", 8}, {"uint64", 8}, {"float16", 2}, {"bfloat16", 2}, {"float32", 4}, {"float64", 8},
        {"complex64", 8}, {"complex128", 16}};
    const auto* found =
        std::find_if(std::begin(sizes), std::end(sizes), [dtype](const Size& size) { return size.name == dtype; });
    return found == std::end(sizes) ? 0 : found->bytes;
}

// As safetensors spells it.
std::string shownType(std::string_view dtype)
{
    static constexpr std::pair<std::string_view, std::string_view> names[] = {{"float32", "F32"}, {"float16", "F16"},
        {"bfloat16", "BF16"}, {"float64", "F64"}, {"int64", "I64"}, {"int32", "I32"}, {"int16", "I16"}, {"int8", "I8"},
        {"uint8", "U8"}, {"uint16", "U16"}, {"uint32", "U32"}, {"uint64", "U64"}, {"bool", "BOOL"},
        {"complex64", "C64"}, {"complex128", "C128"}};
    for (const auto& [name, shown] : names) {
        if (name == dtype) {
            return std::string(shown);
        }
    }
    return toDisplay(dtype, 40);
}

bool isObject(std::string_view dtype)
{
    return dtype.starts_with("object") || dtype.find('O') != std::string_view::npos;
}

class Reader {
public:
    explicit Reader(Wire& wire)
        : m_wire(wire)
    {
    }

    bool run()
    {
        m_open.push_back({1, false, {}});
        while (!m_open.empty()) {
            auto& top = m_open.back();
            if (top.left == 0) {
                m_open.pop_back();
                continue;
            }
            --top.left;
            const bool isKey = top.map && top.left % 2 == 1;
            if (!m_wire.spend(16) || !(isKey ? key() : value())) {
                return false;
            }
        }
        return true;
    }

private:
    struct Open {
        std::uint64_t left = 0; // keys and values
        bool map = false;
        ByteRange key; // the last one
    };

    bool read(Token& token)
    {
        const auto read = readToken(m_wire.bytes(), m_wire.at(), token);
        if (read != Read::Fine) {
            return m_wire.broken(read == Read::CutOff ? "it ends, or a length leads out of it, where it should not"
                                                      : "byte 0xC1 begins nothing");
        }
        return true;
    }

    bool key()
    {
        Token token;
        if (!read(token)) {
            return false;
        }
        if (token.kind == Kind::Array || token.kind == Kind::Map) {
            return m_wire.broken("a key is a list or a map");
        }
        m_open.back().key = token.kind == Kind::Text ? token.content : ByteRange{};
        m_wire.text(m_open.back().key, "key");
        m_wire.seek(token.end);
        return true;
    }

    bool value()
    {
        Token token;
        if (!read(token)) {
            return false;
        }
        const auto place = m_wire.at();
        m_wire.seek(token.end);
        switch (token.kind) {
        case Kind::Array:
        case Kind::Map:
            return open(token);
        case Kind::Text:
            m_wire.text(token.content, "text");
            return true;
        case Kind::Binary:
            look(token.content);
            return true;
        case Kind::Extension:
            extension(token, place);
            return true;
        default:
            return true;
        }
    }

    bool open(const Token& token)
    {
        const auto count = token.kind == Kind::Map ? token.count * 2 : token.count;
        if (count > m_wire.left()) {
            return m_wire.broken("a list or map has more elements than there are bytes");
        }
        if (m_open.size() > deepest) {
            return m_wire.broken("it is nested deeper than " + std::to_string(deepest));
        }
        m_open.push_back({count, token.kind == Kind::Map, {}});
        return true;
    }

    void extension(const Token& token, std::uint64_t place)
    {
        if (token.extension == arrayExtension || token.extension == scalarExtension) {
            if (!array(token)) {
                m_wire.model().addFlaw("msgpack-broken", {place, place + 1}, "an array is not written as Flax does");
            }
        } else if (token.extension != complexExtension && token.extension != timeExtension) {
            m_wire.model().addFlaw("msgpack-extension", {place, token.content.start}, std::to_string(token.extension));
            m_wire.text(token.content, "extension");
            look(token.content);
        }
    }

    // A list of shape, name of the type and bytes.
    bool array(const Token& outer)
    {
        const auto inside = m_wire.bytes().substr(0, outer.content.end);
        Token list;
        Token axes;
        Token type;
        Token data;
        if (readToken(inside, outer.content.start, list) != Read::Fine || list.kind != Kind::Array || list.count != 3
            || readToken(inside, list.end, axes) != Read::Fine || axes.kind != Kind::Array || axes.count > mostAxes) {
            return false;
        }
        ModelTensor tensor;
        auto at = axes.end;
        for (std::uint64_t i = 0; i < axes.count; ++i) {
            Token axis;
            if (readToken(inside, at, axis) != Read::Fine || !axis.isNumber) {
                return false;
            }
            tensor.shape.push_back(axis.number);
            at = axis.end;
        }
        const auto isBytes = [](const Token& token) { return token.kind == Kind::Text || token.kind == Kind::Binary; };
        if (readToken(inside, at, type) != Read::Fine || !isBytes(type)
            || readToken(inside, type.end, data) != Read::Fine || !isBytes(data) || data.end != outer.content.end) {
            return false;
        }
        const auto dtype = slice(m_wire.bytes(), type.content);
        tensor.dtype = shownType(dtype);
        tensor.bytes = data.content;
        tensor.name = path();
        sizes(tensor, dtype, type.content);
        if (isObject(dtype)) {
            m_wire.model().addFlaw(
                "msgpack-object", type.content, "\u201c" + toDisplay(dtype, 40) + "\u201d", {type.content});
        }
        look(data.content);
        m_wire.model().add(std::move(tensor));
        return true;
    }

    void sizes(const ModelTensor& tensor, std::string_view dtype, ByteRange place)
    {
        const auto width = bytesOf(dtype);
        if (width == 0) {
            return;
        }
        const auto elements = elementCount(tensor.shape);
        if (elements > std::numeric_limits<std::uint64_t>::max() / width || elements * width != tensor.bytes.size()) {
            m_wire.model().addFlaw("msgpack-broken", place, "an array has another size than its shape says");
        }
    }

    // Where it stands, with dots; from its end when it is long.
    [[nodiscard]] std::string path() const
    {
        std::string out;
        for (const auto& open : m_open) {
            if (!open.key.empty() && out.size() < longestName) {
                out += (out.empty() ? "" : ".") + toDisplay(slice(m_wire.bytes(), open.key), 80);
            }
        }
        return out;
    }

    void look(ByteRange range)
    {
        const auto piece = carriedAt(slice(m_wire.bytes(), range));
        if (piece.kind == Carried::Nothing) {
            return;
        }
        const auto* code = piece.kind == Carried::Program ? "carried-program"
            : piece.kind == Carried::Pickle               ? "carried-pickle"
                                                          : "carried-archive";
        m_wire.model().addFlaw(code, {range.start, std::min(range.end, range.start + 16)}, std::string(piece.what));
        if (piece.kind != Carried::Program && ++m_carried <= 64) {
            giveMember(m_wire.artifact(), range,
                (piece.kind == Carried::Pickle ? "tensor-" : "archive-") + std::to_string(range.start), m_wire.budget(),
                m_wire.facts());
        }
    }

    Wire& m_wire;
    std::vector<Open> m_open;
    std::size_t m_carried = 0;
};

bool isKey(ByteView text)
{
    return !text.empty() && text.size() <= 1'000
        && std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7F; });
}

// Whether the head reads as a map with texts for keys all the way; `members` counts them.
bool plausible(ByteView head, std::uint64_t size, unsigned& members)
{
    struct Open {
        std::uint64_t left;
        bool map;
    };
    std::vector<Open> open{{1, false}};
    std::uint64_t at = 0;
    while (!open.empty() && open.size() <= deepest) {
        if (open.back().left == 0) {
            open.pop_back();
            continue;
        }
        --open.back().left;
        const bool key = open.back().map && open.back().left % 2 == 1;
        Token token;
        const auto read = readToken(head, at, token);
        if (read == Read::CutOff) {
            return head.size() < size;
        }
        if (read == Read::Unknown || (key && (token.kind != Kind::Text || !isKey(slice(head, token.content))))) {
            return false;
        }
        members += key || token.kind == Kind::Extension ? 1 : 0;
        if (token.kind == Kind::Map || token.kind == Kind::Array) {
            const auto count = token.kind == Kind::Map ? token.count * 2 : token.count;
            if (count > size - token.end) {
                return false;
            }
            open.push_back({count, token.kind == Kind::Map});
        }
        at = token.end;
    }
    return open.empty() && at == head.size() && head.size() == size;
}

} // namespace

int sniff(ByteView head, std::uint64_t size, std::string_view fileName)
{
    const auto first = head.empty() ? 0U : static_cast<unsigned char>(head[0]);
    if (((first >= 0x90 && first < 0xA0) || first == 0xDC || first == 0xDD) && fileName.ends_with(".msgpack")) {
        return 60;
    }
    if ((first <= 0x80 || first > 0x8F) && first != 0xDE && first != 0xDF) {
        return 0;
    }
    unsigned members = 0;
    if (plausible(head, size, members) && members >= 2) {
        return 72;
    }
    return fileName.ends_with(".msgpack") ? 60 : 0;
}

void parse(const Artifact& artifact, Budget& budget, Facts& out)
{
    Wire wire(artifact, budget, out, "MessagePack", "msgpack-broken");
    wire.finish(Reader(wire).run());
    if (wire.model().tensorCount > 0) {
        wire.model().kind = "Flax checkpoint";
    }
}

} // namespace cupel::formats::msgpack
