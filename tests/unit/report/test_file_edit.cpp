// SPDX-License-Identifier: GPL-3.0-or-later
// A model of another tool that is worked on in its own form: what nobody changed stays to the byte, what somebody
// changed is the only thing that is another in the file, and what the form cannot say is told.
#include "analyzers/report/threats/document_yaml.h"
#include "analyzers/report/threats/file_edit.h"
#include "tests/unit/check.h"

#include <algorithm>
#include <functional>

using namespace cupel;
using namespace cupel::threats;

namespace {

const std::string dragon = R"({
  "version": "2.2.0",
  "summary": {"title": "Shop", "owner": "Ada", "id": 7},
  "detail": {
    "contributors": [], "reviewer": "Bo", "diagramTop": 2, "threatTop": 40, "theirs": {"keep": [1, 2.50, null]},
    "diagrams": [
      {"id": 0, "title": "Main", "diagramType": "STRIDE", "thumbnail": "t.jpg", "version": "2.2.0", "cells": [
        {"id": "z-1", "shape": "trust-boundary-box", "zIndex": -1, "position": {"x": 0, "y": 0},
          "size": {"width": 500, "height": 300}, "attrs": {"label": {"text": "Inside"}},
          "data": {"type": "tm.BoundaryBox", "name": "Inside", "isTrustBoundary": true}},
        {"id": "web", "shape": "process", "zIndex": 1, "ports": {"items": [{"id": "p"}]},
          "position": {"x": 40, "y": 60}, "size": {"width": 100, "height": 60},
          "attrs": {"text": {"text": "Web"}, "body": {"stroke": "red"}},
          "data": {"type": "tm.Process", "name": "Web", "description": "", "outOfScope": false,
            "hasOpenThreats": true, "isWebApplication": true, "threats": [
              {"id": "t-1", "title": "Listens", "status": "Open", "severity": "High", "type": "Tampering",
               "description": "d", "mitigation": "m", "modelType": "STRIDE", "number": 3, "score": "9", "odd": 1}]}},
        {"id": "db", "shape": "store", "zIndex": 2, "position": {"x": 300, "y": 60},
          "size": {"width": 100, "height": 60}, "attrs": {"text": {"text": "Data"}},
          "data": {"type": "tm.Store", "name": "Data", "threats": []}},
        {"id": "f-1", "shape": "flow", "zIndex": 3, "source": {"cell": "web", "port": "p"},
          "target": {"cell": "db"}, "vertices": [{"x": 200, "y": 20}], "labels": [{"attrs": {"label": {"text": "sql"}}}],
          "data": {"type": "tm.Flow", "name": "sql", "isBidirectional": true, "protocol": "tds"}},
        {"id": "f-2", "shape": "flow", "zIndex": 4, "source": {"cell": "db"}, "target": {"x": 10, "y": 10},
          "data": {"type": "tm.Flow", "name": "loose"}},
        {"id": "note", "shape": "td-text-block", "zIndex": 5, "position": {"x": 1, "y": 1},
          "size": {"width": 9, "height": 9}, "data": {"type": "tm.Text", "name": "a note"}}]},
      {"id": 1, "title": "Other", "diagramType": "STRIDE", "thumbnail": "t.jpg", "version": "2.2.0", "cells": [
        {"id": "far", "shape": "actor", "zIndex": 1, "position": {"x": 10, "y": 10},
          "size": {"width": 100, "height": 60}, "data": {"type": "tm.Actor", "name": "Far"}}]}
    ]
  }
}
)";

const std::string otm = R"(# How we ship
otmVersion: 0.2.0
project:
  name: Shop
  id: shop   # never changes
  theirs: [a, b]
representations:
  - {name: Picture, id: pic, type: diagram, size: {width: 900, height: 600}}
trustZones:
  - id: cloud
    name: Cloud
    type: cloud
    risk: {trustRating: 40}
    representations:
      - {representation: pic, id: cloud-r, position: {x: 100, y: 50}, size: {width: 500, height: 300}}
components:
  - id: host
    name: Host
    type: vm
    parent: {trustZone: cloud}
    tags: [linux, "old"]
    representations:
      - {representation: pic, id: host-r, position: {x: 20, y: 30}, size: {width: 200, height: 100}}
    threats:
      - {threat: t1, state: exposed, mitigations: [{mitigation: m1, state: required}]}
  - id: app
    name: App
    type: web
    parent: {component: host}
    description: |
      Serves
      the shop
    representations:
      - {representation: pic, id: app-r, position: {x: 10, y: 10}, size: {width: 80, height: 40}}
dataflows:
  - {id: f1, name: asks, source: app, destination: host}
threats:
  - id: t1
    name: Listens
    categories: [Tampering]
    risk: {likelihood: 50, impact: 70}
mitigations:
  - {id: m1, name: Encrypt, riskReduction: 40}
)";

