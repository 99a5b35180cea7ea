// SPDX-License-Identifier: GPL-3.0-or-later
// Active markup as browsers read it: tags, attributes, addresses, styles, scripts, and text that is markup to others.
// The long list of payloads is tests/bench/xss.py.
#include "analyzers/formats/html/css_acts.h"
#include "analyzers/formats/html/html_active.h"
#include "analyzers/formats/html/html_tags.h"
#include "analyzers/formats/html/html_url.h"
#include "tests/unit/check.h"

#include <algorithm>
#include <string>

using namespace cupel;
using namespace cupel::formats;

namespace {

std::string attributesOf(std::string_view html)
{
    HtmlTagReader reader(html);
    HtmlTag tag;
    HtmlAttribute attribute;
    std::string out;
    while (reader.next(tag)) {
        out += std::string(tag.name) + '[';
        while (reader.nextAttribute(attribute)) {
            out += std::string(attribute.name) + '=' + std::string(attribute.value) + ';';
        }
        out += ']';
    }
    return out;
}

// The texts of the pieces of one kind.
std::vector<std::string> found(std::string_view html, ActiveKind kind)
{
    Budget budget;
    std::vector<std::string> out;
    for (const auto& piece : findActive(html, budget)) {
        if (piece.kind == kind) {
            out.emplace_back(slice(html, piece.bytes));
        }
    }
    return out;
}

std::size_t count(std::string_view html)
{
    Budget budget;
    return findActive(html, budget).size();
}

HtmlUrl::Kind kind(std::string_view address)
{
    return readUrl(address).kind;
}

} // namespace

CUPEL_TEST(attributesAreReadAsBrowsersDo)
{
    CHECK_EQ(attributesOf("<a b=c d='e f' g=\"h>i\" j>"), "a[b=c;d=e f;g=h>i;j=;]");
    CHECK_EQ(attributesOf("<a/b=\"c\"/d='e'f=g>"), "a[b=c;d=e;f=g;]");
    CHECK_EQ(attributesOf("<a b\n=\n'c' =d=e x=/y>"), "a[b=c;=d=e;x=/y;]");
    CHECK_EQ(attributesOf("<a b=c/d=e>"), "a[b=c/d=e;]");
    CHECK_EQ(attributesOf("<!--><a b><!-- <c> --!><d><!x><e></ f><g"), "[]a[b=;][]d[]!x>[]e[]/ f>[]g[]");
}

CUPEL_TEST(addressesAreReadAsBrowsersDo)
{
    CHECK(kind("javascript:x") == HtmlUrl::Kind::Script);
    CHECK(kind(" \x01java\tscr\nipt:x") == HtmlUrl::Kind::Script);
    CHECK(kind("&#106;avascript&colon;x") == HtmlUrl::Kind::Script);
    CHECK(kind("&#0000000000000000000106avascript:x") == HtmlUrl::Kind::Script);
    CHECK(kind("data:text/html;base64,x") == HtmlUrl::Kind::Document);
    CHECK(kind("data:image/png;base64,x") == HtmlUrl::Kind::Data);
    CHECK(kind("notjavascript:x") == HtmlUrl::Kind::Other);
    CHECK(kind("a/javascript:x") == HtmlUrl::Kind::Relative);
    CHECK(kind("file:///etc/x") == HtmlUrl::Kind::LocalFile);
    CHECK(kind("#javascript:x") == HtmlUrl::Kind::Relative);
    CHECK_EQ(readUrl("https://user:pw@Host.Example:80/x").host, "host.example");
    CHECK_EQ(readUrl("\\/host.example\\x").host, "host.example");
    CHECK_EQ(readUrl("https:host.example").host, "host.example");
    CHECK(readUrl("jav&Tab;ascript:x").hidden && !readUrl("javascript:x").hidden && readUrl("JavaScript:x").hidden);
}

