// SPDX-License-Identifier: GPL-3.0-or-later
// What the walk through code knows so far: things, scopes, calls on the way, what was trained and used. Used by trace.h
// alone, which fills it; references and indices are into its own lists.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/lineage/api_roles.h"
#include "analyzers/lineage/parsed_file.h"
#include "analyzers/lineage/recorder.h"
#include "analyzers/lineage/things.h"
#include "analyzers/lineage/trace_parts.h"

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

namespace cupel::lineage {

struct TraceCall;

class TraceState {
protected:
    static constexpr std::size_t maxThings = 400'000;
    static constexpr std::size_t maxWeight = 12'000'000; // entries of the lists of all things
    static constexpr std::size_t maxListed = 4'096; // items of a list
    static constexpr std::size_t maxSteps = 3'000'000; // nodes looked at, over one file with all it calls

    TraceState(ParsedFilePtr file, FileFinder& files, const ApiRoles& roles, Recorder& out, Budget& budget)
        : m_file(std::move(file))
        , m_files(files)
        , m_roles(roles)
        , m_out(out)
        , m_budget(budget)
    {
        m_things.emplace_back(); // 0: nothing is known
        m_scopes.emplace_back();
    }

    using Unit = TraceParts::Unit;
    using Scope = TraceParts::Scope;
    using Function = TraceParts::Function;
    using Class = TraceParts::Class;
    using Frame = TraceParts::Frame;
    using Pass = TraceParts::Pass;
    using Arm = TraceParts::Arm;
    using Save = TraceParts::Save;
    using Figure = TraceParts::Figure;
    using Fit = TraceParts::Fit;
    using Use = TraceParts::Use;
    using Effect = TraceParts::Effect;
    using Learnt = TraceParts::Learnt;

    // trace_state.cpp
    [[nodiscard]] Thing& at(Ref ref) { return m_things[ref]; }
    [[nodiscard]] const Thing& at(Ref ref) const { return m_things[ref]; }
    Ref make(ThingKind kind, std::uint32_t node);
    Ref text(std::string value, std::uint32_t node);
    Ref object(std::string_view type, std::uint32_t node);
    Ref derived(const std::vector<Ref>& from, std::uint32_t node, std::string_view type = {});
    [[nodiscard]] const code::Syntax& tree() const { return cellOf(m_unit).syntax; }
    [[nodiscard]] const formats::CodeCell& cellOf(std::uint32_t unit) const;
    [[nodiscard]] const CodeUnit& infoOf(std::uint32_t unit) const;
    [[nodiscard]] std::string_view nodeText(std::uint32_t node) const;
    [[nodiscard]] Ref& valueAt(std::uint32_t node) { return m_units[m_unit].values[node]; }
    [[nodiscard]] Ref valueAt(std::uint32_t node) const { return m_units[m_unit].values[node]; }
    [[nodiscard]] Place place(std::uint32_t node) const { return placeOf({m_unit, node}); }
    [[nodiscard]] Place placeOf(CodePlace place) const;
    [[nodiscard]] Place commandPlace(ByteRange bytes) const;
    [[nodiscard]] std::vector<Place> calledFrom() const;
    [[nodiscard]] std::string_view keep(std::string text);
    // Names a place in ids by its cell and by how many of `what` came before in it: edits elsewhere do not change it.
    [[nodiscard]] std::string placeId(std::uint32_t node, std::string_view what);
    [[nodiscard]] std::string placeIdOf(CodePlace made);
    [[nodiscard]] std::uint32_t cellNode(std::uint32_t unit);
    [[nodiscard]] const std::string& folder() const { return m_units[m_unit].file->folder; }
    [[nodiscard]] std::string workingFolder(); // of the process that would run it
    [[nodiscard]] bool spent(); // true: stop here
    void charge(std::size_t work) { m_steps += work; } // what takes longer than a step
    void addItems(Ref list, Ref from);
    [[nodiscard]] Marks dataOf(const std::vector<Ref>& things);
    [[nodiscard]] bool statementOf(std::uint32_t node) const; // the call is a statement of its own

    // Beside their kind, in trace_*.cpp.
    Ref memberOfPath(Ref base, std::string_view name, std::uint32_t node);
    std::vector<Ref> elements(Ref sequence);
    Ref alike(Ref of, std::uint32_t node);
    std::string textOf(Ref ref); // its text; a hole when it is not known
    void keepShown(std::uint32_t unit, std::uint32_t statement);
    [[nodiscard]] bool isSome(const Marks& rows, const Marks& all);
    std::uint32_t splitNode(std::uint32_t node, const std::vector<Ref>& data);
    void handSplit(std::string_view name, std::uint32_t set, std::uint32_t of);
    void nameRows(std::string_view name, Thing& thing);
    [[nodiscard]] Marks shuffled(const Thing& of, const TraceCall& site);
    Marks rowsChosen(const Thing& of, Marks numbersOf);
    Ref restOf(Ref chosen, std::uint32_t node);
    const std::vector<FileFinder::Start>& starts();
    Ref shownBefore(std::string_view name) const;
    [[nodiscard]] Role namedRole(const Marks& rows) const;
    void nameUnknown(std::string_view name);
    [[nodiscard]] std::size_t factsKnown() const;
    [[nodiscard]] bool isForeign(std::string_view dotted) const;
    [[nodiscard]] bool cutHere(CodePlace made) const;
    [[nodiscard]] bool namesPart(std::uint32_t node) const;
    [[nodiscard]] bool choosesRows(std::uint32_t node, std::uint32_t key) const;
    Marks childRows(const Thing& of, std::uint32_t split, std::uint32_t part, Role role);

