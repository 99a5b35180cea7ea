// SPDX-License-Identifier: GPL-3.0-or-later
// Where data comes from: the places that arguments name.
#include "analyzers/lineage/trace.h"

#include "analyzers/lineage/words.h"

#include <algorithm>
#include <cctype>

namespace cupel::lineage {

namespace {

constexpr std::string_view keptParts = "(parts)"; // of an open file: no name of Python's

// "cp-{epoch:04d}.ckpt": what a library fills in while it runs is not known.
std::string withHoles(std::string_view text)
{
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto end = text[i] == '{' ? text.find('}', i) : std::string_view::npos;
        const auto inner = end == std::string_view::npos ? std::string_view() : text.substr(i + 1, end - i - 1);
        const auto name = inner.substr(0, inner.find(':'));
        const bool field = !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
            return c == '_' || std::isalnum(static_cast<unsigned char>(c)) != 0;
        });
        out += field ? hole : text[i];
        i = field ? end : i;
    }
    return out;
}

} // namespace

std::vector<Ref> Trace::argumentsFor(const TraceCall& site, const std::vector<ApiArgument>& wanted, Ref receiver)
{
    std::vector<Ref> list;
    for (const auto& argument : wanted) {
        if (argument.self) {
            list.push_back(receiver);
        } else if (argument.all) {
            for (const auto& given : site.arguments) {
                if (given.name.empty()) {
                    list.push_back(given.value);
                }
            }
        } else if (argument.making) {
            for (const auto& [name, value] : at(receiver).madeBy) {
                if (name == argument.name) {
                    list.push_back(value);
                }
            }
        } else if (const auto value = site.value(argument.position, argument.name); value != 0) {
            list.push_back(value);
        }
    }
    return list;
}

// The places that a value names: a constant, several that it may be, an open file.
std::vector<Locator> Trace::locatorsOf(Ref value, std::string_view kindOfTable, bool model)
{
    std::vector<Locator> list;
    const auto& thing = at(value);
    const auto base = workingFolder();
    if (thing.kind == ThingKind::Text && kindOfTable == "catalog name") {
        Locator locator;
        std::string_view type;
        if (catalogued(thing.text, locator, type)) {
            return {locator};
        }
    }
    if (thing.kind == ThingKind::Text) {
        std::vector<Ref> all = thing.made.empty() ? std::vector<Ref>{value} : thing.made;
        for (const auto one : all) {
            if (at(one).kind == ThingKind::Text && !at(one).text.empty() && at(one).text != std::string_view(&hole, 1)
                && list.size() < 16) {
                list.push_back(readLocator(withHoles(at(one).text), base, kindOfTable, model));
                tellApart(list.back(), one);
            }
        }
    } else if (thing.isSequence()) {
        for (const auto item : thing.items) {
            const auto& pair = at(item); // [(datastore, "folder/"), ...]
            const auto last = pair.kind == ThingKind::Tuple && !pair.items.empty() ? pair.items.back() : item;
            if (at(last).kind == ThingKind::Text && list.size() < 64) {
                list.push_back(readLocator(at(last).text, base, kindOfTable, model));
            }
        }
    } else if (thing.kind == ThingKind::Dictionary) {
        for (const auto& [name, file] : thing.members) { // {"train": "a.csv", "test": "b.csv"}
            if (at(file).kind == ThingKind::Text && list.size() < 64) {
                list.push_back(readLocator(at(file).text, base, kindOfTable, model));
            }
        }
    } else {
        for (const auto written : thing.locators) {
            list.push_back(readLocator(withHoles(written), base, kindOfTable, model));
        }
    }
    return list;
}

