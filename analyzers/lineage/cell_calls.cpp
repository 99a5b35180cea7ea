// SPDX-License-Identifier: GPL-3.0-or-later
// Calls: which names they change by the words of name_words, and what is left for name_flow to judge.
#include "analyzers/lineage/cell_walker.h"

#include "analyzers/lineage/name_words.h"

#include <algorithm>

namespace cupel::lineage {

using code::Children;
using code::NodeField;
using code::NodeKind;
using code::Syntax;

void CellWalker::visitAttribute(std::uint32_t node)
{
    const auto object = tree().child(node, NodeField::Object);
    const auto said = text(node).substr(0, 64);
    if (said.starts_with("np.random.") || said.starts_with("numpy.random.") || said.starts_with("random.")) {
        if (!said.ends_with(".seed")) {
            readHidden("<random>", node);
        }
    } else if (said == "os.environ" || said == "os.getenv") {
        readHidden("<os.environ>", node);
    }
    if (object != Syntax::none) {
        push(Op::Visit, object);
    }
}

void CellWalker::visitCall(std::uint32_t node)
{
    const auto function = tree().child(node, NodeField::Function);
    push(Op::Call, node);
    const auto first = m_tasks.size();
    for (const auto child : Children(tree(), node)) {
        if (child != function) {
            push(Op::Visit, child);
        }
    }
    std::reverse(m_tasks.begin() + static_cast<std::ptrdiff_t>(first), m_tasks.end());
    if (function == Syntax::none) {
        return;
    }
    if (tree()[function].kind == NodeKind::Identifier) {
        read(nameOf(function), function, true);
    } else {
        push(Op::Visit, function);
    }
}

std::string_view CellWalker::argumentText(std::uint32_t call, std::string_view keyword) const
{
    const auto list = tree().child(call, NodeField::Arguments);
    for (const auto argument : Children(tree(), list)) {
        if (tree()[argument].kind == NodeKind::KeywordArgument) {
            const auto name = tree().child(argument, NodeField::Name);
            const auto value = tree().child(argument, NodeField::Value);
            if (name != Syntax::none && value != Syntax::none && text(name) == keyword) {
                return text(value);
            }
        }
    }
    return {};
}

void CellWalker::readArguments(std::uint32_t node, NameEvent& event)
{
    auto& arguments = scope().arguments;
    const auto list = tree().child(node, NodeField::Arguments);
    std::uint32_t position = 0;
    for (const auto child : Children(tree(), list)) {
        if (tree()[child].kind == NodeKind::Comment) {
            continue;
        }
        NameArgument argument;
        auto value = child;
        if (tree()[child].kind == NodeKind::KeywordArgument) {
            const auto name = tree().child(child, NodeField::Name);
            value = tree().child(child, NodeField::Value);
            argument.keyword = name == Syntax::none ? noName : nameOf(name);
        }
        argument.position = position++;
        const auto base = value == Syntax::none ? Syntax::none : baseOf(value);
        if (base != Syntax::none) {
            argument.name = nameOf(base);
            arguments.push_back(argument);
        }
    }
    event.argumentsEnd = static_cast<std::uint32_t>(arguments.size());
}

void CellWalker::statementUse(std::uint32_t node, NameEvent& event) const
{
    auto statement = tree()[node].parent;
    if (tree()[statement].kind == NodeKind::Await) {
        statement = tree()[statement].parent;
    }
    event.bare = tree()[statement].kind == NodeKind::ExpressionStatement;
    event.shown = event.bare && statement == m_lastStatement;
    auto block = tree()[statement].parent;
    for (int i = 0; i < 8 && block != 0 && event.bare; ++i, block = tree()[block].parent) {
        event.guarded = event.guarded || tree()[block].kind == NodeKind::Try;
    }
}

void CellWalker::finishCall(std::uint32_t node)
{
    const auto function = tree().child(node, NodeField::Function);
    if (function == Syntax::none) {
        return;
    }
    auto made = event(NameAct::Call, noName, node);
    statementUse(node, made);
    made.arguments = made.argumentsEnd = static_cast<std::uint32_t>(scope().arguments.size());
    const auto path = text(function).substr(0, 96);
    const auto last = path.substr(path.rfind('.') + 1);
    specialCall(node, path);
    if (savesSomething(last)) {
        m_out->saves = true;
    }
    if (opensFile(last)) {
        readHidden("<cwd>", node);
    }
    if (tree()[function].kind == NodeKind::Attribute) {
        methodCall(node, function, made);
        return;
    }
    if (tree()[function].kind != NodeKind::Identifier) {
        return;
    }
    made.name = nameOf(function);
    readArguments(node, made);
    m_callEvents[node] = static_cast<std::uint32_t>(scope().events.size());
    emit(made);
}

void CellWalker::methodCall(std::uint32_t node, std::uint32_t function, NameEvent made)
{
    const auto name = tree().child(function, NodeField::Attribute);
    const auto object = tree().child(function, NodeField::Object);
    if (name == Syntax::none || object == Syntax::none) {
        return;
    }
    const auto method = text(name);
    made.method = nameOf(name);
    bool part = false;
    const auto base = baseOf(object, &part);
    if (base != Syntax::none) {
        scope().arguments.push_back({nameOf(base), noName, NameArgument::object, -1});
    }
    readArguments(node, made);
    const auto list = tree().child(node, NodeField::Arguments);
    const auto first = list == Syntax::none ? Syntax::none : tree().firstChild(list);
    const bool inPlace = argumentText(node, "inplace") == "True";
    const bool asks =
        method == "replace" || method == "rename" || method == "drop" || method == "assign" || method == "interpolate";
    const bool keyword = first != Syntax::none && tree()[first].kind == NodeKind::KeywordArgument;
    const bool namedAxis = !argumentText(node, "axis").empty();
    made.discarded = made.bare && !made.guarded && !made.shown && !inPlace && base != Syntax::none && !part
        && givesNewObject(method) && (!asks || keyword || namedAxis) && tree()[object].kind == NodeKind::Identifier;
    if (base != Syntax::none && (changesObject(method) || inPlace)) {
        auto changed = event(NameAct::Change, nameOf(base), node);
        changed.byMethod = true;
        changed.deep = changesHeld(method);
        changed.grows = growsObject(method) || (inPlace && method == "drop")
            || (method == "add" && first != Syntax::none && tree()[first].kind == NodeKind::Call);
        changed.links = static_cast<std::uint32_t>(scope().links.size());
        for (auto i = made.arguments; i < made.argumentsEnd; ++i) {
            const auto& argument = scope().arguments[i];
            if (argument.position != NameArgument::object && !changed.deep) {
                scope().links.push_back({argument.name, NameLink::Kind::Holds, 0});
            }
        }
        changed.linksEnd = static_cast<std::uint32_t>(scope().links.size());
        emit(changed);
    }
    m_callEvents[node] = static_cast<std::uint32_t>(scope().events.size());
    emit(made);
}

// Calls that change what has no name.
void CellWalker::specialCall(std::uint32_t node, std::string_view path)
{
    if (path.ends_with("random.seed")) {
        // From here on nothing before counts.
        emit(event(NameAct::Define, m_file.names.of("<random>"), node));
    } else if (path == "os.chdir") {
        change("<cwd>", node);
    } else if (path.starts_with("sys.path.")) {
        change("<sys.path>", node);
    } else if (path == "os.environ.update" || path == "os.environ.setdefault" || path == "os.putenv") {
        change("<os.environ>", node);
    } else if (path == "exec" || path == "execfile" || path == "globals().update" || path == "locals().update"
        || path == "vars().update" || path.ends_with(".run_line_magic") || path.ends_with(".magic")
        || path.ends_with(".run_cell_magic") || path.ends_with(".run_cell")) {
        const auto list = tree().child(node, NodeField::Arguments);
        const auto first = list == Syntax::none ? Syntax::none : tree().firstChild(list);
        const auto said = first == Syntax::none ? std::string_view() : text(first);
        m_out->mentions = m_out->mentions || path.find("run_cell") != std::string_view::npos;
        const bool harmless = path.find("_magic") != std::string_view::npos || path.ends_with(".magic");
        if (!harmless || said.find("run") != std::string_view::npos || said.find("pylab") != std::string_view::npos
            || said.find("store") != std::string_view::npos) {
            emit(event(NameAct::Open, noName, node));
        }
    }
}

} // namespace cupel::lineage
