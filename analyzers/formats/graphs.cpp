// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/graphs.h"

#include "analyzers/formats/graph_builder.h"
#include "analyzers/formats/keras_graph.h"
#include "analyzers/formats/torchscript_graph.h"

#include <algorithm>
#include <array>

namespace cupel::formats {

namespace onnx {
void readGraph(ByteView file, GraphBuilder& builder, Budget& budget);
}
namespace tensorflow {
void readGraph(ByteView file, std::string_view fileName, GraphBuilder& builder, Budget& budget);
}
namespace tflite {
void readGraph(ByteView file, GraphBuilder& builder, Budget& budget);
}
namespace model_xml {
void readGraph(ByteView text, GraphBuilder& builder, Budget& budget);
}

namespace {

// A configuration of Keras, wherever a format found it.
const Region* kerasRegion(const Facts& facts)
{
    const auto found = std::find_if(facts.regions.begin(), facts.regions.end(),
        [](const Region& region) { return region.kind == RegionKind::Json && region.name == "configuration"; });
    return found == facts.regions.end() ? nullptr : &*found;
}

} // namespace

bool mayHaveGraph(const Artifact& artifact, const Facts& facts)
{
    constexpr std::array<std::string_view, 3> always{"onnx", "tflite", "model_xml"};
    // Beside a graph of TensorFlow lie its variables and a digest, which have none.
    const bool tensorflow = facts.format == "tensorflow" && facts.model && !facts.model->operators.empty();
    return tensorflow || std::find(always.begin(), always.end(), facts.format) != always.end() || kerasRegion(facts)
        || (facts.format == "python" && isTorchScript(artifact.path, facts.text(artifact)));
}

ModelGraph readGraph(const Artifact& artifact, const Facts& facts, Budget& budget)
{
    GraphBuilder builder;
    const auto file = artifact.view();
    if (facts.format == "onnx") {
        onnx::readGraph(file, builder, budget);
    } else if (facts.format == "tensorflow") {
        tensorflow::readGraph(file, artifact.fileName(), builder, budget);
    } else if (facts.format == "tflite") {
        tflite::readGraph(file, builder, budget);
    } else if (facts.format == "model_xml") {
        model_xml::readGraph(facts.text(artifact), builder, budget);
    } else if (facts.format == "python") {
        readTorchScript(facts.text(artifact), builder, budget);
    }
    if (const auto* region = kerasRegion(facts); region && builder.empty()) {
        readKerasGraph(facts.text(artifact), region->bytes, builder, budget);
    }
    return builder.finish(budget);
}

} // namespace cupel::formats
