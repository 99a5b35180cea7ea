// SPDX-License-Identifier: GPL-3.0-or-later
// The pool: same result for any number of threads, cancel, limits, and one bad file never costs another's result.
#include "analyzers/base/checksums.h"
#include "analyzers/base/redact.h"
#include "analyzers/engine/scan.h"
#include "tests/unit/check.h"
#include "tests/unit/rules/made.h"

#include <chrono>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>

#include <unistd.h>

using namespace cupel;
namespace fs = std::filesystem;

namespace {

struct Folder {
    fs::path path = fs::temp_directory_path() / ("cupel-scan-" + std::to_string(::getpid()));
    Folder()
    {
        fs::remove_all(path);
        fs::create_directories(path / "sub");
    }
    ~Folder() { fs::remove_all(path); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    void write(const std::string& name, const std::string& text) const
    {
        std::ofstream(path / name, std::ios::binary) << text;
    }
};

std::string cell(const std::string& source)
{
    return R"({"cells": [{"cell_type": "code", "metadata": {}, "outputs": [], "source": ")" + source
        + R"("}], "metadata": {}, "nbformat": 4, "nbformat_minor": 4})";
}

std::string digest(const Workspace& workspace)
{
    std::string out;
    for (const auto& [path, analysis] : workspace.analyses) {
        out += path + ' ' + toHex(analysis->artifact.sha256) + '\n';
        for (const auto& finding : analysis->findings) {
            out += finding.rule + ' ' + finding.location.human + ' ' + finding.fingerprint + '\n';
        }
    }
    return out;
}

} // namespace

CUPEL_TEST(threadsDoNotChangeTheResult)
{
    const Folder folder;
    for (int i = 0; i < 60; ++i) {
        folder.write("n" + std::to_string(i) + ".ipynb",
            cell("db = 'postgresql://svc:Zq8rT2vLw9xB@db.corp.net:5432/x" + std::to_string(i) + "'"));
    }
    folder.write("broken.ipynb", "{\"cells\": [");
    folder.write("sub/text.txt", "plain");
    ScanOptions one;
    one.jobs = 1;
    ScanOptions many;
    many.jobs = 8;
    const auto first = engine::scanAll({folder.path.string()}, one);
    CHECK_EQ(first.analyses.size(), 62);
    CHECK_EQ(digest(first), digest(engine::scanAll({folder.path.string()}, many)));
    CHECK_EQ(summarize(first).partial, 1);
    CHECK(summarize(first).bySeverity[3] + summarize(first).bySeverity[4] >= 60);
}

// Long files are judged on two threads: personal data on one, everything else on the other.
CUPEL_TEST(longFilesHaveTheSameResultOnTwoThreads)
{
    const Folder folder;
    std::string text;
    for (int i = 0; text.size() < (5 << 20); ++i) {
        text += "line " + std::to_string(i) + " of a log without anything to say\n";
        if (i % 20'000 == 0) {
            text += "mail person" + std::to_string(i)
                + "@lab-north.org, db = 'postgresql://svc:Zq8rT2vLw9xB@db.corp.net:5432/x" + std::to_string(i)
                + "', home /Users/mkowalski/run\n";
        }
    }
    folder.write("long.txt", text);
    ScanOptions one;
    one.jobs = 1;
    ScanOptions two;
    two.jobs = 2;
    const auto alone = digest(engine::scanAll({folder.path.string()}, one));
    CHECK(alone.find("CUP-PII-EMAIL") != std::string::npos);
    CHECK(alone.find("CUP-OUT-LEAK-HOME-PATH") != std::string::npos);
    CHECK_EQ(alone, digest(engine::scanAll({folder.path.string()}, two)));
}

