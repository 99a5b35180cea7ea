// SPDX-License-Identifier: GPL-3.0-or-later
// Notebooks with more in them than can be shown at once: every part can be reached by keyboard, nothing is lost or
// shown twice between two parts, nothing is seen of a secret that lies across a cut; the editor keeps to its box.
#include "made_notebooks.h"
#include "notebook_probe.h"

#include "analyzers/formats/region_text.h"
#include "widgets/common/style.h"
#include "widgets/common/theme.h"
#include "widgets/editor/source_view.h"
#include "widgets/notebook/notebook_canvas.h"
#include "widgets/notebook/notebook_view.h"
#include "widgets/notebook/table_block.h"
#include "widgets/notebook/text_pages.h"

#include <QtCore/QRegularExpression>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>

using namespace cupel;
using namespace cupel::widgets;
using namespace cupel::test;

namespace {

std::string numbered(int count, const std::string& words)
{
    std::string text;
    for (int i = 0; i < count; ++i) {
        text += "#" + std::to_string(i) + "; " + words;
    }
    return text;
}

// The numbers of numbered(), in the order of the screen.
QStringList numbersIn(const QString& text)
{
    static const QRegularExpression number(QStringLiteral("#(\\d+);"));
    QStringList found;
    for (auto it = number.globalMatch(text); it.hasNext();) {
        found.append(it.next().captured(1));
    }
    return found;
}

bool hasLink(const CellLayout& cell, const QString& name)
{
    return std::any_of(cell.blocks().begin(), cell.blocks().end(), [&](const auto& placed) {
        const auto hots = placed.block->hots();
        return std::any_of(hots.begin(), hots.end(), [&](const auto& hot) { return hot.name == name; });
    });
}

} // namespace

class NotebookLongTest : public QObject {
    Q_OBJECT

    struct Window {
        ReviewState state;
        NotebookView view{state};
        explicit Window(const AnalysisPtr& analysis)
        {
            view.resize(688, 852);
            view.show();
            view.activateWindow();
            (void)QTest::qWaitForWindowActive(&view);
            state.insert({analysis});
            state.setCurrentArtifact(analysis->artifact.path);
            QCoreApplication::processEvents();
            view.canvas()->setFocus();
        }
        // Tab to the link, Enter.
        bool follow(const QString& name)
        {
            auto& canvas = *view.canvas();
            for (int i = 0; i < 30; ++i) {
                if (const auto block = canvas.focusedBlock(); block >= 0) {
                    auto* part = QAccessible::queryAccessibleInterface(&canvas)->focusChild();
                    if (part->actionInterface()->actionNames().contains(name) && link(name)) {
                        QTest::keyClick(&canvas, Qt::Key_Return);
                        return true;
                    }
                }
                QTest::keyClick(&canvas, Qt::Key_Tab);
                if (!canvas.hasFocus()) {
                    canvas.setFocus();
                }
            }
            return false;
        }
        // Where the first link of the row is the one wanted, it is the one with the keyboard after the first Tab into
        // it.
        bool link(const QString& name) { return hasLink(view.canvas()->cell(view.canvas()->currentItem()), name); }
    };

private Q_SLOTS:
    void initTestCase() { installStyle(*qApp); }

    // Other viewers draw it: nobody may take the words in its place for all there is.
    void saysThatASvgIsThere()
    {
        Window window(test::analysed("graph.ipynb",
            notebookWithOutput("text/plain\": \"words\", \"image/svg+xml", "<svg><text>hidden</text></svg>")));
        const auto text = allText(window.view.canvas()->cell(0));
        QVERIFY2(text.contains(QStringLiteral("words")) && text.contains(QStringLiteral("SVG")), qPrintable(text));
        QVERIFY(!text.contains(QStringLiteral("hidden")));
        QVERIFY(hasLink(window.view.canvas()->cell(0), QStringLiteral("Show source")));
    }

