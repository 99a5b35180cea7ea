// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/pickle/recorder.h"

#include "analyzers/base/utf8.h"
#include "analyzers/formats/pickle/fix_imports.h"
#include "analyzers/formats/pickle/fold.h"
#include "analyzers/formats/pickle/literal.h"

#include <algorithm>
#include <iterator>

namespace cupel::formats::pickle {

namespace {

constexpr std::size_t mostGlobals = 20'000;
constexpr std::size_t mostCauses = 20'000;
constexpr std::size_t mostLines = 2'000; // of the program, without those that say something new
constexpr std::size_t mostArguments = 16;
constexpr std::size_t mostHanded = 64; // names
constexpr std::size_t mostHandedFrom = 262'144; // values of one call that are looked at for them
constexpr std::uint64_t mostLooked = 400'000'000; // of all calls
constexpr std::size_t longestName = 200;
constexpr std::size_t longestArgument = 80;

std::string shownName(std::string_view name)
{
    return toDisplay(name, longestName) + (name.size() > longestName ? "\u2026" : "");
}

} // namespace

std::uint32_t Recorder::global(const GlobalRequest& request)
{
    PickleGlobal made;
    made.module = request.module;
    made.name = request.name;
    if (request.oldNames) {
        const auto [module, name] = fixedImport(request.module, request.name);
        if (module != request.module || name != request.name) {
            made.written = shownName(request.module + '.' + request.name);
        }
        made.module = module;
        made.name = name;
    }
    made.walks = made.name.find('.') != std::string::npos;
    made.module = shownName(made.module);
    made.name = shownName(made.name);
    made.foldable = request.resolved && Folder::mayFold(made.path());
    made.how = request.how;
    made.resolved = request.resolved;
    made.bytes = request.bytes;
    made.sources = request.sources;
    // How it is named makes it another cause only when the name is computed.
    const bool computed = request.how >= PickleGlobal::How::Computed;
    const auto key = made.module + '\n' + made.name + (computed ? "\nc" : "\n");
    const auto [known, fresh] = m_globals.try_emplace(key, static_cast<std::uint32_t>(m_facts.globals.size()));
    if (fresh) {
        if (m_facts.globals.size() >= mostGlobals) {
            m_globals.erase(known);
            return crowdOf(std::move(made));
        }
        if (made.resolved && !computed) {
            imports(made);
        }
        m_facts.globals.push_back(std::move(made));
    }
    ++m_facts.globals[known->second].count;
    return known->second;
}

// One entry for all names that are too many; what they are called stays open.
std::uint32_t Recorder::crowdOf(PickleGlobal first)
{
    m_facts.causesCut = true;
    if (!m_facts.globals.back().crowd) {
        first.module = "?";
        first.name = "?";
        first.resolved = false;
        first.crowd = true;
        first.foldable = false;
        first.sources.clear();
        m_facts.globals.push_back(std::move(first));
    }
    ++m_facts.globals.back().count;
    return static_cast<std::uint32_t>(m_facts.globals.size() - 1);
}

void Recorder::imports(const PickleGlobal& global)
{
    if (global.module == "builtins" || !m_imported.try_emplace(global.module, true).second) {
        return;
    }
    ShownText text;
    text.text = "import ";
    const auto start = static_cast<std::uint32_t>(text.text.size());
    text.text += global.module;
    text.quotes.push_back({global.sources.empty() ? global.bytes : global.sources.front(), start,
        static_cast<std::uint32_t>(text.text.size())});
    line(std::move(text), global.bytes.start, true);
}

PickleArgument Recorder::argument(const Values& values, Value value) const
{
    PickleArgument out;
    using Kind = PickleArgument::Kind;
    const auto* node = values.heap.node(value);
    switch (value.tag()) {
    case Tag::None:
        out.kind = Kind::None;
        break;
    case Tag::True:
    case Tag::False:
        out.kind = Kind::Bool;
        out.number = value.tag() == Tag::True;
        break;
    case Tag::Int:
        out.number = value.number();
        [[fallthrough]];
    case Tag::BigInt:
    case Tag::Float:
        out.kind = Kind::Number;
        break;
    case Tag::Text:
    case Tag::Bytes:
        out.kind = value.tag() == Tag::Text ? Kind::Text : Kind::Bytes;
        out.text = values.text(value, longestArgument).value_or("");
        break;
    case Tag::Spilled:
        out.kind = NodeKind{value.extra()} <= NodeKind::FrozenSet ? Kind::Container : Kind::Unknown;
        break;
    case Tag::Unknown:
        break;
    case Tag::Node:
        if (node->kind <= NodeKind::FrozenSet) {
            out.kind = Kind::Container;
        } else if (node->kind == NodeKind::Global) {
            out.kind = Kind::Global;
            out.global = static_cast<std::int32_t>(node->name);
        } else if (node->kind == NodeKind::Call) {
            out.kind = Kind::Call;
            out.global = values.calleeOf(value);
        } else if (node->kind == NodeKind::Persistent) {
            out.kind = Kind::Persistent;
        } else if (values.isBuilt(value)) {
            out.kind = node->kind == NodeKind::Text ? Kind::Text : Kind::Bytes;
            out.built = true;
            out.text = values.text(value, longestArgument).value_or("");
        }
        break;
    }
    return out;
}

// What makes a call another cause: the callable, how it is called, kinds of arguments, names among them, and short
// texts behind the first argument, where functions are told what to do.
std::string Recorder::signature(const Values& values, const CallRequest& request) const
{
    const auto callee = values.global(request.callee);
    std::string out = callee >= 0 ? std::to_string(callee) : "?" + std::to_string(values.calleeOf(request.callee));
    (out += ' ') += request.how;
    const auto* arguments = values.heap.node(request.arguments);
    if (!arguments) {
        return out + " ?";
    }
    const auto items = values.heap.items(*arguments);
    for (std::size_t i = 0; i < std::min(items.size(), mostArguments); ++i) {
        const auto value = items[i];
        out += ' ';
        out += static_cast<char>('a' + static_cast<int>(value.tag()));
        if (value.isNode()) {
            const auto* node = values.heap.node(value);
            out += static_cast<char>('A' + static_cast<int>(node->kind));
            if (node->kind == NodeKind::Global || node->kind == NodeKind::Call) {
                out += std::to_string(std::max(values.global(value), values.calleeOf(value)));
            }
        } else if (i > 0 && value.tag() == Tag::Text && literalRange(values.bytes, value).size() <= 24) {
            out += values.text(value, 24).value_or("");
        }
    }
    for (const auto global : m_handed) {
        (out += '<') += std::to_string(global);
    }
    return out;
}

// Whatever a function is given it may call: names among the arguments, and in containers of containers.
void Recorder::findHanded(const Values& values, const CallRequest& request)
{
    m_handed.clear();
    m_open.assign({request.arguments, request.keywords});
    for (std::size_t i = 0; i < m_open.size(); ++i) {
        const auto* node = values.heap.node(m_open[i]);
        if (node && node->kind == NodeKind::Global) {
            const auto global = static_cast<std::int32_t>(node->name);
            if (m_handed.size() < mostHanded && std::find(m_handed.begin(), m_handed.end(), global) == m_handed.end()) {
                m_handed.push_back(global);
            }
        } else if (node && node->kind <= NodeKind::FrozenSet) {
            const auto items = values.heap.items(*node);
            m_looked += items.size();
            if (m_open.size() + items.size() > mostHandedFrom || m_looked > mostLooked) {
                m_facts.causesCut = true;
                return;
            }
            std::copy_if(
                items.begin(), items.end(), std::back_inserter(m_open), [](Value one) { return one.isNode(); });
        }
    }
}

void Recorder::fill(const Values& values, const CallRequest& request, PickleCall& call) const
{
    call.global = values.global(request.callee);
    call.how = request.how;
    call.callable = show(values, request.callee);
    const auto* callee = values.heap.node(request.callee);
    call.computed = call.global < 0
        || values.facts.globals[static_cast<std::size_t>(call.global)].how >= PickleGlobal::How::Computed
        || (callee && callee->kind == NodeKind::Call);
    call.bytes = request.bytes;
    const auto add = [&](Value value) {
        call.shown.push_back(show(values, value));
        call.arguments.push_back(argument(values, value));
    };
    const auto* arguments = values.heap.node(request.arguments);
    if (!arguments || arguments->kind != NodeKind::Tuple) {
        call.argumentsKnown = false;
        ShownText stars{"*", {}};
        append(stars, show(values, request.arguments));
        call.shown.push_back(std::move(stars));
    } else {
        const auto items = values.heap.items(*arguments);
        call.argumentsKnown = arguments->total <= mostArguments;
        for (std::size_t i = 0; i < std::min(items.size(), mostArguments); ++i) {
            add(items[i]);
        }
        if (arguments->total > mostArguments) {
            call.shown.push_back({"\u2026", {}});
        }
    }
    call.handed = m_handed;
    const auto* keywords = values.heap.node(request.keywords);
    if (keywords && keywords->total > 0) {
        ShownText stars{"**", {}};
        append(stars, show(values, request.keywords));
        call.shown.push_back(std::move(stars));
    }
}

std::uint32_t Recorder::call(const Heap& heap, const CallRequest& request)
{
    const auto seen = values(heap);
    const auto variable = m_variables++;
    findHanded(seen, request);
    ++m_facts.callCount;
    const auto [known, fresh] =
        m_calls.try_emplace(signature(seen, request), static_cast<std::uint32_t>(m_facts.calls.size()));
    const bool important = fresh && m_facts.calls.size() < mostCauses;
    if (fresh && !important) {
        m_facts.causesCut = true;
        m_calls.erase(known);
    } else if (!fresh) {
        ++m_facts.calls[known->second].count;
    }
    if (!important && m_facts.program.size() >= mostLines) {
        ++m_facts.programLines;
        return variable;
    }
    PickleCall made;
    fill(seen, request, made);
    made.variable = variable;
    made.count = 1;
    ShownText text{"_" + std::to_string(variable) + " = ", {}};
    append(text, made.callable);
    text.text += request.how == "NEWOBJ" || request.how == "NEWOBJ_EX" ? ".__new__(" : "(";
    if (request.how == "NEWOBJ" || request.how == "NEWOBJ_EX") {
        append(text, made.callable);
        text.text += made.shown.empty() ? "" : ", ";
    }
    for (std::size_t i = 0; i < made.shown.size(); ++i) {
        text.text += i == 0 ? "" : ", ";
        append(text, made.shown[i]);
    }
    text.text += ")";
    line(std::move(text), request.bytes.start, important);
    if (important) {
        m_facts.calls.push_back(std::move(made));
    }
    return variable;
}

void Recorder::change(const Heap& heap, PickleChange change, Value target)
{
    const auto seen = values(heap);
    change.global = std::max(seen.global(target), seen.calleeOf(target));
    const auto key = std::to_string(static_cast<int>(change.kind)) + ' ' + std::to_string(change.global) + ' '
        + change.special + (change.foreign ? " f" : "");
    const auto [known, fresh] = m_changes.try_emplace(key, static_cast<std::uint32_t>(m_facts.changes.size()));
    if (!fresh) {
        ++m_facts.changes[known->second].count;
    } else if (m_facts.changes.size() >= mostCauses) {
        m_facts.causesCut = true;
        m_changes.erase(known);
    } else {
        change.count = 1;
        m_facts.changes.push_back(std::move(change));
    }
}

void Recorder::oddity(std::string_view code, ByteRange bytes, std::string detail)
{
    const auto [known, fresh] =
        m_oddities.try_emplace(std::string(code), static_cast<std::uint32_t>(m_facts.oddities.size()));
    if (fresh) {
        m_facts.oddities.push_back({code, bytes, std::move(detail), 0});
    }
    ++m_facts.oddities[known->second].count;
}

bool Recorder::countsAgain(std::string_view code)
{
    const auto known = std::find_if(m_facts.oddities.begin(), m_facts.oddities.end(),
        [code](const auto& oddity) { return oddity.code == code; }); // a dozen kinds at most
    if (known == m_facts.oddities.end()) {
        return false;
    }
    ++known->count;
    return true;
}

void Recorder::line(ShownText text, std::uint64_t at, bool important)
{
    ++m_facts.programLines;
    if (m_facts.program.size() < mostLines || (important && m_facts.program.size() < mostLines + mostCauses)) {
        m_facts.program.push_back({std::move(text), at});
    }
}

} // namespace cupel::formats::pickle
