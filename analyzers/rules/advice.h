// SPDX-License-Identifier: GPL-3.0-or-later
// The advice of a rule in the language of the place that a finding is at. Texts of rules are written for Python;
// resources/rules/texts/advice.json has the same in other languages. Pure, any thread.
#pragma once

#include "analyzers/model/rule.h"

#include <string>
#include <string_view>

namespace cupel::rules {

// The argument of a finding that says in which language the code stands that it belongs to (place_language.h); none:
// Python, or no code.
inline constexpr std::string_view languageArgument = "language";

struct Advice {
    std::string howToFix;
    std::string wrongExample; // empty: none in this language
    std::string rightExample;
};

// An example in another language than that of the finding is left out, unless the data has it.
[[nodiscard]] Advice adviceFor(const RuleInfo& rule, const Finding& finding);
[[nodiscard]] Advice adviceFor(const RuleInfo& rule, std::string_view language); // empty: Python

// `text` of a rule as it is in this language; empty: the data has none.
[[nodiscard]] std::string_view inLanguage(std::string_view text, std::string_view language);
[[nodiscard]] std::string_view languageOfExamples(const RuleInfo& rule); // empty: they fit everywhere

} // namespace cupel::rules
