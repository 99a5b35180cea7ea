// SPDX-License-Identifier: GPL-3.0-or-later
// Copies what is chosen in the drawing of a threat model and puts it in again, here or in another model. What lies on
// the clipboard is no matter of a view: it asks for that. Belongs to the view, UI thread.
#pragma once

#include "widgets/models/threat_state.h"

#include <QtCore/QObject>

#include <string>
#include <vector>

class QMenu;

namespace cupel::widgets {

class GraphCanvas;
class ThreatWork;

class ThreatCopies : public QObject {
    Q_OBJECT
public:
    ThreatCopies(ThreatState& state, GraphCanvas& canvas, ThreatWork& work);

    void copy();
    void cut();
    void duplicate();
    void paste(); // asks for it
    void put(const threats::TeamModel& parts); // what was asked for
    void fillMenu(QMenu* menu);

Q_SIGNALS:
    void told(const QString& text);
    void copied(const cupel::threats::ThreatModel& parts);
    void pasteWanted();

private:
    [[nodiscard]] threats::ThreatModel chosenParts(); // empty: it was told why
    void put(const threats::TeamModel& parts, const QString& step, int times);
    void update(); // a new reading
    void choose();

    ThreatState& m_state;
    GraphCanvas& m_canvas;
    ThreatWork& m_work;
    int m_times = 0; // that the same was put in
    std::vector<std::string> m_fresh; // ids of what was put in, until it is drawn
};

} // namespace cupel::widgets
