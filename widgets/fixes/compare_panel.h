// SPDX-License-Identifier: GPL-3.0-or-later
// Left of a comparison: what the open review is compared with, how it went, and the findings that are new, fixed or the
// same. Opens nothing itself.
#pragma once

#include "widgets/common/view.h"
#include "widgets/fixes/compare_model.h"

class QCheckBox;
class QLineEdit;
class QListView;
class QProgressBar;
class QPushButton;

namespace cupel::widgets {

class Chip;
class Label;
class StateCard;

class ComparePanel : public View {
    Q_OBJECT
public:
    explicit ComparePanel(CompareState* state, QWidget* parent = nullptr);
    void takeFocus() override;
    void setRevision(const QString& revision);

Q_SIGNALS:
    void fileRequested();
    void folderRequested();
    void revisionRequested(const QString& revision);
    void cancelRequested();

protected:
    bool event(QEvent* event) override;

private:
    QWidget* makeSource();
    QWidget* makeFilter();
    void follow();
    void followChosen();
    void followSubject();
    void followCurrent();
    CompareState* m_state;
    ChangeModel m_model;
    Label* m_subject = nullptr;
    QCheckBox* m_only = nullptr; // the chosen file of the folder
    QPushButton* m_file = nullptr;
    QPushButton* m_folder = nullptr;
    QLineEdit* m_revision = nullptr;
    QPushButton* m_go = nullptr;
    Label* m_progressText = nullptr;
    QProgressBar* m_progress = nullptr;
    QPushButton* m_cancel = nullptr;
    Label* m_summary = nullptr;
    QLineEdit* m_query = nullptr;
    QWidget* m_filter = nullptr;
    std::array<Chip*, review::findingChangeKinds> m_kinds{};
    StateCard* m_none = nullptr;
    QListView* m_list = nullptr;
    QWidget* m_filler = nullptr; // keeps the rest at the top while there is no list
};

} // namespace cupel::widgets
