// SPDX-License-Identifier: GPL-3.0-or-later
// What objects of one's own do when Python asks them: their items, what `with` gives, what their bases have; and what a
// loop carries over to its next round.
#include "analyzers/lineage/trace.h"

#include "analyzers/lineage/words.h"

#include <algorithm>

namespace cupel::lineage {

namespace {

using code::NodeField;
using Kind = code::NodeKind;
using code::Syntax;

constexpr std::string_view superText = "super()"; // `text` of an Object that stands for the bases of another
constexpr std::size_t maxFieldNames = 64;
constexpr std::size_t maxCarried = 16; // names of one loop
constexpr std::uint32_t maxLooked = 256; // nodes of one assignment

} // namespace

// object[key], with object: a method that Python itself calls.
Ref Trace::askOwn(Ref self, std::string_view method, std::uint32_t node, Ref given)
{
    if (at(self).kind != ThingKind::Object || at(self).local == none) {
        return 0;
    }
    const auto own = findMethod(at(self).local, method);
    if (own == 0 || at(own).kind != ThingKind::Function || m_functions[at(own).local].active) {
        return 0;
    }
    TraceCall site;
    site.unit = m_unit;
    site.node = node;
    site.function = own;
    if (given != 0) {
        site.arguments.push_back({{}, given, node});
    }
    return callFunction(at(own).local, site, self);
}

// with Rows("a.csv") as rows: what __enter__ gives, or what a generator with @contextmanager yields.
Ref Trace::entered(Ref manager, std::uint32_t node)
{
    const auto& thing = at(manager);
    if (thing.kind == ThingKind::List && thing.open && thing.items.size() == 1) {
        return thing.items.front();
    }
    const auto given = askOwn(manager, "__enter__", node);
    return given != 0 ? given : manager;
}

// A data set that reads an item when it is asked for one: what it would read is in it.
void Trace::readLazily(Ref self, std::uint32_t classIndex, std::uint32_t node)
{
    if (findMethod(classIndex, "__getitem__") == 0) {
        return;
    }
    const auto position = make(ThingKind::Unknown, node);
    if (const auto item = askOwn(self, "__getitem__", node, position); item != 0 && item != self) {
        at(self).takeData(at(item));
    }
}

// super().load(): what its methods do belongs to the object itself.
Ref Trace::superOf(std::uint32_t node)
{
    const auto index = m_frames.empty() ? none : m_frames.back().function;
    const auto* function = index < m_functions.size() ? &m_functions[index] : nullptr;
    const bool method = function && function->owner != none && !function->parameters.empty();
    const auto* self = method ? findName(function->parameters.front().name) : findName("self");
    if (!self) {
        return 0;
    }
    const auto result = make(ThingKind::Object, node);
    at(result).type = at(*self).type;
    if (method) {
        at(result).text = superText;
        at(result).self = *self;
    }
    return result;
}

// A method of the bases of the class that the running method stands in, on the object itself. 0: they have none.
Ref Trace::ofBases(Ref super, std::string_view name, std::uint32_t node)
{
    const auto index = m_frames.empty() ? none : m_frames.back().function;
    const auto owner = index < m_functions.size() ? m_functions[index].owner : none;
    if (at(super).text != superText || at(super).self == 0 || owner >= m_classes.size()) {
        return 0;
    }
    for (const auto base : m_classes[owner].bases) {
        const auto method = at(base).kind == ThingKind::Class ? findMethod(at(base).local, name) : Ref{0};
        if (method != 0 && at(method).kind == ThingKind::Function) {
            return boundTo(at(super).self, method, name, node);
        }
    }
    return 0;
}

// Point = namedtuple("Point", "x y"): a class with these fields.
bool Trace::namedFields(TraceCall& site, std::string_view name, Ref& result)
{
    if (!isOneOf(name, {"collections.namedtuple", "typing.NamedTuple"})) {
        return false;
    }
    Class entry;
    entry.name = at(site.value(0, "typename")).text;
    entry.asked = true;
    const auto& listed = at(site.value(1, "field_names"));
    auto words = listed.kind == ThingKind::Text ? listed.text : std::string_view();
    while (!words.empty() && entry.fields.size() < maxFieldNames) {
        const auto from = std::min(words.find_first_not_of(", \t\n"), words.size());
        const auto to = std::min(words.find_first_of(", \t\n", from), words.size());
        if (to > from) {
            entry.fields.push_back(words.substr(from, to - from));
        }
        words.remove_prefix(to);
    }
    for (std::size_t i = 0; i < listed.items.size() && entry.fields.size() < maxFieldNames; ++i) {
        const auto& item = at(listed.items[i]); // "x", or ("x", int)
        const auto& field = item.kind == ThingKind::Tuple && !item.items.empty() ? at(item.items.front()) : item;
        if (field.kind == ThingKind::Text) {
            entry.fields.push_back(field.text);
        }
    }
    if (entry.fields.empty()) {
        return false;
    }
    Scope scope;
    scope.kind = Scope::Kind::Class;
    scope.parent = m_scope;
    entry.scope = static_cast<std::uint32_t>(m_scopes.size());
    entry.unit = m_unit;
    m_scopes.push_back(std::move(scope));
    result = make(ThingKind::Class, site.node);
    at(result).local = static_cast<std::uint32_t>(m_classes.size());
    at(result).text = entry.name;
    m_classes.push_back(std::move(entry));
    return true;
}

// Names that the body of a loop reads before it gives them a value: what it reads there is of the round before.
std::vector<std::string_view> Trace::carriedNames(std::uint32_t body) const
{
    std::vector<std::string_view> names;
    if (body == Syntax::none) {
        return names;
    }
    std::unordered_set<std::string_view> read;
    for (auto node = body; node < tree()[body].stop && names.size() < maxCarried; ++node) {
        const auto& entry = tree()[node];
        if (entry.kind == Kind::Assignment) {
            const auto left = tree().child(node, NodeField::Left);
            if (left == Syntax::none || tree()[left].kind != Kind::Identifier) {
                continue;
            }
            const auto name = nodeText(left);
            auto before = read.contains(name);
            for (auto inner = left + 1; !before && inner < std::min(entry.stop, left + maxLooked);
                ++inner) { // x = merge(x, y)
                before = tree()[inner].kind == Kind::Identifier && nodeText(inner) == name;
            }
            if (before && std::find(names.begin(), names.end(), name) == names.end()) {
                names.push_back(name);
            }
        } else if (entry.kind == Kind::Identifier) {
            const bool bound = entry.field == NodeField::Left && tree()[entry.parent].kind == Kind::Assignment;
            const bool part = entry.field == NodeField::Attribute || entry.field == NodeField::Name;
            if (!bound && !part) {
                read.insert(nodeText(node));
            }
        }
    }
    return names;
}

// What those names stand for when the loop begins.
std::vector<std::pair<std::string_view, Ref>> Trace::beforeRound(std::uint32_t node)
{
    std::vector<std::pair<std::string_view, Ref>> before;
    if (m_nextRound) {
        return before; // loops in loops are not followed again and again
    }
    charge((tree()[node].stop - node) / 8);
    for (const auto name : carriedNames(tree().child(node, NodeField::Body))) {
        const auto* value = findName(name);
        const auto ref = value ? *value : Ref{0};
        if (at(ref).from.empty() && at(ref).modelNode == none && !at(ref).isSequence()) {
            before.emplace_back(name, ref);
        }
    }
    return before;
}

// acc = None; for ...: if acc is not None: use(acc); acc = rows: once more, when nothing but data is carried over.
void Trace::nextRound(
    std::uint32_t node, const std::vector<std::pair<std::string_view, Ref>>& before, std::size_t facts)
{
    const bool carries = std::any_of(before.begin(), before.end(), [this](const auto& entry) {
        const auto* value = findName(entry.first);
        return value && *value != entry.second && !at(*value).from.empty() && at(*value).modelNode == none;
    });
    if (!carries || facts != m_modelIds.size() + m_passes.size() + m_uses.size()) {
        return;
    }
    m_nextRound = true;
    block(tree().child(node, NodeField::Body));
    m_nextRound = false;
}

} // namespace cupel::lineage
