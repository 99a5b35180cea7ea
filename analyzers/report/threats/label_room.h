// SPDX-License-Identifier: GPL-3.0-or-later
// Where on a drawing a word may stand: not on a box, not on another word.
#pragma once

#include "analyzers/model/drawing.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace cupel::report::kit {

class LabelRoom {
public:
    void take(const DrawnBox& box);
    void takeTip(const std::vector<DrawnPoint>& route); // that of an arrow at its end
    void takeWord(const DrawnBox& box, const std::string& word);
    // Where several arrows are one line, one word is for all.
    [[nodiscard]] bool saysAlready(const DrawnBox& box, const std::string& word) const;
    [[nodiscard]] bool isFree(const DrawnBox& box) const;

private:
    using Cell = std::pair<int, int>;
    template <typename Visit> static void cells(const DrawnBox& box, const Visit& visit);

    std::map<std::string, std::vector<DrawnBox>> m_words;
    std::map<Cell, std::vector<DrawnBox>> m_taken; // by squares of the paper, each box in all it touches
};

} // namespace cupel::report::kit
