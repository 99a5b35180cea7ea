// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/lineage/saved_models.h"

#include <set>
#include <utility>

namespace cupel::lineage {

namespace {

constexpr std::size_t maxWay = 64; // names and files between two models

} // namespace

SavedModels::SavedModels(const LineageGraph& graph)
    : m_graph(graph)
{
    Links writers; // of files: what is saved there as a model
    for (const auto& edge : m_graph.edges) {
        if (edge.kind == EdgeKind::Saves) {
            writers[edge.to].push_back(edge.from);
        } else if (edge.kind == EdgeKind::Writes) {
            writers.try_emplace(edge.to);
        }
    }
    const auto before = madeFrom();
    for (const auto& [model, froms] : before) {
        if (m_graph.nodes[model].kind == NodeKind::Model && m_work <= maxWork) {
            if (const auto saved = savedBy(model, before, writers); saved != none) {
                m_same.emplace(model, saved);
            }
        }
    }
}

// What names and models that nobody here trains are read from, or made of.
SavedModels::Links SavedModels::madeFrom() const
{
    std::set<std::uint32_t> learnt;
    for (const auto& training : m_graph.trainings) {
        learnt.insert(training.model);
    }
    Links before;
    for (const auto& edge : m_graph.edges) {
        const bool model = m_graph.nodes[edge.to].kind == NodeKind::Model && !learnt.contains(edge.to)
            && (edge.rule == "made" || edge.kind == EdgeKind::Loads);
        if (model || m_graph.nodes[edge.to].kind == NodeKind::Variable) {
            before[edge.to].push_back(edge.from);
        }
    }
    return before;
}

// The one that saved what `model` was read back from, or the file itself, when nobody here writes it. A name that
// saves what it was read from leads on. none: nobody knows.
std::uint32_t SavedModels::savedBy(std::uint32_t model, const Links& before, const Links& writers)
{
    std::vector<std::pair<std::uint32_t, bool>> work{{model, true}}; // and whether all of it is this
    std::uint32_t file = none;
    for (std::size_t k = 0; k < work.size() && work.size() < maxWay; ++k) {
        const auto [node, whole] = work[k];
        const auto hit = writers.find(node);
        const auto more = node != model || k == 0 ? before.find(node) : before.end();
        m_work += 1 + (more != before.end() ? more->second.size() : 0);
        if (hit != writers.end() && hit->second.size() == 1) {
            const auto saver = hit->second.front();
            if (m_graph.nodes[saver].kind == NodeKind::Model && saver != model) {
                return saver;
            }
            if (m_graph.nodes[saver].kind == NodeKind::Variable) {
                work.emplace_back(saver, whole);
            }
        } else if (hit == writers.end() && whole && m_graph.nodes[node].kind == NodeKind::ModelFile) {
            file = file == none ? node : file;
        } else if (hit == writers.end() && more != before.end()) {
            for (const auto from : more->second) {
                work.emplace_back(from, whole && more->second.size() == 1);
            }
        }
    }
    return file;
}

std::uint32_t SavedModels::firstOf(std::uint32_t model) const
{
    for (std::size_t hops = 0; hops < maxWay; ++hops) {
        const auto hit = m_same.find(model);
        if (hit == m_same.end()) {
            break;
        }
        model = hit->second;
    }
    return model;
}

} // namespace cupel::lineage
