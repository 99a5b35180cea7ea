// SPDX-License-Identifier: GPL-3.0-or-later
// Two versions of a notebook that differ in what is kept about its cells.
#include "analyzers/review/compare.h"
#include "analyzers/review/compare_parts.h"
#include "tests/unit/check.h"
#include "tests/unit/rules/made.h"

#include <algorithm>
#include <memory>

using namespace cupel;

namespace {

Workspace bookOf(const std::string& bytes)
{
    ScanOptions options;
    options.keepBytes = true;
    Budget budget;
    Artifact artifact;
    artifact.path = "a.ipynb";
    artifact.bytes = std::make_shared<const std::string>(bytes);
    Workspace workspace;
    workspace.roots = {"a.ipynb"};
    workspace.analyses["a.ipynb"] =
        std::make_shared<const Analysis>(engine::analyze(std::move(artifact), options, budget));
    return workspace;
}

Workspace bookWith(const std::string& cellMetadata, const std::string& outputMetadata)
{
    return bookOf(R"({"cells": [{"cell_type": "code", "execution_count": 1, "metadata": )" + cellMetadata
        + R"(, "source": "show", "outputs": [{"output_type": "display_data", "data": {"text/plain": "a"}, "metadata": )"
        + outputMetadata + R"(}]}], "metadata": {}, "nbformat": 4, "nbformat_minor": 4})");
}

struct Told {
    review::CellCounts counts;
    std::vector<review::ComparedPart> parts;
    std::vector<review::FindingChange> findings;
};

Told told(const Workspace& before, const Workspace& after)
{
    const auto changes = review::compare(before, after);
    Budget budget;
    return {review::countCells(changes.at(0).cells), review::compareParts(changes[0], budget), changes[0].findings};
}

} // namespace

// A flag of a cell that is gone changes the cell, and the finding about it stands beside what changed.
CUPEL_TEST(metadataOfCellsIsCompared)
{
    const auto before = bookWith(R"({"cellView": "form"})", "{}");
    const auto made = told(before, bookWith("{}", "{}"));
    CHECK_EQ(made.counts.changed, 1U);
    CHECK_EQ(made.counts.metadataOnly, 1U);
    REQUIRE(made.parts.size() == 3 && made.parts[2].metadata && made.parts[2].changed());
    CHECK(!made.parts[0].changed() && made.parts[0].findings.empty());
    CHECK(made.parts[1].outputs && !made.parts[1].changed() && !made.parts[1].rows.empty()); // for who unfolds
    REQUIRE(made.parts[2].findings.size() == 1);
    CHECK(made.findings[made.parts[2].findings[0]].kind == review::FindingChange::Kind::Gone);
    CHECK_EQ(told(before, before).counts.all(), 0U);
}

// Other blanks are no change, nor is an empty record in place of none.
CUPEL_TEST(metadataIsComparedByWhatItSays)
{
    const auto before = bookWith(R"({"tags": ["a"]})", "{}");
    CHECK_EQ(told(before, bookWith("{\n \"tags\": [\n\"a\"]}", "{ }")).counts.all(), 0U);
    CHECK_EQ(
        told(bookWith(R"({"note": "hide input"})", "{}"), bookWith(R"({"note": "hideinput"})", "{}")).counts.all(), 1U);
    CHECK_EQ(told(bookWith(R"({"width": 300})", "{}"), bookWith("{}", R"({"width": 300})")).counts.all(), 1U);
    const auto sized = told(before, bookWith(R"({"tags": ["a"]})", R"({"width": 300})"));
    CHECK_EQ(sized.counts.metadataOnly, 1U);
    CHECK(std::any_of(
        sized.parts.begin(), sized.parts.end(), [](const auto& part) { return part.metadata && part.changed(); }));
}

// A mail address on a line whose name was taken out is the same address: neither new nor fixed.
// The home path told whose name it is. With it gone no scan knows the name, also not where its line was edited.
CUPEL_TEST(whatNothingTellsAnyMoreStaysMasked)
{
    const auto book = [](const std::string& home, const std::string& mail) {
        return bookOf(R"({"cells": [{"cell_type": "code", "execution_count": 1, "metadata": {}, "source": "show", )"
                      R"("outputs": [{"output_type": "stream", "name": "stdout", "text": ["read )"
            + home + R"(/x.csv\n", "space rmuellerx\n", "https://rmuellerx.example.net/?by=)" + mail
            + R"(\n"]}]}], "metadata": {}, "nbformat": 4, "nbformat_minor": 4})");
    };
    const auto before = book("/ho"
                             "me/rmuellerx",
        "maria.keller@unibe.org");
    const auto after = book("<HOME>", "<EMAIL_01>");
    for (const bool forward : {true, false}) {
        const auto changes = review::compare(forward ? before : after, forward ? after : before);
        const auto& silent = *(forward ? changes.at(0).after : changes.at(0).before);
        CHECK_EQ(silent.sensitive.size(), 2);
        for (const auto& place : silent.sensitive) {
            CHECK_EQ(std::string(slice(silent.artifact.view(), place)), std::string("rmuellerx"));
        }
        CHECK_EQ(changes[0].count(review::FindingChange::Kind::Same), 1);
    }
}

