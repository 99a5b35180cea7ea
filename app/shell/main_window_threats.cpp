// SPDX-License-Identifier: GPL-3.0-or-later
// MainWindow: what it asks of Threats mode.
#include "app/shell/main_window.h"

#include "app/session/session.h"
#include "app/session/threat_clipboard.h"
#include "app/session/threats.h"
#include "app/shell/actions.h"
#include "app/shell/question_sheet.h"
#include "app/shell/status_bar.h"
#include "widgets/canvas/graph_canvas.h"
#include "widgets/threats/assignee_field.h"
#include "widgets/threats/control_shelf.h"
#include "widgets/threats/file_band.h"
#include "widgets/threats/presenter_card.h"
#include "widgets/threats/threat_copies.h"
#include "widgets/threats/threat_inspector.h"
#include "widgets/threats/threat_navigator.h"
#include "widgets/threats/threat_panels.h"
#include "widgets/threats/threat_view.h"
#include "widgets/threats/threat_work.h"
#include "widgets/threats/what_if_band.h"

#include <QtCore/QFileInfo>
#include <QtCore/QMimeData>
#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtGui/QKeyEvent>
#include <QtGui/QScreen>
#include <QtGui/QUndoStack>
#include <QtWidgets/QAbstractSpinBox>
#include <QtWidgets/QApplication>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QPushButton>

#include <algorithm>
#include <array>
#include <memory>
#include <vector>

namespace cupel::app {

using widgets::ThreatInspector;
using widgets::ThreatState;
using widgets::ThreatView;

namespace {

// One key for each decision. In this mode they come before the keys of Review; where somebody types they are letters.
class ThreatKeys : public QObject {
public:
    ThreatKeys(ThreatState& state, ThreatInspector* inspector, QObject* parent)
        : QObject(parent)
        , m_state(state)
        , m_inspector(inspector)
    {
    }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override
    {
        const bool asks = event->type() == QEvent::ShortcutOverride;
        if (!asks && event->type() != QEvent::KeyPress) {
            return QObject::eventFilter(watched, event);
        }
        auto* key = static_cast<QKeyEvent*>(event);
        const QWidget* focus = QApplication::focusWidget();
        if (qobject_cast<const QLineEdit*>(focus) || qobject_cast<const QPlainTextEdit*>(focus)
            || qobject_cast<const QAbstractSpinBox*>(focus) || qobject_cast<const QComboBox*>(focus)) {
            return QObject::eventFilter(watched, event);
        }
        // The drawing has keys of its own, but M decides here: its map is no matter of one key.
        const bool own = qobject_cast<const widgets::GraphCanvas*>(watched) && key->key() != Qt::Key_M;
        if (own || key->modifiers() != Qt::NoModifier || !run(key->key(), !asks)) {
            return QObject::eventFilter(watched, event);
        }
        key->accept();
        return true;
    }

private:
    bool run(int key, bool act)
    {
        using threats::Applicability;
        using threats::Decision;
        struct Row {
            int key;
            Applicability applicability;
            Decision decision;
        };
        static constexpr std::array<Row, 9> rows{{{Qt::Key_A, Applicability::Applies, Decision::Open},
            {Qt::Key_P, Applicability::Applies, Decision::InProgress},
            {Qt::Key_M, Applicability::Applies, Decision::Mitigated},
            {Qt::Key_X, Applicability::Applies, Decision::Accepted},
            {Qt::Key_T, Applicability::Applies, Decision::Transferred},
            {Qt::Key_V, Applicability::Applies, Decision::Avoided},
            {Qt::Key_L, Applicability::Applies, Decision::Eliminated},
            {Qt::Key_N, Applicability::NotApplicable, Decision::Open},
            {Qt::Key_R, Applicability::Proposed, Decision::Open}}};
        for (const Row& row : rows) {
            if (row.key == key) {
                if (act) {
                    m_inspector->decideByKey(row.applicability, row.decision);
                }
                return true;
            }
        }
        if (key >= Qt::Key_1 && key <= Qt::Key_9) {
            const int row = key - Qt::Key_1;
            const bool there = m_state.threat() && row < m_inspector->shelf()->count();
            if (act && there) {
                m_inspector->shelf()->step(row);
            }
            return there;
        }
        if (key == Qt::Key_W || key == Qt::Key_I) {
            if (act && key == Qt::Key_W) {
                m_inspector->writeThreat();
            } else if (act) {
                m_inspector->assignee()->toggleMine();
            }
            return true;
        }
        if (key != Qt::Key_J && key != Qt::Key_K && key != Qt::Key_O) {
            return false;
        }
        if (act && key == Qt::Key_O) {
            const auto* threat = m_state.threat();
            if (threat && !threat->findings.empty()) {
                m_state.openEvidence(threat->findings.front());
            }
        } else if (act) {
            m_state.step(key == Qt::Key_J ? 1 : -1);
        }
        return true;
    }

