// SPDX-License-Identifier: GPL-3.0-or-later
// A paragraph or piece of code that is as high as its text, wraps anywhere it must and can be selected and copied.
// Plain text only: what it shows may come from a file.
#pragma once

#include "widgets/common/theme.h"

#include <QtWidgets/QTextEdit>

#include <utility>
#include <vector>

namespace cupel::widgets {

class SelectableText : public QTextEdit {
    Q_OBJECT
public:
    explicit SelectableText(TextRole role = TextRole::Base, Token color = Token::TextPrimary, bool strong = false,
        QWidget* parent = nullptr);
    void setText(const QString& text);
    void remeasure(); // what was measured so far no longer holds
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override;
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    bool event(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;

private:
    void recolor();
    void restyle();
    void catchUp();
    [[nodiscard]] int measure(int width) const;
    TextRole m_role;
    Token m_color;
    bool m_strong;
    bool m_stale = false; // its style is to be done again in a later turn
    mutable std::vector<std::pair<int, int>> m_measured; // widths and heights
};

} // namespace cupel::widgets
