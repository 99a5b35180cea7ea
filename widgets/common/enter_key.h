// SPDX-License-Identifier: GPL-3.0-or-later
// Enter presses the button that has the keyboard, as the space bar does: outside of dialogs Qt leaves it to the space
// bar. Installed by the style, one per application; UI thread only.
#pragma once

#include <QtCore/QObject>

namespace cupel::widgets {

class EnterKey : public QObject {
public:
    explicit EnterKey(QObject* parent);
    bool eventFilter(QObject* watched, QEvent* event) override;
};

} // namespace cupel::widgets
