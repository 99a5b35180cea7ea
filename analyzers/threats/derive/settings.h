// SPDX-License-Identifier: GPL-3.0-or-later
// What files of settings say of a system: servers of tools for agents (MCP), images of containers, services that are
// deployed (Compose, Kubernetes), builds (GitHub workflows). Read without believing them: what is not understood is
// left out, and nothing of their values that could be a credential is taken over.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/base/bytes.h"

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cupel::threats {

// One thing that a file describes.
struct Setting {
    std::string_view kind; // of the palette; empty: the file itself, whatever it is called
    std::string name; // unique in the file
    ByteRange bytes; // of it
    std::vector<std::pair<std::string_view, std::string>> attributes;
    bool installs = false; // a package is fetched when it starts
};

using SettingsByPath = std::map<std::string, std::vector<Setting>, std::less<>>;

[[nodiscard]] bool isSettingsFile(std::string_view path); // by its name: the only files that are read for this
[[nodiscard]] std::vector<Setting> settingsOf(std::string_view path, ByteView text, Budget& budget);

} // namespace cupel::threats
