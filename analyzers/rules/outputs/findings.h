// SPDX-License-Identifier: GPL-3.0-or-later
// Collects what this group sees and turns repetitions into one finding: quiet kinds once for the notebook, loud ones
// once for each output or cell. Lives for one artifact.
#pragma once

#include "analyzers/rules/outputs/viewers.h"
#include "analyzers/rules/sink.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace cupel::rules::outputs {

struct Seen {
    std::string_view rule; // id, static text
    Severity severity = Severity::Info;
    Confidence confidence = Confidence::Likely;
    ByteRange bytes; // in the artifact's text
    ByteRange content; // what runs, when it stands behind the bytes; may be empty
    std::int32_t region = -1;
    std::uint64_t line = 0; // in the region
    std::string what; // what it is, in a word or two; never a value
    std::string host;
    std::optional<std::pair<Carrier, Act>> shown; // for the rows of viewers
    std::string_view fix; // kind, may be empty
    bool safeFix = true;
    bool hidden = false; // disguised: said in the finding
    bool personal = false; // the bytes name a person: masked everywhere
    std::string masked; // how they are shown then
    std::vector<ByteRange> cut; // what the fix deletes, in the artifact's text; sorted, disjoint
    bool whole = false; // each value is a finding of its own, at any severity, with places in the same output too
};

class Findings {
public:
    explicit Findings(FindingSink& sink)
        : m_sink(sink)
    {
    }
    void add(Seen seen);
    // A value that is masked wherever it would be shown, whatever else is said of it.
    void hide(ByteRange value) { m_sink.markSensitive(value); }
    // A user name that a home path told; it stands at `bytes` of the artifact's text.
    void learnUser(std::string_view name, ByteRange bytes);
    // By name, where home paths hold it.
    [[nodiscard]] const std::map<std::string, std::vector<ByteRange>, std::less<>>& users() const { return m_users; }
    void finish();

private:
    using Key =
        std::tuple<std::string_view, bool, std::int32_t, std::string, std::string_view>; // rule, loud, region, value
                                                                                         // of a personal one, fix
    struct Group {
        std::vector<Seen> places;
        std::set<ByteRange> known; // of those and of what earlier findings have
        std::uint64_t dropped = 0; // counted, not kept
    };
    void emit(Group& group, bool last); // one finding; last: it counts what was dropped, too
    FindingSink& m_sink;
    std::map<Key, Group> m_groups;
    std::map<std::string, std::vector<ByteRange>, std::less<>> m_users;
};

} // namespace cupel::rules::outputs
