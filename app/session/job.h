// SPDX-License-Identifier: GPL-3.0-or-later
// What is going on and what went on, as values: the status bar and the drawer show them. UI thread.
#pragma once

#include <QtCore/QDateTime>
#include <QtCore/QString>

#include <cstdint>
#include <optional>

namespace cupel::app {

struct JobStatus {
    bool running = false;
    bool cancelling = false;
    bool visible = false; // after 300 ms: shorter jobs show nothing
    QString text; // "Checking files 120 of 312, about 4 s left"
    double fraction = -1; // 0 to 1; below 0: not known yet
};

struct JobRecord {
    enum class Outcome : std::uint8_t { Running, Done, Stopped, TimedOut, Failed };
    QString title;
    QDateTime started;
    double seconds = 0;
    Outcome outcome = Outcome::Running;
    QString summary;
};

struct ProgressInput {
    std::uint64_t done = 0;
    std::uint64_t total = 0;
    std::uint64_t doneBytes = 0;
    std::uint64_t totalBytes = 0;
    bool listing = false;
    double elapsed = 0; // seconds
};
// "0.4 s", "12 s"; a short time is no time of its own: "< 0.1 s".
[[nodiscard]] QString secondsText(double seconds);

// Verb, object, n of m; the time left only after 3 s and when the total is known.
[[nodiscard]] JobStatus describeProgress(const ProgressInput& input);

} // namespace cupel::app
