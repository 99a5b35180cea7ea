// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/decision_file.h"

#include "analyzers/base/hash.h"
#include "analyzers/engine/analyze.h"
#include "app/settings/saver.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>

#include <algorithm>
#include <memory>
#include <mutex>

namespace cupel::app {

namespace {

constexpr qint64 mostBytes = 32 << 20;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(DecisionFile)
};

// A link could make this program read or overwrite any file of the user; a pipe would hold it up.
QString odd(const QString& folder)
{
    const QFileInfo below(folder + QStringLiteral("/.cupel"));
    const QFileInfo file(decisionPath(folder));
    if (below.isSymLink() || file.isSymLink()) {
        return Words::tr("“.cupel” or its file is a link to somewhere else.");
    }
    if (below.exists() && !below.isDir()) {
        return Words::tr("“.cupel” is no folder.");
    }
    if (file.exists() && !file.isFile()) {
        return Words::tr("“decisions.jsonl” is no ordinary file.");
    }
    return file.size() > mostBytes ? Words::tr("“decisions.jsonl” is larger than 32 MiB.") : QString();
}

// Decisions and marks of pictures are changed by threads of their own: what one has read is written before the other
// reads.
std::mutex& oneAtATime()
{
    static std::mutex mutex;
    return mutex;
}

// None, and a sentence, when the file may not be used.
QByteArray readBytes(const QString& folder, QString& trouble)
{
    trouble = odd(folder);
    QFile file(decisionPath(folder));
    if (!trouble.isEmpty() || !file.exists()) {
        return {};
    }
    if (!file.open(QIODevice::ReadOnly)) {
        trouble = Words::tr("“decisions.jsonl” cannot be read: %1.").arg(file.errorString());
        return {};
    }
    return file.read(mostBytes);
}

QString writeText(const QString& folder, const std::string& text)
{
    const QString path = decisionPath(folder);
    if (text.empty() && !QFileInfo::exists(path)) {
        return {};
    }
    if (text.size() > static_cast<std::size_t>(mostBytes)) {
        return Words::tr("There are too many decisions for one file.");
    }
    return writeDurably(path, QByteArray::fromStdString(text), FileMode::AsFolder)
        ? QString()
        : Words::tr("%1 cannot be written.").arg(QDir::toNativeSeparators(path));
}

review::Decisions readLines(const QString& folder, QString& trouble)
{
    const QByteArray bytes = readBytes(folder, trouble);
    std::vector<std::string> unknown; // kept word for word by Decisions
    return review::Decisions::read({bytes.constData(), static_cast<std::size_t>(bytes.size())}, unknown);
}

} // namespace

QString decisionPath(const QString& folder)
{
    return folder + QStringLiteral("/.cupel/decisions.jsonl");
}

QString decisionFolder(const QString& root)
{
    const QFileInfo info(root);
    return info.isDir() ? QDir::cleanPath(info.absoluteFilePath()) : QDir::cleanPath(info.absolutePath());
}

QStringList decisionFolders(const QString& root, const std::stop_token& stop)
{
    constexpr int mostAbove = 16;
    constexpr qsizetype mostBelow = 20'000; // folders that are looked into
    const QString own = decisionFolder(root);
    QStringList out{own};
    const auto take = [&out](const QString& folder) {
        if (QFileInfo::exists(decisionPath(folder))) {
            out += folder;
        }
    };
    QDir above(own);
    for (int i = 0; i < mostAbove && above.cdUp(); ++i) {
        take(above.path());
    }
    QStringList open = QFileInfo(root).isDir() ? QStringList{own} : QStringList();
    for (qsizetype i = 0; i < open.size() && open.size() < mostBelow && !stop.stop_requested(); ++i) {
        const auto filter = QDir::Dirs | QDir::NoDotAndDotDot | QDir::NoSymLinks;
        for (const QString& name : QDir(open[i]).entryList(filter)) {
            open += open[i] + u'/' + name;
            take(open.back());
        }
    }
    return out;
}

QString decisionKey(const review::Decision& decision)
{
    std::string whole; // in one piece: a short text is digested faster than many parts of it
    for (const auto* text : {&decision.fingerprint, &decision.context, &decision.rule, &decision.artifact,
             &decision.place, &decision.note, &decision.author, &decision.decided, &decision.expires}) {
        whole += std::to_string(text->size()) + ':';
        whole += *text;
    }
    whole += review::toString(decision.reason);
    whole += decision.severity ? toString(*decision.severity) : std::string_view();
    whole += decision.values.empty() ? std::string() : "\n" + decision.values; // those of before keep their key
    return QString::fromStdString(toHex(sha256(whole))).left(32);
}

