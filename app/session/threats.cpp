// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/threats.h"

#include "analyzers/engine/lineage_memory.h"
#include "analyzers/threats/contested.h"
#include "analyzers/threats/work/team_fixes.h"
#include "app/session/decision_file.h"
#include "app/session/session.h"
#include "app/session/triage.h"
#include "app/session/trust_keeper.h"
#include "app/session/undo_commands.h"

#include <QtCore/QDateTime>
#include <QtCore/QDir>
#include <QtCore/QFileInfo>

#include <algorithm>
#include <utility>

namespace cupel::app {

using How = widgets::ThreatState::How;

std::string Threats::now()
{
    bool fixed = false;
    const qint64 seconds = qEnvironmentVariable("SOURCE_DATE_EPOCH").toLongLong(&fixed);
    const QDateTime now = fixed ? QDateTime::fromSecsSinceEpoch(seconds, Qt::UTC) : QDateTime::currentDateTimeUtc();
    return now.toString(Qt::ISODate).toStdString();
}

Threats::Threats(Session& session, QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_history(session, m_state.history())
    , m_memory(std::make_shared<engine::LineageMemory>())
    , m_worker(session, readThreats, [this](ThreatResult result) { take(std::move(result)); })
    , m_saver(std::make_unique<SessionWorker<SaveRequest, Saved>>(
          session,
          [last = m_lastSave](const SaveRequest& request, const std::stop_token&) {
              Saved out{request.folder, request.ours, {}, {}};
              out.trouble = writeTeam(request.folder, baseOf(request, *last), request.ours, out.merged);
              if (out.trouble.isEmpty()) {
                  *last = request;
              }
              return out;
          },
          [this](const Saved& saved) { takeSaved(saved); }))
    , m_finder(
          session,
          [](const FindRequest& request, const std::stop_token&) {
              return Found{request.folder, app::readTeam(request.folder), request.saves};
          },
          [this](const Found& found) { takeFound(found); })
{
    wireBench();
    m_quiet.setSingleShot(true);
    m_quiet.setInterval(200);
    connect(&m_quiet, &QTimer::timeout, this, &Threats::look);
    const auto stirred = [this] { m_quiet.start(); };
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, stirred);
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, stirred);
    const auto changed = [this] {
        m_stale = true;
        if (!std::exchange(m_pending, true)) { // the end of a scan is told more than once
            QTimer::singleShot(0, this, [this] {
                m_pending = false;
                follow();
            });
        }
    };
    connect(&session.review(), &widgets::ReviewState::workspaceChanged, this, changed);
    connect(&session, &Session::scanFinished, this, changed);
    connect(&m_state, &widgets::ThreatState::stopRequested, this, [this] {
        m_worker.cancel();
        m_held = !m_state.reading(); // the end of a scan does not make it after all
        m_state.set(m_held ? How::Stopped : How::Ready, m_state.reading());
    });
    connect(&m_state, &widgets::ThreatState::taskStopRequested, this, &Threats::stopImport);
    connect(&m_state, &widgets::ThreatState::foreignAnswered, this,
        [this](bool use) { answerForeign(use ? DecisionTrust::Answer::Used : DecisionTrust::Answer::Ignored); });
    connect(&m_state, &widgets::ThreatState::answered, this,
        [this](const std::string& threat, const widgets::ThreatAnswer& answer) {
            if (const QString trouble = decide(threat, answer); !trouble.isEmpty()) {
                Q_EMIT told(trouble);
            }
        });
    connect(
        &m_state, &widgets::ThreatState::edited, this, [this](const QString& step, const threats::TeamEdit& wanted) {
            if (const QString trouble = edit(step, wanted); !trouble.isEmpty()) {
                Q_EMIT told(trouble);
            }
        });
}

