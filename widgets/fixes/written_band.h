// SPDX-License-Identifier: GPL-3.0-or-later
// What was written, where exactly, and what is still to be done about it: below the preview until it is closed. Opens
// nothing itself; UI thread.
#pragma once

#include "widgets/common/outcome_band.h"

namespace cupel::widgets {

// What was decided about a file, where a copy of it was written.
struct TakenAlong {
    int taken = 0; // decisions that were written down for the copy as well
    // Findings that count as decided in the file, and that the copy will be asked about all the same:
    int elsewhere = 0; // it lies where no decision of the file's folder is read
    int otherwise = 0; // what is kept about the copy does not answer for them, or was taken away by hand
    int held = 0; // decisions that hold for the copy as they are: it has the very same values
};

struct WrittenFile {
    QString path; // of the copy; of the file itself when that was changed
    QString original;
    bool copy = true;
    bool meets = false; // the profile it was written for
    int remaining = 0; // words equal to a value that was taken out
    int below = 0; // findings that the profile's gates are about and let pass
    int credentials = 0; // taken out: they still work
    TakenAlong along = {};
    QString trouble; // nothing was written: which file, and why
    int wordsRemaining = 0; // words of a name that was taken out, standing alone
};

class WrittenBand : public OutcomeBand {
    Q_OBJECT
public:
    using OutcomeBand::OutcomeBand;
    void setFile(const WrittenFile& file);
    [[nodiscard]] const WrittenFile& file() const { return m_file; }

private:
    WrittenFile m_file;
};

} // namespace cupel::widgets
