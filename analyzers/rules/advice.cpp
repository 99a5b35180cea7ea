// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/advice.h"

#include <algorithm>
#include <optional>

namespace cupel::rules {

namespace {

// "!pip install x" of a notebook as a shell has it; nullopt: some line is no command.
std::optional<std::string> shellLines(std::string_view example)
{
    std::string out;
    while (!example.empty()) {
        const auto end = std::min(example.find('\n'), example.size());
        if (example.front() != '!' && example.front() != '%') {
            return std::nullopt;
        }
        out.append(out.empty() ? "" : "\n").append(example.substr(1, end - 1));
        example.remove_prefix(std::min(example.size(), end + 1));
    }
    return out;
}

std::string example(const std::string& text, std::string_view language)
{
    if (const auto same = inLanguage(text, language); !same.empty()) {
        return std::string(same);
    }
    return language == "bash" ? shellLines(text).value_or(std::string()) : std::string();
}

} // namespace

Advice adviceFor(const RuleInfo& rule, const Finding& finding)
{
    const auto said = finding.arguments.find(std::string(languageArgument));
    return adviceFor(rule, said == finding.arguments.end() ? std::string_view() : std::string_view(said->second));
}

Advice adviceFor(const RuleInfo& rule, std::string_view language)
{
    const auto fix = inLanguage(rule.howToFix, language);
    Advice advice{fix.empty() ? rule.howToFix : std::string(fix), rule.wrongExample, rule.rightExample};
    if (const auto own = languageOfExamples(rule); !language.empty() && !own.empty() && language != own) {
        advice.wrongExample = example(rule.wrongExample, language);
        advice.rightExample = example(rule.rightExample, language);
    }
    return advice;
}

} // namespace cupel::rules
