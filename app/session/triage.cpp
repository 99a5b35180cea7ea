// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/triage.h"

#include "app/session/session.h"
#include "app/session/trust_keeper.h"
#include "app/session/undo_commands.h"
#include "widgets/models/shown_text.h"

#include <QtCore/QDir>
#include <QtCore/QFileInfo>

#include <algorithm>
#include <set>
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
        for (const QString& folder : decisionFolders(root, stop)) {
            const bool known = std::any_of(
                files.begin(), files.end(), [&folder](const DecisionFile& file) { return file.folder == folder; });
            if (!known && !stop.stop_requested()) {
                files.push_back(readDecisions(folder));
            }
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
    , m_reader(session, readAll, [this](const Loaded& files) { takeLoaded(files); })
    , m_writer(
          session,
          [](const Pending& pending, const std::stop_token&) {
              Written written{pending, {}};
              for (const auto& [folder, changes] : pending) {
                  if (QString trouble = changeDecisions(folder, changes); !trouble.isEmpty()) {
                      written.troubles.emplace(folder, std::move(trouble));
                  }
              }
              return written;
          },
          [this](const Written& written) { takeWritten(written); })
    , m_day(today())
{
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
    // What was decided about a file stays together, whichever part of its folders was opened then.
    QString known;
    const QString whole = QDir::cleanPath(QDir::current().absoluteFilePath(path));
    for (const auto& [folder, book] : m_books) {
        const bool around = folder.size() > known.size() && whole.startsWith(folder + u'/');
        if (around && book.knows(whole.mid(folder.size() + 1).toStdString())) {
            known = folder;
        }
    }
    return known.isEmpty() ? best : known;
}

void Triage::clear()
{
    m_loading = false; // what is still being read is of a review that is gone
    m_books.clear();
    publish();
}

void Triage::reload()
{
    m_loading = true;
    m_reader.request(m_session.roots());
}

void Triage::takeLoaded(const Loaded& files)
{
    if (!m_loading) { // of a review that is gone
        return;
    }
    m_loading = false;
    m_books.clear();
    for (const DecisionFile& file : files) {
        m_session.trust().trust().keepOnly(file.folder, file.keys);
        DecisionBook& book =
            m_books.insert_or_assign(file.folder, DecisionBook(file, m_session.trust().trust())).first->second;
        const auto pending = m_pending.find(file.folder);
        if (pending == m_pending.end()) {
            continue;
        }
        for (const auto& [id, decision] : pending->second) {
            if (decision) {
                const QString key = decisionKey(*decision);
                book.set({{decision, key}, m_session.trust().trust().answer(file.folder, key)});
            } else {
                book.remove(id);
            }
        }
    }
    publish();
}

widgets::TriageRefusal Triage::decide(const std::vector<widgets::FindingRef>& refs, const widgets::TriageAnswer& answer)
{
    if (QString trouble = noteTrouble(answer.note); !trouble.isEmpty()) {
        return {std::move(trouble)};
    }
    std::set<std::string> artifacts;
    for (const auto& ref : refs) {
        const auto analysis =
            artifacts.insert(ref.artifact).second ? m_session.review().analysis(ref.artifact) : nullptr;
        if (analysis && repeatsValue(answer.note, *analysis)) {
            return {tr("The note repeats a value that was found in the file. Write down why, not the value.")};
        }
        if (analysis && repeatsValue(answer.author, *analysis)) {
            return {
                tr("The name repeats a value that was found in the file. Write another one that tells who decided."),
                widgets::TriageRefusal::Part::Author};
        }
    }
    review::Decision decision;
    decision.reason = answer.reason;
    decision.note = answer.note.toStdString();
    decision.author = answer.author.toStdString();
    decision.decided = today().toString(Qt::ISODate).toStdString();
    decision.expires = answer.expires.toStdString();
    std::vector<DecisionStep> steps;
    steps.reserve(refs.size());
    QString folder;
    const std::string* artifact = nullptr; // whose folder that is
    for (const auto& ref : refs) {
        const Finding* finding = m_session.review().finding(ref);
        if (!artifact || *artifact != ref.artifact) {
            artifact = &ref.artifact;
            folder = folderOf(ref.artifact);
            const QString path =
                QDir::cleanPath(QDir::current().absoluteFilePath(QString::fromStdString(ref.artifact)));
            decision.artifact = (path.startsWith(folder + u'/') ? path.mid(folder.size() + 1) : path).toStdString();
        }
        if (!finding || folder.isEmpty()) {
            continue;
        }
        if (finding->severity == Severity::Critical && answer.note.isEmpty()) {
            return {tr("A critical finding needs a note.")};
        }
        decision.fingerprint = finding->fingerprint;
        decision.context = finding->context;
        decision.values = finding->values;
        decision.rule = finding->rule;
        decision.severity = finding->severity;
        decision.place = finding->location.human;
        steps.push_back({folder, {}, {std::make_shared<const review::Decision>(decision), decisionKey(decision)}});
    }
    if (steps.empty()) {
        return {tr("Choose a finding first.")};
    }
    const auto count = static_cast<int>(steps.size());
    push(std::move(steps), tr("Decide %n finding(s)", nullptr, count));
    return {};
}

QString Triage::remove(const std::vector<widgets::FindingRef>& refs)
{
    std::vector<DecisionStep> steps;
    QString elsewhere; // the file that one was decided for
    for (const auto& ref : refs) {
        // Only what counts here is taken away: lines of others that nobody said yes to are theirs, and what was decided
        // for another file holds there.
        const auto* decision = m_session.review().decision(ref);
        const auto* finding = m_session.review().finding(ref);
        if (decision && finding && review::isForAnotherFile(*decision, *finding)) {
            elsewhere = QString::fromStdString(decision->artifact);
            continue;
        }
        for (auto book = m_books.begin(); decision && book != m_books.end(); ++book) {
            const auto* entry = book->second.find(review::idOf(*decision));
            if (entry && entry->what.decision.get() == decision) {
                steps.push_back({book->first, *entry, {}});
                break;
            }
        }
    }
    if (steps.empty() && !elsewhere.isEmpty()) {
        return tr("It was decided for %1: remove it there.").arg(elsewhere);
    }
    if (steps.empty()) {
        return tr("Nothing was decided about it.");
    }
    const auto count = static_cast<int>(steps.size());
    push(std::move(steps), tr("Remove %n decision(s)", nullptr, count));
    return {};
}

// Lines of others wait for an answer, and what holds no longer was left so on purpose.
bool Triage::isKept(const QString& path, const std::string& fingerprint) const
{
    return m_removed.contains({fingerprint, path.toStdString()})
        || std::any_of(m_books.begin(), m_books.end(), [&path, &fingerprint](const auto& entry) {
               const auto& [folder, book] = entry;
               return path.startsWith(folder + u'/')
                   && book.find({fingerprint, path.mid(folder.size() + 1).toStdString()}) != nullptr;
           });
}

widgets::TakenAlong Triage::takeAlong(const widgets::FixOutcome& outcome, const QString& copy)
{
    widgets::TakenAlong along;
    const auto heeded = outcome.decisions;
    if (!heeded || heeded->empty()) {
        return along;
    }
    const QString folder = folderOf(outcome.before->artifact.path);
    const QString path = QDir::cleanPath(QDir::current().absoluteFilePath(copy));
    const bool inside = !folder.isEmpty() && path.startsWith(folder + u'/');
    std::vector<DecisionStep> steps;
    for (std::size_t i = 0; i < outcome.after->findings.size() && i < outcome.stamps.size(); ++i) {
        const auto& stamp = outcome.stamps[i];
        const auto [state, decided] = heeded->look(outcome.after->findings[i]);
        if (state != review::DecisionState::Active || stamp.fingerprint.empty()) {
            continue;
        }
        Finding there = outcome.after->findings[i];
        there.location.artifact = path.toStdString();
        there.fingerprint = stamp.fingerprint;
        there.context = stamp.context;
        if (heeded->settles(there)) {
            ++along.held;
            continue;
        }
        if (!inside || isKept(path, stamp.fingerprint)) {
            ++(inside ? along.otherwise : along.elsewhere);
            continue;
        }
        review::Decision decision = *decided;
        decision.artifact = path.mid(folder.size() + 1).toStdString();
        decision.place = there.location.human;
        decision.fingerprint = stamp.fingerprint;
        decision.context = stamp.context;
        decision.values = there.values;
        decision.severity = there.severity;
        steps.push_back({folder, {}, {std::make_shared<const review::Decision>(decision), decisionKey(decision)}});
    }
    along.taken = static_cast<int>(steps.size());
    if (along.taken > 0) {
        push(std::move(steps), tr("Take %n decision(s) along to the copy", nullptr, along.taken));
    }
    return along;
}

// In the order of ids, in which books and files are walked fast; of two findings with one id the last one says what is
// kept.
void Triage::push(std::vector<DecisionStep> steps, const QString& text)
{
    std::stable_sort(steps.begin(), steps.end(), [](const DecisionStep& a, const DecisionStep& b) {
        const int order = a.folder.isSharedWith(b.folder) ? 0 : a.folder.compare(b.folder);
        return order != 0 ? order < 0 : review::Decisions::keyOf(a.decision()) < review::Decisions::keyOf(b.decision());
    });
    std::vector<DecisionStep> kept;
    kept.reserve(steps.size());
    for (DecisionStep& step : steps) {
        if (!kept.empty() && kept.back().folder == step.folder
            && review::Decisions::keyOf(kept.back().decision()) == review::Decisions::keyOf(step.decision())) {
            kept.back() = std::move(step);
        } else {
            kept.push_back(std::move(step));
        }
    }
    for (DecisionStep& step : kept) {
        const auto book = m_books.find(step.folder);
        if (const auto* before = book == m_books.end() ? nullptr : book->second.find(step.id())) {
            step.before = *before;
        }
    }
    m_session.undo().push(new ChangeDecisions(*this, std::move(kept), text));
}

void Triage::apply(const std::vector<DecisionStep>& steps, bool forward)
{
    using Answer = DecisionTrust::Answer;
    bool trustChanged = false;
    DecisionChanges* pending = nullptr;
    DecisionBook* book = nullptr;
    QString folder;
    for (const DecisionStep& step : steps) {
        if (!pending || folder != step.folder) {
            folder = step.folder;
            pending = &m_pending[folder];
            const auto known = m_books.find(folder);
            book = known == m_books.end() ? nullptr : &known->second;
        }
        const KeyedDecision& next = forward ? step.after : step.before.what;
        pending->insert_or_assign(pending->end(), step.id(), next.decision);
        review::DecisionId whole{step.decision().fingerprint, folder.toStdString() + '/' + step.decision().artifact};
        if (forward && !next.decision) {
            m_removed.insert(std::move(whole));
        } else {
            m_removed.erase(whole);
        }
        if (next.decision) {
            // One that was foreign stays what it was when undo brings it back.
            const Answer answer = forward ? Answer::Own : step.before.answer;
            trustChanged = m_session.trust().trust().set(folder, next.key, answer) || trustChanged;
            if (book) {
                book->set({next, answer});
            }
        } else if (book) {
            book->remove(step.id());
        }
    }
    if (trustChanged) {
        m_session.trust().save();
    }
    write();
    publish();
}

void Triage::write()
{
    m_writer.request(m_pending);
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
        for (const auto& [id, decision] : changes) {
            const auto now = waiting.find(id);
            if (now != waiting.end() && now->second == decision) {
                waiting.erase(now);
            }
        }
        if (waiting.empty()) {
            m_pending.erase(folder);
        }
    }
}

