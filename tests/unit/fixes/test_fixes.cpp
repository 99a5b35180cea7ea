// SPDX-License-Identifier: GPL-3.0-or-later
// Fixes of whole files: the value is gone, everything else keeps its bytes, the file still parses, undo is exact.
#include "analyzers/base/redact.h"
#include "analyzers/engine/analyze.h"
#include "analyzers/engine/prove.h"
#include "analyzers/fixes/line_rows.h"
#include "analyzers/fixes/plan.h"
#include "analyzers/fixes/preview.h"
#include "tests/unit/check.h"
#include "tests/unit/fixes/fixed.h"
#include "tests/unit/rules/made.h"

#include <nlohmann/json.hpp>

#include <memory>

#include <algorithm>

using namespace cupel;
using test::Fixed;
using test::fixed;
using test::Letters;

namespace {

// What a fix of a secret always has to be, whatever the position.
void checkFixed(
    const std::string& file, const std::string& secret, const char* where, const std::string& name = "a.ipynb")
{
    const auto result = fixed(file, name);
    const auto& after = *result.proof.bytes;
    if (!CHECK(!result.before->findings.empty())) {
        test::report(false, __FILE__, __LINE__, std::string("nothing found in ") + where);
        return;
    }
    if (!CHECK(after.find(secret) == std::string::npos) || !CHECK(result.proof.holds())) {
        test::report(false, __FILE__, __LINE__, std::string("in ") + where + ": " + after);
    }
    if (name.ends_with(".ipynb")) {
        CHECK(nlohmann::json::accept(after));
    }
    const auto edits = fixes::fileEdits(result.plan);
    CHECK_EQ(fixes::applyEdits(after, fixes::inverseEdits(file, edits)), file);
}

std::string outputCell(const std::string& output)
{
    return R"({"cells": [{"cell_type": "code", "execution_count": 1, "metadata": {}, "source": ["x"], "outputs": [)"
        + output + R"(]}], "metadata": {}, "nbformat": 4, "nbformat_minor": 4})";
}

} // namespace

// The home folder tells the user's name: with it gone no scan knows the name where it stands elsewhere.
CUPEL_TEST(whatStaysIsSaidAlsoWhenNothingTellsIt)
{
    const auto file = outputCell(R"({"output_type": "stream", "name": "stdout", "text": ["read /ho)"
                                 R"(me/rmuellerx/data.csv\n", "connected as rmuellerx to host\n"]})");
    const auto all = fixed(file);
    std::vector<bool> on(all.plan.edits.size(), true);
    std::size_t user = all.plan.edits.size();
    for (std::size_t i = 0; i < all.plan.edits.size(); ++i) {
        user = all.before->findings[all.plan.edits[i].finding].rule == "CUP-OUT-LEAK-USER-NAME" ? i : user;
    }
    REQUIRE(user < on.size() && on.size() > 1);
    on[user] = false;
    const auto result = fixed(file, "a.ipynb", on);
    const auto& left = result.proof.after->findings;
    const auto hit =
        std::find_if(left.begin(), left.end(), [](const Finding& one) { return one.rule == "CUP-OUT-LEAK-USER-NAME"; });
    REQUIRE(hit != left.end());
    CHECK(result.proof.holds());
    CHECK_EQ(std::string(slice(result.proof.after->artifact.view(), hit->location.bytes)), std::string("rmuellerx"));
    CHECK(touches(result.proof.after->sensitive, hit->location.bytes)); // and it is not shown
    CHECK_EQ(hit->fingerprint, result.before->findings[result.plan.edits[user].finding].fingerprint);
    CHECK(result.proof.stamps[static_cast<std::size_t>(hit - left.begin())].untold);
    CHECK_EQ(engine::placesOf(*hit), std::string("cell 0, output 0, line 2"));
    CHECK(result.proof.remains.list.empty()); // it is said once
}

