// SPDX-License-Identifier: GPL-3.0-or-later
// Plans and writes a stripped copy of a model file in the background; the copy appears proved or not at all. UI thread;
// the window owns it, the session's tick drains it.
#pragma once

#include "analyzers/engine/strip_copy.h"
#include "app/session/session_worker.h"

#include <QtCore/QObject>
#include <QtCore/QString>

#include <memory>

namespace cupel::app {

class Session;

using StripPlanPtr = std::shared_ptr<const convert::StripPlan>;

struct StripJob {
    Workspace file; // with its members and bytes; its root is the file
    ScanOptions options;
    StripPlanPtr plan; // null: it is asked for
    convert::StripWish wish; // of the plan that is asked for
    QString path; // of the copy
};
struct StripAnswer {
    StripPlanPtr plan; // that was asked for; null: refused
    QString trouble; // one sentence; empty: done
};
// Blocking; any thread.
[[nodiscard]] StripAnswer runStrip(const StripJob& job, const std::stop_token& stop);

class Stripping : public QObject {
    Q_OBJECT
public:
    explicit Stripping(Session& session, QObject* parent = nullptr);
    void plan(const AnalysisPtr& file); // on disk, of the review: everything that could go
    void planAgain(const convert::StripWish& wish); // for the same file
    void write(const StripPlanPtr& plan, const QString& path);
    // "model.stripped.gguf" beside "model.gguf"
    [[nodiscard]] static QString suggestedPath(const QString& model);

Q_SIGNALS:
    void planned(const cupel::app::StripPlanPtr& plan, const QString& trouble);
    void finished(const QString& path, const QString& trouble); // empty trouble: written and proved

private:
    void take(const StripAnswer& answer);
    Session& m_session;
    Workspace m_file;
    QString m_path; // empty: a plan is made
    std::size_t m_job = 0;
    SessionWorker<StripJob, StripAnswer> m_worker;
};

} // namespace cupel::app
