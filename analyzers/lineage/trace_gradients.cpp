// SPDX-License-Identifier: GPL-3.0-or-later
// Learning by gradients: calls of a loss, of what makes gradients of it, and of states that take them (jax, flax).
#include "analyzers/lineage/trace.h"

#include "analyzers/lineage/words.h"

namespace cupel::lineage {

// loss.backward(), tape.gradient(loss, weights), state.apply_gradients(grads=g). False: it is none of them.
bool Trace::learnsByMethod(TraceCall& site, Ref receiver, std::string_view name, Ref& result)
{
    if (name == "backward") {
        const bool given = !site.arguments.empty() && at(receiver).type.find("Accelerator") != std::string_view::npos;
        owe(given ? site.arguments.front().value : receiver);
        return true;
    }
    if (name == "gradient" && !site.arguments.empty()) {
        if (!ofData(site)) { // tape.gradient(loss, weights)
            owe(site.value(0, "target"));
            learntByHand(site);
        }
        result = derived({site.value(0, "target")}, site.node);
        return true;
    }
    if (name == "compute_gradients" && !site.arguments.empty()) {
        owe(site.value(0, "loss"));
        result = derived({site.value(0, "loss")}, site.node);
        return true;
    }
    if (name == "minimize" && !site.arguments.empty()) {
        minimized(site);
    }
    if (learningState(site, receiver, name, result)
        || (at(receiver).type.starts_with("wandb.") && artifactMethod(site, receiver, name, result))) {
        return true;
    }
    return false;
}

// grad(loss)(parameters), value_and_grad(loss)(parameters, x, y). False: it is no gradient.
bool Trace::gradientOf(TraceCall& site, const std::vector<Ref>& data, Ref& result)
{
    const auto& thing = at(site.function);
    if (thing.type != "jax.grad" || data.empty()) {
        return false;
    }
    if (data.size() == 1) { // the data is in the loss
        TraceCall inner = site;
        inner.function = thing.made.empty() ? Ref{0} : thing.made.front();
        const bool known = at(inner.function).kind == ThingKind::Function;
        result = derived({known ? invoke(inner) : data.front()}, site.node);
        return true;
    }
    // The parameters learn from the rest.
    const auto model = at(data.front()).kind == ThingKind::Unknown ? object("jax.parameters", site.node) : data.front();
    at(model).type = "jax.parameters";
    train(model, {data.begin() + 1, data.end()}, {}, site.node, "call:jax.grad");
    result = derived(data, site.node);
    mergeMarks(at(result).from, {at(model).modelNode});
    return true;
}

// state.apply_gradients(grads=gradients): the state learns from what the loss was computed of.
bool Trace::learningState(TraceCall& site, Ref receiver, std::string_view name, Ref& result)
{
    if (name != "apply_gradients" || lastPart(at(receiver).type) != "TrainState"
        || at(receiver).kind != ThingKind::Object) {
        return false;
    }
    const auto gradients = site.value(-1, "grads");
    if (!at(gradients).from.empty()) {
        const auto data = derived({gradients}, site.node);
        mergeMarks(at(data).rows, at(gradients).fittedOn); // a loss is a mean of rows
        train(receiver, {data}, {}, site.node, "call:apply_gradients");
    }
    result = receiver;
    return true;
}

} // namespace cupel::lineage
