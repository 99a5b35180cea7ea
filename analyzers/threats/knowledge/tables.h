// SPDX-License-Identifier: GPL-3.0-or-later
// What is known of threats, as data: the rules, what findings mean to them, and the frameworks they refer to, as they
// stand in resources/threats. Users add packs of rules in the same form.
#pragma once

#include "analyzers/base/result.h"
#include "analyzers/threats/rules/expression.h"

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cupel::threats {

struct ThreatRule {
    enum class Scope : std::uint8_t { Element, Interaction, Flow, Model };
    std::string id;
    std::string kind; // of the elements it looks at; "data-flow", "system"
    Scope scope = Scope::Element;
    Expression condition;
    std::string title;
    std::string happens; // what would happen, one or two sentences
    std::string fix;
    std::string stride; // letters
    std::string linddun;
    int likelihood = 3; // 1 to 5
    int impact = 3;
    std::vector<std::string> references; // with their year: "LLM03:2025"
    std::vector<std::string> controls; // ids
    std::vector<std::string> confirm; // types of findings
    std::vector<std::string> refute;
};

// Tab-separated, the first line names the columns, # starts a comment. Errors name the line as their offset.
[[nodiscard]] Result<std::vector<ThreatRule>> parseRules(std::string_view text);
[[nodiscard]] const std::vector<ThreatRule>& builtInRules();

// What findings mean.
class EvidenceTable {
public:
    explicit EvidenceTable(std::string_view text);
    // Types that a finding of this rule of the scan shows; some count only in the saved output of a cell.
    [[nodiscard]] std::set<std::string> typesOf(std::string_view rule, bool inOutput) const;
    // Types of which none may be there for this one to refute; empty: no scan can tell.
    [[nodiscard]] const std::vector<std::string>& absentFor(const std::string& type) const;
    // Attributes with their values, any of which shows this type that refutes.
    [[nodiscard]] const std::vector<std::pair<std::string, std::string>>& shownBy(const std::string& type) const;
    [[nodiscard]] bool isScanned(const std::string& type) const; // a rule of the scan shows it

private:
    struct Shows {
        std::string glob; // of rules
        bool outputOnly = false;
        std::string type;
    };
    std::vector<Shows> m_shows;
    std::map<std::string, std::vector<std::string>> m_absent;
    std::map<std::string, std::vector<std::pair<std::string, std::string>>> m_attributes;
    std::set<std::string> m_scanned;
    std::vector<std::string> m_none;
    std::vector<std::pair<std::string, std::string>> m_noAttribute;
};
[[nodiscard]] const EvidenceTable& builtInEvidence();

// What code is besides code, by what it imports.
struct PackageRow {
    std::string_view module;
    std::string_view is; // "model", "agent"; see packages.tsv
    std::string_view service; // whom it talks to; empty: it can be any
};
// Of the module itself, or of the nearest one above it ("google.genai.types"); nullptr: nothing is known of it.
[[nodiscard]] const PackageRow* packageOf(std::string_view module);

// The official title of an id ("AML.T0011", "CWE-502", "CT-SIGN"); empty: not known.
[[nodiscard]] std::string_view titleOf(std::string_view id);

// What only a person knows; its answer is an attribute of elements of these kinds.
struct ScopingQuestion {
    std::string id;
    std::string text;
    std::vector<std::string> kinds;
    std::string attribute;
    std::string yes; // values of the attribute
    std::string no;
    std::string beside; // attribute whose findings say that it matters; empty: none
};
[[nodiscard]] const std::vector<ScopingQuestion>& scopingQuestions();

// How much a control is assumed to take away; 0 per cent: not known.
struct ControlEffect {
    bool onImpact = false; // else on the likelihood
    int percent = 0;
};
[[nodiscard]] ControlEffect effectOf(std::string_view control);

// Ids and titles of a table, in its order; of one list and version, where it has several.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> itemsOf(
    std::string_view table, std::string_view list = {}, std::string_view version = {});

// Controls by the item of a table that has a column of them, and where it comes from that they belong together.
struct ItemControls {
    std::vector<std::string> controls;
    std::string basis; // one plain English sentence without a full stop
};
[[nodiscard]] std::map<std::string, ItemControls> controlsByItem(std::string_view table);

} // namespace cupel::threats
