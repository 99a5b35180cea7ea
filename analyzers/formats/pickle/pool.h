// SPDX-License-Identifier: GPL-3.0-or-later
// Room for millions of small plain things, made one after the other: as a vector, but what makes one is a few
// instructions with growing kept out of them. Nothing is ever constructed or destroyed in it.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <memory>
#include <type_traits>

namespace cupel::formats::pickle {

template <typename T> class Pool {
    static_assert(std::is_trivially_copyable_v<T> && std::is_trivially_destructible_v<T>);

public:
    Pool() = default;
    Pool(const Pool&) = delete;
    Pool& operator=(const Pool&) = delete;
    ~Pool() { release(); }

    [[nodiscard]] std::size_t size() const { return m_size; }
    [[nodiscard]] T* data() { return m_data; }
    [[nodiscard]] const T* data() const { return m_data; }
    [[nodiscard]] T& operator[](std::size_t index) { return m_data[index]; }
    [[nodiscard]] const T& operator[](std::size_t index) const { return m_data[index]; }
    void clear() { m_size = 0; }
    // Room for `count` more, whose content is for the caller to write.
    [[nodiscard]] T* add(std::size_t count)
    {
        if (count > m_room - m_size) [[unlikely]] {
            grow(count);
        }
        auto* out = m_data + m_size;
        m_size += count;
        return out;
    }
    void assign(const T* from, std::size_t count)
    {
        m_size = 0;
        auto* to = add(count);
        if (count > 0) {
            std::memcpy(to, from, count * sizeof(T));
        }
    }

private:
    [[gnu::noinline]] void grow(std::size_t count)
    {
        constexpr std::size_t least = 64;
        const auto room = std::max({least, m_room * 2, m_size + count});
        auto* data = std::allocator<T>().allocate(room);
        if (m_size > 0) {
            std::memcpy(data, m_data, m_size * sizeof(T));
        }
        release();
        m_data = data;
        m_room = room;
    }
    void release()
    {
        if (m_data) {
            std::allocator<T>().deallocate(m_data, m_room);
        }
    }

    T* m_data = nullptr;
    std::size_t m_size = 0;
    std::size_t m_room = 0;
};

} // namespace cupel::formats::pickle
