// SPDX-License-Identifier: GPL-3.0-or-later
// What was written, where, and what is still to be said about it: stays until somebody closes it, whatever else the
// status bar says meanwhile. Opens nothing itself; UI thread.
#pragma once

#include <QtCore/QString>
#include <QtWidgets/QWidget>

class QPushButton;

namespace cupel::widgets {

class Label;

class OutcomeBand : public QWidget {
    Q_OBJECT
public:
    struct Words {
        QString title;
        QString advice; // may be empty
        bool good = true; // the sign: a check mark, or a warning
        bool opens = true; // what was written can be opened by itself
    };
    explicit OutcomeBand(QWidget* parent = nullptr);
    void setWords(const Words& words, const QString& path); // empty path: nothing was written
    [[nodiscard]] const QString& path() const { return m_path; }
    [[nodiscard]] QString text() const; // all of it in words

Q_SIGNALS:
    void openRequested(const QString& path);
    void copyPathRequested(const QString& path);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_path;
    bool m_good = true;
    Label* m_title;
    Label* m_advice;
    QPushButton* m_open;
    QPushButton* m_copyPath;
};

} // namespace cupel::widgets
