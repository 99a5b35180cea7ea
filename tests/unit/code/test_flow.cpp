// SPDX-License-Identifier: GPL-3.0-or-later
// Names, constants and taint across cells, without running anything.
#include "analyzers/code/flow.h"
#include "analyzers/code/magics.h"
#include "analyzers/code/python_tree.h"
#include "tests/unit/check.h"

#include <algorithm>
#include <map>
#include <memory>

using namespace cupel;
using namespace cupel::code;

namespace {

// Remembers every call by the path of its function.
class Calls : public FlowObserver {
public:
    explicit Calls(const std::vector<std::string>& cells)
        : m_sources(cells)
    {
        for (const auto& cell : m_sources) {
            ParseLimits limits;
            limits.time = std::chrono::seconds(60); // sanitizers are slow
            auto tree = PythonTree::parse(cell, limits);
            m_trees.push_back(tree.ok() ? tree.value().syntax() : Syntax());
        }
        std::vector<FlowUnit> units;
        for (std::size_t i = 0; i < m_sources.size(); ++i) {
            units.push_back({m_sources[i], &m_trees[i], nullptr});
        }
        m_flow = std::make_unique<Flow>(units, *this, m_budget);
        m_flow->run();
    }
    void onCall(const CallSite& site) override
    {
        paths.push_back(m_flow->paths().text(site.function.path));
        if (!site.arguments.empty()) {
            const auto& value = site.arguments[0].value;
            first[paths.back()] = std::string(value.text);
            sources[paths.back()] = value.sources;
            steps[paths.back()] = m_flow->stepsTo(value).size();
        }
    }
    [[nodiscard]] bool called(std::string_view path) const
    {
        return std::find(paths.begin(), paths.end(), path) != paths.end();
    }

    std::vector<std::string> paths;
    std::map<std::string, std::string> first;
    std::map<std::string, Sources> sources;
    std::map<std::string, std::size_t> steps;

private:
    std::vector<std::string> m_sources;
    std::vector<Syntax> m_trees;
    Budget m_budget;
    std::unique_ptr<Flow> m_flow;
};

} // namespace

CUPEL_TEST(namesLeadToTheirModules)
{
    CHECK(Calls({"import pickle as p", "q = p\nq.load(f)"}).called("pickle.load"));
    CHECK(Calls({"from os import system as s\ns('ls')"}).called("os.system"));
    CHECK(Calls({"getattr(__import__('os'), 'sys' + 'tem')('ls')"}).called("os.system"));
    CHECK(Calls({"import importlib\nm = importlib.import_module('subprocess')\nm.run('x')"}).called("subprocess.run"));
    CHECK(Calls({"__builtins__.__dict__['ev' + 'al'](x)"}).called("builtins.eval"));
    CHECK(Calls({"import os\nos.__dict__['system']('ls')"}).called("os.system"));
    CHECK(Calls({"import sys\nsys.modules['os'].system('ls')"}).called("os.system"));
    CHECK(Calls({"globals()['eval'](x)"}).called("builtins.eval"));
    CHECK(Calls({"import requests\nwith requests.Session() as s:\n    s.get(u)"}).called("requests.Session().get"));
    CHECK(Calls({"e = eval\ne(x)"}).called("builtins.eval"));
    CHECK(Calls({"list(map(eval, lines))"}).called("builtins.eval"));
    // A function of one's own with a builtin's name is not the builtin.
    CHECK(!Calls({"def eval(x):\n    return x\neval(1)"}).called("builtins.eval"));
    CHECK(Calls({"import torch\nclass A:\n    def f(self):\n        torch.load(x)"}).called("torch.load"));
}

CUPEL_TEST(constantsAreFolded)
{
    const auto text = [](const char* code) { return Calls({code}).first["$f"]; };
    CHECK_EQ(text("f('a' + 'b' 'c')"), "abc");
    CHECK_EQ(text("x = 'a'\nf(f'{x}-{x}')"), "a-a");
    CHECK_EQ(text("f('metsys'[::-1])"), "system");
    CHECK_EQ(text("f(''.join(reversed('lave')))"), "eval");
    CHECK_EQ(text("f(''.join(chr(c) for c in [101, 118]))"), "ev");
    CHECK_EQ(text("f(''.join(map(chr, [101, 118])))"), "ev");
    CHECK_EQ(text("f(bytes([101, 118]).decode())"), "ev");
    CHECK_EQ(text("import base64\nf(base64.b64decode('ZXZhbA==').decode())"), "eval");
    CHECK_EQ(text("import codecs\nf(codecs.decode('riny', 'rot13'))"), "eval");
    CHECK_EQ(text("f(bytes.fromhex('6576616c').decode())"), "eval");
    CHECK_EQ(text("f('%s-%d' % ('a', 3))"), "a-3");
    CHECK_EQ(text("f('{}/{b}'.format('a', b='c'))"), "a/c");
    CHECK_EQ(text("f('eXvaXl'.replace('X', ''))"), "eval");
    CHECK_EQ(text("f(''.join(chr(c ^ 1) for c in [100, 119]))"), "ev");
    CHECK_EQ(text("a = ['x', 'y']\nf(a[1])"), "y");
    CHECK_EQ(text("d = {'k': 'v'}\nf(d['k'])"), "v");
    CHECK_EQ(text("f('http://' + host)"), "http://\1");
}

CUPEL_TEST(taintGoesThroughCellsAndFunctions)
{
    const Calls direct({"x = input()", "y = 'ls ' + x.strip()", "import os\nos.system(y)"});
    CHECK((direct.sources.at("os.system") & sourceInput) != 0);
    CHECK(direct.steps.at("os.system") >= 3);
    const auto tainted = [](const char* code) { return Calls({code}).sources["$f"]; };
    CHECK((tainted("f(f'a {input()}')") & sourceInput) != 0);
    CHECK((tainted("f('{}'.format(input()))") & sourceInput) != 0);
    CHECK((tainted("import sys\nf([sys.argv[1]])") & sourceArgument) != 0);
    CHECK((tainted("l = []\nl.append(input())\nf(l)") & sourceInput) != 0);
    CHECK((tainted("def g(a):\n    return a.lower()\nf(g(input()))") & sourceInput) != 0);
    CHECK((tainted("for x in input().split():\n    f(x)") & sourceInput) != 0);
    CHECK((tainted("import os\nf(os.environ['API_KEY'])") & sourceSecret) != 0);
    CHECK((tainted("from openai import OpenAI\nr = OpenAI().chat.completions.create(model='m')\nf(r.choices[0])")
              & sourceModel)
        != 0);
    CHECK_EQ(tainted("f(int(input()))") & sourceInput, 0);
    CHECK_EQ(tainted("import shlex\nf(shlex.quote(input()))") & sourceInput, 0);
    CHECK_EQ(tainted("x = input()\nx = 'a'\nf(x)") & sourceInput, 0);
    CHECK((tainted("x = 'a'\nif c:\n    x = input()\nf(x)") & sourceInput) != 0);
}

CUPEL_TEST(hostileCodeEnds)
{
    std::string deep(20'000, '(');
    std::string sum = "x = 1";
    for (int i = 0; i < 20'000; ++i) {
        sum += " + 'a'";
    }
    std::string doubling = "a = 'xxxxxxxxxxxxxxxx'\n";
    for (int i = 0; i < 200; ++i) {
        doubling += "a = a + a\n";
    }
    const Calls calls({deep, sum + "\nf(x)", doubling + "f(a)", "def f(x=f(f(f(", "class A(", "lambda: (yield"});
    CHECK(calls.paths.size() >= 2);
}
