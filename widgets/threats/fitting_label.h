// SPDX-License-Identifier: GPL-3.0-or-later
// The longest of several texts that there is room for, never a part of a word; the tool tip has the whole. UI thread.
#pragma once

#include "widgets/common/labels.h"

namespace cupel::widgets {

class FittingLabel : public Label {
    Q_OBJECT
public:
    FittingLabel(TextRole role, Token color, QWidget* parent = nullptr);
    void setTexts(const QStringList& texts); // the whole first, each shorter than the one before; empty: nothing
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void fit();
    QStringList m_texts;
};

} // namespace cupel::widgets