    ParsedFilePtr m_file;
    FileFinder& m_files;
    const ApiRoles& m_roles;
    Recorder& m_out;
    Budget& m_budget;

    std::deque<Thing> m_things;
    RowSets m_rows;
    std::vector<Unit> m_units;
    std::vector<Scope> m_scopes;
    std::deque<Function> m_functions;
    std::deque<Class> m_classes;
    std::vector<Frame> m_frames;
    std::vector<Arm> m_arms;
    std::deque<Pass> m_passes;
    std::vector<Ref> m_owed; // losses whose gradients were computed, and that nothing has learnt from yet
    std::vector<Ref> m_learners; // what was trained
    std::size_t m_stepCalls = 0; // of optimizers
    std::size_t m_losses = 0; // whose gradients were computed
    std::deque<std::string> m_texts;
    std::size_t m_textBytes = 0;
    std::map<std::string, std::uint32_t> m_modules; // scopes, by path
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> m_splitSets; // (split, part) of a parent
    std::map<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>, std::uint32_t> m_childRows;
    std::unordered_set<std::string> m_modelIds;
    std::vector<std::uint32_t> m_twice; // units of the file that run more than once, rising
    std::map<std::uint32_t, std::vector<std::string>> m_modelsOf; // by them: ids
    std::uint32_t m_cellTwice = none; // the one of them that runs
    bool m_ranBefore = false;
    std::optional<Place> m_restored; // %store -r of everything
    bool m_cut = false; // a query was longer than any that is read, more went into a value than is kept
    std::unordered_map<std::string, std::uint32_t> m_counted; // of one thing in one cell
    std::unordered_map<std::string, std::string> m_placeIds;
    std::vector<std::string_view> m_stars;
    std::string m_directory; // changed by chdir or %cd; empty: where the file is run
    std::optional<std::string> m_startFolder; // that, once somebody asked
    std::vector<std::pair<Place, std::string_view>> m_labelLeaks; // fitted on a frame that still holds the label
    std::map<std::string, Ref> m_views; // of SQL, by name
    const TraceCall* m_trainingCall = nullptr; // the one that trains right now
    Ref m_connection = 0; // that magics of SQL go to
    std::unordered_map<std::uint32_t, Ref> m_written; // what was written to a node; 0: nobody knows
    std::map<std::string, Ref, std::less<>> m_kedro; // what nodes gave, by name of the catalog
    std::unordered_set<std::string_view> m_earlier; // columns that are made of rows before
    std::vector<Ref> m_layered; // models that are made of layers
    std::vector<Fit> m_fits;
    std::vector<Use> m_uses;
    std::vector<Save> m_saves;
    std::unordered_map<std::uint32_t, Learnt> m_learnt; // by node of a model
    std::vector<Figure> m_figures;
    std::vector<std::uint32_t> m_shown; // of them: those that pyplot has, the latest last
    Marks m_current; // that one of them; several, where branches differ
    std::uint32_t m_unit = 0;
    std::uint32_t m_scope = 0;
    std::size_t m_nextCommand = 0;
    std::size_t m_steps = 0;
    std::size_t m_weighed = 0; // things whose weight is known
    std::size_t m_weight = 0;
    std::size_t m_nested = 0;
    int m_handed = 0;
    int m_comprehended = 0; // comprehensions on the way that are followed item by item
    bool m_uncalled = false; // in functions that nobody calls
    int m_blocks = 0;
    bool m_nextRound = false; // a loop is followed once more, for what it carries over
    std::map<std::int64_t, Ref> m_shownBy; // what cells gave at their end, by run number: Out[n]
    Ref m_shownLast = 0; // _
    std::map<std::string, Ref, std::less<>> m_flags; // of absl, by name
    std::optional<std::vector<FileFinder::Start>> m_starts; // of the file, by pipelines that the workspace declares
    std::uint32_t m_nextSplit = 0;
    std::uint32_t m_bound = code::Syntax::none; // the node of the name that is being bound
    std::map<std::pair<std::uint32_t, std::string>, std::pair<std::uint32_t, std::uint32_t>>
        m_halves; // rows, bound: [:n], [n:]
    std::map<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>, std::pair<std::size_t, std::uint32_t>>
        m_handSplits; // (rows, split, of what): into the graph's splits, and of what the first part was
    std::unordered_set<std::uint32_t> m_namedSlices; // sets of rows
    std::vector<CodePlace> m_loops; // on the way, as long as they are not followed item by item
    std::vector<std::uint32_t> m_turns; // of each of them, where that is known; else 1
    std::vector<Ref> m_roundItems; // those items, and the parts of them
    std::unordered_set<Ref> m_setUp; // data modules whose setup() was followed
    std::string m_rounds; // which items of the loops that are
    std::map<std::string, std::vector<Ref>> m_folders; // that nobody knows, by what lies in them
    std::vector<Effect> m_effects;
    std::vector<std::string> m_roots; // of modules: sys.path.append(...)
    bool m_searchesElsewhere = false; // for modules: sys.path was changed
    bool m_searchesBelow = false; // for modules: in folders of the workspace too
};

} // namespace cupel::lineage
