// SPDX-License-Identifier: GPL-3.0-or-later
// Threats: models from and to files of other tools.
#include "app/session/threats.h"

#include "analyzers/threats/work/team_import.h"
#include "app/session/session.h"

#include <QtCore/QDir>
#include <QtCore/QFileInfo>

#include <memory>

namespace cupel::app {

void Threats::importFile(const QString& file)
{
    if (const QString trouble = closed(); !trouble.isEmpty()) {
        Q_EMIT told(trouble);
        return;
    }
    const auto reader = std::make_shared<Worker<QString, ThreatImport>>(
        [](const QString& wanted, const std::stop_token& stop) { return readThreatFile(wanted, stop); });
    reader->request(file);
    Q_EMIT told(tr("%1 is read\u2026").arg(QFileInfo(file).fileName()));
    m_session.watch([this, reader, file] {
        const auto imported = reader->take();
        if (imported) {
            takeImported(file, *imported);
        }
        return !imported;
    });
}

void Threats::takeImported(const QString& file, const ThreatImport& imported)
{
    if (!imported.trouble.isEmpty()) {
        Q_EMIT told(imported.trouble);
        return;
    }
    constexpr double apart = 64;
    threats::Point corner;
    if (const auto& reading = m_state.reading(); reading && reading->scene && !reading->scene->empty()) {
        corner = {reading->origin.x() + reading->scene->size().width() + apart, reading->origin.y()};
    }
    threats::ImportCounts counts;
    const std::string prefix = m_state.newId();
    const QString name = QFileInfo(file).fileName();
    const QString trouble = change(
        tr("Import %1").arg(name),
        [&](threats::TeamModel& team) { counts = threats::addModel(team, imported.model, prefix, corner); }, true);
    if (!trouble.isEmpty()) {
        Q_EMIT told(trouble);
        return;
    }
    const QString all = tr("%1, %2: %3 elements, %4 flows, %5 zones, %6 threats.")
                            .arg(name, imported.format)
                            .arg(counts.elements)
                            .arg(counts.flows)
                            .arg(counts.zones)
                            .arg(counts.threats);
    Q_EMIT told(imported.partial || !counts.whole ? tr("%1 Not everything of it could be taken over.").arg(all) : all);
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

} // namespace cupel::app
