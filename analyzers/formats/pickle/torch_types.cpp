// SPDX-License-Identifier: GPL-3.0-or-later
// Element types of PyTorch by the names of their storages and dtypes.
#include "analyzers/formats/pickle/torch_tensors.h"

#include <array>

namespace cupel::formats::pickle {

namespace {

struct NamedType {
    std::string_view storage; // "FloatStorage"
    std::string_view type; // "float32"
    TorchType is;
};
constexpr std::array types{NamedType{"FloatStorage", "float32", {"F32", 4}},
    NamedType{"DoubleStorage", "float64", {"F64", 8}}, NamedType{"HalfStorage", "float16", {"F16", 2}},
    NamedType{"BFloat16Storage", "bfloat16", {"BF16", 2}}, NamedType{"LongStorage", "int64", {"I64", 8}},
    NamedType{"IntStorage", "int32", {"I32", 4}}, NamedType{"ShortStorage", "int16", {"I16", 2}},
    NamedType{"CharStorage", "int8", {"I8", 1}}, NamedType{"ByteStorage", "uint8", {"U8", 1}},
    NamedType{"BoolStorage", "bool", {"BOOL", 1}}, NamedType{"ComplexFloatStorage", "complex64", {"C64", 8}},
    NamedType{"ComplexDoubleStorage", "complex128", {"C128", 16}}, NamedType{"QInt8Storage", "qint8", {"QI8", 1}},
    NamedType{"QUInt8Storage", "quint8", {"QU8", 1}}, NamedType{"QInt32Storage", "qint32", {"QI32", 4}},
    NamedType{"QUInt4x2Storage", "quint4x2", {"QU4X2", 1}}, NamedType{"QUInt2x4Storage", "quint2x4", {"QU2X4", 1}},
    NamedType{"UntypedStorage", "", {"U8", 1}}, NamedType{"", "uint16", {"U16", 2}},
    NamedType{"", "uint32", {"U32", 4}}, NamedType{"", "uint64", {"U64", 8}},
    NamedType{"", "float8_e4m3fn", {"F8_E4M3", 1}}, NamedType{"", "float8_e5m2", {"F8_E5M2", 1}},
    NamedType{"", "float8_e4m3fnuz", {"F8_E4M3FNUZ", 1}}, NamedType{"", "float8_e5m2fnuz", {"F8_E5M2FNUZ", 1}},
    NamedType{"", "float8_e8m0fnu", {"F8_E8M0", 1}}};

} // namespace

TorchType torchType(std::string_view written)
{
    const auto dot = written.rfind('.');
    if (!written.starts_with("torch.") || dot == std::string_view::npos) {
        return {};
    }
    const auto last = written.substr(dot + 1);
    for (const auto& row : types) {
        if (last == row.storage || last == row.type) {
            return row.is;
        }
    }
    return {};
}

} // namespace cupel::formats::pickle
