// SPDX-License-Identifier: GPL-3.0-or-later
// A test harness of one page for everything below Qt: it has to build in the no-gui, tsan and fuzz presets. A test file
// writes CUPEL_TEST(name) { CHECK(...); CHECK_EQ(a, b); }; main() is in check_main.cpp. One thread.
#pragma once

#include <concepts>
#include <cstddef>
#include <optional>
#include <ostream>
#include <sstream>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace cupel::test {

struct Case {
    const char* name;
    void (*run)();
};

struct State {
    std::vector<Case> cases;
    std::size_t checks = 0;
    std::size_t failures = 0;
};
State& state();

struct Register {
    Register(const char* name, void (*run)()) { state().cases.push_back({name, run}); }
};

// Counts the check; prints place and values when it failed. Returns `ok` so that a test can stop early.
bool report(bool ok, const char* file, int line, const std::string& what);

template <typename T>
concept Streamable = requires(std::ostream& out, const T& value) { out << value; };

template <typename T> std::string show(const T& value)
{
    if constexpr (std::is_same_v<T, bool>) {
        return value ? "true" : "false";
    } else if constexpr (std::is_enum_v<T>) {
        return std::to_string(static_cast<long long>(value));
    } else if constexpr (std::is_convertible_v<T, std::string_view>) {
        return '"' + std::string(std::string_view(value)) + '"';
    } else if constexpr (std::is_integral_v<T> && sizeof(T) == 1) {
        return std::to_string(static_cast<int>(value));
    } else if constexpr (Streamable<T>) {
        std::ostringstream out;
        out << value;
        return out.str();
    } else {
        return "(a value without operator<<)";
    }
}

template <typename A, typename B> bool equal(const A& a, const B& b)
{
    // Counts meet literals all the time in tests: compare by value, not by sign.
    if constexpr (std::integral<A> && std::integral<B> && !std::is_same_v<A, bool> && !std::is_same_v<B, bool>) {
        return static_cast<long long>(a) == static_cast<long long>(b) && ((a < A{}) == (b < B{}));
    } else {
        return a == b;
    }
}

template <typename A, typename B>
bool checkEqual(const A& a, const B& b, const char* expression, const char* file, int line)
{
    const bool ok = equal(a, b);
    return report(ok, file, line,
        ok ? std::string() : std::string(expression) + "\n    left:  " + show(a) + "\n    right: " + show(b));
}

// The whole file as bytes; nothing when it cannot be read.
std::optional<std::string> readFile(const std::string& path);

} // namespace cupel::test

#define CUPEL_TEST(name)                                                                                               \
    static void test_##name();                                                                                         \
    static const cupel::test::Register register_##name(#name, test_##name);                                            \
    static void test_##name()
#define CHECK(...) cupel::test::report(static_cast<bool>(__VA_ARGS__), __FILE__, __LINE__, #__VA_ARGS__)
#define CHECK_EQ(a, b) cupel::test::checkEqual((a), (b), #a " == " #b, __FILE__, __LINE__)
// Leaves the test when it fails: for what the next lines build on.
#define REQUIRE(...)                                                                                                   \
    do {                                                                                                               \
        if (!CHECK(__VA_ARGS__)) {                                                                                     \
            return;                                                                                                    \
        }                                                                                                              \
    } while (false)
