// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/code/row_language.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace cupel::rules::code {

namespace {

constexpr std::array<std::pair<std::string_view, Op>, 13> argumentOps{
    {{"given", Op::Given}, {"=", Op::Equals}, {"~", Op::Like}, {"dynamic", Op::Dynamic}, {"built", Op::Built},
        {"constant", Op::Constant}, {"chosen", Op::Chosen}, {"list", Op::List}, {"hidden", Op::Hidden},
        {"tainted", Op::Tainted}, {"path", Op::Path}, {"named", Op::Name}, {"", Op::Given}}};
constexpr std::array<std::pair<std::string_view, Op>, 10> shellOps{{{"has", Op::Has}, {"opt", Op::Option},
    {"into", Op::Into}, {"after", Op::After}, {"redirect", Op::Redirect}, {"elevated", Op::Elevated},
    {"fetched", Op::Fetched}, {"runlater", Op::RunLater}, {"interpolated", Op::Interpolated}, {"inside", Op::Inside}}};
// In the order of code::Source.
constexpr std::array<std::string_view, 12> sourceNames{"input", "argument", "request", "environment", "secret", "model",
    "web", "file", "shell", "parameter", "document", "personal"};

std::string_view takeToken(std::string_view& text)
{
    const auto end = std::min(text.find(' '), text.size());
    const auto token = text.substr(0, end);
    text.remove_prefix(std::min(text.size(), end + 1));
    return token;
}

bool readSubject(std::string_view token, Condition& condition)
{
    if (token == "*") {
        condition.subject = Subject::Any;
    } else if (token == "self") {
        condition.subject = Subject::Receiver;
    } else if (token == "value") {
        condition.subject = Subject::Assigned;
    } else {
        const auto colon = token.find(':');
        const auto number = token.substr(0, colon);
        const auto done = std::from_chars(number.data(), number.data() + number.size(), condition.position);
        const bool placed = done.ec == std::errc() && done.ptr == number.data() + number.size();
        if (!placed) {
            condition.position = ~std::size_t{0};
            condition.name = token;
        } else if (colon != std::string_view::npos) {
            condition.name = token.substr(colon + 1);
        }
        return placed || colon == std::string_view::npos;
    }
    return true;
}

bool readSources(Condition& condition)
{
    for (const auto& word : condition.words) {
        const auto hit = std::find(sourceNames.begin(), sourceNames.end(), word);
        if (hit == sourceNames.end()) {
            return false;
        }
        condition.sources = static_cast<std::uint16_t>(condition.sources | 1U << (hit - sourceNames.begin()));
    }
    return true;
}

} // namespace

std::vector<std::string> splitWords(std::string_view text, char separator)
{
    std::vector<std::string> words;
    while (!text.empty()) {
        const auto end = std::min(text.find(separator), text.size());
        words.emplace_back(text.substr(0, end));
        text.remove_prefix(std::min(text.size(), end + 1));
    }
    return words;
}

int compareVersions(std::string_view a, std::string_view b)
{
    while (!a.empty() || !b.empty()) {
        long x = 0;
        long y = 0;
        std::from_chars(a.data(), a.data() + a.size(), x);
        std::from_chars(b.data(), b.data() + b.size(), y);
        if (x != y) {
            return x < y ? -1 : 1;
        }
        a.remove_prefix(std::min(a.size(), std::min(a.find('.'), a.size()) + 1));
        b.remove_prefix(std::min(b.size(), std::min(b.find('.'), b.size()) + 1));
    }
    return 0;
}

Condition parseCondition(std::string_view text, std::string& problem)
{
    Condition condition;
    if (text.starts_with('!')) {
        condition.negated = true;
        text.remove_prefix(1);
    }
    const auto first = takeToken(text);
    if (first == "version") {
        condition.op = Op::Version;
        condition.words = {std::string(text)};
        if (text.find_first_of("<>=") == std::string_view::npos) {
            problem = "a version condition compares with <, >= or ==";
        }
        return condition;
    }
    if (first == "within") {
        condition.op = Op::Within;
        condition.name = takeToken(text);
        condition.words = splitWords(text, '|');
        if (condition.name != "async"
            && (condition.words.empty()
                || (condition.name != "class" && condition.name != "def" && condition.name != "decorator"))) {
            problem = "within async, class GLOB, def GLOB or decorator GLOB";
        }
        return condition;
    }
    const auto shell = std::find_if(shellOps.begin(), shellOps.end(), [&](const auto& e) { return e.first == first; });
    if (shell != shellOps.end()) {
        condition.op = shell->second;
        condition.subject = Subject::Shell;
        condition.words = splitWords(text, condition.op == Op::Option ? ' ' : '|');
        const bool bare = condition.op == Op::Elevated || condition.op == Op::Interpolated
            || condition.op == Op::Fetched || condition.op == Op::RunLater;
        if (condition.words.empty() != bare) {
            problem = "words are missing, or too many, behind " + std::string(first);
        }
        return condition;
    }
    if (!readSubject(first, condition)) {
        problem = "no subject: " + std::string(first);
    }
    const auto op = takeToken(text);
    const auto hit = std::find_if(argumentOps.begin(), argumentOps.end(), [&](const auto& e) { return e.first == op; });
    if (hit == argumentOps.end()) {
        problem = "unknown condition: " + std::string(op);
        return condition;
    }
    condition.op = hit->second;
    condition.words = splitWords(text, '|');
    if (condition.op == Op::Equals && condition.words.empty()) {
        condition.words.emplace_back(); // "0 = ": the empty text
    }
    const bool needsWords =
        condition.op == Op::Equals || condition.op == Op::Like || condition.op == Op::Path || condition.op == Op::Name;
    if ((needsWords && condition.words.empty()) || (condition.op == Op::Tainted && !readSources(condition))) {
        problem = "words are missing or unknown behind " + std::string(op);
    }
    return condition;
}

} // namespace cupel::rules::code