constexpr const char* namedValues[] = {"CUP-SEC-WRITTEN-", "CUP-SEC-ASSIGNED-", "CUP-SEC-YAML-"};

// The file goes into repositories. What is only possible is not refused: notes talk about secrets.
QString noteTrouble(const QString& note)
{
    constexpr std::size_t longest = 8'000; // bytes; lines of decisions are read up to 16 KiB
    const std::string text = note.toStdString();
    if (text.size() > longest) {
        return Words::tr("The note is too long: write the reason in a few sentences.");
    }
    ScanOptions options;
    options.onlyFamilies = {"secret"};
    Budget budget(options.limits);
    Artifact artifact;
    artifact.path = "note.txt";
    artifact.bytes = std::make_shared<const std::string>(text);
    const auto analysis = engine::analyze(std::move(artifact), options, budget);
    // A value behind a word that names it is no talk, also where it is short or quoted.
    const auto named = [](const Finding& finding) {
        return std::any_of(std::begin(namedValues), std::end(namedValues),
            [&finding](const char* rule) { return finding.rule.starts_with(rule); });
    };
    const bool secret = std::any_of(analysis.findings.begin(), analysis.findings.end(), [&](const Finding& finding) {
        return finding.family == Family::Secret && (finding.confidence >= Confidence::Likely || named(finding));
    }) || !analysis.allowed.empty();
    return secret ? Words::tr("The note holds what looks like a credential. Write down why, not the value.")
                  : QString();
}

bool repeatsValue(const QString& note, const Analysis& analysis)
{
    constexpr std::uint64_t shortest = 5; // bytes
    constexpr std::uint64_t longest = 400;
    if (note.size() < static_cast<qsizetype>(shortest)) {
        return false;
    }
    const std::string text = note.toLower().toStdString();
    const auto repeats = [&text, &analysis](ByteRange bytes) {
        if (bytes.end < bytes.start + shortest || bytes.end > bytes.start + longest) {
            return false;
        }
        const auto raw = slice(analysis.artifact.view(), bytes);
        if (raw.find_first_of("0123456789@") == ByteView::npos) {
            return false;
        }
        const auto value = QString::fromUtf8(QByteArrayView(raw)).trimmed().toLower().toStdString();
        return value.size() >= shortest && text.find(value) != std::string::npos;
    };
    return std::any_of(analysis.findings.begin(), analysis.findings.end(), [&repeats](const Finding& finding) {
        if (finding.family != Family::Secret && finding.family != Family::Pii) {
            return false;
        }
        const bool evidence = std::any_of(finding.evidence.begin(), finding.evidence.end(),
            [&repeats](const Evidence& one) { return repeats(one.location.bytes); });
        const bool edited = finding.fix
            && std::any_of(finding.fix->edits.begin(), finding.fix->edits.end(),
                [&repeats](const TextEdit& edit) { return repeats(edit.bytes); });
        return evidence || edited || repeats(finding.location.bytes);
    });
}

DecisionFile readDecisions(const QString& folder)
{
    DecisionFile out;
    out.folder = folder;
    const review::Decisions decisions = readLines(folder, out.trouble);
    out.decisions.reserve(decisions.all().size());
    out.keys.reserve(static_cast<qsizetype>(decisions.all().size()));
    for (const auto& [id, decision] : decisions.all()) {
        out.decisions.push_back({decision, decisionKey(*decision)});
        out.keys.insert(out.decisions.back().key);
    }
    return out;
}

QString changeDecisions(const QString& folder, const DecisionChanges& changes)
{
    const std::lock_guard lock(oneAtATime());
    QString trouble;
    review::Decisions now = readLines(folder, trouble);
    if (!trouble.isEmpty()) {
        return trouble;
    }
    for (const auto& [id, decision] : changes) {
        if (decision) {
            now.set(decision);
        } else {
            now.remove(id);
        }
    }
    return writeText(folder, now.write());
}

QString changePictures(const QString& folder, const review::PictureMarkChanges& changes)
{
    const std::lock_guard lock(oneAtATime());
    QString trouble;
    const QByteArray bytes = readBytes(folder, trouble);
    if (!trouble.isEmpty()) {
        return trouble;
    }
    const std::string before = bytes.toStdString();
    std::string text = review::changePictureMarks(before, changes);
    return text == before ? QString() : writeText(folder, text);
}

} // namespace cupel::app
