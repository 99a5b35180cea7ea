// SPDX-License-Identifier: GPL-3.0-or-later
// Top of the inspector: title, severity as sign and word, confidence, rule id.
#pragma once

#include "analyzers/model/finding.h"

#include <QtWidgets/QWidget>

namespace cupel::widgets {

class Chip;
class Label;
class SelectableText;

class SeverityGlyph : public QWidget {
    Q_OBJECT
public:
    explicit SeverityGlyph(QWidget* parent = nullptr);
    void setSeverity(Severity severity);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Severity m_severity = Severity::Info;
};

class InspectorHeader : public QWidget {
    Q_OBJECT
public:
    explicit InspectorHeader(QWidget* parent = nullptr);
    void show(const Finding& finding);

private:
    SelectableText* m_title;
    SeverityGlyph* m_glyph;
    Label* m_severity;
    Chip* m_confidence;
    Label* m_rule;
};

} // namespace cupel::widgets
