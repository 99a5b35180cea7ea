// SPDX-License-Identifier: GPL-3.0-or-later
// One line of the recents and the words about it. A plain value: the session fills it, the home page shows it.
#pragma once

#include "analyzers/model/finding.h"

#include <QtCore/QDateTime>
#include <QtCore/QMetaType>
#include <QtCore/QString>

#include <array>
#include <cstdint>

namespace cupel::widgets {

struct Recent {
    QString path; // what the intents carry
    QString place; // folder it is in, as shown: "~/projects/churn"; empty: taken from the path
    bool folder = false;
    QString format; // name of the format: "notebook"; empty for folders
    std::uint64_t artifacts = 0; // files looked at
    std::uint64_t incomplete = 0; // of these, read in part or not at all
    QString notJudged; // "code in Julia is not judged"; empty: all that was read was judged
    std::array<std::uint64_t, 5> bySeverity{}; // index: Severity; without those that were decided
    std::uint64_t settled = 0; // findings somebody decided about: they are still there
    std::uint64_t cells = 0;
    std::uint64_t outputs = 0;
    bool scanned = false; // the counts are those of a finished scan
    qint64 opened = 0; // seconds since 1970
    bool reachable = true;
    friend bool operator==(const Recent&, const Recent&) = default;
};

[[nodiscard]] QString recentName(const Recent& recent); // "churn-model.ipynb", "credit-scoring/"
[[nodiscard]] QString recentPlace(const Recent& recent);
[[nodiscard]] QString recentKind(const Recent& recent); // "Folder, 38 files"
[[nodiscard]] QString recentIcon(const Recent& recent);
[[nodiscard]] bool hasFindings(const Recent& recent);
// It was read and judged to its end, and nothing was found: only that may carry a tick.
[[nodiscard]] bool nothingLeft(const Recent& recent);
// What was checked when there are no findings, or why nobody knows; never "safe".
[[nodiscard]] QString recentState(const Recent& recent);
[[nodiscard]] QString recentAge(const Recent& recent, const QDateTime& now); // "Today 09:12", "Yesterday", "12 Nov"
[[nodiscard]] QString recentSentence(const Recent& recent, const QDateTime& now); // for screen readers

} // namespace cupel::widgets

Q_DECLARE_METATYPE(cupel::widgets::Recent)
