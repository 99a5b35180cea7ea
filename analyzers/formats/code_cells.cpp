// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/code_cells.h"

#include "analyzers/code/converted.h"
#include "analyzers/code/magics.h"
#include "analyzers/code/python_tree.h"
#include "analyzers/code/syntax_memory.h"
#include "analyzers/formats/code_language.h"
#include "analyzers/formats/region_text.h"

#include <algorithm>

namespace cupel::formats {

namespace {

constexpr std::size_t maxCells = 20'000;
constexpr std::size_t maxAllText = 16 << 20;
constexpr std::size_t maxImporting = 400; // nodes of a cell that is kept because it imports
constexpr std::size_t maxKept = 40'000; // nodes of all of them

// A cell whose language is a shell's: one command, whose body is all of it.
cupel::code::Command wholeShell(std::size_t size)
{
    cupel::code::Command command;
    command.kind = cupel::code::CommandKind::Cell;
    command.name = command.language = "bash";
    command.body = {0, size};
    return command;
}

} // namespace

std::uint64_t CodeCell::lineOf(std::uint64_t offset) const
{
    const auto before = std::lower_bound(lineEnds.begin(), lineEnds.end(), offset);
    return 1 + static_cast<std::uint64_t>(before - lineEnds.begin());
}

CodeCells::CodeCells(const Artifact& artifact, const Facts& facts, Budget& budget)
{
    const bool script = facts.format == "python" || facts.format == "jupytext";
    std::size_t bytes = 0;
    for (std::size_t i = 0; i < facts.regions.size(); ++i) {
        const auto& region = facts.regions[i];
        if (region.kind != RegionKind::Code || region.part != Part::Source) {
            continue;
        }
        if (!budget.spend(region.bytes.size())) {
            return;
        }
        if (bytes > maxAllText || m_cells.size() >= maxCells) {
            ++m_left;
            continue;
        }
        CodeCell cell;
        cell.region = static_cast<std::int32_t>(i);
        cell.cell = region.cell;
        cell.codeCell = region.codeCell;
        const auto language = languageOf(facts, region);
        cell.python = isPythonName(language);
        auto piece = readRegion(facts.text(artifact), region, maxCell + 1);
        cell.text = std::move(piece.text);
        cell.map = std::move(piece.map);
        cell.map.shrink();
        for (auto at = cell.text.find('\n'); at != std::string::npos; at = cell.text.find('\n', at + 1)) {
            cell.lineEnds.push_back(static_cast<std::uint32_t>(at));
        }
        if (script) {
            cell.text = cupel::code::withNotation(std::move(cell.text));
        }
        cell.broken = cell.text.size() > maxCell || (!piece.last && !region.bytes.empty());
        bytes += cell.text.size();
        if (isShellName(language)) {
            cell.commands.push_back(wholeShell(cell.text.size()));
            m_cells.push_back(std::move(cell));
            continue;
        }
        std::vector<cupel::code::MagicSpan> spans;
        (void)cupel::code::withoutMagics(cell.text, spans);
        cell.commands = cupel::code::readCommands(cell.text, spans);
        m_cells.push_back(std::move(cell));
    }
}

std::size_t CodeCells::parse(std::size_t begin, std::size_t nodes, Budget& budget)
{
    std::size_t made = 0;
    std::size_t at = begin;
    for (; at < m_cells.size() && made < nodes; ++at) {
        auto& cell = m_cells[at];
        if (cell.parsed) {
            made += cell.syntax.size();
            continue;
        }
        if (cell.broken || !cell.python || !budget.spend(cell.text.size())) {
            continue;
        }
        cupel::code::ParseLimits limits;
        limits.time = std::chrono::milliseconds(1'000);
        if (const auto known = cupel::code::rememberedSyntax(cell.text, limits.nodes)) {
            cell.syntax = *known;
            cell.parsed = true;
            made += cell.syntax.size();
            continue;
        }
        const auto tree = cupel::code::PythonTree::parse(cell.text, limits);
        cell.broken = !tree.ok();
        if (tree.ok()) {
            cell.syntax = tree.value().syntax();
            cell.parsed = true;
            made += cell.syntax.size();
            cupel::code::keepSyntax(cell.text, cell.syntax);
        }
    }
    return at;
}

void CodeCells::forget(std::size_t begin, std::size_t end)
{
    for (std::size_t i = begin; i < end && i < m_cells.size(); ++i) {
        auto& cell = m_cells[i];
        const std::size_t nodes = cell.syntax.size();
        const bool imports = nodes <= maxImporting && cell.text.find("import") != std::string::npos;
        if (imports && m_kept + nodes <= maxKept) {
            m_kept += nodes;
            continue;
        }
        cell.syntax = {};
        cell.parsed = false;
    }
}

std::size_t CodeCells::unparsed() const
{
    const auto broken =
        std::count_if(m_cells.begin(), m_cells.end(), [](const CodeCell& cell) { return cell.python && cell.broken; });
    return m_left + static_cast<std::size_t>(broken);
}

std::vector<cupel::code::FlowUnit> CodeCells::units(std::size_t begin, std::size_t end) const
{
    std::vector<cupel::code::FlowUnit> units(m_cells.size());
    for (std::size_t i = 0; i < m_cells.size(); ++i) {
        const auto& cell = m_cells[i];
        if (cell.parsed || (i >= begin && i < end)) {
            units[i] = {cell.text, &cell.syntax, &cell.commands};
        }
    }
    return units;
}

} // namespace cupel::formats
