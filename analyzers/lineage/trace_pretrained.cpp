// SPDX-License-Identifier: GPL-3.0-or-later
// Weights that come with an architecture of a library, and models that were saved under a name that a hub may have too.
#include "analyzers/lineage/trace.h"

#include "analyzers/lineage/words.h"

#include <algorithm>

namespace cupel::lineage {

// ResNet50(weights="imagenet"), resnet18(pretrained=True), resnet50(weights=ResNet50_Weights.DEFAULT): the weights of
// each architecture are a source of their own; without any it begins with chance values. False: they lie in a file, or
// nobody knows.
bool Trace::pretrainedWeights(TraceCall& site, const ApiRow& row, Ref& result)
{
    const auto dotted =
        m_roles.canonical(at(site.function).kind == ThingKind::Path ? at(site.function).text : row.callee);
    if (has(dotted, "_Weights")) { // the name of weights, and what they say of themselves
        result = object({}, site.node);
        return true;
    }
    const bool keras = row.callee.starts_with("keras.");
    const bool byName = lastPart(dotted) == "get_model";
    const auto* given = site.find(-1, "weights");
    given = given ? given : site.find(-1, "pretrained");
    given = given ? given : site.find(keras || byName ? 1 : 0, {});
    auto weights = given ? given->value : Ref{0};
    const bool none_ = given ? at(weights).kind == ThingKind::Nothing || at(weights).text == "False" : !keras;
    const auto* backbone = none_ ? site.find(-1, "weights_backbone") : nullptr;
    const bool inner = backbone && at(backbone->value).kind != ThingKind::Nothing;
    weights = inner ? backbone->value : weights;
    const auto& thing = at(weights);
    if (none_ && !inner) {
        result = object(m_roles.type(row.returns), site.node);
        return true;
    }
    const bool file =
        thing.kind == ThingKind::Text && (has(thing.text, "/") || isModelExtension(extensionOf(thing.text)));
    const bool known = thing.kind == ThingKind::Text || thing.kind == ThingKind::Path || thing.text == "True";
    const auto architecture = byName ? at(site.value(0, "name")).text : lastPart(dotted);
    if (file || (given && !known) || has(thing.text, std::string_view(&hole, 1)) || architecture.empty()) {
        return false;
    }
    auto name = std::string(keras ? "keras.applications." : "torchvision.models.") + std::string(architecture);
    const auto which = !given && !inner ? std::string_view("imagenet") : lastPart(thing.text);
    name += inner ? ":backbone" : "";
    name += thing.text == "True" ? std::string() : ':' + std::string(which);
    const auto where = place(site.node);
    const auto node = m_out.node(NodeKind::ModelFile, "weights:" + name, lastPart(name), where);
    if (node != none) {
        m_out.graph().nodes[node].api = row.callee;
        m_out.graph().nodes[node].outside = true;
        m_out.graph().nodes[node].locator = name;
    }
    m_out.source(node, SourceKind::RemoteModel, name, where);
    result = fromSource(node, m_roles.type(row.returns), site.node);
    at(result).rows.clear(); // weights are no rows
    at(result).fitted = true;
    return true;
}

// save_pretrained("final"), then from_pretrained("final"): the folder, not something that a hub has by that name.
void Trace::savedHere(Locator& locator, Ref value)
{
    if (locator.kind != SourceKind::HubModel) {
        return;
    }
    const auto& graph = m_out.graph();
    auto local = readLocator("./" + locator.value, workingFolder(), "dir", true);
    charge(graph.sinks.size() / 16);
    const auto hit = std::find_if(graph.sinks.begin(), graph.sinks.end(),
        [&](const auto& sink) { return sink.node != none && graph.nodes[sink.node].id == "file:" + local.id; });
    if (hit != graph.sinks.end()) {
        local.value = locator.value;
        local.kind = SourceKind::ModelFile;
        local.node = NodeKind::ModelFile;
        tellApart(local, value);
        locator = std::move(local);
    }
}

} // namespace cupel::lineage
