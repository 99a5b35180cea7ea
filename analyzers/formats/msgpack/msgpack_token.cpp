// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/msgpack/msgpack_token.h"

namespace cupel::formats::msgpack {

namespace {

struct Shape {
    Kind kind = Kind::Scalar;
    unsigned width = 0; // bytes of the length, or of the number
    std::uint64_t fixed = 0; // the length where it stands in the first byte
    bool isUnsigned = false;
};

Shape shapeOf(unsigned first)
{
    if (first >= 0xE0 || first < 0x80 || first == 0xC0 || first == 0xC2 || first == 0xC3) {
        return {};
    }
    if (first < 0x90) {
        return {Kind::Map, 0, first & 0x0FU};
    }
    if (first < 0xA0) {
        return {Kind::Array, 0, first & 0x0FU};
    }
    if (first < 0xC0) {
        return {Kind::Text, 0, first & 0x1FU};
    }
    if (first <= 0xC6) {
        return {Kind::Binary, 1U << (first - 0xC4)};
    }
    if (first <= 0xC9) {
        return {Kind::Extension, 1U << (first - 0xC7)};
    }
    if (first <= 0xCB) {
        return {Kind::Scalar, first == 0xCA ? 4U : 8U};
    }
    if (first <= 0xD3) {
        return {Kind::Scalar, 1U << ((first - 0xCC) % 4), 0, first <= 0xCF};
    }
    if (first <= 0xD8) {
        return {Kind::Extension, 0, 1ULL << (first - 0xD4)};
    }
    if (first <= 0xDB) {
        return {Kind::Text, 1U << (first - 0xD9)};
    }
    return {first <= 0xDD ? Kind::Array : Kind::Map, first % 2 == 0 ? 2U : 4U};
}

} // namespace

Read readToken(ByteView bytes, std::uint64_t at, Token& out)
{
    if (at >= bytes.size()) {
        return Read::CutOff;
    }
    const auto first = static_cast<unsigned char>(bytes[at]);
    if (first == 0xC1) {
        return Read::Unknown;
    }
    const auto shape = shapeOf(first);
    const bool extension = shape.kind == Kind::Extension;
    const auto head = 1 + shape.width + (extension ? 1U : 0U);
    if (bytes.size() - at < head) {
        return Read::CutOff;
    }
    std::uint64_t value = shape.fixed;
    for (unsigned i = 0; i < shape.width; ++i) {
        value = (value << 8) | static_cast<unsigned char>(bytes[at + 1 + i]);
    }
    out = {shape.kind, value, 0, false, 0, {}, at + head};
    if (shape.kind == Kind::Scalar) {
        out.count = 0;
        out.isNumber = first < 0x80 || shape.isUnsigned;
        out.number = first < 0x80 ? first : value;
        return Read::Fine;
    }
    if (extension) {
        const int code = static_cast<unsigned char>(bytes[at + head - 1]);
        out.extension = code < 128 ? code : code - 256; // two's complement
    }
    if (shape.kind == Kind::Array || shape.kind == Kind::Map) {
        return Read::Fine;
    }
    if (value > bytes.size() - out.end) {
        return Read::CutOff;
    }
    out.content = {out.end, out.end + value};
    out.end += value;
    return Read::Fine;
}

} // namespace cupel::formats::msgpack
