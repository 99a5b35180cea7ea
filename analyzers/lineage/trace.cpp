// SPDX-License-Identifier: GPL-3.0-or-later
// The walk through the units of a file, and the tools that all its parts use.
#include "analyzers/lineage/trace.h"

#include "analyzers/lineage/parameter_map.h"

#include "analyzers/lineage/words.h"
#include "analyzers/lineage/working_folder.h"

#include <algorithm>

namespace cupel::lineage {

namespace {

using Kind = code::NodeKind;
using code::Children;

constexpr std::size_t maxTexts = 16 << 20;

} // namespace

Trace::Trace(ParsedFilePtr file, FileFinder& files, const ApiRoles& roles, Recorder& out, Budget& budget)
    : m_file(std::move(file))
    , m_files(files)
    , m_roles(roles)
    , m_out(out)
    , m_budget(budget)
{
    m_things.emplace_back(); // 0: nothing is known
    m_scopes.emplace_back();
}

bool Trace::spent()
{
    for (; m_weighed + 1 < m_things.size(); ++m_weighed) {
        m_weight += m_things[m_weighed].weight();
    }
    if (++m_steps > maxSteps || m_things.size() > maxThings || m_weight > maxWeight || !m_budget.spend(1)) {
        m_out.graph().complete = false;
        return true;
    }
    return false;
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
    if (m_steps > maxSteps || m_things.size() > maxThings || m_weight > maxWeight) {
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

// A script that a cell writes is code too: it runs in its own names, and can be imported from here on.
void Trace::runWritten(std::uint32_t unit, const std::string& path)
{
    const auto file = m_units[unit].file;
    for (std::uint32_t i = 0; i < file->writtenUnits.size(); ++i) {
        if (m_units[unit].written || file->writtenUnits[i].writes != m_units[unit].index) {
            continue;
        }
        const auto before = std::make_tuple(m_unit, m_scope, m_nextCommand);
        m_scope = static_cast<std::uint32_t>(m_scopes.size());
        m_scopes.emplace_back();
        m_modules.emplace(path, m_scope);
        m_frames.emplace_back();
        runUnit(addUnit(file, i, true));
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
    if (cellOf(unit).python && tree().size() > 0 && !infoOf(unit).isScript) {
        for (const auto child : Children(tree(), 0)) {
            if (spent()) {
                return;
            }
            runCommands(tree()[child].start);
            statement(child);
        }
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

const formats::CodeCell& Trace::cellOf(std::uint32_t unit) const
{
    const auto& entry = m_units[unit];
    return entry.written ? entry.file->written[infoOf(unit).cell] : entry.file->code->cells()[infoOf(unit).cell];
}

const CodeUnit& Trace::infoOf(std::uint32_t unit) const
{
    const auto& entry = m_units[unit];
    return entry.written ? entry.file->writtenUnits[entry.index] : entry.file->units[entry.index];
}

std::string_view Trace::nodeText(std::uint32_t node) const
{
    return slice(cellOf(m_unit).text, tree()[node].bytes());
}

Place Trace::placeOf(CodePlace code) const
{
    Place out;
    if (code.unit >= m_units.size()) {
        return out;
    }
    const auto& unit = m_units[code.unit];
    const auto& info = infoOf(code.unit);
    const auto& cell = cellOf(code.unit);
    const auto bytes = code.node < cell.syntax.size() ? cell.syntax[code.node].bytes() : ByteRange{};
    out.file = unit.graphFile;
    out.line = static_cast<std::uint32_t>(cell.lineOf(bytes.start));
    out.bytes = cell.toArtifact(bytes);
    if (unit.file->notebook) {
        out.cell = cell.cell;
        out.codeCell = cell.codeCell;
        out.exec = info.exec;
    } else {
        out.line += info.firstLine - 1;
    }
    return out;
}

Place Trace::commandPlace(ByteRange bytes) const
{
    Place out = placeOf({m_unit, 0});
    const auto& cell = cellOf(m_unit);
    const auto& unit = m_units[m_unit];
    out.line =
        static_cast<std::uint32_t>(cell.lineOf(bytes.start)) + (unit.file->notebook ? 0 : infoOf(m_unit).firstLine - 1);
    out.bytes = cell.toArtifact(bytes);
    return out;
}

std::vector<Place> Trace::calledFrom() const
{
    std::vector<Place> list;
    for (const auto& frame : m_frames) {
        if (frame.callSite.file != none) {
            list.push_back(frame.callSite);
        }
    }
    return list;
}

std::string_view Trace::keep(std::string text)
{
    m_textBytes += text.size();
    if (m_textBytes > maxTexts) {
        m_out.graph().complete = false;
        return {};
    }
    return m_texts.emplace_back(std::move(text));
}

std::string Trace::placeId(std::uint32_t node, std::string_view what)
{
    const auto& unit = m_units[m_unit];
    const auto start = node < tree().size() ? tree()[node].start : 0;
    std::string cell = unit.file->path;
    if (unit.file->notebook) {
        cell += '#' + infoOf(m_unit).key;
    }
    cell += '/' + std::string(what);
    auto& id = m_placeIds[cell + '@' + infoOf(m_unit).key + ':' + std::to_string(start)];
    if (id.empty()) {
        const auto before = m_counted[cell]++;
        id = before == 0 ? cell : cell + '~' + std::to_string(before);
    }
    return id;
}

std::string Trace::placeIdOf(CodePlace made)
{
    const auto before = m_unit;
    m_unit = made.unit < m_units.size() ? made.unit : m_unit;
    auto id = placeId(made.node, {});
    m_unit = before;
    return id;
}

std::uint32_t Trace::cellNode(std::uint32_t unit)
{
    const auto& entry = m_units[unit];
    const auto& cell = cellOf(unit);
    Place where = placeOf({unit, 0});
    const auto& key = m_units[unit].written ? entry.file->units[infoOf(unit).writes].key : infoOf(unit).key;
    const std::string id = "cell:" + entry.file->path + (entry.file->notebook ? '#' + key : std::string());
    const std::string label = entry.file->notebook ? "cell " + std::to_string(cell.cell)
                                                   : entry.file->path.substr(entry.file->path.rfind('/') + 1);
    return m_out.node(NodeKind::Cell, id, label, where);
}

Ref Trace::make(ThingKind kind, std::uint32_t node)
{
    auto& thing = m_things.emplace_back();
    thing.kind = kind;
    thing.place = {m_unit, node};
    return static_cast<Ref>(m_things.size() - 1);
}

Ref Trace::text(std::string value, std::uint32_t node)
{
    const auto ref = make(ThingKind::Text, node);
    at(ref).text = keep(std::move(value));
    return ref;
}

Ref Trace::object(std::string_view type, std::uint32_t node)
{
    const auto ref = make(ThingKind::Object, node);
    at(ref).type = type;
    return ref;
}

Ref Trace::derived(const std::vector<Ref>& from, std::uint32_t node, std::string_view type)
{
    const auto ref = object(type, node);
    for (const auto part : from) {
        at(ref).takeData(at(part));
    }
    return ref;
}

// What is in one list is in the other too: a list may be added to itself, and often.
void Trace::addItems(Ref list, Ref from)
{
    const auto more = at(from).items;
    auto& items = at(list).items;
    const auto room = items.size() < maxListed ? maxListed - items.size() : 0;
    items.insert(items.end(), more.begin(), more.begin() + static_cast<std::ptrdiff_t>(std::min(room, more.size())));
    at(list).open = at(list).open || more.size() > room;
    charge(more.size() / 16);
}

Marks Trace::dataOf(const std::vector<Ref>& things)
{
    Marks marks;
    for (const auto ref : things) {
        mergeMarks(marks, at(ref).from);
    }
    return marks;
}

std::string Trace::workingFolder()
{
    if (!m_directory.empty()) {
        return m_directory;
    }
    if (!m_startFolder) {
        m_startFolder = workingFolderOf(*m_file, m_files);
    }
    return *m_startFolder;
}

bool Trace::statementOf(std::uint32_t node) const
{
    return tree()[tree()[node].parent].kind == Kind::ExpressionStatement;
}

} // namespace cupel::lineage
