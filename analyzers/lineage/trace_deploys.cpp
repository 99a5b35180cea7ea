// SPDX-License-Identifier: GPL-3.0-or-later
// Where models go: to something that serves them, and into registries, which keep them under a name.
#include "analyzers/lineage/trace.h"

#include "analyzers/lineage/words.h"

#include <algorithm>

namespace cupel::lineage {

// The name that is given, else that of the call.
std::string Trace::givenName(const TraceCall& site, const ApiRow& row, Ref receiver)
{
    std::string label(row.callee.substr(row.callee.rfind('.') + 1));
    for (const auto& argument : row.locators) {
        for (const auto value : argumentsFor(site, {argument}, receiver)) {
            if (at(value).kind == ThingKind::Text) {
                label = withoutCredentials(at(value).text);
                std::replace(label.begin(), label.end(), hole, '*');
            }
        }
    }
    return label;
}

void Trace::deployEffect(TraceCall& site, const ApiRow& row, Ref receiver)
{
    const auto named = at(site.value(-1, "registered_model_name")); // log_model(...) of MLflow
    const bool registers = row.is(roleRegister) || named.kind == ThingKind::Text;
    const auto where = place(site.node);
    const auto name = named.kind == ThingKind::Text ? withoutCredentials(named.text) : givenName(site, row, receiver);
    // MLflow finds it by this name again: models:/name/version
    const bool byName = registers && row.callee.starts_with("mlflow.") && name.find('*') == std::string::npos
        && name.find(hole) == std::string::npos;
    const auto rule = "call:" + std::string(row.callee);
    const auto kind = registers ? EdgeKind::Registers : EdgeKind::Deploys;
    const auto node = m_out.node(registers ? NodeKind::Registration : NodeKind::Endpoint,
        byName ? "models:/" + name : (registers ? "registration:" : "endpoint:") + placeId(site.node, {}), name, where);
    if (node == none) {
        return;
    }
    m_out.graph().nodes[node].api = row.callee;
    m_out.graph().nodes[node].outside = row.is(roleRemote);
    m_out.edge(cellNode(m_unit), node, kind, rule,
        quoted(row.callee) + (registers ? " puts it into a registry" : " makes it reachable"), where);
    auto data = argumentsFor(site, row.data, receiver);
    data.push_back(receiver);
    for (const auto ref : data) {
        auto from = at(ref).from;
        if (at(ref).modelNode != none) {
            mergeMarks(from, {at(ref).modelNode});
        }
        for (const auto mark : from) {
            m_out.edge(mark, node, kind, rule,
                registers ? "it is registered under this name" : "it is served from here", where);
        }
    }
    for (const auto& file :
        registers&& row.locators.size() > 1 ? locatorsFor(site, row, receiver, 0) : std::vector<Locator>{}) {
        m_out.edge(m_out.located(file, row.callee, where), node, kind, rule, "this file is registered", where);
    }
}

} // namespace cupel::lineage
