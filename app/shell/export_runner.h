// SPDX-License-Identifier: GPL-3.0-or-later
// Report documents and report files made on worker threads; the session's tick brings the results. UI thread.
#pragma once

#include "analyzers/model/analysis.h"
#include "analyzers/review/decision_set.h"
#include "app/export/export.h"
#include "app/session/worker.h"

#include <QtCore/QObject>

namespace cupel::app {

class Session;

enum class ReportFile : std::uint8_t { Pdf, Html, Markdown, Sarif, Json };
[[nodiscard]] QString suffixOf(ReportFile format); // "pdf"
// By the file's suffix; PDF when it is none of ours.
[[nodiscard]] ReportFile formatOf(const QString& path, bool* known = nullptr);

// As `cupel scan` would end with its defaults: the same code in the JSON of both, and at the end of --export.
[[nodiscard]] int exitCodeOf(const Workspace& workspace);

struct ExportJob {
    ReportFile format = ReportFile::Pdf;
    QString path;
    PdfRequest pdf; // document, paper and fonts; its JSON is made by runExport when `attach`
    bool attach = false;
    bool document = false; // make the document from the workspace first
    Workspace workspace; // shared pointers: cheap
    review::DecisionSetPtr decisions; // may be null
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
    void requestDocument();

Q_SIGNALS:
    void finished(const cupel::app::ExportResult& result);
    void documentReady(const cupel::report::Document& document);

private:
    Session& m_session;
    std::size_t m_job = 0;
    Worker<ExportJob, ExportResult> m_writer;
    struct DocumentJob {
        Workspace workspace;
        review::DecisionSetPtr decisions;
    };
    Worker<DocumentJob, report::Document> m_builder;
    bool m_watchingBuilder = false;
};

} // namespace cupel::app
