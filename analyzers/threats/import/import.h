// SPDX-License-Identifier: GPL-3.0-or-later
// Threat models of other tools, read without believing them: wrong references, repeated ids and half files lose
// themselves, not the rest, and each is a note with its byte. Formats: Threat Dragon v1 and v2 (what the program
// writes, which is not what its schema says), Open Threat Model 0.1 and 0.2 as JSON and YAML, TM-BOM 1.0, Threagile
// YAML, pytm JSON, Threat Composer workspaces, tm7 of the Microsoft Threat Modeling Tool, and Cupel's own.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/base/bytes.h"
#include "analyzers/base/result.h"
#include "analyzers/threats/threat_model.h"

#include <string>
#include <string_view>
#include <vector>

namespace cupel::threats {

struct ImportNote {
    std::uint64_t offset = 0; // byte of the file
    std::string text; // one plain sentence without a full stop
};

struct Imported {
    ThreatModel model;
    FileFormat format = FileFormat::Cupel;
    std::vector<ImportNote> notes; // in the order of the file; at most mostNotes
    bool partial = false; // something of the file is not in the model, and nobody knows what
    std::vector<ImportNote> unread; // parts that a threat model of Cupel has no place for; at most mostNotes
    static constexpr std::size_t mostNotes = 200;
};

// The format is told by what is inside, never by the name. Errors name what the file is instead, or the byte at which
// reading ended.
[[nodiscard]] Result<Imported> importModel(ByteView bytes, Budget& budget);

} // namespace cupel::threats