Threats::~Threats()
{
    m_saver.reset(); // it ends first: an older state must not be written over the last one
    m_draftPolled = true; // nobody asks any more
    keepDraft();
    if (m_open.isEmpty() && m_loaded && m_writable && !(m_team == m_base)) {
        threats::TeamModel merged;
        const SaveRequest request{m_folder, m_base, m_team};
        static_cast<void>(writeTeam(m_folder, baseOf(request, *m_lastSave), m_team, merged));
    }
}

// What was written already, when nobody has heard of it yet: a step that was taken back since then is a change of that.
const threats::TeamModel& Threats::baseOf(const SaveRequest& request, const SaveRequest& last)
{
    return last.folder == request.folder && last.base == request.base ? last.ours : request.base;
}

void Threats::setActive(bool active)
{
    m_active = active;
    follow();
}

void Threats::again()
{
    m_held = false;
    m_stale = true;
    read(true);
}

QString Threats::rootFolder() const
{
    return m_session.roots().isEmpty() ? QString() : decisionFolder(m_session.roots().front());
}

void Threats::moveTo(const QString& place, const QString& file)
{
    save();
    m_worker.cancel(); // what it makes is of another model
    m_open = file;
    m_document.reset();
    m_folder = place;
    m_team = m_base = m_savedTeam = {};
    m_loaded = false;
    m_held = false;
    m_source.reset();
    m_sceneMemory.reset();
    m_waitingKeys.clear();
    m_digests.clear();
    m_renamed.clear();
    m_answered = false;
    m_state.setForeign({});
    m_history.set(nullptr, {}, nullptr);
    m_state.set(How::None); // what was drawn is of another folder
    tellFile();
    if (const QStringList watched = m_watcher.files() + m_watcher.directories(); !watched.isEmpty()) {
        m_watcher.removePaths(watched);
    }
}

// A scan that runs brings more: the model is made once when it has ended.
void Threats::follow()
{
    const QString folder = rootFolder();
    const QStringList roots = m_session.roots();
    const bool others = std::exchange(m_roots, roots) != roots;
    m_left = others ? QString() : m_left;
    const bool only = roots.size() == 1 && roots.front() != m_left && looksLikeThreatDocument(roots.front());
    if (others && !m_open.isEmpty() && !(only && m_open == roots.front())) {
        keepDraft();
        moveTo(folder, {});
    }
    if (only && m_active && m_open != roots.front()) {
        openFile(roots.front());
        return;
    }
    if (!m_open.isEmpty()) { // what a scan says has nothing to do with it
        m_stale = m_stale && !m_loaded;
        return;
    }
    if (folder != m_folder) {
        moveTo(folder, {});
    }
    if (folder.isEmpty()) {
        m_worker.cancel();
        m_state.set(How::None);
    } else if (m_active && m_stale && !m_session.scanning() && m_source && analyses() == m_analyses) {
        m_stale = false; // nothing that it is made of is another
    } else if (m_active && m_stale && !m_held && !m_session.scanning()) {
        read(true);
    } else if (m_active && m_stale && !m_held && !m_state.reading()) {
        m_state.set(How::Reading);
    }
}

std::vector<AnalysisPtr> Threats::analyses() const
{
    std::vector<AnalysisPtr> out;
    for (const auto& [path, analysis] : m_session.review().workspace().analyses) {
        if (path.find("/.cupel/") == std::string::npos) {
            out.push_back(analysis);
        }
    }
    return out;
}

void Threats::read(bool fresh)
{
    ThreatRequest request;
    fresh = fresh || isFoldedOtherwise();
    const ScanOptions scan = m_session.scanOptions();
    request.exclude = scan.exclude;
    request.jobs = scan.jobs;
    request.memory = m_memory;
    request.source = fresh ? nullptr : m_source;
    request.before = fresh ? m_source : nullptr;
    request.packs = m_folder;
    request.folder = m_loaded ? QString() : m_folder;
    request.open = m_open;
    request.document = m_document;
    request.draft = m_open.isEmpty() ? QString() : draftPath(m_session.paths().state, m_open);
    request.team = m_team;
    request.sceneMemory = m_sceneMemory;
    request.trust = m_session.trust().trust();
    request.place = teamPath(m_folder);
    request.today = Triage::today().toString(Qt::ISODate).toStdString();
    for (const QString& root : m_session.roots()) {
        request.roots.push_back(root.toStdString());
    }
    if (!request.source) {
        request.analyses = m_analyses = analyses();
        m_stale = false;
        m_state.set(How::Reading, m_state.reading());
    }
    m_worker.request(std::move(request));
}

