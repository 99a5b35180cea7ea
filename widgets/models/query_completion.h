// SPDX-License-Identifier: GPL-3.0-or-later
// What could be typed next in the query line, from its keys, their values and what the workspace holds.
#pragma once

#include <QtCore/QString>
#include <QtCore/QStringList>

#include <vector>

namespace cupel::widgets {

struct QueryVocabulary {
    QStringList rules; // ids that occur, sorted
    QStringList files; // paths, sorted
    QStringList classes; // sorted
};

struct QueryCompletion {
    QString text; // replaces `length` characters at `start`
    QString note; // what it means
    int start = 0;
    int length = 0;
};

// Candidates for the token that ends at or holds `cursor`, best first, at most 50.
[[nodiscard]] std::vector<QueryCompletion> completeQuery(
    const QString& query, int cursor, const QueryVocabulary& vocabulary);

} // namespace cupel::widgets
