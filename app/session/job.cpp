// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/job.h"

#include <QtCore/QCoreApplication>

#include <QtCore/QLocale>

#include <algorithm>
#include <cmath>

namespace cupel::app {

namespace {

constexpr double showAfter = 0.3;
constexpr double guessAfter = 3.0;

QString translated(const char* text)
{
    return QCoreApplication::translate("Job", text);
}

QString timeLeft(double seconds)
{
    const int whole = std::max(1, static_cast<int>(std::lround(seconds)));
    return whole < 90 ? translated("about %1 s left").arg(whole)
                      : translated("about %1 min left").arg(static_cast<int>(std::lround(whole / 60.0)));
}

} // namespace

QString secondsText(double seconds)
{
    const int digits = seconds < 9.95 ? 1 : 0;
    return seconds < 0.095 ? translated("< %1 s").arg(QLocale().toString(0.1, 'f', 1))
                           : translated("%1 s").arg(QLocale().toString(seconds, 'f', digits));
}

JobStatus describeProgress(const ProgressInput& input)
{
    JobStatus status;
    status.running = true;
    status.visible = input.elapsed >= showAfter;
    if (input.listing && input.done == 0) {
        status.text = translated("Listing files, %1 so far").arg(input.total);
        return status;
    }
    status.text = translated("Checking files %1 of %2").arg(input.done).arg(input.total);
    if (input.listing || input.total == 0) {
        return status;
    }
    const double byFiles = static_cast<double>(input.done) / static_cast<double>(input.total);
    const double byBytes =
        input.totalBytes > 0 ? static_cast<double>(input.doneBytes) / static_cast<double>(input.totalBytes) : byFiles;
    status.fraction = std::clamp(byBytes, 0.0, 1.0);
    if (input.elapsed >= guessAfter && status.fraction > 0.02) {
        status.text += QStringLiteral(", ") + timeLeft(input.elapsed / status.fraction - input.elapsed);
    }
    return status;
}

} // namespace cupel::app
