// SPDX-License-Identifier: GPL-3.0-or-later
// The command palette: a frameless panel over the window with a scrim behind it. It searches a PaletteIndex and says
// what was chosen; it does nothing itself. A child widget, not a popup, so that input methods and screen readers work.
#pragma once

#include "app/shell/palette_index.h"

#include <QtCore/QPointer>
#include <QtWidgets/QFrame>
#include <QtWidgets/QStyledItemDelegate>

#include <functional>

class QLineEdit;
class QListView;

namespace cupel::widgets {
class Label;
}

namespace cupel::app {

class PaletteModel;

// A flat veil over the window; a click on it closes what floats above.
class Scrim : public QWidget {
    Q_OBJECT
public:
    explicit Scrim(QWidget* parent);

Q_SIGNALS:
    void clicked();

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
};

class Palette : public QFrame {
    Q_OBJECT
public:
    static constexpr int panelWidth = 680;
    static constexpr std::size_t perKind = 6;
    static constexpr std::size_t limit = 200;

    // `fill` puts the entries of the moment into the index; asked at each opening.
    Palette(QWidget* window, std::function<void(PaletteIndex&)> fill);
    void open(PaletteQuery::Scope scope, const QString& text = {});
    void close();
    void takeFocus(); // the input, while it is open
    [[nodiscard]] bool isOpen() const { return !isHidden(); }
    [[nodiscard]] const PaletteIndex& index() const { return m_index; }

Q_SIGNALS:
    void chosen(const cupel::app::PaletteEntry& entry);

protected:
    void paintEvent(QPaintEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void layOut();
    void place();
    void search();
    void move(int rows);
    void choose();
    [[nodiscard]] bool handleKey(int key);
    std::function<void(PaletteIndex&)> m_fill;
    PaletteIndex m_index;
    PaletteModel* m_model;
    Scrim* m_scrim;
    QLineEdit* m_input;
    QListView* m_list;
    widgets::Label* m_info;
    widgets::Label* m_none;
    PaletteQuery::Scope m_scope = PaletteQuery::Scope::All;
    QPointer<QWidget> m_before; // had the focus
};

} // namespace cupel::app
