// SPDX-License-Identifier: GPL-3.0-or-later
// Where results go: the standard output, or a file that appears complete or not at all.
#pragma once

#include "analyzers/report/writers/json_stream.h"

#include <memory>
#include <string>

namespace cupel::cli {

class Output {
public:
    virtual ~Output() = default;
    [[nodiscard]] report::TextSink sink();
    // Nothing more can be written: finish() says why.
    [[nodiscard]] virtual bool failed() const = 0;
    // Ends the output. Empty when all is written, else one sentence saying what went wrong.
    [[nodiscard]] virtual std::string finish() = 0;

protected:
    virtual void write(std::string_view text) = 0;
};

// Nobody reading any more (EPIPE) counts as written.
[[nodiscard]] std::unique_ptr<Output> standardOutput();

// A regular file is written under a temporary name beside it and renamed when it is complete and on disk; devices and
// pipes are written directly. On failure returns null and says why in `error`.
[[nodiscard]] std::unique_ptr<Output> fileOutput(const std::string& path, std::string& error);

// What speaks against writing `path`, before the work is done; empty when nothing does.
[[nodiscard]] std::string cannotWrite(const std::string& path);
// The same for a report: it takes the place of none of the files that are looked at.
[[nodiscard]] std::string cannotWrite(const std::string& path, const std::vector<std::string>& inputs);

} // namespace cupel::cli
