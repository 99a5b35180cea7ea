// SPDX-License-Identifier: GPL-3.0-or-later
// What a comparison of two versions shows: the files with their findings, the filter, and where one stands. Owned by
// the app, UI thread; list and cells both watch it and never know each other. The work is done elsewhere.
#pragma once

#include "analyzers/review/compare_parts.h"
#include "widgets/models/finding_query.h"

#include <QtCore/QObject>
#include <QtCore/QString>

#include <array>
#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

namespace cupel::widgets {

struct CompareOutcome {
    Workspace before; // both with their bytes
    Workspace after;
    std::vector<review::FileChange> files;
    QString beforeName; // "HEAD", "old/churn.ipynb"
    QString afterName;
    bool incomplete = false; // something was not read
    QString trouble; // why there is nothing to compare; a sentence
};
using CompareOutcomePtr = std::shared_ptr<const CompareOutcome>;

struct ComparedFile { // lines of one file
    CompareOutcomePtr outcome;
    std::size_t file = 0;
    std::vector<review::ComparedPart> parts;
};
using ComparedFilePtr = std::shared_ptr<const ComparedFile>;

struct CompareTables; // what became of a model: compare_tables.h
using CompareTablesPtr = std::shared_ptr<const CompareTables>;

// A finding of the comparison.
struct ChangeRef {
    std::size_t file = 0;
    std::size_t change = 0; // index into FileChange::findings
    friend bool operator==(const ChangeRef&, const ChangeRef&) = default;
};

class CompareState : public QObject {
    Q_OBJECT
public:
    using Kind = review::FindingChange::Kind;
    explicit CompareState(QObject* parent = nullptr);

    void setSubject(const QString& name); // what is open; empty: nothing
    [[nodiscard]] const QString& subject() const { return m_subject; }
    // The file that is chosen in it, and whether only that is compared; empty: none, or the subject is that file.
    void setChosen(const QString& name);
    [[nodiscard]] const QString& chosen() const { return m_chosen; }
    void setOnlyChosen(bool only);
    [[nodiscard]] bool onlyChosen() const { return m_onlyChosen && !m_chosen.isEmpty(); }

    void setWorking(bool working);
    void setProgress(std::size_t done, std::size_t total);
    [[nodiscard]] bool working() const { return m_working; }
    [[nodiscard]] std::size_t progressDone() const { return m_done; }
    [[nodiscard]] std::size_t progressTotal() const { return m_total; }
    void setOutcome(CompareOutcomePtr outcome); // null: nothing was compared yet
    [[nodiscard]] const CompareOutcomePtr& outcome() const { return m_outcome; }
    void setFile(ComparedFilePtr file); // one that was overtaken is dropped
    [[nodiscard]] const ComparedFilePtr& file() const { return m_file; } // null: not there yet

    enum class ModelStage : std::uint8_t { None, Working, Stopped, Done }; // None: neither version holds a model
    void setModel(ModelStage stage, CompareTablesPtr tables = nullptr);
    [[nodiscard]] ModelStage modelStage() const { return m_modelStage; }
    [[nodiscard]] const CompareTablesPtr& tables() const { return m_tables; } // null unless done

    [[nodiscard]] std::size_t count(Kind kind) const;
    void setShown(Kind kind, bool shown);
    [[nodiscard]] bool isShown(Kind kind) const { return m_shown[static_cast<std::size_t>(kind)]; }
    void setQuery(const QString& query);
    [[nodiscard]] const QString& query() const { return m_query; }
    [[nodiscard]] const FindingQuery& parsedQuery() const { return m_filter; }
    [[nodiscard]] const std::vector<ChangeRef>& visible() const { return m_visible; } // new, gone, same; then by file
    [[nodiscard]] const review::FindingChange& change(const ChangeRef& ref) const;
    [[nodiscard]] const Finding& finding(const ChangeRef& ref) const;

    [[nodiscard]] const std::optional<ChangeRef>& current() const { return m_current; }
    void setCurrent(std::optional<ChangeRef> ref);
    [[nodiscard]] std::optional<std::size_t> currentFile() const { return m_currentFile; }
    void setCurrentFile(std::size_t file);
    bool step(int direction); // to the next finding that is shown; true when it wrapped

Q_SIGNALS:
    void subjectChanged(); // also when another of the same name is open
    void chosenChanged(); // or whether only that is compared
    void workingChanged(); // or its progress
    void outcomeChanged();
    void visibleChanged();
    void currentChanged();
    void currentFileChanged(); // its lines are wanted
    void fileChanged(); // its lines are there
    void modelChanged(); // its stage, and its tables

private:
    void filter();
    QString m_subject;
    QString m_chosen;
    bool m_onlyChosen = false;
    bool m_working = false;
    std::size_t m_done = 0;
    std::size_t m_total = 0;
    CompareOutcomePtr m_outcome;
    ComparedFilePtr m_file;
    ModelStage m_modelStage = ModelStage::None;
    CompareTablesPtr m_tables;
    std::array<bool, review::findingChangeKinds> m_shown{true, true, true, false};
    QString m_query;
    FindingQuery m_filter;
    std::vector<ChangeRef> m_visible;
    std::optional<ChangeRef> m_current;
    std::optional<std::size_t> m_currentFile;
};

[[nodiscard]] QString word(review::FindingChange::Kind kind); // "New", "Changed", "Fixed", "Unchanged"

} // namespace cupel::widgets
