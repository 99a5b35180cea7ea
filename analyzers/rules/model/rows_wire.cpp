// SPDX-License-Identifier: GPL-3.0-or-later
// R, MessagePack, UBJSON, XGBoost, LightGBM; and what in them, or in a checkpoint of TensorFlow, belongs to nothing.
#include "analyzers/rules/model/rows.h"

#include <array>

namespace cupel::rules::model {

std::span<const FlawRow> wireRows()
{
    using S = Severity;
    using C = Confidence;
    static constexpr std::array table{
        FlawRow{"r-promise", "CUP-R-PROMISE", S::Critical, C::Certain,
            "A promise that has not been evaluated holds code: R runs it when the object is touched (CVE-2024-27322)."},
        FlawRow{"r-code", "CUP-R-CODE", S::Medium, C::Certain, "The file holds {}."},
        FlawRow{"r-active", "CUP-R-ACTIVE", S::Medium, C::Certain,
            "A variable is bound to a function that runs when it is read."},
        FlawRow{"r-broken", "CUP-R-BROKEN", S::Medium, C::Certain, "The file is not what R writes: {}."},
        FlawRow{"msgpack-object", "CUP-MSGPACK-OBJECT", S::High, C::Certain, "An array holds Python objects: {}."},
        FlawRow{"msgpack-extension", "CUP-MSGPACK-EXTENSION", S::Medium, C::Certain,
            "Extension {} is none of those that Flax writes."},
        FlawRow{"msgpack-broken", "CUP-MSGPACK-BROKEN", S::Medium, C::Certain, "The file cannot be right: {}."},
        FlawRow{"ubjson-broken", "CUP-UBJSON-BROKEN", S::Medium, C::Certain, "The file cannot be right: {}."},
        FlawRow{"ubjson-child", "CUP-TREES-INDEX", S::Medium, C::Certain, "A node of a tree leads to node {}."},
        FlawRow{"xgboost-broken", "CUP-XGBOOST-BROKEN", S::Medium, C::Certain, "The model contradicts itself: {}."},
        FlawRow{"catboost-broken", "CUP-CATBOOST-BROKEN", S::Medium, C::Certain, "The model contradicts itself: {}."},
        FlawRow{"lightgbm-broken", "CUP-LIGHTGBM-BROKEN", S::Medium, C::Certain, "The model contradicts itself: {}."},
        FlawRow{"ocdbt-broken", "CUP-OCDBT-BROKEN", S::Medium, C::Certain, "The database contradicts itself: {}."},
        FlawRow{"ocdbt-outside", "CUP-OCDBT-OUTSIDE", S::Medium, C::Certain,
            "Paths of data files lead out of the folder of the checkpoint."},
        FlawRow{"model-trailing", "CUP-MODEL-HIDDEN", S::Medium, C::Certain,
            "{} {byte follows|bytes follow} the end of the model and {belongs|belong} to no part of it."},
        FlawRow{"model-gap", "CUP-MODEL-HIDDEN", S::Medium, C::Certain,
            "{} {byte between the parts of the model belongs|bytes between the parts of the model belong} to none."},
        FlawRow{"model-unknown-field", "CUP-MODEL-HIDDEN", S::Low, C::Likely,
            "{} {byte stands|bytes stand} in a field that the format does not have: programs skip it."},
    };
    return table;
}

} // namespace cupel::rules::model
