// SPDX-License-Identifier: GPL-3.0-or-later
// MainWindow: asking for files, exports, clipboard, and going to a place of a review.
#include "app/shell/main_window.h"

#include "analyzers/rules/rule_set.h"
#include "app/session/fixing.h"
#include "app/session/gallery.h"
#include "app/session/markdown.h"
#include "app/session/session.h"
#include "app/session/threats.h"
#include "app/session/undo_commands.h"
#include "app/shell/actions.h"
#include "app/shell/question_sheet.h"
#include "app/shell/status_bar.h"
#include "app/shell/top_bar.h"
#include "app/shell/tour.h"
#include "widgets/common/theme.h"
#include "widgets/report/report_view.h"

#include <QtCore/QFileInfo>
#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QTreeView>

#include <algorithm>
#include <memory>
#include <utility>

namespace cupel::app {

namespace {

QString startFolder(const QStringList& roots)
{
    return roots.isEmpty() ? QString() : QFileInfo(roots.front()).absolutePath();
}

QString reportName(const QStringList& roots)
{
    const QString name = roots.isEmpty() ? QString() : QFileInfo(roots.front()).completeBaseName();
    return (name.isEmpty() ? QStringLiteral("review") : name) + QStringLiteral("-audit.pdf");
}

} // namespace

// Dialogs are opened, not executed: the window goes on living behind them.
void MainWindow::openNativeDialog(QFileDialog* dialog)
{
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    // Qt's own has columns of a fixed width: "3.…iB" tells nobody how large a file is.
    for (auto* tree : dialog->findChildren<QTreeView*>()) {
        tree->header()->setStretchLastSection(false);
        tree->header()->setSectionResizeMode(QHeaderView::ResizeToContents);
        tree->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    }
    dialog->resize(dialog->sizeHint().expandedTo(QSize(860, 520) * std::max(1.0, widgets::textZoom())));
    dialog->open();
}

void MainWindow::askForFiles(bool folder, bool add)
{
    auto* dialog = new QFileDialog(this,
        folder    ? tr("Open folder")
            : add ? tr("Add files")
                  : tr("Open file"),
        startFolder(m_session.roots()));
    dialog->setFileMode(folder ? QFileDialog::Directory : QFileDialog::ExistingFiles);
    dialog->setNameFilters({tr("Everything Cupel looks into (*)"), tr("Notebooks (*.ipynb)"), tr("Python (*.py)")});
    connect(dialog, &QFileDialog::filesSelected, this, [this, add](const QStringList& paths) {
        std::vector<OpenTarget> targets;
        for (const QString& path : paths) {
            targets.push_back({path, {}, {}, {}});
        }
        open(targets, add);
    });
    openNativeDialog(dialog);
}

void MainWindow::locate(const QString& path)
{
    const auto& list = m_session.recents().list();
    const std::size_t at = m_session.recents().indexOf(path);
    if (at >= list.size()) {
        return;
    }
    auto* dialog =
        new QFileDialog(this, tr("Where is %1 now?").arg(QFileInfo(path).fileName()), QFileInfo(path).path());
    dialog->setFileMode(list[at].folder ? QFileDialog::Directory : QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this, path](const QString& found) {
        std::vector<Recent> moved = m_session.recents().list();
        for (Recent& one : moved) {
            if (one.path == path) {
                one.path = found;
                one.reachable = true;
            }
        }
        m_session.undo().push(new ChangeRecents(m_session.recents(), std::move(moved), tr("Locate a recent review")));
        open({OpenTarget{found, {}, {}, {}}});
    });
    openNativeDialog(dialog);
}

void MainWindow::askForExport()
{
    if (m_session.roots().isEmpty() || m_exports->busy()) {
        return;
    }
    const QString chosen = m_session.settings().text(keys::exportFolder);
    const QString folder = chosen.isEmpty() ? startFolder(m_session.roots()) : chosen;
    auto* dialog = new QFileDialog(this, tr("Export report"), folder);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters({tr("Audit report (*.pdf)"), tr("Web page in one file (*.html)"), tr("Markdown (*.md)"),
        tr("SARIF (*.sarif)"), tr("Findings as JSON (*.json)")});
    dialog->setDefaultSuffix(QStringLiteral("pdf"));
    dialog->selectFile(reportName(m_session.roots()));
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog](const QString& filter) {
        const qsizetype star = filter.lastIndexOf(u"*.");
        dialog->setDefaultSuffix(filter.mid(star + 2).chopped(1));
    });
    connect(dialog, &QFileDialog::fileSelected, this, &MainWindow::startExport);
    openNativeDialog(dialog);
}

