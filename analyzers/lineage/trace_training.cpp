// SPDX-License-Identifier: GPL-3.0-or-later
// Models: what is fitted on what.
#include "analyzers/lineage/trace.h"

#include "analyzers/lineage/hyperparameters.h"
#include "analyzers/lineage/label_rides.h"
#include "analyzers/lineage/words.h"

#include <algorithm>

namespace cupel::lineage {

namespace {

// Learns statistics of the data and gives the data back changed. What numbers the names of labels learns none.
bool isTransformer(std::string_view type)
{
    if (isOneOf(lastPart(type), {"LabelEncoder", "LabelBinarizer", "MultiLabelBinarizer"})) {
        return false;
    }
    constexpr std::string_view modules[] = {"sklearn.preprocessing.", "sklearn.impute.", "sklearn.decomposition.",
        "sklearn.feature_extraction.", "sklearn.feature_selection.", "sklearn.compose.", "sklearn.random_projection.",
        "sklearn.manifold.", "imblearn.", "category_encoders.", "umap.", "pyspark.ml.feature."};
    return std::any_of(
        std::begin(modules), std::end(modules), [type](auto module) { return type.starts_with(module); });
}

// As Spark has it: the estimator stays what it is, and what comes back has learnt.
bool givesModel(const ApiRow& row)
{
    return row.callee.starts_with("pyspark.ml.") || row.returns == "pyspark.ml.Model";
}

} // namespace

void Trace::describe(Training& training, const Thing& model, const std::vector<Ref>& data)
{
    training.type = model.local != none ? std::string(m_classes[model.local].name) : std::string(model.type);
    Marks rows;
    for (const auto ref : data) {
        mergeMarks(rows, at(ref).rows);
    }
    training.role = m_rows.role(rows);
    training.role = training.role == Role::Generated ? Role::Full : training.role;
    Hyperparameters settings(m_things, training.hyperparameters);
    settings.ofModel(model);
    if (m_trainingCall) {
        settings.ofCall(*m_trainingCall, at(m_trainingCall->receiver));
    }
    for (const auto from : settings.from()) {
        m_out.edge(from, training.model, EdgeKind::Influences, "hyperparameter",
            "the model learns with settings that are read from here", training.place);
    }
    describeInner(training, model);
}

// Pipelines and searches: what is fitted in the end.
void Trace::describeInner(Training& training, const Thing& model)
{
    const Thing* inner = &model;
    for (int depth = 0; depth < 4; ++depth) {
        Ref next = 0;
        const auto name = lastPart(inner->type);
        if (name == "Pipeline" || name == "make_pipeline") {
            const auto steps = !inner->made.empty() ? inner->made.back()
                : inner->madeBy.empty()             ? 0
                                                    : inner->madeBy.front().second;
            const auto& list = at(steps);
            next = list.isSequence() && !list.items.empty() ? list.items.back() : steps;
            if (at(next).isSequence() && !at(next).items.empty()) {
                next = at(next).items.back();
            }
        } else if (has(name, "SearchCV") || has(name, "Bagging") || has(name, "Calibrated") || has(name, "AdaBoost")
            || has(name, "OneVsRest") || has(name, "MultiOutput") || name == "RFE" || name == "RFECV") {
            next = !inner->made.empty() ? inner->made.front() : 0;
            for (const auto& [key, value] : inner->madeBy) {
                next = key == "estimator" || key == "base_estimator" ? value : next;
            }
        }
        if (next == 0 || at(next).kind != ThingKind::Object) {
            break;
        }
        inner = &at(next);
        training.finalEstimator = inner->type;
    }
}

void Trace::shareLayers(Ref model, std::uint32_t node)
{
    const auto own = at(model).layers;
    for (const auto other : m_layered) {
        const auto& layers = at(other).layers;
        const bool shared = other != model && std::any_of(own.begin(), own.end(), [&layers](auto layer) {
            return std::binary_search(layers.begin(), layers.end(), layer);
        });
        if (shared) {
            m_out.edge(at(model).modelNode, modelNode(other, node), EdgeKind::Derives, "layers",
                "they share layers, and so what these learn", place(node));
        }
    }
}

// df["good"] = df["y"] > 3: a feature that is made of the label, unless it is that of rows before.
void Trace::derivedLabels(const Training& training, const std::vector<Ref>& data)
{
    const auto& features = training.featureColumns;
    const auto& labels = training.labelColumns;
    const auto isIn = [](const std::vector<std::string>& names, std::string_view name) {
        return std::find(names.begin(), names.end(), name) != names.end();
    };
    for (const auto ref : data) {
        charge(at(ref).origins.size() * (features.size() + labels.size()) / 64);
        for (const auto& [now, before] : at(ref).origins) {
            const bool made = isIn(features, now) && isIn(labels, before) && now != before && !m_earlier.contains(now);
            if (made && m_labelLeaks.size() < maxMarks) {
                m_labelLeaks.push_back({training.place, now});
            }
        }
    }
}

// The same class with the same settings, made at the same place, has learnt the same rows here before.
bool Trace::told(const Training& training, const Marks& rows)
{
    constexpr std::size_t most = 64; // of the last ones
    const auto& graph = m_out.graph();
    const auto sameInputs = [&](const Marks& a, const Marks& b) {
        return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), [&](auto one, auto two) {
            return one == two
                || (graph.nodes[one].kind == NodeKind::Variable && graph.nodes[one].label == graph.nodes[two].label
                    && graph.nodes[one].place == graph.nodes[two].place);
        });
    };
    charge(8);
    std::size_t seen = 0;
    for (auto use = m_uses.rbegin(); use != m_uses.rend() && seen < most; ++use) {
        if (!use->training) {
            continue;
        }
        ++seen;
        const auto& known = graph.trainings[use->index];
        const bool same = known.place == training.place && known.type == training.type
            && known.calledFrom == training.calledFrom && known.role == training.role
            && known.hyperparameters == training.hyperparameters && known.finalEstimator == training.finalEstimator
            && known.model != none && training.model != none
            && graph.nodes[known.model].place == graph.nodes[training.model].place;
        if (same
            && (known.inputs == training.inputs
                || (!rows.empty() && rows == use->rows && sameInputs(known.inputs, training.inputs)))) {
            return true;
        }
    }
    return false;
}

