// SPDX-License-Identifier: GPL-3.0-or-later
// A scan of files and folders on a pool of worker threads. Results stream through a mailbox; progress is a value to be
// sampled; cancel answers at once and keeps what is done. Owned and drained by one thread (the UI, the CLI loop).
#pragma once

#include "analyzers/base/mailbox.h"
#include "analyzers/model/analysis.h"
#include "analyzers/model/options.h"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace cupel::engine {

struct Progress {
    std::uint64_t doneArtifacts = 0;
    std::uint64_t knownArtifacts = 0; // grows while folders are listed and containers opened
    std::uint64_t doneBytes = 0;
    std::uint64_t knownBytes = 0;
    bool listing = false; // still walking folders
    bool finished = false;
    bool cancelled = false;
    bool timedOut = false;
    std::string current; // path of a file being looked at
};

class FlowShelf;

class Scan {
public:
    // Starts at once. `paths` are files or folders as the user gave them. `flows`: what earlier scans of the same
    // workspace know of files that this one does not read; null: nothing.
    Scan(std::vector<std::string> paths, ScanOptions options, std::shared_ptr<FlowShelf> flows = nullptr);
    ~Scan(); // cancels and joins
    Scan(const Scan&) = delete;
    Scan& operator=(const Scan&) = delete;

    [[nodiscard]] Progress progress() const;
    // Analyses finished since the last call, in no particular order; with ScanOptions::early a file may come twice, the
    // provisional one first.
    [[nodiscard]] std::vector<AnalysisPtr> drain();
    // Waits up to `timeout` for new ones.
    [[nodiscard]] std::vector<AnalysisPtr> waitAndDrain(std::chrono::milliseconds timeout);
    void cancel(); // returns at once; finished becomes true within 200 ms
    // Waits for the end, returns all not yet drained.
    [[nodiscard]] std::vector<AnalysisPtr> wait();

private:
    struct State;
    std::unique_ptr<State> m_state;
};

// The whole of it in one call.
[[nodiscard]] Workspace scanAll(std::vector<std::string> paths, ScanOptions options);

} // namespace cupel::engine
