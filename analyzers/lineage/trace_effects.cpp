// SPDX-License-Identifier: GPL-3.0-or-later
// What a row of the table says of a call: sources, sinks, transformations.
#include "analyzers/lineage/trace.h"

#include <algorithm>

namespace cupel::lineage {

namespace {

constexpr std::string_view hole("\1", 1);

bool has(std::string_view text, std::string_view part)
{
    return text.find(part) != std::string_view::npos;
}

std::string quoted(std::string_view name)
{
    return '\'' + std::string(name) + '\'';
}

} // namespace

std::vector<Ref> Trace::argumentsFor(const TraceCall& site, const std::vector<ApiArgument>& wanted, Ref receiver)
{
    std::vector<Ref> list;
    for (const auto& argument : wanted) {
        if (argument.self) {
            list.push_back(receiver);
        } else if (argument.all) {
            for (const auto& given : site.arguments) {
                if (given.name.empty()) {
                    list.push_back(given.value);
                }
            }
        } else if (argument.making) {
            for (const auto& [name, value] : at(receiver).madeBy) {
                if (name == argument.name) {
                    list.push_back(value);
                }
            }
        } else if (const auto value = site.value(argument.position, argument.name); value != 0) {
            list.push_back(value);
        }
    }
    return list;
}

// The places that a value names: a constant, several that it may be, an open file.
std::vector<Locator> Trace::locatorsOf(Ref value, std::string_view kindOfTable, bool model)
{
    std::vector<Locator> list;
    const auto& thing = at(value);
    const auto base = workingFolder();
    if (thing.kind == ThingKind::Text) {
        std::vector<Ref> all = thing.made.empty() ? std::vector<Ref>{value} : thing.made;
        for (const auto one : all) {
            if (at(one).kind == ThingKind::Text && !at(one).text.empty() && at(one).text != hole && list.size() < 16) {
                list.push_back(readLocator(at(one).text, base, kindOfTable, model));
            }
        }
    } else if (thing.isSequence()) {
        for (const auto item : thing.items) {
            if (at(item).kind == ThingKind::Text && list.size() < 64) {
                list.push_back(readLocator(at(item).text, base, kindOfTable, model));
            }
        }
    } else {
        for (const auto written : thing.locators) {
            list.push_back(readLocator(written, base, kindOfTable, model));
        }
    }
    return list;
}

// `which`: of several arguments that name places.
std::vector<Locator> Trace::locatorsFor(const TraceCall& site, const ApiRow& row, Ref receiver, std::size_t which)
{
    const bool model = row.is(roleLoadModel | roleSaveModel) || row.callee.ends_with(".from_pretrained");
    std::string_view kind = row.locatorKind;
    if (const auto plus = kind.find('+'); plus != std::string_view::npos) {
        kind = which == 0 ? kind.substr(0, plus) : kind.substr(plus + 1);
    }
    for (std::size_t i = which; i < row.locators.size(); ++i) {
        const auto values = argumentsFor(site, {row.locators[i]}, receiver);
        for (const auto value : values) {
            auto list = locatorsOf(value, kind, model);
            if (!list.empty()) {
                return list;
            }
        }
        if (row.locatorKind.find('+') != std::string_view::npos) {
            break;
        }
    }
    return {};
}

Ref Trace::fromSource(std::uint32_t node, std::string_view type, std::uint32_t at_)
{
    const auto ref = object(type, at_);
    if (node == none) {
        return ref;
    }
    at(ref).from = {node};
    RowSet rows;
    const auto& entry = m_out.graph().nodes[node];
    rows.role = roleOfName(entry.locator.empty() ? entry.label : entry.locator);
    at(ref).rows = {m_rows.add(rows)};
    return ref;
}

// What a call was given that decides which data it gives: "(train=False)".
std::string Trace::constants(const TraceCall& site)
{
    std::string all;
    for (const auto& argument : site.arguments) {
        const auto& thing = at(argument.value);
        const bool place = argument.name == "root" || argument.name == "data_home" || argument.name.find("path") != std::string_view::npos
            || argument.name.find("dir") != std::string_view::npos;
        if (thing.isConstant() && !place && thing.text.size() < 64 && thing.text.find(hole) == std::string_view::npos) {
            all += all.empty() ? "(" : ", ";
            all += argument.name.empty() ? std::string(thing.text) : std::string(argument.name) + '=' + std::string(thing.text);
        }
    }
    return all.empty() ? all : withoutCredentials(all) + ')';
}

// A call that says itself what it gives: load_iris(), make_blobs().
Ref Trace::noLocator(TraceCall& site, const ApiRow& row)
{
    const bool generated = row.is(roleGenerate);
    const bool fileObject = !row.locators.empty() && !has(row.callee, ".datasets.");
    const auto where = place(site.node);
    if (fileObject && !has(row.locatorKind, "id")) {
        // A place is named, but nobody knows which.
        const auto id = "unknown:" + placeId(site.node, {});
        const auto node = m_out.node(NodeKind::Unknown, id, "?", where);
        m_out.source(node, SourceKind::Unknown, "*", where);
        if (node != none) {
            m_out.graph().nodes[node].api = row.callee;
        }
        return fromSource(node, m_roles.type(row.returns), site.node);
    }
    const auto name = std::string(row.kind == "pattern" ? at(site.function).text : row.callee);
    const auto label = name.substr(name.rfind('.') + 1);
    const auto id = generated ? "generated:" + placeId(site.node, {}) : "builtin:" + m_roles.canonical(name) + constants(site);
    const auto node = m_out.node(NodeKind::Dataset, id, label, where);
    if (node != none) {
        m_out.graph().nodes[node].api = name;
        m_out.graph().nodes[node].outside = true;
        m_out.graph().nodes[node].locator = name;
    }
    m_out.source(node, generated ? SourceKind::Generated : SourceKind::BuiltinDataset, name, where);
    const auto ref = fromSource(node, m_roles.type(row.returns), site.node);
    if (generated && !at(ref).rows.empty()) {
        m_rows[at(ref).rows.front()].role = Role::Generated;
    }
    return ref;
}

Ref Trace::sourceEffect(TraceCall& site, const ApiRow& row, Ref receiver)
{
    const auto where = place(site.node);
    auto locators = locatorsFor(site, row, receiver, row.locatorKind == "name+url" ? 1 : 0);
    // An open file, a response: its place was told when it was opened.
    for (const auto& argument : row.locators) {
        const auto values = argumentsFor(site, {argument}, receiver);
        for (const auto value : values) {
            const bool carried = at(value).kind == ThingKind::Object && !at(value).from.empty();
            if (carried) {
                const auto ref = derived({value}, site.node, m_roles.type(row.returns));
                for (const auto from : at(value).from) {
                    m_out.graph().nodes[from].unsafeLoad = m_out.graph().nodes[from].unsafeLoad || row.is(roleUnsafeLoad);
                }
                if (row.is(roleLoadModel)) {
                    for (const auto from : at(value).from) {
                        auto& node = m_out.graph().nodes[from];
                        node.kind = node.kind == NodeKind::File ? NodeKind::ModelFile : node.kind;
                    }
                    at(ref).fitted = true;
                }
                return ref;
            }
        }
    }
    if (locators.empty() && receiver != 0 && !at(receiver).from.empty()) {
        return derived({receiver}, site.node, m_roles.type(row.returns)); // a reader's rows
    }
    if (locators.empty() && receiver != 0 && !at(receiver).locators.empty()) {
        locators = locatorsOf(receiver, row.locatorKind, row.is(roleLoadModel));
    }
    if (locators.empty()) {
        return noLocator(site, row);
    }
    Ref all = 0;
    const auto revision = site.value(-1, "revision");
    for (auto& locator : locators) {
        const bool hub = locator.kind == SourceKind::HubModel || locator.kind == SourceKind::HubDataset;
        if (hub && at(revision).kind == ThingKind::Text) {
            locator.value += '@' + std::string(at(revision).text);
            locator.id += '@' + std::string(at(revision).text);
        }
        const auto node = m_out.located(locator, row.callee, where);
        m_out.source(node, locator.kind, locator.value, where);
        if (node != none && row.is(roleUnsafeLoad)) {
            m_out.graph().nodes[node].unsafeLoad = true;
        }
        const auto ref = fromSource(node, m_roles.type(row.returns), site.node);
        at(ref).locators.push_back(keep(locator.value));
        at(ref).fitted = row.is(roleLoadModel);
        if (all != 0) {
            at(all).takeData(at(ref));
        } else {
            all = ref;
        }
    }
    // read_csv(usecols=[...])
    for (const auto name : {"usecols", "columns"}) {
        const auto columns = site.value(-1, name);
        for (const auto item : at(columns).items) {
            if (at(item).kind == ThingKind::Text) {
                at(all).columns.push_back(at(item).text);
            }
        }
    }
    if (const auto split = site.value(-1, "split"); at(split).kind == ThingKind::Text && !at(all).rows.empty()) {
        m_rows[at(all).rows.front()].role = roleOfName(at(split).text);
    }
    if (const auto subset = site.value(-1, "subset"); at(subset).kind == ThingKind::Text && !at(all).rows.empty()) {
        m_rows[at(all).rows.front()].role = roleOfName(at(subset).text);
    }
    return all;
}

void Trace::sinkEffect(TraceCall& site, const ApiRow& row, Ref receiver)
{
    const auto where = place(site.node);
    auto data = argumentsFor(site, row.data, receiver);
    if (data.empty() && receiver != 0) {
        data.push_back(receiver);
    }
    if (data.size() == 1 && at(data.front()).self != 0 && at(data.front()).from.empty()) {
        data.push_back(at(data.front()).self); // a writer of something
    }
    auto locators = locatorsFor(site, row, receiver, row.is(roleSource) && row.locators.size() > 1 ? 1 : 0);
    if (locators.empty()) {
        for (const auto& argument : row.locators) {
            for (const auto value : argumentsFor(site, {argument}, receiver)) {
                for (auto& more : locatorsOf(value, row.locatorKind, row.is(roleSaveModel))) {
                    locators.push_back(std::move(more));
                }
            }
        }
    }
    Marks inputs;
    bool model = row.is(roleSaveModel);
    for (const auto ref : data) {
        const auto& thing = at(ref);
        mergeMarks(inputs, thing.from);
        if (thing.modelNode != none) {
            mergeMarks(inputs, {thing.modelNode});
            model = true;
        } else if (isModelType(thing.type) && thing.kind == ThingKind::Object) {
            mergeMarks(inputs, {modelNode(ref, site.node)});
            model = true;
        }
    }
    for (auto& locator : locators) {
        if (model && locator.node == NodeKind::File && isModelExtension(extensionOf(locator.value))) {
            locator.node = NodeKind::ModelFile;
            locator.kind = SourceKind::ModelFile;
        }
        const auto node = m_out.located(locator, row.callee, where);
        if (node == none) {
            continue;
        }
        m_out.sink(node, locator.kind, locator.value, where, inputs);
        for (const auto from : inputs) {
            const bool saves = m_out.graph().nodes[from].kind == NodeKind::Model;
            m_out.edge(from, node, saves ? EdgeKind::Saves : EdgeKind::Writes, "call:" + std::string(row.callee),
                quoted(row.callee) + (saves ? " saves it here" : " writes it here"), where);
        }
        if (inputs.empty()) {
            m_out.edge(cellNode(m_unit), node, EdgeKind::Writes, "call:" + std::string(row.callee),
                quoted(row.callee) + " writes here", where, Certainty::Likely);
        }
    }
}

// shutil.copy(a, b), urlretrieve(url, file): one place becomes another.
void Trace::copyEffect(TraceCall& site, const ApiRow& row)
{
    const auto where = place(site.node);
    const auto from = locatorsFor(site, row, site.receiver, 0);
    const auto to = locatorsFor(site, row, site.receiver, 1);
    for (const auto& target : to) {
        const auto sink = m_out.located(target, row.callee, where);
        Marks inputs;
        for (const auto& origin : from) {
            const auto source = m_out.located(origin, row.callee, where);
            if (row.callee.find("rename") == std::string_view::npos && row.callee.find("move") == std::string_view::npos) {
                m_out.source(source, origin.kind, origin.value, where);
            }
            m_out.edge(source, sink, EdgeKind::Writes, "call:" + std::string(row.callee),
                quoted(row.callee) + " copies it here", where);
            mergeMarks(inputs, {source});
        }
        m_out.sink(sink, target.kind, target.value, where, inputs);
    }
}

Ref Trace::resultOf(TraceCall& site, const ApiRow& row, Ref receiver)
{
    if (has(row.callee, "from_tensor_slices") || has(row.callee, "convert_to_tensor")) {
        for (const auto& argument : site.arguments) {
            for (const auto item : at(argument.value).kind == ThingKind::Tuple ? at(argument.value).items : std::vector<Ref>{argument.value}) {
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
    }
    const auto ref = derived(data, site.node, type);
    if (!data.empty()) {
        at(ref).columns = at(data.front()).columns;
        at(ref).dropped = at(data.front()).dropped;
    }
    return ref;
}

void Trace::deployEffect(TraceCall& site, const ApiRow& row, Ref receiver)
{
    const auto where = place(site.node);
    std::string label(row.callee.substr(row.callee.rfind('.') + 1));
    for (const auto& argument : row.locators) {
        for (const auto value : argumentsFor(site, {argument}, receiver)) {
            if (at(value).kind == ThingKind::Text) {
                label = withoutCredentials(at(value).text);
                std::replace(label.begin(), label.end(), hole.front(), '*');
            }
        }
    }
    const auto node = m_out.node(NodeKind::Endpoint, "endpoint:" + placeId(site.node, {}), label, where);
    if (node == none) {
        return;
    }
    m_out.graph().nodes[node].api = row.callee;
    m_out.graph().nodes[node].outside = row.is(roleRemote);
    m_out.edge(cellNode(m_unit), node, EdgeKind::Deploys, "call:" + std::string(row.callee),
        quoted(row.callee) + " makes it reachable", where);
    auto data = argumentsFor(site, row.data, receiver);
    data.push_back(receiver);
    for (const auto ref : data) {
        auto from = at(ref).from;
        if (at(ref).modelNode != none) {
            mergeMarks(from, {at(ref).modelNode});
        }
        for (const auto mark : from) {
            m_out.edge(mark, node, EdgeKind::Deploys, "call:" + std::string(row.callee), "it is served from here", where);
        }
    }
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

Ref Trace::effect(TraceCall& site, const ApiRow& row, Ref receiver)
{
    site.receiver = receiver;
    const auto handed = handOver(site);
    if (row.is(roleDeploy)) {
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
    const bool byMode = row.is(roleSource) && row.is(roleSink)
        && std::any_of(row.locators.begin(), row.locators.end(), [](const auto& a) { return a.name == "mode"; });
    if (byMode) {
        const auto file = openFile(site, argumentsFor(site, {row.locators.front()}, receiver).empty()
                ? 0
                : argumentsFor(site, {row.locators.front()}, receiver).front(), site.value(1, "mode"));
        at(file).type = m_roles.type(row.returns).empty() ? row.callee : m_roles.type(row.returns);
        return file;
    }
    if (row.is(roleSource) && row.is(roleSink) && row.locators.size() > 1) {
        copyEffect(site, row);
        const auto made = object(m_roles.type(row.returns), site.node);
        return made;
    }
    if (row.is(roleSink) && !row.is(roleSource)) {
        sinkEffect(site, row, receiver);
        return row.returns == "self" ? receiver : object(m_roles.type(row.returns), site.node);
    }
    if (has(row.locatorKind, "connection") && !has(row.locatorKind, "sql") && !has(row.locatorKind, "table")) {
        const auto connection = object(m_roles.type(row.returns).empty() ? "connection" : m_roles.type(row.returns), site.node);
        for (const auto value : argumentsFor(site, row.locators, receiver)) {
            if (at(value).kind == ThingKind::Text) {
                at(connection).locators.push_back(at(value).text);
            }
        }
        return connection;
    }
    const bool draws = row.is(roleGenerate) && !row.is(roleSource)
        && std::any_of(site.arguments.begin(), site.arguments.end(), [this](const auto& a) { return !at(a.value).from.empty(); });
    const bool intoModel = row.is(roleLoadModel) && row.kind == "method" && at(receiver).kind == ThingKind::Object
        && isModelType(at(receiver).type) && row.returns != "class of the receiver";
    if (intoModel) {
        auto weights = argumentsFor(site, row.data, receiver);
        if (!row.locators.empty()) {
            weights = {sourceEffect(site, row, 0)};
        }
        std::erase(weights, receiver);
        mutate(receiver, weights, site.node, "call:" + std::string(row.callee)); // they are put into it
        return receiver;
    }
    if (row.is(roleSource | roleLoadModel | roleGenerate) && !draws) {
        const auto ref = sourceEffect(site, row, receiver);
        for (const auto& argument : site.arguments) {
            if (!argument.name.empty()) {
                at(ref).madeBy.emplace_back(argument.name, argument.value);
            } else {
                at(ref).made.push_back(argument.value);
            }
        }
        if (row.returns == "class of the receiver") {
            const auto name = std::string_view(at(site.function).text);
            at(ref).type = keep(m_roles.canonical(name.substr(0, name.rfind('.'))));
        } else if (row.kind == "constructor") {
            at(ref).type = row.callee;
        }
        if (has(row.returns, "tuple(X,y)")) {
            return parts({ref, ref}, {}, site.node, true);
        }
        if (has(row.returns, "x_train")) {
            return parts({ref}, {Role::Train, Role::Test}, site.node, false);
        }
        if (const auto both = site.value(-1, "return_X_y"); at(both).text == "True") {
            return parts({ref, ref}, {}, site.node, true);
        }
        return ref;
    }
    if (row.is(roleIndex) && row.kind == "method" && receiver == 0) {
        return indexEffect(site, row);
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
    if (row.kind == "constructor" || row.is(roleModel)) {
        for (const auto& argument : site.arguments) {
            if (!argument.name.empty()) {
                at(ref).madeBy.emplace_back(argument.name, argument.value);
            } else {
                at(ref).made.push_back(argument.value);
            }
        }
        for (const auto label : argumentsFor(site, row.labels, receiver)) {
            at(ref).madeBy.emplace_back("label", label);
        }
        if (isModelType(at(ref).type)) {
            at(ref).from.clear();
            at(ref).rows.clear();
        }
    }
    changesArgument(site, row.callee);
    if (has(row.mutates, "self") && receiver != 0) {
        const bool inPlace = row.mutates == "self" || at(site.value(-1, "inplace")).text == "True";
        if (inPlace) {
            std::vector<Ref> with;
            for (const auto& argument : site.arguments) {
                with.push_back(argument.value);
            }
            mutate(receiver, with, site.node, "call:" + std::string(row.callee));
        }
    }
    return ref;
}

} // namespace cupel::lineage
