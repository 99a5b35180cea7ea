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

std::string notebookWithOutput(const std::string& mime, const std::string& value)
{
    return notebook({code(1, "show()", data("display_data", "\"" + mime + "\":" + quoted(value)))});
}

AnalysisPtr analysed(std::string path, std::string bytes)
{
    Artifact artifact;
    artifact.path = std::move(path);
    artifact.bytes = std::make_shared<const std::string>(std::move(bytes));
    ScanOptions options;
    options.keepBytes = true;
    Budget budget;
    return std::make_shared<const Analysis>(engine::analyze(std::move(artifact), options, budget));
}

} // namespace cupel::test
