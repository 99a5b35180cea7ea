// SPDX-License-Identifier: GPL-3.0-or-later
// MainWindow: what the command palette can reach and what choosing it does. Text of cells goes in masked.
#include "app/shell/main_window.h"

#include "analyzers/formats/notebook/notebook_facts.h"
#include "analyzers/rules/rule_set.h"
#include "app/session/cell_titles.h"
#include "app/session/session.h"
#include "app/shell/actions.h"
#include "app/shell/help_topics.h"
#include "app/shell/palette.h"
#include "app/shell/rule_sheet.h"
#include "widgets/models/shown_text.h"

#include <QtCore/QDir>
#include <QtCore/QFileInfo>

#include <memory>
#include <utility>

namespace cupel::app {

namespace {

void addCommands(const Actions& actions, PaletteIndex& index)
{
    for (const ActionInfo& info : actionTable()) {
        const QString id = QString::fromUtf8(info.id);
        const QAction* action = actions.at(id);
        if (!action->isEnabled()) {
            continue;
        }
        const QList<QKeySequence> keys = actions.keysOf(id);
        PaletteEntry entry;
        entry.kind = PaletteKind::Action;
        entry.title = action->text();
        entry.note = actionText(info.menu);
        entry.also = *info.also ? actionText(info.also) : QString();
        entry.icon = *info.icon ? QString::fromUtf8(info.icon) : QStringLiteral("chevron-right");
        entry.keys = keys.isEmpty() ? QString() : keys.front().toString(QKeySequence::NativeText);
        entry.target = id;
        index.add(std::move(entry));
    }
}

void addFile(const QString& path, const QString& note, const QString& icon, PaletteIndex& index)
{
    PaletteEntry entry;
    entry.kind = PaletteKind::File;
    entry.title = widgets::shownText(QFileInfo(path).fileName().toStdString());
    entry.note = note;
    entry.icon = icon;
    entry.target = path;
    index.add(std::move(entry));
}

void addFinding(const Finding& finding, std::size_t number, const std::string& path, PaletteIndex& index)
{
    PaletteEntry entry;
    entry.kind = PaletteKind::Finding;
    entry.title = widgets::shownText(finding.title);
    entry.note = QString::fromStdString(finding.rule) + QStringLiteral(", ") + widgets::shownFileName(path) + u' '
        + widgets::shownText(finding.location.human);
    entry.severity = static_cast<int>(finding.severity);
    entry.target = QString::fromStdString(path);
    entry.number = number;
    index.add(std::move(entry));
}

// Cells by their first line. While there is `room`, by every other line too: words of a notebook are looked for here.
void addCells(const Analysis& analysis, std::size_t& room, PaletteIndex& index)
{
    const formats::NotebookFacts* facts = formats::notebookFacts(analysis.facts);
    for (std::size_t i = 0; facts && i < facts->cells.size(); ++i) {
        const auto lines = cellLines(analysis, facts->cells[i], room + 1);
        for (const CellLine& line : lines) {
            const bool first = &line == lines.data();
            const QString file = widgets::shownFileName(analysis.artifact.path);
            PaletteEntry entry;
            entry.kind = PaletteKind::Cell;
            entry.title = line.text;
            entry.note = first ? MainWindow::tr("%1, cell %2").arg(file).arg(i)
                               : MainWindow::tr("%1, cell %2, line %3").arg(file).arg(i).arg(line.number);
            entry.icon = QStringLiteral("hash");
            entry.mono = true;
            entry.target = QString::fromStdString(analysis.artifact.path);
            entry.number = (i << 32) | (first ? 0 : line.number); // as those of goToEntry
            index.add(std::move(entry));
        }
        room -= lines.empty() ? 0 : lines.size() - 1;
    }
}

void addRules(PaletteIndex& index)
{
    for (const RuleInfo& rule : rules::catalogue()) {
        PaletteEntry entry;
        entry.kind = PaletteKind::Rule;
        entry.title = QString::fromStdString(rule.title);
        entry.note = QString::fromStdString(rule.id);
        entry.icon = QStringLiteral("shield-alert");
        entry.target = QString::fromStdString(rule.id);
        index.add(std::move(entry));
    }
}

void addHelp(PaletteIndex& index)
{
    for (const HelpTopic& topic : helpTopics()) {
        PaletteEntry entry;
        entry.kind = PaletteKind::Help;
        entry.title = MainWindow::tr("Help: %1").arg(helpText(topic.title));
        entry.icon = QString::fromUtf8(topic.icon);
        entry.target = QString::fromUtf8(topic.id);
        index.add(std::move(entry));
    }
}

// What comes from the review and the rules: up to many thousands of entries, so it is made on a worker thread.
std::shared_ptr<const PaletteIndex> indexOf(const Workspace& workspace, const std::stop_token& stop)
{
    auto index = std::make_shared<PaletteIndex>();
    std::size_t room = 20'000; // lines of cells
    for (const auto& [path, analysis] : workspace.analyses) {
        if (stop.stop_requested()) {
            return index;
        }
        addFile(QString::fromStdString(path), widgets::shownPath(workspace, path), QStringLiteral("file-text"), *index);
        for (std::size_t i = 0; i < analysis->findings.size(); ++i) {
            addFinding(analysis->findings[i], i, path, *index);
        }
        addCells(*analysis, room, *index);
    }
    addRules(*index);
    return index;
}

} // namespace

MainWindow::PaletteBuilder::Run MainWindow::paletteRun()
{
    return indexOf;
}

void MainWindow::refreshPalette()
{
    m_paletteBuilder.request(m_session.review().workspace());
}

void MainWindow::fillPalette(PaletteIndex& index)
{
    if (m_paletteBase) {
        index = *m_paletteBase; // strings are shared
    }
    addCommands(*m_actions, index);
    addHelp(index);
    for (const Recent& recent : m_session.recents().list()) {
        const QString folder = QDir::toNativeSeparators(QFileInfo(recent.path).path());
        addFile(recent.path, tr("recent, %1").arg(folder), QStringLiteral("history"), index);
    }
}

void MainWindow::runEntry(const PaletteEntry& entry)
{
    const std::string path = entry.target.toStdString();
    switch (entry.kind) {
    case PaletteKind::Action:
        m_actions->at(entry.target)->trigger();
        break;
    case PaletteKind::File:
        if (m_session.review().analysis(path)) {
            m_session.review().showArtifact(path);
            showMode(QStringLiteral("review"));
        } else {
            open({OpenTarget{entry.target, {}, {}, {}}});
        }
        break;
    case PaletteKind::Finding:
        m_session.review().setCurrent(widgets::FindingRef{path, static_cast<std::size_t>(entry.number)});
        showMode(QStringLiteral("review"));
        break;
    case PaletteKind::Rule:
        showRule(entry.target);
        break;
    case PaletteKind::Help:
        showHelp(entry.target);
        break;
    case PaletteKind::Cell:
    case PaletteKind::Line: {
        const bool typed = entry.kind == PaletteKind::Line;
        OpenTarget target{
            typed ? QString::fromStdString(m_session.review().currentArtifact()) : entry.target, {}, {}, {}};
        target.cell = static_cast<unsigned>(entry.number >> 32);
        if (const auto line = static_cast<unsigned>(entry.number & 0xffffffff); line > 0) {
            target.line = line;
        }
        reveal(target);
        break;
    }
    }
}

// Its findings; where there are none, what it is about: an empty list explains nothing.
void MainWindow::showRule(const QString& id)
{
    const QString query = QStringLiteral("rule:") + id;
    const RuleInfo* rule = rules::findRule(id.toStdString());
    if (rule && m_session.review().count(widgets::FindingQuery::parse(query)) == 0) {
        showSheet(makeRuleSheet(*rule, centralWidget()));
        return;
    }
    m_session.review().setQuery(query);
    showMode(QStringLiteral("review"));
}

} // namespace cupel::app
