// SPDX-License-Identifier: GPL-3.0-or-later
// The walk through the units of a file.
#include "analyzers/lineage/trace.h"

#include "analyzers/lineage/parameter_map.h"
#include "analyzers/lineage/script_calls.h"

#include <algorithm>
#include <utility>

namespace cupel::lineage {

namespace {

using code::Children;

} // namespace

Trace::Trace(ParsedFilePtr file, FileFinder& files, const ApiRoles& roles, Recorder& out, Budget& budget)
    : TraceState(std::move(file), files, roles, out, budget)
{
}

void Trace::run(const std::vector<std::uint32_t>& order)
{
    m_modules.emplace(m_file->path, 0);
    auto sorted = order;
    std::sort(sorted.begin(), sorted.end());
    for (auto at = std::adjacent_find(sorted.begin(), sorted.end()); at != sorted.end();
        at = std::adjacent_find(at + 1, sorted.end())) {
        m_twice.push_back(*at);
    }
    runFile(m_file, 0, order);
    runUncalled();
    tellPasses();
    settleRoles();
    settleSinks();
    settleEffects();
    // One part alone, told by its name, is no split.
    std::erase_if(m_out.graph().splits, [](const Split& split) { return split.outputs.size() < 2; });
    const bool dropped =
        std::any_of(m_things.begin(), m_things.end(), [](const Thing& thing) { return thing.from.size() >= maxMarks; });
    if (m_steps > maxSteps || m_things.size() > maxThings || m_weight > maxWeight || m_cut || dropped) {
        m_out.graph().files[m_out.file(*m_file)].partial = true;
    }
}

std::uint32_t Trace::addUnit(const ParsedFilePtr& file, std::uint32_t index, bool written)
{
    Unit unit;
    unit.file = file;
    unit.index = index;
    unit.written = written;
    unit.graphFile = m_out.file(*file);
    m_units.push_back(std::move(unit));
    const auto number = static_cast<std::uint32_t>(m_units.size() - 1);
    m_units.back().values.resize(cellOf(number).syntax.size());
    return number;
}

// How lines for a shell, or %run, start a script that a cell of the file writes. What Python fills in is not known yet.
std::vector<FileFinder::Start> Trace::startsBelow(const ParsedFile& file, const std::string& path)
{
    constexpr std::size_t most = 16;
    std::vector<FileFinder::Start> out;
    for (const auto& cell : file.code->cells()) {
        for (const auto& command : cell.commands) {
            const bool run = command.name == "run" && command.kind == code::CommandKind::Line;
            if ((!command.isShell() && !run) || out.size() >= most) {
                continue;
            }
            const auto line =
                run ? "python " + filledIn(command.arguments) : filledIn(slice(cell.text, command.shellBytes()));
            charge(line.size() / 16);
            for (auto& call : scriptCalls(line, workingFolder(), m_budget)) {
                if (call.script == path || call.script + ".py" == path) {
                    out.push_back({call.cwd, std::move(call.arguments)});
                }
            }
        }
    }
    return out;
}

// A script that a cell writes is code too: it runs in its own names, and can be imported from here on.
void Trace::runWritten(std::uint32_t unit, const std::string& path)
{
    const auto file = m_units[unit].file;
    for (std::uint32_t i = 0; i < file->writtenUnits.size(); ++i) {
        if (m_units[unit].written || file->writtenUnits[i].writes != m_units[unit].index
            || (!file->writtenUnits[i].name.empty() && joinPath(workingFolder(), file->writtenUnits[i].name) != path)) {
            continue;
        }
        const auto before = std::make_tuple(m_unit, m_scope, m_nextCommand);
        m_scope = static_cast<std::uint32_t>(m_scopes.size());
        m_scopes.emplace_back();
        m_modules.emplace(path, m_scope);
        m_frames.emplace_back();
        auto known = std::exchange(m_starts, startsBelow(*file, path));
        runUnit(addUnit(file, i, true));
        m_starts = std::move(known);
        m_frames.pop_back();
        std::tie(m_unit, m_scope, m_nextCommand) = before;
    }
}

void Trace::runFile(const ParsedFilePtr& file, std::uint32_t scope, const std::vector<std::uint32_t>& order, Ref given)
{
    if (m_nested >= maxNested) {
        m_out.graph().complete = false;
        return;
    }
    ++m_nested;
    const auto unitBefore = m_unit;
    const auto scopeBefore = m_scope;
    const auto commandBefore = m_nextCommand;
    m_scope = scope;
    const auto count = order.empty() ? file->units.size() : order.size();
    const auto tagged = given != 0 ? parameterCells(*file, m_budget) : std::vector<std::int32_t>{};
    if (tagged.empty()) {
        giveParameters(scope, given);
    }
    for (std::uint32_t i = 0; i < count && !spent(); ++i) {
        const auto unit = addUnit(file, order.empty() ? i : order[i]);
        if (m_nested == 1) {
            beginRun(order.empty() ? i : order[i]);
        }
        runUnit(unit);
        m_scope = scope;
        if (file->notebook) {
            closeFigures();
        }
        if (std::find(tagged.begin(), tagged.end(), cellOf(unit).cell) != tagged.end()) {
            giveParameters(scope, given);
        }
    }
    m_unit = unitBefore;
    m_scope = scopeBefore;
    m_nextCommand = commandBefore;
    if (--m_nested == 0) {
        m_out.runs(-1);
    }
}

void Trace::runUnit(std::uint32_t unit)
{
    m_unit = unit;
    m_nextCommand = 0;
    auto last = none;
    if (cellOf(unit).python && tree().size() > 0 && !infoOf(unit).isScript) {
        for (const auto child : Children(tree(), 0)) {
            if (spent()) {
                return;
            }
            runCommands(tree()[child].start);
            statement(child);
            last = tree()[child].kind == code::NodeKind::Comment ? last : child;
        }
        keepShown(unit, last);
    }
    runCommands(none);
}

// What nobody calls is looked at once, with parameters nothing is known of: what it reads and trains is still said. So
// is what a server calls, with what its answers are made of.
void Trace::runUncalled()
{
    for (std::uint32_t i = 0; i < m_functions.size() && !spent(); ++i) {
        auto& function = m_functions[i];
        const bool own = m_units[function.unit].file == m_file;
        if ((function.called && function.endpoints.empty()) || function.lambda || !own) {
            continue;
        }
        TraceCall site;
        site.unit = function.unit;
        site.node = function.node;
        Ref self = 0;
        if (function.owner != none && !function.isStatic) {
            self = make(ThingKind::Object, function.node);
            at(self).local = function.owner;
            at(self).type = m_classes[function.owner].type;
        }
        m_unit = function.unit;
        m_uncalled = true;
        closeFigures(); // nobody knows what it would find
        const auto answer = callFunction(i, site, self);
        m_uncalled = false;
        for (const auto endpoint : function.endpoints) {
            for (const auto mark : at(answer).from) {
                m_out.edge(mark, endpoint, EdgeKind::Deploys, "answer", "it is in what is answered here",
                    placeOf({function.unit, function.node}));
            }
        }
    }
}

// What is in one list is in the other too: a list may be added to itself, and often.

} // namespace cupel::lineage
