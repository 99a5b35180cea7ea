// SPDX-License-Identifier: GPL-3.0-or-later
// Calls: who is called, with what, and what comes back.
#include "analyzers/lineage/trace.h"

#include <algorithm>
#include <cctype>

namespace cupel::lineage {

namespace {

using code::Children;
using code::NodeField;
using Kind = code::NodeKind;
using code::Syntax;

constexpr std::size_t maxArguments = 256;

std::string_view lastPart(std::string_view dotted)
{
    const auto dot = dotted.rfind('.');
    return dot == std::string_view::npos ? dotted : dotted.substr(dot + 1);
}

// A call that a table of input, output and training should know.
bool looksImportant(std::string_view name)
{
    constexpr std::string_view starts[] = {"read_", "load", "save", "write", "dump", "train", "predict", "evaluate",
        "from_pretrained", "open", "download", "upload", "fetch_", "deploy", "export", "log_model"};
    constexpr std::string_view whole[] = {"fit", "score", "fit_transform", "fit_predict", "partial_fit", "to_csv", "to_parquet",
        "to_sql", "to_json", "to_pickle", "to_excel", "to_hdf", "to_feather", "to_gbq", "to_netcdf", "to_zarr", "to_file"};
    return std::any_of(std::begin(starts), std::end(starts), [name](std::string_view s) { return name.starts_with(s); })
        || std::find(std::begin(whole), std::end(whole), name) != std::end(whole);
}

} // namespace

void Trace::countCall(std::string_view canonical, bool modelled)
{
    if (!looksImportant(lastPart(canonical)) || !m_roles.knowsLibrary(canonical)) {
        return;
    }
    auto& file = m_out.graph().files[m_units[m_unit].graphFile];
    ++file.calls;
    file.modelled += modelled ? 1 : 0;
    const auto hit = std::lower_bound(file.unknownCalls.begin(), file.unknownCalls.end(), canonical);
    if (!modelled && file.unknownCalls.size() < 64 && (hit == file.unknownCalls.end() || *hit != canonical)) {
        file.unknownCalls.emplace(hit, canonical);
    }
}

void Trace::readArguments(std::uint32_t node, TraceCall& site)
{
    const auto list = tree().child(node, NodeField::Arguments);
    if (list == Syntax::none) {
        return;
    }
    if (tree()[list].kind == Kind::GeneratorExpression) {
        site.arguments.push_back({{}, valueAt(list), list});
        return;
    }
    for (const auto child : Children(tree(), list)) {
        if (site.arguments.size() >= maxArguments) {
            site.more = true;
            return;
        }
        const auto value = valueAt(child);
        switch (tree()[child].kind) {
        case Kind::Comment:
            break;
        case Kind::KeywordArgument: {
            const auto name = tree().child(child, NodeField::Name);
            const auto inner = tree().child(child, NodeField::Value);
            site.arguments.push_back({name != Syntax::none ? nodeText(name) : std::string_view(), value,
                inner != Syntax::none ? inner : child});
            break;
        }
        case Kind::ListSplat:
            if (at(value).isSequence() && !at(value).open) {
                for (const auto item : at(value).items) {
                    site.arguments.push_back({{}, item, child});
                }
            } else {
                site.more = true;
                site.arguments.push_back({{}, elementOf(value, child), child});
            }
            break;
        case Kind::DictionarySplat:
            for (const auto& [name, item] : at(value).members) {
                site.arguments.push_back({name, item, child});
            }
            site.more = site.more || at(value).open || at(value).members.empty();
            break;
        default:
            site.arguments.push_back({{}, value, child});
        }
    }
}

Ref Trace::call(std::uint32_t node)
{
    const auto function = tree().child(node, NodeField::Function);
    if (function == Syntax::none) {
        return 0;
    }
    TraceCall site;
    site.unit = m_unit;
    site.node = node;
    site.function = valueAt(function);
    readArguments(node, site);
    return invoke(site);
}

Ref Trace::invoke(TraceCall& site)
{
    const auto& function = at(site.function);
    // What functools.partial fixed comes first.
    const bool callable = function.kind == ThingKind::Path || function.kind == ThingKind::Function
        || function.kind == ThingKind::Bound;
    if (callable && (!function.made.empty() || !function.madeBy.empty())) {
        std::vector<TraceArgument> fixed;
        for (const auto value : function.made) {
            fixed.push_back({{}, value, site.node});
        }
        site.arguments.insert(site.arguments.begin(), fixed.begin(), fixed.end());
        for (const auto& [name, value] : function.madeBy) {
            site.arguments.push_back({name, value, site.node});
        }
    }
    switch (function.kind) {
    case ThingKind::Path:
        return callPath(site, function.text);
    case ThingKind::Function:
        return callFunction(function.local, site, 0);
    case ThingKind::Class:
        return construct(function.local, site);
    case ThingKind::Bound:
        if (function.local != none) {
            const auto self = function.self;
            const auto name = function.text;
            const auto result = callFunction(function.local, site, m_functions[function.local].isStatic ? 0 : self);
            // An estimator of one's own: fit() trains it, whatever it does inside.
            const bool fits = (name == "fit" || name == "partial_fit") && at(self).type.starts_with("sklearn.");
            if (fits && !site.arguments.empty()) {
                train(self, {site.value(0, "X")}, {site.value(1, "y")}, site.node, "call:fit");
            }
            return result;
        }
        return callMethod(site, function.self, function.text);
    case ThingKind::Object:
        return callObject(site);
    default:
        return unknownCall(site, 0);
    }
}

void Trace::bindParameters(const Function& function, const TraceCall& site, Ref self, Scope& scope)
{
    std::size_t position = 0;
    bool first = true;
    for (const auto& parameter : function.parameters) {
        const bool takesSelf = first && function.owner != none && !function.isStatic && self != 0;
        first = false;
        Ref value = 0;
        if (takesSelf) {
            value = self;
        } else if (parameter.kind == Parameter::Kind::List) {
            value = make(ThingKind::Tuple, site.node);
            for (const auto& argument : site.arguments) {
                if (argument.name.empty()) {
                    if (position > 0) {
                        --position;
                        continue;
                    }
                    at(value).items.push_back(argument.value);
                    at(value).takeData(at(argument.value));
                }
            }
        } else if (parameter.kind == Parameter::Kind::Dictionary) {
            value = make(ThingKind::Dictionary, site.node);
            at(value).open = true;
            for (const auto& argument : site.arguments) {
                if (!argument.name.empty()) {
                    at(value).setMember(argument.name, argument.value);
                    at(value).takeData(at(argument.value));
                }
            }
        } else {
            const auto* given = site.find(static_cast<std::int32_t>(position), parameter.name);
            value = given ? given->value : parameter.fallback;
            ++position;
            if (value == 0 && !parameter.annotation.empty()) {
                const auto known = findName(parameter.annotation.substr(parameter.annotation.rfind('.') + 1));
                if (known && at(*known).kind == ThingKind::Class) {
                    value = make(ThingKind::Object, site.node);
                    at(value).local = at(*known).local;
                    at(value).type = m_classes[at(*known).local].type;
                } else if (parameter.annotation.ends_with("DataFrame")) {
                    value = object("pandas.DataFrame", site.node);
                }
            }
        }
        scope.names[parameter.name] = value;
    }
}

Ref Trace::callFunction(std::uint32_t index, TraceCall& site, Ref self)
{
    auto& function = m_functions[index];
    function.called = true;
    if (function.active || m_frames.size() >= maxCalls || function.body == Syntax::none || spent()) {
        return unknownCall(site, self);
    }
    Scope scope;
    scope.kind = Scope::Kind::Function;
    scope.parent = function.scope;
    while (scope.parent != none && m_scopes[scope.parent].kind == Scope::Kind::Class) {
        scope.parent = m_scopes[scope.parent].parent;
    }
    bindParameters(function, site, self, scope);
    Frame frame;
    frame.function = index;
    if (site.node != function.node || site.unit != function.unit) {
        frame.callSite = placeOf({site.unit, site.node});
    }
    const auto before = std::make_tuple(m_unit, m_scope, m_nextCommand, m_blocks);
    m_frames.push_back(std::move(frame));
    m_scope = static_cast<std::uint32_t>(m_scopes.size());
    m_scopes.push_back(std::move(scope));
    m_unit = function.unit;
    function.active = true;
    auto arms = std::move(m_arms);
    m_arms.clear();
    m_blocks = 0;
    Ref result = 0;
    if (function.lambda) {
        result = evaluate(function.body);
    } else {
        block(function.body);
        for (const auto value : m_frames.back().returned) {
            result = either(result, value);
        }
    }
    if (m_frames.back().yields && result != 0) {
        const auto list = make(ThingKind::List, site.node);
        at(list).items = {result};
        at(list).open = true;
        at(list).takeData(at(result));
        result = list;
    }
    function.active = false;
    m_arms = std::move(arms);
    m_frames.pop_back();
    std::tie(m_unit, m_scope, m_nextCommand, m_blocks) = before;
    return result;
}

Ref Trace::findMethod(std::uint32_t classIndex, std::string_view name, int depth)
{
    if (classIndex >= m_classes.size() || depth > 8) {
        return 0;
    }
    const auto& names = m_scopes[m_classes[classIndex].scope].names;
    if (const auto hit = names.find(name); hit != names.end()) {
        return hit->second;
    }
    for (const auto base : m_classes[classIndex].bases) {
        if (at(base).kind == ThingKind::Class) {
            if (const auto found = findMethod(at(base).local, name, depth + 1); found != 0) {
                return found;
            }
        }
    }
    return 0;
}

Ref Trace::construct(std::uint32_t classIndex, TraceCall& site)
{
    const auto self = make(ThingKind::Object, site.node);
    at(self).local = classIndex;
    at(self).type = m_classes[classIndex].type;
    for (const auto& argument : site.arguments) {
        if (argument.name.empty()) {
            at(self).made.push_back(argument.value);
        } else {
            at(self).madeBy.emplace_back(argument.name, argument.value);
        }
    }
    if (const auto init = findMethod(classIndex, "__init__"); init != 0 && at(init).kind == ThingKind::Function) {
        (void)callFunction(at(init).local, site, self);
    }
    if (isModule(at(self).type, m_roles) || isModelType(at(self).type)) {
        at(self).fitted = false;
    } else {
        // A data set, a wrapper: what it was made with, and what its construction read, is in it.
        for (const auto& argument : site.arguments) {
            at(self).takeData(at(argument.value));
        }
        const auto members = at(self).members;
        for (const auto& [name, value] : members) {
            if (at(value).modelNode == none) {
                at(self).takeData(at(value));
            }
        }
    }
    return self;
}

// What is handed over is called with what stands beside it: df.apply(f), map(f, xs), executor.submit(f, x).
std::vector<Ref> Trace::handOver(const TraceCall& site)
{
    std::vector<Ref> results;
    if (m_frames.size() + 1 >= maxCalls) {
        return results;
    }
    for (std::size_t i = 0; i < site.arguments.size(); ++i) {
        const auto function = site.arguments[i].value;
        const bool local = at(function).kind == ThingKind::Function
            || (at(function).kind == ThingKind::Bound && at(function).local != none);
        const bool reader = at(function).kind == ThingKind::Path && !at(function).module
            && m_roles.function(m_roles.canonical(at(function).text)) != nullptr;
        if ((!local && !reader) || (local && m_functions[at(function).local].active)) {
            continue;
        }
        TraceCall inner;
        inner.unit = site.unit;
        inner.node = site.node;
        inner.function = function;
        if (site.receiver != 0 && !at(site.receiver).from.empty()) {
            inner.arguments.push_back({{}, elementOf(site.receiver, site.node), site.node});
        }
        for (std::size_t other = 0; other < site.arguments.size(); ++other) {
            if (other != i && site.arguments[other].name.empty()) {
                const auto value = site.arguments[other].value;
                inner.arguments.push_back({{}, at(value).isSequence() ? elementOf(value, site.node) : value, site.node});
            }
        }
        results.push_back(invoke(inner));
    }
    return results;
}

Ref Trace::callMethod(TraceCall& site, Ref receiver, std::string_view name)
{
    site.receiver = receiver;
    Ref result = 0;
    if (at(receiver).kind == ThingKind::Text && textMethod(site, receiver, name, result)) {
        return result;
    }
    if (name == "backward") {
        const bool given = !site.arguments.empty() && at(receiver).type.find("Accelerator") != std::string_view::npos;
        backward(at(given ? site.arguments.front().value : receiver));
        return 0;
    }
    if (name == "gradient" && !site.arguments.empty()) {
        backward(at(site.value(0, "target"))); // tape.gradient(loss, weights)
        return derived({site.value(0, "target")}, site.node);
    }
    if (splitMethod(site, receiver, name, result) || sequenceMethod(site, receiver, name, result)
        || frameMethod(site, receiver, name, result)) {
        return result;
    }
    const auto type = at(receiver).type;
    const ApiRow* row = type.empty() ? nullptr : m_roles.method(type, name);
    if (row == nullptr && !type.empty()) {
        std::string callee(type);
        countCall(callee + '.' + std::string(name), false);
    } else if (row) {
        countCall(row->callee, true);
    }
    if (row == nullptr && at(receiver).local == none) {
        row = m_roles.anyMethod(name);
        const bool withData = !site.arguments.empty() && !at(site.arguments.front().value).from.empty();
        if (row && row->is(roleTrain | rolePredict) && !withData) {
            row = nullptr;
        }
        if (row && row->is(roleSink) && at(receiver).from.empty() && receiver == 0) {
            row = nullptr;
        }
    }
    if (row) {
        return effect(site, *row, receiver);
    }
    return unknownCall(site, receiver);
}

Ref Trace::callPath(TraceCall& site, std::string_view dotted)
{
    const auto name = keep(m_roles.canonical(dotted));
    Ref result = 0;
    if (name.starts_with("builtins.")) {
        if (builtin(site, name.substr(9), result)) {
            return result;
        }
        return unknownCall(site, 0);
    }
    if (splitCall(site, name, result) || special(site, name, result) || paths(site, name, result)) {
        return result;
    }
    // torchvision.datasets.MNIST("data"): the folder is where it is kept, not what it is.
    if (name.starts_with("torchvision.datasets.") && name.find("Folder") == std::string_view::npos) {
        return libraryData(site, name);
    }
    const ApiRow* row = m_roles.function(name);
    if (row && row->kind == "pattern" && row->callee.starts_with("*")) {
        row = nullptr;
    }
    const auto last = lastPart(name);
    if (row == nullptr) {
        // pandas.DataFrame.from_dict(...): a method of a class that is named
        const auto dot = name.rfind('.');
        row = dot != std::string_view::npos ? m_roles.method(name.substr(0, dot), last) : nullptr;
    }
    countCall(name, row != nullptr);
    if (row) {
        return effect(site, *row, 0);
    }
    changesArgument(site, name);
    if (const auto data = libraryData(site, name); data != 0) {
        return data;
    }
    // my.metrics.rmse(truth, guess)
    const bool measures = (name.find(".metrics.") != std::string_view::npos || name.find(".evaluation.") != std::string_view::npos)
        && std::any_of(site.arguments.begin(), site.arguments.end(), [this](const auto& a) { return !at(a.value).models.empty(); });
    if (measures) {
        ApiRow measure;
        measure.callee = name;
        measure.data = {ApiArgument{-1, {}, false, false, true}};
        measure.roles = roleEvaluate;
        return evaluateEffect(site, measure, 0);
    }
    const bool constructor = !last.empty() && std::isupper(static_cast<unsigned char>(last.front())) != 0;
    return constructor ? madeObject(site, name) : unknownCall(site, 0);
}

Ref Trace::madeObject(TraceCall& site, std::string_view type)
{
    const auto made = object(type, site.node);
    const bool model = isModelType(type) || isModule(type, m_roles);
    for (const auto& argument : site.arguments) {
        if (argument.name.empty()) {
            at(made).made.push_back(argument.value);
        } else {
            at(made).madeBy.emplace_back(argument.name, argument.value);
        }
        if (!model) {
            at(made).takeData(at(argument.value));
        }
    }
    return made;
}

// Libraries that bring data along: shap.datasets.adult(), recommenders.datasets.movielens.load_pandas_df().
Ref Trace::libraryData(TraceCall& site, std::string_view name)
{
    const bool data = name.find(".datasets.") != std::string_view::npos || name.find(".opendatasets.") != std::string_view::npos;
    const auto last = lastPart(name);
    constexpr std::string_view verbs[] = {"find_", "read_", "get_", "maybe_", "is_", "list_", "write_", "extract", "unzip"};
    const bool open = name.find(".opendatasets.") != std::string_view::npos;
    const bool other = !open
        && std::any_of(std::begin(verbs), std::end(verbs), [last](auto verb) { return last.starts_with(verb); });
    if (!data || other || name.starts_with('.')) {
        return 0;
    }
    constexpr std::string_view others[] = {"split", "load_from_disk", "concatenate", "interleave", "unpack", "download_path",
        "Features", "Value", "ClassLabel", "get_spark_schema", "negative"};
    if (std::any_of(std::begin(others), std::end(others), [last](auto word) { return last.find(word) != std::string_view::npos; })) {
        return 0;
    }
    for (const auto& argument : site.arguments) {
        if (!at(argument.value).from.empty()) {
            return 0;
        }
    }
    const auto where = place(site.node);
    const auto node = m_out.node(NodeKind::Dataset, "builtin:" + std::string(name) + constants(site), last, where);
    if (node == none) {
        return 0;
    }
    m_out.graph().nodes[node].api = name;
    m_out.graph().nodes[node].locator = name;
    m_out.graph().nodes[node].outside = true;
    m_out.source(node, SourceKind::BuiltinDataset, std::string(name), where);
    const auto ref = fromSource(node, {}, site.node);
    at(ref).madeBy.clear();
    for (const auto& argument : site.arguments) {
        if (argument.name == "train" && at(argument.value).kind == ThingKind::Boolean) {
            m_rows[at(ref).rows.front()].role = at(argument.value).text == "True" ? Role::Train : Role::Test;
        }
    }
    return ref;
}

// model(x), pipe("..."), fn(x) where fn is something made.
Ref Trace::callObject(TraceCall& site)
{
    const auto function = site.function;
    const auto& thing = at(function);
    std::vector<Ref> data;
    for (const auto& argument : site.arguments) {
        data.push_back(argument.value);
    }
    if (at(function).type.find("Loss") != std::string_view::npos || at(function).type.find(".losses.") != std::string_view::npos) {
        return derived(data, site.node, "torch.Tensor");
    }
    if (thing.type.find(".layers.") != std::string_view::npos) {
        return object("keras.KerasTensor", site.node); // a graph is drawn, nothing is computed
    }
    if (isModule(thing.type, m_roles)) {
        if (thing.local != none) {
            if (const auto forward = findMethod(thing.local, "forward"); forward != 0) {
                m_functions[at(forward).local].called = true;
            }
        }
        return pass(function, data, site.node, true);
    }
    if (thing.local != none) {
        if (const auto method = findMethod(thing.local, "__call__"); method != 0 && at(method).kind == ThingKind::Function) {
            return callFunction(at(method).local, site, function);
        }
    }
    // Made by a class that nobody knows: it may turn out to be trained.
    const bool made = !thing.type.empty() && thing.from.empty() && thing.locators.empty() && !m_roles.knowsLibrary(thing.type)
        && std::isupper(static_cast<unsigned char>(lastPart(thing.type).front())) != 0;
    if (made && !dataOf(data).empty()) {
        return pass(function, data, site.node, false);
    }
    if (const auto* row = thing.type.empty() ? nullptr : m_roles.method(thing.type, "__call__")) {
        site.receiver = function;
        return effect(site, *row, function);
    }
    return unknownCall(site, function);
}

// What comes back is made of everything that went in; a bare statement may have changed what it was given.
Ref Trace::unknownCall(TraceCall& site, Ref receiver)
{
    site.receiver = receiver;
    const auto results = handOver(site);
    std::vector<Ref> parts{receiver};
    for (const auto& argument : site.arguments) {
        parts.push_back(argument.value);
    }
    parts.insert(parts.end(), results.begin(), results.end());
    if (receiver != 0 && at(receiver).kind == ThingKind::Object && isModelType(at(receiver).type)) {
        const auto name = std::string_view(at(site.function).text);
        if (name.starts_with("set_") || name == "compile" || name == "build" || name == "requires_grad_") {
            return receiver;
        }
        (void)modelNode(receiver, site.node);
    }
    const auto type = at(receiver).kind == ThingKind::Object && at(receiver).local == none && at(receiver).modelNode == none
        ? at(receiver).type
        : std::string_view();
    const auto result = derived(parts, site.node, type);
    at(result).columns = at(receiver).columns;
    at(result).dropped = at(receiver).dropped;
    for (const auto part : parts) {
        if (at(part).modelNode != none) {
            mergeMarks(at(result).from, {at(part).modelNode});
        }
    }
    if (splitByName(site, parts, result)) {
        return result;
    }
    // A container nobody knows the type of changes: queue.put(x), table.load(rows).
    if (receiver != 0 && site.unit == m_unit && statementOf(site.node) && at(receiver).kind != ThingKind::Path) {
        parts.erase(parts.begin());
        mutate(receiver, parts, site.node, "call");
    }
    // fill(frame, other): a function that nobody knows, alone on its line, does something to what it is given.
    const bool nobodyKnows = receiver == 0 && at(site.function).kind != ThingKind::Path && site.arguments.size() > 1;
    const bool ofLibrary = receiver == 0 && at(site.function).kind == ThingKind::Path
        && !at(site.function).text.starts_with("builtins.") && site.arguments.size() > 1
        && !m_roles.knowsLibrary(m_roles.canonical(at(site.function).text));
    if ((nobodyKnows || ofLibrary) && site.unit == m_unit && statementOf(site.node)) {
        const auto first = site.arguments.front().value;
        if (at(first).kind == ThingKind::Object && !at(first).from.empty() && at(first).modelNode == none) {
            std::vector<Ref> with;
            for (std::size_t i = 1; i < site.arguments.size(); ++i) {
                with.push_back(site.arguments[i].value);
            }
            mutate(first, with, site.node, "call");
        }
    }
    return result;
}

} // namespace cupel::lineage
