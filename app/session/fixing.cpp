// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/fixing.h"

#include "analyzers/engine/prove.h"
#include "app/session/gallery.h"
#include "app/session/session.h"
#include "app/session/triage.h"
#include "app/session/undo_commands.h"
#include "app/settings/saver.h"
#include "widgets/models/shown_text.h"

#include <QtCore/QDir>
#include <QtCore/QElapsedTimer>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>

#include <algorithm>
#include <utility>

namespace cupel::app {

namespace {

Workspace workspaceOf(const AnalysisPtr& analysis)
{
    Workspace workspace;
    workspace.roots = {analysis->artifact.path};
    workspace.analyses[analysis->artifact.path] = analysis;
    return workspace;
}

std::vector<QString> problemsOf(const engine::Proof& proof, const Analysis& before)
{
    std::vector<QString> problems;
    for (const auto index : proof.failed) {
        problems.push_back(Fixing::tr("Still there: %1").arg(QString::fromStdString(before.findings[index].title)));
    }
    for (const auto index : proof.fresh) {
        problems.push_back(Fixing::tr("New: %1").arg(QString::fromStdString(proof.after->findings[index].title)));
    }
    return problems;
}

void noteRemains(widgets::FixOutcome& outcome, const engine::Proof& proof)
{
    for (const auto& remain : proof.remains.list) {
        // "Price" at the start of a sentence is no Megan Price: a word of a name says little, a whole value much.
        (remain.part ? outcome.wordsRemaining : outcome.remaining) += static_cast<int>(remain.count);
        const auto words = remain.part ? Fixing::tr("Words of a value that was taken out (%1): %2")
                                       : Fixing::tr("Words equal to a value that was taken out (%1): %2");
        (remain.part ? outcome.words : outcome.remains)
            .push_back(words.arg(QString::fromStdString(outcome.before->findings[remain.finding].title),
                QString::fromStdString(engine::placesOf(remain))));
    }
    outcome.allLookedFor = proof.remains.complete;
    for (const auto index : proof.untold()) {
        const auto& finding = proof.after->findings[index];
        outcome.untold.push_back(QStringLiteral("%1: %2").arg(
            QString::fromStdString(finding.title), QString::fromStdString(engine::placesOf(finding))));
    }
}

enum class Cut : std::uint8_t { Within, WholeLines, BehindALine };

// What takes out whole lines may begin and end in the middle of two that look the same up to there: the line it leaves
// is one of them as it was.
Cut cutOf(std::string_view text, std::size_t start, std::size_t end)
{
    const auto gone = text.substr(start, end - start);
    const auto firstBreak = gone.find('\n');
    if (firstBreak == std::string_view::npos || end >= text.size()) {
        return Cut::Within;
    }
    const auto lineStart = start == 0 ? 0 : text.rfind('\n', start - 1) + 1; // npos + 1 is 0
    if (text.substr(lineStart, start - lineStart) == gone.substr(gone.rfind('\n') + 1)) {
        return Cut::WholeLines;
    }
    const auto lineEnd = std::min(text.find('\n', end), text.size());
    return text.substr(end, lineEnd - end) == gone.substr(0, firstBreak) ? Cut::BehindALine : Cut::Within;
}

// Lines of the file that are not the same afterwards.
void countLines(widgets::FixOutcome& outcome)
{
    const auto text = outcome.before->artifact.view();
    std::size_t at = 0;
    std::size_t line = 0;
    std::size_t counted = 0; // lines up to here are
    for (const auto& edit : fixes::fileEdits(outcome.plan, outcome.on)) { // sorted, disjoint
        const auto start = std::min<std::size_t>(edit.bytes.start, text.size());
        const auto end = std::min<std::size_t>(std::max(edit.bytes.end, edit.bytes.start), text.size());
        line += static_cast<std::size_t>(std::count(text.begin() + at, text.begin() + start, '\n'));
        const auto breaks = static_cast<std::size_t>(std::count(text.begin() + start, text.begin() + end, '\n'));
        const auto cut = edit.raw.empty() ? cutOf(text, start, end) : Cut::Within;
        const auto first = std::max(line + (cut == Cut::BehindALine ? 1 : 0), counted);
        const auto behind = line + breaks + (cut == Cut::WholeLines ? 0 : 1);
        line += breaks;
        outcome.changedLines += behind > first ? behind - first : 0;
        counted = std::max(counted, behind);
        at = end;
    }
    outcome.lines = static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) + (text.empty() ? 0 : 1);
}

QByteArray bytesOf(const Analysis& analysis)
{
    const auto view = analysis.artifact.view();
    return {view.data(), static_cast<qsizetype>(view.size())};
}

} // namespace

