// SPDX-License-Identifier: GPL-3.0-or-later
// Places that are handed on: files given to calls which no row describes, temporary files, members of archives.
#include "analyzers/lineage/trace.h"

#include "analyzers/lineage/words.h"

#include <algorithm>

namespace cupel::lineage {

namespace {

constexpr std::size_t maxSaid = 128; // bytes of an argument whose words are looked at
constexpr std::size_t maxFolders = 64; // that hold files of one name
constexpr std::size_t maxEffects = 256; // calls that may write
constexpr std::string_view folderKey = "(folder)"; // in `madeBy` of a text; no name of Python's

// By its name it writes, removes, names or shows.
bool writesByName(std::string_view name)
{
    constexpr std::string_view words[] = {"save", "write", "export", "dump", "to_", "plot", "draw", "show", "log",
        "download", "upload", "remove", "delete", "unlink", "exist", "mkdir", "rename", "move", "copy", "path",
        "create", "output", "convert", "Writer", "Logger", "Callback", "Saver", "print", "join", "split"};
    return std::any_of(std::begin(words), std::end(words), [name](auto word) { return has(name, word); });
}

// By its name it looks at what it is given.
bool looksByName(std::string_view name)
{
    constexpr std::string_view words[] = {"read", "load", "check", "compare", "valid", "assert", "test", "score",
        "eval", "merge", "match", "fit", "train", "predict", "init", "set_", "config"};
    return std::any_of(std::begin(words), std::end(words), [name](auto word) { return name.starts_with(word); });
}

// A model on a hub, whoever is given its address.
bool isHubAddress(std::string_view text)
{
    return has(text, "://tfhub.dev/") || has(text, "://huggingface.co/") || has(text, "://hf.co/")
        || has(text, "kaggle.com/models/");
}

} // namespace

// mkdtemp(), NamedTemporaryFile(): a place whose name nobody knows.
bool Trace::temporary(TraceCall& site, std::string_view name, Ref& result)
{
    const auto last = lastPart(name);
    const auto unknown = [&] {
        const auto ref = text(std::string(1, hole), site.node);
        at(ref).pathLike = true;
        return ref;
    };
    if (isOneOf(last, {"mkdtemp", "mktemp", "TemporaryDirectory", "gettempdir"})) {
        result = unknown(); // `with` gives the name, and so does .name
        return true;
    }
    if (last == "mkstemp") {
        result = make(ThingKind::Tuple, site.node);
        at(result).items = {make(ThingKind::Unknown, site.node), unknown()};
        return true;
    }
    if (last == "NamedTemporaryFile") {
        result = object("file", site.node);
        at(result).setMember("name", unknown());
        return true;
    }
    return false;
}

// A list of names of files: what they are. Empty: it is no such list.
std::vector<std::string_view> Trace::pathsIn(Ref list) const
{
    constexpr std::size_t most = 64;
    std::vector<std::string_view> places;
    const auto& thing = m_things[list];
    if (!thing.isSequence() || !thing.from.empty()) {
        return places;
    }
    for (const auto item : thing.items) {
        const auto& part = m_things[item];
        const bool path = part.kind == ThingKind::Text && has(part.text, "/")
            && (has(part.text, {&hole, 1}) || has(part.text, "*") || isDataExtension(extensionOf(part.text)));
        if (!path || places.size() >= most) {
            return {};
        }
        places.push_back(part.text);
    }
    return places;
}

// apply(lambda name: join(folder, name)): what comes back are names of files.
void Trace::takePaths(Ref rows, const std::vector<Ref>& given)
{
    for (const auto ref : rows == 0 ? std::vector<Ref>{} : given) {
        const auto& part = at(ref);
        if (part.kind == ThingKind::Text && has(part.text, "/") && !has(part.text, " ")
            && at(rows).locators.size() < 64) {
            addOnce(at(rows).locators, {part.text}, 64);
            at(rows).pathLike = true;
        }
    }
}

// What a sink writes to when its place is given, but is all unknown: a place of its own.
std::vector<Locator> Trace::nameless(const TraceCall& site, const ApiRow& row, Ref receiver)
{
    const auto given = row.locators.empty() ? std::vector<Ref>{} : argumentsFor(site, {row.locators.front()}, receiver);
    if (given.empty() || m_uncalled || at(given.front()).kind != ThingKind::Text
        || at(given.front()).text != std::string_view(&hole, 1)) {
        return {};
    }
    Locator locator;
    const bool model = row.is(roleSaveModel);
    locator.kind = model ? SourceKind::ModelFile : SourceKind::File;
    locator.node = model ? NodeKind::ModelFile : NodeKind::File;
    locator.value = "*";
    locator.id = nameOfUnknown({m_unit, site.node});
    return {locator};
}

std::string Trace::nameOfUnknown(CodePlace made)
{
    return '*' + placeIdOf(made);
}

// The name of a file where data is asked for: its rows. Else the value itself.
Ref Trace::givenFile(Ref value, std::uint32_t node, std::string_view callee, bool asked)
{
    const auto& thing = at(value);
    const auto ending = extensionOf(thing.text);
    const bool inFolder = asked && ending.empty() && has(thing.text, "/") && !thing.text.ends_with('/');
    if (thing.kind != ThingKind::Text || has(thing.text, "://") || has(thing.text, " ") || m_uncalled
        || (!isDataExtension(ending) && !inFolder)) {
        return value;
    }
    const auto where = place(node);
    Ref all = 0;
    for (auto locator : locatorsOf(value, "path", false)) {
        const auto extension = extensionOf(locator.value);
        if (isModelExtension(extension) && !isOneOf(extension, {"pkl", "pickle"})) { // those hold anything
            locator.node = NodeKind::ModelFile;
            locator.kind = SourceKind::ModelFile;
        }
        const auto index = m_out.located(locator, callee, where);
        m_out.source(index, locator.kind, locator.value, where);
        const auto ref = fromSource(index, {}, node);
        all = all == 0 ? ref : all;
        at(all).takeData(at(ref));
    }
    return all != 0 ? all : value;
}

// model.predict("in.csv", "out.csv"): the second is where the predictions go.
bool Trace::writesPredictions(const TraceCall& site, Ref model, std::string_view name, const std::vector<Ref>& data)
{
    const auto from = site.value(0, {});
    const auto into = site.value(1, {});
    const auto* second = site.find(1, {});
    auto said = second && site.unit == m_unit && second->node < tree().size() ? nodeText(second->node) : "";
    said = said.substr(0, maxSaid);
    const bool out = has(said, "out") || has(said, "infer") || has(said, "pred") || has(said, "result");
    if ((!name.starts_with("predict") && !out) || m_uncalled || from == into || at(from).kind != ThingKind::Text
        || at(into).kind != ThingKind::Text || has(at(into).text, "://") || has(at(into).text, " ")
        || !isDataExtension(extensionOf(at(into).text))) {
        return false;
    }
    const auto where = place(site.node);
    Marks inputs;
    for (const auto& locator : locatorsOf(from, "path", false)) {
        mergeMarks(inputs, {m_out.located(locator, name, where)});
    }
    mergeMarks(inputs, dataOf(data));
    const auto guesses = derived(data, site.node);
    if (at(model).modelNode != none) {
        mergeMarks(inputs, {at(model).modelNode});
        mergeMarks(at(guesses).models, {at(model).modelNode});
    }
    writesNamed(into, inputs, site, {name, "name:predict", "by its name it predicts into this file"});
    for (const auto& locator : locatorsOf(into, "path", false)) {
        const auto node = m_out.located(locator, name, where);
        m_written.erase(node); // each time anew
        keepWritten(node, {guesses}, false);
    }
    return true;
}

// prepare(settings_file, words="words.npy"), Spec(uri="https://tfhub.dev/..."): a call of a library that no row
// describes reads what it is given, unless its name says that it writes.
Ref Trace::readsGiven(const TraceCall& site, std::string_view callee)
{
    const bool writes = writesByName(lastPart(callee)) && !has(lastPart(callee), "from_"); // create_map_from_file()
    if (m_uncalled || writes) {
        return 0;
    }
    // Settings(rows="a.csv"): who reads it is who asks for it.
    const bool settings = isOneOf(callee, {"types.SimpleNamespace", "argparse.Namespace"})
        || lastPart(callee).ends_with("Config") || lastPart(callee).ends_with("Settings");
    Ref all = 0;
    for (std::size_t i = 0; i < site.arguments.size() && i < maxMarks; ++i) {
        const auto& argument = site.arguments[i];
        const auto& thing = at(argument.value);
        if (thing.kind != ThingKind::Text || writesByName(argument.name)
            || (settings && !argument.name.empty() && !isHubAddress(thing.text))) {
            continue;
        }
        Ref read = 0;
        if (isHubAddress(thing.text)) {
            const auto where = place(site.node);
            for (const auto& locator : locatorsOf(argument.value, "url/path", true)) {
                const auto index = m_out.located(locator, callee, where);
                m_out.source(index, locator.kind, locator.value, where);
                read = fromSource(index, {}, site.node);
            }
        } else {
            const auto file = givenFile(argument.value, site.node, callee);
            read = file != argument.value ? file : 0;
        }
        if (read != 0) {
            all = all == 0 ? object({}, site.node) : all;
            at(all).takeData(at(read));
            if (!argument.name.empty()) {
                at(all).setMember(argument.name, read);
            }
        }
    }
    return all;
}

// make_input(rows, "input.txt"), alone on its line: it reads the file or writes it, which later code may tell.
void Trace::mayWrite(const TraceCall& site, std::string_view callee, Ref read)
{
    const auto name = lastPart(callee);
    const bool constructor = !name.empty() && name.front() >= 'A' && name.front() <= 'Z';
    if (read == 0 || site.unit != m_unit || !statementOf(site.node) || constructor || looksByName(name)
        || at(read).from.size() != 1 || m_effects.size() >= maxEffects) {
        return;
    }
    const auto& sources = m_out.graph().sources;
    const auto file = at(read).from.front();
    const bool settings =
        isOneOf(extensionOf(m_out.graph().nodes[file].locator), {"yaml", "yml", "json", "toml", "ini", "cfg"});
    Marks inputs;
    for (const auto& argument : site.arguments) {
        mergeMarks(inputs, at(argument.value).from);
    }
    if (!inputs.empty() && !settings && !sources.empty() && sources.back().node == file) {
        m_effects.push_back({file, place(site.node), std::string(callee), std::move(inputs), sources.size()});
    }
}

// What somebody reads later, and nobody else writes, was written by the call that was given rows for it.
void Trace::settleEffects()
{
    auto& graph = m_out.graph();
    for (const auto& effect : m_effects) {
        charge((graph.sources.size() + graph.sinks.size()) / 16);
        if (spent()) {
            return;
        }
        const bool written = std::any_of(graph.sinks.begin(), graph.sinks.end(),
            [&](const Sink& sink) { return sink.node == effect.file && sink.place != effect.place; });
        const bool again = std::any_of(m_effects.begin(), m_effects.end(),
            [&](const Effect& other) { return other.file == effect.file && other.place != effect.place; });
        const auto first = std::find_if(graph.sources.begin(), graph.sources.end(),
            [&](const Source& source) { return source.node == effect.file; });
        const bool later = std::any_of(first, graph.sources.end(),
            [&](const Source& source) { return source.node == effect.file && source.place != effect.place; });
        if (written || again || !later || first->place != effect.place) {
            continue;
        }
        const auto own = *first;
        graph.sources.erase(first);
        m_out.sink(effect.file, own.kind, own.value, effect.place, effect.inputs);
        for (const auto from : effect.inputs) {
            m_out.edge(from, effect.file, EdgeKind::Writes, "effect:" + effect.callee,
                "it is given these rows and the file, which is read later", effect.place, Certainty::Guess);
        }
    }
}

// The folder that a name of a file begins with, when nobody knows which one that is. 0: it is known, or has no name.
Ref Trace::folderOf(Ref name, std::uint32_t node) const
{
    const auto& thing = at(name);
    if (thing.kind == ThingKind::Text) {
        const auto hit = std::find_if(
            thing.madeBy.begin(), thing.madeBy.end(), [](const auto& entry) { return entry.first == folderKey; });
        return hit != thing.madeBy.end() ? hit->second : thing.text == std::string_view(&hole, 1) ? name : Ref{0};
    }
    const bool named = node < tree().size() && tree()[node].kind == code::NodeKind::Identifier;
    return named && thing.kind == ThingKind::Object ? name : Ref{0};
}

void Trace::keepFolder(Ref name, Ref first, std::uint32_t node)
{
    const auto folder = folderOf(first, node);
    if (folder != 0 && folder != name && at(name).text.starts_with(hole) && at(name).madeBy.empty()) {
        at(name).madeBy.emplace_back(folderKey, folder);
    }
}

// Two files of one name in folders that nobody knows are two.
void Trace::tellApart(Locator& locator, Ref name)
{
    const auto folder = locator.id.starts_with('*') && !m_uncalled ? folderOf(name, code::Syntax::none) : Ref{0};
    if (folder == 0 || folder == name) {
        return;
    }
    auto& known = m_folders[locator.id];
    const auto hit = std::find(known.begin(), known.end(), folder);
    if (hit == known.end() && known.size() < maxFolders) {
        known.push_back(folder);
        locator.apart = known.size() > 1 ? '~' + placeIdOf(at(folder).place) : std::string();
    } else if (hit != known.end() && hit != known.begin()) {
        locator.apart = '~' + placeIdOf(at(folder).place);
    }
}

// make_archive("base", "zip", folder): writes base.zip and gives its name.
bool Trace::makesArchive(TraceCall& site, std::string_view name, Ref& result)
{
    constexpr std::pair<std::string_view, std::string_view> endings[] = {
        {"zip", ".zip"}, {"tar", ".tar"}, {"gztar", ".tar.gz"}, {"bztar", ".tar.bz2"}, {"xztar", ".tar.xz"}};
    if (name != "shutil.make_archive") {
        return false;
    }
    const auto format = at(site.value(1, "format")).text;
    const auto* ending = std::find_if(
        std::begin(endings), std::end(endings), [format](const auto& entry) { return entry.first == format; });
    const auto base = textOf(site.value(0, "base_name"));
    result = text(base + std::string(ending == std::end(endings) ? std::string_view(".*") : ending->second), site.node);
    const auto where = place(site.node);
    Marks inputs;
    for (const auto& locator : locatorsOf(site.value(2, "root_dir"), "dir", false)) {
        const auto node = m_out.located(locator, name, where);
        m_out.source(node, locator.kind, locator.value, where);
        mergeMarks(inputs, {node});
    }
    writesNamed(result, inputs, site, {name, "call:shutil.make_archive", "it is packed into this archive"});
    return true;
}

// archive.write(file), archive.writestr(name, text), tar.add(file): into the archive that was opened for it.
bool Trace::archiveMember(TraceCall& site, Ref receiver, std::string_view name, Ref& result)
{
    const auto type = at(receiver).type;
    const bool archive = has(type, "ZipFile") || has(type, "TarFile") || type == "tarfile.open";
    if (!archive || at(receiver).locators.empty() || !at(receiver).from.empty()
        || !isOneOf(name, {"write", "writestr", "add", "addfile"})) {
        return false;
    }
    const auto where = place(site.node);
    Marks inputs;
    if (name == "write" || name == "add") {
        for (const auto& locator : locatorsOf(site.value(0, name == "add" ? "name" : "filename"), "path", false)) {
            const auto node = m_out.located(locator, "archive", where);
            m_out.source(node, locator.kind, locator.value, where);
            mergeMarks(inputs, {node});
        }
    } else {
        mergeMarks(inputs, at(site.value(1, "data")).from);
    }
    for (const auto& locator : locatorsOf(receiver, "path", false)) {
        const auto node = m_out.located(locator, type, where);
        m_out.sink(node, locator.kind, locator.value, where, inputs);
        for (const auto from : inputs) {
            m_out.edge(from, node, EdgeKind::Writes, "call:" + std::string(name), "it is put into the archive", where);
        }
    }
    result = object({}, site.node);
    return true;
}

// path = download(url, "a.csv"): the place that it was put to comes back.
Ref Trace::pathPlaced(const TraceCall& site, const ApiRow& row)
{
    if (!isOneOf(row.returns, {"str", "path", "Path", "str path"})) {
        return 0;
    }
    const auto given = argumentsFor(site, {row.locators[1]}, site.receiver);
    return given.size() == 1 && at(given.front()).kind == ThingKind::Text ? given.front() : Ref{0};
}

} // namespace cupel::lineage
