// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers out of the bytes of tensors, against values worked out by hand.
#include "analyzers/formats/tensor_blocks.h"
#include "analyzers/formats/tensor_difference.h"
#include "analyzers/formats/tensor_values.h"
#include "analyzers/model/model_content.h"
#include "tests/unit/check.h"

#include <array>
#include <cmath>
#include <cstring>
#include <limits>
#include <numeric>
#include <sstream>
#include <string>
#include <vector>

using namespace cupel;

namespace {

template <typename T> std::string bytesOf(const std::vector<T>& values)
{
    std::string out(values.size() * sizeof(T), '\0');
    std::memcpy(out.data(), values.data(), out.size());
    return out;
}

formats::TensorValues read(const std::string& bytes, std::string_view dtype)
{
    Budget budget;
    const auto values = formats::readTensorValues(bytes, dtype, budget);
    CHECK(values.has_value());
    return values.value_or(formats::TensorValues{});
}

bool near(double a, double b)
{
    return std::abs(a - b) <= 1e-9 * std::max(1.0, std::abs(b));
}

} // namespace

CUPEL_TEST(floats_with_holes)
{
    constexpr float infinity = std::numeric_limits<float>::infinity();
    const auto values = read(bytesOf<float>({-2, 0, 4, infinity, -infinity, std::nanf("")}), "F32");
    CHECK_EQ(values.count, 6U);
    CHECK_EQ(values.zeros, 1U);
    CHECK_EQ(values.infinite, 2U);
    CHECK_EQ(values.notNumbers, 1U);
    CHECK(near(values.least, -2) && near(values.most, 4));
    CHECK(near(values.mean, 2.0 / 3));
    CHECK(near(values.deviation, std::sqrt((4.0 + 0 + 16) / 3 - 4.0 / 9)));
    CHECK_EQ(values.histogram.front(), 1U);
    CHECK_EQ(values.histogram.back(), 1U);
    CHECK_EQ(std::accumulate(values.histogram.begin(), values.histogram.end(), std::uint64_t{0}), 3U);
}

CUPEL_TEST(short_floats)
{
    // IEEE 754 half: 1.0, -2.0, the smallest subnormal, the largest finite number, infinity.
    auto values = read(bytesOf<std::uint16_t>({0x3C00, 0xC000, 0x0001, 0x7BFF, 0x7C00}), "F16");
    CHECK(near(values.least, -2) && near(values.most, 65504));
    CHECK_EQ(values.infinite, 1U);
    // bfloat16: 1.0, -0.5, NaN
    values = read(bytesOf<std::uint16_t>({0x3F80, 0xBF00, 0x7FC0}), "BF16");
    CHECK(near(values.least, -0.5) && near(values.most, 1));
    CHECK_EQ(values.notNumbers, 1U);
    // FP8: E4M3FN has 448 as its largest number and no infinity; E5M2 has 57344.
    values = read(std::string("\x7E\x38\x7F", 3), "F8_E4M3");
    CHECK(near(values.least, 1) && near(values.most, 448));
    CHECK_EQ(values.notNumbers, 1U);
    values = read(std::string("\x7B\x3C\x7C", 3), "F8_E5M2");
    CHECK(near(values.least, 1) && near(values.most, 57344));
    CHECK_EQ(values.infinite, 1U);
}

CUPEL_TEST(whole_numbers)
{
    const auto values = read(bytesOf<std::int16_t>({-300, 0, 0, 300}), "I16");
    CHECK(near(values.least, -300) && near(values.most, 300) && near(values.mean, 0));
    CHECK_EQ(values.zeros, 2U);
    CHECK(near(read(bytesOf<std::uint64_t>({1, std::numeric_limits<std::uint64_t>::max()}), "U64").most,
        18446744073709551615.0));
    CHECK_EQ(read(std::string("\0\1\7", 3), "BOOL").zeros, 1U);
}

