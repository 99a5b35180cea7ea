// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/fixes/diff_rows.h"

#include "widgets/models/shown_text.h"

#include <QtCore/QCoreApplication>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <utility>

namespace cupel::widgets {

namespace {

using LineKind = fixes::PreviewRow::Kind;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(DiffModel)
};

void addLine(std::vector<DiffRow>& rows, std::size_t hunk, const fixes::PreviewRow& line, bool oneColumn)
{
    if (line.kind == LineKind::Folded || line.kind == LineKind::Cut) {
        rows.push_back({DiffRow::Kind::Folded, hunk, line, false, false, 0});
    } else if (oneColumn && line.kind == LineKind::Changed) {
        rows.push_back({DiffRow::Kind::Line, hunk, line, true, false, 0});
        rows.push_back({DiffRow::Kind::Line, hunk, line, false, true, 0});
    } else {
        rows.push_back({DiffRow::Kind::Line, hunk, line, false, false, 0});
    }
}

} // namespace

void addDiffLines(std::vector<DiffRow>& rows, std::size_t hunk, const std::vector<fixes::PreviewRow>& lines,
    bool oneColumn, bool folded)
{
    // One line of what is around is enough to find one's way.
    const auto nearChange = [&lines](std::size_t at) {
        const auto changed = [](const fixes::PreviewRow& row) {
            return row.kind != LineKind::Same && row.kind != LineKind::Folded;
        };
        return (at > 0 && changed(lines[at - 1])) || (at + 1 < lines.size() && changed(lines[at + 1]));
    };
    std::uint32_t count = 0;
    std::vector<fixes::PreviewRow> hidden;
    const auto flush = [&] {
        if (count > 0) {
            fixes::PreviewRow fold;
            fold.kind = LineKind::Folded;
            fold.folded = std::exchange(count, 0);
            addLine(rows, hunk, fold, oneColumn);
            const bool known =
                std::any_of(hidden.begin(), hidden.end(), [](const auto& line) { return line.kind == LineKind::Same; });
            rows.back().hidden = known ? std::exchange(hidden, {}) : std::vector<fixes::PreviewRow>();
            hidden.clear();
        }
    };
    for (std::size_t k = 0; k < lines.size(); ++k) {
        if (folded && lines[k].kind == LineKind::Same && !nearChange(k)) {
            ++count;
            hidden.push_back(lines[k]);
        } else if (lines[k].kind == LineKind::Folded) {
            count += lines[k].folded;
            hidden.push_back(lines[k]);
        } else {
            flush();
            addLine(rows, hunk, lines[k], oneColumn);
        }
    }
    flush();
}

std::vector<DiffRow> unfolded(const DiffRow& row, bool oneColumn)
{
    std::vector<DiffRow> rows;
    for (const auto& line : row.hidden) {
        addLine(rows, row.hunk, line, oneColumn);
    }
    return rows;
}

QString cutWords(const fixes::PreviewSide& side)
{
    if (side.cut == 0) {
        return {};
    }
    const auto count = static_cast<int>(std::min<std::uint64_t>(side.cut, std::numeric_limits<int>::max()));
    const auto words = side.whole.empty()
        ? Words::tr("%Ln character(s) not shown", nullptr, count)
        : Words::tr("%Ln character(s) not shown: click or press Enter", nullptr, count);
    const auto last = side.text.find_last_not_of(' ');
    const bool told = last != std::string::npos && std::string_view(side.text).substr(0, last + 1).ends_with("\u2026");
    return (told ? QStringLiteral(" ") : QStringLiteral(" \u2026 ")) + words;
}

bool showWhole(DiffRow& row)
{
    constexpr std::size_t oneLine = 40; // bytes: what is shorter fits on the screen
    const bool folds = row.line.kind == LineKind::Same && row.line.before.text.size() > oneLine;
    const bool cut = !row.line.before.whole.empty() || !row.line.after.whole.empty();
    if (row.kind != DiffRow::Kind::Line || row.whole || (!folds && !cut)) {
        return false;
    }
    row.whole = true;
    for (auto* side : {&row.line.before, &row.line.after}) {
        if (!side->whole.empty()) {
            side->text = std::exchange(side->whole, {});
            side->cut = side->beyond;
            side->spans.clear(); // they are places in the short text
            side->changed = {};
        }
    }
    return true;
}

namespace {

// What is too much to be listed: how much of it there is.
QString cutRowWords(const fixes::PreviewRow& row)
{
    const auto characters = std::max(row.before.cut, row.after.cut);
    const auto count = static_cast<int>(std::min<std::uint64_t>(characters, std::numeric_limits<int>::max()));
    const QString size = Words::tr("%Ln character(s)", nullptr, count);
    return row.folded == 0
        ? Words::tr("The comparison by lines ends here. What follows is not the same, and not shown: %1").arg(size)
        : Words::tr("The comparison ends here. %Ln more line(s) that differ are not shown: %1", nullptr,
              static_cast<int>(row.folded))
              .arg(size);
}

} // namespace

QString spokenLine(const DiffRow& row)
{
    if (row.line.kind == LineKind::Cut) {
        return cutRowWords(row.line);
    }
    if (row.kind == DiffRow::Kind::Folded) {
        const auto count = static_cast<int>(row.line.folded);
        return row.hidden.empty() ? Words::tr("%n unchanged line(s) not listed", nullptr, count)
                                  : Words::tr("%n unchanged line(s): click or press Enter", nullptr, count);
    }
    const auto before = shownText(row.line.before.text) + cutWords(row.line.before);
    const auto after = shownText(row.line.after.text) + cutWords(row.line.after);
    if (std::max(row.line.before.number, row.line.after.number) == 0) { // no line of its own: the name of an error
        return row.line.kind == LineKind::Same                   ? Words::tr("unchanged: %1").arg(before)
            : row.leftOnly || row.line.kind == LineKind::Removed ? Words::tr("removed: %1").arg(before)
            : row.rightOnly || row.line.kind == LineKind::Added  ? Words::tr("added: %1").arg(after)
                                                                : Words::tr("before: %1; after: %2").arg(before, after);
    }
    if (row.line.kind == LineKind::Same) {
        return Words::tr("line %1, unchanged: %2").arg(row.line.before.number).arg(before);
    }
    if (row.leftOnly || row.line.kind == LineKind::Removed) {
        return Words::tr("line %1, removed: %2").arg(row.line.before.number).arg(before);
    }
    if (row.rightOnly || row.line.kind == LineKind::Added) {
        return Words::tr("line %1, added: %2").arg(row.line.after.number).arg(after);
    }
    return Words::tr("line %1, before: %2; after: %3").arg(row.line.before.number).arg(before, after);
}

} // namespace cupel::widgets
