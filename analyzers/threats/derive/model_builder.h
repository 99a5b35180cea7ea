// SPDX-License-Identifier: GPL-3.0-or-later
// A threat model while it is made: parts are added once, whoever asks, and attributes name where they were read.
#pragma once

#include "analyzers/threats/derive/derive.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace cupel::threats {

[[nodiscard]] std::string_view fileName(std::string_view path);
[[nodiscard]] std::string_view zoneFor(std::string_view kind); // where elements of a kind usually are

// On one line, and no longer than a label can show: text out of a program may stand where a name should.
[[nodiscard]] std::string shortName(std::string_view name);
[[nodiscard]] std::string flowId(const std::string& source, const std::string& target); // of a flow that a scan makes

struct ModelBuilder {
    // `what` it is made from tells parts apart; ids depend on nothing else. An element that is there stays as it is.
    [[nodiscard]] static std::string nameFor(std::string name, const std::string& what);
    std::uint32_t add(std::string_view kind, const std::string& what, std::string name, std::string_view zone);
    std::uint32_t add(std::string_view kind, const std::string& what, std::string name)
    {
        return add(kind, what, std::move(name), zoneFor(kind));
    }
    void say(std::uint32_t element, std::string_view key, std::string_view value, std::string_view evidence = {});
    Flow& flow(std::uint32_t from, std::uint32_t to, std::string_view name, std::string_view carries,
        std::string_view evidence);
    static void encrypted(Flow& flow); // by https

    Derived out;
    std::map<std::string, std::uint32_t> byId; // index of the element
    std::map<std::string, std::uint32_t, std::less<>> byPath; // of a file of the workspace
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::size_t> flowBetween;
};

} // namespace cupel::threats
