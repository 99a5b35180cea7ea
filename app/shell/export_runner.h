// SPDX-License-Identifier: GPL-3.0-or-later
// Report documents and report files made on worker threads; the session's tick brings the results. UI thread.
#pragma once

#include "analyzers/model/analysis.h"
#include "analyzers/report/build.h"
#include "app/export/export.h"
#include "app/session/session_worker.h"

#include <QtCore/QObject>

namespace cupel::app {

class Session;

enum class ReportFile : std::uint8_t { Pdf, Html, Markdown, Sarif, Json };
[[nodiscard]] QString suffixOf(ReportFile format); // "pdf"
// By the file's suffix; PDF when it is none of ours.
[[nodiscard]] ReportFile formatOf(const QString& path, bool* known = nullptr);

// As `cupel scan` would end with its defaults: the same code in the JSON of both, and at the end of --export. A profile
// has gates of its own.
[[nodiscard]] int exitCodeOf(const Workspace& workspace, const std::optional<review::Profile>& profile = {});

struct ExportJob {
    ReportFile format = ReportFile::Pdf;
    QString path;
    PdfRequest pdf; // document, paper and fonts; its JSON is made by runExport when `attach`
    bool attach = false;
    bool document = false; // make the document from the workspace first
    Workspace workspace; // shared pointers: cheap
    report::Options options; // profile and decisions: they count in the machine-readable formats, too
};
// Blocking; any thread.
[[nodiscard]] Result<ExportOutcome> runExport(ExportJob job);

struct ExportResult {
    QString path;
    ReportFile format = ReportFile::Pdf;
    std::optional<ExportOutcome> outcome; // none: failed
    QString error;
};

class ExportRunner : public QObject {
    Q_OBJECT
public:
    explicit ExportRunner(Session& session, QObject* parent = nullptr);
    void start(ExportJob job);
    [[nodiscard]] bool busy() const { return m_writer.busy(); }
    // The document of the workspace as it is now; documentReady() follows, for the newest request only.
    void requestDocument(report::Options options);

Q_SIGNALS:
    void finished(const cupel::app::ExportResult& result);
    void documentReady(const cupel::report::Document& document);

private:
    void take(const ExportResult& result);
    Session& m_session;
    std::size_t m_job = 0;
    SessionWorker<ExportJob, ExportResult> m_writer;
    struct DocumentRequest {
        Workspace workspace;
        report::Options options;
    };
    SessionWorker<DocumentRequest, report::Document> m_builder;
};

} // namespace cupel::app
