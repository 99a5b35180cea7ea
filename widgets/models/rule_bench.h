// SPDX-License-Identifier: GPL-3.0-or-later
// Rules that users add to the threat model: the packs of the folder, and a rule that is being written and tried on the
// open model. What is tried, added or taken into use goes out as a wish; the session carries it out. UI thread.
#pragma once

#include "analyzers/threats/knowledge/rule_packs.h"

#include <QtCore/QObject>
#include <QtCore/QString>
#include <QtCore/QStringList>

#include <cstddef>
#include <string>
#include <vector>

namespace cupel::widgets {

struct RulePackInfo {
    QString name; // of its file
    QString key; // of its content
    int rules = 0; // that are sound
    bool counts = false; // its rules are asked; else it came with the folder and waits
    QStringList troubles; // "line 4: ..."
    friend bool operator==(const RulePackInfo&, const RulePackInfo&) = default;
};

struct RuleHit {
    std::string part; // id; empty: the model as a whole
    bool assumed = false; // only because something is not known
    threats::EvidenceState evidence = threats::EvidenceState::Unknown;
    std::vector<threats::Reason> why;
};

struct RuleTrial {
    QString trouble; // what is wrong with the rule; empty: it was asked
    std::vector<RuleHit> hits;
};

class RuleBench : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;
    void setPacks(std::vector<RulePackInfo> packs);
    [[nodiscard]] const std::vector<RulePackInfo>& packs() const { return m_packs; }
    void ask(const threats::RuleDraft& draft); // of the open model; again with each that comes
    void askAgain();
    void setTrial(RuleTrial trial);
    [[nodiscard]] const RuleTrial& trial() const { return m_trial; }
    void add(const threats::RuleDraft& draft, const QString& pack); // without an id: it gets one
    void use(const QString& pack);

Q_SIGNALS:
    void packsChanged();
    void tried();
    void added(const QString& rule); // its id
    void trialWanted(const cupel::threats::RuleDraft& draft);
    void addWanted(const cupel::threats::RuleDraft& draft, const QString& pack);
    void useWanted(const QString& pack);

private:
    std::vector<RulePackInfo> m_packs;
    threats::RuleDraft m_draft;
    RuleTrial m_trial;
};

} // namespace cupel::widgets
