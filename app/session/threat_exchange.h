// SPDX-License-Identifier: GPL-3.0-or-later
// A threat model to and from files of other tools. Blocking; any thread.
#pragma once

#include "analyzers/threats/import/import.h"
#include "analyzers/threats/work/team_import.h"
#include "widgets/models/threat_state.h"

#include <QtCore/QByteArray>
#include <QtCore/QString>

#include <atomic>
#include <memory>
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

struct ThreatImportRequest {
    QString file;
    std::string prefix; // of the ids of what is added
    threats::Point corner; // where its upper left corner comes to
    std::shared_ptr<std::atomic<int>> percent; // how far it is, for whoever waits; may be null
};
struct ThreatImport {
    threats::TeamModel added; // all of it, as if somebody had drawn it
    threats::ImportCounts counts;
    QString format; // "Threat Dragon 2"
    bool partial = false; // something of the file is not in it
    QString trouble; // why it could not be read; a sentence
};
[[nodiscard]] ThreatImport readThreatFile(const ThreatImportRequest& request, const std::stop_token& stop);
// What of a file was not taken over, in words; empty: nothing.
[[nodiscard]] QString leftOutWords(const threats::LeftOut& left);
// Whether a text of the model looks like a credential. Looks through all of it; stopped: false.
[[nodiscard]] bool holdsCredential(
    const threats::TeamModel& team, const std::stop_token& stop, std::atomic<int>* percent = nullptr);

} // namespace cupel::app
