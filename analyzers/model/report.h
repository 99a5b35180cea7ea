// SPDX-License-Identifier: GPL-3.0-or-later
// A report as plain blocks. Writers (HTML, Markdown) and the PDF painter render the same value; text is redacted
// before it gets here.
#pragma once

#include "analyzers/model/drawing.h"
#include "analyzers/model/finding.h"

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace cupel::report {

struct Heading {
    int level = 1; // 1 section, 2 finding, 3 inside
    std::string text;
    std::string anchor; // unique in the report, [a-z0-9-]
    std::string note; // small text at the right (rule id)
    int severity = -1; // Severity, or -1: no shape before the heading
    // NOLINTNEXTLINE(readability-redundant-member-init): lets a heading be written down without it
    std::string where = {}; // which of several files it is about: contents name it, the heading has it below
};
struct Paragraph {
    std::string text;
    enum class Tone : std::uint8_t { Body, Small, Muted } tone = Tone::Body;
};
struct CodeLine {
    std::string number; // may be empty
    std::string text;
    std::vector<ByteRange> marks; // byte ranges of `text` to underline
};
struct Code {
    std::vector<CodeLine> lines;
    int severity = -1; // colour of the marks
};
struct Verdict {
    int severity = -1; // worst, -1: nothing found
    bool incomplete = false; // not read to the end, or something stays although it was let pass: no green sign
    std::string title; // "Not fit to share as it is"
    std::string text;
};
struct Counts {
    std::uint64_t bySeverity[5] = {};
};
struct KeyValues {
    std::vector<std::pair<std::string, std::string>> rows;
    int columns = 2;
};
struct Table {
    std::vector<std::string> header;
    std::vector<std::vector<std::string>> rows;
    std::vector<int> weights; // relative column widths
    std::vector<bool> mono; // columns in the code font
};
struct ListItem {
    int severity = -1;
    std::string text;
    std::string note;
    std::string anchor; // link target, may be empty
};
struct List {
    std::vector<ListItem> items;
};

using Block = std::variant<Heading, Paragraph, Code, Verdict, Counts, KeyValues, Table, List, Drawing>;

struct Section {
    std::string id; // "summary"
    std::string title; // "Summary and verdict"
    std::vector<Block> blocks;
    bool ownPage = false; // begins a page on paper, whatever room is left
};

struct Document {
    std::string title; // "Audit report"
    std::string subject; // "churn project"
    std::string scope; // "1 notebook, 1 script"
    std::string date; // ISO, or empty: not dated (reproducible)
    std::string language = "en";
    std::string digest; // SHA-256 over the digests of what was examined
    std::vector<Section> sections;
};

} // namespace cupel::report
