// SPDX-License-Identifier: GPL-3.0-or-later
// The decisions of one folder with what was answered about each: its file, and the changes that are not yet written.
// A value; UI thread.
#pragma once

#include "app/session/decision_file.h"
#include "app/session/decision_trust.h"

namespace cupel::app {

class DecisionBook {
public:
    struct Entry {
        KeyedDecision what;
        DecisionTrust::Answer answer = DecisionTrust::Answer::Unasked;
    };

    DecisionBook() = default;
    DecisionBook(const DecisionFile& file, const DecisionTrust& trust);

    [[nodiscard]] const QString& trouble() const { return m_trouble; } // why the file is not used; a sentence
    [[nodiscard]] const Entry* find(const review::DecisionId& id) const;
    [[nodiscard]] bool knows(const std::string& artifact) const; // something is decided about this file
    void set(Entry entry); // quick in the order of ids
    void remove(const review::DecisionId& id);
    void answerAll(
        DecisionTrust::Answer answer, const QString& folder, DecisionTrust& trust); // those nobody asked about
    void heed(const QString& folder, const DecisionTrust& trust); // whose answers changed

    // What counts, and what waits for an answer; `answered`: somebody said yes or no to one of them.
    void split(review::Decisions& counted, review::Decisions& waiting, bool& answered) const;

private:
    std::map<review::DecisionId, Entry> m_entries;
    std::map<std::string, std::size_t> m_artifacts; // how many of them are about each
    QString m_trouble;
};

} // namespace cupel::app
