// SPDX-License-Identifier: GPL-3.0-or-later
// Marks a way of attack in the drawing: its flows in their order, everything beside it dimmed. Stays over readings as
// long as whoever chose the way says it again. UI thread.
#pragma once

#include "widgets/models/threat_state.h"

#include <QtCore/QObject>

namespace cupel::widgets {

class GraphCanvas;

class PathMarker : public QObject {
    Q_OBJECT
public:
    PathMarker(ThreatState& state, GraphCanvas* canvas, QObject* parent = nullptr);
    void mark(const std::vector<std::uint32_t>& flows); // indices in the model; empty: nothing is marked

private:
    ThreatState& m_state;
    GraphCanvas* m_canvas;
    std::vector<std::string> m_flows; // ids
    void draw();
};

} // namespace cupel::widgets
