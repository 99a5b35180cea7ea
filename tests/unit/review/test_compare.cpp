// SPDX-License-Identifier: GPL-3.0-or-later
// Two versions of a notebook: cells find each other, findings are new, gone or the same.
#include "analyzers/review/compare.h"
#include "analyzers/review/compare_metadata.h"
#include "analyzers/review/compare_parts.h"
#include "tests/unit/check.h"
#include "tests/unit/rules/made.h"

using namespace cupel;
using review::FindingChange;
using test::Letters;

namespace {

std::string notebook(const std::vector<std::string>& sources, const std::string& metadata = "{}")
{
    std::string cells;
    for (const auto& source : sources) {
        cells += (cells.empty() ? "" : ", ")
            + (R"({"cell_type": "code", "execution_count": null, "metadata": {}, "outputs": [], "source": )"
                + test::jsonString(source) + "}");
    }
    return "{\"cells\": [" + cells + R"(], "metadata": )" + metadata + R"(, "nbformat": 4, "nbformat_minor": 4})";
}

Workspace workspaceOf(const std::string& path, const std::string& file)
{
    ScanOptions options;
    options.keepBytes = true;
    Budget budget;
    Artifact artifact;
    artifact.path = path;
    artifact.bytes = std::make_shared<const std::string>(file);
    Workspace workspace;
    workspace.roots = {path};
    workspace.analyses[path] = std::make_shared<const Analysis>(engine::analyze(std::move(artifact), options, budget));
    return workspace;
}

} // namespace

CUPEL_TEST(movedChangedAndNewCellsFindTheirPartner)
{
    const auto before = workspaceOf("a.ipynb", notebook({"import os", "x = 1\ny = 2\nz = 3", "print(x)", "old()"}));
    const auto after =
        workspaceOf("b.ipynb", notebook({"print(x)", "import os", "x = 1\ny = 20\nz = 3", "brand_new()"}));
    const auto changes = review::compare(before, after);
    REQUIRE(changes.size() == 1 && changes[0].before && changes[0].after);
    std::vector<std::string> seen;
    for (const auto& pair : changes[0].cells) {
        seen.push_back((pair.before ? std::to_string(*pair.before) : "-") + ">"
            + (pair.after ? std::to_string(*pair.after) : "-") + (pair.sourceChanged ? "*" : ""));
    }
    std::sort(seen.begin(), seen.end());
    CHECK(seen == std::vector<std::string>({"->3", "0>1", "1>2*", "2>0", "3>-"}));
}

CUPEL_TEST(aSmallEditInOneLineIsTheSameCell)
{
    const auto pairOf = [](const std::string& old, const std::string& now) {
        const auto changes = review::compare(workspaceOf("a.ipynb", old), workspaceOf("a.ipynb", now));
        return changes.size() == 1 && changes[0].cells.size() == 1 && changes[0].cells[0].before
            && changes[0].cells[0].after && changes[0].cells[0].sourceChanged;
    };
    CHECK(pairOf(notebook({"model.fit(train, epochs=5)"}), notebook({"model.fit(train, epochs=50)"})));
    const auto shows = [](const std::string& source) {
        return R"({"cells": [{"cell_type": "code", "execution_count": 1, "metadata": {}, "outputs": [{"output_type":)"
               R"( "stream", "name": "stdout", "text": "accuracy 0.912 after the last epoch"}], "source": )"
            + test::jsonString(source) + R"(}], "metadata": {}, "nbformat": 4, "nbformat_minor": 4})";
    };
    CHECK(pairOf(shows("run(one)"), shows("print(evaluate(best))"))); // nothing in common but what it shows
    CHECK(!pairOf(notebook({"import os"}), notebook({"brand_new(thing)"})));
}

