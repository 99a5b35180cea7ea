// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/dependencies/checks.h"
#include "analyzers/rules/dependencies/known_names.h"
#include "analyzers/rules/dependencies/typosquat.h"

#include <algorithm>
#include <charconv>
#include <set>
#include <utility>

namespace cupel::rules::dependencies {

namespace {

using code::Requirement;

// "2.4.1" against "2.12": number by number, up to what is none.
bool isAtLeast(std::string_view version, std::string_view least)
{
    while (!least.empty()) {
        unsigned ours = 0;
        unsigned theirs = 0;
        for (auto [text, number] : {std::pair{&version, &ours}, std::pair{&least, &theirs}}) {
            const auto end = std::from_chars(text->data(), text->data() + text->size(), *number).ptr;
            text->remove_prefix(static_cast<std::size_t>(end - text->data()));
            text->remove_prefix(std::min<std::size_t>(text->starts_with('.') ? 1 : text->size(), text->size()));
        }
        if (ours != theirs) {
            return ours > theirs;
        }
    }
    return true;
}

bool namesVersion(std::string_view versions, std::string_view version)
{
    if (versions.starts_with(">=")) {
        return version.empty() || isAtLeast(version, versions.substr(2));
    }
    while (!versions.empty()) {
        const auto end = std::min(versions.find(' '), versions.size());
        if (versions.substr(0, end) == version) {
            return true;
        }
        versions.remove_prefix(std::min(end + 1, versions.size()));
    }
    return false;
}

void caution(const CautionRow& row, const FoundItem& found, Reporter& report)
{
    const auto name = shown(found.item.requirement.name);
    const std::string instead(row.instead);
    const auto version = code::exactVersion(found.item.requirement.specifier);
    if (!row.versions.empty() && !namesVersion(row.versions, version)) {
        return;
    }
    if (row.kind == "hijacked") {
        auto& hit = report.add("CUP-DEP-HIJACKED", name, Severity::Critical, Confidence::Likely, found.place,
            "Malicious releases were published under the name " + name
                + (version.empty() ? "." : ", version " + shown(version) + " among them."));
        hit.arguments["name"] = name;
        hit.quotes.emplace_back(found.place.bytes, name);
        return;
    }
    const bool strange = row.kind == "other" || row.kind == "hallucinated";
    const std::string why = row.kind == "other"
        ? " is not the package that people mean by it; that one is called " + instead
        : row.kind == "hallucinated" ? " is a name that language models make up; the package is called " + instead
        : row.kind == "dead"         ? " is no longer maintained; " + instead + " took its place"
        : row.kind == "renamed"      ? " lives on under the name " + instead
                                     : " is an empty stand-in for " + instead;
    auto& hit = report.add("CUP-DEP-ALIAS", name,
        row.kind == "hallucinated" ? Severity::High
            : strange              ? Severity::Medium
                                   : Severity::Low,
        Confidence::Likely, found.place, name + why + ".");
    hit.arguments["name"] = name;
    hit.arguments["instead"] = instead;
    hit.quotes.emplace_back(found.place.bytes, name);
}

void typosquat(const Imitation& imitation, const FoundItem& found, Reporter& report)
{
    const auto name = shown(found.item.requirement.name);
    auto& hit = report.add("CUP-DEP-TYPOSQUAT", name, imitation.strong ? Severity::High : Severity::Medium,
        imitation.strong ? Confidence::Likely : Confidence::Possible, found.place,
        name + " is no well-known package but looks like " + imitation.target + ": "
            + std::string(explain(imitation.technique)) + ".");
    hit.arguments["name"] = name;
    hit.arguments["target"] = imitation.target;
    hit.arguments["technique"] = imitation.technique;
    hit.quotes.emplace_back(found.place.bytes, name);
}

} // namespace

void checkNames(const Inventory& inventory, Reporter& report)
{
    std::set<std::string> harmless; // looked at already
    for (const auto& command : inventory.commands) {
        for (const auto& found : command.items) {
            const auto& requirement = found.item.requirement;
            if (!code::isPython(command.tool) || requirement.kind != Requirement::Kind::Name) {
                continue;
            }
            const auto name = code::normalName(requirement.name);
            if (const auto* row = findCaution(name)) {
                caution(*row, found, report);
                continue;
            }
            if (harmless.contains(name)) {
                continue;
            }
            if (const auto imitation = imitates(name)) {
                typosquat(*imitation, found, report);
            } else if (isStandardModule(name) && !isRealName(name)) {
                const auto text = shown(requirement.name);
                auto& hit = report.add("CUP-DEP-STDLIB-NAME", name, Severity::Medium, Confidence::Likely, found.place,
                    text + " is a module of Python itself; a package of that name is a leftover or a trap.");
                hit.arguments["name"] = text;
                hit.quotes.emplace_back(found.place.bytes, text);
            } else {
                harmless.insert(name);
            }
        }
    }
}

void checkImports(const Inventory& inventory, Reporter& report)
{
    std::set<std::string> installed;
    bool anyPython = false;
    if (inventory.declared && !inventory.declared->whole) {
        return;
    }
    for (const auto& command : inventory.commands) {
        // What a list, a variable or a repository brings is not known: then nothing can be called missing.
        for (const auto& option : command.options) {
            if (option.option.kind == code::InstallOption::Kind::RequirementFile) {
                return;
            }
        }
        for (const auto& found : command.items) {
            const auto& requirement = found.item.requirement;
            if (requirement.kind == Requirement::Kind::Hole || requirement.kind == Requirement::Kind::Path
                || command.fromFile) {
                return;
            }
            if (code::isPython(command.tool) || command.tool == code::InstallTool::Conda) {
                anyPython = true;
                installed.insert(code::normalName(requirement.name));
            }
        }
    }
    std::vector<std::string> missing;
    std::vector<const FoundImport*> places;
    std::set<std::string_view> seen;
    for (const auto& import : inventory.imports) {
        const auto* row = findImport(import.module);
        if (!row || import.written || !seen.insert(row->module).second
            || isStandardModule(import.module.substr(0, import.module.find('.')))) {
            continue;
        }
        const auto names = distributionsOf(*row);
        const bool there = std::any_of(names.begin(), names.end(), [&](const std::string& name) {
            return installed.contains(name) || inventory.said.contains(name)
                || (inventory.declared && inventory.declared->packages.contains(name));
        });
        if (!there && row->module != "pkg_resources" && row->module != "IPython" && row->module != "setuptools") {
            std::string usual(row->distributions.substr(0, row->distributions.find(' ')));
            if (std::find(missing.begin(), missing.end(), usual) == missing.end()) { // one may give several modules
                missing.push_back(std::move(usual));
            }
            places.push_back(&import);
        }
    }
    if (!anyPython || missing.empty()) {
        return;
    }
    auto& hit = report.add("CUP-DEP-UNDECLARED", {}, Severity::Info, Confidence::Likely, places.front()->place,
        std::to_string(missing.size()) + (missing.size() == 1 ? " package is" : " packages are")
            + " imported but not installed here: " + listed(missing) + ".");
    hit.arguments["count"] = std::to_string(missing.size());
    hit.arguments["names"] = listed(missing);
    for (std::size_t i = 1; i < places.size(); ++i) {
        report.also(hit, places[i]->place);
    }
}

} // namespace cupel::rules::dependencies
