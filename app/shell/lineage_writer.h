// SPDX-License-Identifier: GPL-3.0-or-later
// Writes the whole lineage in the forms of `cupel lineage -f`, by the same writers, and offers them in the dialog that
// asks for a picture. On a thread of its own.
#pragma once

#include "analyzers/lineage/lineage_graph.h"

#include <QtCore/QString>

#include <functional>

class QFileDialog;

namespace cupel::app {

class Session;

struct LineageFile {
    enum class Format : std::uint8_t { Picture, Dot, Mermaid, GraphMl, OpenLineage, Prov, Csv, Json };
    Format format = Format::Picture;
    lineage::LineageGraphPtr graph;
    QString file;
};

// After those of pictures.
void offerLineageFormats(QFileDialog& dialog, const QString& name);
// What was chosen; where the name of the file says something else, that counts.
[[nodiscard]] LineageFile::Format lineageFormat(const QString& filter, const QString& file);
// False: nothing was written, and what stood there stays. Pictures are written by somebody else.
[[nodiscard]] bool writeLineage(const LineageFile& wanted);
// In the background; `done` is called on this thread.
void writeLineageSoon(Session& session, LineageFile wanted, std::function<void(bool written)> done);

} // namespace cupel::app
