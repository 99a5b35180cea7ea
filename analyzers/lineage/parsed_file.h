// SPDX-License-Identifier: GPL-3.0-or-later
// One notebook or script with its syntax trees, ready to be followed. Immutable once made; shared between threads.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/formats/code_cells.h"
#include "analyzers/model/artifact.h"
#include "analyzers/model/facts.h"

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace cupel::lineage {

struct CodeUnit {
    std::uint32_t cell = 0; // index into ParsedFile::code->cells(), of scripts into `written`
    std::uint32_t firstLine = 1; // of the file, for scripts
    std::int64_t exec = -1;
    bool isScript = false; // what stands in it is written to a file, and not run
    std::uint32_t writes = 0xFFFF'FFFF; // of a script: the unit whose cell writes it
    std::string name; // of a script among other code of its unit: as written there
    std::string key; // names the cell in ids: survives moves where the notebook says who is who
};

struct ParsedFile {
    std::string path; // relative to the workspace
    std::string folder; // of it; empty at the top
    bool notebook = false; // places are cells
    std::string language; // of a notebook: "python"; empty when it does not say
    Artifact artifact;
    Facts facts;
    std::shared_ptr<formats::CodeCells> code;
    std::vector<CodeUnit> units; // one for each cell of code, in the order of the file
    // Scripts that cells write (%%writefile train.py): parsed where they stand. Units behind those of the cells.
    std::vector<formats::CodeCell> written;
    std::vector<CodeUnit> writtenUnits;
    std::uint32_t brokenCells = 0;
    bool partial = false;
};
using ParsedFilePtr = std::shared_ptr<const ParsedFile>;

// Null: not code that can be followed. `artifact` has its bytes.
[[nodiscard]] ParsedFilePtr parseFile(Artifact artifact, std::string path, Budget& budget);
// The same of what was read already; `code` is that of these facts. Trees that are there are used.
[[nodiscard]] ParsedFilePtr parsedFile(const Artifact& artifact, const Facts& facts,
    std::shared_ptr<formats::CodeCells> code, std::string path, Budget& budget);

// Who finds the module or notebook that a file names: "helpers.py", "nb/clean.ipynb".
class FileFinder {
public:
    virtual ~FileFinder() = default;
    // Null: there is no such file in the workspace.
    [[nodiscard]] virtual ParsedFilePtr find(const std::string& path) = 0;
    // Whether the workspace has this file, whatever it is.
    [[nodiscard]] virtual bool has(const std::string& /*path*/) { return false; }
    // Values of a file of settings by dotted name: "train.seed"; null: it is none, or not there.
    [[nodiscard]] virtual std::shared_ptr<const std::map<std::string, std::string, std::less<>>> settings(
        const std::string& /*path*/)
    {
        return nullptr;
    }
    struct Start {
        std::string cwd; // relative to the workspace
        std::vector<std::string> arguments; // of the script; what nobody knows is *
    };
    // How pipelines of the workspace start this script.
    [[nodiscard]] virtual std::vector<Start> starts(const std::string& /*path*/) { return {}; }
};

} // namespace cupel::lineage
