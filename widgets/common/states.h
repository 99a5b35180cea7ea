// SPDX-License-Identifier: GPL-3.0-or-later
// What a view says when it has nothing to show or not everything was checked: always what, why and the next step.
#pragma once

#include "widgets/common/theme.h"

#include <QtWidgets/QFrame>

class QHBoxLayout;
class QPushButton;

namespace cupel::widgets {

class Label;

class StateCard : public QFrame {
    Q_OBJECT
public:
    enum class Kind : std::uint8_t { Empty, Clean, Warn, Error };
    StateCard(Kind kind, const QString& iconName, QWidget* parent = nullptr);
    // `title` says what, `text` why; an empty `button` means there is nothing to press. Read out as one alert.
    void setState(const QString& title, const QString& text, const QString& button = {});
    void setTextRole(TextRole role); // Code for a query, Small for a sentence
    [[nodiscard]] QPushButton* button() const { return m_button; }

Q_SIGNALS:
    void activated(); // the button

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] QRectF iconBox() const;
    void layOut();
    Kind m_kind;
    QString m_icon;
    Label* m_title;
    Label* m_text;
    QPushButton* m_button;
};

// "No notebook open": a card with an icon tile. Clean shows the check mark instead of an icon.
class EmptyState : public StateCard {
    Q_OBJECT
public:
    explicit EmptyState(const QString& iconName, QWidget* parent = nullptr)
        : StateCard(Kind::Empty, iconName, parent)
    {
    }
};

// A page with the card a little above its middle, for a stack of pages. The page owns the card.
[[nodiscard]] QWidget* centredPage(StateCard* card, QWidget* parent);

// "2 files were not checked": cannot be dismissed, because it stays true.
class Band : public StateCard {
    Q_OBJECT
public:
    enum class Tone : std::uint8_t { Warn, Error };
    explicit Band(Tone tone, QWidget* parent = nullptr)
        : StateCard(tone == Tone::Warn ? Kind::Warn : Kind::Error,
              tone == Tone::Warn ? QStringLiteral("triangle-alert") : QStringLiteral("circle-alert"), parent)
    {
    }
};

} // namespace cupel::widgets
