// SPDX-License-Identifier: GPL-3.0-or-later
// Tables inside JSON by their shape: each form gives the same columns, and cells that stand where they say.
#include "analyzers/formats/frames/json_frames.h"
#include "tests/unit/check.h"

#include <string>

using namespace cupel;
using namespace cupel::formats;

namespace {

// Columns as "name: cell cell", a line each; false cells that stand elsewhere than they say.
std::string shown(std::string_view json, const std::vector<Frame>& frames)
{
    std::string out;
    for (const auto& frame : frames) {
        out += out.empty() ? "" : "--\n";
        for (const auto& column : frame.columns) {
            CHECK_EQ(column.cells.size(), frame.rows);
            out += column.name + ":";
            for (const auto& cell : column.cells) {
                CHECK(cell.text.empty() || slice(json, cell.source) == cell.text);
                out += " " + (cell.text.empty() ? "-" : cell.text);
            }
            out += "\n";
        }
    }
    return out;
}

std::string inJson(std::string_view json)
{
    Budget budget;
    return shown(json, readJsonFrames(json, budget));
}

std::string inScript(std::string_view html, bool script = false)
{
    Budget budget;
    return shown(html, readScriptFrames(html, script, budget));
}

constexpr const char* people = "name: Ada Bo Cy\nage: 36 - 41\n";

} // namespace

CUPEL_TEST(eachFormGivesTheSameColumns)
{
    CHECK_EQ(inJson(R"([{"name":"Ada","age":36},{"name":"Bo"},{"name":"Cy","age":41}])"), people);
    CHECK_EQ(inJson(R"({"d":{"x":[{"name":"Ada","age":36},{"name":"Bo"},{"name":"Cy","age":41}]}})"), people);
    CHECK_EQ(inJson(R"({"columns":["name","age"],"index":[0,1,2],"data":[["Ada",36],["Bo",null],["Cy",41]]})"), people);
    CHECK_EQ(inJson(R"({"name":["Ada","Bo","Cy"],"age":[36,null,41]})"), people);
    CHECK_EQ(inJson(R"({"name":{"0":"Ada","1":"Bo","2":"Cy"},"age":{"0":36,"1":null,"2":41}})"), people);
    CHECK_EQ(inJson(R"({"0":{"name":"Ada","age":36},"1":{"name":"Bo"},"2":{"name":"Cy","age":41}})"), people);
    CHECK_EQ(inJson(R"({"data":[{"type":"table","header":{"values":["name","age"]},)"
                    R"("cells":{"values":[["Ada","Bo","Cy"],[36,null,41]]}}],"layout":{}})"),
        people);
    CHECK_EQ(inJson(R"x({"outNames":["f(x)"],"featureNames":["name","age"],"explanations":[)x"
                    R"x({"features":{"0":{"effect":1,"value":"Ada"},"1":{"effect":2,"value":36}}},)x"
                    R"x({"features":{"0":{"effect":1,"value":"Bo"}}},)x"
                    R"x({"features":{"0":{"effect":1,"value":"Cy"},"1":{"effect":2,"value":41}}}]})x"),
        people);
}

// The plot of what a model says of one person. Other records of one are settings or results.
CUPEL_TEST(oneRecordByTheNumbersOfItsNamesIsARow)
{
    CHECK_EQ(inJson(R"x({"outNames":["f(x)"],"featureNames":["name","age","pay"],"link":"identity","features":)x"
                    R"x({"0":{"effect":1,"value":"Ada"},"1":{"effect":2,"value":36},"2":{"effect":0,"value":9}}})x"),
        "name: Ada\nage: 36\npay: 9\n");
    CHECK_EQ(inJson(R"({"names":["name","age","pay"],"data":{"0":"Ada","1":36}})"), ""); // two facts
    CHECK_EQ(inJson(R"({"names":["name","age"],"data":{"0":"Ada","1":36,"2":9}})"), ""); // one without a name
    CHECK_EQ(inJson(R"({"names":["name","age","pay"],"data":{"name":"Ada","age":36,"pay":9}})"), "");
}

CUPEL_TEST(rowsWithoutNamesAreColumnsWithoutNames)
{
    CHECK_EQ(inJson(R"([["a@x.de",1],["b@x.de",2]])"), ": a@x.de b@x.de\n: 1 2\n");
}

CUPEL_TEST(whatIsNoTableIsNone)
{
    CHECK_EQ(inJson(R"({"a":1,"b":["x"],"c":{"d":[1,2,3]}})"), "");
    CHECK_EQ(inJson(R"([1,2,3])"), "");
    CHECK_EQ(inJson(R"([[1,2],[3]])"), "");
    CHECK_EQ(inJson("[{\"name\":"), "");
    CHECK_EQ(inJson(""), "");
}

CUPEL_TEST(scriptsHoldThemToo)
{
    const std::string table = R"([{"name":"Ada","age":36},{"name":"Bo"},{"name":"Cy","age":41}])";
    CHECK_EQ(inScript("<p>[{\"name\":\"no\"},{\"name\":\"script\"}]</p><script>draw(a[0], {x: 1}, " + table
                 + ");</script><b></b>"),
        people);
    CHECK_EQ(inScript("<SCRIPT type='application/json'>" + table), people);
    CHECK_EQ(inScript("const f = () => { return [" + table + "]; };", true), people);
    // Code that looks like JSON at first costs no more than what was read of it.
    std::string code = "<script>";
    for (int i = 0; i < 40; ++i) {
        code += "set({\"a\": f(" + std::to_string(i) + ")});\n";
    }
    CHECK_EQ(inScript(code + table + "</script>"), people);
    CHECK_EQ(inScript("<p>x</p>" + std::string(1'000, '<') + "<script"), "");
}

// Each of a hundred thousand tags that never end is looked at once.
CUPEL_TEST(tagsWithoutEndAreCheap)
{
    std::string open;
    for (int i = 0; i < 150'000; ++i) {
        open += "<script";
    }
    CHECK_EQ(inScript(open), "");
}
