// SPDX-License-Identifier: GPL-3.0-or-later
// Who gets the files decides what may be in them: a profile is a list of gates, each with the findings it lets nobody
// pass with. Four come with Cupel (resources/profiles), own ones are text files of the same form.
#pragma once

#include "analyzers/base/result.h"
#include "analyzers/model/analysis.h"

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cupel::review {

struct Gate {
    std::string id; // "secrets"
    std::string title; // "No secrets"
    std::vector<std::string> families; // names as in JSON; empty: any
    std::vector<std::string> rules; // globs of rule ids; empty: any
    std::vector<std::string> except; // globs of rule ids that this gate lets pass
    Severity atLeast = Severity::Info;
    Confidence confidence = Confidence::Possible;
    std::optional<Severity>
        possibleAtLeast; // from here on what is merely possible stops too; unset: `confidence` holds
    bool complete = false; // not about findings: everything must have been read
};

struct Profile {
    std::string name; // "public": what --profile takes
    std::string title;
    std::string audience;
    std::vector<Gate> gates;
};

[[nodiscard]] const std::vector<Profile>& builtInProfiles();
[[nodiscard]] const Profile* builtInProfile(std::string_view name); // null: there is none of that name
// A profile written by a person: JSON, comments allowed, at most 64 KiB. Unknown words are errors, with their place.
[[nodiscard]] Result<Profile> readProfile(ByteView text);

[[nodiscard]] bool blocks(const Gate& gate, const Finding& finding);
// Of the kind that a gate is about, however mild or unsure.
[[nodiscard]] bool concerns(const Gate& gate, const Finding& finding);

// Some gate stops at the finding, or at those without which nobody could tell what it is: the name beside an address
// goes when the address goes, or it would stay in a copy in which no scan can find it any more.
[[nodiscard]] bool stops(const Profile& profile, const Analysis& analysis, const Finding& finding);

struct FindingRef {
    const Analysis* analysis = nullptr;
    std::size_t index = 0;
};

struct GateResult {
    Gate gate;
    std::vector<FindingRef> blocking;
    std::vector<std::string> unread; // paths, for a gate that wants everything read
    std::vector<FindingRef> accepted; // would block, but a person has answered for them: they stay in the file
    std::size_t allowed = 0; // would block, but a comment in the file switches them off
    std::vector<FindingRef> below; // of its kind, but too mild or too unsure to stop: they stay in the file
    std::vector<FindingRef> answered; // as those, and somebody has answered for them: they stay in the file
    std::size_t unsure = 0; // of `below`: grave enough, and only not sure enough
    std::uint64_t picturesSeen = 0; // a person has looked at them
    std::vector<std::string> notJudged; // what this gate can say nothing about, a sentence each
    [[nodiscard]] bool passed() const { return blocking.empty() && unread.empty(); }
    // Nothing of its kind is there. What passed otherwise must never be shown as if it were so.
    [[nodiscard]] bool clean() const
    {
        return passed() && accepted.empty() && allowed == 0 && below.empty() && answered.empty() && notJudged.empty();
    }
};

// "2 findings stay: 1 medium, 1 low; 1 only possible" of what `below` holds; empty: nothing. English, for reports.
[[nodiscard]] std::string belowWords(const GateResult& result);
// "2 findings stay: 1 medium, 1 low"; empty: none. English, for reports.
[[nodiscard]] std::string stayWords(const std::vector<FindingRef>& findings);

struct Verdict {
    std::string profile; // its name
    std::string title;
    std::vector<GateResult> gates;
    std::vector<FindingRef> unasked; // no gate is about them and nobody has answered for them: they stay in the file
    std::vector<FindingRef> unaskedAnswered; // the same, and somebody has
    [[nodiscard]] bool meets() const;
    [[nodiscard]] std::vector<FindingRef> accepted() const; // of all gates, each once
};

using LookedAt = std::map<std::string, std::uint64_t>;

// `isDecided`: findings that a person has answered for; they block nothing. May be empty. `lookedAt`: how many of
// the pictures of an artifact a person has looked at, by its path; what the others show is said to be unknown.
[[nodiscard]] Verdict judge(const Profile& profile, const Workspace& workspace,
    const std::function<bool(const Finding&)>& isDecided = {}, const LookedAt& lookedAt = {});

} // namespace cupel::review
