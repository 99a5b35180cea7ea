// SPDX-License-Identifier: GPL-3.0-or-later
#include "made_notebooks.h"

#include "analyzers/engine/analyze.h"

#include <QtCore/QBuffer>
#include <QtGui/QImage>

#include <cstdio>

namespace cupel::test {

namespace {

std::string picture()
{
    QImage image(320, 120, QImage::Format_RGB32);
    image.fill(Qt::white);
    for (int x = 0; x < image.width(); ++x) {
        image.setPixel(x, 60 + (x * x / 40) % 50, qRgb(20, 90, 160));
    }
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return bytes.toBase64().toStdString();
}

std::string cell(const std::string& kind, const std::string& source, const std::string& rest = {})
{
    return R"({"cell_type":")" + kind + R"(","metadata":{},)" + rest + R"("source":)" + quoted(source) + "}";
}

std::string code(int count, const std::string& source, const std::string& outputs = {})
{
    return cell("code", source, R"("execution_count":)" + std::to_string(count) + R"(,"outputs":[)" + outputs + "],");
}

std::string data(const std::string& type, const std::string& mimes)
{
    return R"({"output_type":")" + type + R"(","execution_count":1,"metadata":{},"data":{)" + mimes + "}}";
}

std::string stream(const std::string& text)
{
    return R"({"output_type":"stream","name":"stdout","text":)" + quoted(text) + "}";
}

std::string notebook(const std::vector<std::string>& cells)
{
    std::string result = R"({"cells":[)";
    for (std::size_t i = 0; i < cells.size(); ++i) {
        result += (i ? "," : "") + cells[i];
    }
    return result
        + R"(],"metadata":{"kernelspec":{"display_name":"Python 3","language":"python","name":"python3"},"language_info":{"name":"python"}},"nbformat":4,"nbformat_minor":4})";
}

std::string frame()
{
    std::string html =
        "<div><style scoped>.dataframe tbody tr th {}</style><table border=\"1\" "
        "class=\"dataframe\"><thead><tr><th></th>"
        "<th>customer_id</th><th>token</th><th>country</th><th>tenure_mo</th><th>p_churn</th></tr></thead><tbody>";
    for (int i = 0; i < 4; ++i) {
        html += "<tr><th>" + std::to_string(i) + "</th><td>C-104" + std::to_string(28 + i) + "</td><td>"
            + (i == 1 ? plantedSecret() : std::string("none")) + "</td><td>D&amp;K</td><td>" + std::to_string(7 * i)
            + "</td><td>0.8" + std::to_string(i) + "</td></tr>";
    }
    return html + "</tbody></table></div>";
}

std::string repeated(const std::string& text, std::size_t times)
{
    std::string result;
    result.reserve(text.size() * times);
    for (std::size_t i = 0; i < times; ++i) {
        result += text;
    }
    return result;
}

// Lines as notebooks write them: a list of strings.
std::string streamOfLines(const std::string& line, int count)
{
    std::string lines;
    for (int i = 0; i < count; ++i) {
        lines += (i ? "," : "") + quoted(line + std::to_string(i) + "\n");
    }
    return R"({"output_type":"stream","name":"stdout","text":[)" + lines + "]}";
}

std::string html(const std::string& text)
{
    return data("display_data", R"("text/html":)" + quoted(text));
}

std::string wideTable()
{
    std::string table = "<table><thead><tr>" + repeated("<th>head</th>", 100) + "</tr></thead><tbody>";
    for (int row = 0; row < 1'000; ++row) {
        table += "<tr>" + repeated("<td>cell " + std::to_string(row) + "</td>", 100) + "</tr>";
    }
    return table + "</tbody></table>";
}

std::string manyPictures(int count)
{
    std::string outputs;
    const auto one = data("display_data", R"("image/png":")" + picture() + R"(","text/plain":"<Figure>")");
    for (int i = 0; i < count; ++i) {
        outputs += (i ? "," : "") + one;
    }
    return code(1, "plot()", outputs);
}

// Every line of the source and every output with something to find.
std::string manyFindings(int count)
{
    std::string source;
    std::string outputs;
    for (int i = 0; i < count; ++i) {
        source += "token_" + std::to_string(i) + " = \"" + plantedSecret() + "\"\n";
        outputs += (i ? "," : "") + stream("Token " + plantedSecret() + " accepted\n");
    }
    return code(1, source, outputs);
}

std::vector<std::string> heavyCells(int count)
{
    std::vector<std::string> cells;
    for (int i = 0; i < count; ++i) {
        cells.push_back(
            code(i, "run()", stream(repeated("x", 200'000)) + "," + html(repeated("<p>text of a page</p>", 900))));
    }
    return cells;
}

std::string error()
{
    const std::vector<std::string> lines{
        "\x1b[0;31m---------------------------------------------------------------------------\x1b[0m",
        "\x1b[0;31mFileNotFoundError\x1b[0m                         Traceback (most recent call last)",
        "Cell \x1b[0;32mIn[8]\x1b[0m, line 1\n\x1b[0;32m----> 1\x1b[0m ev = pd.read_parquet(DATA / \"eval.pq\")\n",
        "File \x1b[0;32m/opt/lib/python3.11/site-packages/pandas/io/parquet.py:503\x1b[0m, in read_parquet(path)\n    "
        "501     impl = "
        "get_engine(engine)\n--> 503     return impl.read(path)\n",
        "File \x1b[0;32m/opt/lib/python3.11/site-packages/pyarrow/fs.py:12\x1b[0m, in open(path)\n     11     a\n---> "
        "12     b\n",
        "\x1b[0;31mFileNotFoundError\x1b[0m: [Errno 2] no such file: 'eval.pq'"};
    std::string traceback;
    for (const auto& line : lines) {
        traceback += (traceback.empty() ? "" : ",") + quoted(line);
    }
    return R"({"output_type":"error","ename":"FileNotFoundError","evalue":"[Errno 2] no such file: 'eval.pq'","traceback":[)"
        + traceback + "]}";
}

} // namespace

std::string plantedSecret()
{
    return std::string("gh") + "p_" + "wWPw5k4aXcaT4fNP0UcnZwJUVFk6LO0pINUx";
}

std::string quoted(const std::string& text)
{
    std::string result = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            result += '\\';
            result += c;
        } else if (static_cast<unsigned char>(c) < 0x20) {
            char buffer[8];
            std::snprintf(buffer, sizeof buffer, "\\u%04x", static_cast<unsigned>(c));
            result += buffer;
        } else {
            result += c;
        }
    }
    return result + "\"";
}

std::string handMadeNotebook()
{
    const auto secret = plantedSecret();
    return notebook({cell("markdown",
                         "# Churn model\n\nScores *customers* with **gradient boosting**. See `train()` and [the "
                         "notes](https://example.org).\n\n"
                         "- first point\n- second point\n    1. inner\n\n> quoted line\n\n| a | b |\n|---|---|\n| 1 | "
                         "two |\n\n```python\nx = 1\n```\n\n"
                         "<script>alert(1)</script>\n\n![plot](https://example.org/p.png)"),
        code(1, "!pip install git+https://git.example/featkit.git"),
        code(4,
            "url = \"http://models.example/churn/clf.pkl\"\ntoken = \"" + secret
                + "\"\nclf = load(open(path, \"rb\"))\nclf.set_params(n_jobs=4)",
            stream("logging in\nToken " + secret + " accepted\ndone")),
        code(6, "scored[KEY_COLS + [\"p_churn\"]].head(4)",
            data("execute_result", R"("text/html":)" + quoted(frame()) + R"(,"text/plain":"a frame")")),
        code(8, "ev = pd.read_parquet(DATA / \"eval.pq\")", error()),
        code(9, "plot(x)", data("display_data", R"("image/png":")" + picture() + R"(","text/plain":"<Figure>")")),
        code(10, "json_out", data("display_data", R"("application/json":{"a":[1,2,3],"b":{"c":"text"}})")),
        code(11, "widget", data("display_data", R"-("application/javascript":"alert(1)","text/plain":"<js>")-")),
        cell("raw", "raw cell text")});
}

std::string longNotebook(int cells)
{
    std::vector<std::string> all;
    for (int i = 0; i < cells; ++i) {
        if (i % 5 == 0) {
            all.push_back(cell("markdown", "## Part " + std::to_string(i) + "\n\nSome words about *this* part."));
        } else {
            std::string lines;
            for (int line = 0; line < 3 + i % 9; ++line) {
                lines += "value_" + std::to_string(line) + " = compute(\"name\", " + std::to_string(i) + ")  # step\n";
            }
            const auto out = i % 3 == 0 ? stream(lines)
                : i % 7 == 0            ? data("execute_result", R"("text/html":)" + quoted(frame()))
                                        : std::string();
            all.push_back(code(i, i % 97 == 3 ? lines + "token = \"" + plantedSecret() + "\"\n" : lines, out));
        }
    }
    return notebook(all);
}

std::string picturesNotebook(int pictures)
{
    return notebook({manyPictures(pictures)});
}

std::string notebookWithOutput(const std::string& mime, const std::string& value)
{
    return notebook({code(1, "show()", data("display_data", "\"" + mime + "\":" + quoted(value)))});
}

const std::vector<std::string>& hostileNames()
{
    static const std::vector<std::string> names{"brackets", "deep divs", "many divs", "long line", "cjk line",
        "cjk lines", "wide table", "ansi log", "pictures", "list items", "long markdown", "long source", "forms",
        "findings", "heavy cells", "cells", "marks"};
    return names;
}

std::string hostileNotebook(const std::string& name)
{
    const auto output = [](const std::string& outputs) { return notebook({code(1, "show()", outputs)}); };
    if (name == "brackets") {
        return output(data("display_data", R"("application/json":)" + repeated("[", 100'000) + repeated("]", 100'000)));
    }
    if (name == "deep divs") {
        return output(html(repeated("<div>", 200'000) + "inside"));
    }
    if (name == "many divs") {
        return output(html(repeated("<div>some words of a page that has many of them</div>", 30'000)));
    }
    if (name == "long line") {
        return output(stream(repeated("0123456789", 500'000)));
    }
    if (name == "cjk line") {
        return output(stream(repeated("\u6f22\u5b57", 200'000)));
    }
    if (name == "cjk lines") {
        return output(stream(repeated("\u6f22\u5b57 and \u0627\u0644\u0639 and \u0928\u093f words\n", 40'000)));
    }
    if (name == "wide table") {
        return output(html(wideTable()));
    }
    if (name == "ansi log") {
        return output(streamOfLines("\x1b[1;32mINFO\x1b[0m step \x1b[38;5;208mdone\x1b[0m ", 50'000));
    }
    if (name == "pictures") {
        return picturesNotebook(20'000);
    }
    if (name == "list items") {
        return notebook({cell("markdown", repeated("- an *item* of a list\n", 100'000))});
    }
    if (name == "long markdown") {
        return notebook({cell("markdown", repeated("- an *item* with `code` of a list\n", 3'900)),
            cell("markdown", repeated("word **bold** ", 18'000))});
    }
    if (name == "long source") {
        return notebook({code(1, repeated("value = compute(\"name\", 12) + other[3]  # step\n", 60'000))});
    }
    if (name == "forms") {
        std::string forms = R"("text/plain":"one")";
        for (int i = 0; i < 20'000; ++i) {
            forms += R"(,"application/javascript+)" + std::to_string(i) + R"-(":"run()")-";
        }
        return output(data("display_data", forms));
    }
    if (name == "findings") {
        return notebook({manyFindings(2'000)});
    }
    if (name == "heavy cells") {
        return notebook(heavyCells(60));
    }
    if (name == "cells") {
        return notebook(std::vector<std::string>(50'000, code(1, "x = 1", stream("1\n"))));
    }
    // One letter under thousands of marks, in every line.
    return output(stream(repeated("a" + repeated("\u0301", 2'000) + "\n", 200)));
}

AnalysisPtr analysed(std::string path, std::string bytes, std::vector<std::string> families)
{
    Artifact artifact;
    artifact.path = std::move(path);
    artifact.bytes = std::make_shared<const std::string>(std::move(bytes));
    ScanOptions options;
    options.keepBytes = true;
    options.onlyFamilies = std::move(families); // the tests count what is shown, not what is known
    Budget budget;
    return std::make_shared<const Analysis>(engine::analyze(std::move(artifact), options, budget));
}

} // namespace cupel::test
