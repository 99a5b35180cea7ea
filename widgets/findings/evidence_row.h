// SPDX-License-Identifier: GPL-3.0-or-later
// One piece of evidence: its number on the line that joins all pieces, the redacted excerpt, what it is, and its place
// to go to.
#pragma once

#include "analyzers/model/finding.h"

#include <QtWidgets/QAbstractButton>
#include <QtWidgets/QWidget>

#include <vector>

namespace cupel::widgets {

// Text that acts like a link, with the role and keys of a button.
class LinkButton : public QAbstractButton {
    Q_OBJECT
public:
    explicit LinkButton(const QString& text, QWidget* parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
};

// Places that read the same in the same line are one row.
struct EvidenceLine {
    const Evidence* evidence = nullptr; // the first of them
    int places = 1;
    bool elsewhere = false; // in another cell than the finding
};
[[nodiscard]] std::vector<EvidenceLine> evidenceLines(const Finding& finding);

class EvidenceRow : public QWidget {
    Q_OBJECT
public:
    // `place`: the words of the link; empty: there is no place to go to.
    EvidenceRow(const EvidenceLine& line, int number, bool last, const QString& place, QWidget* parent = nullptr);

Q_SIGNALS:
    void activated(const cupel::Location& location);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Location m_location;
    int m_number;
    bool m_main; // the match itself
    bool m_last;
};

} // namespace cupel::widgets
