// SPDX-License-Identifier: GPL-3.0-or-later
// Progress of a scan on the standard error: a line that renews itself on a terminal, plain or JSON lines elsewhere.
#pragma once

#include "analyzers/engine/scan.h"
#include "app/cli/arguments.h"

#include <chrono>

namespace cupel::cli {

class ProgressLine {
public:
    explicit ProgressLine(const Arguments& arguments);
    void show(const engine::Progress& progress); // at most as often as the mode wants
    void finish(const engine::Progress& progress); // clears the line, or writes the last one

private:
    enum class Mode : std::uint8_t { None, Renewed, Plain, Json };
    void writeRenewed(const engine::Progress& progress);
    void writePlain(const engine::Progress& progress);
    void writeJson(const engine::Progress& progress);

    using Clock = std::chrono::steady_clock;
    Mode m_mode = Mode::None;
    Clock::time_point m_started = Clock::now();
    Clock::time_point m_last = m_started;
    bool m_drawn = false;
};

} // namespace cupel::cli
