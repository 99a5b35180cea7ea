// SPDX-License-Identifier: GPL-3.0-or-later
// Where rules put what they found. The sink finds line, column and cell, caps findings per rule, and when the artifact
// is done redacts every excerpt with the union of all sensitive ranges and stamps fingerprints.
#pragma once

#include "analyzers/base/redact.h"
#include "analyzers/model/analysis.h"
#include "analyzers/model/rule.h"
#include "analyzers/rules/excerpt.h"
#include "analyzers/rules/rule_set.h"

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cupel::rules {

struct Hit {
    std::string rule; // id in the catalogue
    ByteRange bytes; // in the artifact's text; widened to whole escapes already
    std::int32_t region = -1; // index into Facts::regions, -1: none
    std::uint64_t regionLine = 0; // 1-based line in the region, 0: not known
    Severity severity = Severity::Info;
    Confidence confidence = Confidence::Possible;
    std::string message; // redacted by construction
    std::map<std::string, std::string> arguments; // redacted by construction
    struct Extra {
        std::string role;
        ByteRange bytes; // empty: no place
        std::int32_t region = -1;
        std::uint64_t regionLine = 0;
        std::string
            note; // shown when there is no place, or instead of its bytes: "checksum valid"; no text of the file
    };
    std::vector<Extra> evidence;
    bool sensitive = false; // the bytes are a secret or personal data: masked everywhere
    std::string masked; // how the value is shown: "ghp_••••••••a1B2"; used as excerpt of the match
    std::optional<Fix> fix; // edits in the artifact's text, like `bytes`
    // What the finding is about when it stands for many places that come and go: goes into the fingerprint in place of
    // the text at `bytes`. Never a value.
    std::string identity;
    std::string values; // Finding::values, where the bytes do not tell what it stands for: a column
    struct Ground {
        ByteRange bytes;
        std::int32_t region = -1;
        std::uint64_t nesting = 0; // how statements stand in each other in it; 0: nobody looked
        bool python = true; // false: commands stand in it, of which every sign counts
    };
    std::vector<Ground> further; // places that its evidence does not show: Finding::values tells a change there too
    std::vector<Ground> grounds; // code that it hangs on, its own place among it: Finding::values tells a change
    bool onAllCode = false; // it hangs on more than was followed: all of FindingSink::setCode() counts
    bool allowed = false; // an inline allow comment covers it
    // Texts of the file that message and arguments repeat: masked there when a sensitive range meets their place.
    std::vector<std::pair<ByteRange, std::string>> quotes;
};

// Whether the text of a region (-1: none) is not inside JSON strings.
[[nodiscard]] bool isPlain(const Facts& facts, std::int32_t region);

// A dependency before it is located.
struct DependencyHit {
    Dependency dependency;
    ByteRange bytes; // in the artifact's text
    std::int32_t region = -1;
    std::uint64_t regionLine = 0;
};

class FindingSink {
public:
    FindingSink(const Artifact& artifact, const Facts& facts, const Limits& limits);
    // Of one rule the worst are kept, and of those the first.
    void add(Hit hit);
    // Bytes that must never be shown in clear although no finding is made of them. `shown`: what stands for them.
    void markSensitive(ByteRange textBytes, std::string_view shown = maskDots);
    // Something of the artifact was not looked at. One diagnostic a code is made, for the first of its places.
    void incomplete(std::string_view code, std::string_view message, std::uint64_t textOffset);
    // The code of the artifact, for findings that hang on all of it.
    void setCode(std::vector<Hit::Ground> code) { m_code = std::move(code); }
    void addPicture() { ++m_pictures; } // what it shows is for a person to see
    // What was not looked at because nobody promises it. Once a code. 0: of no place.
    void note(std::string_view code, std::string_view message, std::uint64_t textOffset = 0);
    // A fact for the inventory, no finding. What meets a sensitive range loses its texts.
    void add(DependencyHit hit);
    // What other rules put into a sink of their own, as if they had come after those of this one. No rule may have
    // written into both.
    void take(FindingSink later);
    // What was found so far, in no order: rules that come later are silent where one of these has said it.
    [[nodiscard]] const std::vector<Hit>& hits() const { return m_hits; }
    // A place that findings of other files may refer to; `finish` gives it back under this number.
    std::size_t keepPlace(Hit::Extra place);
    // Moves everything into the analysis: located, redacted, sorted, deduplicated. Gives the kept places.
    std::vector<Evidence> finish(Analysis& out) &&;

private:
    const Artifact& m_artifact;
    const Facts& m_facts;
    const Limits& m_limits;
    std::vector<Hit> m_hits;
    std::vector<DependencyHit> m_dependencies;
    std::vector<Masked> m_masks;
    std::vector<Hit::Ground> m_code;
    std::vector<Hit::Extra> m_places;
    std::size_t m_pictures = 0;
    // Of one rule: hits by how much they matter.
    static constexpr std::size_t ranks = 10;
    struct Kept {
        std::uint32_t count = 0;
        std::array<std::vector<std::uint32_t>, ranks> byRank; // places in m_hits
    };
    void keep(Hit hit);
    [[nodiscard]] static std::size_t rankOf(const Hit& hit);
    void keepIfWorse(Hit hit, Kept& kept);
    std::map<std::string, Kept, std::less<>> m_perRule;
    std::uint64_t m_dropped = 0;
    std::map<std::string, Diagnostic, std::less<>> m_gaps; // by code, places in the text
};

} // namespace cupel::rules
