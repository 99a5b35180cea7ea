// SPDX-License-Identifier: GPL-3.0-or-later
// The packs of threat rules that lie in a folder, `.cupel/threat-rules/*.tsv`. They may have come with it: one counts
// when it was written here or the user said yes to its content. Blocking; any thread.
#pragma once

#include "analyzers/threats/knowledge/rule_packs.h"
#include "app/session/decision_trust.h"
#include "widgets/models/rule_bench.h"

#include <QtCore/QString>

#include <vector>

namespace cupel::app {

[[nodiscard]] QString packFolder(const QString& folder);
// Names, sizes and times of the packs: when it is another text, one of them was changed.
[[nodiscard]] QString packStamp(const QString& folder);

struct FolderPacks {
    threats::RuleSet set; // with the rules of those that count
    std::vector<widgets::RulePackInfo> packs;
};
[[nodiscard]] FolderPacks readPacks(const QString& folder, const DecisionTrust& trust);

struct AddedRule {
    QString rule; // its id
    QString key; // of the pack as it is now
    QString trouble; // a sentence; empty: it was added
};
// `pack`: the name of a pack that counts, or of a new one.
[[nodiscard]] AddedRule addRule(
    const QString& folder, const QString& pack, threats::RuleDraft draft, const DecisionTrust& trust);

} // namespace cupel::app
