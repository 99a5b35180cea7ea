// SPDX-License-Identifier: GPL-3.0-or-later
// Floating panels of the window: a sheet in the middle with a veil behind it, and a popover beside what it explains.
// Child widgets, not dialogs: Esc closes, the focus goes back to where it was. UI thread.
#pragma once

#include <QtCore/QPointer>
#include <QtWidgets/QFrame>

class QVBoxLayout;

namespace cupel::widgets {
class Label;
}

namespace cupel::app {

class Scrim;

class Sheet : public QFrame {
    Q_OBJECT
public:
    Sheet(const QString& title, QWidget* window, QSize size);
    void open();
    void close();
    [[nodiscard]] QVBoxLayout* body() const { return m_body; }
    void keepOpenOutside() { m_closesOutside = false; } // a click beside it loses nothing that was typed
    void fitTo(QWidget* content); // no higher than `content` needs at its width

Q_SIGNALS:
    void closed();

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool focusNextPrevChild(bool next) override; // stays inside
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void place();
    Scrim* m_scrim;
    QVBoxLayout* m_body;
    QSize m_size;
    bool m_closesOutside = true;
    QPointer<QWidget> m_content;
    QPointer<QWidget> m_before;
};

class Popover : public QFrame {
    Q_OBJECT
public:
    Popover(const QString& title, const QString& text, QWidget* window);
    void setWords(const QString& title, const QString& text);
    // Beside `anchor`, inside the window, taking the focus.
    void openAt(QWidget* anchor);
    void close();
    [[nodiscard]] QVBoxLayout* body() const { return m_body; }

Q_SIGNALS:
    void closed();

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void place();
    widgets::Label* m_title;
    widgets::Label* m_text;
    QVBoxLayout* m_body;
    QPointer<QWidget> m_anchor;
    QPointer<QWidget> m_before;
};

} // namespace cupel::app
