// SPDX-License-Identifier: GPL-3.0-or-later
// A question before something that cannot be seen afterwards: what would happen, what speaks against it, and two
// buttons of which "no" has the keyboard. UI thread.
#pragma once

#include "analyzers/model/finding.h"
#include "app/shell/sheet.h"

#include <vector>

class QPushButton;

namespace cupel::app {

struct QuestionRow {
    Severity severity = Severity::Info;
    QString text;
    QString place;
};

struct Question {
    QString title;
    QString text;
    std::vector<QuestionRow> rows; // what stays; the first few are listed
    QString foot; // a last sentence; may be empty
    QString yes; // "Write it anyway…"
    QString no;
};

class QuestionSheet : public Sheet {
    Q_OBJECT
public:
    QuestionSheet(const Question& question, QWidget* window);
    void takeFocus(); // to "no"
    [[nodiscard]] QPushButton* yes() const { return m_yes; }
    [[nodiscard]] QPushButton* no() const { return m_no; }

Q_SIGNALS:
    void accepted(); // after the sheet was closed

private:
    QPushButton* m_yes;
    QPushButton* m_no;
};

} // namespace cupel::app
