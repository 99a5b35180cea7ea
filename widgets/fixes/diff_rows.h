// SPDX-License-Identifier: GPL-3.0-or-later
// The rows that a line diff is painted from, whatever it compares: a head per part, its lines, what is folded away, and
// notes about findings between them.
#pragma once

#include "analyzers/fixes/preview.h"
#include "analyzers/model/finding.h"

#include <QtCore/QString>

#include <cstddef>
#include <optional>
#include <vector>

class QModelIndex;

namespace cupel::widgets {

struct DiffRow {
    enum class Kind : std::uint8_t { Head, Line, Folded, Note };
    Kind kind = Kind::Line;
    std::size_t hunk = 0; // index of its part
    fixes::PreviewRow line; // of a line; `folded` of a fold
    bool leftOnly = false; // inline: the old line
    bool rightOnly = false; // inline: the new line
    std::size_t finding = 0; // of a note
    bool whole = false; // a long line of which all is shown
    std::vector<fixes::PreviewRow> hidden = {}; // what a fold can show; some of it may be folded for good
};

struct DiffHead {
    QString title;
    QString note;
    bool hasSwitch = false;
    Qt::CheckState state = Qt::Unchecked;
    std::optional<Severity> worst;
};

struct DiffNote {
    Severity severity = Severity::Info;
    QString word; // "New"
    QString text;
    QString place;
    bool fresh = false; // a plus, else a minus when `gone`, a tilde when `changed`
    bool gone = false;
    bool current = false;
    bool changed = false;
};

class DiffSource {
public:
    virtual ~DiffSource() = default;
    [[nodiscard]] virtual const DiffRow* diffRow(const QModelIndex& index) const = 0;
    [[nodiscard]] virtual DiffHead head(const DiffRow& row) const = 0;
    [[nodiscard]] virtual DiffNote note(const DiffRow& /*row*/) const { return {}; }
    [[nodiscard]] virtual bool isInline() const = 0;
};

// Adds the lines of one part: unchanged ones away from a change are folded when `folded`.
void addDiffLines(std::vector<DiffRow>& rows, std::size_t hunk, const std::vector<fixes::PreviewRow>& lines,
    bool oneColumn, bool folded);
// What a cut line leaves out, in words; empty for others.
[[nodiscard]] QString cutWords(const fixes::PreviewSide& side);
// All of a line that was cut, or that stands on one line of the screen; false: there is no more of it.
[[nodiscard]] bool showWhole(DiffRow& row);
// The rows in the place of a fold; empty: nothing is known of its lines.
[[nodiscard]] std::vector<DiffRow> unfolded(const DiffRow& row, bool oneColumn);
// A line read out: "line 4, removed: x = 1".
[[nodiscard]] QString spokenLine(const DiffRow& row);

} // namespace cupel::widgets
