// SPDX-License-Identifier: GPL-3.0-or-later
// Report mode: laid out without a pause, for a profile, with and without sections, by keys, in every theme.
// CUPEL_SHOTS=folder keeps the pictures.
#include "analyzers/report/build.h"
#include "tests/golden/report/made_report.h"
#include "widgets/common/style.h"
#include "widgets/common/theme.h"
#include "widgets/report/page_preview.h"
#include "widgets/report/report_view.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QTemporaryDir>
#include <QtGui/QAccessible>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QPushButton>

using namespace cupel;

namespace {

widgets::Pages pagesOf(const report::Document& document)
{
    widgets::PageLayout layout(document, widgets::PaperSize::A4, widgets::PaperFonts());
    while (layout.step()) { }
    return layout.take();
}

QComboBox* boxNamed(const QWidget& parent, const char* name)
{
    for (QComboBox* box : parent.findChildren<QComboBox*>()) {
        if (box->accessibleName() == QLatin1String(name)) {
            return box;
        }
    }
    return nullptr;
}

} // namespace

class TestReportView : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void viewLaysOutInSlices();
    void viewAsksForAProfile();
    void viewLeavesOutSections();
    void viewKeyboardAndButtons();
    void viewInEveryTheme();

private:
    QString file(const QString& name) const { return m_folder + QLatin1Char('/') + name; }
    QTemporaryDir m_temporary;
    QString m_folder;
};

void TestReportView::initTestCase()
{
    QApplication::setStyle(new widgets::Style);
    widgets::loadFonts();
    widgets::setTheme(widgets::ThemeName::Light);
    m_folder = qEnvironmentVariable("CUPEL_SHOTS", m_temporary.path());
}

void TestReportView::viewLaysOutInSlices()
{
    widgets::ReportView view;
    view.resize(1280, 840);
    view.show();
    QSignalSpy finished(&view, &widgets::ReportView::layoutFinished);
    // Between two turns of the event loop there is never a long pause.
    QElapsedTimer gap;
    qint64 worst = 0;
    QTimer probe;
    probe.setInterval(1);
    connect(&probe, &QTimer::timeout, this, [&] { worst = std::max(worst, gap.restart()); });
    view.setDocument(test::longReport(500));
    gap.start();
    probe.start();
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 20000);
    probe.stop();
    qInfo("500 findings in the view: %d pages, longest pause %lld ms", finished[0][0].toInt(),
        static_cast<long long>(worst));
    QVERIFY(worst < 250); // 50 ms is the aim; a loaded machine gets some room
    QCOMPARE(view.preview()->pageCount(), finished[0][0].toInt());
}

// Whoever chooses a profile gets a report for it: with the keyboard, and what was unticked stays so.
void TestReportView::viewAsksForAProfile()
{
    widgets::ReportView view;
    view.resize(1280, 840);
    view.show();
    view.setProfiles(review::builtInProfiles());
    view.setDocument(report::build(test::madeWorkspace(), {}));
    for (QCheckBox* box : view.findChildren<QCheckBox*>()) {
        if (box->text() == QStringLiteral("Method")) {
            box->setChecked(false);
        }
    }
    QVERIFY(!view.profile());
    QSignalSpy asked(&view, &widgets::ReportView::profileChanged);
    QComboBox* box = boxNamed(view, "Sharing profile");
    QVERIFY(box != nullptr);
    box->setFocus();
    QTest::keyClick(box, Qt::Key_Down);
    QCOMPARE(asked.size(), 1);
    QVERIFY(view.profile());
    report::Options options;
    options.profile = view.profile();
    view.setDocument(report::build(test::madeWorkspace(), options));
    const report::Document shown = view.document();
    const auto hasSection = [&shown](const char* id) {
        return std::any_of(
            shown.sections.begin(), shown.sections.end(), [id](const auto& section) { return section.id == id; });
    };
    QVERIFY(hasSection("profile"));
    QVERIFY(!hasSection("method"));
    view.setProfiles(review::builtInProfiles());
    QCOMPARE(QString::fromStdString(view.profile()->name), QString::fromStdString(options.profile->name));
    QCOMPARE(asked.size(), 1);
}

void TestReportView::viewLeavesOutSections()
{
    widgets::ReportView view;
    view.resize(1280, 840);
    view.show();
    QSignalSpy finished(&view, &widgets::ReportView::layoutFinished);
    view.setDocument(test::longReport(20));
    QTRY_COMPARE(finished.size(), 1);
    const int all = view.preview()->pageCount();
    for (QCheckBox* box : view.findChildren<QCheckBox*>()) {
        if (box->text() == QStringLiteral("Findings")) {
            QTest::mouseClick(box, Qt::LeftButton, {}, QPoint(8, box->height() / 2));
        }
    }
    QTRY_COMPARE(finished.size(), 2);
    QCOMPARE(view.document().sections.size(), 2U);
    QVERIFY(view.preview()->pageCount() < all);
    QComboBox* paper = boxNamed(view, "Paper");
    QVERIFY(paper != nullptr);
    paper->setCurrentIndex(1);
    QTRY_COMPARE(finished.size(), 3);
    QCOMPARE(view.paper(), widgets::PaperSize::Letter);
    view.clear();
    QCOMPARE(view.preview()->pageCount(), 0);
}

