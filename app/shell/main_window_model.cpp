// SPDX-License-Identifier: GPL-3.0-or-later
// MainWindow: what it asks of Model mode.
#include "app/shell/main_window.h"

#include "analyzers/formats/notebook/notebook_facts.h"
#include "app/session/converting.h"
#include "app/session/inspecting.h"
#include "app/session/session.h"
#include "app/session/stripping.h"
#include "app/shell/actions.h"
#include "app/shell/help_topics.h"
#include "app/shell/picture_writer.h"
#include "app/shell/status_bar.h"
#include "app/shell/strip_sheet.h"
#include "widgets/model/model_navigator.h"
#include "widgets/model/model_view.h"
#include "widgets/models/shown_text.h"

#include <QtCore/QDir>
#include <QtCore/QFileInfo>
#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtWidgets/QFileDialog>

#include <algorithm>
#include <utility>

namespace cupel::app {

void MainWindow::wireModel(ModePage* made)
{
    auto* view = qobject_cast<widgets::ModelView*>(made->parts().canvas);
    if (!view) {
        return;
    }
    connect(view, &widgets::ModelView::convertRequested, this, &MainWindow::askForConversion);
    connect(view, &widgets::ModelView::graphExportRequested, this, &MainWindow::askForPicture);
    connect(m_actions->at(u"model.convert"), &QAction::triggered, this, &MainWindow::askForConversion);
    connect(&m_session.converting(), &Converting::finished, this,
        [this, view](const QString& path, const QString& trouble, const QString& outcome) {
            tellWritten(view, path, trouble.isEmpty() ? outcome : trouble, trouble.isEmpty());
        });
    connect(view->outcome(), &widgets::OutcomeBand::openRequested, this, &MainWindow::openWritten);
    connect(view->outcome(), &widgets::OutcomeBand::copyPathRequested, this, [this](const QString& path) {
        QGuiApplication::clipboard()->setText(QDir::toNativeSeparators(path));
        m_status->setNotice(tr("Path copied."));
    });
    connect(&m_session, &Session::opened, view->outcome(), [this, view, roots = m_session.roots()]() mutable {
        if (std::exchange(roots, m_session.roots()) != m_session.roots()) {
            view->outcome()->hide(); // it was about another review
        }
    });
    wireStripping(view);
}

// Models have nothing to read in Review: their pages answer what people want to know of them. So is a folder in
// which nothing but a model lies. Whoever has gone elsewhere meanwhile stays there.
void MainWindow::preferModel(bool whole)
{
    if (!m_modelFirst) {
        return;
    }
    const auto& workspace = m_session.review().workspace();
    const auto isModelFile = [](const Analysis& one) {
        const auto* model = one.facts.model.get();
        return formats::pickleFacts(one.facts) || (model && !model->kind.empty() && model->kind != "zip archive");
    };
    bool wanted = false;
    const auto roots = m_session.roots();
    if (roots.size() > 1) {
        if (!whole) {
            return;
        }
        wanted = std::all_of(roots.begin(), roots.end(), [&](const QString& path) {
            const auto root = workspace.analyses.find(path.toStdString());
            return root != workspace.analyses.end() && isModelFile(*root->second);
        });
    } else if (const auto root = workspace.analyses.find(m_session.roots().value(0).toStdString());
        root != workspace.analyses.end()) {
        wanted = isModelFile(*root->second);
    } else if (!whole) {
        return; // a folder: not before all of it is known
    } else {
        bool others = false; // that people read
        for (const auto& [path, one] : workspace.analyses) {
            const bool top = one->artifact.parent.empty();
            wanted =
                wanted || (top && isModelFile(*one) && (one->facts.model ? one->facts.model->tensorCount > 0 : true));
            others = others || formats::notebookFacts(one->facts)
                || (top && one->facts.format == "python" && !widgets::goesWithModels(*one));
        }
        wanted = wanted && !others;
    }
    m_modelFirst = false;
    if (!wanted || m_mode != u"review") {
        return;
    }
    // Without a finding nobody has chosen a file: the first with numbers, a program or a graph.
    const auto isMain = [&](const auto& entry) {
        const auto* model = entry.second->facts.model.get();
        return entry.second->artifact.parent.empty() && isModelFile(*entry.second)
            && (!model || model->tensorCount > 0 || !model->operators.empty());
    };
    const auto main = std::find_if(workspace.analyses.begin(), workspace.analyses.end(), isMain);
    if (whole && !m_session.review().current() && main != workspace.analyses.end()) {
        m_session.review().showArtifact(std::string(main->first));
    }
    showMode(QStringLiteral("model"));
}

// The status bar says it once; a copy written into the open folder is scanned at once, and that says something else.
void MainWindow::tellWritten(widgets::ModelView* view, const QString& path, const QString& words, bool good)
{
    m_status->setNotice(words);
    // The first sentence ends behind the path, which may have full stops of its own.
    const QString shown = QDir::toNativeSeparators(path);
    const auto end = words.indexOf(QStringLiteral(". "), std::max<qsizetype>(0, words.indexOf(shown)) + shown.size());
    const bool several = good && end > 0;
    view->outcome()->setWords(
        {several ? words.left(end + 1) : words, several ? words.mid(end + 2) : QString(), good, good},
        good ? path : QString());
    view->outcome()->show();
}

// A copy in the open folder is shown where it is; another one is opened instead of it.
void MainWindow::openWritten(const QString& path)
{
    widgets::ReviewState& review = m_session.review();
    if (const std::string inside = path.toStdString(); review.analysis(inside)) {
        review.showArtifact(inside);
    } else {
        open({OpenTarget{path, {}, {}, {}}});
    }
}

// Who has the keyboard in the list of files means that list; else the tensors, where there are some.
bool MainWindow::takeModelFilter()
{
    ModePage* shown = page(QStringLiteral("model"));
    auto* view = qobject_cast<widgets::ModelView*>(shown->parts().canvas);
    auto* files = qobject_cast<widgets::ModelNavigator*>(shown->parts().navigator);
    const bool inList = files && files->isAncestorOf(focusWidget());
    if (!inList && view && view->takeFilter()) {
        return true;
    }
    if (files) {
        shown->setNavigatorShown(true);
    }
    return files && files->takeFilter();
}

// The picture is made on the thread that writes it; it is said when it is there.
void MainWindow::askForPicture()
{
    const auto graph = m_session.inspecting().state().graph();
    if (!graph || graph->empty()) {
        m_status->setNotice(tr("There is no graph here that could be exported."));
        return;
    }
    const QString model = QString::fromStdString(graph->source->analysis->artifact.path).section(u'!', 0, 0);
    auto* dialog = pictureDialog(
        this, tr("Export the graph"), QFileInfo(model).path(), QFileInfo(model).completeBaseName(), false);
    connect(dialog, &QFileDialog::fileSelected, this, [this, graph, model](const QString& path) {
        if (QFileInfo(path) == QFileInfo(model)) {
            m_status->setNotice(tr("The model itself is never changed: choose another name."));
            return;
        }
        writePictureSoon(m_session, {graph->scene, {}, path, QFileInfo(model).fileName()},
            [this, shown = QDir::toNativeSeparators(path)](bool written) {
                m_status->setNotice(
                    written ? tr("The graph is written to %1.").arg(shown) : tr("%1 could not be written.").arg(shown));
            });
    });
    openNativeDialog(dialog);
}

// First what would go, then where to: only then something is written.
void MainWindow::wireStripping(widgets::ModelView* view)
{
    auto* stripping = new Stripping(m_session, this);
    const auto begin = [this, stripping] {
        const auto reading = m_session.inspecting().state().reading();
        if (!reading || !convert::canStrip(reading->file->facts.format)) {
            m_status->setNotice(tr("There is no model here that can be stripped."));
            return;
        }
        stripping->plan(reading->file);
    };
    connect(view, &widgets::ModelView::stripRequested, this, begin);
    connect(m_actions->at(u"model.strip"), &QAction::triggered, this, begin);
    connect(stripping, &Stripping::planned, this, [this, stripping](const StripPlanPtr& plan, const QString& trouble) {
        if (!plan || plan->items.empty()) {
            m_status->setNotice(!plan    ? trouble
                    : plan->kept.empty() ? tr("Nothing is hidden in it, and no metadata describes it.")
                                         : widgets::shownText(plan->kept.front()));
        } else if (plan->wish.hidden && plan->wish.metadata && plan->wish.templates) {
            askWhatToStrip(stripping, plan);
        } else {
            askForStripped(stripping, plan);
        }
    });
    connect(stripping, &Stripping::finished, this, [this, view](const QString& path, const QString& trouble) {
        const bool good = trouble.isEmpty();
        const QString done =
            tr("Written and proved: %1. The old file stays as it is.").arg(QDir::toNativeSeparators(path));
        tellWritten(view, path, good ? done : trouble, good);
    });
}

// A plan of everything is made first, so that the boxes say what is there; one of what was ticked then is written.
void MainWindow::askWhatToStrip(Stripping* stripping, const std::shared_ptr<const convert::StripPlan>& plan)
{
    auto* sheet = new StripSheet(*plan, centralWidget());
    setHelpTopic(sheet, "model");
    connect(sheet, &StripSheet::accepted, this, [this, stripping, plan](const convert::StripWish& wish) {
        if (wish.hidden && wish.metadata && wish.templates) {
            askForStripped(stripping, plan);
        } else {
            stripping->planAgain(wish);
        }
    });
    showSheet(sheet);
    sheet->takeFocus();
}

void MainWindow::askForStripped(Stripping* stripping, const std::shared_ptr<const convert::StripPlan>& plan)
{
    const QString old = QString::fromStdString(plan->source->artifact.path);
    const QString suggested = Stripping::suggestedPath(old);
    auto* dialog = new QFileDialog(this, tr("Write a stripped copy"), QFileInfo(suggested).path());
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->selectFile(QFileInfo(suggested).fileName());
    connect(dialog, &QFileDialog::fileSelected, this, [this, stripping, plan, old](const QString& path) {
        if (QFileInfo(path) == QFileInfo(old)) {
            m_status->setNotice(tr("The model itself is never changed: choose another name."));
            return;
        }
        stripping->write(plan, path);
    });
    openNativeDialog(dialog);
}

// Which file is chosen while another may be shown: what was planned when it was asked for is what is written.
void MainWindow::askForConversion()
{
    const auto reading = m_session.inspecting().state().reading();
    if (!reading || !reading->conversion) {
        m_status->setNotice(tr("There are no tensors here that can be converted exactly."));
        return;
    }
    const QString old = QString::fromStdString(reading->file->artifact.path);
    const QString suggested = Converting::suggestedPath(old);
    auto* dialog = new QFileDialog(this, tr("Convert to safetensors"), QFileInfo(suggested).path());
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QFileInfo(suggested).suffix()); // before it asks whether to write over a file
    dialog->selectFile(QFileInfo(suggested).fileName());
    connect(dialog, &QFileDialog::fileSelected, this, [this, reading, old](const QString& typed) {
        const QString path = Converting::completePath(typed);
        if (path != typed && QFileInfo::exists(path)) { // nobody asked about that one
            m_status->setNotice(tr("%1 is there already: choose another name.").arg(QDir::toNativeSeparators(path)));
            return;
        }
        if (QFileInfo(path) == QFileInfo(old)) {
            m_status->setNotice(tr("The model itself is never changed: choose another name."));
            return;
        }
        m_session.converting().write({reading->conversion, path});
    });
    openNativeDialog(dialog);
}

} // namespace cupel::app
