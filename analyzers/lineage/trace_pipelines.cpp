// SPDX-License-Identifier: GPL-3.0-or-later
// Frameworks that call code by a description: nodes of Kedro over a catalog, notebooks run by papermill.
#include "analyzers/lineage/trace.h"

#include "analyzers/lineage/parameter_map.h"
#include "analyzers/lineage/words.h"

#include <algorithm>

namespace cupel::lineage {

namespace {

std::string_view typeOfEntry(std::string_view written)
{
    return written.starts_with("pandas.") ? "pandas.DataFrame"
        : written.starts_with("spark.")   ? "pyspark.sql.DataFrame"
        : written.starts_with("polars.")  ? "polars.DataFrame"
                                          : "";
}

std::string below(const std::string& root, std::string_view path)
{
    return root.empty() ? std::string(path) : root + '/' + std::string(path);
}

} // namespace

// The project that a file belongs to: the nearest folder above it with a catalog.
std::string Trace::kedroRoot()
{
    auto root = folder();
    for (int depth = 0; depth < 16; ++depth) {
        if (m_files.settings(below(root, "conf/base/catalog.yml"))) {
            return root;
        }
        if (root.empty()) {
            break;
        }
        const auto slash = root.rfind('/');
        root = slash == std::string::npos ? std::string() : root.substr(0, slash);
    }
    return {};
}

// Where the catalog keeps it. False: in memory, or the catalog is not there.
bool Trace::catalogued(std::string_view name, Locator& locator, std::string_view& type)
{
    const auto root = kedroRoot();
    const auto catalog = m_files.settings(below(root, "conf/base/catalog.yml"));
    if (!catalog) {
        return false;
    }
    const auto value = [&](std::string_view key) {
        const auto hit = catalog->find(std::string(name) + '.' + std::string(key));
        return hit == catalog->end() ? std::string_view() : std::string_view(hit->second);
    };
    type = typeOfEntry(value("type"));
    for (const auto key : {"filepath", "path", "url", "table_name", "table"}) {
        if (const auto written = value(key); !written.empty()) {
            const auto globals = m_files.settings(below(root, "conf/base/globals.yml"));
            const auto filled = lineage::filledIn(written, globals ? *globals : ParameterMap());
            const bool table = std::string_view(key).starts_with("table");
            locator = readLocator(filled, root, table ? "table" : "path", isModelExtension(extensionOf(filled)));
            return true;
        }
    }
    return false;
}

std::uint32_t Trace::kedroData(std::string_view name, const Place& where, Locator& locator, std::string_view& type)
{
    if (catalogued(name, locator, type)) {
        return m_out.located(locator, "kedro", where);
    }
    const auto plain = name.substr(0, name.find('@'));
    const auto node = m_out.node(NodeKind::Dataset, "kedro:" + kedroRoot() + ':' + std::string(plain), plain, where);
    if (node != none) {
        m_out.graph().nodes[node].api = "kedro";
    }
    return node;
}

// What a node is given under this name of the catalog.
Ref Trace::kedroInput(std::string_view name, std::uint32_t node)
{
    const auto where = place(node);
    if (name == "parameters" || name.starts_with("params:")) {
        const auto root = kedroRoot();
        const auto key = name.substr(std::min<std::size_t>(name.size(), 7));
        const auto own = folder().substr(folder().rfind('/') + 1);
        for (const auto& file : {std::string("parameters.yml"), "parameters_" + own + ".yml"}) {
            const auto values = m_files.settings(below(root, "conf/base/" + file));
            const auto hit = values ? values->find(key) : ParameterMap::const_iterator();
            if (values && hit != values->end()) {
                return text(hit->second, node);
            }
        }
        return make(ThingKind::Unknown, node);
    }
    Locator locator;
    std::string_view type;
    const auto data = kedroData(name, where, locator, type);
    if (locator.kind != SourceKind::Unknown) {
        m_out.source(data, locator.kind, locator.value, where);
    }
    const auto known = m_kedro.find(name.substr(0, name.find('@')));
    if (known == m_kedro.end()) {
        return fromSource(data, type, node);
    }
    if (at(known->second).modelNode != none || data == none) {
        return known->second; // what another node made
    }
    const auto ref = alike(known->second, node);
    at(ref).kind = at(known->second).kind;
    at(ref).items = at(known->second).items;
    at(ref).members = at(known->second).members;
    at(ref).from = {data};
    return ref;
}

void Trace::kedroOutput(std::string_view name, Ref value, std::uint32_t node)
{
    const auto where = place(node);
    Locator locator;
    std::string_view type;
    const auto data = kedroData(name, where, locator, type);
    const bool model = at(value).modelNode != none;
    const auto inputs = model ? Marks{at(value).modelNode} : at(value).from;
    const bool kept = locator.kind != SourceKind::Unknown;
    if (kept) {
        if (auto* sink = m_out.sink(data, locator.kind, locator.value, where, inputs)) {
            tellColumns(*sink, {value});
        }
    }
    for (const auto from : inputs) {
        m_out.edge(from, data,
            !kept       ? EdgeKind::Derives
                : model ? EdgeKind::Saves
                        : EdgeKind::Writes,
            "kedro:node", "a node of the pipeline gives it under this name", where);
    }
    if (m_kedro.size() < 1'024) {
        m_kedro[std::string(name.substr(0, name.find('@')))] = value;
    }
}

// node(func, inputs, outputs): the function is called with what the catalog has under these names.
bool Trace::kedroNode(TraceCall& site, Ref& result)
{
    charge(256); // folders are asked for a catalog
    const auto inputs = site.value(1, "inputs");
    const auto outputs = site.value(2, "outputs");
    TraceCall inner{site.unit, site.node, site.value(0, "func"), 0, {}, false};
    if (at(inputs).kind == ThingKind::Dictionary) {
        for (const auto& [parameter, name] : at(inputs).members) {
            inner.arguments.push_back({parameter, kedroInput(at(name).text, site.node), site.node});
        }
    } else {
        for (const auto name : namesOf(inputs)) {
            inner.arguments.push_back({{}, kedroInput(name, site.node), site.node});
        }
    }
    const auto made = invoke(inner);
    const auto names = namesOf(outputs);
    const bool many = at(outputs).isSequence();
    for (std::size_t i = 0; i < names.size(); ++i) {
        const bool apart = many && at(made).isSequence() && at(made).items.size() == names.size();
        kedroOutput(names[i], apart ? at(made).items[i] : made, site.node);
    }
    for (const auto& [key, name] : at(outputs).members) {
        const auto part = at(made).member(key);
        kedroOutput(at(name).text, part != 0 ? part : made, site.node);
    }
    result = object("kedro.pipeline.Node", site.node);
    return true;
}

// execute_notebook("a.ipynb", "out.ipynb", parameters={...}): its cells run here, with these values.
bool Trace::runNotebook(TraceCall& site, Ref& result)
{
    const auto where = place(site.node);
    for (const auto& written : locatorsOf(site.value(1, "output_path"), "path", false)) {
        const auto node = m_out.located(written, "papermill.execute_notebook", where);
        m_out.sink(node, written.kind, written.value, where, {});
        m_out.edge(cellNode(m_unit), node, EdgeKind::Writes, "call:papermill.execute_notebook",
            "the notebook that was run is kept here", where);
    }
    result = object({}, site.node);
    const auto path = at(site.value(0, "input_path"));
    const auto file = path.kind == ThingKind::Text ? m_files.find(joinPath(workingFolder(), path.text)) : nullptr;
    const auto key = "papermill " + std::to_string(m_modules.size()) + ' ' + (file ? file->path : std::string());
    if (!file || file == m_units[m_unit].file || m_modules.size() >= maxModules || m_frames.size() >= maxCalls
        || spent()) {
        return true;
    }
    const auto scope = static_cast<std::uint32_t>(m_scopes.size());
    m_scopes.emplace_back();
    m_modules.emplace(key, scope);
    const auto from = m_out.node(NodeKind::Cell, "cell:" + file->path, file->path.substr(file->path.rfind('/') + 1),
        Place{m_out.file(*file), -1, -1, 1, -1, {}});
    m_out.edge(
        from, cellNode(m_unit), EdgeKind::Runs, "call:papermill.execute_notebook", "it runs this notebook", where);
    Frame frame;
    frame.callSite = where;
    m_frames.push_back(std::move(frame));
    auto arms = std::move(m_arms);
    m_arms.clear();
    runFile(file, scope, {}, site.value(2, "parameters"));
    m_arms = std::move(arms);
    m_frames.pop_back();
    return true;
}

// What papermill is told stands behind the cell that is tagged for it, or before all.
void Trace::giveParameters(std::uint32_t scope, Ref given)
{
    for (const auto& [name, value] : at(given).members) {
        m_scopes[scope].names[name] = value;
    }
}

// train_and_evaluate(estimator, TrainSpec(input_fn=f), EvalSpec(input_fn=g)): each function gives its data.
bool Trace::trainAndEvaluate(TraceCall& site, std::string_view name, Ref& result)
{
    const auto model = site.value(0, "estimator");
    if (!name.ends_with("estimator.train_and_evaluate") || model == 0) {
        return false;
    }
    const auto dataOfSpec = [&](Ref spec, std::string_view mode) {
        Ref function = at(spec).made.empty() ? 0 : at(spec).made.front();
        for (const auto& [key, value] : at(spec).madeBy) {
            function = key == "input_fn" ? value : function;
        }
        TraceCall inner{site.unit, site.node, function, 0, {}, false};
        const auto asked = make(ThingKind::Path, site.node); // input_fn(mode) is told what for
        at(asked).text = mode;
        inner.arguments.push_back({"mode", asked, site.node});
        const bool callable = at(function).kind == ThingKind::Function;
        return callable ? std::vector<Ref>{invoke(inner)} : std::vector<Ref>{function};
    };
    train(model, dataOfSpec(site.value(1, "train_spec"), "tensorflow.estimator.ModeKeys.TRAIN"), {}, site.node,
        "call:train_and_evaluate");
    const auto before = m_out.graph().evaluations.size();
    evaluation(at(model).modelNode, dataOfSpec(site.value(2, "eval_spec"), "tensorflow.estimator.ModeKeys.EVAL"),
        site.node, "evaluate");
    for (auto i = before; i < m_out.graph().evaluations.size(); ++i) {
        auto& entry = m_out.graph().evaluations[i];
        const auto& learnt = m_out.graph().trainings;
        const bool same = !learnt.empty() && learnt.back().model == entry.model && learnt.back().inputs == entry.inputs;
        // What is given to be measured on is held out, unless it is what was learnt.
        entry.role = !same && (entry.role == Role::None || entry.role == Role::Full) ? Role::Test : entry.role;
    }
    result = object({}, site.node);
    return true;
}

// latest_checkpoint("folder"): whichever is the last one in it.
bool Trace::latestFile(TraceCall& site, std::string_view name, Ref& result)
{
    const bool latest =
        name.ends_with(".train.latest_checkpoint") || name.ends_with("trainer_utils.get_last_checkpoint");
    const auto folder = site.value(0, "checkpoint_dir");
    if (!latest || at(folder).kind != ThingKind::Text) {
        return false;
    }
    result = text(std::string(at(folder).text) + (at(folder).text.ends_with('/') ? "" : "/") + hole, site.node);
    return true;
}

bool Trace::pipelineCall(TraceCall& site, std::string_view name, Ref& result)
{
    if (isOneOf(name,
            {"kedro.pipeline.node", "kedro.pipeline.node.node", "kedro.pipeline.Node", "kedro.pipeline.node.Node"})) {
        return kedroNode(site, result);
    }
    if (isOneOf(name, {"papermill.execute_notebook", "papermill.execute.execute_notebook"})) {
        return runNotebook(site, result);
    }
    return trainAndEvaluate(site, name, result) || latestFile(site, name, result) || storeClient(site, name, result);
}

// PythonScriptStep(inputs=[rows], outputs=[train, test]): what comes in goes out, in parts when the names say so.
void Trace::fillOutputs(const TraceCall& site)
{
    const auto* given = site.find(-1, "outputs");
    const auto inputs = site.value(-1, "inputs");
    if (!given || at(inputs).from.empty() || site.unit != m_unit) {
        return;
    }
    const auto outputs = at(given->value).isSequence() ? at(given->value).items : std::vector<Ref>{given->value};
    std::vector<Role> roles;
    if (tree()[given->node].kind == code::NodeKind::List) {
        for (const auto child : code::Children(tree(), given->node)) {
            roles.push_back(roleOfName(nodeText(child)));
        }
    }
    const bool parts = roles.size() > 1 && roles.size() == outputs.size()
        && std::find(roles.begin(), roles.end(), Role::None) == roles.end();
    const auto split = parts ? m_nextSplit++ : none;
    const auto whole = derived({inputs}, site.node);
    for (std::size_t i = 0; i < outputs.size() && i < maxMarks; ++i) {
        if (outputs[i] == 0 || at(outputs[i]).kind != ThingKind::Object) {
            continue;
        }
        at(outputs[i]).takeData(at(whole));
        if (parts) {
            at(outputs[i]).rows = childRows(at(whole), split, static_cast<std::uint32_t>(roles[i]), roles[i]);
        }
    }
}

// submit(inference_pipeline): a job that by its name only asks a model.
bool Trace::onlyInfers(const TraceCall& site, const ApiRow& row) const
{
    if (!row.is(roleRemote) || row.data.empty() || site.unit != m_unit) {
        return false;
    }
    const auto* job = site.find(row.data.front().position, row.data.front().name);
    return job && tree()[job->node].kind == code::NodeKind::Identifier && has(nodeText(job->node), "infer");
}

} // namespace cupel::lineage
