// SPDX-License-Identifier: GPL-3.0-or-later
// One object, several models: what was saved is the model as it was then, whatever the object learns later; a fit that
// starts anew forgets the fit before; weights that are read into it take the place of what it had learnt. Each time
// another node begins to stand for the object.
#include "analyzers/lineage/trace.h"

#include "analyzers/lineage/words.h"

#include <algorithm>

namespace cupel::lineage {

namespace {

constexpr int maxNodes = 64; // of one object that are asked, the latest first

} // namespace

// Whether a fit of it forgets what was learnt before, as those of scikit-learn do.
bool Trace::startsAnew(const Thing& model, std::string_view rule) const
{
    constexpr std::string_view libraries[] = {"sklearn.", "imblearn.", "xgboost.XGB", "lightgbm.LGBM", "catboost."};
    const auto name = lastPart(rule);
    const bool knows = model.local == none
        && std::any_of(std::begin(libraries), std::end(libraries),
            [&model](auto library) { return model.type.starts_with(library); });
    if (!knows || !isOneOf(name, {"fit", "fit_transform", "fit_predict", "fit_resample"})) {
        return false;
    }
    const auto keeps = [this](std::string_view key, Ref value) {
        return isOneOf(key, {"warm_start", "xgb_model", "init_model"}) && at(value).text != "False"
            && at(value).kind != ThingKind::Nothing;
    };
    const bool made = std::any_of(model.madeBy.begin(), model.madeBy.end(),
        [&keeps](const auto& entry) { return keeps(entry.first, entry.second); });
    return !made
        && (!m_trainingCall
            || std::none_of(m_trainingCall->arguments.begin(), m_trainingCall->arguments.end(),
                [&keeps](const auto& argument) { return keeps(argument.name, argument.value); }));
}

// The object goes on as another node. `keeps`: what the one before had learnt is still in it; `anew`: it never was.
std::uint32_t Trace::renewed(Ref model, std::uint32_t node, bool keeps, bool anew)
{
    const auto before = at(model).modelNode;
    at(model).modelNode = none;
    const auto now = modelNode(model, node);
    if (now == none || now == before) {
        at(model).modelNode = before;
        return before;
    }
    auto& entry = m_learnt[now];
    entry.before = before;
    entry.anew = anew;
    if (keeps) {
        m_out.edge(before, now, EdgeKind::Derives, "continued", "it goes on from what it had learnt", place(node));
    }
    return now;
}

// Another training of an object: the same call in the next round of a loop is none.
void Trace::renewForTraining(Ref model, std::uint32_t node, std::string_view rule)
{
    const auto known = m_learnt.find(at(model).modelNode);
    if (known == m_learnt.end() || !known->second.taught || m_cellTwice != none) {
        return;
    }
    const auto& last = known->second;
    const bool same = last.place == place(node) && last.calledFrom == calledFrom();
    if (startsAnew(at(model), rule)) {
        if (!same || last.rounds != m_rounds) {
            at(model).fittedOn.clear();
            (void)renewed(model, node, false, true);
        }
        return;
    }
    const auto around = [&last](const CodePlace& loop) {
        return loop.unit == last.savedIn.unit && loop.node == last.savedIn.node;
    };
    if (last.saved && !same && std::none_of(m_loops.begin(), m_loops.end(), around)) {
        (void)renewed(model, node, true, false);
    }
}

// net.load_state_dict(torch.load(file)) behind a training: what that training learnt is gone.
void Trace::renewForWeights(Ref model, const std::vector<Ref>& weights, const TraceCall& site)
{
    const auto before = at(model).modelNode;
    const auto known = m_learnt.find(before);
    const auto from = dataOf(weights);
    const bool own = std::binary_search(from.begin(), from.end(), before);
    if (known == m_learnt.end() || !known->second.taught || m_cellTwice != none || from.empty() || own) {
        return;
    }
    const bool part = at(site.value(1, "strict")).text == "False" || site.find(-1, "by_name");
    if (!part) {
        at(model).from.clear();
    }
    (void)renewed(model, site.node, part, false); // leaks ask the object: who knows what the weights were taught
}

void Trace::wasTaught(std::uint32_t model, const Place& where, const std::vector<Place>& from)
{
    if (model == none) {
        return;
    }
    auto& entry = m_learnt[model];
    entry.place = where;
    entry.calledFrom = from;
    entry.rounds = m_rounds.empty() ? std::string_view() : keep(m_rounds);
    entry.taught = true;
    entry.saved = false;
}

void Trace::wasSaved(const Marks& models)
{
    for (const auto model : models) {
        if (const auto known = m_learnt.find(model); known != m_learnt.end()) {
            known->second.saved = true;
            known->second.savedIn = m_loops.empty() ? CodePlace{} : m_loops.back();
        }
    }
}

bool Trace::remembers(std::uint32_t model, std::uint32_t learner) const
{
    for (int i = 0; i < maxNodes && model != none; ++i) {
        if (model == learner) {
            return true;
        }
        const auto known = m_learnt.find(model);
        model = known == m_learnt.end() || known->second.anew ? none : known->second.before;
    }
    return model == learner;
}

std::uint32_t Trace::firstOfObject(std::uint32_t model) const
{
    for (int i = 0; i < maxNodes; ++i) {
        const auto known = m_learnt.find(model);
        if (known == m_learnt.end() || known->second.before == none) {
            break;
        }
        model = known->second.before;
    }
    return model;
}

} // namespace cupel::lineage
