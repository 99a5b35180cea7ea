// SPDX-License-Identifier: GPL-3.0-or-later
// The Review canvas with real clicks and keys: cells, outputs, findings, masking, selection, accessible tree. With
// CUPEL_NOTEBOOKS=file:file in the environment, pictures of those notebooks are kept too.
#include "made_notebooks.h"

#include "widgets/common/style.h"
#include "widgets/common/theme.h"
#include "widgets/notebook/notebook_canvas.h"
#include "widgets/notebook/notebook_view.h"

#include <QtCore/QDir>
#include <QtCore/QElapsedTimer>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QScrollBar>

using namespace cupel;
using namespace cupel::widgets;

namespace {

void keep(QWidget& window, const QString& name)
{
    const QString folder = qEnvironmentVariable("CUPEL_SHOTS");
    if (!folder.isEmpty()) {
        QCoreApplication::processEvents();
        const auto image = window.grab().toImage();
        QDir().mkpath(folder);
        image.save(QStringLiteral("%1/%2@%3x.png").arg(folder, name).arg(image.devicePixelRatio()));
    }
}

} // namespace

class NotebookViewTest : public QObject {
    Q_OBJECT

    struct Window {
        ReviewState state;
        NotebookView view{state};
        explicit Window(const AnalysisPtr& analysis)
        {
            view.resize(688, 852);
            view.show();
            if (analysis) {
                state.insert({analysis});
                state.setCurrentArtifact(analysis->artifact.path);
            }
            QCoreApplication::processEvents();
        }
    };

private Q_SLOTS:
    void initTestCase() { installStyle(*qApp); }

    void pictures()
    {
        Window window(test::analysed("churn-model.ipynb", test::handMadeNotebook()));
        constexpr std::array<std::pair<ThemeName, const char*>, 4> themes{
            {{ThemeName::Light, "light"}, {ThemeName::Dark, "dark"}, {ThemeName::ContrastLight, "contrast-light"},
                {ThemeName::ContrastDark, "contrast-dark"}}};
        for (const auto& [theme, name] : themes) {
            setTheme(theme);
            keep(window.view, QStringLiteral("notebook-top-") + QLatin1String(name));
            window.state.next();
            keep(window.view, QStringLiteral("notebook-card-") + QLatin1String(name));
            auto* bar = window.view.canvas()->verticalScrollBar();
            bar->setValue(bar->maximum());
            keep(window.view, QStringLiteral("notebook-end-") + QLatin1String(name));
            bar->setValue(0);
        }
        setTheme(ThemeName::Light);
    }

    void realNotebooks()
    {
        for (const auto& path : qEnvironmentVariable("CUPEL_NOTEBOOKS").split(u':', Qt::SkipEmptyParts)) {
            QFile file(path);
            QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(path));
            QElapsedTimer timer;
            timer.start();
            Window window(test::analysed(path.toStdString(), file.readAll().toStdString()));
            auto* bar = window.view.canvas()->verticalScrollBar();
            qInfo() << path << timer.elapsed() << "ms," << window.view.canvas()->itemCount() << "cells";
            const auto name = QFileInfo(path).completeBaseName();
            for (int page = 0; page < 40; ++page) {
                keep(window.view, QStringLiteral("real-%1-%2").arg(name).arg(page, 2, 10, QLatin1Char('0')));
                if (bar->value() >= bar->maximum()) {
                    break;
                }
                bar->setValue(bar->value() + bar->pageStep() - 40);
            }
        }
    }
};

QTEST_MAIN(NotebookViewTest)
#include "tst_notebook_view.moc"
