// SPDX-License-Identifier: GPL-3.0-or-later
// What calls home is told however its address is written, and wherever it stands.
#include "tests/unit/check.h"
#include "tests/unit/rules/made.h"

#include <string>
#include <utility>

using namespace cupel;

static std::string said(const Analysis& analysis)
{
    std::string out;
    for (const auto& finding : analysis.findings) {
        if (finding.rule.starts_with("CUP-OUT-")) {
            out += finding.rule + ' ' + finding.message + '\n';
        }
    }
    return out;
}

// A definition loads what a picture asks it for, and a long description hides no picture.
CUPEL_TEST(picturesOfDefinitionsCallHome)
{
    const auto of = [](const std::string& text) {
        return said(test::analyzed(R"({"cells": [{"cell_type": "markdown", "metadata": {}, "source": )"
            + test::jsonString(text) + R"(}], "metadata": {}, "nbformat": 4, "nbformat_minor": 4})"));
    };
    const std::string definition = "\n\n[The  Label]: https://px.example.net/a.png\n";
    const auto told = of("![a](https://px.example.net/a.png)");
    CHECK(told.starts_with("CUP-OUT-REMOTE-IMAGE"));
    for (const auto& text : {"![a][the label]" + definition, "![the label][]" + definition,
             "![the\nlabel]" + definition, "[![a][the label]](b.html)" + definition}) {
        CHECK(of(text).starts_with("CUP-OUT-REMOTE-IMAGE"));
    }
    const std::string address = ": https://px.example.net/a.png\n";
    for (const auto& text : {"![a][r]\n\n- [r]" + address, "![a][r]\n\n> 1. [r]" + address,
             "![a][\xC3\x84pfel]\n\n[\xC3\xA4pfel]" + address, "![a][x\\]y]\n\n[x\\]y]" + address,
             "![a][" + std::string(900, 'x') + "]\n\n[" + std::string(900, 'X') + ']' + address}) {
        CHECK(of(text).starts_with("CUP-OUT-REMOTE-IMAGE"));
    }
    CHECK_EQ(of("![a][r]\n\ntext [r]" + address), "");
    CHECK_EQ(of("[a][the label]" + definition), "");
    CHECK_EQ(of("![a][another]" + definition), "");
    CHECK_EQ(of("![" + std::string(5'000, 'x') + "](https://px.example.net/a.png)"), told);
}

CUPEL_TEST(escapesHideNoChart)
{
    const auto of = [](const std::string& address, const std::string& name = "url") {
        return said(test::analyzed(
            R"({"cells": [{"cell_type": "code", "execution_count": 1, "metadata": {}, "source": "p", "outputs": [{"output_type": "display_data", "metadata": {}, "data": {"application/vnd.vega.v5+json": {"data": {")"
            + name + R"(": ")" + address + R"("}}}}]}], "metadata": {}, "nbformat": 4, "nbformat_minor": 4})"));
    };
    const std::string loads = "https://px.example.net/a.json";
    for (const auto& [address, name] : {std::pair<std::string, std::string>{loads, "ur\\u006c"},
             {loads, "\\u0075\\u0072\\u006c"}, {"https:\\u002f\\u002Fpx.example.net/a.json", "url"},
             {"\\u0068\\u0074\\u0074\\u0070\\u0073\\u003a//px.example.net/a.json", "url"}}) {
        CHECK_EQ(of(address, name), of(loads));
    }
    const auto script = of("javascript:go()", "label");
    CHECK(script.starts_with("CUP-OUT-SCRIPT-URL"));
    CHECK_EQ(of("JavaScript:go()", "label"), script);
    CHECK_EQ(of("\\u006aava\\u0073cript\\u003Ago()", "label"), script);
    CHECK(of("https://px.example.net/a.json").starts_with("CUP-OUT-CHART-LOADS"));
    CHECK_EQ(of("https:\\/\\/px.example.net/a.json"), of("https://px.example.net/a.json"));
}
