// SPDX-License-Identifier: GPL-3.0-or-later
// The scrolling part of the inspector: what happens, evidence, how to fix, references, one after the other. Rule texts
// come from the catalogue, the rest from the finding.
#pragma once

#include "analyzers/model/finding.h"
#include "analyzers/model/rule.h"
#include "widgets/findings/evidence_row.h"

#include <QtWidgets/QScrollArea>

#include <array>

class QVBoxLayout;

namespace cupel::widgets {

class InspectorPage : public QScrollArea {
    Q_OBJECT
public:
    enum Section { What, EvidenceSection, Fix, References, SectionCount };

    explicit InspectorPage(QWidget* parent = nullptr);
    // `rule` may be null: a finding of a rule that this catalogue does not know. `severalFiles`: places name their
    // file.
    void show(const Finding& finding, const RuleInfo* rule, bool severalFiles);
    [[nodiscard]] bool hasSection(Section section) const { return m_anchors[section] != nullptr; }
    void goTo(Section section);

Q_SIGNALS:
    void sectionChanged(int section); // by scrolling
    void locationActivated(const cupel::Location& location);

protected:
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void heading(Section section, const QString& text);
    void paragraph(const QString& text, bool quiet = false);
    void example(const QString& caption, const std::string& code, bool right);
    void addWhat(const Finding& finding, const RuleInfo* rule);
    void addEvidence(const Finding& finding, bool severalFiles);
    void addEvidenceRows(
        QVBoxLayout& rows, const std::vector<EvidenceLine>& lines, bool severalFiles, std::size_t from, std::size_t to);
    void addFix(const RuleInfo& rule, const Finding& finding);
    void addReferences(const cupel::References& references);
    void followScroll();
    void fitTail();
    void settleSoon();

    QVBoxLayout* m_column = nullptr; // of the current content
    QWidget* m_tail = nullptr; // lets the last section scroll to the top
    std::array<QWidget*, SectionCount> m_anchors{};
    int m_section = What;
    bool m_jumping = false;
};

} // namespace cupel::widgets
