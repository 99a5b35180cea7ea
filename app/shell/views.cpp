// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shell/views.h"

#include "app/session/comparing.h"
#include "app/session/fixing.h"
#include "app/session/gallery.h"
#include "app/session/inspecting.h"
#include "app/session/lineage.h"
#include "app/session/pictures.h"
#include "app/session/session.h"
#include "app/session/threats.h"
#include "app/shell/help_topics.h"
#include "app/shell/settings_page.h"
#include "widgets/findings/filter_field.h"
#include "widgets/findings/finding_inspector.h"
#include "widgets/findings/findings_view.h"
#include "widgets/fixes/compare_panel.h"
#include "widgets/fixes/compare_view.h"
#include "widgets/fixes/fix_panel.h"
#include "widgets/fixes/fix_view.h"
#include "widgets/gallery/gallery_detail.h"
#include "widgets/gallery/gallery_view.h"
#include "widgets/home/home_view.h"
#include "widgets/lineage/lineage_inspector.h"
#include "widgets/lineage/lineage_navigator.h"
#include "widgets/lineage/lineage_view.h"
#include "widgets/model/model_navigator.h"
#include "widgets/model/model_view.h"
#include "widgets/notebook/notebook_canvas.h"
#include "widgets/notebook/notebook_view.h"
#include "widgets/report/report_view.h"
#include "widgets/threats/attack_path_list.h"
#include "widgets/threats/path_marker.h"
#include "widgets/threats/threat_inspector.h"
#include "widgets/threats/threat_panels.h"
#include "widgets/threats/threat_view.h"

#include <QtCore/QCoreApplication>

#include <algorithm>

namespace cupel::app {

namespace {

ModeParts makeHome(const ShellContext&, QWidget* parent)
{
    ModeParts parts;
    parts.canvas = new widgets::HomeView(parent);
    return parts;
}

ModeParts makeReview(const ShellContext& context, QWidget* parent)
{
    widgets::ReviewState& review = context.session.review();
    ModeParts parts;
    parts.navigator = new widgets::FindingsView(&review, parent);
    setHelpTopic(parts.navigator->findChild<widgets::FilterField*>(), "filter");
    auto* notebook = new widgets::NotebookView(review, parent);
    notebook->canvas()->setPictures(&context.session.pictures());
    parts.canvas = notebook;
    parts.inspector = new widgets::FindingInspector(&review, parent);
    return parts;
}

ModeParts makeModel(const ShellContext& context, QWidget* parent)
{
    widgets::ReviewState& review = context.session.review();
    widgets::ModelState& state = context.session.inspecting().state();
    ModeParts parts;
    parts.navigator = new widgets::ModelNavigator(&review, state, parent);
    parts.canvas = new widgets::ModelView(state, parent);
    parts.inspector = new widgets::FindingInspector(&review, parent);
    parts.navigatorWidth = 288;
    return parts;
}

ModeParts makeLineage(const ShellContext& context, QWidget* parent)
{
    widgets::LineageState& state = context.session.lineage().state();
    ModeParts parts;
    parts.navigator = new widgets::LineageNavigator(state, parent);
    parts.canvas = new widgets::LineageView(state, parent);
    parts.inspector = new widgets::LineageInspector(state, parent);
    parts.navigatorWidth = 300;
    parts.inspectorHidden = true; // Why opens it
    return parts;
}

ModeParts makeThreats(const ShellContext& context, QWidget* parent)
{
    widgets::ThreatState& state = context.session.threats().state();
    ModeParts parts;
    auto* panels = new widgets::ThreatPanels(state, context.session.threats().bench(), parent);
    auto* view = new widgets::ThreatView(state, parent);
    auto* marker = new widgets::PathMarker(state, view->canvas(), view);
    QObject::connect(panels->paths(), &widgets::AttackPathList::pathChosen, marker, &widgets::PathMarker::mark);
    parts.navigator = panels;
    parts.canvas = view;
    parts.inspector = new widgets::ThreatInspector(state, parent);
    parts.navigatorWidth = 344;
    return parts;
}

ModeParts makeImages(const ShellContext& context, QWidget* parent)
{
    widgets::GalleryState& state = context.session.gallery().state();
    ModeParts parts;
    parts.canvas = new widgets::GalleryView(state, &context.session.pictures(), parent);
    parts.inspector = new widgets::GalleryDetail(state, &context.session.pictures(), parent);
    return parts;
}

ModeParts makeShare(const ShellContext& context, QWidget* parent)
{
    widgets::FixState& fixes = context.session.fixing().state();
    ModeParts parts;
    parts.navigator = new widgets::FixPanel(&fixes, parent);
    parts.canvas = new widgets::FixView(&fixes, parent);
    parts.navigatorWidth = 344;
    parts.navigatorFirst = true;
    return parts;
}

ModeParts makeCompare(const ShellContext& context, QWidget* parent)
{
    widgets::CompareState& state = context.session.comparing().state();
    ModeParts parts;
    parts.navigator = new widgets::ComparePanel(&state, parent);
    parts.canvas = new widgets::CompareView(&state, parent);
    return parts;
}

ModeParts makeReport(const ShellContext&, QWidget* parent)
{
    ModeParts parts;
    parts.canvas = new widgets::ReportView(parent);
    return parts;
}

ModeParts makeSettings(const ShellContext& context, QWidget* parent)
{
    ModeParts parts;
    parts.canvas = new SettingsPage(context.session, context.actions, parent);
    return parts;
}

constexpr ViewEntry table[] = {
    {"home", QT_TRANSLATE_NOOP("Views", "Home"), "house", false, makeHome},
    {"review", QT_TRANSLATE_NOOP("Views", "Review"), "notebook-text", false, makeReview},
    {"model", QT_TRANSLATE_NOOP("Views", "Model"), "box", false, makeModel},
    {"lineage", QT_TRANSLATE_NOOP("Views", "Lineage"), "workflow", false, makeLineage},
    {"threats", QT_TRANSLATE_NOOP("Views", "Threats"), "shield-alert", false, makeThreats},
    {"images", QT_TRANSLATE_NOOP("Views", "Images"), "image", false, makeImages},
    {"share", QT_TRANSLATE_NOOP("Views", "Share"), "wand-sparkles", false, makeShare},
    {"compare", QT_TRANSLATE_NOOP("Views", "Compare"), "history", false, makeCompare},
    {"report", QT_TRANSLATE_NOOP("Views", "Report"), "file-text", false, makeReport},
    {"settings", QT_TRANSLATE_NOOP("Views", "Settings"), "settings", true, makeSettings},
};

} // namespace

std::span<const ViewEntry> viewTable()
{
    return table;
}

const ViewEntry* findView(QStringView id)
{
    const auto it = std::find_if(
        std::begin(table), std::end(table), [id](const ViewEntry& entry) { return id == QLatin1String(entry.id); });
    return it == std::end(table) ? nullptr : it;
}

QString viewTitle(const ViewEntry& entry)
{
    return QCoreApplication::translate("Views", entry.title);
}

} // namespace cupel::app
