// SPDX-License-Identifier: GPL-3.0-or-later
// What rows are for where no split says it: by the names of places and of variables, and by what is chosen of them.
#include "analyzers/lineage/trace.h"

#include "analyzers/lineage/words.h"

#include <algorithm>
#include <functional>

namespace cupel::lineage {

namespace {

using Kind = code::NodeKind;
using code::Syntax;

constexpr std::uint32_t askedSplit = 0x4000'0000U; // the split of rows that were asked for as train, test ...
constexpr std::uint32_t chosenBy = 0xC000'0000U; // the split of rows that conditions choose

} // namespace

// train.csv, and train/rows.csv
Role roleOfPlace(std::string_view locator)
{
    const auto own = roleOfName(locator);
    const auto slash = locator.rfind('/');
    if (own != Role::None || slash == std::string_view::npos || slash == 0) {
        return own;
    }
    const auto folder = locator.substr(0, slash);
    const auto name = folder.substr(folder.rfind('/') + 1);
    return isOneOf(name, {"train", "training", "valid", "val", "validation", "test", "testing"}) ? roleOfName(name)
                                                                                                 : Role::None;
}

// What the roots of these rows are called, when all are called the same.
Role TraceState::namedRole(const Marks& rows) const
{
    Role all = Role::None;
    for (const auto set : rows) {
        const auto named = m_rows[m_rows.rootOf(set)].named;
        if (named == Role::None || named == Role::Full || (all != Role::None && all != named)) {
            return Role::None;
        }
        all = named;
    }
    return all;
}

// Rows that were told apart by hand get their role from the names they are given to.
void TraceState::nameRows(std::string_view name, Thing& thing)
{
    const auto role = roleOfName(name);
    if (role == Role::None || (thing.isSequence() && !thing.split)) {
        return;
    }
    for (auto set : thing.rows) {
        while (m_rows[set].shuffled) {
            set = m_rows[set].parent; // all the rows of it
        }
        auto& rows = m_rows[set];
        const bool chosen = rows.split != none;
        if (rows.parent == none && rows.role == Role::None && thing.models.empty()) {
            rows.named = rows.named == Role::None || rows.named == role ? role : Role::Full; // of several names none
        }
        const bool slice = (rows.split == slicedRows || rows.by != none)
            && m_namedSlices.insert(set).second; // whose other half said its role
        const bool byHand = chosen && (rows.role == Role::None || slice);
        if (chosen
            && (rows.role == Role::None || rows.guessed
                || (rows.role == Role::Test && role == Role::Validation && thing.models.empty()
                    && rows.split != askedSplit && m_frames.empty()))) {
            rows.role = role;
            rows.guessed = false;
        }
        const bool cut = (rows.split == slicedRows || rows.by != none || rows.split >= chosenBy) && rows.split != none
            && rows.role == role && cutHere(thing.place);
        if ((byHand || cut) && rows.parent != none && m_frames.empty() && thing.type != "rows.order") {
            handSplit(name, set, thing.from.empty() ? none : thing.from.front());
        }
    }
}

// y_val = labels[:n]: what is bound now is the slice itself.
bool TraceState::cutHere(CodePlace made) const
{
    if (made.unit != m_unit || made.node >= tree().size() || m_bound >= tree().size()
        || tree()[made.node].kind != Kind::Subscript) {
        return false;
    }
    const auto from = tree()[made.node].parent;
    const auto to = tree()[m_bound].parent;
    const bool several =
        tree()[from].kind == Kind::ExpressionList && tree()[from].parent == tree()[to].parent; // a, b =
    return tree()[several ? tree()[to].parent : to].kind == Kind::Assignment && (several || from == to);
}

// train = df.sample(frac=0.8); test = df.drop(train.index): the parts of one split come one by one. Labels that are cut
// as their rows were are a split of their own. `of`: what they are parts of, a node.
void TraceState::handSplit(std::string_view name, std::uint32_t set, std::uint32_t of)
{
    const auto& rows = m_rows[set];
    const auto first = m_handSplits.find({rows.parent, rows.split, none});
    const bool beside = first != m_handSplits.end() && first->second.second != of;
    const bool known = (rows.split == slicedRows || rows.by != none || rows.split >= chosenBy) && beside;
    const auto key = std::make_tuple(rows.parent, rows.split, known ? of : none);
    const auto [hit, fresh] = m_handSplits.try_emplace(key, m_out.graph().splits.size(), of);
    if (fresh) {
        Split split;
        split.place = placeOf({m_unit, m_bound});
        m_out.graph().splits.push_back(std::move(split));
    }
    auto& outputs = m_out.graph().splits[hit->second.first].outputs;
    const bool told = std::any_of(outputs.begin(), outputs.end(), [name](const auto& o) { return o.variable == name; });
    if (!told && outputs.size() < 16) {
        outputs.push_back({std::string(name), rows.role});
    }
}

// Two data sets that were not split, but are called train and test.
void Trace::settleRoles()
{
    bool held = false;
    for (std::uint32_t set = 0; set < m_rows.size(); ++set) {
        held = held || m_rows[set].named == Role::Test || m_rows[set].named == Role::Validation;
        held = held
            || (m_rows[set].parent == none && (m_rows[set].role == Role::Test || m_rows[set].role == Role::Validation));
    }
    auto& graph = m_out.graph();
    std::unordered_map<std::uint32_t, Marks> learnt; // by model
    for (auto& use : m_uses) {
        if (!use.training) {
            continue;
        }
        mergeMarks(learnt[use.model], use.rows);
        if (held && use.role == Role::Full && namedRole(use.rows) == Role::Train) {
            use.role = graph.trainings[use.index].role = Role::Train;
        }
    }
    for (auto& use : m_uses) {
        if (use.training || use.watched || use.role != Role::Full || graph.evaluations[use.index].role != Role::Full) {
            continue;
        }
        const auto& own = learnt[use.model];
        charge(own.size() * use.rows.size() / 8);
        if (spent() || m_rows.overlap(own, use.rows)) {
            continue;
        }
        auto& entry = graph.evaluations[use.index];
        const auto named = namedRole(use.rows);
        const bool asks = isOneOf(entry.metric, {"forward", "generate"}) || entry.metric.starts_with("predict");
        const bool byHand = !use.rows.empty() && std::all_of(use.rows.begin(), use.rows.end(), [&](auto set) {
            return m_rows[m_rows.rootOf(set)].written;
        });
        if (asks && byHand && named != Role::Test) {
            use.role = Role::Query;
        } else if (named == Role::Test || (named == Role::Validation && !own.empty())) {
            use.role = named;
        }
        entry.role = use.role;
    }
}

// as_dataset(split="test"): a part of what the receiver gives.
Role Trace::askedRole(const TraceCall& site)
{
    for (const auto name : {"split", "subset"}) {
        const auto& wanted = at(site.value(-1, name));
        if (wanted.kind == ThingKind::Text && wanted.made.empty()) {
            return roleOfName(wanted.text);
        }
        if (wanted.kind == ThingKind::Path) { // tfds.Split.TRAIN
            return roleOfName(lastPart(wanted.text));
        }
    }
    return Role::None;
}

// A call that is told which part it gives.
void Trace::chooseAsked(const TraceCall& site, Ref receiver, Ref result)
{
    const auto role = result == 0 || result == receiver || at(result).rows.empty() ? Role::None : askedRole(site);
    if (role != Role::None && at(result).rows == at(receiver).rows) {
        at(result).rows = childRows(at(receiver), askedSplit, static_cast<std::uint32_t>(role), role);
    }
}

Marks Trace::chosenRows(const Thing& of, std::string_view condition)
{
    const bool rest = condition.starts_with('~');
    const auto by = static_cast<std::uint32_t>(std::hash<std::string_view>{}(condition.substr(rest ? 1 : 0)));
    if (condition.find_first_of(" ()[]{}<>=&|.'\",") == std::string_view::npos) { // rows[mask], rows[~mask]
        return childRows(of, chosenBy | (by & 0x00FF'FFFFU), rest ? 1 : 0, Role::None);
    }
    return childRows(of, chosenBy, static_cast<std::uint32_t>(std::hash<std::string_view>{}(condition)), Role::None);
}

// train = df[df.year < 2000]: rows that a condition chooses, for what the name says.
bool TraceState::namesPart(std::uint32_t node) const
{
    std::size_t place = 0; // among what several names are given, from 1
    for (int depth = 0; depth < 12 && node != Syntax::none; ++depth) {
        const auto& entry = tree()[node];
        const auto around = tree()[entry.parent].kind;
        if (around == Kind::ExpressionList || around == Kind::Tuple) {
            constexpr std::size_t most = 4;
            for (const auto child : code::Children(tree(), entry.parent)) {
                if (++place > most || child == node) {
                    break;
                }
            }
            node = entry.parent;
            if (place > most || tree()[tree()[node].parent].kind != Kind::Assignment) {
                return false;
            }
            node = tree()[node].parent;
            --depth;
            continue;
        }
        if (entry.kind == Kind::Assignment) {
            auto left = tree().child(node, code::NodeField::Left);
            if (left != Syntax::none && place > 0 && tree()[left].kind != Kind::Identifier) { // train, test = a, b
                std::size_t seen = 0;
                for (const auto child : code::Children(tree(), left)) {
                    if (++seen == place) {
                        left = child;
                        break;
                    }
                }
            }
            return left != Syntax::none && tree()[left].kind == Kind::Identifier
                && roleOfName(nodeText(left)) != Role::None;
        }

        const bool chained = entry.kind == Kind::Subscript || entry.kind == Kind::Attribute || entry.kind == Kind::Call;
        if (!chained || entry.parent == node) {
            return false;
        }
        node = entry.parent;
    }
    return false;
}

bool TraceState::choosesRows(std::uint32_t node, std::uint32_t key) const
{
    const auto kind = key == Syntax::none ? Kind::None : tree()[key].kind;
    const bool condition = kind == Kind::ComparisonOperator || kind == Kind::BinaryOperator
        || kind == Kind::UnaryOperator || kind == Kind::Call;
    return condition && namesPart(node);
}

// data.filter(condition), data.query("condition")
bool Trace::filterMethod(TraceCall& site, Ref receiver, std::string_view name, Ref& result)
{
    const auto type = at(receiver).type;
    const bool spark = has(type, "pyspark.sql.DataFrame");
    const bool filters = (name == "filter" && (has(type, "Dataset") || spark)) || (name == "where" && spark)
        || (name == "query" && has(type, "DataFrame"));
    const auto list = tree().child(site.node, code::NodeField::Arguments);
    if (!filters || !namesPart(site.node) || at(receiver).rows.empty() || site.arguments.empty() || site.unit != m_unit
        || list == Syntax::none) {
        return false;
    }
    (void)handOver(site);
    result = derived({receiver}, site.node, type);
    at(result).columns = at(receiver).columns;
    at(result).locators = at(receiver).locators;
    at(result).pathLike = at(receiver).pathLike;
    at(result).rows = chosenRows(at(receiver), nodeText(list));
    return true;
}

} // namespace cupel::lineage
