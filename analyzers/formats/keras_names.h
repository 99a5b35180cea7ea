// SPDX-License-Identifier: GPL-3.0-or-later
// What the names in a Keras configuration lead to when the model is loaded.
#pragma once

#include <cstdint>
#include <string_view>

namespace cupel::formats {

enum class KerasModule : std::uint8_t {
    BuiltIn, // none, or Python's word for "one of Keras"
    Keras, // layers, losses and the like
    KerasTool, // of Keras, but no part of a model: files, settings, loaders
    Companion, // libraries of layers
    Foreign,
    Harmful, // a module that can run code, start programs or reach files and networks
};
[[nodiscard]] KerasModule kerasModuleOf(std::string_view module);

enum class KerasName : std::uint8_t {
    Usual,
    Lambda,
    Torch, // unpickles what it holds
    Loader, // loads another model, downloads, switches checks off
    Harmful, // runs code, whatever the module
    TensorFlowFunction, // names a function of TensorFlow
};
[[nodiscard]] KerasName kerasNameOf(std::string_view className); // the last part of "package>Name" counts

// A function that Keras 3 finds by its name alone, in its activations, losses, metrics and the like.
[[nodiscard]] bool isKerasFunction(std::string_view name);
// A path below `tf.` that reads, writes or runs more than numbers.
[[nodiscard]] bool isHarmfulTfFunction(std::string_view path);
// A name that code uses to run other code, start programs or reach files and networks.
[[nodiscard]] bool isHarmfulInCode(std::string_view name);

} // namespace cupel::formats
