// SPDX-License-Identifier: GPL-3.0-or-later
// Attributes and subscripts: parts of things, views of them, columns.
#include "analyzers/lineage/trace.h"

#include "analyzers/lineage/words.h"

#include <algorithm>
#include <cctype>
#include <charconv>

namespace cupel::lineage {

namespace {

using Kind = code::NodeKind;
using code::Children;
using code::NodeField;
using code::Syntax;

constexpr std::size_t nearMask = 2'048; // bytes before and behind a mask

// manager.latest_checkpoint: a file in the place that it writes to.
bool isKeptFile(std::string_view name)
{
    return isOneOf(name,
        {"latest_checkpoint", "best_checkpoint", "last_checkpoint", "best_model_path", "last_model_path",
            "best_model_checkpoint"});
}

// run.id, run.experiment.name: about the job, not of its data.
bool isAboutRun(std::string_view name)
{
    return isOneOf(name,
        {"id", "name", "number", "experiment", "run_id", "run_name", "status", "info", "display_name", "url", "project",
            "entity", "workspace"});
}

// axes.figure, grid.axes: what of a picture another part of it has; empty: it is no such thing.
std::string_view partOfFigure(std::string_view type, std::string_view name)
{
    const bool axes = type == "matplotlib.axes.Axes";
    const bool figure = type == "matplotlib.figure.Figure";
    const bool grid = type == "seaborn.Grid";
    if ((axes || grid) && (name == "figure" || name == "fig")) {
        return "matplotlib.figure.Figure";
    }
    if ((axes && name == "flat") || ((figure || grid) && name == "axes")
        || (grid && isOneOf(name, {"ax", "ax_joint", "ax_marg_x", "ax_marg_y", "ax_heatmap"}))) {
        return "matplotlib.axes.Axes";
    }
    return {};
}

// rows[mask] with rows[~mask] near it: a name that parts the rows.
bool isMask(const Syntax& tree, std::string_view code, std::uint32_t key)
{
    if (key == Syntax::none) {
        return false;
    }
    const auto bytes = tree[key].bytes();
    const auto written = slice(code, bytes);
    if (tree[key].kind == Kind::UnaryOperator && written.starts_with('~')) {
        const auto name = tree.firstChild(key);
        return name != Syntax::none && tree[name].kind == Kind::Identifier;
    }
    const auto from = bytes.start - std::min<std::uint64_t>(bytes.start, nearMask);
    const auto near = code.substr(from, 2 * nearMask);
    return tree[key].kind == Kind::Identifier && has(near, "[~" + std::string(written) + ']');
}

} // namespace

Ref Trace::attribute(std::uint32_t node)
{
    const auto objectNode = tree().child(node, NodeField::Object);
    const auto name = tree().child(node, NodeField::Attribute);
    if (objectNode == Syntax::none || name == Syntax::none) {
        return 0;
    }
    const auto parent = tree()[node].parent;
    const bool called = tree()[parent].kind == Kind::Call && tree()[node].field == NodeField::Function;
    return memberOf(valueAt(objectNode), nodeText(name), node, called);
}

// The attribute is itself asked for a way of reading: x.read.csv, x.read.option(...).
bool Trace::readsTables(std::uint32_t node) const
{
    const auto parent = tree()[node].parent;
    if (node >= tree().size() || tree()[parent].kind != Kind::Attribute || tree()[node].field != NodeField::Object) {
        return false;
    }
    const auto how = tree().child(parent, NodeField::Attribute);
    return how != Syntax::none
        && isOneOf(nodeText(how),
            {"csv", "json", "parquet", "orc", "text", "table", "jdbc", "format", "option", "options", "schema",
                "load"});
}

Ref Trace::boundTo(Ref self, Ref method, std::string_view name, std::uint32_t node)
{
    const auto ref = make(ThingKind::Bound, node);
    at(ref).self = self;
    at(ref).text = name;
    at(ref).local = at(method).local;
    return ref;
}

// What is known by name: something of a module, of a class, of an instance, of a session. False: it is none of them.
// pandas.read_csv, or what a flag of absl is.
Ref TraceState::memberOfPath(Ref base, std::string_view name, std::uint32_t node)
{
    const auto flag = has(at(base).text, "flags.FLAGS") ? m_flags.find(name) : m_flags.end();
    if (flag != m_flags.end()) {
        return flag->second;
    }
    const auto ref = make(ThingKind::Path, node);
    at(ref).text = keep(std::string(at(base).text) + '.' + std::string(name));
    return ref;
}

bool Trace::knownMember(Ref base, std::string_view name, std::uint32_t node, Ref& result)
{
    if (at(base).kind == ThingKind::Path) {
        result = memberOfPath(base, name, node);
        return true;
    }
    if (const auto scope = at(base).scope; scope != none) {
        const auto hit = m_scopes[scope].names.find(name);
        result = hit != m_scopes[scope].names.end() ? hit->second : 0;
        return true;
    }
    if (const auto known = at(base).member(name);
        known != 0 && (at(base).kind != ThingKind::Dictionary || at(base).type == "omegaconf.DictConfig")) {
        result = known;
        return true;
    }
    if (at(base).kind == ThingKind::Class) {
        const auto method = findMethod(at(base).local, name);
        if (method != 0) {
            const bool ofClass = at(method).kind == ThingKind::Function && m_functions[at(method).local].ofClass;
            result = ofClass ? boundTo(base, method, name, node) : method;
            return true;
        }
    }
    if (at(base).kind == ThingKind::Object && at(base).local != none) {
        if (const auto method = findMethod(at(base).local, name); method != 0) {
            if (at(method).kind != ThingKind::Function) {
                result = method;
                return true;
            }
            const auto& function = m_functions[at(method).local];
            if (function.property) {
                TraceCall site{m_unit, node, method, base, {}, false};
                result = callFunction(at(method).local, site, base);
                return true;
            }
            auto self = base;
            if (function.ofClass) {
                self = make(ThingKind::Class, node);
                at(self).local = at(base).local;
            }
            result = boundTo(self, method, name, node);
            return true;
        }
    }
    const auto type = at(base).type;
    // session.read.csv(...) of a session that code elsewhere made: only Spark is asked like this.
    const bool session = type.empty() && at(base).from.empty() && at(base).local == none && readsTables(node);
    if ((type == "pyspark.sql.SparkSession" || session) && (name == "read" || name == "readStream")) {
        result = object("pyspark.sql.DataFrameReader", node);
        return true;
    }
    if (type.starts_with("pyspark.sql.DataFrame") && (name == "write" || name == "writeStream")) {
        const auto ref = object("pyspark.sql.DataFrameWriter", node);
        at(ref).self = base;
        result = ref;
        return true;
    }
    return false;
}

// A model's own values, a frame's column, an array's view ...
Ref Trace::viewOf(Ref base, std::string_view name, std::uint32_t node)
{
    if (name == "na" && at(base).type == "pyspark.sql.DataFrame") {
        return base; // frame.na.drop()
    }
    const auto ref = derived({base}, node);
    at(ref).self = base;
    at(ref).columns = at(base).columns;
    at(ref).made = {base};
    at(ref).text = name;
    if (at(base).modelNode != none) {
        at(ref).from = {at(base).modelNode};
        at(ref).models = {at(base).modelNode};
        at(ref).self = 0;
        if (name == "best_estimator_" || name == "bestModel" || name == "model" || name == "module" || name == "steps"
            || name == "named_steps") {
            return base;
        }
    }
    if (const auto part = partOfFigure(at(base).type, name); !part.empty()) {
        at(ref).type = part;
        return ref;
    }
    // client.files, index.storage_context: a row says what it is.
    const auto* row =
        at(base).type.empty() || at(base).kind != ThingKind::Object ? nullptr : m_roles.method(at(base).type, name);
    if (row && row->kind == "attribute" && has(row->returns, ".")) {
        at(ref).type = m_roles.type(row->returns);
    }
    if (lastPart(at(base).type).ends_with("Run") && isAboutRun(name)) {
        at(ref).takeNothing();
        return ref;
    }
    if (at(base).views.size() < 64 && base != 0) {
        at(base).views.push_back(ref);
    }
    if (name == "shape" || name == "columns" || name == "dtypes" || name == "ndim" || name == "size") {
        at(ref).rows.clear();
        at(ref).fittedOn.clear();
        at(ref).self = 0;
        return ref;
    }
    if (name == "values" || name == "T" || name == "array" || name == "data" || name == "loc" || name == "iloc"
        || name == "at" || name == "iat" || name == "ix") {
        at(ref).type = name == "values" || name == "array" ? std::string_view("numpy.ndarray") : at(base).type;
    } else if (at(base).type == "pandas.DataFrame" || at(base).type == "pyspark.sql.DataFrame"
        || (at(base).type.empty() && !at(base).rows.empty() && name != "target" && name != "images" && name != "train"
            && name != "test")) {
        if (name != "index" && name != "columns" && name != "shape" && name != "dtypes" && name != "size") {
            at(ref).columns = {name};
            useColumns(has(at(base).type, "DataFrame") ? base : 0, at(ref).columns, "selected", node);
        }
    }
    return ref;
}

// object.name; `called`: it is about to be called.
Ref Trace::memberOf(Ref base, std::string_view name, std::uint32_t node, bool called)
{
    Ref result = ofBases(base, name, node);
    if (result != 0 || knownMember(base, name, node, result)) {
        return result;
    }
    if (const auto given = called ? Ref{0} : settingOf(base, name); given != 0) {
        return given;
    }
    const auto type = at(base).type;
    // train = model.fit: a method that is called later.
    const auto* row =
        called || type.empty() || at(base).kind != ThingKind::Object ? nullptr : m_roles.method(type, name);
    if (called || (base == 0 && at(base).from.empty()) || (row && row->kind == "method")) {
        const bool way = at(base).kind == ThingKind::Bound && at(base).text == "plot"; // frame.plot.bar() plots it
        const auto ref = make(ThingKind::Bound, node);
        at(ref).self = way ? at(base).self : base;
        at(ref).text = way ? at(base).text : name;
        return ref;
    }
    if (at(base).kind == ThingKind::Text) {
        TraceCall site{m_unit, node, 0, base, {}, false};
        return textMethod(site, base, name, result) ? result : 0;
    }
    if (isKeptFile(name) && !at(base).locators.empty()) {
        return text(std::string(at(base).locators.front()), node);
    }
    return viewOf(base, name, node);
}

Ref Trace::subscript(std::uint32_t node)
{
    const auto object = tree().child(node, NodeField::Value);
    const auto key = tree().child(node, NodeField::Subscript);
    if (object == Syntax::none) {
        return 0;
    }
    return sliced(valueAt(object), node, key);
}

// What somebody gives when he is asked: the command that starts the file, a cell that ran before, one of several names
// of files, __getitem__ of an object of one's own.
bool Trace::askedItem(Ref base, std::uint32_t node, std::uint32_t key, Ref& result)
{
    const auto keyValue = key != Syntax::none ? valueAt(key) : 0;
    const auto& by = at(keyValue);
    if (at(base).kind == ThingKind::Path && at(base).text == "sys.argv" && by.kind == ThingKind::Number) {
        std::size_t place = 0;
        const auto done = std::from_chars(by.text.data(), by.text.data() + by.text.size(), place);
        if (done.ec == std::errc() && place > 0 && (result = argumentAt(place - 1, true, node)) != 0) {
            return true;
        }
    }
    const bool argv = at(base).kind == ThingKind::Path && at(base).text == "sys.argv" && key != Syntax::none;
    if (const auto list = argv && tree()[key].kind == Kind::Slice ? argumentList(node) : Ref{0}; list != 0) {
        std::size_t from = 0; // sys.argv[1:]
        const auto bounds = nodeText(key);
        (void)std::from_chars(bounds.data(), bounds.data() + bounds.size(), from);
        auto& items = at(list).items;
        items.erase(items.begin(), items.begin() + static_cast<std::ptrdiff_t>(std::min(from, items.size())));
        result = list;
        return true;
    }
    if (at(base).kind == ThingKind::Object && at(base).text == "Out" && by.kind == ThingKind::Number) {
        result = shownBefore("_" + std::string(by.text)); // Out[3]
        return result != 0;
    }
    const bool anyOne = key != Syntax::none && at(base).isSequence() && !at(base).items.empty()
        && (by.kind == ThingKind::Unknown && by.from.empty())
        && std::all_of(at(base).items.begin(), at(base).items.end(),
            [this](Ref item) { return at(item).kind == ThingKind::Text; });
    if (anyOne) { // files[i]
        result = elementOf(base, node);
        return true;
    }
    if (const auto item = at(base).local != none ? askOwn(base, "__getitem__", node, keyValue) : Ref{0}; item != 0) {
        result = item;
        return true;
    }
    return false;
}

// What is known by position or key. False: it is not.
bool Trace::knownItem(Ref base, std::uint32_t node, std::uint32_t key, Ref& result)
{
    const auto keyValue = key != Syntax::none ? valueAt(key) : 0;
    const auto& by = at(keyValue);
    if (at(base).isSequence() && key != Syntax::none && tree()[key].kind == Kind::Slice) {
        const auto copy = make(at(base).kind, node);
        at(copy).items = at(base).items;
        at(copy).open = true;
        at(copy).takeData(at(base));
        result = copy;
        return true;
    }
    const auto written = key != Syntax::none ? nodeText(key) : std::string_view();
    const bool fromEnd =
        written.size() > 1 && written.front() == '-' && std::isdigit(static_cast<unsigned char>(written[1])) != 0;
    if (at(base).isSequence() && (by.kind == ThingKind::Number || fromEnd)) {
        int index = 0;
        const auto digits = fromEnd ? written : by.text;
        const auto done = std::from_chars(digits.data(), digits.data() + digits.size(), index);
        const auto size = static_cast<int>(at(base).items.size());
        index = index < 0 && !at(base).open ? index + size : index;
        if (done.ec == std::errc() && index >= 0 && index < size) {
            result = at(base).items[static_cast<std::size_t>(index)];
            return true;
        }
        result = elementOf(base, node);
        return true;
    }
    if (askedItem(base, node, key, result)) {
        return true;
    }
    if (by.kind == ThingKind::Text) {
        if (const auto known = at(base).member(by.text); known != 0) {
            result = known;
            return true;
        }
    }
    if (at(base).kind == ThingKind::Path) {
        // np.c_[a, b], os.environ["X"], a generic type ...
        const auto ref = derived({keyValue}, node);
        at(ref).columns = by.columns;
        if (by.isSequence() && !by.items.empty()) {
            at(ref).columns = at(by.items.front()).columns;
        }
        result = ref;
        return true;
    }
    return false;
}

Ref Trace::sliced(Ref base, std::uint32_t node, std::uint32_t key)
{
    const auto keyValue = key != Syntax::none ? valueAt(key) : 0;
    const auto& by = at(keyValue);
    Ref result = 0;
    TraceCall site{m_unit, node, 0, base, {{{}, keyValue, key}}, false};
    if (at(base).text == "input_datasets" && by.kind == ThingKind::Text) {
        // What a job is started with.
        const auto where = place(node);
        const auto index = m_out.node(NodeKind::Dataset, "argument:" + placeId(node, by.text), by.text, where);
        m_out.source(index, SourceKind::Argument, std::string(by.text), where);
        return fromSource(index, {}, node);
    }
    if (knownItem(base, node, key, result)) {
        return result;
    }
    const bool two = key != Syntax::none && secondKey(key) != Syntax::none;
    if (splitMethod(site, base, "[]", result)) {
        if (two && result != 0) {
            at(result).columns = columnsAt(base, key);
        }
        return result;
    }
    const auto ref = derived({base}, node, at(base).type);
    at(ref).self = base;
    at(ref).columns = columnsAt(base, key);
    at(ref).dropped = at(base).dropped;
    if (at(base).pathLike && at(base).kind == ThingKind::Object) {
        at(ref).pathLike = true;
        at(ref).locators = at(base).locators;
    }
    if (at(base).local != none) {
        at(ref).type = {};
    }
    const bool tabular = has(at(base).type, "DataFrame");
    if (two) {
        useColumns(tabular && at(ref).columns != at(base).columns ? base : 0, at(ref).columns, "selected", node);
    } else if (by.kind == ThingKind::Text) {
        at(ref).columns = {by.text};
        at(ref).type = at(base).type == "pandas.DataFrame" ? std::string_view("pandas.Series") : at(base).type;
        useColumns(tabular ? base : 0, at(ref).columns, "selected", node);
    } else if (by.isSequence() && !by.items.empty()) {
        if (auto names = namesIn(by); !names.empty()) {
            at(ref).columns = std::move(names);
            useColumns(tabular ? base : 0, at(ref).columns, "selected", node);
        }
        at(ref).self = 0; // a copy
    } else if (by.kind == ThingKind::Object || by.kind == ThingKind::Unknown) {
        at(ref).self = keyValue != 0 && !by.from.empty() ? 0 : base; // a filter copies
        const bool condition = tabular && by.kind == ThingKind::Object && choosesRows(node, key);
        const bool rows = !at(base).rows.empty();
        charge(rows && key != Syntax::none && tree()[key].kind == Kind::Identifier ? nearMask / 32 : 0);
        if (rows && (condition || isMask(tree(), cellOf(m_unit).text, key))) {
            at(ref).rows = chosenRows(at(base), nodeText(key));
        }
    }
    return ref;
}

} // namespace cupel::lineage
