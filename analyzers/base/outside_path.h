// SPDX-License-Identifier: GPL-3.0-or-later
// Whether a path that a model names stays in the model's folder, judged alike for all systems a model may be opened on.
#pragma once

#include <cstdint>
#include <string_view>

namespace cupel {

enum class PathEscape : std::uint8_t { None, Empty, Zero, Url, Share, Drive, Absolute, Home, Up };

[[nodiscard]] constexpr std::string_view toString(PathEscape escape)
{
    switch (escape) {
    case PathEscape::None:
        break;
    case PathEscape::Empty:
        return "is empty";
    case PathEscape::Zero:
        return "holds a zero byte, at which other programs stop reading";
    case PathEscape::Url:
        return "is a URL";
    case PathEscape::Share:
        return "names another machine";
    case PathEscape::Drive:
        return "names a drive";
    case PathEscape::Absolute:
        return "is absolute";
    case PathEscape::Home:
        return "begins in a home folder";
    case PathEscape::Up:
        return "leaves the folder upwards";
    }
    return "";
}

[[nodiscard]] constexpr PathEscape escapeOf(std::string_view path)
{
    const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    if (path.empty()) {
        return PathEscape::Empty;
    }
    if (path.find('\0') != std::string_view::npos) {
        return PathEscape::Zero;
    }
    const auto colon = path.find(':');
    if (colon != std::string_view::npos && colon > 1 && path.substr(colon).starts_with(":/") && letter(path[0])
        && path.find_first_of("/\\") > colon) {
        return PathEscape::Url;
    }
    if (path.starts_with("\\\\") || path.starts_with("//")) {
        return PathEscape::Share;
    }
    if (colon == 1 && letter(path[0])) {
        return PathEscape::Drive;
    }
    if (path[0] == '/' || path[0] == '\\') {
        return PathEscape::Absolute;
    }
    if (path.starts_with("~/") || path.starts_with("~\\") || path == "~") {
        return PathEscape::Home;
    }
    while (!path.empty()) {
        const auto end = path.find_first_of("/\\");
        if (path.substr(0, end) == "..") {
            return PathEscape::Up;
        }
        path = end == std::string_view::npos ? std::string_view() : path.substr(end + 1);
    }
    return PathEscape::None;
}

} // namespace cupel
