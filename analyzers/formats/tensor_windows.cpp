// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/tensor_windows.h"

#include "analyzers/model/model_content.h"

#include <algorithm>

namespace cupel::formats {

namespace {

constexpr auto beyond = ~std::uint64_t{0};

} // namespace

std::uint64_t tensorReach(
    const std::vector<std::uint64_t>& shape, const std::vector<std::uint64_t>& strides, unsigned width)
{
    const auto count = elementCount(shape);
    std::uint64_t size = 0;
    if (count == 0 || strides.empty()) {
        return __builtin_mul_overflow(count, width, &size) ? beyond : size;
    }
    if (strides.size() != shape.size()) {
        return beyond;
    }
    std::uint64_t last = 0;
    for (std::size_t i = 0; i < shape.size(); ++i) {
        std::uint64_t step = 0;
        if (__builtin_mul_overflow(shape[i] - 1, strides[i], &step) || __builtin_add_overflow(last, step, &last)) {
            return beyond;
        }
    }
    return __builtin_add_overflow(last, 1, &size) || __builtin_mul_overflow(size, width, &size) ? beyond : size;
}

TensorWindows::TensorWindows(
    ByteView source, std::vector<std::uint64_t> shape, std::vector<std::uint64_t> strides, unsigned width)
    : m_source(source)
    , m_shape(std::move(shape))
    , m_strides(std::move(strides))
    , m_index(m_shape.size())
    , m_width(width)
    , m_count(elementCount(m_shape))
    , m_valid(width > 0 && m_count != beyond && tensorReach(m_shape, m_strides, width) <= source.size())
{
}

ByteView TensorWindows::next(std::uint64_t most)
{
    const auto count = m_valid ? std::min(most, m_count - m_done) : 0;
    if (count == 0) {
        return {};
    }
    if (m_strides.empty()) {
        const auto piece = m_source.substr(m_done * m_width, count * m_width);
        m_done += count;
        return piece;
    }
    m_window.clear();
    for (std::uint64_t i = 0; i < count; ++i) {
        m_window.append(m_source.substr(m_at * m_width, m_width));
        for (auto axis = m_index.size(); axis-- > 0;) { // the last index fastest
            m_at += m_strides[axis];
            if (++m_index[axis] < m_shape[axis]) {
                break;
            }
            m_at -= m_strides[axis] * m_shape[axis];
            m_index[axis] = 0;
        }
    }
    m_done += count;
    return m_window;
}

} // namespace cupel::formats
