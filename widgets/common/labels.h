// SPDX-License-Identifier: GPL-3.0-or-later
// Text on screen: a type role and a token instead of a font and a colour. Follows theme and text zoom by itself.
#pragma once

#include "widgets/common/theme.h"

#include <QtWidgets/QLabel>

namespace cupel::widgets {

// Tool tips guess whether they are HTML; this one shows `text` as it is.
[[nodiscard]] QString plainToolTip(const QString& text);

class Label : public QLabel {
    Q_OBJECT
public:
    explicit Label(const QString& text, TextRole role = TextRole::Base, Token color = Token::TextPrimary,
        bool strong = false, QWidget* parent = nullptr);
    void setToken(Token color);
    void setRole(TextRole role);

protected:
    bool event(QEvent* event) override;

private:
    void restyle();
    TextRole m_role;
    Token m_color;
    bool m_strong;
};

// Heading of a group of controls or rows: small, 600, secondary.
class SectionLabel : public Label {
    Q_OBJECT
public:
    explicit SectionLabel(const QString& text, QWidget* parent = nullptr);
};

// One line that ends in "…" when there is no room; the tool tip then has the whole of it, and so has the accessible
// name.
class ElidedLabel : public Label {
    Q_OBJECT
public:
    explicit ElidedLabel(const QString& text, TextRole role = TextRole::Base, Token color = Token::TextPrimary,
        bool strong = false, QWidget* parent = nullptr);
    void setFullText(const QString& text);
    [[nodiscard]] QString fullText() const { return m_full; }
    void setElideMode(Qt::TextElideMode mode);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;
    bool event(QEvent* event) override;

private:
    void elide();
    QString m_full;
    Qt::TextElideMode m_mode = Qt::ElideRight;
};

} // namespace cupel::widgets
