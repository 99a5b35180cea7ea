// SPDX-License-Identifier: GPL-3.0-or-later
// Left of the preview of fixes: who gets the file, the verdict for them, and the edits to switch on and off.
#pragma once

#include "widgets/common/view.h"
#include "widgets/fixes/edit_model.h"

class QCheckBox;
class QComboBox;
class QListView;
class QPushButton;

namespace cupel::widgets {

class Label;

class FixPanel : public View {
    Q_OBJECT
public:
    explicit FixPanel(FixState* state, QWidget* parent = nullptr);
    void takeFocus() override;

private:
    void layOut();
    void wire();
    void fillProfiles();
    void follow();
    FixState* m_state;
    QComboBox* m_profiles;
    QCheckBox* m_all;
    QPushButton* m_reset;
    Label* m_note;
    QListView* m_list;
    EditModel m_model;
};

} // namespace cupel::widgets
