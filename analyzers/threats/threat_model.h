// SPDX-License-Identifier: GPL-3.0-or-later
// A threat model as a value: a data-flow diagram in trust zones, the threats that hang on it, and what people decided.
// It is made by a scan, read from a file of another tool, or drawn; every attribute says which. Coordinates are in
// points from the top left corner of their diagram, y downwards, never relative to a parent.
#pragma once

#include "analyzers/base/data_tree.h"
#include "analyzers/model/finding.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cupel::threats {

enum class Origin : std::uint8_t { Imported, Scanned, Answered, Drawn };

// "protocol" = "https". What is not known has no attribute: unknown never counts as safe.
struct Attribute {
    std::string key;
    std::string value;
    Origin origin = Origin::Imported;
    std::vector<std::string> evidence; // fingerprints of findings, ids of lineage nodes
};

struct Point {
    double x = 0;
    double y = 0;
    friend bool operator==(const Point&, const Point&) = default;
};
struct Box {
    double x = 0;
    double y = 0;
    double width = 0;
    double height = 0;
    friend bool operator==(const Box&, const Box&) = default;
};

// What every part of a drawing has.
struct DiagramPart {
    static constexpr std::uint32_t noNode = DataTree::none;

    std::string id; // stable, unique in the model
    std::string name;
    std::string description;
    std::vector<Attribute> attributes; // in the order they were given
    bool outOfScope = false;
    std::string scopeReason;
    std::uint32_t diagram = 0; // index into ThreatModel::diagrams
    std::uint32_t node = noNode; // of the document it was read from
};

struct Element : DiagramPart {
    std::string kind; // of the palette ("model-file"), or plain "actor", "process", "store", "text"
    std::string zone; // id of the innermost zone; empty: none
    std::string parent; // id of the element it is part of; empty: none
    std::string artifact; // file of the workspace, relative to it; empty: none
    std::string digest; // SHA-256 of that file in hex; empty: not known, or there are several
    std::optional<Box> box;
};

struct Flow : DiagramPart {
    std::string source; // id of an element or a zone; empty: it starts in the open
    std::string target;
    bool bidirectional = false;
    std::vector<Point> bends; // without the ends
    std::optional<Point> start; // of an end in the open
    std::optional<Point> end;
};

struct Zone : DiagramPart {
    std::string parent; // id of the zone around it; empty: none
    std::optional<int> trust; // 0: nobody is trusted, to 100
    std::optional<Box> box;
    std::vector<Point> curve; // a line instead of an area: it has no inside
};

enum class Applicability : std::uint8_t { Proposed, Applies, NotApplicable };
enum class EvidenceState : std::uint8_t { Unknown, Confirmed, Refuted, Contested, Stale, Fixed };
enum class Decision : std::uint8_t { Open, InProgress, Mitigated, Accepted, Transferred, Avoided, Eliminated };
[[nodiscard]] std::string_view toString(Applicability applicability); // "not-applicable"
[[nodiscard]] std::string_view toString(EvidenceState state);
[[nodiscard]] std::string_view toString(Decision decision); // "in-progress"

// Why a rule fired: an attribute of a part with its value ("unknown" where it is not known), a flow that was followed
// (key "flow"), a border that was crossed ("zone"), or a type of findings ("finding").
struct Reason {
    std::string part; // id
    std::string key;
    std::string value;
    friend bool operator==(const Reason&, const Reason&) = default;
};

struct Threat {
    std::string id;
    std::string rule; // that raised it; empty: a person or another tool did
    std::string target; // id of an element, a flow or a zone; empty: the whole model
    std::vector<std::string> alsoAt; // ids of further parts it is about
    std::string title;
    std::string description;
    std::string mitigation; // free text: what to do
    std::vector<Reason> why; // of a rule
    std::vector<Reason> against; // what is known and says otherwise although findings confirm it
    bool assumed = false; // holds only because something is not known
    std::string stride; // letters of "STRIDE", in that order
    std::string category; // as the file says it, of any method
    std::optional<Severity> severity; // nullopt: nobody has rated it
    Applicability applicability = Applicability::Proposed;
    EvidenceState evidence = EvidenceState::Unknown;
    Decision decision = Decision::Open;
    std::string reason; // of the decision
    std::string author;
    std::string until; // "2027-01-31"; empty: for ever
    std::string assignee; // who works on it; empty: nobody
    int likelihood = 0; // 1 to 5; 0: not said
    int impact = 0;
    std::vector<std::string> findings; // fingerprints that confirm it
    std::vector<std::string> places; // of those, in words: "train.py, line 12: CUP-CODE-PICKLE-LOAD"
    int checked = 0; // types of findings that would refute it and were looked for ...
    int checks = 0; // ... of so many
    std::vector<std::string> references; // "AML.T0010", "LLM03:2025", "CWE-502"
    std::vector<std::string> controls; // ids
    std::uint32_t node = DiagramPart::noNode;
};

// A threat that is not shown, and why: the scan found nothing of the kind, or there are worse ones at the same element.
struct FoldedThreat {
    std::string rule;
    std::string target;
    std::string title;
    std::string why; // "refuted", "assumed", "less important"
};

struct Diagram {
    std::string id;
    std::string title;
    std::string method; // "STRIDE"; an open set
};

struct Control {
    std::string id;
    std::string title;
    std::string description;
    int reduction = 0; // per cent of the risk, an assumption of its author
    std::string status = {}; // as the file says it: "active", "suggested"; empty: not said
};

enum class FileFormat : std::uint8_t {
    Cupel,
    ThreatDragon1,
    ThreatDragon2,
    Otm,
    TmBom,
    Threagile,
    Tm7,
    Pytm,
    ThreatComposer
};
[[nodiscard]] std::string_view nameOf(FileFormat format); // "Threat Dragon 2"

// What it was read from, whole: a writer of the same format changes what a person changed and keeps the rest.
struct Document {
    FileFormat format = FileFormat::Cupel;
    std::shared_ptr<const DataTree> tree;
};

struct ThreatModel {
    std::string title;
    std::string description;
    std::string owner;
    std::string reviewer;
    std::vector<std::string> contributors;
    std::vector<Diagram> diagrams;
    std::vector<Element> elements;
    std::vector<Flow> flows;
    std::vector<Zone> zones;
    std::vector<Threat> threats;
    std::vector<FoldedThreat> folded;
    // By rule of those: the items of frameworks and the controls it refers to. Of a rule that is not among them the
    // built-in one counts.
    std::map<std::string, std::vector<std::string>> foldedTies;
    std::vector<Control> controls;
    std::vector<std::string> assumptions;
    std::optional<Document> document;
};

// What a kind of element is in a data-flow diagram, where every kind is one of these.
enum class DiagramRole : std::uint8_t { Actor, Process, Store, Note };
[[nodiscard]] DiagramRole roleOf(std::string_view kind);

// The value of an attribute; empty: not known.
[[nodiscard]] std::string_view attribute(const DiagramPart& part, std::string_view key);
void setAttribute(DiagramPart& part, std::string_view key, std::string_view value, Origin origin);
// Of a text, in 16 digits: by it a text is known that nobody has edited. No protection against anybody.
[[nodiscard]] std::string textMark(std::string_view text);
// "STI" of "Spoofing, Tampering ...", in any case, in any of the languages Threat Dragon has; empty: none of the six.
[[nodiscard]] std::string strideOf(std::string_view words);

} // namespace cupel::threats
