// SPDX-License-Identifier: GPL-3.0-or-later
// Which pictures a mark is of, and which are listed when there are very many things like pictures.
#include "gallery_bench.h"

#include "analyzers/review/picture_marks.h"
#include "app/shell/actions.h"
#include "app/shell/status_bar.h"

#include <QtCore/QBuffer>
#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtGui/QImage>
#include <QtWidgets/QLabel>

#include <algorithm>

using namespace cupel;
using namespace cupel::app;
using cupel::test::openImages;
using cupel::test::Workbench;

namespace {

QByteArray picture()
{
    QImage image({64, 64}, QImage::Format_RGB32);
    image.fill(Qt::green);
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return bytes;
}

} // namespace

class GalleryMarksTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void eachPictureHasAMarkOfItsOwn();
    void decoysHideNoPicture();
    void marksAreKeptWithTheDecisions();

private:
    [[nodiscard]] QString folder(const char* name) const { return m_folder.filePath(QString::fromLatin1(name)); }
    QTemporaryDir m_folder;
};

// Pictures that begin alike in their first lines, as those of one program do, and equal ones that cannot be decoded.
void GalleryMarksTest::eachPictureHasAMarkOfItsOwn()
{
    const QString file = m_folder.filePath(QStringLiteral("alike.ipynb"));
    const auto lines = [](QByteArray bytes, char last) {
        bytes[bytes.size() - 1] = last;
        QByteArray base64 = bytes.toBase64();
        for (qsizetype at = 76; at < base64.size(); at += 78) {
            base64.insert(at, "\\n");
        }
        return "<img src='data:image/png;base64," + base64 + "'>";
    };
    const QByteArray bytes = picture();
    const QByteArray broken = "<img src='data:image/png;base64," + bytes.toBase64().left(60) + "==";
    QFile made(file);
    QVERIFY(made.open(QIODevice::WriteOnly));
    made.write(R"x({"cells":[{"cell_type":"markdown","metadata":{},"source":")x" + lines(bytes, 'a') + ' '
        + lines(bytes, 'b') + ' ' + broken + "AAAA'> " + broken
        + R"x(BBBB'>"}],"metadata":{},"nbformat":4,"nbformat_minor":4})x");
    made.close();
    Workbench bench(folder("alike"));
    QVERIFY(openImages(bench, file));
    const auto& images = bench.session.gallery().state().images();
    QCOMPARE(images.size(), 4U);
    const std::string path = images.front().picture.analysis->artifact.path;
    QCOMPARE(images.front().picture.analysis->pictures, 4U);
    for (std::size_t i = 0; i < images.size(); ++i) {
        bench.session.gallery().mark({images[i].id}, true);
        QCOMPARE(bench.session.gallery().lookedAt()[path], i + 1);
    }
}

void GalleryMarksTest::decoysHideNoPicture()
{
    const QString file = m_folder.filePath(QStringLiteral("decoys.ipynb"));
    QFile made(file);
    QVERIFY(made.open(QIODevice::WriteOnly));
    const auto decoys = QByteArray("data:image/png;base64,AAAA ").repeated(21'000);
    made.write(R"x({"cells":[{"cell_type":"markdown","metadata":{},"source":")x" + decoys + "\"},"
        + R"x({"cell_type":"code","execution_count":1,"metadata":{},"source":"p","outputs":[{"output_type":"display_data","metadata":{},"data":{"image/png":")x"
        + picture().toBase64() + "\"}}]}" + R"x(],"metadata":{},"nbformat":4,"nbformat_minor":4})x");
    made.close();
    Workbench bench(folder("decoys"));
    QVERIFY(openImages(bench, file));
    const auto& state = bench.session.gallery().state();
    QCOMPARE(state.images().size(), Gallery::mostOthers + 1);
    QVERIFY(state.images().front().toBeSeen);
    QVERIFY(!state.images().back().toBeSeen);
}

// Where the command line finds them; equal pictures are several that were looked at together.
void GalleryMarksTest::marksAreKeptWithTheDecisions()
{
    const QString file = m_folder.filePath(QStringLiteral("kept/two.ipynb"));
    const QString kept = m_folder.filePath(QStringLiteral("kept/.cupel/decisions.jsonl"));
    QVERIFY(QDir(m_folder.path()).mkpath(QStringLiteral("kept")));
    QFile made(file);
    QVERIFY(made.open(QIODevice::WriteOnly));
    const QByteArray one = "<img src='data:image/png;base64," + picture().toBase64() + "'>";
    made.write(R"x({"cells":[{"cell_type":"markdown","metadata":{},"source":")x" + one + ' ' + one
        + R"x("}],"metadata":{},"nbformat":4,"nbformat_minor":4})x");
    made.close();
    Workbench bench(folder("kept-data"));
    QVERIFY(openImages(bench, file));
    auto& state = bench.session.gallery().state();
    QCOMPARE(state.images().size(), 2U);
    QCOMPARE(state.images()[0].id, state.images()[1].id);
    state.setCurrent(0);
    state.setChosen({0});
    bench.window.actions().at(u"image.lookedAt")->trigger();
    QCOMPARE(state.lookedAtCount(), 2U);
    const auto labels = bench.window.findChild<StatusBar*>()->findChildren<QLabel*>();
    QVERIFY(std::any_of(labels.begin(), labels.end(),
        [](const QLabel* label) { return label->accessibleName().startsWith(QStringLiteral("2 image")); }));
    const auto marks = [&kept] {
        QFile lines(kept);
        return lines.open(QIODevice::ReadOnly) ? review::readPictureMarks(lines.readAll().toStdString())
                                               : review::PictureMarks{};
    };
    QTRY_COMPARE(marks().size(), 1U);
    const auto mark = marks().begin()->second;
    QCOMPARE(mark.id, state.images()[0].id.toHex().toStdString());
    QCOMPARE(mark.artifact, std::string("two.ipynb"));
    QVERIFY(!mark.looked.empty());
    bench.session.undo().undo();
    QTRY_COMPARE(marks().size(), 0U);
    bench.session.undo().redo();
    QTRY_COMPARE(marks().size(), 1U);
}

QTEST_MAIN(GalleryMarksTest)
#include "tst_gallery_marks.moc"
