// SPDX-License-Identifier: GPL-3.0-or-later
// All parts of the model in a list: what a scan found new and nobody has looked at, elements by zone, flows, zones, and
// what is hidden. Each is one key away, also what the drawing does not show. UI thread.
#pragma once

#include "widgets/models/threat_state.h"

#include <QtWidgets/QWidget>

class QPushButton;

namespace cupel::widgets {

class FactRows;
struct FactRow;

class PartList : public QWidget {
    Q_OBJECT
public:
    explicit PartList(ThreatState& state, QWidget* parent = nullptr);
    [[nodiscard]] FactRows* list() const { return m_list; }
    [[nodiscard]] QPushButton* accept() const { return m_accept; } // everything new into the drawing
    [[nodiscard]] QPushButton* restore() const { return m_restore; } // what is hidden comes back
    void update();

protected:
    void showEvent(QShowEvent* event) override; // what nobody sees is filled when it is seen

private:
    enum class Group : std::uint8_t { Heading, New, Part, Hidden };
    struct Row {
        Group group = Group::Heading;
        std::string id;
    };
    void add(
        std::vector<FactRow>& rows, Group group, const std::string& id, const QString& title, const QString& detail);
    void addHeading(std::vector<FactRow>& rows, const QString& text);
    void addElements(std::vector<FactRow>& rows);
    void addOthers(std::vector<FactRow>& rows);
    void open(int row);
    void acceptAll();
    void restoreChosen();
    void markCurrent();
    [[nodiscard]] bool fits(const QString& words) const; // what is searched for

    ThreatState& m_state;
    FactRows* m_list;
    QPushButton* m_accept;
    QPushButton* m_restore;
    std::vector<Row> m_rows;
    bool m_stale = false; // not filled since something changed
    bool m_updating = false;
};

} // namespace cupel::widgets
