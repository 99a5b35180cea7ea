// SPDX-License-Identifier: GPL-3.0-or-later
// What a threat model costs: from a scanned workspace to a drawn model with threats, again when one file has changed,
// the state of many threats after a finding is gone, all ways of attack in a large model, and nested conditions.
//   threat_bench [ARTIFACTS [THREATS [ELEMENTS]]]
#include "analyzers/engine/lineage_folder.h"
#include "analyzers/engine/lineage_memory.h"
#include "analyzers/engine/scan.h"
#include "analyzers/engine/threat_folder.h"
#include "analyzers/threats/assess.h"
#include "analyzers/threats/attack_paths.h"
#include "analyzers/threats/rules/model_index.h"
#include "tests/bench/made_cells.h"
#include "tests/unit/made_folder.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <random>
#include <string>
#include <thread>
#include <utility>
#include <vector>

using namespace cupel;
namespace fs = std::filesystem;

namespace {

using Clock = std::chrono::steady_clock;

double since(Clock::time_point begin)
{
    return std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
}

// Of this processor alone: what runs on one thread is measured apart from what else the machine does.
double processor(std::clock_t begin)
{
    return 1000.0 * static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
}

double median(std::vector<double> times)
{
    std::sort(times.begin(), times.end());
    return times[times.size() / 2];
}

std::string notebook(int number, int edit)
{
    const std::string n = std::to_string(number);
    std::vector<std::string> cells;
    const auto cell = [&cells](std::string code) { cells.push_back(std::move(code)); };
    cell("import pandas as pd\\nimport joblib\\nfrom sklearn.linear_model import LogisticRegression");
    cell(
        "frame = pd.read_csv('data/part" + n + ".csv')\\nmore = pd.read_csv('http://data" + n + ".example.com/x.csv')");
    for (int i = 0; i < 12; ++i) {
        cell("frame['c" + std::to_string(i) + "'] = frame['c" + std::to_string(i) + "'].fillna(" + std::to_string(edit)
            + ")");
    }
    cell("model = LogisticRegression().fit(frame.drop(columns=['y']), frame['y'])");
    cell("joblib.dump(model, 'models/m" + n + ".joblib')\\nold = joblib.load('models/m" + n + ".joblib')");
    return test::ranInOrder(cells);
}

std::string script(int number)
{
    const std::string n = std::to_string(number);
    return "import joblib\nimport subprocess\nfrom fastapi import FastAPI\n\napp = FastAPI()\nmodel = joblib.load("
           "'models/m"
        + n + ".joblib')\n\n\n@app.post('/score" + n
        + "')\ndef score(row: dict):\n    subprocess.run(row['what'], shell=True)\n    return "
          "model.predict([row['x']])\n";
}

void write(const fs::path& path, const std::string& bytes)
{
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << bytes;
}

void workspace(int artifacts)
{
    const test::MadeFolder made;
    const auto& folder = made.path();
    for (int i = 0; i < artifacts; ++i) { // half of them notebooks, a quarter data, a quarter services
        const std::string n = std::to_string(i / 4 * 2 + i % 2);
        if (i % 4 < 2) {
            write(folder / ("n" + n + ".ipynb"), notebook(i / 4 * 2 + i % 2, 0));
        } else if (i % 4 == 2) {
            write(folder / ("data/part" + n + ".csv"), "id,email,y\n1,karla.huber@firma-weber.de,0\n");
        } else {
            write(folder / ("serve" + n + ".py"), script(i / 4 * 2 + i % 2));
        }
    }
    const Workspace scanned = engine::scanAll({folder.string()}, {});
    std::vector<double> first;
    std::vector<double> again;
    engine::LineageMemory memory;
    std::size_t elements = 0;
    std::size_t threats = 0;
    const auto model = [&](engine::LineageMemory* known) {
        Budget budget;
        const auto begin = Clock::now();
        const auto graph = engine::lineageOf(scanned.roots, {}, budget, known);
        const auto review = engine::threatReview(scanned, graph, {}, budget).review;
        elements = review.overlaid.model.elements.size();
        threats = review.overlaid.model.threats.size();
        return since(begin);
    };
    constexpr int rounds = 5;
    for (int i = 0; i < rounds; ++i) {
        first.push_back(model(nullptr));
    }
    model(&memory);
    for (int i = 1; i <= rounds; ++i) {
        write(folder / "n0.ipynb", notebook(0, i));
        std::this_thread::sleep_for(std::chrono::milliseconds(60)); // so that the file is known to be another one
        again.push_back(model(&memory));
    }
    std::printf("first %.1f ms, %zu artifacts, %zu elements, %zu threats\n", median(first), scanned.analyses.size(),
        elements, threats);
    std::printf("again %.1f ms, after one of them was edited\n", median(again));
}

// Notebooks with a credential each, half of them decided about.
void states(std::size_t wanted)
{
    using namespace threats;
    std::vector<Finding> findings(wanted);
    ThreatModel generated;
    threats::Evidence evidence;
    TeamModel team;
    for (std::size_t i = 0; i < findings.size(); ++i) {
        Element element;
        element.id = "e" + std::to_string(i);
        element.kind = "notebook";
        element.name = element.artifact = "n" + std::to_string(i) + ".ipynb";
        findings[i].rule = "CUP-SEC-GITHUB-PERSONAL-TOKEN";
        findings[i].family = Family::Secret;
        findings[i].severity = Severity::High;
        findings[i].fingerprint = "f" + std::to_string(i);
        evidence.findings[element.id] = {&findings[i]};
        evidence.readWhole.insert(element.id);
        generated.elements.push_back(std::move(element));
    }
    std::size_t threats = 0;
    std::size_t flags = 0;
    const auto update = [&] {
        const auto begin = std::clock();
        Overlaid overlaid = overlay(generated, team);
        assess(overlaid.model, evidence, builtInRules(), builtInEvidence());
        decide(overlaid, team, "2026-11-29");
        const double taken = processor(begin);
        threats = overlaid.model.threats.size();
        flags = overlaid.flags.size();
        for (std::size_t i = 0; team.threats.size() < threats / 2 && i < threats; i += 2) {
            team.threats[overlaid.model.threats[i].id] = {
                Applicability::Applies, Decision::Mitigated, "done", "Ada", "2026-11-01", {}, EvidenceState::Unknown};
        }
        return taken;
    };
    update(); // rules and tables are read once
    std::vector<double> times;
    for (std::size_t i = 0; i < 7; ++i) {
        evidence.findings["e" + std::to_string(i)].clear(); // somebody took the credential out
        times.push_back(update());
    }
    std::printf(
        "states %.1f ms, %zu threats, %zu decided, %zu flags\n", median(times), threats, team.threats.size(), flags);
}

// As lineage gives it: most flows lead a little further, a few far on or back.
void paths(std::size_t elements)
{
    using namespace threats;
    std::mt19937 random(7); // NOLINT: the same graph every time
    ThreatModel model;
    model.zones.resize(2);
    model.zones[0].id = "out";
    model.zones[0].trust = 0;
    model.zones[1].id = "in";
    model.zones[1].trust = 80;
    for (std::size_t i = 0; i < elements; ++i) {
        Element element;
        element.id = "e" + std::to_string(i);
        element.zone = i % 20 == 0 ? "out" : "in";
        element.kind = i % 20 == 19 ? "inference-endpoint" : "notebook";
        model.elements.push_back(std::move(element));
    }
    for (std::size_t i = 0; i < elements * 3 / 2; ++i) {
        const auto from = static_cast<std::size_t>(random()) % elements;
        const bool near = random() % 10 != 0;
        const auto to = near ? from + 1 + random() % 12 : static_cast<std::size_t>(random()) % elements;
        Flow flow;
        flow.id = "f" + std::to_string(i);
        flow.source = model.elements[from].id;
        flow.target = model.elements[to % elements].id;
        model.flows.push_back(std::move(flow));
    }
    PathOptions options;
    options.most = 1'000'000; // all of them
    std::vector<double> times;
    AttackPaths found;
    for (int i = 0; i < 5; ++i) {
        Budget budget;
        const auto begin = std::clock();
        found = attackPaths(ModelIndex(model), options, budget);
        times.push_back(processor(begin));
    }
    std::printf("paths %.1f ms, %zu elements, %zu flows, %zu paths of at most %zu flows, %s\n", median(times), elements,
        model.flows.size(), found.paths.size(), options.longest, found.complete ? "all" : "not all");
}

// Conditions that ask around what is around: of a model in which half of the flows lead to one element, as they do to a
// notebook that reads everything.
void nested(std::size_t elements)
{
    using namespace threats;
    ThreatModel model;
    for (std::size_t i = 0; i < elements; ++i) {
        Element element;
        element.id = "e" + std::to_string(i);
        element.kind = "dataset";
        model.elements.push_back(std::move(element));
    }
    for (std::size_t i = 0; i + 1 < elements; ++i) {
        for (const std::size_t to : {i + 1, elements - 1}) {
            Flow flow;
            flow.id = "f" + std::to_string(model.flows.size());
            flow.source = model.elements[i].id;
            flow.target = model.elements[to].id;
            model.flows.push_back(std::move(flow));
        }
    }
    const ModelIndex index(model);
    const auto begin = std::clock();
    std::size_t steps = 0;
    int conditions = 0;
    for (const char* text : {"any output (any input (pii))", "no output (all input (origin or any flow (encrypted)))",
             "any output (crosses() or any input (trust < self.trust))"}) {
        const auto condition = Expression::parse(text);
        Question question(condition.value(), index);
        for (const auto& element : model.elements) {
            static_cast<void>(question.truth(&element));
        }
        steps += question.steps();
        ++conditions;
    }
    std::printf("nested %.1f ms, %zu elements, %zu flows, %d conditions, %zu steps\n", processor(begin), elements,
        model.flows.size(), conditions, steps);
}

std::size_t number(int argc, char** argv, int at, std::size_t otherwise)
{
    const long given = argc > at ? std::strtol(argv[at], nullptr, 10) : 0;
    return given > 0 ? static_cast<std::size_t>(given) : otherwise;
}

} // namespace

int main(int argc, char** argv)
{
    workspace(static_cast<int>(number(argc, argv, 1, 200)));
    states(number(argc, argv, 2, 3'000));
    paths(number(argc, argv, 3, 1'000));
    for (const std::size_t elements : {16'000, 4'000, 1'000}) {
        nested(elements);
    }
    return 0;
}
