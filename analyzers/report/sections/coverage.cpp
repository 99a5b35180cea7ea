// SPDX-License-Identifier: GPL-3.0-or-later
// What was looked at and, as plainly, what was not: files that could not be read to the end, findings that a comment in
// the file switched off, and repeats beyond the limit.
#include "analyzers/model/notes.h"
#include "analyzers/model/pictures.h"
#include "analyzers/report/sections/support.h"
#include "analyzers/report/text.h"

#include <algorithm>
#include <map>

namespace cupel::report::coverage {

namespace {

constexpr std::size_t rowLimit = 500;

std::string sentence(const Diagnostic& diagnostic)
{
    std::string text = oneLine(diagnostic.message);
    if (diagnostic.offset > 0) {
        text += " (byte " + grouped(diagnostic.offset) + ')';
    }
    return text;
}

Table gaps(const Input& input)
{
    Table table;
    table.header = {"File", "State", "Why"};
    table.weights = {5, 2, 8};
    table.mono = {false, false, false};
    for (const auto& [path, analysis] : input.workspace.analyses) {
        const std::string file = shortPath(input.workspace.roots, path);
        const std::string state =
            analysis->facts.status == ReadStatus::Complete ? "read" : std::string(toString(analysis->facts.status));
        std::size_t before = table.rows.size();
        for (const Diagnostic& diagnostic : analysis->facts.diagnostics) {
            if (diagnostic.level == DiagnosticLevel::Incomplete) {
                table.rows.push_back({file, state, sentence(diagnostic)});
            }
        }
        if (before == table.rows.size() && analysis->facts.status != ReadStatus::Complete) {
            table.rows.push_back({file, state, "Not read to the end"});
        }
        for (const Diagnostic& diagnostic : analysis->facts.diagnostics) {
            if (isCodeGap(diagnostic)) {
                table.rows.push_back({file, state, oneLine(diagnostic.message)});
            }
        }
        if (analysis->droppedFindings > 0) {
            table.rows.push_back({file, state,
                counted(analysis->droppedFindings, "finding", "findings") + " beyond the limit per rule"});
        }
    }
    return table;
}

Table switchedOff(const Input& input)
{
    Table table;
    table.header = {"Place", "Finding", "Rule"};
    table.weights = {6, 5, 5};
    table.mono = {false, false, true};
    for (const auto& [path, analysis] : input.workspace.analyses) {
        for (const Finding& finding : analysis->allowed) {
            table.rows.push_back({placeOf(input, finding.location), oneLine(finding.title), finding.rule});
        }
    }
    return table;
}

// Notes say why something was left out on purpose (images, for example); the same note is told once, with its count.
void addNotes(const Input& input, Section& section)
{
    std::map<std::string, std::pair<std::uint64_t, std::string>> notes; // by code: count, first message
    for (const auto& [path, analysis] : input.workspace.analyses) {
        for (const Diagnostic& diagnostic : analysis->facts.diagnostics) {
            if (diagnostic.level == DiagnosticLevel::Note && !isCodeGap(diagnostic)
                && diagnostic.code != codeNoRunNumbers) {
                auto& note = notes[diagnostic.code];
                if (note.first++ == 0) {
                    note.second = oneLine(diagnostic.message);
                }
            }
        }
    }
    if (notes.empty()) {
        return;
    }
    section.blocks.emplace_back(Heading{2, "Left out on purpose", "left-out", {}, -1});
    List list;
    for (const auto& [code, note] : notes) {
        list.items.push_back(
            {-1, note.second, note.first > 1 ? counted(note.first, "time", "times") : std::string(), {}});
    }
    section.blocks.emplace_back(std::move(list));
}

// What pictures show is not read.
std::string picturesToSee(const Input& input)
{
    const auto count = picturesOf(input);
    const auto left = count.waiting();
    if (left == 0) {
        return {};
    }
    const auto svg = drawingWords(count.all, count.drawings);
    return "What " + counted(left, "picture shows", "pictures show") + " is not read: a person has to look at "
        + (left == 1 ? "it" : "them") + " (Images in the window, Ctrl+8)" + (svg.empty() ? svg : "; " + svg)
        + (count.seen == 0 ? std::string(".")
                           : "; somebody has looked at " + grouped(count.seen) + " of " + grouped(count.all) + '.');
}

// Who answers for what pictures show. Whoever compares with the command line has to know what it counts.
void addWitnesses(const Input& input, Section& section)
{
    const auto count = picturesOf(input);
    if (count.seen == 0) {
        return;
    }
    section.blocks.emplace_back(Heading{2, "Pictures a person has looked at", "pictures-seen", {}, -1});
    List list;
    std::uint64_t named = 0;
    for (const PictureWitness& one : input.options.witnesses) {
        const auto pictures = std::min(one.pictures, count.seen - named); // never more than were counted
        if (pictures == 0) {
            continue;
        }
        named += pictures;
        list.items.push_back({-1,
            counted(pictures, "picture", "pictures") + ": looked at by "
                + (one.author.empty() ? "somebody who is not named" : oneLine(one.author))
                + (one.date.empty() ? "" : " on " + oneLine(one.date)),
            {}, {}});
    }
    if (named < count.seen) {
        list.items.push_back(
            {-1, counted(count.seen - named, "picture", "pictures") + ": looked at, nobody wrote down by whom and when",
                {}, {}});
    }
    section.blocks.emplace_back(std::move(list));
    section.blocks.emplace_back(Paragraph{"These marks were made in the window. They are kept with the decisions: the "
                                          "command line counts them where it is "
                                          "given that file.",
        Paragraph::Tone::Small});
}

} // namespace

Section build(const Input& input)
{
    Section section;
    const Totals totals = totalsOf(input.workspace);
    const std::uint64_t files = input.summary.artifacts;
    section.blocks.emplace_back(
        KeyValues{{{"Files read to the end", grouped(files - totals.notChecked) + " of " + grouped(files)},
                      {"Bytes understood", grouped(totals.understood) + " of " + grouped(totals.total)},
                      {"Cells", grouped(totals.cells)}, {"Outputs", grouped(totals.outputs)},
                      {"Switched off by a comment", grouped(totals.allowed)},
                      {"Not checked", grouped(totals.notChecked + totals.notJudged)}},
            2});
    section.blocks.emplace_back(Heading{2, "What was not checked", "not-checked", {}, -1});
    if (input.workspace.cancelled) {
        section.blocks.emplace_back(
            Paragraph{"The check was stopped before its end; files not listed in this report were not looked at.",
                Paragraph::Tone::Body});
    }
    if (input.workspace.timedOut) {
        section.blocks.emplace_back(Paragraph{
            "The check ran out of time; files not listed in this report were not looked at.", Paragraph::Tone::Body});
    }
    if (Table table = gaps(input); !table.rows.empty()) {
        addTable(section, std::move(table), rowLimit);
    } else if (!input.summary.incomplete) {
        section.blocks.emplace_back(Paragraph{"Every file was read to its end.", Paragraph::Tone::Body});
    }
    if (std::string words = picturesToSee(input); !words.empty()) {
        section.blocks.emplace_back(Paragraph{std::move(words), Paragraph::Tone::Body});
    }
    addWitnesses(input, section);
    if (Table table = switchedOff(input); !table.rows.empty()) {
        section.blocks.emplace_back(Heading{2, "Switched off by a comment in the file", "switched-off", {}, -1});
        addTable(section, std::move(table), rowLimit);
    }
    addNotes(input, section);
    return section;
}

} // namespace cupel::report::coverage