// The place as code of this folder would write it: what a value keeps of its place is read again by locatorsOf.
std::string Trace::asWritten(const Locator& locator)
{
    const bool file =
        locator.kind == SourceKind::File || locator.kind == SourceKind::Dir || locator.kind == SourceKind::ModelFile;
    const bool relative =
        file && locator.node != NodeKind::Remote && (!locator.outside || locator.id.starts_with("../"));
    const auto base = workingFolder();
    if (!relative || base.empty()) {
        return locator.value;
    }
    if (locator.value.starts_with(base + '/')) {
        return locator.value.substr(base.size() + 1);
    }
    std::string up = "../";
    for (const char c : base) {
        up += c == '/' ? "../" : "";
    }
    return base.starts_with("..") ? locator.value : up + locator.value;
}

// `which`: of several arguments that name places.
std::vector<Locator> Trace::locatorsFor(const TraceCall& site, const ApiRow& row, Ref receiver, std::size_t which)
{
    bool model = row.is(roleLoadModel | roleSaveModel) || row.callee.ends_with(".from_pretrained");
    std::string_view kind = row.locatorKind;
    if (has(kind, "by repo_type")) { // of models, unless the call says otherwise
        const auto& type = at(site.value(-1, "repo_type"));
        model = type.kind == ThingKind::Text ? type.text == "model" : type.from.empty();
    }
    if (const auto plus = kind.find('+'); plus != std::string_view::npos) {
        kind = which == 0 ? kind.substr(0, plus) : kind.substr(plus + 1);
    }
    for (std::size_t i = which; i < row.locators.size(); ++i) {
        const auto values = argumentsFor(site, {row.locators[i]}, receiver);
        for (const auto value : values) {
            auto list = locatorsOf(value, kind, model);
            if (!list.empty()) {
                std::for_each(list.begin(), list.end(), [&](auto& locator) { savedHere(locator, value); });
                return list;
            }
        }
        if (row.locatorKind.find('+') != std::string_view::npos) {
            break;
        }
    }
    return {};
}

Ref Trace::fromSource(std::uint32_t node, std::string_view type, std::uint32_t at_)
{
    const auto ref = object(type, at_);
    if (node == none) {
        return ref;
    }
    at(ref).from = {node};
    RowSet rows;
    const auto& entry = m_out.graph().nodes[node];
    rows.role = roleOfPlace(entry.locator.empty() ? entry.label : entry.locator);
    at(ref).rows = {m_rows.add(rows)};
    readBack(node, ref);
    return ref;
}

// What a call was given that decides which data it gives: "(train=False)".
std::string Trace::constants(const TraceCall& site)
{
    std::string all;
    for (const auto& argument : site.arguments) {
        const auto& thing = at(argument.value);
        const bool place = argument.name == "root" || argument.name == "data_home"
            || argument.name.find("path") != std::string_view::npos
            || argument.name.find("dir") != std::string_view::npos;
        if (thing.isConstant() && !place && thing.text.size() < 64 && thing.text.find(hole) == std::string_view::npos) {
            all += all.empty() ? "(" : ", ";
            all += argument.name.empty() ? std::string(thing.text)
                                         : std::string(argument.name) + '=' + std::string(thing.text);
        }
    }
    return all.empty() ? all : withoutCredentials(all) + ')';
}

