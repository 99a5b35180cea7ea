// SPDX-License-Identifier: GPL-3.0-or-later
// Names of machines inside a company: where an edit names them by itself, and which are one.
#include "tests/unit/check.h"
#include "tests/unit/fixes/fixed.h"

#include <algorithm>
#include <iterator>

using namespace cupel;

CUPEL_TEST(hostsInCodeAreNamedWhenAsked)
{
    const auto made =
        test::fixed(R"({"cells": [{"cell_type": "code", "execution_count": 1, "metadata": {}, )"
                    R"("source": "v = 'http://jupyter.corp.internal/a'", "outputs": [{"output_type": "stream", )"
                    R"("name": "stdout", "text": "at http://hub.corp.internal/b\n"}]}], "metadata": {}, )"
                    R"("nbformat": 4, "nbformat_minor": 4})",
            "host.ipynb");
    REQUIRE(CHECK_EQ(made.plan.edits.size(), 2U));
    for (const auto& edit : made.plan.edits) {
        CHECK_EQ(made.before->findings[edit.finding].rule, "CUP-OUT-LEAK-INTERNAL-HOST");
        CHECK(fixes::isOnByDefault(edit) == (made.before->findings[edit.finding].location.part == Part::Output));
    }
}

// What a service connects to does not change unasked: in settings and texts a host waits for somebody's word.
CUPEL_TEST(hostsInSettingsAreNamedWhenAsked)
{
    const std::string line = "db: http://hub.corp.internal:8888/c\n";
    for (const char* name : {"h.yaml", "h.ini", "h.txt", "h.json"}) {
        const bool json = std::string_view(name) == "h.json";
        const auto made = test::fixed(json ? R"({"db": "http://hub.corp.internal:8888/c"})" : line, name);
        REQUIRE(CHECK_EQ(made.plan.edits.size(), 1U));
        CHECK(!fixes::isOnByDefault(made.plan.edits[0]));
        CHECK(!made.plan.edits[0].safe); // asking for a kind of edit is no asking for this one
    }
    const auto readme = test::fixed(line, "h.md");
    REQUIRE(CHECK_EQ(readme.plan.edits.size(), 1U));
    CHECK(fixes::isOnByDefault(readme.plan.edits[0]));
    const auto made =
        test::fixed(R"({"cells": [{"cell_type": "raw", "metadata": {}, "source": "at http://hub.corp.internal/a"},)"
                    R"({"cell_type": "markdown", "metadata": {}, "source": "at http://hub.corp.internal/b"}], )"
                    R"("metadata": {"x": "http://hub.corp.internal/c"}, "nbformat": 4, "nbformat_minor": 4})",
            "h.ipynb");
    REQUIRE(CHECK_EQ(made.plan.edits.size(), 3U));
    std::vector<bool> on;
    std::transform(made.plan.edits.begin(), made.plan.edits.end(), std::back_inserter(on), fixes::isOnByDefault);
    const auto text = fixes::applyEdits(made.before->artifact.view(), fixes::textEdits(made.plan, on));
    CHECK(text.find("hub.corp.internal/a") != std::string::npos); // of a raw cell, which programs read
    CHECK(text.find("hub.corp.internal/b") == std::string::npos);
    CHECK(text.find("hub.corp.internal/c") == std::string::npos);
}

CUPEL_TEST(aHostHasOneNameInAnyLetters)
{
    const auto made = test::fixed(
        R"({"cells": [{"cell_type": "markdown", "metadata": {}, "source": "at http://HUB.corp.internal/a and )"
        R"(http://hub.corp.internal/b and http://lab.corp.internal/c"}], "metadata": {}, "nbformat": 4, )"
        R"("nbformat_minor": 4})",
        "h.ipynb");
    const auto text = fixes::applyEdits(made.before->artifact.view(), fixes::textEdits(made.plan, {}));
    CHECK(text.find("http://&lt;INTERNAL_HOST_01&gt;/a and http://&lt;INTERNAL_HOST_01&gt;/b") != std::string::npos);
    CHECK(text.find("http://&lt;INTERNAL_HOST_02&gt;/c") != std::string::npos);
}
