// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/lineage/hyperparameters.h"

#include "analyzers/lineage/locators.h"
#include "analyzers/lineage/words.h"

#include <algorithm>

namespace cupel::lineage {

namespace {

constexpr std::size_t maxNamed = 64;
constexpr std::size_t maxShown = 120; // of a hyper-parameter
constexpr std::size_t maxSteps = 256; // of pipelines in pipelines
constexpr int maxDepth = 4;

// What calls that train are told of how to learn; the rest of their arguments says where, what and how loudly.
constexpr std::string_view ofCalls[] = {"batch_size", "class_weight", "early_stopping_rounds", "epochs", "eval_metric",
    "gradient_accumulation_steps", "initial_epoch", "iterations", "learning_rate", "lr", "max_epochs", "nb_epoch",
    "num_boost_round", "num_epochs", "objective", "shuffle", "steps_per_epoch", "total_timesteps", "validation_split"};

std::string lower(std::string_view text)
{
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
        [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return out;
}

bool isSearch(std::string_view name)
{
    return has(name, "SearchCV") || has(name, "Bagging") || has(name, "Calibrated") || has(name, "AdaBoost")
        || has(name, "OneVsRest") || has(name, "MultiOutput") || name == "RFE" || name == "RFECV";
}

} // namespace

void Hyperparameters::add(std::string name, const Thing& value)
{
    const bool known = value.text.find(hole) == std::string_view::npos; // else it is given from outside
    const auto same = [&name](const auto& entry) { return entry.first == name; };
    if (value.isConstant() && known && m_into.size() < maxNamed && std::none_of(m_into.begin(), m_into.end(), same)) {
        m_into.emplace_back(std::move(name), withoutCredentials(value.text.substr(0, maxShown)));
        mergeMarks(m_from, value.from);
    }
}

void Hyperparameters::constants(const Thing& of, const std::string& prefix)
{
    for (const auto& [name, value] : of.madeBy) {
        add(prefix + std::string(name), at(value));
    }
}

void Hyperparameters::ofModel(const Thing& model)
{
    constants(model, {});
    compiled(model);
    parts(model, {}, 0);
}

// optimizer=Adam(learning_rate=0.001): its name, and what it was made with.
void Hyperparameters::compiled(const Thing& model)
{
    for (const auto name : {"optimizer", "loss"}) {
        const auto& thing = at(givenAs(model, {name}));
        if (thing.kind != ThingKind::Object || thing.type.empty()) {
            continue;
        }
        Thing shown;
        shown.kind = ThingKind::Text;
        shown.text = lastPart(thing.type);
        add(name, shown);
        if (!thing.made.empty() && at(thing.made.front()).kind == ThingKind::Number && has(thing.type, "optimizers")) {
            add("learning_rate", at(thing.made.front()));
        }
        constants(thing, {});
    }
}

Ref Hyperparameters::givenAs(const Thing& thing, std::initializer_list<std::string_view> names) const
{
    const auto hit = std::find_if(
        thing.madeBy.begin(), thing.madeBy.end(), [&](const auto& entry) { return isOneOf(entry.first, names); });
    return hit != thing.madeBy.end() ? hit->second : 0;
}

// Steps of pipelines and what searches try, named as get_params() names them: "clf__C", "estimator__clf__C".
void Hyperparameters::parts(const Thing& of, const std::string& prefix, int depth)
{
    const auto name = lastPart(of.type);
    if (depth >= maxDepth) {
        return;
    }
    if (isSearch(name)) {
        const auto named = givenAs(of, {"estimator", "base_estimator"});
        const auto inner = named == 0 && !of.made.empty() ? of.made.front() : named;
        constants(at(inner), prefix + "estimator__");
        parts(at(inner), prefix + "estimator__", depth + 1);
        return;
    }
    if (!isOneOf(name, {"Pipeline", "make_pipeline", "ColumnTransformer", "FeatureUnion"})) {
        return;
    }
    const auto named = givenAs(of, {"steps", "stages", "transformers", "transformer_list"});
    const auto list =
        named == 0 && !of.made.empty() && at(of.made.front()).kind == ThingKind::List ? of.made.front() : named;
    for (const auto step : list != 0 ? at(list).items : of.made) {
        if (++m_seen > maxSteps) {
            return;
        }
        part(step, prefix, depth);
    }
}

// ("clf", SVC(C=3)), or the estimator alone: make_pipeline() and Spark name it by its class.
void Hyperparameters::part(Ref step, const std::string& prefix, int depth)
{
    const auto& entry = at(step);
    const bool pair = entry.isSequence() && entry.items.size() > 1 && at(entry.items[0]).kind == ThingKind::Text;
    const auto& thing = pair ? at(entry.items[1]) : entry;
    if (thing.kind != ThingKind::Object) {
        return;
    }
    const auto own = pair             ? std::string(at(entry.items[0]).text) + "__"
        : has(thing.type, "pyspark.") ? std::string(lastPart(thing.type)) + '.'
                                      : lower(lastPart(thing.type)) + "__";
    constants(thing, prefix + own);
    parts(thing, prefix + own, depth + 1);
}

// torch.optim.SGD(net.parameters(), 0.1, momentum=0.9), keras.optimizers.Adam(0.1): what steps.
void Hyperparameters::ofOptimizer(const Thing& optimizer)
{
    if (!has(optimizer.type, ".optim")) {
        return;
    }
    Thing shown;
    shown.kind = ThingKind::Text;
    shown.text = lastPart(optimizer.type);
    add("optimizer", shown);
    const bool torch = has(optimizer.type, "torch.");
    const std::size_t place = torch ? 1 : 0; // behind the weights
    if (optimizer.made.size() > place && at(optimizer.made[place]).kind == ThingKind::Number) {
        add(torch ? "lr" : "learning_rate", at(optimizer.made[place]));
    }
    constants(optimizer, {});
}

void Hyperparameters::ofCall(const TraceCall& site, const Thing& trainer)
{
    ofOptimizer(trainer);
    for (const auto& [name, value] : trainer.madeBy) {
        const auto type = lastPart(at(value).type);
        if (name == "args" && at(value).kind == ThingKind::Object
            && (type.ends_with("Arguments") || type.ends_with("Config"))) {
            constants(at(value), {});
        }
    }
    for (const auto& argument : site.arguments) {
        if (std::find(std::begin(ofCalls), std::end(ofCalls), argument.name) != std::end(ofCalls)) {
            add(std::string(argument.name), at(argument.value));
        }
    }
    const auto isDictionary = [this](Ref ref) { return at(ref).kind == ThingKind::Dictionary; };
    const auto named = site.value(-1, "params");
    const auto first = site.receiver == 0 && named == 0 ? site.value(0, {}) : named;
    if (isDictionary(first)) {
        for (const auto& [name, value] : at(first).members) {
            add(std::string(name), at(value));
        }
        const auto rounds = site.receiver == 0 ? site.value(2, {}) : 0; // of XGBoost and LightGBM
        if (at(rounds).kind == ThingKind::Number) {
            add("num_boost_round", at(rounds));
        }
    }
}

void Hyperparameters::keepCompiled(Thing& model, const TraceCall& site)
{
    std::int32_t position = 0;
    for (const std::string_view name : {"optimizer", "loss"}) {
        if (const auto value = site.value(position++, name); value != 0) {
            std::erase_if(model.madeBy, [name](const auto& entry) { return entry.first == name; });
            model.madeBy.emplace_back(name, value);
        }
    }
}

} // namespace cupel::lineage
