// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/code/declared_packages.h"

#include <algorithm>

namespace cupel::code {

namespace {

constexpr std::size_t mostPackages = 20'000;

// conda writes "=1.2" for any 1.2.x, and "=1.2=build" for one.
std::string_view exactOf(const InstallCommand& command, std::string_view specifier)
{
    if (command.tool == InstallTool::Conda && specifier.starts_with('=') && !specifier.starts_with("==")) {
        return {};
    }
    const auto version = exactVersion(specifier);
    return version.substr(0, version.find('='));
}

} // namespace

std::string_view oldestVersion(std::string_view specifier)
{
    while (!specifier.empty()) {
        const auto clause = specifier.substr(0, specifier.find(','));
        specifier.remove_prefix(std::min(specifier.size(), clause.size() + 1));
        const auto number = clause.find_first_of("0123456789");
        if (number == std::string_view::npos) {
            continue;
        }
        const auto sign = clause.substr(0, clause.find_last_not_of(" v", number - (number > 0 ? 1 : 0)) + 1);
        const bool least = sign == ">=" || sign == ">" || sign == "~=" || sign == "~" || sign == "^" || sign == "=="
            || sign == "===" || sign == "=";
        if (least) {
            const auto end = std::min(clause.find_first_not_of("0123456789.", number), clause.size());
            auto version = clause.substr(number, end - number);
            while (version.ends_with('.')) {
                version.remove_suffix(1); // of "2.*"
            }
            return version;
        }
    }
    return {};
}

void declare(const std::vector<InstallCommand>& list, std::string_view file, Declared& out)
{
    for (const auto& command : list) {
        out.whole = out.whole
            && std::none_of(command.options.begin(), command.options.end(),
                [](const InstallOption& option) { return option.kind == InstallOption::Kind::RequirementFile; });
        if (!isPython(command.tool) && command.tool != InstallTool::Conda) {
            continue;
        }
        for (const auto& item : command.items) {
            const auto& requirement = item.requirement;
            out.whole =
                out.whole && requirement.kind != Requirement::Kind::Hole && requirement.kind != Requirement::Kind::Path;
            if (requirement.name.empty() || out.packages.size() >= mostPackages) {
                continue;
            }
            DeclaredPackage package;
            package.specifier = requirement.specifier;
            package.version = exactOf(command, requirement.specifier);
            package.atLeast = oldestVersion(requirement.specifier);
            package.file = file;
            auto [known, fresh] = out.packages.try_emplace(normalName(requirement.name), package);
            if (!fresh && known->second.version.empty() && !package.version.empty()) {
                known->second = std::move(package);
            }
        }
    }
}

} // namespace cupel::code