    // Nothing of an output is nothing to see only because it is not drawn.
    void noOutputIsSilent()
    {
        const auto shown = [](const std::string& mime, const std::string& content, bool link) {
            Window window(test::analysed("silent.ipynb", notebookWithOutput(mime, content)));
            const auto& cell = window.view.canvas()->cell(0);
            return hasLink(cell, QStringLiteral("Show source")) == link ? allText(cell) : QString();
        };
        const auto markdown = shown("text/markdown", "<script>alert('x')</script>", true);
        QVERIFY2(markdown.contains(QStringLiteral("Markdown output holds script")), qPrintable(markdown));
        QVERIFY(markdown.contains(QStringLiteral("not run")));
        QVERIFY(shown("text/markdown", "<!-- a comment -->", true).contains(QStringLiteral("no text")));
        QVERIFY(!shown("text/markdown", "words", false).contains(QStringLiteral("Markdown output")));
        for (const char* nothing : {"", " ", "\n"}) {
            const auto empty = shown("image/png", nothing, false);
            QVERIFY2(empty.contains(QStringLiteral("Empty picture")), qPrintable(empty));
        }
        const auto broken = shown("image/jpeg", "abcd", true);
        QVERIFY2(broken.contains(QStringLiteral("cannot be shown")), qPrintable(broken));
    }

    // Links beside each other, as the guides of a library begin: as columns each would be cut within its first word.
    void aRowOfLinksCanBeRead()
    {
        std::string row = "<table><tr>";
        for (const char* name : {"View on the site", "Run it there", "View the source", "Download it"}) {
            row += std::string("<td><a href=\"https://docs.example.org/guide\"><img "
                               "src=\"https://docs.example.org/images/logo_32px.png\">")
                + name + "</a></td>";
        }
        const auto book = [](const std::string& source) {
            return R"({"cells":[{"cell_type":"markdown","metadata":{},"source":)" + quoted(source)
                + R"(}],"metadata":{},"nbformat":4,"nbformat_minor":4})";
        };
        const auto isTable = [](const CellLayout& cell) {
            return std::any_of(cell.blocks().begin(), cell.blocks().end(),
                [](const auto& placed) { return dynamic_cast<const TableBlock*>(placed.block.get()) != nullptr; });
        };
        Window links(test::analysed("guide.ipynb", book(row + "</tr></table>")));
        const auto& cell = links.view.canvas()->cell(0);
        QVERIFY(!isTable(cell));
        QVERIFY(allText(cell).contains(QStringLiteral("Run it there")));
        // Numbers stay in their columns.
        std::string numbers = "<table><tr>";
        for (int i = 0; i < 20; ++i) {
            numbers += "<td>" + std::to_string(1'000'000 + i) + "</td>";
        }
        Window data(test::analysed("data.ipynb", book(numbers + "</tr></table>")));
        QVERIFY(isTable(data.view.canvas()->cell(0)));
    }

