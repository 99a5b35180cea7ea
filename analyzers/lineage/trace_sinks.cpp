// SPDX-License-Identifier: GPL-3.0-or-later
// What a call writes: where to, and what of.
#include "analyzers/lineage/trace.h"

#include "analyzers/lineage/words.h"

#include <algorithm>

namespace cupel::lineage {

// Where what is written comes from; `model` becomes true when one of it is a model.
Marks Trace::writtenFrom(const TraceCall& site, const std::vector<Ref>& data, bool& model)
{
    Marks out;
    for (const auto ref : data) {
        const auto& thing = at(ref);
        mergeMarks(out, thing.from);
        if (thing.modelNode != none) {
            mergeMarks(out, {thing.modelNode});
            model = true;
        } else if (isModelType(thing.type) && thing.kind == ThingKind::Object) {
            mergeMarks(out, {modelNode(ref, site.node)});
            model = true;
        }
    }
    return out;
}

// Where a call writes to: its arguments, what a writer knows, or a place that nobody can name.
std::vector<Locator> Trace::sinkPlaces(TraceCall& site, const ApiRow& row, Ref receiver, const std::vector<Ref>& data)
{
    const auto where = place(site.node);
    auto locators = locatorsFor(site, row, receiver, row.is(roleSource) && row.locators.size() > 1 ? 1 : 0);
    if (locators.empty()) {
        for (const auto& argument : row.locators) {
            for (const auto value : argumentsFor(site, {argument}, receiver)) {
                for (auto& more : locatorsOf(value, row.locatorKind, row.is(roleSaveModel))) {
                    locators.push_back(std::move(more));
                }
            }
        }
    }
    if (locators.empty()) {
        locators = nameless(site, row, receiver);
    }
    if (row.locators.empty() && at(receiver).kind == ThingKind::Object && at(receiver).from.empty()) {
        locators = locatorsOf(receiver, row.locatorKind, row.is(roleSaveModel)); // a writer knows where to
        Marks written;
        for (const auto ref : data) {
            mergeMarks(written, at(ref).from);
        }
        const auto made = placeOf(at(receiver).place);
        for (const auto& locator : made == where ? std::vector<Locator>{} : locators) {
            m_out.sink(m_out.located(locator, row.callee, made), locator.kind, locator.value, made, written);
        }
    }
    return locators;
}

void Trace::sinkEffect(TraceCall& site, const ApiRow& row, Ref receiver)
{
    const auto where = place(site.node);
    auto data = argumentsFor(site, row.data, receiver);
    if (data.empty() && receiver != 0) {
        data.push_back(receiver);
    }
    if (data.size() == 1 && at(data.front()).self != 0 && at(data.front()).from.empty()) {
        data.push_back(at(data.front()).self); // a writer of something
    }
    auto locators = sinkPlaces(site, row, receiver, data);
    bool model = row.is(roleSaveModel);
    const Marks inputs = writtenFrom(site, data, model);
    if (has(row.locatorKind, "table+connection") && at(site.value(0, "name")).kind == ThingKind::Text) {
        locators = {tableAt(at(site.value(0, "name")).text, site.value(1, "con"))};
    }
    for (auto& locator : locators) {
        if (model && locator.node == NodeKind::File && isModelExtension(extensionOf(locator.value))) {
            locator.node = NodeKind::ModelFile;
            locator.kind = SourceKind::ModelFile;
        }
        const auto node = m_out.located(locator, row.callee, where);
        if (node == none) {
            continue;
        }
        if (auto* sink = m_out.sink(node, locator.kind, locator.value, where, inputs)) {
            tellColumns(*sink, data);
            const auto number = static_cast<std::size_t>(sink - m_out.graph().sinks.data());
            if (model && !inputs.empty()) {
                m_saves.push_back({number, m_out.graph().trainings.size(), !m_loops.empty()});
            }
        }
        if (!model) {
            keepWritten(node, data, isPart(site, receiver));
        }
        for (const auto from : inputs) {
            const bool saves = m_out.graph().nodes[from].kind == NodeKind::Model;
            m_out.edge(from, node, saves ? EdgeKind::Saves : EdgeKind::Writes, "call:" + std::string(row.callee),
                quoted(row.callee) + (saves ? " saves it here" : " writes it here"), where);
        }
        if (inputs.empty()) {
            m_out.edge(cellNode(m_unit), node, EdgeKind::Writes, "call:" + std::string(row.callee),
                quoted(row.callee) + " writes here", where, Certainty::Likely);
        }
    }
}

// What was saved before anything was learnt holds nothing of what is learnt later.
void Trace::settleSinks()
{
    auto& graph = m_out.graph();
    std::map<std::size_t, std::size_t> known; // of each sink: the trainings when it was last written
    for (const auto& save : m_saves) {
        auto& last = known[save.sink];
        last = std::max(last, save.inLoop ? graph.trainings.size() : save.trainings);
    }
    std::unordered_map<std::uint32_t, std::size_t> first; // training of each model
    for (std::size_t i = 0; i < graph.trainings.size(); ++i) {
        first.try_emplace(graph.trainings[i].model, i);
    }
    for (const auto& [sink, trainings] : known) {
        std::erase_if(graph.sinks[sink].inputs, [&, count = trainings](std::uint32_t node) {
            const auto hit = first.find(node);
            return hit != first.end() && hit->second >= count;
        });
    }
}

// The columns of what is written, when it is one thing and all of them are known.
void Trace::tellColumns(Sink& sink, const std::vector<Ref>& data)
{
    if (data.size() != 1 || at(data.front()).columns.empty() || !sink.columns.empty()) {
        return;
    }
    const auto& thing = at(data.front());
    sink.columns.assign(thing.columns.begin(), thing.columns.end());
    for (const auto& [now, before] : thing.origins) {
        if (std::find(thing.columns.begin(), thing.columns.end(), now) != thing.columns.end()) {
            sink.origins.emplace_back(now, before);
        }
    }
}

} // namespace cupel::lineage