// A call that says itself what it gives: load_iris(), make_blobs().
Ref Trace::noLocator(TraceCall& site, const ApiRow& row)
{
    const bool generated = row.is(roleGenerate);
    const bool fileObject = !row.locators.empty() && !has(row.callee, ".datasets.");
    const auto where = place(site.node);
    if (fileObject && !has(row.locatorKind, "id")) {
        // A place is named, but nobody knows which. What nobody calls is given it by whoever will.
        const auto id = (m_uncalled ? "argument:" : "unknown:") + placeId(site.node, {});
        const auto node = m_out.node(NodeKind::Unknown, id, "?", where);
        m_out.source(node, m_uncalled ? SourceKind::Argument : SourceKind::Unknown, "*", where);
        if (node != none) {
            m_out.graph().nodes[node].api = row.callee;
        }
        return fromSource(node, m_roles.type(row.returns), site.node);
    }
    const auto name = std::string(row.kind == "pattern" ? at(site.function).text : row.callee);
    auto label = name.substr(name.rfind('.') + 1);
    const auto owner = name.substr(0, name.size() - std::min(name.size(), label.size() + 1));
    if (label.starts_with("load") && !owner.ends_with("datasets") && has(owner, ".datasets.")) {
        label = owner.substr(owner.rfind('.') + 1); // keras.datasets.mnist.load_data
    }
    const auto id =
        generated ? "generated:" + placeId(site.node, {}) : "builtin:" + m_roles.canonical(name) + constants(site);
    const auto node = m_out.node(NodeKind::Dataset, id, label, where);
    if (node != none) {
        m_out.graph().nodes[node].api = name;
        m_out.graph().nodes[node].outside = !generated; // made up here, from nowhere
        m_out.graph().nodes[node].locator = name;
    }
    const bool pretrained = row.is(roleLoadModel) && row.is(roleRemote);
    if (pretrained && node != none) {
        m_out.graph().nodes[node].kind = NodeKind::ModelFile;
    }
    const bool uploaded = row.locatorKind == "uploaded"; // by whoever runs it
    m_out.source(node,
        uploaded         ? SourceKind::Argument
            : generated  ? SourceKind::Generated
            : pretrained ? SourceKind::RemoteModel
                         : SourceKind::BuiltinDataset,
        name, where);
    const auto ref = fromSource(node, m_roles.type(row.returns), site.node);
    if (generated && !at(ref).rows.empty()) {
        m_rows[at(ref).rows.front()].role = Role::Generated;
    }
    return ref;
}

// An open file, a response: its place was told when it was opened. 0: it is none.
Ref Trace::carriedSource(const TraceCall& site, const ApiRow& row, Ref receiver)
{
    for (const auto& argument : row.locators) {
        const auto values = argumentsFor(site, {argument}, receiver);
        for (const auto value : values) {
            const bool paths = at(value).pathLike && !at(value).locators.empty(); // not read yet
            const bool carried = at(value).kind == ThingKind::Object && !at(value).from.empty() && !paths;
            if (carried) {
                const auto ref = derived({value}, site.node, m_roles.type(row.returns));
                if (const auto parts = at(value).member(keptParts); parts != 0) {
                    readParts(parts, ref);
                }
                for (const auto from : at(value).from) {
                    m_out.graph().nodes[from].unsafeLoad =
                        m_out.graph().nodes[from].unsafeLoad || row.is(roleUnsafeLoad);
                }
                if (row.is(roleLoadModel)) {
                    for (const auto from : at(value).from) {
                        auto& node = m_out.graph().nodes[from];
                        node.kind = node.kind == NodeKind::File ? NodeKind::ModelFile : node.kind;
                    }
                    at(ref).fitted = true;
                }
                return ref;
            }
        }
    }
    return 0;
}

// load(..., split=["train[:80%]", "test"]): one value for each part that is asked for.
Ref Trace::askedParts(const TraceCall& site, Ref all)
{
    if (at(site.value(-1, "with_info")).text == "True") { // (data, what is known of it)
        auto inner = site;
        std::erase_if(inner.arguments, [](const auto& argument) { return argument.name == "with_info"; });
        const auto pair = make(ThingKind::Tuple, site.node);
        const auto given = askedParts(inner, all);
        at(pair).items = {given, make(ThingKind::Unknown, site.node)};
        at(pair).split = at(given).split;
        at(pair).takeData(at(given));
        return pair;
    }
    const auto wanted = at(site.value(-1, "split")).items;
    const bool texts = wanted.size() > 1 && wanted.size() <= 16
        && std::all_of(wanted.begin(), wanted.end(), [this](auto item) { return at(item).kind == ThingKind::Text; });
    if (!texts) {
        return all;
    }
    std::vector<Role> roles;
    bool twice = false; // ["train[:80%]", "train[80%:]"]
    for (const auto item : wanted) {
        const auto said = roleOfName(at(item).text);
        // A second piece of what is for training is there to watch it.
        const bool again = said == Role::Train && std::find(roles.begin(), roles.end(), said) != roles.end();
        roles.push_back(again ? Role::Validation : said);
        twice = twice || again;
    }
    const auto whole = at(all).type;
    auto result = parts({all}, roles, site.node, true);
    for (std::size_t i = 0; i < roles.size() && i < at(result).items.size(); ++i) {
        const auto part = at(result).items[i];
        at(part).type = whole;
        for (const auto set : at(part).rows) {
            m_rows[set].role = roles[i];
            m_rows[set].guessed = twice;
        }
    }
    return result;
}

