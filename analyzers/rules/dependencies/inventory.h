// SPDX-License-Identifier: GPL-3.0-or-later
// Everything an artifact installs, lists, imports or was told to have installed, with its places in the artifact's
// text.
#pragma once

#include "analyzers/code/install_lines.h"
#include "analyzers/rules/rule_set.h"

#include <map>
#include <string>
#include <vector>

namespace cupel::rules::dependencies {

struct Place {
    ByteRange bytes; // in the artifact's text
    std::int32_t region = -1;
    std::uint64_t line = 0; // 1-based in the region
};

struct FoundItem {
    code::InstallItem item;
    Place place;
    std::uint64_t pinAt = 0; // in the artifact's text; 0: nowhere
};

struct FoundOption {
    code::InstallOption option;
    Place place;
};

struct FoundCommand {
    code::InstallTool tool = code::InstallTool::Pip;
    Place place;
    bool shellLine = false;
    bool fromFile = false;
    std::vector<FoundItem> items;
    std::vector<FoundOption> options;
};

struct FoundImport {
    std::string module; // "google.cloud.storage"
    bool written = false; // in a file that the cell writes: it may be meant for another machine
    Place place;
};

struct SaidVersion {
    std::string version; // empty: two runs said different ones
    Place place;
    std::string name; // as the installer wrote it
};

struct Inventory {
    std::vector<FoundCommand> commands;
    std::vector<FoundImport> imports; // of Python
    std::shared_ptr<const Declared> declared; // by lists beside the artifact; may be null
    std::map<std::string, SaidVersion> said; // by normal name: "Successfully installed a-1.0"
};

[[nodiscard]] Inventory takeInventory(const RuleInput& input);

} // namespace cupel::rules::dependencies
