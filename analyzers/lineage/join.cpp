// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/lineage/join.h"

#include "analyzers/code/path_table.h"
#include "analyzers/lineage/join_disk.h"
#include "analyzers/lineage/locators.h"
#include "analyzers/lineage/unpacked.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>

namespace cupel::lineage {

namespace {

constexpr std::size_t maxWork = 100'000'000; // steps over the graph
constexpr std::size_t maxPatterns = 2'000; // places with holes that are compared with the others
constexpr const char* archiveGuess = "join:archive-guess"; // drawn, but no training is said to have its data by it

class Joiner {
public:
    Joiner(const std::vector<std::string>& disk, Budget& budget)
        : m_disk(disk)
        , m_budget(budget)
    {
    }

    void add(LineageGraph& piece)
    {
        std::vector<std::uint32_t> files;
        for (auto& file : piece.files) {
            files.push_back(addFile(file));
        }
        std::vector<std::uint32_t> nodes;
        for (auto& node : piece.nodes) {
            move(node.place, files);
            nodes.push_back(addNode(node));
        }
        for (std::size_t i = 0; i < piece.nodes.size(); ++i) {
            auto& cell = m_out.nodes[nodes[i]].cell;
            if (cell == none && piece.nodes[i].cell != none) {
                cell = nodes[piece.nodes[i].cell];
            }
        }
        for (auto& edge : piece.edges) {
            edge.from = nodes[edge.from];
            edge.to = nodes[edge.to];
            move(edge.place, files);
            if (m_edges.emplace(edge.from, edge.to, edge.kind).second) {
                m_out.edges.push_back(std::move(edge));
            }
        }
        facts(piece, files, nodes);
    }

    LineageGraph finish()
    {
        matchPlaces();
        markOnDisk(m_out, m_disk, [this](std::size_t steps) { return work(steps); });
        findData();
        return std::move(m_out);
    }

private:
    std::uint32_t addFile(CodeFile& file)
    {
        const auto [hit, fresh] = m_files.try_emplace(file.path, static_cast<std::uint32_t>(m_out.files.size()));
        if (fresh) {
            m_out.files.push_back(file);
        } else {
            auto& known = m_out.files[hit->second];
            known.calls = std::max(known.calls, file.calls);
            known.modelled = std::max(known.modelled, file.modelled);
            known.partial = known.partial || file.partial;
        }
        return hit->second;
    }

    std::uint32_t addNode(Node& node)
    {
        const auto [hit, fresh] = m_nodes.try_emplace(node.id, static_cast<std::uint32_t>(m_out.nodes.size()));
        if (fresh) {
            auto copy = node;
            copy.cell = none;
            m_out.nodes.push_back(std::move(copy));
        } else {
            auto& known = m_out.nodes[hit->second];
            known.kind = node.kind == NodeKind::ModelFile ? NodeKind::ModelFile : known.kind;
            known.unpinned = known.unpinned || node.unpinned;
            known.unsafeLoad = known.unsafeLoad || node.unsafeLoad;
            known.hash = known.hash.empty() ? node.hash : known.hash;
            for (const auto& use : node.uses) {
                const auto at = std::lower_bound(known.uses.begin(), known.uses.end(), use);
                if (at == known.uses.end() || *at != use) {
                    known.uses.insert(at, use);
                }
            }
        }
        return hit->second;
    }

    static void move(Place& place, const std::vector<std::uint32_t>& files)
    {
        place.file = place.file < files.size() ? files[place.file] : none;
    }
    static void move(std::vector<Place>& places, const std::vector<std::uint32_t>& files)
    {
        for (auto& place : places) {
            move(place, files);
        }
    }
    static void move(std::vector<std::uint32_t>& marks, const std::vector<std::uint32_t>& nodes)
    {
        for (auto& mark : marks) {
            mark = nodes[mark];
        }
        std::sort(marks.begin(), marks.end());
    }

