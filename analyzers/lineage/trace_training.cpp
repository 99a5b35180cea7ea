// SPDX-License-Identifier: GPL-3.0-or-later
// Models: what is fitted on what, what is predicted and measured, and loops that train by hand.
#include "analyzers/lineage/trace.h"

#include <algorithm>

namespace cupel::lineage {

namespace {

bool has(std::string_view text, std::string_view part)
{
    return text.find(part) != std::string_view::npos;
}

std::string_view lastPart(std::string_view dotted)
{
    const auto dot = dotted.rfind('.');
    return dot == std::string_view::npos ? dotted : dotted.substr(dot + 1);
}

constexpr std::size_t maxShown = 120; // of a hyper-parameter

// Learns statistics of the data and gives the data back changed.
bool isTransformer(std::string_view type)
{
    constexpr std::string_view modules[] = {"sklearn.preprocessing.", "sklearn.impute.", "sklearn.decomposition.",
        "sklearn.feature_extraction.", "sklearn.feature_selection.", "sklearn.compose.", "sklearn.random_projection.",
        "sklearn.manifold.", "imblearn.", "category_encoders.", "umap."};
    return std::any_of(std::begin(modules), std::end(modules), [type](auto module) { return type.starts_with(module); });
}

} // namespace

bool Trace::isModule(std::string_view type, const ApiRoles& roles)
{
    return !type.empty() && (roles.isA(type, "torch.nn.Module") || roles.isA(type, "keras.Model"))
        && !has(type, ".optim") && !has(type, "Loss") && !has(type, "transforms") && !has(type, ".losses.");
}

bool Trace::isModelType(std::string_view type) const
{
    if (type.empty()) {
        return false;
    }
    if (isModule(type, m_roles)) {
        return true;
    }
    const auto* fit = m_roles.method(type, "fit");
    return (fit && fit->is(roleTrain)) || m_roles.method(type, "predict") != nullptr;
}

// One node for one object, however often it is fitted.
std::uint32_t Trace::modelNode(Ref model, std::uint32_t node)
{
    auto& thing = at(model);
    if (thing.modelNode != none) {
        return thing.modelNode;
    }
    const auto made = thing.place.unit != none && thing.place.node != code::Syntax::none ? thing.place
                                                                                         : CodePlace{m_unit, node};
    const auto where = placeOf(made);
    const auto before = m_unit;
    m_unit = made.unit;
    std::string id = "model:" + placeId(made.node, lastPart(thing.type));
    for (const auto& site : calledFrom()) {
        id += '<' + std::to_string(site.bytes.start);
    }
    // Made in a loop: one for each round that is told apart.
    const auto stem = id;
    for (int nth = 1; nth < 64 && !m_modelIds.insert(id).second; ++nth) {
        id = stem + '~' + std::to_string(nth);
    }
    const auto type = thing.local != none ? m_classes[thing.local].name : lastPart(thing.type);
    thing.modelNode = m_out.node(NodeKind::Model, id, {}, where);
    if (thing.modelNode != none) {
        auto& entry = m_out.graph().nodes[thing.modelNode];
        entry.api = thing.local != none ? std::string(m_classes[thing.local].name) : std::string(thing.type);
        entry.cell = cellNode(made.unit);
        const auto name = nameOf(model);
        entry.label = name.empty() ? std::string(type.empty() ? std::string_view("model") : type) : std::string(name);
        // What it was loaded from, what it was made of.
        for (const auto from : thing.from) {
            const auto kind = m_out.graph().nodes[from].kind;
            m_out.edge(from, thing.modelNode, kind == NodeKind::ModelFile ? EdgeKind::Loads : EdgeKind::Derives, "made",
                "the model is made from it", where);
        }
        std::vector<Ref> inside = thing.made;
        for (const auto& [key, value] : thing.madeBy) {
            inside.push_back(value);
        }
        for (std::size_t i = 0; i < inside.size() && i < 64; ++i) {
            const auto& part = at(inside[i]);
            if (part.modelNode != none && part.modelNode != thing.modelNode) {
                m_out.edge(part.modelNode, thing.modelNode, EdgeKind::Derives, "part", "it is a part of the model", where);
            }
        }
    }
    m_unit = before;
    return thing.modelNode;
}

void Trace::describe(
    Training& training, const Thing& model, const std::vector<Ref>& data, const std::vector<Ref>& labels)
{
    training.type = model.local != none ? std::string(m_classes[model.local].name) : std::string(model.type);
    Marks rows;
    for (const auto ref : data) {
        mergeMarks(rows, at(ref).rows);
        for (const auto column : at(ref).columns) {
            training.featureColumns.emplace_back(column);
        }
        for (const auto& [key, value] : at(ref).madeBy) {
            if (key == "label") {
                training.labelColumns.insert(training.labelColumns.end(), at(value).columns.begin(), at(value).columns.end());
            }
        }
    }
    training.role = m_rows.role(rows);
    training.role = training.role == Role::Generated ? Role::Full : training.role;
    for (const auto ref : labels) {
        for (const auto column : at(ref).columns) {
            training.labelColumns.emplace_back(column);
        }
    }
    for (const auto& [name, value] : model.madeBy) {
        if ((name == "labelCol" || name == "label") && at(value).kind == ThingKind::Text) {
            training.labelColumns.emplace_back(at(value).text);
        }
        const auto& thing = at(value);
        if (thing.isConstant() && training.hyperparameters.size() < 64) {
            training.hyperparameters.emplace_back(name, withoutCredentials(thing.text.substr(0, maxShown)));
        }
    }
    // Pipelines and searches: what is fitted in the end.
    const Thing* inner = &model;
    for (int depth = 0; depth < 4; ++depth) {
        Ref next = 0;
        const auto name = lastPart(inner->type);
        if (name == "Pipeline" || name == "make_pipeline") {
            const auto steps = !inner->made.empty() ? inner->made.back() : inner->madeBy.empty() ? 0 : inner->madeBy.front().second;
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

void Trace::train(Ref model, const std::vector<Ref>& data, const std::vector<Ref>& labels, std::uint32_t node,
    std::string_view rule)
{
    const auto where = place(node);
    const auto index = modelNode(model, node);
    for (const auto ref : data) {
        (void)literalSource(ref, node);
    }
    for (const auto ref : labels) {
        (void)literalSource(ref, node);
        // fit(df, df["y"]): the label is still among the features.
        if (at(ref).columns.size() == 1 && at(ref).self != 0 && data.size() == 1 && at(ref).self == data.front()
            && at(data.front()).columns.size() != 1) {
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
    describe(training, at(model), data, labels);
    for (const auto from : inputs) {
        m_out.edge(from, index, EdgeKind::Trains, std::string(rule), "the model is fitted on it", where);
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
    m_fits.push_back({where, use.rows, training.type, isTransformer(at(model).type)});
    at(model).fitted = true;
    mergeMarks(at(model).fittedOn, use.rows);
    mergeMarks(at(model).fittedOn, use.fittedOn);
    if (m_out.fresh("training", where, training.calledFrom, index)) {
        use.folds = rule.find("cross_val") != std::string_view::npos;
        use.index = m_out.graph().trainings.size();
        m_uses.push_back(use);
        m_out.graph().trainings.push_back(std::move(training));
    }
}

Ref Trace::trainEffect(TraceCall& site, const ApiRow& row, Ref receiver)
{
    auto data = argumentsFor(site, row.data, receiver);
    const auto labels = argumentsFor(site, row.labels, receiver);
    // input_fn: what it gives is the data.
    for (auto& value : data) {
        if (at(value).kind == ThingKind::Function) {
            TraceCall inner{site.unit, site.node, value, 0, {}, false};
            value = invoke(inner);
        }
    }
    // A job elsewhere is given places, not values: {"train": "s3://..."}.
    if (row.is(roleRemote)) {
        for (auto& value : data) {
            const auto written = at(value).kind == ThingKind::Dictionary ? at(value).items : std::vector<Ref>{value};
            for (const auto one : written) {
                if (at(one).kind != ThingKind::Text || at(one).text.find("://") == std::string_view::npos) {
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
    }
    const bool ofSelf = std::find_if(row.data.begin(), row.data.end(), [](const auto& a) { return a.self; }) != row.data.end();
    if (row.callee == "torch.Tensor.backward" || row.callee == "accelerate.Accelerator.backward") {
        for (const auto ref : data) {
            backward(at(ref));
        }
        return 0;
    }
    if (has(row.mutates, "model weights")) {
        return receiver; // optimizer.step(): the backward pass was told already
    }
    if (row.kind == "constructor") {
        const auto made = object(row.callee, site.node);
        for (const auto& argument : site.arguments) {
            if (!argument.name.empty()) {
                at(made).madeBy.emplace_back(argument.name, argument.value);
            }
        }
        if (!dataOf(data).empty()) {
            train(made, data, labels, site.node, "call:" + std::string(row.callee));
        }
        return made;
    }
    Ref model = receiver;
    Ref result = receiver;
    // trainer.train(): the model that the trainer was made with; cross_val_score(model, X, y): a copy of it.
    const auto given = [&](std::initializer_list<std::string_view> names) {
        for (const auto name : names) {
            for (const auto& [key, value] : at(receiver).madeBy) {
                if (key == name) {
                    return value;
                }
            }
        }
        return at(receiver).made.empty() ? Ref{0} : at(receiver).made.front();
    };
    if (row.mutates == "model" || row.mutates == "0:model") {
        const auto inner = row.mutates == "model" ? given({"model"}) : site.value(0, "model");
        model = inner != 0 && at(inner).kind == ThingKind::Object ? inner : receiver;
    }
    if (receiver == 0 || ofSelf) {
        const auto estimator = site.value(0, "estimator");
        const bool copies = row.is(roleEvaluate | rolePredict) && at(estimator).kind == ThingKind::Object;
        const auto type = copies ? at(estimator).type : m_roles.type(row.returns);
        model = object(type.empty() ? row.callee : type, site.node);
        at(model).local = copies ? at(estimator).local : none;
        at(model).madeBy = copies ? at(estimator).madeBy : at(receiver).madeBy;
        result = model;
    }
    if (row.callee.starts_with("pyspark.ml.") && receiver != 0) {
        // The estimator stays as it is; what it gives is the model.
        model = object(at(receiver).type, site.node);
        at(model).madeBy = at(receiver).madeBy;
        at(model).made = at(receiver).made;
    }
    if (model == 0) {
        return 0;
    }
    train(model, data, labels, site.node, "call:" + std::string(row.callee));
    for (const auto name : {"validation_data", "eval_set", "valid_sets", "evals", "eval_dataset"}) {
        for (const auto mark : at(site.value(-1, name)).from) {
            m_out.edge(mark, at(model).modelNode, EdgeKind::Validates, "argument:" + std::string(name),
                "training is watched on it", place(site.node));
        }
    }
    if (row.is(roleTransform) || row.is(rolePredict)) {
        auto out = derived(data, site.node, m_roles.type(row.returns));
        mergeMarks(at(out).from, {at(model).modelNode});
        mergeMarks(at(out).fittedOn, at(model).fittedOn);
        at(out).columns = data.empty() ? std::vector<std::string_view>{} : at(data.front()).columns;
        if (has(row.returns, "tuple")) {
            // fit_resample: rows are made or drawn again
            at(out).sample = true;
            std::vector<Ref> both{out, derived(labels, site.node)};
            mergeMarks(at(both[1]).from, {at(model).modelNode});
            at(both[1]).sample = true;
            const auto pair = make(ThingKind::Tuple, site.node);
            at(pair).items = both;
            return pair;
        }
        return out;
    }
    if (row.is(roleEvaluate)) {
        evaluation(at(model).modelNode, data, site.node, lastPart(row.callee));
        const auto score = derived({}, site.node);
        at(score).from = {at(model).modelNode};
        return score;
    }
    if (row.returns == "self" || receiver == 0 || ofSelf) {
        return result;
    }
    if (row.callee == "pyspark.ml.Estimator.fit" || row.callee == "pyspark.ml.tuning.CrossValidator.fit") {
        return model;
    }
    const auto history = derived({}, site.node);
    at(history).from = {at(model).modelNode};
    return history;
}

void Trace::evaluation(std::uint32_t model, const std::vector<Ref>& data, std::uint32_t node, std::string_view metric)
{
    const auto where = place(node);
    Evaluation entry;
    entry.model = model;
    entry.place = where;
    entry.calledFrom = calledFrom();
    entry.inputs = dataOf(data);
    entry.metric = metric;
    Use use;
    use.model = model;
    for (const auto ref : data) {
        mergeMarks(use.rows, at(ref).rows);
        mergeMarks(use.fittedOn, at(ref).fittedOn);
    }
    entry.role = m_rows.role(use.rows);
    if (entry.role == Role::Generated) {
        // Made up, but what the model was fitted on is that too.
        for (const auto& earlier : m_uses) {
            entry.role = earlier.training && earlier.model == model && m_rows.overlap(earlier.rows, use.rows) ? Role::Full
                                                                                                          : entry.role;
        }
    }
    use.role = entry.role;
    for (const auto ref : data) {
        use.sample = use.sample || at(ref).sample;
    }
    for (const auto& loop : m_loops) {
        const auto& made = m_out.graph().nodes[model].place.bytes;
        use.repeated = use.repeated || (loop.unit == m_unit && placeOf(loop).bytes.contains(made.start));
    }
    if (!m_out.fresh("evaluation", where, entry.calledFrom, model)) {
        return;
    }
    if (model != none && m_out.graph().nodes[model].kind == NodeKind::Index) {
        entry.role = Role::Query;
    }
    const bool measured = metric != "predict" && metric != "predict_proba" && metric != "forward";
    if (measured) {
        const auto index = m_out.node(NodeKind::Metric, "metric:" + placeId(node, metric), metric, where);
        if (index != none) {
            m_out.graph().nodes[index].cell = cellNode(m_unit);
        }
        const auto kind = entry.role == Role::Validation ? EdgeKind::Validates : EdgeKind::Tests;
        for (const auto from : entry.inputs) {
            m_out.edge(from, index, kind, "measure", "it is measured on it", where);
        }
        m_out.edge(model, index, EdgeKind::Tests, "measure", "the model is measured here", where);
    }
    use.index = m_out.graph().evaluations.size();
    m_uses.push_back(use);
    m_out.graph().evaluations.push_back(std::move(entry));
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

Ref Trace::predictEffect(TraceCall& site, const ApiRow& row, Ref receiver)
{
    auto data = argumentsFor(site, row.data, receiver);
    data.erase(std::remove(data.begin(), data.end(), receiver), data.end());
    if (data.empty()) {
        for (const auto& argument : site.arguments) {
            data.push_back(argument.value);
        }
    }
    const auto model = receiver != 0 && at(receiver).kind == ThingKind::Object ? modelNode(receiver, site.node) : none;
    const auto out = derived(data, site.node, m_roles.type(row.returns));
    at(out).columns.clear();
    if (model != none) {
        mergeMarks(at(out).from, {model});
        mergeMarks(at(out).models, {model});
        mergeMarks(at(out).fittedOn, at(receiver).fittedOn);
        evaluation(model, data, site.node, row.is(roleGenerate) ? std::string_view("generate") : lastPart(row.callee));
    } else if (row.is(roleRemote)) {
        const auto where = place(site.node);
        const auto service = m_out.node(NodeKind::Service, "service:" + std::string(row.callee.substr(0, row.callee.find('.'))),
            row.callee.substr(0, row.callee.find('.')), where);
        if (service != none) {
            m_out.graph().nodes[service].outside = true;
            m_out.graph().nodes[service].api = row.callee;
            for (const auto from : at(out).from) {
                m_out.edge(from, service, EdgeKind::Writes, "call:" + std::string(row.callee), "it is sent there", where);
            }
            mergeMarks(at(out).from, {service});
        }
    }
    return out;
}

Ref Trace::evaluateEffect(TraceCall& site, const ApiRow& row, Ref receiver)
{
    auto data = argumentsFor(site, row.data, receiver);
    const auto labels = argumentsFor(site, row.labels, receiver);
    for (auto& value : data) {
        if (at(value).kind == ThingKind::Function) {
            TraceCall inner{site.unit, site.node, value, 0, {}, false};
            value = invoke(inner);
        }
    }
    Marks models;
    if (receiver != 0 && isModelType(at(receiver).type)) {
        mergeMarks(models, {modelNode(receiver, site.node)});
    }
    for (const auto ref : data) {
        mergeMarks(models, at(ref).models);
    }
    for (const auto& argument : site.arguments) {
        mergeMarks(models, at(argument.value).models);
        if (at(argument.value).modelNode != none) {
            mergeMarks(models, {at(argument.value).modelNode});
        }
    }
    data.insert(data.end(), labels.begin(), labels.end());
    if (data.empty()) {
        for (const auto& [key, value] : at(receiver).madeBy) {
            if (key == "eval_dataset") {
                data.push_back(value);
            } else if (key == "model" && models.empty() && at(value).kind == ThingKind::Object) {
                mergeMarks(models, {modelNode(value, site.node)});
            }
        }
    }
    if (data.empty()) {
        for (const auto& argument : site.arguments) {
            data.push_back(argument.value);
        }
    }
    for (const auto model : models) {
        evaluation(model, data, site.node, lastPart(row.callee));
    }
    const auto score = derived(data, site.node);
    mergeMarks(at(score).from, models);
    at(score).rows.clear();
    return score;
}

// A call of a module: training, when what it gives flows into backward().
// What stands in the code itself is a source, once something learns from it.
Ref Trace::literalSource(Ref value, std::uint32_t node)
{
    const bool literal = (at(value).isSequence() || at(value).kind == ThingKind::Dictionary) && at(value).from.empty()
        && !at(value).items.empty() && !at(value).open;
    if (!literal || m_uncalled) {
        return value;
    }
    const auto before = m_unit;
    const auto made = at(value).place;
    m_unit = made.unit != none ? made.unit : m_unit;
    const auto where = placeOf(made);
    const auto index = m_out.node(NodeKind::Dataset, "literal:" + placeId(made.node, {}), "written in the code", where);
    m_unit = before;
    m_out.source(index, SourceKind::Literal, "literal", where);
    const auto source = fromSource(index, {}, node);
    at(value).takeData(at(source));
    return value;
}

// Calls of modules that nothing was learnt from: the model is used on these rows.
void Trace::tellPasses()
{
    for (std::size_t i = 0; i < m_passes.size(); ++i) {
        const auto entry = m_passes[i];
        if (entry.trained || !entry.sure || entry.inputs.empty()) {
            continue;
        }
        Evaluation use;
        use.model = entry.modelNode;
        use.place = entry.place;
        use.calledFrom = entry.calledFrom;
        use.inputs = entry.inputs;
        use.role = m_rows.role(entry.rows);
        use.metric = "forward";
        if (m_out.fresh("evaluation", use.place, use.calledFrom, use.model)) {
            m_uses.push_back({m_out.graph().evaluations.size(), false, entry.modelNode, entry.rows, entry.fittedOn, false,
                use.role, false, false});
            m_out.graph().evaluations.push_back(std::move(use));
        }
    }
}

Ref Trace::pass(Ref model, const std::vector<Ref>& data, std::uint32_t node, bool sure)
{
    const auto index = modelNode(model, node);
    Pass entry;
    entry.model = model;
    entry.modelNode = index;
    entry.sure = sure;
    entry.place = place(node);
    entry.calledFrom = calledFrom();
    entry.inputs = dataOf(data);
    const auto out = derived(data, node, "torch.Tensor");
    for (const auto ref : data) {
        mergeMarks(entry.rows, at(ref).rows);
        mergeMarks(entry.fittedOn, at(ref).fittedOn);
    }
    mergeMarks(at(out).from, {index});
    mergeMarks(at(out).models, {index});
    mergeMarks(at(out).passes, {static_cast<std::uint32_t>(m_passes.size())});
    m_passes.push_back(std::move(entry));
    return out;
}

void Trace::backward(const Thing& loss)
{
    for (const auto number : loss.passes) {
        auto& entry = m_passes[number];
        if (entry.trained) {
            continue;
        }
        entry.trained = true;
        auto inputs = entry.inputs;
        for (const auto from : loss.from) {
            if (m_out.graph().nodes[from].kind != NodeKind::Model) {
                mergeMarks(inputs, {from}); // labels come in with the loss
            }
        }
        inputs.erase(std::remove(inputs.begin(), inputs.end(), entry.modelNode), inputs.end());
        Training training;
        training.model = entry.modelNode;
        training.place = entry.place;
        training.calledFrom = entry.calledFrom;
        training.variable = std::string(nameOf(entry.model));
        training.inputs = inputs;
        describe(training, at(entry.model), {}, {});
        training.role = m_rows.role(entry.rows);
        training.role = training.role == Role::Generated ? Role::Full : training.role;
        for (const auto from : inputs) {
            m_out.edge(from, entry.modelNode, EdgeKind::Trains, "backward", "the model learns from it", entry.place);
        }
        if (m_out.fresh("training", entry.place, entry.calledFrom, entry.modelNode)) {
            m_uses.push_back({m_out.graph().trainings.size(), true, entry.modelNode, entry.rows, entry.fittedOn, false,
                training.role, false, false});
            m_out.graph().trainings.push_back(std::move(training));
        }
    }
}

} // namespace cupel::lineage
