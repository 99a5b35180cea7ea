// SPDX-License-Identifier: GPL-3.0-or-later
// What the files install, list and import, one row a distribution: the start of a bill of materials, with versions as
// far as the files themselves tell. A folder that is installed is a project beside them, no package.
#include "analyzers/code/requirement.h"
#include "analyzers/report/sections/support.h"
#include "analyzers/report/text.h"
#include "analyzers/rules/dependencies/known_names.h"

#include <algorithm>
#include <map>
#include <set>

namespace cupel::report::dependencies {

namespace {

constexpr std::size_t rowLimit = 1'000;
constexpr std::size_t versionsNamed = 4;
constexpr std::size_t filesNamed = 3; // of one version
constexpr std::size_t placesNamed = 8;
constexpr std::string_view localKind = "local project";

struct Row {
    std::string name; // as it was first written
    std::set<std::string> kinds; // "conda", "pypi": of the same distribution from both
    std::map<std::string, std::set<std::string_view>> versions; // with the files that name them
    std::set<std::string_view> files; // all that tell of it
    bool sources[4] = {}; // by DependencySource
    bool versioned = false; // an address without a commit tells no version
    bool local = false;
    std::map<std::pair<std::string, std::uint64_t>, const Location*> places; // by file and offset
};

std::string shownVersion(const Dependency& dependency)
{
    if (!dependency.version.empty()) {
        return oneLine(dependency.version);
    }
    return dependency.specifier.empty() ? oneLine(dependency.url) : oneLine(dependency.specifier);
}

// "." of ".[test]": extras are no part of where it lies. Empty: no path.
std::string_view localPath(const Dependency& dependency)
{
    const std::string_view url = dependency.url;
    const bool path = dependency.name.empty() && !url.empty()
        && (url.find("://") == std::string_view::npos || url.starts_with("file://"));
    auto out = path ? url.substr(0, url.find('[')) : std::string_view();
    while (out.size() > 1 && out.ends_with('/')) {
        out.remove_suffix(1);
    }
    return out;
}

// conda has the distributions of the Python index under the same names.
std::string keyOf(const Dependency& dependency)
{
    if (const auto path = localPath(dependency); !path.empty()) {
        return std::string(localKind) + '\n' + std::string(path);
    }
    const bool python = dependency.ecosystem == "conda" || dependency.ecosystem == "pypi";
    return (python ? std::string("python") : dependency.ecosystem) + '\n'
        + (dependency.name.empty() ? dependency.url : code::normalName(dependency.name));
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
    // What the finding about packages that nothing installs passes over, by the same rule.
    if (parts.size() == 1 && row.sources[static_cast<std::size_t>(DependencySource::Import)]
        && rules::dependencies::isUsuallyThere(code::normalName(row.name))) {
        parts.emplace_back("usually there");
    }
    return joined(parts);
}

// " (a.ipynb)": where other files tell of the package without this version.
std::string namedBy(const Input& input, const std::set<std::string_view>& files)
{
    std::vector<std::string> names;
    for (const auto file : files) {
        if (names.size() < filesNamed) {
            names.push_back(shortPath(input.workspace.roots, std::string(file)));
        }
    }
    const auto rest = files.size() - names.size();
    return " (" + joined(names) + (rest > 0 ? " and " + counted(rest, "more file", "more files") : std::string()) + ')';
}

std::string shownVersions(const Input& input, const Row& row)
{
    if (row.versions.empty()) {
        return "not known";
    }
    std::vector<std::string> names;
    for (const auto& [version, files] : row.versions) {
        if (names.size() < versionsNamed) {
            names.push_back(version + (files.size() < row.files.size() ? namedBy(input, files) : std::string()));
        }
    }
    const auto rest = row.versions.size() - names.size();
    return joined(names, "; ") + (rest > 0 ? " and " + grouped(rest) + " more" : std::string());
}

} // namespace

static void addTo(Row& row, const Dependency& dependency)
{
    const auto path = localPath(dependency);
    row.local = !path.empty();
    if (row.places.empty()) {
        row.name = row.local ? oneLine(std::string(path))
                             : oneLine(dependency.name.empty() ? "from " + dependency.url : dependency.name);
    }
    row.kinds.insert(row.local ? std::string(localKind) : oneLine(dependency.ecosystem));
    if (std::string version = row.local ? std::string() : shownVersion(dependency); !version.empty()) {
        row.versions[std::move(version)].insert(dependency.location.artifact);
    }
    row.files.insert(dependency.location.artifact);
    row.versioned = row.versioned || !dependency.version.empty() || !dependency.specifier.empty();
    row.sources[static_cast<std::size_t>(dependency.source)] = true;
    row.places.emplace(std::pair(dependency.location.artifact, dependency.location.bytes.start), &dependency.location);
}

static std::string shownPlaces(const Input& input, const Row& row)
{
    std::vector<std::string> names;
    for (const auto& [key, location] : row.places) {
        auto name = names.size() < placesNamed ? placeOf(input, *location) : std::string();
        if (!name.empty() && (names.empty() || names.back() != name)) {
            names.push_back(std::move(name));
        }
    }
    const auto rest = row.places.size() > placesNamed ? row.places.size() - placesNamed : 0;
    return joined(names, "; ") + (rest > 0 ? " and " + counted(rest, "more place", "more places") : std::string());
}

Section build(const Input& input)
{
    Section section;
    std::map<std::string, Row> rows;
    for (const auto& [path, analysis] : input.workspace.analyses) {
        for (const Dependency& dependency : analysis->dependencies) {
            addTo(rows[keyOf(dependency)], dependency);
        }
    }
    if (rows.empty()) {
        return section;
    }
    Table table{{"Name", "Kind", "Version", "How it is known", "Where"}, {}, {5, 2, 4, 4, 7}, {}};
    std::size_t pinned = 0;
    std::size_t local = 0;
    for (const auto& [key, row] : rows) {
        pinned += row.versioned ? 1U : 0U;
        local += row.local ? 1U : 0U;
        table.rows.push_back({row.name, joined({row.kinds.begin(), row.kinds.end()}),
            row.local ? std::string("\u2013") : shownVersions(input, row), shownSources(row), shownPlaces(input, row)});
    }
    section.blocks.emplace_back(Paragraph{counted(rows.size() - local, "package", "packages")
            + (local > 0 ? " and " + counted(local, "local project", "local projects") : std::string()) + ", "
            + grouped(pinned)
            + " with a version or a range that the files name. A name that is only imported is that of the package "
              "it usually comes from; where that is unknown, it is the module's own: a package, or a file beside. "
              "Such a module is not counted as missing, nor is what only files import that a cell writes.",
        Paragraph::Tone::Small});
    addTable(section, std::move(table), rowLimit);
    return section;
}

} // namespace cupel::report::dependencies
