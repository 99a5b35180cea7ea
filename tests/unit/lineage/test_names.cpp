// SPDX-License-Identifier: GPL-3.0-or-later
// Names, slices, execution and hazards of the small notebooks in names/*.txt; names/README says how they are written.
#include "analyzers/formats/registry.h"
#include "analyzers/lineage/name_flow.h"
#include "analyzers/lineage/name_lineage.h"
#include "tests/unit/check.h"
#include "tests/unit/rules/made.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>

using namespace cupel;
using namespace cupel::lineage;

namespace {

struct Expected {
    std::string what;
    std::string cell;
    std::string value;
};
struct Case {
    std::string title;
    std::string notebook; // JSON
    std::string script; // instead, of a case that is one
    bool isScript = false;
    std::vector<Expected> expected;
};

std::string cellJson(const std::string& head, const std::string& code)
{
    const auto open = head.find('[');
    auto count = head.substr(open + 1, head.find(']') - open - 1);
    count = count.find_first_not_of(' ') == std::string::npos ? "null" : count;
    std::string outputs;
    if (const auto at = head.find("out"); at != std::string::npos) {
        const auto number = head.substr(std::min(at + 4, head.size()));
        outputs =
            R"({"output_type": "execute_result", "data": {"text/plain": "1"}, "metadata": {}, "execution_count": )"
            + (number.empty() ? count : number) + "}";
    }
    return R"({"cell_type": "code", "metadata": {}, "execution_count": )" + count + R"(, "outputs": [)" + outputs
        + R"(], "source": )" + test::jsonString(code) + "}";
}

std::vector<Case> readCases(const std::string& text)
{
    std::vector<Case> cases;
    std::vector<std::pair<std::string, std::string>> cells; // of the last case
    const auto finish = [&] {
        if (cases.empty()) {
            return;
        }
        auto& made = cases.back();
        for (const auto& [head, code] : cells) {
            made.isScript = made.isScript || head.find("script") != std::string::npos;
            made.notebook += (made.notebook.empty() ? "" : ", ") + cellJson(head, code);
            made.script += code;
        }
        made.notebook = R"({"cells": [)" + made.notebook + R"(], "metadata": {}, "nbformat": 4, "nbformat_minor": 4})";
        cells.clear();
    };
    for (std::size_t at = 0; at < text.size();) {
        const auto end = std::min(text.find('\n', at), text.size());
        const auto line = text.substr(at, end - at);
        at = end + 1;
        if (line.starts_with("=== ")) {
            finish();
            cases.push_back({line.substr(4), {}, {}, false, {}});
        } else if (line.starts_with("--- ")) {
            cells.emplace_back(line, std::string());
        } else if (line.starts_with("?? ")) {
            const auto colon = std::min(line.find(':'), line.size());
            const auto space = std::min(line.find(' ', 3), colon);
            Expected entry{line.substr(3, space - 3), {}, line.substr(std::min(colon + 1, line.size()))};
            entry.cell = space < colon ? line.substr(space + 1, colon - space - 1) : "";
            entry.value.erase(0, std::min(entry.value.find_first_not_of(' '), entry.value.size()));
            cases.back().expected.push_back(std::move(entry));
        } else if (!cells.empty() && !(line.empty() && at >= text.size())) {
            cells.back().second += line + "\n";
        }
    }
    finish();
    return cases;
}

template <typename List> std::string joined(const List& list)
{
    std::string out;
    for (const auto& entry : list) {
        out += (out.empty() ? "" : " ");
        if constexpr (requires { std::to_string(entry); }) {
            out += std::to_string(entry);
        } else {
            out += entry;
        }
    }
    return out;
}

struct Looked {
    NameFindings found;
    FileNames names;
    NameFlow flow;
};

Looked look(const Case& entry)
{
    Artifact artifact;
    artifact.path = entry.isScript ? "t.py" : "t.ipynb";
    artifact.bytes = std::make_shared<const std::string>(entry.isScript ? entry.script : entry.notebook);
    Facts facts;
    Budget budget;
    formats::recognise(artifact.view(), artifact.fileName()).parse(artifact, budget, facts);
    formats::CodeCells cells(artifact, facts, budget);
    Looked out;
    out.found = nameLineage(artifact, facts, cells, budget);
    out.names = readNames(artifact, facts, cells, budget);
    out.flow = followNames(out.names, budget);
    return out;
}

std::string answer(const Looked& looked, const Expected& entry)
{
    const auto& execution = looked.found.execution;
    const std::size_t cell = entry.cell.empty() ? 0 : std::stoul(entry.cell);
    std::set<std::string> names;
    const auto keep = [&](NameId name) {
        if (name != noName) {
            names.emplace(looked.names.names.text(name));
        }
    };
    if (entry.what == "needs") {
        return joined(looked.found.slices.needs.at(cell));
    }
    if (entry.what == "reads" || entry.what == "hidden") {
        for (const auto& read : looked.flow.cells.at(cell).reads) {
            if (looked.names.names.hidden(read.name) == (entry.what == "hidden")) {
                keep(read.name);
            }
        }
    } else if (entry.what == "defs" || entry.what == "changes" || entry.what == "deletes" || entry.what == "opens") {
        const auto act = entry.what == "defs" ? NameAct::Define
            : entry.what == "changes"         ? NameAct::Change
            : entry.what == "opens"           ? NameAct::Open
                                              : NameAct::Delete;
        for (const auto& write : looked.flow.cells.at(cell).writes) {
            if (write.act == act
                && !(write.name != noName && looked.names.names.text(write.name).starts_with("<out"))) {
                keep(write.name);
                names.insert(write.name == noName ? "*" : *names.begin());
            }
        }
    } else if (entry.what == "counts") {
        return joined(execution.counts);
    } else if (entry.what == "inversions") {
        for (const auto& [high, low] : execution.inversions) {
            names.insert(std::to_string(high) + ">" + std::to_string(low));
        }
    } else if (entry.what == "duplicates") {
        return joined(execution.duplicates);
    } else if (entry.what == "missing") {
        std::vector<std::int64_t> missing;
        for (const auto& [first, last] : execution.missing) {
            for (auto count = first; count <= last; ++count) {
                missing.push_back(count);
            }
        }
        return joined(missing);
    } else if (entry.what == "unexecuted") {
        return joined(execution.unexecuted);
    } else if (entry.what == "hazards") {
        for (const auto& hazard : looked.found.hazards) {
            const auto where = hazard.place.codeCell >= 0 ? hazard.place.codeCell : static_cast<int>(hazard.place.line);
            names.insert(std::string(toString(hazard.kind)) + "@" + std::to_string(where)
                + (hazard.names.empty() ? "" : "=" + hazard.names.front()));
        }
    } else {
        return "unknown expectation " + entry.what;
    }
    return joined(names);
}

} // namespace

