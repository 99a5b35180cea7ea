// SPDX-License-Identifier: GPL-3.0-or-later
// A text cut into lines, with its colours and the ranges findings stand on. Shared by the blocks that show parts of it.
#pragma once

#include "analyzers/model/finding.h"
#include "widgets/editor/ink.h"

#include <QtCore/QString>

#include <cstddef>
#include <unordered_map>
#include <vector>

namespace cupel::widgets {

// An exact range a finding stands on, in UTF-16 units.
struct Mark {
    int start = 0;
    int end = 0;
    std::size_t finding = 0; // index into Analysis::findings
    Severity severity = Severity::Info;
    bool also = false; // a further place: the finding is told at another of its marks
};

struct Line {
    int start = 0;
    int length = 0; // without its line end
    int number = 0; // 1-based; 0: goes on from the line before (a very long line is cut into pieces)
};

struct TextData {
    QString text;
    std::vector<Line> lines; // at least one
    std::vector<Span> spans; // sorted, disjoint
    std::vector<Mark> marks; // sorted by start
    int longestMark = 0;
    std::unordered_map<std::size_t, int> startOf; // the mark where a finding is told
    bool ascii = true; // no tabs either: every unit is one column

    [[nodiscard]] int lineAt(int unit) const; // index of the line that holds this unit
    void setMarks(std::vector<Mark> unsorted); // of each finding the mark where it is told stands first
};

// Cuts at \n, \r\n and \r; nothing is ever dropped.
[[nodiscard]] TextData splitLines(QString text, int firstLine = 1);

} // namespace cupel::widgets
