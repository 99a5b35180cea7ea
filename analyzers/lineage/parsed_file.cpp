// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/lineage/parsed_file.h"

#include "analyzers/code/commands.h"
#include "analyzers/code/converted.h"
#include "analyzers/code/magics.h"

#include "analyzers/code/python_tree.h"
#include "analyzers/formats/notebook/notebook_facts.h"
#include "analyzers/formats/registry.h"

#include <algorithm>
#include <map>

namespace cupel::lineage {

namespace {

constexpr std::size_t maxNodes = 4'000'000; // of syntax, over one file

std::string keyOf(const formats::NotebookFacts* notebook, std::int32_t cell, std::string_view text)
{
    if (notebook && cell >= 0 && static_cast<std::size_t>(cell) < notebook->cells.size()
        && !notebook->cells[static_cast<std::size_t>(cell)].id.empty()) {
        return notebook->cells[static_cast<std::size_t>(cell)].id;
    }
    std::uint64_t hash = 0xcbf29ce484222325ULL; // FNV-1a: a name, not a proof
    for (const char c : text) {
        hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
    }
    static constexpr char digits[] = "0123456789abcdef";
    std::string key;
    for (int i = 0; i < 8; ++i) {
        key.push_back(digits[(hash >> (60 - 4 * i)) & 15]);
    }
    return key;
}

std::uint32_t lineAt(ByteView text, std::uint64_t offset)
{
    const auto end = text.begin() + static_cast<std::ptrdiff_t>(std::min<std::uint64_t>(offset, text.size()));
    return 1 + static_cast<std::uint32_t>(std::count(text.begin(), end, '\n'));
}

// The body of %%writefile x.py as code of its own; every byte keeps its place.
void addWritten(const formats::CodeCell& cell, CodeUnit& unit, std::uint32_t index, ParsedFile& file)
{
    for (const auto& command : cell.commands) {
        const bool writes =
            command.kind == code::CommandKind::Cell && (command.name == "writefile" || command.name == "file");
        if (!writes || command.arguments.find(".py") == std::string::npos || file.written.size() >= 200) {
            continue;
        }
        auto blanked = cell.text;
        std::fill_n(blanked.begin(), std::min<std::size_t>(command.body.start, blanked.size()), ' ');
        const auto tree = code::PythonTree::parse(blanked);
        if (!tree.ok()) {
            continue;
        }
        formats::CodeCell script;
        script.region = cell.region;
        script.cell = cell.cell;
        script.codeCell = cell.codeCell;
        script.text = blanked;
        script.map = cell.map;
        script.lineEnds = cell.lineEnds;
        script.syntax = tree.value().syntax();
        script.parsed = true;
        unit.isScript = true;
        auto own = unit;
        own.isScript = false;
        own.cell = static_cast<std::uint32_t>(file.written.size());
        own.writes = index;
        own.key += "/script";
        file.written.push_back(std::move(script));
        file.writtenUnits.push_back(std::move(own));
    }
}

// get_ipython().run_cell_magic('writefile', 'x.py', '...') between other code of a converted script.
void addConverted(const formats::CodeCell& cell, CodeUnit& unit, std::uint32_t index, ParsedFile& file, Budget& budget)
{
    constexpr std::string_view call = "get_ipython().run_cell_magic(";
    constexpr std::size_t most = 32;
    constexpr std::size_t mostText = 8 << 20; // each is a text as long as the cell
    std::size_t seen = 0;
    for (auto at = cell.text.find(call); at != std::string::npos && seen < most; at = cell.text.find(call, at + 1)) {
        const auto end = std::min(cell.text.find('\n', at), cell.text.size());
        const auto line = std::string_view(cell.text).substr(at + call.size(), 16);
        if (line.find("file") == std::string_view::npos || (seen + 1) * cell.text.size() > mostText
            || !budget.spend(cell.text.size())) {
            continue;
        }
        ++seen;
        auto alone = cell;
        std::replace_if(
            alone.text.begin(), alone.text.begin() + static_cast<std::ptrdiff_t>(at), [](char c) { return c != '\n'; },
            ' ');
        std::replace_if(
            alone.text.begin() + static_cast<std::ptrdiff_t>(end), alone.text.end(), [](char c) { return c != '\n'; },
            ' ');
        alone.text = code::withNotation(std::move(alone.text));
        std::vector<code::MagicSpan> spans;
        (void)code::withoutMagics(alone.text, spans);
        alone.commands = code::readCommands(alone.text, spans);
        const auto before = file.writtenUnits.size();
        addWritten(alone, unit, index, file);
        unit.isScript = false; // the rest of it runs
        for (auto i = before; i < file.writtenUnits.size(); ++i) {
            file.writtenUnits[i].name = alone.commands.empty() ? std::string() : alone.commands.front().arguments;
            file.writtenUnits[i].key += std::to_string(seen);
        }
    }
}

bool isReadable(std::string_view format)
{
    constexpr std::string_view readable[] = {
        "notebook", "python", "jupytext", "databricks", "marimo", "zeppelin", "rmarkdown", "exported-html"};
    return std::find(std::begin(readable), std::end(readable), format) != std::end(readable);
}

std::shared_ptr<ParsedFile> named(Artifact artifact, std::string path)
{
    auto file = std::make_shared<ParsedFile>();
    file->path = std::move(path);
    const auto slash = file->path.rfind('/');
    file->folder = slash == std::string::npos ? std::string() : file->path.substr(0, slash);
    file->artifact = std::move(artifact);
    return file;
}

// Cells with their trees and counts, of a file whose facts are there.
void addUnits(ParsedFile& file, Budget& budget)
{
    const auto* notebook = formats::notebookFacts(file.facts);
    file.notebook = notebook != nullptr && !file.path.ends_with(".py");
    file.language = notebook ? notebook->language : std::string("python");
    const auto& cells = file.code->cells();
    file.partial = file.code->parse(0, maxNodes, budget) < cells.size() || file.code->unparsed() > 0;
    const auto text = file.facts.text(file.artifact);
    std::map<std::string, std::uint32_t> seen;
    for (std::uint32_t i = 0; i < cells.size(); ++i) {
        CodeUnit unit;
        unit.cell = i;
        unit.key = keyOf(notebook, cells[i].cell, cells[i].text);
        if (const auto before = seen[unit.key]++; before > 0) {
            unit.key += '~' + std::to_string(before); // the same text twice
        }
        if (!file.notebook) {
            unit.firstLine = lineAt(text, cells[i].toArtifact({0, 0}).start);
        } else if (cells[i].cell >= 0 && static_cast<std::size_t>(cells[i].cell) < notebook->cells.size()) {
            unit.exec = notebook->cells[static_cast<std::size_t>(cells[i].cell)].executionCount.value_or(-1);
        }
        file.brokenCells += cells[i].python && cells[i].parsed && cells[i].syntax.flawed ? 1 : 0;
        addWritten(cells[i], unit, i, file);
        if (!file.notebook) {
            addConverted(cells[i], unit, i, file, budget);
        }
        file.units.push_back(std::move(unit));
    }
}

} // namespace

ParsedFilePtr parseFile(Artifact artifact, std::string path, Budget& budget)
{
    const auto file = named(std::move(artifact), std::move(path));
    const auto& format = formats::recognise(file->artifact.view(), file->artifact.fileName());
    if (!isReadable(format.name)) {
        return nullptr;
    }
    file->facts.format = format.name;
    format.parse(file->artifact, budget, file->facts);
    file->code = std::make_shared<formats::CodeCells>(file->artifact, file->facts, budget);
    addUnits(*file, budget);
    return file;
}

ParsedFilePtr parsedFile(const Artifact& artifact, const Facts& facts, std::shared_ptr<formats::CodeCells> code,
    std::string path, Budget& budget)
{
    if (!isReadable(facts.format)) {
        return nullptr;
    }
    const auto file = named(artifact, std::move(path));
    file->facts = facts;
    file->facts.takeChild = nullptr; // they refer to what is gone before this is
    file->facts.nameChild = nullptr;
    file->code = std::move(code);
    addUnits(*file, budget);
    return file;
}

} // namespace cupel::lineage