widgets::FixOutcomePtr workOutFix(const FixRequest& request, const std::stop_token& stop)
{
    QElapsedTimer clock;
    clock.start();
    Budget budget(request.options.limits, stop);
    auto outcome = std::make_shared<widgets::FixOutcome>();
    outcome->before = request.analysis;
    fixes::Pseudonyms names;
    outcome->plan = fixes::makePlan(request.analysis, names, budget);
    for (std::size_t i = 0; i < outcome->plan.edits.size(); ++i) {
        outcome->on.push_back(
            widgets::FixState::wants(outcome->plan, i, request.profile, request.choices, request.decisions.get()));
    }
    const auto wanted = outcome->on;
    const auto proof = engine::proveWhatHolds(outcome->plan, outcome->on, request.options, budget);
    if (budget.stopped()) {
        return nullptr;
    }
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        if (wanted[i] && !outcome->on[i]) {
            outcome->refused.push_back(i);
        }
    }
    outcome->after = proof.after;
    outcome->stamps = proof.stamps;
    outcome->gone = proof.gone;
    outcome->problems = problemsOf(proof, *request.analysis);
    noteRemains(*outcome, proof);
    constexpr std::size_t unfolded = 200; // lines around a change, for who does not want them folded
    outcome->hunks = fixes::preview(outcome->plan, outcome->on, proof.after.get(), unfolded);
    fixes::addEditsThatAreOff(outcome->hunks, outcome->plan, outcome->on);
    fixes::sortAsRead(outcome->hunks, outcome->plan);
    outcome->decisions = request.decisions;
    const auto settled = [&request](const Finding& finding) {
        return request.decisions && request.decisions->settles(finding);
    };
    const review::LookedAt lookedAt{{request.analysis->artifact.path, request.lookedAt}};
    outcome->verdictBefore = review::judge(request.profile, workspaceOf(outcome->before), settled, lookedAt);
    outcome->verdictAfter = review::judge(request.profile, workspaceOf(outcome->after), settled, lookedAt);
    countLines(*outcome);
    outcome->milliseconds = static_cast<double>(clock.nsecsElapsed()) / 1e6;
    return outcome;
}

