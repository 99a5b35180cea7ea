// SPDX-License-Identifier: GPL-3.0-or-later
// The home page by mouse and keyboard, its words, and how it gives way when the window narrows.
#include "widgets/common/labels.h"
#include "widgets/common/style.h"
#include "widgets/home/drop_zone.h"
#include "widgets/home/home_view.h"
#include "widgets/home/recents_list.h"
#include "widgets/home/recents_model.h"

#include <QtCore/QDir>
#include <QtGui/QAccessible>
#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollBar>

#include <algorithm>

using namespace cupel::widgets;

namespace {

Recent made(const QString& path, const QString& format, std::array<std::uint64_t, 5> counts, qint64 secondsAgo)
{
    Recent recent;
    recent.path = path;
    recent.format = format;
    recent.folder = format.isEmpty();
    recent.bySeverity = counts;
    recent.artifacts = recent.folder ? 38 : 1;
    recent.cells = format == QLatin1String("notebook") ? 31 : 0;
    recent.scanned = true;
    recent.opened = QDateTime::currentSecsSinceEpoch() - secondsAgo;
    return recent;
}

std::vector<Recent> sample()
{
    std::vector<Recent> recents{made(QStringLiteral("/home/ada/projects/churn/churn-model.ipynb"),
                                    QStringLiteral("notebook"), {1, 2, 2, 2, 2}, 60),
        made(QStringLiteral("/home/ada/projects/churn/train.py"), QStringLiteral("python"), {0, 0, 1, 0, 1}, 600),
        made(QStringLiteral("/home/ada/projects/churn"), {}, {0, 0, 6, 3, 0}, 90'000),
        made(QStringLiteral("/home/ada/models/weights.zip"), QStringLiteral("zip"), {}, 90'000),
        made(QStringLiteral("/mnt/share/credit/credit-scoring/"), {}, {0, 0, 19, 4, 0}, 800'000),
        made(QStringLiteral("/home/ada/projects/returns/eda-returns.ipynb"), QStringLiteral("notebook"), {}, 900'000),
        made(QStringLiteral("/home/ada/projects/returns/broken.ipynb"), QStringLiteral("notebook"), {}, 40'000'000)};
    recents[0].place = QStringLiteral("~/projects/churn");
    recents[4].reachable = false;
    recents[6].incomplete = 1;
    return recents;
}

void keep(QWidget& window, const QString& name)
{
    const QString folder = qEnvironmentVariable("CUPEL_SHOTS");
    if (!folder.isEmpty()) {
        QDir().mkpath(folder);
        QCoreApplication::processEvents();
        const QPixmap picture = window.grab();
        picture.save(QStringLiteral("%1/%2@%3x.png").arg(folder, name).arg(picture.devicePixelRatio()));
    }
}

struct Page {
    explicit Page(std::vector<Recent> recents = sample(), QSize size = {1368, 824})
    {
        view.setRecents(std::move(recents));
        view.resize(size);
        view.show();
        view.activateWindow();
        QApplication::setActiveWindow(&view);
        QCoreApplication::processEvents();
    }
    [[nodiscard]] Intent last() const
    {
        return intents.isEmpty() ? Intent{} : intents.constLast().at(0).value<Intent>();
    }
    [[nodiscard]] RecentsList& list() { return *view.findChild<RecentsList*>(); }
    [[nodiscard]] QLineEdit& filter() { return *view.findChild<QLineEdit*>(); }

    HomeView view;
    QSignalSpy intents{&view, &View::intent};
};

QPoint rowCentre(RecentsList& list, int row)
{
    return list.visualRect(list.model()->index(row, 0)).center();
}

} // namespace

class HomeTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { installStyle(*qApp); }

    // What is opened moves to the top: who comes home must not stand at the bottom with what stood there before.
    void theNewestIsInSightWhenItIsShown()
    {
        Page page(sample(), {900, 420});
        page.view.hide();
        auto recents = sample();
        for (int i = 0; i < 3; ++i) {
            std::rotate(recents.begin(), recents.end() - 1, recents.end());
            page.view.setRecents(recents);
        }
        page.view.show();
        QCoreApplication::processEvents();
        QCOMPARE(page.list().currentIndex().row(), 0);
        QCOMPARE(page.list().verticalScrollBar()->value(), 0);
    }

    void saysWhatWasFound()
    {
        const auto recents = sample();
        const QDateTime now = QDateTime::currentDateTime();
        QCOMPARE(recentName(recents[0]), QStringLiteral("churn-model.ipynb"));
        QCOMPARE(recentPlace(recents[0]), QStringLiteral("~/projects/churn"));
        QCOMPARE(recentName(recents[4]), QStringLiteral("credit-scoring/"));
        QCOMPARE(recentPlace(recents[4]), QStringLiteral("/mnt/share/credit"));
        QVERIFY(recentState(recents[5]).contains(QStringLiteral("31")));
        QVERIFY(recentState(recents[6]).contains(QStringLiteral("not fully read")));
        const QString sentence = recentSentence(recents[4], now);
        QVERIFY(sentence.contains(QStringLiteral("not reachable")) && sentence.contains(QStringLiteral("4 High")));
        // Read to its end is not judged to its end: no tick, and the reason.
        Recent foreign = recents[5];
        QVERIFY(nothingLeft(foreign) && !nothingLeft(recents[6]) && !nothingLeft(recents[0]));
        foreign.notJudged = QStringLiteral("code in Julia is not judged");
        QVERIFY(!nothingLeft(foreign));
        QVERIFY(recentState(foreign).contains(foreign.notJudged));
        // What is only decided is still there: no tick, and the count.
        Recent decided = recents[5];
        decided.settled = 17;
        QVERIFY(!nothingLeft(decided));
        QCOMPARE(recentState(decided), QStringLiteral("0 open, 17 decided"));
        decided.incomplete = 1;
        QVERIFY(recentState(decided).startsWith(QStringLiteral("0 open, 17 decided; 1 file")));
        decided.bySeverity = {0, 0, 1, 0, 0}; // one that was not
        QVERIFY(recentSentence(decided, now).contains(QStringLiteral("1 Medium")));
        Recent single = recents[5];
        single.cells = 1;
        QVERIFY(!recentState(single).contains(QStringLiteral("all")));
        Recent stopped = recents[5];
        stopped.scanned = false;
        QVERIFY(!recentState(stopped).contains(QStringLiteral("no findings")));
    }

    void tellsTheAge()
    {
        const QDateTime now(QDate(2026, 11, 21), QTime(10, 0), Qt::UTC);
        Recent recent;
        recent.opened = now.addSecs(-3'600).toSecsSinceEpoch();
        QVERIFY(recentAge(recent, now).startsWith(QStringLiteral("Today")));
        recent.opened = now.addSecs(-11 * 3'600).toSecsSinceEpoch();
        QCOMPARE(recentAge(recent, now), QStringLiteral("Yesterday"));
        recent.opened = now.addDays(-9).toSecsSinceEpoch();
        QVERIFY(recentAge(recent, now).contains(QStringLiteral("12")));
        recent.opened = now.addYears(-2).toSecsSinceEpoch();
        QVERIFY(recentAge(recent, now).contains(QStringLiteral("2024")));
    }

    void modelsKeepTheProtocol()
    {
        RecentsModel model;
        RecentsFilter filter;
        QAbstractItemModelTester first(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        filter.setSourceModel(&model);
        QAbstractItemModelTester second(&filter, QAbstractItemModelTester::FailureReportingMode::QtTest);
        model.setRows(sample());
        model.append(sample());
        model.removeAt(0);
        filter.setText(QStringLiteral("CHURN train"));
        QCOMPARE(filter.rowCount(), 2);
        filter.setText({});
        model.setRows({});
        QCOMPARE(filter.rowCount(), 0);
    }

    void buttonsSendIntents()
    {
        Page page;
        const auto kinds = {Intent::Kind::OpenFiles, Intent::Kind::OpenFolder, Intent::Kind::OpenSample};
        const auto buttons = page.view.findChildren<QPushButton*>();
        int i = 0;
        for (const Intent::Kind kind : kinds) {
            QTest::mouseClick(buttons.at(i++), Qt::LeftButton);
            QCOMPARE(page.last().kind, kind);
            QVERIFY(page.last().paths.isEmpty());
        }
        QTest::mouseClick(page.view.findChild<DropZone*>(), Qt::LeftButton);
        QCOMPARE(page.intents.count(), 4);
    }

    void clicksOpenAndLocate()
    {
        Page page;
        QTest::mouseClick(page.list().viewport(), Qt::LeftButton, {}, rowCentre(page.list(), 1));
        QCOMPARE(page.last().kind, Intent::Kind::OpenFiles);
        QCOMPARE(page.last().paths, QStringList{QStringLiteral("/home/ada/projects/churn/train.py")});
        const int before = static_cast<int>(page.intents.count());
        QTest::mouseClick(page.list().viewport(), Qt::LeftButton, {}, rowCentre(page.list(), 4));
        QCOMPARE(page.intents.count(), before); // a row that is gone is only selected
        const QRect row = page.list().visualRect(page.list().model()->index(4, 0));
        QTest::mouseClick(page.list().viewport(), Qt::LeftButton, {}, QPoint(row.right() - 130, row.center().y()));
        QCOMPARE(page.last().kind, Intent::Kind::Locate);
    }

    void keysDoTheSame()
    {
        Page page;
        page.list().setFocus();
        QTest::keyClick(&page.list(), Qt::Key_Down);
        QTest::keyClick(&page.list(), Qt::Key_Return);
        QCOMPARE(page.last().paths.constFirst(), QStringLiteral("/home/ada/projects/churn/train.py"));
        QTest::keyClick(&page.list(), Qt::Key_Delete);
        QCOMPARE(page.last().kind, Intent::Kind::RemoveRecent);
        auto rest = sample();
        rest.erase(rest.begin() + 1);
        page.view.setRecents(rest);
        QCOMPARE(page.list().currentIndex().row(), 1); // the next one, not the top
        page.list().setCurrentIndex(page.list().model()->index(3, 0));
        QTest::keyClick(&page.list(), Qt::Key_Enter);
        QCOMPARE(page.last().kind, Intent::Kind::Locate);
        keep(page.view, QStringLiteral("home-keyboard"));
    }

    void filterNarrowsAndLeavesByItsExit()
    {
        Page page;
        page.filter().setFocus();
        QTest::keyClicks(&page.filter(), QStringLiteral("returns"));
        QCOMPARE(page.list().model()->rowCount(), 2);
        QTest::keyClick(&page.filter(), Qt::Key_Down);
        QVERIFY(page.list().hasFocus());
        page.filter().setText(QStringLiteral("nothing like this"));
        QVERIFY(!page.list().isVisible());
        keep(page.view, QStringLiteral("home-no-match"));
        for (auto* button : page.view.findChildren<QPushButton*>()) {
            if (button->isVisible() && button->text() == QStringLiteral("Clear filter")) {
                QTest::mouseClick(button, Qt::LeftButton);
            }
        }
        QVERIFY(page.filter().text().isEmpty());
        QVERIFY(page.list().isVisible());
    }

    void firstUseOffersTheSample()
    {
        Page page{std::vector<Recent>()};
        QVERIFY(!page.list().isVisible());
        QVERIFY(!page.filter().isVisible());
        keep(page.view, QStringLiteral("home-first-use"));
    }

    void dragTextShows()
    {
        Page page;
        page.view.setDragText(QStringLiteral("Open 12 notebooks, skip 3 files"));
        QCOMPARE(page.view.findChild<DropZone*>()->accessibleName(), QStringLiteral("Open 12 notebooks, skip 3 files"));
        keep(page.view, QStringLiteral("home-drag"));
    }

    void looksRightInEveryThemeAndWidth()
    {
        for (const auto& [theme, name] : {std::pair{ThemeName::Light, "light"}, std::pair{ThemeName::Dark, "dark"},
                 std::pair{ThemeName::ContrastLight, "contrast-light"},
                 std::pair{ThemeName::ContrastDark, "contrast-dark"}}) {
            setTheme(theme);
            Page page;
            page.view.setOpenKeys(QStringLiteral("Ctrl+O"));
            page.view.takeFocus();
            keep(page.view, QStringLiteral("home-") + QLatin1String(name));
        }
        setTheme(ThemeName::Light);
        for (const int width : {928, 568}) {
            Page page(sample(), {width, 640});
            QVERIFY2(page.view.minimumSizeHint().width() <= width,
                qPrintable(QString::number(page.view.minimumSizeHint().width())));
            keep(page.view, QStringLiteral("home-%1").arg(width));
        }
        setTextZoom(1.5);
        Page zoomed;
        keep(zoomed.view, QStringLiteral("home-zoom"));
        setTextZoom(1.0);
    }

    void everyControlHasAName()
    {
        Page page;
        for (QWidget* widget : page.view.findChildren<QWidget*>()) {
            if (widget->focusPolicy() == Qt::NoFocus || !widget->isVisible() || widget->focusProxy()) {
                continue;
            }
            QAccessibleInterface* face = QAccessible::queryAccessibleInterface(widget);
            QVERIFY2(face && !face->text(QAccessible::Name).isEmpty(), widget->metaObject()->className());
        }
        QAccessibleInterface* list = QAccessible::queryAccessibleInterface(&page.list());
        QVERIFY(list->child(0)->text(QAccessible::Name).contains(QStringLiteral("1 Critical"))
            || list->child(0)->text(QAccessible::Name).contains(QStringLiteral("2 Critical")));
    }
};

QTEST_MAIN(HomeTest)
#include "tst_home.moc"
