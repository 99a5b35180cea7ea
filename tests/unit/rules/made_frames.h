// SPDX-License-Identifier: GPL-3.0-or-later
// What tests of personal data in frames share: findings by their rule, and a cell with one output.
#pragma once

#include "analyzers/model/analysis.h"

#include <string>
#include <string_view>
#include <vector>

namespace cupel::test {

inline std::vector<const Finding*> pii(const Analysis& analysis)
{
    std::vector<const Finding*> list;
    for (const auto& finding : analysis.findings) {
        if (finding.family == Family::Pii) {
            list.push_back(&finding);
        }
    }
    return list;
}

inline const Finding* of(const Analysis& analysis, std::string_view rule)
{
    for (const auto* finding : pii(analysis)) {
        if (finding->rule == rule) {
            return finding;
        }
    }
    return nullptr;
}

inline std::string outputOf(const std::string& mimeAndText)
{
    return R"({"cells": [{"cell_type": "code", "execution_count": 1, "metadata": {}, "source": "df", "outputs": [)"
           R"({"output_type": "execute_result", "execution_count": 1, "metadata": {}, "data": {)"
        + mimeAndText + R"(}}]}], "metadata": {}, "nbformat": 4, "nbformat_minor": 4})";
}

} // namespace cupel::test
