// SPDX-License-Identifier: GPL-3.0-or-later
// A scan of the standard input, with the members of a container that comes through it. One thread of its own, drained
// by the main thread the same way as engine::Scan.
#pragma once

#include "analyzers/engine/scan.h"

#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace cupel::cli {

class StdinScan {
public:
    StdinScan(std::string name, ScanOptions options);
    ~StdinScan();
    StdinScan(const StdinScan&) = delete;
    StdinScan& operator=(const StdinScan&) = delete;

    [[nodiscard]] engine::Progress progress() const;
    [[nodiscard]] std::vector<AnalysisPtr> drain() { return m_results.drain(); }
    [[nodiscard]] std::vector<AnalysisPtr> waitAndDrain(std::chrono::milliseconds timeout)
    {
        return m_results.waitAndDrain(timeout);
    }
    void cancel();

private:
    void run(std::stop_token token);
    void analyzeAll(Artifact first, Budget& budget);
    void post(Analysis analysis);

    std::string m_name;
    ScanOptions m_options;
    std::optional<Budget::Clock::time_point> m_deadline;
    Mailbox<AnalysisPtr> m_results;
    mutable std::mutex m_mutex;
    engine::Progress m_progress;
    std::jthread m_thread; // last: joined before the rest goes
};

} // namespace cupel::cli
