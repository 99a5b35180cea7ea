// SPDX-License-Identifier: GPL-3.0-or-later
// What TensorFlow writes: SavedModels, meta graphs, frozen graphs, the metadata of Keras beside them, and the parts of
// a checkpoint. None has a magic; the messages tell by their structure.
#include "analyzers/base/budget.h"
#include "analyzers/base/utf8.h"
#include "analyzers/formats/keras_config.h"
#include "analyzers/formats/proto_fields.h"
#include "analyzers/formats/tensorflow/tf_schema.h"

#include <algorithm>
#include <memory>

namespace cupel::formats::tensorflow {

namespace {

bool isNamedSavedModel(std::string_view fileName)
{
    return fileName == "saved_model.pb";
}

void readKerasMetadata(ModelParts& parts, Budget& budget)
{
    const auto file = parts.file();
    auto& out = parts.facts();
    ProtoReader reader(file, {0, file.size()});
    for (ProtoField object; reader.next(object) && budget.spend(64);) {
        if (object.number != 1 || object.wire != ProtoWire::Bytes) {
            continue;
        }
        ProtoReader inside(file, object.bytes);
        for (ProtoField field; inside.next(field);) {
            if (field.number == 4 && field.wire == ProtoWire::Bytes) {
                parts.useOperator(slice(file, field.bytes), {}, field.bytes);
            } else if (field.number == 5 && field.wire == ProtoWire::Bytes) {
                readKerasConfig(field.bytes, parts, budget);
            }
        }
    }
    eachUnknownField(file, {0, file.size()}, 1, budget, [&parts](const ProtoField& field) {
        parts.model().addLeftover(
            field.number == 0 ? "model-trailing" : "model-unknown-field", {field.start, field.bytes.end});
    });
    out.coverage.understood = reader.trouble() == ProtoTrouble::None ? file.size() : reader.at();
    if (reader.trouble() != ProtoTrouble::None) {
        parts.model().addFlaw("tf-broken", {reader.at(), reader.at()}, std::string(toString(reader.trouble())));
        noteOnce(out, "protobuf-broken", "A message cannot be read to its end", reader.at());
    }
}

} // namespace

int sniff(ByteView head, std::uint64_t size, std::string_view fileName)
{
    switch (kindOf(head, size, fileName)) {
    case Kind::SavedModel:
    case Kind::MetaGraph:
        return 82;
    case Kind::KerasMetadata:
    case Kind::Index:
        return 80;
    case Kind::Graph:
        return 62;
    case Kind::Fingerprint:
        return 55;
    case Kind::Shard:
        return 5; // raw numbers: whatever has a form is something else
    case Kind::None:
        break;
    }
    return isNamedSavedModel(fileName) ? 6 : 0; // cut or damaged: loaders go by the name
}

void parse(const Artifact& artifact, Budget& budget, Facts& out)
{
    const auto bytes = artifact.view();
    out.coverage.total = bytes.size();
    out.hasLines = false;
    auto model = std::make_shared<ModelContent>();
    out.model = model;
    ModelParts parts(bytes, out, *model);
    const auto kind = kindOf(bytes.substr(0, std::size_t{64} << 10), bytes.size(), artifact.fileName());
    switch (kind) {
    case Kind::KerasMetadata:
        model->kind = "Keras metadata of a SavedModel";
        readKerasMetadata(parts, budget);
        return;
    case Kind::Fingerprint:
        model->kind = "fingerprint of a SavedModel";
        break;
    case Kind::Index:
        model->kind = "index of a TensorFlow checkpoint";
        readIndex(artifact, parts, budget);
        return;
    case Kind::Shard:
        model->kind = "weights of a TensorFlow checkpoint";
        readShard(artifact, parts, budget);
        return;
    case Kind::SavedModel:
        model->kind = "TensorFlow SavedModel";
        readGraphs(kind, parts, budget);
        return;
    case Kind::MetaGraph:
        model->kind = "TensorFlow meta graph";
        readGraphs(kind, parts, budget);
        return;
    case Kind::None:
        if (isNamedSavedModel(artifact.fileName())) {
            model->kind = "TensorFlow SavedModel";
            readGraphs(Kind::SavedModel, parts, budget);
            return;
        }
        [[fallthrough]];
    case Kind::Graph:
        model->kind = "TensorFlow graph";
        readGraphs(Kind::Graph, parts, budget);
        return;
    }
    out.coverage.understood = bytes.size();
}

} // namespace cupel::formats::tensorflow
