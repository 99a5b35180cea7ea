// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/engine/lineage_folder.h"

#include "analyzers/engine/declared_pipelines.h"
#include "analyzers/engine/file_source.h"
#include "analyzers/engine/lineage_mask.h"
#include "analyzers/engine/lineage_memory.h"
#include "analyzers/engine/model_contents.h"
#include "analyzers/engine/roles_file.h"
#include "analyzers/engine/scripts_started.h"
#include "analyzers/lineage/declared_graph.h"
#include "analyzers/lineage/file_lineage.h"
#include "analyzers/lineage/join.h"
#include "analyzers/lineage/leakage.h"
#include "analyzers/lineage/locators.h"
#include "analyzers/lineage/order_difference.h"
#include "analyzers/lineage/parameter_map.h"
#include "analyzers/lineage/recorded_order.h"
#include "analyzers/lineage/recorded_runs.h"
#include "analyzers/lineage/used_elsewhere.h"

#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>
#include <optional>
#include <thread>

namespace cupel::engine {

namespace {

constexpr std::uint64_t maxCode = 64 << 20; // bytes of one notebook
constexpr std::size_t maxSettings = 4 << 20; // bytes of a file of settings
constexpr std::size_t maxRecorded = 64 << 20; // bytes of all files of recorded runs
constexpr std::size_t maxShared = 256; // parsed files that others asked for

struct CodePath {
    std::string path; // on disk
    std::string relative;
};

bool isCode(std::string_view path)
{
    const auto extension = lineage::extensionOf(path);
    return extension == "ipynb" || extension == "py" || extension == "rmd" || extension == "qmd" || extension == "zpln";
}

lineage::ParsedFilePtr readCode(const CodePath& code, Budget& budget)
{
    auto bytes = openFile(code.path, maxCode, budget);
    if (!bytes.ok()) {
        return nullptr;
    }
    Artifact artifact;
    artifact.path = code.path;
    artifact.bytes = std::move(bytes).value();
    return lineage::parseFile(std::move(artifact), code.relative, budget);
}

// Files of the workspace by relative path; what was asked for once is kept for the next who asks.
class Files : public lineage::FileFinder {
public:
    Files(const std::map<std::string, std::string>& known, const DeclaredPipelines& pipelines, Budget& budget)
        : m_known(known)
        , m_pipelines(pipelines)
        , m_budget(budget.child())
    {
    }

    lineage::ParsedFilePtr find(const std::string& path) override
    {
        const auto known = m_known.find(path);
        if (known == m_known.end()) {
            return nullptr;
        }
        const std::lock_guard lock(m_mutex);
        if (const auto hit = m_parsed.find(path); hit != m_parsed.end()) {
            return hit->second;
        }
        auto parsed = readCode({known->second, path}, m_budget);
        if (m_parsed.size() < maxShared) {
            m_parsed.emplace(path, parsed);
        }
        return parsed;
    }
    bool has(const std::string& path) override { return m_known.contains(path); }
    std::vector<Start> starts(const std::string& path) override
    {
        auto all = m_pipelines.starts(path);
        const auto more = m_started.starts(path);
        all.insert(all.end(), more.begin(), more.end());
        return all;
    }
    [[nodiscard]] const std::vector<lineage::LineageGraph::Note>& notes() const { return m_notes; } // at the end
    // Between two rounds over the files: nobody may be asking.
    ScriptsStarted& started() { return m_started; }

