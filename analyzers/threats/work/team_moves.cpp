// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/threats/work/team_moves.h"

#include "analyzers/threats/derive/model_builder.h"

#include <algorithm>
#include <set>
#include <utility>

namespace cupel::threats {

namespace {

struct Candidates { // of one kind and content
    std::vector<std::string> vanished;
    std::vector<const Element*> fresh;
};

// SHA-256 of no bytes: files without content have nothing by which they could be known again.
constexpr std::string_view emptyDigest = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

const std::string& newOf(const Renames& renames, const std::string& id)
{
    const auto found = renames.find(id);
    return found == renames.end() ? id : found->second;
}

template <typename Map, typename NameOf> void rename(Map& map, NameOf nameOf, Renames* told)
{
    Map out;
    for (auto& [id, value] : map) { // what has its id already comes first
        if (nameOf(id) == id) {
            out.emplace(id, std::move(value));
        }
    }
    for (auto& [id, value] : map) {
        if (const std::string next = nameOf(id); next != id) {
            out.emplace(next, std::move(value));
            if (told) {
                told->emplace(id, next);
            }
        }
    }
    map = std::move(out);
}

// One file each time, seen as a thing of another kind. Not of folded ones: their path is a folder that others share.
void findNewKinds(const TeamModel& team, const ThreatModel& generated, const std::set<std::string_view>& made,
    const Renames& back, Moves& out)
{
    struct AtPath {
        std::vector<const std::string*> vanished;
        std::vector<const Element*> fresh;
    };
    std::map<std::string_view, AtPath> all;
    for (const auto& element : generated.elements) {
        const bool known = team.seen.contains(element.id) || back.contains(element.id);
        if (!known && !element.artifact.empty() && attribute(element, "count").empty()) {
            all[element.artifact].fresh.push_back(&element);
        }
    }
    std::set<std::string_view> gone;
    for (const Move& move : out.elements) {
        gone.insert(move.from);
    }
    for (const auto& [id, seen] : team.seen) {
        const auto found = seen.type == "element" ? all.find(seen.artifact) : all.end();
        if (found != all.end() && !made.contains(id) && !gone.contains(id)) {
            found->second.vanished.push_back(&id);
        }
    }
    std::vector<Move> more;
    for (const auto& [path, one] : all) {
        if (one.vanished.size() == 1 && one.fresh.size() == 1) {
            const std::string& from = *one.vanished.front();
            const Element& to = *one.fresh.front();
            more.push_back({from, to.id, to.artifact, to.artifact, team.seen.at(from).kind, to.kind});
        }
    }
    out.elements.insert(out.elements.end(), more.begin(), more.end());
}

} // namespace

Moves findMoves(const TeamModel& team, const ThreatModel& generated, const std::map<std::string, std::string>& last)
{
    std::map<std::pair<std::string, std::string>, Candidates> all; // by kind and digest
    std::set<std::string_view> made;
    for (const auto& element : generated.elements) {
        made.insert(element.id);
        if (!element.digest.empty() && element.digest != emptyDigest && !team.seen.contains(element.id)) {
            all[{element.kind, element.digest}].fresh.push_back(&element);
        }
    }
    Moves out;
    for (const auto& [id, seen] : team.seen) {
        const auto known = last.find(id);
        const std::string& digest = known == last.end() ? seen.digest : known->second;
        if (seen.type != "element" || digest.empty() || made.contains(id)) {
            continue;
        }
        if (const auto found = all.find({seen.kind, digest}); found != all.end()) {
            found->second.vanished.push_back(id);
        }
    }
    Renames back; // from new to old
    for (const auto& [key, one] : all) {
        if (one.vanished.size() == 1 && one.fresh.size() == 1) {
            const Seen& seen = team.seen.at(one.vanished.front());
            const Element& element = *one.fresh.front();
            out.elements.push_back({one.vanished.front(), element.id, seen.artifact.empty() ? seen.name : seen.artifact,
                element.artifact.empty() ? element.name : element.artifact});
            back.emplace(element.id, one.vanished.front());
        }
    }
    findNewKinds(team, generated, made, back, out);
    for (const Move& move : out.elements) {
        back.emplace(move.to, move.from);
    }
    std::sort(out.elements.begin(), out.elements.end(),
        [](const Move& one, const Move& other) { return one.from < other.from; });
    for (const auto& flow : generated.flows) {
        const std::string old = flowId(newOf(back, flow.source), newOf(back, flow.target));
        if (old != flow.id && !team.seen.contains(flow.id)) {
            out.flows.emplace(old, flow.id);
        }
    }
    return out;
}

std::string renamedThreat(const Renames& renames, const std::string& threat)
{
    const auto sign = threat.find('@');
    return sign == std::string::npos ? threat : threat.substr(0, sign + 1) + newOf(renames, threat.substr(sign + 1));
}

Renames follow(TeamModel& team, const Moves& moves, const std::string& at, const std::string& who)
{
    Renames out = moves.flows;
    for (const Move& move : moves.elements) {
        out.emplace(move.from, move.to);
        const auto named = [](const std::string& path, const std::string& kind) {
            return kind.empty() ? path : path + " (" + kind + ')';
        };
        team.events.push_back({at, who, move.to,
            "moved " + named(move.oldPath, move.oldKind) + " -> " + named(move.newPath, move.newKind),
            "was " + move.from});
        if (const auto seen = team.seen.find(move.from); seen != team.seen.end()) {
            seen->second.artifact = move.newPath;
            seen->second.kind = move.newKind.empty() ? seen->second.kind : move.newKind;
        }
    }
    const Renames parts = out;
    const auto partOf = [&parts](const std::string& id) { return newOf(parts, id); };
    rename(team.seen, [&parts](const std::string& id) { return newOf(parts, renamedThreat(parts, id)); }, nullptr);
    rename(team.places, partOf, nullptr);
    rename(team.parts, partOf, nullptr);
    for (auto& [id, edit] : team.parts) {
        for (auto* end : {&edit.source, &edit.target}) {
            if (*end) {
                *end = partOf(**end);
            }
        }
    }
    rename(team.threats, [&parts](const std::string& id) { return renamedThreat(parts, id); }, &out);
    rename(team.assignees, [&parts](const std::string& id) { return renamedThreat(parts, id); }, &out);
    for (auto& [id, own] : team.own) {
        own.target = partOf(own.target);
    }
    std::map<std::string, ControlUse> controls;
    for (auto& [id, use] : team.controls) {
        use.threat = renamedThreat(parts, use.threat);
        const std::string next = idOf(use);
        if (next != id) {
            out.emplace(id, next);
        }
        controls.emplace(next, std::move(use));
    }
    team.controls = std::move(controls);
    return out;
}

} // namespace cupel::threats
