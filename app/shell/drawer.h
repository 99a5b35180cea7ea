// SPDX-License-Identifier: GPL-3.0-or-later
// The drawer below the canvas: jobs, log, and what was not checked. Reads the session, changes nothing. UI thread.
#pragma once

#include "app/session/coverage.h"

#include <QtWidgets/QWidget>

#include <memory>

class QTabBar;
class QStackedWidget;
class QTreeView;

namespace cupel::app {

class Session;

class Drawer : public QWidget {
    Q_OBJECT
public:
    enum class Page : std::uint8_t { Jobs, Log, NotChecked };

    explicit Drawer(Session& session, QWidget* parent = nullptr);
    ~Drawer() override;
    void show(Page page);
    [[nodiscard]] int page() const;
    [[nodiscard]] NotChecked notChecked() const;
    void takeFocus();

Q_SIGNALS:
    void closed();
    void notCheckedChanged();
    void placeActivated(const QString& path, const QVariant& offset); // a byte of the file, or nothing

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void addPage(QTreeView* view, const QString& title);
    void refreshJobs();
    void refreshNotChecked();
    void copySelection();

    Session& m_session;
    QTabBar* m_tabs;
    QStackedWidget* m_pages;
    struct Models;
    std::unique_ptr<Models> m_models;
};

} // namespace cupel::app
