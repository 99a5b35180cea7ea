// SPDX-License-Identifier: GPL-3.0-or-later
// Code that wants too much: work is counted in steps and bounded, what was left out is said. And what cells write, run
// out of order, or call that nobody knows.
#include "tests/unit/check.h"
#include "tests/unit/lineage/followed.h"

#include <algorithm>
#include <set>
#include <stop_token>

using namespace cupel;
using namespace cupel::lineage;

namespace {

std::string repeated(const std::string& line, int times)
{
    std::string out;
    for (int i = 0; i < times; ++i) {
        out += line;
    }
    return out;
}

std::string numbered(const std::string& before, int times, const std::string& after)
{
    std::string out;
    for (int i = 0; i < times; ++i) {
        out += before + std::to_string(i) + after;
    }
    return out;
}

// Six loops of 64 items, one in the other.
std::string deepLoops()
{
    std::string out = "xs = [" + numbered("'f", 64, ".csv', ") + "]\n";
    for (int i = 0; i < 6; ++i) {
        out += std::string(static_cast<std::size_t>(i), ' ') + "for x" + std::to_string(i) + " in xs:\n";
    }
    return out + "       y = x5 + x0\n";
}

struct Walked {
    LineageGraph graph;
    std::size_t steps = 0;
};

Walked walked(std::string code, Budget budget = {})
{
    test::Workspace all;
    const auto file = all.add("s.py", std::move(code));
    Walked out;
    Recorder recorder(out.graph);
    (void)recorder.file(*file);
    Trace trace(file, all, *ApiRoles::builtIn(), recorder, budget);
    trace.run();
    out.steps = trace.steps();
    return out;
}

constexpr std::size_t slack = 100'000; // what the last step may have cost

} // namespace

CUPEL_TEST(loops_that_unroll_end)
{
    const auto found = walked(deepLoops());
    CHECK(found.steps > Trace::maxSteps / 16);
    CHECK(found.steps < Trace::maxSteps + slack);
    CHECK(!found.graph.complete);
    CHECK(found.graph.files.front().partial);
}

