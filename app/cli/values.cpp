// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/values.h"

#include <charconv>
#include <limits>

namespace cupel::cli {

namespace {

std::optional<std::uint64_t> leadingNumber(std::string_view& text)
{
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc{}) {
        return {};
    }
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return value;
}

std::optional<std::uint64_t> times(std::uint64_t value, std::uint64_t factor, std::uint64_t most)
{
    if (value > most / factor) {
        return {};
    }
    return value * factor;
}

} // namespace

std::optional<std::uint64_t> parseCount(std::string_view text)
{
    const auto number = leadingNumber(text);
    return text.empty() ? number : std::nullopt;
}

std::optional<std::chrono::milliseconds> parseDuration(std::string_view text)
{
    const auto number = leadingNumber(text);
    if (!number) {
        return {};
    }
    std::uint64_t factor = 0;
    if (text.empty() || text == "s") {
        factor = 1'000;
    } else if (text == "ms") {
        factor = 1;
    } else if (text == "m" || text == "min") {
        factor = 60'000;
    } else if (text == "h") {
        factor = 3'600'000;
    } else {
        return {};
    }
    // A year is as good as for ever and keeps every later sum in range.
    const auto total = times(*number, factor, 366ULL * 24 * 3'600'000);
    return total ? std::optional(std::chrono::milliseconds(*total)) : std::nullopt;
}

std::optional<std::uint64_t> parseSize(std::string_view text)
{
    const auto number = leadingNumber(text);
    if (!number) {
        return {};
    }
    std::uint64_t factor = 1;
    static constexpr std::string_view units = "KMGT";
    if (!text.empty()) {
        const char upper =
            text.front() >= 'a' && text.front() <= 'z' ? static_cast<char>(text.front() - 'a' + 'A') : text.front();
        const auto unit = units.find(upper);
        if (unit != std::string_view::npos) {
            factor = 1ULL << (10 * (unit + 1));
            text.remove_prefix(1);
        }
    }
    if (!text.empty() && text != "B" && text != "iB") {
        return {};
    }
    return times(*number, factor, std::numeric_limits<std::uint64_t>::max());
}

} // namespace cupel::cli
