// SPDX-License-Identifier: GPL-3.0-or-later
// What a call writes: where to, and what of.
#include "analyzers/lineage/trace.h"

#include "analyzers/lineage/words.h"

#include <algorithm>

namespace cupel::lineage {

namespace {

// What a cell writes that another one made: as it stands in the cell that writes, so that the way to the file leads
// through both, and through nothing else that either of them holds.
std::uint32_t writtenHere(
    Recorder& out, std::uint32_t from, std::uint32_t cell, const std::string& id, const Place& where)
{
    const auto made = out.graph().nodes[from]; // a copy: nodes may move
    if (made.kind != NodeKind::Variable || made.cell == cell || made.place.file != where.file) {
        return from;
    }
    const auto node = out.node(NodeKind::Variable, id + made.label, made.label, where);
    if (node == none) {
        return from;
    }
    out.graph().nodes[node].cell = cell;
    out.graph().nodes[node].role = made.role;
    out.edge(from, node, EdgeKind::Derives, "written", quoted(made.label) + " is written in this cell", where);
    return node;
}

} // namespace

// Checkpoint(net=net), {"model": net}, (net, columns), an object of one's own that has it: models that a thing without
// weights of its own holds.
std::vector<Ref> Trace::heldModels(Ref holder)
{
    constexpr std::size_t most = 256;
    std::vector<Ref> found;
    std::vector<Ref> work{holder};
    for (std::size_t i = 0; i < work.size() && i < most; ++i) {
        const auto& thing = at(work[i]);
        if (i > 0 && (thing.modelNode != none || (thing.kind == ThingKind::Object && isModelType(thing.type)))) {
            found.push_back(work[i]);
            continue;
        }
        const auto add = [&](Ref part) {
            const auto& held = at(part);
            const bool container = held.isSequence() || held.kind == ThingKind::Dictionary;
            const bool holds = held.kind == ThingKind::Object || (container && !held.items.empty())
                || (container && !held.members.empty());
            if (!holds || std::find(work.begin(), work.end(), part) != work.end()) {
                return;
            }
            if (work.size() >= most) {
                m_out.graph().complete = false;
                return;
            }
            work.push_back(part);
        };
        std::for_each(thing.made.begin(), thing.made.end(), add);
        std::for_each(thing.items.begin(), thing.items.end(), add);
        for (const auto& [name, part] : thing.madeBy) {
            add(part);
        }
        for (const auto& [name, part] : thing.members) {
            add(part);
        }
    }
    charge(work.size() * work.size() / 64);
    return found;
}

// Where what is written comes from; `model` becomes true when one of it is a model.
Marks Trace::writtenFrom(const TraceCall& site, const std::vector<Ref>& data, bool& model)
{
    Marks out;
    for (const auto ref : data) {
        const auto& thing = at(ref);
        mergeMarks(out, thing.from);
        const auto trained = lastPart(thing.type).ends_with("Trainer") ? thing.member("model") : Ref{0};
        if (at(trained).modelNode != none) {
            mergeMarks(out, {at(trained).modelNode});
            model = true;
        } else if (thing.modelNode != none) {
            mergeMarks(out, {thing.modelNode});
            model = true;
        } else if (isModelType(thing.type) && thing.kind == ThingKind::Object) {
            mergeMarks(out, {modelNode(ref, site.node)});
            model = true;
        } else if (model
            && (thing.kind >= ThingKind::List
                && (thing.kind != ThingKind::Object || thing.from.empty() || thing.local != none))) {
            for (const auto held : heldModels(ref)) {
                mergeMarks(out, {modelNode(held, site.node)});
            }
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
        for (const auto& locator : made == where || row.is(roleSaveModel) ? std::vector<Locator>{} : locators) {
            m_out.sink(m_out.located(locator, row.callee, made), locator.kind, locator.value, made, written);
        }
    }
    return locators;
}

// pickle.dump((train, test), file): by its row it may be a model, but it is something else.
bool Trace::holdsNoModel(const std::vector<Ref>& data) const
{
    return std::all_of(data.begin(), data.end(), [this](Ref ref) {
        const auto& thing = at(ref);
        return thing.modelNode == none && thing.models.empty() && thing.kind != ThingKind::Unknown
            && (thing.kind != ThingKind::Object || !isModelType(thing.type))
            && std::none_of(thing.from.begin(), thing.from.end(),
                [this](auto mark) { return m_out.graph().nodes[mark].kind == NodeKind::Model; });
    });
}

// again = load("a.pkl"); dump(again, "b.pkl"): a model that nobody asked between is saved under another name.
bool Trace::savesAgain(const std::vector<Ref>& data, const Marks& inputs) const
{
    const bool known = std::any_of(
        inputs.begin(), inputs.end(), [this](auto mark) { return m_out.graph().nodes[mark].kind == NodeKind::Model; });
    return !known && data.size() == 1 && at(data.front()).kind == ThingKind::Object && at(data.front()).fitted;
}

// savez(file, x=rows, y=labels): what comes back is asked by these names.
std::vector<Ref> Trace::namedParts(const TraceCall& site, std::vector<Ref> placed)
{
    const auto all = make(ThingKind::Dictionary, site.node);
    for (const auto& argument : site.arguments) {
        if (!argument.name.empty() && argument.name != "file") {
            at(all).items.push_back(argument.value);
            at(all).setMember(argument.name, argument.value);
            at(all).takeData(at(argument.value));
        }
    }
    at(all).open = site.more;
    std::erase(placed, site.value(0, "file"));
    if (!at(all).items.empty()) {
        placed.push_back(all);
    }
    return placed;
}

void Trace::sinkEffect(TraceCall& site, const ApiRow& row, Ref receiver)
{
    const auto where = place(site.node);
    auto data = argumentsFor(site, row.data, receiver);
    if (has(row.callee, ".savez")) {
        data = namedParts(site, std::move(data));
    }
    if (data.empty() && receiver != 0) {
        data.push_back(receiver);
    }
    if (data.size() == 1 && at(data.front()).self != 0 && at(data.front()).from.empty()) {
        data.push_back(at(data.front()).self); // a writer of something
    }
    auto locators = sinkPlaces(site, row, receiver, data);
    bool model = row.is(roleSaveModel);
    Marks inputs = writtenFrom(site, data, model);
    mergeMarks(inputs, drawnUntil(site, row, data));
    const bool again = model && savesAgain(data, inputs);
    if (model) {
        wasSaved(inputs);
    }
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
        if (!model || holdsNoModel(data)) {
            keepWritten(node, data, isPart(site, receiver));
        }
        const bool guessed = std::any_of(data.begin(), data.end(), [this](Ref ref) { return at(ref).guessed; });
        const auto sure = guessed ? Certainty::Likely : Certainty::Certain;
        for (const auto from : inputs) {
            const bool saves = again
                || (m_out.graph().nodes[from].kind == NodeKind::Model && !row.is(roleVisualise)); // no picture of it
            const bool moves = !saves && m_frames.empty() && where.codeCell >= 0;
            const auto here = moves
                ? writtenHere(m_out, from, cellNode(m_unit), "written:" + placeId(site.node, "written") + '/', where)
                : from;
            m_out.edge(here, node, saves ? EdgeKind::Saves : EdgeKind::Writes, "call:" + std::string(row.callee),
                quoted(row.callee) + (saves ? " saves it here" : " writes it here"), where, sure);
        }
        if (inputs.empty()) {
            m_out.edge(cellNode(m_unit), node, EdgeKind::Writes, "call:" + std::string(row.callee),
                quoted(row.callee) + " writes here", where, Certainty::Likely);
        }
    }
}

// requests.post(url, json=rows): what is sent along leaves the workspace.
void Trace::tellSent(const TraceCall& site, const ApiRow& row, Ref answer)
{
    if (!isOneOf(lastPart(row.callee), {"post", "put", "patch"}) || at(answer).from.size() != 1) {
        return;
    }
    Marks inputs;
    for (const auto name : {"json", "data", "files", "content"}) {
        mergeMarks(inputs, at(site.value(-1, name)).from);
    }
    mergeMarks(inputs, at(site.value(1, {})).from);
    const auto node = at(answer).from.front();
    if (inputs.empty() || node >= m_out.graph().nodes.size()) {
        return;
    }
    const auto where = place(site.node);
    Marks rows; // what is answered is about them
    for (const auto sent : {site.value(-1, "json"), site.value(1, "data")}) {
        mergeMarks(rows, at(sent).rows);
    }
    at(answer).rows = rows.empty() ? at(answer).rows : rows;
    const auto& known = m_out.graph().nodes[node].locator;
    const auto value = known.empty() ? std::string("*") : known;
    m_out.sink(node, SourceKind::Url, value, where, inputs);
    const bool moves = m_frames.empty() && where.codeCell >= 0;
    const auto id = "written:" + placeId(site.node, "written") + '/';
    for (const auto from : inputs) {
        const auto here = moves ? writtenHere(m_out, from, cellNode(m_unit), id, where) : from;
        m_out.edge(here, node, EdgeKind::Writes, "call:" + std::string(row.callee), "it is sent there", where);
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
