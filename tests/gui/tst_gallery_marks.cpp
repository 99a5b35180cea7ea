// SPDX-License-Identifier: GPL-3.0-or-later
// Which pictures a mark is of, and which are listed when there are very many things like pictures.
#include "gallery_bench.h"

#include <QtCore/QBuffer>
#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtGui/QImage>

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

QTEST_MAIN(GalleryMarksTest)
#include "tst_gallery_marks.moc"
