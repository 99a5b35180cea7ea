// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/lineage/unpacked.h"

#include <algorithm>
#include <cctype>
#include <string>

namespace cupel::lineage {

namespace {

constexpr std::size_t maxPath = 4'096; // bytes of one that are compared
constexpr std::size_t shortest = 3; // bytes of a name that says something
constexpr std::size_t whole = 1'000'000; // a part of the path is the name: better than any part of one

std::string lowered(std::string_view text)
{
    std::string out(text);
    std::transform(
        out.begin(), out.end(), out.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return out;
}

bool isSign(char c)
{
    return std::isalnum(static_cast<unsigned char>(c)) == 0;
}

// "https://host/a/Housing-v1.tar.gz?x=1" -> "housing-v1"
std::string nameOf(std::string_view archive)
{
    archive = archive.substr(0, archive.find_first_of("?#"));
    archive = archive.substr(archive.find_last_of("/\\") + 1).substr(0, maxPath);
    auto name = lowered(archive);
    for (const std::string_view ending :
        {".gz", ".bz2", ".xz", ".zst", ".tar", ".tgz", ".tbz2", ".txz", ".zip", ".7z", ".rar"}) {
        if (name.ends_with(ending)) {
            name.resize(name.size() - ending.size());
        }
    }
    return name;
}

// How well the name of an archive fits a folder or file: 0 not at all.
std::size_t fit(std::string_view name, std::string_view part)
{
    const auto bare = part.substr(0, part.rfind('.'));
    if (name == part || name == bare) {
        return whole;
    }
    // aclImdb_v1.tar.gz holds aclImdb/, ham.tar.bz2 holds easy_ham/
    const auto& longer = name.size() > bare.size() ? name : bare;
    const auto& inner = name.size() > bare.size() ? bare : name;
    const auto at = longer.find(inner);
    if (inner.size() < shortest || at == std::string_view::npos) {
        return 0;
    }
    const auto end = at + inner.size();
    return (at == 0 || isSign(longer[at - 1])) && (end == longer.size() || isSign(longer[end])) ? inner.size() : 0;
}

} // namespace

bool unpacks(std::string_view rule)
{
    constexpr std::string_view ofShells[] = {"shell:unzip", "shell:funzip", "shell:tar", "shell:bsdtar", "shell:gtar",
        "shell:7z", "shell:7za", "shell:7zr", "shell:7zz", "shell:unrar", "shell:rar", "shell:unar", "shell:python"};
    return rule.ends_with("extractall") || rule.ends_with("unpack_archive")
        || std::find(std::begin(ofShells), std::end(ofShells), rule) != std::end(ofShells);
}

bool isArchive(std::string_view path)
{
    constexpr std::string_view endings[] = {
        ".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz", ".tar.zst", ".7z", ".rar"};
    return std::any_of(std::begin(endings), std::end(endings), [path](auto ending) { return path.ends_with(ending); });
}

bool isBelowTop(std::string_view path)
{
    return !path.empty() && path.front() != '/' && path.front() != '~' && !path.starts_with("..")
        && path.find("://") == std::string_view::npos;
}

std::vector<std::size_t> archivesOf(const std::vector<std::string_view>& archives, std::string_view below)
{
    const auto path = lowered(below.substr(0, maxPath));
    std::vector<std::size_t> best;
    std::size_t found = 1;
    for (std::size_t i = 0; i < archives.size(); ++i) {
        const auto name = nameOf(archives[i]);
        std::size_t fits = 0;
        for (std::size_t from = 0; from <= path.size() && !name.empty();) {
            const auto end = std::min(path.find('/', from), path.size());
            fits = std::max(fits, fit(name, std::string_view(path).substr(from, end - from)));
            from = end + 1;
        }
        if (fits > found) {
            best.clear();
        }
        if (fits >= found) {
            found = fits;
            best.push_back(i);
        }
    }
    return best;
}

} // namespace cupel::lineage
