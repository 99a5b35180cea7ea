// SPDX-License-Identifier: GPL-3.0-or-later
// More places of one kind than one finding lists: every one of them has an edit.
#include "analyzers/engine/analyze.h"
#include "analyzers/engine/prove.h"
#include "analyzers/fixes/plan.h"
#include "tests/unit/check.h"
#include "tests/unit/rules/made.h"

#include <algorithm>
#include <memory>

using namespace cupel;

CUPEL_TEST(everyInsideHostOfALongLogGoes)
{
    std::string log;
    for (int i = 0; i < 9'000; ++i) {
        log += "task " + std::to_string(i) + " at http://node-" + std::to_string(i) + ".corp.internal:7337/x\n";
    }
    Artifact artifact;
    artifact.path = "log.ipynb";
    artifact.bytes = std::make_shared<const std::string>(
        R"({"cells": [{"cell_type": "code", "execution_count": 1, "metadata": {}, "source": "run", "outputs": )"
        R"([{"output_type": "stream", "name": "stdout", "text": )"
        + test::jsonString(log) + R"(}]}], "metadata": {}, "nbformat": 4, "nbformat_minor": 4})");
    ScanOptions options;
    options.keepBytes = true;
    Budget budget;
    const auto before = std::make_shared<const Analysis>(engine::analyze(std::move(artifact), options, budget));
    fixes::Pseudonyms names;
    const auto plan = fixes::makePlan(before, names, budget);
    const auto proof = engine::prove(plan, {}, options, budget);
    // 4,000 places of a finding, and the rest.
    CHECK_EQ(
        std::count_if(plan.edits.begin(), plan.edits.end(), [](const auto& edit) { return edit.kind == "redact"; }), 3);
    CHECK(proof.failed.empty() && proof.fresh.empty());
    const std::vector<bool> on(plan.edits.size(), true);
    CHECK(fixes::applyEdits(before->artifact.view(), fixes::textEdits(plan, on)).find("node-") == std::string::npos);
}
