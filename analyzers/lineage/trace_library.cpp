// SPDX-License-Identifier: GPL-3.0-or-later
// Calls that a table cannot describe: builtins, paths, files, containers, frames.
#include "analyzers/lineage/trace.h"

#include <algorithm>
#include <charconv>

namespace cupel::lineage {

namespace {

constexpr char hole = '\1';
constexpr std::size_t maxText = 16 << 10;

bool has(std::string_view text, std::string_view part)
{
    return text.find(part) != std::string_view::npos;
}

std::string_view lastPart(std::string_view dotted)
{
    const auto dot = dotted.rfind('.');
    return dot == std::string_view::npos ? dotted : dotted.substr(dot + 1);
}

bool isOneOf(std::string_view name, std::initializer_list<std::string_view> names)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

} // namespace

Ref Trace::openFile(TraceCall& site, Ref path, Ref mode)
{
    const auto modeText = at(mode).kind == ThingKind::Text ? at(mode).text : std::string_view("r");
    const bool writes = modeText.find_first_of("wax") != std::string_view::npos;
    const auto where = place(site.node);
    const auto file = object("file", site.node);
    auto locators = locatorsOf(path, "path", false);
    if (locators.empty() && path != 0 && !at(path).from.empty()) {
        at(file).takeData(at(path));
    }
    for (const auto& locator : locators) {
        at(file).locators.push_back(keep(locator.value));
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
        at(file).takeData(at(fromSource(node, "file", site.node)));
    }
    if (locators.empty() && !writes && at(file).from.empty()) {
        const auto node = m_out.node(NodeKind::Unknown, "unknown:" + placeId(site.node, {}), "?", where);
        m_out.source(node, SourceKind::Unknown, "*", where);
        at(file).takeData(at(fromSource(node, "file", site.node)));
    }
    if (writes && locators.empty()) {
        at(file).type = "file";
    }
    return file;
}

bool Trace::builtin(TraceCall& site, std::string_view name, Ref& result)
{
    const auto first = site.value(0, {});
    if (name == "open") {
        result = openFile(site, site.value(0, "file"), site.value(1, "mode"));
        return true;
    }
    if (name == "globals" || name == "locals" || name == "vars") {
        result = object(site.arguments.empty() ? std::string_view("names") : std::string_view(), site.node);
        return true;
    }
    if (name == "map" || name == "filter") {
        const auto results = handOver(site);
        result = make(ThingKind::List, site.node);
        at(result).open = true;
        const auto element = !results.empty() ? results.front() : elementOf(site.value(1, {}), site.node);
        at(result).items = {element};
        at(result).takeData(at(element));
        at(result).takeData(at(site.value(1, {})));
        return true;
    }
    if (name == "range" && !site.arguments.empty() && at(first).kind == ThingKind::Number) {
        const auto numberAt = [&](std::int32_t position, int otherwise) {
            int number = otherwise;
            const auto written = at(site.value(position, {})).text;
            std::from_chars(written.data(), written.data() + written.size(), number);
            return number;
        };
        const bool both = site.arguments.size() > 1;
        const int from = both ? numberAt(0, 0) : 0;
        const int to = both ? numberAt(1, 0) : numberAt(0, 0);
        result = make(ThingKind::List, site.node);
        at(result).open = to - from > 16 || to <= from || site.arguments.size() > 2;
        for (int i = from; i < to && !at(result).open; ++i) {
            const auto item = make(ThingKind::Number, site.node);
            at(item).text = keep(std::to_string(i));
            at(result).items.push_back(item);
        }
        return true;
    }
    if (isOneOf(name, {"list", "tuple", "sorted", "reversed", "set", "iter", "next"})) {
        if (site.arguments.empty()) {
            result = make(ThingKind::List, site.node);
            at(result).open = true;
        } else if (name == "next") {
            result = elementOf(first, site.node);
        } else if (at(first).isSequence()) {
            result = make(name == "tuple" ? ThingKind::Tuple : ThingKind::List, site.node);
            at(result).items = at(first).items;
            at(result).open = at(first).open || name == "reversed";
            at(result).takeData(at(first));
        } else {
            result = derived({first}, site.node, at(first).type);
        }
        return true;
    }
    if (name == "enumerate" || name == "zip") {
        result = make(ThingKind::List, site.node);
        std::vector<std::vector<Ref>> columns;
        std::size_t rows = 64;
        for (const auto& argument : site.arguments) {
            columns.push_back(elements(argument.value));
            rows = columns.back().empty() || at(argument.value).open ? 0 : std::min(rows, columns.back().size());
            at(result).takeData(at(argument.value));
        }
        at(result).open = rows == 0;
        for (std::size_t row = 0; row < std::max<std::size_t>(rows, 1) && !columns.empty(); ++row) {
            const auto tuple = make(ThingKind::Tuple, site.node);
            if (name == "enumerate") {
                at(tuple).items.push_back(make(ThingKind::Unknown, site.node));
            }
            for (std::size_t column = 0; column < columns.size(); ++column) {
                at(tuple).items.push_back(
                    rows > 0 ? columns[column][row] : elementOf(site.arguments[column].value, site.node));
                at(tuple).takeData(at(at(tuple).items.back()));
            }
            at(result).items.push_back(tuple);
        }
        return true;
    }
    if (name == "dict") {
        result = make(ThingKind::Dictionary, site.node);
        at(result).open = true;
        if (at(first).kind == ThingKind::Dictionary) {
            at(result).members = at(first).members;
            at(result).items = at(first).items;
        }
        at(result).takeData(at(first));
        for (const auto& argument : site.arguments) {
            if (!argument.name.empty()) {
                at(result).setMember(argument.name, argument.value);
                at(result).takeData(at(argument.value));
            }
        }
        return true;
    }
    if (name == "str" && at(first).isConstant()) {
        result = first;
        return true;
    }
    if (name == "range") {
        result = make(ThingKind::Unknown, site.node);
        return true;
    }
    if (isOneOf(name, {"print", "len", "isinstance", "type", "id", "hash", "help", "dir", "callable", "hasattr", "display"})) {
        result = make(ThingKind::Unknown, site.node);
        if (name != "print") {
            at(result).takeData(at(first));
            at(result).rows.clear();
        }
        return true;
    }
    if (name == "getattr" && at(site.value(1, {})).kind == ThingKind::Text) {
        result = memberOf(first, at(site.value(1, {})).text, site.node, true);
        return true;
    }
    if (name == "setattr" && at(site.value(1, {})).kind == ThingKind::Text && first != 0) {
        at(first).setMember(at(site.value(1, {})).text, site.value(2, {}));
        mutate(first, {site.value(2, {})}, site.node, "setattr");
        return true;
    }
    if (name == "super") {
        // What its methods do belongs to the object itself.
        if (const auto* self = findName("self")) {
            result = make(ThingKind::Object, site.node);
            at(result).type = at(*self).type;
            return true;
        }
    }
    if (name == "input") {
        const auto where = place(site.node);
        const auto node = m_out.node(NodeKind::Unknown, "input:" + placeId(site.node, {}), "input", where);
        m_out.source(node, SourceKind::Argument, "input", where);
        result = fromSource(node, {}, site.node);
        return true;
    }
    return false;
}

// Names of files that are put together.
bool Trace::paths(TraceCall& site, std::string_view name, Ref& result)
{
    const auto textOf = [this](Ref ref) {
        const auto& thing = at(ref);
        return thing.kind == ThingKind::Text ? std::string(thing.text) : std::string(1, hole);
    };
    const auto pathOf = [&](std::string value) {
        const auto ref = text(value.size() > maxText ? std::string(1, hole) : std::move(value), site.node);
        for (const auto& argument : site.arguments) {
            at(ref).takeData(at(argument.value));
        }
        return ref;
    };
    if (name == "os.path.join" || name == "pathlib.Path" || name == "pathlib.PurePath" || name == "pathlib.PosixPath") {
        std::string out;
        for (const auto& argument : site.arguments) {
            const auto part = textOf(argument.value);
            if (part.starts_with('/')) {
                out.clear();
            }
            out += !out.empty() && !out.ends_with('/') ? "/" : "";
            out += part;
        }
        result = pathOf(out.empty() ? "." : std::move(out));
        at(result).pathLike = name != "os.path.join";
        return true;
    }
    if (isOneOf(name, {"os.path.abspath", "os.path.realpath", "os.path.expanduser", "os.path.normpath", "os.fspath",
            "os.path.expandvars"})) {
        result = site.value(0, {});
        return true;
    }
    if (name == "os.path.basename" || name == "os.path.dirname") {
        const auto value = textOf(site.value(0, {}));
        const auto slash = value.rfind('/');
        result = pathOf(name == "os.path.basename" ? value.substr(slash + 1)
                : slash == std::string::npos       ? std::string(".")
                                                   : value.substr(0, slash));
        return true;
    }
    if (name == "os.getcwd" || name == "pathlib.Path.cwd") {
        result = pathOf(".");
        at(result).pathLike = name != "os.getcwd";
        return true;
    }
    if (name == "os.chdir") {
        const auto value = textOf(site.value(0, {}));
        if (!has(value, std::string_view(&hole, 1))) {
            m_directory = joinPath(workingFolder(), value);
        }
        return true;
    }
    if (name == "os.environ.get" || name == "os.getenv") {
        const auto fallback = site.value(1, "default");
        result = at(fallback).kind == ThingKind::Text ? fallback : pathOf(std::string(1, hole));
        return true;
    }
    if (name == "glob.glob" || name == "glob.iglob") {
        const auto pattern = site.value(0, "pathname");
        result = make(ThingKind::List, site.node);
        at(result).open = true;
        at(result).items.push_back(pattern);
        return true;
    }
    if (name == "os.listdir" || name == "os.scandir" || name == "os.walk") {
        const auto folderText = textOf(site.value(0, "path"));
        result = make(ThingKind::List, site.node);
        at(result).open = true;
        at(result).items.push_back(pathOf(name == "os.listdir" ? std::string(1, hole) : folderText));
        return true;
    }
    return false;
}

bool Trace::special(TraceCall& site, std::string_view name, Ref& result)
{
    const auto last = lastPart(name);
    if (isOneOf(name, {"pandas.concat", "numpy.concatenate", "numpy.vstack", "numpy.hstack", "pandas.merge"})) {
        std::vector<Ref> all;
        for (const auto& argument : site.arguments) {
            all.push_back(argument.value);
        }
        result = derived(all, site.node, name.starts_with("pandas") ? "pandas.DataFrame" : "numpy.ndarray");
        return true;
    }
    if (name == "pandas.DataFrame" || name == "numpy.array" || name == "pandas.Series" || name == "torch.tensor"
        || name == "numpy.asarray" || name == "torch.from_numpy") {
        const auto data = site.value(0, "data");
        const auto type = name == "pandas.DataFrame" || name == "pandas.Series" ? name
            : name.starts_with("torch")                                        ? std::string_view("torch.Tensor")
                                                                               : std::string_view("numpy.ndarray");
        const bool literal = (at(data).kind == ThingKind::Dictionary || at(data).isSequence()) && at(data).from.empty()
            && !at(data).items.empty() && !m_uncalled;
        if (literal) {
            const auto where = place(site.node);
            const auto node = m_out.node(NodeKind::Dataset, "literal:" + placeId(site.node, {}), "written in the code", where);
            m_out.source(node, SourceKind::Literal, std::string(name), where);
            result = fromSource(node, type, site.node);
        } else {
            result = derived({data}, site.node, type);
            at(result).columns = at(data).columns;
            if (name == "torch.from_numpy" || name == "numpy.asarray") {
                at(result).self = data;
                at(data).views.push_back(data != 0 ? result : 0);
            }
        }
        return true;
    }
    if (name == "copy.deepcopy" || name == "copy.copy" || name == "sklearn.base.clone") {
        const auto of = site.value(0, {});
        result = make(at(of).kind, site.node);
        const auto copied = at(of);
        at(result) = copied;
        at(result).place = {m_unit, site.node};
        at(result).self = 0;
        at(result).views.clear();
        if (name == "copy.deepcopy") {
            for (auto& item : at(result).items) {
                const auto inner = make(at(item).kind, site.node);
                const auto original = at(item);
                at(inner) = original;
                at(inner).views.clear();
                item = inner;
            }
        }
        if (name == "sklearn.base.clone") {
            at(result).modelNode = none;
            at(result).fitted = false;
            at(result).from.clear();
            at(result).fittedOn.clear();
        }
        return true;
    }
    if (name == "functools.partial") {
        const auto function = site.value(0, {});
        result = make(at(function).kind, site.node);
        const auto original = at(function);
        at(result) = original;
        for (std::size_t i = 1; i < site.arguments.size(); ++i) {
            const auto& argument = site.arguments[i];
            if (argument.name.empty()) {
                at(result).made.push_back(argument.value);
            } else {
                at(result).madeBy.emplace_back(argument.name, argument.value);
            }
        }
        return true;
    }
    if (name == "sys.path.append" || name == "sys.path.insert") {
        const auto root = site.value(name == "sys.path.append" ? 0 : 1, {});
        if (at(root).kind == ThingKind::Text && m_roots.size() < 16) {
            m_roots.push_back(joinPath(folder(), at(root).text));
        }
        return true;
    }
    if (name.starts_with("pyspark.sql.SparkSession.builder") || name == "pyspark.sql.SparkSession.getActiveSession") {
        result = object(last == "getOrCreate" || last == "getActiveSession" ? std::string_view("pyspark.sql.SparkSession")
                                                                      : std::string_view("pyspark.sql.SparkSession.Builder"), site.node);
        return true;
    }
    if (isOneOf(name, {"numpy.linspace", "numpy.logspace", "numpy.meshgrid", "numpy.mgrid"})) {
        // A grid: values that nobody measured.
        result = object("numpy.ndarray", site.node);
        for (const auto& argument : site.arguments) {
            at(result).takeData(at(argument.value));
        }
        RowSet grid;
        grid.role = Role::Generated;
        at(result).rows = {m_rows.add(grid)};
        return true;
    }
    if (name == "dataclasses.dataclass") {
        return false;
    }
    if (name.starts_with("statsmodels.formula.api.") || name == "patsy.dmatrices") {
        return formula(site, result);
    }
    if (name == "keras.utils.get_file") {
        // The address is a source, the file it is kept in is what is read.
        const auto origin = site.value(1, "origin");
        const auto where = place(site.node);
        auto file = std::string(at(site.value(0, "fname")).kind == ThingKind::Text ? at(site.value(0, "fname")).text : std::string_view());
        for (const auto& locator : locatorsOf(origin, "url", false)) {
            const auto node = m_out.located(locator, name, where);
            m_out.source(node, locator.kind, locator.value, where);
            file = file.empty() ? locator.value.substr(locator.value.rfind('/') + 1) : file;
            const auto local = readLocator(file, workingFolder(), "path", false);
            m_out.edge(node, m_out.located(local, name, where), EdgeKind::Writes, "call:keras.utils.get_file", "it is downloaded to this file", where);
        }
        result = text(file.empty() ? std::string(1, hole) : std::move(file), site.node);
        return true;
    }
    if (name == "argparse.ArgumentParser") {
        result = object(name, site.node);
        return true;
    }
    if (last == "Pipeline" || last == "make_pipeline" || last == "ColumnTransformer" || last == "make_column_transformer"
        || last == "FeatureUnion") {
        result = object(last == "make_pipeline" ? std::string_view("sklearn.pipeline.Pipeline")
                : last == "make_column_transformer" ? std::string_view("sklearn.compose.ColumnTransformer") : name, site.node);
        if (last == "make_pipeline") {
            const auto steps = make(ThingKind::List, site.node);
            for (const auto& argument : site.arguments) {
                at(steps).items.push_back(argument.value);
            }
            at(result).made = {steps};
            return true;
        }
        for (const auto& argument : site.arguments) {
            if (argument.name.empty()) {
                at(result).made.push_back(argument.value);
            } else {
                at(result).madeBy.emplace_back(argument.name, argument.value);
            }
        }
        return true;
    }
    if (isOneOf(name, {"json.dump", "pickle.dump", "joblib.dump", "torch.save", "dill.dump", "cloudpickle.dump", "yaml.dump", "numpy.save"})) {
        return false; // rows of the table
    }
    return false;
}

// ols("y ~ x + z", data=df): the formula names the columns.
bool Trace::formula(TraceCall& site, Ref& result)
{
    const auto written = at(site.value(0, "formula")).text;
    const auto data = site.value(1, "data");
    result = derived({data}, site.node, "statsmodels.base.model.Model");
    const auto tilde = written.find('~');
    if (tilde == std::string_view::npos) {
        return true;
    }
    std::vector<std::string_view> names;
    std::size_t from = std::string_view::npos;
    std::size_t label = 0;
    for (std::size_t i = 0; i <= written.size(); ++i) {
        const bool letter = i < written.size() && (written[i] == '_' || written[i] == '.' || std::isalnum(static_cast<unsigned char>(written[i])) != 0);
        if (letter && from == std::string_view::npos) {
            from = i;
        } else if (!letter && from != std::string_view::npos) {
            const bool call = i < written.size() && written[i] == '(';
            if (!call && std::isdigit(static_cast<unsigned char>(written[from])) == 0) {
                names.push_back(written.substr(from, i - from));
                label = from < tilde ? names.size() : label;
            }
            from = std::string_view::npos;
        }
    }
    const auto target = derived({data}, site.node);
    at(target).columns.assign(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(label));
    at(result).columns.assign(names.begin() + static_cast<std::ptrdiff_t>(label), names.end());
    at(result).madeBy.emplace_back("label", target);
    return true;
}

// parser.add_argument("--data", default="a.csv"); args = parser.parse_args()
bool Trace::argumentParser(TraceCall& site, Ref receiver, std::string_view name, Ref& result)
{
    if (name == "add_argument") {
        std::string_view option;
        for (const auto& argument : site.arguments) {
            if (argument.name.empty() && at(argument.value).kind == ThingKind::Text) {
                option = option.empty() || at(argument.value).text.starts_with("--") ? at(argument.value).text : option;
            }
        }
        if (const auto dest = site.value(-1, "dest"); at(dest).kind == ThingKind::Text) {
            option = at(dest).text;
        }
        std::string key(option.substr(std::min(option.find_first_not_of('-'), option.size())));
        std::replace(key.begin(), key.end(), '-', '_');
        auto value = site.value(-1, "default");
        if (value == 0) {
            value = text(std::string(1, hole), site.node);
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

bool Trace::sequenceMethod(TraceCall& site, Ref receiver, std::string_view name, Ref& result)
{
    auto& thing = at(receiver);
    if (thing.type == "argparse.ArgumentParser" && argumentParser(site, receiver, name, result)) {
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
    const bool chained = thing.type.starts_with("pyspark.sql.DataFrameReader") || thing.type.starts_with("pyspark.sql.DataFrameWriter");
    if (chained && isOneOf(name, {"option", "options", "format", "schema", "mode", "header", "partitionBy", "bucketBy", "sortBy"})) {
        result = receiver;
        return true;
    }
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
    if (thing.kind == ThingKind::List && isOneOf(name, {"append", "add", "insert", "extend", "update", "appendleft"})) {
        const auto value = site.value(name == "insert" ? 1 : 0, {});
        if (name == "extend" || name == "update") {
            thing.items.insert(thing.items.end(), at(value).items.begin(), at(value).items.end());
            thing.open = thing.open || at(value).open || !at(value).isSequence();
        } else if (thing.items.size() < 4'096) {
            thing.items.push_back(value);
        }
        mutate(receiver, {value}, site.node, name);
        return true;
    }
    if (thing.kind == ThingKind::List && name == "pop") {
        result = elementOf(receiver, site.node);
        return true;
    }
    if (thing.type == "file") {
        if (isOneOf(name, {"write", "writelines"})) {
            const auto where = place(site.node);
            const auto value = site.value(0, {});
            for (auto& locator : locatorsOf(receiver, "path", false)) {
                const bool model = std::any_of(at(value).from.begin(), at(value).from.end(),
                    [this](auto mark) { return m_out.graph().nodes[mark].kind == NodeKind::Model; });
                if (model && isModelExtension(extensionOf(locator.value))) {
                    locator.node = NodeKind::ModelFile;
                    locator.kind = SourceKind::ModelFile;
                }
                const auto node = m_out.located(locator, "open", where);
                m_out.sink(node, locator.kind, locator.value, where, at(value).from);
                for (const auto from : at(value).from) {
                    m_out.edge(from, node, model ? EdgeKind::Saves : EdgeKind::Writes, "call:write", "it is written here", where);
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

bool Trace::textMethod(TraceCall& site, Ref receiver, std::string_view name, Ref& result)
{
    const auto& thing = at(receiver);
    const auto value = std::string(thing.text);
    const auto done = [&](std::string out, bool path) {
        result = text(std::move(out), site.node);
        at(result).pathLike = path;
        at(result).takeData(at(receiver));
        return true;
    };
    const auto slash = value.rfind('/');
    const auto base = value.substr(slash + 1);
    const auto dot = base.rfind('.');
    if (thing.pathLike) {
        if (name == "parent") {
            const bool up = value == "." || value.ends_with("..");
            return done(up ? (value == "." ? std::string("..") : value + "/..")
                    : slash == std::string::npos ? std::string(".") : value.substr(0, slash), true);
        }
        if (name == "name") {
            return done(base, false);
        }
        if (name == "stem") {
            return done(base.substr(0, dot), false);
        }
        if (name == "suffix") {
            return done(dot == std::string::npos ? std::string() : base.substr(dot), false);
        }
        if (name == "joinpath") {
            std::string out = value;
            for (const auto& argument : site.arguments) {
                out += '/';
                out += at(argument.value).kind == ThingKind::Text ? std::string(at(argument.value).text) : std::string(1, hole);
            }
            return done(std::move(out), true);
        }
        if (name == "with_suffix" && at(site.value(0, {})).kind == ThingKind::Text) {
            return done(value.substr(0, value.size() - (dot == std::string::npos ? 0 : base.size() - dot))
                    + std::string(at(site.value(0, {})).text), true);
        }
        if (name == "with_name" && at(site.value(0, {})).kind == ThingKind::Text) {
            return done((slash == std::string::npos ? std::string() : value.substr(0, slash + 1)) + std::string(at(site.value(0, {})).text), true);
        }
        if (name == "with_stem" && at(site.value(0, {})).kind == ThingKind::Text) {
            return done((slash == std::string::npos ? std::string() : value.substr(0, slash + 1)) + std::string(at(site.value(0, {})).text)
                    + (dot == std::string::npos ? std::string() : base.substr(dot)), true);
        }
        if (isOneOf(name, {"resolve", "absolute", "expanduser", "as_posix", "__str__"})) {
            result = receiver;
            return true;
        }
        if (name == "open") {
            result = openFile(site, receiver, site.value(0, "mode"));
            return true;
        }
        if (name == "read_text" || name == "read_bytes") {
            result = openFile(site, receiver, 0);
            return true;
        }
        if (name == "write_text" || name == "write_bytes") {
            const auto file = object("file", site.node);
            at(file).locators = {thing.text};
            TraceCall inner = site;
            return sequenceMethod(inner, file, "write", result);
        }
        if (name == "glob" || name == "rglob" || name == "iterdir") {
            const auto pattern = name == "iterdir" ? std::string("*") : std::string(at(site.value(0, {})).text);
            const auto item = text(value + '/' + pattern, site.node);
            at(item).pathLike = true;
            result = make(ThingKind::List, site.node);
            at(result).open = true;
            at(result).items = {item};
            return true;
        }
        return false;
    }
    if (name == "format") {
        std::string out;
        std::int32_t next = 0;
        for (std::size_t i = 0; i < value.size() && out.size() < maxText; ++i) {
            const auto end = value[i] == '{' ? value.find('}', i) : std::string::npos;
            if (value[i] != '{' || end == std::string::npos || (i + 1 < value.size() && value[i + 1] == '{')) {
                out += value[i];
                continue;
            }
            auto field = value.substr(i + 1, end - i - 1);
            field = field.substr(0, field.find_first_of(":!"));
            const bool number = !field.empty() && std::all_of(field.begin(), field.end(), [](char c) { return c >= '0' && c <= '9'; });
            const auto given = field.empty() ? site.value(next++, {})
                : number && field.size() < 4 ? site.value(std::stoi(field), {})
                                             : site.value(-1, field);
            const bool known = at(given).kind == ThingKind::Text || at(given).kind == ThingKind::Number;
            out += known ? std::string(at(given).text) : std::string(1, hole);
            i = end;
        }
        return done(std::move(out), false);
    }
    if (name == "join") {
        std::string out;
        const auto& list = at(site.value(0, {}));
        if (!list.isSequence() || list.open) {
            done(std::string(1, hole), false);
            at(result).takeData(list);
            return true;
        }
        for (const auto item : list.items) {
            out += out.empty() ? "" : value;
            out += at(item).kind == ThingKind::Text ? std::string(at(item).text) : std::string(1, hole);
            if (out.size() > maxText) {
                break;
            }
        }
        return done(std::move(out), false);
    }
    if (name == "replace" && at(site.value(0, {})).kind == ThingKind::Text && at(site.value(1, {})).kind == ThingKind::Text) {
        auto out = value;
        const auto from = std::string(at(site.value(0, {})).text);
        const auto to = std::string(at(site.value(1, {})).text);
        for (auto hit = out.find(from); !from.empty() && hit != std::string::npos && out.size() < maxText;
             hit = out.find(from, hit + to.size())) {
            out.replace(hit, from.size(), to);
        }
        return done(std::move(out), false);
    }
    if (isOneOf(name, {"strip", "lower", "upper", "encode", "decode", "rstrip", "lstrip", "title"})) {
        result = receiver;
        return true;
    }
    if (name == "split" || name == "splitlines") {
        result = make(ThingKind::List, site.node);
        at(result).open = true;
        at(result).items = {text(std::string(1, hole), site.node)};
        return true;
    }
    return false;
}

// What frames do that matters for columns and for what is changed in place.
bool Trace::frameMethod(TraceCall& site, Ref receiver, std::string_view name, Ref& result)
{
    const auto type = at(receiver).type;
    const bool frame = has(type, "DataFrame") || type == "pandas.Series";
    if (isOneOf(name, {"cpu", "cuda", "to", "eval", "train", "half", "float", "double"}) && isModule(type, m_roles)) {
        result = receiver;
        return true;
    }
    if (isOneOf(name, {"cpu", "cuda", "to", "detach", "numpy", "long", "float", "item", "squeeze", "view", "reshape"})
        && type == "torch.Tensor") {
        result = derived({receiver}, site.node, type);
        return true;
    }
    // Views: what is changed in them changes what they show, and the other way.
    constexpr std::string_view viewing[] = {"reshape", "ravel", "view", "transpose", "squeeze", "detach", "swapaxes", "permute"};
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
    // A number that tells of all rows.
    constexpr std::string_view statistics[] = {"mean", "median", "std", "var", "min", "max", "quantile", "mode", "sum"};
    if (std::find(std::begin(statistics), std::end(statistics), name) != std::end(statistics) && !at(receiver).rows.empty()
        && at(receiver).modelNode == none) {
        result = derived({receiver}, site.node);
        const auto rows = at(receiver).rows;
        m_fits.push_back({place(site.node), rows, std::string(name), true});
        mergeMarks(at(result).fittedOn, rows);
        at(result).rows.clear();
        return true;
    }
    if (!frame) {
        return false;
    }
    const bool inPlace = at(site.value(-1, "inplace")).text == "True";
    if (name == "drop") {
        auto gone = site.value(-1, "columns");
        const auto axis = at(site.value(1, "axis")).text;
        if (gone == 0 && (axis == "1" || axis == "columns")) {
            gone = site.value(0, "labels");
        }
        std::vector<std::string_view> names;
        if (at(gone).kind == ThingKind::Text) {
            names.push_back(at(gone).text);
        }
        for (const auto item : at(gone).items) {
            if (at(item).kind == ThingKind::Text) {
                names.push_back(at(item).text);
            }
        }
        const auto target = inPlace ? receiver : derived({receiver}, site.node, type);
        auto columns = at(receiver).columns;
        std::erase_if(columns, [&names](auto column) { return std::find(names.begin(), names.end(), column) != names.end(); });
        auto dropped = at(receiver).dropped;
        dropped.insert(dropped.end(), names.begin(), names.end());
        at(target).columns = std::move(columns);
        at(target).dropped = std::move(dropped);
        result = inPlace ? 0 : target;
        return true;
    }
    if (name == "pop" && at(site.value(0, "item")).kind == ThingKind::Text) {
        result = derived({receiver}, site.node, "pandas.Series");
        at(result).columns = {at(site.value(0, "item")).text};
        at(receiver).dropped.push_back(at(site.value(0, "item")).text);
        std::erase(at(receiver).columns, at(site.value(0, "item")).text);
        return true;
    }
    if (inPlace) {
        std::vector<Ref> with;
        for (const auto& argument : site.arguments) {
            with.push_back(argument.value);
        }
        mutate(receiver, with, site.node, "inplace");
        return true;
    }
    return false;
}

} // namespace cupel::lineage