// Values that were replaced may leave nothing of a cell of one line but its place.
CUPEL_TEST(theOnlyCellBetweenTwoThatStayedIsTheSame)
{
    const auto pairsOf = [](const std::vector<std::string>& old, const std::vector<std::string>& now) {
        const auto changes =
            review::compare(workspaceOf("a.ipynb", notebook(old)), workspaceOf("a.ipynb", notebook(now)));
        std::string seen;
        for (const auto& pair : changes[0].cells) {
            seen += (seen.empty() ? "" : " ") + (pair.before ? std::to_string(*pair.before) : "-") + ">"
                + (pair.after ? std::to_string(*pair.after) : "-") + (pair.sourceChanged ? "*" : "");
        }
        return seen;
    };
    CHECK_EQ(pairsOf({"import os", "mail = 'ada@lovelace.org'", "print(1)"},
                 {"import os", "mail = '<EMAIL_01>'", "print(1)"}),
        "0>0 1>1* 2>2");
    CHECK_EQ(pairsOf({"import os", "one(two)", "print(1)"}, {"import os", "three", "print(1)"}), "0>0 1>1* 2>2");
    CHECK_EQ(pairsOf({"import os", "one(two)", "print(1)"}, {"import os", "three", "four", "print(1)"}),
        "0>0 ->1 ->2 1>- 2>3"); // which of them it is nobody knows
    CHECK_EQ(pairsOf({"import os", "one(two)"}, {"import os", "three"}), "0>0 ->1 1>-"); // nothing behind it
}

// What was taken out of the metadata is shown, not only counted.
CUPEL_TEST(whatStandsOutsideOfCellsIsCompared)
{
    const auto partsOf = [](const std::string& old, const std::string& now) {
        const auto changes = review::compare(
            workspaceOf("a.ipynb", notebook({"x = 1"}, old)), workspaceOf("a.ipynb", notebook({"x = 1"}, now)));
        Budget budget;
        std::string lines;
        for (const auto& part : review::compareParts(changes[0], budget)) {
            for (const auto& row : part.rows) {
                using Kind = fixes::PreviewRow::Kind;
                const bool outside = !part.before && !part.after;
                lines += !outside || row.kind == Kind::Same || row.kind == Kind::Folded ? ""
                    : row.kind == Kind::Removed                                         ? "-" + row.before.text + "|"
                    : row.kind == Kind::Added                                           ? "+" + row.after.text + "|"
                                              : row.before.text + " > " + row.after.text + "|";
            }
        }
        return lines;
    };
    const std::string spec = R"("kernelspec": {"name": "python3"})";
    const auto gone =
        partsOf("{\"team\": [{\"name\": \"blue\"}], " + spec + ", \"msauthor\": \"trbye\"}", "{" + spec + "}");
    CHECK(gone.find("-\"team\": [{\"name\": \"blue\"}]|") != std::string::npos);
    CHECK(gone.find("-\"msauthor\": ") != std::string::npos);
    CHECK(gone.find("kernelspec") == std::string::npos);
    CHECK_EQ(partsOf("{" + spec + "}", "{ " + spec + "\n}"), ""); // written by another program
    CHECK(partsOf("{" + spec + "}", R"({"kernelspec": {"name": "julia"}})").find("julia") != std::string::npos);
}

// What is gone stands where it stood, by its number too.
CUPEL_TEST(removedKeysOfMetadataKeepTheirPlace)
{
    const auto changes =
        review::compare(workspaceOf("a.ipynb",
                            notebook({"x = 1"}, R"({"team": "blue", "kept": "one", "owner": "green", "last": "two"})")),
            workspaceOf("a.ipynb", notebook({"x = 1"}, R"({"fresh": "red", "kept": "one", "last": "two"})")));
    Budget budget;
    std::string seen;
    for (const auto& part : review::compareParts(changes[0], budget)) {
        for (const auto& row : part.rows) {
            seen += std::to_string(row.before.number) + row.before.text.substr(0, 5) + ' ';
        }
    }
    CHECK(seen.find("1\"team 2\"kept 3\"owne 4\"last ") != std::string::npos);
}

// Keys may be people and tokens: what names them is masked as their text is.
CUPEL_TEST(keysOfMetadataAreMasked)
{
    Letters letters;
    const auto token = test::githubToken(letters);
    const auto changes = review::compare(workspaceOf("a.ipynb", notebook({"x = 1"}, "{}")),
        workspaceOf("a.ipynb", notebook({"x = 1"}, "{\"" + token + "\": 1, \"plain\": 2}")));
    REQUIRE(changes.size() == 1);
    Budget budget;
    std::string names;
    for (const auto& one : review::compareOutside(changes[0], budget)) {
        names += one.name + '|' + one.before + '|' + one.after + '|';
    }
    CHECK(names.find("plain") != std::string::npos);
    CHECK(names.find(token.substr(8)) == std::string::npos);
}