// A cell that has no run number and loses its output looks never run: no reason not to write the rest.
CUPEL_TEST(whoLosesItsOutputsIsNoNewFinding)
{
    const std::string file = R"x({"cells": [{"cell_type": "code", "execution_count": null, "metadata": {},
"source": ["show(a)"], "outputs": [{"output_type": "execute_result", "execution_count": null, "metadata": {},
"data": {"text/html": ["<script>alert(1)</script>"]}}]}, {"cell_type": "code", "execution_count": 1, "metadata": {},
"source": ["a = 1"], "outputs": []}, {"cell_type": "code", "execution_count": 2, "metadata": {},
"source": ["b = 1"], "outputs": []}], "metadata": {}, "nbformat": 4, "nbformat_minor": 4})x";
    const auto result = fixed(file);
    const auto& left = result.proof.after->findings;
    CHECK(std::any_of(left.begin(), left.end(), [](const Finding& one) { return one.rule == "CUP-ORD-NEVER-RUN"; }));
    CHECK(result.proof.holds());
}

// Of two of a kind in one output one stays: the other is mended nevertheless, and a decision about the first holds.
CUPEL_TEST(oneThatStaysKeepsNoOther)
{
    const auto file =
        outputCell(R"({"output_type": "stream", "name": "stdout", "text": ["{'WorkerId': 'A1B2C3D4E5F6G7'}\n",)"
                   R"( "x = 1\n", "{'WorkerId': 'A7G6F5E4D3C2B1', 'mail': 'jane@unibe.org'}\n"]})");
    const auto all = fixed(file);
    std::vector<std::size_t> workers;
    for (std::size_t i = 0; i < all.plan.edits.size(); ++i) {
        if (all.before->findings[all.plan.edits[i].finding].rule == "CUP-PII-CROWD-WORKER-ID") {
            workers.push_back(i);
        }
    }
    REQUIRE(workers.size() == 2);
    std::vector<bool> on(all.plan.edits.size(), true);
    on[workers[1]] = false;
    const auto result = fixed(file, "a.ipynb", on);
    CHECK(result.proof.holds());
    CHECK(result.proof.bytes->find("A1B2C3D4E5F6G7") == std::string::npos);
    CHECK(result.proof.bytes->find("jane@") == std::string::npos);
    const auto& kept = result.before->findings[result.plan.edits[workers[1]].finding];
    const auto& left = result.proof.after->findings;
    const auto hit =
        std::find_if(left.begin(), left.end(), [&kept](const Finding& one) { return one.rule == kept.rule; });
    REQUIRE(hit != left.end());
    CHECK_EQ(hit->fingerprint, kept.fingerprint);
    CHECK_EQ(hit->context, kept.context);
    // Also for who opens the new file: what was taken out of its line is no other line.
    const auto again = fixed(*result.proof.bytes);
    const auto& opened = again.before->findings;
    const auto same =
        std::find_if(opened.begin(), opened.end(), [&kept](const Finding& one) { return one.rule == kept.rule; });
    REQUIRE(same != opened.end());
    CHECK_EQ(same->context, kept.context);
}

CUPEL_TEST(aSecretIsTakenOutOfEveryKindOfPlace)
{
    Letters letters;
    const auto token = test::githubToken(letters);
    checkFixed(test::notebookOf(test::jsonString("t = \"" + token + "\"\nprint(t)\n")), token, "a source string");
    checkFixed(
        test::notebookOf("[\"import os\\n\", \"t = '" + token + "'\\n\", \"print(t)\"]"), token, "a source list");
    checkFixed(
        test::notebookOf(test::jsonString("!curl -H 'Authorization: token " + token + "' u\n")), token, "a shell line");
    checkFixed(
        outputCell(R"({"output_type": "stream", "name": "stdout", "text": [")" + token + "\\n\"]}"), token, "a stream");
    checkFixed(outputCell(R"({"output_type": "display_data", "metadata": {}, "data": {"text/html": "<b>)" + token
                   + "</b>\"}}"),
        token, "HTML");
    checkFixed(outputCell(R"({"output_type": "display_data", "metadata": {}, "data": {"application/json": {"k": [1, ")"
                   + token + "\"]}}}"),
        token, "a JSON output");
    checkFixed(R"({"cells": [], "metadata": {"x": {"token": ")" + token + R"("}}, "nbformat": 4, "nbformat_minor": 4})",
        token, "metadata");
    checkFixed("# %%\nt = '" + token + "'\n", token, "a script", "a.py");
}

CUPEL_TEST(placeholdersAreEntitiesInHtmlAndPlainInText)
{
    Letters letters;
    const auto token = test::githubToken(letters);
    const auto html = fixed(outputCell(
        R"({"output_type": "display_data", "metadata": {}, "data": {"text/html": "<b>)" + token + "</b>\"}}"));
    CHECK(html.proof.bytes->find("<b>&lt;GITHUB_PERSONAL_TOKEN_01&gt;</b>") != std::string::npos);
    const auto code = fixed(test::notebookOf(test::jsonString("t = '" + token + "'\n")));
    CHECK(code.proof.bytes->find("t = '<GITHUB_PERSONAL_TOKEN_01>'") != std::string::npos);
}