void Trace::train(
    Ref model, const std::vector<Ref>& data, const std::vector<Ref>& labels, std::uint32_t node, std::string_view rule)
{
    const auto where = place(node);
    renewForTraining(model, node, rule);
    const auto index = modelNode(model, node);
    for (const auto ref : data) {
        (void)literalSource(ref, node);
    }
    for (const auto ref : labels) {
        (void)literalSource(ref, node);
        // fit(df, df["y"]): the label is still among the features.
        if (at(ref).columns.size() == 1 && at(ref).self != 0 && data.size() == 1 && at(ref).self == data.front()
            && at(data.front()).columns.size() != 1
            && LabelRides(m_things).rides(model, data.front(), at(ref).columns.front())) {
            m_labelLeaks.push_back({where, at(ref).columns.front()});
        }
    }
    auto inputs = dataOf(data);
    mergeMarks(inputs, dataOf(labels));
    inputs.erase(std::remove(inputs.begin(), inputs.end(), index), inputs.end());
    Training training;
    training.model = index;
    training.place = where;
    training.calledFrom = calledFrom();
    training.variable = std::string(nameOf(model));
    training.inputs = inputs;
    describe(training, at(model), data);
    describeColumns(training, model, data, labels, node);
    derivedLabels(training, data);
    const bool guessed = std::any_of(data.begin(), data.end(), [this](Ref ref) { return at(ref).guessed; });
    for (const auto from : inputs) {
        m_out.edge(from, index, EdgeKind::Trains, std::string(rule), "the model is fitted on it", where,
            guessed ? Certainty::Likely : Certainty::Certain);
    }
    Use use;
    use.training = true;
    use.model = index;
    use.role = training.role;
    for (const auto ref : data) {
        mergeMarks(use.rows, at(ref).rows);
        mergeMarks(use.fittedOn, at(ref).fittedOn);
        use.sample = use.sample || at(ref).sample;
    }
    shareLayers(model, node);
    wasTaught(index, where, training.calledFrom);
    m_fits.push_back({where, use.rows, training.type, isTransformer(at(model).type)});
    at(model).fitted = true;
    learns(model);
    mergeMarks(at(model).fittedOn, use.rows);
    mergeMarks(at(model).fittedOn, use.fittedOn);
    if (!m_out.fresh("training", where, training.calledFrom, index)) {
        trainedAgain(training);
    } else if (!told(training, use.rows)) {
        use.folds = rule.find("cross_val") != std::string_view::npos;
        use.index = m_out.graph().trainings.size();
        m_uses.push_back(use);
        m_out.graph().trainings.push_back(std::move(training));
    }
}

