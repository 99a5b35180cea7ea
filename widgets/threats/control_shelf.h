// SPDX-License-Identifier: GPL-3.0-or-later
// The controls against one threat: those that its rule proposes and those that people added, each with how far it is,
// what it is assumed to take away and how much of that counts. UI thread.
#pragma once

#include "analyzers/threats/work/risk.h"
#include "widgets/models/threat_state.h"

#include <QtWidgets/QWidget>

class QComboBox;
class QGridLayout;
class QLineEdit;

namespace cupel::widgets {

class ControlGrip;
class Label;

class ControlShelf : public QWidget {
    Q_OBJECT
public:
    explicit ControlShelf(ThreatState& state, QWidget* parent = nullptr);
    void setThreat(const threats::Threat& threat);
    [[nodiscard]] int count() const { return static_cast<int>(m_rows.size()); }
    [[nodiscard]] QComboBox* status(int row) const; // null: there is none
    [[nodiscard]] QLineEdit* proof() const { return m_proof; } // is asked for when something is called verified
    [[nodiscard]] QComboBox* newControl() const { return m_new; }
    [[nodiscard]] ControlGrip* grip(int row) const; // null: there is none
    void step(int row); // to the next status: what the keys 1 to 9 do

Q_SIGNALS:
    void told(const QString& text);
    void wanted(const std::string& control, const std::string& part); // in place on all of the part
    void dropped(const std::string& control, const QPoint& globalPlace);

private:
    struct Row {
        threats::ControlUse use;
        bool used = false; // it stands in the model
        QComboBox* status = nullptr;
        ControlGrip* grip = nullptr;
    };
    void fill(std::vector<Row> rows, const threats::Risk& risk);
    void addGrip(Row& row, int line, const QString& title);
    void setStatus(int row, int choice);
    void save(threats::ControlUse use, bool used);
    void add();
    [[nodiscard]] static QString titleOf(const threats::ControlUse& use);

    ThreatState& m_state;
    std::string m_threat;
    std::vector<Row> m_rows;
    int m_asked = -1; // row that waits for its proof
    QGridLayout* m_grid;
    QLineEdit* m_proof;
    QComboBox* m_new;
};

} // namespace cupel::widgets