// What the call says of the data: columns that are read, the part that is asked for.
void Trace::describeSource(const TraceCall& site, Ref all)
{
    // read_csv(usecols=[...])
    for (const auto name : {"usecols", "columns", "names", "column_names"}) {
        const auto columns = site.value(-1, name);
        addOnce(at(all).columns, namesOf(at(columns).isSequence() ? columns : 0));
    }
    useColumns(all, at(all).columns, "read", site.node);
    const auto role = askedRole(site);
    if (role != Role::None && !at(all).rows.empty()) {
        m_rows[at(all).rows.front()].role = role;
    }
}

// load_dataset("csv", data_files=...): how they are read, and what. 0: it is no such call.
Ref Trace::filesOf(const TraceCall& site, const ApiRow& row) const
{
    const bool builder = has(row.locatorKind, "builder+files")
        && isOneOf(at(site.value(0, "path")).text, {"csv", "json", "parquet", "text", "arrow", "pandas", "xml"});
    return builder ? site.value(-1, "data_files") : Ref{0};
}

// All that was read, in which the parts that a dictionary of files names are told apart.
Ref Trace::wholeOf(const std::vector<Ref>& parts, Ref files, std::uint32_t node)
{
    const bool named = parts.size() == at(files).members.size();
    const auto all = named ? derived(parts, node, at(parts.front()).type) : parts.front();
    for (std::size_t i = named ? 0 : 1; i < parts.size(); ++i) {
        if (!named) {
            at(all).takeData(at(parts[i]));
            continue;
        }
        const auto name = at(files).members[i].first;
        at(all).setMember(name, parts[i]);
        for (const auto set : at(parts[i]).rows) {
            m_rows[set].role = m_rows[set].role == Role::None ? roleOfName(name) : m_rows[set].role;
        }
    }
    return all;
}

Ref Trace::sourceEffect(TraceCall& site, const ApiRow& row, Ref receiver)
{
    Ref weights = 0;
    if (has(row.locatorKind, "weight id") && pretrainedWeights(site, row, weights)) {
        return weights;
    }
    const auto where = place(site.node);
    const auto files = filesOf(site, row);
    auto locators = locatorsFor(site, row, receiver, row.locatorKind == "name+url" || files != 0 ? 1 : 0);
    if (const auto known = carriedSource(site, row, receiver); known != 0) {
        return known;
    }
    if (locators.empty() && receiver != 0 && !at(receiver).from.empty()) {
        const auto rows = derived({receiver}, site.node, m_roles.type(row.returns)); // a reader's rows
        chooseAsked(site, receiver, rows);
        return rows;
    }
    if (locators.empty() && receiver != 0 && !at(receiver).locators.empty()) {
        locators = locatorsOf(receiver, row.locatorKind, row.is(roleLoadModel));
    }
    if (locators.empty()) {
        return noLocator(site, row);
    }
    std::vector<Ref> parts;
    const auto revision = site.value(-1, "revision");
    for (auto& locator : locators) {
        const bool hub = locator.kind == SourceKind::HubModel || locator.kind == SourceKind::HubDataset;
        if (hub && at(revision).kind == ThingKind::Text) {
            locator.value += '@' + std::string(at(revision).text);
            locator.id += '@' + std::string(at(revision).text);
        }
        const auto node = m_out.located(locator, row.callee, where);
        m_out.source(node, locator.kind, locator.value, where);
        if (const auto written = m_written.find(node); written != m_written.end() && isPart(site, receiver)) {
            written->second = 0;
        }
        if (node != none && row.is(roleUnsafeLoad)) {
            m_out.graph().nodes[node].unsafeLoad = true;
        }
        const auto ref = fromSource(node, m_roles.type(row.returns), site.node);
        if (locator.kind == SourceKind::HubModel) {
            at(ref).rows.clear(); // a model, a tokenizer: what goes through it keeps its rows
        }
        at(ref).locators.push_back(keep(asWritten(locator)));
        at(ref).fitted = row.is(roleLoadModel);
        parts.push_back(ref);
    }
    const auto all = wholeOf(parts, files, site.node);
    for (const auto value : argumentsFor(site, row.locators, receiver)) {
        if (at(value).kind == ThingKind::Object && at(value).pathLike) {
            takePlaces(all, value);
        }
    }
    describeSource(site, all);
    return all;
}

