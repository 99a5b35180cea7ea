// SPDX-License-Identifier: GPL-3.0-or-later
// Threats: models from and to files of other tools, and what others write into the file of this one.
#include "app/session/threats.h"

#include "app/session/rule_pack_store.h"
#include "app/session/session.h"
#include "app/session/threat_document.h"
#include "app/session/threat_file.h"

#include <QtCore/QDir>
#include <QtCore/QFileInfo>
#include <QtCore/QLocale>

#include <atomic>
#include <memory>
#include <utility>

namespace cupel::app {

void Threats::importFile(const QString& file)
{
    if (const QString trouble = closed(); !trouble.isEmpty()) {
        Q_EMIT told(trouble);
        return;
    }
    constexpr double apart = 64;
    ThreatImportRequest request{file, m_state.newId(), {}, std::make_shared<std::atomic<int>>(0)};
    if (const auto& reading = m_state.reading(); reading && reading->scene && !reading->scene->empty()) {
        request.corner = {reading->origin.x() + reading->scene->size().width() + apart, reading->origin.y()};
    }
    const QString text = tr("%1 is read\u2026").arg(QFileInfo(file).fileName());
    Q_EMIT told(text);
    m_state.setTask(widgets::ThreatState::Task{text, 0});
    // Only the last one counts: the one before ends by itself.
    m_importer = std::make_shared<Worker<ThreatImportRequest, ThreatImport>>(
        [](const ThreatImportRequest& wanted, const std::stop_token& stop) { return readThreatFile(wanted, stop); });
    m_importer->request(request);
    m_session.watch([this, reader = std::weak_ptr(m_importer), request, text, place = m_folder] {
        const auto running = reader.lock();
        if (!running || running != m_importer) {
            return false;
        }
        if (auto imported = running->take()) {
            m_importer.reset();
            m_state.setTask({});
            if (place == m_folder) { // else it was for another model
                takeImported(request.file, std::move(*imported));
            }
            return false;
        }
        m_state.setTask(widgets::ThreatState::Task{text, request.percent->load(std::memory_order_relaxed)});
        return true;
    });
}

bool Threats::isKept() const
{
    const QStringList& roots = m_session.roots();
    if (!m_open.isEmpty() || (roots.size() == 1 && looksLikeThreatDocument(roots.front()))) {
        return true;
    }
    const QString folder = rootFolder();
    if (m_loaded && m_folder == folder) {
        const threats::TeamModel team = counted();
        return !(team.parts.empty() && team.threats.empty() && team.own.empty() && team.controls.empty()
            && team.answers.empty() && team.assignees.empty());
    }
    return !folder.isEmpty() && QFileInfo(teamPath(folder)).isFile();
}

void Threats::stopImport()
{
    if (m_importer) {
        m_importer->cancel();
        m_retiring = std::exchange(m_importer, nullptr); // it ends by itself, nobody waits for it here
        m_state.setTask({});
        Q_EMIT told(tr("Stopped: nothing was taken over."));
    }
}

void Threats::takeImported(const QString& file, ThreatImport imported)
{
    if (!imported.trouble.isEmpty()) {
        Q_EMIT told(imported.trouble);
        return;
    }
    const QString name = QFileInfo(file).fileName();
    const QString trouble = change(
        tr("Import %1").arg(name),
        [&imported](threats::TeamModel& team) { threats::addTeam(team, std::move(imported.added)); }, true);
    if (!trouble.isEmpty()) {
        Q_EMIT told(trouble);
        return;
    }
    const auto& counts = imported.counts;
    QString all = tr("%1, %2: %3 elements, %4 flows, %5 zones, %6 threats.")
                      .arg(name, imported.format)
                      .arg(counts.elements)
                      .arg(counts.flows)
                      .arg(counts.zones)
                      .arg(counts.threats);
    if (const QString left = leftOutWords(counts.left); !left.isEmpty()) {
        all = counts.left.full() ? tr("%1 One import brings %2 parts at most. Left out: %3.")
                                       .arg(all)
                                       .arg(QLocale().toString(static_cast<qulonglong>(threats::mostParts)))
                                       .arg(left)
                                 : tr("%1 Left out: %2.").arg(all, left);
    }
    Q_EMIT told(imported.partial ? tr("%1 Not everything of it could be taken over.").arg(all) : all);
}

void Threats::exportTo(const QString& file, const QString& title, ThreatFormat format)
{
    const auto writer = std::make_shared<Worker<ThreatExport, ThreatWritten>>(
        [](const ThreatExport& wanted, const std::stop_token& stop) { return writeThreats(wanted, stop); });
    writer->request({m_state.reading(), format, title, file});
    m_session.watch([this, writer, shown = QDir::toNativeSeparators(file)] {
        const auto written = writer->take();
        if (written) {
            const QString text = *written == ThreatWritten::Done ? tr("The threat model is written to %1.")
                : *written == ThreatWritten::HoldsCredential
                ? tr("%1 is not written: a name in the drawing looks like a credential. Rename that part first.")
                : tr("%1 could not be written.");
            Q_EMIT told(text.arg(shown));
        }
        return !written;
    });
}

void Threats::watchFile()
{
    const QString path = teamPath(m_folder);
    for (const QString& one : {m_folder, QFileInfo(path).path(), path}) { // a file that is replaced is another one
        if (QFileInfo::exists(one)) {
            m_watcher.addPath(one);
        }
    }
    if (const QString packs = packFolder(m_folder); QFileInfo(packs).isDir()) {
        m_watcher.addPath(packs);
        for (const auto& pack : m_bench.packs()) {
            m_watcher.addPath(packs + u'/' + pack.name);
        }
    }
}

void Threats::look()
{
    if (!m_loaded || m_folder.isEmpty() || !m_open.isEmpty()) {
        return;
    }
    watchFile();
    const QString packs = packStamp(m_folder);
    if (std::exchange(m_packStamp, packs) != packs && m_source) {
        read(false);
    }
    if (m_saver->busy()) { // a file that is read while it is written may be the one before, and counts as the one after
        m_quiet.start();
        return;
    }
    m_finder.request({m_folder, m_saves});
}

void Threats::takeFound(const Found& found)
{
    if (found.folder != m_folder) {
        return;
    }
    if (m_saver->busy() || found.saves != m_saves) { // own lines may be among them or not: once more
        m_quiet.start();
        return;
    }
    m_writable = found.file.readable;
    m_trouble = found.file.trouble;
    if (!m_writable) {
        Q_EMIT told(found.file.trouble);
        return;
    }
    if (found.file.team == m_base) {
        return;
    }
    const int differ = static_cast<int>(threats::differentDecisions(m_base, found.file.team));
    m_team = threats::merge(m_base, m_team, found.file.team);
    m_base = found.file.team;
    if (differ > 0) {
        Q_EMIT told(tr("%n decision(s) were changed in the file of the threat model.", nullptr, differ));
    }
    read(false);
}

} // namespace cupel::app