CUPEL_TEST(findingsAreNewGoneOrTheSame)
{
    Letters letters;
    const auto stays = test::githubToken(letters);
    const auto goes = test::githubToken(letters);
    const auto comes = test::githubToken(letters);
    const auto before =
        workspaceOf("a.ipynb", notebook({"keep_token = '" + stays + "'", "old_token = '" + goes + "'"}));
    const auto after =
        workspaceOf("a.ipynb", notebook({"new_token = '" + comes + "'", "keep_token = '" + stays + "'"}));
    const auto changes = review::compare(before, after);
    REQUIRE(changes.size() == 1);
    CHECK_EQ(changes[0].count(FindingChange::Kind::Fresh), 1U);
    CHECK_EQ(changes[0].count(FindingChange::Kind::Gone), 1U);
    CHECK_EQ(changes[0].count(FindingChange::Kind::Same), 1U);
    CHECK(changes[0].findings.front().kind == FindingChange::Kind::Fresh);
}

// An output that is gone is removed, not replaced by an empty line.
CUPEL_TEST(outputsThatAreGoneAreRemoved)
{
    const auto with = [](const std::string& outputs) {
        return R"({"cells": [{"cell_type": "code", "execution_count": 1, "metadata": {}, "outputs": [)" + outputs
            + R"(], "source": "show"}], "metadata": {}, "nbformat": 4, "nbformat_minor": 4})";
    };
    const std::string output =
        R"({"output_type": "stream", "name": "stdout", "text": "a result in one line that is long enough"})";
    for (const bool gone : {true, false}) {
        const auto full = workspaceOf("a.ipynb", with(output));
        const auto bare = workspaceOf("a.ipynb", with(""));
        const auto files = review::compare(gone ? full : bare, gone ? bare : full);
        REQUIRE(files.size() == 1);
        Budget budget;
        const auto parts = review::compareParts(files[0], budget);
        REQUIRE(parts.size() == 2 && parts[1].outputs);
        CHECK(parts[1].gone == gone && parts[1].fresh == !gone && !parts[0].gone && !parts[0].fresh);
        REQUIRE(parts[1].rows.size() == 1);
        const auto& row = parts[1].rows[0];
        CHECK(row.kind == (gone ? fixes::PreviewRow::Kind::Removed : fixes::PreviewRow::Kind::Added));
        CHECK_EQ((gone ? row.after : row.before).number, 0U);
    }
}

namespace {

// A notebook as a person works in it: cells that read the same, cells that show the same, and some without output.
struct MadeCell {
    std::string source;
    std::string shown; // empty: nothing
    std::string id;
    bool markdown = false;
};

std::string bookOf(const std::vector<MadeCell>& cells, bool ids, bool lists)
{
    std::string all;
    for (const auto& cell : cells) {
        const auto text = [lists](const std::string& said) {
            return lists ? "[\n  " + test::jsonString(said) + "\n ]" : test::jsonString(said);
        };
        all += (all.empty() ? "{" : ", {") + (ids ? "\"id\": \"" + cell.id + "\", " : std::string())
            + "\"metadata\": {}, \"source\": " + text(cell.source);
        const auto shown = cell.shown.empty()
            ? std::string()
            : R"({"output_type": "stream", "name": "stdout", "text": )" + text(cell.shown) + "}";
        all += cell.markdown ? R"(, "cell_type": "markdown"})"
                             : R"(, "cell_type": "code", "execution_count": 1, "outputs": [)" + shown + "]}";
    }
    return "{\"cells\": [" + all + "], \"metadata\": {}, \"nbformat\": 4, \"nbformat_minor\": " + (ids ? "5}" : "4}");
}

std::vector<MadeCell> madeCells(Letters& letters, std::size_t count)
{
    static const std::vector<std::string> common{"df.head()", "%matplotlib inline", "plt.show()", "", "import os"};
    std::vector<MadeCell> cells;
    for (std::size_t i = 0; i < count; ++i) {
        MadeCell cell;
        const bool usual = letters.below(4) == 0;
        cell.source = usual ? common[letters.below(common.size())] : std::string();
        for (std::size_t line = 0; !usual && line <= letters.below(6); ++line) {
            cell.source += letters.of(test::base62, 6) + " = " + letters.of(test::base62, 5) + "("
                + letters.of(test::base62, 4) + ")\n";
        }
        cell.markdown = letters.below(4) == 0;
        if (!cell.markdown && letters.below(2) == 0) {
            cell.shown =
                letters.below(3) == 0 ? "a table with the usual header and 5 rows" : letters.of(test::base62, 30);
        }
        cell.id = letters.of(test::base62, 8);
        cells.push_back(std::move(cell));
    }
    return cells;
}

review::CellCounts countsOf(const std::string& before, const std::string& after)
{
    const auto changes = review::compare(workspaceOf("a.ipynb", before), workspaceOf("a.ipynb", after));
    return changes.size() == 1 ? review::countCells(changes[0].cells) : review::CellCounts{};
}

std::string words(const review::CellCounts& counts)
{
    return std::to_string(counts.changed) + " changed, " + std::to_string(counts.fresh) + " new, "
        + std::to_string(counts.gone) + " gone, " + std::to_string(counts.moved) + " moved";
}

} // namespace

