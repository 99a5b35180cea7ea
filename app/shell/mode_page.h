// SPDX-License-Identifier: GPL-3.0-or-later
// One mode's regions side by side: navigator, canvas, inspector. Wide: a splitter that remembers. Narrow: the inspector
// (below 1,100 px) and the navigator (below 800 px) float over the canvas when asked for. UI thread.
#pragma once

#include "widgets/common/view.h"

#include <QtWidgets/QWidget>

class QAbstractButton;
class QSplitter;

namespace cupel::widgets {
class IconButton;
}

namespace cupel::app {

struct ModeParts {
    widgets::View* navigator = nullptr; // may be null
    widgets::View* canvas = nullptr;
    widgets::View* inspector = nullptr; // may be null
    bool navigatorFirst = false; // it has the keyboard when the mode is shown, where it can be seen
    bool inspectorHidden = false; // until somebody asks for it
    int navigatorWidth = 320;
    int inspectorWidth = 360;
};

class ModePage : public QWidget {
    Q_OBJECT
public:
    static constexpr int inspectorFloatsBelow = 1'100;
    static constexpr int navigatorFloatsBelow = 800;

    ModePage(const ModeParts& parts, QWidget* parent);
    [[nodiscard]] const ModeParts& parts() const { return m_parts; }

    void setWindowWidth(int width);
    void setNavigatorShown(bool shown);
    void setInspectorShown(bool shown);
    [[nodiscard]] bool navigatorShown() const;
    [[nodiscard]] bool inspectorShown() const;
    // The button at the edge that brings a floating panel; hidden while the panel stands beside the canvas.
    [[nodiscard]] QAbstractButton* edgeButton(const widgets::View* panel) const;
    [[nodiscard]] bool floats(const widgets::View* panel) const; // above the canvas, for want of room
    void takeFocus();
    bool closeFloating(); // true when something was closed

    [[nodiscard]] QByteArray saveSizes() const;
    void restoreSizes(const QByteArray& sizes);
    void resetSizes();

Q_SIGNALS:
    void shownChanged();
    void sizesChanged();

protected:
    void resizeEvent(QResizeEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    struct Panel {
        widgets::View* view = nullptr;
        QWidget* floatFrame = nullptr;
        QWidget* edge = nullptr; // with the button that brings it
        widgets::IconButton* button = nullptr;
        int width = 0;
        bool wanted = true; // in the splitter
        bool floating = false;
        bool open = false; // while floating
    };
    void makeEdge(Panel& panel, const QString& icon, const QString& words);
    void setShown(Panel& panel, bool shown);
    void setFloating(Panel& panel, bool floating);
    void applySizes();
    double m_zoom = 1;
    void placeFloating();
    ModeParts m_parts;
    QSplitter* m_splitter;
    Panel m_navigator;
    Panel m_inspector;
};

} // namespace cupel::app