CUPEL_TEST(theSameValueHasTheSamePlaceholder)
{
    Letters letters;
    const auto one = test::githubToken(letters);
    const auto two = test::githubToken(letters);
    const auto result =
        fixed(test::notebookOf(test::jsonString("a = '" + one + "'\nb = '" + two + "'\nc = '" + one + "'\n")));
    const auto& after = *result.proof.bytes;
    CHECK(after.find(
              R"(a = '<GITHUB_PERSONAL_TOKEN_01>'\nb = '<GITHUB_PERSONAL_TOKEN_02>'\nc = '<GITHUB_PERSONAL_TOKEN_01>')")
        != std::string::npos);
}

CUPEL_TEST(personsOfOneFindingKeepTheirOwnNames)
{
    std::string log;
    for (const char* person : {"Robert Lindqvist <robert@unibe.org>", "Katharina Grossmann <kath@unibe.org>",
             "Robert Lindqvist <robert@unibe.org>", "Maria Rossi <maria@unibe.org>"}) {
        log += std::string("Author: ") + person + "\n";
    }
    const auto result = fixed(log, "log.txt");
    const auto& after = *result.proof.bytes;
    CHECK(after.find("unibe") == std::string::npos && after.find("Lindqvist") == std::string::npos);
    std::vector<std::string> lines;
    for (std::size_t at = 0; at < after.size();) {
        const auto end = after.find('\n', at);
        lines.push_back(after.substr(at, end - at));
        at = end + 1;
    }
    REQUIRE(lines.size() == 4);
    CHECK_EQ(lines[0], lines[2]); // the same person
    CHECK(lines[0] != lines[1] && lines[1] != lines[3] && lines[0] != lines[3]);
}

CUPEL_TEST(namesInCodeWaitForAWord)
{
    const auto result = fixed("# Author: Robert Lindqvist <robert@unibe.org>\nx = 1\n", "a.py");
    REQUIRE(result.plan.edits.size() == 2);
    for (const auto& edit : result.plan.edits) {
        const bool name = result.before->findings[edit.finding].cls == "pii.person-name";
        CHECK_EQ(fixes::isOnByDefault(edit), !name);
    }
}

CUPEL_TEST(aValueOverSeveralStringsOfAListLeavesAList)
{
    Letters letters;
    const auto token = test::githubToken(letters);
    const auto file = test::notebookOf(
        "[\"t = ('" + token.substr(0, 15) + "'\\n\", \"     '" + token.substr(15) + "')\\n\", \"print(t)\"]");
    const auto result = fixed(file);
    REQUIRE(!result.before->findings.empty());
    CHECK(result.proof.holds());
    CHECK(nlohmann::json::accept(*result.proof.bytes));
    CHECK(result.proof.bytes->find(token.substr(20)) == std::string::npos);
    CHECK(result.proof.bytes->find("print(t)") != std::string::npos);
}

CUPEL_TEST(partsFarFromTheFindingGoToo)
{
    Letters letters;
    const auto token = test::githubToken(letters);
    const auto file = test::notebookOf(
        test::jsonString("a = '" + token.substr(0, 20) + "'\nb = '" + token.substr(20) + "'\nt = a + b\n"));
    const auto result = fixed(file);
    REQUIRE(!result.before->findings.empty());
    CHECK(result.proof.bytes->find(token.substr(0, 20)) == std::string::npos);
    CHECK(result.proof.bytes->find(token.substr(20)) == std::string::npos);
    CHECK(result.proof.holds());
}

CUPEL_TEST(anEditThatIsOffChangesNothing)
{
    Letters letters;
    const auto file = test::notebookOf(test::jsonString("t = '" + test::githubToken(letters) + "'\n"));
    const auto result = fixed(file, "a.ipynb", {false});
    CHECK_EQ(*result.proof.bytes, file);
    CHECK_EQ(result.proof.stayed.size(), result.before->findings.size());
    CHECK(result.proof.failed.empty());
}