// Rows of files whose names are rows themselves; and what a name stood for beside a place.
void Trace::takePlaces(Ref rows, Ref places)
{
    const auto parts = at(places).rows;
    mergeMarks(at(rows).from, at(places).from);
    if (!parts.empty()) {
        at(rows).rows = parts;
    }
}

Ref Trace::openFile(TraceCall& site, Ref path, Ref mode)
{
    const auto modeText = at(mode).kind == ThingKind::Text ? at(mode).text : std::string_view("r");
    const bool writes = modeText.find_first_of("wax") != std::string_view::npos;
    const auto where = place(site.node);
    const auto file = object("file", site.node);
    at(file).setMember("mode", mode);
    auto locators = locatorsOf(path, "path", false);
    if (locators.empty() && path != 0 && !at(path).from.empty()) {
        at(file).takeData(at(path));
        // open(job.output_path): a file that something else names; of a row or a loop it is one of those.
        const auto* given = site.find(0, "file");
        const bool attribute = given && site.unit == m_unit && tree()[given->node].kind == code::NodeKind::Attribute;
        if (attribute && !writes && !m_uncalled) {
            const auto node = m_out.node(NodeKind::File, nameOfUnknown({m_unit, site.node}), "?", where);
            m_out.source(node, SourceKind::File, "*", where);
            for (const auto from : at(path).from) {
                m_out.edge(from, node, EdgeKind::Derives, "attribute", "it names the file", where);
            }
            at(file).takeData(at(fromSource(node, "file", site.node)));
        }
    }
    for (const auto& locator : locators) {
        at(file).locators.push_back(keep(asWritten(locator)));
        if (writes) {
            continue; // what is written decides
        }
        auto known = locator;
        if (isModelExtension(extensionOf(locator.value))) {
            known.node = NodeKind::ModelFile;
            known.kind = SourceKind::ModelFile;
        }
        const auto node = m_out.located(known, "open", where);
        m_out.source(node, known.kind, known.value, where);
        const auto rows = fromSource(node, "file", site.node);
        at(file).takeData(at(rows));
        if (!at(rows).items.empty()) {
            at(file).setMember(keptParts, rows);
        }
    }
    if (locators.empty() && !writes && at(file).from.empty()) {
        const auto node = m_out.node(NodeKind::Unknown, "unknown:" + placeId(site.node, {}), "?", where);
        m_out.source(node, SourceKind::Unknown, "*", where);
        at(file).takeData(at(fromSource(node, "file", site.node)));
    }
    if (writes && locators.empty()) {
        at(file).type = "file";
        at(file).blank = at(path).kind == ThingKind::Text && !m_uncalled; // somewhere
    }
    return file;
}

} // namespace cupel::lineage
