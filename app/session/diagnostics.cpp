// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/diagnostics.h"

#include "analyzers/rules/rule_set.h"
#include "app/session/session.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QSysInfo>
#include <QtGui/QGuiApplication>
#include <QtGui/QScreen>

#include <map>

namespace cupel::app {

namespace {

void addSettings(const Settings& settings, QStringList& out)
{
    out += QStringLiteral("settings:");
    for (const SettingInfo& info : settingTable()) {
        const QString key = QString::fromUtf8(info.key);
        if (settings.isDefault(key)) {
            continue;
        }
        // Free text may hold a path or a name of the user.
        const bool free = info.type == SettingType::Text || info.type == SettingType::Folder;
        out += QStringLiteral("  %1 = %2").arg(key, free ? QStringLiteral("(set)") : settings.text(key));
    }
    out += QStringLiteral("  shortcuts changed: %1").arg(settings.changedShortcuts().size());
}

void addReview(Session& session, QStringList& out)
{
    std::map<std::string_view, std::pair<int, std::uint64_t>> formats;
    double seconds = 0;
    for (const auto& [path, analysis] : session.review().workspace().analyses) {
        auto& [count, bytes] = formats[analysis->facts.format];
        ++count;
        bytes += analysis->size;
        seconds += analysis->seconds;
    }
    out += QStringLiteral("review:");
    for (const auto& [format, numbers] : formats) {
        out += QStringLiteral("  %1: %2 files, %3 bytes")
                   .arg(QString::fromUtf8(format.data(), static_cast<qsizetype>(format.size())))
                   .arg(numbers.first)
                   .arg(numbers.second);
    }
    const ReviewCoverage& coverage = session.coverage();
    out += QStringLiteral("  findings: %1 critical, %2 high, %3 medium, %4 low, %5 info")
               .arg(coverage.bySeverity[4])
               .arg(coverage.bySeverity[3])
               .arg(coverage.bySeverity[2])
               .arg(coverage.bySeverity[1])
               .arg(coverage.bySeverity[0]);
    out += QStringLiteral("  last scan: %1 s, analysis: %2 s").arg(session.lastSeconds()).arg(seconds);
}

} // namespace

QString diagnosticsText(Session& session)
{
    QStringList out;
    const std::string_view rules = rules::catalogueVersion();
    out += QStringLiteral("Cupel %1, rules %2 (%3)")
               .arg(QCoreApplication::applicationVersion(),
                   QString::fromUtf8(rules.data(), static_cast<qsizetype>(rules.size())))
               .arg(rules::catalogueSize());
    out += QStringLiteral("Qt %1 (built with %2), %3, %4, kernel %5")
               .arg(QString::fromLatin1(qVersion()), QStringLiteral(QT_VERSION_STR), QSysInfo::prettyProductName(),
                   QSysInfo::currentCpuArchitecture(), QSysInfo::kernelVersion());
    out += QStringLiteral("platform: %1").arg(QGuiApplication::platformName());
    for (const QScreen* screen : QGuiApplication::screens()) {
        out += QStringLiteral("screen: %1 x %2 at %3")
                   .arg(screen->size().width())
                   .arg(screen->size().height())
                   .arg(screen->devicePixelRatio());
    }
    addSettings(session.settings(), out);
    addReview(session, out);
    out += QStringLiteral("jobs:");
    for (const JobRecord& job : session.jobs()) {
        out += QStringLiteral("  %1 s, outcome %2").arg(job.seconds, 0, 'f', 2).arg(static_cast<int>(job.outcome));
    }
    return out.join(u'\n') + u'\n';
}

} // namespace cupel::app
