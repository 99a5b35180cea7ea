// SPDX-License-Identifier: GPL-3.0-or-later
// The file of a team's model: {"answer": ...}, {"assignee": ...}, {"control": ...}, {"own": ...}, {"part": ...},
// {"place": ...}, {"seen": ...}, {"threat": ...} and {"event": ...}, each with the id as its value. Lines of one kind
// stand together, in the order of ids: two people who change different things change different lines.
#include "analyzers/threats/work/team_line.h"
#include "analyzers/threats/work/team_model.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include <nlohmann/json.hpp>

namespace cupel::threats {

namespace {

using nlohmann::json;
using nlohmann::ordered_json;

constexpr std::size_t mostLines = 500'000;

// Sorted: where keys stand in the order of the line, each is looked for among all before it, and whoever writes two
// thousand into every line makes somebody wait.
struct TeamLine {
    json row;
    std::string kind; // its first key, whose value is a text; empty: it is no line of such a file
    const char* trouble = nullptr; // why it was not even parsed
};

TeamLine parseLine(std::string_view line, LineBudget& budget)
{
    if (const char* trouble = troubleOf(line, budget)) {
        return {{}, {}, trouble};
    }
    TeamLine out{json::parse(line, nullptr, false), {}, nullptr};
    if (!out.row.is_object() || out.row.empty()) {
        return {};
    }
    const auto key = json::parse(firstKeyOf(line), nullptr, false);
    const auto id = key.is_string() ? out.row.find(key.get_ref<const std::string&>()) : out.row.end();
    if (id != out.row.end() && id->is_string()) {
        out.kind = key.get<std::string>();
    }
    return out;
}

std::string rowText(const ordered_json& row)
{
    return row.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

std::string lineOf(const ordered_json& row)
{
    return rowText(row) + '\n';
}

std::string textOf(const json& row, const char* key)
{
    const auto at = row.find(key);
    return at != row.end() && at->is_string() ? at->get<std::string>() : std::string();
}

std::optional<std::string> maybeText(const json& row, const char* key)
{
    const auto at = row.find(key);
    return at != row.end() && at->is_string() ? std::optional(at->get<std::string>()) : std::nullopt;
}

// The member of PartEdit behind each key of a line.
constexpr std::array<std::pair<const char*, std::optional<std::string> PartEdit::*>, 7> texts{
    {{"name", &PartEdit::name}, {"description", &PartEdit::description}, {"kind", &PartEdit::kind},
        {"zone", &PartEdit::zone}, {"source", &PartEdit::source}, {"target", &PartEdit::target},
        {"scopeReason", &PartEdit::scopeReason}}};

std::string partLine(const std::string& id, const PartEdit& edit)
{
    ordered_json row;
    row["part"] = id;
    if (!edit.type.empty()) {
        row["type"] = edit.type;
    }
    for (const auto& [key, member] : texts) {
        if (const auto& value = edit.*member) {
            row[key] = *value;
        }
    }
    if (edit.removed) {
        row["removed"] = true;
    }
    if (!edit.attributes.empty()) {
        row["attributes"] = edit.attributes;
    }
    return lineOf(row);
}

bool readPart(const json& row, TeamModel& out)
{
    PartEdit edit;
    edit.type = textOf(row, "type");
    for (const auto& [key, member] : texts) {
        edit.*member = maybeText(row, key);
    }
    const auto removed = row.find("removed");
    edit.removed = removed != row.end() && removed->is_boolean() && removed->get<bool>();
    if (const auto attributes = row.find("attributes"); attributes != row.end() && attributes->is_object()) {
        for (const auto& [key, value] : attributes->items()) {
            if (!value.is_string()) {
                return false;
            }
            edit.attributes.emplace(key, value.get<std::string>());
        }
    }
    out.parts[textOf(row, "part")] = std::move(edit);
    return true;
}

std::string placeLine(const std::string& id, const Box& box)
{
    const auto whole = [](double value) { return static_cast<std::int64_t>(std::llround(value)); };
    return lineOf({{"place", id}, {"x", whole(box.x)}, {"y", whole(box.y)}, {"width", whole(box.width)},
        {"height", whole(box.height)}});
}

bool readPlace(const json& row, TeamModel& out)
{
    std::array<double, 4> numbers{};
    std::size_t i = 0;
    for (const char* key : {"x", "y", "width", "height"}) {
        const auto at = row.find(key);
        if (at == row.end() || !at->is_number() || std::abs(at->get<double>()) > 1e7) {
            return false;
        }
        numbers[i++] = at->get<double>();
    }
    out.places[textOf(row, "place")] = {numbers[0], numbers[1], numbers[2], numbers[3]};
    return true;
}

template <typename Value, std::size_t Count> bool valueOf(std::string_view word, Value& out)
{
    for (std::size_t i = 0; i < Count; ++i) {
        if (toString(static_cast<Value>(i)) == word) {
            out = static_cast<Value>(i);
            return true;
        }
    }
    return word.empty();
}

std::string threatLine(const std::string& id, const ThreatDecision& decision)
{
    ordered_json row;
    row["threat"] = id;
    row["applicability"] = toString(decision.applicability);
    row["decision"] = toString(decision.decision);
    row["reason"] = decision.reason;
    row["author"] = decision.author;
    row["decided"] = decision.decided;
    if (!decision.until.empty()) {
        row["until"] = decision.until;
    }
    row["evidence"] = toString(decision.evidence);
    return lineOf(row);
}

bool readThreat(const json& row, TeamModel& out)
{
    ThreatDecision decision;
    decision.reason = textOf(row, "reason");
    decision.author = textOf(row, "author");
    decision.decided = textOf(row, "decided");
    decision.until = textOf(row, "until");
    const bool known = valueOf<Applicability, 3>(textOf(row, "applicability"), decision.applicability)
        && valueOf<Decision, 7>(textOf(row, "decision"), decision.decision)
        && valueOf<EvidenceState, 6>(textOf(row, "evidence"), decision.evidence);
    if (known) {
        out.threats[textOf(row, "threat")] = std::move(decision);
    }
    return known; // a word of a later version is kept as it stands
}

std::string ownLine(const std::string& id, const OwnThreat& own)
{
    ordered_json row;
    row["own"] = id;
    row["target"] = own.target;
    row["title"] = own.title;
    row["description"] = own.description;
    row["mitigation"] = own.mitigation;
    row["stride"] = own.stride;
    row["references"] = own.references;
    row["likelihood"] = own.likelihood;
    row["impact"] = own.impact;
    return lineOf(row);
}

bool readStep(const json& row, const char* key, int& out)
{
    const auto at = row.find(key);
    if (at == row.end() || !at->is_number_integer()) {
        return false;
    }
    const auto value = at->get<std::int64_t>();
    out = static_cast<int>(std::clamp<std::int64_t>(value, 1, 5));
    return value == out;
}

bool readOwn(const json& row, TeamModel& out)
{
    OwnThreat own;
    own.target = textOf(row, "target");
    own.title = textOf(row, "title");
    own.description = textOf(row, "description");
    own.mitigation = textOf(row, "mitigation");
    own.stride = textOf(row, "stride");
    if (const auto references = row.find("references"); references != row.end() && references->is_array()) {
        for (const auto& one : *references) {
            if (!one.is_string()) {
                return false;
            }
            own.references.push_back(one.get<std::string>());
        }
    }
    if (!readStep(row, "likelihood", own.likelihood) || !readStep(row, "impact", own.impact)) {
        return false;
    }
    out.own[textOf(row, "own")] = std::move(own);
    return true;
}

std::string controlLine(const std::string& id, const ControlUse& use)
{
    ordered_json row;
    row["control"] = id;
    row["threat"] = use.threat;
    row["id"] = use.control;
    if (!use.title.empty()) {
        row["title"] = use.title;
    }
    row["status"] = toString(use.status);
    row["note"] = use.note;
    row["author"] = use.author;
    row["decided"] = use.decided;
    return lineOf(row);
}

bool readControl(const json& row, TeamModel& out)
{
    ControlUse use;
    use.threat = textOf(row, "threat");
    use.control = textOf(row, "id");
    use.title = textOf(row, "title");
    use.note = textOf(row, "note");
    use.author = textOf(row, "author");
    use.decided = textOf(row, "decided");
    if (!valueOf<ControlStatus, 3>(textOf(row, "status"), use.status) || idOf(use) != textOf(row, "control")) {
        return false;
    }
    out.controls[idOf(use)] = std::move(use);
    return true;
}

// What an event says of the lines before it is kept as text: it is looked at when somebody goes back.
bool readEvent(const json& row, TeamModel& out)
{
    Event event{
        textOf(row, "event"), textOf(row, "who"), textOf(row, "what"), textOf(row, "change"), textOf(row, "note"), {}};
    if (const auto was = row.find("was"); was != row.end()) {
        if (!was->is_array()
            || std::any_of(was->begin(), was->end(), [](const auto& one) { return !one.is_string(); })) {
            return false;
        }
        event.was = was->get<std::vector<std::string>>();
    }
    out.events.push_back(std::move(event));
    return true;
}

// False: nothing that this version understands whole.
bool readLine(const TeamLine& line, TeamModel& out)
{
    const auto& [row, kind, trouble] = line;
    if (kind.empty() || textOf(row, kind.c_str()).empty()) {
        return false;
    }
    if (kind == "part") {
        return readPart(row, out);
    }
    if (kind == "place") {
        return readPlace(row, out);
    }
    if (kind == "threat") {
        return readThreat(row, out);
    }
    if (kind == "own") {
        return readOwn(row, out);
    }
    if (kind == "control") {
        return readControl(row, out);
    }
    if (kind == "answer") {
        out.answers[textOf(row, "answer")] = textOf(row, "value");
        return true;
    }
    if (kind == "assignee") {
        out.assignees[textOf(row, "assignee")] = textOf(row, "name");
        return true;
    }
    if (kind == "seen") {
        out.seen[textOf(row, "seen")] = {textOf(row, "type"), textOf(row, "kind"), textOf(row, "name"),
            textOf(row, "artifact"), textOf(row, "digest")};
        return true;
    }
    if (kind == "event") {
        return readEvent(row, out);
    }
    return false;
}

std::string seenLine(const std::string& id, const Seen& seen)
{
    ordered_json row{{"seen", id}, {"type", seen.type}, {"kind", seen.kind}, {"name", seen.name}};
    if (!seen.artifact.empty()) {
        row["artifact"] = seen.artifact;
    }
    if (!seen.digest.empty()) {
        row["digest"] = seen.digest;
    }
    return lineOf(row);
}

std::string answerLine(const std::string& id, const std::string& value)
{
    return lineOf({{"answer", id}, {"value", value}});
}

std::string assigneeLine(const std::string& id, const std::string& name)
{
    return lineOf({{"assignee", id}, {"name", name}});
}

std::string eventLine(const Event& event)
{
    ordered_json row{
        {"event", event.at}, {"who", event.who}, {"what", event.what}, {"change", event.change}, {"note", event.note}};
    if (!event.was.empty()) { // as texts: whoever looks for a line of the file finds those that hold now
        row["was"] = event.was;
    }
    return lineOf(row);
}

} // namespace

TeamModel withClaims(const TeamModel& team, const std::function<bool(std::string_view line)>& counts)
{
    TeamModel out = team;
    std::erase_if(out.answers, [&](const auto& one) { return !counts(answerLine(one.first, one.second)); });
    std::erase_if(out.assignees, [&](const auto& one) { return !counts(assigneeLine(one.first, one.second)); });
    std::erase_if(out.controls, [&](const auto& one) { return !counts(controlLine(one.first, one.second)); });
    std::erase_if(out.own, [&](const auto& one) { return !counts(ownLine(one.first, one.second)); });
    std::erase_if(out.parts, [&](const auto& one) { return !counts(partLine(one.first, one.second)); });
    std::erase_if(out.threats, [&](const auto& one) { return !counts(threatLine(one.first, one.second)); });
    for (auto& [id, seen] : out.seen) {
        if (!seen.digest.empty() && !counts(seenLine(id, seen))) {
            seen.digest.clear();
        }
    }
    return out;
}

std::vector<std::string> linesOf(const TeamModel& team)
{
    std::vector<std::string> out;
    TeamModel facts = team;
    facts.events.clear();
    const std::string text = write(facts);
    for (std::size_t at = 0; at < text.size();) {
        const auto end = std::min(text.find('\n', at), text.size());
        out.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return out;
}

std::string absentLine(const std::string& kind, const std::string& id)
{
    return rowText({{kind, id}});
}

bool putBack(TeamModel& team, std::string_view line)
{
    LineBudget budget;
    const TeamLine parsed = parseLine(line, budget);
    const auto& [row, first, trouble] = parsed;
    if (first.empty() || first == "event") {
        return false;
    }
    if (row.size() > 1) {
        return readLine(parsed, team);
    }
    const std::string id = textOf(row, first.c_str());
    const auto drop = [&kind = parsed.kind, &id](const char* name, auto& map) {
        if (kind == name) {
            map.erase(id);
        }
        return kind == name;
    };
    return drop("part", team.parts) || drop("place", team.places) || drop("threat", team.threats)
        || drop("own", team.own) || drop("control", team.controls) || drop("answer", team.answers)
        || drop("assignee", team.assignees);
}

std::string write(const TeamModel& team)
{
    std::string out;
    for (const auto& [id, value] : team.answers) {
        out += answerLine(id, value);
    }
    for (const auto& [id, name] : team.assignees) {
        out += assigneeLine(id, name);
    }
    for (const auto& [id, use] : team.controls) {
        out += controlLine(id, use);
    }
    for (const auto& [id, own] : team.own) {
        out += ownLine(id, own);
    }
    for (const auto& [id, edit] : team.parts) {
        out += partLine(id, edit);
    }
    for (const auto& [id, box] : team.places) {
        out += placeLine(id, box);
    }
    for (const auto& [id, seen] : team.seen) {
        out += seenLine(id, seen);
    }
    for (const auto& [id, decision] : team.threats) {
        out += threatLine(id, decision);
    }
    for (const auto& line : team.unknown) {
        out += line + '\n';
    }
    for (const auto& event : team.events) {
        out += eventLine(event);
    }
    return out;
}

TeamModel read(ByteView text, std::vector<std::string>& troubles)
{
    TeamModel out;
    LineBudget budget;
    std::size_t number = 0;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        auto line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        ++number;
        if (line.ends_with('\r')) {
            line.remove_suffix(1);
        }
        const bool marker = line.starts_with("<<<<<<<") || line.starts_with("=======") || line.starts_with(">>>>>>>");
        if (line.empty() || marker) { // both sides of a merge that was not settled count; the later line wins
            if (marker) {
                troubles.push_back("line " + std::to_string(number) + " is the mark of a merge that was not settled");
            }
            continue;
        }
        const TeamLine parsed =
            number > mostLines ? TeamLine{{}, {}, "there are 500,000 before it"} : parseLine(line, budget);
        if (!readLine(parsed, out)) {
            troubles.push_back("line " + std::to_string(number) + " is kept, but not "
                + (parsed.trouble ? std::string("read: ") + parsed.trouble : "understood"));
            out.unknown.emplace_back(line);
        }
    }
    return out;
}

} // namespace cupel::threats
