// SPDX-License-Identifier: GPL-3.0-or-later
// `cupel scan` for people: findings by file with their redacted line, what to do, and at the end what was not looked
// at. Severity is a word and a shape; colour only adds to it. Bytes of a file never reach the terminal as controls.
#pragma once

#include "analyzers/base/words.h"
#include "analyzers/report/writers/json_records.h"

namespace cupel::report {

struct TextStyle {
    bool colour = false;
    std::size_t width = 100; // columns to wrap sentences at
    bool brief = false; // one line per finding and nothing else
    bool verbose = false; // files without findings, notes and all evidence too
};

// ANSI sequences when `colour`, nothing otherwise.
class Paint {
public:
    explicit Paint(bool colour)
        : m_colour(colour)
    {
    }
    [[nodiscard]] std::string severity(Severity severity) const; // shape and word
    [[nodiscard]] std::string bold(std::string_view text) const { return code("1", text); }
    [[nodiscard]] std::string dim(std::string_view text) const { return code("2", text); }
    [[nodiscard]] std::string tinted(Severity severity, std::string_view text) const;

private:
    [[nodiscard]] std::string code(std::string_view sequence, std::string_view text) const;
    bool m_colour;
};

[[nodiscard]] std::string_view shape(Severity severity); // one column wide
using cupel::humanBytes;
[[nodiscard]] std::string counted(std::uint64_t count, std::string_view noun); // "1 file", "2 files"
// "fix these first": the first sentence or line of a longer text.
[[nodiscard]] std::string firstSentence(std::string_view text);

void writeText(const Workspace& workspace, const RunInfo& run, const TextStyle& style, const TextSink& sink);

} // namespace cupel::report
