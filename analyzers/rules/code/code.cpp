// SPDX-License-Identifier: GPL-3.0-or-later
// The rules of code: rows over the flow of values and over shell text, and checks of the code's shape.
#include "analyzers/base/words.h"
#include "analyzers/formats/code_language.h"
#include "analyzers/formats/notebook/notebook_facts.h"
#include "analyzers/model/notes.h"
#include "analyzers/rules/code/checks/checks.h"
#include "analyzers/rules/code/judge.h"
#include "analyzers/rules/code/reporter.h"
#include "analyzers/rules/rule_texts.h"

#include <algorithm>
#include <string>
#include <utility>

namespace cupel::rules::code {

namespace {

constexpr std::size_t windowNodes = 400'000; // of syntax trees held at once: 2 MB of code, 30 MB of memory

// The words of a pattern that stand in the code of whoever matches it: "jwt", "encode" of jwt.encode.
std::vector<std::string_view> wordsOf(std::string_view pattern)
{
    std::vector<std::string_view> words;
    constexpr std::string_view between = ".$*()[]";
    for (auto at = pattern.find_first_not_of(between); at != std::string_view::npos;) {
        const auto end = std::min(pattern.find_first_of(between, at), pattern.size());
        words.push_back(pattern.substr(at, end - at));
        at = pattern.find_first_not_of(between, end);
    }
    return words;
}

// The name is one of ours: what the file says of itself goes into no sentence.
std::string_view nameOfLanguage(std::string_view said)
{
    static constexpr std::pair<std::string_view, std::string_view> names[] = {{"bash", "Bash"}, {"c", "C"},
        {"c#", "C#"}, {"c++", "C++"}, {"c++11", "C++"}, {"c++14", "C++"}, {"c++17", "C++"}, {"clojure", "Clojure"},
        {"coffeescript", "CoffeeScript"}, {"csharp", "C#"}, {"f#", "F#"}, {"fsharp", "F#"}, {"go", "Go"},
        {"groovy", "Groovy"}, {"haskell", "Haskell"}, {"ir", "R"}, {"java", "Java"}, {"javascript", "JavaScript"},
        {"julia", "Julia"}, {"kotlin", "Kotlin"}, {"lua", "Lua"}, {"matlab", "MATLAB"}, {"node", "JavaScript"},
        {"ocaml", "OCaml"}, {"octave", "Octave"}, {"perl", "Perl"}, {"php", "PHP"}, {"r", "R"}, {"ruby", "Ruby"},
        {"rust", "Rust"}, {"sas", "SAS"}, {"scala", "Scala"}, {"spark", "Scala"}, {"sql", "SQL"}, {"stata", "Stata"},
        {"swift", "Swift"}, {"typescript", "TypeScript"}, {"wolfram", "Wolfram"}};
    std::string low;
    for (const char c : said) {
        low.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c);
    }
    const auto hit =
        std::find_if(std::begin(names), std::end(names), [&low](const auto& name) { return low == name.first; });
    return hit == std::end(names) ? "a language other than Python" : hit->second;
}

// Rows and checks know Python and shells. Of the rest no finding may be read as no danger.
void noteOtherLanguage(const RuleInput& input, const CodeCells& cells, FindingSink& sink)
{
    const auto* notebook = formats::notebookFacts(input.facts);
    const bool other = std::any_of(cells.cells().begin(), cells.cells().end(), [&input](const CodeCell& cell) {
        const auto& region = input.facts.regions[static_cast<std::size_t>(cell.region)];
        return !cell.python && !formats::isShellName(formats::languageOf(input.facts, region))
            && cell.text.find_first_not_of(" \t\r\n") != std::string::npos;
    });
    if (!notebook || !other) {
        return;
    }
    const auto name = nameOfLanguage(notebook->language);
    const std::string only = name == "R" || name == "Julia" ? "installs, secrets, personal data and outputs are"
        : name == "Bash"                                    ? "single commands, secrets, personal data and outputs are"
                                                            : "secrets, personal data and outputs are";
    sink.note(codeNotJudged, "Code in " + std::string(name) + " is not judged: only " + only);
}

// " (cell 3, 7 and more)"; a script has none.
std::string namedCells(const std::vector<std::int32_t>& cells)
{
    constexpr std::size_t most = 5;
    std::string out;
    for (std::size_t i = 0; i < cells.size() && i < most && cells[i] >= 0; ++i) {
        out += (i == 0 ? " (cell " : ", ") + std::to_string(cells[i]);
    }
    return out.empty() ? out : out + (cells.size() > most ? " and more)" : ")");
}

} // namespace

// Keys and salts are hidden by rows with `mask`; without their words in the code none of them can hold.
bool mayMask(const RuleInput& input)
{
    const auto& cells = input.code().cells();
    const auto stands = [&cells](std::string_view word) {
        return std::any_of(cells.begin(), cells.end(),
            [word](const CodeCell& cell) { return std::string_view(cell.text).find(word) != std::string_view::npos; });
    };
    return std::any_of(rows().begin(), rows().end(), [&](const CodeRow& row) {
        return row.mask && std::any_of(row.patterns.begin(), row.patterns.end(), [&](const std::string& pattern) {
            const auto words = wordsOf(pattern);
            return std::all_of(words.begin(), words.end(), stands);
        });
    });
}

void describe(RuleList& list)
{
    describeFromTexts("code", list);
}

void check(const RuleInput& input, FindingSink& sink)
{
    auto& cells = input.code();
    if (cells.empty()) {
        return;
    }
    noteOtherLanguage(input, cells, sink);
    Reporter reporter(input, sink);
    const auto versions = readVersions(input);
    // More code than people write is judged in windows: what lies in an earlier one is known by its imports only.
    std::vector<std::int32_t> flawed; // cells
    std::uint64_t firstFlaw = 0;
    for (std::size_t begin = 0; begin < cells.cells().size() && !input.budget.stopped();) {
        const auto end = cells.parse(begin, windowNodes, input.budget);
        const auto units = cells.units(begin, end);
        Judge(input, reporter, units, versions).run(begin, end);
        for (auto cell = begin; cell < end && !input.budget.stopped(); ++cell) {
            checkText(cells.cells()[cell], static_cast<std::uint32_t>(cell), reporter);
            checkShape(cells.cells()[cell], static_cast<std::uint32_t>(cell), reporter);
            if (cells.cells()[cell].syntax.flawed) {
                firstFlaw = flawed.empty() ? cells.cells()[cell].toArtifact({0, 1}).start : firstFlaw;
                flawed.push_back(cells.cells()[cell].cell);
            }
        }
        reporter.ground(begin, end);
        if (begin > 0 || end < cells.cells().size()) {
            cells.forget(begin, end);
        } // else the rules of flows follow the same trees
        begin = end;
    }
    checkLeakage(cells, reporter, input.budget);
    reporter.finish();
    if (!flawed.empty()) {
        sink.note(codePartlyJudged,
            (flawed.size() == 1 ? std::string("One cell is") : counted(flawed.size(), "cell is", "cells are"))
                + " not valid Python" + namedCells(flawed) + ": the code there is judged as far as it can be read",
            firstFlaw);
    }
    if (const auto count = cells.unparsed(); count > 0) {
        sink.incomplete(
            "code-limit", counted(count, "cell is", "cells are") + " too long or too many to be judged as code", 0);
    }
}

} // namespace cupel::rules::code
