// SPDX-License-Identifier: GPL-3.0-or-later
// A threat model of another tool that is worked on in its own file: reading it, what was not saved the last time, and
// saving it in its own form. Blocking; any thread.
#pragma once

#include "analyzers/base/bytes.h"
#include "analyzers/threats/work/file_model.h"

#include <QtCore/QByteArray>
#include <QtCore/QString>
#include <QtCore/QStringList>

#include <memory>
#include <optional>
#include <stop_token>
#include <string>

namespace cupel::app {

struct ThreatDocument {
    QString path;
    std::string bytes; // as it was opened: what is saved is always made of these
    QByteArray digest;
    threats::FileModel file;
    QString format; // "Threat Dragon 2"
    bool holdsCredential = false;
};
using ThreatDocumentPtr = std::shared_ptr<const ThreatDocument>;

struct OpenedThreats {
    ThreatDocumentPtr document; // null: `trouble` says why
    threats::TeamModel team; // what it says, with what was not saved the last time
    bool restored = false;
    bool shortened = false; // its history no longer tells all of what was there before
    QString aside; // file with what was not saved and is of another state of the file; empty: none
    QString trouble; // a sentence
};
// By a quick look: whether it is worth opening as one.
[[nodiscard]] bool looksLikeThreatDocument(const QString& path);
[[nodiscard]] OpenedThreats openThreatDocument(const QString& path, const QString& draft, const std::stop_token& stop);

struct ThreatSave {
    ThreatDocumentPtr document;
    threats::TeamModel team;
    QByteArray onDisk; // digest of the file as it was last seen
    bool anyway = false; // although not all of it can be said
};
struct ThreatSaved {
    threats::TeamModel team; // that was asked for
    QByteArray digest; // of the file now; empty: it was not written
    QStringList lost; // what its form cannot say, when that was the reason
    QString trouble; // a sentence
};
[[nodiscard]] ThreatSaved saveThreatDocument(const ThreatSave& request, const std::stop_token& stop);

// What is not saved yet, kept beside the settings, so that nothing is lost when the window ends. It counts only for the
// file that it was made of. Where it would be too long to be read again, its history says less of what was there
// before.
[[nodiscard]] QString draftPath(const QString& stateFolder, const QString& file);
// nullopt: it would be too long all the same.
[[nodiscard]] std::optional<QByteArray> draftOf(const QByteArray& onDisk, const threats::TeamModel& team);

} // namespace cupel::app
