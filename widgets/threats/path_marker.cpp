// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/threats/path_marker.h"

#include "widgets/canvas/graph_canvas.h"

#include <map>

namespace cupel::widgets {

PathMarker::PathMarker(ThreatState& state, GraphCanvas* canvas, QObject* parent)
    : QObject(parent)
    , m_state(state)
    , m_canvas(canvas)
{
    connect(&state, &ThreatState::changed, this, [this] {
        if (!m_flows.empty()) { // the drawing is another one now
            draw();
        }
    });
}

void PathMarker::mark(const std::vector<std::uint32_t>& flows)
{
    m_flows.clear();
    if (const auto& reading = m_state.reading()) {
        for (const auto flow : flows) {
            if (flow < reading->overlaid.model.flows.size()) {
                m_flows.push_back(reading->overlaid.model.flows[flow].id);
            }
        }
    }
    draw();
    if (const auto& way = m_canvas->path(); !way.empty()) {
        m_canvas->reveal(m_canvas->scene()->edges()[way.front()].from);
    }
}

// Where it begins is not gone to: with a path marked the model is worked on, and the drawing stays where it is.
void PathMarker::draw()
{
    const auto& reading = m_state.reading();
    if (!reading || m_canvas->scene() != reading->scene) {
        return;
    }
    std::map<std::string_view, std::uint32_t> edges;
    for (std::uint32_t i = 0; i < reading->flows.size(); ++i) {
        edges.emplace(reading->overlaid.model.flows[reading->flows[i]].id, i);
    }
    std::vector<std::uint32_t> way;
    for (const std::string& flow : m_flows) {
        if (const auto found = edges.find(flow); found != edges.end()) {
            way.push_back(found->second);
        }
    }
    const bool any = !way.empty();
    m_canvas->setPath(std::move(way));
    m_canvas->setShown(any ? m_canvas->pathNodes() : std::vector<bool>());
}

} // namespace cupel::widgets
