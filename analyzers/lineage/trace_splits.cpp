// SPDX-License-Identifier: GPL-3.0-or-later
// Splits: which rows go where, and what they are for.
#include "analyzers/lineage/trace.h"

#include "analyzers/lineage/words.h"

#include <algorithm>
#include <charconv>
#include <functional>

namespace cupel::lineage {

namespace {

using Kind = code::NodeKind;
using code::Children;

constexpr std::uint32_t fromTheEnd = 1; // bounds of slices: beside the end of the rows
constexpr std::uint32_t seededOrder = 0x2000'0000U; // splits: rows in an order that a seed gives
constexpr std::string_view index = "rows"; // type of a value that chooses rows

Role roleOfPart(std::size_t part, std::size_t parts, Role parent)
{
    if (part == 0) {
        return parent == Role::Test ? Role::Validation : Role::Train;
    }
    if (parent == Role::Train) {
        return Role::Validation;
    }
    return parts == 3 && part == 1 ? Role::Validation : Role::Test;
}

} // namespace

Marks TraceState::childRows(const Thing& of, std::uint32_t split, std::uint32_t part, Role role)
{
    Marks rows;
    for (const auto parent : of.rows) {
        const auto key = std::make_tuple(parent, split, part);
        const auto [hit, fresh] = m_childRows.try_emplace(key, 0);
        if (fresh) {
            RowSet set;
            set.parent = parent;
            set.split = split;
            set.part = part;
            set.role = role;
            hit->second = m_rows.add(set);
        }
        mergeMarks(rows, {hit->second});
    }
    return rows;
}

std::uint32_t TraceState::splitNode(std::uint32_t node, const std::vector<Ref>& data)
{
    const auto where = place(node);
    const auto splitAt = m_out.node(NodeKind::Split, "split:" + placeId(node, {}), "split", where);
    if (splitAt == none) {
        return none;
    }
    m_out.graph().nodes[splitAt].cell = cellNode(m_unit);
    for (const auto from : dataOf(data)) {
        m_out.edge(from, splitAt, EdgeKind::Derives, "split", "its rows are split here", where);
    }
    return splitAt;
}

// `byArgument`: one value for each of `data` and role, in the order of train_test_split; else a tuple of parts.
// Without roles: the same rows under several names (X, y = load(..., return_X_y=True)).
Ref Trace::parts(const std::vector<Ref>& data, const std::vector<Role>& roles, std::uint32_t node, bool byArgument)
{
    const auto all = make(ThingKind::Tuple, node);
    at(all).split = !roles.empty();
    if (roles.empty()) {
        for (const auto ref : data) {
            at(all).items.push_back(derived({ref}, node, at(ref).type));
        }
        at(all).takeData(at(data.front()));
        return all;
    }
    const auto split = m_nextSplit++;
    const auto nodeOfSplit = splitNode(node, data);
    for (const auto ref : data) {
        if (at(ref).rows.empty() && ref != 0) {
            at(ref).rows = {m_rows.add({})};
        }
        Marks nested;
        const auto parent = m_rows.role(at(ref).rows);
        for (std::size_t part = 0; part < roles.size(); ++part) {
            const auto one = derived({ref}, node, at(ref).type);
            at(one).columns = at(ref).columns;
            at(one).dropped = at(ref).dropped;
            at(one).rows = childRows(at(ref), split, static_cast<std::uint32_t>(part),
                byArgument ? roleOfPart(part, roles.size(), parent) : roles[part]);
            if (nodeOfSplit != none) {
                at(one).from = {nodeOfSplit};
            }
            if (!byArgument && data.size() == 1 && roles.size() == 2) {
                // ((x_train, y_train), (x_test, y_test))
                const auto pair = make(ThingKind::Tuple, node);
                at(pair).items = {one, derived({one}, node)};
                at(pair).takeData(at(one));
                at(all).items.push_back(pair);
            } else {
                at(all).items.push_back(one);
            }
            at(all).takeData(at(one));
        }
    }
    return all;
}

// Pairs of index arrays: the first says train.
Ref Trace::folds(const std::vector<Ref>& data, std::uint32_t node)
{
    const auto split = m_nextSplit++;
    const auto list = make(ThingKind::List, node);
    at(list).open = true;
    const auto pair = make(ThingKind::Tuple, node);
    for (std::uint32_t part = 0; part < 2; ++part) {
        const auto chosen = derived({}, node, index);
        for (const auto ref : data) {
            if (at(ref).rows.empty() && ref != 0) {
                at(ref).rows = {m_rows.add({})};
            }
            const auto rows = childRows(at(ref), split, part, part == 0 ? Role::Train : Role::Test);
            for (const auto set : rows) {
                m_rows[set].fold = true;
            }
            mergeMarks(at(chosen).rows, rows);
        }
        at(pair).items.push_back(chosen);
    }
    at(list).items.push_back(pair);
    return list;
}

bool Trace::splitCall(TraceCall& site, std::string_view name, Ref& result)
{
    if (orderCall(site, name, result)) {
        return true;
    }
    const auto last = lastPart(name);
    const bool draws = last == "resample" && (name.starts_with("sklearn.") || name.starts_with("imblearn."));
    if (last == "train_test_split" || draws) {
        std::vector<Ref> data;
        for (const auto& argument : site.arguments) {
            if (argument.name.empty() || argument.name == "arrays") {
                data.push_back(argument.value);
            }
        }
        if (draws) {
            std::vector<Ref> copies;
            const auto all = make(ThingKind::Tuple, site.node);
            for (const auto ref : data) {
                const auto one = derived({ref}, site.node, at(ref).type);
                at(one).sample = true;
                at(all).items.push_back(one);
                at(all).takeData(at(one));
            }
            result = data.size() == 1 ? at(all).items.front() : all;
            return true;
        }
        result = parts(data, {Role::Train, Role::Test}, site.node, true);
        return true;
    }
    const bool drawn = name.starts_with("torch.") || at(site.value(1, "lengths")).isSequence();
    if (last == "random_split" && site.value(0, "dataset") != 0 && drawn) {
        const auto lengths = at(site.value(1, "lengths")).items.size();
        std::vector<Role> roles{Role::Train, Role::Test};
        if (lengths == 3) {
            roles = {Role::Train, Role::Validation, Role::Test};
        }
        result = parts({site.value(0, "dataset")}, roles, site.node, true);
        return true;
    }
    if (isOneOf(name, {"numpy.split", "numpy.array_split"}) && !site.arguments.empty()) {
        const auto whole = site.arguments.front().value; // train, val, test = split(rows, [a, b])
        result = derived({whole}, site.node, at(whole).type);
        return splitByName(site, {whole}, result);
    }
    if (isOneOf(name, {"numpy.isin", "numpy.in1d"})
        && splitListed(site, site.value(0, "element"), site.value(1, "test_elements"), result)) {
        return true;
    }
    if (name == "torch.utils.data.DataLoader" || name == "torch.utils.data.Subset") {
        const auto data = site.value(0, "dataset");
        result = derived({data}, site.node, name);
        auto by = site.value(name.ends_with("Subset") ? 1 : -1, name.ends_with("Subset") ? "indices" : "sampler");
        by = at(by).made.empty() ? by : at(by).made.front(); // SubsetRandomSampler(numbers)
        if (at(by).type == "rows.order" && !at(data).rows.empty()) {
            at(result).rows = rowsChosen(at(data), at(by).rows);
        }
        return true;
    }
    return false;
}

bool Trace::splitByName(TraceCall& site, const std::vector<Ref>& data, Ref result)
{
    if (site.unit != m_unit || site.node >= tree().size()) {
        return false;
    }
    const auto assignment = tree()[site.node].parent;
    const auto left = tree()[assignment].kind == Kind::Assignment ? tree().child(assignment, code::NodeField::Left)
                                                                  : code::Syntax::none;
    const auto function = tree().child(site.node, code::NodeField::Function);
    if (left == code::Syntax::none || function == code::Syntax::none || tree()[left].kind == Kind::Identifier
        || nodeText(function).find("split") == std::string_view::npos) {
        return false;
    }
    std::vector<Role> roles;
    for (const auto child : Children(tree(), left)) {
        roles.push_back(roleOfName(nodeText(child)));
    }
    if (roles.size() < 2 || roles.size() > 12 || std::find(roles.begin(), roles.end(), Role::None) != roles.end()) {
        return false;
    }
    const auto base = derived(data, site.node, at(result).type);
    if (at(base).rows.empty()) {
        at(base).rows = {m_rows.add({})};
    }
    const auto split = m_nextSplit++;
    const auto nodeOfSplit = splitNode(site.node, data);
    auto& all = at(result);
    all.kind = ThingKind::Tuple;
    all.split = true;
    for (const auto role : roles) {
        const auto one = derived({base}, site.node, data.size() == 1 ? at(base).type : std::string_view());
        at(one).columns = data.size() == 1 ? at(data.front()).columns : Names{};
        at(one).rows = childRows(at(base), split, static_cast<std::uint32_t>(role), role);
        if (nodeOfSplit != none) {
            at(one).from = {nodeOfSplit};
        }
        all.items.push_back(one);
        all.takeData(at(one));
    }
    return true;
}

// Slices of one thing part its rows, unless numbers say that they overlap.
bool Trace::sliceRows(Ref receiver, std::uint32_t key, std::uint32_t node, Ref& result)
{
    const auto& thing = at(receiver);
    auto written = std::string(nodeText(key));
    std::erase(written, ' ');
    const auto colon = written.find(':');
    if (written.size() < 2 || written.find(':', colon + 1) != std::string::npos) {
        return false;
    }
    const auto part = static_cast<std::uint32_t>(std::hash<std::string>{}(written));
    result = derived({receiver}, node, thing.type);
    at(result).columns = thing.columns;
    at(result).pathLike = thing.pathLike && thing.kind == ThingKind::Object;
    at(result).locators = at(result).pathLike ? thing.locators : Names{};
    at(result).rows = childRows(thing, slicedRows, part, Role::None);
    // [:cut] and [cut:] meet: the front is for training when nothing else is said.
    const auto bound = colon == 0     ? written.substr(1)
        : colon + 1 == written.size() ? written.substr(0, colon)
                                      : std::string();
    if (!bound.empty() && thing.rows.size() == 1) {
        const auto own = at(result).rows.front();
        auto& halves = m_halves.try_emplace({thing.rows.front(), bound}, none, none).first->second;
        (colon == 0 ? halves.first : halves.second) = own;
        if (halves.first != none && halves.second != none
            && bound.find_first_not_of("0123456789-") != std::string::npos) {
            auto& front = m_rows[halves.first].role;
            auto& back = m_rows[halves.second].role;
            front = front == Role::None && back != Role::Train ? Role::Train : front;
            back = back == Role::None ? Role::Test : back;
        }
    }
    boundRows(at(result).rows, std::string_view(written).substr(0, colon), std::string_view(written).substr(colon + 1));
    return true;
}

// Which rows a slice has: numbers count from the start or the end, "n - 100" is 100 before n.
void Trace::boundRows(const Marks& rows, std::string_view from, std::string_view to)
{
    constexpr std::int64_t far = std::int64_t{1} << 40;
    struct Bound {
        bool known = false;
        std::uint32_t beside = 0;
        std::int64_t offset = 0;
    };
    const auto number = [](std::string_view digits, std::int64_t& value) {
        const auto done = std::from_chars(digits.data(), digits.data() + digits.size(), value);
        return !digits.empty() && done.ec == std::errc() && done.ptr == digits.data() + digits.size() && value > -far
            && value < far;
    };
    const auto bound = [&](std::string_view text) {
        Bound out;
        if (number(text, out.offset)) {
            return Bound{true, out.offset < 0 ? fromTheEnd : 0, out.offset};
        }
        const auto sign = text.find_first_of("+-", 1);
        const auto name = text.substr(0, sign);
        if (sign != std::string_view::npos && !number(text.substr(sign + (text[sign] == '+' ? 1 : 0)), out.offset)) {
            return out;
        }
        if (name.empty() || name.find_first_of("+-*/%()[]{}, ") != std::string_view::npos) {
            return out;
        }
        const auto* known = findName(name);
        std::int64_t value = 0;
        if (known && at(*known).kind == ThingKind::Number && number(at(*known).text, value)) {
            value += out.offset;
            return Bound{true, value < 0 ? fromTheEnd : 0, value};
        }
        const auto by = static_cast<std::uint32_t>(std::hash<std::string_view>{}(name));
        return Bound{true, std::max(by, fromTheEnd + 1), out.offset};
    };
    auto first = bound(from);
    auto last = bound(to);
    if (from.empty()) {
        first = {last.known, last.beside, -far}; // whatever is before
    } else if (to.empty()) {
        last = {first.known, first.beside, far};
    }
    if (!first.known || !last.known || first.beside != last.beside) {
        return;
    }
    for (const auto set : rows) {
        m_rows[set].bounded = true;
        m_rows[set].beside = first.beside;
        m_rows[set].first = first.offset;
        m_rows[set].last = last.offset;
    }
}

// Shuffled: the same rows, but parts of this order have nothing to do with parts of another.
Marks TraceState::shuffled(const Thing& of, const TraceCall& site)
{
    auto seed = site.value(-1, "random_state");
    seed = seed != 0 ? seed : site.value(-1, "seed");
    const auto known = std::hash<std::string_view>{}(at(seed).text);
    const bool given = at(seed).kind == ThingKind::Number;
    const auto order = given ? seededOrder | static_cast<std::uint32_t>(known & 0x1FFF'FFFF) : m_nextSplit++;
    const auto rows = childRows(of, order, 0, Role::None);
    for (const auto set : rows) {
        m_rows[set].shuffled = true;
    }
    return rows;
}

// A subscript that chooses rows.
bool Trace::splitItem(TraceCall& site, Ref receiver, std::string_view name, Ref& result)
{
    const auto& thing = at(receiver);
    const auto type = at(receiver).type;
    if (name == "[]") {
        if (chosenItem(site, receiver, result)) {
            return true;
        }
        const auto key = site.arguments.empty() ? Ref{0} : site.arguments.front().value;
        if (at(key).type == index && !thing.rows.empty()) {
            result = derived({receiver}, site.node, type);
            at(result).columns = thing.columns;
            Marks rows;
            for (const auto set : at(key).rows) {
                if (std::any_of(
                        thing.rows.begin(), thing.rows.end(), [&](auto mine) { return m_rows.contains(mine, set); })) {
                    mergeMarks(rows, {set});
                }
            }
            at(result).rows = rows.empty() ? at(key).rows : rows;
            return true;
        }
        const bool mapping = type == "datasets.DatasetDict" || thing.kind == ThingKind::Unknown || type.empty()
            || type == "datasets.Dataset";
        if (at(key).kind == ThingKind::Text && mapping && thing.kind != ThingKind::Dictionary) {
            const auto role = roleOfName(at(key).text);
            if (role == Role::None || thing.rows.empty()) {
                return false;
            }
            result = derived({receiver}, site.node, "datasets.Dataset");
            at(result).rows = childRows(thing, 0x4000'0000U, static_cast<std::uint32_t>(role), role);
            return true;
        }
        // data[:n] and data[n:] part the rows; what they are for, their names say.
        const auto keyNode = site.arguments.empty() ? code::Syntax::none : site.arguments.front().node;
        if (keyNode != code::Syntax::none && tree()[keyNode].kind == Kind::Slice && !thing.rows.empty()) {
            return sliceRows(receiver, keyNode, site.node, result);
        }
        return false;
    }
    return false;
}

// Folds, and splits by position.
bool Trace::splitFolds(TraceCall& site, Ref receiver, std::string_view name, Ref& result)
{
    const auto type = at(receiver).type;
    if (name == "split"
        && (type.find("Fold") != std::string_view::npos || type.find("Split") != std::string_view::npos
            || type.find("LeaveOne") != std::string_view::npos)) {
        std::vector<Ref> data;
        for (const auto& argument : site.arguments) {
            if (argument.name != "groups") {
                data.push_back(argument.value);
            }
        }
        result = folds(data, site.node);
        return true;
    }
    if (name == "train_test_split" || name == "randomSplit" || name == "random_split") {
        const auto count = name == "randomSplit" ? at(site.value(0, "weights")).items.size() : 2;
        std::vector<Role> roles{Role::Train, Role::Test};
        if (count == 3) {
            roles = {Role::Train, Role::Validation, Role::Test};
        }
        result = parts({receiver}, roles, site.node, true);
        if (name == "train_test_split") {
            const auto items = at(result).items;
            const auto both = make(ThingKind::Object, site.node);
            at(both).type = "datasets.DatasetDict";
            at(both).setMember("train", items[0]);
            at(both).setMember("test", items[1]);
            at(both).takeData(at(result));
            result = both;
        }
        return true;
    }
    return false;
}

// Rows that are drawn, and the rest of them.
bool Trace::splitSample(TraceCall& site, Ref receiver, std::string_view name, Ref& result)
{
    const auto& thing = at(receiver);
    const auto type = at(receiver).type;
    if (name == "sample" && !thing.rows.empty()) {
        result = derived({receiver}, site.node, type);
        at(result).columns = thing.columns;
        at(result).sample = at(site.value(-1, "replace")).text == "True";
        if (site.value(-1, "frac") != 0 && at(site.value(-1, "frac")).text != "1"
            && at(site.value(-1, "frac")).text != "1.0") {
            at(result).rows = childRows(thing, m_nextSplit++, 0, Role::None);
        } else if (site.value(-1, "frac") != 0) {
            at(result).rows = shuffled(thing, site);
        }
        return true;
    }
    if (name == "drop" && !site.arguments.empty()) {
        // df.drop(train.index): the rest of what `train` was drawn from
        const auto rows = at(site.value(0, "index"));
        if (rows.text == "index" && rows.rows.size() == 1 && !thing.rows.empty()) {
            const auto& drawn = m_rows[rows.rows.front()];
            if (drawn.split != none && drawn.parent == thing.rows.front()) {
                result = derived({receiver}, site.node, type);
                at(result).columns = thing.columns;
                at(result).rows = childRows(thing, drawn.split, drawn.part + 1, Role::None);
                return true;
            }
        }
        return false;
    }
    if ((name == "take" || name == "skip") && type.find("Dataset") != std::string_view::npos && !thing.rows.empty()) {
        result = derived({receiver}, site.node, type);
        const auto size = at(site.value(0, "count")).text;
        const auto split = 0x8000'0000U | static_cast<std::uint32_t>(std::hash<std::string_view>{}(size) & 0x3fffffff);
        at(result).rows = childRows(thing, split, name == "take" ? 0 : 1, Role::None);
        return true;
    }
    return false;
}

bool Trace::splitMethod(TraceCall& site, Ref receiver, std::string_view name, Ref& result)
{
    if (name == "isin" && splitListed(site, receiver, site.value(0, "values"), result)) {
        return true;
    }
    if ((name == "permutation" || name == "choice") && at(receiver).rows.empty() && orderCall(site, name, result)) {
        return true;
    }
    return endsOfRows(site, receiver, name, result) || splitItem(site, receiver, name, result)
        || splitFolds(site, receiver, name, result) || splitSample(site, receiver, name, result)
        || filterMethod(site, receiver, name, result);
}

} // namespace cupel::lineage
