// SPDX-License-Identifier: GPL-3.0-or-later
// The rules of code: every rule's own examples, trails of taint, fixes, allow comments, repetitions, broken cells.
#include "analyzers/model/notes.h"
#include "analyzers/rules/rule_set.h"
#include "tests/unit/check.h"
#include "tests/unit/rules/made.h"

#include <algorithm>

using namespace cupel;

namespace {

std::string notebook(const std::vector<std::string>& cells)
{
    std::string text = R"({"cells": [)";
    for (std::size_t i = 0; i < cells.size(); ++i) {
        text += (i > 0 ? ", " : "") + std::string(R"({"cell_type": "code", "execution_count": null, "metadata": {}, )")
            + R"("outputs": [], "source": )" + test::jsonString(cells[i]) + "}";
    }
    return text + R"(], "metadata": {}, "nbformat": 4, "nbformat_minor": 4})";
}

std::string jsonSource(const std::string& text)
{
    std::string escaped;
    for (const char c : text) {
        escaped += c == '\x1b' ? std::string("\\u001b") : std::string(1, c);
    }
    return escaped;
}

const Finding* finding(const Analysis& analysis, std::string_view rule)
{
    const auto hit = std::find_if(analysis.findings.begin(), analysis.findings.end(),
        [&](const Finding& entry) { return entry.rule == "CUP-CODE-" + std::string(rule); });
    return hit != analysis.findings.end() ? &*hit : nullptr;
}

// The text of a script after the fix of one finding.
std::string fixedScript(const std::string& code, std::string_view rule)
{
    const auto analysis = test::analyzed(code, "t.py");
    const auto* found = finding(analysis, rule);
    if (!found || !found->fix) {
        return "no fix";
    }
    auto text = code;
    for (auto edit = found->fix->edits.rbegin(); edit != found->fix->edits.rend(); ++edit) {
        text.replace(edit->bytes.start, edit->bytes.size(), edit->text);
    }
    return text;
}

} // namespace

CUPEL_TEST(everyExampleKeepsItsPromise)
{
    std::size_t count = 0;
    for (const auto& rule : rules::catalogue()) {
        if (!rule.id.starts_with("CUP-CODE-")) {
            continue;
        }
        ++count;
        const auto has = [&](const std::string& code) {
            auto bytes = notebook({code});
            const auto analysis = test::analyzed(jsonSource(bytes));
            return std::any_of(analysis.findings.begin(), analysis.findings.end(),
                [&](const Finding& entry) { return entry.rule == rule.id; });
        };
        if (!has(rule.wrongExample)) {
            test::report(false, __FILE__, __LINE__, rule.id + ": the wrong example gives no finding");
        }
        if (has(rule.rightExample)) {
            test::report(false, __FILE__, __LINE__, rule.id + ": the right example gives a finding");
        }
        CHECK(!rule.whereFrom.empty() && !rule.howToFix.empty());
    }
    CHECK(count >= 180);
}

CUPEL_TEST(taintShowsItsWay)
{
    const auto analysis =
        test::analyzed(notebook({"name = input('file: ')", "import os\ncmd = 'rm ' + name", "os.system(cmd)"}));
    const auto* found = finding(analysis, "COMMAND-OUTSIDE");
    REQUIRE(found != nullptr);
    CHECK_EQ(found->location.cell.value_or(9), 2);
    CHECK(finding(analysis, "OS-SYSTEM") == nullptr); // the finer rule speaks
    std::vector<std::string> roles;
    for (const auto& step : found->evidence) {
        roles.push_back(step.role);
    }
    REQUIRE(roles.size() >= 4);
    CHECK_EQ(roles[1], "source");
    CHECK_EQ(found->evidence[1].location.cell.value_or(9), 0);
    CHECK(std::find(roles.begin(), roles.end(), "step") != roles.end());
    CHECK(std::find(roles.begin(), roles.end(), "sink") != roles.end());
}

CUPEL_TEST(callersTaintParameters)
{
    const auto analysis =
        test::analyzed(notebook({"import os\ndef run(c):\n    os.system(c)", "run('ls ' + input())"}));
    const auto* found = finding(analysis, "COMMAND-OUTSIDE");
    REQUIRE(found != nullptr);
    CHECK_EQ(found->location.cell.value_or(9), 0);
    CHECK_EQ(found->location.cellLine.value_or(9), 3);
    CHECK(
        finding(test::analyzed(notebook({"import os\ndef run(c):\n    os.system(c)", "run('ls')"})), "COMMAND-OUTSIDE")
        == nullptr);
}

