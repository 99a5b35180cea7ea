// SPDX-License-Identifier: GPL-3.0-or-later
// The file that keeps a folder's decisions, `.cupel/decisions.jsonl`: read with caution, because it comes with the
// folder, and changed so that nobody's lines are lost. Blocking; any thread.
#pragma once

#include "analyzers/model/analysis.h"
#include "analyzers/review/decisions.h"
#include "analyzers/review/picture_marks.h"

#include <QtCore/QSet>
#include <QtCore/QString>
#include <QtCore/QStringList>

#include <map>
#include <stop_token>
#include <string>
#include <vector>

namespace cupel::app {

// Null: the decision is taken away.
using DecisionChanges = std::map<review::DecisionId, review::DecisionPtr>;

// A decision and which text it has.
struct KeyedDecision {
    review::DecisionPtr decision;
    QString key;
};

struct DecisionFile {
    QString folder;
    std::vector<KeyedDecision> decisions; // in the order of their ids
    QSet<QString> keys; // of all of them
    QString trouble; // why it was not read; a sentence
};

[[nodiscard]] QString decisionPath(const QString& folder);
// The folder whose decisions are about `root`: itself, or the one a single file stands in.
[[nodiscard]] QString decisionFolder(const QString& root);
// All folders that may hold decisions about what lies in `root`: that one first, then those around and below it that
// have such a file, because somebody opened another part of the same files before.
[[nodiscard]] QStringList decisionFolders(const QString& root, const std::stop_token& stop);
// A digest of everything a decision says: another text is another decision.
[[nodiscard]] QString decisionKey(const review::Decision& decision);

// Why a note must not be written: it holds what looks like a credential, or it is too long. Empty: it may.
[[nodiscard]] QString noteTrouble(const QString& note);

// Whether a note repeats a value that findings of secrets or personal data stand for. Names of people do not count:
// notes say who was asked.
[[nodiscard]] bool repeatsValue(const QString& note, const Analysis& analysis);

[[nodiscard]] DecisionFile readDecisions(const QString& folder);
// Reads the file again, so that what others wrote meanwhile stays, and replaces it in one step. Empty: done, else a
// sentence.
[[nodiscard]] QString changeDecisions(const QString& folder, const DecisionChanges& changes);
// The same for the pictures that somebody has looked at, whose lines stand in the same file.
[[nodiscard]] QString changePictures(const QString& folder, const review::PictureMarkChanges& changes);

} // namespace cupel::app
