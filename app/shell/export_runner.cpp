// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shell/export_runner.h"

#include "analyzers/report/build.h"
#include "analyzers/report/writers/html.h"
#include "analyzers/report/writers/json.h"
#include "analyzers/report/writers/markdown.h"
#include "analyzers/report/writers/sarif.h"
#include "analyzers/rules/rule_set.h"
#include "app/session/session.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QFileInfo>
#include <QtCore/QLocale>

#include <array>
#include <iterator>
#include <utility>

namespace cupel::app {

namespace {

constexpr std::array<std::pair<const char*, ReportFile>, 6> suffixes{
    {{"pdf", ReportFile::Pdf}, {"html", ReportFile::Html}, {"md", ReportFile::Markdown}, {"sarif", ReportFile::Sarif},
        {"json", ReportFile::Json}, {"htm", ReportFile::Html}}};

report::RunInfo runInfo(const Workspace& workspace)
{
    report::RunInfo run;
    run.version = QCoreApplication::applicationVersion().toStdString();
    run.rulesVersion = std::string(rules::catalogueVersion());
    run.exitCode = exitCodeOf(workspace);
    return run;
}

std::string collected(
    const Workspace& workspace, void (*write)(const Workspace&, const report::RunInfo&, const report::TextSink&))
{
    std::string text;
    write(workspace, runInfo(workspace), [&text](std::string_view piece) { text += piece; });
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

} // namespace

int exitCodeOf(const Workspace& workspace)
{
    const Summary summary = summarize(workspace);
    const bool findings = summary.bySeverity[static_cast<int>(Severity::High)] > 0
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
    if (job.decisions && !job.decisions->empty()) {
        job.workspace = review::settled(job.workspace, *job.decisions);
    }
    if (job.document) {
        job.pdf.document = report::build(job.workspace, {});
    }
    switch (job.format) {
    case ReportFile::Pdf:
        if (job.attach) {
            job.pdf.findingsJson = collected(job.workspace, report::writeJson);
        }
        return exportPdf(job.pdf, job.path);
    case ReportFile::Html:
        return exportText(report::writeHtml(job.pdf.document), job.path);
    case ReportFile::Markdown:
        return exportText(report::writeMarkdown(job.pdf.document), job.path);
    case ReportFile::Sarif:
        return exportText(collected(job.workspace, report::writeSarif), job.path);
    case ReportFile::Json:
        return exportText(collected(job.workspace, report::writeJson), job.path);
    }
    return Error{ErrorCode::Internal, 0, "no such format"};
}

ExportRunner::ExportRunner(Session& session, QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_writer(exported)
    , m_builder([](const DocumentJob& job, const std::stop_token&) {
        return report::build(
            job.decisions && !job.decisions->empty() ? review::settled(job.workspace, *job.decisions) : job.workspace,
            {});
    })
{
}

void ExportRunner::start(ExportJob job)
{
    m_job = m_session.beginJob(tr("Export %1").arg(QFileInfo(job.path).fileName()));
    m_writer.request(std::move(job));
    m_session.watch([this] {
        const std::optional<ExportResult> result = m_writer.take();
        if (!result) {
            return m_writer.busy();
        }
        const QString summary = !result->outcome ? tr("Not written: %1.").arg(result->error)
            : result->outcome->pages > 0
            ? tr("%n page(s), %1", nullptr, static_cast<int>(result->outcome->pages))
                  .arg(QLocale().formattedDataSize(static_cast<qint64>(result->outcome->bytes)))
            : QLocale().formattedDataSize(static_cast<qint64>(result->outcome->bytes));
        m_session.endJob(m_job, result->outcome ? JobRecord::Outcome::Done : JobRecord::Outcome::Failed, summary);
        Q_EMIT finished(*result);
        return false;
    });
}

void ExportRunner::requestDocument()
{
    m_builder.request({m_session.review().workspace(), m_session.review().decisions()});
    if (std::exchange(m_watchingBuilder, true)) {
        return;
    }
    m_session.watch([this] {
        if (const std::optional<report::Document> document = m_builder.take()) {
            Q_EMIT documentReady(*document);
        }
        m_watchingBuilder = m_builder.busy();
        return m_watchingBuilder;
    });
}

} // namespace cupel::app
