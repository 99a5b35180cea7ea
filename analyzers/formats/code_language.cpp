// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/code_language.h"

#include "analyzers/formats/notebook/notebook_facts.h"

#include <algorithm>
#include <array>
#include <string>

namespace cupel::formats {

std::string_view languageOf(const Facts& facts, const Region& region)
{
    if (!region.name.empty()) {
        return region.name;
    }
    const auto* notebook = notebookFacts(facts);
    return notebook ? std::string_view(notebook->language) : std::string_view();
}

bool isPythonName(std::string_view language)
{
    std::string low(language);
    std::transform(low.begin(), low.end(), low.begin(),
        [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return low.empty() || low.find("python") != std::string::npos || low == "sage" || low == "pyspark";
}

bool isShellName(std::string_view language)
{
    static constexpr std::array<std::string_view, 6> names{"bash", "sh", "shell", "zsh", "ksh", "Bash"};
    return std::find(names.begin(), names.end(), language) != names.end();
}

} // namespace cupel::formats
