// SPDX-License-Identifier: GPL-3.0-or-later
// How many elements a scan folds what is alike into: a slider with its number in words. What is chosen is a step of
// work on the model. UI thread.
#pragma once

#include "widgets/models/threat_state.h"

#include <QtCore/QTimer>
#include <QtWidgets/QWidget>

class QSlider;

namespace cupel::widgets {

class Label;

class FoldSlider : public QWidget {
    Q_OBJECT
public:
    explicit FoldSlider(ThreatState& state, QWidget* parent = nullptr);
    [[nodiscard]] QSlider* slider() const { return m_slider; }

private:
    void update();
    void tell();
    void choose();

    ThreatState& m_state;
    QSlider* m_slider;
    Label* m_words;
    QTimer m_rest; // once it has come to rest: each choice makes the model anew
};

} // namespace cupel::widgets
