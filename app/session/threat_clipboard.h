// SPDX-License-Identifier: GPL-3.0-or-later
// Parts of a threat model on the system's clipboard: in a form of their own, and as a text that people read. What is
// taken from there may come from any program.
#pragma once

#include "analyzers/threats/work/team_model.h"

#include <QtCore/QString>

#include <memory>
#include <optional>

class QMimeData;

namespace cupel::app {

// Without credentials that somebody wrote into it.
[[nodiscard]] std::unique_ptr<QMimeData> clipboardOf(const threats::ThreatModel& parts);

struct PastedParts {
    std::optional<threats::TeamModel> parts;
    QString trouble; // a sentence, where there are none
};
[[nodiscard]] PastedParts partsOn(const QMimeData* clipboard);

} // namespace cupel::app
