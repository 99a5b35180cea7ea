// SPDX-License-Identifier: GPL-3.0-or-later
// Notebooks of a bench: code cells that ran from top to bottom.
#pragma once

#include <string>
#include <vector>

namespace cupel::test {

// `cells`: JSON strings without their quotes.
inline std::string ranInOrder(const std::vector<std::string>& cells)
{
    std::string out = R"({"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": [)";
    for (std::size_t i = 0; i < cells.size(); ++i) {
        out += std::string(i > 0 ? "," : "")
            + R"({"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": )" + std::to_string(i + 1)
            + R"(, "source": [")" + cells[i] + R"("]})";
    }
    return out + "]}";
}

} // namespace cupel::test
