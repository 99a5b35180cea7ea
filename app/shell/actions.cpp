// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shell/actions.h"

#include "widgets/common/icons.h"

#include <QtCore/QCoreApplication>
#include <QtWidgets/QWidget>

namespace cupel::app {

namespace {

#define WORDS(text) QT_TRANSLATE_NOOP("Actions", text)

constexpr ActionInfo table[] = {
    {"file.open", WORDS("File"), WORDS("Open file…"), "file-plus", "Ctrl+O"},
    {"file.openFolder", WORDS("File"), WORDS("Open folder…"), "folder-open", "Ctrl+Shift+O"},
    {"file.add", WORDS("File"), WORDS("Add files to this review…"), "plus", ""},
    {"file.sample", WORDS("File"), WORDS("Try the sample project"), "play", ""},
    {"file.close", WORDS("File"), WORDS("Close this review"), "x", "Ctrl+W"},
    {"file.writeCopy", WORDS("File"), WORDS("Write clean copy…"), "save", "Ctrl+Shift+S", false,
        WORDS("save redact anonymise fix share")},
    {"file.export", WORDS("File"), WORDS("Export report…"), "download", "Ctrl+Shift+E", false,
        WORDS("pdf html markdown sarif json save print")},
    {"file.quit", WORDS("File"), WORDS("Quit"), "", "Ctrl+Q"},

    {"edit.undo", WORDS("Edit"), WORDS("Undo"), "undo-2", "Ctrl+Z"},
    {"edit.redo", WORDS("Edit"), WORDS("Redo"), "redo-2", "Ctrl+Shift+Z; Ctrl+Y"},
    {"edit.copyMarkdown", WORDS("Edit"), WORDS("Copy finding as Markdown"), "copy", "C"},
    {"edit.copyLink", WORDS("Edit"), WORDS("Copy link to finding"), "link", "Ctrl+Shift+C"},
    {"edit.filter", WORDS("Edit"), WORDS("Filter findings"), "list-filter", "/; Ctrl+F"},
    {"edit.clearFilter", WORDS("Edit"), WORDS("Clear filter"), "x", ""},
    {"edit.clearRecents", WORDS("Edit"), WORDS("Forget recent reviews"), "trash-2", ""},

    {"review.scan", WORDS("Review"), WORDS("Scan again"), "refresh-cw", "F5"},
    {"review.stop", WORDS("Review"), WORDS("Stop the scan"), "circle-stop", "Shift+F5"},
    {"finding.next", WORDS("Review"), WORDS("Next finding"), "arrow-down", "N; F8"},
    {"finding.previous", WORDS("Review"), WORDS("Previous finding"), "arrow-up", "P; Shift+F8"},
    {"finding.explain", WORDS("Review"), WORDS("Explain finding"), "book-open", "E", false,
        WORDS("rule why help about")},
    {"finding.triage", WORDS("Review"), WORDS("Triage…"), "circle-check", "T", false,
        WORDS("decide false positive accepted risk test data mitigated ignore suppress dismiss")},
    {"finding.untriage", WORDS("Review"), WORDS("Remove decision"), "undo-2", "Shift+T", false,
        WORDS("untriage reopen open again")},
    {"finding.threats", WORDS("Review"), WORDS("Threats that this finding speaks for"), "shield-alert", "Shift+O",
        false, WORDS("threat model risk link")},
    {"finding.mark", WORDS("Review"), WORDS("Mark finding"), "check", "X"},
    {"finding.markRange", WORDS("Review"), WORDS("Mark up to this finding"), "list", "Shift+X"},
    {"review.openOnly", WORDS("Review"), WORDS("Hide or show decided findings"), "eye-off", "Shift+H"},
    {"review.askDecisions", WORDS("Review"), WORDS("Ask again about decisions that came with the folder"), "user", ""},
    {"finding.fix", WORDS("Review"), WORDS("Preview the fixes of this file"), "wand-sparkles", "Ctrl+.", false,
        WORDS("redact anonymise mend repair share")},
    {"review.group", WORDS("Review"), WORDS("Group findings differently"), "layers", "G"},
    {"file.next", WORDS("Review"), WORDS("Next file"), "chevron-right", "Ctrl+PgDown"},
    {"file.previous", WORDS("Review"), WORDS("Previous file"), "chevron-left", "Ctrl+PgUp"},
    {"cell.next", WORDS("Review"), WORDS("Next cell"), "chevron-down", "J"},
    {"cell.previous", WORDS("Review"), WORDS("Previous cell"), "chevron-up", "K"},
    {"model.convert", WORDS("Review"), WORDS("Convert the model to safetensors…"), "file-down", "", false,
        WORDS("safer form tensors checkpoint export")},
    {"model.strip", WORDS("Review"), WORDS("Write a stripped copy of the model…"), "shield-check", "", false,
        WORDS("hidden bytes metadata template remove clean")},
    {"lineage.trace", WORDS("Review"), WORDS("Trace: what the chosen node depends on and what it affects"), "workflow",
        "Ctrl+T", false,
        WORDS("path way source provenance upstream downstream affected what depends on this what this depends on "
              "lineage")},
    {"lineage.next", WORDS("Review"), WORDS("Next node that the search of the lineage finds"), "chevron-down", "F3",
        false, WORDS("find search hit")},
    {"lineage.previous", WORDS("Review"), WORDS("Previous node that the search of the lineage finds"), "chevron-up",
        "Shift+F3", false, WORDS("find search hit")},
    {"lineage.slice", WORDS("Review"), WORDS("Show only what lies between two nodes"), "funnel", "Ctrl+Shift+T", false,
        WORDS("slice lineage between")},
    {"lineage.all", WORDS("Review"), WORDS("Show the whole lineage again"), "unfold-vertical", "", false,
        WORDS("filter reset path")},
    {"lineage.fit", WORDS("Review"), WORDS("Fit the lineage into the window"), "maximize", ""},
    {"lineage.map", WORDS("Review"), WORDS("Show or hide the map of the lineage"), "panel-bottom", ""},
    {"lineage.pin", WORDS("Review"), WORDS("Pin the chosen node where it stands, or let it go"), "pin", "", false,
        WORDS("move keep place layout lineage")},
    {"lineage.views", WORDS("Review"), WORDS("Saved views of the lineage\u2026"), "save", "", false,
        WORDS("filter bookmark name remember")},
    {"lineage.why", WORDS("Review"), WORDS("Why: about the chosen node or edge"), "info", "W"},
    {"lineage.export", WORDS("Review"), WORDS("Export the lineage…"), "download", "", false,
        WORDS("svg pdf png graph drawing picture dot mermaid graphml openlineage prov csv json")},
    {"threats.fit", WORDS("Review"), WORDS("Fit the threat model into the window"), "maximize", ""},
    {"threats.import", WORDS("Review"), WORDS("Take over a threat model of another tool\u2026"), "file-down", "", false,
        WORDS("import threat dragon otm tm7 threagile pytm")},
    {"threats.open", WORDS("Review"), WORDS("Work on a threat model of another tool in its own form\u2026"),
        "folder-open", "", false, WORDS("edit open threat dragon otm json yaml")},
    {"threats.save", WORDS("Review"), WORDS("Save the threat model in its own form"), "save", "Ctrl+S", false,
        WORDS("threat dragon otm file")},
    {"threats.takeOver", WORDS("Review"), WORDS("Save as Cupel\u2019s own threat model"), "file-down", "", false,
        WORDS("import folder threat dragon otm")},
    {"threats.leave", WORDS("Review"), WORDS("Back to the threat model of the folder"), "arrow-left", ""},
    {"threats.export", WORDS("Review"), WORDS("Export the threat model\u2026"), "download", "", false,
        WORDS("threat dragon otm tm-bom csv json svg")},
    {"threats.present", WORDS("Review"), WORDS("Show the chosen threat in a window of its own"), "monitor", "", false,
        WORDS("presenter second screen large card")},
    {"threats.questions", WORDS("Review"), WORDS("Questions about the system"), "circle-help", "", false,
        WORDS("scoping threat model answers")},
    {"threats.risks", WORDS("Review"), WORDS("Map of risks"), "table", "", false, WORDS("heat map likelihood impact")},
    {"threats.whatif", WORDS("Review"), WORDS("What if: try a change of the threat model"), "workflow", "", false,
        WORDS("variant branch remove flow risk delta")},
    {"threats.write", WORDS("Review"), WORDS("Write a threat of your own"), "plus", ""},
    {"threats.history", WORDS("Review"), WORDS("History of the threat model"), "history", "", false,
        WORDS("events diff compare changes audit")},
    {"threats.rules", WORDS("Review"), WORDS("Threat rules of your own: try one on this model"), "list-filter", "",
        false, WORDS("custom rule pack expression condition test try")},
    {"threats.again", WORDS("Review"), WORDS("Make the threat model again"), "refresh-cw", ""},
    {"image.lookedAt", WORDS("Review"), WORDS("Mark images as looked at"), "circle-check", ""},
    {"cell.fold", WORDS("Review"), WORDS("Fold outputs"), "fold-vertical", "O"},

    {"go.palette", WORDS("Go"), WORDS("Search or run a command…"), "command", "Ctrl+K; Ctrl+Shift+P"},
    {"go.file", WORDS("Go"), WORDS("Open anything by name…"), "file-search", "Ctrl+P"},
    {"go.home", WORDS("Go"), WORDS("Home"), "house", "Ctrl+1"},
    {"go.review", WORDS("Go"), WORDS("Review"), "notebook-text", "Ctrl+2"},
    {"go.model", WORDS("Go"), WORDS("Model files, taken apart"), "box", "Ctrl+3", false,
        WORDS("pickle checkpoint tensors opcodes bytes disassembly")},
    {"go.lineage", WORDS("Go"), WORDS("Lineage: what data flows where"), "workflow", "Ctrl+4", false,
        WORDS("provenance data flow graph trace")},
    {"go.threats", WORDS("Go"), WORDS("Threats: what can go wrong"), "shield-alert", "Ctrl+5", false,
        WORDS("threat model stride risk attack zones")},
    {"go.images", WORDS("Go"), WORDS("Images of this review"), "image", "Ctrl+8"},
    {"go.share", WORDS("Go"), WORDS("Share safely"), "wand-sparkles", "Ctrl+9", false, WORDS("redact anonymise fix")},
    {"go.compare", WORDS("Go"), WORDS("Compare with an earlier version"), "history", "Ctrl+D"},
    {"go.report", WORDS("Go"), WORDS("Report"), "file-text", "Ctrl+7"},
    {"go.settings", WORDS("Go"), WORDS("Settings"), "settings", "Ctrl+,"},
    {"go.back", WORDS("Go"), WORDS("Back"), "arrow-left", "Alt+Left"},
    {"go.forward", WORDS("Go"), WORDS("Forward"), "arrow-right", "Alt+Right"},
    {"go.nextRegion", WORDS("Go"), WORDS("Next region of the window"), "", "F6"},
    {"go.previousRegion", WORDS("Go"), WORDS("Previous region of the window"), "", "Shift+F6"},

    {"view.navigator", WORDS("View"), WORDS("Navigator"), "panel-left", "Ctrl+B", true},
    {"view.inspector", WORDS("View"), WORDS("Inspector"), "panel-right", "Ctrl+I", true},
    {"view.drawer", WORDS("View"), WORDS("Jobs, log and what was not checked"), "panel-bottom", "Ctrl+J", true},
    {"view.theme", WORDS("View"), WORDS("Switch between light and dark"), "contrast", ""},
    {"view.zoomIn", WORDS("View"), WORDS("Larger text"), "zoom-in", "Ctrl++; Ctrl+="},
    {"view.zoomOut", WORDS("View"), WORDS("Smaller text"), "zoom-out", "Ctrl+-"},
    {"view.zoomReset", WORDS("View"), WORDS("Normal text size"), "type", "Ctrl+0"},
    {"view.menuBar", WORDS("View"), WORDS("Always show the menu bar"), "menu", "Ctrl+M", true},
    {"view.resetLayout", WORDS("View"), WORDS("Reset the layout"), "maximize", ""},

    {"help.here", WORDS("Help"), WORDS("Help for what you see"), "circle-help", "F1"},
    {"help.keys", WORDS("Help"), WORDS("Keyboard map"), "keyboard", "?"},
    {"help.tour", WORDS("Help"), WORDS("Take the tour"), "lightbulb", ""},
    {"help.shield", WORDS("Help"), WORDS("Why nothing was executed"), "shield-check", ""},
    {"help.notChecked", WORDS("Help"), WORDS("What was not checked"), "circle-alert", ""},
    {"help.log", WORDS("Help"), WORDS("Show the log"), "scroll-text", ""},
    {"help.diagnostics", WORDS("Help"), WORDS("Copy diagnostics"), "copy", ""},
    {"help.about", WORDS("Help"), WORDS("About Cupel"), "info", ""},
};

#undef WORDS

} // namespace

std::span<const ActionInfo> actionTable()
{
    return table;
}

QString actionText(const char* source)
{
    return QCoreApplication::translate("Actions", source);
}

bool isSingleKey(const QKeySequence& keys)
{
    if (keys.count() != 1) {
        return false;
    }
    const QKeyCombination combination = keys[0];
    const bool plain = !(combination.keyboardModifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier));
    return plain && combination.key() < Qt::Key_Escape; // above are keys that write nothing
}

