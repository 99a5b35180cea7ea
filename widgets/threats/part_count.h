// SPDX-License-Identifier: GPL-3.0-or-later
// "15 elements, 14 flows, 5 zones", or as much of it as there is room for, never a part of a word: the elements come
// first, the rest is in the tool tip. UI thread.
#pragma once

#include "analyzers/threats/threat_model.h"
#include "widgets/common/labels.h"

namespace cupel::widgets {

class PartCount : public Label {
    Q_OBJECT
public:
    explicit PartCount(QWidget* parent = nullptr);
    void setModel(const threats::ThreatModel& model); // nothing is said of one without parts
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void fit();
    QStringList m_texts; // the longest first
};

} // namespace cupel::widgets
