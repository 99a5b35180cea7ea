// SPDX-License-Identifier: GPL-3.0-or-later
// The column at the left: the sign of the application and one button per mode, icon above word. UI thread.
#pragma once

#include <QtWidgets/QAbstractButton>
#include <QtWidgets/QWidget>

class QAction;
class QButtonGroup;
class QVBoxLayout;

namespace cupel::app {

class RailButton : public QAbstractButton {
    Q_OBJECT
public:
    RailButton(const QString& iconName, const QString& text, QWidget* parent);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    [[nodiscard]] bool hasRoomForWords() const;

    QString m_icon;
};

class ModeRail : public QWidget {
    Q_OBJECT
public:
    static constexpr int width = 72;

    explicit ModeRail(QWidget* parent = nullptr);
    void addMode(const QString& id, const QString& iconName, const QString& text, bool atBottom);
    void setCurrent(const QString& id);

Q_SIGNALS:
    void chosen(const QString& id);

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void step(int direction);
    void fit();
    QVBoxLayout* m_layout;
    QButtonGroup* m_group;
    int m_bottom = 0; // buttons below the stretch
};

} // namespace cupel::app