CUPEL_TEST(smallNotebooks)
{
    std::size_t cases = 0;
    std::vector<std::string> files;
    for (const auto& entry :
        std::filesystem::directory_iterator(std::string(CUPEL_SOURCE_DIR) + "/tests/unit/lineage/names")) {
        if (entry.path().extension() == ".txt") {
            files.push_back(entry.path().string());
        }
    }
    std::sort(files.begin(), files.end());
    for (const auto& file : files) {
        const auto text = test::readFile(file);
        REQUIRE(text.has_value());
        for (const auto& entry : readCases(*text)) {
            ++cases;
            const auto looked = look(entry);
            CHECK(!entry.expected.empty());
            bool hazards = false;
            for (const auto& expected : entry.expected) {
                hazards = hazards || expected.what == "hazards";
                const auto got = answer(looked, expected);
                test::report(got == expected.value, file.c_str(), 0,
                    entry.title + ": " + expected.what + " " + expected.cell + "\n    expected: " + expected.value
                        + "\n    got:      " + got);
            }
            if (!hazards) { // whoever does not expect any must get none
                const auto got = answer(looked, {"hazards", "", ""});
                test::report(got.empty(), file.c_str(), 0, entry.title + ": hazards " + got);
            }
        }
    }
    CHECK(cases > 60);
}

CUPEL_TEST(placesLeadToTheCode)
{
    Case entry;
    entry.notebook = R"({"cells": [)" + cellJson("[1]", "x = 1\n") + ", " + cellJson("[2]", "y = 2\nprint(x, zz)\n")
        + R"(], "metadata": {}, "nbformat": 4, "nbformat_minor": 4})";
    const auto looked = look(entry);
    REQUIRE(looked.found.hazards.size() == 1);
    const auto& hazard = looked.found.hazards.front();
    CHECK_EQ(hazard.place.cell, 1);
    CHECK_EQ(hazard.place.codeCell, 1);
    CHECK_EQ(hazard.place.line, 2U);
    CHECK_EQ(hazard.place.exec, 2);
    CHECK_EQ(hazard.place.file, none);
    CHECK_EQ(std::string(slice(entry.notebook, hazard.place.bytes)), "zz");
}

CUPEL_TEST(deepCodeIsNoTrouble)
{
    std::string deep = "x = 1\ny = ";
    for (int i = 0; i < 3'000; ++i) {
        deep += "[";
    }
    deep += "x";
    for (int i = 0; i < 3'000; ++i) {
        deep += " for a in x]";
    }
    std::string chain = "v0 = []\n";
    for (int i = 1; i < 3'000; ++i) {
        chain +=
            "v" + std::to_string(i) + " = [v" + std::to_string(i - 1) + "]\nv0.append(" + std::to_string(i) + ")\n";
    }
    std::string calls;
    for (int i = 0; i < 1'500; ++i) {
        calls += "def f" + std::to_string(i) + "(a):\n    f" + std::to_string(i + 1) + "(a)\n    return f"
            + std::to_string(i / 2) + "\n";
    }
    calls += "f0([])\n";
    std::string assigned = "x = 1\n"; // minutes, if each name looked for the end of the chain
    for (int i = 0; i < 100'000; ++i) {
        assigned += "n" + std::to_string(i) + " = ";
    }
    assigned += "x\n";
    for (const auto& code : {deep, chain, calls, assigned}) {
        Case entry;
        entry.isScript = true;
        entry.script = code;
        const auto looked = look(entry);
        CHECK_EQ(looked.found.slices.needs.size(), 1U);
    }
}

CUPEL_TEST(budgetsStop)
{
    Case entry;
    std::string cells;
    for (int i = 0; i < 200; ++i) {
        cells += (i == 0 ? "" : ", ") + cellJson("[1]", "x = x + 1\n");
    }
    entry.notebook = R"({"cells": [)" + cells + R"(], "metadata": {}, "nbformat": 4, "nbformat_minor": 4})";
    Artifact artifact;
    artifact.path = "t.ipynb";
    artifact.bytes = std::make_shared<const std::string>(entry.notebook);
    Facts facts;
    Budget budget;
    formats::recognise(artifact.view(), artifact.fileName()).parse(artifact, budget, facts);
    formats::CodeCells code(artifact, facts, budget);
    Budget stopped(Limits{}, {}, Budget::Clock::now() - std::chrono::seconds(1));
    const auto found = nameLineage(artifact, facts, code, stopped);
    CHECK(found.partial);
    CHECK_EQ(found.execution.duplicates.size(), 1U);
}
