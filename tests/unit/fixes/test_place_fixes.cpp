// SPDX-License-Identifier: GPL-3.0-or-later
// Fixes that depend on where a text stands: pictures, lines behind comment signs, code inside Markdown, calls.
#include "analyzers/base/encodings.h"
#include "analyzers/engine/analyze.h"
#include "analyzers/engine/prove.h"
#include "analyzers/fixes/place_writer.h"
#include "analyzers/fixes/plan.h"
#include "analyzers/fixes/preview.h"
#include "analyzers/formats/registry.h"
#include "tests/unit/check.h"
#include "tests/unit/fixes/fixed.h"
#include "tests/unit/rules/made.h"

#include <algorithm>
#include <memory>

#include <nlohmann/json.hpp>

using namespace cupel;
using test::Fixed;
using test::fixed;

namespace {

std::string chunk(const std::string& type, const std::string& data)
{
    std::string out;
    for (const std::size_t shift : {24U, 16U, 8U, 0U}) {
        out += static_cast<char>(data.size() >> shift & 0xFFU);
    }
    return out + type + data + "crc!";
}

std::string pngOf(const std::string& middle)
{
    return std::string("\x89PNG\r\n\x1A\n", 8) + chunk("IHDR", std::string(13, '\1')) + middle
        + chunk("IDAT", std::string(100, 'p')) + chunk("IEND", "");
}

std::string notebookWith(const std::string& output)
{
    return "{\"cells\": [{\"cell_type\": \"code\", \"execution_count\": 1, \"metadata\": {}, \"source\": \"show()\", "
           "\"outputs\": ["
           "{\"output_type\": \"display_data\", \"metadata\": {}, \"data\": {"
        + output + "}}]}], \"metadata\": {}, \"nbformat\": 4, \"nbformat_minor\": 4}";
}

bool safeFixOf(const Analysis& analysis, std::string_view rule)
{
    return std::any_of(analysis.findings.begin(), analysis.findings.end(),
        [rule](const Finding& f) { return f.rule == rule && f.fix && f.fix->safe; });
}

} // namespace

CUPEL_TEST(picturesLoseWhatIsNoPicture)
{
    const auto author = chunk("tEXt", std::string("Author\0Somebody Known", 21));
    const auto dirty = test::toBase64(pngOf(author));
    const auto clean = test::toBase64(pngOf({}));
    for (const auto& [before, after] :
        {std::pair("\"image/png\": \"" + dirty + "\\n\"", "\"image/png\": \"" + clean + "\\n\""),
            std::pair("\"image/png\": [\"" + dirty + "\"]", "\"image/png\": [\"" + clean + "\"]"),
            std::pair("\"text/html\": \"<img src='data:image/png;base64," + dirty + "'>\"",
                "\"text/html\": \"<img src='data:image/png;base64," + clean + "'>\"")}) {
        const auto result = fixed(notebookWith(before), "a.ipynb");
        CHECK(!result.plan.edits.empty());
        CHECK(result.proof.holds());
        CHECK(*result.proof.bytes == notebookWith(after));
        // Told in words: letters of an encoded picture say nothing to anybody.
        const auto hunks = fixes::preview(result.plan, {}, result.proof.after.get());
        REQUIRE(hunks.size() == 1 && !hunks[0].rows.empty());
        for (const auto& row : hunks[0].rows) {
            CHECK(row.after.text.find("picture unchanged") != std::string::npos);
            CHECK(row.before.text.find("Somebody") == std::string::npos && row.before.text.size() < 100);
        }
    }
    const auto file = fixed(pngOf(author) + "and more behind its end", "a.png");
    CHECK(!file.plan.edits.empty() && file.proof.holds());
    CHECK(*file.proof.bytes == pngOf({}));
}