    // One fact stands once, however many files lead to it.
    bool once(std::string_view what, std::uint32_t node, const Place& place, const std::vector<Place>& calledFrom)
    {
        std::string key(what);
        key += ' ' + std::to_string(node);
        const auto addPlace = [&key](const Place& at) {
            key += ' ' + std::to_string(at.file) + ':' + std::to_string(at.codeCell) + ':' + std::to_string(at.line)
                + ':' + std::to_string(at.bytes.start);
        };
        addPlace(place);
        std::for_each(calledFrom.begin(), calledFrom.end(), addPlace);
        return m_once.insert(std::move(key)).second;
    }

    void facts(LineageGraph& piece, const std::vector<std::uint32_t>& files, const std::vector<std::uint32_t>& nodes)
    {
        for (auto& entry : piece.sources) {
            entry.node = nodes[entry.node];
            move(entry.place, files);
            if (once("source", entry.node, entry.place, {})) {
                m_out.sources.push_back(std::move(entry));
            }
        }
        for (auto& entry : piece.sinks) {
            entry.node = nodes[entry.node];
            move(entry.place, files);
            move(entry.inputs, nodes);
            if (once("sink", entry.node, entry.place, {})) {
                m_out.sinks.push_back(std::move(entry));
            }
        }
        for (auto& entry : piece.trainings) {
            entry.model = entry.model == none ? none : nodes[entry.model];
            move(entry.place, files);
            move(entry.calledFrom, files);
            move(entry.inputs, nodes);
            if (once("training", entry.model, entry.place, entry.calledFrom)) {
                m_out.trainings.push_back(std::move(entry));
            }
        }
        for (auto& entry : piece.evaluations) {
            entry.model = entry.model == none ? none : nodes[entry.model];
            move(entry.place, files);
            move(entry.calledFrom, files);
            move(entry.inputs, nodes);
            if (once("evaluation", entry.model, entry.place, entry.calledFrom)) {
                m_out.evaluations.push_back(std::move(entry));
            }
        }
        for (auto& entry : piece.splits) {
            entry.node = entry.node == none ? none : nodes[entry.node];
            move(entry.place, files);
            if (once("split", entry.node, entry.place, {})) {
                m_out.splits.push_back(std::move(entry));
            }
        }
        for (auto& entry : piece.hazards) {
            move(entry.place, files);
            move(entry.evidence, files);
            if (once(toString(entry.kind), 0, entry.place, {})) {
                m_out.hazards.push_back(std::move(entry));
            }
        }
        for (auto& entry : piece.execution) {
            entry.file = files[entry.file];
            m_out.execution.push_back(std::move(entry));
        }
        for (auto& entry : piece.slices) {
            entry.file = files[entry.file];
            m_out.slices.push_back(std::move(entry));
        }
        m_out.notes.insert(m_out.notes.end(), piece.notes.begin(), piece.notes.end());
        m_out.complete = m_out.complete && piece.complete;
    }

    // False: what is compared and walked over all the workspace is too much; the rest is left out, and said to be.
    bool work(std::size_t steps)
    {
        m_work += steps;
        const bool goesOn = m_work <= maxWork && m_budget.spend(steps);
        m_out.complete = m_out.complete && goesOn;
        return goesOn;
    }

    void connect(std::uint32_t from, std::uint32_t to, const char* rule, const char* why)
    {
        if (from != to && m_edges.emplace(from, to, EdgeKind::Derives).second) {
            const auto sure = rule == archiveGuess ? Certainty::Guess : Certainty::Likely;
            m_out.edges.push_back({from, to, EdgeKind::Derives, sure, rule, why, m_out.nodes[to].place});
        }
    }

