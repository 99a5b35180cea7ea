// SPDX-License-Identifier: GPL-3.0-or-later
// Five steps over the sample, each beside what it is about; any of them can be the last. UI thread.
#pragma once

#include <QtCore/QObject>
#include <QtCore/QPointer>
#include <QtWidgets/QWidget>

#include <vector>

class QPushButton;

namespace cupel::widgets {
class Label;
}

namespace cupel::app {

class Popover;
class TourFrame;

struct TourStep {
    QPointer<QWidget> anchor;
    QString title;
    QString text;
};

class Tour : public QObject {
    Q_OBJECT
public:
    explicit Tour(QWidget* window);
    void start(std::vector<TourStep> steps);
    void stop();
    [[nodiscard]] bool isRunning() const { return m_running; }

Q_SIGNALS:
    void ended();

private:
    void show();
    void next();
    TourFrame* m_frame;
    Popover* m_popover;
    QPushButton* m_next;
    widgets::Label* m_count;
    std::vector<TourStep> m_steps;
    std::size_t m_at = 0;
    bool m_running = false;
};

} // namespace cupel::app
