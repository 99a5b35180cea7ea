// SPDX-License-Identifier: GPL-3.0-or-later
// Names: what they stand for, what binding and changing them does to the graph.
#include "analyzers/lineage/trace.h"

#include "analyzers/code/taint_sources.h"
#include "analyzers/lineage/words.h"

#include <algorithm>

namespace cupel::lineage {

namespace {

using code::Children;
using code::NodeField;
using Kind = code::NodeKind;
using code::Syntax;

EdgeKind kindOfUse(NodeKind from)
{
    switch (from) {
    case NodeKind::Dataset:
    case NodeKind::File:
    case NodeKind::Remote:
    case NodeKind::Artifact:
        return EdgeKind::Reads;
    case NodeKind::ModelFile:
    case NodeKind::Index:
    case NodeKind::Registration:
        return EdgeKind::Loads;
    case NodeKind::Model:
        return EdgeKind::Predicts;
    default:
        return EdgeKind::Derives;
    }
}

} // namespace

Ref* Trace::findName(std::string_view name)
{
    auto scope = m_scope;
    if (m_scopes[scope].globals.contains(name)) {
        while (m_scopes[scope].parent != none) {
            scope = m_scopes[scope].parent;
        }
    }
    std::size_t hops = 0;
    for (bool first = true; scope != none; scope = m_scopes[scope].parent, first = false) {
        charge(++hops > 16 ? 1 : 0);
        if (m_scopes[scope].kind == Scope::Kind::Class && !first) {
            continue; // the names of a class are not seen inside of its methods
        }
        const auto hit = m_scopes[scope].names.find(name);
        if (hit != m_scopes[scope].names.end()) {
            return &hit->second;
        }
    }
    return nullptr;
}

Ref Trace::lookup(std::string_view name)
{
    if (const auto* known = findName(name)) {
        return *known;
    }
    const auto path = [this](std::string dotted) {
        const auto ref = make(ThingKind::Path, Syntax::none);
        at(ref).text = keep(std::move(dotted));
        return ref;
    };
    charge(4 * m_stars.size());
    for (auto star = m_stars.rbegin(); star != m_stars.rend(); ++star) {
        const auto dotted = m_roles.canonical(std::string(*star) + '.' + std::string(name));
        if (m_roles.function(dotted)) {
            return path(dotted);
        }
    }
    if (const auto shown = name.starts_with('_') ? shownBefore(name) : Ref{0}; shown != 0) {
        return shown;
    }
    if (name == "Out" && !m_shownBy.empty()) {
        const auto ref = make(ThingKind::Object, Syntax::none);
        at(ref).text = "Out";
        return ref;
    }
    if (name == "spark") {
        return object("pyspark.sql.SparkSession", Syntax::none); // Databricks and Synapse define it
    }
    if (name == "dbutils") {
        return path("dbutils");
    }
    if (name == "__file__") {
        const auto base = workingFolder();
        const auto& own = m_units[m_unit].file->path;
        const bool below = base.empty() || own.starts_with(base + '/');
        return text(
            below ? own.substr(base.empty() ? 0 : base.size() + 1) : own.substr(own.rfind('/') + 1), Syntax::none);
    }
    if (code::isBuiltin(name)) {
        return path("builtins." + std::string(name));
    }
    if (const auto module = code::usualModule(name); !module.empty()) {
        return path(std::string(module));
    }
    return 0;
}

// A class, or a function that makes something of the file that it is given first: Model(...), x = prepare("a.yaml").
bool Trace::givesByStars(const TraceCall& site, std::string_view name) const
{
    if (!name.empty() && name.front() >= 'A' && name.front() <= 'Z') {
        return true;
    }
    const auto isFile = [this](const TraceArgument& argument) {
        return argument.name.empty() && at(argument.value).kind == ThingKind::Text
            && !extensionOf(at(argument.value).text).empty();
    };
    return !statementOf(site.node) && !site.arguments.empty() && isFile(site.arguments.front())
        && std::count_if(site.arguments.begin(), site.arguments.end(), isFile) == 1;
}

// from library.dkn import *; DKN(...): what nobody defines and somebody calls is of one of the libraries that were
// imported whole, of the one whose name is like it.
Ref Trace::ofStars(std::string_view name)
{
    if (name.empty() || findName(name)) {
        return 0;
    }
    const auto plain = [](std::string_view word) {
        std::string letters;
        for (const char c : word) {
            if (c != '_') {
                letters += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
            }
        }
        return letters;
    };
    const auto wanted = plain(name);
    std::string_view best;
    std::size_t shared = 0;
    std::size_t length = 0;
    charge(m_stars.size() + name.size() / 64);
    for (const auto star : m_stars) {
        const auto module = plain(lastPart(star));
        std::size_t same = 0;
        while (same < std::min(module.size(), wanted.size()) && module[same] == wanted[same]) {
            ++same;
        }
        // Python takes the last; the name of another is better evidence.
        const bool nearer = same >= 3 && (same > shared || (same == shared && module.size() < length));
        if (!star.starts_with('.') && (nearer || shared < 3)) {
            best = star;
            shared = same;
            length = module.size();
        }
    }
    if (best.empty()) {
        return 0;
    }
    const auto ref = make(ThingKind::Path, Syntax::none);
    at(ref).text = keep(std::string(best) + '.' + std::string(name));
    return ref;
}

void Trace::setName(std::uint32_t scope, std::string_view name, Ref value)
{
    auto& slot = m_scopes[scope].names[name];
    for (auto& arm : m_arms) {
        if (arm.before.size() < 4096) {
            arm.before.emplace_back(std::make_pair(scope, name), slot);
        }
    }
    slot = value;
}

void Trace::bindName(std::string_view name, Ref value, std::uint32_t node)
{
    auto scope = m_scope;
    if (m_scopes[scope].globals.contains(name)) {
        while (m_scopes[scope].parent != none) {
            scope = m_scopes[scope].parent;
        }
    }
    if (m_scopes[scope].nonlocals.contains(name)) { // of the function around it that has it
        auto outer = m_scopes[scope].parent;
        for (int hops = 0; outer != none && hops < maxBlocks; ++hops, outer = m_scopes[outer].parent) {
            if (m_scopes[outer].kind == Scope::Kind::Function && m_scopes[outer].names.contains(name)) {
                scope = outer;
                break;
            }
        }
    }
    m_bound = node;
    nameRows(name, at(value));
    nameModel(name, at(value));
    if (m_scopes[scope].kind == Scope::Kind::Module) {
        version(name, value, node, "assign");
    }
    setName(scope, name, value);
}

// A new version of a module-level name: a node of the graph, made from what the value comes from.
void Trace::version(std::string_view name, Ref value, std::uint32_t node, std::string_view rule)
{
    auto& thing = at(value);
    const bool isModel = thing.modelNode != none;
    if (value == 0 || !m_frames.empty() || (thing.from.empty() && !isModel) || thing.kind == ThingKind::Function
        || thing.kind == ThingKind::Class || thing.kind == ThingKind::Path) {
        return;
    }
    if (isModel) {
        auto& entry = m_out.graph().nodes[thing.modelNode];
        if (entry.label.empty() || entry.label == entry.api) {
            entry.label = name;
        }
        return;
    }
    const auto where = place(node);
    const auto id = "var:" + placeId(node, name) + m_rounds;
    const auto index = m_out.node(NodeKind::Variable, id, name, where);
    if (index == none) {
        return;
    }
    const auto cell = cellNode(m_unit); // it may move the nodes
    auto& entry = m_out.graph().nodes[index];
    entry.cell = cell;
    entry.role = thing.rows.empty() ? Role::None : m_rows.role(thing.rows);
    entry.role = entry.role == Role::Full ? Role::None : entry.role;
    // "call": it was given to one that nobody knows
    const auto sure = thing.guessed || rule == "call" ? Certainty::Likely : Certainty::Certain;
    for (const auto from : thing.from) {
        const auto kind = kindOfUse(m_out.graph().nodes[from].kind);
        m_out.edge(from, index, kind, std::string(rule),
            kind == EdgeKind::Reads || kind == EdgeKind::Loads ? "'" + std::string(name) + "' is read from here"
                                                               : "'" + std::string(name) + "' is made from it",
            where, sure);
    }
    thing.guessed = false; // the way to this node says so
    m_cut = m_cut || thing.from.size() >= maxMarks;
    thing.from = {index};
}

// m = Model().fit(X): it was trained before it had a name.
void Trace::nameModel(std::string_view name, const Thing& model)
{
    if (model.modelNode == none) {
        return;
    }
    charge(m_out.graph().trainings.size() / 16);
    for (auto& training : m_out.graph().trainings) {
        if (training.model == model.modelNode && training.variable.empty()) {
            training.variable = name;
        }
    }
}

std::string_view Trace::nameOf(Ref object)
{
    std::string_view best;
    charge(m_scopes[0].names.size() / 16);
    for (const auto& [name, value] : m_scopes[0].names) {
        if (value == object && (best.empty() || name < best)) {
            best = name;
        }
    }
    return best;
}

// The object itself changes: everybody who holds it sees it. A view changes what it shows.
void Trace::mutate(Ref object, const std::vector<Ref>& with, std::uint32_t node, std::string_view rule)
{
    for (int depth = 0; object != 0 && depth < 8; ++depth) {
        auto& thing = at(object);
        const auto before = thing.from;
        for (const auto part : with) {
            thing.takeInto(at(part));
        }
        if (thing.modelNode != none) {
            for (const auto mark : thing.from) {
                if (!std::binary_search(before.begin(), before.end(), mark)) {
                    m_out.edge(mark, thing.modelNode, EdgeKind::Loads, std::string(rule), "it is put into the model",
                        place(node));
                }
            }
        }
        for (const auto view : thing.views) {
            for (const auto part : with) {
                at(view).takeInto(at(part));
            }
        }
        if (thing.from != before && m_frames.empty() && thing.modelNode == none) {
            if (const auto name = nameOf(object); !name.empty()) {
                version(name, object, node, rule);
            }
        }
        object = thing.self;
    }
}

void Trace::bind(std::uint32_t target, Ref value)
{
    switch (tree()[target].kind) {
    case Kind::Identifier:
        return bindName(nodeText(target), value, target);
    case Kind::PatternList:
    case Kind::TuplePattern:
    case Kind::ListPattern:
    case Kind::Tuple:
    case Kind::List:
    case Kind::ExpressionList:
        return bindParts(target, value);
    case Kind::Attribute:
        return bindMember(target, value);
    case Kind::Subscript:
        return bindItem(target, value);
    case Kind::ListSplatPattern:
    case Kind::AsPatternTarget:
    case Kind::Parenthesized:
        if (const auto inner = tree().firstChild(target); inner != Syntax::none) {
            if (tree()[inner].kind == Kind::Identifier) {
                return bindName(nodeText(inner), value, inner);
            }
            if (m_blocks < maxBlocks) {
                ++m_blocks;
                bind(inner, value);
                --m_blocks;
            }
        }
        return;
    default:
        return;
    }
}

void Trace::bindParts(std::uint32_t target, Ref value)
{
    if (m_blocks >= maxBlocks) {
        return;
    }
    ++m_blocks;
    if (at(value).kind == ThingKind::Path && at(value).text == "sys.argv") { // _, data, out = sys.argv
        const auto list = argumentList(target);
        value = list != 0 ? list : value;
    }
    const auto items = elements(value);
    std::size_t index = 0;
    if (at(value).split || givesParts(target, value)) {
        recordSplit(target, value);
    }
    for (const auto child : Children(tree(), target)) {
        if (tree()[child].kind == Kind::Comment) {
            continue;
        }
        const bool known = at(value).isSequence() && index < items.size();
        bind(child, known ? items[index] : elementOf(value, child));
        ++index;
    }
    --m_blocks;
}

// train, test = my_split(df): what a function of one's own gives back are parts of the same rows.
bool Trace::givesParts(std::uint32_t target, Ref value)
{
    const auto& items = at(value).items;
    std::size_t index = 0;
    std::uint32_t parent = none;
    const auto made = at(value).place;
    const bool written =
        made.unit == m_unit && made.node < tree().size() && tree()[tree()[made.node].parent].kind == Kind::Assignment;
    Role first = Role::None;
    bool several = false;
    for (const auto child : Children(tree(), target)) {
        if (written || index >= items.size() || at(items[index]).rows.size() != 1
            || roleOfName(nodeText(child)) == Role::None) {
            return false;
        }
        const auto& rows = m_rows[at(items[index]).rows.front()];
        if (rows.split == none || rows.parent == none || (parent != none && rows.parent != parent)) {
            return false;
        }
        parent = rows.parent;
        several = several || (first != Role::None && rows.role != first);
        first = rows.role;
        ++index;
    }
    return several;
}

// Which name gets which part of the rows.
void Trace::recordSplit(std::uint32_t target, Ref value)
{
    Split split;
    split.place = at(value).split ? placeOf(at(value).place) : place(target);
    split.node = none;
    std::vector<std::pair<std::uint32_t, Ref>> work{{target, value}};
    for (std::size_t done = 0; done < work.size() && done < 64; ++done) {
        const auto [node, part] = work[done];
        if (tree()[node].kind == Kind::Identifier) {
            if (at(value).split && at(part).kind == ThingKind::Unknown && at(part).rows.empty()) {
                continue; // what came beside the parts
            }
            m_namedSlices.insert(at(part).rows.begin(), at(part).rows.end()); // told here
            nameRows(nodeText(node), at(part));
            split.outputs.push_back({std::string(nodeText(node)), m_rows.role(at(part).rows)});
            continue;
        }
        std::size_t index = 0;
        for (const auto child : Children(tree(), node)) {
            if (index < at(part).items.size()) {
                work.emplace_back(child, at(part).items[index]);
            }
            ++index;
        }
    }
    for (const auto mark : at(value).from) {
        if (m_out.graph().nodes[mark].kind == NodeKind::Split) {
            split.node = mark;
        }
    }
    if (!split.outputs.empty() && m_out.fresh("split", split.place, calledFrom(), none)) {
        m_out.graph().splits.push_back(std::move(split));
    }
}

void Trace::bindMember(std::uint32_t target, Ref value)
{
    const auto object = tree().child(target, NodeField::Object);
    const auto name = tree().child(target, NodeField::Attribute);
    if (object == Syntax::none || name == Syntax::none) {
        return;
    }
    const auto base = valueAt(object);
    if (base == 0) {
        return;
    }
    if (nodeText(name) == "columns" && has(at(base).type, "DataFrame")) {
        at(base).columns = namesOf(at(value).isSequence() ? value : 0); // all of them, in order
        at(base).origins.clear();
    } else {
        at(base).setMember(nodeText(name), value);
    }
    if (at(base).scope != none) {
        m_scopes[at(base).scope].names[nodeText(name)] = value;
    }
    // A column set as an attribute changes the frame; what an instance holds is told by its members.
    if (at(base).local == none) {
        mutate(base, {value}, target, "set attribute");
    }
}

void Trace::bindItem(std::uint32_t target, Ref value)
{
    const auto object = tree().child(target, NodeField::Value);
    const auto key = tree().child(target, NodeField::Subscript);
    if (object == Syntax::none) {
        return;
    }
    const auto base = valueAt(object);
    if (base == 0) {
        return;
    }
    if (at(base).type == "names" && key != Syntax::none && at(valueAt(key)).kind == ThingKind::Text) {
        return bindName(at(valueAt(key)).text, value, target); // globals()["x"] = ...
    }
    if (key != Syntax::none && at(valueAt(key)).kind == ThingKind::Text) {
        const bool mapping = at(base).kind == ThingKind::Dictionary || at(base).kind == ThingKind::Unknown;
        if (mapping || at(base).type.empty() || at(value).pathLike) {
            at(base).setMember(at(valueAt(key)).text, value);
        }
        if (at(base).kind == ThingKind::Dictionary) { // parts["val"] = rows
            m_bound = target;
            nameRows(at(valueAt(key)).text, at(value));
        }
    }
    if (key != Syntax::none && at(valueAt(key)).kind == ThingKind::Text) {
        makeColumn(base, at(valueAt(key)).text, value, target);
    }
    mutate(base, {value}, target, "set item");
}

} // namespace cupel::lineage