CUPEL_TEST(wideTextStaysWide)
{
    Letters letters;
    const auto token = test::githubToken(letters);
    std::string wide = "\xFF\xFE";
    for (const char c : "t = '" + token + "'\n") {
        wide += c;
        wide += '\0';
    }
    const auto result = fixed(wide, "a.py");
    REQUIRE(!result.plan.edits.empty());
    std::string expected = "\xFF\xFE";
    for (const char c : std::string("t = '<GITHUB_PERSONAL_TOKEN_01>'\n")) {
        expected += c;
        expected += '\0';
    }
    CHECK(*result.proof.bytes == expected);
}

CUPEL_TEST(aPreviewShowsBothSidesMasked)
{
    Letters letters;
    const auto token = test::githubToken(letters);
    const auto result = fixed(test::notebookOf(test::jsonString("import os\nt = '" + token + "'\nprint(t)\n")));
    const auto hunks = fixes::preview(result.plan, {}, result.proof.after.get());
    REQUIRE(hunks.size() == 1);
    CHECK_EQ(hunks[0].place, "cell 0");
    REQUIRE(hunks[0].rows.size() == 3);
    const auto& row = hunks[0].rows[1];
    CHECK(row.kind == fixes::PreviewRow::Kind::Changed);
    CHECK_EQ(row.before.number, 2u);
    CHECK(row.before.text.find(token.substr(4, 12)) == std::string::npos);
    CHECK_EQ(row.after.text, "t = '<GITHUB_PERSONAL_TOKEN_01>'");
    CHECK_EQ(row.after.text.substr(row.after.changed.start, row.after.changed.size()).front(), '<');
}

CUPEL_TEST(aPreviewShowsNoColoursOfATerminal)
{
    Letters letters;
    const auto file =
        "{\"cells\": [{\"cell_type\": \"code\", \"execution_count\": 1, \"metadata\": {}, \"source\": \"x\", "
        "\"outputs\": [{\"output_type\": \"stream\", \"name\": \"stdout\", \"text\": \"\\u001b[1mDown\\u001b[0m "
        + test::githubToken(letters) + "\"}]}], \"metadata\": {}, \"nbformat\": 4, \"nbformat_minor\": 4}";
    const auto result = fixed(file);
    const auto hunks = fixes::preview(result.plan, {}, result.proof.after.get());
    REQUIRE(hunks.size() == 1 && hunks[0].rows.size() == 1);
    CHECK_EQ(hunks[0].rows[0].after.text, "Down <GITHUB_PERSONAL_TOKEN_01>");
}

CUPEL_TEST(aPreviewReadsAsPeopleDo)
{
    Letters letters;
    const auto token = test::githubToken(letters);
    const std::string cell =
        "{\"cell_type\": \"code\", \"execution_count\": 1, \"metadata\": {}, \"outputs\": [{\"name\": "
        "\"stdout\", \"output_type\": \"stream\", \"text\": \""
        + token + "\"}], \"source\": \"print('" + token + "')\"}";
    const auto result = fixed("{\"cells\": [" + cell + "], \"metadata\": {}, \"nbformat\": 4, \"nbformat_minor\": 4}");
    auto hunks = fixes::preview(result.plan, {}, result.proof.after.get());
    REQUIRE(hunks.size() == 2);
    CHECK_EQ(hunks[0].place, "cell 0, output 0"); // as the file writes them
    fixes::sortAsRead(hunks, result.plan);
    CHECK_EQ(hunks[0].place, "cell 0");
}

CUPEL_TEST(placeholdersAreNoValuesAndHideNone)
{
    Letters letters;
    const auto token = test::githubToken(letters);
    const auto count = [](const std::string& source) {
        return test::analyzed(test::notebookOf(test::jsonString(source))).findings.size();
    };
    CHECK_EQ(count("api_token = '<GITHUB_PERSONAL_TOKEN_01>'\npassword = \"<PASSWORD_12>\"\n"), 0U);
    CHECK_EQ(count("token = '<X_01>" + token + "'\n"), 1U);
    CHECK_EQ(count("token = '" + token + "<X_01>'\n"), 1U);
}

