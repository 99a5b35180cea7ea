// SPDX-License-Identifier: GPL-3.0-or-later
// Models in use: what is predicted and measured, and loops that train by hand.
#include "analyzers/lineage/trace.h"

#include "analyzers/lineage/words.h"

#include <algorithm>
#include <functional>
#include <utility>

namespace cupel::lineage {

using code::NodeField;
using code::Syntax;

namespace {

constexpr std::size_t maxLooked = 512; // bytes of a call or an assignment that may be a step

// Those that are held out, where some are: guesses beside them may know other rows as well.
std::vector<Ref> onlyHeldOut(const RowSets& rows, const std::deque<Thing>& things, std::vector<Ref> measured)
{
    const auto held = [&](Ref ref) {
        const auto role = rows.role(things[ref].rows);
        return role == Role::Test || role == Role::Validation;
    };
    if (std::any_of(measured.begin(), measured.end(), held)) {
        std::erase_if(measured, std::not_fn(held));
    }
    return measured;
}

} // namespace

// Values that stand in the code, which the model has not learnt: it is asked about them.
bool Trace::isAsked(const Use& use)
{
    const bool written =
        std::all_of(use.rows.begin(), use.rows.end(), [this](auto set) { return m_rows[set].written; });
    charge(written ? m_uses.size() : 0);
    return written && !use.rows.empty() && use.model != none
        && std::none_of(m_uses.begin(), m_uses.end(), [&](const Use& earlier) {
               return earlier.training && earlier.model == use.model && m_rows.overlap(earlier.rows, use.rows);
           });
}

void Trace::evaluation(
    std::uint32_t model, const std::vector<Ref>& data, std::uint32_t node, std::string_view metric, bool asks)
{
    const auto where = place(node);
    Evaluation entry;
    entry.model = model;
    entry.place = where;
    entry.calledFrom = calledFrom();
    entry.inputs = dataOf(data);
    entry.metric = metric;
    entry.prediction = isPrediction(metric, asks);
    Use use;
    use.model = model;
    const auto measured = model == none ? onlyHeldOut(m_rows, m_things, measuredOn(data)) : measuredOn(data);
    for (const auto ref : measured) {
        mergeMarks(use.rows, at(ref).rows);
        mergeMarks(use.fittedOn, at(ref).fittedOn);
    }
    entry.role = m_rows.role(use.rows);
    if (entry.role == Role::Generated) {
        // Made up, but what the model was fitted on is that too.
        charge(m_uses.size());
        for (const auto& earlier : m_uses) {
            entry.role = earlier.training && earlier.model == model && m_rows.overlap(earlier.rows, use.rows)
                ? Role::Full
                : entry.role;
        }
    }
    if (entry.role == Role::Full && (metric.starts_with("predict") || metric.starts_with("recommend"))
        && isAsked(use)) {
        entry.role = Role::Query;
    }
    use.role = entry.role;
    for (const auto ref : measured) {
        use.sample = use.sample || at(ref).sample;
    }
    for (const auto& loop : model == none || m_rows.ofFolds(use.rows) ? std::vector<CodePlace>{} : m_loops) {
        const auto& made = m_out.graph().nodes[model].place.bytes;
        use.repeated = use.repeated || (loop.unit == m_unit && placeOf(loop).bytes.contains(made.start));
    }
    if (!m_out.fresh("evaluation", where, entry.calledFrom, model)) {
        return;
    }
    if (model != none && m_out.graph().nodes[model].kind == NodeKind::Index) {
        entry.role = Role::Query;
    }
    drawStep(entry, node);
    use.index = m_out.graph().evaluations.size();
    m_uses.push_back(use);
    m_out.graph().evaluations.push_back(std::move(entry));
}

// fit(X, y, validation_data=(X_val, y_val)): measured on them while it learns.
// `said`: what they are for by the name of the argument, when the rows do not tell.
void Trace::watch(Use training, Ref rows, Role said)
{
    const auto given = at(rows).isSequence() ? at(rows).items : std::vector<Ref>{rows};
    training.training = false;
    training.watched = true;
    training.rows.clear();
    training.fittedOn.clear();
    training.sample = false;
    for (std::size_t i = 0; i < given.size() && i < 64; ++i) {
        const auto ref = given[i];
        mergeMarks(training.rows, at(ref).rows);
        mergeMarks(training.fittedOn, at(ref).fittedOn);
        training.sample = training.sample || at(ref).sample;
    }
    training.role = m_rows.role(training.rows);
    training.role =
        training.role == Role::Test || training.role == Role::Validation || said == Role::None ? training.role : said;
    if (!training.rows.empty()) {
        m_uses.push_back(std::move(training));
    }
}

// `before`: how many uses there were before the training.
void Trace::watchGiven(const TraceCall& site, Ref model, std::size_t before)
{
    for (const auto name : {"validation_data", "eval_set", "valid_sets", "evals", "eval_dataset"}) {
        if (const auto* given = site.find(-1, name)) {
            watchHeldOut(*given, Role::None, model, before, site.node);
        }
    }
}

void Trace::watchHeldOut(const TraceArgument& given, Role said, Ref model, std::size_t before, std::uint32_t node)
{
    const auto name = given.name.empty() ? std::string("by place") : std::string(given.name);
    for (const auto mark : at(given.value).from) {
        m_out.edge(mark, at(model).modelNode, EdgeKind::Validates, "argument:" + name, "training is watched on it",
            place(node));
    }
    if (m_uses.size() > before && m_uses[before].training) {
        watch(m_uses[before], given.value, said);
    }
}

Ref Trace::predictEffect(TraceCall& site, const ApiRow& row, Ref receiver)
{
    auto data = argumentsFor(site, row.data, receiver);
    data.erase(std::remove(data.begin(), data.end(), receiver), data.end());
    for (auto& value : data) {
        value = givenFile(value, site.node, row.callee, true);
        if (at(value).kind == ThingKind::Function && has(row.callee, ".estimator.")) { // input_fn
            TraceCall inner{site.unit, site.node, value, 0, {}, false};
            value = invoke(inner);
        }
    }
    if (at(receiver).kind == ThingKind::Object
        && wasTold(receiver)) { // predict(model_file): what setters told is asked about
        const auto from = dataOf(data);
        const auto told = std::all_of(from.begin(), from.end(),
                              [this](auto mark) { return m_out.graph().nodes[mark].kind == NodeKind::ModelFile; })
            ? toldOf(receiver, false)
            : std::vector<Ref>{};
        data = told.empty() ? data : told;
    }
    if (data.empty()) {
        for (const auto& argument : site.arguments) {
            data.push_back(argument.value);
        }
    }
    // score(model, rows): the model is the first that is given, when the row names other data.
    const auto first = receiver == 0 && !row.data.empty() ? site.value(0, "model") : Ref{0};
    const bool given = at(first).kind == ThingKind::Object && std::find(data.begin(), data.end(), first) == data.end();
    receiver = given && !row.is(roleRemote) ? first : receiver;
    const auto model = receiver != 0 && at(receiver).kind == ThingKind::Object ? modelNode(receiver, site.node) : none;
    const auto out = derived(data, site.node, m_roles.type(row.returns));
    at(out).columns.clear();
    if (Names picked; receiver != 0 && pickedColumns(receiver, picked)) {
        at(out).columns = std::move(picked); // an assembler of vectors predicts nothing
    }
    if (model != none) {
        mergeMarks(at(out).from, {model});
        mergeMarks(at(out).fittedOn, at(receiver).fittedOn);
        if (!at(receiver).type.starts_with("pyspark.ml.feature.")) { // those change rows, and predict nothing
            mergeMarks(at(out).models, {model});
            evaluation(model, data, site.node,
                row.is(roleGenerate) ? std::string_view("generate") : lastPart(row.callee), true);
        }
        (void)writesPredictions(site, receiver, lastPart(row.callee), data);
    } else if (row.is(roleRemote)) {
        const auto where = place(site.node);
        const auto service =
            m_out.node(NodeKind::Service, "service:" + std::string(row.callee.substr(0, row.callee.find('.'))),
                row.callee.substr(0, row.callee.find('.')), where);
        if (service != none) {
            m_out.graph().nodes[service].outside = true;
            m_out.graph().nodes[service].api = row.callee;
            for (const auto from : at(out).from) {
                m_out.edge(
                    from, service, EdgeKind::Writes, "call:" + std::string(row.callee), "it is sent there", where);
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
    loadersFor(site, row, row.callee.ends_with("validate") ? "val_dataloader" : "test_dataloader", data);
    for (auto& value : data) {
        value = givenFile(value, site.node, row.callee, true);
        if (at(value).kind == ThingKind::Function) {
            TraceCall inner{site.unit, site.node, value, 0, {}, false};
            value = invoke(inner);
        }
        (void)literalSource(value, site.node);
    }
    Marks models;
    if (receiver != 0 && (isModelType(at(receiver).type) || at(receiver).modelNode != none)) {
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
    if (data.empty() && at(receiver).kind == ThingKind::Object) {
        data = toldOf(receiver, false);
    }
    if (data.empty()) {
        for (const auto& argument : site.arguments) {
            data.push_back(argument.value);
        }
    }
    for (const auto model : models) {
        evaluation(model, data, site.node, lastPart(row.callee));
    }
    // rmse(truth, guesses) of held-out rows: measured, whoever guessed.
    const auto held = [this](Ref ref) {
        const auto role = m_rows.role(at(ref).rows);
        return role == Role::Test || role == Role::Validation;
    };
    if (models.empty() && receiver == 0 && data.size() > 1 && std::any_of(data.begin(), data.end(), held)) {
        evaluation(none, data, site.node, lastPart(row.callee));
    }
    const auto score = derived(data, site.node);
    mergeMarks(at(score).from, models);
    at(score).rows.clear();
    return score;
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
    entry.given = entry.inputs.empty() ? data : std::vector<Ref>{};
    const auto out = derived(data, node, "torch.Tensor");
    for (const auto ref : data) {
        mergeMarks(entry.rows, at(ref).rows);
        mergeMarks(entry.fittedOn, at(ref).fittedOn);
        addOnce(entry.columns, at(ref).columns);
    }
    mergeMarks(at(out).from, {index});
    mergeMarks(at(out).models, {index});
    mergeMarks(at(out).passes, {static_cast<std::uint32_t>(m_passes.size())});
    m_passes.push_back(std::move(entry));
    return out;
}

// optimizer.minimize(loss): a value, or a function that gives it.
void Trace::minimized(const TraceCall& site)
{
    auto loss = site.value(0, "loss");
    if (at(loss).kind == ThingKind::Function) {
        TraceCall inner{site.unit, site.node, loss, 0, {}, false};
        loss = invoke(inner);
    }
    const bool learns = std::any_of(at(loss).passes.begin(), at(loss).passes.end(),
        [this](auto number) { return !m_passes[number].inputs.empty(); });
    if (learns || !m_uncalled) { // a function that nobody calls is given no data
        backward(at(loss));
    }
}

// tape.gradient(loss, [model.w, model.b]): an object of one's own learns, whose calls are plain functions.
void Trace::learntByHand(const TraceCall& site)
{
    const auto loss = site.value(0, "target");
    const auto* weights = site.find(1, "sources");
    if (!weights || site.unit != m_unit || !at(loss).passes.empty() || at(loss).from.empty()) {
        return;
    }
    const auto stop = tree()[weights->node].stop;
    charge((stop - weights->node) / 8);
    for (auto node = weights->node; node < stop; ++node) {
        const auto object = tree()[node].kind == code::NodeKind::Attribute ? tree().child(node, code::NodeField::Object)
                                                                           : code::Syntax::none;
        const auto model = object == code::Syntax::none ? Ref{0} : valueAt(object);
        if (at(model).kind == ThingKind::Object && at(model).local != none) {
            return train(model, {loss}, {}, site.node, "call:gradient");
        }
    }
}

// tape.gradient(loss, image): how the loss changes with the data, or with what a model made of them.
bool Trace::ofData(const TraceCall& site) const
{
    const auto* by = site.find(1, "sources");
    const auto& thing = at(by ? by->value : Ref{0});
    const bool named = by && site.unit == m_unit && by->node < tree().size()
        && tree()[by->node].kind == code::NodeKind::Identifier && thing.kind == ThingKind::Object;
    if (!named || thing.from.empty()) {
        return false;
    }
    auto whole = by->value; // variables = model.trainable_variables
    for (int depth = 0; depth < 4 && whole != 0; ++depth) {
        const auto& of = at(whole);
        if (of.modelNode != none || isModelType(of.type)) {
            return false;
        }
        whole = of.self == 0 && !of.text.empty() && of.made.size() == 1 ? of.made.front() : of.self;
    }
    return true;
}

// loss.backward(): gradients are there, and nothing has learnt from them until somebody steps.
void Trace::owe(Ref loss)
{
    if (!at(loss).passes.empty() && m_owed.size() < maxMarks) {
        m_owed.push_back(loss);
        ++m_losses;
    }
}

// optimizer.step(): what was owed is learnt.
void Trace::learnOwed()
{
    for (const auto loss : std::exchange(m_owed, {})) {
        backward(at(loss));
    }
}

// A function that steps with losses of its own learns from those; one without any from what was owed before.
void Trace::oweAgain(const std::vector<Ref>& before, bool learnt)
{
    charge((before.size() + m_owed.size()) / 16);
    m_owed.insert(m_owed.begin(), before.begin(), before.end());
    m_owed.resize(std::min(m_owed.size(), maxMarks)); // the first ones, however often something is called
    if (learnt) {
        learnOwed();
    }
}

// A loop that steps at its head does so with the gradients of the round before.
void Trace::endRound(std::size_t stepsBefore)
{
    if (m_stepCalls > stepsBefore) {
        learnOwed();
    }
}

// By its name it steps, or it changes something in place by gradients: w.sub_(rate * w.grad), w.assign_sub(rate * g).
bool Trace::isStep(std::uint32_t call, const TraceCall& site) const
{
    const auto function = tree().child(call, NodeField::Function);
    auto written = function == Syntax::none ? std::string_view() : nodeText(function);
    written = written.substr(written.size() - std::min(written.size(), maxLooked));
    const auto name = lastPart(written);
    const bool makes = !name.empty() && name.front() >= 'A' && name.front() <= 'Z'; // optim.Adam(...)
    if (has(name, "step") || (has(written, "optim") && !makes) || name == "apply_gradients") {
        return true;
    }
    if (name.starts_with("assign") || name == "apply") {
        return std::any_of(site.arguments.begin(), site.arguments.end(),
            [this](const auto& argument) { return !at(argument.value).passes.empty(); });
    }
    const auto given = tree().child(call, NodeField::Arguments);
    return name.ends_with('_') && given != Syntax::none && has(nodeText(given).substr(0, maxLooked), ".grad");
}

// w -= rate * w.grad, w.data = w.data - rate * w.grad: a step by hand.
bool Trace::isStepByHand(std::uint32_t left, std::uint32_t right, bool augmented) const
{
    const auto value = nodeText(right).substr(0, maxLooked);
    auto name = nodeText(left).substr(0, maxLooked);
    name = name.substr(0, name.find(".data"));
    return has(value, ".grad") && (augmented || has(value, std::string(name) + ".grad"));
}

void Trace::backward(const Thing& loss)
{
    charge(loss.passes.size() / 16);
    for (const auto number : loss.passes) {
        auto& entry = m_passes[number];
        if (entry.trained) {
            continue;
        }
        entry.trained = true;
        learns(entry.model);
        wasTaught(entry.modelNode, entry.place, entry.calledFrom);
        for (const auto ref : entry.given) {
            (void)literalSource(ref, code::Syntax::none);
            mergeMarks(entry.inputs, at(ref).from);
            mergeMarks(entry.rows, at(ref).rows);
        }
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
        describe(training, at(entry.model), {});
        training.featureColumns.assign(entry.columns.begin(), entry.columns.end());
        training.labelColumns.assign(loss.labels.begin(), loss.labels.end());
        std::erase_if(training.featureColumns, [&loss](const std::string& name) {
            return std::find(loss.labels.begin(), loss.labels.end(), name) != loss.labels.end();
        });
        training.role = m_rows.role(entry.rows);
        training.role = training.role == Role::Generated ? Role::Full : training.role;
        for (const auto from : inputs) {
            m_out.edge(from, entry.modelNode, EdgeKind::Trains, "backward", "the model learns from it", entry.place);
        }
        if (m_out.fresh("training", entry.place, entry.calledFrom, entry.modelNode) && !told(training, entry.rows)) {
            m_uses.push_back({m_out.graph().trainings.size(), true, entry.modelNode, entry.rows, entry.fittedOn, false,
                training.role, false, false, false});
            m_out.graph().trainings.push_back(std::move(training));
        }
    }
}

} // namespace cupel::lineage
