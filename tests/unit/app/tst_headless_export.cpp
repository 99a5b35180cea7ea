// SPDX-License-Identifier: GPL-3.0-or-later
// What `cupel-workbench --export` writes without a window: pictures that people have looked at, as the file of
// decisions says, wait for nobody.
#include "analyzers/engine/analyze.h"
#include "analyzers/formats/image/image_places.h"
#include "analyzers/review/picture_marks.h"
#include "app/shell/application.h"
#include "tests/unit/rules/made.h"

#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

using namespace cupel;
using namespace cupel::app;

namespace {

std::string picture(char colour)
{
    return std::string("GIF89a\1\0\1\0\x80\0\0\0\0\0\xFF\xFF", 18) + colour
        + std::string(",\0\0\0\0\1\0\1\0\0\2\2D\1\0;", 16);
}

// Two pictures: an output and one inside a text.
std::string notebook()
{
    return R"({"cells": [{"cell_type": "code", "execution_count": 1, "metadata": {}, "source": "p", "outputs": [)"
           R"({"output_type": "display_data", "metadata": {}, "data": {"image/gif": ")"
        + test::toBase64(picture('a'))
        + R"("}}, {"output_type": "display_data", "metadata": {}, "data": {"text/html": "<img src='data:;base64,)"
        + test::toBase64(picture('b')) + R"('>"}}]}], "metadata": {}, "nbformat": 4, "nbformat_minor": 4})";
}

void write(const QString& path, const std::string& bytes)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray::fromStdString(bytes));
}

QByteArray read(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

// A file of decisions that says that the first `count` pictures of the notebook were looked at.
std::string marked(std::size_t count)
{
    Artifact artifact;
    artifact.path = "a.ipynb";
    artifact.bytes = std::make_shared<const std::string>(notebook());
    ScanOptions options;
    options.keepBytes = true;
    Budget budget;
    const auto analysis = engine::analyze(std::move(artifact), options, budget);
    review::PictureMarkChanges changes;
    for (const auto& place : formats::listImages(analysis.artifact, analysis.facts, budget, count)) {
        const auto id = toHex(review::pictureId(analysis, place));
        changes[id] = review::PictureMark{id, "a.ipynb", "A. Reader", "2026-01-02"};
    }
    return review::changePictureMarks({}, changes);
}

} // namespace

class HeadlessExportTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void picturesLookedAtWaitForNobody();
    void aFileThatIsGoneIsToldAndNothingWritten();

private:
    [[nodiscard]] QString at(const char* name) const { return m_folder.path() + u'/' + QString::fromUtf8(name); }
    QTemporaryDir m_folder;
};

void HeadlessExportTest::picturesLookedAtWaitForNobody()
{
    write(at("a.ipynb"), notebook());
    CommandLine line;
    line.targets = {at("a.ipynb")};
    line.profile = QStringLiteral("customer");
    const auto exported = [&](const char* name) {
        line.exportPath = at(name);
        (void)runHeadlessExport(line);
        return read(line.exportPath);
    };
    const auto nobody = exported("nobody.md");
    QVERIFY(nobody.contains("Pictures looked at by a person: **0 of 2**"));
    QVERIFY(nobody.contains("hat 2 pictures show is not read"));

    line.decisions = at("decisions.jsonl");
    write(line.decisions, marked(1));
    const auto one = exported("one.md");
    QVERIFY(one.contains("Pictures looked at by a person: **1 of 2**"));
    QVERIFY(one.contains("hat 1 of 2 pictures shows is not read"));

    write(line.decisions, marked(2));
    const auto all = exported("all.md");
    QVERIFY(all.contains("Pictures looked at by a person: **2 of 2**"));
    QVERIFY(!all.contains("is not read: a person has to look"));
    QVERIFY(exported("all.html").contains("2 of 2"));
}

void HeadlessExportTest::aFileThatIsGoneIsToldAndNothingWritten()
{
    write(at("a.ipynb"), notebook());
    CommandLine line;
    line.targets = {at("a.ipynb")};
    line.decisions = at("gone.jsonl");
    line.exportPath = at("gone.md");
    QVERIFY(runHeadlessExport(line) != 0);
    QVERIFY(!QFile::exists(line.exportPath));
}

QTEST_MAIN(HeadlessExportTest)
#include "tst_headless_export.moc"
