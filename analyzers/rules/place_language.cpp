// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/place_language.h"

#include "analyzers/code/commands.h"
#include "analyzers/formats/notebook/notebook_facts.h"
#include "analyzers/formats/region_text.h"

#include <algorithm>
#include <array>
#include <utility>

namespace cupel::rules {

namespace {

constexpr std::size_t headSize = 400; // of a cell: where a magic that names its language stands

std::string lower(std::string_view text)
{
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
        [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return out;
}

std::string ofFileName(std::string_view path)
{
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 17> endings{
        {{"bash", "bash"}, {"cs", "c#"}, {"go", "go"}, {"ipynb", ""}, {"java", "java"}, {"jl", "julia"},
            {"js", "javascript"}, {"kt", "kotlin"}, {"py", ""}, {"pyi", ""}, {"pyw", ""}, {"r", "r"},
            {"scala", "scala"}, {"sh", "bash"}, {"sql", "sql"}, {"ts", "javascript"}, {"zsh", "bash"}}};
    const auto dot = path.find_last_of("./!");
    const auto ending = dot != path.npos && path[dot] == '.' ? lower(path.substr(dot + 1)) : std::string();
    const auto* hit =
        std::find_if(endings.begin(), endings.end(), [&ending](const auto& row) { return row.first == ending; });
    return hit == endings.end() ? "other" : std::string(hit->second);
}

// "sql" of "%sql", "%%sql -c x" and "%spark.sql"; empty: the first line that says anything is no magic of a language.
std::string ofMagic(std::string_view head, bool oneSign)
{
    head.remove_prefix(std::min(head.find_first_not_of(" \t\r\n"), head.size()));
    const auto signs = std::min(head.find_first_not_of('%'), head.size());
    if (signs == 0 || signs > 2 || (signs == 1 && !oneSign)) {
        return {};
    }
    auto name = head.substr(signs);
    name = name.substr(0, name.find_first_of(" \t\r\n(\\"));
    name.remove_prefix(name.rfind('.') + 1);
    const auto known = cupel::code::languageOfMagic(name);
    return std::string(known.empty() && name == "r" ? std::string_view("r") : known);
}

// "r" of "```{r echo=FALSE}".
std::string ofFence(std::string_view line)
{
    line.remove_prefix(std::min(line.find_first_not_of(" \t`~{"), line.size()));
    if (line.starts_with("code-cell}")) {
        line.remove_prefix(10);
        line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
    }
    return std::string(line.substr(0, line.find_first_of(" \t\r\n,}{")));
}

} // namespace

std::string plainLanguage(std::string_view said)
{
    auto low = lower(said);
    if (low.find("python") != std::string::npos || low == "sage" || low == "pyspark") {
        return {};
    }
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 8> others{
        {{"csharp", "c#"}, {"fsharp", "f#"}, {"ir", "r"}, {"node", "javascript"}, {"sh", "bash"}, {"shell", "bash"},
            {"spark", "scala"}, {"typescript", "javascript"}}};
    static constexpr std::array<std::string_view, 27> known{"", "bash", "c", "c#", "c++", "f#", "go", "groovy",
        "haskell", "html", "java", "javascript", "julia", "kotlin", "kql", "lua", "matlab", "octave", "other", "perl",
        "php", "powershell", "r", "ruby", "rust", "scala", "sql"};
    const auto* hit = std::find_if(others.begin(), others.end(), [&low](const auto& row) { return row.first == low; });
    low = hit != others.end() ? std::string(hit->second) : low.starts_with("c++") ? "c++" : low;
    return std::binary_search(known.begin(), known.end(), low) ? low : "other";
}

PlaceLanguage::PlaceLanguage(const Artifact& artifact, const Facts& facts)
    : m_artifact(artifact)
    , m_facts(facts)
{
    if (const auto* notebook = formats::notebookFacts(facts)) {
        m_whole = plainLanguage(notebook->language);
    } else if (facts.format == "text") {
        m_whole = ofFileName(artifact.path);
    }
}

std::string PlaceLanguage::at(std::int32_t region)
{
    const auto cell = region < 0 ? -1 : m_facts.regions[static_cast<std::size_t>(region)].cell;
    const auto* notebook = formats::notebookFacts(m_facts);
    if (cell < 0 || !notebook || static_cast<std::size_t>(cell) >= notebook->cells.size()
        || notebook->cells[static_cast<std::size_t>(cell)].kind != formats::CellKind::Code) {
        return m_whole;
    }
    const auto [known, fresh] = m_cells.try_emplace(cell);
    if (fresh) {
        known->second = ofCell(cell);
    }
    return known->second;
}

std::string PlaceLanguage::ofCell(std::int32_t cell) const
{
    const auto& cells = formats::notebookFacts(m_facts)->cells;
    const auto source = cells[static_cast<std::size_t>(cell)].source;
    const auto text = m_facts.text(m_artifact);
    if (source < 0) {
        return m_whole;
    }
    if (m_facts.format == "rmarkdown" && source > 0) {
        const auto& before = m_facts.regions[static_cast<std::size_t>(source) - 1];
        if (before.cell == cell && before.name == "options") {
            return plainLanguage(ofFence(slice(text, before.bytes).substr(0, headSize)));
        }
    }
    const auto head = formats::readRegion(text, m_facts.regions[static_cast<std::size_t>(source)], headSize).text;
    const bool oneSign = m_facts.format != "notebook";
    const auto said = ofMagic(head, oneSign);
    return said.empty() ? m_whole : plainLanguage(said);
}

} // namespace cupel::rules