    std::shared_ptr<const lineage::ParameterMap> settings(const std::string& path) override
    {
        const auto known = m_known.find(path);
        if (known == m_known.end()) {
            return nullptr;
        }
        const std::lock_guard lock(m_mutex);
        auto& values = m_settings[path];
        if (!values) {
            const auto text = readFile(known->second, m_budget);
            if (text.ok() && text.value()->size() > maxSettings) {
                m_notes.push_back({path, "settings-too-long",
                    "it holds more than " + std::to_string(maxSettings) + " bytes: its values are not known"});
            }
            values = std::make_shared<const lineage::ParameterMap>(text.ok() && text.value()->size() <= maxSettings
                    ? lineage::readParameters(path, *text.value(), m_budget)
                    : lineage::ParameterMap());
        }
        return values;
    }

private:
    const std::map<std::string, std::string>& m_known;
    const DeclaredPipelines& m_pipelines;
    ScriptsStarted m_started;
    Budget m_budget;
    std::mutex m_mutex;
    std::map<std::string, lineage::ParsedFilePtr> m_parsed;
    std::map<std::string, std::shared_ptr<const lineage::ParameterMap>> m_settings;
    std::vector<lineage::LineageGraph::Note> m_notes; // files that were not read, because of their size
};

std::string relativeTo(const std::string& argument, const std::string& path, bool alone)
{
    if (!alone) {
        return lineage::normalPath(path);
    }
    if (path == argument) {
        return path.substr(path.rfind('/') + 1);
    }
    auto rest = path.substr(std::min(argument.size(), path.size()));
    rest.erase(0, rest.find_first_not_of('/'));
    return lineage::normalPath(rest);
}

struct Found {
    std::map<std::string, std::string> all; // relative to on disk
    std::vector<CodePath> code;
    std::vector<lineage::LineageGraph::Note> notes;
    std::vector<lineage::LineageGraph::Note> remarks; // what is no code and was not read: said, but nothing is missing
};

Found findFiles(const std::vector<std::string>& paths, const LineageOptions& options, Budget& budget)
{
    Found found;
    for (const auto& argument : paths) {
        const auto listing = listFiles(argument, options.exclude, budget);
        for (const auto& file : listing.files) {
            found.all.emplace(relativeTo(argument, file.path, paths.size() == 1), file.path);
        }
        for (const auto& [path, why] : listing.skipped) {
            const auto relative = relativeTo(argument, path, paths.size() == 1);
            (isCode(relative) ? found.notes : found.remarks).push_back({relative, "not-read", why});
        }
        for (const auto& [path, error] : listing.failed) {
            found.notes.push_back({relativeTo(argument, path, paths.size() == 1), "unreadable", error.detail});
        }
    }
    for (const auto& [relative, path] : found.all) {
        if (isCode(relative) || paths.size() == found.all.size()) {
            found.code.push_back({path, relative});
        }
    }
    return found;
}

std::vector<std::string> namesOf(const std::vector<CodePath>& code)
{
    std::vector<std::string> names;
    std::transform(
        code.begin(), code.end(), std::back_inserter(names), [](const auto& entry) { return entry.relative; });
    return names;
}

// Runs below mlruns, over the pieces of the code.
lineage::LineageGraph recordedPiece(const Found& found, std::vector<lineage::LineageGraph>& pieces, Budget& budget)
{
    lineage::RunReader reader;
    std::vector<lineage::DeclaredModel> models;
    std::size_t bytes = 0;
    bool whole = true;
    for (const auto& [relative, path] : found.all) {
        const auto kind = lineage::declaredKind(relative);
        const bool model = kind == lineage::DeclaredKind::MlModel;
        if ((kind != lineage::DeclaredKind::MlRun && !model) || budget.stopped()) {
            continue;
        }
        if (bytes >= maxRecorded) {
            whole = false;
            break;
        }
        const auto text = readFile(path, budget);
        if (!text.ok() || text.value()->size() > maxSettings) {
            whole = false;
            continue;
        }
        bytes += text.value()->size() + 256;
        if (model) {
            auto declared = lineage::readDeclared(kind, relative, *text.value(), {}, budget);
            std::move(declared.models.begin(), declared.models.end(), std::back_inserter(models));
        } else {
            (void)reader.add(relative, *text.value(), budget);
        }
    }
    std::vector<std::string> code;
    for (const auto& entry : found.code) {
        code.push_back(entry.relative);
    }
    auto piece = lineage::overlayRuns(reader.runs(), models, code, pieces, budget);
    if (!whole) {
        piece.notes.push_back({"mlruns", "runs-in-part", "not all of what was recorded there was read"});
        piece.complete = false;
    }
    return piece;
}

// Stamps of the files of a workspace, each taken before the file is read, and once.
class Stamps {
public:
    explicit Stamps(const std::map<std::string, std::string>& known)
        : m_known(known)
    {
    }
    [[nodiscard]] LineageMemory::Stamp operator()(const std::string& relative)
    {
        const auto known = m_known.find(relative);
        if (known == m_known.end()) {
            return {};
        }
        const std::lock_guard lock(m_mutex);
        const auto [hit, fresh] = m_taken.try_emplace(relative);
        if (fresh) {
            hit->second = LineageMemory::stampOf(known->second);
        }
        return hit->second;
    }

private:
    const std::map<std::string, std::string>& m_known;
    std::mutex m_mutex;
    std::map<std::string, LineageMemory::Stamp> m_taken;
};

// Writes down what one file looks at, before it does.
class Watched : public lineage::FileFinder {
public:
    Watched(Files& files, Stamps& stamps, LineageMemory::Seen& seen)
        : m_files(files)
        , m_stamps(stamps)
        , m_seen(seen)
    {
    }
    lineage::ParsedFilePtr find(const std::string& path) override
    {
        m_seen.emplace(path, m_stamps(path));
        return m_files.find(path);
    }
    bool has(const std::string& path) override
    {
        m_seen.emplace(path, m_stamps(path));
        return m_files.has(path);
    }
    std::shared_ptr<const lineage::ParameterMap> settings(const std::string& path) override
    {
        m_seen.emplace(path, m_stamps(path));
        return m_files.settings(path);
    }
    std::vector<Start> starts(const std::string& path) override { return m_files.starts(path); } // of the context

private:
    Files& m_files;
    Stamps& m_stamps;
    LineageMemory::Seen& m_seen;
};

// What pieces depend on beside the files they look at.
std::string contextOf(const std::vector<std::string>& paths, const LineageOptions& options)
{
    std::string out = options.rolesFile;
    if (!options.rolesFile.empty()) {
        const auto stamp = LineageMemory::stampOf(options.rolesFile);
        out += '\n' + std::to_string(stamp.size) + '\n' + std::to_string(stamp.changed);
    }
    for (const auto& path : paths) {
        out += '\n' + path;
    }
    return out;
}

// The workspace on its way to a graph.
class Reading {
public:
    Reading(const std::vector<std::string>& paths, const LineageOptions& options, Budget& budget, LineageMemory* memory)
        : m_budget(budget)
        , m_memory(memory)
        , m_compares(options.compares)
        , m_contents(options.contents)
        , m_jobs(options.jobs != 0 ? options.jobs : std::max(1U, std::thread::hardware_concurrency()))
        , m_found(findFiles(paths, options, budget))
        , m_roles(rolesFrom(options.rolesFile, budget, m_found.notes))
        , m_pipelines(m_found.all, namesOf(m_found.code), budget)
        , m_files(m_found.all, m_pipelines, budget)
        , m_stamps(m_found.all)
    {
        if (memory) {
            memory->setContext(contextOf(paths, options) + m_pipelines.context());
        }
    }

