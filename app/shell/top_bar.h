// SPDX-License-Identifier: GPL-3.0-or-later
// The bar above everything: where you are, the field that opens the palette, Scan, Export, theme and help. UI thread.
#pragma once

#include <QtCore/QStringList>
#include <QtWidgets/QAbstractButton>
#include <QtWidgets/QWidget>

class QPushButton;

namespace cupel::widgets {
class IconButton;
}

namespace cupel::app {

class Actions;

// "churn > notebooks > churn-model.ipynb", the last part strong; parts fall away from the left when there is no room.
class Crumb : public QWidget {
    Q_OBJECT
public:
    explicit Crumb(QWidget* parent = nullptr);
    void setParts(const QStringList& parts);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QStringList m_parts;
};

// Looks like an input and opens the palette.
class CommandField : public QAbstractButton {
    Q_OBJECT
public:
    explicit CommandField(QWidget* parent = nullptr);
    void setKeys(const QString& keys);
    [[nodiscard]] QSize sizeHint() const override { return {400, 32}; }
    [[nodiscard]] QSize minimumSizeHint() const override { return {120, 32}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QString m_keys;
};

class TopBar : public QWidget {
    Q_OBJECT
public:
    static constexpr int barHeight = 48;

    TopBar(Actions& actions, QWidget* parent = nullptr);
    void setCrumb(const QStringList& parts) { m_crumb->setParts(parts); }
    void setReviewOpen(bool open); // Scan and Export only make sense then
    void setScanning(bool scanning);
    void setDark(bool dark);
    [[nodiscard]] CommandField* commandField() const { return m_field; }
    [[nodiscard]] QWidget* exportButton() const;

Q_SIGNALS:
    void helpMenuRequested(const QPoint& at);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void wire();
    void fit(); // words give way to icons where they have no room
    Actions& m_actions;
    Crumb* m_crumb;
    CommandField* m_field;
    QPushButton* m_scan;
    QPushButton* m_export;
    widgets::IconButton* m_theme;
    widgets::IconButton* m_help;
    QWidget* m_end; // with the buttons
};

} // namespace cupel::app
