// SPDX-License-Identifier: GPL-3.0-or-later
// What people made of a threat model: names, places, kinds and parts of their own, decisions on threats, answers, and
// the history of all of it. It lies on top of what a scan generates, so that a new scan never overwrites a person:
// where somebody said something it counts, everywhere else the scan does. What the scan no longer finds becomes a
// ghost, what is new and was given no place waits in the tray.
//
// As a file it is one line of JSON for each fact, sorted; places stand apart from content; events only ever grow at the
// end.
#pragma once

#include "analyzers/base/bytes.h"
#include "analyzers/threats/threat_model.h"
#include "analyzers/threats/work/event_list.h"

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace cupel::threats {

struct PartEdit {
    std::string type; // "element", "flow", "zone": of a part that a person drew; empty: of one that a scan makes
    std::optional<std::string> name;
    std::optional<std::string> description;
    std::optional<std::string> kind;
    std::optional<std::string> zone; // of an element; the parent of a zone
    std::optional<std::string> source; // of a flow that was drawn
    std::optional<std::string> target;
    std::optional<std::string> scopeReason; // out of scope, and why; empty text: in scope again
    std::map<std::string, std::string> attributes; // empty value: not known after all
    bool removed = false;
    friend bool operator==(const PartEdit&, const PartEdit&) = default;
};

struct ThreatDecision {
    Applicability applicability = Applicability::Proposed;
    Decision decision = Decision::Open;
    std::string reason;
    std::string author;
    std::string decided; // ISO date
    std::string until; // ISO date of an acceptance; empty: for ever
    EvidenceState evidence = EvidenceState::Unknown; // when it was decided
    friend bool operator==(const ThreatDecision&, const ThreatDecision&) = default;
};

// A threat that a person wrote down. It hangs on an element, a flow or a zone; what is decided about it stands with the
// decisions.
struct OwnThreat {
    std::string target;
    std::string title;
    std::string description;
    std::string mitigation;
    std::string stride; // letters
    std::vector<std::string> references; // "AML.T0010"
    int likelihood = 3; // 1 to 5
    int impact = 3;
    friend bool operator==(const OwnThreat&, const OwnThreat&) = default;
};

enum class ControlStatus : std::uint8_t { Proposed, InPlace, Verified };
[[nodiscard]] std::string_view toString(ControlStatus status); // "in-place"

// A control against one threat.
struct ControlUse {
    std::string threat;
    std::string control; // id of the catalogue; empty: one of their own, with a title
    std::string title;
    ControlStatus status = ControlStatus::Proposed;
    std::string note; // what proves it
    std::string author;
    std::string decided; // ISO date
    friend bool operator==(const ControlUse&, const ControlUse&) = default;
};

// What a scan made the last time, so that what vanishes can be shown and what is new is known.
struct Seen {
    std::string type; // "element", "flow", "zone"
    std::string kind;
    std::string name;
    std::string artifact = {}; // of an element: path of its file; empty: none
    std::string digest = {}; // and SHA-256 of its content in hex
    friend bool operator==(const Seen&, const Seen&) = default;
};

struct TeamModel {
    std::map<std::string, PartEdit> parts;
    std::map<std::string, Box> places; // of elements and zones
    std::map<std::string, ThreatDecision> threats;
    std::map<std::string, OwnThreat> own; // by id of the threat
    std::map<std::string, ControlUse> controls; // by idOf
    std::map<std::string, std::string> answers; // to scoping questions: "yes", "no", "unknown"
    std::map<std::string, std::string> assignees; // by id of the threat: who works on it
    std::map<std::string, Seen> seen;
    EventList events; // shared by all copies
    std::vector<std::string> unknown; // lines of a later version, word for word
    friend bool operator==(const TeamModel&, const TeamModel&) = default;
};

[[nodiscard]] std::string idOf(const ControlUse& use); // "CT-SIGN@threat"

[[nodiscard]] std::string write(const TeamModel& team);
// Its lines as Event::was has them, without the history.
[[nodiscard]] std::vector<std::string> linesOf(const TeamModel& team);
// Of Event::was: nothing of this kind ("part", "threat") was there.
[[nodiscard]] std::string absentLine(const std::string& kind, const std::string& id);
// Puts in `team` what a line of Event::was says, or takes out what it says was not there. False: it says neither.
bool putBack(TeamModel& team, std::string_view line);
// Never fails: lines that cannot be understood are kept, and `troubles` says which.
[[nodiscard]] TeamModel read(ByteView text, std::vector<std::string>& troubles);

// What both sides made of `base`: where only one changed something it counts, where both did `ours` does; of a part
// each name, kind or attribute is such a something. Events of both are kept.
[[nodiscard]] TeamModel merge(const TeamModel& base, const TeamModel& ours, const TeamModel& theirs);

// A claim is what somebody says of the system or decides about a threat: an answer, a part, a decision, who works on
// it. Places, what was seen and what happened settle nothing; but by the digest of what was seen claims follow a file,
// so a line with one is a claim as well. The same model with those claims alone whose line of the file `counts`, and
// without the other digests.
[[nodiscard]] TeamModel withClaims(const TeamModel& team, const std::function<bool(std::string_view line)>& counts);

// Threats about which the two say different things.
[[nodiscard]] std::size_t differentDecisions(const TeamModel& one, const TeamModel& other);

// What asks for a person's eye; a scan raises these, it never decides.
enum class Flag : std::uint8_t {
    None,
    Regressed, // decided as mitigated or eliminated when no finding confirmed it or fixed since, and now one does
    StillThere, // decided as mitigated or eliminated although a finding confirmed it, and it still does
    Due, // accepted until a date that has passed
    Conflict, // called not applicable, and a finding confirms it
    CanClose, // open, and the scan refutes what confirmed it
};
[[nodiscard]] std::string_view toString(Flag flag); // "can-close"

// What a scan makes and somebody took away; it can be brought back.
struct HiddenPart {
    std::string id;
    std::string type; // "element", "flow", "zone"
    std::string kind;
    std::string name; // of a flow without one: its ends
    friend bool operator==(const HiddenPart&, const HiddenPart&) = default;
};

struct Overlaid {
    ThreatModel model;
    std::set<std::string> ghosts; // ids of parts that the scan no longer makes
    std::set<std::string> tray; // ids of elements that are new since the model was last worked on
    std::set<std::string> drawn; // ids of parts that a person drew
    std::vector<HiddenPart> hidden;
    std::set<std::string> away; // ids of those, and of flows that went with them: what hangs there comes back with it
    std::map<std::string, std::string> answers; // to scoping questions
    std::map<std::string, std::vector<ControlUse>> controls; // by id of the threat
    std::map<std::string, Flag> flags; // by id of the threat; None is left out
};

// Parts and places first: rules are asked of what people say, so threats of `generated` are assessed after it.
[[nodiscard]] Overlaid overlay(ThreatModel generated, const TeamModel& team);
// Ids of threats that somebody said something about, but for those at parts that somebody took away: they are shown
// whatever a scan says of them.
[[nodiscard]] std::set<std::string> decidedThreats(const Overlaid& overlaid, const TeamModel& team);
// Own threats come with them; a rule is asked of them no more.
// Decisions onto the threats of an assessed model. `today`: ISO date.
void decide(Overlaid& overlaid, const TeamModel& team, std::string_view today);
// Marks everything of `generated` as seen: nothing of it is new any more. Ghosts stay until they are removed.
void markSeen(TeamModel& team, const ThreatModel& generated);
// Content and path of what was seen before, as they are now.
void refreshSeen(TeamModel& team, const ThreatModel& generated);

} // namespace cupel::threats