// Whatever names a host, it is compared as browsers do.
CUPEL_TEST(hostsAreReadAsBrowsersDo)
{
    for (const char* address :
        {"http:&#47;&#47;host.example/x", "https:\\\\host.example", "//host.example/x", "/\\host.example",
            "///host.example", "https:/host.example:443", "HTTPS://HOST.Example./", "https://%68ost.example/",
            "https://host\uFF0Eexample/", "https://\uFF48ost\u3002example", "https://ho\u00ADst.example",
            "https://host%EF%BC%8Eexample", "https://\u24D7ost.example", "https://\U0001D421ost.example",
            "https://a@b@host.example", "https://host.example\\@other.example", "ht\ntps:/\t/ho\rst.example",
            "https&colon;&sol;&bsol;host.example", "feed:view-source:https://host.example"}) {
        const auto url = readUrl(address);
        CHECK(url.kind == HtmlUrl::Kind::Remote);
        CHECK_EQ(url.host, "host.example");
    }
    for (const char* address : {"http://10.0.0.1", "http://0xA.1", "http://167772161", "http://012.0.0x0.1/",
             "http://\uFF11\uFF10.0.0.1", "http://%31%30.0.0.1."}) {
        CHECK_EQ(readUrl(address).host, "10.0.0.1");
    }
    for (const char* address : {"http:/%2fhost.example", "https://ho st.example", "https://1.2.3.4.5",
             "https://300.1.1.1", "//%00host.example", "https://ho%25st.example", "https://", "https://{{ host }}/x"}) {
        CHECK(readUrl(address).kind == HtmlUrl::Kind::Other); // no browser asks anybody
    }
    CHECK_EQ(readUrl("https://\u00B9\u00B2\u00B3.\u2084\u2075.\u2466.\u24EA").host, "123.45.7.0");
    CHECK(!readUrl("https://\u0661.2.3.4").host.empty());
    CHECK_EQ(readUrl("https://[2001:DB8::1]:443/x").host, "[2001:db8::1]");
}

