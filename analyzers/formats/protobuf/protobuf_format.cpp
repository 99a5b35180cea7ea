// SPDX-License-Identifier: GPL-3.0-or-later
// Descriptions of Protocol Buffers (FileDescriptorSet, as protoc writes it): no model, only the names of messages.
#include "analyzers/base/budget.h"
#include "analyzers/base/protobuf.h"
#include "analyzers/formats/model_parts.h"
#include "analyzers/formats/proto_fields.h"

#include <algorithm>
#include <memory>

namespace cupel::formats::protobuf {

namespace {

// Files with a name that ends in .proto, and nothing else.
bool isDescriptorSet(ByteView head, std::uint64_t size)
{
    ProtoReader reader(head, {0, size});
    unsigned files = 0;
    for (ProtoField field; reader.next(field);) {
        ProtoReader inside(head, field.bytes);
        ProtoField name;
        if (field.number != 1 || field.wire != ProtoWire::Bytes || !inside.next(name) || name.number != 1
            || name.wire != ProtoWire::Bytes
            || (name.bytes.end <= head.size() && !slice(head, name.bytes).ends_with(".proto"))) {
            return false;
        }
        ++files;
    }
    return reader.trouble() == ProtoTrouble::None && files > 0;
}

} // namespace

int sniff(ByteView head, std::uint64_t size, std::string_view /*fileName*/)
{
    return head.starts_with('\x0a') && isDescriptorSet(head, size) ? 78 : 0;
}

void parse(const Artifact& artifact, Budget& budget, Facts& out)
{
    const auto bytes = artifact.view();
    out.coverage.total = bytes.size();
    out.hasLines = false;
    auto model = std::make_shared<ModelContent>();
    model->kind = "descriptions of Protocol Buffers";
    out.model = model;
    ModelParts parts(bytes, out, *model);
    ProtoReader reader(bytes, {0, bytes.size()});
    for (ProtoField file; reader.next(file) && budget.spend(64);) {
        parts.field("file", lastBytes(bytes, file.bytes, 1));
        parts.region(RegionKind::Raw, file.bytes, "description"); // comments and options
    }
    eachUnknownField(bytes, {0, bytes.size()}, 1, budget, [&model](const ProtoField& field) {
        model->addLeftover(
            field.number == 0 ? "model-trailing" : "model-unknown-field", {field.start, field.bytes.end});
    });
    out.coverage.understood = reader.trouble() == ProtoTrouble::None ? bytes.size() : reader.at();
    if (reader.trouble() != ProtoTrouble::None) {
        noteOnce(out, "protobuf-broken", "A message cannot be read to its end", reader.at());
    }
}

} // namespace cupel::formats::protobuf
