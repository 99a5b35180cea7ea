// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/gui/canary_project.h"

#include "tests/unit/rules/made.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QSet>

namespace cupel::test {

namespace {

std::string number(std::uint32_t value, int bytes)
{
    std::string out;
    for (int i = 0; i < bytes; ++i) {
        out.push_back(i < 4 ? static_cast<char>(value >> (8 * i) & 0xff) : '\0');
    }
    return out;
}

// A notebook written cell by cell; places that no Python code has.
class NotebookMaker {
public:
    void code(const std::string& source, const std::string& outputs = {}, const std::string& metadata = "{}")
    {
        add(R"({"cell_type": "code", "execution_count": 1, "metadata": )" + metadata + R"(, "outputs": [)" + outputs
            + R"(], "source": )" + jsonString(source) + '}');
    }
    void text(const std::string& kind, const std::string& source, const std::string& attachments = {})
    {
        add(R"({"cell_type": ")" + kind + R"(", "metadata": {}, )" + attachments + R"("source": )" + jsonString(source)
            + '}');
    }
    [[nodiscard]] std::string file(const std::string& metadata) const
    {
        return "{\n\"cells\": [" + m_cells + "],\n\"metadata\": " + metadata
            + ",\n\"nbformat\": 4, \"nbformat_minor\": 5}\n";
    }

private:
    void add(const std::string& cell) { m_cells += (m_cells.empty() ? "\n" : ",\n") + cell; }
    std::string m_cells;
};

std::string display(const std::string& mime, const std::string& value)
{
    return R"({"output_type": "display_data", "metadata": {}, "data": {")" + mime + "\": " + value + "}}";
}

class Planter {
public:
    // One token of its own per place, so that a leak says where it began.
    std::string token(const std::string& place, const std::string& file)
    {
        auto value = githubToken(m_letters);
        plant(place, file, value, {value});
        return value;
    }
    void plant(std::string place, std::string file, std::string value, std::vector<std::string> spelled)
    {
        project.canaries.push_back({std::move(place), std::move(file), std::move(value), std::move(spelled)});
    }
    std::string password() { return "Zq8rT2v" + m_letters.of(base62, 13); }

    CanaryProject project;

private:
    Letters m_letters{23};
};

constexpr const char* book = "churn.ipynb";

void plantSources(Planter& planter, NotebookMaker& notebook)
{
    const auto token = planter.token("source, twice", book);
    notebook.code("import os\n# a line\ntoken = '" + token + "'\nprint(token)\nagain = '" + token + "'\n",
        R"({"output_type": "stream", "name": "stdout", "text": [")" + token + "\\n\", \"again " + token + "\\n\"]}");
    const auto allowed = planter.token("source with an allow comment", book);
    notebook.code("t = '" + allowed + "'  # cupel:allow\n");
    const auto wrapped = planter.token("base64", book);
    planter.project.canaries.back().spelled = {toBase64("key = " + wrapped)};
    notebook.code("import base64\nt = base64.b64decode('" + toBase64("key = " + wrapped) + "')\n");
    const auto split = planter.token("two strings", book);
    planter.project.canaries.back().spelled = {split.substr(0, 20), split.substr(20)};
    notebook.code("a = '" + split.substr(0, 20) + "'\nb = '" + split.substr(20) + "'\nt = a + b\n");
    const auto escaped = planter.token("escapes of JSON", book);
    planter.project.canaries.back().spelled = {escaped.substr(1)};
    std::string cell = "t = '@" + escaped.substr(1) + "'\n";
    notebook.code(cell);
    const auto address = planter.password();
    planter.plant("password of a database address", book, address, {address});
    notebook.code("engine = create_engine('postgresql://report:" + address + "@db.intern.lan:5432/sales')\n");
    const auto password = planter.password();
    planter.plant("password", book, password, {password});
    notebook.code("smtp_password = '" + password + "'\n");
    notebook.code("%env GITHUB_TOKEN=" + planter.token("line magic", book) + "\n!curl -H 'Authorization: token "
        + planter.token("shell line", book) + "' https://api.github.com/user\n");
    std::string longSource = "rows = 0\n";
    for (int i = 0; i < 400; ++i) {
        longSource += "rows = rows + " + std::to_string(i) + "\n";
    }
    notebook.code(longSource + "t = '" + planter.token("far down in a long cell", book) + "'\n");
}

