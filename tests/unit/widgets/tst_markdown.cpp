// SPDX-License-Identifier: GPL-3.0-or-later
// Tags inside lines of Markdown: those that shape text are not shown, whatever could act is, and every text leads back.
#include "widgets/notebook/rich_text.h"

#include <QtTest/QTest>

using namespace cupel;
using namespace cupel::widgets;

namespace {

std::string shown(const std::string& markdown)
{
    std::string out;
    for (const auto& block : readMarkdown(markdown).blocks) {
        out += (out.empty() ? "" : "|") + block.text.text;
        for (const auto& row : block.table.rows) {
            for (const auto& cell : row) {
                out += "/" + cell.text.text;
            }
        }
    }
    return out;
}

} // namespace

class MarkdownTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void tagsThatShapeAreNotShown_data()
    {
        QTest::addColumn<QByteArray>("markdown");
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("bold") << QByteArray("a <b>big</b> word") << QByteArray("a big word");
        QTest::newRow("break") << QByteArray("one<br>two<br />\nthree") << QByteArray("one\ntwo\nthree");
        QTest::newRow("raised") << QByteArray("x<sup>2</sup>, H<sub>2</sub>O, 1<sup>st</sup>")
                                << QByteArray("x\u00b2, H\u2082O, 1st");
        QTest::newRow("font") << QByteArray("a <font color='red' size=+1>note</font> and <span style=\"color: "
                                            "blue\">more</span>")
                              << QByteArray("a note and more");
        QTest::newRow("link") << QByteArray("see <a href=\"https://example.org/a\" target=_blank>here</a>.")
                              << QByteArray("see here.");
        QTest::newRow("anchor") << QByteArray("## <a name=\"top\"></a>Title") << QByteArray("Title");
        QTest::newRow("picture") << QByteArray("a <img src=\"fig/a.png\" width=300> b")
                                 << QByteArray("a [fig/a.png]  b");
        QTest::newRow("two lines") << QByteArray("a <font\n  color=\"red\">note</font>") << QByteArray("a note");
        QTest::newRow("entities") << QByteArray("a&nbsp;&lt;b&gt; &amp; &copy;") << QByteArray("a <b> & \u00a9");
        QTest::newRow("table") << QByteArray("| a | b |\n|---|---|\n| x<br>y | <b>z</b> |\n")
                               << QByteArray("/a/b/x\ny/z");
        QTest::newRow("short lines under a head")
            << QByteArray("|a|b|c|\n|-:|--|-|\n|x|y|z|\n\nend | -") << QByteArray("/a/b/c/x/y/z|end | -");
        QTest::newRow("short lines without bars outside")
            << QByteArray("a | b\n:- | --\nx | y\n") << QByteArray("/a/b/x/y");
        QTest::newRow("short lines in a quote") << QByteArray("> a | b\n> -: | -\n> x | y\n") << QByteArray("/a/b/x/y");
        QTest::newRow("short lines that are code")
            << QByteArray("```\n| a |\n| - |\n```\n\n| a |\n| -: |\n| x |\n") << QByteArray("| a |\n| - ||/a/x");
        QTest::newRow("short lines in HTML")
            << QByteArray("<pre>\n| a |\n| - |\n</pre>\n\nend") << QByteArray("\n| a |\n| - ||end");
        QTest::newRow("code") << QByteArray("write `<b>` here") << QByteArray("write <b> here");
        QTest::newRow("no tag") << QByteArray("if a <b and c> d") << QByteArray("if a <b and c> d");
        QTest::newRow("pictures in a table")
            << QByteArray("<table><tr><td><img src=\"a.png\"> one</td><td><img src=b.png alt=\"a chart\"></td><td><img "
                          "src=\"data:image/png;base64,AAAA\"></td></tr></table>")
            << QByteArray("/[a.png] one/[a chart]/[data:]");
        QTest::newRow("block") << QByteArray("<center><b>Title</b></center>\n\ntext") << QByteArray("Title|text");
    }
    void tagsThatShapeAreNotShown()
    {
        QFETCH(QByteArray, markdown);
        QFETCH(QByteArray, text);
        QCOMPARE(QByteArray::fromStdString(shown(markdown.toStdString())), text);
    }

    void whatCouldActIsShown_data()
    {
        QTest::addColumn<QByteArray>("tag");
        QTest::addColumn<bool>("active");
        QTest::newRow("handler") << QByteArray("<b onclick=\"run()\">") << true;
        QTest::newRow("picture") << QByteArray("<img src=x onerror=alert(1)>") << true;
        QTest::newRow("script") << QByteArray("<script>") << true;
        QTest::newRow("link") << QByteArray("<a href=\"javascript:run()\">") << true;
        QTest::newRow("hidden link") << QByteArray("<a href=\"java&#115;cript:run()\">") << true;
        QTest::newRow("file") << QByteArray("<a href=\"file:///etc/passwd\">") << false;
        QTest::newRow("over two lines") << QByteArray("<b\nonclick=\"run()\">") << true;
        QTest::newRow("style") << QByteArray("<span style=\"position: fixed\">") << false;
        QTest::newRow("hidden") << QByteArray("<span style=\"display:none\">") << false;
        QTest::newRow("loading") << QByteArray("<span style=\"background: url(https://a.example)\">") << false;
        QTest::newRow("button") << QByteArray("<button data-commandlinker-command=\"notebook:run-all\">") << false;
        QTest::newRow("unknown attribute") << QByteArray("<b data-x=1>") << false;
        QTest::newRow("field") << QByteArray("<input name=password>") << false;
        QTest::newRow("comment") << QByteArray("<!-- hidden -->") << false;
    }
    void whatCouldActIsShown()
    {
        QFETCH(QByteArray, tag);
        QFETCH(bool, active);
        const auto markdown = "a " + tag.toStdString() + " b";
        const auto document = readMarkdown(markdown);
        const auto text = shown(markdown);
        QVERIFY2(text.find(tag.left(tag.indexOf('\n')).toStdString()) != std::string::npos, text.c_str());
        QCOMPARE(document.active, active);
    }

    void textLeadsBack()
    {
        const std::string markdown =
            "p <b>who@example.org</b> x<sup>2</sup> &amp; <img src=\"https://a.example/k\"> end";
        const auto document = readMarkdown(markdown);
        QCOMPARE(document.blocks.size(), std::size_t(1));
        const auto& text = document.blocks[0].text;
        for (const std::string part : {"who@example.org", "https://a.example/k", "end"}) {
            const auto at = text.text.find(part);
            QVERIFY2(at != std::string::npos, part.c_str());
            QCOMPARE(text.map.toRaw(at), static_cast<std::uint64_t>(markdown.find(part)));
        }
        QCOMPARE(text.map.toRaw(text.text.find("\u00b2")), static_cast<std::uint64_t>(markdown.find('2')));
        const auto strong =
            std::find_if(text.spans.begin(), text.spans.end(), [](const auto& span) { return span.strong; });
        QVERIFY(strong != text.spans.end());
        QCOMPARE(text.text.substr(strong->start, strong->end - strong->start), std::string("who@example.org"));
        QVERIFY(document.remote);
    }

    // Also behind and inside of a table whose line under the head is shorter than md4c reads it.
    void textBehindAShortLineLeadsBack()
    {
        const std::string markdown =
            "|a|b|\n|-:|-|\n|who@example.org|y|\n\n<p>in tags</p>\n\n```\n|k|\n|-|\n|m|\n```\n";
        const auto document = readMarkdown(markdown);
        QCOMPARE(document.blocks.size(), std::size_t(3));
        QCOMPARE(document.blocks[0].table.rows.size(), std::size_t(2));
        const auto& cell = document.blocks[0].table.rows[1][0];
        QCOMPARE(cell.source.start, static_cast<std::uint64_t>(markdown.find("who@")));
        QCOMPARE(cell.text.map.toRaw(0), cell.source.start);
        const auto& tags = document.blocks[1].text;
        QCOMPARE(tags.map.toRaw(tags.text.find("in tags")), static_cast<std::uint64_t>(markdown.find("in tags")));
        const auto& code = document.blocks[2].text;
        QCOMPARE(code.text, std::string("|k|\n|-|\n|m|"));
        QCOMPARE(code.map.toRaw(code.text.find('m')), static_cast<std::uint64_t>(markdown.find("|m|") + 1));
    }

    void nothingLeaksIntoTheNextBlock()
    {
        const auto document = readMarkdown("a <b>bold\n\nplain **x</b>y** z");
        QCOMPARE(document.blocks.size(), std::size_t(2));
        for (const auto& span : document.blocks[1].text.spans) {
            QVERIFY(
                document.blocks[1].text.text.substr(span.start, span.end - span.start).find('z') == std::string::npos);
        }
    }
};

QTEST_GUILESS_MAIN(MarkdownTest)
#include "tst_markdown.moc"