void MainWindow::exportAs(ReportFile format)
{
    if (m_exports->busy()) {
        return;
    }
    const QString chosen = m_session.settings().text(keys::exportFolder);
    const QString folder = chosen.isEmpty() ? startFolder(m_session.roots()) : chosen;
    auto* dialog = new QFileDialog(this, tr("Export report"), folder);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilter(tr("Report (*.%1)").arg(suffixOf(format)));
    dialog->setDefaultSuffix(suffixOf(format));
    QString name = reportName(m_session.roots());
    dialog->selectFile(name.replace(QStringLiteral(".pdf"), u'.' + suffixOf(format)));
    connect(dialog, &QFileDialog::fileSelected, this, &MainWindow::startExport);
    openNativeDialog(dialog);
}

void MainWindow::startExport(const QString& path)
{
    auto* report = view<widgets::ReportView>(QStringLiteral("report"));
    if (!prepareReport()) {
        m_exportWanted = path;
        m_status->setNotice(tr("The threat model is made first, then the report is written."));
        return;
    }
    ExportJob job;
    job.format = formatOf(path);
    job.path = path;
    job.pdf.document = report->document();
    job.pdf.paper = report->paper();
    job.attach = report->attachesFindings();
    job.workspace = m_session.review().workspace();
    job.options = reportOptions();
    if (m_mode != u"report") {
        m_session.threats().setActive(threatsInUse());
    }
    // What was shown last may be of before: pictures were looked at since, or something was decided.
    job.document = m_reportStale || m_reportAwaited || job.pdf.document.sections.empty();
    if (job.document) {
        for (const report::SectionEntry& section : report::sections()) {
            if (report->wants(std::string(section.id))) {
                job.options.sections.emplace_back(section.id);
            }
        }
    }
    report->setExporting(true);
    m_exports->start(std::move(job));
}

report::Options MainWindow::reportOptions()
{
    report::Options options;
    const auto* report = view<widgets::ReportView>(QStringLiteral("report"));
    options.profile = report->profile();
    options.lookedAt = m_session.gallery().lookedAt();
    options.witnesses = m_session.gallery().witnesses();
    if (const auto& decided = m_session.review().decisions()) {
        options.decisions = decided->flat();
        options.today = decided->today;
    }
    Threats& threats = m_session.threats();
    if (const auto& reading = threats.state().reading(); reading && threats.current() && report->wantsThreats()) {
        auto review = std::make_shared<report::ThreatReview>();
        review->overlaid = reading->overlaid;
        review->team = threats.countedTeam();
        review->complete = reading->complete;
        options.threats = std::move(review);
    }
    return options;
}

void MainWindow::exportFinished(const ExportResult& result)
{
    auto* report = view<widgets::ReportView>(QStringLiteral("report"));
    report->setExporting(false);
    const QString name = QFileInfo(result.path).fileName();
    if (!result.outcome) {
        m_status->setNotice(tr("%1 was not written: %2.").arg(name, result.error));
        if (m_sheet && m_sheet->isVisible() && m_sheet->property("takesKeys").toBool()) {
            return; // nobody's question goes for this one
        }
        auto* sheet = new QuestionSheet({tr("The report was not written"), tr("%1: %2.").arg(name, result.error), {},
                                            {}, tr("Choose another place…"), tr("Close")},
            centralWidget());
        connect(sheet, &QuestionSheet::accepted, this, &MainWindow::askForExport);
        ask(sheet);
        return;
    }
    if (result.format == ReportFile::Pdf) {
        report->showExported({name, QString::fromStdString(result.outcome->sha256),
            static_cast<int>(result.outcome->pages), static_cast<qint64>(result.outcome->bytes)});
    }
    const std::size_t missing = result.outcome->missing.size();
    m_status->setNotice(missing == 0
            ? tr("Wrote %1.").arg(name)
            : tr("Wrote %1. %n character(s) have no font here and are printed as their number.", nullptr,
                  static_cast<int>(missing))
                  .arg(name));
}

// What the report holds follows from what was kept and chosen, whichever views somebody has been to. False: the threat
// model that it is to tell of is not there yet.
bool MainWindow::prepareReport()
{
    auto* report = view<widgets::ReportView>(QStringLiteral("report"));
    report->setProfiles(m_session.fixing().state().profiles());
    if (const auto last = m_session.fixing().lastProfile()) { // one verdict in Share and here
        report->suggestProfile(*last);
    }
    if (m_session.roots().isEmpty()) {
        return true;
    }
    Threats& threats = m_session.threats();
    report->setThreatsKept(threats.isKept());
    threats.setActive(m_mode == u"threats" || report->wantsThreats());
    return !report->wantsThreats() || threats.state().how() != widgets::ThreatState::How::Reading;
}