struct Opened {
    std::string text;
    FileModel file;
    TeamModel now;
};

Opened open(const std::string& text)
{
    Budget budget;
    auto imported = importModel(text, budget);
    CHECK(imported && canEdit(imported.value()));
    Opened out{text, fileModelOf(std::move(imported).value(), budget), {}};
    out.now = out.file.team;
    return out;
}

report::EditedFile save(const Opened& opened)
{
    Budget budget;
    auto edited = report::editFile(opened.text, opened.file, opened.now, budget);
    CHECK(static_cast<bool>(edited));
    return edited ? std::move(edited).value() : report::EditedFile{};
}

// One change: what the file says then is what was wanted, and nothing else of it is another.
std::string changed(const std::string& text, const std::function<void(TeamModel&)>& edit, bool whole = true)
{
    Opened opened = open(text);
    edit(opened.now);
    const auto out = save(opened);
    CHECK(!whole || (out.lost.changes.empty() && out.controls == 0));
    for (const auto& change : out.lost.changes) {
        if (whole) {
            std::fprintf(stderr, "lost: %s %s %s\n", change.kind.c_str(), change.id.c_str(), change.name.c_str());
            for (const auto& fact : change.facts) {
                std::fprintf(stderr, "  %s: %s | %s\n", fact.fact.c_str(), fact.before.c_str(), fact.after.c_str());
            }
        }
    }
    return out.bytes;
}

// Lines of one text that the other has not: the file as Cupel lays it out is compared with itself.
std::vector<std::string> newLines(const std::string& before, const std::string& after)
{
    const auto lines = [](const std::string& text) {
        std::vector<std::string> out;
        for (std::size_t at = 0; at < text.size();) {
            const auto end = std::min(text.find('\n', at), text.size());
            std::string line = text.substr(at, end - at);
            line.erase(0, std::min(line.find_first_not_of(' '), line.size()));
            line.erase(line.find_last_not_of(',') + 1);
            out.push_back(line);
            at = end + 1;
        }
        std::sort(out.begin(), out.end());
        return out;
    };
    const auto was = lines(before);
    const auto is = lines(after);
    std::vector<std::string> out;
    std::set_difference(is.begin(), is.end(), was.begin(), was.end(), std::back_inserter(out));
    return out;
}

// The file as it is laid out when something is written, with one fact changed there and back.
std::string laidOut(const std::string& text, const std::string& part)
{
    return changed(text, [&](TeamModel& team) {
        setPlace(team, part, [&] {
            Box box = team.places.at(part);
            box.width += 1;
            return box;
        }());
    });
}

} // namespace

CUPEL_TEST(whatNobodyChangedStaysToTheByte)
{
    for (const auto& text : {dragon, otm}) {
        const auto out = save(open(text));
        CHECK_EQ(out.bytes, text);
        CHECK(out.whole());
    }
}

CUPEL_TEST(aNewNameIsTheOnlyChange)
{
    const auto before = laidOut(dragon, "web");
    const auto after = changed(before, [](TeamModel& team) { team.parts.at("web").name = "Front"; });
    CHECK_EQ(newLines(before, after), (std::vector<std::string>{"\"name\": \"Front\"", "\"text\": \"Front\""}));
    const auto yaml = laidOut(otm, "host");
    const auto renamed = changed(yaml, [](TeamModel& team) { team.parts.at("app").name = "Front: \"end\""; });
    CHECK_EQ(newLines(yaml, renamed), (std::vector<std::string>{R"(name: "Front: \"end\"")"}));
    CHECK(renamed.starts_with("# How we ship\n"));
    CHECK(renamed.find("theirs:") != std::string::npos && renamed.find("Serves\n") != std::string::npos);
}

CUPEL_TEST(placesAreThoseOfTheFile)
{
    const auto moved =
        changed(dragon, [](TeamModel& team) { setPlace(team, "far", {team.places.at("far").x + 5, 30, 100, 60}); });
    const auto again = open(moved);
    CHECK(again.file.model.elements.back().box == (Box{15, 30, 100, 60})); // not where it is drawn beside the other
    // A zone of OTM that is moved takes along what is placed in it, unless that stays where it was.
    const auto shifted = changed(otm, [](TeamModel& team) {
        Box box = team.places.at("cloud");
        box.x -= 30;
        setPlace(team, "cloud", box);
    });
    const auto back = open(shifted);
    CHECK(back.file.team.places.at("host") == open(otm).file.team.places.at("host"));
    CHECK(back.file.team.places.at("app") == open(otm).file.team.places.at("app"));
    CHECK(shifted.find("x: 50") != std::string::npos); // of the host, in the zone
}

// Places are relative to the parent: another parent alone moves nothing.
CUPEL_TEST(anotherZoneMovesNothing)
{
    std::string two = otm;
    two.replace(
        two.find("components:"), 11, R"(  - {id: lab, name: Lab, type: lab, risk: {trustRating: 9}, representations: [
      {representation: pic, id: lab-r, position: {x: 700, y: 90}, size: {width: 300, height: 300}}]}
components:)");
    const auto put =
        changed(two, [](TeamModel& team) { team.parts.at("host").zone = team.parts.at("app").zone = "lab"; });
    const auto was = open(two).file.team.places;
    CHECK(open(put).file.team.parts.at("host").zone == "lab");
    CHECK(open(put).file.team.places == was);
}