Fixing::Fixing(Session& session, QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_worker(session, workOutFix, [this](widgets::FixOutcomePtr outcome) { m_state.setOutcome(std::move(outcome)); })
    , m_reader(
          session,
          [](const QStringList& paths, const std::stop_token&) {
              std::vector<OwnProfile> profiles;
              for (const QString& path : paths) {
                  profiles.push_back(readOwnProfile(path));
              }
              return profiles;
          },
          [this](const std::vector<OwnProfile>& profiles) { takeProfiles(profiles); })
{
    connect(&m_state, &widgets::FixState::requested, this, &Fixing::start);
    connect(&m_state, &widgets::FixState::chosen, this, [this](const widgets::FixChoices& before, const QString& what) {
        m_session.undo().push(new ChangeChoices(m_state, before, what));
    });
    connect(&session.settings(), &Settings::changed, this, [this](const QString& key) {
        if (key == QStringView(keys::ownProfiles)) {
            readProfiles();
        }
    });
    connect(&m_state, &widgets::FixState::profileChanged, this, [this] {
        if (m_active || lastProfile()) {
            rememberProfile(m_state.profile().name);
        }
    });
    connect(&session, &Session::opened, this, &Fixing::recallProfile);
    connect(&session.review(), &widgets::ReviewState::currentArtifactChanged, this, &Fixing::follow);
    connect(&session.review(), &widgets::ReviewState::workspaceChanged, this, &Fixing::follow);
}

void Fixing::readProfiles()
{
    m_reader.request(ownProfilePaths(m_session.settings().text(keys::ownProfiles)));
}

void Fixing::takeProfiles(const std::vector<OwnProfile>& profiles)
{
    std::vector<review::Profile> own;
    std::vector<widgets::ProfileTrouble> troubles;
    m_usable.clear();
    for (const OwnProfile& one : profiles) {
        if (one.profile) {
            own.push_back(*one.profile);
            m_usable += one.path;
        } else {
            troubles.push_back({QFileInfo(one.path).fileName(), one.trouble});
        }
    }
    const auto first = review::builtInProfiles().size();
    m_state.setOwnProfiles(std::move(own), std::move(troubles));
    if (const auto at = m_usable.indexOf(std::exchange(m_wanted, QString())); at >= 0) {
        m_state.setProfile(first + static_cast<std::size_t>(at));
    } else {
        recallProfile();
    }
}

std::optional<std::string> Fixing::lastProfile() const
{
    const auto& shared = m_session.state().shared;
    const auto at = std::find_if(
        shared.begin(), shared.end(), [this](const SharedWith& one) { return one.roots == m_session.roots(); });
    return at == shared.end() ? std::nullopt : std::optional(at->profile.toStdString());
}

void Fixing::rememberProfile(const std::string& name)
{
    rememberFor(m_session.roots(), name);
}

void Fixing::rememberFor(const QStringList& roots, const std::string& name)
{
    SharedWith now{roots, QString::fromStdString(name)};
    auto& shared = m_session.state().shared;
    if (now.roots.isEmpty() || (!shared.empty() && shared.back() == now)) {
        return;
    }
    std::erase_if(shared, [&now](const SharedWith& one) { return one.roots == now.roots; });
    shared.push_back(std::move(now));
    if (shared.size() > SessionState::mostShared) {
        shared.erase(shared.begin());
    }
    m_session.touchState();
}

void Fixing::recallProfile()
{
    const auto last = lastProfile();
    if (!last || last->empty() || m_state.profile().name == *last) {
        return;
    }
    const auto& profiles = m_state.profiles();
    const auto at = std::find_if(
        profiles.begin(), profiles.end(), [&last](const review::Profile& one) { return one.name == *last; });
    if (at != profiles.end()) {
        m_state.setProfile(static_cast<std::size_t>(at - profiles.begin()));
    } else if (m_usable.isEmpty()) { // one of the user's own, which nobody has read yet
        readProfiles();
    }
}

void Fixing::addProfile(const QString& path)
{
    QStringList paths = ownProfilePaths(m_session.settings().text(keys::ownProfiles));
    m_wanted = QDir::cleanPath(path);
    if (paths.contains(m_wanted)) {
        readProfiles();
        return;
    }
    paths += m_wanted;
    m_session.undo().push(
        new ChangeSetting(m_session.settings(), QStringView(keys::ownProfiles).toString(), ownProfileSetting(paths)));
}

void Fixing::removeProfile(std::size_t index)
{
    const auto first = review::builtInProfiles().size();
    if (index < first || index - first >= static_cast<std::size_t>(m_usable.size())) {
        return;
    }
    QStringList paths = ownProfilePaths(m_session.settings().text(keys::ownProfiles));
    paths.removeAll(m_usable[static_cast<qsizetype>(index - first)]);
    m_session.undo().push(
        new ChangeSetting(m_session.settings(), QStringView(keys::ownProfiles).toString(), ownProfileSetting(paths)));
}

void Fixing::setActive(bool active)
{
    if (active && !m_active) {
        readProfiles(); // they may have been edited meanwhile
        if (!lastProfile()) {
            rememberProfile(m_state.profile().name);
        }
    }
    m_active = active;
    follow();
}

void Fixing::follow()
{
    if (!m_active) {
        return;
    }
    const auto analysis = m_session.review().analysis(m_session.review().currentArtifact());
    const bool fixable = analysis && analysis->artifact.bytes && analysis->artifact.parent.empty();
    m_state.setAnalysis(fixable ? analysis : nullptr);
}

void Fixing::start()
{
    if (!m_state.analysis()) {
        return;
    }
    ScanOptions options;
    options.keepBytes = true;
    const auto looked = m_session.gallery().lookedAt();
    const auto own = looked.find(m_state.analysis()->artifact.path);
    const std::uint64_t lookedAt = own == looked.end() ? 0 : own->second;
    m_worker.request(
        {m_state.analysis(), m_state.profile(), m_state.choices(), options, m_state.decisions(), lookedAt});
}

QString Fixing::suggestedCopy() const
{
    if (!m_state.analysis()) {
        return {};
    }
    const QFileInfo file(QString::fromStdString(m_state.analysis()->artifact.path));
    const auto suffix = file.suffix().isEmpty() ? QString() : u'.' + file.suffix();
    // A name that says "public" is a promise: only what was judged fit may have it.
    const auto claim = m_state.meets() ? QString::fromStdString(m_state.profile().name) : QStringLiteral("edited");
    QString base = file.completeBaseName();
    const bool again = base.endsWith(u'.' + claim); // a copy of a copy says it once, and is another file
    base.chop(again ? claim.size() + 1 : 0);
    return file.path() + u'/' + base + u'.' + claim + (again ? QStringLiteral("-2") : QString()) + suffix;
}

QString Fixing::writeCopy(const QString& path)
{
    const auto& outcome = m_state.outcome();
    if (!outcome || m_state.working()) {
        return tr("The result is not worked out yet.");
    }
    if (!outcome->problems.empty()) {
        return outcome->problems.front();
    }
    const QFileInfo original(QString::fromStdString(outcome->before->artifact.path));
    if (QFileInfo(path) == original) { // that could not be undone
        return tr("That is the file itself. Choose another name for the copy.");
    }
    const bool existed = QFileInfo::exists(path);
    QString reason;
    if (!writeDurably(path, bytesOf(*outcome->after), FileMode::Private, &reason)) {
        return tr("%1 could not be written: %2").arg(widgets::shownText(path.toStdString()), reason);
    }
    if (!existed) {
        QFile::setPermissions(path, original.permissions());
    }
    const auto written = outcome; // deciding asks for another one
    m_along = m_session.triage().takeAlong(*written, path);
    rememberFor({path}, m_state.profile().name); // it was made for them
    return {};
}

QString Fixing::writeInPlace()
{
    const auto outcome = m_state.outcome();
    if (!outcome || m_state.working()) {
        return tr("The result is not worked out yet.");
    }
    if (!outcome->problems.empty()) {
        return outcome->problems.front();
    }
    const auto path = QString::fromStdString(outcome->before->artifact.path);
    QFile file(path);
    // Whoever changed the file since it was read must not lose that.
    if (!file.open(QIODevice::ReadOnly) || file.readAll() != bytesOf(*outcome->before)) {
        return tr("The file has changed on disk since it was checked. Check it again first.");
    }
    file.close();
    auto* command = new ChangeFile(m_session, path, bytesOf(*outcome->before), bytesOf(*outcome->after));
    QUndoStack& stack = m_session.undo();
    stack.push(command);
    if (stack.index() == 0 || stack.command(stack.index() - 1) != command) { // it failed, and is deleted
        return tr("%1 could not be written, and was left as it is.").arg(widgets::shownText(path.toStdString()));
    }
    return {};
}

} // namespace cupel::app
