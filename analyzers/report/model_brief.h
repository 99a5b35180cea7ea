// SPDX-License-Identifier: GPL-3.0-or-later
// What reports tell of one artifact that is a model or a program of one: texts with everything sensitive masked, lists
// cut to what people read, and how many more there are. Made where the analysis still holds its bytes, because masking
// names needs them; plain values afterwards.
#pragma once

#include "analyzers/model/analysis.h"

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace cupel::report {

struct ModelBrief {
    struct Field {
        std::string key;
        std::string value;
    };
    struct Tensor {
        std::string name;
        std::string dtype;
        std::string shape; // "2 × 3"
        std::string storedIn; // empty: here; "no data"
    };
    struct Type {
        std::string dtype;
        std::uint64_t count = 0;
        std::uint64_t parameters = 0;
        std::uint64_t bytes = 0;
    };
    struct Line {
        std::uint64_t at = 0; // offset in the file
        std::string text; // empty: lines that are left out stand here
        std::uint64_t leftOut = 0;
        bool loud = false; // a finding of medium severity or worse stands at it
    };
    struct Name {
        std::string path;
        std::string judged; // "harmless as used", "dangerous" ...
        std::uint64_t count = 0;
        bool known = true; // harmless as it is used
    };
    struct Loader {
        std::string name;
        std::string verdict; // "runs", "reads", "refuses"
        std::string why;
        std::vector<std::string> risks;
    };
    // The tensor, or the entry of the metadata, that a finding stands in.
    struct Place {
        std::string kind; // "tensors", "metadata"
        std::string name;
    };

    std::string kind; // "GGUF 3"; empty: the format says enough
    std::string producer;
    bool blind = false; // nothing could be masked, so that no text of the file is shown

    std::vector<Field> metadata; // the first ones, as all lists here
    std::uint64_t metadataCount = 0;
    std::vector<Type> types;
    std::uint64_t typeCount = 0;
    std::uint64_t typedTensors = 0; // that `types` counts
    std::vector<Tensor> tensors;
    std::uint64_t tensorCount = 0;
    std::uint64_t parameterCount = 0;
    std::vector<Field> operators; // name, how often
    std::uint64_t operatorCount = 0;
    std::vector<Field> references; // what, target
    std::uint64_t referenceCount = 0;

    bool isProgram = false; // a pickle
    int protocol = 0;
    std::uint64_t streams = 0;
    std::uint64_t opcodes = 0;
    std::uint64_t calls = 0;
    std::vector<Line> program;
    std::uint64_t programLines = 0; // there would be
    std::vector<Name> names; // those that nobody vouches for come first
    std::uint64_t nameCount = 0;
    std::uint64_t unknownNames = 0; // of all of them
    std::uint64_t derivedNames = 0; // that the stream does not ask for as such: got from others while loading
    std::vector<Loader> loaders;

    std::map<std::string, Place> places; // by fingerprint
};

using ModelBriefPtr = std::shared_ptr<const ModelBrief>;
using ModelBriefs = std::map<std::string, ModelBriefPtr, std::less<>>; // by path

enum class BriefDetail : std::uint8_t {
    All,
    Outline, // kind, counts, what loaders do, and places: a zip may have many thousand members
};
// Null: the artifact is neither.
[[nodiscard]] ModelBriefPtr modelBrief(const Analysis& analysis, BriefDetail detail = BriefDetail::All);

} // namespace cupel::report
