// SPDX-License-Identifier: GPL-3.0-or-later
// The history of a threat model and the comparison of two moments of it, as its views share them: which events are
// listed, between which two the model is compared, and what came of that. The session compares, in the background.
// Owned by the ThreatState, UI thread.
#pragma once

#include "analyzers/threats/model_diff.h"
#include "analyzers/threats/work/control_use.h"
#include "widgets/models/history_names.h"
#include "widgets/models/threat_state.h"

#include <functional>

namespace cupel::widgets {

// What is in the later of two states and not in the earlier, and the other way round.
struct ThreatComparison {
    threats::ModelDiff diff;
    threats::Remains before; // of each state
    threats::Remains after;
    std::size_t vague = 0; // events that do not tell what was before them: the later state is shown for both
    GraphScenePtr scene; // of both states, marked
    std::vector<std::string> nodes; // ids of the parts that it draws
    std::vector<std::string> edges;
    std::map<std::string, std::string> names; // of parts and threats of both, by id
    std::map<std::string, std::string> targets; // of threats: the part
};
using ThreatComparisonPtr = std::shared_ptr<const ThreatComparison>;

class HistoryState : public QObject {
    Q_OBJECT
public:
    explicit HistoryState(ThreatState& threats);

    struct Filter {
        std::optional<std::string> who; // empty: a scan
        std::string about; // id of a part or threat; of a part its threats too
        QString search; // in small letters
        friend bool operator==(const Filter&, const Filter&) = default;
    };
    void setFilter(const Filter& filter);
    [[nodiscard]] const Filter& filter() const { return m_filter; }
    [[nodiscard]] const threats::EventList& events() const; // the oldest first
    [[nodiscard]] const std::vector<std::size_t>& shown() const { return m_shown; } // of them, the newest first
    // False: only the newest events were looked through.
    [[nodiscard]] bool lookedAtAll() const { return m_lookedAtAll; }
    [[nodiscard]] std::vector<std::string> authors() const;
    // Of a part, a threat or a question: as it is called today, else as it was called last.
    [[nodiscard]] QString nameOf(const std::string& id) const;
    [[nodiscard]] QString partNameOf(const std::string& threat) const; // what it is about; empty: it is no threat
    [[nodiscard]] QString changeOf(const threats::Event& event) const; // what was done, translated
    [[nodiscard]] QString factOf(const threats::FactChange& fact) const; // "Decision: open, then mitigated"

    // The states are those before the step of one event and behind the step of another.
    struct Span {
        std::size_t from = 0; // so many events lie before it
        std::size_t to = 0;
        friend bool operator==(const Span&, const Span&) = default;
    };
    void compareFrom(std::size_t event); // to now, or to where it was compared to if that is later
    void compareTo(std::size_t event); // from the beginning, or from where it was compared from if that is earlier
    void compareAll();
    void end();
    [[nodiscard]] const std::optional<Span>& span() const { return m_span; } // nullopt: nothing is compared
    [[nodiscard]] QString spanWords() const; // "2026-11-29 10:00 to now"
    void setComparison(ThreatComparisonPtr comparison);
    [[nodiscard]] const ThreatComparisonPtr& comparison() const { return m_comparison; } // null: none yet
    void select(const std::string& part); // of the comparison; empty: none
    [[nodiscard]] const std::string& selected() const { return m_selected; }

Q_SIGNALS:
    void listChanged();
    void spanChanged(); // something else is to be compared, or nothing any more
    void compared(); // the comparison is there, or gone
    void selectionChanged();

private:
    void refill();
    void setSpan(std::optional<Span> span);
    [[nodiscard]] bool passes(const threats::Event& event) const;
    [[nodiscard]] bool isAbout(const std::string& what) const;

    ThreatState& m_threats;
    Filter m_filter;
    std::vector<std::size_t> m_shown;
    bool m_lookedAtAll = true;
    HistoryNames m_names;
    std::optional<Span> m_span;
    bool m_untilNow = true; // its end goes along with the history
    ThreatComparisonPtr m_comparison;
    std::string m_selected;
};

using NameOf = std::function<QString(const std::string& id)>;
[[nodiscard]] QString changeWords(const threats::Event& event, const NameOf& nameOf);
[[nodiscard]] QString momentWords(const std::string& at); // "2026-11-29 10:00", in universal time as it is written
[[nodiscard]] QString factWords(const threats::FactChange& fact, const NameOf& nameOf);

} // namespace cupel::widgets