CUPEL_TEST(bendsGoWithBothEnds)
{
    const auto moved = changed(dragon, [](TeamModel& team) {
        for (const char* id : {"web", "db"}) {
            Box box = team.places.at(id);
            box.y += 40;
            setPlace(team, id, box);
        }
    });
    const auto again = open(moved);
    CHECK(again.file.model.flows[0].bends == (std::vector<Point>{{200, 60}}));
}

CUPEL_TEST(decisionsGoIntoTheWordsOfTheTool)
{
    const auto decide = [](const std::string& threat) {
        return [threat](TeamModel& team) {
            team.threats[threat] = {
                Applicability::Applies, Decision::Accepted, "small", "Ada", {}, "2027-01-31", EvidenceState::Unknown};
            setAssignee(team, threat, "Bo");
        };
    };
    const auto before = laidOut(dragon, "web");
    const auto after = changed(before, decide("t-1"));
    CHECK(after.find("\"status\": \"Accepted\"") != std::string::npos);
    CHECK(after.find("\"hasOpenThreats\": false") != std::string::npos);
    CHECK(after.find("\"odd\": 1") != std::string::npos && after.find("\"score\": \"9\"") != std::string::npos);
    const auto yaml = changed(otm, decide("host/t1"));
    CHECK(yaml.find("state: \"accepted\"") != std::string::npos || yaml.find("state: accepted") != std::string::npos);
    CHECK(yaml.find("state: required") != std::string::npos); // of the mitigation
}

CUPEL_TEST(newPartsAndThreatsComeIn)
{
    const auto work = [](const std::string& from, const std::string& zone) {
        return [from, zone](TeamModel& team) {
            addElement(team, "own-1", "vector-store", "Index", zone, {200, 150, 144, 44});
            addFlow(team, "own-2", from, "own-1");
            addZone(team, "own-3", "Lab", 20, {700, 0, 200, 200});
            for (const char* target : {"own-1", "own-3", ""}) {
                team.own["own-t" + std::string(target)] = {
                    target, "Poisoned " + std::string(target), "d", "m", "T", {"CWE-20"}, 4, 5};
            }
            team.own["own-t9"] = {from, "At an old part", {}, {}, "S", {}, 2, 2};
        };
    };
    const auto after = changed(dragon, work("web", "z-1"));
    CHECK(after.find("\"threatTop\": 44") != std::string::npos);
    CHECK(after.find("\"keep\": [") != std::string::npos && after.find("2.50") != std::string::npos);
    CHECK(after.find("a note") != std::string::npos && after.find("loose") != std::string::npos);
    const auto yaml = changed(otm, work("app", "cloud"));
    CHECK_EQ(open(yaml).file.team.own.size(), 5U);
}

