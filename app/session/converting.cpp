// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/converting.h"

#include "analyzers/convert/safetensors_file.h"
#include "analyzers/engine/free_room.h"
#include "app/session/session.h"
#include "widgets/models/shown_text.h"

#include <QtCore/QDir>
#include <QtCore/QFileInfo>
#include <QtCore/QSaveFile>

#include <utility>

namespace cupel::app {

QString runConversion(const ConvertJob& job, const std::stop_token& stop)
{
    QSaveFile file(job.path);
    if (!file.open(QIODevice::WriteOnly)) {
        return Converting::tr("%1 cannot be written: %2.").arg(QDir::toNativeSeparators(job.path), file.errorString());
    }
    const auto head = convert::safetensorsHead(*job.conversion).size();
    if (!engine::lacksRoom(job.path.toStdString(), head + job.conversion->bytes).empty()) {
        return Converting::tr("%1 cannot be written: its disk has no room for %2.")
            .arg(QDir::toNativeSeparators(job.path), widgets::shownSize(head + job.conversion->bytes));
    }
    bool good = true;
    Budget budget(Limits{}, stop);
    const bool whole = convert::writeSafetensors(*job.conversion, budget, [&](std::string_view piece) {
        const auto size = static_cast<qint64>(piece.size());
        good = file.write(piece.data(), size) == size;
        return good;
    });
    if (!whole && good) {
        return Converting::tr("Writing was stopped.");
    }
    return good && file.commit()
        ? QString()
        : Converting::tr("%1 cannot be written: %2.").arg(QDir::toNativeSeparators(job.path), file.errorString());
}

QString outcomeOf(const ConvertJob& job)
{
    const auto& conversion = *job.conversion;
    QString out = Converting::tr("Written: %1, %n tensor(s), %2.", nullptr, static_cast<int>(conversion.tensors.size()))
                      .arg(QDir::toNativeSeparators(job.path), widgets::shownSize(conversion.bytes));
    for (const auto& note : conversion.notes) {
        out += u' ' + widgets::shownText(note);
    }
    return out + u' ' + Converting::tr("The old file stays as it is.");
}

Converting::Converting(Session& session, QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_worker(session, runConversion, [this](const QString& trouble) { take(trouble); })
{
}

QString Converting::suggestedPath(const QString& model)
{
    const QFileInfo info(model);
    return info.path() + u'/' + info.completeBaseName() + QStringLiteral(".safetensors");
}

QString Converting::completePath(const QString& typed)
{
    return QFileInfo(typed).suffix().isEmpty() ? typed + QStringLiteral(".safetensors") : typed;
}

void Converting::write(ConvertJob job)
{
    m_current = job;
    m_job = m_session.beginJob(tr("Convert to %1").arg(QFileInfo(job.path).fileName()));
    m_worker.request(std::move(job));
}

void Converting::take(const QString& trouble)
{
    const bool good = trouble.isEmpty();
    const auto done = std::exchange(m_current, {});
    const QString outcome = good ? outcomeOf(done) : QString();
    m_session.endJob(m_job, good ? JobRecord::Outcome::Done : JobRecord::Outcome::Failed, good ? outcome : trouble);
    Q_EMIT finished(done.path, trouble, outcome);
}

} // namespace cupel::app
