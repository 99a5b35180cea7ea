// SPDX-License-Identifier: GPL-3.0-or-later
// Hazards of writes: changes that may have happened twice, functions that nobody calls or that are two, names that
// become something else, and transformations without effect.
#include "analyzers/lineage/hazard_judge.h"

#include "analyzers/lineage/name_words.h"

#include <algorithm>
#include <cctype>

namespace cupel::lineage {

namespace {

constexpr std::size_t maxQuoted = 100'000; // words in quotes

} // namespace

// x += 1 in a cell with a gap before its number: it may have run more than once.
void HazardJudge::reruns(std::uint32_t cell)
{
    if (!counted(cell)) {
        return;
    }
    std::int64_t before = -1;
    for (const auto number : m_execution.counts) {
        before = number < count(cell) ? std::max(before, number) : before;
    }
    if (before < 1 || count(cell) - before < 2) {
        return;
    }
    std::unordered_set<NameId> said;
    for (const auto& write : m_flow.cells[cell].writes) {
        if (!write.grows || write.implied || m_file.names.hidden(write.name)) {
            continue;
        }
        bool defined = false;
        (void)m_flow.makers(write.name, cell, &defined);
        if (!defined || !said.insert(write.name).second) {
            continue;
        }
        const std::string name(m_file.names.text(write.name));
        say(HazardKind::NonIdempotentRerun, place(cell, write.start, write.end), {name},
            "Each run of this cell changes " + name + " again, and run [" + std::to_string(count(cell) - 1)
                + "] before it is gone: it may have been this cell.",
            {});
    }
}

void HazardJudge::functions()
{
    for (NameId name = 0; name < m_flow.names.size(); ++name) {
        if (m_flow.names[name].empty() || m_file.names.hidden(name)) {
            continue;
        }
        if (!m_budget.spend(m_flow.names[name].size())) {
            return;
        }
        redefined(name);
        kinds(name);
    }
    // A notebook with many is a collection of functions for others.
    constexpr std::size_t many = 3;
    if (m_unused.size() < many) {
        hazards.insert(hazards.end(), m_unused.begin(), m_unused.end());
    }
}

// frame.agg("clean"), globals()["clean"], __all__ = ["clean"]: whoever takes the text may call the function.
bool HazardJudge::namedInText(NameId name)
{
    const auto isWord = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; };
    for (std::size_t i = 0; !m_quotedRead && i < m_cells.cells().size(); ++i) {
        const std::string_view text = m_cells.cells()[i].text;
        for (std::size_t at = 0; at < text.size() && m_quoted.size() < maxQuoted; ++at) {
            auto end = at + 1;
            while ((text[at] == '"' || text[at] == '\'') && end < text.size() && isWord(text[end])) {
                ++end;
            }
            if (end > at + 1 && end < text.size() && text[end] == text[at]) {
                m_quoted.insert(text.substr(at + 1, end - at - 1));
            }
            at = end - 1; // a quote that ends one text may begin the next
        }
        (void)m_budget.spend(text.size() / 8 + 1);
    }
    m_quotedRead = true;
    return m_quoted.size() >= maxQuoted || m_quoted.contains(m_file.names.text(name));
}

void HazardJudge::redefined(NameId name)
{
    struct Made {
        std::uint32_t cell = none;
        const NameWrite* write = nullptr;
        const FunctionNames* function = nullptr;
    };
    std::vector<Made> made;
    for (const auto& entry : m_flow.names[name]) {
        for (const auto& [same, at] : writesOf(name, entry.cell)) {
            const auto& write = m_flow.cells[entry.cell].writes[at];
            const bool function = write.act == NameAct::Define && write.bound == Bound::Function
                && write.function < m_file.functions.size() && write.kills;
            if (function) {
                made.push_back({entry.cell, &write, &m_file.functions[write.function]});
            }
        }
    }
    if (made.empty() || (!m_file.notebook && !m_file.converted)) {
        return;
    }
    const auto word = m_file.names.text(name);
    const std::string text(word);
    if (made.size() == 1 && m_flow.names[name].size() == 1) {
        const auto& only = made.front();
        const bool unused = !m_flow.read[name] && !m_inFunctions.contains(name);
        if (unused && !only.function->decorated && !word.starts_with('_') && !word.starts_with("test") && word != "main"
            && !m_file.cells[only.cell].flawed && !mentioned(name) && !namedInText(name)) {
            m_unused.push_back({HazardKind::UncalledFunction, place(only.cell, only.write->start, only.write->end),
                {text}, "Nothing in the file uses the function " + text + ".", {}});
        }
        return;
    }
    for (std::size_t i = 1; i < made.size(); ++i) {
        const auto& before = made[i - 1];
        const auto& now = made[i];
        if (before.cell == now.cell || before.function->text == now.function->text || now.function->decorated
            || before.function->decorated) {
            continue;
        }
        const auto why = doubt(name, before.cell, now.cell, i + 1 < made.size() ? made[i + 1].cell : none);
        if (!why.empty()) {
            say(HazardKind::FunctionRedefined, place(now.cell, now.write->start, now.write->end), {text},
                "The function " + text + " is another one from here on than in " + label(before.cell) + ": " + why,
                {place(before.cell, before.write->start, before.write->end)});
        }
    }
}