// What is given to be learnt from: values, functions that give them, places of a job elsewhere.
std::vector<Ref> Trace::learntFrom(TraceCall& site, const ApiRow& row, Ref receiver)
{
    auto data = argumentsFor(site, row.data, receiver);
    loadersFor(site, row, "train_dataloader", data);
    for (auto& value : data) {
        value = partFor(givenFile(value, site.node, row.callee, true), true);
        if (at(value).kind == ThingKind::Function) { // input_fn
            TraceCall inner{site.unit, site.node, value, 0, {}, false};
            value = invoke(inner);
        }
    }
    const bool known = row.is(roleRemote) || !has(row.callee, "fit") || at(receiver).kind != ThingKind::Object
        || std::any_of(data.begin(), data.end(),
            [this](Ref value) { return !at(value).from.empty() || at(value).isSequence() || at(value).blank; });
    if (const auto told = known ? std::vector<Ref>{} : toldOf(receiver, true); !told.empty()) {
        data.clear();
        std::transform(
            told.begin(), told.end(), std::back_inserter(data), [this](Ref value) { return partFor(value, true); });
    }
    if (data.empty() && row.callee.starts_with("*.")) {
        data = learntByName(site); // fit(train_ds=a, valid_ds=b)
    }
    // What is known of users and items beside their ratings: learnt from, and no rows of its own.
    for (const auto& argument : row.data) {
        for (const auto given :
            argument.name.ends_with("_features") ? argumentsFor(site, {argument}, receiver) : std::vector<Ref>{}) {
            const auto beside = derived({given}, site.node);
            at(beside).rows.clear();
            std::replace(data.begin(), data.end(), given, beside);
        }
    }
    for (auto& value : data) {
        if (!row.is(roleRemote)) {
            break;
        }
        const auto written = at(value).kind == ThingKind::Dictionary ? at(value).items : std::vector<Ref>{value};
        for (const auto one : written) {
            if (at(one).kind != ThingKind::Text || !has(at(one).text, "://")) {
                continue;
            }
            for (const auto& locator : locatorsOf(one, "uri", false)) {
                const auto node = m_out.located(locator, row.callee, place(site.node));
                m_out.source(node, locator.kind, locator.value, place(site.node));
                const auto ref = fromSource(node, {}, site.node);
                if (value == one) {
                    value = ref;
                } else {
                    at(value).takeData(at(ref));
                }
            }
        }
    }
    return data;
}

