// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shell/application.h"

#include "analyzers/engine/file_source.h"
#include "analyzers/engine/lineage_folder.h"
#include "analyzers/engine/scan.h"
#include "analyzers/engine/threat_folder.h"
#include "analyzers/report/looked_pictures.h"
#include "app/session/session.h"
#include "app/settings/saver.h"
#include "app/shell/export_runner.h"
#include "app/shell/main_window.h"
#include "app/shell/sample.h"
#include "app/shell/single_instance.h"
#include "app/shell/theme_controller.h"
#include "widgets/common/icons.h"
#include "widgets/common/style.h"

#include <QtCore/QDateTime>
#include <QtCore/QDir>
#include <QtCore/QElapsedTimer>
#include <QtCore/QFileInfo>
#include <QtCore/QTemporaryDir>
#include <QtCore/QTextStream>
#include <QtCore/QTimer>
#include <QtWidgets/QApplication>

#include <cstdio>

namespace cupel::app {

namespace {

constexpr int exitDone = 0;
constexpr int exitUsage = 2;
constexpr int exitNothing = 3;
constexpr int exitFailed = 70;

void say(FILE* stream, const QString& text)
{
    QTextStream(stream) << text << '\n';
}

Paths pathsOf(const CommandLine& line)
{
    return line.dataFolder.isEmpty() ? standardPaths() : portablePaths(line.dataFolder);
}

std::string isoToday()
{
    const QByteArray fixed = qgetenv("SOURCE_DATE_EPOCH"); // reproducible runs can fix the day
    const QDateTime now =
        fixed.isEmpty() ? QDateTime::currentDateTimeUtc() : QDateTime::fromSecsSinceEpoch(fixed.toLongLong(), Qt::UTC);
    return now.date().toString(Qt::ISODate).toStdString();
}

// What people decided about findings, and which pictures they have looked at.
struct Reviewed {
    report::Options options;
    review::PictureMarks pictures;
};

// Empty: read; else one sentence.
QString readReviewFiles(const CommandLine& line, Reviewed& reviewed)
{
    report::Options& out = reviewed.options;
    Budget budget;
    if (const auto* known = review::builtInProfile(line.profile.toStdString())) {
        out.profile = *known;
    } else if (!line.profile.isEmpty()) {
        const auto bytes = engine::readFile(line.profile.toStdString(), budget);
        auto profile = bytes ? review::readProfile(*bytes.value()) : Result<review::Profile>(bytes.error());
        if (!profile) {
            return QStringLiteral("%1: %2").arg(line.profile, QString::fromStdString(profile.error().detail));
        }
        out.profile = std::move(profile).value();
    }
    if (!line.decisions.isEmpty()) {
        const auto bytes = engine::readFile(line.decisions.toStdString(), budget);
        if (!bytes) {
            return QStringLiteral("%1: %2").arg(line.decisions, QString::fromStdString(bytes.error().detail));
        }
        std::vector<std::string> troubles;
        out.decisions = review::Decisions::read(*bytes.value(), troubles);
        reviewed.pictures = review::readPictureMarks(*bytes.value());
        for (const std::string& trouble : troubles) {
            say(stderr, QStringLiteral("%1: %2").arg(line.decisions, QString::fromStdString(trouble)));
        }
        out.today = isoToday();
    }
    return {};
}

// The files as people have answered for them. Pictures are known by their bytes: these are kept where some were marked.
void scanReviewed(std::vector<std::string> roots, Reviewed reviewed, ExportJob& job)
{
    job.options = std::move(reviewed.options);
    ScanOptions scan;
    scan.keepBytes = !reviewed.pictures.empty();
    job.workspace = report::withDecisions(engine::scanAll(std::move(roots), scan), job.options);
    report::LookedPictures looked;
    for (const auto& [path, analysis] : job.workspace.analyses) {
        looked.add(*analysis, reviewed.pictures);
    }
    looked.tell(job.options);
}

// Derived from the same files as the report; a sentence when what people decided cannot be read.
QString addThreats(const CommandLine& line, const Workspace& workspace, report::Options& out)
{
    engine::ThreatOptions options;
    options.today = isoToday();
    Budget budget;
    if (!line.threatDecisions.isEmpty()) {
        const auto bytes = engine::readFile(line.threatDecisions.toStdString(), budget);
        if (!bytes) {
            return QStringLiteral("%1: %2").arg(line.threatDecisions, QString::fromStdString(bytes.error().detail));
        }
        std::vector<std::string> troubles;
        options.team = threats::read(*bytes.value(), troubles);
        for (const std::string& trouble : troubles) {
            say(stderr, QStringLiteral("%1: %2").arg(line.threatDecisions, QString::fromStdString(trouble)));
        }
    }
    const auto graph = engine::lineageOf(workspace.roots, {{}, 0, {}, false}, budget);
    auto review = std::make_shared<report::ThreatReview>(
        std::move(engine::threatReview(workspace, graph, options, budget).review));
    review->complete = graph.complete && !summarize(workspace).incomplete;
    out.threats = std::move(review);
    return {};
}

} // namespace

int runWindow(QApplication& application, const CommandLine& line)
{
    QElapsedTimer clock;
    clock.start();
    const Paths paths = pathsOf(line);
    Saver saver;
    Settings settings(paths.settingsFile(), saver);
    SingleInstance instance(paths);
    const bool single = settings.boolean(keys::singleInstance) && !line.newInstance;
    if (single && instance.handOver({line.targets, QDir::currentPath(), line.sample})) {
        return exitDone;
    }
    widgets::installStyle(application);
    QApplication::setWindowIcon(widgets::icon(QStringLiteral("cupel")));
    Session session(settings, saver, paths);
    ThemeController theme(settings, session.state().systemTheme);
    MainWindow window(session, theme);
    window.restore();
    window.showMode(QStringLiteral("home"));
    if (single) {
        (void)instance.listen();
    }
    QObject::connect(&instance, &SingleInstance::received, &window, [&window](const Handover& handover) {
        if (handover.sample && handover.arguments.isEmpty()) {
            window.openSample();
        }
        window.open(parseTargets(handover.arguments, handover.workingFolder));
        window.setWindowState(window.windowState() & ~Qt::WindowMinimized);
        window.raise();
        window.activateWindow();
    });
    window.show();
    const std::vector<OpenTarget> targets = parseTargets(line.targets, QDir::currentPath());
    QTimer::singleShot(0, &window, [&] {
        session.log().info(QCoreApplication::translate("Application", "Started in %1 ms.").arg(clock.elapsed()));
        if (!targets.empty()) {
            window.open(targets);
        } else if (line.sample) {
            window.openSample();
        } else if (settings.boolean(keys::restoreSession)) {
            window.restoreReview();
        }
        session.checkRecents();
    });
    const int code = QApplication::exec();
    session.saveNow(true);
    return code;
}

int runHeadlessExport(const CommandLine& line)
{
    bool known = false;
    ExportJob job;
    job.path = QFileInfo(line.exportPath).absoluteFilePath();
    job.format = formatOf(job.path, &known);
    if (!known) {
        say(stderr,
            QCoreApplication::translate(
                "Application", "cupel-workbench: %1 must end in .pdf, .html, .md, .sarif or .json")
                .arg(line.exportPath));
        return exitUsage;
    }
    QTemporaryDir scratch; // the sample, when nothing else was asked for
    std::vector<std::string> roots;
    for (const OpenTarget& target : parseTargets(line.targets, QDir::currentPath())) {
        roots.push_back(target.path.toStdString());
    }
    if (roots.empty()) {
        Paths paths;
        paths.state = scratch.path();
        roots.push_back(unpackSample(paths).toStdString());
    }
    Reviewed reviewed;
    if (const QString trouble = readReviewFiles(line, reviewed); !trouble.isEmpty()) {
        say(stderr, QStringLiteral("cupel-workbench: %1").arg(trouble));
        return exitUsage;
    }
    scanReviewed(std::move(roots), std::move(reviewed), job);
    job.document = true;
    job.attach = true;
    if (const QString trouble = line.threats ? addThreats(line, job.workspace, job.options) : QString();
        !trouble.isEmpty()) {
        say(stderr, QStringLiteral("cupel-workbench: %1").arg(trouble));
        return exitUsage;
    }
    const Summary summary = summarize(job.workspace);
    if (!summary.anythingScannable) {
        say(stderr,
            QCoreApplication::translate("Application", "cupel-workbench: there is nothing here that can be checked"));
        return exitNothing;
    }
    const int code = exitCodeOf(job.workspace, job.options.profile); // findings and gaps, as `cupel scan` says it
    const Result<ExportOutcome> outcome = runExport(std::move(job));
    if (!outcome) {
        say(stderr,
            QCoreApplication::translate("Application", "cupel-workbench: %1 was not written: %2")
                .arg(line.exportPath, QString::fromStdString(outcome.error().detail)));
        return exitFailed;
    }
    say(stderr,
        QCoreApplication::translate("Application", "%1: %2 files, %3 bytes, SHA-256 %4")
            .arg(line.exportPath)
            .arg(summary.artifacts)
            .arg(outcome.value().bytes)
            .arg(QString::fromStdString(outcome.value().sha256)));
    return code;
}

} // namespace cupel::app
