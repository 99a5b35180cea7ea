// SPDX-License-Identifier: GPL-3.0-or-later
// What ids in a history are called: what stands in the model by its name of today, what is gone by the name that it had
// last, rules, questions and controls by their titles. UI thread.
#pragma once

#include "widgets/models/threat_state.h"

#include <string>
#include <unordered_map>
#include <utility>

namespace cupel::widgets {

class HistoryNames {
public:
    explicit HistoryNames(const ThreatState& threats)
        : m_threats(threats)
    {
    }

    void read(); // anew, of what the state shows now
    [[nodiscard]] QString of(const std::string& id) const; // itself where nobody knows
    [[nodiscard]] const threats::Threat* threat(const std::string& id) const; // of the model; null: it has none
    // Of a threat: id of the part that it is about.
    [[nodiscard]] std::string partOf(const std::string& threat) const;

private:
    [[nodiscard]] QString nameOf(const std::string& id) const; // of anything but a flow that is gone

    const ThreatState& m_threats;
    std::unordered_map<std::string, std::size_t> m_threatAt; // by id: index in the reading
    std::unordered_map<std::string, std::string> m_titles; // of threats that are folded away
    std::unordered_map<std::string, std::string> m_last; // as the history has it
    std::unordered_map<std::string, std::pair<std::string, std::string>> m_ends; // of flows that somebody deleted
};

} // namespace cupel::widgets