// Edits far enough from each other that they mean one thing only; then the counts must be those of the edits.
CUPEL_TEST(countsAreThoseOfTheEdits)
{
    Letters letters(41);
    for (std::size_t round = 0; round < 300; ++round) {
        const bool ids = letters.below(2) == 0;
        const auto before = madeCells(letters, 40);
        auto after = before;
        review::CellCounts expected;
        // From the end to the start, every fifth cell, so that places before it stay.
        for (std::size_t at = 35; at >= 5; at -= 5) {
            auto& cell = after[at];
            const auto place = after.begin() + static_cast<std::ptrdiff_t>(at);
            const bool known = std::count_if(before.begin(), before.end(), [&cell](const MadeCell& other) {
                return other.source == cell.source;
            }) > 1;
            switch (letters.below(7)) {
            case 0: // a line more
                cell.source += "\nprint(" + letters.of(test::base62, 6) + ")";
                ++expected.changed;
                break;
            case 1: // written anew: only its id tells
                if (ids) {
                    cell.source = letters.of(test::base62, 9);
                    ++expected.changed;
                }
                break;
            case 2:
                after.insert(
                    place, {"fresh_" + letters.of(test::base62, 12) + "()", {}, letters.of(test::base62, 8), false});
                ++expected.fresh;
                break;
            case 3:
                after.erase(place);
                ++expected.gone;
                break;
            case 4: // run again
                if (!cell.markdown) {
                    cell.shown = letters.of(test::base62, 40);
                    ++expected.changed;
                }
                break;
            case 5: // to the end, when no other reads like it
                if (!known) {
                    const auto moving = cell;
                    after.erase(place);
                    after.push_back(moving);
                    ++expected.moved;
                }
                break;
            default:
                break;
            }
        }
        const auto counts = countsOf(bookOf(before, ids, false), bookOf(after, ids, letters.below(2) == 0));
        REQUIRE(CHECK_EQ(words(counts), words(expected)));
    }
}

CUPEL_TEST(ofEqualCellsTheOneThatShowsTheSameIsMeant)
{
    const MadeCell first{"df.head()", "the first table that is shown", "a", false};
    const MadeCell second{"df.head()", "another table, with other rows", "b", false};
    const MadeCell between{"df = df.dropna()", {}, "c", false};
    CHECK_EQ(words(countsOf(bookOf({first, second, between}, false, false), bookOf({second, between}, false, false))),
        "0 changed, 0 new, 1 gone, 0 moved");
    CHECK_EQ(words(countsOf(bookOf({between, second}, false, false), bookOf({between, first, second}, false, false))),
        "0 changed, 1 new, 0 gone, 0 moved");
    auto note = between;
    note.markdown = true;
    CHECK_EQ(words(countsOf(bookOf({first, between}, true, false), bookOf({first, note}, true, true))),
        "1 changed, 0 new, 0 gone, 0 moved");
    CHECK_EQ(
        words(countsOf(bookOf({first, between, second}, true, false), bookOf({second, first, between}, true, true))),
        "0 changed, 0 new, 0 gone, 1 moved");
}

