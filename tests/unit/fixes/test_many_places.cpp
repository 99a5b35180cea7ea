// SPDX-License-Identifier: GPL-3.0-or-later
// More places of one kind than one finding lists: every one of them has an edit.
#include "tests/unit/check.h"
#include "tests/unit/fixes/fixed.h"
#include "tests/unit/rules/made.h"

#include <algorithm>

using namespace cupel;

CUPEL_TEST(everyInsideHostOfALongLogGoes)
{
    std::string log;
    for (int i = 0; i < 9'000; ++i) {
        log += "task " + std::to_string(i) + " at http://node-" + std::to_string(i) + ".corp.internal:7337/x\n";
    }
    const auto made = test::fixed(
        R"({"cells": [{"cell_type": "code", "execution_count": 1, "metadata": {}, "source": "run", "outputs": )"
        R"([{"output_type": "stream", "name": "stdout", "text": )"
        + test::jsonString(log) + R"(}]}], "metadata": {}, "nbformat": 4, "nbformat_minor": 4})");
    const auto& plan = made.plan;
    // 4,000 places of a finding, and the rest.
    CHECK_EQ(
        std::count_if(plan.edits.begin(), plan.edits.end(), [](const auto& edit) { return edit.kind == "redact"; }), 3);
    CHECK(made.proof.failed.empty() && made.proof.fresh.empty());
    const std::vector<bool> on(plan.edits.size(), true);
    CHECK(
        fixes::applyEdits(made.before->artifact.view(), fixes::textEdits(plan, on)).find("node-") == std::string::npos);
}

CUPEL_TEST(everyAddressOfALongListGoes)
{
    std::string list;
    for (int i = 0; i < 1'500; ++i) {
        list += "ann.lee" + std::to_string(i) + "@corp-mail.com\n";
    }
    const auto made = test::fixed(
        R"({"cells": [{"cell_type": "code", "execution_count": 1, "metadata": {}, "source": "run", "outputs": )"
        R"([{"output_type": "stream", "name": "stdout", "text": )"
        + test::jsonString(list) + R"(}]}], "metadata": {}, "nbformat": 4, "nbformat_minor": 4})");
    CHECK(made.proof.failed.empty() && made.proof.fresh.empty());
    const std::vector<bool> on(made.plan.edits.size(), true);
    const auto after = fixes::applyEdits(made.before->artifact.view(), fixes::textEdits(made.plan, on));
    CHECK(after.find('@') == std::string::npos && after.find("<EMAIL_1500>") != std::string::npos);
}
