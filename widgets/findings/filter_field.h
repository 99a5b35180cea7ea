// SPDX-License-Identifier: GPL-3.0-or-later
// The query line: coloured while it is typed, a check when it can be understood and a red frame when not, with
// completion. Shows and changes the query of a ReviewState.
#pragma once

#include "widgets/models/query_completion.h"
#include "widgets/models/review_state.h"

#include <QtCore/QPointer>
#include <QtGui/QStandardItemModel>
#include <QtWidgets/QCompleter>
#include <QtWidgets/QLineEdit>

namespace cupel::widgets {

class IconButton;

class FilterField : public QLineEdit {
    Q_OBJECT
public:
    explicit FilterField(ReviewState* state, QWidget* parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    void leave(); // Enter, Down or Escape: the keyboard goes to the list

protected:
    bool event(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void restyle();
    void colour();
    void followState();
    void place();
    void offer(bool all);
    void take(const QModelIndex& candidate);
    [[nodiscard]] QueryVocabulary vocabulary() const;

    QPointer<ReviewState> m_state;
    IconButton* m_clear;
    QCompleter m_completer;
    QStandardItemModel m_candidates;
    bool m_colouring = false;
};

} // namespace cupel::widgets
