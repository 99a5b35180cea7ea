// SPDX-License-Identifier: GPL-3.0-or-later
// Calls that no row describes, but whose name and arguments say what they do.
#include "analyzers/lineage/trace.h"

#include "analyzers/lineage/words.h"

#include <algorithm>
#include <functional>

namespace cupel::lineage {

using code::NodeField;
using code::Syntax;

namespace {

constexpr std::string_view downloads = "name:download";
constexpr std::string_view downloadsWhy = "by its name it downloads to this file";
constexpr std::string_view saves = "name:save";
constexpr std::string_view savesWhy = "by its name it is saved to this file";
constexpr std::size_t maxWritten = 128; // bytes of an argument that may say what it is for

} // namespace

// maybe_download(url, "a.csv"), load_images("a.gz"): a function nobody describes, whose name and argument say what it
// does.
Ref Trace::byItsName(TraceCall& site)
{
    const auto function =
        site.node < tree().size() && site.unit == m_unit ? tree().child(site.node, NodeField::Function) : Syntax::none;
    if (function == Syntax::none || site.arguments.empty()) {
        return 0;
    }
    const auto name = lastPart(nodeText(function));
    const auto where = place(site.node);
    const auto& first = at(site.arguments.front().value);
    const bool address = first.kind == ThingKind::Text && has(first.text, "://");
    if (address && has(name, "download")) {
        const auto file = site.arguments.size() > 1 ? site.arguments[1].value : Ref{0};
        for (const auto& locator : locatorsOf(site.arguments.front().value, "url", false)) {
            const auto from = m_out.located(locator, name, where);
            m_out.source(from, locator.kind, locator.value, where);
            writesNamed(file, {from}, site, {name, downloads, downloadsWhy});
        }
        return at(file).kind == ThingKind::Text ? file : 0;
    }
    // run.download_file("outputs/a.csv", "a.csv"), download_and_extract("ratings", "a.csv")
    const auto owner = site.receiver;
    if (const auto into =
            downloadsTo(site, name, at(owner).modelNode != none ? Marks{at(owner).modelNode} : at(owner).from)) {
        return into;
    }
    const bool reads = name.starts_with("load") || name.starts_with("read");
    const bool ofNobody = at(site.function).self == 0;
    const auto own = at(at(site.function).self).kind;
    const bool byPlace = ofNobody || (name.starts_with("load") && own != ThingKind::Path && own != ThingKind::Text);
    const auto files = namedFiles(site, reads && byPlace, false);
    if (ofNobody && site.arguments.size() > 1 && (name.starts_with("dump") || name.starts_with("write"))) {
        const auto placed = namedFiles(site, false, true); // dump_rows(rows, "a.tsv")
        if (placed.size() == 1 && placed.front() != site.arguments.front().value && !m_uncalled) {
            writesNamed(placed.front(), at(site.arguments.front().value).from, site, {name, saves, savesWhy});
            return 0;
        }
    }
    if (!files.empty() && (name.starts_with("save") || name.starts_with("export"))) {
        savesByItsName(site, files, name);
        return 0;
    }
    return reads && !files.empty() ? readsByItsName(site, files, name) : 0;
}

// The second of two texts is a file that is written. 0: it downloads nothing to a file.
Ref Trace::downloadsTo(const TraceCall& site, std::string_view name, const Marks& from)
{
    const auto what = site.arguments.empty() ? Ref{0} : site.arguments.front().value;
    const auto into = site.arguments.size() > 1 ? site.arguments[1].value : Ref{0};
    if (!has(name, "download") || into == what || at(into).kind != ThingKind::Text || has(at(into).text, "://")
        || extensionOf(at(into).text).empty()) {
        return 0;
    }
    writesNamed(into, from, site, {name, downloads, downloadsWhy});
    return into;
}

// The file that a call writes by its name, of these nodes.
void Trace::writesNamed(Ref file, const Marks& inputs, const TraceCall& site, const NamedWriting& how)
{
    const auto where = place(site.node);
    for (auto locator : locatorsOf(file, "path", false)) {
        if (how.model && isModelExtension(extensionOf(locator.value))) {
            locator.node = NodeKind::ModelFile;
            locator.kind = SourceKind::ModelFile;
        }
        const auto node = m_out.located(locator, how.callee, where);
        m_out.sink(node, locator.kind, locator.value, where, inputs);
        if (const auto before = m_written.find(node); before != m_written.end()) {
            before->second = 0;
        }
        for (const auto from : inputs) {
            const bool model = how.model && m_out.graph().nodes[from].kind == NodeKind::Model;
            m_out.edge(from, node, model ? EdgeKind::Saves : EdgeKind::Writes, std::string(how.rule),
                std::string(how.why), where, Certainty::Likely);
        }
    }
}

// load_rows("a.csv"), tokenizer.load(vocab_path="a.json", merges_path="b.bpe")
Ref Trace::readsByItsName(const TraceCall& site, const std::vector<Ref>& files, std::string_view name)
{
    const auto where = place(site.node);
    Ref all = 0;
    for (const auto file : files) {
        for (auto locator : locatorsOf(file, "path", false)) {
            if (isModelExtension(extensionOf(locator.value))) {
                locator.node = NodeKind::ModelFile;
                locator.kind = SourceKind::ModelFile;
            }
            const auto node = m_out.located(locator, name, where);
            m_out.source(node, locator.kind, locator.value, where);
            const auto ref = fromSource(node, {}, site.node);
            all = all == 0 ? ref : all;
            at(all).takeData(at(ref));
        }
    }
    return all;
}

// Files among the arguments: named as one, or a model by its ending; the first without a name if it ends as a file does
// (the second may be written), with `all` those for data too.
std::vector<Ref> Trace::namedFiles(const TraceCall& site, bool first, bool all) const
{
    std::vector<Ref> files;
    for (std::size_t i = 0; i < site.arguments.size() && i < 16; ++i) {
        const auto& argument = site.arguments[i];
        const auto& value = at(argument.value);
        const auto ending = value.kind == ThingKind::Text && !has(value.text, "://") && !has(value.text, " ")
            ? extensionOf(value.text)
            : std::string();
        const auto name = argument.name;
        const bool named = isOneOf(name, {"path", "file", "filename", "filepath", "fname"}) || has(name, "_path")
            || has(name, "_file");
        const bool placed =
            name.empty() && (isModelExtension(ending) || (first && i == 0) || (all && isDataExtension(ending)));
        if (!ending.empty() && (named || placed)) {
            files.push_back(argument.value);
        }
    }
    return files;
}

// thing.save(file_path="a.ckpt"), save_all(things, "a.pt")
void Trace::savesByItsName(const TraceCall& site, const std::vector<Ref>& files, std::string_view name)
{
    std::vector<Ref> what{site.receiver};
    for (const auto& argument : site.arguments) {
        if (std::find(files.begin(), files.end(), argument.value) == files.end()) { // what names it is not in it
            what.push_back(argument.value);
        }
    }
    Marks inputs;
    for (const auto ref : what) {
        mergeMarks(inputs, at(ref).modelNode != none ? Marks{at(ref).modelNode} : at(ref).from);
    }
    for (const auto file : inputs.empty() ? std::vector<Ref>{} : files) {
        writesNamed(file, inputs, site, {name, saves, savesWhy, true});
    }
}

// model.export("a.csv"), model.infer_embedding("users.csv", "items.csv"): what a fitted model gives goes into files.
bool Trace::exportsByItsName(const TraceCall& site, Ref model, std::string_view name)
{
    constexpr std::string_view verbs[] = {"export", "save", "dump", "write", "to_"};
    constexpr std::string_view things[] = {
        "embedding", "vector", "factor", "representation", "_to_file", "_to_csv", "_to_disk", "ToFile"};
    constexpr std::string_view readers[] = {
        "load", "read", "set", "init", "add", "import", "from", "build", "get", "evaluate"};
    const bool reads =
        std::any_of(std::begin(readers), std::end(readers), [name](auto verb) { return name.starts_with(verb); });
    const bool writes =
        std::any_of(std::begin(verbs), std::end(verbs), [name](auto verb) { return name.starts_with(verb); })
        || std::any_of(std::begin(things), std::end(things), [name](auto thing) { return has(name, thing); });
    const auto files = writes && !reads && !m_uncalled ? namedFiles(site, false, true) : std::vector<Ref>{};
    for (const auto file : files) {
        writesNamed(file, {at(model).modelNode}, site, {name, saves, savesWhy});
        keepTold(file, at(model).modelNode, site, name);
    }
    return !files.empty();
}

// Whoever reads that back has what the model knows, and no rows.
void Trace::keepTold(Ref file, std::uint32_t model, const TraceCall& site, std::string_view name)
{
    for (const auto& locator : locatorsOf(file, "path", false)) {
        const auto node = m_out.located(locator, name, place(site.node));
        if (node != none && m_written.size() < maxMarks && !m_written.contains(node)) {
            const auto held = object({}, site.node);
            at(held).models = {model};
            at(held).fitted = true;
            m_written[node] = held;
        }
    }
}

// model.fit(settings, "model.bin"): where it goes when it has learnt.
void Trace::savesFitted(const TraceCall& site, Ref model)
{
    for (std::size_t i = 1; i < site.arguments.size() && i < 8 && at(model).modelNode != none; ++i) {
        const auto& argument = site.arguments[i];
        if (argument.name.empty() && at(argument.value).kind == ThingKind::Text
            && isModelExtension(extensionOf(at(argument.value).text))) {
            writesNamed(argument.value, {at(model).modelNode}, site, {"fit", saves, savesWhy, true});
        }
    }
}

// A function of a module that nobody has, asked by its name.
bool Trace::ofMissingModule(const TraceCall& site) const
{
    const auto& function = at(site.function);
    return site.receiver == 0 && function.kind == ThingKind::Path && !m_uncalled && site.unit == m_unit
        && !function.text.starts_with("builtins.") && !m_roles.knowsLibrary(m_roles.canonical(function.text));
}

// What of the arguments would learn, and what it would learn from: (model, train_loader, val_loader, optimizer).
Ref Trace::learnerAmong(const TraceCall& site, std::vector<TraceArgument>& data) const
{
    Ref model = 0;
    for (const auto& argument : site.arguments) {
        const auto& thing = at(argument.value);
        const bool called = argument.node < tree().size() && tree()[argument.node].kind == code::NodeKind::Identifier;
        const auto said = called ? nodeText(argument.node) : std::string_view();
        const bool named = has(said, "model") || has(said, "net") || has(said, "Net") || has(said, "classifier");
        const bool module = thing.kind == ThingKind::Object && !thing.type.empty()
            && (isModule(thing.type, m_roles) || (named && !m_roles.knowsLibrary(thing.type)));
        if (model == 0 && module && (thing.from.empty() || thing.modelNode != none)) {
            model = argument.value;
            continue;
        }
        if (isRows(argument.value)) {
            data.push_back(argument);
        }
    }
    return model;
}

// Data, neither a model nor what one gave.
bool Trace::isRows(Ref ref) const
{
    const auto& thing = at(ref);
    return thing.modelNode == none && thing.models.empty()
        && std::any_of(thing.from.begin(), thing.from.end(),
            [this](auto mark) { return m_out.graph().nodes[mark].kind != NodeKind::Model; });
}

// What an argument of a training is held out for: by its rows, by its own name (val_loader=rows), by what is written
// there (loaders["val"]). None: it is not.
Role Trace::heldOutAs(const TraceArgument& argument, std::uint32_t unit) const
{
    const auto held = [](Role role) { return role == Role::Test || role == Role::Validation ? role : Role::None; };
    if (const auto role = m_rows.role(at(argument.value).rows); role == Role::Train || held(role) != Role::None) {
        return held(role);
    }
    if (const auto role = roleOfName(argument.name); role != Role::None) {
        return held(role);
    }
    const auto kind =
        unit == m_unit && argument.node < tree().size() ? tree()[argument.node].kind : code::NodeKind::None;
    if (kind == code::NodeKind::Identifier || kind == code::NodeKind::Attribute || kind == code::NodeKind::Subscript) {
        return held(roleOfName(nodeText(argument.node).substr(0, maxWritten)));
    }
    return Role::None;
}

// y_val, test_labels: what is to be told of rows, and no rows.
bool Trace::namesLabels(const TraceArgument& argument, std::uint32_t unit) const
{
    auto name = argument.name;
    if (name.empty() && unit == m_unit && argument.node < tree().size()) {
        name = nodeText(argument.node).substr(0, maxWritten);
    }
    return name.starts_with('y') || name.starts_with('Y') || has(name, "label") || has(name, "target");
}

// learner.fit(rows, val_ds), learner.fit(rows, valid_data=more): of a learner that nobody describes, behind what it
// learns from.
Trace::HeldOut Trace::heldOutAmong(const TraceCall& site, const ApiRow& row) const
{
    HeldOut held;
    const bool learns = row.callee.starts_with("*.") && !site.arguments.empty();
    const bool first = learns && site.arguments.front().name.empty();
    if (!learns || (first && heldOutAs(site.arguments.front(), site.unit) != Role::None)) {
        return held; // it is told to learn from that
    }
    for (std::size_t i = first ? 1 : 0; i < site.arguments.size() && held.size() < 8; ++i) {
        const auto& argument = site.arguments[i];
        const auto role =
            isRows(argument.value) && !namesLabels(argument, site.unit) ? heldOutAs(argument, site.unit) : Role::None;
        if (role != Role::None && !isOneOf(argument.name, {"validation_data", "eval_set", "eval_dataset"})) {
            held.emplace_back(argument, role);
        }
    }
    return held;
}

// What arguments with names of their own give to learn from.
std::vector<Ref> Trace::learntByName(const TraceCall& site) const
{
    std::vector<Ref> data;
    for (const auto& argument : site.arguments) {
        if (!argument.name.empty() && isRows(argument.value) && heldOutAs(argument, site.unit) == Role::None) {
            data.push_back(argument.value);
        }
    }
    return data;
}

// train_simple(model, train_loader, val_loader): by its name the model learns from what is not held out.
void Trace::trainsByItsName(const TraceCall& site)
{
    const auto name = lastPart(at(site.function).text);
    const bool trains = name.starts_with("train") || name.starts_with("fit_") || name.starts_with("finetune")
        || name.starts_with("fine_tune");
    if (!trains || has(name, "split") || has(name, "data") || has(name, "loader") || !ofMissingModule(site)) {
        return;
    }
    std::vector<TraceArgument> given;
    const auto model = learnerAmong(site, given);
    std::vector<Ref> data;
    HeldOut held;
    for (const auto& argument : given) {
        if (const auto role = heldOutAs(argument, site.unit); role != Role::None) {
            held.emplace_back(argument, role);
        } else {
            data.push_back(argument.value);
        }
    }
    if (data.empty()) { // train(model, test_ds): there is nothing else that it could learn from
        const auto byName = [this](const auto& entry) {
            const auto role = m_rows.role(at(entry.first.value).rows);
            return role != Role::Test && role != Role::Validation;
        };
        const auto rest = std::stable_partition(held.begin(), held.end(), std::not_fn(byName));
        std::transform(rest, held.end(), std::back_inserter(data), [](const auto& entry) { return entry.first.value; });
        held.erase(rest, held.end());
    }
    if (model == 0 || data.empty()) {
        return;
    }
    const auto before = m_uses.size();
    train(model, data, {}, site.node, "name:train");
    for (const auto& [argument, role] : held) {
        watchHeldOut(argument, role, model, before, site.node);
    }
}

// loss = batch_loss(x, y, model): the model is called in there. 0: by its name it gives no loss.
Ref Trace::lossByItsName(const TraceCall& site)
{
    std::vector<TraceArgument> given;
    const auto name = lastPart(at(site.function).text);
    const auto model = has(name, "loss") && ofMissingModule(site) ? learnerAmong(site, given) : Ref{0};
    std::vector<Ref> data;
    std::transform(
        given.begin(), given.end(), std::back_inserter(data), [](const auto& argument) { return argument.value; });
    return model != 0 && !data.empty() ? pass(model, data, site.node, false) : Ref{0};
}

// predict(model, rows), model.recommend(rows): what nobody describes, but a fitted model is used on data by its name.
void Trace::usesByItsName(const TraceCall& site, Ref receiver, const std::vector<Ref>& given)
{
    const auto function =
        site.node < tree().size() && site.unit == m_unit ? tree().child(site.node, NodeField::Function) : Syntax::none;
    const auto name =
        function == Syntax::none ? std::string_view(at(site.function).text) : lastPart(nodeText(function));
    constexpr std::string_view uses[] = {
        "predict", "recommend", "test", "score", "eval", "infer", "generate", "rank", "accuracy"};
    const bool used = std::any_of(std::begin(uses), std::end(uses), [name](auto word) { return has(name, word); });
    const bool loaded = at(receiver).kind == ThingKind::Object && at(receiver).fitted && !at(receiver).from.empty()
        && used && !dataOf(given).empty();
    Ref model = at(receiver).fitted && (at(receiver).modelNode != none || loaded) ? receiver : 0;
    if (model != 0) {
        (void)modelNode(model, site.node);
    }
    std::vector<Ref> data;
    for (const auto ref : given) {
        const bool fitted = at(ref).modelNode != none && at(ref).fitted && at(ref).kind == ThingKind::Object;
        if (model == 0 && fitted && receiver == 0) {
            model = ref;
        } else {
            data.push_back(ref);
        }
    }
    if (used && model == receiver && model != 0 && dataOf(data).empty() && wasTold(model)) {
        data = toldOf(model, false);
    }
    if (model != 0 && model == receiver && writesPredictions(site, model, name, data)) {
        std::erase(data, site.value(1, {}));
    } else if (model != 0 && model == receiver && exportsByItsName(site, model, name)) {
        return;
    }
    for (auto& value : data) {
        value = used && model != 0 ? givenFile(value, site.node, name, model == receiver) : value;
    }
    const bool asks = name.starts_with("predict") || name.starts_with("recommend");
    if (used && model != 0 && (!dataOf(data).empty() || (asks && model == receiver && !data.empty()))) {
        evaluation(at(model).modelNode, data, site.node, name);
    }
}

} // namespace cupel::lineage
