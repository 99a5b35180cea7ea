// SPDX-License-Identifier: GPL-3.0-or-later
// Files dragged over the window, wherever: a panel names what will happen, a drop makes it happen. UI thread.
#pragma once

#include <QtWidgets/QWidget>

#include <functional>

class QDropEvent;
class QMimeData;

namespace cupel::app {

class DropOverlay : public QWidget {
    Q_OBJECT
public:
    // Watches all widgets of `window`.
    explicit DropOverlay(QWidget* window);
    // Whether there is a review that files could be added to with Shift.
    void setCanAdd(bool canAdd) { m_canAdd = canAdd; }
    // While `quiet` says so the page below tells what will happen; the overlay only takes the drop.
    void setQuiet(std::function<bool()> quiet) { m_quiet = std::move(quiet); }
    // "Open 12 notebooks and 3 files"; empty when nothing in it is a local file.
    [[nodiscard]] static QString describe(const QStringList& paths, bool add);

Q_SIGNALS:
    void textChanged(const QString& text); // empty: the drag is over
    void dropped(const QStringList& paths, bool add);

protected:
    void paintEvent(QPaintEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragMoveEvent(QDragMoveEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void update(const QDropEvent& event);
    static void accept(QDropEvent& event);
    [[nodiscard]] bool adds(const QDropEvent& event) const;
    QString m_text;
    QString m_hint;
    QStringList m_paths;
    bool m_canAdd = false;
    std::function<bool()> m_quiet;
};

} // namespace cupel::app