CUPEL_TEST(anExpressionGivesWayToOneLiteral)
{
    Letters letters;
    const auto token = test::githubToken(letters);
    for (const std::string& expression : {"'" + token.substr(0, 12) + "' + \"" + token.substr(12) + "\"",
             "\"" + token.substr(0, 12) + "\" '" + token.substr(12) + "'",
             "''.join(['" + token.substr(0, 12) + "', '" + token.substr(12) + "'])"}) {
        const auto result = fixed(test::notebookOf(test::jsonString("t = " + expression + "\nprint(t)\n")));
        REQUIRE(!result.before->findings.empty());
        const auto& after = *result.proof.bytes;
        CHECK(result.proof.holds());
        if (!CHECK(after.find("t = \\\"<GITHUB_PERSONAL_TOKEN_01>\\\"") != std::string::npos
                || after.find("'<GITHUB_PERSONAL_TOKEN_01>'") != std::string::npos
                || after.find("\\\"<GITHUB_PERSONAL_TOKEN_01>\\\"") != std::string::npos)) {
            test::report(false, __FILE__, __LINE__, after);
        }
    }
}

CUPEL_TEST(whatEqualsAColumnGoesOrIsNamed)
{
    std::string rows;
    for (const std::string name : {"Alice Brown", "Charles Miller", "J\xC3\xB6rg Smith", "May"}) {
        rows += "<tr><td>" + name + "</td><td>1.5</td></tr>";
    }
    const auto table =
        "<table><thead><tr><th>full_name</th><th>bonus</th></tr></thead><tbody>" + rows + "</tbody></table>";
    const auto markdown = [](const std::string& text) {
        return R"({"cell_type": "markdown", "metadata": {}, "source": )" + test::jsonString(text) + "}, ";
    };
    const std::string file = R"({"cells": [)"
        + markdown("ALICE BROWN and J\xC3\x96RG SMITH led. In May all of it ends.")
        + R"({"cell_type": "code", "execution_count": 1, "metadata": {}, "source": )"
        + test::jsonString("print('Dear Charles Miller, hello')\nMay = 5\nshow(MAY)")
        + R"(, "outputs": [{"output_type": "display_data", "metadata": {}, "data": {"text/html": )"
        + test::jsonString(table)
        + R"(}}]}], "metadata": {"authors": [{"name": "Alice Brown"}]}, "nbformat": 4, "nbformat_minor": 4})";
    const auto result = fixed(file);
    const auto& after = *result.proof.bytes;
    CHECK(result.proof.holds());
    CHECK(nlohmann::json::accept(after));
    for (const char* gone : {"ALICE BROWN", "RG SMITH", "Charles Miller", "<td>May"}) {
        if (!CHECK(after.find(gone) == std::string::npos)) {
            test::report(false, __FILE__, __LINE__, std::string("stays: ") + gone);
        }
    }
    CHECK(after.find("In May all of it ends") != std::string::npos);
    CHECK(after.find("May = 5") != std::string::npos);
    std::size_t words = 0;
    for (const auto& remain : result.proof.remains.list) {
        words += remain.count;
        CHECK_EQ(remain.count, remain.places.size());
        for (const auto& place : remain.places) {
            const auto found = slice(*result.proof.bytes, place.bytes);
            CHECK(found == "May" || found == "Alice Brown");
            CHECK(place.human == "cell 0" || place.human == "cell 1" || place.human.starts_with("notebook metadata"));
        }
    }
    const bool authorStays = after.find("Alice Brown") != std::string::npos;
    CHECK_EQ(words, authorStays ? 3U : 2U);
    // Without the edits there is nothing that could remain.
    CHECK(fixed(file, "a.ipynb", std::vector<bool>(result.plan.edits.size())).proof.remains.list.empty());
}

CUPEL_TEST(allChangesOfALongLineAreSeen)
{
    const std::string filler(900, 'x');
    const auto rows = fixes::compareTexts(
        "a = 'old1' # " + filler + " b = 'old2' # " + filler, "a = 'new1' # " + filler + " b = 'new2' # " + filler);
    REQUIRE(rows.size() == 1);
    for (const auto* side : {&rows[0].before, &rows[0].after}) {
        REQUIRE(side->spans.size() == 2);
        CHECK(side->text.size() < 500);
        std::string changed;
        for (const auto& span : side->spans) {
            changed += side->text.substr(span.start, span.size()) + ' ';
        }
        CHECK_EQ(changed, side == &rows[0].before ? std::string("old1 old2 ") : std::string("new1 new2 "));
    }
}

