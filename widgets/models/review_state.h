// SPDX-License-Identifier: GPL-3.0-or-later
// What a review shows: the analyses, the query, the filtered order and the current finding. Owned by the session, on
// the UI thread; list, canvas and inspector all watch it and never know each other.
#pragma once

#include "analyzers/model/analysis.h"
#include "analyzers/review/decision_set.h"
#include "widgets/models/finding_query.h"

#include <QtCore/QObject>
#include <QtCore/QString>

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace cupel::widgets {

// A finding by its artifact and its index in Analysis::findings.
struct FindingRef {
    std::string artifact;
    std::size_t index = 0;
    friend bool operator==(const FindingRef&, const FindingRef&) = default;
};

// What became of a finding: looked up once, asked by every row that is painted.
struct FindingDecision {
    review::DecisionState state = review::DecisionState::None;
    const review::Decision* decision = nullptr; // lives as long as ReviewState::decisions()
};

enum class Grouping : std::uint8_t { Severity, File, Rule, Cell, None };

class ReviewState : public QObject {
    Q_OBJECT
public:
    explicit ReviewState(QObject* parent = nullptr);

    // Data in: results stream in while a scan runs.
    void clear();
    void setRoots(std::vector<std::string> roots);
    void insert(const std::vector<AnalysisPtr>& analyses); // replaces those with the same path
    void remove(const std::vector<std::string>& paths);
    void setOutcome(bool cancelled, bool timedOut); // how the last scan ended
    void setScanning(bool scanning); // more may come: "no findings" is not yet the last word
    [[nodiscard]] bool scanning() const { return m_scanning; }
    [[nodiscard]] const Workspace& workspace() const { return m_workspace; }
    [[nodiscard]] AnalysisPtr analysis(const std::string& path) const; // null: unknown
    [[nodiscard]] const Finding* finding(const FindingRef& ref) const; // null: gone
    [[nodiscard]] std::size_t total() const; // findings of all analyses
    // Findings beside these that a decision about them holds for as well: the same ones, in copies of the file.
    [[nodiscard]] std::size_t equalsOf(const std::vector<FindingRef>& refs) const;

    // What people decided. Every view asks here; nothing of it stands in the analyses.
    void setDecisions(review::DecisionSetPtr decisions);
    [[nodiscard]] const review::DecisionSetPtr& decisions() const { return m_decisions; } // null: none
    [[nodiscard]] review::DecisionState decisionState(const FindingRef& ref) const;
    [[nodiscard]] const review::Decision* decision(const FindingRef& ref) const; // null: nobody decided
    // By index of the finding; null: nobody decided about any finding of this artifact.
    [[nodiscard]] const std::vector<FindingDecision>* standings(const std::string& artifact) const;
    [[nodiscard]] std::size_t settled() const { return m_settled; } // findings nobody needs to act on any more
    [[nodiscard]] std::size_t decided() const { return m_decided; } // those with a decision, also one that ended

    // The query and the order it gives: n and p, list and strip all follow it.
    void setQuery(const QString& query);
    [[nodiscard]] QString query() const { return m_query; }
    [[nodiscard]] bool queryValid() const { return m_queryError.isEmpty(); }
    [[nodiscard]] QString queryEcho() const
    {
        return m_queryEcho;
    } // plain words: "High or worse, rule starts with PKL"
    [[nodiscard]] QString queryError() const { return m_queryError; }
    // With spans and problem. A query with a problem filters by the terms that can be understood.
    [[nodiscard]] const FindingQuery& parsedQuery() const { return m_filter; }
    void setGrouping(Grouping grouping);
    [[nodiscard]] Grouping grouping() const { return m_grouping; }
    [[nodiscard]] const std::vector<FindingRef>& visible() const; // in list order
    [[nodiscard]] bool isVisible(const FindingRef& ref) const;
    [[nodiscard]] std::optional<std::size_t> position(const FindingRef& ref) const; // in visible()
    [[nodiscard]] std::size_t count(const FindingQuery& query) const; // findings that fulfil it, filtered or not

    [[nodiscard]] const std::optional<FindingRef>& current() const { return m_current; }
    void setCurrent(std::optional<FindingRef> ref); // also makes its artifact current
    [[nodiscard]] const std::string& currentArtifact() const { return m_artifact; }
    void setCurrentArtifact(const std::string& path);
    void showArtifact(const std::string& path); // and its first finding that is shown, if there is one
    // Next or previous in the filtered order; true when it wrapped around.
    bool next();
    bool previous();

Q_SIGNALS:
    void workspaceChanged(); // analyses came or went
    void visibleChanged(); // query, grouping or data changed the order
    void decisionsChanged(); // rows look different; followed by visibleChanged when the query asks for it
    void currentChanged();
    void currentArtifactChanged();

private:
    [[nodiscard]] FindingDecision standing(const FindingRef& ref) const;
    void match(const std::string& path);
    void weigh(const std::string& path);
    void forget(const std::string& path);
    void matchAll();
    void order() const;
    void keepCurrent(const Analysis& holder, const Finding& before);
    bool step(int direction);
    void followVisible();

    Workspace m_workspace;
    std::size_t m_total = 0;
    review::DecisionSetPtr m_decisions;
    std::map<std::string, std::vector<FindingDecision>> m_standings; // of artifacts with a decision
    std::size_t m_settled = 0;
    std::size_t m_decided = 0;
    bool m_scanning = false;
    QString m_query;
    QString m_queryEcho;
    QString m_queryError;
    FindingQuery m_filter;
    Grouping m_grouping = Grouping::Severity;
    std::map<std::string, std::vector<std::size_t>> m_matches; // fulfilling the filter, by artifact
    // Made when asked for: results stream in faster than anybody looks.
    mutable bool m_ordered = true;
    mutable std::vector<FindingRef> m_visible;
    std::optional<FindingRef> m_current;
    std::optional<FindingRef> m_filteredAway; // was current before a filter hid it
    std::string m_artifact;
};

} // namespace cupel::widgets
