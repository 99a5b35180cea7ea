// SPDX-License-Identifier: GPL-3.0-or-later
// What people decided about findings: why one may stay, who says so, until when. Kept as one line of JSON per decision,
// sorted, so that two versions of the file can be compared and merged as text. Never holds a secret.
#pragma once

#include "analyzers/base/result.h"
#include "analyzers/model/finding.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cupel::review {

enum class Reason : std::uint8_t { FalsePositive, TestData, AcceptedRisk, Mitigated, WontFix };
[[nodiscard]] std::string_view toString(Reason reason); // "false-positive" ...
[[nodiscard]] bool fromString(std::string_view text, Reason& out);

struct Decision {
    std::string fingerprint; // Finding::fingerprint
    std::string context; // Finding::context when it was decided
    std::string rule;
    std::string artifact; // where it was then, relative to the workspace; for people
    std::string place; // "cell 7, line 3"
    Reason reason = Reason::AcceptedRisk;
    std::string note;
    std::string author;
    std::string decided; // ISO date
    std::string expires; // ISO date, empty: never
    std::optional<Severity> severity = std::nullopt; // of the finding then; graver ones are not covered
    std::string values = {}; // Finding::values when it was decided; empty: written before there were any
    std::string more = {}; // members that this version does not know, word for word: "\"ticket\": 7"
    friend bool operator==(const Decision&, const Decision&) = default;
};

// Shared by all who know it: a set of thousands is copied without a copy of a text.
using DecisionPtr = std::shared_ptr<const Decision>;

// What is decided once: a finding in a file. Equal ones in other files may be decided in another way.
struct DecisionId {
    std::string fingerprint;
    std::string artifact;
    friend auto operator<=>(const DecisionId&, const DecisionId&) = default;
};
[[nodiscard]] DecisionId idOf(const Decision& decision);

// Whether a path ends in another one: "work/a.ipynb" in "a.ipynb", "z.zip!a.ipynb" in "a.ipynb".
[[nodiscard]] bool endsInPath(std::string_view path, std::string_view tail);

// Whether the finding stands in another file than the decision was made for.
[[nodiscard]] bool isForAnotherFile(const Decision& decision, const Finding& finding);

// "called test data": what a person has made of a finding that stays.
[[nodiscard]] std::string_view answeredAs(Reason reason);
// "accepted by Ada until 2027-01-31": what people read of it beside the finding that stays.
[[nodiscard]] std::string acceptedWords(const Decision& decision);

enum class DecisionState : std::uint8_t {
    None,
    Active,
    Expired,
    Reopened, // the line under it is another one now, other values stand there, or it is graver than it was
};

// How well a decision fits a finding, best last.
enum class Fit : std::uint8_t {
    None,
    OtherValues, // made for its file, where other values stand now
    Copy, // made for another file, which holds the very same values
    Own, // made for its file and these values; the file may write them at another of several equal places
};

struct Match {
    const Decision* decision = nullptr;
    Fit fit = Fit::None;
};

class Decisions {
public:
    void set(Decision decision) { set(std::make_shared<const Decision>(std::move(decision))); }
    void set(DecisionPtr decision); // replaces the one of the same id, and keeps its `more` when it has none; quick in
                                    // their order
    bool remove(const DecisionId& id);
    // The one that counts for it, and how well it fits: see Fit.
    [[nodiscard]] Match match(const Finding& finding) const;
    [[nodiscard]] const Decision* find(const Finding& finding) const { return match(finding).decision; }
    // `today`: ISO date.
    [[nodiscard]] DecisionState stateOf(const Finding& finding, std::string_view today) const;
    using Key = std::pair<std::string_view, std::string_view>; // views of its decision's fingerprint and artifact
    using Map = std::map<Key, DecisionPtr>;
    [[nodiscard]] static Key keyOf(const Decision& decision) { return {decision.fingerprint, decision.artifact}; }
    [[nodiscard]] const Map& all() const { return m_byId; }
    [[nodiscard]] bool empty() const { return m_byId.empty(); }

    // One line each, in order of file, rule, fingerprint.
    [[nodiscard]] std::string write() const;
    // Lines that cannot be understood are kept word for word and written back; `troubles` says which.
    static Decisions read(ByteView text, std::vector<std::string>& troubles);

private:
    // What is looked for beside the id: one finding is looked up often, and the same values may be decided about in
    // thousands of files.
    struct ByValues {
        bool operator()(const Decision* a, const Decision* b) const;
    };
    void erase(Map::iterator at);

    Map m_byId;
    std::set<const Decision*, ByValues> m_byValues; // fingerprint, values, the longest valid first
    std::multimap<std::pair<std::string_view, std::string_view>, const Decision*> m_byContext; // context, values
    std::vector<std::string> m_unknown; // lines of a later version, or broken ones: nobody's work is lost
};

// What a decision about the finding, one that `find` gave, is worth now.
[[nodiscard]] DecisionState stateOf(const Decision& decision, const Finding& finding, std::string_view today);

} // namespace cupel::review