CUPEL_TEST(odd_input_is_no_trouble)
{
    Budget budget;
    CHECK(!formats::readTensorValues("abc", "IQ2_XS", budget));
    CHECK_EQ(read("abc", "Q4_K").count, 0U); // no whole block
    CHECK(!formats::readTensorValues("abc", "", budget));
    CHECK_EQ(read("", "F32").count, 0U);
    CHECK_EQ(read("abcde", "F32").count, 1U); // what is left over is no element
    // The range of all doubles does not overflow the steps of the histogram.
    const double most = std::numeric_limits<double>::max();
    const auto values = read(bytesOf<double>({-most, most, 0}), "F64");
    CHECK_EQ(values.histogram.front() + values.histogram.back(), 2U);
    const auto same = read(bytesOf<float>({3, 3, 3}), "F32");
    CHECK_EQ(same.histogram.front(), 3U);
    CHECK(near(same.deviation, 0));
}

CUPEL_TEST(numbers_that_stand_the_other_way_round)
{
    using formats::ByteOrder;
    const std::string big = "\x3f\x80" + std::string(2, '\0') + "\x40" + std::string(3, '\0'); // 1 and 2
    Budget budget;
    const auto values = formats::readTensorValues(big, "F32", budget, ByteOrder::Big);
    REQUIRE(values.has_value());
    CHECK_EQ(values->least, 1.0);
    CHECK_EQ(values->most, 2.0);
    CHECK_EQ(values->mean, 1.5);
    CHECK(!formats::readTensorValues(big, "IQ2_XS", budget, ByteOrder::Big));
    formats::DifferenceCounter turned({"F32", ByteOrder::Big}, {"F32", ByteOrder::Little}, true);
    turned.add(big, bytesOf<float>({1, 5}));
    CHECK_EQ(turned.result().changed, 1U);
    CHECK_EQ(turned.result().largest, 3.0);
    // What is no finite number on one side is counted and not measured.
    constexpr float nan = std::numeric_limits<float>::quiet_NaN();
    constexpr float infinity = std::numeric_limits<float>::infinity();
    formats::DifferenceCounter broken({"F32"}, {"F32"}, true);
    broken.add(bytesOf<float>({1, 2, 3, nan, infinity, 7}), bytesOf<float>({nan, infinity, 3, nan, 5, 9}));
    CHECK_EQ(broken.result().changed, 4U);
    CHECK_EQ(broken.result().measured, 1U);
    CHECK_EQ(broken.result().largest, 2.0);
    CHECK_EQ(broken.result().toNotNumber, 1U);
    CHECK_EQ(broken.result().toInfinite, 1U);
    CHECK_EQ(broken.result().toFinite, 1U);
    formats::DifferenceCounter only({"F32"}, {"F32"}, true);
    only.add(bytesOf<float>({1, 2}), bytesOf<float>({nan, 2}));
    CHECK(only.result().changed == 1 && only.result().measured == 0 && only.result().toNotNumber == 1);
    // As NumPy spells it, for which nobody tells an order.
    const auto doubles = read(std::string("\x40\x00\0\0\0\0\0\0\xbf\xf0\0\0\0\0\0\0", 16), ">f8");
    CHECK(near(doubles.least, -1) && near(doubles.most, 2) && doubles.count == 2);
    CHECK(near(read(std::string("\x3c\x00\xc0\x00", 4), ">f2").least, -2));
    CHECK(near(read(big, ">f4").most, 2));
    CHECK(near(read(std::string("\xff\xfe\x01\x00", 4), ">i2").least, -2));
    CHECK(near(read(std::string("\0\0\1\0", 4), ">i4").most, 256));
    CHECK(near(read(std::string("\0\0\0\0\0\0\1\0", 8), ">i8").most, 256));
    CHECK(near(read(std::string("\1\0", 2), ">u2").most, 256));
    CHECK(near(read(std::string("\1\0\0\0", 4), ">u4").most, 16777216));
    CHECK(near(read(std::string("\0\0\0\0\0\0\0\3", 8), ">u8").most, 3));
    CHECK(!formats::readTensorValues(big, ">c8", budget) && !formats::readTensorValues(big, ">U1", budget));
    ModelContent model;
    CHECK(formats::byteOrderOf(model) == ByteOrder::Little);
    CHECK(formats::byteOrderOf(model, "little") == ByteOrder::Little);
    CHECK(formats::byteOrderOf(model, "big") == ByteOrder::Big);
    model.kind = "GGUF 3, big-endian";
    CHECK(formats::byteOrderOf(model) == ByteOrder::Big);
}

