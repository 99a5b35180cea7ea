// SPDX-License-Identifier: GPL-3.0-or-later
// The images of a review with real keys and clicks: tiles with what they carry, pixels that come from another thread,
// hostile pictures that say why they are not drawn, marks that undo and survive a restart.
#include "gallery_bench.h"
#include "notebook_probe.h"

#include "app/session/fixing.h"
#include "app/session/gallery.h"
#include "app/session/pictures.h"
#include "app/settings/saver.h"
#include "app/shell/actions.h"
#include "app/shell/mode_page.h"
#include "widgets/gallery/gallery_detail.h"
#include "widgets/gallery/gallery_grid.h"
#include "widgets/gallery/gallery_view.h"
#include "widgets/notebook/notebook_canvas.h"
#include "widgets/notebook/notebook_view.h"

#include <QtCore/QBuffer>
#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtGui/QAccessible>
#include <QtGui/QImage>
#include <QtWidgets/QAbstractButton>
#include <QtWidgets/QLabel>

#include <algorithm>

using namespace cupel;
using namespace cupel::app;
using cupel::test::LoopProbe;
using cupel::test::openImages;
using cupel::test::Workbench;
using cupel::widgets::GalleryState;

namespace {

QByteArray encoded(const QSize& size, const QColor& color, const char* format = "PNG")
{
    QImage image(size, QImage::Format_RGB32);
    image.fill(color);
    for (int i = 0; i < std::min(size.width(), size.height()); ++i) {
        image.setPixel(i, i, qRgb(0, 0, 0));
    }
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, format);
    return bytes;
}

// The head of a picture that claims to be this large.
QByteArray bomb(quint32 width, quint32 height)
{
    QByteArray bytes = encoded({4, 4}, Qt::red);
    for (int i = 0; i < 4; ++i) {
        bytes[16 + i] = static_cast<char>(width >> (24 - 8 * i));
        bytes[20 + i] = static_cast<char>(height >> (24 - 8 * i));
    }
    return bytes;
}

// A photo that says where it was taken.
QByteArray located()
{
    QByteArray tiff("MM\0\x2A\0\0\0\x08\0\x01\x88\x25\0\x04\0\0\0\x01\0\0\0\x1A\0\0\0\0", 26);
    tiff += QByteArray("\0\x02\0\x02\0\x05\0\0\0\x03\0\0\0\x38\0\x04\0\x05\0\0\0\x03\0\0\0\x38\0\0\0\0", 30);
    for (int i = 0; i < 3; ++i) {
        tiff += QByteArray("\0\0\0\x0A\0\0\0\x01", 8);
    }
    const QByteArray block = QByteArray("Exif\0\0", 6) + tiff;
    QByteArray bytes = encoded({320, 200}, Qt::darkGreen, "JPG");
    const auto length = static_cast<quint16>(block.size() + 2);
    const QByteArray head{"\xFF\xE1", 2};
    bytes.insert(2, head + static_cast<char>(length >> 8) + static_cast<char>(length & 255) + block);
    return bytes;
}

QByteArray output(const QByteArray& mime, const QByteArray& bytes)
{
    return R"x({"output_type":"display_data","metadata":{},"data":{")x" + mime + R"x(":")x" + bytes.toBase64() + "\"}}";
}

QByteArray code(const QList<QByteArray>& outputs)
{
    return R"x({"cell_type":"code","execution_count":1,"metadata":{},"source":"plot()","outputs":[)x"
        + outputs.join(',') + "]}";
}

QByteArray notebook()
{
    return "{\"cells\":[" + code({output("image/png", encoded({600, 400}, Qt::blue))}) + ','
        + code({output("image/jpeg", located()), output("image/png", encoded({40, 30}, Qt::red) + "hidden behind")})
        + ','
        + code({output("image/png", bomb(60'000, 60'000)), output("image/png", bomb(50'000'000, 1)),
            output("image/png", encoded({64, 64}, Qt::green).left(70)),
            R"x({"output_type":"display_data","metadata":{},"data":{"image/svg+xml":"<svg onload='x()'/>"}})x"})
        + R"x(,{"cell_type":"markdown","metadata":{},"source":"text ![x](data:image/png;base64,)x"
        + encoded({100, 50}, Qt::yellow).toBase64() + R"x() more"}],"metadata":{},"nbformat":4,"nbformat_minor":4})x";
}

} // namespace

class GalleryTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void everyImageHasATile();
    void hostilePicturesSayWhy();
    void pixelsComeFromAnotherThread();
    void keysWalkOpenAndMark();
    void allAreMarkedInOneStep();
    void marksUndoAndSurvive();
    void marksCountWhereverSomebodyIs();
    void narrowWindowsShowWhatAnImageCarries();
    void theFilterShowsWhatIsLeft();
    void everythingHasAName();
    void memoryIsBounded();
    void theCanvasDoesNotDecode();
    void pictures();

private:
    [[nodiscard]] QString folder(const char* name) const { return m_folder.filePath(QString::fromLatin1(name)); }
    QTemporaryDir m_folder;
    QString m_file;
};

void GalleryTest::initTestCase()
{
    m_file = m_folder.filePath(QStringLiteral("work/plots.ipynb"));
    QVERIFY(QDir().mkpath(m_folder.filePath(QStringLiteral("work"))));
    QFile file(m_file);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(notebook()) > 0);
    QFile photo(m_folder.filePath(QStringLiteral("work/photo.jpg")));
    QVERIFY(photo.open(QIODevice::WriteOnly) && photo.write(located()) > 0);
}

void GalleryTest::everyImageHasATile()
{
    Workbench bench(folder("a"));
    QVERIFY(openImages(bench, m_folder.filePath(QStringLiteral("work"))));
    QCOMPARE(bench.window.mode(), QStringLiteral("images"));
    const auto& images = bench.session.gallery().state().images();
    QCOMPARE(images.size(), 9U); // eight of the notebook, and the photo
    QCOMPARE(widgets::placeText(images[0]), QStringLiteral("the file itself"));
    QCOMPARE(widgets::placeText(images[2]), QStringLiteral("cell 1, output 0"));
    QCOMPARE(widgets::placeText(images[8]), QStringLiteral("cell 3, in its text"));
    QVERIFY(widgets::factsText(images[1]).startsWith(QStringLiteral("PNG · 600 × 400 · ")));
    using Kind = formats::ImageNote::Kind;
    const auto carries = [&images](std::size_t image, Kind kind) {
        const auto& notes = images[image].notes;
        return std::any_of(notes.begin(), notes.end(), [kind](const auto& note) { return note.kind == kind; });
    };
    QVERIFY(carries(0, Kind::Location) && carries(2, Kind::Location));
    QVERIFY(carries(3, Kind::Trailing) && !carries(1, Kind::Trailing));
    auto* grid = bench.window.findChild<widgets::GalleryGrid*>();
    QCOMPARE(grid->model()->rowCount(), 9);
    QVERIFY(grid->model()->index(0, 0).data(Qt::AccessibleTextRole).toString().contains(QStringLiteral("GPS")));
}

void GalleryTest::hostilePicturesSayWhy()
{
    Workbench bench(folder("b"));
    QVERIFY(openImages(bench, m_file));
    const auto& images = bench.session.gallery().state().images();
    QVERIFY(images[3].refusal.contains(QStringLiteral("60000 x 60000")));
    QVERIFY(images[4].refusal.contains(QStringLiteral("50000000 x 1")));
    QVERIFY(images[6].refusal.contains(QStringLiteral("SVG")));
    // One that is cut short shows what there is, or says that it is broken; it is never waited for.
    auto request = images[5].picture;
    request.wanted = {20, 20};
    const auto cut = widgets::decodePicture(request);
    QVERIFY(!cut.image.isNull() || !cut.refusal.isEmpty());
    auto lie = images[3].picture; // whoever asks all the same gets no pixels
    lie.wanted = {20, 20};
    QVERIFY(widgets::decodePicture(lie).image.isNull());
    QVERIFY(bench.window.grab().toImage().width() > 0);
    // A drawing can be looked at all the same: by its source.
    bench.session.gallery().state().setCurrent(6);
    QTest::qWait(20);
    const auto labels = bench.window.findChild<widgets::GalleryDetail*>()->findChildren<QLabel*>();
    QVERIFY(std::any_of(labels.begin(), labels.end(),
        [](const QLabel* label) { return label->text().contains(QStringLiteral("<svg")); }));
}