    // Of several archives that were unpacked into a folder the one whose name a file bears. False: there are not
    // several. At the top of the workspace lies all the rest too: only names say what was in the archive there.
    bool connectUnpacked(std::uint32_t folder, std::uint32_t other)
    {
        const auto known = m_unpacked.find(folder);
        const bool top = m_out.nodes[folder].locator == ".";
        if (known == m_unpacked.end() || (!top && (known->second.size() < 2 || m_filled.contains(folder)))) {
            return false;
        }
        const auto& name = m_out.nodes[other].locator;
        const auto start = top ? 0 : m_out.nodes[folder].locator.size() + 1;
        std::vector<std::string_view> archives;
        for (auto archive : known->second) {
            for (int hop = 0; hop < 8 && m_madeOf.contains(archive); ++hop) { // a name of it
                archive = m_madeOf.at(archive);
            }
            archives.emplace_back(m_out.nodes[archive].locator);
        }
        const auto fitting = archivesOf(archives, std::string_view(name).substr(start));
        for (const auto hit : fitting) {
            connect(known->second[hit], other, "join:archive", "it was unpacked there, and its name is in the path");
        }
        const bool deeper = (top && !sharesCode(folder, other))
            || std::any_of(m_unpacked.begin(), m_unpacked.end(), [&](const auto& entry) {
                   const auto& place = m_out.nodes[entry.first].locator;
                   return place.size() >= start && place != "." && name.starts_with(place + '/');
               });
        for (const auto archive : fitting.empty() && !deeper ? known->second : std::vector<std::uint32_t>{}) {
            connect(archive, other, archiveGuess, "it was unpacked there, as others were");
        }
        return work(m_unpacked.size());
    }

    // Which code writes a place, and which reads it.
    void noteCode()
    {
        constexpr std::size_t most = 16; // of one place
        m_writers.resize(m_out.nodes.size());
        m_readers.resize(m_out.nodes.size());
        const auto note = [](std::vector<std::uint32_t>& list, std::uint32_t code) {
            if (list.size() < most && (list.empty() || list.back() != code)) {
                list.push_back(code);
            }
        };
        for (const auto& edge : m_out.edges) {
            note(m_readers[edge.from], edge.place.file);
            if (m_out.nodes[edge.to].locator.empty()) {
                m_madeOf.try_emplace(edge.to, edge.from);
            }
            if (edge.kind == EdgeKind::Writes || edge.kind == EdgeKind::Saves) {
                note(m_writers[edge.to], edge.place.file);
                note(unpacks(edge.rule) ? m_unpacked[edge.to] : m_filled[edge.to], edge.from);
            }
        }
        for (const auto& file : m_out.files) {
            m_codeFolders.insert(file.path.substr(0, std::min(file.path.rfind('/'), file.path.size())));
        }
    }

    // Notebooks lie there: what one of them downloads to "." is not whatever the others read.
    [[nodiscard]] bool besideCode(const std::string& folder) const { return m_codeFolders.contains(folder); }
    [[nodiscard]] bool sharesCode(std::uint32_t folder, std::uint32_t file) const
    {
        const auto& readers = m_readers[file];
        return std::any_of(m_writers[folder].begin(), m_writers[folder].end(), [&readers](auto code) {
            return code != none && std::find(readers.begin(), readers.end(), code) != readers.end();
        });
    }

    // from_pretrained("final") where other code saves a model into the folder final: that, and nothing of a hub.
    void matchSaved()
    {
        std::unordered_map<std::string_view, std::uint32_t> saved;
        for (const auto& edge : m_out.edges) {
            if (edge.kind == EdgeKind::Saves && isPlace(m_out.nodes[edge.to])) {
                saved.try_emplace(m_out.nodes[edge.to].locator, edge.to);
            }
        }
        std::map<std::uint32_t, std::uint32_t> folders; // of names of hubs; none: somebody else means the hub
        for (const auto& source : m_out.sources) {
            if (source.kind != SourceKind::HubModel || saved.empty() || !work(1)) {
                continue;
            }
            const auto code = source.place.file < m_out.files.size() ? m_out.files[source.place.file].path : "";
            const auto hit = saved.find(joinPath(code.substr(0, code.rfind('/') + 1), source.value));
            const auto& writers = hit != saved.end() ? m_writers[hit->second] : m_writers[source.node];
            const bool own = std::find(writers.begin(), writers.end(), source.place.file) != writers.end();
            const auto folder = hit == saved.end() || own ? none : hit->second;
            const auto [known, fresh] = folders.try_emplace(source.node, folder);
            known->second = fresh || known->second == folder ? folder : none;
        }
        std::erase_if(folders, [](const auto& entry) { return entry.second == none; });
        for (const auto& [name, folder] : folders) {
            connect(folder, name, "join:folder", "what is written there is read by this name");
            m_out.nodes[name].outside = false;
            m_out.nodes[name].unpinned = false;
        }
        for (auto& source : m_out.sources) {
            source.kind = folders.contains(source.node) ? SourceKind::ModelFile : source.kind;
        }
    }

