// SPDX-License-Identifier: GPL-3.0-or-later
// Calls of libraries that a table cannot describe.
#include "analyzers/lineage/trace.h"

#include "analyzers/lineage/words.h"

#include <algorithm>
#include <cctype>

namespace cupel::lineage {

namespace {

} // namespace

// Frames and arrays that are put together or written in the code.
bool Trace::specialData(TraceCall& site, std::string_view name, Ref& result)
{
    if (isOneOf(name, {"pandas.concat", "numpy.concatenate", "numpy.vstack", "numpy.hstack", "pandas.merge"})) {
        std::vector<Ref> all;
        for (const auto& argument : site.arguments) {
            all.push_back(argument.value);
        }
        result = derived(all, site.node, name.starts_with("pandas") ? "pandas.DataFrame" : "numpy.ndarray");
        joinColumns(all, result);
        return true;
    }
    if (name == "pandas.DataFrame" || name == "numpy.array" || name == "pandas.Series" || name == "torch.tensor"
        || name == "numpy.asarray" || name == "torch.from_numpy") {
        const auto data = site.value(0, "data");
        const auto type = name == "pandas.DataFrame" || name == "pandas.Series" ? name
            : name.starts_with("torch")                                         ? std::string_view("torch.Tensor")
                                                                                : std::string_view("numpy.ndarray");
        if (auto places = pathsIn(data); !places.empty()) {
            result = object(type, site.node); // names of files: each row is one
            at(result).locators = std::move(places);
            at(result).pathLike = true;
            at(result).rows = {m_rows.add({})};
            return true;
        }
        const bool literal = (at(data).kind == ThingKind::Dictionary || at(data).isSequence()) && at(data).from.empty()
            && !at(data).items.empty() && !m_uncalled;
        if (literal) {
            const auto where = place(site.node);
            const auto node =
                m_out.node(NodeKind::Dataset, "literal:" + placeId(site.node, {}), "written in the code", where);
            m_out.source(node, SourceKind::Literal, std::string(name), where);
            result = fromSource(node, type, site.node);
            for (const auto set : at(result).rows) {
                m_rows[set].written = true;
            }
        } else {
            result = derived({data}, site.node, type);
            at(result).columns = at(data).columns;
            if (auto named = namesOf(site.value(-1, "columns")); !named.empty()) {
                at(result).columns = std::move(named);
                useColumns(result, at(result).columns, "made", site.node);
            }
            if (name == "torch.from_numpy" || name == "numpy.asarray") {
                at(result).self = data;
                at(data).views.push_back(data != 0 ? result : 0);
            }
        }
        return true;
    }
    return false;
}

// Parts side by side, or one below the other: all their columns, when those of each are known.
void Trace::joinColumns(const std::vector<Ref>& given, Ref result)
{
    std::vector<Ref> frames;
    for (const auto ref : given) {
        const auto list = at(ref).isSequence() ? at(ref).items : std::vector<Ref>{ref};
        std::copy_if(
            list.begin(), list.end(), std::back_inserter(frames), [this](Ref part) { return !at(part).from.empty(); });
    }
    const bool known =
        std::none_of(frames.begin(), frames.end(), [this](Ref part) { return at(part).columns.empty(); });
    for (const auto part : known ? frames : std::vector<Ref>{}) {
        charge(at(part).columns.size() * at(result).columns.size() / 64 + 1);
        addOnce(at(result).columns, at(part).columns);
    }
}

Ref Trace::copyOf(const TraceCall& site, std::string_view how)
{
    const auto of = site.value(0, {});
    const auto result = make(at(of).kind, site.node);
    const auto copied = at(of);
    at(result) = copied;
    at(result).place = {m_unit, site.node};
    at(result).self = 0;
    at(result).views.clear();
    if (how == "copy.deepcopy") {
        const auto fresh = [this, &site](Ref& item) {
            const auto inner = make(at(item).kind, site.node);
            const auto original = at(item);
            at(inner) = original;
            at(inner).views.clear();
            item = inner;
        };
        for (auto& item : at(result).items) {
            fresh(item);
        }
        for (auto& [key, item] : at(result).members) {
            fresh(item);
        }
    }
    if (how == "sklearn.base.clone") {
        at(result).modelNode = none;
        at(result).fitted = false;
        at(result).from.clear();
        at(result).fittedOn.clear();
    }
    return result;
}

// sys.path.append(folder)
void Trace::searchIn(Ref given)
{
    const auto root = at(given).kind == ThingKind::Text ? joinPath(folder(), at(given).text) : std::string();
    if (!root.empty() && m_roots.size() < 16) {
        m_roots.push_back(root);
    }
    // A folder of the workspace, by its name: what it does not have, nobody has.
    const bool below = !root.empty() && root != "." && root.front() != '/' && !root.starts_with("..")
        && root.find(hole) == std::string::npos && m_directory.empty();
    m_searchesBelow = m_searchesBelow || below;
    m_searchesElsewhere = m_searchesElsewhere || !below;
}

// Copies, functions with fixed arguments, sessions.
bool Trace::specialObject(TraceCall& site, std::string_view name, Ref& result)
{
    const auto last = lastPart(name);
    if (name == "copy.deepcopy" || name == "copy.copy" || name == "sklearn.base.clone") {
        result = copyOf(site, name);
        return true;
    }
    if (name == "tensorflow.estimator.add_metrics") {
        result = site.value(0, "estimator"); // the same one, measured by more
        return true;
    }
    if (isOneOf(name, {"tensorflow.gradients", "tensorflow.compat.v1.gradients"})) { // of a graph that is run later
        if (!ofData(site)) {
            owe(site.value(0, "ys"));
        }
        result = derived({site.value(0, "ys")}, site.node);
        return true;
    }
    if (isOneOf(name, {"jax.grad", "jax.value_and_grad"})) {
        result = object("jax.grad", site.node);
        at(result).made = {site.value(0, {})};
        return true;
    }
    // What compiles, caches or delays a function gives something that is called like it.
    const auto converted = site.value(0, {});
    const bool callable = at(converted).kind == ThingKind::Function || at(converted).kind == ThingKind::Class
        || (at(converted).kind == ThingKind::Bound && at(converted).local != none) || at(converted).type == "jax.grad";
    if (callable
        && isOneOf(name,
            {"tensorflow.autograph.to_graph", "tensorflow.autograph.experimental.do_not_convert", "tensorflow.function",
                "torch.compile", "torch.jit.script", "jax.jit", "flax.nnx.jit", "equinox.filter_jit", "numba.jit",
                "numba.njit", "functools.cache", "functools.lru_cache", "joblib.delayed", "dask.delayed"})) {
        result = converted;
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
        searchIn(site.value(name == "sys.path.append" ? 0 : 1, {}));
        return true;
    }
    if (name.starts_with("pyspark.sql.SparkSession.builder") || name == "pyspark.sql.SparkSession.getActiveSession") {
        result = object(last == "getOrCreate" || last == "getActiveSession"
                ? std::string_view("pyspark.sql.SparkSession")
                : std::string_view("pyspark.sql.SparkSession.Builder"),
            site.node);
        return true;
    }
    return false;
}

// Grids, formulas, downloads, arguments.
bool Trace::specialSource(TraceCall& site, std::string_view name, Ref& result)
{
    if (isOneOf(name, {"numpy.linspace", "numpy.logspace", "numpy.meshgrid", "numpy.mgrid"})) {
        // A grid: values that nobody measured.
        result = object("numpy.ndarray", site.node);
        for (const auto& argument : site.arguments) {
            at(result).takeData(at(argument.value));
        }
        at(result).blank = at(result).from.empty();
        at(result).text = name;
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
        auto file = std::string(
            at(site.value(0, "fname")).kind == ThingKind::Text ? at(site.value(0, "fname")).text : std::string_view());
        for (const auto& locator : locatorsOf(origin, "url", false)) {
            const auto node = m_out.located(locator, name, where);
            m_out.source(node, locator.kind, locator.value, where);
            file = file.empty() ? locator.value.substr(locator.value.rfind('/') + 1) : file;
            const auto local = readLocator(file, workingFolder(), "path", false);
            m_out.edge(node, m_out.located(local, name, where), EdgeKind::Writes, "call:keras.utils.get_file",
                "it is downloaded to this file", where);
        }
        result = text(file.empty() ? std::string(1, hole) : std::move(file), site.node);
        return true;
    }
    if (name == "argparse.ArgumentParser") {
        result = object(name, site.node);
        return true;
    }
    return false;
}

// Pipelines keep their steps.
bool Trace::specialPipeline(TraceCall& site, std::string_view name, Ref& result)
{
    const auto last = lastPart(name);
    if (last == "Pipeline" || last == "make_pipeline" || last == "ColumnTransformer"
        || last == "make_column_transformer" || last == "FeatureUnion") {
        result = object(last == "make_pipeline"     ? std::string_view("sklearn.pipeline.Pipeline")
                : last == "make_column_transformer" ? std::string_view("sklearn.compose.ColumnTransformer")
                                                    : name,
            site.node);
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
    if (isOneOf(name,
            {"json.dump", "pickle.dump", "joblib.dump", "torch.save", "dill.dump", "cloudpickle.dump", "yaml.dump",
                "numpy.save"})) {
        return false; // rows of the table
    }
    return false;
}

bool Trace::special(TraceCall& site, std::string_view name, Ref& result)
{
    process(site, name);
    if (const auto& main = at(site.value(0, {})); isOneOf(name, {"typer.run", "fire.Fire"}) && main.local != none) {
        givenByCommand(main.kind == ThingKind::Function ? main.local : none, site.node);
    }
    if (namedFields(site, name, result)
        || (name.starts_with("wandb.") && artifactMethod(site, 0, lastPart(name), result))) {
        return true;
    }
    return describesOption(site, name, result) || settingsCall(site, name, result) || blankValues(site, name, result)
        || statisticCall(site, name, result) || specialData(site, name, result) || specialObject(site, name, result)
        || specialSource(site, name, result) || specialPipeline(site, name, result);
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
        const bool letter = i < written.size()
            && (written[i] == '_' || written[i] == '.' || std::isalnum(static_cast<unsigned char>(written[i])) != 0);
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

} // namespace cupel::lineage