// A view has its own elements only, in whatever order they stand, and those that it repeats as often.
CUPEL_TEST(elements_of_views)
{
    const auto storage = bytesOf<float>({0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}); // 3 x 4
    const auto view = [&storage](std::vector<std::uint64_t> shape, std::vector<std::uint64_t> strides,
                          std::uint64_t first, std::uint64_t end) {
        ModelTensor tensor{"v", "F32", std::move(shape), {first * 4, end * 4}, {}};
        tensor.strides = std::move(strides);
        Budget budget;
        const auto values =
            formats::readTensorValues(tensor, slice(storage, tensor.bytes), budget, formats::ByteOrder::Little);
        CHECK(values.has_value());
        return std::pair(values.value_or(formats::TensorValues{}), formats::sizeOf(tensor));
    };
    const auto [part, size] = view({2, 3}, {4, 1}, 5, 12); // 5 6 7, 9 10 11; 8 is not in it
    CHECK_EQ(part.count, 6U);
    CHECK_EQ(size, 24U);
    CHECK(near(part.mean, 8) && near(part.deviation, std::sqrt(28.0 / 6)));
    CHECK_EQ(std::accumulate(part.histogram.begin(), part.histogram.end(), std::uint64_t{0}), 6U);
    const auto [turned, all] = view({4, 3}, {1, 4}, 0, 12);
    CHECK_EQ(turned.count, 12U);
    CHECK_EQ(all, 48U);
    const auto [repeated, told] = view({1'000, 2}, {0, 1}, 3, 5); // one row again and again
    CHECK_EQ(repeated.count, 2'000U);
    CHECK_EQ(told, 8'000U);
    CHECK(near(repeated.mean, 3.5));
    // What it says does not fit into what is there: the bytes that are there are read.
    CHECK_EQ(view({4, 4}, {4, 1}, 0, 12).first.count, 12U);
    CHECK(formats::isComplex("C64") && formats::isComplex(">c8") && !formats::isComplex("F32"));
}

// What the package gguf unpacks them to; tests/data/make/blocks.py made the table.
CUPEL_TEST(packed_numbers_are_unpacked)
{
    std::istringstream table(test::readFile(CUPEL_SOURCE_DIR "/tests/data/blocks.tsv").value_or(""));
    std::string line;
    std::size_t rows = 0;
    for (std::getline(table, line); std::getline(table, line); ++rows) {
        std::istringstream row(line);
        std::string type;
        std::string hex;
        std::array<double, 7> said{};
        row >> type >> hex;
        for (auto& one : said) {
            row >> one;
        }
        std::string bytes;
        for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
            bytes += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
        }
        const auto values = read(bytes, type);
        CHECK(near(values.least, said[0]));
        CHECK(near(values.most, said[1]));
        CHECK(near(values.mean * static_cast<double>(values.count), said[2]));
        const auto* packed = formats::blockType(type);
        REQUIRE(packed);
        CHECK_EQ(values.count, 2 * packed->elements);
        std::vector<double> numbers(2 * packed->elements);
        packed->unpack(bytes.data(), formats::ByteOrder::Little, numbers.data());
        packed->unpack(bytes.data() + packed->bytes, formats::ByteOrder::Little, numbers.data() + packed->elements);
        CHECK(near(numbers[0], said[3]) && near(numbers[17], said[4]) && near(numbers[40], said[5])
            && near(numbers.back(), said[6]));
    }
    CHECK_EQ(rows, 8U);
}

CUPEL_TEST(complex_numbers_have_one_name)
{
    CHECK_EQ(formats::numpyWord("<c8"), "C64");
    CHECK_EQ(formats::numpyWord("<c16"), "C128");
    CHECK_EQ(formats::numpyWord("|c16"), "C128");
    CHECK(formats::isComplex(formats::numpyWord(">c16")));
    CHECK_EQ(formats::bitsOf("C128"), 128U);
}
