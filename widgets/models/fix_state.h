// SPDX-License-Identifier: GPL-3.0-or-later
// What the fixing of one file shows: for whom, which edits are on, what they change, and whether the result may be
// shared. Owned by the app, UI thread; panel and preview both watch it and never know each other. The work is done
// elsewhere: `requested` asks for it, `setOutcome` brings it.
#pragma once

#include "analyzers/engine/prove.h"
#include "analyzers/fixes/plan.h"
#include "analyzers/fixes/preview.h"
#include "analyzers/review/decision_set.h"
#include "analyzers/review/profile.h"

#include <QtCore/QObject>
#include <QtCore/QString>

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace cupel::widgets {

struct FixOutcome {
    AnalysisPtr before; // with its bytes
    AnalysisPtr after; // of the bytes as they would be; its findings keep the fingerprints of before
    std::vector<engine::Stamp> stamps; // one for each of those
    fixes::Plan plan;
    std::vector<bool> on; // one per edit of the plan
    // Edits that were wanted and are left out, because the file, judged again with them, still showed such values;
    // rising.
    std::vector<std::size_t> refused;
    std::vector<fixes::PreviewHunk> hunks;
    review::Verdict verdictBefore;
    review::Verdict verdictAfter;
    review::DecisionSetPtr decisions; // that were heeded
    std::vector<std::size_t> gone; // findings that the edits mend, also those without an edit of their own
    std::vector<QString> problems; // why the result must not be written; empty: it holds
    std::vector<QString> remains; // equal words that stay and where, one line for each finding
    int remaining = 0; // how many
    std::vector<QString> words; // of names that were taken out, standing alone: told, and no reason to look again
    int wordsRemaining = 0; // how many
    std::vector<QString>
        untold; // values that are left, and whose context an edit takes: no scan of the copy tells them
    bool allLookedFor = true; // false: more was taken out than was looked for
    std::size_t changedLines = 0;
    std::size_t lines = 0; // of the file
    double milliseconds = 0;

    // Nobody has answered for it, with what was heeded.
    [[nodiscard]] bool isOpen(const Finding& finding) const
    {
        return finding.settled.empty() && !(decisions && decisions->settles(finding));
    }
};
using FixOutcomePtr = std::shared_ptr<const FixOutcome>;

struct ProfileTrouble { // a profile of the user's own that cannot be used
    QString file;
    QString why; // "Line 4: …"
};

// What the user chose for sharing one file; undo has one of before.
struct FixChoices {
    std::string file;
    std::string profile; // its name
    bool own = false; // the profile is one of the user's own
    std::map<std::string, bool> edits; // switched by hand, by FixState::keyOf
    friend bool operator==(const FixChoices&, const FixChoices&) = default;
};

class FixState : public QObject {
    Q_OBJECT
public:
    explicit FixState(QObject* parent = nullptr);

    // Those that come with Cupel, then the user's own; the chosen one stays chosen when it is still there.
    void setOwnProfiles(std::vector<review::Profile> own, std::vector<ProfileTrouble> troubles);
    [[nodiscard]] bool isOwn(std::size_t profile) const;
    [[nodiscard]] const std::vector<ProfileTrouble>& profileTroubles() const { return m_troubles; }
    [[nodiscard]] const std::vector<review::Profile>& profiles() const { return m_profiles; }
    [[nodiscard]] const review::Profile& profile() const { return m_profiles[m_profile]; }
    [[nodiscard]] std::size_t profileIndex() const { return m_profile; }
    void setProfile(std::size_t index);
    void chooseProfile(std::size_t index); // by hand: a step that undo takes back
    [[nodiscard]] FixChoices given() const;
    void restore(const FixChoices& choices); // also of a file that is not shown now

    // What people decided: such a finding stops nothing, and is not taken out unless somebody asks for it.
    void setDecisions(review::DecisionSetPtr decisions);
    [[nodiscard]] const review::DecisionSetPtr& decisions() const { return m_decisions; }

    void again(); // what the verdict rests on has changed outside of it

    // The file that is fixed; null: none, or it cannot be.
    void setAnalysis(AnalysisPtr analysis);
    [[nodiscard]] const AnalysisPtr& analysis() const { return m_analysis; }

    void setOutcome(FixOutcomePtr outcome); // one that was overtaken is dropped
    [[nodiscard]] const FixOutcomePtr& outcome() const { return m_outcome; } // null: not there yet
    [[nodiscard]] bool working() const { return m_working; }
    [[nodiscard]] bool meets() const; // what would be written holds, and passes every gate of the profile
    [[nodiscard]] std::size_t reasonsLeft() const; // that keep it from doing so
    [[nodiscard]] std::size_t personLeft() const; // findings of the result that are open, and no edit is for them
    [[nodiscard]] std::size_t
    blockingOff() const; // edits that somebody left off although their finding is such a reason
    [[nodiscard]] std::size_t credentialsOut() const; // secrets that the edits take out

    // What the user switched, by edit; edits nobody touched follow the profile. Each call is a step for undo.
    [[nodiscard]] bool isOn(std::size_t edit) const;
    void setOn(std::size_t edit, bool on) { setOn(std::vector<std::size_t>{edit}, on); }
    void setOn(const std::vector<std::size_t>& edits, bool on);
    void setAllOn(bool on);
    void reset(); // as the profile has it
    [[nodiscard]] std::size_t onCount() const;
    // On, and left out of the result all the same: see FixOutcome::refused.
    [[nodiscard]] bool isRefused(std::size_t edit) const;
    [[nodiscard]] std::size_t refusedCount() const;
    [[nodiscard]] std::size_t madeCount() const { return onCount() - refusedCount(); }
    [[nodiscard]] static QString refusedWords(std::size_t edits);
    [[nodiscard]] const std::map<std::string, bool>& choices() const { return m_choices; }
    // The key of an edit in choices(): stable while the file is the same.
    [[nodiscard]] static std::string keyOf(const fixes::Plan& plan, std::size_t edit);
    // Whether an edit is on: the user's word, else the profile's.
    [[nodiscard]] static bool wants(const fixes::Plan& plan, std::size_t edit, const review::Profile& profile,
        const std::map<std::string, bool>& choices, const review::DecisionSet* decisions);

    [[nodiscard]] std::size_t currentEdit() const { return m_current; }
    void setCurrentEdit(std::size_t edit);

Q_SIGNALS:
    void requested(); // file, profile or choices changed: somebody has to work it out again
    void outcomeChanged();
    void profileChanged();
    void currentEditChanged();
    void chosen(const cupel::widgets::FixChoices& before, const QString& what); // by hand; `what` names it for undo

private:
    void request();
    bool put(const std::vector<std::size_t>& edits, bool on);
    [[nodiscard]] QString fileName() const;
    void tell(const FixChoices& before, const QString& what);
    std::vector<review::Profile> m_profiles;
    std::vector<ProfileTrouble> m_troubles;
    std::size_t m_profile = 0;
    review::DecisionSetPtr m_decisions;
    AnalysisPtr m_analysis;
    FixOutcomePtr m_outcome;
    std::map<std::string, bool> m_choices; // that differ from what the profile says, or did when they were made
    std::map<std::string, std::map<std::string, bool>> m_kept; // of files that are not shown now
    std::size_t m_current = 0;
    bool m_working = false;
};

} // namespace cupel::widgets