Actions::Actions(Settings& settings, QWidget* window)
    : QObject(window)
    , m_settings(settings)
{
    for (const ActionInfo& info : table) {
        const QString id = QString::fromUtf8(info.id);
        auto* action = new QAction(actionText(info.text), this);
        action->setObjectName(id);
        action->setCheckable(info.checkable);
        if (*info.icon) {
            action->setIcon(widgets::icon(QString::fromUtf8(info.icon)));
        }
        window->addAction(action);
        m_byId.emplace(id, action);
        m_order.push_back(action);
    }
    connect(&m_settings, &Settings::shortcutsChanged, this, &Actions::apply);
    connect(&m_settings, &Settings::changed, this, [this](const QString& key) {
        if (key == QStringView(keys::singleKeys)) {
            apply();
        }
    });
    apply();
}

QAction* Actions::find(QStringView id) const
{
    const auto it = m_byId.find(id.toString());
    return it == m_byId.end() ? nullptr : it->second;
}

QAction* Actions::at(QStringView id) const
{
    QAction* action = find(id);
    Q_ASSERT(action);
    return action;
}

QString Actions::idOf(const QAction* action)
{
    return action->objectName();
}

std::vector<QAction*> Actions::all() const
{
    return m_order;
}

QList<QKeySequence> Actions::keysOf(QStringView id) const
{
    QString text = m_settings.shortcut(id.toString()).value_or(QString());
    if (!m_settings.shortcut(id.toString())) {
        for (const ActionInfo& info : table) {
            text = id == QLatin1String(info.id) ? QString::fromUtf8(info.keys) : text;
        }
    }
    QList<QKeySequence> keys = QKeySequence::listFromString(text, QKeySequence::PortableText);
    const bool single = m_settings.boolean(keys::singleKeys);
    keys.removeIf([single](const QKeySequence& one) { return one.isEmpty() || (!single && isSingleKey(one)); });
    return keys;
}

