// SPDX-License-Identifier: GPL-3.0-or-later
// What the usual loaders would do with a file: run it, read it, or refuse it, and which versions have holes. A promise
// of a loader never changes a verdict; this is for people who have to load a file.
#pragma once

#include "analyzers/base/bytes.h"
#include "analyzers/formats/pickle/pickle_facts.h"
#include "analyzers/model/artifact.h"
#include "analyzers/model/facts.h"

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cupel::rules::pickle {

struct LoaderAnswer {
    enum class Kind : std::uint8_t {
        Runs, // what the file calls and nobody vouches for
        Reads, // to its end, calling known constructors only
        Refuses, // before anything of it is done, or at the first thing it does not allow
    };
    std::string_view loader; // "torch.load(weights_only=True)"
    Kind kind = Kind::Refuses;
    std::string why; // one clause; names out of the file stand in it
    std::vector<ByteRange> sources; // of those names
    std::vector<std::string_view> risks; // "CVE-2025-32434: ..."
    // What skops' get_untrusted_types lists, sorted; names out of the file.
    // NOLINTNEXTLINE(readability-redundant-member-init): lets an answer be written down without it
    std::vector<std::pair<std::string, ByteRange>> untrusted = {};
};
[[nodiscard]] std::string_view toString(LoaderAnswer::Kind kind); // "runs", "reads", "refuses"

// One for each loader, in a fixed order. They load stream after stream from the beginning (`loadedEnd`); what they run
// is what findings of medium severity and worse are about.
[[nodiscard]] std::vector<LoaderAnswer> loaderAnswers(ByteView bytes, const formats::PickleFacts& facts);
// The same of whatever has loaders of its own: pickles, schema.json of skops, configurations, HDF5 files and weights of
// Keras. None: nobody loads it by itself, or its bytes are gone.
[[nodiscard]] std::vector<LoaderAnswer> loaderAnswers(const Artifact& artifact, const Facts& facts);

} // namespace cupel::rules::pickle