// What quick rules find comes first and says that it is not the last word; nothing is shown that slow rules may hide.
CUPEL_TEST(quickFindingsComeEarly)
{
    const auto book = [](const std::string& first) {
        std::string text = R"({"cells": [)";
        const auto add = [&text](const std::string& source) {
            text += R"({"cell_type": "code", "metadata": {}, "outputs": [], "source": ")" + source + R"("})";
        };
        add(first);
        for (int i = 0; i < 1'500; ++i) {
            text += ",";
            add("import os\\nos.system('ls " + std::to_string(i) + "' + x)");
        }
        return text + R"(], "metadata": {}, "nbformat": 4, "nbformat_minor": 4})";
    };
    const auto scanned = [](const std::string& text, bool early) {
        const Folder folder;
        folder.write("n.ipynb", text);
        ScanOptions options;
        options.early = early;
        engine::Scan scan({folder.path.string()}, options);
        return scan.wait();
    };
    const std::string secret = "db = 'postgresql://svc:Zq8rT2vLw9xB@db.corp.net:5432/x'";
    const auto both = scanned(book(secret), true);
    REQUIRE(both.size() == 2);
    CHECK(both[0]->provisional && !both[1]->provisional);
    CHECK(both[0]->facts.status == ReadStatus::Partial && both[1]->facts.status == ReadStatus::Complete);
    const auto count = [](const AnalysisPtr& analysis, std::string_view start) {
        return std::count_if(analysis->findings.begin(), analysis->findings.end(),
            [start](const Finding& finding) { return finding.rule.starts_with(start); });
    };
    CHECK_EQ(count(both[0], "CUP-SEC"), 1);
    CHECK_EQ(count(both[0], "CUP-CODE"), 0);
    CHECK(count(both[1], "CUP-CODE") > 0);
    CHECK_EQ(scanned(book(secret), false).size(), 1);
    CHECK_EQ(scanned(book("from cryptography.fernet import Fernet"), true).size(), 1);
    CHECK_EQ(scanned(cell(secret), true).size(), 1); // done before anybody looks
}

CUPEL_TEST(whatCannotBeReadIsListed)
{
    const Folder folder;
    folder.write("ok.ipynb", cell("x"));
    const auto workspace = engine::scanAll(
        {(folder.path / "missing.ipynb").string(), "/dev/zero", (folder.path / "ok.ipynb").string()}, {});
    CHECK_EQ(workspace.analyses.size(), 3);
    CHECK_EQ(summarize(workspace).partial, 2);
    CHECK(summarize(workspace).incomplete);
}

