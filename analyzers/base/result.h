// SPDX-License-Identifier: GPL-3.0-or-later
// A value or an error with the byte offset where it happened. Exceptions stay inside third-party calls.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace cupel {

enum class ErrorCode : std::uint8_t {
    NotFound,
    Unreadable,
    TooLarge,
    Malformed,
    Truncated,
    Unsupported,
    Encrypted,
    LimitHit,
    Cancelled,
    Internal,
};

[[nodiscard]] std::string_view toString(ErrorCode code);

struct Error {
    ErrorCode code = ErrorCode::Internal;
    std::uint64_t offset = 0; // byte in the artifact where it happened, 0 when it has no place
    std::string detail; // one plain English sentence without a full stop; never holds bytes of the file
};

template <typename T> class [[nodiscard]] Result {
public:
    Result(T value)
        : m_value(std::in_place_index<0>, std::move(value))
    {
    }
    Result(Error error)
        : m_value(std::in_place_index<1>, std::move(error))
    {
    }
    [[nodiscard]] bool ok() const { return m_value.index() == 0; }
    explicit operator bool() const { return ok(); }
    // Only valid when ok(): callers check first.
    [[nodiscard]] T& value() & { return *std::get_if<0>(&m_value); }
    [[nodiscard]] const T& value() const& { return *std::get_if<0>(&m_value); }
    [[nodiscard]] T&& value() && { return std::move(*std::get_if<0>(&m_value)); }
    // Only valid when not ok().
    [[nodiscard]] const Error& error() const { return *std::get_if<1>(&m_value); }

private:
    std::variant<T, Error> m_value;
};

using Status = Result<std::monostate>;
[[nodiscard]] inline Status success()
{
    return std::monostate{};
}

} // namespace cupel
