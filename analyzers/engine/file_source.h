// SPDX-License-Identifier: GPL-3.0-or-later
// Reading files and walking folders: no device or pipe is ever opened, links are not followed out of a folder, but
// for the cache of Hugging Face, whose folders are nothing but links.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/base/bytes.h"
#include "analyzers/base/result.h"
#include "analyzers/base/shared_bytes.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace cupel::engine {

[[nodiscard]] Result<std::shared_ptr<const std::string>> readFile(const std::string& path, Budget& budget);

// Files of `mapFrom` bytes and more are mapped (see mapped_file.h), smaller ones are read.
[[nodiscard]] Result<SharedBytes> openFile(const std::string& path, std::uint64_t mapFrom, Budget& budget);

// As much of a part as the file has; empty: it cannot be read, or is larger than `most` bytes.
[[nodiscard]] std::string readPart(const std::string& path, ByteRange part, std::uint64_t most, Budget& budget);

struct FoundFile {
    std::string path; // argument joined with the relative path
    std::uint64_t size = 0;
};

struct Listing {
    std::vector<FoundFile> files; // sorted by path
    std::vector<std::string> folders; // that were listed, the argument first; none for a file
    std::vector<std::pair<std::string, Error>> failed; // paths that could not be listed, links out to what is loaded
    std::vector<std::pair<std::string, std::string>>
        skipped; // no files, and why: pipes, links that lead nowhere or out
};

// Files of one argument: itself, or all below it. Version-control folders, the tool's own file and what
// `exclude` matches are left out.
[[nodiscard]] Listing listFiles(const std::string& argument, const std::vector<std::string>& exclude, Budget& budget);

// The files in which the tool itself keeps decisions and the arrangement of a lineage, below the folder that is looked
// at; only these names in that folder.
[[nodiscard]] bool isOwnFile(std::string_view relativePath);
// Glob with *, ** , ? and [..] against a path relative to the argument; a pattern without '/' matches any component.
[[nodiscard]] bool globMatches(std::string_view pattern, std::string_view relativePath);

} // namespace cupel::engine
