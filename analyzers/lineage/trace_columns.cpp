// SPDX-License-Identifier: GPL-3.0-or-later
// Columns: which ones are read, chosen, renamed, taken out, and which of them a model learns from.
#include "analyzers/lineage/trace.h"

#include "analyzers/lineage/words.h"

#include <algorithm>
#include <charconv>

namespace cupel::lineage {

namespace {

using Kind = code::NodeKind;
using code::Children;
using code::NodeField;
using code::Syntax;
using Names = std::vector<std::string_view>;

void take(Names& from, const Names& gone)
{
    std::erase_if(from, [&gone](auto name) { return std::find(gone.begin(), gone.end(), name) != gone.end(); });
}

} // namespace

// They stand below what `base` comes from.
void Trace::useColumns(Ref base, const Names& names, std::string_view use, std::uint32_t node)
{
    if (base == 0 || at(base).from.empty() || names.empty() || m_uncalled) {
        return;
    }
    const auto where = place(node);
    const auto cell = cellNode(m_unit);
    const auto below = at(base).from.front();
    for (std::size_t i = 0; i < names.size() && i < maxColumns; ++i) {
        (void)m_out.column(below, cell, names[i], use, where);
    }
}

// Names of columns in ["a", "b"] and in [rows, ["a", "b"]].
std::vector<std::string_view> Trace::namesIn(const Thing& key)
{
    std::vector<std::string_view> names;
    for (const auto item : key.items) {
        const auto& part = at(item);
        if (part.kind == ThingKind::Text) {
            names.push_back(part.text);
        } else if (part.isSequence()) {
            for (const auto inner : part.items) {
                if (at(inner).kind == ThingKind::Text) {
                    names.push_back(at(inner).text);
                }
            }
        }
    }
    return names;
}

// The second of two subscripts: df.loc[rows, columns]. None: there is one, or there are more.
std::uint32_t Trace::secondKey(std::uint32_t key) const
{
    std::vector<std::uint32_t> parts;
    if (tree()[key].kind == Kind::Tuple || tree()[key].kind == Kind::ExpressionList) {
        for (const auto child : Children(tree(), key)) {
            parts.push_back(child);
        }
    } else if (tree()[tree()[key].parent].kind == Kind::Subscript) {
        for (const auto child : Children(tree(), tree()[key].parent)) {
            if (tree()[child].field == NodeField::Subscript) {
                parts.push_back(child);
            }
        }
    }
    return parts.size() == 2 ? parts[1] : Syntax::none;
}

// Columns by name, and by position when their names are known: df.loc[:, names], df.iloc[:, :-1].
Names Trace::columnsAt(Ref base, std::uint32_t key)
{
    const auto& columns = at(base).columns;
    const auto second = key == Syntax::none ? Syntax::none : secondKey(key);
    if (second == Syntax::none) {
        return columns;
    }
    const auto& by = at(valueAt(second));
    if (by.kind == ThingKind::Text) {
        return {by.text};
    }
    const auto size = static_cast<int>(columns.size());
    const auto number = [size](std::string_view digits, int otherwise) {
        int value = otherwise;
        std::from_chars(digits.data(), digits.data() + digits.size(), value);
        return std::clamp(value < 0 ? value + size : value, 0, size);
    };
    if (by.isSequence()) {
        Names names;
        for (const auto item : by.items) {
            const auto place = at(item).kind == ThingKind::Number ? number(at(item).text, size) : size;
            if (at(item).kind == ThingKind::Text) {
                names.push_back(at(item).text);
            } else if (place < size) {
                names.push_back(columns[static_cast<std::size_t>(place)]);
            }
        }
        return names.empty() ? columns : names;
    }
    if (size < 2) {
        return columns;
    }
    auto written = std::string(nodeText(second));
    std::erase(written, ' ');
    if (written.find_first_not_of("0123456789:-") != std::string::npos) {
        return columns; // by names, or by numbers that are not known
    }
    const auto colon = written.find(':');
    const auto first = number(std::string_view(written).substr(0, colon), 0);
    const auto last = colon == std::string::npos ? std::min(first + 1, size)
                                                 : number(std::string_view(written).substr(colon + 1), size);
    return first < last ? Names(columns.begin() + first, columns.begin() + last) : columns;
}

// Texts in "a", ["a", "b"], ("a",).
Names Trace::namesOf(Ref value)
{
    Names names;
    if (at(value).kind == ThingKind::Text) {
        names.push_back(at(value).text);
    }
    for (const auto item : at(value).items) {
        if (at(item).kind == ThingKind::Text && names.size() < maxColumns) {
            names.push_back(at(item).text);
        }
    }
    return names;
}

// As `of`, with its columns.
Ref TraceState::alike(Ref of, std::uint32_t node)
{
    const auto ref = derived({of}, node, at(of).type);
    at(ref).columns = at(of).columns;
    at(ref).dropped = at(of).dropped;
    return ref;
}

void Trace::dropColumns(Ref target, const Names& names)
{
    take(at(target).columns, names);
    addOnce(at(target).dropped, names);
}

// A column that is set, from the columns of what it is set to.
void Trace::makeColumn(Ref frame, std::string_view name, Ref value, std::uint32_t node)
{
    if (!has(at(frame).type, "DataFrame") || name.empty()) {
        return;
    }
    useColumns(frame, {name}, "made", node);
    if (!at(frame).columns.empty()) {
        addOnce(at(frame).columns, Names{name});
    }
    std::erase(at(frame).dropped, name);
    std::vector<std::pair<std::string_view, std::string_view>> origins;
    for (const auto column : at(value).columns) {
        origins.emplace_back(name, column);
    }
    const auto around = nodeText(tree()[node].kind == Kind::Call ? node : tree()[node].parent);
    const auto written = around.substr(0, 256);
    constexpr std::string_view earlier[] = {".shift(", ".rolling(", ".diff(", ".expanding(", ".ewm(", ".cum", "lag"};
    if (std::any_of(std::begin(earlier), std::end(earlier), [written](auto word) { return has(written, word); })) {
        m_earlier.insert(name);
    }
    addOnce(at(frame).origins, origins);
}

void Trace::renameColumns(Ref target, Ref renamed)
{
    auto& thing = at(target);
    for (const auto& [before, now] : at(renamed).members) {
        const auto name = at(now).kind == ThingKind::Text ? at(now).text : std::string_view();
        if (name.empty()) {
            continue;
        }
        std::replace(thing.columns.begin(), thing.columns.end(), before, name);
        addOnce(thing.origins, {std::pair(name, before)});
    }
}

// rename(columns={...}), withColumnRenamed(a, b), rename({a: b}) of polars.
bool Trace::renameMethod(TraceCall& site, Ref receiver, std::string_view name, Ref& result)
{
    const bool one = name == "withColumnRenamed" || name == "rename_column";
    if (!one && name != "rename" && name != "rename_columns") {
        return false;
    }
    auto map = site.value(-1, "columns");
    const bool byAxis = isOneOf(at(site.value(-1, "axis")).text, {"1", "columns"});
    if (one) {
        map = make(ThingKind::Dictionary, site.node);
        at(map).setMember(at(site.value(0, "existing")).text, site.value(1, "new"));
    } else if (map == 0 && (byAxis || !at(receiver).type.starts_with("pandas."))) {
        map = site.value(0, {});
    }
    if (at(map).kind != ThingKind::Dictionary || at(map).members.empty()) {
        return false;
    }
    const bool inPlace = at(site.value(-1, "inplace")).text == "True";
    const auto target = inPlace ? receiver : alike(receiver, site.node);
    Names before;
    for (const auto& [was, now] : at(map).members) {
        before.push_back(was);
    }
    useColumns(receiver, before, "renamed", site.node);
    renameColumns(target, map);
    if (inPlace) {
        mutate(receiver, {}, site.node, "inplace");
    }
    result = inPlace ? 0 : target;
    return true;
}

// select("a", "b"), filter(items=[...]), assign(c=...), withColumn("c", ...): what comes back has these columns.
bool Trace::selectMethod(TraceCall& site, Ref receiver, std::string_view name, Ref& result)
{
    const bool items = name == "filter" && site.value(-1, "items") != 0;
    if (isOneOf(name, {"select", "select_columns", "selectExpr", "reindex"}) || items) {
        Names names;
        bool all = true;
        for (const auto& argument : site.arguments) {
            const auto& value = at(argument.value);
            const bool wanted = argument.name.empty() || argument.name == "items" || argument.name == "columns";
            auto some = wanted ? namesOf(argument.value) : Names();
            if (some.empty() && wanted && !value.made.empty()) {
                some = namesOf(value.made.front()); // col("a")
            }
            all = all && !some.empty();
            names.insert(names.end(), some.begin(), some.end());
        }
        if (names.empty() || !all) {
            return false;
        }
        useColumns(receiver, names, "selected", site.node);
        result = alike(receiver, site.node);
        at(result).columns = std::move(names);
        return true;
    }
    if (name == "withColumn" && at(site.value(0, "colName")).kind == ThingKind::Text) {
        result = alike(receiver, site.node);
        const auto value = site.value(1, "col");
        at(result).takeData(at(value));
        makeColumn(result, at(site.value(0, "colName")).text, value, site.node);
        return true;
    }
    if (name == "assign") {
        result = alike(receiver, site.node);
        for (const auto& argument : site.arguments) {
            at(result).takeData(at(argument.value));
            if (at(argument.value).pathLike) {
                at(result).setMember(argument.name, argument.value);
            }
            makeColumn(result, argument.name, argument.value, site.node);
        }
        return true;
    }
    return false;
}

// drop(), pop() and what is done in place.
bool Trace::columnMethod(TraceCall& site, Ref receiver, std::string_view name, Ref& result)
{
    const auto type = at(receiver).type;
    const bool frame = has(type, "DataFrame") || type == "pandas.Series";
    const bool inPlace = at(site.value(-1, "inplace")).text == "True";
    // Rows of which nobody knows the class, asked for a column.
    const bool rows = type.empty() && at(receiver).kind == ThingKind::Object && !at(receiver).rows.empty();
    const bool popped = name == "pop" && at(site.value(0, "item")).kind == ThingKind::Text;
    if (!frame && !(rows && popped)) {
        return false;
    }
    if (name == "drop") {
        auto gone = site.value(-1, "columns");
        const auto axis = at(site.value(1, "axis")).text;
        const bool byName = !type.starts_with("pandas."); // drop("a", "b") of Spark and polars
        if (gone == 0 && (axis == "1" || axis == "columns")) {
            gone = site.value(0, "labels");
        }
        auto names = namesOf(gone);
        for (std::size_t i = 0; byName && i < site.arguments.size(); ++i) {
            addOnce(names, namesOf(site.arguments[i].value));
        }
        const auto target = inPlace ? receiver : alike(receiver, site.node);
        useColumns(receiver, names, "dropped", site.node);
        dropColumns(target, names);
        result = inPlace ? 0 : target;
        return true;
    }
    if (popped) {
        const Names column{at(site.value(0, "item")).text};
        useColumns(receiver, column, "dropped", site.node);
        result = derived({receiver}, site.node, frame ? "pandas.Series" : std::string_view());
        at(result).columns = column;
        dropColumns(receiver, column);
        return true;
    }
    if (renameMethod(site, receiver, name, result) || selectMethod(site, receiver, name, result)) {
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

// Arguments that name the column to be learnt, whoever takes them.
void Trace::nameLabels(const TraceCall& site, const ApiRow& row, Ref receiver, Ref result)
{
    if (result == 0 || row.is(roleVisualise) || at(result).kind != ThingKind::Object) {
        return;
    }
    Names labels;
    for (const auto name : {"label", "label_name", "label_column", "label_column_name", "target", "target_column",
             "target_column_name", "labelCol", "labels_column_name"}) {
        const auto value = site.value(-1, name);
        addOnce(labels, at(value).kind == ThingKind::Text ? Names{at(value).text} : Names());
    }
    for (const auto label : argumentsFor(site, row.labels, receiver)) {
        addOnce(labels, at(label).kind == ThingKind::Text ? Names{at(label).text} : at(label).columns);
    }
    addOnce(at(result).labels, labels);
}

// What a ColumnTransformer, a pipeline that begins with one, or an assembler of vectors lets through. False: all, or
// nobody knows.
bool Trace::pickedColumns(Ref model, Names& picked)
{
    Ref inner = model;
    for (int depth = 0; depth < 4; ++depth) {
        const auto last = lastPart(at(inner).type);
        const auto first = !at(inner).made.empty() ? at(inner).made.front() : Ref{0};
        const auto given = [this, inner, first](std::string_view name) {
            for (const auto& [key, value] : at(inner).madeBy) {
                if (key == name) {
                    return value;
                }
            }
            return first;
        };
        if (last == "VectorAssembler") {
            picked = namesOf(given("inputCols"));
            return !picked.empty();
        }
        if (last == "ColumnTransformer") {
            return transformedColumns(inner, given("transformers"), picked);
        }
        if (last != "Pipeline" && !has(last, "SearchCV")) {
            return false;
        }
        const auto steps = last != "Pipeline" ? given("estimator") : given("steps");
        Ref next = last != "Pipeline" ? steps : at(steps).items.empty() ? Ref{0} : at(steps).items.front();
        const auto stages = given("stages");
        for (const auto stage : at(stages).items) {
            next = lastPart(at(stage).type) == "VectorAssembler" ? stage : next;
        }
        if (at(next).isSequence() && !at(next).items.empty()) {
            next = at(next).items.back(); // ("name", step)
        }
        if (next == 0 || next == inner) {
            return false;
        }
        inner = next;
    }
    return false;
}

// [("name", transformer, columns), ...], or the same without names.
bool Trace::transformedColumns(Ref transformer, Ref list, Names& picked)
{
    for (const auto& [key, value] : at(transformer).madeBy) {
        if (key == "remainder" && at(value).text != "drop") {
            return false; // the rest passes, or is transformed too
        }
    }
    std::vector<Ref> triples = at(list).items;
    if (!triples.empty() && !at(triples.front()).isSequence()) {
        triples = at(transformer).made; // make_column_transformer((step, columns), ...)
    }
    for (const auto triple : triples) {
        const auto columns = at(triple).items.empty() ? Names() : namesOf(at(triple).items.back());
        if (columns.empty()) {
            return false;
        }
        const bool out =
            at(triple).items.size() > 1 && at(at(triple).items[at(triple).items.size() - 2]).text == "drop";
        addOnce(picked, out ? Names() : columns);
    }
    return !picked.empty();
}

// The columns that a model learns from and those that it learns, told of the training and below its data.
void Trace::describeColumns(
    Training& training, Ref model, const std::vector<Ref>& data, const std::vector<Ref>& labels, std::uint32_t node)
{
    Names features;
    Names targets; // what rides along with the features is none of them; what is given beside them may be, by mistake
    for (const auto ref : data) {
        addOnce(features, at(ref).columns);
        addOnce(targets, at(ref).labels);
        for (const auto& [key, value] : at(ref).madeBy) {
            addOnce(targets, key == "label" ? at(value).columns : Names());
        }
    }
    for (const auto& [name, value] : at(model).madeBy) {
        if ((name == "labelCol" || name == "label") && at(value).kind == ThingKind::Text) {
            addOnce(targets, Names{at(value).text});
        }
    }
    addOnce(targets, at(model).labels);
    for (const auto ref : labels) {
        addOnce(targets, at(ref).kind == ThingKind::Text ? Names{at(ref).text} : Names());
    }
    if (features.size() > 1) {
        take(features, targets);
    }
    for (const auto ref : labels) {
        addOnce(targets, at(ref).columns);
    }
    if (Names picked; pickedColumns(model, picked)) {
        features = std::move(picked);
    }
    training.featureColumns.assign(features.begin(), features.end());
    training.labelColumns.assign(targets.begin(), targets.end());
    const auto tell = [&](const std::vector<Ref>& things, const Names& names, std::string_view use) {
        const auto of = std::find_if(things.begin(), things.end(), [this](Ref ref) { return !at(ref).from.empty(); });
        for (std::size_t i = 0; of != things.end() && i < names.size() && !m_uncalled; ++i) {
            const auto column = m_out.column(at(*of).from.front(), cellNode(m_unit), names[i], use, place(node));
            m_out.edge(column, training.model, EdgeKind::Trains, "column:" + std::string(use),
                use == "label" ? "it is what the model learns to tell" : "the model learns from it", place(node));
        }
    };
    tell(data, features, "feature");
    tell(dataOf(labels).empty() ? data : labels, targets, "label");
}

} // namespace cupel::lineage
