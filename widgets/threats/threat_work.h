// SPDX-License-Identifier: GPL-3.0-or-later
// Turns what is done on the drawing of a threat model into steps of work on it: what is drawn, moved, named and
// deleted. Belongs to the view, UI thread.
#pragma once

#include "analyzers/threats/work/drawn_places.h"
#include "widgets/models/threat_state.h"

#include <QtCore/QObject>

#include <string>
#include <vector>

class QLineEdit;
class QMenu;

namespace cupel::widgets {

class CanvasEditor;
class GraphCanvas;

class ThreatWork : public QObject {
    Q_OBJECT
public:
    ThreatWork(ThreatState& state, GraphCanvas& canvas);

    void addElement(const std::string& kind); // where the next click goes; Enter: in the middle
    void startZone(); // around what is chosen, else where it is drawn next
    void startFlow();
    void rename(); // of what is chosen, in place
    void remove(); // of what is chosen
    void removeParts(const std::vector<std::string>& ids, bool cut); // `cut`: it lies on the clipboard
    [[nodiscard]] threats::DrawnPlaces places() const; // all that is drawn
    void align(threats::Alignment how);
    void fillPalette(QMenu* menu); // every kind that can be added
    [[nodiscard]] std::vector<std::string> chosen() const; // ids of elements, or of one flow or zone
    [[nodiscard]] QLineEdit* field() const { return m_field; } // null: nothing is being named
    [[nodiscard]] CanvasEditor* editor() const { return m_editor; }

Q_SIGNALS:
    void told(const QString& text); // what to do next
    void paletteRequested();

private:
    [[nodiscard]] threats::Box boxOf(const QRectF& sceneBox) const; // in the model
    void place(const QPointF& place);
    void link(std::uint32_t from, std::uint32_t to);
    void drawZone(const QRectF& area);
    void moveNodes(const QPointF& by);
    void changeFrame(std::uint32_t frame, const QRectF& box);
    void tellTool();
    void openField(const QRectF& box, const QString& text);
    void closeField(bool keep);
    void update(); // a new reading

    ThreatState& m_state;
    GraphCanvas& m_canvas;
    CanvasEditor* m_editor;
    QLineEdit* m_field = nullptr;
    std::string m_named; // part that the field is of
    std::string m_kind; // of the element that is put next
    std::string m_fresh; // part that was just made: it is named next
};

} // namespace cupel::widgets
