// SPDX-License-Identifier: GPL-3.0-or-later
// Keras: configurations, archives and HDF5 files.
#include "analyzers/rules/model/rows.h"

#include <array>

namespace cupel::rules::model {

std::span<const FlawRow> kerasRows()
{
    using S = Severity;
    using C = Confidence;
    static constexpr std::array table{
        FlawRow{"keras-harmful-code", "CUP-KERAS-CODE", S::Critical, C::Certain,
            "The model carries Python code that reaches beyond numbers ({n} {piece|pieces}). The first uses: {}."},
        FlawRow{"keras-code", "CUP-KERAS-CODE", S::High, C::Certain,
            "The model carries Python code ({n} {piece|pieces}). The first uses: {}."},
        FlawRow{"keras-lambda", "CUP-KERAS-CODE", S::High, C::Certain,
            "A layer {} carries code that could not be decoded ({n} of them)."},
        FlawRow{"keras-lambda-name", "CUP-KERAS-LAMBDA-NAME", S::Medium, C::Likely,
            "A layer calls the function {} by its name ({n} of them)."},
        FlawRow{"keras-lambda-registered", "CUP-KERAS-LAMBDA-NAME", S::Medium, C::Likely,
            "A layer calls the function {} by its name, which is none of Keras ({n} of them)."},
        FlawRow{"keras-harmful-module", "CUP-KERAS-MODULE", S::Critical, C::Certain,
            "The configuration takes {} for a part of the model ({n} {time|times})."},
        FlawRow{"keras-harmful-name", "CUP-KERAS-MODULE", S::Critical, C::Likely,
            "The configuration takes {} for a part of the model ({n} {time|times})."},
        FlawRow{"keras-foreign-function", "CUP-KERAS-MODULE", S::High, C::Certain,
            "The configuration takes a function out of a module that is not Keras: {} ({n} {time|times})."},
        FlawRow{"keras-loader", "CUP-KERAS-LOADER", S::High, C::Certain,
            "The configuration uses a tool of Keras that loads, downloads or switches checks off: {} ({n} "
            "{time|times})."},
        FlawRow{"keras-torch", "CUP-KERAS-TORCH", S::High, C::Certain,
            "A layer {} unpickles a module of PyTorch when the model is loaded."},
        FlawRow{"keras-tf-function", "CUP-KERAS-TF-FUNCTION", S::High, C::Certain,
            "A layer calls a function of TensorFlow that reaches files, networks or code: {} ({n} {time|times})."},
        FlawRow{"keras-foreign-module", "CUP-KERAS-FOREIGN", S::Medium, C::Certain,
            "Loading the model imports a module that is not Keras: {} ({n} {time|times})."},
        FlawRow{"keras-companion", "CUP-KERAS-COMPANION", S::Info, C::Certain,
            "The model needs another library of layers: {} ({n} {time|times})."},
        FlawRow{"keras-vocabulary", "CUP-KERAS-VOCABULARY", S::High, C::Certain,
            "A vocabulary is read from a file or an address when the model is loaded: {}."},
        FlawRow{"keras-duplicate-key", "CUP-KERAS-DUPLICATE-KEY", S::Medium, C::Certain,
            "The key {} stands twice in one object of the configuration. All values were checked."},
        FlawRow{"keras-config-broken", "CUP-KERAS-BROKEN", S::Medium, C::Certain,
            "The configuration is not valid JSON. What could be read was checked."},
        FlawRow{"keras-no-config", "CUP-KERAS-ARCHIVE", S::Medium, C::Certain,
            "The archive has no config.json: nothing says what model the weights belong to."},
        FlawRow{"keras-two-configs", "CUP-KERAS-ARCHIVE", S::High, C::Certain,
            "The archive has {} members called config.json. All were checked."},
        FlawRow{"keras-yaml-tag", "CUP-KERAS-YAML", S::Critical, C::Certain,
            "The YAML makes Python objects: {} ({n} {tag|tags})."},
        FlawRow{"keras-yaml", "CUP-KERAS-YAML", S::Medium, C::Likely,
            "The architecture is written as YAML, which old versions of Keras load as Python objects."},
    };
    return table;
}

} // namespace cupel::rules::model