CUPEL_TEST(pinnedVersionsDecide)
{
    const std::string load = "import torch\ntorch.load('m.pt')";
    const auto* old = finding(test::analyzed(notebook({"%pip install torch==2.1.0", load})), "TORCH-LOAD");
    CHECK(old != nullptr);
    const auto withOld = test::analyzed(notebook({"%pip install torch==2.1.0", load}));
    CHECK(finding(withOld, "TORCH-LOAD")->severity == Severity::High);
    CHECK(finding(test::analyzed(notebook({"%pip install torch==2.10.1", load})), "TORCH-LOAD") == nullptr);
    const auto unknown = test::analyzed(notebook({load}));
    REQUIRE(finding(unknown, "TORCH-LOAD") != nullptr);
    CHECK(finding(unknown, "TORCH-LOAD")->severity == Severity::Medium);
}

CUPEL_TEST(aLoopOverConstantsChoosesAmongThem)
{
    const auto chosen =
        test::analyzed(notebook({"METRICS = ['rmse', 'mae']", "for m in METRICS:\n    r = eval(m)(a, b)"}));
    const auto* known = finding(chosen, "EVAL");
    REQUIRE(known != nullptr);
    CHECK(known->severity == Severity::Low && known->confidence == Confidence::Possible);
    const auto read = test::analyzed(notebook({"for m in open('m.txt'):\n    r = eval(m)(a, b)"}));
    const auto unknown = std::find_if(read.findings.begin(), read.findings.end(),
        [](const Finding& f) { return f.rule.starts_with("CUP-CODE-EVAL"); });
    REQUIRE(unknown != read.findings.end());
    CHECK(unknown->severity >= Severity::Medium);
}

CUPEL_TEST(otherLanguagesAreSaidNotToBeJudged)
{
    const auto bookIn = [](const std::string& language, const std::string& source) {
        return R"({"cells": [{"cell_type": "code", "execution_count": null, "metadata": {}, "outputs": [], "source": )"
            + test::jsonString(source) + R"(}], "metadata": {"language_info": {"name": ")" + language
            + R"("}}, "nbformat": 4, "nbformat_minor": 4})";
    };
    const auto note = [](const Analysis& analysis) {
        for (const auto& diagnostic : analysis.facts.diagnostics) {
            if (diagnostic.code == codeNotJudged) {
                CHECK(diagnostic.level == DiagnosticLevel::Note);
                return diagnostic.message;
            }
        }
        return std::string();
    };
    const auto julia = test::analyzed(bookIn("julia", "run(`rm -rf /`)"));
    CHECK_EQ(
        note(julia), std::string("Code in Julia is not judged: only installs, secrets, personal data and outputs are"));
    CHECK(julia.facts.status == ReadStatus::Complete);
    CHECK(note(test::analyzed(bookIn("R", "install.packages('x')"))).find("installs") != std::string::npos);
    CHECK(note(test::analyzed(bookIn("python", "x = 1"))).empty());
    CHECK(note(test::analyzed(bookIn("julia", "\n"))).empty());
    // What the file says of itself is not repeated.
    CHECK(note(test::analyzed(bookIn("hunter2-secret", "x"))).find("hunter2") == std::string::npos);
}

// More code than is held at once: all of it is judged, and imports of the first window hold in the last.
CUPEL_TEST(muchCodeIsJudgedInWindows)
{
    std::string filler = "values = [";
    for (int i = 0; i < 5'000; ++i) {
        filler += "x" + std::to_string(i) + ", ";
    }
    filler += "0]";
    std::vector<std::string> cells{"import pickle as p", "p.load(open('first.pkl', 'rb'))"};
    for (int i = 0; i < 200; ++i) {
        cells.push_back(filler);
    }
    cells.push_back("p.load(open('last.pkl', 'rb'))");
    const auto analysis = test::analyzed(notebook(cells));
    std::vector<std::uint32_t> at;
    for (const auto& entry : analysis.findings) {
        if (entry.rule == "CUP-CODE-PICKLE-LOAD") {
            at.push_back(static_cast<std::uint32_t>(entry.location.cell.value_or(999)));
        }
    }
    CHECK_EQ(at.size(), 2);
    CHECK_EQ(at.back(), 202);
    CHECK(analysis.facts.status == ReadStatus::Complete);
}

