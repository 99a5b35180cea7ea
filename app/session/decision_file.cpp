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

QString decisionKey(const review::Decision& decision)
{
    Sha256Stream digest;
    for (const auto* text : {&decision.fingerprint, &decision.context, &decision.rule, &decision.artifact,
             &decision.place, &decision.note, &decision.author, &decision.decided, &decision.expires}) {
        digest.add(std::to_string(text->size()) + ':');
        digest.add(*text);
    }
    digest.add(review::toString(decision.reason));
    return QString::fromStdString(toHex(digest.finish())).left(32);
}

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
    const bool secret = std::any_of(analysis.findings.begin(), analysis.findings.end(), [](const Finding& finding) {
        return finding.family == Family::Secret && finding.confidence >= Confidence::Likely;
    }) || !analysis.allowed.empty();
    return secret ? Words::tr("The note holds what looks like a credential. Write down why, not the value.")
                  : QString();
}

DecisionFile readDecisions(const QString& folder)
{
    DecisionFile out;
    out.folder = folder;
    out.trouble = odd(folder);
    QFile file(decisionPath(folder));
    if (!out.trouble.isEmpty() || !file.exists()) {
        return out;
    }
    if (!file.open(QIODevice::ReadOnly)) {
        out.trouble = Words::tr("“decisions.jsonl” cannot be read: %1.").arg(file.errorString());
        return out;
    }
    const QByteArray bytes = file.read(mostBytes);
    std::vector<std::string> unknown; // kept word for word by Decisions
    out.decisions = review::Decisions::read({bytes.constData(), static_cast<std::size_t>(bytes.size())}, unknown);
    for (const auto& [fingerprint, decision] : out.decisions.all()) {
        out.keys.emplace(fingerprint, decisionKey(decision));
    }
    return out;
}

QString changeDecisions(const QString& folder, const DecisionChanges& changes)
{
    DecisionFile now = readDecisions(folder);
    if (!now.trouble.isEmpty()) {
        return now.trouble;
    }
    for (const auto& [fingerprint, decision] : changes) {
        if (decision) {
            now.decisions.set(*decision);
        } else {
            now.decisions.remove(fingerprint);
        }
    }
    const QString path = decisionPath(folder);
    const std::string text = now.decisions.write();
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

} // namespace cupel::app
