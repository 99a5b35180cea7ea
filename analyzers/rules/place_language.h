// SPDX-License-Identifier: GPL-3.0-or-later
// In which language the code stands that a place belongs to: of its cell (%%R, a fence of R Markdown), else of the
// notebook, else what the name of a text file says. Asked only for what was found.
#pragma once

#include "analyzers/model/artifact.h"
#include "analyzers/model/facts.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace cupel::rules {

class PlaceLanguage {
public:
    // Both must outlive it.
    PlaceLanguage(const Artifact& artifact, const Facts& facts);
    // "r", "bash", "other" ...; empty: Python, or nothing that is written in a language (a model).
    [[nodiscard]] std::string at(std::int32_t region);

private:
    [[nodiscard]] std::string ofCell(std::int32_t cell) const;

    const Artifact& m_artifact;
    const Facts& m_facts;
    std::string m_whole; // of all that says nothing else
    std::map<std::int32_t, std::string> m_cells;
};

// "r" of "R", "ir" and "IR", "c++" of "C++17"; empty for Python. What no data speaks of stays as it is, in small
// letters.
[[nodiscard]] std::string plainLanguage(std::string_view said);

} // namespace cupel::rules