    // A folder and the files in it, a pattern and what it matches: what is written under one name is read by the other.
    void matchPlaces()
    {
        noteCode();
        matchSaved();
        std::vector<std::uint32_t> places;
        std::vector<bool> written(m_out.nodes.size());
        for (const auto& edge : m_out.edges) {
            written[edge.to] = written[edge.to] || edge.kind == EdgeKind::Writes || edge.kind == EdgeKind::Saves;
        }
        for (std::uint32_t i = 0; i < m_out.nodes.size(); ++i) {
            if (isPlace(m_out.nodes[i]) && !m_out.nodes[i].locator.empty()) {
                places.push_back(i);
            }
        }
        std::size_t patterns = 0;
        for (const auto pattern : places) {
            const auto locator = m_out.nodes[pattern].locator;
            const bool holes = locator.find_first_of("*?") != std::string::npos && locator != "*";
            const bool folder = extensionOf(locator).empty() && !holes;
            if ((!holes && !folder) || ++patterns > maxPatterns || !work(places.size())) {
                continue;
            }
            const bool top = locator == "."; // code lies there, and all the rest
            if (top && !m_unpacked.contains(pattern)) {
                continue;
            }
            const auto below = top ? std::string() : locator + '/';
            for (const auto other : places) {
                const auto& name = m_out.nodes[other].locator;
                const bool hit = holes
                    ? name != locator && name.find('*') == std::string::npos && code::matchesGlob(name, locator)
                    : name.starts_with(below) && name != locator && (!top || isBelowTop(name));
                if (!hit) {
                    continue;
                }
                if (!holes && !top && written[pattern] && besideCode(locator) && !sharesCode(pattern, other)) {
                    continue;
                }
                if (top) {
                    if (!written[other] && !m_readers[other].empty() && !isArchive(name)) {
                        (void)connectUnpacked(pattern, other);
                    }
                } else if (written[other] && !written[pattern]) {
                    connect(other, pattern, holes ? "join:pattern" : "join:folder",
                        "what is written there is read by this name");
                } else if (written[pattern] && !written[other] && (holes || !connectUnpacked(pattern, other))) {
                    connect(pattern, other, holes ? "join:pattern" : "join:folder",
                        "what is written there is read by this name");
                }
            }
        }
    }

    // Guesses tell of risks only; and what is loaded into a model behind its save is not in that file.
    [[nodiscard]] bool leavesOut(const Edge& load, std::uint32_t at, const Sink* sink) const
    {
        const bool guess = m_surely && load.certainty == Certainty::Guess && load.rule == archiveGuess;
        if (guess || !sink || load.kind != EdgeKind::Loads || load.place.file != sink->place.file) {
            return guess;
        }
        const auto save = m_savedBy.find(std::pair(load.to, sink->node));
        return save != m_savedBy.end() && save->second < at && m_out.edges[save->second].place == sink->place;
    }

    // The wanted nodes that lead to one of `inputs`, rising; of a sink: when it was written.
    std::vector<std::uint32_t> behind(
        const std::vector<std::uint32_t>& inputs, const std::vector<bool>& wanted, const Sink* sink = nullptr)
    {
        m_seen.resize(m_out.nodes.size(), none);
        std::vector<std::uint32_t> found;
        std::vector<std::uint32_t> open = inputs;
        for (const auto node : open) {
            m_seen[node] = m_round;
        }
        while (!open.empty() && work(1)) {
            const auto node = open.back();
            open.pop_back();
            if (wanted[node]) {
                found.push_back(node);
                m_work += 8; // it is kept
            }
            m_work += m_into[node].size();
            for (const auto at : m_into[node]) {
                const auto from = m_out.edges[at].from;
                if (m_seen[from] != m_round && !leavesOut(m_out.edges[at], at, sink)) {
                    m_seen[from] = m_round;
                    open.push_back(from);
                }
            }
        }
        ++m_round;
        std::sort(found.begin(), found.end());
        return found;
    }

