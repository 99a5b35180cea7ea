// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/safetensors/safetensors_header.h"

#include "analyzers/base/json_values.h"

#include <algorithm>
#include <array>
#include <utility>

namespace cupel::formats::safetensors {

namespace {

constexpr std::array<std::pair<std::string_view, unsigned>, 22> types{
    {{"BOOL", 8}, {"F4", 4}, {"F6_E2M3", 6}, {"F6_E3M2", 6}, {"U8", 8}, {"I8", 8}, {"F8_E5M2", 8}, {"F8_E4M3", 8},
        {"F8_E8M0", 8}, {"F8_E4M3FNUZ", 8}, {"F8_E5M2FNUZ", 8}, {"I16", 16}, {"U16", 16}, {"F16", 16}, {"BF16", 16},
        {"I32", 32}, {"U32", 32}, {"F32", 32}, {"C64", 64}, {"F64", 64}, {"I64", 64}, {"U64", 64}}};
constexpr std::size_t mostAxes = 64;

struct Members {
    const JsonNode* dtype = nullptr;
    const JsonNode* shape = nullptr;
    const JsonNode* offsets = nullptr;
    bool repeated = false;
    bool more = false;
};

Members membersOf(ByteView text, const JsonOutline& json, std::uint32_t node)
{
    Members out;
    const auto& nodes = json.nodes();
    for (auto child = nodes[node].firstChild; child != 0; child = nodes[child].nextSibling) {
        const auto name = jsonKey(text, nodes[child], 64);
        const auto** place = name == "dtype" ? &out.dtype
            : name == "shape"                ? &out.shape
            : name == "data_offsets"         ? &out.offsets
                                             : nullptr;
        if (!place) {
            out.more = true;
        } else {
            out.repeated = out.repeated || *place != nullptr;
            *place = &nodes[child];
        }
    }
    return out;
}

Entry& wrong(Entry& entry, std::string_view flaw, std::string_view why)
{
    entry.flaw = flaw;
    entry.why = why;
    return entry;
}

// Whether the offsets hold exactly the elements of the shape.
void checkSize(Entry& entry)
{
    __uint128_t bits = bitsOf(entry.dtype);
    for (const auto extent : entry.shape) {
        if (extent != 0 && bits > (~__uint128_t{0} >> 8) / extent) {
            wrong(entry, "safetensors-size", "its shape has more elements than can be counted");
            return;
        }
        bits *= extent;
    }
    if (bits % 8 != 0) {
        wrong(entry, "safetensors-size", "its elements do not fill whole bytes");
    } else if (bits / 8 != entry.offsets.end - entry.offsets.start) {
        wrong(entry, "safetensors-size", "its shape asks for another number of bytes than its offsets hold");
    }
}

} // namespace

unsigned bitsOf(std::string_view dtype)
{
    const auto found =
        std::find_if(types.begin(), types.end(), [dtype](const auto& type) { return type.first == dtype; });
    return found == types.end() ? 0 : found->second;
}

Entry readEntry(ByteView text, const JsonOutline& json, std::uint32_t node)
{
    Entry entry;
    if (json.empty() || json.nodes()[node].type != JsonType::Object) {
        return wrong(entry, "safetensors-entry", "it is no object");
    }
    const auto members = membersOf(text, json, node);
    entry.moreFields = members.more;
    if (members.repeated) {
        return wrong(entry, "safetensors-duplicate", "one of its fields stands there twice");
    }
    if (!members.dtype || !members.shape || !members.offsets || members.dtype->type != JsonType::String) {
        return wrong(entry, "safetensors-entry", "dtype, shape or data_offsets is missing or no such value");
    }
    entry.dtype = jsonText(text, {members.dtype->value.start + 1, members.dtype->value.end}, 64);
    if (!jsonCounts(text, members.shape->value, mostAxes, entry.shape)) {
        return wrong(entry, "safetensors-entry", "its shape is no list of counts");
    }
    std::vector<std::uint64_t> ends;
    if (!jsonCounts(text, members.offsets->value, 2, ends) || ends.size() != 2) {
        return wrong(entry, "safetensors-offsets", "its data_offsets are not two counts");
    }
    if (ends[0] > ends[1]) {
        return wrong(entry, "safetensors-offsets", "it ends before it begins");
    }
    entry.offsets = {ends[0], ends[1]};
    if (bitsOf(entry.dtype) == 0) {
        return wrong(entry, "safetensors-dtype", "there is no such dtype");
    }
    checkSize(entry);
    return entry;
}

} // namespace cupel::formats::safetensors
