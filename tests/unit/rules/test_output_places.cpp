// SPDX-License-Identifier: GPL-3.0-or-later
// Many places of one value are few findings, whose fixes reach every place; where people read it they are safe.
#include "tests/unit/check.h"
#include "tests/unit/rules/made.h"

#include <string>

using namespace cupel;

namespace {

std::string printedTimes(const std::string& line, std::size_t count)
{
    std::string text;
    for (std::size_t i = 0; i < count; ++i) {
        text += line + '\n';
    }
    return R"({"cells": [{"cell_type": "code", "execution_count": 1, "metadata": {}, "source": "x", "outputs": [{"output_type": )"
           R"("stream", "name": "stdout", "text": )"
        + test::jsonString(text) + R"(}]}], "metadata": {}, "nbformat": 4, "nbformat_minor": 4})";
}

} // namespace

CUPEL_TEST(manyPlacesOfOneValueAreFewFindings)
{
    constexpr std::size_t many = 40'000;
    constexpr std::size_t listed = 400; // by each finding
    const auto analysis = test::analyzed(printedTimes("/ho"
                                                      "me/annika/x",
        many));
    std::size_t findings = 0;
    std::size_t edits = 0;
    std::size_t told = 0;
    for (const auto& finding : analysis.findings) {
        if (finding.rule != "CUP-OUT-LEAK-HOME-PATH") {
            continue;
        }
        ++findings;
        told += std::stoul(finding.arguments.at("count"));
        edits += finding.fix ? finding.fix->edits.size() : 0;
        CHECK_EQ(finding.evidence.size(), listed + 1); // and the first
    }
    CHECK_EQ(findings, 10);
    CHECK_EQ(told, many);
    CHECK_EQ(edits, many);
}

// Whatever letters the name of a file has, and whichever rule asks.
CUPEL_TEST(whatIsOnlyReadIsSafeToMend)
{
    const std::string host = "see http://hub.corp.internal:8888/c\n";
    const std::string user = "saved to /ho"
                             "me/annikawb/x\nworkspace of annikawb\n";
    const auto isSafe = [](const std::string& text, const std::string& path, std::string_view rule) {
        const auto analysis = test::analyzed(text, path);
        for (const auto& finding : analysis.findings) {
            if (finding.rule == rule && finding.fix) {
                return std::string(finding.fix->safe ? "safe" : "asked for");
            }
        }
        return std::string("not found");
    };
    for (const char* path : {"README.md", "README.MD", "notes.Markdown"}) {
        CHECK_EQ(isSafe(host, path, "CUP-OUT-LEAK-INTERNAL-HOST"), "safe");
        CHECK_EQ(isSafe(user, path, "CUP-OUT-LEAK-USER-NAME"), "safe");
    }
    for (const char* path : {"settings.txt", "md", "a.cmd"}) {
        CHECK_EQ(isSafe(host, path, "CUP-OUT-LEAK-INTERNAL-HOST"), "asked for");
        CHECK_EQ(isSafe(user, path, "CUP-OUT-LEAK-USER-NAME"), "asked for");
    }
}
