// SPDX-License-Identifier: GPL-3.0-or-later
// What a pickle makes, as a tree that folds, with a field that finds words in it. UI thread.
#pragma once

#include "widgets/models/model_state.h"

#include <QtWidgets/QWidget>

class QLineEdit;

namespace cupel::widgets {

class Label;
class ObjectList;

class ObjectPage : public QWidget {
    Q_OBJECT
public:
    explicit ObjectPage(ModelState& state, QWidget* parent = nullptr);
    void takeFilter();
    [[nodiscard]] ObjectList* list() const { return m_list; }
    [[nodiscard]] QLineEdit* field() const { return m_find; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void count();
    QLineEdit* m_find;
    Label* m_count;
    ObjectList* m_list;
};

} // namespace cupel::widgets