// The report is made anew when it is looked at, or when the scan ends while it is.
void MainWindow::feedReport()
{
    if (m_mode != u"report" || !m_reportStale || m_session.busy()) {
        return;
    }
    if (!prepareReport()) {
        view<widgets::ReportView>(QStringLiteral("report"))->showWaiting();
        return;
    }
    m_reportStale = false;
    m_reportAwaited = !m_session.roots().isEmpty();
    if (!m_reportAwaited) {
        view<widgets::ReportView>(QStringLiteral("report"))->clear();
    } else {
        m_exports->requestDocument(reportOptions());
    }
}

void MainWindow::showDocument(const report::Document& document)
{
    if (std::exchange(m_reportAwaited, false)) { // else it is of a review that was closed meanwhile
        view<widgets::ReportView>(QStringLiteral("report"))->setDocument(document);
    }
}

void MainWindow::wireReport(ModePage* made)
{
    auto* report = qobject_cast<widgets::ReportView*>(made->parts().canvas);
    if (!report) {
        return;
    }
    const auto again = [this] {
        m_reportStale = true;
        feedReport();
    };
    connect(&m_session.threats().state(), &widgets::ThreatState::changed, this, [this, again] {
        again();
        if (!m_exportWanted.isEmpty() && m_session.threats().state().how() != widgets::ThreatState::How::Reading) {
            startExport(std::exchange(m_exportWanted, QString()));
        }
    });
    connect(&m_session.fixing().state(), &widgets::FixState::profileChanged, this, again);
    connect(report, &widgets::ReportView::profileChanged, this, [this, report, again] {
        const auto chosen = report->profile();
        m_session.fixing().rememberProfile(chosen ? chosen->name : std::string());
        again();
    });
    connect(report, &widgets::ReportView::threatsChanged, this, again);
    connect(report, &widgets::ReportView::exportPdfRequested, this, [this] { exportAs(ReportFile::Pdf); });
    connect(report, &widgets::ReportView::exportRequested, this, [this](widgets::ReportFormat format) {
        using widgets::ReportFormat;
        exportAs(format == ReportFormat::Html      ? ReportFile::Html
                : format == ReportFormat::Markdown ? ReportFile::Markdown
                : format == ReportFormat::Sarif    ? ReportFile::Sarif
                                                   : ReportFile::Json);
    });
    connect(report, &widgets::ReportView::statusChanged, m_status, &StatusBar::setIdleText);
}

void MainWindow::copyMarkdown()
{
    const auto& current = m_session.review().current();
    const Finding* finding = current ? m_session.review().finding(*current) : nullptr;
    if (!finding) {
        m_status->setNotice(tr("Choose a finding first."));
        return;
    }
    QGuiApplication::clipboard()->setText(findingMarkdown(*finding, rules::findRule(finding->rule)));
    m_status->setNotice(tr("Finding copied as Markdown, secrets masked."));
}

void MainWindow::copyLink()
{
    const auto& current = m_session.review().current();
    const Finding* finding = current ? m_session.review().finding(*current) : nullptr;
    if (!finding) {
        m_status->setNotice(tr("Choose a finding first."));
        return;
    }
    OpenTarget target{
        QString::fromStdString(finding->location.artifact), {}, {}, QString::fromStdString(finding->fingerprint)};
    if (finding->location.cell) {
        target.cell = *finding->location.cell;
    }
    QGuiApplication::clipboard()->setText(deepLink(target));
    m_status->setNotice(tr("Link copied. “cupel open LINK” comes back here."));
}

void MainWindow::startTour()
{
    if (m_session.roots().isEmpty()) {
        openSample();
        m_tourWanted = true;
        return;
    }
    showMode(QStringLiteral("review"));
    const ModeParts& parts = page(QStringLiteral("review"))->parts();
    m_tour->start({
        {parts.navigator, tr("Findings, worst first"),
            tr("Everything that speaks against sharing this project. N and P walk through it in this order; the line "
               "above filters it.")},
        {parts.canvas, tr("The notebook, as it would be read"),
            tr("Cells with their outputs. A finding stands under its line; secrets are masked and shown only while you "
               "hold R.")},
        {parts.inspector, tr("Why, and what to do"),
            tr("What happens, where it comes from and how to fix it. C copies it as Markdown.")},
        {m_status->shield(), tr("What was checked"),
            tr("Counts, coverage and what was not looked at stand here all the time. Nothing you open is ever run.")},
        {m_top->exportButton(), tr("Tell others"),
            tr("Export makes the audit report as PDF or as one web page. That is all; F1 explains what you see.")},
    });
}

} // namespace cupel::app