    void findData()
    {
        m_into.resize(m_out.nodes.size());
        for (std::uint32_t i = 0; i < m_out.edges.size(); ++i) {
            const auto& edge = m_out.edges[i];
            if (edge.kind == EdgeKind::Saves) {
                m_savedBy.emplace(std::pair(edge.from, edge.to), i);
            }
            const bool data = edge.kind != EdgeKind::Imports && edge.kind != EdgeKind::Runs
                && edge.kind != EdgeKind::Validates && edge.kind != EdgeKind::Tests
                && edge.rule != "hyperparameter"; // how it learns, not what from
            if (data) {
                m_into[edge.to].push_back(i);
            }
        }
        std::vector<bool> isSource(m_out.nodes.size());
        for (const auto& source : m_out.sources) {
            isSource[source.node] = true;
        }
        for (const auto& edge : m_out.edges) {
            // A file that was renamed or copied stands between.
            const bool copied =
                edge.kind == EdgeKind::Writes && isPlace(m_out.nodes[edge.from]) && isPlace(m_out.nodes[edge.to]);
            isSource[edge.from] = isSource[edge.from] || (copied && edge.rule != "call:extractall");
        }
        std::vector<bool> isRisky(m_out.nodes.size());
        for (std::uint32_t i = 0; i < m_out.nodes.size(); ++i) {
            isRisky[i] = m_out.nodes[i].unpinned || m_out.nodes[i].unsafeLoad;
        }
        for (std::uint32_t i = 0; i < m_out.nodes.size(); ++i) {
            auto& node = m_out.nodes[i];
            constexpr NodeKind kinds[] = {
                NodeKind::Model, NodeKind::ModelFile, NodeKind::Endpoint, NodeKind::Registration};
            if (std::find(std::begin(kinds), std::end(kinds), node.kind) != std::end(kinds)) {
                auto found = behind({i}, isRisky);
                std::erase(found, i);
                node.exposedTo = std::move(found);
            }
        }
        m_surely = true;
        for (auto& training : m_out.trainings) {
            training.data = behind(training.inputs, isSource);
        }
        for (auto& evaluation : m_out.evaluations) {
            evaluation.data = behind(evaluation.inputs, isSource);
        }
        for (auto& sink : m_out.sinks) {
            sink.data = behind(sink.inputs, isSource, &sink);
        }
    }

    const std::vector<std::string>& m_disk;
    Budget& m_budget;
    LineageGraph m_out;
    std::unordered_map<std::string, std::uint32_t> m_files;
    std::unordered_map<std::string, std::uint32_t> m_nodes;
    std::set<std::tuple<std::uint32_t, std::uint32_t, EdgeKind>> m_edges;
    std::set<std::string> m_once;
    std::vector<std::vector<std::uint32_t>> m_writers; // by node: code files
    std::vector<std::vector<std::uint32_t>> m_readers;
    std::set<std::string> m_codeFolders;
    std::map<std::uint32_t, std::vector<std::uint32_t>> m_unpacked; // by folder: the archives
    std::unordered_map<std::uint32_t, std::uint32_t> m_madeOf; // what has no place of its own: the first it is made of
    std::map<std::uint32_t, std::vector<std::uint32_t>> m_filled; // by place: what else is written to it
    std::vector<std::vector<std::uint32_t>> m_into; // by node: the edges that its data comes by
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> m_savedBy; // (model, file): an edge
    std::vector<std::uint32_t> m_seen; // by node: in which search
    std::uint32_t m_round = 0;
    bool m_surely = false;
    std::size_t m_work = 0;
};

} // namespace

LineageGraph join(std::vector<LineageGraph> pieces, const std::vector<std::string>& disk, Budget& budget)
{
    Joiner joiner(disk, budget);
    for (auto& piece : pieces) {
        joiner.add(piece);
        piece = {};
    }
    return joiner.finish();
}

} // namespace cupel::lineage
