// SPDX-License-Identifier: GPL-3.0-or-later
// What only a person can judge, and for whom: pictures that nobody has looked at stand in Review, on Home and in the
// report until somebody has, with the name of who did; a copy keeps the readers it was made for.
#include "shell_bench.h"

#include "analyzers/report/writers/markdown.h"
#include "app/session/fixing.h"
#include "app/session/gallery.h"
#include "app/session/picture_witnesses.h"
#include "app/session/triage.h"
#include "app/shell/actions.h"
#include "widgets/common/states.h"
#include "widgets/findings/findings_view.h"
#include "widgets/fixes/verdict_card.h"
#include "widgets/gallery/gallery_grid.h"
#include "widgets/report/report_view.h"

#include <QtCore/QBuffer>
#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtGui/QImage>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QPushButton>

#include <algorithm>
#include <malloc.h>
#include <optional>
#include <string>

using namespace cupel;
using namespace cupel::app;
using cupel::test::Workbench;

namespace {

QByteArray picture(const QColor& color)
{
    QImage image({40, 30}, QImage::Format_RGB32);
    image.fill(color);
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return bytes;
}

// Nothing to find in it, and two pictures.
QByteArray notebook()
{
    QByteArray outputs;
    for (const QColor& color : {QColor(Qt::blue), QColor(Qt::red)}) {
        outputs += (outputs.isEmpty() ? "" : ",")
            + QByteArray(R"x({"output_type":"display_data","metadata":{},"data":{"image/png":")x")
            + picture(color).toBase64() + "\"}}";
    }
    return R"x({"cells":[{"cell_type":"code","execution_count":1,"id":"a","metadata":{},"source":"1 + 1","outputs":[)x"
        + outputs + R"x(]}],"metadata":{"language_info":{"name":"python"}},"nbformat":4,"nbformat_minor":5})x";
}

bool write(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size();
}

QByteArray read(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

widgets::StateCard* emptyState(const Workbench& bench)
{
    for (auto* card : bench.window.findChild<widgets::FindingsView*>()->findChildren<widgets::StateCard*>()) {
        if (card->isVisible()) {
            return card;
        }
    }
    return nullptr;
}

std::string reportOf(Workbench& bench)
{
    bench.window.showMode(QStringLiteral("review"));
    bench.window.showMode(QStringLiteral("report"));
    const auto* view = bench.window.findChild<widgets::ReportView*>();
    (void)QTest::qWaitFor([&view] { return !view->document().sections.empty(); }, 20'000);
    QTest::qWait(300);
    return report::writeMarkdown(view->document());
}

bool holds(const std::string& text, const std::string& part)
{
    return text.find(part) != std::string::npos;
}

} // namespace

class EyesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void picturesWaitUntilSomebodyLooked();
    void anExportIsNeverOfTheReportBefore();
    void whatIsNoPictureWaitsForNobody();
    void aCopyKeepsItsReaders();
    void whoLookedIsNotLost();
    void whatCannotBeReadIsNotWrittenOver();
    void theFileOfWitnessesIsNeverTooLarge();
    void aStepOfMarksIsSmall();

private:
    [[nodiscard]] QString at(const char* name) const { return m_folder.filePath(QString::fromLatin1(name)); }
    QTemporaryDir m_folder;
};

void EyesTest::picturesWaitUntilSomebodyLooked()
{
    const QString file = at("plots.ipynb");
    QVERIFY(write(file, notebook()));
    const auto onHome = [](Workbench& bench) { return bench.session.recents().list().front().notJudged; };
    const QString eyes = QStringLiteral("2 pictures wait for a person's eyes");
    {
        Workbench bench(at("settings"));
        bench.window.open({OpenTarget{file, {}, {}, {}}});
        QVERIFY(bench.waitForScan());
        QCOMPARE(bench.session.review().total(), 0U);
        QVERIFY(emptyState(bench));
        QVERIFY(emptyState(bench)->accessibleName().startsWith(QStringLiteral("No findings, but ") + eyes));
        QVERIFY(emptyState(bench)->accessibleName().contains(QStringLiteral("Images (Ctrl+8)")));
        QCOMPARE(onHome(bench), eyes + QStringLiteral(" (Images, Ctrl+8)"));
        QVERIFY(holds(reportOf(bench), "No findings, but " + eyes.toStdString()));

        bench.window.showMode(QStringLiteral("review"));
        emptyState(bench)->button()->click();
        QCOMPARE(bench.window.mode(), QStringLiteral("images"));
        auto& state = bench.session.gallery().state();
        QVERIFY(QTest::qWaitFor([&state] { return !state.collecting() && state.images().size() == 2; }, 20'000));
        bench.window.findChild<widgets::GalleryGrid*>()->selectAll();
        bench.window.actions().at(u"image.lookedAt")->trigger();
        QCOMPARE(onHome(bench), QString());
        bench.session.undo().undo();
        QVERIFY(onHome(bench).startsWith(eyes));
        bench.session.undo().redo();
        QTest::keyClick(&bench.window, Qt::Key_E, Qt::ControlModifier | Qt::ShiftModifier);
        auto* dialog = bench.window.findChild<QFileDialog*>();
        QVERIFY(dialog != nullptr);
        const QString exported = at("report.md"); // not of what Report showed before
        Q_EMIT dialog->fileSelected(exported);
        dialog->close();
        QVERIFY(QTest::qWaitFor([&exported] { return read(exported).contains("2 pictures: looked at by "); }, 20'000));
        QVERIFY(!read(exported).contains("eyes"));
        bench.window.close();
    }
    Workbench bench(at("settings")); // who has looked is kept
    bench.window.open({OpenTarget{file, {}, {}, {}}});
    QVERIFY(bench.waitForScan());
    QVERIFY(QTest::qWaitFor([&] { return onHome(bench).isEmpty(); }, 20'000));
    QTest::qWait(50);
    QVERIFY(emptyState(bench)->accessibleName().startsWith(QStringLiteral("No findings. ")));
    const std::string text = reportOf(bench);
    QVERIFY(holds(text,
        "2 pictures: looked at by " + bench.session.triage().author().toStdString() + " on "
            + Triage::today().toString(Qt::ISODate).toStdString()));
    QVERIFY(!holds(text, "eyes"));
    QTest::keyClick(&bench.window, Qt::Key_9, Qt::ControlModifier);
    const auto& fix = bench.session.fixing().state();
    QVERIFY(QTest::qWaitFor([&fix] { return fix.outcome() && !fix.working(); }, 20'000));
    const auto* card = bench.window.findChild<widgets::VerdictCard*>();
    QVERIFY(QTest::qWaitFor(
        [card] { return card->text().contains(QStringLiteral("A person has looked at 2 pictures")); }, 5'000));
}

// Something changes while Report is shown, and the report is exported before the new one is there.
void EyesTest::anExportIsNeverOfTheReportBefore()
{
    const QString file = at("changing.ipynb");
    QVERIFY(write(file, notebook()));
    Workbench bench(at("changing"));
    bench.window.open({OpenTarget{file, {}, {}, {}}});
    QVERIFY(bench.waitForScan());
    bench.window.showMode(QStringLiteral("images"));
    auto& state = bench.session.gallery().state();
    QVERIFY(QTest::qWaitFor([&state] { return !state.collecting() && state.images().size() == 2; }, 20'000));
    bench.session.gallery().mark({state.images()[0].id, state.images()[1].id}, true);
    QVERIFY(holds(reportOf(bench), "2 pictures: looked at by "));
    QTest::keyClick(&bench.window, Qt::Key_E, Qt::ControlModifier | Qt::ShiftModifier);
    auto* dialog = bench.window.findChild<QFileDialog*>();
    QVERIFY(dialog != nullptr);
    const QString exported = at("changed.md");
    bench.session.undo().undo(); // the new report is asked for
    Q_EMIT dialog->fileSelected(exported);
    dialog->close();
    QVERIFY(QTest::qWaitFor([&exported] { return !read(exported).isEmpty(); }, 20'000));
    QVERIFY2(read(exported).contains("2 pictures wait for a person's eyes"), read(exported).constData());
    QVERIFY(!read(exported).contains("2 pictures: looked at by "));
}

// Code that only talks of a picture, and an output that is none: marking them looks at nothing, and they do not wait.
void EyesTest::whatIsNoPictureWaitsForNobody()
{
    const QString file = at("decoys.ipynb");
    QByteArray bytes = notebook();
    bytes.replace("1 + 1", "x = 'data:image/png;base64,AAAA'");
    bytes.replace(
        R"x("outputs":[)x", R"x("outputs":[{"output_type":"display_data","metadata":{},"data":{"image/png":[""]}},)x");
    QVERIFY(write(file, bytes));
    Workbench bench(at("decoys"));
    bench.window.open({OpenTarget{file, {}, {}, {}}});
    QVERIFY(bench.waitForScan());
    bench.window.showMode(QStringLiteral("images"));
    auto& state = bench.session.gallery().state();
    QVERIFY(QTest::qWaitFor([&state] { return !state.collecting() && state.images().size() == 4; }, 20'000));
    QCOMPARE(state.toBeSeenCount(), 2U);
    QVERIFY(!state.images()[2].toBeSeen && !state.images()[3].toBeSeen); // behind the pictures
    const auto seen = [&bench] {
        const auto looked = bench.session.gallery().lookedAt();
        return looked.empty() ? 0U : looked.begin()->second;
    };
    auto* grid = bench.window.findChild<widgets::GalleryGrid*>();
    QVERIFY(grid->model()->index(3, 0).data(Qt::AccessibleTextRole).toString().contains(QStringLiteral("no picture")));
    grid->setCurrentIndex(grid->model()->index(3, 0));
    bench.window.actions().at(u"image.lookedAt")->trigger();
    bench.session.gallery().mark({state.images()[2].id, state.images()[3].id}, true); // by whatever way
    QCOMPARE(seen(), 0U);
    QCOMPARE(state.lookedAtCount(), 0U);
    QVERIFY(bench.session.gallery().witnesses().empty());
    state.setShow(widgets::GalleryState::Show::NotLookedAt);
    QCOMPARE(state.visible().size(), 2U);
    grid->selectAll();
    bench.window.actions().at(u"image.lookedAt")->trigger();
    QVERIFY(state.visible().empty());
    QCOMPARE(seen(), 2U);
}

void EyesTest::aCopyKeepsItsReaders()
{
    QFile sample(QStringLiteral(CUPEL_SOURCE_DIR "/resources/samples/churn/notebooks/01-explore-churn.ipynb"));
    const QString file = at("explore.ipynb");
    QVERIFY(sample.open(QIODevice::ReadOnly) && write(file, sample.readAll()));
    Workbench bench(at("copying"));
    bench.window.open({OpenTarget{file, {}, {}, {}}});
    QVERIFY(bench.waitForScan());
    QTest::keyClick(&bench.window, Qt::Key_9, Qt::ControlModifier);
    auto& state = bench.session.fixing().state();
    const auto& profiles = state.profiles();
    const auto customer = std::find_if(
        profiles.begin(), profiles.end(), [](const review::Profile& one) { return one.name == "customer"; });
    QVERIFY(customer != profiles.end());
    state.setProfile(static_cast<std::size_t>(customer - profiles.begin()));
    QVERIFY(QTest::qWaitFor([&state] { return state.outcome() && !state.working(); }, 20'000));
    const QString copy = bench.session.fixing().suggestedCopy();
    QCOMPARE(bench.session.fixing().writeCopy(copy), QString());
    bench.window.open({OpenTarget{copy, {}, {}, {}}});
    QVERIFY(bench.waitForScan());
    QCOMPARE(bench.session.fixing().lastProfile(), std::optional<std::string>("customer"));
    bench.window.showMode(QStringLiteral("report"));
    const auto* report = bench.window.findChild<widgets::ReportView*>();
    QVERIFY(report && report->profile());
    QCOMPARE(report->profile()->name, std::string("customer"));
}

// A list that cannot be read is set aside, not written over; who is taken back is the one who was there before.
void EyesTest::whoLookedIsNotLost()
{
    const QString file = at("looked-at.json");
    const QByteArray damaged = "{\"00ff\": [\"2026-";
    QVERIFY(write(file, damaged));
    Workbench bench(at("witnesses"));
    PictureWitnesses witnesses(bench.session.saver(), file);
    QVERIFY(witnesses.all().isEmpty());
    QCOMPARE(read(file + QStringLiteral(".damaged")), damaged);
    QVERIFY(!QFile::exists(file));

    const QByteArray one = "one";
    const QByteArray other = "other";
    witnesses.add({one, other}, {QStringLiteral("Ada"), QStringLiteral("2026-11-29")}, {one});
    QVERIFY(witnesses.find(one) && !witnesses.find(other)); // that one is not marked
    const auto step = witnesses.add({one}, {QStringLiteral("Bob"), QStringLiteral("2026-11-30")}, {one});
    QCOMPARE(witnesses.find(one)->author, QStringLiteral("Bob"));
    witnesses.apply(step, false);
    QCOMPARE(witnesses.find(one)->author, QStringLiteral("Ada"));

    bench.session.saver().flush(); // another time: what was put aside before stays
    QVERIFY(write(file, "[]"));
    const PictureWitnesses again(bench.session.saver(), file);
    QCOMPARE(read(file + QStringLiteral(".damaged")), damaged);
    QCOMPARE(read(file + QStringLiteral(".damaged-2")), QByteArray("[]"));
}

// There, and not to be read: nothing is written over it, and what it has is taken in as soon as it can be.
void EyesTest::whatCannotBeReadIsNotWrittenOver()
{
    const QString file = at("unreadable.json");
    QVERIFY(QFile::link(file, file)); // a loop
    Workbench bench(at("unreadable"));
    PictureWitnesses witnesses(bench.session.saver(), file);
    const QByteArray mine = "mine";
    const QByteArray next = "next";
    witnesses.add({mine}, {QStringLiteral("Ada"), QStringLiteral("2026-11-29")}, {mine});
    bench.session.saver().flush();
    QVERIFY(QFileInfo(file).isSymLink());
    QVERIFY(witnesses.find(mine));
    QVERIFY(QFile::remove(file) && write(file, R"({"00ff": ["2026-11-01", "Eve"]})"));
    witnesses.add({next}, {QStringLiteral("Ada"), QStringLiteral("2026-11-30")}, {mine, next});
    bench.session.saver().flush();
    const PictureWitnesses kept(bench.session.saver(), file);
    QCOMPARE(kept.all().size(), 3);
    QCOMPARE(kept.find(QByteArray::fromHex("00ff"))->author, QStringLiteral("Eve"));
}

// As many as are kept, with names as long as somebody likes: what was written can be read again.
void EyesTest::theFileOfWitnessesIsNeverTooLarge()
{
    const QString file = at("large.json");
    Workbench bench(at("large"));
    PictureWitnesses witnesses(bench.session.saver(), file);
    QByteArrayList ids;
    for (int i = 0; i < PictureWitnesses::mostKept - 1; ++i) {
        ids += QByteArray::number(i).rightJustified(16, '0');
    }
    witnesses.add(ids, {QString(500, QChar(1)), QStringLiteral("2026-11-01")}, ids);
    const QByteArrayList last{"the last one"};
    witnesses.add(last, {QStringLiteral("Ada"), QStringLiteral("2026-11-30")}, ids + last);
    bench.session.saver().flush();
    QVERIFY(QFileInfo(file).size() > PictureWitnesses::maxBytes / 2);
    QVERIFY(QFileInfo(file).size() <= PictureWitnesses::maxBytes);
    const PictureWitnesses kept(bench.session.saver(), file);
    QVERIFY(kept.all().size() > 1000);
    QVERIFY(kept.find(last.front())); // the latest
    QVERIFY(!QFile::exists(file + QStringLiteral(".damaged")));
}

// A step holds what it changes: with all there is in each, a day of looking would take hundreds of megabytes.
void EyesTest::aStepOfMarksIsSmall()
{
    Workbench bench(at("steps"));
    auto& gallery = bench.session.gallery();
    constexpr int count = 1'500;
    const auto id = [](int i) { return QByteArray::number(i).rightJustified(16, '0'); };
    const auto before = mallinfo2().uordblks;
    for (int i = 0; i < count; ++i) {
        gallery.mark({id(i)}, true);
    }
    const auto grown = mallinfo2().uordblks - before;
    const auto& marks = bench.session.state().lookedAt;
    QCOMPARE(marks.size(), count);
    QVERIFY2(grown < 12'000'000, qPrintable(QString::number(grown)));
    const QByteArrayList all = marks;
    gallery.mark({id(7), id(900), id(3), "another"}, true); // moves three behind all others
    QCOMPARE(marks.size(), count + 1);
    QCOMPARE(marks[3], id(4));
    const QByteArrayList moved = marks;
    gallery.mark({id(5), id(900)}, false);
    QVERIFY(!marks.contains(id(5)));
    bench.session.undo().undo();
    QCOMPARE(marks, moved);
    bench.session.undo().undo();
    QCOMPARE(marks, all);
    bench.session.undo().redo();
    QCOMPARE(marks, moved);
    for (int i = 0; i < 11; ++i) {
        bench.session.undo().undo();
    }
    QCOMPARE(marks, all.mid(0, count - 10));
}

QTEST_MAIN(EyesTest)
#include "tst_eyes.moc"
