// SPDX-License-Identifier: GPL-3.0-or-later
// The workbench. Without a display it still exports; a window needs one.
#include "app/shell/application.h"
#include "translations/translations.h"
#include "widgets/common/style.h"

#include <QtCore/QTextStream>
#include <QtWidgets/QApplication>

#include <cstdio>

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace {

// What a scan gave back is wanted again by the next one, a keystroke later: not worth 5 ms of page faults each time.
void keepFreedMemory()
{
#ifdef __GLIBC__
    mallopt(M_TRIM_THRESHOLD, 64 << 20);
#endif
}

bool hasDisplay()
{
#if defined(Q_OS_UNIX) && !defined(Q_OS_MACOS)
    return qEnvironmentVariableIsSet("QT_QPA_PLATFORM") || !qEnvironmentVariableIsEmpty("DISPLAY")
        || !qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY");
#else
    return true;
#endif
}

int complain(const QString& text)
{
    QTextStream(stderr) << "cupel-workbench: " << text << '\n';
    return 2;
}

} // namespace

int main(int argc, char** argv)
{
    using namespace cupel::app;
    keepFreedMemory();
    QCoreApplication::setApplicationName(QStringLiteral("cupel"));
    QCoreApplication::setApplicationVersion(QStringLiteral(CUPEL_VERSION));
    QStringList arguments;
    for (int i = 1; i < argc; ++i) {
        arguments += QString::fromLocal8Bit(argv[i]);
    }
    const CommandLine line = parseCommandLine(arguments);
    if (!line.error.isEmpty()) {
        return complain(line.error + QStringLiteral(" (--help lists them)"));
    }
    if (line.help || line.version) {
        QTextStream(stdout) << (line.help ? usageText() : QStringLiteral("cupel-workbench " CUPEL_VERSION "\n"));
        return 0;
    }
    const bool headless = !line.exportPath.isEmpty();
    if (!hasDisplay()) {
        if (!headless) {
            return complain(QStringLiteral("there is no display; --export FILE writes the report without one"));
        }
        qputenv("QT_QPA_PLATFORM", "offscreen");
    }
    QGuiApplication::setDesktopFileName(QStringLiteral("cupel-workbench"));
    int noArguments = 1; // Qt's own options are not ours
    QApplication application(noArguments, argv);
    installTranslations(application);
    if (headless) {
        cupel::widgets::installStyle(application); // the fonts of the report
        return runHeadlessExport(line);
    }
    return runWindow(application, line);
}
