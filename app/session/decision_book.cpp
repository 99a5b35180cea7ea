// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/decision_book.h"

#include <utility>

namespace cupel::app {

DecisionBook::DecisionBook(const DecisionFile& file, const DecisionTrust& trust)
    : m_trouble(file.trouble)
{
    for (const KeyedDecision& what : file.decisions) {
        set({what, trust.answer(file.folder, what.key)});
    }
}

const DecisionBook::Entry* DecisionBook::find(const review::DecisionId& id) const
{
    const auto at = m_entries.find(id);
    return at == m_entries.end() ? nullptr : &at->second;
}

bool DecisionBook::knows(const std::string& artifact) const
{
    return m_artifacts.contains(artifact);
}

void DecisionBook::set(Entry entry)
{
    auto key = review::idOf(*entry.what.decision);
    const bool last = m_entries.empty() || m_entries.rbegin()->first < key;
    const auto at = last ? m_entries.end() : m_entries.lower_bound(key);
    if (at != m_entries.end() && at->first == key) {
        at->second = std::move(entry);
    } else {
        ++m_artifacts[key.artifact];
        m_entries.emplace_hint(at, std::move(key), std::move(entry));
    }
}

void DecisionBook::remove(const review::DecisionId& id)
{
    if (const auto at = m_entries.find(id); at != m_entries.end()) {
        m_entries.erase(at);
        if (const auto count = m_artifacts.find(id.artifact); --count->second == 0) {
            m_artifacts.erase(count);
        }
    }
}

void DecisionBook::answerAll(DecisionTrust::Answer answer, const QString& folder, DecisionTrust& trust)
{
    for (auto& [id, entry] : m_entries) {
        if (entry.answer == DecisionTrust::Answer::Unasked) {
            trust.set(folder, entry.what.key, answer);
            entry.answer = answer;
        }
    }
}

void DecisionBook::heed(const QString& folder, const DecisionTrust& trust)
{
    for (auto& [id, entry] : m_entries) {
        entry.answer = trust.answer(folder, entry.what.key);
    }
}

void DecisionBook::split(review::Decisions& counted, review::Decisions& waiting, bool& answered) const
{
    using Answer = DecisionTrust::Answer;
    for (const auto& [id, entry] : m_entries) {
        if (entry.answer == Answer::Own || entry.answer == Answer::Used) {
            counted.set(entry.what.decision);
        } else if (entry.answer == Answer::Unasked) {
            waiting.set(entry.what.decision);
        }
        answered = answered || entry.answer == Answer::Used || entry.answer == Answer::Ignored;
    }
}

} // namespace cupel::app