// What is counted is also told: by lines, or by the head of the cell.
CUPEL_TEST(partsTellOfEveryCellThatIsCounted)
{
    const MadeCell first{"x = 1", {}, "a", false};
    const MadeCell second{"y = 2", {}, "b", false};
    const MadeCell secret{"token = \"ghp_" + std::string(36, 'a') + "\"", {}, "c", false};
    auto other = secret;
    other.source = "token = \"ghp_" + std::string(36, 'b') + "\"";
    auto note = second;
    note.markdown = true;
    const MadeCell empty{"", {}, "d", false};
    const auto partsOf = [](const std::vector<MadeCell>& before, const std::vector<MadeCell>& after) {
        const auto old = workspaceOf("a.ipynb", bookOf(before, true, false));
        const auto now = workspaceOf("a.ipynb", bookOf(after, true, false));
        const auto changes = review::compare(old, now);
        Budget budget;
        const auto parts = review::compareParts(changes[0], budget);
        const auto told = std::count_if(parts.begin(), parts.end(),
            [](const review::ComparedPart& part) { return part.changed() || part.tellsOfCell(); });
        return std::to_string(told) + " of " + std::to_string(review::countCells(changes[0].cells).all());
    };
    CHECK_EQ(partsOf({first, second, secret}, {first, second, secret}), "0 of 0");
    CHECK_EQ(partsOf({first, second, secret}, {secret, first, second}), "1 of 1");
    CHECK_EQ(partsOf({first, second}, {first, note}), "1 of 1");
    CHECK_EQ(partsOf({first, second}, {first, empty, second}), "1 of 1");
    CHECK_EQ(partsOf({first, empty, second}, {first, second}), "1 of 1");
    CHECK_EQ(partsOf({first, secret, second}, {first, other, second}), "1 of 1");
}

namespace {

std::string bookOfForms(const std::string& data)
{
    return R"({"cells": [{"cell_type": "code", "execution_count": 1, "metadata": {}, "source": "df", "outputs": [)"
           R"({"output_type": "execute_result", "execution_count": 1, "metadata": {}, "data": {)"
        + data + R"(}}]}], "metadata": {}, "nbformat": 4, "nbformat_minor": 4})";
}

// "-" what is only in the old version, "+" in the new one, "=" what both have and no line tells.
std::string rowsOfForms(const std::string& before, const std::string& after)
{
    const auto old = workspaceOf("a.ipynb", bookOfForms(before));
    const auto now = workspaceOf("a.ipynb", bookOfForms(after));
    const auto changes = review::compare(old, now);
    Budget budget;
    std::string out;
    for (const auto& part : review::compareParts(changes[0], budget)) {
        for (const auto& row : part.outputs ? part.rows : std::vector<fixes::PreviewRow>()) {
            const bool gone = row.kind == fixes::PreviewRow::Kind::Removed;
            const bool fresh = row.kind == fixes::PreviewRow::Kind::Added;
            out += (gone ? "-" : fresh ? "+" : row.kind == fixes::PreviewRow::Kind::Folded ? "=" : "~");
            out += (gone ? row.before : row.after).text + "|";
        }
    }
    return out;
}

} // namespace

// What one form of an output lost is no change of the others.
CUPEL_TEST(formsOfOutputsAreComparedByTheirType)
{
    const std::string html = R"("text/html": "<b>three rows</b>")";
    const std::string plain = R"("text/plain": "three rows")";
    const std::string latex = R"("text/latex": "$3$")";
    CHECK_EQ(rowsOfForms(html + ", " + plain, plain), "-<b>three rows</b>|~three rows|");
    CHECK_EQ(rowsOfForms(plain, html + ", " + plain), "+<b>three rows</b>|~three rows|");
    CHECK_EQ(
        rowsOfForms(latex + ", " + html + ", " + plain, plain + ", " + latex), "-<b>three rows</b>|~three rows|~$3$|");
}