void plantOutputs(Planter& planter, NotebookMaker& notebook)
{
    const auto table = planter.token("table of an output", book);
    notebook.code("frame",
        display("text/html",
            jsonString(
                "<table class=\"dataframe\"><thead><tr><th></th><th>user</th><th>token</th></tr></thead>\n<tbody>"
                "<tr><th>0</th><td>ann</td><td title=\""
                + table + "\">" + table + "</td></tr></tbody></table>")));
    const auto error = planter.token("traceback", book);
    notebook.code("login()",
        R"({"output_type": "error", "ename": "ValueError", "evalue": "bad )" + error
            + R"(", "traceback": ["\u001b[0;31m----> 1\u001b[0m login(')" + error
            + R"(')\n", "\u001b[0;31mValueError\u001b[0m: bad )" + error + "\"]}");
    notebook.code("answer",
        display("application/json", "{\"user\": {\"token\": \"" + planter.token("JSON of an output", book) + "\"}}"));
    notebook.code(
        "plain", display("text/plain", jsonString("{'token': '" + planter.token("plain output", book) + "'}")));
    notebook.code("picture",
        display("image/svg+xml",
            jsonString("<svg xmlns=\"http://www.w3.org/2000/svg\"><title>" + planter.token("title of a picture", book)
                + "</title><text>hello</text></svg>")));
    notebook.code("script",
        display("application/javascript",
            jsonString("fetch('https://x.org', {token: '" + planter.token("script of an output", book) + "'})")));
    notebook.code(
        "markdown", display("text/markdown", jsonString("**token** " + planter.token("Markdown of an output", book))));
    notebook.code("strange",
        display("application/x-strange", jsonString("token = " + planter.token("output of an unknown type", book))));
    std::string many;
    for (int i = 0; i < 300; ++i) {
        many += "row " + std::to_string(i) + "\\n";
    }
    notebook.code("many",
        R"({"output_type": "stream", "name": "stderr", "text": ")" + many
            + "token: " + planter.token("end of a long output", book) + "\\n\"}");
}

std::string makeNotebook(Planter& planter)
{
    NotebookMaker notebook;
    const auto prose = planter.token("Markdown", book);
    notebook.text("markdown",
        "# The token " + prose + "\n\nUse `" + prose + "` or [this](https://x.org/?t=" + prose + ")\n\n<p title=\""
            + prose + "\">" + prose + "</p>\n");
    notebook.text("raw", "token: " + planter.token("raw cell", book));
    notebook.text("markdown", "see ![it](attachment:note.txt)",
        R"("attachments": {"note.txt": {"text/plain": "token = )" + planter.token("attachment", book) + "\"}}, ");
    plantSources(planter, notebook);
    plantOutputs(planter, notebook);
    notebook.code(
        "tagged", {}, R"({"tags": ["x"], "vault": {"token": ")" + planter.token("metadata of a cell", book) + "\"}}");
    auto bytes =
        notebook.file(R"({"kernelspec": {"name": "python3", "display_name": "Python 3"}, "remote": {"token": ")"
            + planter.token("metadata of the notebook", book) + "\"}}");
    // The first letter of one token as an escape: the file says \u0067, the program reads g.
    bytes.replace(bytes.find("'@hp_"), 2, "'\\u0067");
    return bytes;
}

// Names that a file gives to its parts are shown in heads, lists and notices.
std::string makeNames(Planter& planter)
{
    constexpr const char* file = "names.ipynb";
    const auto key = [&planter](const std::string& place) { return planter.token(place, file); };
    const auto doubled = key("key that stands twice");
    return R"({"cells": [{"cell_type": "code", "execution_count": 1, "id": ")" + key("id of a cell")
        + R"(", "metadata": {"tags": [")" + key("tag") + R"("]}, "source": "x = 1", "outputs": [)"
        + R"({"output_type": "stream", "name": ")" + key("name of a stream") + R"(", "text": "1\n"}, )"
        + R"({"output_type": "error", "ename": ")" + key("name of an error") + R"(", "evalue": "x", "traceback": []}, )"
        + display("application/x-" + key("type of an output"), "\"strange\"") + ", "
        + display("application/json", "{\"" + key("key of an output") + "\": 1}")
        + R"(]}, {"cell_type": "markdown", "metadata": {}, "source": "see it", "attachments": {")"
        + key("name of an attachment") + R"(": {"text/plain": "hello"}}}, {"cell_type": ")" + key("kind of a cell")
        + R"(", "metadata": {}, "source": "x"}], "metadata": {"kernelspec": {"name": ")" + key("name of the kernel")
        + R"(", "display_name": ")" + key("shown name of the kernel") + R"("}, "language_info": {"name": ")"
        + key("language") + R"("}, ")" + doubled + R"(": 1, ")" + doubled
        + R"(": 2}, "nbformat": 4, "nbformat_minor": ")" + key("version") + "\"}\n";
}

// Where models hold texts: the strings of a pickle, names, keys and values of a header.
void plantModels(Planter& planter)
{
    constexpr const char* pickle = "weights.pkl";
    constexpr const char* tensors = "weights.safetensors";
    const auto text = [](const std::string& value) {
        return "\x8c" + std::string(1, static_cast<char>(value.size())) + value;
    };
    const auto argument = planter.token("argument in a pickle", pickle);
    planter.project.files.emplace_back(pickle,
        std::string("\x80\x04}(") + text(planter.token("key in a pickle", pickle)) + text("x") + text("note")
            + text("token = " + planter.token("text in a pickle", pickle)) + text("seed") + text("random")
            + text("seed") + "\x93" + text(argument) + "\x85Ru.");
    const auto header = "{\"__metadata__\":{\"note\":\"token = " + planter.token("metadata of a model", tensors)
        + "\",\"" + planter.token("key of a model's metadata", tensors) + "\":\"x\"},\""
        + planter.token("name of a tensor", tensors) + R"(":{"dtype":"U8","shape":[4],"data_offsets":[0,4]}})";
    planter.project.files.emplace_back(
        tensors, number(static_cast<std::uint32_t>(header.size()), 8) + header + std::string(4, '\0'));
}

} // namespace

