// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/rule_pack_store.h"

#include "analyzers/engine/file_source.h"
#include "analyzers/engine/rule_pack_files.h"
#include "app/session/decision_file.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QCryptographicHash>
#include <QtCore/QDateTime>
#include <QtCore/QDir>
#include <QtCore/QFileInfo>
#include <QtCore/QRegularExpression>
#include <QtCore/QSaveFile>

#include <algorithm>
#include <optional>

namespace cupel::app {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(RulePacks)
};

constexpr qint64 largest = 1 << 20;

QString keyOf(std::string_view text)
{
    const QByteArrayView bytes(text.data(), static_cast<qsizetype>(text.size()));
    return QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex());
}

QStringList filesOf(const QString& folder)
{
    QStringList out;
    if (const QString place = packFolder(folder); !folder.isEmpty() && QFileInfo(place).isDir()) {
        for (const auto& file : engine::packFiles(place.toStdString())) {
            out += QString::fromStdString(file);
        }
    }
    return out;
}

std::optional<std::string> textOf(const QString& path)
{
    Budget budget;
    if (QFileInfo(path).size() > largest) {
        return std::nullopt;
    }
    const auto bytes = engine::readFile(path.toStdString(), budget);
    return bytes ? std::optional(*bytes.value()) : std::nullopt;
}

bool counts(const DecisionTrust& trust, const QString& folder, const QString& key)
{
    const auto answer = trust.answer(packFolder(folder), key);
    return answer == DecisionTrust::Answer::Own || answer == DecisionTrust::Answer::Used;
}

// A sentence; empty: it may be written.
QString draftTrouble(const threats::RuleDraft& draft)
{
    if (draft.title.empty()) {
        return Words::tr("A rule needs a title: what people read of its threats.");
    }
    if (const auto rule = threats::ruleOf(draft); !rule) {
        return Words::tr("It is no rule yet: %1.").arg(QString::fromStdString(rule.error().detail));
    }
    return noteTrouble(QString::fromStdString(draft.title + '\n' + draft.condition + '\n' + draft.happens));
}

} // namespace

QString packFolder(const QString& folder)
{
    return folder + QStringLiteral("/.cupel/threat-rules");
}

QString packStamp(const QString& folder)
{
    QStringList out;
    for (const QString& file : filesOf(folder)) {
        const QFileInfo info(file);
        out += QStringLiteral("%1 %2 %3").arg(file).arg(info.size()).arg(info.lastModified().toMSecsSinceEpoch());
    }
    return out.join(u'\n');
}

FolderPacks readPacks(const QString& folder, const DecisionTrust& trust)
{
    FolderPacks out;
    out.set = threats::builtInSet();
    for (const QString& file : filesOf(folder)) {
        widgets::RulePackInfo info;
        info.name = QFileInfo(file).fileName();
        const auto text = textOf(file);
        if (!text) {
            info.troubles += Words::tr("It cannot be read, or is too large.");
            out.packs.push_back(std::move(info));
            continue;
        }
        info.key = keyOf(*text);
        info.counts = counts(trust, folder, info.key);
        threats::RuleSet scratch; // rules of what waits are counted and not asked
        threats::RuleSet& set = info.counts ? out.set : scratch;
        const auto before = set.troubles.size();
        info.rules = static_cast<int>(threats::addPack(set, info.name.toStdString(), *text));
        for (std::size_t i = before; i < set.troubles.size(); ++i) {
            const auto& trouble = set.troubles[i];
            const QString what = QString::fromStdString(trouble.what);
            info.troubles += trouble.line > 0 ? Words::tr("Line %1: %2").arg(trouble.line).arg(what) : what;
        }
        out.packs.push_back(std::move(info));
    }
    return out;
}

AddedRule addRule(const QString& folder, const QString& pack, threats::RuleDraft draft, const DecisionTrust& trust)
{
    static const QRegularExpression name(QStringLiteral("\\A[A-Za-z0-9_-]{1,40}\\z"));
    QString plain = pack.trimmed();
    plain.chop(plain.endsWith(QStringLiteral(".tsv")) ? 4 : 0);
    if (folder.isEmpty() || !name.match(plain).hasMatch()) {
        return {{}, {}, Words::tr("The name of a pack is letters, digits, hyphens and underscores.")};
    }
    draft.id = threats::freshId(readPacks(folder, trust).set, draft.title);
    if (QString trouble = draftTrouble(draft); !trouble.isEmpty()) {
        return {{}, {}, trouble};
    }
    const QString path = packFolder(folder) + u'/' + plain + QStringLiteral(".tsv");
    std::string text;
    if (QFileInfo::exists(path)) {
        auto old = textOf(path);
        if (!old || !counts(trust, folder, keyOf(*old))) {
            return {{}, {}, Words::tr("%1 came with the folder: use it first, or choose another name.").arg(plain)};
        }
        text = std::move(*old);
    }
    text = threats::withRule(text, draft);
    QSaveFile file(path);
    const bool written = QDir().mkpath(packFolder(folder)) && file.open(QIODevice::WriteOnly)
        && file.write(text.data(), static_cast<qint64>(text.size())) == static_cast<qint64>(text.size())
        && file.commit();
    if (!written) {
        return {{}, {}, Words::tr("%1 cannot be written.").arg(QDir::toNativeSeparators(path))};
    }
    return {QString::fromStdString(draft.id), keyOf(text), {}};
}

} // namespace cupel::app
