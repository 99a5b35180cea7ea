// SPDX-License-Identifier: GPL-3.0-or-later
// Units and statements: the order in which code would run.
#include "analyzers/lineage/trace.h"

#include <algorithm>

namespace cupel::lineage {

namespace {

using code::Children;
using code::NodeField;
using Kind = code::NodeKind;
using code::Syntax;

constexpr std::size_t maxUnrolled = 64; // items of a loop followed one by one
constexpr std::size_t maxNumbers = 16;
constexpr std::size_t maxTexts = 16 << 20;

} // namespace

Ref TraceCall::value(std::int32_t position, std::string_view name) const
{
    const auto* hit = find(position, name);
    return hit ? hit->value : 0;
}

const TraceArgument* TraceCall::find(std::int32_t position, std::string_view name) const
{
    std::int32_t placed = 0;
    for (const auto& argument : arguments) {
        if (argument.name.empty()) {
            if (placed++ == position) {
                return &argument;
            }
        } else if (!name.empty() && argument.name == name) {
            return &argument;
        }
    }
    return nullptr;
}

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
    if (++m_steps > maxSteps || m_things.size() > maxThings || !m_budget.spend(1)) {
        m_out.graph().complete = false;
        return true;
    }
    return false;
}

void Trace::run(const std::vector<std::uint32_t>& order)
{
    m_modules.emplace(m_file->path, 0);
    runFile(m_file, 0, order);
    runUncalled();
    tellPasses();
    if (m_steps > maxSteps || m_things.size() > maxThings) {
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

void Trace::runFile(const ParsedFilePtr& file, std::uint32_t scope, const std::vector<std::uint32_t>& order)
{
    const auto unitBefore = m_unit;
    const auto scopeBefore = m_scope;
    const auto commandBefore = m_nextCommand;
    m_scope = scope;
    const auto count = order.empty() ? file->units.size() : order.size();
    for (std::uint32_t i = 0; i < count && !spent(); ++i) {
        runUnit(addUnit(file, order.empty() ? i : order[i]));
        m_scope = scope;
    }
    m_unit = unitBefore;
    m_scope = scopeBefore;
    m_nextCommand = commandBefore;
}

void Trace::runUnit(std::uint32_t unit)
{
    m_unit = unit;
    m_nextCommand = 0;
    if (cellOf(unit).python && tree().size() > 0) {
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

// What nobody calls is looked at once, with parameters nothing is known of: what it reads and trains is still said.
void Trace::runUncalled()
{
    for (std::uint32_t i = 0; i < m_functions.size() && !spent(); ++i) {
        auto& function = m_functions[i];
        const bool own = m_units[function.unit].file == m_file;
        if (function.called || function.lambda || !own) {
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
        (void)callFunction(i, site, self);
        m_uncalled = false;
    }
}

void Trace::block(std::uint32_t node)
{
    if (node == Syntax::none || m_blocks >= maxBlocks) {
        return;
    }
    ++m_blocks;
    for (const auto child : Children(tree(), node)) {
        if (spent()) {
            break;
        }
        statement(child);
    }
    --m_blocks;
}

void Trace::statement(std::uint32_t node)
{
    switch (tree()[node].kind) {
    case Kind::Import:
        return importModule(node);
    case Kind::ImportFrom:
        return importFrom(node);
    case Kind::FunctionDefinition:
        return defineFunction(node, {});
    case Kind::ClassDefinition:
        return defineClass(node);
    case Kind::DecoratedDefinition:
        return decorated(node);
    case Kind::If:
        return conditional(node);
    case Kind::For:
        return loop(node);
    case Kind::While:
        if (const auto condition = tree().child(node, NodeField::Condition); condition != Syntax::none) {
            evaluate(condition);
        }
        return block(tree().child(node, NodeField::Body));
    case Kind::Try:
        return trial(node);
    case Kind::With:
        return context(node);
    case Kind::Match:
        return match(node);
    case Kind::Block:
    case Kind::Error:
        return block(node);
    case Kind::Delete:
        return erased(node);
    case Kind::Global:
        for (const auto child : Children(tree(), node)) {
            m_scopes[m_scope].globals.insert(nodeText(child));
        }
        return;
    case Kind::Return: {
        const auto value = tree().firstChild(node);
        const auto result = value != Syntax::none ? evaluate(value) : 0;
        if (!m_frames.empty() && m_frames.back().returned.size() < 64) {
            m_frames.back().returned.push_back(result);
        }
        return;
    }
    case Kind::Comment:
    case Kind::Pass:
    case Kind::Break:
    case Kind::Continue:
        return;
    default:
        evaluate(node);
    }
}

void Trace::conditional(std::uint32_t node)
{
    const auto condition = tree().child(node, NodeField::Condition);
    const bool mainGuard = condition != Syntax::none && nodeText(condition).find("__name__") != std::string_view::npos;
    if (condition != Syntax::none && !mainGuard) {
        evaluate(condition);
    }
    if (mainGuard) {
        return block(tree().child(node, NodeField::Consequence));
    }
    if (const auto known = decided(condition)) {
        if (*known) {
            return block(tree().child(node, NodeField::Consequence));
        }
        for (const auto child : Children(tree(), node)) {
            if (tree()[child].kind == Kind::ElseClause) {
                return block(tree().child(child, NodeField::Body));
            }
            if (tree()[child].kind == Kind::ElifClause) {
                break; // the rest may all be
            }
        }
    }
    bool exhaustive = false;
    m_arms.emplace_back();
    beginArm();
    block(tree().child(node, NodeField::Consequence));
    endArm();
    for (const auto child : Children(tree(), node)) {
        const auto kind = tree()[child].kind;
        if (kind != Kind::ElifClause && kind != Kind::ElseClause) {
            continue;
        }
        if (const auto test = tree().child(child, NodeField::Condition); test != Syntax::none) {
            evaluate(test);
        }
        beginArm();
        block(tree().child(child, kind == Kind::ElseClause ? NodeField::Body : NodeField::Consequence));
        endArm();
        exhaustive = exhaustive || kind == Kind::ElseClause;
    }
    endArms(exhaustive);
}

// encode(df, "fit") and if typ == "fit": in a function that is followed for one call, constants decide.
std::optional<bool> Trace::decided(std::uint32_t condition)
{
    if (condition == Syntax::none || m_frames.empty()) {
        return {};
    }
    const auto& value = at(valueAt(condition));
    if (value.kind == ThingKind::Boolean && tree()[condition].kind == Kind::Identifier) {
        return value.text == "True";
    }
    if (tree()[condition].kind != Kind::ComparisonOperator) {
        return {};
    }
    std::vector<Ref> sides;
    for (const auto child : Children(tree(), condition)) {
        sides.push_back(valueAt(child));
    }
    const auto written = nodeText(condition);
    const bool same = written.find("==") != std::string_view::npos;
    const bool differs = written.find("!=") != std::string_view::npos;
    if (sides.size() != 2 || same == differs || at(sides[0]).kind != ThingKind::Text || at(sides[1]).kind != ThingKind::Text
        || !at(sides[0]).made.empty() || !at(sides[1]).made.empty()) {
        return {};
    }
    const bool holes = at(sides[0]).text.find('\1') != std::string_view::npos || at(sides[1]).text.find('\1') != std::string_view::npos;
    return holes ? std::optional<bool>() : std::optional<bool>((at(sides[0]).text == at(sides[1]).text) == same);
}

void Trace::loop(std::uint32_t node)
{
    const auto left = tree().child(node, NodeField::Left);
    const auto right = tree().child(node, NodeField::Right);
    const auto sequence = right != Syntax::none ? evaluate(right) : 0;
    const auto items = elements(sequence);
    // One by one where it matters which: models, places, pairs of them.
    const bool each = !items.empty() && items.size() <= maxUnrolled && !at(sequence).open && m_blocks < 6
        && std::any_of(items.begin(), items.end(), [this](Ref item) {
               const auto kind = at(item).kind;
               return kind == ThingKind::Object || kind == ThingKind::Text || kind == ThingKind::Tuple || kind == ThingKind::List
                   || kind == ThingKind::Path || kind == ThingKind::Class || kind == ThingKind::Function;
           });
    // Numbers only where they name places.
    const bool numbers = !each && !items.empty() && items.size() <= maxNumbers && !at(sequence).open
        && at(items.front()).kind == ThingKind::Number && buildsTexts(node);
    if (each || numbers) {
        const auto rounds = m_rounds;
        for (std::size_t i = 0; i < items.size() && !spent(); ++i) {
            m_rounds = i == 0 ? rounds : rounds + '!' + std::to_string(i);
            loopBody(node, left, items[i]);
        }
        m_rounds = rounds;
    } else {
        m_loops.push_back({m_unit, node});
        loopBody(node, left, elementOf(sequence, right));
        m_loops.pop_back();
    }
    block(tree().child(node, NodeField::Alternative));
}

// Whether names of files are put together in there.
bool Trace::buildsTexts(std::uint32_t node) const
{
    for (auto at = node; at < tree()[node].stop; ++at) {
        const auto kind = tree()[at].kind;
        if (kind == Kind::Interpolation || (kind == Kind::BinaryOperator && tree()[at].op[0] == '%')) {
            const auto parent = tree()[at].parent;
            const auto around = nodeText(tree()[parent].parent);
            if (around.find("print") == std::string_view::npos && around.find("title") == std::string_view::npos
                && nodeText(parent).find('.') != std::string_view::npos) {
                return true;
            }
        }
    }
    return false;
}

void Trace::loopBody(std::uint32_t node, std::uint32_t left, Ref item)
{
    if (left != Syntax::none) {
        bind(left, item);
    }
    block(tree().child(node, NodeField::Body));
}

// The body runs; handlers may.
void Trace::trial(std::uint32_t node)
{
    block(tree().child(node, NodeField::Body));
    m_arms.emplace_back();
    for (const auto child : Children(tree(), node)) {
        const auto kind = tree()[child].kind;
        if (kind == Kind::ExceptClause) {
            beginArm();
            block(child);
            endArm();
        }
    }
    endArms(false);
    for (const auto child : Children(tree(), node)) {
        const auto kind = tree()[child].kind;
        if (kind == Kind::ElseClause || kind == Kind::FinallyClause) {
            const auto body = tree().child(child, NodeField::Body);
            block(body != Syntax::none ? body : child);
        }
    }
}

void Trace::context(std::uint32_t node)
{
    for (const auto child : Children(tree(), node)) {
        if (tree()[child].kind != Kind::Block) {
            evaluate(child);
        }
    }
    block(tree().child(node, NodeField::Body));
}

void Trace::match(std::uint32_t node)
{
    m_arms.emplace_back();
    Ref subject = 0;
    for (const auto child : Children(tree(), node)) {
        if (tree()[child].kind == Kind::Block) {
            for (const auto clause : Children(tree(), child)) {
                beginArm();
                const auto body = tree().child(clause, NodeField::Consequence);
                // Names in a pattern are bound to what matched.
                for (auto part = clause + 1; part < std::min(body, tree()[clause].stop); ++part) {
                    if (tree()[part].kind == Kind::Identifier && nodeText(part) != "_") {
                        setName(m_scope, nodeText(part), derived({subject}, part));
                    }
                }
                block(tree().child(clause, NodeField::Consequence));
                endArm();
            }
        } else {
            subject = evaluate(child);
        }
    }
    endArms(false);
}

void Trace::erased(std::uint32_t node)
{
    std::vector<std::uint32_t> targets;
    for (const auto child : Children(tree(), node)) {
        if (tree()[child].kind == Kind::ExpressionList) {
            for (const auto part : Children(tree(), child)) {
                targets.push_back(part);
            }
        } else {
            targets.push_back(child);
        }
    }
    for (const auto target : targets) {
        if (tree()[target].kind == Kind::Identifier) {
            setName(m_scope, nodeText(target), 0);
        } else if (tree()[target].kind == Kind::Subscript) {
            const auto object = tree().child(target, NodeField::Value);
            const auto key = tree().child(target, NodeField::Subscript);
            if (object == Syntax::none || key == Syntax::none) {
                continue;
            }
            const auto base = evaluate(object);
            const auto name = evaluate(key);
            if (base != 0 && at(name).kind == ThingKind::Text) {
                std::erase(at(base).columns, at(name).text);
                at(base).dropped.push_back(at(name).text);
            }
            mutate(base, {}, node, "del");
        }
    }
}

void Trace::beginArm()
{
    m_arms.back().before.clear();
    ++m_arms.back().arms;
}

// What the arm bound is set aside; the next arm begins with what was there before.
void Trace::endArm()
{
    auto& arm = m_arms.back();
    std::map<std::pair<std::uint32_t, std::string_view>, Ref> first;
    for (const auto& [name, value] : arm.before) {
        first.try_emplace(name, value);
    }
    for (const auto& [name, value] : first) {
        auto& names = m_scopes[name.first].names;
        auto& kept = arm.after[name];
        kept.push_back(names[name.second]);
        if (kept.size() == 1) {
            kept.insert(kept.begin(), value); // what it was, in front
        }
        names[name.second] = value;
    }
    arm.before.clear();
}

void Trace::endArms(bool exhaustive)
{
    const auto arm = std::move(m_arms.back());
    m_arms.pop_back();
    for (const auto& [name, values] : arm.after) {
        Ref all = 0;
        const bool everywhere = exhaustive && values.size() == arm.arms + 1;
        for (std::size_t i = everywhere ? 1 : 0; i < values.size(); ++i) {
            all = either(all, values[i]);
        }
        setName(name.first, name.second, all);
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
    out.line = static_cast<std::uint32_t>(cell.lineOf(bytes.start))
        + (unit.file->notebook ? 0 : infoOf(m_unit).firstLine - 1);
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

std::uint32_t Trace::cellNode(std::uint32_t unit)
{
    const auto& entry = m_units[unit];
    const auto& cell = cellOf(unit);
    Place where = placeOf({unit, 0});
    const auto& key = m_units[unit].written ? entry.file->units[infoOf(unit).writes].key : infoOf(unit).key;
    const std::string id = "cell:" + entry.file->path + (entry.file->notebook ? '#' + key : std::string());
    const std::string label = entry.file->notebook ? "cell " + std::to_string(cell.cell + 1)
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

Marks Trace::dataOf(const std::vector<Ref>& things)
{
    Marks marks;
    for (const auto ref : things) {
        mergeMarks(marks, at(ref).from);
    }
    return marks;
}

// Notebooks run in their folder; a script of a package runs where the package lies.
std::string Trace::workingFolder()
{
    if (!m_directory.empty()) {
        return m_directory;
    }
    auto base = m_file->folder;
    for (int depth = 0; !m_file->notebook && !base.empty() && depth < 16; ++depth) {
        if (!m_files.find(base + "/__init__.py")) {
            break;
        }
        const auto slash = base.rfind('/');
        base = slash == std::string::npos ? std::string() : base.substr(0, slash);
    }
    return base;
}

bool Trace::statementOf(std::uint32_t node) const
{
    return tree()[tree()[node].parent].kind == Kind::ExpressionStatement;
}

} // namespace cupel::lineage