CUPEL_TEST(repetitionsAreOneFinding)
{
    std::vector<std::string> cells{"from transformers import AutoModel, AutoTokenizer"};
    for (int i = 0; i < 20; ++i) {
        cells.push_back("m = AutoModel.from_pretrained('some/model')");
    }
    const auto analysis = test::analyzed(notebook(cells));
    std::size_t count = 0;
    for (const auto& entry : analysis.findings) {
        count += entry.rule == "CUP-CODE-HUB-UNPINNED" ? 1 : 0;
    }
    CHECK_EQ(count, 1);
    const auto* found = finding(analysis, "HUB-UNPINNED");
    CHECK_EQ(found->arguments.at("count"), "20");
    for (std::size_t i = 1; i < found->evidence.size(); ++i) {
        CHECK_EQ(found->evidence[i].role, "place"); // it stands there too, marked as the first one is
    }
}

// Lines that alone are no reason to say anything are named where the rule speaks.
CUPEL_TEST(allLinesFilledWithValuesAreNamedWithTheOneThatMatters)
{
    const std::string quiet = "!echo {url}\n!saved_model_cli show --dir '{path}'\n!ls\n";
    CHECK(!finding(test::analyzed(notebook({quiet})), "INTERPOLATED-SHELL"));
    const auto analysis = test::analyzed(notebook({quiet, "!curl {url} | sh\n!ls {path}"}));
    const auto* found = finding(analysis, "INTERPOLATED-SHELL");
    REQUIRE(found != nullptr);
    CHECK(found->location.human.starts_with("cell 1, line 1"));
    CHECK_EQ(found->arguments.at("count"), "4");
    REQUIRE(CHECK_EQ(found->evidence.size(), 4U)); // its own line is the first
    CHECK(found->evidence[1].location.human.starts_with("cell 0, line 1"));
    CHECK(found->evidence[3].location.human.starts_with("cell 1, line 2"));
}

CUPEL_TEST(allowCommentsOfAllPeers)
{
    for (const char* comment : {"# nosec", "# nosec B602", "# noqa: S602", "# nosemgrep: some.rule", "# cupel: allow",
             "# cupel: allow CUP-CODE-OS-SYSTEM"}) {
        const auto analysis = test::analyzed("import os\nos.system(x)  " + std::string(comment) + "\n", "t.py");
        CHECK(finding(analysis, "OS-SYSTEM") == nullptr);
        CHECK(std::any_of(analysis.allowed.begin(), analysis.allowed.end(),
            [](const Finding& entry) { return entry.rule == "CUP-CODE-OS-SYSTEM"; }));
    }
    for (const char* comment : {"# noqa: E501", "# cupel: allow CUP-CODE-EVAL", "# no secrets", "# see nosec"}) {
        CHECK(finding(test::analyzed("import os\nos.system(x)  " + std::string(comment) + "\n", "t.py"), "OS-SYSTEM")
            != nullptr);
    }
}

CUPEL_TEST(fixesAreExact)
{
    CHECK_EQ(fixedScript("import torch\nx = torch.load('a', map_location='cpu')\n", "TORCH-LOAD"),
        "import torch\nx = torch.load('a', map_location='cpu', weights_only=True)\n");
    CHECK_EQ(fixedScript("import torch\nx = torch.load('a', weights_only=False)\n", "TORCH-LOAD-UNSAFE"),
        "import torch\nx = torch.load('a', weights_only=True)\n");
    CHECK_EQ(fixedScript("import yaml\nx = yaml.load(f)\n", "YAML-LOAD"), "import yaml\nx = yaml.safe_load(f)\n");
    CHECK_EQ(fixedScript("import requests\nrequests.get(u, verify=False, timeout=3)\n", "TLS-VERIFY-OFF"),
        "import requests\nrequests.get(u, timeout=3)\n");
    CHECK_EQ(fixedScript("import requests\nrequests.get(u, verify=False)\n", "TLS-VERIFY-OFF"),
        "import requests\nrequests.get(u)\n");
    CHECK_EQ(fixedScript("import requests\nrequests.get(\n    u,\n)\n", "NO-TIMEOUT"),
        "import requests\nrequests.get(\n    u, timeout=10\n)\n");
    CHECK_EQ(fixedScript("import tarfile\ntarfile.open('a').extractall()\n", "EXTRACT-ALL"),
        "import tarfile\ntarfile.open('a').extractall(filter='data')\n");
    CHECK_EQ(fixedScript("import numpy as np\nnp.load('a', allow_pickle=True)\n", "NUMPY-PICKLE"),
        "import numpy as np\nnp.load('a', allow_pickle=False)\n");
    // Nothing that is not known is changed.
    CHECK_EQ(fixedScript("import torch\nx = torch.load('a', **options)\n", "TORCH-LOAD"), "no fix");
    CHECK_EQ(fixedScript("import requests\nrequests.get(u  # the address\n)\n", "NO-TIMEOUT"), "no fix");
}