CUPEL_TEST(jsonOutputsAreComparedByWhatTheySay)
{
    const auto book = [](const std::string& value) {
        return bookOf(R"({"cells": [{"cell_type": "code", "execution_count": 1, "metadata": {}, "source": "show", )"
                      R"("outputs": [{"output_type": "display_data", "metadata": {}, "data": {"application/json": )"
            + value + R"(}}]}], "metadata": {}, "nbformat": 4, "nbformat_minor": 4})");
    };
    const auto differ = [&](const std::string& a, const std::string& b) {
        return told(book(a), book(b)).counts.changed;
    };
    CHECK_EQ(differ(R"({"n": "100 000"})", R"({"n": "100000"})"), 1); // blanks in a text say something
    CHECK_EQ(differ(R"({"n": [1, 2], "t": "caf\u00e9"})", "{\n  \"n\": [1,\n 2],\n\"t\": \"caf\xC3\xA9\" }"), 0);
    CHECK_EQ(differ(R"({"a": "x\"y z"})", R"({"a": "x\"yz"})"), 1);
    CHECK_EQ(differ(R"(["a,b"])", R"(["a","b"])"), 1);
}

CUPEL_TEST(valuesBesideAnEditStayWhatTheyAre)
{
    const auto book = [](const std::string& line) {
        ScanOptions options;
        options.keepBytes = true;
        Budget budget;
        Artifact artifact;
        artifact.path = "a.ipynb";
        artifact.bytes =
            std::make_shared<const std::string>(R"({"cells": [{"cell_type": "markdown", "metadata": {}, "source": )"
                + test::jsonString(line) + R"(}], "metadata": {}, "nbformat": 4, "nbformat_minor": 4})");
        Workspace workspace;
        workspace.roots = {"a.ipynb"};
        workspace.analyses["a.ipynb"] =
            std::make_shared<const Analysis>(engine::analyze(std::move(artifact), options, budget));
        return workspace;
    };
    const auto changes = review::compare(book("Author: J.R. Johansson (email: jrjohansson@gmail.com)"),
        book("Author: <PERSON_NAME_01> (email: jrjohansson@gmail.com)"));
    REQUIRE(changes.size() == 1);
    const auto mails = [&](review::FindingChange::Kind kind) {
        return std::count_if(changes[0].findings.begin(), changes[0].findings.end(), [kind](const auto& one) {
            return one.kind == kind && one.analysis->findings[one.index].rule == "CUP-PII-EMAIL";
        });
    };
    CHECK_EQ(mails(review::FindingChange::Kind::Fresh) + mails(review::FindingChange::Kind::Gone), 0);
    CHECK_EQ(mails(review::FindingChange::Kind::Same) + mails(review::FindingChange::Kind::Changed), 1);
}

// Findings count the lines of a traceback: what stands before it is none of them.
CUPEL_TEST(onlyTheLinesOfATracebackHaveNumbers)
{
    const auto with = [](const std::string& outputs) {
        return R"({"cells": [{"cell_type": "code", "execution_count": 1, "metadata": {}, "outputs": [)" + outputs
            + R"(], "source": "show"}], "metadata": {}, "nbformat": 4, "nbformat_minor": 4})";
    };
    const std::string error =
        R"({"output_type": "error", "ename": "KeyError", "evalue": "what", "traceback": ["one\ntwo", "three"]})";
    const auto files = review::compare(bookOf(with(error)), bookOf(with("")));
    Budget budget;
    std::string seen;
    const auto parts = review::compareParts(files.at(0), budget);
    REQUIRE(parts.size() == 2);
    for (const auto& row : parts[1].rows) {
        seen += std::to_string(row.before.number) + ' ' + row.before.text + '|';
    }
    CHECK_EQ(seen, "0 KeyError|0 what|1 one|2 two|3 three|");
}