void Threats::take(ThreatResult result)
{
    if (!result.trouble.isEmpty()) {
        Q_EMIT told(result.trouble);
        leaveFile();
        return;
    }
    if (!result.source) {
        m_state.set(m_state.reading() ? How::Ready : How::Stopped, m_state.reading());
        return;
    }
    const auto before = std::exchange(m_source, result.source);
    m_sceneMemory = result.sceneMemory ? result.sceneMemory : m_sceneMemory;
    if (!std::exchange(m_loaded, true)) {
        takeFresh(result);
    }
    if (m_document) {
        m_state.setMe(m_session.triage().author());
        const auto seen = result.reading ? result.reading : m_state.reading();
        m_state.set(seen ? How::Ready : How::Stopped, seen);
        return;
    }
    if (before && before != m_source) {
        rememberUnfolded(*before);
    }
    m_bench.setPacks(std::move(result.packs));
    watchFile(); // and its packs
    if (followMoves(result.sorted.counted)) {
        return;
    }
    m_waitingKeys = result.sorted.waitingKeys;
    m_answered = result.sorted.answered;
    result.foreign.trouble = m_writable ? QString() : m_trouble;
    m_state.setForeign(result.foreign);
    Q_EMIT foreignChanged();
    const bool first = m_team.seen.empty() && !(m_team == threats::TeamModel());
    if (first) {
        rememberSeen({});
        save();
    }
    noteFixes(result.fixed);
    m_state.setMe(m_session.triage().author());
    m_history.set(m_source, tellable(m_team, std::move(result.sorted.counted)), m_sceneMemory, std::move(result.rules));
    const auto shown = result.reading ? result.reading : m_state.reading();
    m_state.set(shown ? How::Ready : How::Stopped, shown);
    m_bench.askAgain();
    finishTakeOver();
}

void Threats::takeFresh(ThreatResult& result)
{
    if (result.document) {
        takeDocument(result);
        return;
    }
    m_team = m_base = result.file.team;
    m_writable = result.file.readable;
    m_trouble = result.file.trouble;
    if (!result.file.trouble.isEmpty()) {
        Q_EMIT told(result.file.trouble);
    }
    m_session.trust().trust().keepOnly(teamPath(m_folder), result.sorted.keys);
    watchFile();
}

QString Threats::closed() const
{
    if (!m_state.reading() || !m_loaded) {
        return tr("The model is still being made.");
    }
    return m_writable ? QString()
                      : tr("What is decided here could not be kept: the file of the threat model cannot be read.");
}

QString Threats::decide(const std::string& threat, const widgets::ThreatAnswer& answer)
{
    if (QString trouble = closed(); !trouble.isEmpty()) {
        return trouble;
    }
    const bool needsReason =
        answer.applicability == threats::Applicability::NotApplicable || answer.decision == threats::Decision::Accepted;
    if (needsReason && answer.reason.trimmed().isEmpty()) {
        return tr("Write down why: this decision needs a reason.");
    }
    const auto& all = m_state.reading()->overlaid.model.threats;
    const auto found =
        std::find_if(all.begin(), all.end(), [&threat](const threats::Threat& one) { return one.id == threat; });
    if (found == all.end()) {
        return tr("This threat is gone.");
    }
    const bool back =
        answer.decision == threats::Decision::Open && answer.applicability == threats::Applicability::Proposed;
    if (back && m_team.threats.contains(threat) && !counts(threat)) {
        return tr("Nothing was decided about it.");
    }
    return edit(
        tr("Decide about \u201c%1\u201d").arg(QString::fromStdString(found->title)), [&](threats::TeamModel& team) {
            threats::forgetFixed(team, threat);
            if (back) {
                team.threats.erase(threat);
            } else {
                team.threats[threat] = {answer.applicability, answer.decision, answer.reason.trimmed().toStdString(),
                    m_session.triage().author().toStdString(), Triage::today().toString(Qt::ISODate).toStdString(),
                    answer.until.toStdString(), threats::scannedState(*found)};
            }
        });
}

