// SPDX-License-Identifier: GPL-3.0-or-later
// Which threats are listed: by severity, by the zone of their part, by category of STRIDE, by who
// works on them. The zones are those of the
// model. UI thread.
#pragma once

#include "widgets/models/threat_state.h"

#include <QtWidgets/QWidget>

class QComboBox;

namespace cupel::widgets {

class ThreatFilter : public QWidget {
    Q_OBJECT
public:
    explicit ThreatFilter(ThreatState& state, QWidget* parent = nullptr);
    [[nodiscard]] QComboBox* severity() const { return m_severity; }
    [[nodiscard]] QComboBox* zone() const { return m_zone; }
    [[nodiscard]] QComboBox* stride() const { return m_stride; }
    [[nodiscard]] QComboBox* assignee() const { return m_assignee; }

private:
    void send();
    void update();
    [[nodiscard]] bool fillZones(); // false: the one that was chosen is gone
    [[nodiscard]] bool fillPeople();

    ThreatState& m_state;
    QComboBox* m_severity;
    QComboBox* m_zone;
    QComboBox* m_stride;
    QComboBox* m_assignee;
};

} // namespace cupel::widgets
