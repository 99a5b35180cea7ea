// SPDX-License-Identifier: GPL-3.0-or-later
// What the edits change, side by side or inline, and the button that writes the clean copy. Writes nothing itself.
#pragma once

#include "widgets/common/view.h"
#include "widgets/fixes/diff_model.h"
#include "widgets/fixes/written_band.h"

class QBoxLayout;
class QListView;
class QPushButton;
class QStackedLayout;

namespace cupel::widgets {

class EmptyState;
class ElidedLabel;
class IconButton;
class Label;
class SegmentedControl;

class FixView : public View {
    Q_OBJECT
public:
    explicit FixView(FixState* state, QWidget* parent = nullptr);
    void takeFocus() override;
    void setCopyName(const QString& name); // of the file that would be written
    void showWritten(const WrittenFile& file); // until it is closed or another file is looked at
    void hideChanged();
    [[nodiscard]] QString patch() const; // the preview as text, masked like the screen
    void step(int direction); // to the next or previous changed part

Q_SIGNALS:
    void writeCopyRequested();
    void writeInPlaceRequested();
    void copyPatchRequested();
    void openRequested(const QString& path);
    void copyPathRequested(const QString& path);
    void leaveRequested();

protected:
    void resizeEvent(QResizeEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    bool event(QEvent* event) override;

private:
    void arrange();
    QWidget* makeHeader();
    QWidget* makeColumns();
    QWidget* makeFooter();
    void follow();
    void showNothing(); // instead of a preview: why there is none, and what to do
    void showSummary();
    void showEdit();
    void toggleHunk(int row);
    FixState* m_state;
    DiffModel m_model;
    QStackedLayout* m_stack;
    EmptyState* m_empty;
    QListView* m_list;
    Label* m_place = nullptr;
    IconButton* m_back = nullptr;
    IconButton* m_next = nullptr;
    SegmentedControl* m_layout = nullptr;
    QPushButton* m_fold = nullptr;
    QWidget* m_columns = nullptr;
    QBoxLayout* m_footer = nullptr;
    WrittenBand* m_written = nullptr;
    ElidedLabel* m_before = nullptr;
    ElidedLabel* m_after = nullptr;
    Label* m_summary = nullptr;
    QPushButton* m_patch = nullptr;
    QPushButton* m_more = nullptr;
    QPushButton* m_write = nullptr;
    QString m_copyName;
};

} // namespace cupel::widgets
