// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/findings/checked_words.h"

#include "analyzers/formats/notebook/notebook_facts.h"
#include "analyzers/model/notes.h"
#include "analyzers/model/pictures.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QLocale>
#include <QtCore/QStringList>

#include <algorithm>
#include <set>
#include <string_view>

namespace cupel::widgets {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(CheckedWords)
};

struct Ratio {
    std::uint64_t part = 0;
    std::uint64_t whole = 0;
    void add(bool checked)
    {
        ++whole;
        part += checked ? 1 : 0;
    }
    [[nodiscard]] QString text(const QString& pattern) const
    {
        const QLocale locale;
        return pattern.arg(
            locale.toString(static_cast<qulonglong>(part)), locale.toString(static_cast<qulonglong>(whole)));
    }
};

} // namespace

QString notJudgedWords(const Workspace& workspace)
{
    std::set<std::string_view> kinds; // "Code in Julia is not judged: ..."
    int flawed = 0; // files
    for (const auto& [path, analysis] : workspace.analyses) {
        if (const auto* note = findNote(analysis->facts, codeNotJudged)) {
            kinds.insert(std::string_view(note->message).substr(0, note->message.find(':')));
        }
        flawed += findNote(analysis->facts, codePartlyJudged) ? 1 : 0;
    }
    if (kinds.empty() && flawed > 0) {
        return Words::tr("in %n file(s) not all code is judged: it is not valid", nullptr, flawed);
    }
    if (kinds.empty()) {
        return {};
    }
    const QString what = QString::fromUtf8(kinds.begin()->data(), static_cast<qsizetype>(kinds.begin()->size()));
    return kinds.size() == 1 ? what.left(1).toLower() + what.mid(1)
                             : Words::tr("code in %n languages is not judged", nullptr, static_cast<int>(kinds.size()));
}

QString waitingPictures(const Workspace& workspace, const review::LookedAt& lookedAt)
{
    std::uint64_t left = 0;
    for (const auto& [path, analysis] : workspace.analyses) {
        const auto looked = lookedAt.find(path);
        left += analysis->pictures - (looked == lookedAt.end() ? 0 : std::min(looked->second, analysis->pictures));
    }
    return left == 0 ? QString()
        : left == 1  ? Words::tr("one picture waits for a person's eyes")
                     : Words::tr("%n pictures wait for a person's eyes", nullptr,
                           static_cast<int>(std::min<std::uint64_t>(left, 1'000'000)));
}

CheckedWords checkedWords(const Workspace& workspace, const review::LookedAt& lookedAt)
{
    Ratio files;
    Ratio cells;
    Ratio outputs;
    std::uint64_t rules = 0;
    for (const auto& [path, analysis] : workspace.analyses) {
        const bool complete = analysis->facts.status == ReadStatus::Complete;
        files.add(complete);
        rules = std::max(rules, analysis->rulesRun);
        const formats::NotebookFacts* notebook = formats::notebookFacts(analysis->facts);
        if (notebook == nullptr) {
            continue;
        }
        // Of a notebook read in part only what became a region was seen by the rules.
        for (const formats::Cell& cell : notebook->cells) {
            cells.add(complete || cell.source >= 0);
            for (const formats::Output& output : cell.outputs) {
                outputs.add(complete || !output.regions.empty());
            }
        }
    }
    QStringList parts;
    if (files.whole != 1 || cells.whole == 0) {
        parts << files.text(Words::tr("%1 of %2 files"));
    }
    if (cells.whole > 0) {
        parts << cells.text(Words::tr("%1 of %2 cells")) << outputs.text(Words::tr("%1 of %2 outputs"));
    }
    CheckedWords words;
    words.checked = Words::tr("%1 checked with %2 rules.")
                        .arg(parts.join(QStringLiteral(", ")), QLocale().toString(static_cast<qulonglong>(rules)));
    if (workspace.cancelled || workspace.timedOut) {
        words.notChecked = Words::tr("No findings so far: the scan was stopped");
    } else if (files.part < files.whole) {
        const auto left = files.whole - files.part;
        words.notChecked = left == 1 ? Words::tr("No findings, but one file was not read completely")
                                     : Words::tr("No findings, but %n files were not read completely", nullptr,
                                           static_cast<int>(std::min<std::uint64_t>(left, 1'000'000)));
    }
    if (const QString left = notJudgedWords(workspace); words.notChecked.isEmpty() && !left.isEmpty()) {
        words.notChecked = Words::tr("No findings, but note: %1").arg(left);
    }
    if (const QString pictures = waitingPictures(workspace, lookedAt); !pictures.isEmpty()) {
        words.onlyPictures = words.notChecked.isEmpty();
        words.checked += u' '
            + (words.onlyPictures
                    ? Words::tr("Nothing here reads what pictures show: look at them in Images (Ctrl+8).")
                    : Words::tr("In Images (Ctrl+8) %1.", "3 pictures wait for a person's eyes").arg(pictures));
        if (std::any_of(workspace.analyses.begin(), workspace.analyses.end(),
                [](const auto& entry) { return drawingsIn(*entry.second) > 0; })) {
            words.checked +=
                u' ' + Words::tr("SVG is searched as text and not drawn there: its source says what it shows.");
        }
        if (words.onlyPictures) {
            words.notChecked = Words::tr("No findings, but %1", "3 pictures wait for a person's eyes").arg(pictures);
        }
    }
    return words;
}

} // namespace cupel::widgets
