// SPDX-License-Identifier: GPL-3.0-or-later
// The threats that a finding speaks for, with a way to each. As long as no threat model was made, a way to make one.
// UI thread.
#pragma once

#include "widgets/models/threat_state.h"

#include <QtCore/QPointer>
#include <QtWidgets/QWidget>

#include <map>
#include <string>
#include <vector>

class QPushButton;

namespace cupel::widgets {

class ThreatLinks : public QWidget {
    Q_OBJECT
public:
    explicit ThreatLinks(QWidget* parent = nullptr);
    void setState(ThreatState* state);
    void show(const std::string& fingerprint); // of the finding; empty: none
    [[nodiscard]] const std::string& finding() const { return m_fingerprint; }
    [[nodiscard]] const std::vector<QPushButton*>& ways() const { return m_ways; }
    [[nodiscard]] QPushButton* all() const { return m_all; } // "Threats: 3"

Q_SIGNALS:
    void threatRequested(const std::string& threat);
    void allRequested(const std::string& fingerprint);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void update();
    void index();
    void fitWays();

    QPointer<ThreatState> m_state;
    ThreatReadingPtr m_reading; // that the index is of
    std::map<std::string_view, std::vector<const threats::Threat*>> m_byFinding; // into m_reading
    std::string m_fingerprint;
    QPushButton* m_all;
    QWidget* m_list;
    std::vector<QPushButton*> m_ways;
};

// Threats that a finding speaks for, in the order of the model.
[[nodiscard]] std::vector<std::string> threatsOf(const threats::ThreatModel& model, const std::string& fingerprint);

} // namespace cupel::widgets