    void everyPartIsReached_data()
    {
        QTest::addColumn<QString>("bytes");
        const auto add = [](const char* name, const std::string& bytes) {
            QTest::newRow(name) << QString::fromStdString(bytes);
        };
        add("lines", notebookWithOutput("text/plain", numbered(9'000, "and some words of it\n")));
        add("one line", notebookWithOutput("text/plain", numbered(20'000, "words ")));
        add("escapes", notebookWithOutput("text/plain", numbered(9'000, "\x1b[1m\"quoted\\ and\" more\x1b[0m\n")));
        add("other scripts",
            notebookWithOutput("text/plain", numbered(9'000, "\u6f22\u5b57 \u0627\u0644 \u0928\u093f\n")));
        add("json", notebookWithOutput("application/json", "[" + numbered(12'000, "\"a\\\\b\", ") + "1]"));
        add("page", notebookWithOutput("text/html", numbered(950, "<p>and some words</p>")));
        add("paragraph", notebookWithOutput("text/html", "<p>" + numbered(3'000, "&amp; some <b>words</b> ")));
        add("markdown", notebookWithOutput("text/markdown", numbered(3'000, "and *some* words\n\n")));
        add("long markdown", notebookWithOutput("text/markdown", numbered(20'000, "and *some* words\n\n")));
    }

    void everyPartIsReached()
    {
        QFETCH(QString, bytes);
        Window window(analysed("long.ipynb", bytes.toStdString()));
        auto& canvas = *window.view.canvas();
        QStringList seen;
        if (!window.link(QStringLiteral("Next part"))) {
            QVERIFY(window.follow(QStringLiteral("Show"))); // its fold
        }
        for (int part = 0; part < 200; ++part) {
            seen += numbersIn(allText(canvas.cell(0)));
            QVERIFY(canvas.cell(0).blocks().size() < 400);
            if (!window.link(QStringLiteral("Next part"))) {
                break;
            }
            QVERIFY(window.follow(QStringLiteral("Next part")));
        }
        QVERIFY(seen.size() >= 900);
        QCOMPARE(seen.last().toInt() + 1, int(seen.size()));
        for (int i = 0; i < seen.size(); ++i) {
            QCOMPARE(seen[i], QString::number(i));
        }
        QVERIFY(window.link(QStringLiteral("Previous part")));
        const auto last = numbersIn(allText(canvas.cell(0)));
        QVERIFY(window.follow(QStringLiteral("Previous part")));
        QVERIFY(numbersIn(allText(canvas.cell(0))) != last);
    }

    void everyOutputIsReached()
    {
        Window window(analysed("pictures.ipynb", picturesNotebook(130)));
        auto& canvas = *window.view.canvas();
        int pictures = roles(canvas.cell(0), BlockRole::Picture);
        QVERIFY(pictures > 0 && pictures < 130);
        QVERIFY(allText(canvas.cell(0)).contains(QStringLiteral("of 130")));
        while (window.link(QStringLiteral("Next outputs"))) {
            QVERIFY(window.follow(QStringLiteral("Next outputs")));
            pictures += roles(canvas.cell(0), BlockRole::Picture);
        }
        QCOMPARE(pictures, 130);
    }

    void longFilesAreManyItems()
    {
        const auto text = numbered(20'000, "x = 1\n");
        Window window(analysed("long.py", text));
        auto& canvas = *window.view.canvas();
        QVERIFY(canvas.itemCount() > 1);
        QStringList seen;
        for (int item = 0; item < canvas.itemCount(); ++item) {
            seen += numbersIn(allText(canvas.cell(item)));
        }
        QCOMPARE(seen.size(), 20'000);
        QCOMPARE(seen.last(), QStringLiteral("19999"));
        const auto& last = canvas.cell(canvas.itemCount() - 1);
        const auto* block = dynamic_cast<const TextBlock*>(last.blocks().front().block.get());
        QVERIFY(block);
        QCOMPARE(block->data().lines.back().number, 20'000);
    }

    void cutsHideWhatTheyCut()
    {
        const auto secret = plantedSecret();
        for (const auto* mime : {"text/plain", "text/html", "application/json"}) {
            Window window(analysed("cut.ipynb", notebookWithOutput(mime, [&secret] {
                std::string text;
                for (int i = 0; i < 6'000; ++i) {
                    text += "token " + secret + (i % 3 ? " " : " more words ");
                }
                return text;
            }())));
            auto& canvas = *window.view.canvas();
            const auto tail = QString::fromStdString(secret).mid(8);
            int parts = 0;
            if (!window.link(QStringLiteral("Next part"))) {
                QVERIFY(window.follow(QStringLiteral("Show")));
            }
            do {
                ++parts;
                const auto text = allText(canvas.cell(0));
                QVERIFY2(!text.contains(tail) && !text.contains(tail.left(12)) && !text.contains(tail.right(12)), mime);
            } while (window.link(QStringLiteral("Next part")) && window.follow(QStringLiteral("Next part")));
            QVERIFY(parts > 1);
        }
    }

    void findingsTurnToTheirPart()
    {
        Window window(analysed("far.ipynb",
            notebookWithOutput("text/plain",
                numbered(9'000, "and some words of it\n") + "token " + plantedSecret() + "\n"
                    + numbered(9'000, "more\n"))));
        auto& canvas = *window.view.canvas();
        QVERIFY(!window.state.visible().empty());
        window.state.next();
        QTest::qWait(30); // the page goes to the finding in a turn of its own
        const auto& text = allText(canvas.cell(0));
        QVERIFY(text.contains(QStringLiteral("token ")));
        const auto sign = canvas.cell(0).findingSign(0);
        QVERIFY(sign.has_value());
        QVERIFY(canvas.viewport()->rect().contains(sign->translated(canvas.itemRect(0).topLeft()).center().toPoint()));
    }

    // A chart of words is a long drawing: what it says can be read, and so can what stands below it.
    void wordsFarDownInAPageAreShown()
    {
        const auto page = [](int lines) {
            std::string html = "<svg width='9'>";
            for (int i = 0; i < lines; ++i) {
                html += "<line x1='" + std::to_string(i) + "' style='stroke:rgb(150,150,150);stroke-width:1'/>";
            }
            return notebookWithOutput(
                "text/html", html + "<text>drawn</text></svg><p>below</p><p>token " + plantedSecret() + "</p>");
        };
        Window window(analysed("words.ipynb", page(8'000))); // 500 KB
        auto& canvas = *window.view.canvas();
        QVERIFY(allText(canvas.cell(0)).contains(QStringLiteral("drawn")));
        QVERIFY(allText(canvas.cell(0)).contains(QStringLiteral("below")));
        window.state.next();
        QTest::qWait(30);
        QVERIFY(canvas.cell(0).findingSign(0).has_value());
        // Longer than what is read as a page: its source, at the place.
        Window longer(analysed("longer.ipynb", page(24'000)));
        longer.state.next();
        QTest::qWait(30);
        const auto text = allText(longer.view.canvas()->cell(0));
        QVERIFY(text.contains(QStringLiteral("<p>token ")));
        QVERIFY(longer.view.canvas()->cell(0).findingSign(0).has_value());
        QVERIFY(hasLink(longer.view.canvas()->cell(0), QStringLiteral("Previous part")));
    }

    void manyFindingsInOneCell()
    {
        Window window(analysed("many.ipynb", hostileNotebook("findings")));
        auto& canvas = *window.view.canvas();
        QVERIFY(findings(canvas.cell(0)) <= 41);
        QVERIFY(allText(canvas.cell(0)).contains(QStringLiteral("more findings in this cell")));
        window.state.setCurrent(window.state.visible().back());
        const auto last = window.state.current()->index;
        QVERIFY(canvas.cell(0).findingSign(last).has_value()); // the current one always has its card
    }

    void theEditorKeepsToItsBox()
    {
        Window window(analysed("churn-model.ipynb", handMadeNotebook()));
        auto& canvas = *window.view.canvas();
        for (const auto item : {1, 2, 3, 5}) {
            canvas.setCurrentItem(item);
            const auto before = canvas.cell(item).height();
            QTest::keyClick(&canvas, Qt::Key_Return);
            auto* editor = canvas.editor();
            QVERIFY(editor && editor->isVisible());
            const auto check = [&] {
                const auto& cell = canvas.cell(item);
                const auto box = cell.boxes().front().translated(canvas.itemRect(item).topLeft());
                const auto visible = box.intersected(canvas.viewport()->rect()).toAlignedRect();
                QCOMPARE(editor->geometry(), visible);
                for (const auto& placed : cell.blocks()) {
                    const auto rect = placed.rect.translated(canvas.itemRect(item).topLeft());
                    QVERIFY(placed.boxed || rect.top() >= box.bottom() || rect.bottom() <= box.top());
                }
                QVERIFY(visible.height() >= std::min(editor->wantedHeight(), canvas.viewport()->height() - 16));
            };
            check();
            keep(window.view, QStringLiteral("editor-%1").arg(item));
            QTest::keyClick(editor->focusProxy(), Qt::Key_F, Qt::ControlModifier);
            check();
            keep(window.view, QStringLiteral("editor-find-%1").arg(item));
            QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
            check();
            QTest::keyClick(editor->focusProxy(), Qt::Key_Escape);
            QVERIFY(!editor->isVisible());
            QCOMPARE(canvas.cell(item).height(), before);
        }
    }

    void everyZoomKeepsItsPlaces()
    {
        Window window(analysed("churn-model.ipynb", handMadeNotebook()));
        auto& canvas = *window.view.canvas();
        window.state.next();
        for (const double zoom : {0.5, 0.75, 1.5, 3.0}) {
            setTextZoom(zoom);
            QCoreApplication::processEvents();
            canvas.setCurrentItem(0);
            keep(window.view, QStringLiteral("zoom-%1").arg(zoom));
            for (int item = 0; item < canvas.itemCount(); ++item) {
                qreal bottom = 0;
                for (const auto& placed : canvas.cell(item).blocks()) {
                    QVERIFY(placed.rect.top() >= bottom && placed.rect.height() > 0);
                    bottom = placed.rect.bottom();
                    for (const auto& hot : placed.block->hots()) {
                        QVERIFY(hot.rect.right() <= placed.rect.width() + 8);
                    }
                }
                QVERIFY(bottom <= canvas.cell(item).height());
            }
        }
        setTextZoom(1);
        Window long_(analysed("log.ipynb", hostileNotebook("long line")));
        QTest::keyClick(long_.view.canvas(), Qt::Key_Tab);
        keep(long_.view, QStringLiteral("long-line"));
        QVERIFY(long_.follow(QStringLiteral("Show")));
        QVERIFY(long_.follow(QStringLiteral("Next part")));
        QTest::keyClick(long_.view.canvas(), Qt::Key_End);
        QCoreApplication::processEvents();
        keep(long_.view, QStringLiteral("long-line-end"));
        Window many(analysed("many.ipynb", hostileNotebook("findings")));
        QTest::keyClick(many.view.canvas(), Qt::Key_End);
        QCoreApplication::processEvents();
        keep(many.view, QStringLiteral("many-findings-end"));
    }

    void textsAreCutWhereNothingBreaks_data()
    {
        QTest::addColumn<int>("form");
        QTest::addColumn<QByteArray>("text");
        const auto big = int(TextPages::pageBytes) * 3;
        QTest::newRow("plain") << int(TextForm::Plain) << QByteArray("some words\n").repeated(big / 11);
        QTest::newRow("characters") << int(TextForm::Plain) << QByteArray("\xe6\xbc\xa2").repeated(big / 3);
        QTest::newRow("backslashes") << int(TextForm::JsonString) << QByteArray("\\\\").repeated(big / 2);
        QTest::newRow("escapes") << int(TextForm::JsonString) << QByteArray("\\u00e9").repeated(big / 6);
        QTest::newRow("list") << int(TextForm::JsonStringList)
                              << '[' + QByteArray("\"line\\n\", ").repeated(big / 10) + "\"end\"]";
        QTest::newRow("long string in a list")
            << int(TextForm::JsonStringList) << "[\"a\", \"" + QByteArray("x\\\"y").repeated(big / 4) + "\", \"b\"]";
        QTest::newRow("value") << int(TextForm::JsonValue)
                               << '[' + QByteArray("[1, \"a,b\"], ").repeated(big / 12) + "2]";
        QTest::newRow("empty") << int(TextForm::Plain) << QByteArray();
        QTest::newRow("open") << int(TextForm::JsonStringList) << QByteArray("[\"").append(QByteArray(big, 'x'));
    }

    void textsAreCutWhereNothingBreaks()
    {
        QFETCH(int, form);
        QFETCH(QByteArray, text);
        const ByteView view(text.constData(), std::size_t(text.size()));
        Region region;
        region.form = TextForm(form);
        region.bytes = {0, view.size()};
        const auto whole = formats::readRegion(view, region, 64 << 20);
        TextPages pages(view, region);
        std::string joined;
        std::uint64_t at = 0;
        for (std::size_t i = 0; pages.has(i) && i < 100; ++i) {
            auto piece = region;
            piece.bytes = pages.at(i).bytes;
            piece.form = pages.at(i).form;
            QVERIFY(piece.bytes.start >= at && piece.bytes.size() <= 2 * TextPages::pageBytes);
            at = piece.bytes.end;
            joined += formats::readRegion(view, piece, 64 << 20).text;
            QVERIFY(joined.empty() || (static_cast<unsigned char>(joined.back()) != 0xE6));
        }
        QVERIFY(joined == whole.text);
    }
};

QTEST_MAIN(NotebookLongTest)
#include "tst_notebook_long.moc"
