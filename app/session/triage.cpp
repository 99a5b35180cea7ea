// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/triage.h"

#include "app/session/session.h"
#include "app/session/undo_commands.h"
#include "app/settings/saver.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>

#include <algorithm>
#include <utility>

#ifdef Q_OS_UNIX
#include <pwd.h>
#include <unistd.h>
#endif

namespace cupel::app {

namespace {

constexpr int dayCheck = 10 * 60 * 1000;

std::vector<DecisionFile> readAll(const QStringList& roots, const std::stop_token& stop)
{
    std::vector<DecisionFile> files;
    for (const QString& root : roots) {
        const QString folder = decisionFolder(root);
        const bool known = std::any_of(
            files.begin(), files.end(), [&folder](const DecisionFile& file) { return file.folder == folder; });
        if (!known && !stop.stop_requested()) {
            files.push_back(readDecisions(folder));
        }
    }
    return files;
}

// "Ada Lovelace" of the account, else its short name.
QString accountName()
{
#ifdef Q_OS_UNIX
    if (const passwd* entry = ::getpwuid(::getuid())) {
        const QString full = QString::fromLocal8Bit(entry->pw_gecos).section(u',', 0, 0).trimmed();
        return full.isEmpty() ? QString::fromLocal8Bit(entry->pw_name) : full;
    }
#endif
    return qEnvironmentVariable("USER", qEnvironmentVariable("USERNAME"));
}

} // namespace

Triage::Triage(Session& session, QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_reader(readAll)
    , m_writer([](const Pending& pending, const std::stop_token&) {
        Written written{pending, {}};
        for (const auto& [folder, changes] : pending) {
            if (QString trouble = changeDecisions(folder, changes); !trouble.isEmpty()) {
                written.troubles.emplace(folder, std::move(trouble));
            }
        }
        return written;
    })
    , m_day(today())
{
    QFile file(session.paths().trustFile());
    if (file.open(QIODevice::ReadOnly)) {
        m_trust = DecisionTrust::fromJson(file.read(DecisionTrust::maxBytes));
    }
    m_midnight.setInterval(dayCheck);
    m_midnight.callOnTimeout(this, [this] {
        if (std::exchange(m_day, today()) != m_day) {
            publish();
        }
    });
    m_midnight.start();
}

Triage::~Triage() = default;

QDate Triage::today()
{
    bool fixed = false;
    const qint64 seconds = qEnvironmentVariable("SOURCE_DATE_EPOCH").toLongLong(&fixed);
    return (fixed ? QDateTime::fromSecsSinceEpoch(seconds, Qt::UTC) : QDateTime::currentDateTimeUtc()).date();
}

QString Triage::author() const
{
    const QString chosen = m_session.settings().text(keys::author).trimmed();
    return chosen.isEmpty() ? accountName() : chosen;
}

// Without a look at the disk: a root that is an artifact itself is a file.
QString Triage::folderOf(const std::string& artifact) const
{
    const QString path = QString::fromStdString(artifact);
    QString best;
    for (const QString& root : m_session.roots()) {
        const QString clean =
            QDir::cleanPath(QDir::isAbsolutePath(root) ? root : QDir::current().absoluteFilePath(root));
        const bool itself = path == root || path.startsWith(root + u'!');
        const QString folder = itself ? QFileInfo(clean).path() : path.startsWith(root + u'/') ? clean : QString();
        best = folder.size() > best.size() ? folder : best;
    }
    return best;
}

void Triage::clear()
{
    m_files.clear();
    publish();
}

void Triage::reload()
{
    m_loading = true;
    m_reader.request(m_session.roots());
    if (std::exchange(m_watchingReader, true)) {
        return;
    }
    m_session.watch([this] {
        if (const auto files = m_reader.take()) {
            takeLoaded(*files);
        }
        m_watchingReader = m_reader.busy();
        return m_watchingReader;
    });
}

void Triage::takeLoaded(const Loaded& files)
{
    m_loading = false;
    m_files.clear();
    for (const DecisionFile& file : files) {
        QSet<QString> keys;
        for (const auto& [fingerprint, key] : file.keys) {
            keys.insert(key);
        }
        m_trust.keepOnly(file.folder, keys);
        DecisionFile& kept = m_files.insert_or_assign(file.folder, file).first->second;
        for (const auto& [fingerprint, decision] : m_pending[file.folder]) {
            if (decision) {
                kept.decisions.set(*decision);
                kept.keys.insert_or_assign(fingerprint, decisionKey(*decision));
            } else {
                kept.decisions.remove(fingerprint);
                kept.keys.erase(fingerprint);
            }
        }
    }
    publish();
}

QString Triage::decide(const std::vector<widgets::FindingRef>& refs, const widgets::TriageAnswer& answer)
{
    if (QString trouble = noteTrouble(answer.note); !trouble.isEmpty()) {
        return trouble;
    }
    std::vector<DecisionStep> steps;
    for (const auto& ref : refs) {
        const Finding* finding = m_session.review().finding(ref);
        const QString folder = finding ? folderOf(ref.artifact) : QString();
        if (folder.isEmpty()) {
            continue;
        }
        if (finding->severity == Severity::Critical && answer.note.isEmpty()) {
            return tr("A critical finding needs a note.");
        }
        const QString path = QString::fromStdString(ref.artifact);
        const QString relative = path.startsWith(folder + u'/') ? path.mid(folder.size() + 1) : path;
        review::Decision decision{finding->fingerprint, finding->context, finding->rule, relative.toStdString(),
            finding->location.human, answer.reason, answer.note.toStdString(), answer.author.toStdString(),
            today().toString(Qt::ISODate).toStdString(), answer.expires.toStdString()};
        const auto file = m_files.find(folder);
        const auto* before = file == m_files.end() ? nullptr : file->second.decisions.find(finding->fingerprint);
        steps.push_back({folder, finding->fingerprint, before ? std::optional(*before) : std::nullopt, decision,
            before ? m_trust.answer(folder, decisionKey(*before)) : DecisionTrust::Answer::Unasked});
    }
    if (steps.empty()) {
        return tr("Choose a finding first.");
    }
    const auto count = static_cast<int>(steps.size());
    push(std::move(steps), tr("Decide %n finding(s)", nullptr, count));
    return {};
}

QString Triage::remove(const std::vector<widgets::FindingRef>& refs)
{
    std::vector<DecisionStep> steps;
    for (const auto& ref : refs) {
        // Only what counts here is taken away: lines of others that nobody said yes to are theirs.
        if (const auto* decision = m_session.review().decision(ref)) {
            const QString folder = folderOf(ref.artifact);
            steps.push_back({folder, decision->fingerprint, *decision, std::nullopt,
                m_trust.answer(folder, decisionKey(*decision))});
        }
    }
    if (steps.empty()) {
        return tr("Nothing was decided about it.");
    }
    const auto count = static_cast<int>(steps.size());
    push(std::move(steps), tr("Remove %n decision(s)", nullptr, count));
    return {};
}

void Triage::push(std::vector<DecisionStep> steps, const QString& text)
{
    m_session.undo().push(new ChangeDecisions(*this, std::move(steps), text));
}

void Triage::apply(const std::vector<DecisionStep>& steps, bool forward)
{
    for (const DecisionStep& step : steps) {
        const auto& next = forward ? step.after : step.before;
        m_pending[step.folder].insert_or_assign(step.fingerprint, next);
        const auto file = m_files.find(step.folder);
        if (next) {
            const QString key = decisionKey(*next);
            // One that was foreign stays what it was when undo brings it back.
            m_trust.set(step.folder, key, forward ? DecisionTrust::Answer::Own : step.trust);
            if (file != m_files.end()) {
                file->second.decisions.set(*next);
                file->second.keys.insert_or_assign(step.fingerprint, key);
            }
        } else if (file != m_files.end()) {
            file->second.decisions.remove(step.fingerprint);
            file->second.keys.erase(step.fingerprint);
        }
    }
    saveTrust();
    write();
    publish();
}

void Triage::write()
{
    m_writer.request(m_pending);
    if (std::exchange(m_watchingWriter, true)) {
        return;
    }
    m_session.watch([this] {
        if (const auto written = m_writer.take()) {
            takeWritten(*written);
        }
        m_watchingWriter = m_writer.busy();
        return m_watchingWriter;
    });
}

void Triage::takeWritten(const Written& written)
{
    for (const auto& [folder, changes] : written.what) {
        if (const auto trouble = written.troubles.find(folder); trouble != written.troubles.end()) {
            m_session.log().warn(tr("Decisions were not written: %1").arg(trouble->second));
            Q_EMIT m_session.notice(
                tr("Not saved: %1 The decisions count until the window is closed.").arg(trouble->second));
            continue;
        }
        DecisionChanges& waiting = m_pending[folder];
        for (const auto& [fingerprint, decision] : changes) {
            const auto now = waiting.find(fingerprint);
            if (now != waiting.end() && now->second == decision) {
                waiting.erase(now);
            }
        }
        if (waiting.empty()) {
            m_pending.erase(folder);
        }
    }
}

review::DecisionSetPtr Triage::setOf(bool foreign) const
{
    auto set = std::make_shared<review::DecisionSet>();
    set->today = today().toString(Qt::ISODate).toStdString();
    for (const auto& [folder, file] : m_files) {
        review::DecisionSet::Folder counted{folder.toStdString(), {}};
        for (const auto& [fingerprint, key] : file.keys) {
            const auto answer = m_trust.answer(folder, key);
            const bool mine = answer == DecisionTrust::Answer::Own || answer == DecisionTrust::Answer::Used;
            if (foreign ? answer == DecisionTrust::Answer::Unasked : mine) {
                counted.decisions.set(*file.decisions.find(fingerprint));
            }
        }
        if (!counted.decisions.empty()) {
            set->folders.push_back(std::move(counted));
        }
    }
    return set;
}

void Triage::publish()
{
    m_waiting = setOf(true);
    m_session.setDecisions(setOf(false));
    Q_EMIT changed();
}

widgets::ForeignDecisions Triage::foreign() const
{
    widgets::ForeignDecisions out;
    for (const auto& [folder, file] : m_files) {
        out.trouble = out.trouble.isEmpty() ? file.trouble : out.trouble;
    }
    const auto set = m_waiting;
    for (const auto& folder : set ? set->folders : std::vector<review::DecisionSet::Folder>()) {
        out.count += static_cast<int>(folder.decisions.all().size());
        for (const auto& [fingerprint, decision] : folder.decisions.all()) {
            const QString author = QString::fromStdString(decision.author);
            if (!author.isEmpty() && !out.authors.contains(author) && out.authors.size() < 50) {
                out.authors += author;
            }
        }
    }
    if (out.count > 0) {
        for (const auto& [path, analysis] : m_session.review().workspace().analyses) {
            out.settles += static_cast<int>(std::count_if(analysis->findings.begin(), analysis->findings.end(),
                [&set](const Finding& finding) { return set->settles(finding); }));
        }
    }
    return out;
}

bool Triage::canAskAgain() const
{
    return std::any_of(m_files.begin(), m_files.end(), [this](const auto& entry) {
        return std::any_of(entry.second.keys.begin(), entry.second.keys.end(), [&](const auto& key) {
            const auto answer = m_trust.answer(entry.first, key.second);
            return answer == DecisionTrust::Answer::Used || answer == DecisionTrust::Answer::Ignored;
        });
    });
}

void Triage::answerForeign(DecisionTrust::Answer answer)
{
    for (const auto& [folder, file] : m_files) {
        for (const auto& [fingerprint, key] : file.keys) {
            if (m_trust.answer(folder, key) == DecisionTrust::Answer::Unasked) {
                m_trust.set(folder, key, answer);
            }
        }
    }
    saveTrust();
    publish();
}

void Triage::useForeign()
{
    answerForeign(DecisionTrust::Answer::Used);
}

void Triage::ignoreForeign()
{
    answerForeign(DecisionTrust::Answer::Ignored);
}

void Triage::askAgain()
{
    for (const auto& [folder, file] : m_files) {
        m_trust.forgetAnswers(folder);
    }
    saveTrust();
    publish();
}

void Triage::saveTrust()
{
    m_session.saver().save(m_session.paths().trustFile(), m_trust.toJson());
}

} // namespace cupel::app
