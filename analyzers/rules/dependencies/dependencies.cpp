// SPDX-License-Identifier: GPL-3.0-or-later
// Dependencies of a notebook, script or requirements file: the inventory, and what is risky in how they are installed.
#include "analyzers/rules/dependencies/checks.h"
#include "analyzers/rules/dependencies/known_names.h"
#include "analyzers/rules/rule_texts.h"
#include "analyzers/rules/sink.h"

#include <set>

namespace cupel::rules::dependencies {

namespace {

using code::Requirement;

void giveItem(const FoundCommand& command, const FoundItem& found, FindingSink& sink)
{
    const auto& requirement = found.item.requirement;
    if (requirement.kind == Requirement::Kind::Hole || command.tool == code::InstallTool::Script) {
        return;
    }
    DependencyHit hit;
    auto& dependency = hit.dependency;
    dependency.name = shown(requirement.name);
    dependency.specifier = shown(requirement.specifier);
    auto version = code::exactVersion(requirement.specifier);
    if (version.empty() && command.tool == code::InstallTool::Conda && requirement.specifier.starts_with('=')) {
        version = std::string_view(requirement.specifier).substr(1);
    }
    dependency.version = shown(version);
    for (const auto& extra : requirement.extras) {
        dependency.extras.push_back(shown(extra));
    }
    dependency.marker = shown(requirement.marker);
    dependency.ecosystem = code::ecosystemOf(command.tool);
    if (!requirement.url.empty()) {
        dependency.url = toShownUrl(requirement);
    }
    dependency.source = command.fromFile ? DependencySource::List : DependencySource::Install;
    hit.bytes = found.place.bytes;
    hit.region = found.place.region;
    hit.regionLine = found.place.line;
    sink.add(std::move(hit));
}

// What a list beside says of one of the distributions that give a module.
const DeclaredPackage* declaredAs(const Inventory& inventory, const ImportRow& row)
{
    for (const auto& name : distributionsOf(row)) {
        if (!inventory.declared) {
            break;
        }
        const auto known = inventory.declared->packages.find(name);
        if (known != inventory.declared->packages.end()) {
            return &known->second;
        }
    }
    return nullptr;
}

// A package that few use, but this notebook installs it, or its output says so.
bool isBrought(const Inventory& inventory, std::string_view module)
{
    const auto name = code::normalName(module);
    return inventory.said.contains(name)
        || std::any_of(inventory.commands.begin(), inventory.commands.end(), [&name](const auto& command) {
               return (code::isPython(command.tool) || command.tool == code::InstallTool::Conda)
                   && std::any_of(command.items.begin(), command.items.end(), [&name](const FoundItem& found) {
                          return code::normalName(found.item.requirement.name) == name;
                      });
           });
}

void giveImports(const Inventory& inventory, FindingSink& sink)
{
    std::set<std::string_view> seen;
    for (const auto& import : inventory.imports) {
        const auto top = std::string_view(import.module).substr(0, import.module.find('.'));
        const auto* row = findImport(import.module);
        if (isStandardModule(top) || !seen.insert(row ? row->module : top).second) {
            continue;
        }
        DependencyHit hit;
        hit.dependency.source = DependencySource::Import;
        hit.bytes = import.place.bytes;
        hit.region = import.place.region;
        hit.regionLine = import.place.line;
        if (!row) { // a package that few use, or a file beside
            hit.dependency.name = hit.dependency.module = shown(top);
            hit.dependency.ecosystem = isBrought(inventory, top) ? "pypi" : "unknown";
            sink.add(std::move(hit));
            continue;
        }
        const auto name = row->distributions.substr(0, row->distributions.find(' '));
        hit.dependency.name = name;
        hit.dependency.module = row->module;
        hit.dependency.ecosystem = "pypi";
        if (const auto said = inventory.said.find(code::normalName(name)); said != inventory.said.end()) {
            hit.dependency.version = said->second.version;
        }
        if (const auto* listed = declaredAs(inventory, *row)) {
            hit.dependency.specifier = shown(listed->specifier);
            hit.dependency.version = hit.dependency.version.empty() ? shown(listed->version) : hit.dependency.version;
        }
        sink.add(std::move(hit));
    }
}

void giveSaid(const Inventory& inventory, FindingSink& sink)
{
    for (const auto& [name, said] : inventory.said) {
        DependencyHit hit;
        hit.dependency.name = said.name;
        hit.dependency.version = said.version;
        hit.dependency.ecosystem = "pypi";
        hit.dependency.source = DependencySource::Output;
        hit.bytes = said.place.bytes;
        hit.region = said.place.region;
        sink.add(std::move(hit));
    }
}

} // namespace

std::string toShownUrl(const Requirement& requirement)
{
    auto url = std::string_view(requirement.url);
    if (requirement.kind == Requirement::Kind::Vcs && !requirement.reference.empty()) {
        const auto tail = url.rfind('@' + requirement.reference);
        url = tail == std::string_view::npos ? url : url.substr(0, tail);
    }
    return shown(code::safeUrl(url));
}

void describe(RuleList& list)
{
    describeFromTexts("dependencies", list);
}

void check(const RuleInput& input, FindingSink& sink)
{
    const auto inventory = takeInventory(input);
    if (inventory.commands.empty() && !inventory.declared) {
        giveImports(inventory, sink); // what it needs is known, how it gets there is not
        return;
    }
    for (const auto& command : inventory.commands) {
        for (const auto& item : command.items) {
            giveItem(command, item, sink);
        }
    }
    giveImports(inventory, sink);
    giveSaid(inventory, sink);
    Reporter reporter(sink, input.facts.text(input.artifact));
    checkNames(inventory, reporter);
    checkSources(inventory, reporter);
    checkOptions(inventory, reporter);
    checkPins(inventory, reporter);
    checkImports(inventory, reporter);
    std::move(reporter).finish();
}

} // namespace cupel::rules::dependencies