// The preview names what findings do not: times are no finding, and go all the same.
CUPEL_TEST(allThatAPictureLosesIsSaid)
{
    const auto author = chunk("tEXt", std::string("Author\0Somebody Known", 21));
    const auto time = chunk("tIME", std::string("\7\xDE\14\14\26\42\32", 7));
    const auto dirty = pngOf(author + time);
    const auto result = fixed(notebookWith("\"image/png\": \"" + test::toBase64(dirty) + "\""), "a.ipynb");
    const auto hunks = fixes::preview(result.plan, {}, result.proof.after.get());
    REQUIRE(hunks.size() == 1 && hunks[0].rows.size() == 2);
    const auto& rest = hunks[0].rows.back().before.text;
    CHECK(rest.find("tIME") != std::string::npos && rest.find("Author") == std::string::npos);
    const auto less = dirty.size() - pngOf({}).size();
    CHECK(rest.find(std::to_string(less) + " of " + std::to_string(dirty.size()) + " bytes") != std::string::npos);
}

CUPEL_TEST(linesBehindCommentSignsKeepThem)
{
    const std::string file = "# Databricks notebook source\n# MAGIC %md\n# MAGIC one two\n# MAGIC three\n";
    Budget budget;
    Artifact artifact;
    artifact.path = "a.py";
    artifact.bytes = std::make_shared<const std::string>(file);
    ScanOptions options;
    options.keepBytes = true;
    const auto analysis = engine::analyze(std::move(artifact), options, budget);
    fixes::PlaceWriter writer(analysis.facts.text(analysis.artifact), analysis.facts);
    const auto at = file.find("two");
    const auto after = fixes::applyEdits(file, writer.putText({at, at + 3}, "2\nand more"));
    CHECK_EQ(after, "# Databricks notebook source\n# MAGIC %md\n# MAGIC one 2\n# MAGIC and more\n# MAGIC three\n");
}

CUPEL_TEST(codeInsideMarkdownShowsNamesAsTheyAre)
{
    test::Letters letters;
    const auto token = test::githubToken(letters);
    const std::string name = "<GITHUB_PERSONAL_TOKEN_01>";
    const std::string entity = "&lt;GITHUB_PERSONAL_TOKEN_01&gt;";
    const std::pair<std::string, std::string> cases[] = {{"set `token = " + token + "` there", name},
        {"```bash\nexport T=" + token + "\n```\n", name}, {"~~~\nexport T=" + token + "\n~~~\n", name},
        {"words\n\n    export T=" + token + "\n", name}, {"```\ncode\n```\ntoken: " + token + "\n", entity},
        {"use `this` and token: " + token, entity}, {"~~~\n```\n~~~\ntoken: " + token, entity},
        {"a list of words\n    token: " + token, entity}};
    for (const auto& [text, wanted] : cases) {
        for (const bool list : {false, true}) {
            nlohmann::json cell = {{"cell_type", "markdown"}, {"metadata", nlohmann::json::object()}};
            if (list) {
                std::vector<std::string> rows;
                for (std::size_t at = 0; at < text.size();) {
                    const auto end = std::min(text.find('\n', at), text.size() - 1) + 1;
                    rows.push_back(text.substr(at, end - at));
                    at = end;
                }
                cell["source"] = rows;
            } else {
                cell["source"] = text;
            }
            const nlohmann::json notebook = {
                {"cells", {cell}}, {"metadata", nlohmann::json::object()}, {"nbformat", 4}, {"nbformat_minor", 4}};
            const auto result = fixed(notebook.dump(1), "a.ipynb");
            const auto& after = *result.proof.bytes;
            const bool good = after.find(wanted) != std::string::npos && after.find(token) == std::string::npos;
            if (!CHECK(good)) {
                test::report(false, __FILE__, __LINE__, after);
            }
        }
    }
}

CUPEL_TEST(onlyAStateDictIsSafelyLoadedAsWeights)
{
    const auto notebook = [](const std::string& line) {
        return test::analyzed(test::notebookOf(test::jsonString("import torch, yaml\nm = make()\n" + line + "\n")));
    };
    CHECK(safeFixOf(notebook("m.load_state_dict(torch.load('a.pt'))"), "CUP-CODE-TORCH-LOAD"));
    CHECK(
        safeFixOf(notebook("m.load_state_dict(torch.load('a.pt', weights_only=False))"), "CUP-CODE-TORCH-LOAD-UNSAFE"));
    CHECK(!safeFixOf(notebook("m = torch.load('a.pt')"), "CUP-CODE-TORCH-LOAD"));
    CHECK(!safeFixOf(notebook("m.load_state_dict(torch.load('a.pt')['model'])"), "CUP-CODE-TORCH-LOAD"));
    CHECK(!safeFixOf(notebook("c = yaml.load(open('c.yml'))"), "CUP-CODE-YAML-LOAD"));
}

