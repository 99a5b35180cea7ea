// SPDX-License-Identifier: GPL-3.0-or-later
// A text of the metadata as a whole, a chat template for one, or a file that is all text, in the editor: with its
// lines, masked, and with findings under the lines they are about. A value stands in front of the tabs until it is
// closed. UI thread.
#pragma once

#include "widgets/editor/source_view.h"
#include "widgets/models/model_state.h"

#include <QtWidgets/QWidget>

namespace cupel::widgets {

class ElidedLabel;
class Label;

class TextPage : public QWidget {
    Q_OBJECT
public:
    explicit TextPage(ModelState& state, QWidget* parent = nullptr);
    // The value of a row of the metadata; false: there is no such row.
    bool show(std::size_t field);
    void showFile(); // all of its lines; there is no way back from them
    [[nodiscard]] QString text() const;
    [[nodiscard]] int notes() const { return m_notes; } // findings that stand in it

Q_SIGNALS:
    void closed(); // by the user

private:
    void showNotes(const std::vector<SourceView::Note>& notes);
    ModelState& m_state;
    QWidget* m_head;
    ElidedLabel* m_title;
    Label* m_facts;
    SourceView* m_source;
    int m_notes = 0;
};

} // namespace cupel::widgets
