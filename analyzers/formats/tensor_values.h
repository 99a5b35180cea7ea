// SPDX-License-Identifier: GPL-3.0-or-later
// The numbers of a tensor as they stand in its bytes: range, mean, spread, what is no number, and a histogram. Pure;
// reads the bytes twice. Types as safetensors spells them, or as NumPy does (">f8"); little-endian unless the file or
// the type says otherwise.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/base/bytes.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace cupel {
struct ModelContent;
struct ModelTensor;
} // namespace cupel

namespace cupel::formats {

struct TensorValues {
    static constexpr std::size_t bins = 64;
    std::uint64_t count = 0; // elements that were read
    std::uint64_t zeros = 0;
    std::uint64_t notNumbers = 0; // NaN
    std::uint64_t infinite = 0;
    double least = 0; // of the finite ones, as all below
    double most = 0;
    double mean = 0;
    double deviation = 0; // standard deviation of all of them
    std::array<std::uint64_t, bins> histogram{}; // equal steps from least to most
    bool complete = true; // false: the budget ended it
};

enum class ByteOrder : std::uint8_t { Little, Big };
// Of the numbers of a model: what its kind says ("GGUF 3, big-endian"), or `told`, the member byteorder of a
// checkpoint.
[[nodiscard]] ByteOrder byteOrderOf(const ModelContent& model, ByteView told = {});

// nullopt: a type whose elements are not single numbers (objects, blocks that tensor_blocks does not unpack).
[[nodiscard]] std::optional<TensorValues> readTensorValues(
    ByteView bytes, std::string_view dtype, Budget& budget, ByteOrder order = ByteOrder::Little);
// The same of a tensor that may be a view: only of the elements it has, each as often as it has it. `bytes` begin with
// its first one; where they are not all there, what is there is read. Of very many elements the first.
[[nodiscard]] std::optional<TensorValues> readTensorValues(
    const ModelTensor& tensor, ByteView bytes, Budget& budget, ByteOrder order = ByteOrder::Little);
// Bytes of its elements: of a view fewer, or more, than it reaches over.
[[nodiscard]] std::uint64_t sizeOf(const ModelTensor& tensor);
// Pairs of numbers, real and imaginary.
[[nodiscard]] bool isComplex(std::string_view dtype);
// Reads one element; the types of `readTensorValues`. False: no such numbers.
class ElementReader {
public:
    ElementReader() = default;
    ElementReader(std::string_view dtype, ByteOrder order);
    explicit operator bool() const { return m_read != nullptr; }
    [[nodiscard]] std::size_t width() const { return m_width; } // bytes of an element; never 0 where there is one
    double operator()(const char* at) const;

private:
    double (*m_read)(const char* at) = nullptr;
    std::size_t m_width = 0;
    bool m_swap = false;
};
// Bits of one element, 0: not known.
[[nodiscard]] unsigned bitsOf(std::string_view dtype);
// What NumPy writes as "<f8" is "F64"; what has no such word stays as it is.
[[nodiscard]] std::string numpyWord(std::string_view dtype);

} // namespace cupel::formats