void TestReportView::viewKeyboardAndButtons()
{
    widgets::ReportView view;
    view.resize(1280, 840);
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    QSignalSpy finished(&view, &widgets::ReportView::layoutFinished);
    view.setDocument(test::longReport(60));
    QTRY_COMPARE(finished.size(), 1);
    auto* preview = view.preview();
    QTest::keyClick(preview, Qt::Key_PageDown);
    QCOMPARE(preview->currentPage(), 1);
    QCOMPARE(view.statusText(), QStringLiteral("Page 2 of %1").arg(preview->pageCount()));
    QTest::keyClick(preview, Qt::Key_End);
    QCOMPARE(preview->currentPage(), preview->pageCount() - 1);
    QTest::keyClick(preview, Qt::Key_Home);
    const qreal before = preview->zoom();
    preview->zoomBy(2);
    QVERIFY(preview->zoom() > before);
    preview->fitPage();
    QVERIFY(qFuzzyCompare(preview->zoom(), before));
    // A row of the contents page leads to its page.
    preview->showPage(1);
    const widgets::Pages pages = pagesOf(test::longReport(60));
    const auto& link = pages.pages.at(1).links.at(5);
    const QRectF page = preview->pageRect(1);
    const qreal scale = page.width() / widgets::pageSize(pages.paper).width();
    QTest::mouseClick(preview->viewport(), Qt::LeftButton, {}, (page.topLeft() + link.area.center() * scale).toPoint());
    QCOMPARE(preview->currentPage(), pages.targets.at(link.anchor).page);
    // Painted pages are in the accessible tree with what stands on them.
    QAccessibleInterface* tree = QAccessible::queryAccessibleInterface(preview);
    QVERIFY(tree != nullptr);
    QCOMPARE(tree->childCount(), preview->pageCount());
    QCOMPARE(tree->child(0)->text(QAccessible::Name), QStringLiteral("Page 1 of %1").arg(preview->pageCount()));
    QVERIFY(tree->child(0)->text(QAccessible::Description).contains(QStringLiteral("Not fit to share as it is")));
    QCOMPARE(tree->indexOfChild(tree->child(2)), 2);
    for (QWidget* widget : view.findChildren<QWidget*>()) {
        QAccessibleInterface* one = QAccessible::queryAccessibleInterface(widget);
        if (widget->focusPolicy() != Qt::NoFocus && widget->isVisible() && one != nullptr) {
            QVERIFY2(!one->text(QAccessible::Name).isEmpty(), widget->metaObject()->className());
        }
    }
    QSignalSpy pdf(&view, &widgets::ReportView::exportPdfRequested);
    for (QPushButton* button : view.findChildren<QPushButton*>()) {
        if (button->isDefault()) {
            QTest::mouseClick(button, Qt::LeftButton);
        }
    }
    QCOMPARE(pdf.size(), 1);
}

void TestReportView::viewInEveryTheme()
{
    using widgets::ThemeName;
    for (const auto& [theme, name] : {std::pair{ThemeName::Light, "light"}, {ThemeName::Dark, "dark"},
             {ThemeName::ContrastLight, "contrast-light"}, {ThemeName::ContrastDark, "contrast-dark"}}) {
        widgets::setTheme(theme);
        widgets::ReportView view;
        view.resize(1360, 852);
        view.show();
        QSignalSpy finished(&view, &widgets::ReportView::layoutFinished);
        view.setDocument(test::longReport(20));
        QTRY_COMPARE(finished.size(), 1);
        view.showExported({QStringLiteral("audit.pdf"), QString(64, QLatin1Char('a')), 14, 618000});
        QTest::qWait(20); // labels that changed their text find their place
        const QImage shot = view.grab().toImage();
        shot.save(file(QStringLiteral("report-%1.png").arg(QLatin1String(name))));
        // Paper is white in every theme.
        const QRectF page = view.preview()->pageRect(0);
        const QPoint inside = view.preview()->viewport()->mapTo(&view, (page.topLeft() + QPointF(6, 6)).toPoint());
        QCOMPARE(shot.pixelColor(inside * shot.devicePixelRatio()), QColor(Qt::white));
    }
    widgets::setTheme(ThemeName::Light);
}

QTEST_MAIN(TestReportView)
#include "tst_report_view.moc"
