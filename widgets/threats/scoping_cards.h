// SPDX-License-Identifier: GPL-3.0-or-later
// The questions about the system, each a card with yes, no and not known, with what the scan says to it and the way to
// where it saw that. An answer of a person counts more; it is a step like any other, and rules ask it at once. UI
// thread.
#pragma once

#include "analyzers/threats/work/scoping.h"
#include "widgets/models/threat_state.h"

#include <QtWidgets/QWidget>

class QPushButton;

namespace cupel::widgets {

class Label;
class SegmentedControl;

class ScopingCards : public QWidget {
    Q_OBJECT
public:
    explicit ScopingCards(ThreatState& state, QWidget* parent = nullptr);
    [[nodiscard]] SegmentedControl* answer(const std::string& question) const; // null: no such question
    [[nodiscard]] QPushButton* evidence(const std::string& question) const; // to its cell; hidden: there is none
    void takeFocus(); // the first question
    [[nodiscard]] int open() const { return m_open; } // questions that matter and nobody has answered

private:
    struct Card {
        std::string id;
        SegmentedControl* answer = nullptr;
        Label* fact = nullptr;
        QPushButton* show = nullptr;
        std::string shows; // a finding or a place
    };
    void update();
    [[nodiscard]] static QString factWords(const threats::ScopingFact& fact, bool answered);
    void fillEvidence(Card& card, const std::vector<std::string>& evidence);
    void showPlace(Card& card, const std::string& seen);
    void save(const std::string& question, int choice);

    ThreatState& m_state;
    Label* m_progress;
    std::vector<Card> m_cards;
    int m_open = 0;
    bool m_filling = false;
};

} // namespace cupel::widgets
