// SPDX-License-Identifier: GPL-3.0-or-later
// Models as nodes: what is one, which one it is, and cells that run twice and make theirs once.
#include "analyzers/lineage/trace.h"

#include "analyzers/lineage/words.h"

#include <algorithm>

namespace cupel::lineage {

bool Trace::isModule(std::string_view type, const ApiRoles& roles)
{
    return !type.empty() && (roles.isA(type, "torch.nn.Module") || roles.isA(type, "keras.Model"))
        && !has(type, ".optim") && !has(type, "Loss") && !has(type, "transforms") && !has(type, ".losses.");
}

bool Trace::isModelType(std::string_view type) const
{
    if (type.empty() || type.ends_with("Writer") || type.ends_with(".Bunch") || type.ends_with("Evaluator")) {
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
    const auto made =
        thing.place.unit != none && thing.place.node != code::Syntax::none ? thing.place : CodePlace{m_unit, node};
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
    if (m_cellTwice != none) {
        m_modelsOf[m_cellTwice].push_back(id);
    }
    const auto type = thing.local != none ? m_classes[thing.local].name : lastPart(thing.type);
    thing.modelNode = m_out.node(NodeKind::Model, id, {}, where);
    if (thing.modelNode != none) {
        const auto cell = cellNode(made.unit); // it may move the nodes
        auto& entry = m_out.graph().nodes[thing.modelNode];
        entry.api = thing.local != none ? std::string(m_classes[thing.local].name) : std::string(thing.type);
        entry.cell = cell;
        entry.count = turnsAround(made);
        const auto* maker = m_roles.function(thing.type);
        entry.kind = maker && maker->kind == "constructor" && maker->is(roleIndex) ? NodeKind::Index : entry.kind;
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
            if (part.kind == ThingKind::List && part.items.size() <= 64) { // stages=[a, b]
                inside.insert(inside.end(), part.items.begin(), part.items.end());
            }
            for (const auto other : part.kind == ThingKind::Object ? part.models : Marks{}) {
                m_out.edge(other, thing.modelNode, EdgeKind::Derives, "part", "it is a part of the model", where);
            }
            if (part.modelNode != none && part.modelNode != thing.modelNode) {
                m_out.edge(
                    part.modelNode, thing.modelNode, EdgeKind::Derives, "part", "it is a part of the model", where);
            }
        }
    }
    m_unit = before;
    return thing.modelNode;
}

// How often loops that are followed once make what is made there.
std::uint32_t Trace::turnsAround(CodePlace made) const
{
    constexpr std::uint32_t most = 1'000'000;
    std::uint32_t out = 1;
    for (std::size_t i = 0; i < m_loops.size(); ++i) {
        const auto& loop = m_loops[i];
        const bool within =
            loop.unit == made.unit && made.node >= loop.node && made.node < cellOf(loop.unit).syntax[loop.node].stop;
        out = within ? std::min(most, out * std::min(most / out, m_turns[i])) : out;
    }
    return out;
}

// A cell of the file begins to run. What it makes when it runs once more are the models that it made before.
void Trace::beginRun(std::uint32_t unit)
{
    m_out.runs(m_file->code->cells()[m_file->units[unit].cell].codeCell);
    m_cellTwice = std::binary_search(m_twice.begin(), m_twice.end(), unit) ? unit : none;
    m_ranBefore = false;
    if (m_cellTwice != none) {
        const auto [known, first] = m_modelsOf.try_emplace(unit);
        m_ranBefore = !first;
        for (const auto& id : known->second) {
            m_modelIds.erase(id);
        }
    }
}

// The same training in another run of its cell: the model knows what both were given.
void Trace::trainedAgain(const Training& training)
{
    auto& all = m_out.graph().trainings;
    charge(m_ranBefore ? all.size() / 16 : 0);
    const auto known =
        std::find_if(all.begin(), m_ranBefore ? all.end() : all.begin(), [&training](const Training& one) {
            return one.model == training.model && one.place == training.place && one.calledFrom == training.calledFrom;
        });
    if (m_ranBefore && known != all.end()) {
        mergeMarks(known->inputs, training.inputs);
    }
}

} // namespace cupel::lineage
