// SPDX-License-Identifier: GPL-3.0-or-later
// Modules that know something and those that do not: whether weights were learnt or loaded before a call gives a value.
#include "analyzers/lineage/trace.h"

#include "analyzers/lineage/words.h"

#include <algorithm>

namespace cupel::lineage {

namespace {

constexpr std::size_t maxParts = 512; // of one module that are looked at
constexpr std::size_t maxEntries = 65'536; // of their lists
constexpr std::size_t maxAllParts = 400'000; // steps, over all modules of a file
constexpr std::size_t maxLearners = 256;
constexpr std::size_t maxNameLooked = 64; // bytes at the end of what is called

// A function that may give weights to what it is given, by its name.
bool mayGiveWeights(std::string_view name)
{
    constexpr std::string_view words[] = {"train", "Train", "fit", "load", "Load", "learn", "Learn", "tune", "Tune",
        "restore", "Restore", "pretrained", "convert", "prepare", "update", "optimi", "Optimi"};
    return std::any_of(std::begin(words), std::end(words), [name](auto word) { return has(name, word); });
}

} // namespace

// load_weights(model, file), checkpoint.restore(file), trainer.run(model): from here on it may know something.
void Trace::mayLearn(const TraceCall& site, std::uint32_t function)
{
    if (site.arguments.empty()) {
        return;
    }
    auto written = nodeText(function);
    written = lastPart(written.substr(written.size() - std::min(written.size(), maxNameLooked)));
    if (!mayGiveWeights(written)) {
        return;
    }
    const auto mark = [this](Ref ref) {
        auto& thing = at(ref);
        thing.weighted = thing.weighted || thing.kind == ThingKind::Object;
    };
    const auto receiver = at(site.function).kind == ThingKind::Bound ? at(site.function).self : Ref{0};
    mark(receiver);
    for (const auto part : at(receiver).made) {
        mark(part);
    }
    for (const auto& [name, part] : at(receiver).madeBy) {
        mark(part);
    }
    for (const auto& argument : site.arguments) {
        mark(argument.value);
    }
    charge(at(receiver).made.size() / 16 + at(receiver).madeBy.size() / 16);
}

// It and what it is made of: layers of a sequence, members, the model inside of a wrapper.
std::vector<Ref> Trace::partsOf(Ref model)
{
    std::vector<Ref> found{model};
    std::unordered_set<Ref> seen{model};
    const auto add = [&](Ref part) {
        const auto kind = at(part).kind;
        const bool holds = kind == ThingKind::Object || kind == ThingKind::List || kind == ThingKind::Tuple
            || kind == ThingKind::Dictionary;
        if (holds && found.size() < maxParts && seen.insert(part).second) {
            found.push_back(part);
        }
    };
    std::size_t entries = 0;
    for (std::size_t i = 0; i < found.size() && entries < maxEntries; ++i) {
        const auto& thing = at(found[i]);
        for (const auto part : thing.made) {
            add(part);
        }
        for (const auto part : thing.items) {
            add(part);
        }
        for (const auto layer : thing.layers) {
            add(layer);
        }
        for (const auto& [name, part] : thing.madeBy) {
            add(part);
        }
        for (const auto& [name, part] : thing.members) {
            add(part);
        }
        entries +=
            thing.made.size() + thing.items.size() + thing.layers.size() + thing.madeBy.size() + thing.members.size();
    }
    charge(found.size() + entries / 16);
    return found;
}

// Libraries of layers give them with chance values; what others give may come with weights.
bool Trace::beginsEmpty(const Thing& thing) const
{
    if (thing.local != none) {
        return true;
    }
    const auto asks = [this](const auto& entry) {
        return isOneOf(entry.first, {"weights", "pretrained", "weights_backbone", "checkpoint"})
            && at(entry.second).kind != ThingKind::Nothing && at(entry.second).text != "False";
    };
    constexpr std::string_view empty[] = {"torch.nn.", "torchvision.models.", "keras.layers.", "keras.models.",
        "keras.Sequential", "keras.Model", "tensorflow.Module", "torch_geometric.nn.", "dgl.nn."};
    return std::any_of(std::begin(empty), std::end(empty), [&](auto start) { return thing.type.starts_with(start); })
        && std::none_of(thing.madeBy.begin(), thing.madeBy.end(), asks);
}

// A part that was learnt or loaded, of a module or of what a trained one is made of.
bool Trace::holdsWeights(Ref model, const std::unordered_set<Ref>& taught)
{
    const auto isWeights = [this](auto mark) { return m_out.graph().nodes[mark].kind == NodeKind::ModelFile; };
    const auto parts = partsOf(model);
    return std::any_of(parts.begin(), parts.end(), [&](Ref part) {
        const auto& thing = at(part);
        const bool loads = std::any_of(thing.from.begin(), thing.from.end(), isWeights);
        const bool module = thing.kind == ThingKind::Object
            && (part == model || thing.modelNode != none || isModule(thing.type, m_roles) || loads);
        // Of a class of one's own, what its code puts there are buffers: register_buffer("mask", ...).
        const bool knows = thing.weighted || thing.fitted || taught.contains(part) || loads
            || (thing.local == none && !thing.from.empty()) || (part == model && !beginsEmpty(thing));
        return module && knows;
    });
}

void Trace::learns(Ref model)
{
    const bool known = std::find(m_learners.begin(), m_learners.end(), model) != m_learners.end();
    if (!known && m_learners.size() < maxLearners) {
        m_learners.push_back(model);
    }
}

// Calls of modules that nothing was learnt from: the model is used on these rows, if it knows anything.
void Trace::tellPasses()
{
    const auto before = m_steps;
    std::unordered_set<std::uint32_t> trained;
    for (const auto& use : m_uses) {
        if (use.training) {
            trained.insert(use.model);
        }
    }
    std::unordered_set<Ref> taught; // with all their parts
    for (const auto learner : m_passes.empty() ? std::vector<Ref>{} : m_learners) {
        const auto parts = partsOf(learner);
        taught.insert(parts.begin(), parts.end());
    }
    std::unordered_map<Ref, bool> known;
    for (const auto& entry : m_passes) {
        if (m_steps - before > maxAllParts) {
            m_out.graph().complete = false;
            break;
        }
        const bool learnt = trained.contains(entry.modelNode) || trained.contains(firstOfObject(entry.modelNode));
        if (entry.trained || (!entry.sure && !learnt) || entry.inputs.empty()) {
            continue;
        }
        const auto [hit, fresh] = known.try_emplace(entry.model, learnt);
        if (fresh && !learnt) {
            hit->second = holdsWeights(entry.model, taught);
        }
        if (!hit->second) {
            continue; // chance values: it gives numbers, no predictions
        }
        Evaluation use;
        use.model = entry.modelNode;
        use.place = entry.place;
        use.calledFrom = entry.calledFrom;
        use.inputs = entry.inputs;
        use.role = m_rows.role(entry.rows);
        use.metric = "forward";
        use.prediction = true;
        if (m_out.fresh("evaluation", use.place, use.calledFrom, use.model)) {
            m_uses.push_back({m_out.graph().evaluations.size(), false, entry.modelNode, entry.rows, entry.fittedOn,
                false, use.role, false, false, false});
            m_out.graph().evaluations.push_back(std::move(use));
        }
    }
}

} // namespace cupel::lineage