namespace {

std::string bookThatShows(const std::string& source, const std::string& shown)
{
    return R"({"cells": [{"cell_type": "code", "execution_count": 1, "metadata": {}, "source": )"
        + test::jsonString(source) + R"(, "outputs": [{"output_type": "stream", "name": "stdout", "text": )"
        + test::jsonString(shown) + R"(}]}], "metadata": {}, "nbformat": 4, "nbformat_minor": 4})";
}

std::vector<fixes::PreviewRow> changedRows(const std::string& before, const std::string& after, bool outputs = true)
{
    const auto old = workspaceOf("a.ipynb", outputs ? bookThatShows("x", before) : bookThatShows(before, "x"));
    const auto now = workspaceOf("a.ipynb", outputs ? bookThatShows("x", after) : bookThatShows(after, "x"));
    const auto changes = review::compare(old, now);
    Budget budget;
    std::vector<fixes::PreviewRow> rows;
    for (const auto& part : review::compareParts(changes[0], budget)) {
        for (const auto& row : part.outputs == outputs ? part.rows : std::vector<fixes::PreviewRow>()) {
            using Kind = fixes::PreviewRow::Kind;
            row.kind != Kind::Same&& row.kind != Kind::Folded ? rows.push_back(row) : void();
        }
    }
    return rows;
}

std::string manyLines(std::size_t count, const char* word)
{
    std::string text;
    for (std::size_t i = 0; i < count; ++i) {
        text += std::string(word) + ' ' + std::to_string(i) + '\n';
    }
    return text;
}

} // namespace

// However far down in a long text, a change is seen and shown.
CUPEL_TEST(changesFarDownAreShown)
{
    const auto lines = manyLines(100'000, "row");
    for (const bool outputs : {true, false}) {
        const auto rows = changedRows(lines + "value 1\n", lines + "value 2\n", outputs);
        REQUIRE(rows.size() == 1);
        CHECK_EQ(rows[0].before.number, 100'001U);
        CHECK_EQ(rows[0].before.text, "value 1");
        CHECK_EQ(rows[0].after.text, "value 2");
    }
}

CUPEL_TEST(changesInVeryLongLinesAreShownWithWhatStandsAround)
{
    std::string line;
    for (std::size_t i = 0; i < 60'000; ++i) {
        line += "<i>" + std::to_string(i) + "</i>";
    }
    const auto rows = changedRows(line + " told 0.17 end " + line, line + " told 0.18 end " + line);
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].before.text.find(" told 0.17 end ") != std::string::npos);
    CHECK(rows[0].after.text.find(" told 0.18 end ") != std::string::npos);
    CHECK(rows[0].after.text.size() < 200 && rows[0].after.spans.size() == 1);
    const auto added = changedRows(line, line + "<p>reviewed</p>");
    REQUIRE(added.size() == 1);
    CHECK(added[0].after.text.ends_with("<p>reviewed</p>"));
    // Of a line without counterpart the first 400 bytes are shown; all others count.
    const auto alone = changedRows("one", "one\n" + line);
    REQUIRE(alone.size() == 1 && alone[0].after.number == 2);
    CHECK_EQ(alone[0].after.cut, line.size() - 400);
}

CUPEL_TEST(whatIsTooLongToBeListedIsCounted)
{
    using Kind = fixes::PreviewRow::Kind;
    const auto many = changedRows(manyLines(30'000, "row"), manyLines(30'000, "line"));
    REQUIRE(!many.empty() && many.back().kind == Kind::Cut);
    CHECK_EQ(many.size(), 20'001U);
    CHECK_EQ(many.back().folded, 10'000U);
    CHECK_EQ(many.back().before.cut, 10'000U * 9U);
    // Beyond what is compared by lines a digest tells that something differs, and that nothing does.
    const auto vast = manyLines(1'600'000, "a row of many");
    const auto beyond = changedRows(vast + "1", vast + "2");
    REQUIRE(beyond.size() == 1 && beyond[0].kind == Kind::Cut);
    CHECK(beyond[0].folded == 0 && beyond[0].after.cut > 1'000'000);
    CHECK_EQ(changedRows("one\n" + vast, "two\n" + vast).size(), 1U);
}
