// SPDX-License-Identifier: GPL-3.0-or-later
// Hazards of reads: names that nobody defines, or that another run than the recorded one defined.
#include "analyzers/lineage/hazard_judge.h"

#include "analyzers/formats/notebook/notebook_facts.h"
#include "analyzers/lineage/name_words.h"

#include <algorithm>
#include <cctype>

namespace cupel::lineage {

namespace {

constexpr std::size_t maxOfKind = 200;
constexpr std::size_t maxEvidence = 8;

bool isWord(char c)
{
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

bool holdsWord(std::string_view text, std::string_view word)
{
    for (auto at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
        const auto end = at + word.size();
        if ((at == 0 || !isWord(text[at - 1])) && (end == text.size() || !isWord(text[end]))) {
            return true;
        }
    }
    return false;
}

} // namespace

HazardJudge::HazardJudge(const Facts& facts, const FileNames& file, const NameFlow& flow, const Execution& execution,
    const formats::CodeCells& cells, Budget& budget)
    : m_facts(facts)
    , m_file(file)
    , m_flow(flow)
    , m_execution(execution)
    , m_cells(cells)
    , m_budget(budget)
{
    for (const auto& function : file.functions) {
        for (const auto& outside : function.outside) {
            if (outside.act == NameAct::Define) {
                m_globals.insert(outside.name);
            } else if (outside.act == NameAct::Read && outside.name != function.name) {
                m_inFunctions.insert(outside.name);
            }
        }
    }
    m_ran = static_cast<std::size_t>(
        std::count_if(file.cells.begin(), file.cells.end(), [](const CellNames& cell) { return cell.count >= 0; }));
    m_mixed = execution.duplicates.size() > 2;
    for (const auto& cell : flow.cells) {
        auto& own = m_writes.emplace_back();
        for (std::uint32_t i = 0; i < cell.writes.size(); ++i) {
            own.emplace_back(cell.writes[i].name, i);
        }
        std::sort(own.begin(), own.end());
    }
}

std::span<const std::pair<NameId, std::uint32_t>> HazardJudge::writesOf(NameId name, std::uint32_t cell) const
{
    const auto& own = m_writes[cell];
    const auto first = std::lower_bound(own.begin(), own.end(), std::pair(name, std::uint32_t{0}));
    auto last = first;
    while (last != own.end() && last->first == name) {
        ++last;
    }
    return {first, last};
}

void HazardJudge::run()
{
    if (m_flow.partial || m_file.partial) {
        mixedSessions();
        staleNumbers();
        return; // what was not seen cannot be missed
    }
    mixedSessions();
    staleNumbers();
    for (std::uint32_t i = 0; i < m_file.cells.size(); ++i) {
        if (!m_budget.spend(m_flow.cells[i].reads.size() + 1)) {
            return;
        }
        if (!m_file.cells[i].flawed) {
            reads(i);
            reruns(i);
        }
    }
    staleOutputs();
    functions();
    deadTransforms();
}

Place HazardJudge::place(std::uint32_t cell, std::uint32_t start, std::uint32_t end) const
{
    Place at;
    const auto& names = m_file.cells[cell];
    at.exec = names.count;
    if (names.source >= m_cells.cells().size()) {
        at.codeCell = static_cast<std::int32_t>(cell);
        return at;
    }
    const auto& source = m_cells.cells()[names.source];
    at.cell = source.cell;
    at.codeCell = source.codeCell;
    at.line = static_cast<std::uint32_t>(source.lineOf(start));
    at.bytes = source.toArtifact({start, std::max(start, end)});
    return at;
}

Place HazardJudge::placeOf(std::uint32_t cell) const
{
    const auto& names = m_file.cells[cell];
    const auto text = names.source < m_cells.cells().size() ? slice(m_cells.cells()[names.source].text, names.bytes)
                                                            : std::string_view();
    const auto first = std::min(text.find_first_not_of(" \t\r\n"), text.size());
    const auto end = std::min(text.find('\n', first), text.size());
    const auto start = static_cast<std::uint32_t>(names.bytes.start);
    return place(cell, start + static_cast<std::uint32_t>(first), start + static_cast<std::uint32_t>(end));
}

const NameCell* HazardJudge::entryOf(NameId name, std::uint32_t cell) const
{
    const auto& entries = m_flow.names[name];
    const auto hit = std::lower_bound(
        entries.begin(), entries.end(), cell, [](const NameCell& entry, auto end) { return entry.cell < end; });
    return hit != entries.end() && hit->cell == cell ? &*hit : nullptr;
}

Place HazardJudge::placeOf(NameId name, std::uint32_t cell) const
{
    const auto* entry = entryOf(name, cell);
    if (!entry) {
        return placeOf(cell);
    }
    const auto& write = m_flow.cells[cell].writes[entry->first];
    return place(cell, write.start, write.end);
}

Bound HazardJudge::boundIn(NameId /*name*/, const NameCell& entry) const
{
    return m_flow.cells[entry.cell].writes[entry.first].bound;
}

bool HazardJudge::counted(std::uint32_t cell) const
{
    const auto number = count(cell);
    return number >= 0 && !m_mixed
        && std::find(m_execution.duplicates.begin(), m_execution.duplicates.end(), number)
        == m_execution.duplicates.end();
}

std::string HazardJudge::label(std::uint32_t cell) const
{
    const auto number = count(cell);
    if (number >= 0) {
        return "cell [" + std::to_string(number) + "]";
    }
    // By its place among all cells, as findings and the window count them.
    const auto source = m_file.cells[cell].source;
    const bool known = source < m_cells.cells().size() && m_cells.cells()[source].cell >= 0;
    return known ? "cell " + std::to_string(m_cells.cells()[source].cell) : "code cell " + std::to_string(cell + 1);
}

void HazardJudge::say(
    HazardKind kind, Place at, std::vector<std::string> names, std::string why, std::vector<Place> evidence)
{
    auto& said = m_counts[static_cast<std::size_t>(kind) % m_counts.size()];
    if (++said > maxOfKind) {
        return;
    }
    if (evidence.size() > maxEvidence) {
        evidence.resize(maxEvidence);
    }
    hazards.push_back({kind, at, std::move(names), std::move(why), std::move(evidence)});
}

// In code that could not be read, or in another language: it may be defined there.
bool HazardJudge::mentioned(NameId name)
{
    const auto known = m_mentions.find(name);
    if (known != m_mentions.end()) {
        return known->second;
    }
    const auto word = m_file.names.text(name);
    bool found = m_mentions.size() > 2'000;
    for (const auto& cell : m_file.cells) {
        if (found || cell.source >= m_cells.cells().size()) {
            continue;
        }
        const auto& source = m_cells.cells()[cell.source];
        if (!m_budget.spend(source.text.size() / 8)) {
            return true;
        }
        found = (cell.flawed || cell.mentions) && holdsWord(source.text, word);
        for (const auto& command : source.commands) {
            found = found || holdsWord(command.arguments, word)
                || (!command.pythonBody && command.kind == code::CommandKind::Cell
                    && holdsWord(slice(source.text, command.body), word));
        }
    }
    m_mentions.emplace(name, found);
    return found;
}

void HazardJudge::reads(std::uint32_t cell)
{
    m_gathered.clear();
    for (const auto& read : m_flow.cells[cell].reads) {
        const bool given = isGivenName(m_file.names.text(read.name)) && m_flow.names[read.name].empty();
        if (read.guarded || m_file.names.hidden(read.name) || given) {
            continue;
        }
        if (read.deferred) {
            undefinedName(cell, read); // whoever calls it
            continue;
        }
        bool defined = false;
        const auto makers = m_flow.makers(read.name, cell, &defined);
        if (defined) {
            recordedOrder(cell, read, makers);
        } else if (!definedLater(cell, read)) {
            undefinedName(cell, read);
        }
    }
    for (auto& hazard : m_gathered) { // names of the same maker in one
        say(hazard.kind, hazard.place, std::move(hazard.names), std::move(hazard.why), std::move(hazard.evidence));
    }
}

void HazardJudge::gather(Hazard hazard)
{
    const auto known = std::find_if(m_gathered.begin(), m_gathered.end(), [&](const Hazard& entry) {
        return entry.kind == hazard.kind && entry.evidence.front().codeCell == hazard.evidence.front().codeCell
            && entry.evidence.front().exec == hazard.evidence.front().exec;
    });
    if (known == m_gathered.end()) {
        m_gathered.push_back(std::move(hazard));
        return;
    }
    constexpr std::size_t maxNames = 32;
    if (known->names.size() < maxNames) {
        known->names.push_back(hazard.names.front());
        known->evidence.push_back(hazard.evidence.front());
    }
}

// The cell above that took the name away, when none defined it again: in file order, and as it was run.
std::uint32_t HazardJudge::remover(std::uint32_t cell, NameId name) const
{
    std::uint32_t found = none;
    for (const auto& entry : m_flow.names[name]) {
        if (entry.cell < cell && (entry.defines || entry.deletes)) {
            found = entry.deletes ? entry.cell : none;
        }
    }
    const bool ran = found != none && counted(cell) && counted(found);
    if (ran && count(cell) < count(found)) {
        return none;
    }
    for (const auto& entry : m_flow.names[name]) {
        if (ran && entry.defines && count(entry.cell) > count(found) && count(entry.cell) < count(cell)) {
            return none;
        }
    }
    return found;
}

void HazardJudge::undefinedName(std::uint32_t cell, const NameRead& read)
{
    const auto& entries = m_flow.names[read.name];
    const bool anywhere =
        std::any_of(entries.begin(), entries.end(), [](const NameCell& entry) { return entry.defines; });
    const auto gone = anywhere && !read.deferred ? remover(cell, read.name) : none;
    const bool branch = read.maybe && (anywhere || !m_file.notebook);
    if (branch || (anywhere && gone == none) || !m_flow.open.empty() || m_globals.contains(read.name)
        || mentioned(read.name)) {
        return;
    }
    if (!m_said.insert(read.name).second) {
        return; // once for a name
    }
    const std::string name(m_file.names.text(read.name));
    const auto used = place(cell, read.start, read.end);
    const bool elsewhere = read.cell < m_file.cells.size() && (read.cell != cell || read.ownStart != read.start);
    const auto at = elsewhere ? place(read.cell, read.ownStart, read.ownEnd) : used;
    if (gone != none) {
        say(HazardKind::UndefinedName, used, {name},
            label(gone) + " deletes " + name + ", and nothing defines it again.", {placeOf(gone)});
        return;
    }
    say(HazardKind::UndefinedName, at, {name},
        "Nothing in the file defines " + name
            + (count(cell) >= 0 ? ": it came from code that is gone, or the cell failed." : "."),
        elsewhere && !read.deferred ? std::vector<Place>{used} : std::vector<Place>{});
}

// One of several branches above in the same cell may have defined it: try: x; except NameError: x = None.
bool HazardJudge::mayDefineAbove(std::uint32_t cell, const NameRead& read) const
{
    const auto own = writesOf(read.name, cell);
    return std::any_of(own.begin(), own.end(), [&](const auto& entry) {
        const auto& write = m_flow.cells[cell].writes[entry.second];
        return write.act == NameAct::Define && !write.kills && write.end <= read.start;
    });
}

// No cell above defines it, one below does. True when there was something to say, or nothing is wrong.
bool HazardJudge::definedLater(std::uint32_t cell, const NameRead& read)
{
    std::vector<std::uint32_t> later;
    bool own = false;
    for (const auto& entry : m_flow.names[read.name]) {
        if (entry.defines && entry.cell > cell) {
            later.push_back(entry.cell);
        }
        own = own || (entry.defines && entry.cell == cell);
    }
    if (later.empty() && !own) {
        return false;
    }
    const bool opened = !m_flow.open.empty() && m_flow.open.front() <= cell;
    if (opened || mayDefineAbove(cell, read) || read.maybe || read.named || (later.empty() && read.loop)
        || mentioned(read.name)) {
        return true;
    }
    const std::string name(m_file.names.text(read.name));
    std::vector<Place> evidence;
    for (const auto at : later) {
        evidence.push_back(placeOf(read.name, at));
    }
    if (later.empty()) {
        say(HazardKind::DefinedAfterUse, place(cell, read.start, read.end), {name},
            name + " is used before the same cell defines it: the value came from an earlier run.",
            {placeOf(read.name, cell)});
        return true;
    }
    const bool neverRan = count(cell) >= 0 && m_ran >= 2 && std::all_of(later.begin(), later.end(), [this](auto at) {
        return count(at) < 0 && !m_file.cells[at].shows;
    });
    if (neverRan) {
        say(HazardKind::NeverExecutedDefinition, place(cell, read.start, read.end), {name},
            "The only cells that define " + name + " have no run number.", std::move(evidence));
        return true;
    }
    gather({HazardKind::DefinedAfterUse, place(cell, read.start, read.end), {name},
        name + " is defined further down, in " + label(later.front()) + ": run from the top, this fails.",
        std::move(evidence)});
    return true;
}

// Whether a cell above ran a file in the notebook's own names, or brought names back that another notebook kept: what
// is read here may be of those.
bool HazardJudge::runsOthers(std::uint32_t cell) const
{
    return std::any_of(m_flow.open.begin(), m_flow.open.end(), [this, cell](auto opener) {
        const auto source = m_file.cells[opener].source;
        if (opener >= cell || source >= m_cells.cells().size() || count(opener) < 0) {
            return false;
        }
        const auto& commands = m_cells.cells()[source].commands;
        return std::any_of(commands.begin(), commands.end(), [](const auto& command) {
            return command.name == "run" || command.name == "rerun" || command.name == "store";
        });
    });
}

// A cell above defines it, but did it run before? A maker with a higher count ran later or in another session: the
// value that was read came from a run whose number is gone either way, so this holds where sessions mix.
void HazardJudge::recordedOrder(std::uint32_t cell, const NameRead& read, const std::vector<std::uint32_t>& /*makers*/)
{
    if (count(cell) < 0 || m_ran < 2) {
        return;
    }
    std::vector<Place> evidence;
    bool allLater = true;
    bool allNever = true;
    bool imports = true;
    std::uint32_t first = none;
    for (const auto& entry : m_flow.names[read.name]) {
        if (!entry.defines || entry.cell == cell) {
            continue;
        }
        first = first == none ? entry.cell : first;
        allNever = allNever && count(entry.cell) < 0 && !m_file.cells[entry.cell].shows;
        allLater = allLater && count(entry.cell) > count(cell);
        imports = imports && boundIn(read.name, entry) == Bound::Import;
        evidence.push_back(placeOf(read.name, entry.cell));
    }
    if (first == none || mayDefineAbove(cell, read)) {
        return;
    }
    allNever = allNever && !runsOthers(cell);
    const std::string name(m_file.names.text(read.name));
    const auto at = place(cell, read.start, read.end);
    if (allNever) {
        gather({HazardKind::NeverExecutedDefinition, at, {name},
            "What defines " + name + ", " + label(first) + ", has no run number.", std::move(evidence)});
    } else if (allLater && !imports) {
        gather({HazardKind::DefinedAfterUse, at, {name},
            name + " was defined by " + label(first) + ", after this cell ran: it had the value of a run that is gone.",
            std::move(evidence)});
    }
}

// A cell that shows or saves something ran before a cell that it rests on.
void HazardJudge::staleOutputs()
{
    struct Newer {
        std::uint32_t cell = none;
        NameId name = noName;
    };
    std::vector<Newer> silent(m_file.cells.size()); // of cells that show nothing: what ran later above them
    for (std::uint32_t i = 0; i < m_file.cells.size(); ++i) {
        if (!counted(i) || !m_budget.spend(1)) {
            continue;
        }
        Newer newer;
        for (const auto& read : m_flow.cells[i].reads) {
            if (read.deferred || m_file.names.hidden(read.name)) {
                continue;
            }
            for (const auto maker : m_flow.makers(read.name, i)) {
                const auto* entry = entryOf(read.name, maker);
                const bool import = entry && entry->defines && boundIn(read.name, *entry) == Bound::Import;
                if (counted(maker) && count(maker) > count(i) && !import) {
                    newer = newer.cell == none ? Newer{maker, read.name} : newer;
                } else if (silent[maker].cell != none && count(silent[maker].cell) > count(i)) {
                    newer = newer.cell == none ? silent[maker] : newer;
                }
            }
        }
        if (newer.cell == none) {
            continue;
        }
        if (!m_file.cells[i].shows && !m_file.cells[i].saves) {
            silent[i] = newer;
            continue;
        }
        const std::string name(m_file.names.text(newer.name));
        say(HazardKind::StaleOutput, placeOf(i), {name},
            "What " + label(i) + (m_file.cells[i].shows ? " shows" : " saves") + " is older than " + name + ", which "
                + label(newer.cell) + " made again.",
            {placeOf(newer.name, newer.cell)});
    }
}

// An output keeps the number of its run.
void HazardJudge::staleNumbers()
{
    const auto* notebook = formats::notebookFacts(m_facts);
    std::uint32_t index = 0;
    for (std::size_t i = 0; notebook && i < notebook->cells.size() && index < m_file.cells.size(); ++i) {
        const auto& cell = notebook->cells[i];
        if (cell.kind != formats::CellKind::Code) {
            continue;
        }
        const bool other = std::any_of(cell.outputs.begin(), cell.outputs.end(),
            [&](const auto& output) { return output.executionCount && output.executionCount != cell.executionCount; });
        if (other) {
            say(HazardKind::StaleOutput, placeOf(index), {},
                cell.executionCount ? "The output has the number of another run than its cell."
                                    : "The output has a run number, its cell has none.",
                {});
        }
        ++index;
    }
}

void HazardJudge::mixedSessions()
{
    if (m_execution.duplicates.empty()) {
        return;
    }
    std::vector<Place> places;
    for (std::uint32_t i = 0; i < m_file.cells.size(); ++i) {
        if (std::binary_search(m_execution.duplicates.begin(), m_execution.duplicates.end(), count(i))) {
            places.push_back(placeOf(i));
        }
    }
    const auto first = places.front();
    places.erase(places.begin());
    say(HazardKind::MixedSessions, first, {},
        "Cells share run number [" + std::to_string(m_execution.duplicates.front())
            + "]: they come from different sessions.",
        std::move(places));
}

} // namespace cupel::lineage
