// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/code/versions.h"

#include "analyzers/base/byte_scan.h"
#include "analyzers/formats/code_cells.h"
#include "analyzers/rules/code/row_language.h"

#include <algorithm>

namespace cupel::rules::code {

namespace {

constexpr std::string_view packages[] = {"torch", "keras", "tensorflow", "numpy", "scikit-learn", "pyyaml"};

// The number at `at`, when one stands there.
std::string numberAt(std::string_view text, std::size_t at)
{
    const auto stop = std::min(text.find_first_not_of("0123456789.", at), text.size());
    auto number = text.substr(at, stop - at);
    while (number.ends_with('.')) {
        number.remove_suffix(1);
    }
    return std::string(number);
}

// `pip install torch==2.1.0`, and requirement lines that a cell writes.
void pinsOf(std::string_view text, Versions& out)
{
    if (!holdsText(text, "==")) {
        return;
    }
    for (const auto package : packages) {
        for (auto at = text.find(package); at != std::string_view::npos; at = text.find(package, at + 1)) {
            const auto end = at + package.size();
            const bool starts = at == 0 || std::string_view(" \t\n'\"").find(text[at - 1]) != std::string_view::npos;
            if (starts && text.substr(end, 2) == "==") {
                if (auto number = numberAt(text, end + 2); !number.empty()) {
                    out.try_emplace(std::string(package), KnownVersion{std::move(number), false});
                }
            }
        }
    }
}

// "Successfully installed numpy-1.26.4 torch-2.1.0": the last word of the installer counts.
void installedOf(std::string_view raw, Versions& out)
{
    constexpr std::string_view opening = "Successfully installed ";
    for (auto at = findText(raw, opening, 0); at != std::string_view::npos; at = findText(raw, opening, at + 1)) {
        const auto start = at + opening.size();
        const auto line = raw.substr(start, std::min(raw.find_first_of("\\\"\n\r", start), raw.size()) - start);
        for (const auto package : packages) {
            const auto name = ' ' + std::string(package) + '-';
            const auto found = line.starts_with(name.substr(1)) ? 0 : line.find(name);
            if (found != std::string_view::npos) {
                if (auto number = numberAt(line, found + package.size() + (found > 0 ? 2 : 1)); !number.empty()) {
                    out[std::string(package)] = {std::move(number), false};
                }
            }
        }
    }
}

} // namespace

Versions readVersions(const RuleInput& input)
{
    Versions out;
    for (const auto& cell : input.code().cells()) {
        pinsOf(cell.text, out);
    }
    Versions said;
    const auto text = input.facts.text(input.artifact);
    for (const auto& region : input.facts.regions) {
        if (region.kind == RegionKind::Stream) {
            installedOf(slice(text, region.bytes), said);
        }
    }
    out.merge(said);
    for (const auto package : packages) {
        if (!input.declared) {
            break;
        }
        const auto known = input.declared->packages.find(package);
        if (known != input.declared->packages.end()) {
            const auto& [specifier, version, atLeast, file] = known->second;
            if (!version.empty() || !atLeast.empty()) {
                out.try_emplace(
                    std::string(package), KnownVersion{version.empty() ? atLeast : version, version.empty()});
            }
        }
    }
    return out;
}

bool versionHolds(const Versions& versions, std::string_view condition)
{
    const auto op = condition.find_first_of("<>=");
    const auto known = versions.find(condition.substr(0, op));
    if (known == versions.end()) {
        return false;
    }
    const auto number = std::min(condition.find_first_not_of("<>=", op), condition.size());
    const auto compare = condition.substr(op, number - op);
    const auto order = compareVersions(known->second.version, condition.substr(number));
    if (compare == ">=") {
        return order >= 0;
    }
    return !known->second.orNewer && (compare == "<" ? order < 0 : order == 0);
}

} // namespace cupel::rules::code