    // One for each file of code, in the order of the file.
    [[nodiscard]] std::vector<lineage::LineageGraph> pieces()
    {
        const auto& code = m_found.code;
        std::vector<lineage::LineageGraph> out(code.size());
        std::vector<std::vector<lineage::LineageGraph::Note>> notes(code.size());
        each(code.size(), [&](std::size_t i, Budget& own) {
            if (auto piece = pieceOf(code[i], nullptr, own)) {
                out[i] = std::move(*piece);
            } else {
                notes[i].push_back({code[i].relative, "not-code", "it could not be read as a notebook or as Python"});
            }
        });
        for (auto& list : notes) {
            m_found.notes.insert(m_found.notes.end(), list.begin(), list.end());
        }
        followStarted(out);
        return out;
    }

    // The same in the order of the runs: most of them are those that there are.
    [[nodiscard]] std::vector<lineage::LineageGraph> recorded(std::vector<lineage::LineageGraph>& written)
    {
        std::vector<lineage::LineageGraph> out(written.size());
        each(written.size(), [&](std::size_t i, Budget& own) {
            auto piece = lineage::ranOtherwise(written[i]) ? pieceOf(m_found.code[i], &written[i], own) : std::nullopt;
            if (piece && lineage::lacksComparison(written[i])) {
                written[i].execution.front().onlyWritten = piece->execution.front().onlyWritten;
                written[i].execution.front().onlyRecorded = piece->execution.front().onlyRecorded;
            }
            out[i] = piece ? std::move(*piece) : written[i];
            for (const auto& execution : written[i].execution) {
                auto more = piece ? std::vector<lineage::LineageGraph::Note>()
                                  : lineage::untold(execution, m_found.code[i].relative);
                out[i].notes.insert(out[i].notes.end(), more.begin(), more.end());
            }
        });
        return out;
    }

