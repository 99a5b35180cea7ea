// SPDX-License-Identifier: GPL-3.0-or-later
// Asks what a stripped copy of a model leaves out: each kind is a box to tick beside what would go with it, ticked at
// first as the command line does. UI thread.
#pragma once

#include "analyzers/convert/strip.h"
#include "app/shell/sheet.h"

#include <array>

class QCheckBox;
class QPushButton;

namespace cupel::app {

class StripSheet : public Sheet {
    Q_OBJECT
public:
    enum Kind { Hidden, Templates, Metadata, Kinds };
    StripSheet(const convert::StripPlan& everything, QWidget* window); // a plan of all kinds
    void takeFocus(); // to "no"
    [[nodiscard]] convert::StripWish wish() const;
    [[nodiscard]] QCheckBox* box(Kind kind) const { return m_boxes[kind]; }
    [[nodiscard]] QPushButton* yes() const { return m_yes; }
    [[nodiscard]] QPushButton* no() const { return m_no; }

Q_SIGNALS:
    void accepted(const cupel::convert::StripWish& wish); // after the sheet was closed

private:
    QWidget* makeKind(const convert::StripPlan& plan, Kind kind);
    std::array<QCheckBox*, Kinds> m_boxes{};
    QPushButton* m_yes;
    QPushButton* m_no;
};

} // namespace cupel::app