// Each call finds what was owed before it and adds to that: what is kept has an end, and moving it is work.
CUPEL_TEST(owed_losses_end)
{
    const std::string start = "import torch\nx = torch.load('x.pt')\nnet = torch.nn.Linear(2, 2)\n"
                              "opt = torch.optim.SGD(net.parameters())\n"
                              "def f(a):\n    loss = net(a).sum()\n    loss.backward()\ndef g(a):\n    return a\n";
    const auto code = [&](int times) { return start + repeated("f(x)\n", times) + "opt.step()\n"; };
    constexpr int enough = 2 * static_cast<int>(maxMarks);
    const auto some = walked(code(enough));
    const auto more = walked(code(2 * enough));
    CHECK_EQ(some.graph.trainings.size(), maxMarks);
    CHECK_EQ(more.graph.trainings.size(), maxMarks);
    CHECK(more.steps < some.steps * 5 / 2);
    const auto owing = walked(code(600) + repeated("f(x)\n", 600) + repeated("g(x)\n", 1'000));
    const auto none = walked(code(600) + repeated("f(x)\n", 600) + "opt.step()\n" + repeated("g(x)\n", 1'000));
    CHECK(owing.steps > none.steps + 1'000 * maxMarks / 32);
}

CUPEL_TEST(cancel_is_heard_within_a_page_of_work)
{
    std::stop_source stop;
    stop.request_stop();
    const auto found = walked(deepLoops(), Budget(Limits(), stop.get_token()));
    CHECK(found.steps < 3 * 64 * 1024);
    CHECK(!found.graph.complete);
}

CUPEL_TEST(lists_that_double_stay_short)
{
    for (const auto* line : {"xs.extend(xs)\n", "xs += xs\n", "xs = xs + xs\n", "xs = [*xs, *xs]\n"}) {
        const auto graph = test::followed(
            "import pandas as pd\nxs = ['a.csv', 'b.csv']\n" + repeated(line, 60) + "df = pd.read_csv(xs[1])\n");
        CHECK_EQ(graph.sources.size(), 1U);
        CHECK(test::reads(graph, "b.csv"));
    }
}

CUPEL_TEST(functions_that_are_handed_functions_end)
{
    // Each is handed all the others: as many ways as there are orders of them.
    const auto names = repeated("pd.concat, ", 40);
    const auto found = walked("import pandas as pd\ndf = pd.read_csv('a.csv')\napply(" + names + "df)\n");
    CHECK(found.steps < Trace::maxSteps + slack);
    CHECK(test::reads(found.graph, "a.csv"));
    const auto own = walked(
        numbered("def f", 30, "(*a):\n    return unknown(*a)\n") + "unknown(" + numbered("f", 30, ", ") + "1)\n");
    CHECK(own.steps < Trace::maxSteps + slack);
}

CUPEL_TEST(bases_of_bases_are_looked_at_once_in_a_while)
{
    std::string code = "class C0:\n    def fit(self): pass\n";
    for (int i = 1; i < 40; ++i) {
        const auto base = 'C' + std::to_string(i - 1);
        code += "class C" + std::to_string(i) + "(" + repeated(base + ", ", 8) + "): pass\n";
    }
    CHECK(walked(code + "c = C39()\n" + repeated("c.missing()\n", 200)).steps < 20'000);
}

CUPEL_TEST(parts_of_parts_of_parts)
{
    const auto chain = walked("import pandas as pd\ndf = pd.read_csv('a.csv')\n"
        + repeated("df = df.sample(frac=0.9).drop(columns=['a', 'b'])\n", 5'000));
    CHECK(chain.steps < Trace::maxSteps + slack);
    RowSets sets;
    auto last = sets.add({});
    const auto root = last;
    for (std::uint32_t i = 0; i < 1'000; ++i) {
        RowSet part;
        part.parent = last;
        part.split = i;
        last = sets.add(part);
    }
    std::uint32_t depth = 0;
    for (auto at = last; at != none; at = sets[at].parent) {
        ++depth;
    }
    CHECK_EQ(depth, RowSets::maxDepth);
    CHECK(sets.contains(root, last));
}

CUPEL_TEST(much_code)
{
    const auto functions = test::followed(numbered("def f", 50'000, "(): 0\n"));
    CHECK_EQ(functions.sources.size(), 0U);
    const auto nested = test::followed("x = " + std::string(100'000, '(') + '1' + std::string(100'000, ')') + "\n");
    CHECK_EQ(nested.sources.size(), 0U);
    const auto reads = walked("import pandas as pd\n" + numbered("a = pd.read_csv('", 20'000, "')\n"));
    CHECK(reads.steps < Trace::maxSteps + slack);
}

CUPEL_TEST(long_texts)
{
    const auto graph = test::followed("import pandas as pd\nt = '" + std::string(400'000, '{') + "'\n"
        + repeated("u = t.format(1).replace('{', '{{')\n", 100) + "pd.read_csv('a{}.csv'.format(1))\n");
    CHECK(test::reads(graph, "a1.csv"));
    const auto replaced = test::followed("import pandas as pd\npd.read_csv('a-b-c'.replace('-', '/') + '.csv')\n");
    CHECK(test::reads(replaced, "a/b/c.csv"));
}

CUPEL_TEST(files_that_import_one_another_end)
{
    test::Workspace all;
    for (int i = 0; i < 60; ++i) {
        const auto next = "m" + std::to_string(i + 1);
        all.add("m" + std::to_string(i) + ".py", "def f():\n    import " + next + "\n    " + next + ".f()\nf()\n");
    }
    all.add("m60.py", "import m0\n");
    CHECK(!all.follow("m0.py").complete);
}

CUPEL_TEST(marks_hold_no_missing_node_and_are_bounded)
{
    Marks marks{1, 3};
    mergeMarks(marks, {2, none});
    CHECK(marks == Marks({1, 2, 3}));
    for (std::uint32_t i = 0; i < 2 * maxMarks; ++i) {
        mergeMarks(marks, {i});
    }
    CHECK_EQ(marks.size(), maxMarks);
}

CUPEL_TEST(rows_that_may_stand_in_both)
{
    RowSets sets;
    const auto root = sets.add({});
    const auto part = [&](std::uint32_t parent, std::uint32_t split, std::uint32_t number, Role role) {
        RowSet set;
        set.parent = parent;
        set.split = split;
        set.part = number;
        set.role = role;
        return sets.add(set);
    };
    const auto train = part(root, 1, 0, Role::Train);
    const auto test = part(root, 1, 1, Role::Test);
    const auto other = part(root, 2, 1, Role::Test);
    const auto inner = part(train, 3, 0, Role::Validation);
    CHECK(sets.overlap(root, test));
    CHECK(!sets.overlap(train, test));
    CHECK(!sets.overlap(inner, test));
    CHECK(sets.overlap(train, other));
    CHECK(!sets.overlap(root, sets.add({})));
    CHECK_EQ(sets.role({train, test}), Role::TrainAndTest);
    sets[root].oversampled = true;
    CHECK(sets.overlap(train, test));
}

CUPEL_TEST(calls_nobody_knows_are_counted)
{
    const auto graph = test::followed("import pandas as pd\nx = pd.read_nothing('a')\ny = pd.read_csv('a.csv')\n");
    REQUIRE(graph.files.size() == 1);
    CHECK_EQ(graph.files.front().calls, 2U);
    CHECK_EQ(graph.files.front().modelled, 1U);
    REQUIRE(graph.files.front().unknownCalls.size() == 1);
    CHECK_EQ(graph.files.front().unknownCalls.front(), "pandas.read_nothing");
}

CUPEL_TEST(scripts_that_cells_write_are_followed)
{
    test::Workspace all;
    all.add("n.ipynb", test::notebook({{"%%writefile train.py\nimport pandas as pd\ndf = pd.read_csv('a.csv')\n", 1}}));
    const auto graph = all.follow("n.ipynb");
    CHECK(test::reads(graph, "a.csv"));
    CHECK(
        std::any_of(graph.sinks.begin(), graph.sinks.end(), [](const Sink& sink) { return sink.value == "train.py"; }));
}

// A notebook that is cut off is not whole: what was read is followed, the rest is said.
CUPEL_TEST(cut_notebooks_are_told)
{
    test::Workspace all;
    auto text = test::notebook({{"import pandas as pd\ndf = pd.read_csv(\"a.csv\")", 1}, {"df.describe()", 2}});
    REQUIRE(all.add("n.ipynb", text.substr(0, text.size() - 60)) != nullptr);
    const auto graph = all.follow("n.ipynb");
    CHECK(!graph.complete);
    CHECK(graph.files.front().partial);
    CHECK(!graph.notes.empty());
}

CUPEL_TEST(cells_that_are_too_long_are_told)
{
    test::Workspace all;
    const std::string rest = "x = 1\n" + std::string(formats::CodeCells::maxCell, '#');
    all.add("a.ipynb", test::notebook({{"import pandas as pd\npd.read_csv('a.csv')", 1}, {rest, 2}}));
    const auto graph = all.follow("a.ipynb");
    CHECK(!graph.complete);
    CHECK(test::reads(graph, "a.csv"));
    const auto told = std::count_if(graph.notes.begin(), graph.notes.end(),
        [](const auto& note) { return note.code == "cell-too-long" && note.message.starts_with("cell 1 "); });
    CHECK_EQ(told, 1);
}
CUPEL_TEST(columns_stand_below_their_data)
{
    const auto graph = test::followed("import pandas as pd\nfrom sklearn.linear_model import Ridge\n"
                                      "df = pd.read_csv('a.csv', usecols=['a', 'b', 'y'])\n"
                                      "df = df.rename(columns={'a': 'age'})\n"
                                      "m = Ridge().fit(df.drop(columns='y'), df['y'])\n");
    const auto uses = [&graph](std::string_view label, std::string_view use) {
        return std::any_of(graph.nodes.begin(), graph.nodes.end(), [&](const Node& node) {
            return node.kind == NodeKind::Column && node.label == label && node.cell != none
                && std::find(node.uses.begin(), node.uses.end(), use) != node.uses.end();
        });
    };
    CHECK(uses("b", "read"));
    CHECK(uses("a", "renamed"));
    CHECK(uses("y", "dropped"));
    CHECK(uses("y", "label"));
    CHECK(uses("age", "feature"));
    CHECK(!uses("y", "feature"));
    const auto learns = std::count_if(graph.edges.begin(), graph.edges.end(), [&graph](const Edge& edge) {
        return edge.kind == EdgeKind::Trains && graph.nodes[edge.from].kind == NodeKind::Column
            && graph.nodes[edge.to].kind == NodeKind::Model;
    });
    CHECK_EQ(learns, 3);
}
CUPEL_TEST(wide_frames_end)
{
    std::string names;
    for (int i = 0; i < 300; ++i) {
        names += "'c" + std::to_string(i) + "', ";
    }
    const auto found = walked("import pandas as pd\ndf = pd.read_csv('a.csv', usecols=[" + names + "])\n"
        + repeated("df['x'] = df + df\ndf = pd.concat([df, df + df])\n", 2'000));
    CHECK(found.steps < Trace::maxSteps + slack);
}
CUPEL_TEST(recorded_order)
{
    test::Workspace all;
    all.add(
        "n.ipynb", test::notebook({{"import pandas as pd\ndf = pd.read_csv('a.csv')\n", 2}, {"x = df.dropna()\n", 1}}));
    const auto graph = all.follow("n.ipynb");
    REQUIRE(graph.execution.size() == 1);
    const auto& execution = graph.execution.front();
    REQUIRE(execution.onlyWritten.size() == 1);
    CHECK_EQ(execution.onlyWritten.front().first, 0U);
    CHECK_EQ(execution.onlyWritten.front().second, 1U);
    CHECK(execution.onlyRecorded.empty());
}

CUPEL_TEST(variables_and_models_know_their_cell)
{
    test::Workspace all;
    all.add("n.ipynb",
        test::notebook({{"import pandas as pd\nfrom sklearn.linear_model import LinearRegression\n", 1},
            {"df = pd.read_csv('a.csv')\n", 2}, {"m = LinearRegression()\nm.fit(df, df['y'])\n", 3}}));
    const auto graph = all.follow("n.ipynb");
    std::size_t seen = 0;
    for (const auto& node : graph.nodes) {
        if (node.kind == NodeKind::Variable || node.kind == NodeKind::Model) {
            ++seen;
            REQUIRE(node.cell != none);
            CHECK_EQ(graph.nodes[node.cell].kind, NodeKind::Cell);
            CHECK_EQ(graph.nodes[node.cell].place.codeCell, node.place.codeCell);
        }
    }
    CHECK(seen >= 2);
}

// The way to a file leads through the cell that writes it, and through no other thing of that cell.
CUPEL_TEST(what_is_written_stands_in_the_cell_that_writes)
{
    test::Workspace all;
    all.add("n.ipynb",
        test::notebook({{"import pandas as pd\na = pd.read_csv('a.csv')\nb = pd.read_csv('b.csv')\n", 1},
            {"a.to_csv('one.csv')\nb.to_csv('two.csv')\n", 2}}));
    const auto graph = all.follow("n.ipynb");
    std::size_t seen = 0;
    for (const auto& edge : graph.edges) {
        if (edge.kind != EdgeKind::Writes) {
            continue;
        }
        ++seen;
        const auto& written = graph.nodes[edge.from];
        CHECK_EQ(written.label, graph.nodes[edge.to].label == "one.csv" ? "a" : "b");
        REQUIRE(written.cell != none);
        CHECK_EQ(graph.nodes[written.cell].place.codeCell, 1);
        CHECK_EQ(edge.place.codeCell, 1);
        const auto makes = [&](const Edge& other) {
            const auto& made = graph.nodes[other.from];
            return other.to == edge.from && made.label == written.label && made.place.codeCell == 0;
        };
        CHECK_EQ(std::count_if(graph.edges.begin(), graph.edges.end(), makes), 1);
    }
    CHECK_EQ(seen, 2U);
}

// A sweep is one node that says how many it stands for.
CUPEL_TEST(loops_that_are_folded_are_counted)
{
    const auto counts = [](const std::string& code) {
        std::string out;
        for (const auto& node : test::followed("from sklearn.linear_model import Ridge\nimport pandas as pd\n"
                                               "df = pd.read_csv('a.csv')\n"
                 + code)
                 .nodes) {
            out += node.kind == NodeKind::Model ? std::to_string(node.count) + ' ' : std::string();
        }
        return out;
    };
    const std::string fit = "m.fit(df[['x']], df['y'])\n";
    CHECK_EQ(counts("for i in range(10):\n    m = Ridge(i)\n    " + fit), "10 ");
    CHECK_EQ(counts("for i in range(3):\n    for k in range(4):\n        m = Ridge(k)\n        " + fit), "12 ");
    CHECK_EQ(counts("m = Ridge()\nfor i in range(10):\n    " + fit), "1 "); // one that learns ten times
    CHECK_EQ(counts("for i in range(n):\n    m = Ridge(i)\n    " + fit), "1 ");
    CHECK_EQ(
        counts("for i in range(100000):\n    for k in range(100000):\n        m = Ridge(k)\n        " + fit).size() > 1,
        true);
}

// What keeps a model under a name is a registry; what serves it is an endpoint.
CUPEL_TEST(registries_are_no_endpoints)
{
    const auto graph = test::followed("import mlflow\nfrom azureml.core.model import Model\n"
                                      "Model.register(workspace=ws, model_path='m.pkl', model_name='churn')\n"
                                      "mlflow.register_model('runs:/1/model', 'spam')\n"
                                      "Model.deploy(ws, 'web', [1])\n");
    const auto named = [&graph](std::string_view label) {
        const auto known = std::find_if(graph.nodes.begin(), graph.nodes.end(), [label](const Node& node) {
            return node.label == label && (node.kind == NodeKind::Registration || node.kind == NodeKind::Endpoint);
        });
        return known == graph.nodes.end() ? none : static_cast<std::uint32_t>(known - graph.nodes.begin());
    };
    REQUIRE(named("churn") != none && named("spam") != none && named("web") != none);
    CHECK_EQ(toString(graph.nodes[named("churn")].kind), "registration");
    CHECK_EQ(toString(graph.nodes[named("spam")].kind), "registration");
    CHECK_EQ(toString(graph.nodes[named("web")].kind), "endpoint");
    CHECK(std::any_of(graph.edges.begin(), graph.edges.end(), [&](const Edge& edge) {
        return edge.to == named("churn") && edge.kind == EdgeKind::Registers
            && graph.nodes[edge.from].locator == "m.pkl";
    }));
}

// A prediction is a step of its own; a measure is where a score is computed.
CUPEL_TEST(predictions_are_no_measures)
{
    const auto graph = test::followed("import pandas as pd\nfrom sklearn.linear_model import LinearRegression\n"
                                      "from sklearn.metrics import r2_score\ndf = pd.read_csv('a.csv')\n"
                                      "m = LinearRegression().fit(df[['x']], df['y'])\n"
                                      "guess = m.predict(df[['x']])\nr2_score(df['y'], guess)\n");
    REQUIRE(graph.evaluations.size() == 2);
    CHECK(graph.evaluations[0].prediction && graph.evaluations[0].metric == "predict");
    CHECK(!graph.evaluations[1].prediction && graph.evaluations[1].metric == "r2_score");
    const auto count = [&graph](NodeKind kind) {
        return std::count_if(graph.nodes.begin(), graph.nodes.end(), [kind](auto& node) { return node.kind == kind; });
    };
    CHECK_EQ(count(NodeKind::Prediction), 1);
    CHECK_EQ(count(NodeKind::Metric), 1);
    const auto asks = std::count_if(graph.edges.begin(), graph.edges.end(), [&graph](const Edge& edge) {
        return edge.kind == EdgeKind::Predicts && graph.nodes[edge.to].kind == NodeKind::Prediction;
    });
    CHECK(asks >= 2); // the rows, and the model
}

CUPEL_TEST(what_a_server_answers_is_served)
{
    for (const std::string made :
        {"@app.route('/p', methods=['POST'])\ndef p():\n    return str(net.predict(rows()))\n",
            "@app.route('/p')\ndef p():\n    answer = {'y': net.predict(rows()).tolist()}\n    return answer\n"}) {
        const auto graph = test::followed("import joblib\nfrom flask import Flask\napp = Flask(__name__)\n"
                                          "net = joblib.load('net.joblib')\nother = joblib.load('other.joblib')\n"
            + made);
        const auto served = [&](std::string_view locator) {
            std::set<std::uint32_t> reached;
            for (std::uint32_t i = 0; i < graph.nodes.size(); ++i) {
                if (graph.nodes[i].locator == locator) {
                    reached.insert(i);
                }
            }
            for (std::size_t round = 0; round < graph.nodes.size(); ++round) {
                for (const auto& edge : graph.edges) {
                    if (reached.contains(edge.from)) {
                        reached.insert(edge.to);
                    }
                }
            }
            return std::any_of(reached.begin(), reached.end(),
                [&](auto node) { return graph.nodes[node].kind == NodeKind::Endpoint; });
        };
        CHECK(served("net.joblib"));
        CHECK(!served("other.joblib"));
    }
}

CUPEL_TEST(what_is_given_from_outside_is_no_value_of_the_code)
{
    const auto graph = test::followed("import argparse\nimport pandas as pd\nfrom sklearn.svm import SVC\n"
                                      "parser = argparse.ArgumentParser()\nparser.add_argument('--C', type=float)\n"
                                      "given = parser.parse_args()\nd = pd.read_csv('a.csv')\n"
                                      "m = SVC(C=given.C, gamma=2).fit(d[['x']], d['y'])\n");
    CHECK_EQ(graph.trainings.size(), 1U);
    const auto& known = graph.trainings.front().hyperparameters;
    CHECK(known == (std::vector<std::pair<std::string, std::string>>{{"gamma", "2"}}));
}

CUPEL_TEST(what_comes_out_of_an_unknown_call_is_likely)
{
    const auto graph = test::followed("import odd\nimport pandas as pd\nd = pd.read_csv('a.csv')\ny = odd.bend(d)\n"
                                      "z = y.dropna()\nz.to_csv('o.csv')\nodd.bend(d).to_csv('p.csv')\n");
    const auto into = [&graph](std::string_view label) {
        for (const auto& edge : graph.edges) {
            if (graph.nodes[edge.to].label == label) {
                return edge.certainty;
            }
        }
        return Certainty::Guess;
    };
    CHECK(into("d") == Certainty::Certain);
    CHECK(into("y") == Certainty::Likely);
    CHECK(into("z") == Certainty::Likely); // a method of what nobody knows is not known either
    CHECK(into("o.csv") == Certainty::Certain);
    CHECK(into("p.csv") == Certainty::Likely);
}
