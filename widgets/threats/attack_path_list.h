// SPDX-License-Identifier: GPL-3.0-or-later
// Ways from zones that are not trusted to what must not fall, the shortest first: from, via, to, and the open threats
// on each. Choosing one marks it in the drawing, Enter goes to its worst threat. UI thread.
#pragma once

#include "widgets/common/view.h"
#include "widgets/models/threat_state.h"

class QStackedLayout;

namespace cupel::widgets {

class FactRows;
class Label;

class AttackPathList : public View {
    Q_OBJECT
public:
    explicit AttackPathList(ThreatState& state, QWidget* parent = nullptr);
    void takeFocus() override;
    [[nodiscard]] FactRows* list() const { return m_list; }
    [[nodiscard]] QString note() const; // how many there are, or why there are none
    void clearChoice(); // nothing is marked any more

Q_SIGNALS:
    void pathChosen(
        const std::vector<std::uint32_t>& flows); // indices in the model, in the order of the way; empty: none
    void threatRequested(); // the one that is selected now

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    void update();
    void choose(int row);
    void open(int row);

    ThreatState& m_state;
    Label* m_note;
    FactRows* m_list;
    ThreatReadingPtr m_shown;
    std::vector<std::string> m_chosen; // ids of the flows: the same way in another reading
};

} // namespace cupel::widgets