// Which object it is that learns: the receiver, the model of a trainer, a copy, something new.
Ref Trace::learner(TraceCall& site, const ApiRow& row, Ref receiver)
{
    const bool ofSelf = std::any_of(row.data.begin(), row.data.end(), [](const auto& a) { return a.self; });
    if (receiver == 0 || (ofSelf && !row.is(roleIndex))) { // an index learns what was put into it
        // cross_val_score(model, X, y) trains copies of it
        const auto estimator = site.value(0, "estimator");
        const bool copies = row.is(roleEvaluate | rolePredict) && at(estimator).kind == ThingKind::Object;
        const auto type = copies ? at(estimator).type : m_roles.type(row.returns);
        const auto model = object(type.empty() ? row.callee : type, site.node);
        at(model).local = copies ? at(estimator).local : none;
        at(model).madeBy = copies ? at(estimator).madeBy : at(receiver).madeBy;
        at(model).made = copies ? at(estimator).made : at(model).made;
        return model;
    }
    if (givesModel(row)) {
        // The estimator stays as it is; what it gives is the model.
        const auto model = object(at(receiver).type, site.node);
        at(model).madeBy = at(receiver).madeBy;
        at(model).made = at(receiver).made;
        return model;
    }
    Ref inner = 0;
    if (row.mutates == "model") {
        inner = at(receiver).made.empty() ? 0 : at(receiver).made.front();
        for (const auto& [key, value] : at(receiver).madeBy) {
            inner = key == "model" ? value : inner;
        }
    } else if (row.mutates == "0:model") {
        inner = site.value(0, "model");
    }
    return inner != 0 && at(inner).kind == ThingKind::Object ? inner : receiver;
}

// fit_transform(), fit_resample(), fit_predict(): what comes back is data that knows the model.
Ref Trace::fittedData(
    TraceCall& site, const ApiRow& row, Ref model, const std::vector<Ref>& data, const std::vector<Ref>& labels)
{
    const auto out = derived(data, site.node, m_roles.type(row.returns));
    mergeMarks(at(out).from, {at(model).modelNode});
    if (row.is(roleEvaluate | rolePredict) && row.kind == "function") {
        mergeMarks(at(out).models, {at(model).modelNode}); // cross_val_predict(model, x, y)
    }
    mergeMarks(at(out).fittedOn, at(model).fittedOn);
    at(out).columns = data.empty() ? Names{} : at(data.front()).columns;
    if (Names picked; pickedColumns(model, picked)) {
        at(out).columns = std::move(picked);
    }
    if (!has(row.returns, "tuple")) {
        return out;
    }
    // fit_resample: rows are made or drawn again
    at(out).sample = true;
    const auto other = derived(labels, site.node);
    mergeMarks(at(other).from, {at(model).modelNode});
    at(other).sample = true;
    const auto pair = make(ThingKind::Tuple, site.node);
    at(pair).items = {out, other};
    return pair;
}

// fit(callbacks=[ModelCheckpoint(path)]): the model is saved there while it learns.
void Trace::keepCheckpoints(const TraceCall& site, Ref model)
{
    const auto trainer = site.receiver;
    if (model != trainer && at(trainer).kind == ThingKind::Object && at(trainer).local == none) {
        at(trainer).setMember("model", model); // trainer.save_checkpoint(file) saves that
    }
    const auto given = site.value(-1, "callbacks");
    const auto list = at(given).isSequence() ? at(given).items : std::vector<Ref>{given};
    for (const auto callback : list) {
        if (!has(lastPart(at(callback).type), "ModelCheckpoint") || at(model).modelNode == none) {
            continue;
        }
        const auto where = placeOf(at(callback).place);
        auto places = locatorsOf(callback, "path", true);
        if (places.empty() && at(callback).blank) {
            Locator somewhere{SourceKind::ModelFile, NodeKind::ModelFile, "*", nameOfUnknown(at(callback).place)};
            places.push_back(std::move(somewhere));
        }
        for (const auto& locator : places) {
            const auto node = m_out.located(locator, at(callback).type, where);
            if (const auto* sink = m_out.sink(node, locator.kind, locator.value, where, {at(model).modelNode})) {
                const auto number = static_cast<std::size_t>(sink - m_out.graph().sinks.data());
                m_saves.push_back({number, m_out.graph().trainings.size(), false});
            }
            m_out.edge(at(model).modelNode, node, EdgeKind::Saves, "argument:callbacks",
                "it is saved here while it learns", place(site.node));
        }
    }
}

