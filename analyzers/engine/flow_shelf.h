// SPDX-License-Identifier: GPL-3.0-or-later
// What the files of a workspace have to do with each other: keeps of each what matters to others, and says what only
// several show together, at the call that loads it. Shared by the threads of a scan, and by scans that follow each
// other.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/lineage/flow_piece.h"
#include "analyzers/model/analysis.h"
#include "analyzers/model/options.h"

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace cupel::engine {

// What `analyze` leaves of one file: its places are evidence already, redacted like everything of that file.
struct FlowNotes {
    lineage::FlowHint hint;
    lineage::FlowPiece piece; // once it was followed
    std::vector<Evidence> places; // in the order of rules::flows::placesOf
    bool followed = false; // the piece is known
    bool placed = false; // and its places
};
using FlowNotesPtr = std::shared_ptr<const FlowNotes>;

// What a finding that several files show together is known by. `seed`: the fingerprint of what is said of the same call
// alone, with which it moves whatever the other files do, else the line as it is shown.
[[nodiscard]] std::string crossingFingerprint(std::string_view rule, std::string_view seed);

class FlowShelf {
public:
    // Null: the file has nothing of the kind any more.
    void put(const std::string& path, FlowNotesPtr notes);
    // Whether something may be said about the file when all others are known.
    [[nodiscard]] static bool mayAwait(const FlowNotesPtr& notes) { return notes && notes->hint.harmed; }
    // Follows what these have to do with other files, and adds what was found to copies of them; those without anything
    // new are left as they are. Files that share names with them are followed once more, without being judged; those
    // that a finding is about are judged once more, for what may be shown of them. Most workspaces have none.
    void complete(std::vector<AnalysisPtr>& analyses, const ScanOptions& options, Budget& budget);

private:
    // Those that share names, over any number of steps, with one of `paths`, when one of them fetches something.
    [[nodiscard]] std::vector<std::string> toFollow(const std::vector<std::string>& paths) const;
    void follow(const std::string& path, Budget& budget);
    void findPlaces(const std::string& path, const ScanOptions& options, Budget& budget);
    [[nodiscard]] std::vector<FlowNotesPtr> followed() const;

    mutable std::mutex m_mutex;
    std::map<std::string, FlowNotesPtr> m_notes; // by path
};

} // namespace cupel::engine
