// SPDX-License-Identifier: GPL-3.0-or-later
// Asks why findings may stay: one of five reasons by key or click, a note, who says so, until when. Knows nothing of
// files; whoever shows it does what it asks for.
#pragma once

#include "analyzers/review/decisions.h"

#include <QtCore/QDate>
#include <QtWidgets/QWidget>

#include <optional>
#include <vector>

class QComboBox;
class QDateEdit;
class QLineEdit;
class QPushButton;
class QRadioButton;

namespace cupel::widgets {

class Label;

struct TriageSubject {
    int findings = 0;
    int critical = 0; // of them; these need a note
    int decided = 0; // that have a decision already
    QString title; // of the only finding
    QString author; // who is asked
    QDate today;
    std::optional<review::Decision> before; // of the only finding: what is changed
};

struct TriageAnswer {
    review::Reason reason = review::Reason::AcceptedRisk;
    QString note;
    QString author;
    QString expires; // ISO date, empty: never
};

// Why an answer is not taken, and which part of it to change. Without words: it is.
struct TriageRefusal {
    enum class Part : std::uint8_t { Note, Author };
    QString why;
    Part part = Part::Note;

    [[nodiscard]] bool refused() const { return !why.isEmpty(); }
};

class TriageForm : public QWidget {
    Q_OBJECT
public:
    TriageForm(TriageSubject subject, QWidget* parent = nullptr);
    void takeFocus();
    // The answer stays as it was typed, with the reason below it.
    void refuse(const TriageRefusal& refusal);
    [[nodiscard]] bool hasHeightForWidth() const override { return true; }
    [[nodiscard]] int heightForWidth(int width) const override; // without a scroll bar

Q_SIGNALS:
    void answered(const cupel::widgets::TriageAnswer& answer);
    void removeRequested();
    void cancelled();

protected:
    void keyPressEvent(QKeyEvent* event) override;

private:
    QWidget* makeReasons();
    QWidget* makeFields();
    QWidget* makeButtons();
    void fill();
    void followTerm();
    void submit();
    void complain(const QString& text);
    [[nodiscard]] int chosenReason() const; // -1: none

    TriageSubject m_subject;
    std::vector<QRadioButton*> m_reasons;
    QLineEdit* m_note = nullptr;
    QLineEdit* m_author = nullptr;
    QComboBox* m_term = nullptr;
    QDateEdit* m_date = nullptr;
    Label* m_problem = nullptr;
    QWidget* m_page = nullptr; // that scrolls in low windows
    QWidget* m_buttons = nullptr;
};

} // namespace cupel::widgets
