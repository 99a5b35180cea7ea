// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shell/help_topics.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QVariant>
#include <QtWidgets/QWidget>

#include <algorithm>

namespace cupel::app {

namespace {

constexpr const char* topicProperty = "helpTopic";

#define WORDS(text) QT_TRANSLATE_NOOP("Help", text)

constexpr const char* homeText[] = {
    WORDS(
        "Start here: open a notebook, a script, a zip archive or a folder of them, or drop it anywhere on the window. "
        "What is inside is detected by content, not by name. Nothing you open is ever run."),
    WORDS(
        "Below are the last reviews with what was found. One that cannot be reached stays in the list; Locate finds it "
        "again. A right click copies its path or takes it off the list."),
};
constexpr const char* homeActions[] = {"file.open", "file.openFolder", "file.sample", "edit.clearRecents"};
constexpr HelpKey homeKeys[] = {
    {"Enter", WORDS("Open the marked review")},
    {"Shift", WORDS("While dropping: add to the open review instead of opening a new one")},
};
constexpr const char* homeNext[] = {"review", "palette", "safety"};

constexpr const char* reviewText[] = {
    WORDS("At the left are the findings, worst first. The middle shows the file as it would be read, outputs included, "
          "with each finding under its line. The right says what happens, what it is based on and how to fix it."),
    WORDS("A file that changes on disk is checked again by itself, and only that file; what you had chosen stays. The "
          "settings can switch that off."),
    WORDS(
        "Secrets are masked everywhere. While you hold R in the notebook they are shown, and the log keeps that it was "
        "done. In a narrow window the panels float above the notebook and Esc closes them."),
};
constexpr const char* reviewActions[] = {"finding.next", "finding.previous", "finding.explain", "finding.triage",
    "finding.threats", "edit.copyMarkdown", "edit.filter", "review.group", "cell.next", "cell.previous", "cell.fold",
    "file.next", "file.previous", "review.scan", "view.navigator", "view.inspector"};
constexpr HelpKey reviewKeys[] = {
    {"Enter", WORDS("Open the finding, or the cell as text to search and select in")},
    {"R", WORDS("Show masked values, while held")},
};
constexpr const char* reviewNext[] = {
    "filter", "triage", "model", "lineage", "threats", "images", "compare", "share", "report", "drawer"};

constexpr const char* filterText[] = {
    WORDS("Plain words look in title, message and excerpt. Terms say more: all of them must hold, a minus turns one "
          "around, commas give alternatives, * and ? stand for any text. The line under the field says in words what "
          "the filter does, and Next and Previous follow it."),
};
constexpr const char* filterActions[] = {"edit.filter", "edit.clearFilter", "review.group"};
constexpr HelpKey filterKeys[] = {
    {"sev>=high", WORDS("High and critical ones")},
    {"part:output -conf:possible", WORDS("In outputs, without the doubtful ones")},
    {"rule:CUP-SEC-AWS*", WORDS("Of rules whose id begins so")},
    {"is:open", WORDS("Nobody decided about them, or not any more")},
    {"file:train cell:4-9", WORDS("In cells 4 to 9 of files with that name")},
};
constexpr const char* filterNext[] = {"review", "keys"};

constexpr const char* triageText[] = {
    WORDS(
        "Triage says why a finding may stay: a reason, a note, who decided it and until when. A decided finding is "
        "muted, counts no more and stops no file from being shared; everything stays in the list unless you hide it."),
    WORDS(
        "Decisions are lines of text in .cupel/decisions.jsonl beside what was opened, so that they can be shared and "
        "compared; those in folders around and below it are read as well. When the code under a finding or what that "
        "is given changes, or the day has passed, the finding is open again. Decisions that came with a folder count "
        "only after you said so. A note that holds a credential is refused; scans leave that one file out."),
};
constexpr const char* triageActions[] = {"finding.triage", "finding.untriage", "finding.mark", "finding.markRange",
    "review.openOnly", "review.askDecisions", "edit.undo", "edit.redo"};
constexpr HelpKey triageKeys[] = {
    {"1", WORDS("The first reason, and so on up to 5")},
    {"Enter", WORDS("Decide")},
    {"Ctrl+A", WORDS("In the list: choose all that are shown")},
    {"Esc", WORDS("Leave it as it was; in the list: drop all marks")},
};
constexpr const char* triageNext[] = {"review", "filter", "share"};

constexpr const char* modelText[] = {
    WORDS("Model files taken apart without loading them: checkpoints, pickles, arrays and their members. The cards "
          "answer "
          "what one asks before loading a file; a part that could not be read makes every answer careful."),
    WORDS(
        "Opcodes, the program they make, the objects it builds and the bytes share one selection: choose a line in one "
        "and the others follow. Next and Previous go from finding to finding. The strip below accounts for every "
        "byte."),
    WORDS("Graph draws the operations of a model. What belongs together is one group until you open it; a sign marks "
          "what a finding is about. The list shows the same operations as rows."),
    WORDS("An answer that a finding stands behind leads to it: by a click, or by Tab, the arrows and Enter. Enter on a "
          "tensor whose numbers stand in another member opens that member."),
    WORDS("A stripped copy leaves out what you tick: hidden bytes, chat templates with a finding, metadata. The file "
          "itself stays as it is."),
};
constexpr const char* modelActions[] = {"go.model", "model.convert", "model.strip", "finding.next", "finding.previous",
    "finding.triage", "view.navigator", "view.inspector", "go.review"};
constexpr HelpKey modelKeys[] = {
    {"Ctrl+C", WORDS("Copy the line that is chosen, with what is secret masked")},
    {"Enter",
        WORDS("In the list of members: open the member; in the metadata: read the whole value; in the graph: open the "
              "group")},
    {"Left", WORDS("In the objects: fold; Right unfolds")},
    {"/", WORDS("Find a tensor by its name, or words in the objects; in the list of files: find a file by its path")},
    {"Backspace", WORDS("In the graph: fold the group around the operation")},
    {"[", WORDS("In the graph: light up what the operation depends on; ] what depends on it")},
    {"s", WORDS("In the graph: light up the ways between the chosen operations")},
    {"0", WORDS("In the graph: show all of it; + and - change its size, M hides the overview")},
};
constexpr const char* modelNext[] = {"review", "triage", "report"};

constexpr const char* lineageText[] = {
    WORDS("What data flows where: files, tables and remote places, the cells that read and write them, and the models "
          "that come of it. Cupel reads the code for it and runs nothing. A dashed line is a guess; where a limit was "
          "met the line above the drawing says so."),
    WORDS("Choose a node and trace it: all that it depends on and all that it affects is shown and stands at the left. "
          "Two nodes give the way between them, step by step, with the reason for each. What is reached is the same "
          "however much is folded. Notebooks and cells open and fold; Table and Tree show the same "
          "in rows."),
    WORDS("The search field takes words, and kind:model, file:train*, role:test, with:personal, severity:high or "
          "sev>=medium, a minus in front for the "
          "opposite, and up:2 or down:all for the steps that come along: kind:model up:2 file:train*. Kinds are data, "
          "code, "
          "model and outside, or finer ones like variable and split. Enter in the field shows the next node that is "
          "found, and opens the groups "
          "it stands in."),
    WORDS("A node that stands free can be dragged: it stays there, with a needle in its corner, until it is let go. "
          "What is shown "
          "can be saved under a name. Both are kept in .cupel/lineage.jsonl in the folder, and can be undone."),
    WORDS("The bar below has the cells in the order in which they stand, or in which they were run as far as that is "
          "recorded: another graph where the two differ, and what only one of them has says so. What came later than "
          "the knob is dimmed; a triangle marks a cell that ran out of order."),
};
constexpr const char* lineageActions[] = {"go.lineage", "lineage.trace", "lineage.slice", "lineage.next",
    "lineage.previous", "lineage.all", "lineage.why", "lineage.pin", "lineage.views", "lineage.fit", "lineage.map",
    "lineage.export", "edit.filter", "view.navigator", "view.inspector", "go.review"};
constexpr HelpKey lineageKeys[] = {
    {"Right", WORDS("Along an edge; Up and Down go to the neighbour in the column")},
    {"Shift+Click", WORDS("Choose one more node")},
    {"Enter", WORDS("Open the group, or go to the code; on a chosen edge to the code that draws it")},
    {"Backspace", WORDS("Fold the notebook or cell around the node")},
    {"Esc", WORDS("Take the path away, then the selection")},
    {"0", WORDS("Show all of it; + and - change its size, M hides the map")},
};
constexpr const char* lineageNext[] = {"review", "model", "report"};

constexpr const char* threatsText[] = {
    WORDS("What can go wrong: Cupel draws what it saw in code and files as elements, flows and trust zones, and asks "
          "its rules. "
          "Each threat says why it is there and which findings confirm it; what the scan refutes is folded away. "
          "Nothing is run."),
    WORDS("Work on the model: drag from the edge of an element to draw a flow, drag its middle to move it, draw zones, "
          "and "
          "change everything in the fields at the right. What the scan makes and you hide comes back from the list of "
          "elements; what it newly finds waits there."),
    WORDS("Decide about one threat after the other; what needs a reason asks for it. Decisions are kept in the folder "
          "as text, "
          "and a new scan never overwrites them: it only says what to look at again."),
    WORDS(
        "Behind the tabs beside the list: ways of attack, each marked in the drawing when it is chosen, and frameworks "
        "with what answers each item. Once the model was made, the report has all of it."),
    WORDS(
        "Under \u201cRules\u201d a condition is tried on the open model as it is typed, with where it fires and why, "
        "and "
        "added to a pack of your own: tables in .cupel/threat-rules. Packs that came with a folder are asked once you "
        "say so. How far the scan folds what is alike is a slider above the drawing; what is folded away of threats is "
        "listed, with its reason, from below their list."),
    WORDS(
        "A file of Threat Dragon 2 or an Open Threat Model can be worked on in its own form: saving changes only what "
        "you changed, and says beforehand what that form has no words for. All of it can become part of the model of "
        "the folder instead."),
};
constexpr const char* threatsActions[] = {"go.threats", "threats.again", "threats.fit", "threats.write",
    "threats.risks", "threats.questions", "threats.whatif", "threats.history", "threats.rules", "threats.present",
    "threats.import", "threats.open", "threats.save", "threats.takeOver", "threats.leave", "threats.export",
    "edit.filter", "edit.undo", "view.navigator", "view.inspector", "go.review"};
constexpr HelpKey threatsKeys[] = {
    {"J", WORDS("Next threat; K the one before")},
    {"A", WORDS("It applies; P in progress, M mitigated, X accepted, T transferred, N not applicable")},
    {"V", WORDS("Avoided: what it is about is not done; L eliminated: it can no longer happen")},
    {"R", WORDS("Open again")},
    {"E", WORDS("Add an element; F draws a flow from the chosen one, Z a zone around what is chosen")},
    {"F2", WORDS("Name what is chosen, in place; so does a double click")},
    {"Del", WORDS("Delete what was drawn, hide what the scan makes")},
    {"Ctrl+C", WORDS("Copy what is chosen with the flows between; Ctrl+X cut, Ctrl+V paste, also in another model")},
    {"Ctrl+Shift+D", WORDS("Duplicate what is chosen")},
    {"Ctrl+Arrow", WORDS("Move what is chosen; with Shift a zone grows")},
    {"I", WORDS("Assign the chosen threat to yourself, or to nobody again")},
    {"W", WORDS("Write a threat of your own on the chosen part")},
    {"1", WORDS("The first control one state further; 2 to 9 the others")},
    {"O", WORDS("Go to the first finding that confirms it")},
    {"Enter",
        WORDS("From the drawing to the card; in the card: go to the finding; from a way or an item: to its threat")},
    {"[", WORDS("In the history: compare from the chosen event on; ] up to it")},
    {"Esc", WORDS("A marked way is marked no more, a comparison ends")},
};
constexpr const char* threatsNext[] = {"lineage", "review", "report"};

constexpr const char* imagesText[] = {
    WORDS("All images of the review, for a person to look at: outputs and attachments of cells, pictures inside texts, "
          "and image files. Each says what it carries beside its pixels: where it was taken, by whom, with what, and "
          "bytes behind its end."),
    WORDS("What an image shows no program can judge: mark those you have looked at. The mark follows the content of "
          "the image and survives a restart. An image that is broken, too large or can hold script is not drawn; its "
          "tile says why."),
};
constexpr const char* imagesActions[] = {"go.images", "image.lookedAt", "edit.undo", "view.inspector", "go.review"};
constexpr HelpKey imagesKeys[] = {
    {"Enter", WORDS("Go to the cell of the image")},
    {"Ctrl+A", WORDS("Choose all images that are shown")},
    {"Space", WORDS("Mark the chosen images as looked at, or not")},
    {"Shift+Enter", WORDS("Mark as looked at, and on to the next")},
};
constexpr const char* imagesNext[] = {"review", "share"};

constexpr const char* shareText[] = {
    WORDS(
        "Before a file leaves: choose who gets it, see whether it may go as it is, and what would have to change. Each "
        "edit takes one thing out and changes no other byte; the result is checked again before it can be written."),
    WORDS("Values become placeholders such as <EMAIL_01>, the same one for the same value. A clean copy is written "
          "beside "
          "the file; changing the file itself can be undone. Secrets are masked on both sides of the preview. Words "
          "equal "
          "to a value that was taken out, which nothing tells from ordinary ones, are counted under the verdict."),
};
constexpr const char* shareActions[] = {
    "finding.fix", "file.writeCopy", "file.next", "file.previous", "edit.undo", "go.review"};
constexpr HelpKey shareKeys[] = {
    {"Space", WORDS("Switch the marked edit on or off")},
    {"Alt+Down", WORDS("Next change")},
    {"Alt+Up", WORDS("Previous change")},
    {"Esc", WORDS("Back to the review")},
};
constexpr const char* shareNext[] = {"review", "report", "safety"};

constexpr const char* compareText[] = {
    WORDS("What a change brings: the open file or folder beside an earlier version of it, another file, another "
          "folder, or "
          "a revision of git. Findings are new, fixed or unchanged; they are the same by what they are about, not by "
          "their "
          "line."),
    WORDS(
        "With a folder open, a file is the earlier version of the file that is chosen in it, and a folder that of all. "
        "For a revision of git, the box above says which of both is meant."),
    WORDS("Cells are aligned by their content, so that a moved cell stays one cell. Lines that differ are marked by "
          "sign, "
          "tint and underline; secrets are masked on both sides. Git is asked for its stored objects only: nothing the "
          "repository configures is run."),
    WORDS("Of models, tables say what became of members, tensors with their numbers, metadata, templates, the programs "
          "of "
          "pickles, callables and operators, and how many bytes of a file differ; a click on a column sorts, a chip "
          "leaves a kind of change out. Enter shows both versions of a row, "
          "of a "
          "finding its lines. A tensor with another name and the same bytes was renamed."),
};
constexpr const char* compareActions[] = {"go.compare", "finding.next", "finding.previous", "go.review"};
constexpr HelpKey compareKeys[] = {
    {"Alt+Down", WORDS("Next change")},
    {"Alt+Up", WORDS("Previous change")},
    {"Enter", WORDS("Unfold lines, or the rest of a long one; both versions of a row, in the tables of a model")},
    {"Ctrl+C", WORDS("Copy the chosen rows, in the tables of a model")},
    {"Esc", WORDS("Back to the review")},
};
constexpr const char* compareNext[] = {"review", "triage", "filter"};

constexpr const char* reportText[] = {
    WORDS("The audit report as it will be printed: the pages drawn here are the pages exported. Choose sections and "
          "paper "
          "at the left. Secrets are masked in every format, always."),
    WORDS("Export writes PDF, one HTML file without script, Markdown, SARIF or JSON. The same input gives the same "
          "bytes; the SHA-256 of a PDF is shown after it was written."),
};
constexpr const char* reportActions[] = {"file.export", "go.review"};
constexpr HelpKey reportKeys[] = {
    {"PgDown", WORDS("Next page")},
    {"PgUp", WORDS("Previous page")},
    {"Ctrl+Wheel", WORDS("Larger or smaller pages")},
};
constexpr const char* reportNext[] = {"review", "safety"};

constexpr const char* settingsText[] = {
    WORDS("Every change applies at once, is marked as changed, and can be taken back with the arrow beside it. Undo is "
          "for your work, not for settings. The search looks in names, explanations and shortcuts."),
    WORDS(
        "All is kept in one text file, whose place stands at the top. Shortcuts can be changed at the end of the page; "
        "a key that is taken already is named with its owner."),
};
constexpr const char* settingsActions[] = {
    "edit.undo", "edit.redo", "view.theme", "view.zoomIn", "view.zoomOut", "view.zoomReset", "view.resetLayout"};
constexpr const char* settingsNext[] = {"keys", "home"};

constexpr const char* paletteText[] = {
    WORDS("Finds any command, file, finding, cell, rule or section of this help by a few of its letters. Enter goes "
          "there "
          "or runs it."),
};
constexpr const char* paletteActions[] = {"go.palette", "go.file"};
constexpr HelpKey paletteKeys[] = {
    {">", WORDS("Commands only")},
    {"@", WORDS("Findings only")},
    {"#", WORDS("Cells only")},
    {":4:2", WORDS("Go to cell 4, line 2")},
};
constexpr const char* paletteNext[] = {"keys", "review"};

constexpr const char* drawerText[] = {
    WORDS("Three lists. Jobs: what ran and how long it took. Log: what was done, never content of files. Not checked: "
          "what "
          "could not be read, or not completely, and why."),
    WORDS("As long as something stands under Not checked, no part of the program calls the review clean."),
};
constexpr const char* drawerActions[] = {
    "view.drawer", "help.notChecked", "help.log", "review.stop", "help.diagnostics"};
constexpr const char* drawerNext[] = {"review", "safety"};

constexpr const char* keysText[] = {
    WORDS("Every action has a place in the menus and in the palette, and most have keys. Single keys rest while you "
          "type, "
          "and can be switched off in the settings. Tab walks the controls; F6 walks the regions of the window."),
};
constexpr const char* keysActions[] = {"help.keys", "go.palette", "go.home", "go.review", "go.report", "go.settings",
    "go.back", "go.forward", "go.nextRegion", "go.previousRegion", "view.menuBar"};
constexpr HelpKey keysKeys[] = {
    {"Alt", WORDS("Show the menu bar")},
    {"Esc", WORDS("One step back: close what floats, stop the scan, return to the middle")},
};
constexpr const char* keysNext[] = {"palette", "settings"};

constexpr const char* safetyText[] = {
    WORDS("Cupel reads files as bytes. It starts no kernel, imports no module, unpickles nothing, runs no script of a "
          "page "
          "and loads nothing from the network."),
    WORDS("A secret that was found is masked on screen, in the clipboard, in reports and in the log. What was not read "
          "completely is never called clean."),
};
constexpr const char* safetyActions[] = {"help.shield", "help.notChecked"};
constexpr const char* safetyNext[] = {"drawer", "home"};

constexpr HelpTopic table[] = {
    {"home", "house", WORDS("Home"), homeText, homeActions, homeKeys, homeNext},
    {"review", "notebook-text", WORDS("Review"), reviewText, reviewActions, reviewKeys, reviewNext},
    {"filter", "list-filter", WORDS("Filter"), filterText, filterActions, filterKeys, filterNext},
    {"triage", "circle-check", WORDS("Triage"), triageText, triageActions, triageKeys, triageNext},
    {"model", "box", WORDS("Model"), modelText, modelActions, modelKeys, modelNext},
    {"lineage", "workflow", WORDS("Lineage"), lineageText, lineageActions, lineageKeys, lineageNext},
    {"threats", "shield-alert", WORDS("Threats"), threatsText, threatsActions, threatsKeys, threatsNext},
    {"images", "image", WORDS("Images"), imagesText, imagesActions, imagesKeys, imagesNext},
    {"share", "wand-sparkles", WORDS("Share"), shareText, shareActions, shareKeys, shareNext},
    {"compare", "history", WORDS("Compare"), compareText, compareActions, compareKeys, compareNext},
    {"report", "file-text", WORDS("Report"), reportText, reportActions, reportKeys, reportNext},
    {"settings", "settings", WORDS("Settings"), settingsText, settingsActions, {}, settingsNext},
    {"palette", "command", WORDS("Search and commands"), paletteText, paletteActions, paletteKeys, paletteNext},
    {"drawer", "panel-bottom", WORDS("Jobs, log, not checked"), drawerText, drawerActions, {}, drawerNext},
    {"keys", "keyboard", WORDS("Keyboard"), keysText, keysActions, keysKeys, keysNext},
    {"safety", "shield-check", WORDS("What Cupel never does"), safetyText, safetyActions, {}, safetyNext},
};

#undef WORDS

} // namespace

std::span<const HelpTopic> helpTopics()
{
    return table;
}

const HelpTopic* findHelp(QStringView id)
{
    const auto it = std::find_if(
        std::begin(table), std::end(table), [id](const HelpTopic& topic) { return id == QLatin1String(topic.id); });
    return it == std::end(table) ? nullptr : it;
}

QString helpText(const char* source)
{
    return QCoreApplication::translate("Help", source);
}

void setHelpTopic(QWidget* widget, const char* id)
{
    widget->setProperty(topicProperty, QString::fromUtf8(id));
}

QString helpTopicOf(const QWidget* widget, const QString& fallback)
{
    for (; widget; widget = widget->parentWidget()) {
        if (const QString id = widget->property(topicProperty).toString(); !id.isEmpty()) {
            return id;
        }
    }
    return fallback;
}

} // namespace cupel::app
