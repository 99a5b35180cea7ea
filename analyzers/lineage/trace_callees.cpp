// SPDX-License-Identifier: GPL-3.0-or-later
// Calls of libraries, of objects, and of what nobody knows.
#include "analyzers/lineage/trace.h"

#include "analyzers/lineage/words.h"

#include <algorithm>
#include <cctype>

namespace cupel::lineage {

namespace {

using code::NodeField;
using code::Syntax;

} // namespace

// A call that a table of input, output and training should know.
bool looksImportant(std::string_view name)
{
    constexpr std::string_view starts[] = {"read_", "load", "save", "write", "dump", "train", "predict", "evaluate",
        "from_pretrained", "open", "download", "upload", "fetch_", "deploy", "export", "log_model"};
    constexpr std::string_view whole[] = {"fit", "score", "fit_transform", "fit_predict", "partial_fit", "to_csv",
        "to_parquet", "to_sql", "to_json", "to_pickle", "to_excel", "to_hdf", "to_feather", "to_gbq", "to_netcdf",
        "to_zarr", "to_file"};
    return std::any_of(std::begin(starts), std::end(starts), [name](std::string_view s) { return name.starts_with(s); })
        || std::find(std::begin(whole), std::end(whole), name) != std::end(whole);
}

void Trace::countCall(std::string_view canonical, bool modelled)
{
    if (!looksImportant(lastPart(canonical)) || !m_roles.knowsLibrary(canonical)) {
        return;
    }
    auto& file = m_out.graph().files[m_units[m_unit].graphFile];
    ++file.calls;
    file.modelled += modelled ? 1 : 0;
    if (!modelled) {
        nameUnknown(canonical);
    }
}

void TraceState::nameUnknown(std::string_view name)
{
    auto& names = m_out.graph().files[m_units[m_unit].graphFile].unknownCalls;
    const auto hit = std::lower_bound(names.begin(), names.end(), name);
    if (names.size() < 64 && (hit == names.end() || *hit != name)) {
        names.emplace(hit, name);
    }
}

Ref Trace::callMethod(TraceCall& site, Ref receiver, std::string_view name)
{
    site.receiver = receiver;
    m_stepCalls += name == "step" ? 1 : 0;
    if (name == "run_cell_magic" && isOneOf(at(site.value(0, {})).text, {"writefile", "file"})) {
        writeFile(at(site.value(1, {})).text, place(site.node));
    }
    Ref result = 0;
    if (at(receiver).kind == ThingKind::Text && textMethod(site, receiver, name, result)) {
        return result;
    }
    if (learnsByMethod(site, receiver, name, result)) {
        return result;
    }
    if (splitMethod(site, receiver, name, result) || sequenceMethod(site, receiver, name, result)
        || frameMethod(site, receiver, name, result)) {
        return result;
    }
    const auto type = at(receiver).type;
    if (const auto answer = asked(site, receiver, name); answer != 0) {
        return answer;
    }
    const ApiRow* row = type.empty() ? nullptr : m_roles.method(type, name);
    if (row == nullptr && !type.empty()) {
        std::string callee(type);
        countCall(callee + '.' + std::string(name), false);
    } else if (row) {
        countCall(row->callee, true);
    }
    if (row == nullptr && at(receiver).local == none) {
        // What setters told it, or its constructor, is learnt from.
        const bool trains = name == "train" && (wasTold(receiver) || has(lastPart(type), "Trainer"));
        const bool told = at(receiver).kind == ThingKind::Object
            && (name == "fit" || trains ? !toldOf(receiver, true).empty() : name == "predict" && wasTold(receiver));
        row = m_roles.anyMethod(trains && told ? "fit" : name);
        const auto& first = at(site.arguments.empty() ? Ref{0} : site.arguments.front().value);
        const bool file = first.kind == ThingKind::Text && has(first.text, "/") && !has(first.text, " ");
        const bool withData = !first.from.empty() || told
            || (file && at(receiver).kind == ThingKind::Object && (name == "fit" || at(receiver).fitted));
        const bool handler = name == "register" && !site.find(-1, "workspace"); // of functions, of classes
        if (row
            && ((row->is(roleTrain | rolePredict) && !withData) || (row->is(roleSink) && receiver == 0) || handler)) {
            row = nullptr;
        }
    }
    result = row ? effect(site, *row, receiver) : unknownCall(site, receiver);
    toldBySetter(site, receiver, name, row && result != receiver ? result : 0);
    return result;
}

Ref Trace::measured(const TraceCall& site, std::string_view name)
{
    ApiRow measure;
    measure.callee = name;
    measure.data = {ApiArgument{-1, {}, false, false, true}};
    measure.roles = roleEvaluate;
    auto given = site;
    std::erase_if(given.arguments, [this](const auto& argument) { // ["auc", "f1"]: no rows
        const auto& thing = at(argument.value);
        return thing.isSequence() && thing.from.empty() && !thing.items.empty()
            && at(thing.items.front()).kind == ThingKind::Text;
    });
    return evaluateEffect(given, measure, 0);
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
    if (splitCall(site, name, result) || pipelineCall(site, name, result) || special(site, name, result)
        || paths(site, name, result)) {
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
        const auto from = at(data).from;
        (void)downloadsTo(site, last, from);
        return data;
    }
    // my.metrics.rmse(truth, guess)
    if (measuresByName(site, name)) {
        return measured(site, name);
    }
    const auto read = readsGiven(site, name);
    site.read = read;
    mayWrite(site, name, read);
    const bool constructor = !last.empty() && std::isupper(static_cast<unsigned char>(last.front())) != 0;
    const auto made = constructor ? madeObject(site, name) : unknownCall(site, 0);
    if (read != 0 && made != 0 && at(made).kind == ThingKind::Object && !isModelType(at(made).type)) {
        at(made).takeData(at(read));
        toldByFiles(made, read);
    }
    if (constructor) {
        markUnknown(site, 0, made);
    }
    return made;
}

Ref Trace::madeObject(TraceCall& site, std::string_view type)
{
    const auto made = object(type, site.node);
    const bool model = isModelType(type) || isModule(type, m_roles);
    keepLayers(site, made);
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
    nameLabels(site, {}, 0, made);
    return made;
}

// Libraries that bring data along: shap.datasets.adult(), recommenders.datasets.movielens.load_pandas_df().
Ref Trace::libraryData(TraceCall& site, std::string_view name)
{
    const bool data =
        name.find(".datasets.") != std::string_view::npos || name.find(".opendatasets.") != std::string_view::npos;
    const auto last = lastPart(name);
    constexpr std::string_view verbs[] = {
        "find_", "read_", "get_", "maybe_", "is_", "list_", "write_", "extract", "unzip"};
    const bool open = name.find(".opendatasets.") != std::string_view::npos;
    const bool other =
        !open && std::any_of(std::begin(verbs), std::end(verbs), [last](auto verb) { return last.starts_with(verb); });
    if (!data || other || name.starts_with('.')) {
        return 0;
    }
    constexpr std::string_view others[] = {"split", "load_from_disk", "concatenate", "interleave", "unpack",
        "download_path", "Features", "Value", "ClassLabel", "get_spark_schema", "negative", "Converter", "Reader",
        "Writer", "Parser", "Encoder", "Decoder", "Transform", "Sampler", "Downloader", "Config", "Error", "Exception"};
    if (std::any_of(std::begin(others), std::end(others),
            [last](auto word) { return last.find(word) != std::string_view::npos; })) {
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

// metrics.rmse(truth, guess), cal_metric(truth, guess): of what a model gave, or of rows that are held out.
bool Trace::measuresByName(const TraceCall& site, std::string_view name) const
{
    const auto last = lastPart(name);
    const bool computes = last.starts_with("cal") || last.starts_with("comp") || last.starts_with("eval");
    std::size_t data = 0;
    bool held = false;
    bool guessed = false;
    for (const auto& argument : site.arguments) {
        const auto& thing = at(argument.value);
        const auto role = m_rows.role(thing.rows);
        data += thing.from.empty() ? 0 : 1;
        held = held || role == Role::Test || role == Role::Validation;
        guessed = guessed || !thing.models.empty();
    }
    return (guessed && (has(name, ".metrics.") || has(name, ".evaluation.")))
        || (computes && has(last, "metric") && data > 1 && (guessed || held));
}

// A tensor that stands for what comes later: Input(...), and what layers make of it.
bool Trace::drawn(Ref ref) const
{
    const auto& thing = m_things[ref];
    return thing.kind == ThingKind::Object
        && (isOneOf(thing.type, {"keras.KerasTensor", "keras.Input", "keras.layers.Input"}) || !thing.layers.empty());
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
    if (at(function).type.find("Loss") != std::string_view::npos
        || at(function).type.find(".losses.") != std::string_view::npos) {
        const auto loss = derived(data, site.node, "torch.Tensor");
        for (const auto ref : data) { // criterion(outputs, labels): what no model gave
            addOnce(at(loss).labels, at(ref).passes.empty() && data.size() == 2 ? at(ref).columns : Names{}, maxRiding);
        }
        return loss;
    }
    if (Ref gradient = 0; gradientOf(site, data, gradient)) {
        return gradient;
    }
    const bool draws = std::any_of(data.begin(), data.end(), [this](Ref ref) { return drawn(ref); });
    if (thing.type.find(".layers.") != std::string_view::npos || (draws && isModule(thing.type, m_roles))) {
        // A graph is drawn, nothing is computed: models that hold the same layer share its weights.
        const auto tensor = object("keras.KerasTensor", site.node);
        at(tensor).layers = {function};
        if (at(function).modelNode != none) {
            at(tensor).models = {at(function).modelNode}; // a trained model is a part of what is drawn
        }
        for (const auto ref : data) {
            mergeMarks(at(tensor).layers, at(ref).layers);
            mergeMarks(at(tensor).models, at(ref).models);
        }
        return tensor;
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
        if (const auto method = findMethod(thing.local, "__call__");
            method != 0 && at(method).kind == ThingKind::Function) {
            return callFunction(at(method).local, site, function);
        }
    }
    // Made by a class that nobody knows: it may turn out to be trained.
    const bool made = !thing.type.empty() && thing.from.empty() && thing.locators.empty()
        && !m_roles.knowsLibrary(thing.type)
        && std::isupper(static_cast<unsigned char>(lastPart(thing.type).front())) != 0;
    if (made && !dataOf(data).empty()) {
        return pass(function, data, site.node, false);
    }
    if (const auto answer = asked(site, function, "invoke"); answer != 0) { // a chain is called like a function
        return answer;
    }
    if (const auto* row = thing.type.empty() ? nullptr : m_roles.method(thing.type, "__call__")) {
        site.receiver = function;
        return effect(site, *row, function);
    }
    return unknownCall(site, function);
}

// store.similarity_search("..."), chain.invoke("..."): an index or a chain is asked. 0: it is neither.
Ref Trace::asked(TraceCall& site, Ref receiver, std::string_view name)
{
    const auto type = at(receiver).type;
    constexpr std::string_view places[] = {
        "langchain", "llama_index", "chromadb", "pinecone", "qdrant_client", "weaviate", "faiss"};
    const bool answers =
        std::any_of(std::begin(places), std::end(places), [type](auto place) { return type.starts_with(place); });
    const bool question = isOneOf(name,
        {"invoke", "run", "query", "similarity_search", "similarity_search_with_score", "search",
            "get_relevant_documents", "ask", "chat", "stream", "ainvoke", "retrieve"});
    const bool holds = at(receiver).modelNode != none || has(type, "hain") || has(type, "ollection")
        || has(type, "ueryEngine") || has(type, "etrieval");
    if (!answers || !question || !holds || at(receiver).kind != ThingKind::Object) {
        return 0;
    }
    const auto model = modelNode(receiver, site.node);
    if (model != none && m_out.graph().nodes[model].kind == NodeKind::Model) {
        m_out.graph().nodes[model].kind = NodeKind::Index;
    }
    std::vector<Ref> data{receiver};
    for (const auto& argument : site.arguments) {
        data.push_back(argument.value);
    }
    evaluation(model, data, site.node, name, true);
    const auto answer = derived(data, site.node);
    mergeMarks(at(answer).from, {model});
    return answer;
}

// What comes back is made of everything that went in; a bare statement may have changed what it was given.
Ref Trace::unknownCall(TraceCall& site, Ref receiver)
{
    site.receiver = receiver;
    const auto facts = factsKnown();
    drawnByAxes(site, receiver);
    if (const auto read = byItsName(site); read != 0) {
        return read;
    }
    if (const auto loss = receiver == 0 ? lossByItsName(site) : Ref{0}; loss != 0) {
        return loss;
    }
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
    const auto type =
        at(receiver).kind == ThingKind::Object && at(receiver).local == none && at(receiver).modelNode == none
        ? at(receiver).type
        : std::string_view();
    const auto result = derived(parts, site.node, type);
    for (const auto part : parts) {
        if (part != receiver && drawn(part) && at(result).type.empty()) {
            at(result).type = "keras.KerasTensor"; // lambda layers, layers of hubs
            at(result).layers = at(part).layers;
        }
    }
    const auto shaped = receiver == 0 && site.arguments.size() == 1 ? site.arguments.front().value : receiver;
    if (has(type, "Dataset")) {
        at(result).locators = at(receiver).locators; // a data set of paths, in another order
        at(result).pathLike = at(receiver).pathLike;
    }
    at(result).columns = at(shaped).columns;
    at(result).dropped = at(shaped).dropped;
    for (const auto part : parts) {
        if (at(part).modelNode != none) {
            mergeMarks(at(result).from, {at(part).modelNode});
            mergeMarks(at(result).models, {at(part).modelNode});
        }
    }
    chooseAsked(site, receiver, result);
    keepGivenRows(receiver, {parts.begin() + 1, parts.end()}, result);
    usesByItsName(site, receiver, {parts.begin() + 1, parts.end()});
    trainsByItsName(site);
    if (splitByName(site, parts, result)) {
        return result;
    }
    parts.erase(parts.begin());
    changesGiven(site, parts);
    at(result).guessed = true;
    if (facts == factsKnown()) { // its name said nothing
        markUnknown(site, receiver, result);
    }
    return result;
}

// encoder.back(rows): what an object that knows all rows gives for some of them is about those.
void Trace::keepGivenRows(Ref receiver, const std::vector<Ref>& given, Ref result)
{
    const auto known = at(receiver).rows;
    Marks rows;
    for (const auto ref : given) {
        mergeMarks(rows, at(ref).rows);
    }
    charge(known.size() * rows.size() / 8);
    const bool some = !known.empty() && !rows.empty() && rows != known && !has(at(receiver).type, "Frame")
        && std::all_of(rows.begin(), rows.end(), [&](auto set) {
               return std::any_of(known.begin(), known.end(), [&](auto all) { return m_rows.contains(all, set); });
           });
    if (some) {
        at(result).rows = rows;
        mergeMarks(at(result).fittedOn, known);
    }
}

// A statement that is a call and nothing else has done something to what it was given.
void Trace::changesGiven(const TraceCall& site, const std::vector<Ref>& given)
{
    const auto receiver = site.receiver;
    // A container nobody knows the type of changes: queue.put(x), table.load(rows).
    if (receiver != 0 && site.unit == m_unit && statementOf(site.node) && at(receiver).kind != ThingKind::Path) {
        mutate(receiver, given, site.node, "call");
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
}

} // namespace cupel::lineage
