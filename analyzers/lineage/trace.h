// SPDX-License-Identifier: GPL-3.0-or-later
// Follows the code of one file in a given order of its cells as Python would, with values that are known in part (see
// things.h), and records what it reads, makes, trains and writes. Functions of the workspace are followed at each call,
// so that a helper called with two things does not mix them. Native recursion is bounded by constants: blocks by
// maxBlocks, calls by maxCalls. Nothing is run.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/code/sql_tables.h"
#include "analyzers/lineage/things.h"
#include "analyzers/lineage/trace_call.h"
#include "analyzers/lineage/trace_parts.h"
#include "analyzers/lineage/trace_state.h"

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace cupel::lineage {

class Trace : private TraceState {
public:
    static constexpr int maxBlocks = 64;
    static constexpr int maxCalls = 7;
    static constexpr std::size_t maxModules = 40; // that it imports or runs
    static constexpr std::size_t maxNested = 20; // calls and files on the way, whoever called whom
    static constexpr int maxHanded = 3; // functions handed over by functions that were
    using TraceState::maxListed;
    using TraceState::maxSteps;

    Trace(ParsedFilePtr file, FileFinder& files, const ApiRoles& roles, Recorder& out, Budget& budget);
    // `order`: of the file's units, some of them perhaps twice; empty: as they stand.
    void run(const std::vector<std::uint32_t>& order = {});

    // What the walk leaves for the hazards of data (leakage.h).
    using TraceState::Fit;
    using TraceState::Use;
    [[nodiscard]] std::size_t steps() const { return m_steps; } // taken, for tests
    [[nodiscard]] const RowSets& rows() const { return m_rows; }
    [[nodiscard]] const std::vector<Fit>& fits() const { return m_fits; }
    [[nodiscard]] const std::vector<Use>& uses() const { return m_uses; }
    // Whether what `learner` was taught is in `model`: the same object, further on.
    [[nodiscard]] bool remembers(std::uint32_t model, std::uint32_t learner) const;
    [[nodiscard]] std::uint32_t firstOfObject(std::uint32_t model) const;
    [[nodiscard]] const std::vector<std::pair<Place, std::string_view>>& labelLeaks() const { return m_labelLeaks; }

private:
    using Parameter = TraceParts::Parameter;
    using NamedWriting = TraceParts::NamedWriting;

    // trace.cpp: units, statements
    // `given`: values for the names that its cell of parameters sets.
    void runFile(
        const ParsedFilePtr& file, std::uint32_t scope, const std::vector<std::uint32_t>& order = {}, Ref given = 0);
    void runUnit(std::uint32_t unit);
    void beginRun(std::uint32_t unit); // trace_models.cpp
    void trainedAgain(const Training& training);
    [[nodiscard]] std::uint32_t turnsAround(CodePlace made) const;
    std::uint32_t addUnit(const ParsedFilePtr& file, std::uint32_t index, bool written = false);
    void runWritten(std::uint32_t unit, const std::string& path);
    std::vector<FileFinder::Start> startsBelow(const ParsedFile& file, const std::string& path);
    void block(std::uint32_t node);
    void statement(std::uint32_t node);
    void conditional(std::uint32_t node);
    [[nodiscard]] std::optional<bool> decided(std::uint32_t condition); // by constants that a call was given
    [[nodiscard]] std::optional<bool> decidedParts(std::uint32_t condition);
    std::vector<Ref> loopItems(Ref sequence, std::uint32_t node);
    void loop(std::uint32_t node);
    void whileLoop(std::uint32_t node);
    void loopBody(std::uint32_t node, std::uint32_t left, Ref item);
    [[nodiscard]] bool buildsTexts(std::uint32_t node) const;
    void trial(std::uint32_t node);
    void context(std::uint32_t node);
    void match(std::uint32_t node);
    void erased(std::uint32_t node);
    void runUncalled();
    void beginArm();
    void endArm();
    void endArms(bool exhaustive);
    // trace_definitions.cpp
    void defineFunction(std::uint32_t node, const std::vector<std::uint32_t>& decorators);
    void defineClass(std::uint32_t node);
    void decorated(std::uint32_t node);
    void readParameters(std::uint32_t node, Function& function);
    Ref lambda(std::uint32_t node);
    void importModule(std::uint32_t node);
    void importFrom(std::uint32_t node);
    Ref module(std::string_view name, std::uint32_t node); // of the workspace; 0: it is not
    Ref runModule(const ParsedFilePtr& file);
    [[nodiscard]] bool looksMissing(std::string_view module, std::uint32_t node);
    [[nodiscard]] bool isExpected(std::string_view module, std::uint32_t node);
    [[nodiscard]] bool installs(std::string_view module);
    // trace_commands.cpp
    void runCommands(std::uint32_t upTo);
    void command(const code::Command& command);
    void runMagic(std::string_view arguments, const Place& place); // %run
    void writeFile(std::string_view arguments, const Place& place); // %%writefile
    void store(std::string_view arguments, const Place& place); // %store
    Ref restored(std::string_view name, const Place& where);
    std::string filledIn(std::string_view text);
    Ref namedBy(std::string_view expression); // {cfg.path}: 0: nothing is known of it
    // trace_shell.cpp, trace_processes.cpp: lines for a shell in `base`, wherever they stand, and what they start
    void shell(std::string_view text, const Place& place, std::string base);
    void noteStarts(std::string_view text, const std::string& base, const Place& place);
    void process(const TraceCall& site, std::string_view name);
    // trace_names.cpp
    Ref lookup(std::string_view name);
    [[nodiscard]] bool givesByStars(const TraceCall& site, std::string_view name) const;
    Ref ofStars(std::string_view name);
    Ref* findName(std::string_view name);
    void bindName(std::string_view name, Ref value, std::uint32_t node);
    void setName(std::uint32_t scope, std::string_view name, Ref value);
    void bind(std::uint32_t target, Ref value);
    void bindParts(std::uint32_t target, Ref value);
    void bindMember(std::uint32_t target, Ref value);
    void bindItem(std::uint32_t target, Ref value);
    void version(std::string_view name, Ref value, std::uint32_t node, std::string_view rule);
    void nameModel(std::string_view name, const Thing& model);
    void recordSplit(std::uint32_t target, Ref value);
    bool givesParts(std::uint32_t target, Ref value);
    void mutate(Ref object, const std::vector<Ref>& with, std::uint32_t node, std::string_view rule);
    std::string_view nameOf(Ref object); // a module-level name that stands for it; empty
    // trace_expressions.cpp
    Ref evaluate(std::uint32_t node);
    Ref compute(std::uint32_t node);
    Ref constant(std::uint32_t node);
    Ref choice(std::uint32_t node);
    Ref yielded(std::uint32_t node);
    Ref identifier(std::uint32_t node);
    Ref attribute(std::uint32_t node);
    Ref memberOf(Ref object, std::string_view name, std::uint32_t node, bool called);
    Ref string(std::uint32_t node);
    Ref binary(std::uint32_t node);
    Ref subscript(std::uint32_t node);
    Ref sliced(Ref object, std::uint32_t node, std::uint32_t key);
    Ref boundTo(Ref self, Ref method, std::string_view name, std::uint32_t node);
    bool knownMember(Ref base, std::string_view name, std::uint32_t node, Ref& result);
    [[nodiscard]] bool readsTables(std::uint32_t node) const;
    Ref viewOf(Ref base, std::string_view name, std::uint32_t node);
    bool knownItem(Ref base, std::uint32_t node, std::uint32_t key, Ref& result);
    bool askedItem(Ref base, std::uint32_t node, std::uint32_t key, Ref& result);
    Ref percent(Ref format, Ref with, std::uint32_t node);
    Ref container(std::uint32_t node, ThingKind kind);
    Ref assigned(std::uint32_t node);
    Ref merged(std::uint32_t node); // of all parts
    Ref elementOf(Ref sequence, std::uint32_t node);
    Ref either(Ref a, Ref b);
    // trace_comprehensions.cpp
    Ref clause(std::uint32_t node);
    Ref comprehension(std::uint32_t node);
    void eachItem(std::uint32_t node, std::uint32_t body, Ref list);
    [[nodiscard]] bool differ(const std::vector<Ref>& items, std::uint32_t body) const;
    // trace_columns.cpp
    using Names = std::vector<std::string_view>;
    void useColumns(Ref base, const Names& names, std::string_view use, std::uint32_t node);
    Names namesIn(const Thing& key);
    Names namesOf(Ref value);
    [[nodiscard]] std::uint32_t secondKey(std::uint32_t key) const;
    Names columnsAt(Ref base, std::uint32_t key);
    void dropColumns(Ref target, const Names& names);
    void makeColumn(Ref frame, std::string_view name, Ref value, std::uint32_t node);
    void renameColumns(Ref target, Ref renamed);
    bool renameMethod(TraceCall& site, Ref receiver, std::string_view name, Ref& result);
    bool selectMethod(TraceCall& site, Ref receiver, std::string_view name, Ref& result);
    bool columnMethod(TraceCall& site, Ref receiver, std::string_view name, Ref& result);
    void nameLabels(const TraceCall& site, const ApiRow& row, Ref receiver, Ref result);
    bool pickedColumns(Ref model, Names& picked);
    bool transformedColumns(Ref transformer, Ref list, Names& picked);
    void describeColumns(Training& training, Ref model, const std::vector<Ref>& data, const std::vector<Ref>& labels,
        std::uint32_t node);
    // trace_buckets.cpp, trace_pipelines.cpp
    bool storeClient(TraceCall& site, std::string_view name, Ref& result);
    Ref bucketPlace(const TraceCall& site, const ApiRow& row, Ref receiver);
    Ref partOfBucket(TraceCall& site, const ApiRow& row, Ref receiver);
    bool bucketEffect(TraceCall& site, const ApiRow& row, Ref receiver, Ref& result);
    bool pipelineCall(TraceCall& site, std::string_view name, Ref& result);
    std::string kedroRoot();
    bool catalogued(std::string_view name, Locator& locator, std::string_view& type);
    std::uint32_t kedroData(std::string_view name, const Place& where, Locator& locator, std::string_view& type);
    Ref kedroInput(std::string_view name, std::uint32_t node);
    void kedroOutput(std::string_view name, Ref value, std::uint32_t node);
    bool kedroNode(TraceCall& site, Ref& result);
    bool runNotebook(TraceCall& site, Ref& result);
    void fillOutputs(const TraceCall& site);
    [[nodiscard]] bool onlyInfers(const TraceCall& site, const ApiRow& row) const;
    bool latestFile(TraceCall& site, std::string_view name, Ref& result);
    void giveParameters(std::uint32_t scope, Ref given);
    // trace_calls.cpp
    Ref call(std::uint32_t node);
    void readArguments(std::uint32_t node, TraceCall& site);
    Ref invoke(TraceCall& site); // what stands in site.function
    Ref callFunction(std::uint32_t function, TraceCall& site, Ref self);
    void bindParameters(const Function& function, const TraceCall& site, Ref self, Scope& scope);
    Ref construct(std::uint32_t classIndex, TraceCall& site);
    void takeFields(Ref self, std::uint32_t classIndex);
    const std::vector<std::string_view>& fieldsOf(std::uint32_t classIndex);
    bool allFields(std::uint32_t classIndex, std::vector<std::string_view>& fields);
    Ref callMethod(TraceCall& site, Ref receiver, std::string_view name);
    Ref measured(const TraceCall& site, std::string_view name);
    Ref callPath(TraceCall& site, std::string_view dotted);
    Ref callObject(TraceCall& site); // model(x), pipe("...")
    [[nodiscard]] bool drawn(Ref ref) const;
    Ref unknownCall(TraceCall& site, Ref receiver);
    void keepGivenRows(Ref receiver, const std::vector<Ref>& given, Ref result);
    void changesGiven(const TraceCall& site, const std::vector<Ref>& given);
    Ref byItsName(TraceCall& site);
    Ref downloadsTo(const TraceCall& site, std::string_view name, const Marks& from);
    void writesNamed(Ref file, const Marks& inputs, const TraceCall& site, const NamedWriting& how);
    [[nodiscard]] std::vector<Ref> namedFiles(const TraceCall& site, bool first, bool all) const;
    Ref readsByItsName(const TraceCall& site, const std::vector<Ref>& files, std::string_view name);
    void savesByItsName(const TraceCall& site, const std::vector<Ref>& files, std::string_view name);
    bool exportsByItsName(const TraceCall& site, Ref model, std::string_view name);
    void keepTold(Ref file, std::uint32_t model, const TraceCall& site, std::string_view name);
    void savesFitted(const TraceCall& site, Ref model);
    void usesByItsName(const TraceCall& site, Ref receiver, const std::vector<Ref>& given);
    [[nodiscard]] bool ofMissingModule(const TraceCall& site) const;
    Ref learnerAmong(const TraceCall& site, std::vector<TraceArgument>& data) const;
    [[nodiscard]] bool isRows(Ref ref) const;
    [[nodiscard]] Role heldOutAs(const TraceArgument& argument, std::uint32_t unit) const;
    [[nodiscard]] bool namesLabels(const TraceArgument& argument, std::uint32_t unit) const;
    using HeldOut = std::vector<std::pair<TraceArgument, Role>>;
    [[nodiscard]] HeldOut heldOutAmong(const TraceCall& site, const ApiRow& row) const;
    [[nodiscard]] std::vector<Ref> learntByName(const TraceCall& site) const;
    void trainsByItsName(const TraceCall& site);
    Ref lossByItsName(const TraceCall& site);
    Ref asked(TraceCall& site, Ref receiver, std::string_view name);
    [[nodiscard]] bool measuresByName(const TraceCall& site, std::string_view name) const;
    Ref libraryData(TraceCall& site, std::string_view name); // some.library.datasets.x(); 0: it is not
    Ref madeObject(TraceCall& site, std::string_view type);
    Ref findMethod(std::uint32_t classIndex, std::string_view name);
    // Functions that are given to be called: df.apply(f); what they give back.
    std::vector<Ref> handOver(const TraceCall& site);
    // trace_unknown.cpp: calls that nobody describes, as nodes
    [[nodiscard]] std::string nobodyKnows(const TraceCall& site, Ref receiver) const;
    [[nodiscard]] bool takesData(const TraceCall& site, Ref receiver) const;
    Marks addressesGiven(const TraceCall& site, std::string_view callee);
    void markUnknown(const TraceCall& site, Ref receiver, Ref result);
    // trace_objects.cpp: what objects of one's own do when Python asks them
    Ref askOwn(Ref self, std::string_view method, std::uint32_t node, Ref given = 0); // 0: it has no such method
    Ref entered(Ref manager, std::uint32_t node);
    void readLazily(Ref self, std::uint32_t classIndex, std::uint32_t node);
    Ref superOf(std::uint32_t node);
    Ref ofBases(Ref super, std::string_view name, std::uint32_t node);
    bool namedFields(TraceCall& site, std::string_view name, Ref& result);
    [[nodiscard]] std::vector<std::string_view> carriedNames(std::uint32_t body) const;
    void nextRound(std::uint32_t node, const std::vector<std::pair<std::string_view, Ref>>& before, std::size_t facts);
    std::vector<std::pair<std::string_view, Ref>> beforeRound(std::uint32_t node);
    // trace_options.cpp, trace_started.cpp: how the file is started, what cells gave before
    bool describesOption(TraceCall& site, std::string_view name, Ref& result);
    Ref parameterGiven(Ref described, const Parameter& parameter, std::size_t& placed, std::uint32_t node);
    void givenByCommand(std::uint32_t function, std::uint32_t node);
    void givenByDecorators(
        std::uint32_t function, const std::vector<Ref>& described, std::string_view written, std::uint32_t node);
    Ref argumentList(std::uint32_t node);
    Ref allGiven(const std::vector<std::string>& values, std::uint32_t node);
    Ref optionGiven(const std::vector<std::string_view>& options, Ref fallback, std::uint32_t node);
    Ref argumentAt(std::size_t position, bool options, std::uint32_t node);
    // trace_training.cpp, trace_gradients.cpp, trace_artifacts.cpp
    bool fillsIndex(TraceCall& site, const ApiRow& row, Ref index);
    bool learningState(TraceCall& site, Ref receiver, std::string_view name, Ref& result);
    bool learnsByMethod(TraceCall& site, Ref receiver, std::string_view name, Ref& result);
    bool gradientOf(TraceCall& site, const std::vector<Ref>& data, Ref& result);
    bool artifactMethod(TraceCall& site, Ref receiver, std::string_view name, Ref& result);
    // trace_effects.cpp: what a row of the table says
    Ref effect(TraceCall& site, const ApiRow& row, Ref receiver);
    Ref severalOf(std::string_view returns, Ref all, std::uint32_t node);
    Ref effectOf(TraceCall& site, const ApiRow& row, Ref receiver);
    void tellColumns(Sink& sink, const std::vector<Ref>& data);
    Ref filesOf(const TraceCall& site, const ApiRow& row) const;
    Ref wholeOf(const std::vector<Ref>& parts, Ref files, std::uint32_t node);
    Ref sourceEffect(TraceCall& site, const ApiRow& row, Ref receiver);
    Ref carriedSource(const TraceCall& site, const ApiRow& row, Ref receiver);
    Ref askedParts(const TraceCall& site, Ref all);
    void describeSource(const TraceCall& site, Ref all);
    Ref noLocator(TraceCall& site, const ApiRow& row);
    // trace_pretrained.cpp: weights that come with a library, and models that were saved under names of hubs
    bool pretrainedWeights(TraceCall& site, const ApiRow& row, Ref& result);
    void savedHere(Locator& locator, Ref value);
    // trace_loaders.cpp: what data modules of Lightning give
    [[nodiscard]] bool givesLoaders(Ref module);
    Ref loaderOf(Ref module, std::string_view which, std::uint32_t node);
    Ref loaderModule(const TraceCall& site, const ApiRow& row);
    void loadersFor(const TraceCall& site, const ApiRow& row, std::string_view which, std::vector<Ref>& data);
    void watchLoader(const TraceCall& site, const ApiRow& row, Ref model, std::size_t before);
    [[nodiscard]] std::string constants(const TraceCall& site);
    Ref indexEffect(TraceCall& site, const ApiRow& row); // Store.from_documents(...)
    Marks writtenFrom(const TraceCall& site, const std::vector<Ref>& data, bool& model);
    std::vector<Ref> heldModels(Ref holder);
    [[nodiscard]] bool holdsNoModel(const std::vector<Ref>& data) const;
    [[nodiscard]] bool savesAgain(const std::vector<Ref>& data, const Marks& inputs) const;
    std::vector<Ref> namedParts(const TraceCall& site, std::vector<Ref> placed);
    void settleSinks();
    std::vector<Locator> sinkPlaces(TraceCall& site, const ApiRow& row, Ref receiver, const std::vector<Ref>& data);
    void sinkEffect(TraceCall& site, const ApiRow& row, Ref receiver);
    Marks copyEffect(TraceCall& site, const ApiRow& row);
    void placesOf(Ref given, Ref ref);
    Ref resultOf(TraceCall& site, const ApiRow& row, Ref receiver);
    void keepArguments(const TraceCall& site, Ref made);
    void tellSent(const TraceCall& site, const ApiRow& row, Ref answer);
    void keepLayers(const TraceCall& site, Ref made);
    void shareLayers(Ref model, std::uint32_t node); // what it learns, others learn too
    Ref sunk(TraceCall& site, const ApiRow& row, Ref receiver);
    bool placeEffect(TraceCall& site, const ApiRow& row, Ref receiver, Ref& result);
    Ref readEffect(TraceCall& site, const ApiRow& row, Ref receiver);
    Ref transformEffect(TraceCall& site, const ApiRow& row, Ref receiver, const std::vector<Ref>& handed);
    void deployEffect(TraceCall& site, const ApiRow& row, Ref receiver); // trace_deploys.cpp
    std::string givenName(const TraceCall& site, const ApiRow& row, Ref receiver);
    Ref pathPlaced(const TraceCall& site, const ApiRow& row);
    // trace_figures.cpp
    Marks beginFigure(std::string_view name, bool shown); // `shown`: pyplot has it
    Marks currentFigure();
    Marks figuresOf(Ref ref);
    Marks askedFigure(Ref asked);
    bool managesFigures(const TraceCall& site, std::string_view name, Ref result);
    void closeFigures();
    void closeFigures(const Marks& figures);
    void onFigures(Ref result, const Marks& figures);
    void draw(const Marks& figures, const Marks& marks);
    void drawOn(const TraceCall& site, const ApiRow& row, Ref receiver, Ref result);
    void drawnByAxes(const TraceCall& site, Ref receiver);
    [[nodiscard]] Marks drawnUntil(const TraceCall& site, const ApiRow& row, const std::vector<Ref>& data);
    // trace_sql.cpp, trace_sql_magics.cpp, trace_settings.cpp
    Locator tableAt(std::string_view name, Ref connection);
    Ref sqlEffect(TraceCall& site, const ApiRow& row, Ref receiver);
    void sqlMagic(const code::Command& command, const Place& where);
    Ref sqlSource(const TraceCall& site, const ApiRow& row, const code::SqlThing& thing, Ref connection);
    void sqlSink(const TraceCall& site, const ApiRow& row, const code::SqlThing& thing, Ref connection, Ref made);
    void takeSettings(Ref into, std::uint32_t node);
    bool fillSettings(Ref into, const std::string& path, std::uint32_t node);
    void setSetting(Ref into, std::string_view name, const std::string& value, std::uint32_t node);
    Ref hydraSettings(const std::string& folder, std::string_view name, std::uint32_t node);
    void givenByHydra(std::uint32_t function, Ref described, std::uint32_t node);
    bool settingsCall(TraceCall& site, std::string_view name, Ref& result);

    void changesArgument(TraceCall& site, std::string_view name);
    std::vector<Ref> argumentsFor(const TraceCall& site, const std::vector<ApiArgument>& wanted, Ref receiver);
    std::vector<Locator> locatorsFor(const TraceCall& site, const ApiRow& row, Ref receiver, std::size_t which);
    std::vector<Locator> locatorsOf(Ref value, std::string_view kindOfTable, bool model);
    std::string asWritten(const Locator& locator);
    Ref fromSource(std::uint32_t node, std::string_view type, std::uint32_t at);
    // trace_training.cpp
    void keepCheckpoints(const TraceCall& site, Ref model);
    bool trainAndEvaluate(TraceCall& site, std::string_view name, Ref& result);
    void watch(Use training, Ref rows, Role said);
    void watchGiven(const TraceCall& site, Ref model, std::size_t before);
    void watchHeldOut(const TraceArgument& given, Role said, Ref model, std::size_t before, std::uint32_t node);
    Ref trainEffect(TraceCall& site, const ApiRow& row, Ref receiver);
    std::vector<Ref> learntFrom(TraceCall& site, const ApiRow& row, Ref receiver);
    Ref learner(TraceCall& site, const ApiRow& row, Ref receiver);
    Ref fittedData(
        TraceCall& site, const ApiRow& row, Ref model, const std::vector<Ref>& data, const std::vector<Ref>& labels);
    void train(Ref model, const std::vector<Ref>& data, const std::vector<Ref>& labels, std::uint32_t node,
        std::string_view rule);
    void derivedLabels(const Training& training, const std::vector<Ref>& data);
    [[nodiscard]] bool told(const Training& training, const Marks& rows);
    void describe(Training& training, const Thing& model, const std::vector<Ref>& data);
    void describeInner(Training& training, const Thing& model);
    Ref predictEffect(TraceCall& site, const ApiRow& row, Ref receiver);
    Ref evaluateEffect(TraceCall& site, const ApiRow& row, Ref receiver);
    [[nodiscard]] bool isAsked(const Use& use);
    // `asks`: it predicts, by what is known of the call.
    void evaluation(std::uint32_t model, const std::vector<Ref>& data, std::uint32_t node, std::string_view metric,
        bool asks = false);
    void drawStep(const Evaluation& entry, std::uint32_t node);
    Ref pass(Ref model, const std::vector<Ref>& data, std::uint32_t node, bool sure); // model(x)
    // trace_weights.cpp: modules that know something, and those that do not
    void tellPasses(); // those that trained nothing are uses of the model
    void mayLearn(const TraceCall& site, std::uint32_t function);
    [[nodiscard]] std::vector<Ref> partsOf(Ref model);
    [[nodiscard]] bool beginsEmpty(const Thing& thing) const;
    [[nodiscard]] bool holdsWeights(Ref model, const std::unordered_set<Ref>& taught);
    void learns(Ref model);
    // trace_told.cpp: what things were told of data before they are asked
    void toldBySetter(const TraceCall& site, Ref receiver, std::string_view name, Ref result);
    [[nodiscard]] bool wasTold(Ref model) const; // by setters
    void toldByFiles(Ref made, Ref read);
    std::vector<Ref> toldOf(Ref model, bool learns);
    Ref partFor(Ref data, bool learns);
    std::vector<Ref> measuredOn(const std::vector<Ref>& data);
    [[nodiscard]] Ref settingOf(Ref base, std::string_view name) const;
    [[nodiscard]] bool holdsSeveral(const std::vector<Ref>& data) const;
    void keepWritten(std::uint32_t node, const std::vector<Ref>& data, bool part);
    Ref partsNow(const std::vector<Ref>& data);
    void readBack(std::uint32_t node, Ref rows);
    void readParts(Ref held, Ref into);
    // trace_made_up.cpp: what stands in the code, or was made by it
    Ref literalSource(Ref value, std::uint32_t node);
    [[nodiscard]] bool writtenThere(Ref list) const;
    [[nodiscard]] std::vector<Ref> madeOf(Ref value) const;
    Ref madeUp(Ref value, std::uint32_t node);
    bool blankValues(TraceCall& site, std::string_view name, Ref& result);
    void backward(const Thing& loss);
    void owe(Ref loss);
    void learnOwed();
    void oweAgain(const std::vector<Ref>& before, bool learnt);
    void endRound(std::size_t stepsBefore);
    [[nodiscard]] bool ofData(const TraceCall& site) const;
    [[nodiscard]] bool isStep(std::uint32_t call, const TraceCall& site) const;
    [[nodiscard]] bool isStepByHand(std::uint32_t left, std::uint32_t right, bool augmented) const;
    void minimized(const TraceCall& site);
    void learntByHand(const TraceCall& site);
    std::uint32_t modelNode(Ref model, std::uint32_t node);
    // trace_renewal.cpp: a file holds a model as it was when it was saved
    void renewForTraining(Ref model, std::uint32_t node, std::string_view rule);
    void renewForWeights(Ref model, const std::vector<Ref>& weights, const TraceCall& site);
    std::uint32_t renewed(Ref model, std::uint32_t node, bool keeps, bool anew);
    void wasTaught(std::uint32_t model, const Place& where, const std::vector<Place>& from);
    void wasSaved(const Marks& models);
    [[nodiscard]] bool startsAnew(const Thing& model, std::string_view rule) const;
    [[nodiscard]] bool isModelType(std::string_view type) const;
    [[nodiscard]] static bool isModule(std::string_view type, const ApiRoles& roles);
    // trace_library.cpp: calls that a table cannot describe; false: not one of them
    bool builtin(TraceCall& site, std::string_view name, Ref& result);
    bool builtinRange(TraceCall& site, std::string_view name, Ref& result);
    bool builtinList(TraceCall& site, std::string_view name, Ref& result);
    bool builtinZip(TraceCall& site, std::string_view name, Ref& result);
    bool builtinObject(TraceCall& site, std::string_view name, Ref& result);
    bool special(TraceCall& site, std::string_view name, Ref& result);
    bool specialData(TraceCall& site, std::string_view name, Ref& result);
    void joinColumns(const std::vector<Ref>& given, Ref result);
    Ref copyOf(const TraceCall& site, std::string_view how);
    void searchIn(Ref given);
    bool specialObject(TraceCall& site, std::string_view name, Ref& result);
    bool specialSource(TraceCall& site, std::string_view name, Ref& result);
    bool specialPipeline(TraceCall& site, std::string_view name, Ref& result);
    bool paths(TraceCall& site, std::string_view name, Ref& result);
    bool pathParts(TraceCall& site, std::string_view name, Ref& result);
    bool pathFolders(TraceCall& site, std::string_view name, Ref& result);
    // trace_given_files.cpp: places that are handed to calls which no row describes, and places nobody names
    bool temporary(TraceCall& site, std::string_view name, Ref& result);
    // `asked`: for data; a name in a folder needs no ending then.
    Ref givenFile(Ref value, std::uint32_t node, std::string_view callee, bool asked = false);
    bool writesPredictions(const TraceCall& site, Ref model, std::string_view name, const std::vector<Ref>& data);
    Ref readsGiven(const TraceCall& site, std::string_view callee);
    void mayWrite(const TraceCall& site, std::string_view callee, Ref read);
    void settleEffects();
    [[nodiscard]] Ref folderOf(Ref name, std::uint32_t node) const;
    void keepFolder(Ref name, Ref first, std::uint32_t node);
    void tellApart(Locator& locator, Ref name);
    [[nodiscard]] std::vector<std::string_view> pathsIn(Ref list) const;
    void takePaths(Ref rows, const std::vector<Ref>& given);
    bool makesArchive(TraceCall& site, std::string_view name, Ref& result);
    bool archiveMember(TraceCall& site, Ref receiver, std::string_view name, Ref& result);
    [[nodiscard]] std::string nameOfUnknown(CodePlace made); // id of a place that only this call knows
    [[nodiscard]] std::vector<Locator> nameless(const TraceCall& site, const ApiRow& row, Ref receiver);
    bool sequenceMethod(TraceCall& site, Ref receiver, std::string_view name, Ref& result);
    bool readerMethod(TraceCall& site, Ref receiver, std::string_view name, Ref& result);
    bool dictionaryMethod(TraceCall& site, Ref receiver, std::string_view name, Ref& result);
    bool listMethod(TraceCall& site, Ref receiver, std::string_view name, Ref& result);
    bool fileMethod(TraceCall& site, Ref receiver, std::string_view name, Ref& result);
    bool textMethod(TraceCall& site, Ref receiver, std::string_view name, Ref& result);
    bool pathFile(TraceCall& site, Ref receiver, std::string_view name, Ref& result);
    bool pathMethod(TraceCall& site, Ref receiver, std::string_view name, Ref& result);
    bool formatMethod(TraceCall& site, Ref receiver, std::string_view name, Ref& result);
    bool plainTextMethod(TraceCall& site, Ref receiver, std::string_view name, Ref& result);
    bool frameMethod(TraceCall& site, Ref receiver, std::string_view name, Ref& result);
    bool sameMethod(TraceCall& site, Ref receiver, std::string_view name, Ref& result);
    bool statisticMethod(TraceCall& site, Ref receiver, std::string_view name, Ref& result, bool function = false);
    [[nodiscard]] bool isKept(std::uint32_t call, bool table) const;
    bool statisticCall(TraceCall& site, std::string_view name, Ref& result);
    bool formula(TraceCall& site, Ref& result);
    bool argumentParser(TraceCall& site, Ref receiver, std::string_view name, Ref& result);
    void takePlaces(Ref rows, Ref places);
    Ref openFile(TraceCall& site, Ref path, Ref mode);
    // trace_choosers.cpp, trace_splits.cpp
    bool orderCall(TraceCall& site, std::string_view name, Ref& result);
    bool chosenItem(TraceCall& site, Ref receiver, Ref& result);
    bool endsOfRows(TraceCall& site, Ref receiver, std::string_view name, Ref& result);
    bool splitCall(TraceCall& site, std::string_view name, Ref& result);
    bool splitMethod(TraceCall& site, Ref receiver, std::string_view name, Ref& result);
    bool splitItem(TraceCall& site, Ref receiver, std::string_view name, Ref& result);
    bool splitListed(TraceCall& site, Ref all, Ref listed, Ref& result);
    void takeChosen(Ref receiver, const std::vector<Ref>& handed, Ref result);
    [[nodiscard]] bool isPart(const TraceCall& site, Ref receiver) const;
    bool splitFolds(TraceCall& site, Ref receiver, std::string_view name, Ref& result);
    bool splitSample(TraceCall& site, Ref receiver, std::string_view name, Ref& result);
    // train, test = my_split(data): a call that says so, given to names that say so.
    bool splitByName(TraceCall& site, const std::vector<Ref>& data, Ref result);
    Ref parts(const std::vector<Ref>& data, const std::vector<Role>& roles, std::uint32_t node, bool byArgument);
    Ref folds(const std::vector<Ref>& data, std::uint32_t node);
    // trace_roles.cpp
    void settleRoles();
    [[nodiscard]] Role askedRole(const TraceCall& site);
    Marks chosenRows(const Thing& of, std::string_view condition);
    void chooseAsked(const TraceCall& site, Ref receiver, Ref result);
    bool filterMethod(TraceCall& site, Ref receiver, std::string_view name, Ref& result);

    bool sliceRows(Ref receiver, std::uint32_t key, std::uint32_t node, Ref& result);
    void boundRows(const Marks& rows, std::string_view from, std::string_view to);

    void countCall(std::string_view canonical, bool modelled);
};

} // namespace cupel::lineage
