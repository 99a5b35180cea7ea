// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/engine/declared_files.h"

#include "analyzers/code/declared_packages.h"
#include "analyzers/code/requirement_files.h"
#include "analyzers/engine/file_source.h"
#include "analyzers/model/artifact.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <mutex>
#include <system_error>
#include <utility>
#include <vector>

namespace cupel::engine {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t mostFolders = 8; // from a notebook up to the root of its repository
constexpr std::size_t mostEntries = 20'000; // of a folder
constexpr std::size_t mostFiles = 16; // lists of one folder
constexpr std::uint64_t mostBytes = 8 << 20; // of one list

// Locks first: they know the versions. -1: no list.
int orderOf(const std::string& name)
{
    using code::RequirementFile;
    switch (code::requirementFileKind(name)) {
    case RequirementFile::PipfileLock:
    case RequirementFile::TomlLock:
    case RequirementFile::CondaLock:
    case RequirementFile::CondaExplicit:
        return 0;
    // Others hold the word somewhere in their name; who knows what they are for.
    case RequirementFile::Requirements:
        return name.starts_with("requirement") || name.starts_with("constraint") ? 1 : -1;
    case RequirementFile::CondaEnvironment:
        return name.starts_with("environment") || name.starts_with("conda") ? 2 : -1;
    case RequirementFile::Toml:
        return name == "pyproject.toml" || name == "Pipfile" ? 2 : -1;
    case RequirementFile::SetupCfg:
    case RequirementFile::SetupPy:
        return 2;
    case RequirementFile::None:
    case RequirementFile::Shell:
        break;
    }
    return -1;
}

void readFolder(const fs::path& folder, Declared& out)
{
    std::vector<std::pair<int, std::string>> lists;
    std::error_code error;
    fs::directory_iterator entry(folder, fs::directory_options::skip_permission_denied, error);
    for (std::size_t i = 0; !error && entry != fs::directory_iterator() && i < mostEntries; ++i) {
        auto name = entry->path().filename().string();
        if (const auto order = orderOf(name); order >= 0) {
            lists.emplace_back(order, std::move(name));
        }
        entry.increment(error);
    }
    std::sort(lists.begin(), lists.end());
    lists.resize(std::min(lists.size(), mostFiles));
    Limits limits;
    limits.fileBytes = mostBytes;
    for (const auto& [order, name] : lists) {
        Budget budget(limits);
        const auto bytes = readFile((folder / name).string(), budget);
        if (!bytes) {
            out.whole = false;
            continue;
        }
        std::vector<code::InstallCommand> commands;
        code::readRequirementFile(code::requirementFileKind(name), *bytes.value(), 0, {}, commands);
        code::declare(commands, name, out);
    }
}

bool isRepository(const fs::path& folder)
{
    std::error_code error;
    return fs::exists(folder / ".git", error) || fs::exists(folder / ".hg", error);
}

// The folder and those above it to the root of the repository; without one the folder alone.
std::vector<fs::path> foldersOf(const fs::path& folder)
{
    std::vector<fs::path> list;
    for (auto at = folder; list.size() < mostFolders; at = at.parent_path()) {
        list.push_back(at);
        if (isRepository(at)) {
            return list;
        }
        if (at == at.parent_path()) {
            break;
        }
    }
    return {folder};
}

class Reader {
public:
    std::shared_ptr<const Declared> of(const Artifact& artifact)
    {
        std::error_code error;
        const auto file = fs::absolute(artifact.path, error);
        if (artifact.depth > 0 || artifact.path.empty() || error) {
            return nullptr;
        }
        const auto folder = file.lexically_normal().parent_path();
        const std::lock_guard lock(m_mutex);
        const auto [known, fresh] = m_known.try_emplace(folder.string());
        if (fresh) {
            Declared declared;
            for (const auto& each : foldersOf(folder)) {
                readFolder(each, declared);
            }
            if (!declared.packages.empty()) {
                known->second = std::make_shared<const Declared>(std::move(declared));
            }
        }
        return known->second;
    }

private:
    std::mutex m_mutex;
    std::map<std::string, std::shared_ptr<const Declared>> m_known; // by folder
};

} // namespace

DeclaredBeside readDeclaredBeside()
{
    return [reader = std::make_shared<Reader>()](const Artifact& artifact) { return reader->of(artifact); };
}

} // namespace cupel::engine
