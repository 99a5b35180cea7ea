// SPDX-License-Identifier: GPL-3.0-or-later
// What the walk through code knows of a value: its constant, its type, its parts, where it comes from as nodes of the
// graph, and which rows of the data it holds. Names share a Thing when Python's names would share the object.
#pragma once

#include "analyzers/code/syntax.h"
#include "analyzers/lineage/lineage_graph.h"

#include <algorithm>
#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cupel::lineage {

using Ref = std::uint32_t; // of a Thing; 0: nothing is known

enum class ThingKind : std::uint8_t {
    Unknown,
    Text, // constant; holes of it are \1
    Number,
    Boolean,
    Nothing, // None
    Path, // something of a module, by its canonical name
    Function, // of the workspace
    Class, // of the workspace
    Bound, // a method with its receiver
    List,
    Tuple,
    Dictionary,
    Object
};

struct CodePlace {
    std::uint32_t unit = none;
    std::uint32_t node = code::Syntax::none;
};

// Sorted, without doubles and without `none`; the lowest ones only, where there are too many.
using Marks = std::vector<std::uint32_t>;

inline constexpr std::size_t maxMarks = 1'024;

inline void mergeMarks(Marks& into, const Marks& from)
{
    if (from.empty() || &into == &from) {
        return;
    }
    Marks both;
    both.reserve(into.size() + from.size());
    std::set_union(into.begin(), into.end(), from.begin(), from.end(), std::back_inserter(both));
    if (both.back() == none) {
        both.pop_back(); // a node that a limit did not let be made
    }
    both.resize(std::min(both.size(), maxMarks));
    into.swap(both);
}

inline constexpr std::size_t maxColumns = 256; // told of one thing
inline constexpr std::size_t maxRiding = 32; // labels and origins that go wherever data goes

template <typename Name>
void addOnce(std::vector<Name>& into, const std::vector<Name>& from, std::size_t most = maxColumns)
{
    if (&into == &from || from.empty()) {
        return;
    }
    for (const auto& name : from) {
        if (into.size() < most && std::find(into.begin(), into.end(), name) == into.end()) {
            into.push_back(name);
        }
    }
}

struct Thing {
    ThingKind kind = ThingKind::Unknown;
    bool open = false; // List, Dictionary: there may be more than `items` and `members`
    bool pathLike = false; // Text that is a pathlib.Path
    bool sample = false; // drawn with replacement: rows may stand twice
    bool module = false; // Path that was imported as one
    bool fitted = false;
    bool weighted = false; // a module: it may have been given weights by what nobody knows
    bool split = false; // a tuple of parts of data
    bool guessed = false; // it came out of a call that nobody knows
    bool blank = false; // np.zeros(...): an Object whose values nobody measured; `text` says what made it
    std::string_view text; // of constants; of Path: the name; of Bound: the method
    std::string_view type; // of an Object, canonical
    Ref self = 0; // of Bound: the receiver; of a view: what it shows; of a writer: what it writes
    std::uint32_t local = none; // index of the function or class
    std::uint32_t modelNode = none; // of the graph, when it is a model that was seen
    std::uint32_t scope = none; // of an instance's or module's names
    std::vector<Ref> items; // of lists and tuples
    std::vector<std::pair<std::string_view, Ref>> members; // attributes, or items by constant key
    Marks from; // nodes of the graph
    Marks rows; // sets of rows, see RowSets
    Marks fittedOn; // sets of rows whose statistics are in it
    Marks passes; // calls of modules that it was computed by (torch, custom loops)
    Marks models; // nodes of models that predicted it
    Marks layers; // of a tensor that only draws a network, and of the model made of it
    Marks figures; // that it is, or stands on, see trace_figures.cpp
    std::vector<std::string_view> columns; // chosen by name
    std::vector<std::string_view> dropped; // taken out by name
    std::vector<std::string_view> labels; // columns that ride along to be learnt
    std::vector<std::pair<std::string_view, std::string_view>>
        origins; // columns by another name, and those made of others
    std::vector<Ref> made; // arguments of its constructor
    std::vector<std::pair<std::string_view, Ref>> madeBy; // and those with names
    std::vector<std::string_view> locators; // of an open file, a reader, a file on its way
    std::vector<Ref> views; // of it: what changes here changes there
    CodePlace place; // where it was made

