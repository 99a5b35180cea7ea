// SPDX-License-Identifier: GPL-3.0-or-later
// Threats: a file of another tool that is worked on in its own form, instead of the model of the folder.
#include "app/session/threats.h"

#include "app/session/session.h"
#include "app/settings/saver.h"

#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtGui/QUndoStack>

#include <memory>
#include <utility>

namespace cupel::app {

using How = widgets::ThreatState::How;

void Threats::openFile(const QString& file)
{
    const QString path = QFileInfo(file).absoluteFilePath();
    if (path == m_open) {
        return;
    }
    m_left.clear();
    keepDraft();
    moveTo(path, path);
    m_state.setFile(widgets::ThreatState::File{QFileInfo(path).fileName(), {}, {}, false});
    read(true);
}

void Threats::leaveFile()
{
    if (m_open.isEmpty()) {
        return;
    }
    keepDraft();
    m_left = m_open; // the only file that is open would be opened again at once
    moveTo(rootFolder(), {});
    m_stale = true;
    m_held = false;
    follow();
}

// What the file says as it is worked on is said to whoever shows it.
void Threats::tellFile()
{
    if (m_document) {
        const auto kept = m_kept.find(m_open);
        m_state.setFile(widgets::ThreatState::File{QFileInfo(m_open).fileName(), m_document->format,
            leftOutWords(m_document->file.left), hasUnsaved(), kept == m_kept.end() || kept->second.drafted});
    } else if (m_open.isEmpty()) {
        m_state.setFile({});
    }
}

bool Threats::hasUnsaved() const
{
    return m_document && !threats::difference(m_savedTeam, m_team).empty();
}

void Threats::takeDocument(const ThreatResult& result)
{
    m_document = result.document;
    m_team = m_base = result.file.team;
    m_savedTeam = m_document->file.team;
    m_onDisk = m_document->digest;
    m_writable = true;
    m_trouble.clear();
    const auto kept = m_kept.find(m_open); // its draft may not be on the disk yet, or never comes there
    const bool newer = kept != m_kept.end() && kept->second.onDisk == m_onDisk && !(kept->second.team == m_team);
    if (newer) {
        m_team = kept->second.team;
        read(false);
    }
    const bool gone = kept != m_kept.end() && !newer && !kept->second.drafted && kept->second.onDisk != m_onDisk;
    if (kept != m_kept.end() && !newer) {
        m_kept.erase(kept);
    }
    tellFile();
    if (gone) {
        Q_EMIT told(
            tr("Changes to %1 that were not saved were too large to be kept, and it has changed since: they are "
               "gone.")
                .arg(QFileInfo(m_open).fileName()));
    } else if (!result.aside.isEmpty()) {
        Q_EMIT told(tr("Changes to %1 that were not saved are of another state of it: they are kept in %2.")
                .arg(QFileInfo(m_open).fileName(), result.aside));
    } else if (result.shortened && !newer) {
        Q_EMIT told(tr("Changes to %1 that were not saved are back; what was there before the oldest of them is not.")
                .arg(QFileInfo(m_open).fileName()));
    } else if (result.restored || newer) {
        Q_EMIT told(tr("Changes to %1 that were not saved are back.").arg(QFileInfo(m_open).fileName()));
    } else if (m_document->holdsCredential) {
        Q_EMIT told(tr("%1 holds what looks like a credential: it is masked here and stays in the file.")
                .arg(QFileInfo(m_open).fileName()));
    }
}

// At every step, so that nothing is lost however the window ends.
void Threats::keepDraft()
{
    if (!m_document) {
        return;
    }
    const QString draft = draftPath(m_session.paths().state, m_open);
    if (hasUnsaved()) {
        Kept& kept = m_kept[m_open]; // whether it fits is known once it is made
        kept.onDisk = m_onDisk;
        kept.team = m_team;
        m_session.saver().save(draft, [draft, digest = m_onDisk, team = m_team, path = m_open, news = m_draftNews] {
            const auto made = draftOf(digest, team);
            news->post({path, made.has_value()});
            QFile older(draft); // stays where it is: a part of the work is better than none
            return made ? *made : older.open(QIODevice::ReadOnly) ? older.readAll() : QByteArray();
        });
        if (!std::exchange(m_draftPolled, true)) {
            m_session.watch([this] {
                m_draftPolled = !m_session.saver().idle();
                takeDraftNews();
                return m_draftPolled;
            });
        }
    } else {
        m_kept.erase(m_open);
    }
    if (!hasUnsaved() && (QFileInfo::exists(draft) || m_drafted)) {
        m_session.saver().save(draft, QByteArray());
    }
    m_drafted = hasUnsaved();
}

void Threats::takeDraftNews()
{
    for (const DraftNews& news : m_draftNews->drain()) {
        const auto kept = m_kept.find(news.path);
        if (kept == m_kept.end() || std::exchange(kept->second.drafted, news.fits) == news.fits) {
            continue;
        }
        if (!news.fits) {
            Q_EMIT told(tr("There is too much unsaved in %1 to be kept: save it, or it is lost when the window ends.")
                    .arg(QFileInfo(news.path).fileName()));
        }
        tellFile();
    }
}

QStringList Threats::atRisk()
{
    if (m_draftPolled) {
        m_session.saver().flush();
        takeDraftNews();
    }
    QStringList out;
    for (const auto& [path, kept] : m_kept) {
        if (!kept.drafted) {
            out += QFileInfo(path).fileName();
        }
    }
    return out;
}

void Threats::saveFile(bool anyway)
{
    if (!m_document) {
        return;
    }
    if (m_fileSaver) {
        Q_EMIT told(tr("It is being saved already."));
        return;
    }
    m_fileSaver = std::make_shared<Worker<ThreatSave, ThreatSaved>>(
        [](const ThreatSave& wanted, const std::stop_token& stop) { return saveThreatDocument(wanted, stop); });
    m_fileSaver->request({m_document, m_team, m_onDisk, anyway});
    m_session.watch([this, path = m_open, document = m_document] {
        const auto saved = m_fileSaver->take();
        if (!saved) {
            return true;
        }
        m_fileSaver.reset();
        if (!saved->trouble.isEmpty()) {
            Q_EMIT told(saved->trouble);
        } else if (!saved->lost.isEmpty()) {
            if (document == m_document) { // else somebody has left it, or opened it anew
                Q_EMIT notAllCanBeSaid(document->format, saved->lost);
            }
        } else if (!saved->digest.isEmpty()) {
            Q_EMIT told(tr("%1 is saved.").arg(QFileInfo(path).fileName()));
            if (document == m_document) {
                m_savedTeam = saved->team;
                m_onDisk = saved->digest;
                keepDraft();
                tellFile();
            }
        }
        return false;
    });
}

// All of it comes into the model of the folder as one step, as if somebody had drawn it there.
void Threats::takeFileOver()
{
    if (!m_document || !m_state.reading()) {
        return;
    }
    if (m_document->holdsCredential) {
        Q_EMIT told(tr("%1 holds what looks like a credential: nothing of it was taken over.")
                .arg(QFileInfo(m_open).fileName()));
        return;
    }
    m_takenOver = std::make_shared<TakenOver>(
        TakenOver{rootFolder(), QFileInfo(m_open).fileName(), threats::withPrefix(m_team, m_state.newId())});
    leaveFile();
}

// Once the model of the folder is there.
void Threats::finishTakeOver()
{
    // Into another folder that was opened since nothing comes: the file and its draft have all of it.
    if (const auto taken = std::exchange(m_takenOver, nullptr); taken && taken->folder == m_folder) {
        constexpr double apart = 64;
        const auto& reading = m_state.reading();
        if (reading && reading->scene && !reading->scene->empty()) { // beside what is there
            threats::shiftTo(
                taken->team, {reading->origin.x() + reading->scene->size().width() + apart, reading->origin.y()});
        }
        const QString trouble = change(
            tr("Import %1").arg(taken->name),
            [&taken](threats::TeamModel& team) { threats::addTeam(team, std::move(taken->team)); }, true);
        Q_EMIT told(
            trouble.isEmpty() ? tr("%1 is part of the threat model of this folder now.").arg(taken->name) : trouble);
    }
}

} // namespace cupel::app