    ThreatState& m_state;
    ThreatInspector* m_inspector;
};

// What is tried lies on the one stack of undo: discarding goes back to where it began.
void wireVariants(Session& session, QAction* action, ThreatView* view, ThreatInspector* inspector)
{
    auto* shelf = inspector->shelf();
    QObject::connect(shelf, &widgets::ControlShelf::wanted, view, &ThreatView::putControl);
    QObject::connect(shelf, &widgets::ControlShelf::dropped, view, &ThreatView::dropControl);
    auto* band = view->whatIf();
    QUndoStack& undo = session.undo();
    const auto begin = std::make_shared<int>(0);
    QObject::connect(band, &widgets::WhatIfBand::started, view, [&undo, begin] { *begin = undo.index(); });
    QObject::connect(band, &widgets::WhatIfBand::discardRequested, view,
        [&undo, begin] { undo.setIndex(std::min(*begin, undo.index())); });
    QObject::connect(action, &QAction::triggered, view, [band] { band->start(); });
}

// A file of another tool in its own form: the band, the menu and the keys ask for the same.
void wireFile(Threats& threats, ThreatView* view, const Actions& actions)
{
    const auto* band = view->fileBand();
    const auto save = [&threats] { threats.saveFile(); };
    const auto own = [&threats] { threats.takeFileOver(); };
    const auto leave = [&threats] { threats.leaveFile(); };
    QObject::connect(band, &widgets::FileBand::saveRequested, &threats, save);
    QObject::connect(band, &widgets::FileBand::takeOverRequested, &threats, own);
    QObject::connect(band, &widgets::FileBand::leaveRequested, &threats, leave);
    QObject::connect(actions.at(u"threats.save"), &QAction::triggered, &threats, save);
    QObject::connect(actions.at(u"threats.takeOver"), &QAction::triggered, &threats, own);
    QObject::connect(actions.at(u"threats.leave"), &QAction::triggered, &threats, leave);
}

void wireCard(ModePage* page, ThreatView* view, ThreatInspector* inspector)
{
    QObject::connect(inspector, &ThreatInspector::removeRequested, view->work(), &widgets::ThreatWork::remove);
    QObject::connect(inspector, &ThreatInspector::reasonWanted, page, [page] { page->setInspectorShown(true); });
    QObject::connect(view, &ThreatView::cardRequested, page, [page, inspector] {
        page->setInspectorShown(true);
        inspector->takeFocus();
    });
}

void wireCopies(ThreatView* view)
{
    auto* copies = view->copies();
    QObject::connect(copies, &widgets::ThreatCopies::copied, view, [](const threats::ThreatModel& parts) {
        QGuiApplication::clipboard()->setMimeData(clipboardOf(parts).release()); // the clipboard owns it
    });
    QObject::connect(copies, &widgets::ThreatCopies::pasteWanted, view, [view, copies] {
        const auto pasted = partsOn(QGuiApplication::clipboard()->mimeData());
        if (pasted.parts) {
            copies->put(*pasted.parts);
        } else {
            Q_EMIT view->told(pasted.trouble);
        }
    });
}

void wirePanels(ModePage* page, ThreatView* view, widgets::ThreatPanels* panels, const Actions& actions)
{
    const auto past = [page, panels] {
        page->setNavigatorShown(true);
        panels->showPanel(widgets::ThreatPanels::Panel::History);
        panels->takeFocus();
    };
    QObject::connect(view, &ThreatView::historyRequested, view, past);
    QObject::connect(actions.at(u"threats.history"), &QAction::triggered, view, past);
    QObject::connect(actions.at(u"threats.rules"), &QAction::triggered, view, [page, panels] {
        page->setNavigatorShown(true);
        panels->showPanel(widgets::ThreatPanels::Panel::Rules);
        panels->takeFocus();
    });
}

// Two ways to save, and Esc.
Question lossQuestion(const QString& format, const QStringList& lost)
{
    Question out;
    out.title = MainWindow::tr("Not all of it can be said in %1").arg(format);
    out.text = MainWindow::tr("These changes would not be in the file:");
    for (const QString& one : lost) {
        out.rows.push_back({Severity::Low, one, {}});
    }
    out.foot = MainWindow::tr("Cupel\u2019s own model of the folder keeps all of it; the file stays as it is then. Esc "
                              "saves nothing.");
    out.yes = MainWindow::tr("Save the rest");
    out.no = MainWindow::tr("Save as Cupel\u2019s own model");
    return out;
}

// The answer is about the file that was open when it was asked.
void wireLoss(Threats& threats, const QuestionSheet* sheet)
{
    const auto ifOpen = [&threats, path = threats.openedFile()](auto act) {
        return [&threats, path, act] {
            if (threats.openedFile() == path) {
                act();
            }
        };
    };
    QObject::connect(sheet, &QuestionSheet::accepted, &threats, ifOpen([&threats] { threats.saveFile(true); }));
    QObject::connect(sheet->no(), &QPushButton::clicked, &threats, ifOpen([&threats] { threats.takeFileOver(); }));
}

QFileDialog* threatFileDialog(QWidget* parent, const QString& folder)
{
    auto* dialog = new QFileDialog(parent, MainWindow::tr("Work on a threat model in its own form"), folder);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({MainWindow::tr("Threat Dragon 2 and Open Threat Model (*.json *.otm *.yaml *.yml)"),
        MainWindow::tr("All files (*)")});
    return dialog;
}

// On another screen than the window, when there is one.
void present(ThreatState& state, QWidget* window)
{
    auto* card = window->findChild<widgets::PresenterCard*>();
    if (!card) {
        card = new widgets::PresenterCard(state, window);
        const auto screens = QGuiApplication::screens();
        const auto other = std::find_if(
            screens.begin(), screens.end(), [window](const QScreen* one) { return one != window->screen(); });
        if (other != screens.end()) {
            card->setGeometry((*other)->availableGeometry());
        }
    }
    card->show();
    card->raise();
}

} // namespace

// The ways from the model into files: to a finding, and to what was seen besides.
void MainWindow::wireEvidence(widgets::ThreatState& state)
{
    connect(&state, &ThreatState::evidenceRequested, this,
        [this](const std::string& artifact, const std::string& fingerprint) {
            reveal({QString::fromStdString(artifact), {}, {}, QString::fromStdString(fingerprint)});
        });
    connect(&state, &ThreatState::placeRequested, this,
        [this](const std::string& artifact, std::int32_t cell, std::uint32_t line) {
            OpenTarget target{QString::fromStdString(artifact), {}, {}, {}};
            if (cell >= 0) {
                target.cell = static_cast<unsigned>(cell);
            }
            if (line > 0) {
                target.line = line;
            }
            reveal(target);
        });
}

void MainWindow::wireThreats(ModePage* made)
{
    auto* view = qobject_cast<ThreatView*>(made->parts().canvas);
    auto* panels = qobject_cast<widgets::ThreatPanels*>(made->parts().navigator);
    auto* inspector = qobject_cast<ThreatInspector*>(made->parts().inspector);
    if (!view || !panels || !inspector) {
        return;
    }
    Threats& threats = m_session.threats();
    ThreatState& state = threats.state();
    auto* keys = new ThreatKeys(state, inspector, made);
    for (QObject* part : {static_cast<QObject*>(view), static_cast<QObject*>(view->canvas()),
             static_cast<QObject*>(panels), static_cast<QObject*>(inspector)}) {
        part->installEventFilter(keys);
    }
    connect(&threats, &Threats::told, m_status, &StatusBar::setNotice);
    connect(view, &ThreatView::told, m_status, &StatusBar::setNotice);
    connect(inspector, &ThreatInspector::told, m_status, &StatusBar::setNotice);
    wireCard(made, view, inspector);
    wireCopies(view);
    wireVariants(m_session, m_actions->at(u"threats.whatif"), view, inspector);
    connect(view, &ThreatView::againRequested, this, [&threats] { threats.again(); });
    connect(view, &ThreatView::findRequested, this, [made, panels] {
        made->setNavigatorShown(true);
        panels->showPanel(widgets::ThreatPanels::Panel::Threats);
        panels->threatList()->search()->setFocus(Qt::ShortcutFocusReason);
    });
    wireEvidence(state);
    connect(m_actions->at(u"threats.fit"), &QAction::triggered, this, [view] { view->canvas()->fit(); });
    connect(
        m_actions->at(u"threats.risks"), &QAction::triggered, this, [view] { view->setMapShown(!view->mapShown()); });
    connect(m_actions->at(u"threats.questions"), &QAction::triggered, this, [view] { view->setQuestionsShown(true); });
    connect(m_actions->at(u"threats.present"), &QAction::triggered, this, [this, &state] { present(state, this); });
    wirePanels(made, view, panels, *m_actions);
    connect(m_actions->at(u"threats.write"), &QAction::triggered, this, [made, inspector] {
        made->setInspectorShown(true);
        inspector->writeThreat();
    });
    wireFile(threats, view, *m_actions);
    connect(&state, &ThreatState::changed, this, &MainWindow::followThreatsWanted);
    connect(&state, &ThreatState::fileChanged, this, [this] {
        m_closeAnyway = false; // it was another question
        updateActions();
    });
    connect(
        &threats, &Threats::notAllCanBeSaid, this, [this, &threats](const QString& format, const QStringList& lost) {
            auto* sheet = new QuestionSheet(lossQuestion(format, lost), centralWidget());
            wireLoss(threats, sheet);
            ask(sheet);
        });
    connect(m_actions->at(u"threats.open"), &QAction::triggered, this, [this, &threats] {
        auto* dialog = threatFileDialog(this, QFileInfo(m_session.roots().value(0)).path());
        connect(dialog, &QFileDialog::fileSelected, &threats, &Threats::openFile);
        openNativeDialog(dialog);
    });
    connect(m_actions->at(u"threats.import"), &QAction::triggered, this, &MainWindow::askForThreatModel);
    connect(m_actions->at(u"threats.export"), &QAction::triggered, this, &MainWindow::askForThreatExport);
    connect(m_actions->at(u"threats.again"), &QAction::triggered, this, [&threats] { threats.again(); });
}

void MainWindow::askForThreatModel()
{
    auto* dialog = new QFileDialog(this, tr("Take over a threat model"), QFileInfo(m_session.roots().value(0)).path());
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setNameFilters({tr("Threat models (*.json *.tm7 *.otm *.yaml *.yml)"), tr("All files (*)")});
    connect(dialog, &QFileDialog::fileSelected, this,
        [this](const QString& path) { m_session.threats().importFile(path); });
    openNativeDialog(dialog);
}

void MainWindow::askForThreatExport()
{
    if (!m_session.threats().state().reading()) {
        m_status->setNotice(tr("There is no threat model here that could be exported."));
        return;
    }
    struct Kind {
        ThreatFormat format;
        QString filter;
        const char* suffix;
    };
    const std::vector<Kind> kinds{{ThreatFormat::ThreatDragon, tr("Threat Dragon 2 (*.json)"), "json"},
        {ThreatFormat::Otm, tr("Open Threat Model (*.otm)"), "otm"},
        {ThreatFormat::TmBom, tr("TM-BOM of the OWASP Threat Model Library (*.json)"), "json"},
        {ThreatFormat::Csv, tr("Table of threats (*.csv)"), "csv"},
        {ThreatFormat::Svg, tr("SVG picture (*.svg)"), "svg"},
        {ThreatFormat::Mermaid, tr("Mermaid chart (*.mmd)"), "mmd"},
        {ThreatFormat::AtlasLayer, tr("Layer for the ATLAS navigator (*.json)"), "json"},
        {ThreatFormat::Json, tr("Cupel, all of it (*.json)"), "json"}};
    const QFileInfo root(m_session.roots().value(0));
    auto* dialog = new QFileDialog(this, tr("Export the threat model"), root.path());
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    QStringList filters;
    for (const Kind& kind : kinds) {
        filters += kind.filter;
    }
    dialog->setNameFilters(filters);
    dialog->setDefaultSuffix(QStringLiteral("json"));
    dialog->selectFile(root.completeBaseName() + QStringLiteral(".threats.json"));
    const auto chosen = [kinds](const QString& filter) {
        const auto found =
            std::find_if(kinds.begin(), kinds.end(), [&filter](const Kind& kind) { return kind.filter == filter; });
        return found == kinds.end() ? kinds.front() : *found;
    };
    connect(dialog, &QFileDialog::filterSelected, dialog,
        [dialog, chosen](const QString& filter) { dialog->setDefaultSuffix(QLatin1String(chosen(filter).suffix)); });
    connect(
        dialog, &QFileDialog::fileSelected, this, [this, dialog, chosen, title = root.fileName()](const QString& path) {
            if (m_session.review().analysis(QFileInfo(path).absoluteFilePath().toStdString())) {
                m_status->setNotice(tr("A file of the review is never changed: choose another name."));
                return;
            }
            m_session.threats().exportTo(path, title, chosen(dialog->selectedNameFilter()).format);
        });
    openNativeDialog(dialog);
}

} // namespace cupel::app
