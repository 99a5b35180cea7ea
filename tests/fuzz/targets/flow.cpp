// SPDX-License-Identifier: GPL-3.0-or-later
// Cells, commands, shell text, syntax trees and the flow of values of anything: every range lies in the source, trees
// are nested rightly, values stay below their caps. Cells are parted by a line of "# ---".
#include "analyzers/code/flow.h"
#include "analyzers/code/commands.h"
#include "analyzers/code/magics.h"
#include "analyzers/code/python_tree.h"
#include "analyzers/code/shell.h"
#include "tests/fuzz/fuzz.h"

#include <vector>

using namespace cupel;

namespace {

struct Cell {
    std::string source;
    std::vector<code::Command> commands;
    code::Syntax syntax;
};

void checkCommands(const Cell& cell)
{
    const auto size = cell.source.size();
    for (const auto& command : cell.commands) {
        fuzz::must(command.bytes.start <= command.bytes.end && command.bytes.end <= size, "a command lies in the cell");
        fuzz::must(command.argumentBytes.end <= size && command.body.end <= size, "its parts lie in the cell");
        for (const auto& entry : command.interpolations) {
            fuzz::must(
                entry.bytes.start < entry.bytes.end && entry.bytes.end <= size, "an interpolation lies in the cell");
        }
        Budget budget;
        const auto text = slice(cell.source, command.shellBytes());
        for (const auto& shell : code::readShell(text, budget)) {
            fuzz::must(
                shell.bytes.start <= text.size() && shell.bytes.end <= text.size(), "a shell command lies in its text");
            fuzz::must(shell.programAt() <= shell.words.size(), "the program is one of the words");
        }
    }
}

void checkTree(const Cell& cell)
{
    const auto& tree = cell.syntax;
    for (std::uint32_t node = 0; node < tree.size(); ++node) {
        const auto& entry = tree[node];
        fuzz::must(entry.start <= entry.end && entry.end <= cell.source.size(), "a node lies in the source");
        fuzz::must(entry.stop > node && entry.stop <= tree.size(), "a node ends behind itself");
        fuzz::must(
            node == 0 || (entry.parent < node && tree[entry.parent].stop >= entry.stop), "a node lies in its parent");
    }
}

class Watcher : public code::FlowObserver {
public:
    code::Flow* flow = nullptr;
    std::size_t calls = 0;
    void onCall(const code::CallSite& site) override
    {
        ++calls;
        fuzz::must(site.place.valid() || site.reference, "a call has a place");
        for (const auto& argument : site.arguments) {
            fuzz::must(argument.value.text.size() <= (64U << 10) + 1, "a constant is short");
            (void)flow->stepsTo(argument.value);
            (void)flow->elements(argument.value);
            if ((argument.value.sources & code::sourceParameter) != 0 && calls < 1000) {
                flow->rememberSink(argument.value, 0);
            }
        }
        (void)flow->paths().text(site.function.path);
    }
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    auto rest = fuzz::viewOf(data, size);
    std::vector<Cell> cells;
    while (!rest.empty() && cells.size() < 16) {
        const auto end = std::min(rest.find("# ---\n"), rest.size());
        Cell cell;
        cell.source = std::string(rest.substr(0, end));
        rest.remove_prefix(std::min(rest.size(), end + 6));
        std::vector<code::MagicSpan> spans;
        const auto blanked = code::withoutMagics(cell.source, spans);
        fuzz::must(blanked.size() == cell.source.size(), "taking magics out keeps the length");
        cell.commands = code::readCommands(cell.source, spans);
        code::ParseLimits limits;
        limits.bytes = 64 << 10;
        limits.nodes = 20'000;
        const auto tree = code::PythonTree::parseBlanked(blanked, limits);
        if (tree.ok()) {
            cell.syntax = tree.value().syntax();
        }
        checkCommands(cell);
        checkTree(cell);
        cells.push_back(std::move(cell));
    }
    std::vector<code::FlowUnit> units;
    for (const auto& cell : cells) {
        units.push_back({cell.source, &cell.syntax, &cell.commands});
    }
    Watcher watcher;
    Budget budget;
    code::Flow flow(units, watcher, budget);
    watcher.flow = &flow;
    flow.run();
    return 0;
}
