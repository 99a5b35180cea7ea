// SPDX-License-Identifier: GPL-3.0-or-later
// A threat model to and from files of other tools. Blocking; any thread.
#pragma once

#include "analyzers/threats/import/import.h"
#include "widgets/models/threat_state.h"

#include <QtCore/QByteArray>
#include <QtCore/QString>

#include <stop_token>

namespace cupel::app {

enum class ThreatFormat : std::uint8_t { ThreatDragon, Otm, TmBom, Csv, Mermaid, AtlasLayer, Json, Svg };

struct ThreatExport {
    widgets::ThreatReadingPtr reading;
    ThreatFormat format = ThreatFormat::ThreatDragon;
    QString title;
    QString file;
};
// As it is drawn, with what people made of it. Empty: not written, and what stood there stays; else its path.
enum class ThreatWritten : std::uint8_t { Done, Failed, HoldsCredential };
[[nodiscard]] ThreatWritten writeThreats(const ThreatExport& request, const std::stop_token& stop);

struct ThreatImport {
    threats::ThreatModel model; // with places
    QString format; // "Threat Dragon 2"
    bool partial = false; // something of the file is not in it
    QString trouble; // why it could not be read; a sentence
};
[[nodiscard]] ThreatImport readThreatFile(const QString& file, const std::stop_token& stop);

} // namespace cupel::app
