// SPDX-License-Identifier: GPL-3.0-or-later
// The canvas of Model mode: what the file is, the answers about it, and its parts on tabs over the bytes they are made
// of. UI thread.
#pragma once

#include "widgets/common/outcome_band.h"
#include "widgets/common/view.h"
#include "widgets/models/model_state.h"

#include <vector>

class QLabel;
class QLayout;
class QPushButton;
class QScrollArea;
class QSplitter;
class QStackedLayout;
class QStackedWidget;
class QTabBar;

namespace cupel::widgets {

class AnswerRow;
class ElidedLabel;
class EmptyState;
class GraphPage;
class Label;
class ObjectPage;
class TensorTable;
class TextPage;

class ModelView : public View {
    Q_OBJECT
public:
    explicit ModelView(ModelState& state, QWidget* parent = nullptr);
    void takeFocus() override;
    bool takeFilter(); // the field that finds tensors; false: there are none

    // What became of a copy, below everything until it is closed; also when the review is scanned again meanwhile.
    [[nodiscard]] OutcomeBand* outcome() const { return m_outcome; }
    [[nodiscard]] QTabBar* tabs() const { return m_tabs; }
    [[nodiscard]] GraphPage* graph() const { return m_graph; }
    [[nodiscard]] TextPage* text() const { return m_text; }

Q_SIGNALS:
    void convertRequested(); // to the safer form
    void stripRequested(); // a copy without what is hidden in it
    void graphExportRequested(); // the drawing as a picture

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    struct Page {
        QString name; // stable: which one stays chosen from file to file
        QString title;
        QWidget* widget = nullptr;
        std::size_t (*count)(const ModelReading& reading); // 0: not shown
        bool counted = true;
    };
    QWidget* makeContent();
    QWidget* makeHeader();
    QWidget* makeBytes();
    QWidget* makeProgram();
    void makePages();
    void update();
    [[nodiscard]] QWidget* pageTarget() const;
    void updateEmpty();
    void fitHeader();
    void fitParts();
    void keepOpcodeInSight();
    void showTab(int tab);
    void showText(int row); // of the metadata

    ModelState& m_state;
    QLabel* m_sign = nullptr;
    ElidedLabel* m_title = nullptr;
    ElidedLabel* m_facts = nullptr;
    QLayout* m_header = nullptr;
    QPushButton* m_convert = nullptr;
    QPushButton* m_strip = nullptr;
    AnswerRow* m_answers = nullptr;
    QTabBar* m_tabs = nullptr;
    QStackedWidget* m_pages = nullptr;
    QSplitter* m_program = nullptr;
    TensorTable* m_tensors = nullptr;
    GraphPage* m_graph = nullptr;
    QWidget* m_nothing = nullptr; // of a file without parts
    TextPage* m_text = nullptr;
    TextPage* m_lines = nullptr; // of a file that is all text
    ObjectPage* m_objects = nullptr;
    QWidget* m_bytes = nullptr;
    Label* m_bytesFacts = nullptr;
    EmptyState* m_empty = nullptr;
    OutcomeBand* m_outcome = nullptr;
    QScrollArea* m_area = nullptr; // around answers and pages
    QStackedLayout* m_stack = nullptr;
    std::vector<Page> m_all;
    std::vector<std::size_t> m_shown; // by tab
    QString m_chosen; // name of the page
    bool m_filling = false;
    bool m_wantsFocus = false; // as soon as there is something to show
    bool m_lostFocus = false; // it was in a page that went
    bool m_atTop = false; // since it was opened, until somebody walks on
};

} // namespace cupel::widgets
