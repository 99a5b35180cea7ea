// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/onnx_outside.h"

#include "analyzers/base/protobuf.h"
#include "analyzers/model/neighbours.h"

#include <algorithm>
#include <charconv>
#include <system_error>

namespace cupel::formats {

namespace {

constexpr std::size_t mostTensors = 1'000'000;

// Of onnx.proto.
constexpr std::uint32_t graphOfModel = 7;
constexpr std::uint32_t initializer = 5;
constexpr std::uint32_t externalData = 13;

std::optional<std::uint64_t> wholeNumber(ByteView text)
{
    std::uint64_t value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    return read.ec == std::errc() && read.ptr == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

// Where the numbers of the tensor stand in the file of this name; of keys that repeat the last.
std::optional<ByteRange> placeOf(ByteView model, ByteRange tensor, std::string_view file, std::uint64_t size)
{
    std::string_view location;
    std::uint64_t offset = 0;
    std::optional<std::uint64_t> length;
    ProtoReader reader(model, tensor);
    for (ProtoField field; reader.next(field);) {
        if (field.number != externalData || field.wire != ProtoWire::Bytes) {
            continue;
        }
        const auto key = slice(model, lastBytes(model, field.bytes, 1));
        const auto value = slice(model, lastBytes(model, field.bytes, 2));
        if (key == "location") {
            location = value.substr(value.starts_with("./") ? 2 : 0);
        } else if (key == "offset") {
            offset = wholeNumber(value).value_or(0);
        } else if (key == "length") {
            length = wholeNumber(value);
        }
    }
    if (location != file || offset > size) {
        return std::nullopt;
    }
    return ByteRange{offset, offset + std::min(length.value_or(size - offset), size - offset)};
}

} // namespace

std::optional<OutsideTensors> outsideTensors(const Artifact& artifact, Budget& budget)
{
    const auto* companions = artifact.companions.get();
    for (std::size_t i = 0; companions && i < companions->members.size(); ++i) {
        const auto& member = companions->members[i];
        const auto model = member.bytes.view();
        if (!member.name.ends_with(".onnx") || model.empty()) {
            continue;
        }
        OutsideTensors out{member.name, {}};
        ProtoReader whole(model, {0, model.size()});
        for (ProtoField graph; whole.next(graph);) {
            if (graph.number != graphOfModel || graph.wire != ProtoWire::Bytes) {
                continue;
            }
            ProtoReader fields(model, graph.bytes);
            for (ProtoField field; fields.next(field) && budget.spend(field.costs());) {
                if (field.number == initializer && field.wire == ProtoWire::Bytes && out.places.size() < mostTensors) {
                    if (const auto place = placeOf(model, field.bytes, artifact.fileName(), artifact.view().size())) {
                        out.places.push_back(*place);
                    }
                }
            }
        }
        if (!out.places.empty()) {
            return out;
        }
    }
    return std::nullopt;
}

} // namespace cupel::formats
