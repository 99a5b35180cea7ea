// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/keras_archive.h"

#include <algorithm>

namespace cupel::formats {

void judgeKerasArchive(const Artifact& artifact, const Facts& facts, ModelContent& model)
{
    const auto count = [&facts](std::string_view name) {
        return std::count_if(facts.children.begin(), facts.children.end(), [name](const ChildArtifact& child) {
            // The zip tells members of one name apart by a number behind it.
            return child.name == name
                || (child.name.starts_with(name) && std::string_view(child.name).substr(name.size()).starts_with(" ("));
        });
    };
    const bool named = artifact.fileName().ends_with(".keras");
    const bool weights = count("model.weights.h5") + count("model.weights.npz") > 0;
    if (!(named || (weights && count("metadata.json") > 0))) {
        return;
    }
    model.kind = model.kind.empty() ? "Keras archive" : model.kind;
    const ByteRange start{0, std::min<std::uint64_t>(4, artifact.view().size())};
    const auto configs = count("config.json");
    if (configs == 0) {
        model.addFlaw("keras-no-config", start);
    } else if (configs > 1) {
        model.addFlaw("keras-two-configs", start, std::to_string(configs));
    }
}

} // namespace cupel::formats
