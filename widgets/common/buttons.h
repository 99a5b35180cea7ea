// SPDX-License-Identifier: GPL-3.0-or-later
// Buttons beyond QPushButton, all with an accessible name, and the marks that Style reads from a plain QPushButton:
// setDefault(true) makes it the one primary button of a view, setFlat(true) takes its border away.
#pragma once

#include "widgets/common/paint.h"

#include <QtCore/QStringList>
#include <QtWidgets/QAbstractButton>
#include <QtWidgets/QButtonGroup>
#include <QtWidgets/QToolButton>

namespace cupel::widgets {

void setSmall(QAbstractButton* button); // 28 px instead of 32
void setLarge(QAbstractButton* button); // 36 px: the first steps on a page
void setKeyHint(QAbstractButton* button, const QString& keys); // "Ctrl+O" in muted text after the label

// Icon without a word: the name is for tool tip and screen reader, so it is not optional.
class IconButton : public QToolButton {
    Q_OBJECT
public:
    IconButton(const QString& iconName, const QString& accessibleName, QWidget* parent = nullptr);
    void setIconName(const QString& iconName);
};

// A word in a small box: a fact, or when setCheckable(true) or setRemovable(true), a switch or a filter.
class Chip : public QAbstractButton {
    Q_OBJECT
public:
    explicit Chip(const QString& text, QWidget* parent = nullptr);
    void setIconName(const QString& iconName, Token color = Token::TextMuted);
    void setActive(bool active); // reacts to mouse and keyboard
    [[nodiscard]] bool isActive() const { return focusPolicy() != Qt::NoFocus; }
    void setRemovable(bool removable);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

Q_SIGNALS:
    void removed();

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void checkStateSet() override;
    void nextCheckState() override;

private:
    [[nodiscard]] ChipLook look() const;
    QString m_icon;
    Token m_iconColor = Token::TextMuted;
    bool m_removable = false;
};

// The picture of a key.
class KeyCap : public QWidget {
    Q_OBJECT
public:
    explicit KeyCap(const QString& key, QWidget* parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_key;
};

// One of a few, side by side. Arrow keys move, Tab leaves.
class SegmentedControl : public QWidget {
    Q_OBJECT
public:
    SegmentedControl(const QStringList& segments, const QString& accessibleName, QWidget* parent = nullptr);
    [[nodiscard]] int current() const { return m_group.checkedId(); }
    void setCurrent(int segment);

Q_SIGNALS:
    void currentChanged(int segment);

private:
    QButtonGroup m_group;
};

} // namespace cupel::widgets
