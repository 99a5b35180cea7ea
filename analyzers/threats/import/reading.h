// SPDX-License-Identifier: GPL-3.0-or-later
// What the readers of JSON and YAML models share: a place in the tree that may be asked for anything, ids that are
// unique whatever the file says, and the words other tools have for the state of a threat.
#pragma once

#include "analyzers/threats/import/import.h"

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace cupel::threats {

// A place in a tree; what is not there answers with nothing.
class Place {
public:
    // Loops end early once `*full`: an alias of YAML may make few bytes into any number of children.
    Place(const DataTree& tree, std::uint32_t node, const bool* full)
        : m_tree(&tree)
        , m_full(full)
        , m_node(node)
    {
    }
    [[nodiscard]] Place operator[](std::string_view key) const
    {
        return {*m_tree, m_tree->member(m_node, key), m_full};
    }
    [[nodiscard]] bool isMap() const { return m_tree->is(m_node, DataKind::Map); }
    [[nodiscard]] bool isList() const { return m_tree->is(m_node, DataKind::List); }
    [[nodiscard]] bool isScalar() const { return m_tree->is(m_node, DataKind::Scalar) && !isNull(); }
    [[nodiscard]] std::uint32_t node() const { return m_node; }
    [[nodiscard]] std::uint64_t offset() const { return isThere() ? at().bytes.start : 0; }
    [[nodiscard]] bool isThere() const { return m_node < m_tree->nodes().size(); }
    [[nodiscard]] std::string key() const { return isThere() ? at().key : std::string(); }
    [[nodiscard]] std::string text() const { return isScalar() ? at().text : std::string(); }
    [[nodiscard]] std::optional<double> number() const;
    [[nodiscard]] bool flag() const { return isScalar() && (at().text == "true" || at().text == "True"); }
    template <typename Take> void each(Take take) const
    {
        for (auto child = isThere() ? at().firstChild : 0; child != 0 && !*m_full;
            child = m_tree->nodes()[child].nextSibling) {
            take(Place{*m_tree, child, m_full});
        }
    }
    // Of its children, as far as `most`.
    [[nodiscard]] std::size_t count(std::size_t most) const
    {
        std::size_t out = 0;
        for (auto child = isThere() ? at().firstChild : 0; child != 0 && out < most;
            child = m_tree->nodes()[child].nextSibling) {
            ++out;
        }
        return out;
    }
    [[nodiscard]] std::vector<std::string> texts() const { return m_tree->texts(m_node); }

private:
    [[nodiscard]] const DataNode& at() const { return m_tree->nodes()[m_node]; }
    [[nodiscard]] bool isNull() const;

    const DataTree* m_tree;
    const bool* m_full;
    std::uint32_t m_node;
};

// The model that is being made, with what went wrong.
class Making {
public:
    explicit Making(Budget& work)
        : budget(work)
    {
    }
    // `wanted`, or another one when it is empty or taken, which is noted. Every part of a model asks once: here it is
    // seen that there are more than any model has.
    std::string unique(const std::string& wanted, std::string_view kind, std::uint64_t offset);
    void note(std::uint64_t offset, std::string text);
    void lost(std::uint64_t offset, std::string text); // a note that something is not in the model

    // False: so much text was copied that this one is left out.
    [[nodiscard]] bool copies(std::size_t bytes);

    Budget& budget;
    Imported out;
    bool full = false; // reading ends

private:
    std::set<std::string> m_ids;
    std::map<std::string, std::uint32_t, std::less<>> m_used; // names that were taken, with their last number
    std::size_t m_copied = 0;
};

// Elements into the smallest zone area of their diagram that holds their middle, zones into the next larger one.
void placeInZones(ThreatModel& model, Budget& budget);
// Flows whose ends are no element and no zone are noted.
void checkEnds(Making& making);
// "High", "3 - Medium", "elevated"; nullopt: "TBD" and what nobody knows.
[[nodiscard]] std::optional<Severity> severityOf(std::string_view word);
// Sets decision and applicability by any tool's word for a state; unknown words leave an open proposal.
void setState(Threat& threat, std::string_view word);
// What Cupel wrote beside the words of another tool, by its own names ("decision", "reason"); `get` is empty for what
// is not there. It says more than those words do, and counts only where they still agree with it: what somebody changed
// in the other tool wins.
struct OwnForm {
    std::vector<Decision> oneWord; // decisions for which the tool has one word
    bool mitigationText = false; // it has a text for what to do
};
void takeOwn(Threat& threat, const OwnForm& form, const std::function<std::string(std::string_view key)>& get);
// Every scalar member that is not one of `known`, with `prefix` in front of its name.
void takeAttributes(DiagramPart& part, Place from, std::string_view prefix, const std::set<std::string_view>& known);

// Each fills making.out.model from the top of a tree.
void readThreatDragon1(Place top, Making& making);
void readThreatDragon2(Place top, Making& making);
void readOtm(Place top, Making& making);
void readTmBom(Place top, Making& making);
void readThreagile(Place top, Making& making);
void readPytm(Place top, Making& making);
void readThreatComposer(Place top, Making& making);
void readTm7(ByteView text, Making& making);

} // namespace cupel::threats
