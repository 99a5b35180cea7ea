// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/base/outside_path.h"
#include "analyzers/base/utf8.h"
#include "analyzers/formats/onnx/onnx_schema.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <optional>

namespace cupel::formats::onnx {

namespace {

constexpr std::size_t mostAxes = 64;
constexpr std::size_t longestName = 200;

struct TypeRow {
    std::string_view word;
    std::uint32_t bits; // 0: no fixed size
};
// By TensorProto.DataType.
constexpr TypeRow types[] = {{"undefined", 0}, {"F32", 32}, {"U8", 8}, {"I8", 8}, {"U16", 16}, {"I16", 16}, {"I32", 32},
    {"I64", 64}, {"string", 0}, {"BOOL", 8}, {"F16", 16}, {"F64", 64}, {"U32", 32}, {"U64", 64}, {"C64", 64},
    {"C128", 128}, {"BF16", 16}, {"F8_E4M3", 8}, {"F8_E4M3FNUZ", 8}, {"F8_E5M2", 8}, {"F8_E5M2FNUZ", 8}, {"U4", 4},
    {"I4", 4}, {"F4", 4}, {"F8_E8M0", 8}, {"U2", 2}, {"I2", 2}};

struct Fields {
    std::vector<std::uint64_t> shape;
    bool badShape = false;
    std::uint64_t type = 0;
    std::uint64_t location = 0; // 1: external
    ByteRange name;
    ByteRange raw;
    bool hasRaw = false;
    std::uint64_t floats = 0; // bytes of packed float_data
    std::uint64_t doubles = 0;
    ByteRange packed; // the first list of numbers
};

void addAxis(Fields& fields, std::uint64_t extent)
{
    fields.badShape = fields.badShape || extent > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())
        || fields.shape.size() >= mostAxes;
    if (fields.shape.size() < mostAxes) {
        fields.shape.push_back(extent);
    }
}

Fields readFields(ByteView file, ByteRange tensor)
{
    Fields out;
    ProtoReader reader(file, tensor);
    for (ProtoField field; reader.next(field);) {
        const bool bytes = field.wire == ProtoWire::Bytes;
        if (field.number == 1 && bytes) {
            std::uint64_t extent = 0;
            for (auto at = field.bytes.start;
                out.shape.size() <= mostAxes && !out.badShape && nextPacked(file, at, field.bytes.end, extent);) {
                addAxis(out, extent);
            }
        } else if (field.number == 1) {
            addAxis(out, field.value);
        } else if (field.number == 2 && !bytes) {
            out.type = field.value;
        } else if (field.number == 4 || field.number == 10) {
            (field.number == 4 ? out.floats : out.doubles) += field.bytes.size();
            out.packed = out.packed.empty() ? field.bytes : out.packed;
        } else if ((field.number == 5 || field.number == 7 || field.number == 11) && bytes) {
            out.packed = out.packed.empty() ? field.bytes : out.packed;
        } else if (field.number == 8 && bytes) {
            out.name = field.bytes;
        } else if (field.number == 9 && bytes) {
            out.raw = field.bytes;
            out.hasRaw = true;
        } else if (field.number == 14 && !bytes) {
            out.location = field.value;
        }
    }
    return out;
}

// nullopt: none, or it does not fit.
std::optional<std::uint64_t> sizeOf(const Fields& fields)
{
    const auto bits = fields.type < std::size(types) ? types[fields.type].bits : 0;
    const auto count = elementCount(fields.shape);
    if (bits == 0 || count > std::numeric_limits<std::uint64_t>::max() / bits - 8) {
        return std::nullopt;
    }
    return (count * bits + 7) / 8;
}

std::optional<std::int64_t> wholeNumber(ByteView text)
{
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

class OutsideData {
public:
    OutsideData(ByteRange tensor, ModelParts& parts)
        : m_parts(parts)
    {
        ProtoReader reader(parts.file(), tensor);
        for (ProtoField field; reader.next(field);) {
            if (field.number == 13 && field.wire == ProtoWire::Bytes) {
                m_first = m_first.empty() ? field.bytes : m_first;
                m_any = true;
                entry(field.bytes);
            }
        }
    }
    [[nodiscard]] bool any() const { return m_any; }
    [[nodiscard]] ByteRange location() const { return m_location; }

    // `claimed`: the tensor says that its data stands outside.
    void judge(ByteRange tensor, bool claimed, std::optional<std::uint64_t> size)
    {
        auto& model = m_parts.model();
        if (!m_hasLocation) {
            if (claimed || m_any) {
                model.addFlaw("onnx-external-none", m_first.empty() ? tensor : m_first, "no file is named");
            }
            return;
        }
        const auto escape = escapeOf(m_parts.text(m_location));
        if (escape == PathEscape::Empty) {
            model.addFlaw("onnx-external-none", m_first, "the name of the file is empty");
        } else if (escape != PathEscape::None) {
            m_parts.flaw("onnx-external-path", m_location, {}, " " + std::string(toString(escape)));
        }
        if (m_broken.empty() && size && m_length && static_cast<std::uint64_t>(*m_length) < *size) {
            model.addFlaw("onnx-external-range", m_first, "the part of the file is smaller than the tensor");
        } else if (!m_broken.empty()) {
            model.addFlaw("onnx-external-range", m_broken, "the offset or the length is no place in a file");
        }
    }

private:
    void entry(ByteRange bytes)
    {
        const auto keyRange = lastBytes(m_parts.file(), bytes, 1);
        const auto value = lastBytes(m_parts.file(), bytes, 2);
        const auto key = m_parts.text(keyRange);
        if (key == "location") {
            // Readers differ in which of two counts: both are judged.
            if (m_hasLocation) {
                m_parts.flaw("onnx-external-key", keyRange, {}, " stands there twice");
                if (escapeOf(m_parts.text(m_location)) != PathEscape::None) {
                    m_parts.flaw("onnx-external-path", m_location, {}, " leads elsewhere");
                }
            }
            m_location = value;
            m_hasLocation = true;
            m_parts.pointTo("external data", value);
            m_parts.region(RegionKind::Metadata, value, "location");
        } else if (key == "offset" || key == "length") {
            const auto number = wholeNumber(m_parts.text(value));
            const bool fits = number && *number >= 0 && *number <= (std::int64_t{1} << 53);
            m_broken = fits ? m_broken : bytes;
            if (fits && key == "length") {
                m_length = number;
            }
        } else if (key != "checksum" && key != "basepath") {
            m_parts.flaw("onnx-external-key", keyRange);
        } else if (key == "basepath") {
            const auto escape = escapeOf(m_parts.text(value));
            if (escape != PathEscape::None && escape != PathEscape::Empty) {
                m_parts.flaw("onnx-external-path", value, {}, " " + std::string(toString(escape)));
            }
        }
    }

    ModelParts& m_parts;
    bool m_any = false;
    bool m_hasLocation = false;
    ByteRange m_first;
    ByteRange m_location;
    ByteRange m_broken;
    std::optional<std::int64_t> m_length;
};

} // namespace

void readTensor(ByteRange tensor, ModelParts& parts)
{
    const auto fields = readFields(parts.file(), tensor);
    const auto size = sizeOf(fields);
    const bool outside = fields.location == 1;
    OutsideData external(tensor, parts);
    if (external.any() || outside) {
        external.judge(tensor, outside, size);
    }
    const auto type =
        fields.type < std::size(types) ? std::string(types[fields.type].word) : "type " + std::to_string(fields.type);
    const auto bytes = outside ? ByteRange{} : fields.hasRaw ? fields.raw : fields.packed;
    parts.model().add({toDisplay(parts.text(fields.name), longestName), type, fields.shape, bytes,
        outside || external.any() ? toDisplay(parts.text(external.location()), ModelContent::longestValue)
                                  : std::string()});
    const auto name = parts.quoted(fields.name);
    const auto tell = [&](std::string_view code, const std::string& what) {
        parts.model().addFlaw(code, tensor, name + what, {fields.name});
    };
    if (fields.badShape) {
        tell("onnx-tensor-size", " has a negative extent or too many axes");
    } else if (fields.type >= std::size(types)) {
        tell("onnx-tensor-size", " has a type that does not exist");
    } else if (!size && types[fields.type].bits != 0) {
        tell("onnx-tensor-size", " is larger than any memory");
    } else if (fields.hasRaw && size && !outside && fields.raw.size() != *size) {
        tell("onnx-tensor-size",
            " needs " + std::to_string(*size) + " bytes and has " + std::to_string(fields.raw.size()));
    } else if (!fields.hasRaw && size && !outside
        && ((fields.type == 1 && fields.floats > 0 && fields.floats != *size)
            || (fields.type == 11 && fields.doubles > 0 && fields.doubles != *size))) {
        tell("onnx-tensor-size", " has another number of values than its shape asks for");
    }
}

} // namespace cupel::formats::onnx
