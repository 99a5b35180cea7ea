// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/dependencies/checks.h"

#include <algorithm>
#include <set>

namespace cupel::rules::dependencies {

namespace {

using code::InstallTool;
using code::Requirement;

enum class Pin { Exact, Range, None };

Pin pinOf(const FoundCommand& command, const Requirement& requirement)
{
    const std::string_view specifier = requirement.specifier;
    if (requirement.hashes > 0 || !code::exactVersion(specifier).empty()) {
        return Pin::Exact;
    }
    if (specifier.empty()) {
        return Pin::None;
    }
    if (specifier.find_first_of("{$") != std::string_view::npos) {
        return Pin::Exact; // filled in at run time: somebody cares
    }
    if (command.tool == InstallTool::Conda && specifier.front() == '=' && !specifier.starts_with("==")) {
        return specifier.find('*') == std::string_view::npos ? Pin::Exact : Pin::Range;
    }
    return Pin::Range;
}

bool counts(InstallTool tool)
{
    return tool != InstallTool::System && tool != InstallTool::Docker && tool != InstallTool::Git
        && tool != InstallTool::Script && tool != InstallTool::Npx && tool != InstallTool::Pipx;
}

// Tools of installing itself: everybody takes the newest.
bool isBasic(std::string_view name)
{
    return name == "pip" || name == "setuptools" || name == "wheel" || name == "uv";
}

struct Loose {
    std::vector<const FoundItem*> bare;
    std::vector<InstallTool> tools; // of `bare`, each
    std::vector<const FoundItem*> ranges;
};

Loose collect(const Inventory& inventory)
{
    Loose loose;
    std::set<std::string> seen;
    for (const auto& command : inventory.commands) {
        for (const auto& found : command.items) {
            const auto& requirement = found.item.requirement;
            const auto name = code::normalName(requirement.name);
            if (!counts(command.tool) || requirement.kind != Requirement::Kind::Name || isBasic(name)) {
                continue;
            }
            const auto pin = pinOf(command, requirement);
            if (pin != Pin::Exact && seen.insert(name).second) {
                (pin == Pin::None ? loose.bare : loose.ranges).push_back(&found);
                if (pin == Pin::None) {
                    loose.tools.push_back(command.tool);
                }
            }
        }
    }
    return loose;
}

// What may stand behind "==" in a command: lists beside a file are as foreign as the file.
bool isPlainVersion(std::string_view version)
{
    constexpr std::string_view signs = ".!+-_";
    constexpr std::size_t longest = 64;
    return !version.empty() && version.size() <= longest && version.front() >= '0' && version.front() <= '9'
        && std::all_of(version.begin(), version.end(), [signs](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')
                   || signs.find(c) != std::string_view::npos;
           });
}

struct Pins {
    std::optional<Fix> fix;
    std::set<std::string> lists; // files beside that knew a version
};

// Versions that somebody knows: the installer said them in an output, which is what the notebook ran with; else a list
// beside it names the only one that fits. A range is no version.
Pins pins(const Loose& loose, const Inventory& inventory)
{
    Pins out;
    Fix fix;
    fix.kind = "pin";
    fix.safe = true;
    for (std::size_t i = 0; i < loose.bare.size(); ++i) {
        const auto* found = loose.bare[i];
        const auto name = code::normalName(found->item.requirement.name);
        const auto said = inventory.said.find(name);
        std::string version = said == inventory.said.end() ? std::string() : said->second.version;
        const bool python = code::isPython(loose.tools[i]) || loose.tools[i] == InstallTool::Conda;
        if (found->pinAt > 0 && said == inventory.said.end() && inventory.declared && python) {
            const auto entry = inventory.declared->packages.find(name);
            if (entry != inventory.declared->packages.end() && isPlainVersion(entry->second.version)) {
                version = entry->second.version;
                out.lists.insert(entry->second.file);
            }
        }
        if (found->pinAt > 0 && !version.empty()) {
            fix.edits.push_back({{found->pinAt, found->pinAt}, "==" + version});
        }
    }
    std::sort(fix.edits.begin(), fix.edits.end(),
        [](const TextEdit& a, const TextEdit& b) { return a.bytes.start < b.bytes.start; });
    out.fix = fix.edits.empty() ? std::nullopt : std::optional(std::move(fix));
    return out;
}

void lost(const FoundCommand& command, const FoundItem& found, Reporter& report)
{
    const auto name = shown(found.item.requirement.name);
    const auto rest = shown(found.item.lost);
    auto& hit = report.add("CUP-DEP-LOST-VERSION", name, Severity::Low, Confidence::Certain, found.place,
        "The shell takes " + rest + " behind " + name + " for a redirection, so any version is installed.");
    hit.arguments["name"] = name;
    hit.quotes.emplace_back(found.place.bytes, name);
    hit.quotes.emplace_back(found.place.bytes, rest);
    if (command.shellLine && !hit.fix) {
        const auto length = found.place.bytes.end + found.item.lost.size();
        hit.fix =
            Fix{"pin", false, {{{found.place.bytes.start, found.place.bytes.start}, "'"}, {{length, length}, "'"}}};
    }
}

} // namespace

void checkPins(const Inventory& inventory, Reporter& report)
{
    for (const auto& command : inventory.commands) {
        for (const auto& found : command.items) {
            if (!found.item.lost.empty() && found.item.lost.find_first_of("=0123456789") <= 1
                && found.item.requirement.kind == Requirement::Kind::Name) {
                lost(command, found, report);
            }
            if (found.item.requirement.kind == Requirement::Kind::Hole && counts(command.tool)) {
                report.add("CUP-DEP-VARIABLE", {}, Severity::Info, Confidence::Certain, found.place,
                    "What is installed is decided when the code runs.");
            }
        }
    }
    const auto loose = collect(inventory);
    if (loose.bare.empty() && loose.ranges.empty()) {
        return;
    }
    std::vector<std::string> names;
    std::vector<Quote> quotes;
    std::vector<const FoundItem*> all(loose.bare);
    all.insert(all.end(), loose.ranges.begin(), loose.ranges.end());
    const auto& shownItems = loose.bare.empty() ? loose.ranges : loose.bare;
    for (const auto* found : shownItems) {
        names.push_back(found->item.requirement.name);
        quotes.emplace_back(found->place.bytes, shown(found->item.requirement.name));
    }
    const auto count = [](std::size_t n) { return std::to_string(n) + (n == 1 ? " package" : " packages"); };
    std::string message = loose.bare.empty()
        ? count(names.size()) + " may be installed in more than one version: " + listed(names) + "."
        : count(names.size()) + (names.size() == 1 ? " is" : " are") + " installed without a version: " + listed(names)
            + ".";
    if (!loose.bare.empty() && !loose.ranges.empty()) {
        message += " " + std::to_string(loose.ranges.size()) + " more only within a range.";
    }
    auto& hit = report.add("CUP-DEP-UNPINNED", {}, loose.bare.empty() ? Severity::Info : Severity::Low,
        Confidence::Certain, all.front()->place, std::move(message));
    hit.arguments["count"] = std::to_string(loose.bare.size());
    hit.arguments["ranges"] = std::to_string(loose.ranges.size());
    hit.arguments["names"] = listed(names);
    hit.quotes = std::move(quotes);
    for (std::size_t i = 1; i < all.size(); ++i) {
        report.also(hit, all[i]->place);
    }
    auto known = pins(loose, inventory);
    if (!known.lists.empty()) {
        const auto files = listed({known.lists.begin(), known.lists.end()});
        hit.message += " Versions stand beside it, in " + files + ".";
        hit.arguments["lists"] = files;
    }
    hit.fix = std::move(known.fix);
}

} // namespace cupel::rules::dependencies
