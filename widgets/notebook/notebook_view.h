// SPDX-License-Identifier: GPL-3.0-or-later
// The canvas of the Review mode: what is open, its cells with outputs and findings, and honest words when it cannot be
// shown or not completely. Made by the shell; watches the session's ReviewState. UI thread.
#pragma once

#include "widgets/common/view.h"
#include "widgets/models/review_state.h"

class QMenu;
class QStackedWidget;
class QPushButton;
class QToolButton;
class QLabel;

namespace cupel::widgets {

class Band;
class ElidedLabel;
class EmptyState;
class Label;
class NotebookCanvas;

class NotebookView : public View {
    Q_OBJECT
public:
    explicit NotebookView(ReviewState& state, QWidget* parent = nullptr);
    void takeFocus() override;
    [[nodiscard]] NotebookCanvas* canvas() const { return m_canvas; }

protected:
    void changeEvent(QEvent* event) override;

private:
    enum class Empty : std::uint8_t { NothingOpen, NoBytes, NotText, Unreadable };

    void build();
    QWidget* buildHeader();
    void fillOutputsMenu();
    void showArtifact();
    void showEmpty(Empty reason);
    void showDocument();
    void updateHeader();
    void updateBand();
    [[nodiscard]] QString partialText() const;

    ReviewState& m_state;
    AnalysisPtr m_analysis;
    bool m_raw = false;
    Empty m_empty = Empty::NothingOpen;
    QWidget* m_header = nullptr;
    QLabel* m_icon = nullptr;
    ElidedLabel* m_name = nullptr;
    Label* m_facts = nullptr;
    QPushButton* m_apart = nullptr;
    QToolButton* m_outputs = nullptr;
    QMenu* m_outputsMenu = nullptr;
    Band* m_band = nullptr;
    EmptyState* m_card = nullptr;
    QStackedWidget* m_stack = nullptr;
    NotebookCanvas* m_canvas = nullptr;
};

} // namespace cupel::widgets
