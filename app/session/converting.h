// SPDX-License-Identifier: GPL-3.0-or-later
// Writes the safer form of a model file in the background, all at once or not at all. UI thread; the session owns it,
// its tick drains it.
#pragma once

#include "analyzers/convert/conversion.h"
#include "app/session/session_worker.h"

#include <QtCore/QObject>
#include <QtCore/QString>

#include <memory>

namespace cupel::app {

class Session;

struct ConvertJob {
    std::shared_ptr<const convert::Conversion> conversion;
    QString path;
};
// Blocking; any thread. Empty: written, else one sentence.
[[nodiscard]] QString runConversion(const ConvertJob& job, const std::stop_token& stop);

// What it wrote, and what of the old file it did not carry over or wrote twice.
[[nodiscard]] QString outcomeOf(const ConvertJob& job);

class Converting : public QObject {
    Q_OBJECT
public:
    explicit Converting(Session& session, QObject* parent = nullptr);
    void write(ConvertJob job);
    [[nodiscard]] bool busy() const { return m_worker.busy(); }
    // "model.safetensors" beside "model.pt"
    [[nodiscard]] static QString suggestedPath(const QString& model);
    // Loaders go by the ending: it is put behind a name that was typed without one.
    [[nodiscard]] static QString completePath(const QString& typed);

Q_SIGNALS:
    // Empty trouble: written; then `outcome` is what the command line says as well.
    void finished(const QString& path, const QString& trouble, const QString& outcome);

private:
    void take(const QString& trouble);
    Session& m_session;
    std::size_t m_job = 0;
    ConvertJob m_current;
    SessionWorker<ConvertJob, QString> m_worker;
};

} // namespace cupel::app