    [[nodiscard]] lineage::LineageGraph joined(std::vector<lineage::LineageGraph> pieces)
    {
        auto recorded = recordedPiece(m_found, pieces, m_budget);
        auto declared = m_pipelines.pieces();
        declared.push_back(std::move(recorded));
        pieces.insert(pieces.end(), std::make_move_iterator(declared.begin()), std::make_move_iterator(declared.end()));
        std::vector<std::string> disk;
        for (const auto& [relative, path] : m_found.all) {
            disk.push_back(relative);
        }
        if (m_memory) {
            m_memory->forgetOthers(disk);
        }
        auto graph = lineage::join(std::move(pieces), disk, m_budget);
        lineage::settleLeaks(graph);
        lineage::forgetUsedElsewhere(graph);
        if (m_contents) {
            tellContents(graph, m_found.all, m_budget);
        }
        auto notes = m_found.notes;
        notes.insert(notes.end(), m_files.notes().begin(), m_files.notes().end());
        graph.complete = graph.complete && notes.empty() && !m_budget.stopped();
        graph.notes.insert(graph.notes.end(), notes.begin(), notes.end());
        graph.notes.insert(graph.notes.end(), m_found.remarks.begin(), m_found.remarks.end());
        return graph;
    }

private:
    // Scripts that other code starts are followed once more, with what it gives them; what they start in turn, too.
    void followStarted(std::vector<lineage::LineageGraph>& pieces)
    {
        const auto& code = m_found.code;
        constexpr int maxRounds = 3;
        for (int round = 0; round < maxRounds; ++round) {
            const auto fresh = m_files.started().take(pieces);
            std::vector<std::size_t> again;
            for (std::size_t i = 0; i < code.size(); ++i) {
                if (std::binary_search(fresh.begin(), fresh.end(), code[i].relative)) {
                    again.push_back(i);
                }
            }
            if (again.empty()) {
                return;
            }
            each(again.size(), [&](std::size_t i, Budget& own) {
                const auto at = again[i];
                if (auto piece = pieceOf(code[at], nullptr, own)) {
                    pieces[at] = std::move(*piece);
                }
            });
        }
    }

    // All cores take one after another.
    template <typename Work> void each(std::size_t count, const Work& work)
    {
        std::atomic<std::size_t> next{0};
        const auto run = [&](Budget own) {
            for (auto i = next++; i < count && !own.stopped(); i = next++) {
                work(i, own);
            }
        };
        std::vector<std::jthread> threads;
        for (std::size_t i = 1; i < std::min<std::size_t>(m_jobs, count); ++i) {
            threads.emplace_back(run, m_budget.child());
        }
        run(m_budget.child());
    }

    // The piece of one file, from memory when nothing it looks at has changed; nothing: it is no code. `written`: it is
    // wanted in the order of its runs, and this is the one in that of the file.
    [[nodiscard]] std::optional<lineage::LineageGraph> pieceOf(
        const CodePath& code, const lineage::LineageGraph* written, Budget& budget)
    {
        const auto order = written ? lineage::CellOrder::Recorded : lineage::CellOrder::Written;
        const auto now = [this](const std::string& path) { return m_stamps(path); };
        const auto key = code.relative + m_files.started().context(code.relative);
        if (auto known = m_memory ? m_memory->recall(key, order, now) : std::nullopt;
            known && !(m_compares && lineage::lacksComparison(*known))) {
            return known;
        }
        LineageMemory::Seen seen{{code.relative, m_stamps(code.relative)}};
        const auto parsed = readCode(code, budget);
        if (!parsed) {
            return std::nullopt;
        }
        Watched watched(m_files, m_stamps, seen);
        auto piece = written ? lineage::followRecorded(parsed, watched, *m_roles, *written, budget)
                             : lineage::followFile(parsed, watched, *m_roles, budget,
                                   m_compares ? lineage::Compare::Orders : lineage::Compare::No);
        maskCredentials(piece, parsed->artifact, parsed->facts, budget);
        if (m_memory && !budget.stopped()) {
            m_memory->keep(key, order, piece, std::move(seen));
        }
        return piece;
    }

    Budget& m_budget;
    LineageMemory* m_memory;
    bool m_compares;
    bool m_contents;
    unsigned m_jobs;
    Found m_found;
    std::shared_ptr<const lineage::ApiRoles> m_roles;
    DeclaredPipelines m_pipelines;
    Files m_files;
    Stamps m_stamps;
};

} // namespace

lineage::LineageGraph lineageOf(
    const std::vector<std::string>& paths, const LineageOptions& options, Budget& budget, LineageMemory* memory)
{
    Reading reading(paths, options, budget, memory);
    auto graph = reading.joined(reading.pieces());
    maskLineage(graph, budget);
    return graph;
}

LineageOrders lineageInBothOrders(
    const std::vector<std::string>& paths, const LineageOptions& options, Budget& budget, LineageMemory* memory)
{
    auto once = options; // the pieces in the other order say what differs
    once.compares = false;
    Reading reading(paths, once, budget, memory);
    auto pieces = reading.pieces();
    auto recorded = reading.recorded(pieces);
    LineageOrders out{reading.joined(std::move(pieces)), reading.joined(std::move(recorded))};
    out.recorded.order = lineage::CellOrder::Recorded;
    lineage::markDifferences(out.written, out.recorded);
    maskLineage(out.written, budget);
    maskLineage(out.recorded, budget);
    return out;
}

} // namespace cupel::engine