void GalleryTest::pixelsComeFromAnotherThread()
{
    Workbench bench(folder("c"));
    QVERIFY(openImages(bench, m_file));
    auto* grid = bench.window.findChild<widgets::GalleryGrid*>();
    auto& pictures = bench.session.pictures();
    const auto middle = [&] {
        const QRect tile = grid->visualRect(grid->model()->index(0, 0));
        return grid->viewport()->grab(QRect(tile.center() - QPoint(20, 50), QSize(4, 4))).toImage().pixelColor(1, 1);
    };
    QVERIFY(QTest::qWaitFor([&] { return middle().blue() > 240 && middle().red() < 20; }, 10'000));
    QVERIFY(pictures.heldBytes() > 0);
    auto request = bench.session.gallery().state().images()[0].picture;
    request.wanted = {77, 51};
    QVERIFY(!pictures.find(request)); // never at once
    QVERIFY(QTest::qWaitFor([&] { return pictures.find(request) != nullptr; }, 10'000));
    QCOMPARE(pictures.find(request)->image.height(), 51); // no larger than what is wanted
}

void GalleryTest::keysWalkOpenAndMark()
{
    Workbench bench(folder("d"));
    QVERIFY(openImages(bench, m_file));
    auto& state = bench.session.gallery().state();
    auto* grid = bench.window.findChild<widgets::GalleryGrid*>();
    QVERIFY(grid->hasFocus());
    QCOMPARE(state.current(), std::optional<std::size_t>(0));
    QTest::keyClick(grid, Qt::Key_Right);
    QCOMPARE(state.current(), std::optional<std::size_t>(1));
    QTest::keyClick(grid, Qt::Key_Space);
    QVERIFY(state.isLookedAt(1));
    QTest::keyClick(grid, Qt::Key_Return, Qt::ShiftModifier); // marked already: on to the next
    QCOMPARE(state.current(), std::optional<std::size_t>(2));
    QTest::keyClick(grid, Qt::Key_Return, Qt::ShiftModifier);
    QVERIFY(state.isLookedAt(2));
    QCOMPARE(state.current(), std::optional<std::size_t>(3));
    QTest::keyClick(grid, Qt::Key_Return);
    QCOMPARE(bench.window.mode(), QStringLiteral("review"));
    auto* canvas = bench.window.findChild<widgets::NotebookCanvas*>();
    QCOMPARE(canvas->document()->items()[static_cast<std::size_t>(canvas->currentItem())].cell, 2);
    // The mouse: a click chooses, a double click goes there.
    QTest::keyClick(&bench.window, Qt::Key_8, Qt::ControlModifier);
    const QPoint first = grid->visualRect(grid->model()->index(0, 0)).center();
    QTest::mouseClick(grid->viewport(), Qt::LeftButton, {}, first);
    QCOMPARE(state.current(), std::optional<std::size_t>(0));
    QTest::mouseDClick(grid->viewport(), Qt::LeftButton, {}, first);
    QCOMPARE(bench.window.mode(), QStringLiteral("review"));
    QCOMPARE(canvas->document()->items()[static_cast<std::size_t>(canvas->currentItem())].cell, 0);
}

void GalleryTest::allAreMarkedInOneStep()
{
    Workbench bench(folder("all"));
    QVERIFY(openImages(bench, m_file));
    auto& state = bench.session.gallery().state();
    auto* grid = bench.window.findChild<widgets::GalleryGrid*>();
    auto* detail = bench.window.findChild<widgets::GalleryDetail*>();
    QAbstractButton* mark = nullptr;
    for (auto* button : detail->findChildren<QAbstractButton*>()) {
        mark = button->isCheckable() ? button : mark;
    }
    QVERIFY(mark != nullptr);
    QCOMPARE(mark->text(), QStringLiteral("Mark as looked at"));
    // Beside the current image, and by the space bar: all that are chosen.
    for (const bool byButton : {true, false}) {
        grid->setFocus();
        QTest::keyClick(grid, Qt::Key_A, Qt::ControlModifier);
        QCOMPARE(state.chosen().size(), state.images().size());
        QVERIFY2(mark->text().contains(QString::number(state.images().size())), qPrintable(mark->text()));
        if (byButton) {
            mark->click();
        } else {
            QTest::keyClick(grid, Qt::Key_Space);
        }
        QCOMPARE(state.lookedAtCount(), state.images().size());
        QVERIFY(mark->isChecked());
        bench.session.undo().undo();
        QCOMPARE(state.lookedAtCount(), 0U);
        QVERIFY(!mark->isChecked());
    }
    QTest::keyClick(grid, Qt::Key_Right);
    QCOMPARE(state.chosen().size(), std::size_t{1});
    mark->click();
    QCOMPARE(state.lookedAtCount(), std::size_t{1});
}

void GalleryTest::marksUndoAndSurvive()
{
    {
        Workbench bench(folder("e"));
        QVERIFY(openImages(bench, m_file));
        auto& state = bench.session.gallery().state();
        auto* grid = bench.window.findChild<widgets::GalleryGrid*>();
        grid->selectAll();
        bench.window.actions().at(u"image.lookedAt")->trigger();
        QCOMPARE(state.lookedAtCount(), state.images().size());
        bench.session.undo().undo(); // all of them were one step
        QCOMPARE(state.lookedAtCount(), 0U);
        bench.session.undo().redo();
        QCOMPARE(state.lookedAtCount(), state.images().size());
        const std::string path = state.images().front().picture.analysis->artifact.path;
        const auto all = bench.session.gallery().lookedAt()[path];
        QVERIFY(all > 1);
        bench.session.gallery().mark({state.images().front().id}, false);
        QVERIFY(bench.session.gallery().lookedAt()[path] < all); // not all or nothing
        bench.session.gallery().mark({state.images().front().id}, true);
        bench.window.close();
    }
    Workbench bench(folder("e"));
    QVERIFY(openImages(bench, m_file));
    QCOMPARE(bench.session.gallery().state().lookedAtCount(), 8U);
}

// Share and Report judge by the marks of the last run, though Images is not opened in this one; a change elsewhere in
// the file keeps them.
void GalleryTest::marksCountWhereverSomebodyIs()
{
    const QString file = m_folder.filePath(QStringLiteral("marked.ipynb"));
    QVERIFY(QFile::copy(m_file, file));
    {
        Workbench bench(folder("marked"));
        QVERIFY(openImages(bench, file));
        bench.window.findChild<widgets::GalleryGrid*>()->selectAll();
        bench.window.actions().at(u"image.lookedAt")->trigger();
        bench.window.close();
    }
    Workbench bench(folder("marked"));
    bench.window.open({OpenTarget{file, {}, {}, {}}});
    QVERIFY(bench.waitForScan());
    QTest::keyClick(&bench.window, Qt::Key_9, Qt::ControlModifier);
    const auto asksForEyes = [&bench] {
        const auto& gates = bench.session.fixing().state().outcome()->verdictAfter.gates;
        return std::none_of(gates.begin(), gates.end(), [](const auto& gate) {
            return gate.picturesSeen > 0
                && std::none_of(gate.notJudged.begin(), gate.notJudged.end(),
                    [](const std::string& text) { return text.find("a person has to look") != std::string::npos; });
        });
    };
    const auto judged = [&] {
        const auto& state = bench.session.fixing().state();
        return state.outcome() && !state.working() && !asksForEyes();
    };
    QVERIFY(QTest::qWaitFor(judged, 20'000));

    QByteArray changed = notebook();
    QVERIFY(changed.replace("plot()", "plot(2)").contains("plot(2)"));
    QFile edited(file);
    QVERIFY(edited.open(QIODevice::WriteOnly) && edited.write(changed) == changed.size());
    edited.close();
    const auto followed = [&] {
        const auto& analysis = bench.session.fixing().state().analysis();
        return analysis && analysis->artifact.view() == std::string_view(changed.data(), std::size_t(changed.size()));
    };
    QVERIFY(QTest::qWaitFor(followed, 20'000));
    QVERIFY(QTest::qWaitFor(judged, 20'000));
    QVERIFY(!bench.window.findChild<widgets::GalleryGrid*>()); // nobody has been there
}

// The panel floats there: E and Ctrl+I bring it, and E does not leave for the review.
void GalleryTest::narrowWindowsShowWhatAnImageCarries()
{
    Workbench bench(folder("narrow"));
    bench.window.resize(900, 700);
    QVERIFY(openImages(bench, m_folder.filePath(QStringLiteral("work"))));
    auto* page = bench.window.findChild<ModePage*>(QStringLiteral("images"));
    QVERIFY(page && !page->inspectorShown());
    bench.window.actions().at(u"finding.explain")->trigger();
    QCOMPARE(bench.window.mode(), QStringLiteral("images"));
    QVERIFY(page->inspectorShown() && page->parts().inspector->isVisible());
    bench.window.actions().at(u"view.inspector")->trigger();
    QVERIFY(!page->parts().inspector->isVisible());
    bench.window.actions().at(u"view.inspector")->trigger();
    QVERIFY(page->parts().inspector->isVisible());
}

void GalleryTest::theFilterShowsWhatIsLeft()
{
    Workbench bench(folder("f"));
    QVERIFY(openImages(bench, m_file));
    auto& state = bench.session.gallery().state();
    auto* grid = bench.window.findChild<widgets::GalleryGrid*>();
    const auto segment = [&bench](const QString& text) {
        for (auto* button : bench.window.findChildren<QAbstractButton*>()) {
            if (button->text() == text && button->isVisible()) {
                return button;
            }
        }
        return static_cast<QAbstractButton*>(nullptr);
    };
    QTest::mouseClick(segment(QStringLiteral("With metadata")), Qt::LeftButton);
    QCOMPARE(grid->model()->rowCount(), 2);
    QTest::mouseClick(segment(QStringLiteral("Not looked at")), Qt::LeftButton);
    QCOMPARE(grid->model()->rowCount(), 8);
    grid->setFocus();
    for (int i = 0; i < 8; ++i) {
        QTest::keyClick(grid, Qt::Key_Return, Qt::ShiftModifier);
    }
    QCOMPARE(grid->model()->rowCount(), 0);
    QVERIFY(segment(QStringLiteral("Show all")));
    QTest::mouseClick(segment(QStringLiteral("Show all")), Qt::LeftButton);
    QCOMPARE(grid->model()->rowCount(), 8);
    QCOMPARE(state.lookedAtCount(), 8U);
}

void GalleryTest::everythingHasAName()
{
    Workbench bench(folder("g"));
    QVERIFY(openImages(bench, m_file));
    auto* page = bench.window.findChild<ModePage*>(QStringLiteral("images"));
    QVERIFY(page);
    for (auto* widget : page->findChildren<QWidget*>()) {
        if (widget->isVisible() && widget->focusPolicy() != Qt::NoFocus) {
            auto* accessible = QAccessible::queryAccessibleInterface(widget);
            QVERIFY2(!accessible->text(QAccessible::Name).isEmpty(), widget->metaObject()->className());
        }
    }
    auto* grid = QAccessible::queryAccessibleInterface(bench.window.findChild<widgets::GalleryGrid*>());
    for (int i = 0; i < grid->childCount(); ++i) {
        QVERIFY(grid->child(i)->text(QAccessible::Name).startsWith(QStringLiteral("Image, ")));
    }
}

void GalleryTest::memoryIsBounded()
{
    Workbench bench(folder("h"));
    QVERIFY(openImages(bench, m_file));
    auto& pictures = bench.session.pictures();
    auto request = bench.session.gallery().state().images()[0].picture;
    for (int i = 0; i < 260; ++i) { // a megabyte each
        request.key = "picture " + QByteArray::number(i);
        request.wanted = {600, 400};
        QVERIFY(QTest::qWaitFor([&] { return pictures.find(request) != nullptr; }, 10'000));
        QVERIFY(pictures.heldBytes() <= Pictures::mostBytes + (2 << 20));
    }
    QVERIFY(pictures.find(request)); // the last one is still there
}

void GalleryTest::theCanvasDoesNotDecode()
{
    const QString path = m_folder.filePath(QStringLiteral("large.ipynb"));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QImage noise(3'000, 2'600, QImage::Format_RGB32);
    quint32 seed = 7;
    for (int y = 0; y < noise.height(); ++y) {
        auto* row = reinterpret_cast<quint32*>(noise.scanLine(y));
        for (int x = 0; x < noise.width(); ++x) {
            seed = seed * 1'664'525 + 1'013'904'223;
            row[x] = 0xFF000000U | (seed >> 9 & 0x3F3F3F);
        }
    }
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    noise.save(&buffer, "PNG");
    file.write(
        "{\"cells\":[" + code({output("image/png", bytes)}) + "],\"metadata\":{},\"nbformat\":4,\"nbformat_minor\":4}");
    file.close();

    Workbench bench(folder("i"));
    QTest::qWait(200);
    LoopProbe probe;
    bench.window.open({OpenTarget{path, {}, {}, {}}});
    QVERIFY(bench.waitForScan());
    auto* canvas = bench.window.findChild<widgets::NotebookCanvas*>();
    const qreal height = canvas->cell(0).height(); // its place is kept from the start
    QVERIFY(height > 400);
    QVERIFY(QTest::qWaitFor([&] { return bench.session.pictures().heldBytes() > 1'000'000; }, 20'000));
    QTest::qWait(100);
    QCOMPARE(canvas->cell(0).height(), height);
    qInfo("longest turn %.1f ms", probe.worstMilliseconds());
}

// For people: CUPEL_SHOTS=folder keeps them.
void GalleryTest::pictures()
{
    if (qEnvironmentVariableIsEmpty("CUPEL_SHOTS")) {
        QSKIP("CUPEL_SHOTS names no folder");
    }
    Workbench bench(folder("j"));
    bench.window.resize(1280, 800);
    QVERIFY(openImages(bench, m_folder.filePath(QStringLiteral("work"))));
    auto* grid = bench.window.findChild<widgets::GalleryGrid*>();
    grid->setCurrentIndex(grid->model()->index(2, 0));
    QTest::keyClick(grid, Qt::Key_Space);
    for (const auto* theme : {"light", "dark", "contrast-light", "contrast-dark"}) {
        QVERIFY(bench.settings.set(u"appearance/theme", QString::fromLatin1(theme)));
        QTest::qWait(300);
        test::keep(bench.window, QStringLiteral("images-") + QString::fromLatin1(theme));
    }
    bench.session.gallery().state().setShow(GalleryState::Show::NotLookedAt);
    grid->selectAll();
    bench.session.gallery().state().markChosen();
    QTest::qWait(100);
    test::keep(bench.window, QStringLiteral("images-done"));
    bench.session.close();
    bench.window.showMode(QStringLiteral("images"));
    QTest::qWait(100);
    test::keep(bench.window, QStringLiteral("images-nothing"));
}

QTEST_MAIN(GalleryTest)
#include "tst_gallery.moc"
