// SPDX-License-Identifier: GPL-3.0-or-later
// Notebook HTML as blocks: what is shown, what is left out and said, where every character came from.
#include "analyzers/formats/html/html_blocks.h"
#include "tests/unit/check.h"

#include <string>

using namespace cupel;
using Kind = formats::HtmlBlock::Kind;

CUPEL_TEST(paragraphsListsAndHeadings)
{
    const auto document =
        formats::readHtml("<h2>Head</h2><p>One <b>two</b>\n  three</p><ul><li>a<ol><li>b</li><li>c</ol></li></ul>tail");
    CHECK_EQ(document.blocks.size(), 6U);
    CHECK(document.blocks[0].kind == Kind::Heading);
    CHECK_EQ(document.blocks[0].level, 2);
    CHECK_EQ(document.blocks[1].text.text, "One two three");
    CHECK_EQ(document.blocks[1].text.spans.size(), 1U);
    CHECK(document.blocks[1].text.spans[0].strong);
    CHECK(document.blocks[2].kind == Kind::Item);
    CHECK_EQ(document.blocks[3].level, 2);
    CHECK_EQ(document.blocks[4].ordinal, 2);
    CHECK_EQ(document.blocks[5].text.text, "tail");
    CHECK(!document.active && !document.remote && !document.truncated);
}

CUPEL_TEST(everyCharacterLeadsBack)
{
    const std::string html = "<p>a &amp; b&nbsp;  <i>c&#x64;</i></p>";
    const auto document = formats::readHtml(html);
    CHECK_EQ(document.blocks.size(), 1U);
    const auto& text = document.blocks[0].text;
    CHECK_EQ(text.text, "a & b cd");
    CHECK_EQ(text.map.toRaw(text.text.find('&')), html.find("&amp;"));
    CHECK_EQ(text.map.toRaw(text.text.find('c')), html.find("c&#"));
    CHECK_EQ(text.map.toRaw(text.text.find('d')), html.find("&#x64;"));
    CHECK_EQ(text.map.toText(html.find("c&#"), text.text.size()), text.text.find('c'));
}

CUPEL_TEST(dataFrames)
{
    const std::string html =
        "<style scoped>.x{}</style><table class=dataframe><thead><tr><th></th><th>id</th><th>mail</th></tr></thead>"
        "<tbody><tr><th>0</th><td>1</td><td>a@b.example</td></tr><tr><th>1</th><td>2</td><td>&lt;none&gt;</td></tr></"
        "tbody></table>";
    const auto document = formats::readHtml(html);
    CHECK_EQ(document.blocks.size(), 1U);
    const auto& table = document.blocks[0].table;
    CHECK_EQ(table.rows.size(), 3U);
    CHECK_EQ(table.headRows, 1U);
    CHECK_EQ(table.rows[1][2].text.text, "a@b.example");
    CHECK_EQ(table.rows[1][2].source.start, html.find("a@b"));
    CHECK_EQ(table.rows[2][2].text.text, "<none>");
}

CUPEL_TEST(spanningCells)
{
    const auto document = formats::readHtml(
        "<table><tr><td rowspan=2>a</td><td colspan=2>b</td></tr><tr><td>c</td><td>d</td></tr></table>");
    const auto& rows = document.blocks[0].table.rows;
    CHECK_EQ(rows.size(), 2U);
    CHECK_EQ(rows[0].size(), 3U);
    CHECK_EQ(rows[1][0].text.text, "");
    CHECK_EQ(rows[1][1].text.text, "c");
}

CUPEL_TEST(activePartsAreLeftOutAndSaid)
{
    for (const std::string html : {"<script>x()</script>t", "<ScRiPt src=x>", "<img src=x onerror=y()>",
             "<a href=' java\nscript:x()'>t</a>", "<iframe src=x></iframe>", "<object data=x></object>",
             "<form action=x>", "<meta http-equiv=refresh content=0>", "<svg onload=x()></svg>", "<body onload=x()>"}) {
        const auto document = formats::readHtml(html);
        CHECK(document.active);
        for (const auto& block : document.blocks) {
            CHECK(block.text.text.find("x()") == std::string::npos);
        }
    }
    CHECK(formats::readHtml("<img src=https://example.org/p.png>").remote);
    CHECK(formats::readHtml("<link rel=stylesheet href=//example.org/s.css>").remote);
    CHECK(!formats::readHtml("<img src='data:image/png;base64,AAAA'>").remote);
    CHECK(!formats::readHtml("<b>on=1</b>").active);
}