QString Threats::edit(const QString& name, const threats::TeamEdit& edit)
{
    return change(name, edit, false);
}

// `trusted`: its texts were searched for credentials already.
QString Threats::change(const QString& name, const threats::TeamEdit& edit, bool trusted)
{
    if (QString trouble = closed(); !trouble.isEmpty()) {
        return trouble;
    }
    // What waits for an answer is nothing that anybody builds on: a line that is written here takes its place.
    const threats::TeamModel counted = this->counted();
    threats::TeamModel after = counted;
    edit(after);
    // Who wrote it and when is known here.
    for (auto& [id, use] : after.controls) {
        const auto was = counted.controls.find(id);
        if (was == counted.controls.end() || !(was->second == use)) {
            use.author = m_session.triage().author().toStdString();
            use.decided = Triage::today().toString(Qt::ISODate).toStdString();
        }
    }
    threats::TeamStep step = threats::difference(counted, after);
    if (step.empty()) {
        return {};
    }
    for (const auto& text : trusted ? std::vector<std::string>() : threats::textsOf(step)) {
        if (QString trouble = noteTrouble(QString::fromStdString(text)); !trouble.isEmpty()) {
            return trouble;
        }
    }
    threats::rebase(step, m_team);
    m_session.undo().push(new ChangeThreat(*this, std::move(step), name));
    return {};
}

void Threats::apply(const threats::TeamStep& step, bool forward, const QString& place)
{
    if (place != m_folder) {
        Q_EMIT told(tr("That was a step in another threat model: it stays as it is."));
        return;
    }
    const threats::TeamStep now = threats::renamed(step, m_renamed);
    if (!threats::fits(m_team, now, forward)) {
        Q_EMIT told(step.threats.empty()
                ? tr("Somebody else has changed this part of the model since: what they made stays.")
                : tr("Somebody else has decided about this threat since: their decision stays."));
        return;
    }
    const threats::TeamModel before = m_team;
    threats::take(m_team, now, forward);
    // What somebody else had written stays what it was when undo brings it back.
    if (forward && m_open.isEmpty() && trustOwn(before, m_team, m_session.trust().trust(), teamPath(m_folder))) {
        m_session.trust().save();
    }
    m_team.events.append(threats::eventsOf(now, forward, Threats::now(), m_session.triage().author().toStdString()));
    if (m_document) {
        keepDraft();
        tellFile();
    } else {
        rememberSeen(before);
        save();
    }
    if (m_source) {
        read(false);
    }
}

void Threats::save()
{
    if (!m_loaded || !m_writable || m_folder.isEmpty() || !m_open.isEmpty() || m_team == m_base) {
        return;
    }
    ++m_saves;
    m_saver->request({m_folder, m_base, m_team});
}

void Threats::takeSaved(const Saved& saved)
{
    if (!saved.trouble.isEmpty()) {
        Q_EMIT told(saved.trouble);
        return;
    }
    if (saved.folder != m_folder) {
        return;
    }
    // What others wrote meanwhile is ours from now on; what was changed here since then stays.
    m_team = threats::merge(saved.ours, m_team, saved.merged);
    m_base = saved.merged;
    if (!(saved.merged == saved.ours) && m_source) {
        read(false);
    }
}

} // namespace cupel::app
