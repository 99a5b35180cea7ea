// SPDX-License-Identifier: GPL-3.0-or-later
// Left of the preview of fixes: who gets the file, the verdict for them, and the edits to switch on and off.
#pragma once

#include "widgets/common/view.h"
#include "widgets/fixes/edit_model.h"

class QBoxLayout;
class QCheckBox;
class QComboBox;
class QListView;
class QPushButton;
class QScrollArea;

namespace cupel::widgets {

class Label;
class StateCard;

class FixPanel : public View {
    Q_OBJECT
public:
    explicit FixPanel(FixState* state, QWidget* parent = nullptr);
    void takeFocus() override;

Q_SIGNALS:
    void profileAddRequested(); // a file of the user's own
    void profileRemoveRequested(std::size_t index);
    void profilesReadRequested(); // again: they were mended

protected:
    bool event(QEvent* event) override;

private:
    void layOut();
    void fitList();
    void showCurrent();
    void showTrouble();
    void wire();
    void fillProfiles();
    void follow();
    FixState* m_state;
    QScrollArea* m_area = nullptr;
    QBoxLayout* m_switches = nullptr;
    QComboBox* m_profiles;
    QPushButton* m_add;
    QPushButton* m_remove;
    StateCard* m_trouble;
    QCheckBox* m_all;
    QPushButton* m_reset;
    Label* m_note;
    QListView* m_list;
    EditModel m_model;
};

} // namespace cupel::widgets