// What stands in front of the part that decides, and how long it is, hides nothing.
CUPEL_TEST(longAddressesAreReadToTheirHost)
{
    const std::string name(5'000, 'a');
    CHECK_EQ(readUrl("https://" + name + "@host.example/x").host, "host.example");
    CHECK_EQ(readUrl("https://" + name + "%@host.example").host, "host.example");
    CHECK(kind(std::string(5'000, ' ') + "javascript:x") == HtmlUrl::Kind::Script);
    CHECK(kind("java" + std::string(5'000, '\t') + "script:x") == HtmlUrl::Kind::Script);
    std::string references;
    for (const char c : std::string_view("https://host.example/")) {
        references += "&#" + std::string(50, '0') + std::to_string(static_cast<int>(c)) + ';';
    }
    CHECK_EQ(readUrl(references).host, "host.example");
    std::string wrapped;
    for (int i = 0; i < 100'000; ++i) {
        wrapped += "feed:";
    }
    CHECK(kind(wrapped) != HtmlUrl::Kind::Remote);
}

CUPEL_TEST(whatCallsHomeIsFoundWhereverItStands)
{
    std::string many;
    for (int i = 1; i < 40; ++i) {
        many += "a.png " + std::to_string(i) + "x, ";
    }
    std::string local;
    for (int i = 0; i < 40; ++i) {
        local += "\"a" + std::to_string(i) + ".png\" 1x, ";
    }
    const std::string data = "data:image/png;base64," + std::string(10'000, 'A') + " 1x, ";
    for (const std::string& html :
        {"<img srcset='" + many + "https://host.example/a 99x'>", "<img srcset='" + data + "//host.example/a 2x'>",
            std::string("<img srcset='a&#32;1x&#44;https:&#47;&#47;host.example/a'>"),
            std::string("<p style='background:-webkit-image-set(\"//host.example/a\" 1x)'>"),
            std::string("<p style='background:image-set(\"a.png\" 1x, \"//host.example/a\" 2x)'>"),
            "<p style='background:image-set(" + local + "\"//host.example/a\" 1x)'>",
            std::string(R"(<p style='background:image-set("a\"" 1x, "//host.example/a" 2x)'>)"),
            std::string(R"(<p style='background:image-set("(((" 1x, url("a.png") 1x, "//host.example/a" 2x)'>)"),
            "<p style='background:image-set(\"" + std::string(70'000, 'a') + "\" 1x, \"//host.example/a\" 2x)'>",
            std::string(R"(<p style='background:image-set(url("//host.example/a") 1x, "b.png" 2x)'>)"),
            std::string("<svg><rect fill='url(//host.example/a#b)'/></svg>"),
            std::string("<svg><rect FILTER='url(&#47;/host.example/a)'/></svg>")}) {
        CHECK_EQ(found(html, ActiveKind::RemoteMedia).size(), 1);
    }
    CHECK_EQ(
        found("<img srcset='//a.example/a 1x, //b.example/b 2x, //a.example/c 3x'>", ActiveKind::RemoteMedia).size(),
        2);
    CHECK(found("<svg><rect fill='url(#b)'/></svg>", ActiveKind::RemoteMedia).empty());
}

// Words of attributes are compared without their character references.
CUPEL_TEST(wordsOfAttributesAreReadAsBrowsersDo)
{
    CHECK_EQ(found("<img width='&#49;' src='//host.example/a'>", ActiveKind::Beacon).size(), 1);
    CHECK_EQ(found("<img height=' 1 ' src='//host.example/a'>", ActiveKind::Beacon).size(), 1);
    CHECK_EQ(found("<a target='_bl&#97;nk' href='//host.example'>", ActiveKind::Opener).size(), 1);
    CHECK_EQ(found("<link rel='&#105;mport' href='a.html'>", ActiveKind::Import).size(), 1);
    CHECK_EQ(found("<font color='whit&#101;'>words that nobody sees</font>", ActiveKind::HiddenText).size(), 1);
    CHECK_EQ(found("<img id='coo&#107;ie'>", ActiveKind::Clobber).size(), 1);
    Budget budget;
    const auto pieces = findActive("<form action='//host.example'><input type='p&#97;ssword'>", budget);
    CHECK(pieces.size() == 1 && pieces[0].asksPassword);
}

CUPEL_TEST(stylesAreReadWithEscapesAndComments)
{
    const auto acts = readCss("a{b:u\\72l(//h.example/x);c:exp/**/ression(1)} @\\69mport '//i.example'", false);
    REQUIRE(acts.size() == 3);
    CHECK(acts[0].kind == CssAct::Kind::Load && acts[0].host == "h.example");
    CHECK(acts[1].kind == CssAct::Kind::Script && acts[1].hidden);
    CHECK(acts[2].kind == CssAct::Kind::Import && acts[2].host == "i.example");
    CHECK(readCss("a{background:url(data:image/png;base64,x);position:relative}", false).empty());
    CHECK_EQ(readCss("color:#fff;background:#FFFFFF", true).size(), 1);
    CHECK(readCss("color:#fff;background:#000", true).empty());
}

CUPEL_TEST(rawTextIsMarkupToSomebody)
{
    CHECK_EQ(found("<title><img src=x onerror=run()></title>", ActiveKind::Mutation).size(), 1);
    CHECK_EQ(found("<p title='</style><img onerror=run()>'>", ActiveKind::Mutation).size(), 1);
    CHECK(found("<p title='a <b> c'>", ActiveKind::Mutation).empty());
    CHECK_EQ(found("<svg><style>&lt;img onerror=run()></style></svg>", ActiveKind::Mutation).size(), 1);
    CHECK_EQ(count("<style>a > b { color: red }</style><title>a < b</title>"), 0);
}

CUPEL_TEST(framesAreOpened)
{
    const std::string html = "<iframe srcdoc=\"&lt;script&gt;run()&lt;/script&gt;\"></iframe>";
    Budget budget;
    const auto pieces = findActive(html, budget);
    REQUIRE(pieces.size() == 2);
    CHECK(pieces[1].kind == ActiveKind::Script && pieces[1].nested);
    CHECK(slice(html, pieces[1].bytes).starts_with("<iframe"));
}

CUPEL_TEST(scriptsAreJudgedByWhatTheyName)
{
    const auto of = [](std::string_view text) { return readScript(text); };
    CHECK(of("IPython.notebook.kernel.execute('x')").kernel);
    CHECK(!of("invokeFunction('convertToInteractive', [k], {})").kernel);
    CHECK(of("var cmd = 'x'; a.kernel.execute(cmd)").kernel);
    CHECK(!of("var cmd = \"from bokeh.io import x\"; a.kernel.execute(cmd)").kernel);
    CHECK(of("fetch('/api/contents')").server);
    CHECK(of("// https://a.example\nfetch('https://b.example/x')").hosts == std::vector<std::string>{"b.example"});
    CHECK(of("eval(atob('x'))").hidden && !of("atob('x')").hidden);
    CHECK(of(std::string(70'000, 'a')).library);
}

// Each of these took quadratic time in some reader of the world; here they are read in a blink.
CUPEL_TEST(hostileMarkupIsBounded)
{
    for (const char* piece : {"<", "<a ", "<!--", "<style>", "<title>", "<a b=\"", "<svg>", "&lt;",
             "<p title='</style><a>", "<iframe srcdoc='&lt;iframe srcdoc=&quot;", "<p style='a:\\",
             "<p style='a:image-set(", "<img srcset='//a,", "<img srcset='a 1x,", "<a href='&#9;"}) {
        std::string text;
        while (text.size() < 400'000) {
            text += piece;
        }
        Budget budget;
        CHECK(findActive(text, budget).size() <= 2'040);
    }
}