// Improving a function step by step is fine as long as everybody gets the one that stands above. Empty: they do.
std::string HazardJudge::doubt(NameId name, std::uint32_t first, std::uint32_t second, std::uint32_t third)
{
    const auto uses = [&](std::uint32_t cell, NameId through) {
        const auto& reads = m_flow.cells[cell].reads;
        return std::any_of(reads.begin(), reads.end(), [&](const NameRead& read) {
            return read.name == name && !read.deferred && (through == noName || read.through == through);
        });
    };
    if (counted(first) && counted(second) && count(second) < count(first)) {
        return "but it ran before that one.";
    }
    for (std::uint32_t i = first + 1; i < m_flow.cells.size() && i != third && m_budget.spend(4); ++i) {
        if (i == second || !counted(i) || !counted(second) || !uses(i, noName)) {
            continue;
        }
        if ((i < second) != (count(i) < count(second))) {
            return label(i) + " ran with the other one than the one above it.";
        }
    }
    return {};
}

// A function, class or module becomes a value.
void HazardJudge::kinds(NameId name)
{
    const NameWrite* before = nullptr;
    std::uint32_t was = none;
    for (const auto& entry : m_flow.names[name]) {
        for (const auto& [same, at] : writesOf(name, entry.cell)) {
            const auto& write = m_flow.cells[entry.cell].writes[at];
            if (write.act != NameAct::Define) {
                continue;
            }
            const bool value = write.bound == Bound::Value || write.bound == Bound::Scalar;
            if (before && value && was != entry.cell && write.kills && !m_file.cells[entry.cell].flawed) {
                kindChange(name, was, *before, entry.cell, write);
            }
            before = value ? nullptr : &write;
            was = entry.cell;
        }
    }
}

void HazardJudge::kindChange(
    NameId name, std::uint32_t was, const NameWrite& before, std::uint32_t at, const NameWrite& write)
{
    const auto& reads = m_flow.cells[at].reads;
    const bool itself = was != at && std::any_of(reads.begin(), reads.end(), [&](const NameRead& read) {
        return read.name == name && !read.deferred && read.start >= write.end;
    });
    bool calledLater = false;
    for (std::uint32_t i = at + 1; i < m_flow.cells.size() && !itself && !calledLater; ++i) {
        const auto& later = m_flow.cells[i].reads;
        const auto makers = m_flow.makers(name, i);
        const bool this_ = !makers.empty() && makers.back() == at;
        calledLater = this_ && before.bound == Bound::Function
            && std::any_of(later.begin(), later.end(),
                [&](const NameRead& read) { return read.name == name && read.called && !read.deferred; });
        if (!m_budget.spend(later.size() + 1)) {
            return;
        }
    }
    if (!itself && !calledLater) {
        return;
    }
    const std::string text(m_file.names.text(name));
    const std::string kind = before.bound == Bound::Import ? "import"
        : before.bound == Bound::Class                     ? "class"
                                                           : "function";
    say(HazardKind::NameKindChange, place(at, write.start, write.end), {text},
        text + (kind == "import" ? " was imported" : " was a " + kind) + " in " + label(was)
            + " and is a value from here on: "
            + (itself ? "this cell cannot run twice." : "a cell below calls it as before."),
        {place(was, before.start, before.end)});
}

void HazardJudge::deadTransforms()
{
    for (const auto& entry : m_flow.discarded) {
        if (m_file.cells[entry.cell].flawed) {
            continue;
        }
        const std::string name(m_file.names.text(entry.name));
        say(HazardKind::DeadTransform, place(entry.cell, entry.start, entry.end), {name},
            name + "." + std::string(m_file.names.text(entry.method))
                + "() gives a new object, and nobody takes it: " + name + " stays as it was.",
            {});
    }
    if (!m_file.notebook && !m_file.converted) {
        return;
    }
    for (std::uint32_t i = 0; i < m_flow.cells.size(); ++i) {
        for (const auto& write : m_flow.cells[i].writes) {
            if (!write.transforms || m_flow.read[write.name] || m_inFunctions.contains(write.name)
                || m_file.names.text(write.name).starts_with('_') || mentioned(write.name)) {
                continue;
            }
            const std::string name(m_file.names.text(write.name));
            say(HazardKind::DeadTransform, place(i, write.start, write.end), {name},
                "Nothing uses " + name + ": the transformation has no effect.", {});
        }
    }
}

} // namespace cupel::lineage
