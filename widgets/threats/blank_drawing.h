// SPDX-License-Identifier: GPL-3.0-or-later
// Above a drawing without a part: what the model holds all the same, and how the first part comes into it. It makes
// room as soon as something is to be put there. Belongs to its canvas, UI thread.
#pragma once

#include "widgets/common/states.h"
#include "widgets/models/threat_state.h"

namespace cupel::widgets {

class CanvasEditor;
class GraphCanvas;

class BlankDrawing : public EmptyState {
    Q_OBJECT
public:
    BlankDrawing(ThreatState& state, GraphCanvas& canvas, CanvasEditor& editor);
    void update();

protected:
    bool eventFilter(QObject* object, QEvent* event) override; // of the canvas

private:
    [[nodiscard]] bool isWanted() const;
    void place();

    ThreatState& m_state;
    GraphCanvas& m_canvas;
    CanvasEditor& m_editor;
};

} // namespace cupel::widgets
