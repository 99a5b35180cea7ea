// SPDX-License-Identifier: GPL-3.0-or-later
// What the files install, list and import, merged by name: the start of a bill of materials, with versions as far as
// the files themselves tell.
#include "analyzers/report/sections/support.h"
#include "analyzers/report/text.h"

#include <algorithm>
#include <map>
#include <set>

namespace cupel::report::dependencies {

namespace {

constexpr std::size_t rowLimit = 1'000;
constexpr std::size_t versionsNamed = 4;

struct Row {
    std::string name; // as it was first written
    std::set<std::string> versions;
    bool sources[4] = {}; // by DependencySource
    bool versioned = false; // an address without a commit tells no version
    const Location* first = nullptr;
    std::set<std::tuple<std::string, std::uint64_t>> places;
};

std::string shownVersion(const Dependency& dependency)
{
    if (!dependency.version.empty()) {
        return oneLine(dependency.version);
    }
    return dependency.specifier.empty() ? oneLine(dependency.url) : oneLine(dependency.specifier);
}

std::string keyOf(const Dependency& dependency)
{
    std::string key = dependency.ecosystem + '\n' + (dependency.name.empty() ? dependency.url : dependency.name);
    for (char& c : key) { // names of packages differ neither in case nor in the kind of stroke
        c = c == '_' || c == '.' ? '-' : c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    return key;
}

std::string shownSources(const Row& row)
{
    static constexpr std::string_view words[] = {"installed", "listed", "imported", "said by an installer"};
    std::vector<std::string> parts;
    for (std::size_t i = 0; i < std::size(words); ++i) {
        if (row.sources[i]) {
            parts.emplace_back(words[i]);
        }
    }
    return joined(parts);
}

std::string shownVersions(const std::set<std::string>& versions)
{
    if (versions.empty()) {
        return "not known";
    }
    std::vector<std::string> names(versions.begin(), versions.end());
    const std::size_t rest = names.size() > versionsNamed ? names.size() - versionsNamed : 0;
    names.resize(names.size() - rest);
    return joined(names, "; ") + (rest > 0 ? " and " + grouped(rest) + " more" : std::string());
}

} // namespace

Section build(const Input& input)
{
    Section section;
    std::map<std::string, Row> rows;
    for (const auto& [path, analysis] : input.workspace.analyses) {
        for (const Dependency& dependency : analysis->dependencies) {
            Row& row = rows[keyOf(dependency)];
            if (row.first == nullptr) {
                row.first = &dependency.location;
                row.name = oneLine(dependency.name.empty() ? "from " + dependency.url : dependency.name);
            }
            if (std::string version = shownVersion(dependency); !version.empty()) {
                row.versions.insert(std::move(version));
            }
            row.versioned = row.versioned || !dependency.version.empty() || !dependency.specifier.empty();
            row.sources[static_cast<std::size_t>(dependency.source)] = true;
            row.places.emplace(dependency.location.artifact, dependency.location.bytes.start);
        }
    }
    if (rows.empty()) {
        return section;
    }
    Table table{{"Name", "Kind", "Version", "How it is known", "Where"}, {}, {5, 2, 4, 4, 7}, {}};
    std::size_t pinned = 0;
    for (const auto& [key, row] : rows) {
        std::string where = placeOf(input, *row.first);
        if (row.places.size() > 1) {
            where += " and " + counted(row.places.size() - 1, "more place", "more places");
        }
        pinned += row.versioned ? 1U : 0U;
        table.rows.push_back({row.name, oneLine(key.substr(0, key.find('\n'))), shownVersions(row.versions),
            shownSources(row), std::move(where)});
    }
    section.blocks.emplace_back(Paragraph{counted(rows.size(), "package", "packages") + ", " + grouped(pinned)
            + " with a version or a range that the files name. A name that is only imported is that of the package "
              "it usually comes from; where that is unknown, it is the module's own: a package, or a file beside.",
        Paragraph::Tone::Small});
    addTable(section, std::move(table), rowLimit);
    return section;
}

} // namespace cupel::report::dependencies
