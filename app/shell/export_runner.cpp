// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shell/export_runner.h"

#include "analyzers/engine/threat_mask.h"
#include "analyzers/report/build.h"
#include "analyzers/report/short_paths.h"
#include "analyzers/report/writers/html.h"
#include "analyzers/report/writers/json.h"
#include "analyzers/report/writers/markdown.h"
#include "analyzers/report/writers/sarif.h"
#include "analyzers/rules/rule_set.h"
#include "app/session/session.h"
#include "widgets/models/shown_text.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QFileInfo>

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

namespace cupel::app {

namespace {

constexpr std::array<std::pair<const char*, ReportFile>, 6> suffixes{
    {{"pdf", ReportFile::Pdf}, {"html", ReportFile::Html}, {"md", ReportFile::Markdown}, {"sarif", ReportFile::Sarif},
        {"json", ReportFile::Json}, {"htm", ReportFile::Html}}};

report::RunInfo runInfo(const ExportJob& job)
{
    const Workspace& workspace = job.workspace;
    report::RunInfo run;
    run.version = QCoreApplication::applicationVersion().toStdString();
    run.rulesVersion = std::string(rules::catalogueVersion());
    run.exitCode = exitCodeOf(workspace, job.options.profile);
    if (job.options.profile) {
        run.verdict = review::judge(*job.options.profile, workspace, {}, job.options.lookedAt);
    }
    run.decisions = job.options.decisions;
    run.today = job.options.today;
    if (job.format == ReportFile::Sarif) {
        Budget budget;
        for (const auto& [path, analysis] : workspace.analyses) {
            if (auto edits = report::offeredEdits(analysis, budget); !edits.empty()) {
                run.edits.emplace(path, std::move(edits));
            }
            if (auto brief = report::modelBrief(*analysis, report::BriefDetail::Outline)) {
                run.models.emplace(path, std::move(brief));
            }
        }
    }
    return run;
}

template <class ByPath> ByPath renamed(ByPath byPath, const report::ShortPaths& paths)
{
    ByPath out;
    for (auto& [path, value] : byPath) {
        out.emplace(paths.of(path), std::move(value));
    }
    return out;
}

std::string collected(
    const ExportJob& job, void (*write)(const Workspace&, const report::RunInfo&, const report::TextSink&))
{
    // The file is given away: no path in it tells where on this machine things lie.
    const report::ShortPaths paths(job.workspace.roots);
    report::RunInfo run = runInfo(job);
    run.edits = renamed(std::move(run.edits), paths);
    run.models = renamed(std::move(run.models), paths);
    std::string text;
    write(report::withShortPaths(job.workspace, paths), run, [&text](std::string_view piece) { text += piece; });
    return text;
}

ExportResult exported(const ExportJob& job, const std::stop_token&)
{
    Result<ExportOutcome> outcome = runExport(job);
    ExportResult result{job.path, job.format, std::nullopt, {}};
    if (outcome) {
        result.outcome = std::move(outcome).value();
    } else {
        result.error = QString::fromStdString(outcome.error().detail);
    }
    return result;
}

// What people wrote into a threat model is searched for credentials before it leaves: on a worker, as all of this.
report::Options masked(report::Options options)
{
    if (options.threats) {
        auto review = std::make_shared<report::ThreatReview>(*options.threats);
        Budget budget;
        engine::maskThreats(*review, budget);
        options.threats = std::move(review);
    }
    return options;
}

} // namespace

int exitCodeOf(const Workspace& workspace, const std::optional<review::Profile>& profile)
{
    const Summary summary = summarize(workspace);
    const auto blocked = [](const review::GateResult& result) { return !result.blocking.empty(); };
    const auto gates = profile ? review::judge(*profile, workspace).gates : std::vector<review::GateResult>{};
    const bool findings = profile ? std::any_of(gates.begin(), gates.end(), blocked)
                                  : summary.bySeverity[static_cast<int>(Severity::High)] > 0
            || summary.bySeverity[static_cast<int>(Severity::Critical)] > 0;
    return findings ? 1 : !summary.anythingScannable ? 3 : summary.incomplete ? 4 : 0;
}

QString suffixOf(ReportFile format)
{
    for (const auto& [suffix, one] : suffixes) {
        if (one == format) {
            return QString::fromUtf8(suffix);
        }
    }
    return {};
}

ReportFile formatOf(const QString& path, bool* known)
{
    const QString suffix = QFileInfo(path).suffix().toLower();
    for (const auto& [one, format] : suffixes) {
        if (suffix == QLatin1String(one)) {
            if (known) {
                *known = true;
            }
            return format;
        }
    }
    if (known) {
        *known = false;
    }
    return ReportFile::Pdf;
}

Result<ExportOutcome> runExport(ExportJob job)
{
    job.workspace = report::withDecisions(job.workspace, job.options);
    if (job.document) {
        job.pdf.document = report::build(job.workspace, masked(job.options));
    }
    switch (job.format) {
    case ReportFile::Pdf:
        if (job.attach) {
            job.pdf.findingsJson = collected(job, report::writeJson);
        }
        return exportPdf(job.pdf, job.path);
    case ReportFile::Html:
        return exportText(report::writeHtml(job.pdf.document), job.path);
    case ReportFile::Markdown:
        return exportText(report::writeMarkdown(job.pdf.document), job.path);
    case ReportFile::Sarif:
        return exportText(collected(job, report::writeSarif), job.path);
    case ReportFile::Json:
        return exportText(collected(job, report::writeJson), job.path);
    }
    return Error{ErrorCode::Internal, 0, "no such format"};
}

ExportRunner::ExportRunner(Session& session, QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_writer(session, exported, [this](const ExportResult& result) { take(result); })
    , m_builder(
          session,
          [](const DocumentRequest& request, const std::stop_token&) {
              return report::build(request.workspace, masked(request.options));
          },
          [this](const report::Document& document) { Q_EMIT documentReady(document); })
{
}

void ExportRunner::start(ExportJob job)
{
    m_job = m_session.beginJob(tr("Export %1").arg(QFileInfo(job.path).fileName()));
    m_writer.request(std::move(job));
}

void ExportRunner::take(const ExportResult& result)
{
    const auto& made = result.outcome;
    QString summary = made ? widgets::shownSize(made->bytes) : tr("Not written: %1.").arg(result.error);
    if (made && made->pages > 0) {
        summary = tr("%n page(s), %1", nullptr, static_cast<int>(made->pages)).arg(summary);
    }
    m_session.endJob(m_job, made ? JobRecord::Outcome::Done : JobRecord::Outcome::Failed, summary);
    Q_EMIT finished(result);
}

void ExportRunner::requestDocument(report::Options options)
{
    m_builder.request({m_session.review().workspace(), std::move(options)});
}

} // namespace cupel::app
