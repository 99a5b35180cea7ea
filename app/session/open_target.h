// SPDX-License-Identifier: GPL-3.0-or-later
// FILE[:cell[:line]] as it stands on a command line or in a deep link, made absolute.
#pragma once

#include <QtCore/QString>
#include <QtCore/QStringList>

#include <optional>
#include <vector>

namespace cupel::app {

struct OpenTarget {
    QString path; // absolute
    std::optional<unsigned> cell; // 0-based among all cells
    std::optional<unsigned> line; // 1-based in the cell, or in the file when there is no cell
    QString fingerprint; // of a finding, from a deep link
    friend bool operator==(const OpenTarget&, const OpenTarget&) = default;
};

// Cells count as findings name them, from 0. A file whose name really ends in ":3" wins. "cupel:" links are understood.
[[nodiscard]] OpenTarget parseTarget(const QString& text, const QString& workingFolder);
[[nodiscard]] std::vector<OpenTarget> parseTargets(const QStringList& texts, const QString& workingFolder);
// "cupel:/home/a/b.ipynb?cell=3&finding=..."
[[nodiscard]] QString deepLink(const OpenTarget& target);

} // namespace cupel::app