CUPEL_TEST(everyRuleIsCountedAlsoWithoutFindings)
{
    const Folder folder;
    folder.write("ok.ipynb", cell("x"));
    const auto workspace = engine::scanAll({folder.path.string()}, {});
    CHECK_EQ(workspace.analyses.size(), 1);
    CHECK(workspace.analyses.begin()->second->rulesRun > 1'000);
}

CUPEL_TEST(aFileAskedForTwiceAppearsOnce)
{
    const Folder folder;
    folder.write("ok.ipynb", cell("x"));
    const auto path = (folder.path / "ok.ipynb").string();
    CHECK_EQ(engine::scanAll({path, path}, {}).analyses.size(), 1);
}

CUPEL_TEST(linksOutOfTheFolderAreNotFollowed)
{
    const Folder folder;
    folder.write("ok.ipynb", cell("x"));
    fs::create_symlink("/etc/passwd", folder.path / "link.txt");
    fs::create_symlink(folder.path, folder.path / "sub" / "loop");
    CHECK_EQ(engine::scanAll({folder.path.string()}, {}).analyses.size(), 1);
}

CUPEL_TEST(aLinkOutOfTheFolderToWhatIsLoadedIsTold)
{
    const Folder folder;
    folder.write("x.pkl", "N.");
    fs::create_symlink(folder.path / "x.pkl", folder.path / "sub" / "model.pt");
    const auto result = engine::scanAll({(folder.path / "sub").string()}, {});
    REQUIRE(result.analyses.size() == 1);
    CHECK_EQ(result.analyses.begin()->second->facts.status == ReadStatus::Unreadable, true);
}

CUPEL_TEST(linksOfAModelCacheAreFollowed)
{
    const Folder cache;
    fs::create_directories(cache.path / "models--x/blobs");
    fs::create_directories(cache.path / "models--x/snapshots/abc");
    cache.write("models--x/blobs/0123", "cos\nsystem\n(S'x'\ntR.");
    fs::create_symlink("../../blobs/0123", cache.path / "models--x/snapshots/abc/pytorch_model.bin");
    const auto result = engine::scanAll({(cache.path / "models--x/snapshots/abc").string()}, {});
    REQUIRE(result.analyses.size() == 1);
    CHECK_EQ(result.analyses.begin()->second->findings.empty(), false);
}

CUPEL_TEST(excludeLeavesFilesOut)
{
    const Folder folder;
    folder.write("a.ipynb", cell("x"));
    folder.write("sub/b.ipynb", cell("x"));
    ScanOptions options;
    options.exclude = {"sub"};
    CHECK_EQ(engine::scanAll({folder.path.string()}, options).analyses.size(), 1);
    options.exclude = {"*.ipynb"};
    CHECK_EQ(engine::scanAll({folder.path.string()}, options).analyses.size(), 0);
}

CUPEL_TEST(cancelEndsSoonAndSaysSo)
{
    const Folder folder;
    const std::string big(8 << 20, 'a');
    for (int i = 0; i < 40; ++i) {
        folder.write("t" + std::to_string(i) + ".txt", big);
    }
    engine::Scan scan({folder.path.string()}, {});
    scan.cancel();
    const auto results = scan.wait();
    CHECK(scan.progress().finished);
    CHECK(scan.progress().cancelled);
    for (const auto& analysis : results) {
        CHECK(analysis->facts.status != ReadStatus::Complete || analysis->size > 0);
    }
}

CUPEL_TEST(aScanThatIsDroppedJoinsItsThreads)
{
    const Folder folder;
    folder.write("a.ipynb", cell("x"));
    for (int i = 0; i < 50; ++i) {
        const engine::Scan scan({folder.path.string()}, {});
    }
    CHECK(true);
}

CUPEL_TEST(timeLimitIsKept)
{
    const Folder folder;
    for (int i = 0; i < 20; ++i) {
        folder.write("t" + std::to_string(i) + ".txt", std::string(4 << 20, 'a'));
    }
    ScanOptions options;
    options.limits.time = std::chrono::milliseconds(1);
    const auto workspace = engine::scanAll({folder.path.string()}, options);
    CHECK(workspace.timedOut);
    CHECK(summarize(workspace).incomplete);
}

CUPEL_TEST(memoryLimitRefusesWhatDoesNotFit)
{
    const Folder folder;
    folder.write("small.txt", "x");
    folder.write("big.txt", std::string(1 << 20, 'a'));
    ScanOptions options;
    options.memoryBytes = 1'000;
    const auto workspace = engine::scanAll({folder.path.string()}, options);
    CHECK_EQ(workspace.analyses.size(), 2);
    CHECK_EQ(summarize(workspace).partial, 1);
}

CUPEL_TEST(membersThatShareTheirBytesAreABomb)
{
    const auto workspace = engine::scanAll({CUPEL_SOURCE_DIR "/tests/data/formats/zip/overlap.zip"}, {});
    CHECK(workspace.analyses.size() < 12); // of 41
    CHECK(summarize(workspace).incomplete);
}

CUPEL_TEST(membersOfTheSameNameAreAllLookedAt)
{
    const std::string path = CUPEL_SOURCE_DIR "/tests/data/formats/zip/same-names.zip";
    const auto workspace = engine::scanAll({path}, {});
    CHECK_EQ(workspace.analyses.size(), 4);
    const auto second = workspace.analyses.find(path + "!a.txt (2)");
    CHECK(second != workspace.analyses.end() && !second->second->findings.empty());
}

CUPEL_TEST(membersAreLookedAtOneByOneWhereMemoryIsShort)
{
    ScanOptions options;
    options.memoryBytes = 1'000;
    options.jobs = 1;
    const std::string path = CUPEL_SOURCE_DIR "/tests/data/formats/zip/nested.zip";
    CHECK_EQ(digest(engine::scanAll({path}, options)), digest(engine::scanAll({path}, {})));
}

namespace {

void add(std::string& out, std::uint64_t number, unsigned width)
{
    for (unsigned i = 0; i < width; ++i) {
        out.push_back(static_cast<char>(number & 0xFF));
        number >>= 8;
    }
}

// A zip with stored members of the same content.
std::string zipOf(const std::vector<std::string>& names, const std::string& content)
{
    std::string out;
    std::string directory;
    for (const auto& name : names) {
        std::string fields;
        add(fields, 20, 2);
        add(fields, 0, 8); // flags, method, time
        add(fields, crc32(content), 4);
        add(fields, content.size(), 4);
        add(fields, content.size(), 4);
        add(fields, name.size(), 2);
        add(fields, 0, 2);
        directory += "PK\1\2";
        add(directory, 20, 2);
        directory += fields;
        add(directory, 0, 10); // comment, disk, attributes
        add(directory, out.size(), 4);
        directory += name;
        out += "PK\3\4" + fields + name + content;
    }
    const auto start = out.size();
    out += directory + "PK\5\6";
    add(out, 0, 4);
    add(out, names.size(), 2);
    add(out, names.size(), 2);
    add(out, directory.size(), 4);
    add(out, start, 4);
    add(out, 0, 2);
    return out;
}

} // namespace

CUPEL_TEST(namesOfMembersAreTextOfTheContainer)
{
    const Folder folder;
    test::Letters letters;
    const auto token = test::githubToken(letters);
    const auto other = test::githubToken(letters);
    // The last one is what the first is shown as: no member may be taken for another.
    const std::vector<std::string> names{"a/" + token + ".py", "plain.py", "a/" + other + ".py",
        "a/" + std::string("ghp_") + std::string(maskDots) + ".py"};
    const auto bytes = zipOf(names, "x = 1\n");
    folder.write("a.zip", bytes);
    const auto zip = (folder.path / "a.zip").string();
    const auto workspace = engine::scanAll({zip}, {});
    CHECK_EQ(workspace.analyses.size(), 5);
    CHECK(workspace.analyses.contains(zip + "!plain.py"));
    for (const auto& [path, analysis] : workspace.analyses) {
        CHECK(path.find(token) == std::string::npos && path.find(other) == std::string::npos);
        CHECK_EQ(analysis->facts.status, ReadStatus::Complete);
        for (const auto& child : analysis->facts.children) {
            CHECK(child.name.find(token) == std::string::npos && child.name.find(other) == std::string::npos);
        }
    }
    const auto& container = *workspace.analyses.at(zip);
    REQUIRE(CHECK_EQ(container.findings.size(), 2));
    CHECK_EQ(bytes.substr(container.findings[0].location.bytes.start, token.size()), token);
    CHECK_EQ(bytes.substr(container.findings[1].location.bytes.start, token.size()), other);
    CHECK_EQ(container.findings[0].location.human, "name of a member");
    CHECK_EQ(container.findings[0].location.line, 0);
    CHECK_EQ(container.findings[0].evidence[0].excerpt, "a/ghp_" + std::string(maskDots) + ".py");
    CHECK_EQ(container.sensitive.size(), 4); // a name stands in front of its member and in the directory
}

CUPEL_TEST(listsBesideTellVersions)
{
    const auto severity = [](const std::string& name, const std::string& list) {
        const Folder folder;
        folder.write("n.ipynb", cell("import torch\\nm = torch.load('m.pt')"));
        folder.write(name, list);
        std::string out = "none";
        for (const auto& [path, analysis] : engine::scanAll({(folder.path / "n.ipynb").string()}, {}).analyses) {
            for (const auto& finding : analysis->findings) {
                out = finding.rule == "CUP-CODE-TORCH-LOAD" ? std::string(toString(finding.severity)) : out;
            }
        }
        return out;
    };
    CHECK_EQ(severity("other.txt", "torch==2.1.0\n"), "medium");
    CHECK_EQ(severity("requirements.txt", "torch==2.1.0\n"), "high");
    CHECK_EQ(severity("requirements.txt", "torch>=2.1\n"), "medium"); // a newer one may be there
    CHECK_EQ(severity("requirements.txt", "torch>=2.6\n"), "none");
    CHECK_EQ(severity("Pipfile.lock", R"({"default": {"torch": {"version": "==2.6.1"}}})"), "none");
    CHECK_EQ(severity("conda-lock.yml", "package:\n- name: torch\n  version: 2.5.1\n  manager: pip\n"), "high");
}

CUPEL_TEST(listsBesideTellThePin)
{
    const auto pinned = [](const std::string& source, const std::string& name, const std::string& list) {
        const Folder folder;
        folder.write("n.ipynb", cell(source));
        folder.write(name, list);
        std::string out;
        for (const auto& [path, analysis] : engine::scanAll({(folder.path / "n.ipynb").string()}, {}).analyses) {
            for (const auto& finding : analysis->findings) {
                for (std::size_t i = 0;
                    finding.rule == "CUP-DEP-UNPINNED" && finding.fix && i < finding.fix->edits.size(); ++i) {
                    out += finding.fix->edits[i].text;
                }
            }
        }
        return out;
    };
    CHECK_EQ(pinned("!pip install pandas", "requirements.txt", "pandas==2.1.0\n"), "==2.1.0");
    CHECK_EQ(
        pinned("%pip install Pandas six", "poetry.lock",
            "[[package]]\nname = \"pandas\"\nversion = \"2.2.1\"\n[[package]]\nname = \"six\"\nversion = \"1.16.0\"\n"),
        "==2.2.1==1.16.0");
    CHECK_EQ(pinned("!pip install pandas", "requirements.txt", "pandas>=2.1\n"), ""); // a range is no pin
    CHECK_EQ(pinned("!pip install pandas", "requirements.txt", "polars==1.0\n"), "");
    CHECK_EQ(pinned("!npm install pandas", "requirements.txt", "pandas==2.1.0\n"), ""); // another package
    CHECK_EQ(pinned("!pip install pandas", "requirements.txt", "pandas==2.1.0\"x\n"), "");
    CHECK_EQ(pinned("!pip install pandas==1.5.3", "requirements.txt", "pandas==2.1.0\n"), "");
}

CUPEL_TEST(onlyTheFileOfDecisionsIsLeftOut)
{
    const Folder folder;
    folder.write("a.ipynb", cell("x"));
    fs::create_directories(folder.path / ".cupel");
    fs::create_directories(folder.path / "sub" / ".cupel" / "deeper");
    for (const char* name : {".cupel/decisions.jsonl", "sub/.cupel/decisions.jsonl", ".cupel/notes.txt",
             "sub/.cupel/deeper/decisions.jsonl", "decisions.jsonl", "sub/.cupel/decisions.jsonl.txt"}) {
        folder.write(name, "{}\n");
    }
    const auto paths = [](const std::string& root) {
        std::vector<std::string> list;
        for (const auto& [path, analysis] : engine::scanAll({root}, {}).analyses) {
            list.push_back(path.substr(root.size()));
        }
        return list;
    };
    const std::vector<std::string> expected{"/.cupel/notes.txt", "/a.ipynb", "/decisions.jsonl",
        "/sub/.cupel/decisions.jsonl.txt", "/sub/.cupel/deeper/decisions.jsonl"};
    CHECK(paths(folder.path.string()) == expected);
    // Asked for, it is read like anything else.
    CHECK_EQ(paths((folder.path / ".cupel/decisions.jsonl").string()).size(), 1U);
    CHECK_EQ(paths((folder.path / ".cupel").string()).size(), 2U);
}
