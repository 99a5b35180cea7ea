// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/home/recent.h"

#include "widgets/common/severity.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QLocale>
#include <QtCore/QStringList>
#include <QtCore/QTimeZone>

#include <algorithm>

namespace cupel::widgets {

namespace {

// Translations with a number take an int.
int bounded(std::uint64_t count)
{
    return static_cast<int>(std::min<std::uint64_t>(count, 1'000'000'000));
}

class Words {
    Q_DECLARE_TR_FUNCTIONS(Recents)
};

// Whoever wrote it: a notebook has cells.
bool isNotebook(const QString& format)
{
    static const QStringList others{QStringLiteral("databricks"), QStringLiteral("exported_html"),
        QStringLiteral("jupytext"), QStringLiteral("marimo"), QStringLiteral("rmarkdown"), QStringLiteral("zeppelin")};
    return format == QLatin1String("notebook") || others.contains(format);
}

QString trimmedPath(const Recent& recent)
{
    QString path = recent.path;
    while (path.size() > 1 && path.endsWith(u'/')) {
        path.chop(1);
    }
    return path;
}

} // namespace

QString recentName(const Recent& recent)
{
    const QString path = trimmedPath(recent);
    const QString name = path.mid(path.lastIndexOf(u'/') + 1);
    return recent.folder ? name + u'/' : name;
}

QString recentPlace(const Recent& recent)
{
    if (!recent.place.isEmpty()) {
        return recent.place;
    }
    const QString path = trimmedPath(recent);
    return path.left(std::max<qsizetype>(1, path.lastIndexOf(u'/')));
}

QString recentKind(const Recent& recent)
{
    if (recent.folder) {
        return recent.scanned ? Words::tr("Folder, %n file(s)", nullptr, bounded(recent.artifacts))
                              : Words::tr("Folder");
    }
    if (isNotebook(recent.format)) {
        return recent.cells > 0 ? Words::tr("Notebook, %n cell(s)", nullptr, bounded(recent.cells))
                                : Words::tr("Notebook");
    }
    if (recent.format == QLatin1String("python")) {
        return Words::tr("Python");
    }
    if (recent.format == QLatin1String("zip")) {
        return Words::tr("Archive, %n file(s)", nullptr, bounded(recent.artifacts));
    }
    return recent.format == QLatin1String("text") ? Words::tr("Text") : Words::tr("File");
}

QString recentIcon(const Recent& recent)
{
    if (recent.folder) {
        return QStringLiteral("folder");
    }
    if (isNotebook(recent.format)) {
        return QStringLiteral("notebook-text");
    }
    if (recent.format == QLatin1String("python")) {
        return QStringLiteral("file-code");
    }
    if (recent.format == QLatin1String("zip")) {
        return QStringLiteral("archive");
    }
    return recent.format == QLatin1String("text") ? QStringLiteral("file-text") : QStringLiteral("file");
}

bool hasFindings(const Recent& recent)
{
    return std::any_of(
        recent.bySeverity.begin(), recent.bySeverity.end(), [](std::uint64_t count) { return count > 0; });
}

bool nothingLeft(const Recent& recent)
{
    return recent.scanned && recent.incomplete == 0 && recent.notJudged.isEmpty() && recent.settled == 0
        && !hasFindings(recent);
}

QString recentState(const Recent& recent)
{
    if (!recent.scanned) {
        return Words::tr("not checked to the end");
    }
    if (recent.settled > 0) {
        const QString decided = Words::tr("0 open, %n decided", nullptr, bounded(recent.settled));
        return recent.incomplete > 0
            ? Words::tr("%1; %n file(s) not fully read", nullptr, bounded(recent.incomplete)).arg(decided)
            : recent.notJudged.isEmpty() ? decided
                                         : Words::tr("%1; %2").arg(decided, recent.notJudged);
    }
    if (recent.incomplete > 0) {
        return Words::tr("no findings, but %n file(s) not fully read", nullptr, bounded(recent.incomplete));
    }
    if (!recent.notJudged.isEmpty()) {
        return Words::tr("no findings, but %1").arg(recent.notJudged);
    }
    if (recent.cells == 1) {
        return Words::tr("no findings, its cell checked");
    }
    if (recent.cells > 0) {
        return Words::tr("no findings, all %n cell(s) checked", nullptr, bounded(recent.cells));
    }
    return Words::tr("no findings, %n file(s) checked", nullptr, bounded(recent.artifacts));
}

QString recentAge(const Recent& recent, const QDateTime& now)
{
    const QDateTime opened = QDateTime::fromSecsSinceEpoch(recent.opened, now.timeZone());
    const QLocale locale;
    const qint64 days = opened.date().daysTo(now.date());
    if (days == 0) {
        const bool plain = locale.language() == QLocale::C; // its short format has seconds
        return Words::tr("Today %1")
            .arg(plain ? opened.time().toString(QStringLiteral("HH:mm"))
                       : locale.toString(opened.time(), QLocale::ShortFormat));
    }
    if (days == 1) {
        return Words::tr("Yesterday");
    }
    const bool thisYear = opened.date().year() == now.date().year();
    return locale.toString(opened.date(), thisYear ? Words::tr("d MMM") : Words::tr("d MMM yyyy"));
}

QString recentSentence(const Recent& recent, const QDateTime& now)
{
    QStringList parts{recentName(recent), recentKind(recent)};
    if (!recent.reachable) {
        parts += Words::tr("not reachable");
    }
    if (hasFindings(recent)) {
        for (const Severity severity :
            {Severity::Critical, Severity::High, Severity::Medium, Severity::Low, Severity::Info}) {
            const std::uint64_t count = recent.bySeverity[static_cast<std::size_t>(severity)];
            if (count > 0) {
                parts +=
                    QStringLiteral("%1 %2").arg(QLocale().toString(static_cast<qulonglong>(count)), word(severity));
            }
        }
    } else {
        parts += recentState(recent);
    }
    parts += recentAge(recent, now);
    parts += recentPlace(recent);
    return parts.join(QStringLiteral(", "));
}

} // namespace cupel::widgets
