// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/threats/derive/guesses.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace cupel::threats {

namespace {

using namespace std::string_view_literals;

bool isGuess(const lineage::Node& node)
{
    return !node.outside && !node.onDisk && !node.locator.empty() && node.locator.find('*') == std::string::npos;
}

std::string lowered(std::string_view text)
{
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
        [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return out;
}

} // namespace

std::optional<std::uint32_t> Guesses::find(
    const lineage::Node& node, std::string_view kind, const ModelBuilder& builder)
{
    if (!isGuess(node)) {
        return {};
    }
    if (m_files.empty()) {
        for (const auto& [path, element] : builder.byPath) {
            m_files.emplace(guessKey(path), element);
        }
    }
    const std::string key = guessKey(node.locator);
    const auto files = m_files.equal_range(key);
    if (files.first != files.second && std::next(files.first) == files.second
        && builder.out.model.elements[files.first->second].kind == kind) {
        return files.first->second;
    }
    const auto other = m_guesses.find(std::string(kind) + ' ' + key);
    return other == m_guesses.end() ? std::nullopt : std::optional(other->second);
}

void Guesses::remember(const lineage::Node& node, std::string_view kind, std::uint32_t element)
{
    if (isGuess(node)) {
        m_guesses.emplace(std::string(kind) + ' ' + guessKey(node.locator), element);
    }
}

std::string guessKey(std::string_view path)
{
    static constexpr std::array sorting{"src"sv, "source"sv, "code"sv, "scripts"sv, "notebooks"sv, "nb"sv, "data"sv,
        "dataset"sv, "datasets"sv, "input"sv, "inputs"sv, "raw"sv, "."sv, ".."sv};
    const auto name = fileName(path);
    auto folder = path.substr(0, path.size() - name.size());
    while (!folder.empty()) {
        folder.remove_suffix(1); // the slash
        const auto last = fileName(folder);
        if (std::find(sorting.begin(), sorting.end(), lowered(last)) == sorting.end()) {
            folder = path.substr(0, folder.size() + 1);
            break;
        }
        folder = folder.substr(0, folder.size() - last.size());
    }
    return std::string(folder) + std::string(name);
}

} // namespace cupel::threats
