// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/lineage/working_folder.h"

#include "analyzers/lineage/locators.h"

#include <algorithm>
#include <string_view>
#include <vector>

namespace cupel::lineage {

namespace {

using Kind = code::NodeKind;

constexpr int maxDepth = 16; // folders above
constexpr std::size_t maxNamed = 64; // paths that are looked for in each of them
constexpr std::size_t maxLength = 240; // of one

std::string above(const std::string& folder)
{
    const auto slash = folder.rfind('/');
    return slash == std::string::npos ? std::string() : folder.substr(0, slash);
}

// "data/train.csv": with a folder, as a name alone is in too many places.
bool isRelativePath(std::string_view text)
{
    const auto extension = extensionOf(text);
    return text.size() <= maxLength && text.find('/') != std::string_view::npos
        && text.find(':') == std::string_view::npos && text.find("..") == std::string_view::npos
        && !text.starts_with('/') && !text.starts_with('~')
        && (isDataExtension(extension) || isModelExtension(extension));
}

// Paths that stand in the code as they are; none of a script that says itself where it lies.
std::vector<std::string> namedPaths(const ParsedFile& file)
{
    std::vector<std::string> out;
    for (const auto& cell : file.code->cells()) {
        if (cell.text.find("__file__") != std::string::npos) {
            return {};
        }
        for (std::uint32_t node = 0; node < cell.syntax.size() && out.size() < maxNamed; ++node) {
            const auto& entry = cell.syntax[node];
            const bool whole = entry.kind == Kind::StringContent && cell.syntax[entry.parent].kind == Kind::String;
            const auto text = whole ? slice(cell.text, entry.bytes()) : std::string_view();
            if (isRelativePath(text) && text.find('{') == std::string_view::npos
                && std::find(out.begin(), out.end(), text) == out.end()) {
                out.emplace_back(text);
            }
        }
    }
    return out;
}

} // namespace

std::string workingFolderOf(const ParsedFile& file, FileFinder& files)
{
    auto base = file.folder;
    if (file.notebook) {
        return base;
    }
    const auto starts = files.starts(file.path);
    const bool oneFolder = !starts.empty() && std::all_of(starts.begin(), starts.end(), [&](const auto& start) {
        return start.cwd == starts.front().cwd;
    });
    if (oneFolder) { // a pipeline says where
        return starts.front().cwd;
    }
    for (int depth = 0; !base.empty() && depth < maxDepth && files.find(base + "/__init__.py"); ++depth) {
        base = above(base);
    }
    const auto named = base.empty() ? std::vector<std::string>{} : namedPaths(file);
    auto folder = base;
    for (int depth = 0; !named.empty() && depth < maxDepth; ++depth) {
        if (std::any_of(
                named.begin(), named.end(), [&](const auto& path) { return files.has(joinPath(folder, path)); })) {
            return folder;
        }
        if (folder.empty()) {
            break;
        }
        folder = above(folder);
    }
    return base;
}

} // namespace cupel::lineage