CUPEL_TEST(hiddenTextIsShown)
{
    const auto document = formats::readHtml("<p style='display:none'>seen</p><!-- comment --><p hidden>too</p>");
    CHECK_EQ(document.blocks.size(), 2U);
    CHECK_EQ(document.blocks[0].text.text, "seen");
}

CUPEL_TEST(hostileInputStaysWithinTheLimits)
{
    const auto repeat = [](const std::string& part, int times) {
        std::string all;
        for (int i = 0; i < times; ++i) {
            all += part;
        }
        return all;
    };
    const formats::HtmlLimits limits;
    const auto nested = formats::readHtml(repeat("<table><tr><td>", 100'000) + "x");
    CHECK_EQ(nested.blocks.size(), 1U);
    const auto spans = formats::readHtml(repeat("<tr><td rowspan=99999 colspan=99999>x", 1'000).insert(0, "<table>"));
    std::size_t cells = 0;
    for (const auto& block : spans.blocks) {
        for (const auto& row : block.table.rows) {
            cells += row.size();
        }
    }
    CHECK(cells <= limits.cells * 5);
    CHECK(spans.truncated);
    const auto blocks = formats::readHtml(repeat("<p>x", 100'000));
    CHECK_EQ(blocks.blocks.size(), limits.blocks);
    CHECK(blocks.truncated);
    const auto text = formats::readHtml(std::string(4 << 20, 'x'));
    CHECK(text.truncated);
    for (const std::string broken : {"<", "</", "<!", "<!--", "<a href='", "&#", "&#x", "<td", "<table><tr>",
             "</table></table>", "<a =>", "<b><i></b></i>"}) {
        (void)formats::readHtml(broken);
    }
}

// Charts of words are drawings inside drawings; all of their words can be read, in their order.
CUPEL_TEST(wordsOfDrawingsAreText)
{
    const std::string html =
        "before<svg width='100%'><style>t{}</style><line x1='0'/><text x='1'>-4</text><text>but</text>"
        "<svg x='1'><svg><text>in<tspan>variably</tspan> so</text></svg></svg><svg/><title>tip</title>"
        "</svg><div>inputs</div>after";
    const auto document = formats::readHtml(html, {.forReaders = true});
    REQUIRE(CHECK_EQ(document.blocks.size(), 5U));
    CHECK_EQ(document.blocks[0].text.text, "before");
    CHECK(document.blocks[1].kind == Kind::Picture);
    CHECK_EQ(document.blocks[2].text.text, "-4 but in variably so tip");
    CHECK_EQ(document.blocks[2].text.map.toRaw(3), html.find("but<"));
    CHECK_EQ(document.blocks[3].text.text, "inputs");
    CHECK_EQ(document.blocks[4].text.text, "after");
    CHECK_EQ(formats::readHtml("a<svg><text>b</text></svg>c").blocks.size(), 3U); // unless nobody asks
    CHECK_EQ(
        formats::readHtml("<svg><text>never closed", {.forReaders = true}).blocks.back().text.text, "never closed");
}

// Coloured words are boxes in one line, with figures between them that a click shows.
CUPEL_TEST(boxesInLineGoOnWithTheirLine)
{
    const std::string html = "<div><div style='display: inline; x:y'><div style='color:red;display:none'>0.1</div><div "
                             "style='display:inline-block'>un</div></div><div style='display: inline'>seen <div>own"
                             "</div></div></div></div>end";
    const auto document = formats::readHtml(html, {.forReaders = true});
    REQUIRE(CHECK_EQ(document.blocks.size(), 3U));
    CHECK_EQ(document.blocks[0].text.text, "0.1 unseen");
    CHECK_EQ(document.blocks[1].text.text, "own");
    CHECK_EQ(document.blocks[2].text.text, "end");
}