CUPEL_TEST(everyPlaceOfAFindingIsReached)
{
    std::string cells;
    for (int i = 0; i < 900; ++i) {
        const auto number = std::to_string(i);
        cells += std::string(i == 0 ? "" : ", ")
            + R"({"cell_type": "code", "execution_count": 1, "metadata": {"execution": {"iopub.status.busy": "2026-01-01T10:00:00Z"}}, )"
            + R"("source": "a", "outputs": [{"output_type": "display_data", "metadata": {}, "data": {"text/html": "<script>f()</script>"}}, )"
            + R"({"output_type": "stream", "name": "stdout", "text": "/home/ada/x)" + number + R"(.csv"}]})";
    }
    const auto result =
        fixed(R"({"cells": [)" + cells + R"(], "metadata": {}, "nbformat": 4, "nbformat_minor": 4})", "a.ipynb");
    CHECK(result.plan.edits.size() >= 3U);
    CHECK(result.proof.holds());
    for (const char* gone : {"<script>", "/home/ada", "iopub.status"}) {
        CHECK(result.proof.bytes->find(gone) == std::string::npos);
    }
    CHECK(nlohmann::json::accept(*result.proof.bytes));
}

CUPEL_TEST(oneAddressInTwoSpellingsIsOneName)
{
    const nlohmann::json notebook = {
        {"cells",
            {{{"cell_type", "markdown"}, {"metadata", nlohmann::json::object()}, {"source", "mail jane@unibe.org"}},
                {{"cell_type", "markdown"}, {"metadata", nlohmann::json::object()},
                    {"source", "e-mail: jane (at) unibe.org"}}}},
        {"metadata", nlohmann::json::object()}, {"nbformat", 4}, {"nbformat_minor", 4}};
    const auto result = fixed(notebook.dump(1), "a.ipynb");
    CHECK(result.proof.bytes->find("EMAIL_02") == std::string::npos);
}

