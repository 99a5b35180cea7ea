// SPDX-License-Identifier: GPL-3.0-or-later
// Calls that no row describes and whose names say nothing either, as nodes of their own: what goes in, what comes out.
#include "analyzers/lineage/trace.h"

#include "analyzers/lineage/name_words.h"
#include "analyzers/lineage/words.h"

#include <algorithm>

namespace cupel::lineage {

namespace {

using code::NodeField;
using Kind = code::NodeKind;
using code::Syntax;

constexpr std::size_t maxName = 80; // bytes of the name of a call
constexpr std::size_t maxAsked = 16; // arguments that are looked at for addresses

bool isAddress(std::string_view text)
{
    constexpr std::string_view schemes[] = {
        "http://", "https://", "ftp://", "s3://", "gs://", "abfs://", "abfss://", "wasbs://", "hdfs://", "dbfs:/"};
    return std::any_of(
        std::begin(schemes), std::end(schemes), [text](auto scheme) { return text.starts_with(scheme); });
}

} // namespace

// How much is known of what the file does: a call whose name said something leaves more of it behind.
std::size_t TraceState::factsKnown() const
{
    const auto& graph = m_out.graph();
    return graph.sources.size() + graph.sinks.size() + graph.trainings.size() + graph.evaluations.size()
        + graph.splits.size();
}

// A library that no row is about, and that is neither Python's own nor made for showing and for versions of Python.
bool TraceState::isForeign(std::string_view dotted) const
{
    const auto package = dotted.substr(0, dotted.find('.'));
    return package.size() < dotted.size() && !m_roles.knowsLibrary(dotted) && !ApiRoles::isStandard(dotted)
        && !isOneOf(
            package, {"builtins", "six", "future", "packaging", "IPython", "ipywidgets", "tabulate", "termcolor"});
}

// The name of a call that nobody describes. Empty: it is of the language, of the file itself, or of a library whose
// reading, writing and training is described, so that what is left of it only computes.
std::string Trace::nobodyKnows(const TraceCall& site, Ref receiver) const
{
    const auto& function = at(site.function);
    std::string name;
    if (function.kind == ThingKind::Path) {
        const auto written = function.text.substr(std::min(function.text.find_first_not_of('.'), function.text.size()));
        name = m_roles.canonical(written);
        const bool described = m_roles.knowsLibrary(name) && !looksImportant(lastPart(name));
        return isForeign(name) || (m_roles.knowsLibrary(name) && !described) ? name : std::string();
    }
    if (function.kind == ThingKind::Bound || function.kind == ThingKind::Object) {
        const bool method = function.kind == ThingKind::Bound;
        const auto type = at(method ? receiver : site.function).type;
        const bool own = function.local != none || at(receiver).local != none || at(receiver).isConstant();
        const bool model = at(receiver).modelNode != none || isModule(type, m_roles) || isModelType(type);
        const bool basic = type == "file" || type == "module" || (!type.empty() && !has(type, "."));
        if (own || model || basic || (!isForeign(type) && !(method && looksImportant(function.text)))) {
            return {};
        }
        return std::string(type) + (method ? '.' + std::string(function.text) : std::string());
    }
    // What a star may have brought is not asked for.
    const bool asked = function.kind == ThingKind::Unknown && !m_uncalled && site.unit == m_unit;
    const auto called = asked ? tree().child(site.node, NodeField::Function) : Syntax::none;
    if (called != Syntax::none && tree()[called].kind == Kind::Identifier) {
        name = nodeText(called);
    }
    return isGivenName(name) || (!m_stars.empty() && !looksImportant(name)) ? std::string() : name;
}

// It is given data, a model, or a file that holds some; its own thing may be made of data too, when the call gives
// something.
bool Trace::takesData(const TraceCall& site, Ref receiver) const
{
    const auto carries = [this](Ref ref) { return !at(ref).from.empty() || at(ref).modelNode != none; };
    const bool given = std::any_of(
        site.arguments.begin(), site.arguments.end(), [&](const auto& argument) { return carries(argument.value); });
    const bool used = site.unit == m_unit && site.node < tree().size() && !statementOf(site.node);
    return given || site.read != 0 || (used && receiver != 0 && carries(receiver));
}

// fetch("https://..."): where what comes back may be from.
Marks Trace::addressesGiven(const TraceCall& site, std::string_view callee)
{
    Marks found;
    const auto last = lastPart(callee);
    const bool connects = !last.empty() && last.front() >= 'A' && last.front() <= 'Z'; // Client("https://...")
    const bool used = !connects && site.unit == m_unit && site.node < tree().size() && !statementOf(site.node);
    for (std::size_t i = 0; used && i < site.arguments.size() && i < maxAsked; ++i) {
        const auto& argument = site.arguments[i];
        if (at(argument.value).kind != ThingKind::Text || !isAddress(at(argument.value).text)) {
            continue;
        }
        for (const auto& locator : locatorsOf(argument.value, "url", false)) {
            const auto index = m_out.located(locator, callee, place(site.node));
            m_out.source(index, locator.kind, locator.value, place(site.node));
            mergeMarks(found, {index});
        }
    }
    return found;
}

// What it is given goes into the node, what it gives comes out of it: neither is certain.
void Trace::markUnknown(const TraceCall& site, Ref receiver, Ref result)
{
    const auto name = site.unit == m_unit && site.node < tree().size() ? nobodyKnows(site, receiver) : std::string();
    if (name.empty() || name.size() > maxName) {
        return;
    }
    const auto where = place(site.node);
    const auto addresses = addressesGiven(site, name);
    if (addresses.empty() && !takesData(site, receiver)) {
        return;
    }
    std::string id = "unknown-call:" + placeId(site.node, lastPart(name)) + m_rounds;
    for (const auto& from : calledFrom()) { // a helper that is called with two things does not mix them
        id += '<' + std::to_string(from.bytes.start);
    }
    const auto index = m_out.node(NodeKind::UnknownCall, id, withoutCredentials(name), where);
    if (index == none) {
        return;
    }
    const auto cell = cellNode(m_unit); // it may move the nodes
    m_out.graph().nodes[index].cell = cell;
    m_out.graph().nodes[index].api = name;
    auto inputs = at(result).from;
    if (result == receiver || result == 0) {
        inputs.clear();
    }
    const auto take = [&](Ref ref) {
        mergeMarks(inputs, at(ref).modelNode != none ? Marks{at(ref).modelNode} : at(ref).from);
    };
    std::for_each(site.arguments.begin(), site.arguments.end(), [&](const auto& one) { take(one.value); });
    take(site.read);
    for (const auto from : inputs) {
        m_out.edge(from, index, EdgeKind::Derives, "unknown-call",
            "it is given to " + quoted(name) + ", and nobody knows what that does", where, Certainty::Likely);
    }
    for (const auto from : addresses) {
        m_out.edge(from, index, EdgeKind::Reads, "unknown-call",
            quoted(name) + " is given this address, and nobody knows what it does", where, Certainty::Guess);
    }
    if (result != 0 && result != receiver) {
        at(result).takeData(at(site.read));
        auto from = Marks{index};
        for (const auto mark : at(result).from) { // what a model gives is still of that model
            mergeMarks(from, m_out.graph().nodes[mark].kind == NodeKind::Model ? Marks{mark} : Marks{});
        }
        at(result).from = std::move(from);
        at(result).guessed = true;
    }
    nameUnknown(name);
}

} // namespace cupel::lineage
