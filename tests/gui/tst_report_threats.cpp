// SPDX-License-Identifier: GPL-3.0-or-later
// The part of a report that speaks of a threat model, on paper: drawings are vectors with words that can be found, the
// same input gives the same bytes, and what people wrote leaves without its credentials.
#include "app/export/export.h"
#include "app/shell/export_runner.h"
#include "tests/unit/report/made_threats.h"
#include "widgets/common/style.h"
#include "widgets/common/theme.h"
#include "widgets/report/page_layout.h"

#include <QtCore/QFile>
#include <QtCore/QProcess>
#include <QtCore/QStandardPaths>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>

#include <algorithm>

using namespace cupel;

namespace {

QByteArray output(const QString& program, const QStringList& arguments)
{
    QProcess process;
    process.start(program, arguments);
    return process.waitForFinished(30'000) ? process.readAllStandardOutput() : QByteArray();
}

QByteArray bytesOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

app::ExportJob jobOf(report::ThreatReview review)
{
    app::ExportJob job;
    job.workspace = test::madeWorkspace();
    job.options.threats = std::make_shared<const report::ThreatReview>(std::move(review));
    job.options.today = "2026-11-29";
    job.document = true;
    return job;
}

widgets::Pages pagesOf(const report::Document& document, widgets::PaperSize paper)
{
    widgets::PageLayout layout(document, paper, widgets::PaperFonts());
    while (layout.step()) { }
    return layout.take();
}

} // namespace

class ReportThreatsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void thePdfHasTheWholeModel();
    void drawingsStayInsideThePaper();
    void theSignOffHasItsOwnPage();
    void credentialsOfNotesStayHere();

private:
    [[nodiscard]] QString path(const char* name) const { return m_folder.filePath(QString::fromLatin1(name)); }
    QTemporaryDir m_folder;
};

void ReportThreatsTest::initTestCase()
{
    QVERIFY(m_folder.isValid());
    QApplication::setStyle(new widgets::Style);
    widgets::loadFonts();
    widgets::setTheme(widgets::ThemeName::Light);
}

void ReportThreatsTest::thePdfHasTheWholeModel()
{
    app::ExportJob job = jobOf(test::madeThreats());
    job.path = path("a.pdf");
    QVERIFY(app::runExport(job));
    const QByteArray first = bytesOf(job.path);
    job.path = path("b.pdf");
    QVERIFY(app::runExport(job));
    QVERIFY(!first.isEmpty() && bytesOf(job.path) == first);
    if (QStandardPaths::findExecutable(QStringLiteral("pdftotext")).isEmpty()) {
        QSKIP("no pdftotext here");
    }
    const QByteArray text =
        output(QStringLiteral("pdftotext"), {QStringLiteral("-layout"), job.path, QStringLiteral("-")});
    for (const char* wanted :
        {"Developer machine (trust 60)", "training job", "Title of nb-hardcoded-secret", "abababababababab",
            "Before: all threats that apply", "After: what remains open", "Signature", "Traceability of threats",
            "The file is checked by its digest.", "2026-11-20", "Not assessable statically"}) {
        QVERIFY2(text.contains(wanted), wanted);
    }
    // No picture stands for a drawing.
    const QByteArray images = output(QStringLiteral("pdfimages"), {QStringLiteral("-list"), job.path});
    QVERIFY2(images.count('\n') <= 2, images.constData());
}

void ReportThreatsTest::drawingsStayInsideThePaper()
{
    report::ThreatReview review = test::madeThreats();
    auto& model = review.overlaid.model;
    for (int i = 0; i < 90; ++i) {
        const std::string id = "element " + std::to_string(i) + " with a rather long name.ipynb";
        model.elements.push_back(test::element(id, "notebook", i % 2 == 0 ? "developer" : "serving"));
        model.flows.push_back(test::flow("x" + std::to_string(i), "train", id.c_str()));
    }
    const app::ExportJob job = jobOf(std::move(review));
    const report::Document document = report::build(job.workspace, job.options);
    for (const auto paper : {widgets::PaperSize::A4, widgets::PaperSize::Letter}) {
        const widgets::Pages pages = pagesOf(document, paper);
        const QRectF area = widgets::textArea(paper).adjusted(-5, -5, 5, widgets::pt(40));
        int lines = 0;
        for (const widgets::Page& page : pages.pages) {
            for (const widgets::PageOp& op : page.ops) {
                if (const auto* line = std::get_if<widgets::LineOp>(&op)) {
                    ++lines;
                    const QRectF where = line->points.boundingRect();
                    QVERIFY2(area.left() <= where.left() && area.top() <= where.top() && area.right() >= where.right()
                            && area.bottom() >= where.bottom(),
                        qPrintable(QStringLiteral("%1 %2 %3 %4")
                                .arg(where.left())
                                .arg(where.top())
                                .arg(where.right())
                                .arg(where.bottom())));
                } else if (const auto* frame = std::get_if<widgets::FrameOp>(&op)) {
                    QVERIFY(area.contains(frame->rect));
                }
            }
        }
        QVERIFY(lines > 90);
    }
}

void ReportThreatsTest::theSignOffHasItsOwnPage()
{
    const app::ExportJob job = jobOf(test::madeThreats());
    const widgets::Pages pages = pagesOf(report::build(job.workspace, job.options), widgets::PaperSize::A4);
    const auto at = pages.targets.find("section-threat_sign_off");
    QVERIFY(at != pages.targets.end());
    QVERIFY(at->second.y < widgets::textArea(widgets::PaperSize::A4).top() + 1);
    const QString text = pages.pages[static_cast<std::size_t>(at->second.page)].text;
    QCOMPARE(text.count(QStringLiteral("Signature\n")), 3);
    // The bookmarks lead to each part.
    const auto has = [&pages](const char* words) {
        return std::any_of(pages.outline.begin(), pages.outline.end(),
            [words](const report::OutlineEntry& entry) { return entry.text == words; });
    };
    QVERIFY(has("Attack paths") && has("Coverage of frameworks") && has("MITRE ATLAS") && has("Risk"));
}

void ReportThreatsTest::credentialsOfNotesStayHere()
{
    const std::string canary = "ghp_"
                               "wWPw5k4aXcaT4fNP0UcnZwJUVFk6LO0pINUx";
    report::ThreatReview review = test::madeThreats();
    review.overlaid.model.threats[0].reason = "rotated " + canary;
    review.team.events.changeEach([&canary](threats::Event& event) { event.note = "it was " + canary; });
    review.overlaid.model.elements[3].name = "api?key=" + canary;
    app::ExportJob job = jobOf(std::move(review));
    for (const auto& [format, name] :
        {std::pair{app::ReportFile::Html, "c.html"}, {app::ReportFile::Markdown, "c.md"}}) {
        job.format = format;
        job.path = path(name);
        QVERIFY(app::runExport(job));
        const QByteArray text = bytesOf(job.path);
        QVERIFY(text.contains("rotated "));
        QVERIFY(!text.contains("wWPw5k4aXcaT4fNP0Ucn"));
    }
}

QTEST_MAIN(ReportThreatsTest)
#include "tst_report_threats.moc"
