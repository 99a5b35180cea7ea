// SPDX-License-Identifier: GPL-3.0-or-later
// Methods of lists, dictionaries, open files and frames.
#include "analyzers/lineage/trace.h"

#include "analyzers/lineage/words.h"

#include <algorithm>

namespace cupel::lineage {

namespace {

constexpr int maxHops = 16; // from a call to what holds it

bool onlyShows(std::string_view function)
{
    return isOneOf(function, {"print", "display", "pprint"});
}

} // namespace

// Parsers of arguments, archives, readers and writers that are set up step by step.
bool Trace::readerMethod(TraceCall& site, Ref receiver, std::string_view name, Ref& result)
{
    auto& thing = at(receiver);
    if (thing.type == "argparse.ArgumentParser" && argumentParser(site, receiver, name, result)) {
        return true;
    }
    const auto target = site.value(0, {});
    if (name == "download" && !thing.from.empty() && at(target).kind == ThingKind::Text && thing.modelNode == none) {
        const auto where = place(site.node);
        for (const auto& locator : locatorsOf(target, "dir", false)) {
            const auto node = m_out.located(locator, "download", where);
            m_out.sink(node, locator.kind, locator.value, where, thing.from);
            for (const auto from : thing.from) {
                m_out.edge(from, node, EdgeKind::Writes, "call:download", "it is downloaded to this place", where);
            }
        }
        result = derived({receiver}, site.node);
        return true;
    }
    if (isOneOf(name, {"extractall", "extract"}) && !thing.from.empty()) {
        // Members of an archive come to lie in a folder.
        const auto where = place(site.node);
        auto locators = locatorsOf(site.value(name == "extract" ? 1 : 0, "path"), "dir", false);
        if (locators.empty()) {
            locators.push_back(readLocator(".", workingFolder(), "dir", false));
        }
        for (const auto& locator : locators) {
            const auto node = m_out.located(locator, "extractall", where);
            m_out.sink(node, SourceKind::Dir, locator.value, where, thing.from);
            for (const auto from : thing.from) {
                m_out.edge(from, node, EdgeKind::Writes, "call:extractall", "its members are unpacked here", where);
            }
        }
        return true;
    }
    if (thing.type.starts_with("pyspark.sql.SparkSession.Builder")) {
        result = name == "getOrCreate" ? object("pyspark.sql.SparkSession", site.node) : receiver;
        return true;
    }
    const bool chained =
        thing.type.starts_with("pyspark.sql.DataFrameReader") || thing.type.starts_with("pyspark.sql.DataFrameWriter");
    if (chained
        && isOneOf(
            name, {"option", "options", "format", "schema", "mode", "header", "partitionBy", "bucketBy", "sortBy"})) {
        if (name == "mode") { // "append", "overwrite"
            thing.setMember(name, site.value(0, "saveMode"));
        }
        result = receiver;
        return true;
    }
    return false;
}

// What dictionaries do.
bool Trace::dictionaryMethod(TraceCall& site, Ref receiver, std::string_view name, Ref& result)
{
    auto& thing = at(receiver);
    if (thing.kind == ThingKind::Dictionary) {
        if (name == "setdefault" && at(site.value(0, {})).kind == ThingKind::Text) {
            thing.setMember(at(site.value(0, {})).text, site.value(1, {}));
            mutate(receiver, {site.value(1, {})}, site.node, "setdefault");
            result = site.value(1, {});
            return true;
        }
        if (name == "items" || name == "values" || name == "keys") {
            result = make(ThingKind::List, site.node);
            at(result).open = thing.open;
            at(result).takeData(thing);
            for (const auto& [key, value] : thing.members) {
                const auto keyText = make(ThingKind::Text, site.node);
                at(keyText).text = key;
                if (name == "items") {
                    const auto pair = make(ThingKind::Tuple, site.node);
                    at(pair).items = {keyText, value};
                    at(pair).takeData(at(value));
                    at(result).items.push_back(pair);
                } else {
                    at(result).items.push_back(name == "keys" ? keyText : value);
                }
            }
            return true;
        }
        if (name == "get" && at(site.value(0, {})).kind == ThingKind::Text) {
            result = thing.member(at(site.value(0, {})).text);
            result = result != 0 ? result : site.value(1, {});
            return true;
        }
        if (name == "update" && site.value(0, {}) == 0) {
            std::vector<Ref> all;
            for (const auto& argument : site.arguments) {
                thing.setMember(argument.name, argument.value);
                all.push_back(argument.value);
            }
            mutate(receiver, all, site.node, "update");
            return true;
        }
        if (name == "update") {
            const auto with = site.value(0, {});
            for (const auto& [key, value] : at(with).members) {
                thing.setMember(key, value);
            }
            mutate(receiver, {with}, site.node, "update");
            return true;
        }
    }
    return false;
}

// What lists and sets do.
bool Trace::listMethod(TraceCall& site, Ref receiver, std::string_view name, Ref& result)
{
    auto& thing = at(receiver);
    if (thing.kind == ThingKind::List && isOneOf(name, {"append", "add", "insert", "extend", "update", "appendleft"})) {
        const auto value = site.value(name == "insert" ? 1 : 0, {});
        if (name == "extend" || name == "update") {
            addItems(receiver, value);
            thing.open = thing.open || at(value).open || !at(value).isSequence();
        } else if (thing.items.size() < maxListed) {
            thing.items.push_back(value);
        }
        mutate(receiver, {value}, site.node, name);
        return true;
    }
    if (thing.kind == ThingKind::List && name == "pop") {
        result = elementOf(receiver, site.node);
        return true;
    }
    return false;
}

// What open files do.
bool Trace::fileMethod(TraceCall& site, Ref receiver, std::string_view name, Ref& result)
{
    auto& thing = at(receiver);
    if (isOneOf(name, {"fetchall", "fetchone", "fetchmany", "fetchdf", "df", "fetch_df", "arrow", "pl"})
        && !thing.from.empty()) {
        result = derived({receiver}, site.node, isOneOf(name, {"df", "fetchdf", "fetch_df"}) ? "pandas.DataFrame" : "");
        at(result).columns = thing.columns;
        return true;
    }
    if (thing.type == "file") {
        if (isOneOf(name, {"write", "writelines"})) {
            const auto where = place(site.node);
            const auto value = site.value(0, {});
            auto places = locatorsOf(receiver, "path", false);
            if (places.empty() && thing.blank) {
                places.push_back({SourceKind::File, NodeKind::File, "*", nameOfUnknown(thing.place)});
            }
            for (auto& locator : places) {
                const bool model = std::any_of(at(value).from.begin(), at(value).from.end(),
                    [this](auto mark) { return m_out.graph().nodes[mark].kind == NodeKind::Model; });
                if (model && isModelExtension(extensionOf(locator.value))) {
                    locator.node = NodeKind::ModelFile;
                    locator.kind = SourceKind::ModelFile;
                }
                const auto node = m_out.located(locator, "open", where);
                m_out.sink(node, locator.kind, locator.value, where, at(value).from);
                if (!model) {
                    keepWritten(node, {value}, isPart(site, receiver));
                }
                for (const auto from : at(value).from) {
                    m_out.edge(from, node, model ? EdgeKind::Saves : EdgeKind::Writes, "call:write",
                        "it is written here", where);
                }
            }
            return true;
        }
        if (isOneOf(name, {"read", "readlines", "readline"})) {
            result = derived({receiver}, site.node, "str");
            return true;
        }
        if (name == "close" || name == "flush" || name == "seek") {
            return true;
        }
    }
    if (thing.kind == ThingKind::Bound || isOneOf(name, {"__enter__"})) {
        result = receiver;
        return true;
    }
    return false;
}

bool Trace::sequenceMethod(TraceCall& site, Ref receiver, std::string_view name, Ref& result)
{
    return archiveMember(site, receiver, name, result) || readerMethod(site, receiver, name, result)
        || dictionaryMethod(site, receiver, name, result) || listMethod(site, receiver, name, result)
        || fileMethod(site, receiver, name, result);
}

// Methods that give the thing itself, or a view of it.
bool Trace::sameMethod(TraceCall& site, Ref receiver, std::string_view name, Ref& result)
{
    const auto type = at(receiver).type;
    if (isOneOf(name, {"cpu", "cuda", "to", "eval", "train", "half", "float", "double"}) && isModule(type, m_roles)) {
        result = receiver;
        return true;
    }
    if (isOneOf(name, {"cpu", "cuda", "to", "detach", "numpy", "long", "float", "item", "squeeze", "view", "reshape"})
        && type == "torch.Tensor") {
        result = alike(receiver, site.node);
        return true;
    }
    // Views: what is changed in them changes what they show, and the other way.
    constexpr std::string_view viewing[] = {
        "reshape", "ravel", "view", "transpose", "squeeze", "detach", "swapaxes", "permute"};
    if (std::find(std::begin(viewing), std::end(viewing), name) != std::end(viewing) && at(receiver).modelNode == none
        && (has(type, "array") || type == "torch.Tensor" || type.empty()) && at(receiver).kind == ThingKind::Object) {
        result = derived({receiver}, site.node, type);
        at(result).self = receiver;
        at(result).columns = at(receiver).columns;
        if (at(receiver).views.size() < 64) {
            at(receiver).views.push_back(result);
        }
        return true;
    }
    return false;
}

// Not only shown: alone on its line, printed, or a table of statistics that goes neither into a name nor into rows.
bool Trace::isKept(std::uint32_t call, bool table) const
{
    const auto& syntax = tree();
    const auto isRows = [&](std::uint32_t node) {
        const auto& thing = at(node == code::Syntax::none ? Ref{0} : valueAt(node));
        return thing.kind == ThingKind::Object && !thing.rows.empty();
    };
    auto node = call;
    for (int hops = 0; hops < maxHops && syntax[node].parent != node; ++hops) {
        const auto inner = node;
        node = syntax[node].parent;
        switch (syntax[node].kind) {
        case code::NodeKind::ExpressionStatement:
        case code::NodeKind::Block:
            return !table && hops > 0;
        case code::NodeKind::Assignment:
        case code::NodeKind::AugmentedAssignment:
        case code::NodeKind::Return:
            return true;
        case code::NodeKind::BinaryOperator: // (rows - rows.describe().loc["mean"]) / ...
            if (const auto left = syntax.child(node, code::NodeField::Left); left != inner && isRows(left)) {
                return true;
            }
            break;
        case code::NodeKind::Call: { // rows.fillna(rows.describe().loc["mean"])
            const auto function = syntax.child(node, code::NodeField::Function);
            if (function != code::Syntax::none && function != inner && onlyShows(nodeText(function))) {
                return false; // print(f"{rows.mean():.1f}")
            }
            const bool method = function != code::Syntax::none && function != inner
                && syntax[function].kind == code::NodeKind::Attribute;
            if (method && isRows(syntax.child(function, code::NodeField::Object))) {
                return true;
            }
            break;
        }
        default:
            break;
        }
    }
    return !table;
}

// mean(), std() ...: what is made of them knows all rows.
// np.mean(x, axis=0), tf.reduce_mean(x): the same as x.mean(), where `x` is data and no guess, no loss of a model.
bool Trace::statisticCall(TraceCall& site, std::string_view name, Ref& result)
{
    const auto library = name.substr(0, name.find('.'));
    auto last = lastPart(name);
    last.remove_prefix(last.starts_with("reduce_") ? 7 : last.starts_with("nan") ? 3 : 0);
    const auto of =
        site.arguments.empty() || !site.arguments.front().name.empty() ? Ref{0} : site.arguments.front().value;
    const auto& data = at(of);
    const bool measured = data.kind == ThingKind::Object && data.models.empty() && data.passes.empty()
        && (library == "numpy" || site.value(-1, "axis") != 0); // what gives one number may be a loss
    return isOneOf(library, {"numpy", "tensorflow", "torch", "jax"}) && measured
        && statisticMethod(site, of,
            last == "amin"       ? "min"
                : last == "amax" ? "max"
                                 : last,
            result, true);
}

// Numbers that tell of all rows; along another axis than the first, or one that nobody knows, they tell of one each.
bool Trace::statisticMethod(TraceCall& site, Ref receiver, std::string_view name, Ref& result, bool function)
{
    constexpr std::string_view statistics[] = {
        "mean", "median", "std", "var", "min", "max", "quantile", "mode", "sum", "describe"};
    const auto* given = site.find(-1, "axis");
    given = given ? given : site.find(-1, "dim");
    given = given ? given : site.find((function ? 1 : 0) + (name == "quantile" ? 1 : 0), {});
    const auto& axis = at(given ? given->value : Ref{0});
    const bool column = given && given->name.empty() && axis.kind == ThingKind::Text; // rows.sum("a")
    const auto isFirst = [this](Ref one) {
        return at(one).kind == ThingKind::Nothing || isOneOf(at(one).text, {"0", "None", "index", "rows"});
    };
    const bool first = axis.isSequence() ? std::any_of(axis.items.begin(), axis.items.end(), isFirst) // (0, 1)
                                         : given && isFirst(given->value);
    const bool each = given && !column && !first;
    if (std::find(std::begin(statistics), std::end(statistics), name) != std::end(statistics) && !each
        && !at(receiver).rows.empty() && at(receiver).modelNode == none) {
        result = derived({receiver}, site.node, name == "describe" ? at(receiver).type : std::string_view());
        const auto rows = at(receiver).rows;
        if (site.unit != m_unit || isKept(site.node, name == "describe")) {
            m_fits.push_back({place(site.node), rows, std::string(name), true});
        }
        mergeMarks(at(result).fittedOn, rows);
        at(result).rows.clear();
        return true;
    }
    return false;
}

// What frames do that matters for columns and for what is changed in place.
bool Trace::frameMethod(TraceCall& site, Ref receiver, std::string_view name, Ref& result)
{
    return sameMethod(site, receiver, name, result) || statisticMethod(site, receiver, name, result)
        || columnMethod(site, receiver, name, result);
}

// parser.add_argument("--data", default="a.csv"); args = parser.parse_args()
bool Trace::argumentParser(TraceCall& site, Ref receiver, std::string_view name, Ref& result)
{
    if (name == "add_argument") {
        std::string_view option;
        Names options;
        for (const auto& argument : site.arguments) {
            if (argument.name.empty() && at(argument.value).kind == ThingKind::Text) {
                options.push_back(at(argument.value).text);
                const bool longer = at(argument.value).text.starts_with("--")
                    || (at(argument.value).text.size() > 2 && option.size() < 3);
                option = option.empty() || longer ? at(argument.value).text : option;
            }
        }
        if (const auto dest = site.value(-1, "dest"); at(dest).kind == ThingKind::Text) {
            option = at(dest).text;
        }
        std::string key(option.substr(std::min(option.find_first_not_of("-/"), option.size())));
        std::replace(key.begin(), key.end(), '-', '_');
        auto value = site.value(-1, "default");
        const bool placed = !options.empty() && !options.front().starts_with('-')
            && !options.front().starts_with('/'); // /f of prefix_chars
        const auto given =
            placed ? argumentAt(at(receiver).items.size(), false, site.node) : optionGiven(options, value, site.node);
        value = given != 0 ? given : value;
        if (value == 0) {
            value = text(std::string(1, hole), site.node);
        }
        if (placed) {
            at(receiver).items.push_back(value);
        }
        at(receiver).setMember(keep(std::move(key)), value);
        return true;
    }
    if (name == "parse_args" || name == "parse_known_args") {
        const auto values = object("argparse.Namespace", site.node);
        at(values).members = at(receiver).members;
        result = values;
        if (name == "parse_known_args") {
            result = make(ThingKind::Tuple, site.node);
            at(result).items = {values, make(ThingKind::List, site.node)};
        }
        return true;
    }
    if (name == "add_argument_group" || name == "add_mutually_exclusive_group") {
        result = receiver;
        return true;
    }
    return false;
}

} // namespace cupel::lineage