CUPEL_TEST(whatIsRemovedTakesItsLinesAlong)
{
    const auto remove = [](const char* id) {
        return [id](TeamModel& team) {
            const auto model = modelOfTeam(team, {}).model;
            removeParts(team, model, std::vector<std::string>{id});
        };
    };
    const auto after = changed(dragon, remove("db"));
    CHECK(after.find("f-1") == std::string::npos && after.find("loose") == std::string::npos);
    CHECK(after.find("a note") != std::string::npos);
    const auto yaml = changed(otm, remove("cloud"));
    CHECK(yaml.find("id: cloud\n") == std::string::npos && yaml.find("cupel-no-zone") != std::string::npos);
    const auto open_again = open(yaml);
    CHECK(open_again.file.team.places.at("app") == open(otm).file.team.places.at("app"));
    // The zone that stands for none goes with the last that stood in it; another tool would draw it.
    const auto lone = changed(
        otm, [](TeamModel& team) { addElement(team, "own-1", "vector-store", "Index", "", {2'000, 150, 144, 44}); });
    CHECK(lone.find("cupel-no-zone") != std::string::npos);
    CHECK(changed(lone, remove("own-1")).find("cupel-no-zone") == std::string::npos);
    // A definition that nobody uses any more goes with its last use.
    const auto fewer = changed(otm, [](TeamModel& team) { removeThreat(team, "host/t1"); });
    CHECK(fewer.find("Listens") == std::string::npos);
}

CUPEL_TEST(controlsKeepTheirState)
{
    const auto more = [](TeamModel& team) {
        const ControlUse use{"host/t1", "CT-SIGN", {}, ControlStatus::Proposed, {}, {}, {}};
        team.controls[idOf(use)] = use;
    };
    const auto yaml = changed(otm, more);
    CHECK(yaml.find("CT-SIGN") != std::string::npos && yaml.find("state: required") != std::string::npos);
    const auto fewer = changed(yaml, [](TeamModel& team) {
        std::erase_if(team.controls, [](const auto& one) { return one.second.title == "Encrypt"; });
    });
    CHECK(fewer.find("state: required") == std::string::npos && fewer.find("name: Encrypt") != std::string::npos);
}

CUPEL_TEST(whatTheFormCannotSayIsTold)
{
    Opened opened = open(otm);
    opened.now.answers["q"] = "yes";
    auto& use = opened.now.controls.begin()->second;
    use.status = ControlStatus::Verified;
    const auto out = save(opened);
    CHECK_EQ(out.answers, 1U);
    CHECK_EQ(out.controls, 1U);
    CHECK(out.comments); // "never changes"
    CHECK(!out.whole());
    // Threat Dragon knows zones only by where things lie.
    Opened zoned = open(dragon);
    zoned.now.parts.at("web").zone = "";
    const auto told = save(zoned);
    CHECK_EQ(told.lost.changes.size(), 1U);
    CHECK(!told.lost.changes.empty() && told.lost.changes[0].facts[0].fact == "zone");
}

CUPEL_TEST(yamlReadsBackAsItWas)
{
    const std::string text =
        "a: [1, \"2\", 'it''s', null, ~, \"\", {}]\n\"odd: key\": x\nb:\n- - 1\n  - {c: d}\n- |\n  two\n"
        "  lines\n- \"tab\\t\\u00e9\"\n- >\n  folded\n  text\nyes: no\n";
    Budget budget;
    const auto tree = DataTree::fromYaml(text, budget);
    std::string out;
    CHECK(report::writeYaml(tree, {}, [&out](std::string_view piece) { out += piece; }));
    const auto again = DataTree::fromYaml(out, budget);
    CHECK(!again.broken() && !again.partial());
    CHECK_EQ(again.nodes().size(), tree.nodes().size());
    for (std::size_t i = 0; i < tree.nodes().size() && i < again.nodes().size(); ++i) {
        CHECK_EQ(again.nodes()[i].text, tree.nodes()[i].text);
        CHECK_EQ(again.nodes()[i].key, tree.nodes()[i].key);
        CHECK_EQ(again.nodes()[i].quoted, tree.nodes()[i].quoted);
    }
    CHECK_EQ(
        std::string(report::headOfYaml("%YAML 1.1\n---\n# x\n\na: 1 # y\n")), std::string("%YAML 1.1\n---\n# x\n\n"));
    CHECK(report::hasYamlComments("# x\na: 1 # y\n") && !report::hasYamlComments("# x\na: 1\n"));
}

// What reading loses would be another after saving, although nobody touched it: such files are not edited.
CUPEL_TEST(whatCannotBeWrittenAgainIsNotEdited)
{
    const auto lossOf = [](std::string text, std::string_view from, const std::string& to) {
        text.replace(text.find(from), from.size(), to);
        Budget budget;
        const auto imported = importModel(text, budget);
        const bool read = imported && imported.value().model.document && imported.value().model.document->tree;
        CHECK(read);
        CHECK(!read || canEdit(imported.value()) == (imported.value().model.document->tree->loss() == DataLoss::None));
        return read ? imported.value().model.document->tree->loss() : DataLoss::None;
    };
    CHECK(lossOf(dragon, "a note", "a \xFFnote") == DataLoss::Encoding);
    CHECK(lossOf(dragon, "a note", "\\ud83d note") == DataLoss::Encoding);
    CHECK(lossOf(dragon, "[1, 2.50", "[\"\\uDC00\", 2.50") == DataLoss::Encoding);
    CHECK(lossOf(dragon, "a note", "\\ud83d\\ude00 \\uFFFD \xEF\xBF\xBD \\\\ud83d") == DataLoss::None);
    CHECK(lossOf(dragon, "\"theirs\"", '"' + std::string(5'000, 'k') + '"') == DataLoss::Long);
    CHECK(lossOf(dragon, "a note", std::string((16 << 20) + 1, 't')) == DataLoss::Long);
    CHECK(lossOf(otm, "[a, b]", "!!str 12") == DataLoss::Tag);
    CHECK(lossOf(otm, "[a, b]", "{[a, b]: c}") == DataLoss::Key);
    CHECK(lossOf(otm, "[a, b]", "{a: &x [1], b: *x}") == DataLoss::Alias);
    CHECK(lossOf(otm, "[a, b]", "[\"! a\", 'b & *c']") == DataLoss::None);
}