// A line that is cut says so, and the rest is there for whoever asks, within bounds.
CUPEL_TEST(whatAPreviewCutsIsCounted)
{
    const std::string line(32'005, 'x');
    const auto rows = fixes::compareTexts("a\n" + line + "\n", "a\n");
    REQUIRE(CHECK_EQ(rows.size(), 2));
    CHECK(rows[1].kind == fixes::PreviewRow::Kind::Removed);
    CHECK_EQ(rows[1].before.text.size() + rows[1].before.cut, line.size());
    CHECK_EQ(rows[1].before.whole, line);
    CHECK_EQ(rows[0].before.cut, 0);
    CHECK(rows[0].before.whole.empty());
    const auto changed = fixes::compareTexts(line + " b1", line + " b2");
    CHECK(changed[0].before.cut > 30'000 && changed[0].after.cut > 30'000);
    CHECK_EQ(changed[0].after.whole, line + " b2");
    std::string many;
    for (int i = 0; i < 100; ++i) {
        many += line + std::to_string(i) + '\n';
    }
    std::size_t kept = 0;
    for (const auto& row : fixes::compareTexts(many, "")) {
        CHECK(row.before.number == 0 || row.before.cut > 30'000);
        kept += row.before.whole.size();
    }
    CHECK(kept <= 1 << 20);
}

// A text of a million short lines does not become as many rows because some of them differ.
CUPEL_TEST(unchangedLinesAreListedWithinBounds)
{
    std::string old;
    std::string now;
    for (int i = 0; i < 100'000; ++i) {
        const auto line = std::to_string(i) + '\n';
        old += line;
        now += i % 500 == 0 ? '#' + line : line;
    }
    const auto rows = fixes::lineRows(old, now, 200);
    CHECK(rows.size() > 50'000 && rows.size() < 60'000);
    CHECK_EQ(std::count_if(rows.begin(), rows.end(),
                 [](const auto& row) { return row.kind == fixes::PreviewRow::Kind::Changed; }),
        200);
    const auto all = fixes::lineRows(old, old, fixes::allLines);
    CHECK(all.size() == 50'001 && all.back().kind == fixes::PreviewRow::Kind::Folded && all.back().folded == 50'000);
}

// The signs for what is left out are no characters of the line.
CUPEL_TEST(signsOfACutAreNotCounted)
{
    std::string line;
    for (int i = 0; i < 400; ++i) {
        line += i == 100 || i == 300 ? "@ " : "word ";
    }
    auto now = line;
    std::replace(now.begin(), now.end(), '@', '#');
    const auto rows = fixes::compareTexts(line, now);
    REQUIRE(rows.size() == 1);
    for (const auto& side : {rows[0].before, rows[0].after}) {
        std::string kept = side.text;
        int signs = 0;
        for (auto at = kept.find(" \u2026 "); at != std::string::npos; at = kept.find(" \u2026 ")) {
            kept.erase(at, std::string_view(" \u2026 ").size());
            ++signs;
        }
        CHECK_EQ(signs, 3);
        CHECK_EQ(side.cut, line.size() - kept.size());
        CHECK(side.whole.size() == line.size() && side.beyond == 0);
    }
}

CUPEL_TEST(anOutputIsOneHunkWhateverItsForms)
{
    const std::string file =
        R"({"cells": [{"cell_type": "code", "execution_count": 1, "metadata": {}, "source": "x", "outputs": [)"
        R"({"output_type": "execute_result", "execution_count": 1, "metadata": {}, "data": {)"
        R"("text/html": "<script>fetch('https://evil.example.net');</script>", "text/plain": "<x>",)"
        R"( "application/javascript": "alert(1);"}}]}], "metadata": {}, "nbformat": 4, "nbformat_minor": 4})";
    const auto result = fixed(file);
    std::size_t dropped = 0;
    for (const auto& edit : result.plan.edits) {
        dropped += edit.kind == "drop-output" ? 1 : 0;
    }
    REQUIRE(dropped > 0);
    auto hunks = fixes::preview(result.plan, {}, result.proof.after.get());
    const auto outputs = [&hunks] {
        return std::count_if(hunks.begin(), hunks.end(),
            [](const fixes::PreviewHunk& hunk) { return hunk.place == "cell 0, output 0"; });
    };
    CHECK_EQ(outputs(), 1);
    hunks.clear();
    fixes::addEditsThatAreOff(hunks, result.plan, std::vector<bool>(result.plan.edits.size(), false));
    CHECK_EQ(outputs(), 1);
}
