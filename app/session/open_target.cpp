// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/open_target.h"

#include <QtCore/QDir>
#include <QtCore/QFileInfo>
#include <QtCore/QUrl>
#include <QtCore/QUrlQuery>

namespace cupel::app {

namespace {

QString absolute(const QString& path, const QString& workingFolder)
{
    return QDir::cleanPath(QDir(workingFolder).absoluteFilePath(path));
}

// Takes ":12" off the end of `text`.
std::optional<unsigned> takeNumber(QString& text)
{
    const qsizetype colon = text.lastIndexOf(u':');
    bool ok = false;
    const unsigned number = colon > 0 ? QStringView(text).sliced(colon + 1).toUInt(&ok) : 0;
    if (!ok) {
        return std::nullopt;
    }
    text.truncate(colon);
    return number;
}

OpenTarget parseLink(const QString& text, const QString& workingFolder)
{
    const QUrl url(text);
    const QUrlQuery query(url);
    OpenTarget target;
    target.path = absolute(url.path(QUrl::FullyDecoded), workingFolder);
    bool ok = false;
    if (const unsigned cell = query.queryItemValue(QStringLiteral("cell")).toUInt(&ok); ok) {
        target.cell = cell;
    }
    if (const unsigned line = query.queryItemValue(QStringLiteral("line")).toUInt(&ok); ok && line > 0) {
        target.line = line;
    }
    target.fingerprint = query.queryItemValue(QStringLiteral("finding"));
    return target;
}

} // namespace

OpenTarget parseTarget(const QString& text, const QString& workingFolder)
{
    if (text.startsWith(u"cupel:")) {
        return parseLink(text, workingFolder);
    }
    if (text.startsWith(u"file:")) {
        return {absolute(QUrl(text).toLocalFile(), workingFolder), {}, {}, {}};
    }
    OpenTarget target{absolute(text, workingFolder), {}, {}, {}};
    QString rest = text;
    const auto last = QFileInfo::exists(target.path) ? std::nullopt : takeNumber(rest);
    if (!last) {
        return target;
    }
    if (QFileInfo::exists(absolute(rest, workingFolder))) {
        return {absolute(rest, workingFolder), last, {}, {}};
    }
    QString shorter = rest;
    const auto first = takeNumber(shorter);
    if (first) {
        return {absolute(shorter, workingFolder), first, *last > 0 ? last : std::nullopt, {}};
    }
    return {absolute(rest, workingFolder), last, {}, {}};
}

std::vector<OpenTarget> parseTargets(const QStringList& texts, const QString& workingFolder)
{
    std::vector<OpenTarget> out;
    for (const QString& text : texts) {
        if (!text.isEmpty()) {
            out.push_back(parseTarget(text, workingFolder));
        }
    }
    return out;
}

QString deepLink(const OpenTarget& target)
{
    QUrl url;
    url.setScheme(QStringLiteral("cupel"));
    url.setPath(target.path);
    QUrlQuery query;
    if (target.cell) {
        query.addQueryItem(QStringLiteral("cell"), QString::number(*target.cell));
    }
    if (target.line) {
        query.addQueryItem(QStringLiteral("line"), QString::number(*target.line));
    }
    if (!target.fingerprint.isEmpty()) {
        query.addQueryItem(QStringLiteral("finding"), target.fingerprint);
    }
    url.setQuery(query);
    return url.toString(QUrl::FullyEncoded);
}

} // namespace cupel::app
