// SPDX-License-Identifier: GPL-3.0-or-later
// The Review canvas with real clicks and keys: cells, outputs, findings, masking, selection, accessible tree. With
// CUPEL_NOTEBOOKS=file:file in the environment, pictures of those notebooks are kept too.
#include "made_notebooks.h"
#include "notebook_probe.h"

#include "widgets/common/states.h"
#include "widgets/common/style.h"
#include "widgets/common/theme.h"
#include "widgets/editor/source_view.h"
#include "widgets/notebook/notebook_canvas.h"
#include "widgets/notebook/notebook_view.h"

#include <QtCore/QDir>
#include <QtCore/QElapsedTimer>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtGui/QAccessible>
#include <QtGui/QClipboard>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollBar>

#include <algorithm>
#include <array>

using namespace cupel;
using namespace cupel::widgets;
using namespace cupel::test;

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

    void paintsCellsAndFindings()
    {
        Window window(test::analysed("churn-model.ipynb", test::handMadeNotebook()));
        auto& canvas = *window.view.canvas();
        QCOMPARE(canvas.itemCount(), 9);
        QCOMPARE(window.state.visible().size(), std::size_t(3));
        const auto& code = canvas.cell(2);
        QCOMPARE(code.count, QStringLiteral("[4]"));
        QCOMPARE(findings(code), 2);
        QCOMPARE(findings(canvas.cell(3)), 1);
        QCOMPARE(roles(canvas.cell(3), BlockRole::Table), 1);
        QCOMPARE(roles(canvas.cell(5), BlockRole::Picture), 1);
        QVERIFY(allText(canvas.cell(4)).contains(QStringLiteral("frames in pandas, pyarrow folded")));
        QVERIFY(!allText(canvas.cell(4)).contains(QStringLiteral("get_engine")));
        QVERIFY(allText(canvas.cell(7)).contains(QStringLiteral("not run")));
        QVERIFY(allText(canvas.cell(0)).contains(QStringLiteral("It is not run")));
        QVERIFY(!allText(canvas.cell(0)).contains(QStringLiteral("alert")));
        QVERIFY(hasAction(canvas.cell(0), Action::Kind::ShowSource));
        canvas.perform({Action::Kind::ShowSource, 0, 0}, 0);
        QVERIFY(allText(canvas.cell(0)).contains(QStringLiteral("<script>alert(1)</script>")));
        QTest::keyClick(&canvas, Qt::Key_Home);
        keep(window.view, QStringLiteral("notebook-markdown-source"));
    }

    void masksEverywhere()
    {
        Window window(test::analysed("churn-model.ipynb", test::handMadeNotebook()));
        auto& canvas = *window.view.canvas();
        const auto secret = QString::fromStdString(test::plantedSecret());
        const auto tail = secret.mid(8);
        QGuiApplication::clipboard()->clear();
        for (int item = 0; item < canvas.itemCount(); ++item) {
            canvas.setCurrentItem(item);
            QTest::keyClick(&canvas, Qt::Key_A, Qt::ControlModifier);
            QTest::keyClick(&canvas, Qt::Key_C, Qt::ControlModifier);
            const auto copied = QGuiApplication::clipboard()->text();
            QVERIFY(!copied.isEmpty());
            QVERIFY2(!copied.contains(tail), qPrintable(copied));
            QVERIFY(!canvas.cell(item).source.contains(tail));
            QTest::keyClick(&canvas, Qt::Key_Return);
            if (canvas.editor() && canvas.editor()->isVisible()) {
                QVERIFY(!canvas.editor()->source().contains(tail));
                QTest::keyClick(canvas.editor()->focusProxy(), Qt::Key_Escape);
                QVERIFY(!canvas.editor()->isVisible());
            }
        }
        QVERIFY(!accessibleText(QAccessible::queryAccessibleInterface(&canvas)).contains(tail));
    }

    // Every value the rules call sensitive, in every notebook of the sample: not one in what is painted or spoken.
    void masksTheSample()
    {
        QDir folder(QStringLiteral(CUPEL_SOURCE_DIR "/resources/samples/churn/notebooks"));
        int values = 0;
        for (const auto& name : folder.entryList({QStringLiteral("*.ipynb")})) {
            QFile file(folder.filePath(name));
            QVERIFY(file.open(QIODevice::ReadOnly));
            const auto analysis = test::analysed(name.toStdString(), file.readAll().toStdString());
            Window window(analysis);
            auto& canvas = *window.view.canvas();
            auto text = accessibleText(QAccessible::queryAccessibleInterface(&canvas));
            for (int item = 0; item < canvas.itemCount(); ++item) {
                text += allText(canvas.cell(item)) + canvas.cell(item).source;
            }
            for (const auto& range : analysis->sensitive) {
                const auto value = slice(analysis->artifact.view(), range);
                if (value.size() >= 12) {
                    ++values;
                    const auto tail = QString::fromUtf8(value.data() + 4, qsizetype(value.size()) - 4);
                    QVERIFY2(!text.contains(tail), qPrintable(name));
                }
            }
        }
        QVERIFY(values > 5);
    }

    void revealsOnlyWhileTheKeyIsHeld()
    {
        Window window(test::analysed("churn-model.ipynb", test::handMadeNotebook()));
        auto& canvas = *window.view.canvas();
        window.view.activateWindow();
        canvas.setFocus();
        window.state.next();
        QSignalSpy intents(&window.view, &View::intent);
        QTest::qWait(30); // the page goes to the finding in a turn of its own
        // Without the overview strip: its thumb moves when more cells become known.
        const QRect cells(0, 0, canvas.viewport()->width() - NotebookCanvas::stripWidth, canvas.viewport()->height());
        const auto masked = canvas.viewport()->grab().toImage();
        QTest::keyPress(&canvas, Qt::Key_R);
        QVERIFY(canvas.isRevealing());
        QCOMPARE(intents.size(), 1);
        QCOMPARE(intents.front().front().value<Intent>().kind, Intent::Kind::RevealSecret);
        const auto shown = canvas.viewport()->grab().toImage();
        QVERIFY(shown != masked);
        keep(window.view, QStringLiteral("notebook-reveal"));
        const auto tail = QString::fromStdString(test::plantedSecret()).mid(8);
        QVERIFY(!accessibleText(QAccessible::queryAccessibleInterface(&canvas)).contains(tail));
        QTest::keyClick(&canvas, Qt::Key_A, Qt::ControlModifier); // another key ends it
        QVERIFY(!canvas.isRevealing());
        QVERIFY(!canvas.selectedText().contains(tail));
        QTest::keyClick(&canvas, Qt::Key_Escape);
        QTest::keyPress(&canvas, Qt::Key_R);
        QVERIFY(canvas.isRevealing());
        QTest::keyRelease(&canvas, Qt::Key_R);
        QTRY_VERIFY(!canvas.isRevealing());
        const auto after = canvas.viewport()->grab().toImage();
        QCOMPARE(after.copy(cells), masked.copy(cells));
    }

    // A finding of several values: all of them are shown, not the first alone.
    void revealsEveryValueOfAFinding()
    {
        QString lines;
        for (const auto* name : {"jane.miller", "paul.novak", "anna.schmidt", "liam.weber", "mia.fischer"}) {
            lines += QStringLiteral("write to %1@unibe.org ").arg(QLatin1String(name));
        }
        const QJsonObject cell{{QStringLiteral("cell_type"), QStringLiteral("markdown")},
            {QStringLiteral("metadata"), QJsonObject()}, {QStringLiteral("source"), lines}};
        const QJsonObject notebook{{QStringLiteral("cells"), QJsonArray{cell}},
            {QStringLiteral("metadata"), QJsonObject()}, {QStringLiteral("nbformat"), 4},
            {QStringLiteral("nbformat_minor"), 4}};
        Window window(test::analysed("mails.ipynb", QJsonDocument(notebook).toJson().toStdString(), {"pii"}));
        auto& canvas = *window.view.canvas();
        window.view.activateWindow();
        canvas.setFocus();
        window.state.next();
        QTest::qWait(30);
        const auto masked = canvas.viewport()->grab().toImage();
        QTest::keyPress(&canvas, Qt::Key_R);
        const auto shown = canvas.viewport()->grab().toImage();
        QTest::keyRelease(&canvas, Qt::Key_R);
        keep(window.view, QStringLiteral("notebook-reveal-all"));
        int columns = 0; // that differ, from left to right
        for (int x = 0; x < shown.width() - NotebookCanvas::stripWidth; ++x) {
            bool differs = false;
            for (int y = 0; y < shown.height() && !differs; ++y) {
                differs = shown.pixel(x, y) != masked.pixel(x, y);
            }
            columns += differs ? 1 : 0;
        }
        QVERIFY2(columns > 350, qPrintable(QString::number(columns)));
    }

    void opensAndFoldsFindings()
    {
        Window window(test::analysed("churn-model.ipynb", test::handMadeNotebook()));
        auto& canvas = *window.view.canvas();
        canvas.setFocus();
        const auto strip = canvas.cell(2).findingSign(0)->translated(canvas.itemRect(2).topLeft());
        QTest::mouseClick(canvas.viewport(), Qt::LeftButton, {}, (strip.topLeft() + QPointF(120, 18)).toPoint());
        QCOMPARE(window.state.current()->index, std::size_t(0));
        const auto open = *canvas.cell(2).findingSign(0);
        QVERIFY(open.height() > 60);
        // Its line stands at a third of the height, as far as the page allows.
        const auto line = canvas.cell(2).findingRect(0)->translated(canvas.itemRect(2).topLeft());
        QVERIFY(
            std::abs(line.top() - canvas.viewport()->height() / 3.0) < 2 || canvas.verticalScrollBar()->value() == 0);
        QTest::keyClick(&canvas, Qt::Key_Escape);
        QVERIFY(canvas.cell(2).findingSign(0)->height() < 40);
        QTest::keyClick(&canvas, Qt::Key_Return);
        QVERIFY(canvas.cell(2).findingSign(0)->height() > 60);
        QTest::keyClick(&canvas, Qt::Key_N);
        QCOMPARE(window.state.current()->index, std::size_t(1));
        QSignalSpy intents(&window.view, &View::intent);
        QTest::keyClick(&canvas, Qt::Key_E);
        QTest::keyClick(&canvas, Qt::Key_C);
        QCOMPARE(intents.size(), 2);
        QCOMPARE(intents[0].front().value<Intent>().kind, Intent::Kind::Explain);
        QVERIFY(!intents[0].front().value<Intent>().text.isEmpty());
        QCOMPARE(intents[1].front().value<Intent>().kind, Intent::Kind::CopyMarkdown);
        window.state.setQuery(QStringLiteral("cell:6"));
        QCOMPARE(findings(canvas.cell(2)), 0); // the filter decides what stands in the text
    }

    void selectsWithTheMouse()
    {
        Window window(test::analysed("churn-model.ipynb", test::handMadeNotebook()));
        auto& canvas = *window.view.canvas();
        const auto cell = canvas.itemRect(2);
        const QPoint from = (cell.topLeft() + QPointF(CellLayout::gutter() + TextBlock::codeLeft + 1, 12)).toPoint();
        const QPoint to = from + QPoint(60, 20);
        QTest::mousePress(canvas.viewport(), Qt::LeftButton, {}, from);
        QMouseEvent move(QEvent::MouseMove, to, canvas.viewport()->mapToGlobal(to), Qt::LeftButton, Qt::LeftButton, {});
        QApplication::sendEvent(canvas.viewport(), &move);
        QTest::mouseRelease(canvas.viewport(), Qt::LeftButton, {}, to);
        const auto text = canvas.selectedText();
        QVERIFY2(text.startsWith(QStringLiteral("url = \"http")), qPrintable(text));
        QVERIFY2(text.contains(QStringLiteral("\ntoken")), qPrintable(text));
        QTest::mouseDClick(canvas.viewport(), Qt::LeftButton, {}, from);
        QCOMPARE(canvas.selectedText(), QStringLiteral("url"));
    }

    void movesWithKeys()
    {
        Window window(test::analysed("long.ipynb", test::longNotebook(200)));
        auto& canvas = *window.view.canvas();
        canvas.setFocus();
        QTest::keyClick(&canvas, Qt::Key_J);
        QTest::keyClick(&canvas, Qt::Key_J);
        QCOMPARE(canvas.currentItem(), 2);
        QTest::keyClick(&canvas, Qt::Key_K);
        QCOMPARE(canvas.currentItem(), 1);
        QTest::keyClick(&canvas, Qt::Key_End);
        QCOMPARE(canvas.currentItem(), 199);
        QVERIFY(canvas.itemRect(199).bottom() <= canvas.viewport()->height());
        QTest::keyClick(&canvas, Qt::Key_Home);
        QCOMPARE(canvas.verticalScrollBar()->value(), 0);
        QTest::keyClick(&canvas, Qt::Key_PageDown);
        QVERIFY(canvas.verticalScrollBar()->value() > canvas.viewport()->height() / 2);
        canvas.setCurrentItem(3);
        const auto tall = canvas.cell(3).height();
        QTest::keyClick(&canvas, Qt::Key_O);
        QVERIFY(canvas.cell(3).height() < tall);
        QTest::keyClick(&canvas, Qt::Key_O);
        QCOMPARE(canvas.cell(3).height(), tall);
        canvas.setCleanFolded(true);
        QVERIFY(canvas.cell(1).height() < 50); // room for its number above its place
        QVERIFY(canvas.cell(3).height() > 100); // has a finding
    }

    void scrollsLongNotebooks()
    {
        QElapsedTimer timer;
        const auto analysis = test::analysed("long.ipynb", test::longNotebook(2'000));
        timer.start();
        Window window(analysis);
        qInfo() << "2,000 cells: shown after" << timer.elapsed() << "ms";
        auto& canvas = *window.view.canvas();
        auto* bar = canvas.verticalScrollBar();
        QImage target(window.view.size(), QImage::Format_ARGB32_Premultiplied);
        std::vector<double> frames;
        for (int i = 0; i < 400; ++i) {
            timer.restart();
            bar->setValue(bar->value() + 120);
            canvas.viewport()->render(&target);
            frames.push_back(double(timer.nsecsElapsed()) / 1e6);
        }
        std::sort(frames.begin(), frames.end());
        qInfo() << "scrolling: median" << frames[frames.size() / 2] << "ms, 99 %" << frames[frames.size() * 99 / 100]
                << "ms, worst" << frames.back() << "ms";
        timer.restart();
        bar->setValue(bar->maximum());
        canvas.viewport()->render(&target);
        qInfo() << "jump to the end" << timer.elapsed() << "ms";
        // Going back up, a wrong guess of a height must not move what is on the screen.
        for (int i = 0; i < 200; ++i) {
            const auto item = canvas.itemAt({60, 300});
            QVERIFY(item >= 0);
            const auto before = canvas.itemRect(item).top();
            bar->setValue(bar->value() - 90);
            const auto moved = canvas.itemRect(item).top() - before;
            QVERIFY2(std::abs(moved - 90) < 1.5, qPrintable(QStringLiteral("step %1: %2").arg(i).arg(moved)));
        }
    }

    void readsHostileOutputs_data()
    {
        QTest::addColumn<QString>("mime");
        QTest::addColumn<QString>("value");
        const auto html = QStringLiteral("text/html");
        QTest::newRow("script") << html << QStringLiteral("<b>seen</b><script>document.write('ran')</script>");
        QTest::newRow("open script") << html << QStringLiteral("seen<script>never closed");
        QTest::newRow("handler") << html << QStringLiteral("<img src=x onerror=alert(1)>seen");
        QTest::newRow("remote") << html << QStringLiteral("<img src=https://example.org/p.png>seen");
        QTest::newRow("nested") << html << QStringLiteral("<table><tr><td>").repeated(20'000) + QStringLiteral("seen");
        QTest::newRow("deep divs") << html << QStringLiteral("<div><ul><li>").repeated(20'000) + QStringLiteral("seen");
        QTest::newRow("spans")
            << html
            << QStringLiteral("<table><tr><td rowspan=999999999 colspan=999999999>seen</td></tr></table>").repeated(50);
        QTest::newRow("hidden") << html << QStringLiteral("<p style='display:none'>seen</p>");
        QTest::newRow("entities") << html << QStringLiteral("&#x73;&#101;en &#xFFFFFFFF; &bogus; &");
        QTest::newRow("bidi") << html << QStringLiteral("seen \u202e evil");
        QTest::newRow("long line") << QStringLiteral("text/plain")
                                   << QStringLiteral("seen ") + QString(3'000'000, u'x');
        QTest::newRow("many lines") << QStringLiteral("text/plain") << QStringLiteral("seen\n").repeated(300'000);
        QTest::newRow("escapes") << QStringLiteral("text/plain")
                                 << QStringLiteral("seen\x1b[38;5;999999999999m\x1b[\x1b]8;;http://x\x07\x1b");
        QTest::newRow("brackets") << QStringLiteral("application/json")
                                  << QStringLiteral("seen") + QString(200'000, u'[');
        QTest::newRow("markdown") << QStringLiteral("text/markdown")
                                  << QStringLiteral("> ").repeated(5'000) + QStringLiteral("seen");
        QTest::newRow("svg") << QStringLiteral("image/svg+xml") << QStringLiteral("<svg onload='x()'>seen</svg>");
    }

    void readsHostileOutputs()
    {
        QFETCH(QString, mime);
        QFETCH(QString, value);
        QElapsedTimer timer;
        const auto analysis =
            test::analysed("hostile.ipynb", test::notebookWithOutput(mime.toStdString(), value.toStdString()));
        timer.start();
        Window window(analysis);
        auto& canvas = *window.view.canvas();
        (void)window.view.grab();
        qInfo() << QTest::currentDataTag() << timer.elapsed() << "ms";
        const auto text = allText(canvas.cell(0));
        if (mime != QLatin1String("image/svg+xml")) {
            QVERIFY2(text.contains(QStringLiteral("seen")), qPrintable(text.left(500)));
        }
        QVERIFY(!text.contains(QChar(0x202E)));
        QVERIFY(!text.contains(QStringLiteral("document.write")));
    }

    void saysWhatCannotBeShown()
    {
        Window empty(nullptr);
        QSignalSpy intents(&empty.view, &View::intent);
        auto* button = empty.view.findChild<EmptyState*>()->button();
        QVERIFY(button->isVisible());
        QTest::mouseClick(button, Qt::LeftButton);
        QCOMPARE(intents.size(), 1);
        QCOMPARE(intents.front().front().value<Intent>().kind, Intent::Kind::OpenFiles);
        keep(empty.view, QStringLiteral("notebook-empty"));

        auto cut = test::handMadeNotebook();
        cut.resize(cut.size() / 3);
        Window partial(test::analysed("cut.ipynb", cut));
        auto* band = partial.view.findChild<Band*>();
        QVERIFY(band->isVisible());
        keep(partial.view, QStringLiteral("notebook-partial"));
        QVERIFY(band->button()->isVisible());
        QTest::mouseClick(band->button(), Qt::LeftButton);
        QCOMPARE(partial.view.canvas()->itemCount(), 1);
        QVERIFY(
            !allText(partial.view.canvas()->cell(0)).contains(QString::fromStdString(test::plantedSecret()).mid(8)));
        keep(partial.view, QStringLiteral("notebook-raw"));
        QTest::mouseClick(band->button(), Qt::LeftButton);
        QVERIFY(partial.view.canvas()->itemCount() > 1);
    }

    void givesScreenReadersEverything()
    {
        Window window(test::analysed("churn-model.ipynb", test::handMadeNotebook()));
        auto& canvas = *window.view.canvas();
        auto* list = QAccessible::queryAccessibleInterface(&canvas);
        QVERIFY(list);
        QCOMPARE(list->role(), QAccessible::List);
        QCOMPARE(list->childCount(), canvas.itemCount());
        int tables = 0;
        int notes = 0;
        for (int i = 0; i < list->childCount(); ++i) {
            auto* cell = list->child(i);
            QCOMPARE(cell->role(), QAccessible::ListItem);
            QVERIFY(!cell->text(QAccessible::Name).isEmpty());
            QCOMPARE(list->indexOfChild(cell), i);
            QVERIFY(cell->childCount() > 0);
            for (int j = 0; j < cell->childCount(); ++j) {
                auto* part = cell->child(j);
                QVERIFY(!part->text(QAccessible::Name).isEmpty());
                QVERIFY(part->parent() == cell);
                tables += part->role() == QAccessible::Table;
                notes += part->role() == QAccessible::Note;
            }
        }
        QCOMPARE(tables, 2);
        QCOMPARE(notes, 3);
        auto* cell = list->child(2);
        for (int j = 0; j < cell->childCount(); ++j) {
            if (cell->child(j)->role() == QAccessible::Note) {
                auto* actions = cell->child(j)->actionInterface();
                QVERIFY(actions && actions->actionNames().contains(QStringLiteral("Open")));
                actions->doAction(QStringLiteral("Open"));
                break;
            }
        }
        QVERIFY(window.state.current().has_value());
    }

    void editsTheFocusedCell()
    {
        Window window(test::analysed("churn-model.ipynb", test::handMadeNotebook()));
        auto& canvas = *window.view.canvas();
        window.view.activateWindow();
        canvas.setFocus();
        canvas.setCurrentItem(2);
        QTest::keyClick(&canvas, Qt::Key_Return);
        QVERIFY(canvas.editor() && canvas.editor()->isVisible());
        QVERIFY(canvas.editor()->focusProxy()->accessibleDescription().contains(QStringLiteral("Line 2: ")));
        QTest::keyClick(canvas.editor()->focusProxy(), Qt::Key_F, Qt::ControlModifier);
        auto* find = canvas.editor()->findChild<QLineEdit*>();
        QVERIFY(find->isVisible());
        QTest::keyClicks(find, QStringLiteral("clf"));
        QCOMPARE(canvas.editor()->selectedText(), QStringLiteral("clf"));
        keep(window.view, QStringLiteral("notebook-editor"));
        QTest::keyClick(find, Qt::Key_Escape);
        QVERIFY(!find->isVisible());
        QTest::keyClick(canvas.editor()->focusProxy(), Qt::Key_Slash);
        QVERIFY(find->isVisible());
        QTest::keyClick(find, Qt::Key_Escape);
        QTest::keyClick(canvas.editor()->focusProxy(), Qt::Key_Escape);
        QVERIFY(!canvas.editor()->isVisible());
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
            for (int item = 0; item < window.view.canvas()->itemCount(); ++item) {
                QVERIFY(window.view.canvas()->cell(item).height() > 0); // every cell, also those no picture shows
            }
            if (qEnvironmentVariable("CUPEL_SHOTS").isEmpty()) {
                continue;
            }
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