    [[nodiscard]] bool isConstant() const { return kind >= ThingKind::Text && kind <= ThingKind::Nothing; }
    [[nodiscard]] bool isSequence() const { return kind == ThingKind::List || kind == ThingKind::Tuple; }
    [[nodiscard]] Ref member(std::string_view name) const
    {
        const auto hit =
            std::find_if(members.rbegin(), members.rend(), [name](const auto& entry) { return entry.first == name; });
        return hit != members.rend() ? hit->second : 0;
    }
    void setMember(std::string_view name, Ref value)
    {
        for (auto& entry : members) {
            if (entry.first == name) {
                entry.second = value;
                return;
            }
        }
        if (members.size() < 512) {
            members.emplace_back(name, value);
        }
    }
    // How much memory it takes, in entries of its lists.
    [[nodiscard]] std::size_t weight() const
    {
        return items.size() + 2 * members.size() + from.size() + rows.size() + fittedOn.size() + passes.size()
            + models.size() + figures.size() + 2 * columns.size() + 2 * dropped.size() + 2 * labels.size()
            + 4 * origins.size() + made.size() + 3 * madeBy.size();
    }
    // Nothing of what it is made of counts: a name, a number of it.
    void takeNothing()
    {
        self = 0;
        from.clear();
        rows.clear();
        fittedOn.clear();
        models.clear();
        made.clear();
    }
    // The data in `other` is in this too.
    void takeData(const Thing& other)
    {
        mergeMarks(from, other.from);
        mergeMarks(rows, other.rows);
        mergeMarks(fittedOn, other.fittedOn);
        mergeMarks(passes, other.passes);
        mergeMarks(models, other.models);
        mergeMarks(figures, other.figures);
        addOnce(labels, other.labels, maxRiding);
        addOnce(origins, other.origins, maxRiding);
        sample = sample || other.sample;
        guessed = guessed || other.guessed;
    }
    // The same, put into a thing that is there: axes stay where they are.
    void takeInto(const Thing& other)
    {
        auto own = figures;
        takeData(other);
        figures = own.empty() ? figures : std::move(own);
    }
};

// Sets of rows of data: a source has one, a split makes parts of it.
struct RowSet {
    std::uint32_t parent = none;
    Role role = Role::None; // None of a root: all of it
    std::uint32_t split = none; // parts of one split never overlap, if they are told apart by `part`
    std::uint32_t part = 0;
    bool oversampled = false; // rows of it stand more than once
    bool guessed = false; // its role: the second piece of rows for training; names know better
    bool shuffled = false; // all rows of its parent in another order
    bool fold = false; // others in each round of a loop
    bool written = false; // of a root: its values stand in the code
    std::uint32_t by = none; // the part of an order of rows that chose these: its role is theirs
    Role named = Role::None; // of a root: what the names it was given to say
    // Of a slice whose bounds can be compared with others': numbers, or all beside the same name or the end.
    bool bounded = false;
    std::uint32_t beside = 0; // 0: the start
    std::int64_t first = 0;
    std::int64_t last = 0; // exclusive
};

inline constexpr std::uint32_t slicedRows = 0x8000'0000U; // the split of slices: data[:n], data[n:]

class RowSets {
public:
    static constexpr std::uint32_t maxDepth = 32; // what is deeper hangs beside: parts of parts of parts ...
    std::uint32_t add(RowSet set)
    {
        while (set.parent != none && m_depths[set.parent] + 1 >= maxDepth) {
            set.parent = m_sets[set.parent].parent;
        }
        m_depths.push_back(set.parent == none ? 0 : m_depths[set.parent] + 1);
        m_sets.push_back(set);
        return static_cast<std::uint32_t>(m_sets.size() - 1);
    }
    [[nodiscard]] const RowSet& operator[](std::uint32_t index) const { return m_sets[index]; }
    [[nodiscard]] RowSet& operator[](std::uint32_t index) { return m_sets[index]; }
    [[nodiscard]] std::size_t size() const { return m_sets.size(); }
    [[nodiscard]] std::uint32_t rootOf(std::uint32_t set) const
    {
        while (m_sets[set].parent != none) {
            set = m_sets[set].parent;
        }
        return set;
    }
    [[nodiscard]] bool overlap(std::uint32_t a, std::uint32_t b) const;
    [[nodiscard]] bool overlap(const Marks& a, const Marks& b) const;
    [[nodiscard]] bool contains(std::uint32_t outer, std::uint32_t inner) const;
    // Whether all of these are of a fold: the next round of the loop has others.
    [[nodiscard]] bool ofFolds(const Marks& rows) const;
    // What these rows are for, all of them together.
    [[nodiscard]] Role role(const Marks& rows) const;

private:
    std::vector<RowSet> m_sets;
    std::vector<std::uint32_t> m_depths;
};

} // namespace cupel::lineage
