// SPDX-License-Identifier: GPL-3.0-or-later
// Bytes that stay as long as somebody holds them: those of a string, of a file that is mapped, or a part of either that
// was not copied. Immutable, cheap to copy, may be shared by threads.
#pragma once

#include "analyzers/base/bytes.h"

#include <functional>
#include <memory>
#include <string>
#include <utility>

namespace cupel {

class SharedBytes {
public:
    SharedBytes() = default; // none: not read
    SharedBytes(std::nullptr_t) { }
    SharedBytes(std::shared_ptr<const std::string> text)
        : m_view(text ? ByteView(*text) : ByteView())
        , m_owner(std::move(text))
    {
    }
    SharedBytes(std::shared_ptr<std::string> text)
        : SharedBytes(std::shared_ptr<const std::string>(std::move(text)))
    {
    }
    // `view` must live as long as `owner`.
    SharedBytes(std::shared_ptr<const void> owner, ByteView view)
        : m_view(view)
        , m_owner(std::move(owner))
    {
    }

    [[nodiscard]] explicit operator bool() const { return m_owner != nullptr; }
    [[nodiscard]] ByteView view() const { return m_view; }
    // Clipped to what there is; keeps the whole alive.
    [[nodiscard]] SharedBytes part(ByteRange range) const { return {m_owner, slice(m_view, range)}; }
    // Whether `view` lies inside: a part of these bytes, not equal ones elsewhere.
    [[nodiscard]] bool holds(ByteView view) const
    {
        return m_owner && std::less_equal<>()(m_view.data(), view.data())
            && std::less_equal<>()(view.data() + view.size(), m_view.data() + m_view.size());
    }
    void reset() { *this = {}; }
    [[nodiscard]] const std::shared_ptr<const void>& owner() const { return m_owner; }

private:
    ByteView m_view;
    std::shared_ptr<const void> m_owner;
};

} // namespace cupel