QStringList Actions::conflicts(QStringView id, const QList<QKeySequence>& wanted) const
{
    QStringList out;
    for (const ActionInfo& info : table) {
        const QString other = QString::fromUtf8(info.id);
        if (other == id) {
            continue;
        }
        const QList<QKeySequence> taken = keysOf(other);
        const bool clash = std::any_of(wanted.begin(), wanted.end(),
            [&taken](const QKeySequence& keys) { return !keys.isEmpty() && taken.contains(keys); });
        if (clash) {
            out += other;
        }
    }
    return out;
}

void Actions::setTyping(bool typing)
{
    if (m_typing != typing) {
        m_typing = typing;
        apply();
    }
}

void Actions::setAsking(bool asking)
{
    if (m_asking != asking) {
        m_asking = asking;
        apply();
    }
}

void Actions::apply()
{
    const auto isHarmless = [](const QString& id) {
        return id.startsWith(u"help.") || id.startsWith(u"view.zoom") || id == u"file.quit";
    };
    for (QAction* action : m_order) {
        QList<QKeySequence> keys = keysOf(idOf(action));
        if (m_asking && !isHarmless(idOf(action))) {
            keys.clear();
        }
        if (m_typing) {
            keys.removeIf([](const QKeySequence& one) { return isSingleKey(one); });
        }
        action->setShortcuts(keys);
    }
    Q_EMIT keysChanged();
}

} // namespace cupel::app
