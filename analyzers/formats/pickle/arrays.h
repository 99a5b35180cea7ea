// SPDX-License-Identifier: GPL-3.0-or-later
// Raw bytes of arrays between opcodes, as joblib writes them behind the state of a NumpyArrayWrapper.
#pragma once

#include "analyzers/formats/pickle/show.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cupel::formats::pickle {

struct ArrayBytes {
    bool objects = false; // another stream follows instead of bytes, and nothing else is known
    bool unknown = false; // its state does not say where it ends, or says that it ends behind the file
    bool odd = false; // no pickler writes such a state: loaders may see another size
    ByteRange padding; // a byte that counts those behind it, and these; since joblib 1.2
    ByteRange bytes; // of the elements
    std::string dtype; // as safetensors spells it, else as NumPy does; "structured"
    std::vector<std::uint64_t> shape;
    bool fortran = false; // the first index runs fastest
    std::uint64_t itemSize = 0; // bytes of an element; of what NumPy pickled by itself
    bool asText = false; // `bytes` are a text in UTF-8, of which each character is a byte
};
// Nothing: the object is no such wrapper.
[[nodiscard]] std::optional<ArrayBytes> arrayAfter(const Values& values, Value object, std::uint64_t at);

// Bytes of one element of NumPy's "<f8", "U10", "|S5", "V16", "O8" ...; 0: not known. `objects` is set for O.
[[nodiscard]] std::uint64_t itemSize(std::string_view dtype, bool& objects);

} // namespace cupel::formats::pickle