std::string zipOf(const std::string& name, const std::string& bytes)
{
    const auto sum = crc32(bytes);
    const auto size = static_cast<std::uint32_t>(bytes.size());
    const auto common = number(20, 2) + number(0, 8) + number(sum, 4) + number(size, 4) + number(size, 4)
        + number(static_cast<std::uint32_t>(name.size()), 2) + number(0, 2);
    const auto local = "PK\x03\x04" + common + name + bytes;
    const auto central = "PK\x01\x02" + number(20, 2) + common + number(0, 14) + name;
    return local + central + "PK\x05\x06" + number(0, 4) + number(1, 2) + number(1, 2)
        + number(static_cast<std::uint32_t>(central.size()), 4) + number(static_cast<std::uint32_t>(local.size()), 4)
        + number(0, 2);
}

std::string utf16Of(const std::string& ascii)
{
    std::string out = "\xff\xfe";
    for (const char c : ascii) {
        out += c;
        out += '\0';
    }
    return out;
}

CanaryProject canaryProject()
{
    Planter planter;
    auto notebook = makeNotebook(planter);
    auto& files = planter.project.files;
    files.emplace_back(book, std::move(notebook));
    files.emplace_back("names.ipynb", makeNames(planter));
    const auto password = planter.password();
    planter.plant("password of a script", "train.py", password, {password});
    files.emplace_back("train.py",
        "# %% [markdown]\n# token " + planter.token("comment of a script", "train.py") + "\n# %%\nimport os\ntoken = '"
            + planter.token("script", "train.py") + "'\ndb_password = '" + password + "'\n");
    files.emplace_back(".env",
        "DEBUG=1\nGITHUB_TOKEN=" + planter.token(".env", ".env") + "\nexport OTHER_TOKEN=\""
            + planter.token(".env with quotes", ".env") + "\"\n");
    files.emplace_back(
        "settings.prod", "GITHUB_TOKEN=" + planter.token("settings by any name", "settings.prod") + "\n");
    const auto wide = planter.token("UTF-16", "wide.py");
    planter.project.canaries.back().spelled = {utf16Of(wide).substr(2)};
    files.emplace_back("wide.py", utf16Of("token = '" + wide + "'\n"));
    files.emplace_back(
        "pack.zip", zipOf("inner.py", "token = '" + planter.token("member", "pack.zip!inner.py") + "'\n"));
    const auto cut = "{\"cells\": [{\"cell_type\": \"code\", \"metadata\": {}, \"outputs\": [], \"source\": \"token = '"
        + planter.token("broken notebook", "cut.ipynb") + "'\\n\"}, {\"cell_ty";
    files.emplace_back("cut.ipynb", cut);
    plantModels(planter);
    return std::move(planter.project);
}

void CanaryProject::write(const QString& folder) const
{
    QDir().mkpath(folder);
    for (const auto& [name, bytes] : files) {
        QFile file(folder + u'/' + QString::fromStdString(name));
        if (file.open(QIODevice::WriteOnly)) {
            file.write(bytes.data(), static_cast<qint64>(bytes.size()));
        }
    }
}

CanaryWatch::CanaryWatch(const std::vector<Canary>& canaries)
{
    constexpr qsizetype piece = 12;
    for (const auto& canary : canaries) {
        QSet<QString> forms{QString::fromStdString(canary.value)};
        for (std::size_t shift = 0; shift < 3; ++shift) { // whatever stood before it
            const auto wrapped = toBase64(std::string(shift, 'x') + canary.value, false);
            forms += QString::fromStdString(wrapped.substr(shift == 0 ? 0 : 4, wrapped.size() - 6));
        }
        for (const QString& form : forms) {
            for (qsizetype at = 0; at + piece <= form.size(); at += 4) {
                m_needles.push_back({form.mid(at, piece), QString::fromStdString(canary.place)});
            }
        }
    }
}

QStringList CanaryWatch::seenIn(const QString& text) const
{
    QString joined;
    joined.reserve(text.size());
    for (const QChar c : text) {
        if (!c.isSpace() && c != QChar::SoftHyphen && c.unicode() != 0x200b && !c.isNull()) {
            joined += c;
        }
    }
    QStringList places;
    for (const Needle& needle : m_needles) {
        if (!places.contains(needle.place) && joined.contains(needle.text)) {
            places += needle.place;
        }
    }
    return places;
}

} // namespace cupel::test