void Triage::publish()
{
    auto counted = std::make_shared<review::DecisionSet>();
    auto waiting = std::make_shared<review::DecisionSet>();
    counted->today = waiting->today = today().toString(Qt::ISODate).toStdString();
    m_answered = false;
    for (const auto& [folder, book] : m_books) {
        review::DecisionSet::Folder counts{folder.toStdString(), {}};
        review::DecisionSet::Folder waits{counts.path, {}};
        book.split(counts.decisions, waits.decisions, m_answered);
        for (const auto& [set, part] : {std::pair(&counted, &counts), std::pair(&waiting, &waits)}) {
            if (!part->decisions.empty()) {
                (*set)->folders.push_back(std::move(*part));
            }
        }
    }
    m_waiting = std::move(waiting);
    m_session.setDecisions(std::move(counted));
    Q_EMIT changed();
}

widgets::ForeignDecisions Triage::foreign() const
{
    constexpr std::size_t mostAuthors = 50;
    constexpr int longestName = 60;
    widgets::ForeignDecisions out;
    for (const auto& [folder, book] : m_books) {
        out.trouble = out.trouble.isEmpty() ? book.trouble() : out.trouble;
    }
    const auto set = m_waiting;
    if (!set || set->empty()) {
        return out;
    }
    std::set<std::string_view> authors;
    for (const auto& folder : set->folders) {
        out.count += static_cast<int>(folder.decisions.all().size());
        for (const auto& [key, decision] : folder.decisions.all()) {
            if (!decision->author.empty() && authors.size() < mostAuthors && authors.insert(decision->author).second) {
                out.authors +=
                    widgets::shownText(QString::fromStdString(decision->author).left(longestName).toStdString());
            }
        }
    }
    for (const auto& [path, analysis] : m_session.review().workspace().analyses) {
        out.settles += static_cast<int>(std::count_if(analysis->findings.begin(), analysis->findings.end(),
            [&set](const Finding& finding) { return set->settles(finding); }));
    }
    return out;
}

void Triage::answerForeign(DecisionTrust::Answer answer)
{
    for (auto& [folder, book] : m_books) {
        book.answerAll(answer, folder, m_session.trust().trust());
    }
    m_session.trust().save();
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
    for (auto& [folder, book] : m_books) {
        m_session.trust().trust().forgetAnswers(folder);
        book.heed(folder, m_session.trust().trust());
    }
    m_session.trust().save();
    publish();
}

} // namespace cupel::app