// Text of a data frame, as pandas prints it, edges of columns at the right and at the left.
CUPEL_TEST(columnsOfATextTableStayWhereTheyAre)
{
    for (const bool toTheRight : {true, false}) {
        std::vector<std::string> rows = {toTheRight ? "             name                            email  score"
                                                    : "name              email                            score"};
        const char* names[] = {
            "Karla Huber", "Jonas Weber", "Amelie Wagner", "Lukas Schmitz", "Marie Becker", "Paul Koch"};
        for (const std::string name : names) {
            const std::string first = name.substr(0, name.find(' '));
            const std::string mail = first + "." + name.substr(name.find(' ') + 1) + "@firma-weber.de";
            const auto blanks = [](std::size_t wide, const std::string& text) {
                return std::string(wide - text.size(), ' ');
            };
            rows.push_back(toTheRight ? blanks(17, name) + name + blanks(33, mail) + mail + "   0.25"
                                      : name + blanks(18, name) + mail + blanks(33, mail) + "0.25");
        }
        std::string text;
        for (const auto& row : rows) {
            text += row + "\\n";
        }
        const auto out = fixed(notebookWith(R"("text/plain": ")" + text + '"'), "a.ipynb");
        const auto after =
            nlohmann::json::parse(*out.proof.bytes)["cells"][0]["outputs"][0]["data"]["text/plain"].get<std::string>();
        CHECK(after.find("firma-weber") == std::string::npos);
        const auto edge = rows[1].find("0.25");
        std::size_t found = 0;
        for (auto at = after.find("0.25"); at != std::string::npos; at = after.find("0.25", at + 1), ++found) {
            CHECK_EQ(at - after.rfind('\n', at) - 1, edge);
        }
        CHECK_EQ(found, rows.size() - 1);
    }
}

CUPEL_TEST(aNumberInAScriptGivesWayToAString)
{
    const auto file = notebookWith(R"("text/html": "<p>12, 5</p><script>draw([\"a\", 17], {x: 0.25});</script>")");
    const auto out = fixed(file, "a.ipynb");
    const auto& facts = out.before->facts;
    fixes::PlaceWriter writer(file, facts);
    for (const auto& [value, written] :
        {std::pair("17", R"(\"<AGE_01>\")"), std::pair("0.25", R"(\"<AGE_01>\")"), std::pair("12", "&lt;AGE_01&gt;")}) {
        const auto at = file.find(value);
        const auto edits = writer.putName({at, at + std::string_view(value).size()}, "<AGE_01>");
        REQUIRE(edits.size() == 1);
        CHECK_EQ(edits.front().raw, std::string(written));
    }
}

CUPEL_TEST(onePairOfBracketsStandsAroundAName)
{
    const std::string text = "from &lt;jane@unibe.org&gt; and <paul@unibe.org>";
    const nlohmann::json stream = {{"output_type", "stream"}, {"name", "stdout"}, {"text", "mail <jane@unibe.org>\n"}};
    const nlohmann::json notebook = {
        {"cells",
            {{{"cell_type", "code"}, {"execution_count", 1}, {"source", "x"}, {"metadata", nlohmann::json::object()},
                 {"outputs", {stream}}},
                {{"cell_type", "markdown"}, {"metadata", nlohmann::json::object()}, {"source", text}}}},
        {"metadata", nlohmann::json::object()}, {"nbformat", 4}, {"nbformat_minor", 4}};
    const auto result = fixed(notebook.dump(1), "a.ipynb");
    const auto& after = *result.proof.bytes;
    CHECK(after.find("mail <EMAIL_01>") != std::string::npos);
    CHECK(after.find("<<") == std::string::npos);
    CHECK(after.find("from &lt;EMAIL_01&gt; and &lt;EMAIL_02&gt;") != std::string::npos);
}

namespace {

std::string shrunk(const std::string& file, std::string_view wanted = "shrink-output")
{
    ScanOptions options;
    options.keepBytes = true;
    Budget budget;
    Artifact artifact;
    artifact.path = "a.ipynb";
    artifact.bytes = std::make_shared<const std::string>(file);
    const auto before = std::make_shared<const Analysis>(engine::analyze(std::move(artifact), options, budget));
    fixes::Pseudonyms names;
    const auto plan = fixes::makePlan(before, names, budget);
    std::vector<bool> on;
    for (const auto& edit : plan.edits) {
        on.push_back(edit.kind == wanted);
        CHECK(edit.kind != "shrink-output" || !fixes::isOnByDefault(edit));
    }
    const auto proof = engine::prove(plan, on, options, budget);
    CHECK(proof.holds());
    CHECK_EQ(fixes::applyEdits(*proof.bytes, fixes::inverseEdits(file, fixes::fileEdits(plan, on))), file);
    return *proof.bytes;
}

std::string bookWith(const nlohmann::json& output)
{
    nlohmann::json cell{{"cell_type", "code"}, {"execution_count", 1}, {"metadata", nlohmann::json::object()},
        {"source", "show()"}, {"outputs", nlohmann::json::array({output})}};
    return nlohmann::json{{"cells", nlohmann::json::array({cell})}, {"metadata", nlohmann::json::object()},
        {"nbformat", 4}, {"nbformat_minor", 4}}
        .dump(1);
}

nlohmann::json displayed(const std::string& html, const std::string& plain)
{
    return {{"output_type", "display_data"}, {"metadata", nlohmann::json::object()},
        {"data", {{"text/html", html}, {"text/plain", plain}}}};
}

} // namespace

CUPEL_TEST(aLongOutputKeepsItsBeginning)
{
    nlohmann::json list = nlohmann::json::array();
    for (int i = 0; i < 3'000; ++i) {
        list.push_back("step " + std::to_string(i) + ": all is well with \"quotes\" and \xC3\xA9\n");
    }
    const auto stream = bookWith({{"output_type", "stream"}, {"name", "stdout"}, {"text", list}});
    const auto after = nlohmann::json::parse(shrunk(stream));
    const auto& text = after["cells"][0]["outputs"][0]["text"];
    REQUIRE(text.is_array() && text.size() == 21);
    CHECK_EQ(text[19].get<std::string>(), list[19].get<std::string>());
    CHECK_EQ(text[20].get<std::string>(), "[2980 more lines cut]\n");

    const auto one = nlohmann::json::parse(
        shrunk(bookWith({{"output_type", "stream"}, {"name", "stdout"}, {"text", std::string(150'000, 'x')}})));
    CHECK_EQ(one["cells"][0]["outputs"][0]["text"].get<std::string>(),
        std::string(200, 'x') + " [149800 more characters cut]");
}

CUPEL_TEST(aLongTableKeepsItsFirstRowsInEveryForm)
{
    std::string html = "<table><thead><tr><th></th><th>loss</th></tr></thead><tbody>";
    std::string plain = "      loss\n";
    for (int i = 0; i < 4'000; ++i) {
        const auto number = std::to_string(i);
        html += "<tr><th>" + number + "</th><td>" + number + ".25</td></tr>\n";
        plain += number + "   " + number + ".25\n";
    }
    html += "</tbody></table><p>4000 rows</p>";
    const auto after =
        nlohmann::json::parse(shrunk(bookWith(displayed(html, plain))))["cells"][0]["outputs"][0]["data"];
    const auto table = after["text/html"].get<std::string>();
    CHECK(table.find("<td>9.25</td></tr>\n<tr><td colspan=\"2\">[3990 more rows cut]</td></tr>\n</tbody></table>")
        != std::string::npos);
    CHECK(table.ends_with("<p>4000 rows</p>"));
    CHECK(after["text/plain"].get<std::string>().ends_with("18   18.25\n[3981 more lines cut]\n"));
}

CUPEL_TEST(whatIsKeptOfALongOutputIsNotPersonal)
{
    std::string html = "<table><thead><tr><th></th><th>email</th></tr></thead><tbody>";
    std::string plain = "      email\n";
    for (int i = 0; i < 3'000; ++i) {
        const auto mail = "person" + std::to_string(i) + "@unibe.org";
        html += "<tr><th>" + std::to_string(i) + "</th><td>" + mail + "</td></tr>\n";
        plain += std::to_string(i) + "  " + mail + "\n";
    }
    const auto after = shrunk(bookWith(displayed(html + "</tbody></table>", plain)));
    CHECK(after.find("@unibe.org") == std::string::npos);
    CHECK(after.find("[3000 more rows cut]") != std::string::npos);
    CHECK(after.find("[3000 more lines cut]") != std::string::npos);
}

namespace {

std::string attachmentWith(const std::string& data)
{
    return R"js({"cells": [{"cell_type": "markdown", "metadata": {}, "source": "![x](attachment:d.svg)", )js"
           R"js("attachments": {"d.svg": {"image/svg+xml": )js"
        + data + R"js(}}}], "metadata": {}, "nbformat": 4, "nbformat_minor": 4})js";
}

std::string drawingOf(const std::string& file)
{
    const auto document = nlohmann::json::parse(file);
    const auto& data = document["cells"][0]["attachments"]["d.svg"]["image/svg+xml"];
    std::string base64;
    for (const auto& part : data.is_array() ? data : nlohmann::json::array({data})) {
        base64 += part.get<std::string>();
    }
    std::erase(base64, '\n');
    return decodeBase64(base64).value_or("broken");
}

} // namespace

// A drawing behind base64 is read like one that is not; what is taken out of it leaves all else as it was.
CUPEL_TEST(drawingsBehindBase64AreReadAndMended)
{
    for (const std::size_t shift : {0U, 1U, 2U}) {
        const auto head =
            "<?xml version=\"1.0\"?>" + std::string(shift, ' ') + "<svg xmlns=\"http://www.w3.org/2000/svg\">";
        const std::string tail = "</text><script>go()</script><path d=\"M0 0\"/></svg>";
        const auto svg = head + "<text>Write to robert.lindqvist@unibe.org, or /home/ada/x " + tail;
        const auto base64 = test::toBase64(svg);
        const auto half = base64.size() / 2 + shift;
        for (const auto& data :
            {'"' + base64 + '"', '"' + base64.substr(0, half) + "\\n" + base64.substr(half) + "\\n\"",
                "[\"" + base64.substr(0, half) + "\\n\", \"" + base64.substr(half) + "\"]"}) {
            const auto bytes = attachmentWith(data);
            const auto result = fixed(bytes, "a.ipynb");
            const auto has = [](const Analysis& analysis, std::string_view rule) {
                return std::any_of(analysis.findings.begin(), analysis.findings.end(),
                    [rule](const Finding& f) { return f.rule == rule && f.location.part == Part::Attachment; });
            };
            CHECK(has(*result.before, "CUP-PII-EMAIL"));
            CHECK(has(*result.before, "CUP-OUT-LEAK-HOME-PATH"));
            CHECK(has(*result.before, "CUP-OUT-SCRIPT"));
            for (const auto& finding : result.before->findings) {
                CHECK(bytes.substr(finding.location.bytes.start, finding.location.bytes.size()).find('{')
                    == std::string::npos); // a part of the attachment
            }
            CHECK(result.proof.holds());
            const auto after = drawingOf(*result.proof.bytes);
            CHECK(after.starts_with(head + "<text>Write to &lt;EMAIL_01&gt;"));
            CHECK(after.ends_with(tail));
            CHECK(after.find("lindqvist") == std::string::npos);
        }
    }
}

CUPEL_TEST(drawingsThatNobodyReadsAreSaid)
{
    const auto partial = [](const std::string& data) {
        return fixed(attachmentWith(data), "a.ipynb").before->facts.status != ReadStatus::Complete;
    };
    CHECK(partial("\"" + test::toBase64(std::string("\x1f\x8b\x08\0\0\0packed", 12)) + "\""));
    CHECK(!partial("\"<svg xmlns='http://www.w3.org/2000/svg'/>\""));
    CHECK(!partial("\"" + test::toBase64("<svg xmlns='http://www.w3.org/2000/svg'/>") + "\""));
}

// The numbers of accounts in code are an edit of their own that somebody has to ask for; those that outputs show go.
CUPEL_TEST(accountsInCodeAreNamedWhenAsked)
{
    const std::string subscription = "5f2b7c1e-90ab-4d3c-8e21-7b6a5c4d3e2f";
    const std::string tenant = "9c1d4e70-3b5a-4f68-a2c9-16e08d7f5b43";
    const auto cell = [](const std::string& source, const std::string& shown) {
        return R"({"cell_type": "code", "execution_count": 1, "metadata": {}, "source": )" + test::jsonString(source)
            + R"(, "outputs": [{"output_type": "stream", "name": "stdout", "text": )" + test::jsonString(shown) + "}]}";
    };
    const auto notebook = [](const std::string& cells) {
        return "{\"cells\": [" + cells + R"(], "metadata": {}, "nbformat": 4, "nbformat_minor": 4})";
    };
    const auto made = fixed(
        notebook(cell("ws = dict(subscription_id=\"" + subscription + "\", tenant_id='" + tenant + "')", "done\n")
            + ", "
            + cell("ws = dict(subscription_id=\"" + subscription + "\")", "subscription_id='" + subscription + "'\n")),
        "account.ipynb");
    REQUIRE(CHECK_EQ(made.plan.edits.size(), 2U));
    for (const auto& edit : made.plan.edits) {
        const auto& finding = made.before->findings[edit.finding];
        const bool inCode = finding.location.part != Part::Output;
        CHECK_EQ(finding.rule, "CUP-OUT-LEAK-CLOUD-ACCOUNT");
        CHECK_EQ(edit.edits.size(), inCode ? 3U : 1U);
        CHECK(fixes::isOnByDefault(edit) == !inCode);
    }
    const auto text = fixes::applyEdits(made.before->artifact.view(), fixes::textEdits(made.plan, {true, true}));
    CHECK(text.find(subscription) == std::string::npos && text.find(tenant) == std::string::npos);
    CHECK(text.find("subscription_id=\\\"<CLOUD_ACCOUNT_01>\\\", tenant_id='<CLOUD_ACCOUNT_02>'") != std::string::npos);
    CHECK(text.find("subscription_id='<CLOUD_ACCOUNT_01>'") != std::string::npos);
}
