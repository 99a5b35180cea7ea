// SPDX-License-Identifier: GPL-3.0-or-later
// What a row of the table says of a call.
#include "analyzers/lineage/trace.h"

#include "analyzers/lineage/hyperparameters.h"
#include "analyzers/lineage/words.h"

#include <algorithm>

namespace cupel::lineage {

// shutil.copy(a, b), urlretrieve(url, file): one place becomes another.
Marks Trace::copyEffect(TraceCall& site, const ApiRow& row)
{
    const auto where = place(site.node);
    Marks placed;
    const auto from = locatorsFor(site, row, site.receiver, 0);
    const auto to = locatorsFor(site, row, site.receiver, 1);
    for (const auto& origin : to.empty() ? from : std::vector<Locator>{}) {
        m_out.source(m_out.located(origin, row.callee, where), origin.kind, origin.value, where);
    }
    for (const auto& target : to) {
        const auto sink = m_out.located(target, row.callee, where);
        mergeMarks(placed, {sink});
        Marks inputs;
        for (const auto& origin : from) {
            const auto source = m_out.located(origin, row.callee, where);
            if (row.callee.find("rename") == std::string_view::npos
                && row.callee.find("move") == std::string_view::npos) {
                m_out.source(source, origin.kind, origin.value, where);
            }
            m_out.edge(source, sink, EdgeKind::Writes, "call:" + std::string(row.callee),
                quoted(row.callee) + " copies it here", where);
            mergeMarks(inputs, {source});
        }
        m_out.sink(sink, target.kind, target.value, where, inputs);
    }
    return placed;
}

// A data set of paths: what is read later is there.
void Trace::placesOf(Ref given, Ref ref)
{
    const auto& pair = at(given);
    at(ref).pathLike = pair.pathLike;
    at(ref).locators = pair.pathLike ? pair.locators : Names{};
    for (const auto item : pair.items) {
        if (at(item).kind == ThingKind::Object && at(item).pathLike) {
            addOnce(at(ref).locators, at(item).locators, 64);
            at(ref).pathLike = true;
        }
        if (const auto names = pathsIn(item); !names.empty()) { // (files, labels)
            addOnce(at(ref).locators, names, 64);
            at(ref).pathLike = true;
        }
        const bool path =
            at(item).kind == ThingKind::Text && (!extensionOf(at(item).text).empty() || has(at(item).text, "/"));
        if (path && at(ref).locators.size() < 64) {
            at(ref).locators.push_back(at(item).text);
            at(ref).pathLike = true;
        }
    }
}

Ref Trace::resultOf(TraceCall& site, const ApiRow& row, Ref receiver)
{
    if (has(row.callee, ".from_tensor") || has(row.callee, "convert_to_tensor")) {
        for (const auto& argument : site.arguments) {
            for (const auto item : at(argument.value).kind == ThingKind::Tuple ? at(argument.value).items
                                                                               : std::vector<Ref>{argument.value}) {
                at(argument.value).takeData(at(literalSource(item, site.node)));
            }
        }
    }
    if (row.returns == "self" || row.returns == "class of the receiver") {
        if (receiver != 0) {
            return receiver;
        }
    }
    auto data = argumentsFor(site, row.data, receiver);
    if (data.empty()) {
        data.push_back(receiver);
        for (const auto& argument : site.arguments) {
            data.push_back(argument.value);
        }
    }
    auto type = m_roles.type(row.returns);
    if (row.returns == "class of the receiver") {
        const auto name = std::string_view(at(site.function).text);
        type = keep(m_roles.canonical(name.substr(0, name.rfind('.'))));
    } else if (row.kind == "constructor") {
        type = row.callee;
    } else if (type.empty() && lastPart(row.callee).starts_with("from_")) {
        type = row.callee.substr(0, row.callee.rfind('.'));
    }
    const auto ref = derived(data, site.node, type);
    for (const auto part : data) {
        if (part != receiver && at(part).modelNode != none) {
            mergeMarks(at(ref).from, {at(part).modelNode}); // to_onnx(model)
        }
    }
    if (at(ref).from.empty() && row.kind != "constructor" && !row.is(roleModel)) {
        at(ref).made = data; // constant([[1, 2]]): what stands in the code may be asked for
    }
    if (!data.empty()) {
        at(ref).columns = at(data.front()).columns;
        at(ref).dropped = at(data.front()).dropped;
        const auto& pair = at(data.front());
        if (has(type, "Dataset")) {
            placesOf(data.front(), ref);
        }
        if (row.callee == "tensorflow.data.Dataset.zip") { // each element has one of each
            const auto sets = pair.isSequence() && data.size() == 1 ? pair.items : data;
            const auto element = make(ThingKind::Tuple, site.node);
            for (const auto set : sets) {
                at(element).items.push_back(elementOf(set, site.node));
                at(element).takeData(at(set));
            }
            at(ref).items = {element};
        }
        if (pair.kind == ThingKind::Tuple && pair.items.size() > 1 && has(row.callee, "from_tensor_slices")) {
            at(ref).columns = at(pair.items[0]).columns; // (features, labels)
            addOnce(at(ref).labels, at(pair.items[1]).columns);
        }
    }
    return ref;
}

// np.copyto(dst, src), np.add(a, b, out=c): an argument is what changes.
void Trace::changesArgument(TraceCall& site, std::string_view name)
{
    constexpr std::string_view changing[] = {"numpy.copyto", "numpy.place", "numpy.put", "numpy.putmask",
        "numpy.fill_diagonal", "random.shuffle", "numpy.random.shuffle", "torch.nn.init"};
    Ref target = site.value(-1, "out");
    if (std::find(std::begin(changing), std::end(changing), name) != std::end(changing)) {
        target = site.value(0, {});
    }
    if (target == 0) {
        return;
    }
    std::vector<Ref> with;
    for (const auto& argument : site.arguments) {
        if (argument.value != target) {
            with.push_back(argument.value);
        }
    }
    mutate(target, with, site.node, "call:" + std::string(name));
}

// What a thing was made with stays with it.
void Trace::keepArguments(const TraceCall& site, Ref made)
{
    for (const auto& argument : site.arguments) {
        if (!argument.name.empty()) {
            at(made).madeBy.emplace_back(argument.name, argument.value);
        } else {
            at(made).made.push_back(argument.value);
        }
    }
}

void Trace::keepLayers(const TraceCall& site, Ref made)
{
    for (const auto& argument : site.arguments) {
        mergeMarks(at(made).layers, at(argument.value).layers);
        for (const auto item : at(argument.value).items) {
            mergeMarks(at(made).layers, at(item).layers);
        }
    }
    if (!at(made).layers.empty() && m_layered.size() < 256) {
        m_layered.push_back(made);
    }
}

// What a call that writes gives back: the text of what it was asked for, the place, a writer.
Ref Trace::sunk(TraceCall& site, const ApiRow& row, Ref receiver)
{
    const auto type = m_roles.type(row.returns);
    sinkEffect(site, row, receiver);
    if (isOneOf(lastPart(row.callee), {"to_json", "to_csv"}) && row.kind != "function"
        && argumentsFor(site, row.locators, receiver).empty()) {
        return derived({receiver}, site.node, "str"); // given as a text
    }
    if (row.returns == "str" && row.locators.empty() && !at(receiver).locators.empty()) {
        return text(std::string(at(receiver).locators.front()), site.node); // manager.save()
    }
    const auto place = isOneOf(row.returns, {"str", "path", "Path"}) && row.locatorKind == "path"
        ? argumentsFor(site, row.locators, receiver)
        : std::vector<Ref>{};
    if (place.size() == 1 && at(place.front()).kind == ThingKind::Text) {
        return place.front(); // where it is kept: restore(save(prefix))
    }
    const auto result = row.returns == "self" ? receiver : object(type, site.node);
    at(result).self = type.ends_with("Writer") ? receiver : at(result).self; // what it writes
    if (has(type, "Dataset")) { // register(frame): it is there from now on
        at(result).takeData(at(derived(argumentsFor(site, row.data, receiver), site.node)));
    }
    if (row.kind == "constructor") { // a writer, a callback: what it is made for comes later
        at(result).type = type.empty() ? row.callee : type;
        keepArguments(site, result);
        for (const auto& locator : locatorsFor(site, row, receiver, 0)) {
            at(result).locators.push_back(keep(asWritten(locator)));
        }
        at(result).blank = !nameless(site, row, receiver).empty(); // written somewhere
    }
    return result;
}

// open-like calls, copies, sinks, connections: false: it is none of them.
bool Trace::placeEffect(TraceCall& site, const ApiRow& row, Ref receiver, Ref& result)
{
    const auto type = m_roles.type(row.returns);
    if (bucketEffect(site, row, receiver, result)) {
        return true;
    }
    const bool connects = row.callee.ends_with(".connect") || row.callee.ends_with("create_engine");
    if (connects
        || (has(row.locatorKind, "connection") && !has(row.locatorKind, "sql") && !has(row.locatorKind, "table"))) {
        result = object(type.empty() ? "connection" : type, site.node);
        for (const auto value : argumentsFor(site, row.locators, receiver)) {
            if (at(value).kind == ThingKind::Text) {
                at(result).locators.push_back(at(value).text);
            }
        }
        if (row.kind == "constructor") { // CheckpointManager(checkpoint, folder)
            keepArguments(site, result);
        }
        return true;
    }
    const bool byMode = row.is(roleSource) && row.is(roleSink)
        && std::any_of(row.locators.begin(), row.locators.end(), [](const auto& a) { return a.name == "mode"; });
    if (byMode) {
        const auto named = argumentsFor(site, {row.locators.front()}, receiver);
        auto file = named.empty() ? Ref{0} : named.front();
        if (row.locatorKind.starts_with("bucket/") && at(file).kind == ThingKind::Text && !has(at(file).text, "://")) {
            file = text((row.callee.starts_with("gcsfs.") ? "gs://" : "s3://") + std::string(at(file).text), site.node);
        }
        result = openFile(site, file, site.value(1, "mode"));
        at(result).type = type.empty() ? row.callee : type;
        return true;
    }
    if (has(row.locatorKind, "temp view") && site.value(0, "name") != 0) {
        m_views[std::string(at(site.value(0, "name")).text)] = receiver;
        return true;
    }
    const bool sql = has(row.locatorKind, "sql") || (row.is(roleSource) && has(row.locatorKind, "table"));
    if (sql && (result = sqlEffect(site, row, receiver)) != 0) {
        return true;
    }
    if (row.is(roleSource) && row.is(roleSink) && row.locators.size() > 1) {
        const auto placed = copyEffect(site, row);
        const auto path = pathPlaced(site, row);
        result = path != 0 ? path : object(type, site.node);
        if (has(type, "Dataset") && !placed.empty()) { // what was uploaded is what it is
            at(result).from = placed;
            at(result).rows = {m_rows.add({})};
        }
        return true;
    }
    const bool unheard = isOneOf(lastPart(row.callee), {"post", "put", "patch"}) && site.unit == m_unit
        && statementOf(site.node) && !locatorsFor(site, row, receiver, 0).empty(); // nobody reads the answer
    if (row.is(roleSink) && (!row.is(roleSource) || unheard)) {
        result = sunk(site, row, receiver);
        return true;
    }
    return false;
}

// read_csv(...), load_iris(), from_pretrained(...), model.load_weights(...)
Ref Trace::readEffect(TraceCall& site, const ApiRow& row, Ref receiver)
{
    const bool intoModel = row.is(roleLoadModel) && row.kind == "method" && at(receiver).kind == ThingKind::Object
        && isModelType(at(receiver).type) && row.returns != "class of the receiver";
    if (intoModel) {
        auto weights = argumentsFor(site, row.data, receiver);
        if (!row.locators.empty()) {
            weights = {sourceEffect(site, row, 0)};
        }
        std::erase(weights, receiver);
        renewForWeights(receiver, weights, site);
        mutate(receiver, weights, site.node, "call:" + std::string(row.callee)); // they are put into it
        return receiver;
    }
    const auto ref = sourceEffect(site, row, receiver);
    if (row.is(roleLoadModel) && has(row.mutates, "self")) { // restore(file) of a checkpoint: into what it holds
        for (const auto model : heldModels(receiver)) {
            mutate(model, {ref}, site.node, "call:" + std::string(row.callee));
        }
    }
    if (isOneOf(row.callee,
            {"json.load", "yaml.load", "yaml.safe_load", "yaml.full_load", "yaml.unsafe_load", "tomllib.load",
                "tomli.load", "toml.load", "omegaconf.OmegaConf.load"})) {
        if (row.callee == "omegaconf.OmegaConf.load") {
            at(ref).type = "omegaconf.DictConfig";
        }
        for (const auto value : argumentsFor(site, row.locators, receiver)) {
            if (at(value).kind == ThingKind::Text) { // the place itself
                at(ref).locators.push_back(at(value).text);
            }
            at(ref).locators.insert(at(ref).locators.end(), at(value).locators.begin(), at(value).locators.end());
        }
        takeSettings(ref, site.node);
        return ref;
    }
    keepArguments(site, ref);
    if (row.locators.empty()) {
        const auto from = at(ref).from;
        (void)downloadsTo(site, lastPart(row.callee), from);
    }
    tellSent(site, row, ref);
    if (row.returns == "class of the receiver") {
        const auto name = std::string_view(at(site.function).text);
        at(ref).type = keep(m_roles.canonical(name.substr(0, name.rfind('.'))));
    } else if (row.kind == "constructor") {
        at(ref).type = row.callee;
    }
    if (has(row.returns, "x_train")) {
        return parts({ref}, {Role::Train, Role::Test}, site.node, false);
    }
    if (has(row.returns, "tuple(X,y)") || at(site.value(-1, "return_X_y")).text == "True") {
        return parts({ref, ref}, {}, site.node, true);
    }
    return askedParts(site, ref);
}

// Everything else: the result is made of what went in; the receiver may change.
Ref Trace::transformEffect(TraceCall& site, const ApiRow& row, Ref receiver, const std::vector<Ref>& handed)
{
    if (row.is(roleRun) && row.kind == "method" && row.returns == "-" && row.data.empty()) {
        return object({}, site.node); // run.get_details(): about the job, not of its data
    }
    const auto ref = resultOf(site, row, receiver);
    if (receiver != 0 && receiver != ref && at(receiver).modelNode != none) {
        mergeMarks(at(ref).from, {at(receiver).modelNode}); // transform() of something fitted
        mergeMarks(at(ref).fittedOn, at(receiver).fittedOn);
    }
    for (const auto part : handed) {
        if (ref != receiver) {
            at(ref).takeData(at(part));
        }
    }
    takeChosen(receiver, handed, ref);
    takePaths(ref != receiver && !has(at(ref).type, "Dataset") ? ref : Ref{0}, handed);
    if (row.kind == "constructor" || row.is(roleModel)) {
        keepArguments(site, ref);
        keepLayers(site, ref);
        for (const auto label : argumentsFor(site, row.labels, receiver)) {
            at(ref).madeBy.emplace_back("label", label);
        }
        const bool ofParts = row.kind == "method" && row.is(roleModel) && !row.data.empty(); // a chain over an index
        if (isModelType(at(ref).type) || row.is(roleIndex)) {
            at(ref).from = ofParts ? at(ref).from : Marks{};
            at(ref).rows.clear();
        }
    }
    if (Names picked; receiver != 0 && pickedColumns(receiver, picked)) {
        at(ref).columns = std::move(picked);
    }
    if (row.kind == "constructor" && row.is(roleRun)) {
        fillOutputs(site);
    }
    changesArgument(site, row.callee);
    if (row.is(roleConfig) && lastPart(row.callee) == "compile" && receiver != 0) {
        Hyperparameters::keepCompiled(at(receiver), site);
    }
    const bool inPlace = row.mutates == "self" || at(site.value(-1, "inplace")).text == "True";
    if (has(row.mutates, "self") && receiver != 0 && inPlace) {
        std::vector<Ref> with;
        for (const auto& argument : site.arguments) {
            with.push_back(argument.value);
        }
        mutate(receiver, with, site.node, "call:" + std::string(row.callee));
    }
    return ref;
}

// "tuple(library.Run,object)": things of these types, each made of what the call is made of.
Ref Trace::severalOf(std::string_view returns, Ref all, std::uint32_t node)
{
    const auto tuple = make(ThingKind::Tuple, node);
    auto rest = returns.substr(0, returns.find(')'));
    rest.remove_prefix(rest.find('(') + 1);
    while (!rest.empty()) {
        const auto end = std::min(rest.find(','), rest.size());
        const auto item = derived({all}, node, m_roles.type(rest.substr(0, end)));
        at(tuple).items.push_back(item);
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    at(tuple).takeData(at(all));
    return tuple;
}

Ref Trace::effect(TraceCall& site, const ApiRow& row, Ref receiver)
{
    auto result = effectOf(site, row, receiver);
    if (!row.is(roleSource) && result != receiver && !at(result).rows.empty()) {
        result = askedParts(site, result); // as_dataset(split=["train", "test"])
    }
    if (row.returns == "its arguments" && !site.arguments.empty()) { // model, rows = prepare(model, rows)
        const auto given = make(ThingKind::Tuple, site.node);
        for (const auto& argument : site.arguments) {
            at(given).items.push_back(argument.value);
            at(given).takeData(at(argument.value));
        }
        return site.arguments.size() == 1 ? site.arguments.front().value : given;
    }
    if (row.returns.starts_with("tuple(") && has(row.returns, ".") && !at(result).isSequence()) {
        result = severalOf(row.returns, result, site.node);
    }
    if (row.is(roleVisualise)) {
        drawOn(site, row, receiver, result);
    }
    chooseAsked(site, receiver, result);
    nameLabels(site, row, receiver, row.is(roleTrain) ? Ref{0} : result);
    return result;
}

Ref Trace::effectOf(TraceCall& site, const ApiRow& row, Ref receiver)
{
    site.receiver = receiver;
    const auto handed = handOver(site);
    const bool named = row.is(roleSaveModel) && site.find(-1, "registered_model_name") != nullptr;
    if (row.is(roleDeploy | roleRegister) || named) {
        deployEffect(site, row, receiver);
    }
    if (row.is(roleTrain)) {
        return trainEffect(site, row, receiver);
    }
    if (row.is(roleEvaluate)) {
        return evaluateEffect(site, row, receiver);
    }
    if (row.is(rolePredict)) {
        return predictEffect(site, row, receiver);
    }
    if (row.is(roleIndex) && row.is(roleSink) && row.mutates == "self" && fillsIndex(site, row, receiver)) {
        return 0;
    }
    Ref result = 0;
    if (placeEffect(site, row, receiver, result)) {
        return result;
    }
    // choice(X): drawn from data, not made up
    const bool draws = row.is(roleGenerate) && !row.is(roleSource)
        && std::any_of(
            site.arguments.begin(), site.arguments.end(), [this](const auto& a) { return !at(a.value).from.empty(); });
    // model_from_json(text): made of what it is given
    const bool ofGiven = !row.is(roleSource) && row.is(roleLoadModel) && row.locators.empty() && !row.data.empty()
        && row.kind == "function";
    if (row.is(roleSource | roleLoadModel | roleGenerate) && !draws && !ofGiven) {
        return readEffect(site, row, receiver);
    }
    if (row.is(roleIndex) && row.kind == "method" && receiver == 0) {
        return indexEffect(site, row);
    }
    return transformEffect(site, row, receiver, handed);
}

} // namespace cupel::lineage
