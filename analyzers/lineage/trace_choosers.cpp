// SPDX-License-Identifier: GPL-3.0-or-later
// Values that choose rows: numbers of rows in some order, parts of them, the index of rows chosen before, and what is
// left when those are taken out.
#include "analyzers/lineage/trace.h"

#include "analyzers/lineage/words.h"

#include <algorithm>

namespace cupel::lineage {

namespace {

using Kind = code::NodeKind;

constexpr std::string_view chooser = "rows"; // type of a value that chooses rows
constexpr std::string_view numbers = "rows.order"; // type of the numbers of all rows, or of a part of them
constexpr std::uint32_t chosenByNumbers = 0x1000'0000U; // splits: rows that numbers choose, by where these begin
constexpr int maxParts = 32; // of parts of an order

// How many rows there are, and no rows.
bool countsRows(const Thing& thing, std::string_view written)
{
    const bool counts = has(written, "len(") || has(written, ".shape") || has(written, ".index")
        || has(written, ".size") || has(written, "num_");
    return thing.kind == ThingKind::Number || (thing.kind == ThingKind::Unknown && !thing.from.empty())
        || (thing.kind != ThingKind::Text && counts);
}

} // namespace

// np.random.permutation(len(x)), torch.randperm(n), np.arange(len(x)), list(range(len(x))): the numbers of all rows.
bool Trace::orderCall(TraceCall& site, std::string_view name, Ref& result)
{
    const bool mixed = isOneOf(name, {"numpy.random.permutation", "torch.randperm"}) || name == "permutation";
    const bool some = isOneOf(name, {"numpy.random.choice", "random.sample"}) || name == "choice";
    if (!(mixed || some || isOneOf(name, {"numpy.arange", "list"})) || site.arguments.empty() || site.unit != m_unit
        || site.arguments.front().node >= tree().size()) {
        return false;
    }
    const auto first = site.arguments.front();
    const auto written = nodeText(first.node).substr(0, 256);
    const bool listed = name == "list" || name == "random.sample";
    const bool whole = mixed || countsRows({}, written); // np.arange(10) is anything
    const bool replaced = some && name != "random.sample" && at(site.value(2, "replace")).text != "False";
    if ((listed && !written.starts_with("range(")) || (!listed && !countsRows(at(first.value), written)) || replaced
        || (!whole && at(first.value).kind != ThingKind::Unknown)) {
        return false;
    }
    result = object(numbers, site.node);
    const auto all = m_rows.add({});
    at(result).rows = {all};
    if (some) {
        at(result).rows = childRows(at(result), m_nextSplit++, 0, Role::None);
    }
    return true;
}

// The rows of `of` that these numbers choose: the same for all that is chosen by them, so that parts stay apart.
Marks TraceState::rowsChosen(const Thing& of, Marks numbersOf)
{
    Marks all;
    charge(of.rows.size() * numbersOf.size());
    for (const auto set : numbersOf) {
        std::vector<std::uint32_t> way; // from the whole order down
        for (auto at = set; at != none && way.size() < maxParts; at = m_rows[at].parent) {
            way.push_back(at);
        }
        const auto split = chosenByNumbers | (way.back() & 0x0FFF'FFFFU);
        Thing part;
        part.rows = of.rows;
        for (auto step = way.rbegin(); step != way.rend(); ++step) {
            if (step == way.rbegin() && way.size() > 1) {
                continue; // all of them, in another order
            }
            part.rows = childRows(part, split, 2 * *step, m_rows[*step].role);
            for (const auto child : part.rows) {
                auto& made = m_rows[child];
                const auto& by = m_rows[*step];
                made.by = *step;
                made.shuffled = way.size() == 1;
                made.bounded = by.bounded;
                made.beside = by.beside;
                made.first = by.first;
                made.last = by.last;
            }
        }
        mergeMarks(all, part.rows);
    }
    return all;
}

// rows[numbers], rows[other.index]. False: the key chooses none by itself.
bool Trace::chosenItem(TraceCall& site, Ref receiver, Ref& result)
{
    const auto key = site.arguments.empty() ? Ref{0} : site.arguments.front().value;
    const auto& thing = at(receiver);
    const auto& by = at(at(key).isSequence() && !at(key).items.empty() ? at(key).items.front() : key); // x[numbers, :]
    const bool byNumbers = by.type == numbers && thing.type != numbers;
    const bool byIndex = by.text == "index" && !by.rows.empty() && isSome(by.rows, thing.rows);
    if ((!byNumbers && !byIndex) || thing.rows.empty() || by.rows.empty()) {
        return false;
    }
    const auto rows = byIndex ? by.rows : rowsChosen(thing, by.rows);
    result = derived({receiver}, site.node, thing.type);
    at(result).columns = thing.columns;
    at(result).dropped = thing.dropped;
    at(result).text = thing.text == "index" ? thing.text : std::string_view(); // df.index[numbers]
    at(result).pathLike = thing.pathLike && thing.kind == ThingKind::Object;
    at(result).locators = at(result).pathLike ? thing.locators : Names{};
    at(result).rows = rows;
    return true;
}

// ~rows.index.isin(test.index): all but those. 0: it chooses none.
Ref TraceState::restOf(Ref chosen, std::uint32_t node)
{
    const auto rows = at(chosen).rows;
    if (at(chosen).type != chooser || rows.size() != 1 || m_rows[rows.front()].parent == none) {
        return 0;
    }
    const auto set = m_rows[rows.front()];
    Thing all;
    all.rows = {set.parent};
    const auto rest = derived({}, node, chooser);
    at(rest).rows = childRows(all, set.split, set.part + 1, Role::None);
    return rest;
}

// train = rows.head(800), test = rows.tail(200): slices, where the names say that they are parts.
bool Trace::endsOfRows(TraceCall& site, Ref receiver, std::string_view name, Ref& result)
{
    const auto count = site.value(0, "n");
    if (!isOneOf(name, {"head", "tail"}) || at(receiver).rows.empty() || site.unit != m_unit || !namesPart(site.node)
        || site.arguments.size() != 1) {
        return false;
    }
    const auto written = std::string(nodeText(site.arguments.front().node).substr(0, 128));
    const auto known = at(count).kind == ThingKind::Number ? std::string(at(count).text) : written;
    result = derived({receiver}, site.node, at(receiver).type);
    at(result).columns = at(receiver).columns;
    at(result).dropped = at(receiver).dropped;
    const auto slice = name == "head" ? ':' + known : '-' + known + ':';
    at(result).rows =
        childRows(at(receiver), slicedRows, static_cast<std::uint32_t>(std::hash<std::string>{}(slice)), Role::None);
    boundRows(at(result).rows, name == "head" ? "" : "-" + known, name == "head" ? known : "");
    return true;
}

// Whether these are some of those rows, and not all.
bool TraceState::isSome(const Marks& rows, const Marks& all)
{
    charge(all.size() * rows.size() / 8);
    return !rows.empty() && rows != all && std::all_of(rows.begin(), rows.end(), [&](auto set) {
        return std::any_of(all.begin(), all.end(), [&](auto outer) { return m_rows.contains(outer, set); });
    });
}

// df[df["id"].isin(ids)]: of rows whose ids were split, those that this part of them names.
bool Trace::splitListed(TraceCall& site, Ref all, Ref listed, Ref& result)
{
    if (!isSome(at(listed).rows, at(all).rows)) {
        return false;
    }
    result = derived({all}, site.node, chooser);
    at(result).rows = at(listed).rows;
    return true;
}

// groups.apply(lambda g: g.iloc[:-n]): the rows that are chosen of each are those that come back.
void Trace::takeChosen(Ref receiver, const std::vector<Ref>& handed, Ref result)
{
    if (handed.size() == 1 && result != receiver && isSome(at(handed.front()).rows, at(receiver).rows)) {
        at(result).rows = at(handed.front()).rows;
    }
}

} // namespace cupel::lineage