CUPEL_TEST(aFixLandsInsideOfJson)
{
    const auto bytes = notebook({"import torch\nx = torch.load(\"a\")"});
    const auto analysis = test::analyzed(bytes);
    const auto* found = finding(analysis, "TORCH-LOAD");
    REQUIRE(found != nullptr && found->fix && found->fix->edits.size() == 1);
    auto text = bytes;
    const auto& edit = found->fix->edits[0];
    text.replace(edit.bytes.start, edit.bytes.size(), edit.text);
    CHECK(text.find(R"(torch.load(\"a\", weights_only=True))") != std::string::npos);
    CHECK(finding(test::analyzed(text), "TORCH-LOAD") == nullptr);
}

CUPEL_TEST(aBrokenCellLosesOnlyItself)
{
    const auto analysis = test::analyzed(
        notebook({"import os", "def broken(:\n  )) ][ '''", "os.system(x)", "!curl -s https://x.example/a | sh"}));
    CHECK(finding(analysis, "OS-SYSTEM") != nullptr);
    CHECK(finding(analysis, "CURL-PIPE-SHELL") != nullptr);
}

CUPEL_TEST(shellIsJudgedWhereverItStands)
{
    for (const char* code :
        {"!curl -s https://x.example/a | sudo bash", "%%bash\nset -e\nwget -qO- https://x.example/a | sh",
            "import os\nos.system('curl https://x.example/a | sh')",
            "import subprocess\nsubprocess.run('curl https://x.example/a|sh', shell=True)",
            "import subprocess\nsubprocess.run(['bash', '-c', 'curl https://x.example/a | sh'])",
            "get_ipython().system('curl https://x.example/a | sh')", "%sx curl https://x.example/a | sh",
            "x = !curl https://x.example/a | sh", "!bash -c \"$(curl -fsSL https://x.example/a)\"",
            "%%script sh\ncurl https://x.example/a | sh", "!bash <(curl -s https://x.example/a)"}) {
        if (finding(test::analyzed(notebook({code})), "CURL-PIPE-SHELL") == nullptr) {
            test::report(false, __FILE__, __LINE__, std::string("not found: ") + code);
        }
    }
    CHECK(finding(test::analyzed(notebook({"!curl -s https://x.example/a -o a.sh"})), "CURL-PIPE-SHELL") == nullptr);
    CHECK(finding(test::analyzed(notebook({"print('curl https://x.example/a | sh')"})), "CURL-PIPE-SHELL") == nullptr);
}

CUPEL_TEST(otherLanguagesAreNoPython)
{
    auto bytes = notebook({"eval(x)\n"});
    const std::string empty = R"("metadata": {}, "nbformat")";
    bytes.replace(bytes.rfind(empty), empty.size(), R"("metadata": {"language_info": {"name": "R"}}, "nbformat")");
    CHECK(finding(test::analyzed(bytes), "EVAL") == nullptr);
}

CUPEL_TEST(keysInCodeAreMasked)
{
    const std::string key = "seldom" + std::string("-seen-") + "value";
    const auto analysis = test::analyzed(notebook({"import jwt\nk = '" + key
        + "'\njwt.encode({'a': 1}, k, algorithm='HS256')\nd['" + key + "'].execute(f'select {x} from t')"}));
    const auto* found = finding(analysis, "JWT-SECRET-LITERAL");
    REQUIRE(found != nullptr);
    for (const auto& entry : analysis.findings) {
        for (const auto& step : entry.evidence) {
            if (entry.rule == "CUP-CODE-JWT-SECRET-LITERAL") {
                CHECK(step.excerpt.find(key) == std::string::npos);
            }
        }
        for (const auto& [name, value] : entry.arguments) {
            CHECK(value.find(key) == std::string::npos);
        }
    }
}

CUPEL_TEST(whatExecRunsIsJudged)
{
    const auto analysis = test::analyzed(notebook({"exec(\"import os; os.system('curl https://x.example/a | sh')\")"}));
    CHECK(finding(analysis, "CURL-PIPE-SHELL") != nullptr);
    CHECK_EQ(analysis.findings.front().location.cellLine.value_or(0), 1);
}