Ref Trace::trainEffect(TraceCall& site, const ApiRow& row, Ref receiver)
{
    const auto data = learntFrom(site, row, receiver);
    auto labels = argumentsFor(site, row.labels, receiver);
    const auto held = heldOutAmong(site, row);
    for (const auto& [argument, role] : held) {
        std::erase(labels, argument.value); // fit(rows, test_ds)
    }
    if (row.callee == "torch.Tensor.backward" || row.callee == "accelerate.Accelerator.backward") {
        for (const auto ref : data) {
            owe(ref);
        }
        return 0;
    }
    if (has(row.mutates, "model weights")) {
        return receiver; // optimizer.step(): what was owed is learnt when it comes back
    }
    if (onlyInfers(site, row)) {
        const auto answer = derived(data, site.node);
        mergeMarks(at(answer).from, {at(receiver).modelNode}); // what the same experiment has learnt
        return answer;
    }
    const auto rule = "call:" + std::string(row.callee);
    if (row.kind == "constructor") {
        const auto made = object(row.callee, site.node);
        keepArguments(site, made);
        if (!dataOf(data).empty()) {
            train(made, data, labels, site.node, rule);
        }
        return made;
    }
    const auto model = learner(site, row, receiver);
    const auto before = m_uses.size();
    m_trainingCall = &site;
    train(model, data, labels, site.node, rule);
    m_trainingCall = nullptr;
    if (m_uses.size() > before) {
        m_uses.back().remote = row.is(roleRemote); // whatever the job does
    }
    watchGiven(site, model, before);
    watchLoader(site, row, model, before);
    for (const auto& [argument, role] : held) {
        watchHeldOut(argument, role, model, before, site.node);
    }
    keepCheckpoints(site, model);
    if (row.is(roleSink)) {
        sinkEffect(site, row, model);
    } else if (row.kind == "pattern") {
        savesFitted(site, model);
    }
    if (row.is(roleTransform) || row.is(rolePredict)) {
        return fittedData(site, row, model, data, labels);
    }
    // A score, a history, the run of a job.
    const auto about = derived({}, site.node, row.is(roleRun) ? m_roles.type(row.returns) : std::string_view());
    mergeMarks(at(about).from, {at(model).modelNode});
    if (row.is(roleEvaluate)) {
        evaluation(at(model).modelNode, data, site.node, lastPart(row.callee));
        return about;
    }
    const bool ofSelf = std::any_of(row.data.begin(), row.data.end(), [](const auto& a) { return a.self; });
    return receiver == 0 || ofSelf || givesModel(row) ? model : row.returns == "self" ? receiver : about;
}

// An index of vectors is trained on what is put into it.
Ref Trace::indexEffect(TraceCall& site, const ApiRow& row)
{
    const auto data = argumentsFor(site, row.data, 0);
    const auto store = object(row.callee.substr(0, row.callee.rfind('.')), site.node);
    for (const auto& argument : site.arguments) {
        at(store).made.push_back(argument.value);
    }
    train(store, data, {}, site.node, "call:" + std::string(row.callee));
    if (at(store).modelNode != none) {
        m_out.graph().nodes[at(store).modelNode].kind = NodeKind::Index;
    }
    return store;
}

// collection.add(documents=texts, embeddings=vectors): more of it is put into an index that is there.
bool Trace::fillsIndex(TraceCall& site, const ApiRow& row, Ref index)
{
    const auto data = argumentsFor(site, row.data, index);
    if (index == 0 || at(index).kind != ThingKind::Object || dataOf(data).empty()) {
        return false;
    }
    train(index, data, {}, site.node, "call:" + std::string(row.callee));
    if (at(index).modelNode != none) {
        m_out.graph().nodes[at(index).modelNode].kind = NodeKind::Index;
    }
    return true;
}

} // namespace cupel::lineage
