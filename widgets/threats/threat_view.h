// SPDX-License-Identifier: GPL-3.0-or-later
// The data-flow diagram of the threat model in its trust zones, with the worst open threat on each element. UI thread.
#pragma once

#include "widgets/common/view.h"
#include "widgets/models/threat_state.h"

class QStackedLayout;

namespace cupel::widgets {

class EmptyState;
class GraphCanvas;
class IconButton;
class Label;

class ThreatView : public View {
    Q_OBJECT
public:
    explicit ThreatView(ThreatState& state, QWidget* parent = nullptr);
    void takeFocus() override;
    [[nodiscard]] GraphCanvas* canvas() const { return m_canvas; }
    [[nodiscard]] EmptyState* empty() const { return m_empty; }
    [[nodiscard]] QString notice() const;

Q_SIGNALS:
    void againRequested();
    void findRequested();
    void cardRequested(); // the threat of what was opened

private:
    QWidget* makeContent();
    QWidget* makeBar(QWidget* parent);
    void update();
    void updateEmpty();
    void updateSelection();
    void choose();

    ThreatState& m_state;
    ThreatReadingPtr m_shown;
    GraphCanvas* m_canvas = nullptr;
    Label* m_count = nullptr;
    Label* m_zoom = nullptr;
    Label* m_notice = nullptr;
    IconButton* m_stop = nullptr;
    EmptyState* m_empty = nullptr;
    QStackedLayout* m_stack = nullptr;
    bool m_choosing = false;
};

} // namespace cupel::widgets
