// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/dependencies/checks.h"
#include "analyzers/rules/dependencies/known_names.h"
#include "analyzers/rules/dependencies/typosquat.h"

#include <algorithm>
#include <charconv>
#include <iterator>
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

std::string_view firstWord(std::string_view text)
{
    return text.substr(0, text.find(' '));
}

// " Only files import a, b.": nothing for no names.
std::string sentence(std::string_view before, const std::vector<std::string>& names)
{
    return names.empty() ? std::string() : std::string(before) + listed(names) + '.';
}

// What is imported and not installed. Only the packages count: a file that a cell writes may be meant for another
// machine, and a module that nobody knows may be a file beside. Those are named all the same, so that nothing that a
// list of dependencies calls imported is passed over in silence.
struct Missed {
    std::vector<std::string> packages;
    std::vector<const FoundImport*> places; // of the packages
    std::vector<std::string> written;
    std::vector<std::string> unknown; // modules
};

void addOnce(std::vector<std::string>& names, std::string_view name)
{
    if (std::find(names.begin(), names.end(), name) == names.end()) { // one may give several modules
        names.emplace_back(name);
    }
}

Missed missedBy(const Inventory& inventory, const std::set<std::string>& installed)
{
    const auto there = [&](const std::string& name) {
        return installed.contains(name) || inventory.said.contains(name)
            || (inventory.declared && inventory.declared->packages.contains(name));
    };
    Missed out;
    std::set<std::string_view> seen;
    std::set<std::string_view> seenWritten;
    std::vector<std::string> written;
    for (const auto& import : inventory.imports) {
        const auto* row = findImport(import.module);
        const auto top = std::string_view(import.module).substr(0, import.module.find('.'));
        if (isStandardModule(top)
            || !(row && import.written ? seenWritten : seen).insert(row ? row->module : top).second) {
            continue;
        }
        if (!row) {
            if (!there(code::normalName(top))) {
                out.unknown.emplace_back(top);
            }
            continue;
        }
        const auto names = distributionsOf(*row);
        if (std::any_of(names.begin(), names.end(), there) || isUsuallyThere(names.front())) {
            continue;
        }
        addOnce(import.written ? written : out.packages, firstWord(row->distributions));
        if (!import.written) {
            out.places.push_back(&import);
        }
    }
    std::copy_if(written.begin(), written.end(), std::back_inserter(out.written), [&out](const std::string& name) {
        return std::find(out.packages.begin(), out.packages.end(), name) == out.packages.end();
    });
    return out;
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
    const auto missed = missedBy(inventory, installed);
    if (!anyPython || missed.packages.empty()) {
        return;
    }
    const auto& missing = missed.packages;
    auto& hit = report.add("CUP-DEP-UNDECLARED", {}, Severity::Info, Confidence::Likely, missed.places.front()->place,
        std::to_string(missing.size()) + (missing.size() == 1 ? " package is" : " packages are")
            + " imported but not installed here: " + listed(missing) + "."
            + sentence(" Only files that a cell writes import ", missed.written)
            + sentence(" From packages that are not known, or from files beside, come ", missed.unknown));
    hit.arguments["count"] = std::to_string(missing.size());
    hit.arguments["names"] = listed(missing);
    for (std::size_t i = 1; i < missed.places.size(); ++i) {
        report.also(hit, missed.places[i]->place);
    }
}

} // namespace cupel::rules::dependencies
