// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/stripping.h"

#include "app/session/session.h"
#include "widgets/models/shown_text.h"

#include <QtCore/QDir>
#include <QtCore/QFileInfo>

#include <utility>

namespace cupel::app {

StripAnswer runStrip(const StripJob& job, const std::stop_token& stop)
{
    Budget budget(Limits{}, stop);
    StripAnswer out;
    if (job.plan) {
        const auto outcome =
            engine::writeStrippedCopy(*job.plan, job.file, job.path.toStdString(), job.options, budget);
        if (!outcome.trouble.empty()) {
            out.trouble = Stripping::tr("%1 is not written: %2.")
                              .arg(QDir::toNativeSeparators(job.path), widgets::shownText(outcome.trouble));
        }
        return out;
    }
    if (!QFileInfo::exists(QString::fromStdString(job.file.roots.front()))) {
        out.trouble = Stripping::tr("It is not on disk any more: there is nothing to make a copy of.");
        return out;
    }
    auto plan = convert::planStrip(job.file, job.file.roots.front(), job.wish, budget);
    if (plan) {
        out.plan = std::make_shared<const convert::StripPlan>(std::move(plan).value());
    } else {
        out.trouble = Stripping::tr("It cannot be stripped: %1.").arg(widgets::shownText(plan.error().detail));
    }
    return out;
}

Stripping::Stripping(Session& session, QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_worker(session, runStrip, [this](const StripAnswer& answer) { take(answer); })
{
}

QString Stripping::suggestedPath(const QString& model)
{
    const QFileInfo info(model);
    const QString suffix = info.suffix();
    return info.path() + u'/' + info.completeBaseName() + QStringLiteral(".stripped")
        + (suffix.isEmpty() ? QString() : u'.' + suffix);
}

void Stripping::plan(const AnalysisPtr& file)
{
    if (!m_path.isEmpty()) {
        Q_EMIT planned(nullptr, tr("A copy is being written."));
        return;
    }
    const auto& path = file->artifact.path;
    const auto& all = m_session.review().workspace().analyses;
    m_file = {};
    m_file.roots = {path};
    m_file.analyses.emplace(path, file);
    const auto inside = path + '!';
    for (auto at = all.lower_bound(inside); at != all.end() && at->first.starts_with(inside); ++at) {
        m_file.analyses.insert(*at);
    }
    planAgain({true, true, true, {}});
}

void Stripping::planAgain(const convert::StripWish& wish)
{
    if (!m_path.isEmpty()) {
        Q_EMIT planned(nullptr, tr("A copy is being written."));
        return;
    }
    m_worker.request({m_file, m_session.scanOptions(), nullptr, wish, {}});
}

void Stripping::write(const StripPlanPtr& plan, const QString& path)
{
    if (!m_path.isEmpty()) {
        Q_EMIT finished(path, tr("A copy is being written."));
        return;
    }
    m_path = path;
    m_job = m_session.beginJob(tr("Stripped copy %1").arg(QFileInfo(path).fileName()));
    m_worker.request({m_file, m_session.scanOptions(), plan, {}, path});
}

void Stripping::take(const StripAnswer& answer)
{
    const QString path = std::exchange(m_path, {});
    if (path.isEmpty()) {
        Q_EMIT planned(answer.plan, answer.trouble);
        return;
    }
    const bool good = answer.trouble.isEmpty();
    m_session.endJob(m_job, good ? JobRecord::Outcome::Done : JobRecord::Outcome::Failed,
        good ? QDir::toNativeSeparators(path) : answer.trouble);
    Q_EMIT finished(path, answer.trouble);
}

} // namespace cupel::app
