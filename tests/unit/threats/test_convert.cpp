// SPDX-License-Identifier: GPL-3.0-or-later
// What people wrote and decided comes along when a model goes into the form of another tool and back; what was left out
// is named, and so is the limit that was met.
#include "analyzers/report/threats/own_words.h"
#include "analyzers/report/threats/threat_writers.h"
#include "analyzers/threats/diagram_layout.h"
#include "analyzers/threats/import/import.h"
#include "analyzers/threats/model_diff.h"
#include "tests/unit/check.h"

#include <algorithm>

using namespace cupel;
using namespace cupel::threats;

namespace {

using Write = void (*)(const ThreatModel&, const report::TextSink&);
constexpr Write both[] = {report::writeThreatDragon, report::writeOpenThreatModel};

Imported read(const std::string& text)
{
    Budget budget;
    auto imported = importModel(text, budget);
    return imported ? std::move(imported).value() : Imported{};
}

std::string why(const std::string& text)
{
    Budget budget;
    const auto imported = importModel(text, budget);
    return imported ? "a model" : std::to_string(imported.error().offset) + ": " + imported.error().detail;
}

ThreatModel through(ThreatModel model, Write write)
{
    Budget budget;
    CHECK(layOutDiagrams(model, budget));
    std::string out;
    write(model, [&out](std::string_view text) { out += text; });
    return read(out).model;
}

void draw(ThreatModel& model)
{
    model.diagrams.push_back({"d", "Data flow", "STRIDE"});
    Zone zone;
    zone.id = "zone";
    zone.name = "Cloud";
    zone.trust = 40;
    Zone unknown;
    unknown.id = "somewhere";
    unknown.name = "Somewhere";
    model.zones = {zone, unknown};
    Element outer;
    outer.id = "outer";
    outer.name = "Host";
    outer.kind = "process";
    outer.zone = "zone";
    Element inner = outer;
    inner.id = "inner";
    inner.name = "Weights";
    inner.kind = "model-file";
    inner.parent = "outer";
    inner.artifact = "models/a.pt";
    inner.attributes = {{"type", "safetensors", Origin::Imported, {}}, {"encrypted", "true", Origin::Imported, {}}};
    inner.outOfScope = true;
    inner.scopeReason = "theirs";
    Element note;
    note.id = "note";
    note.name = "Ask Bo about the balancer";
    note.kind = "text";
    model.elements = {outer, inner, note};
    Flow flow;
    flow.id = "flow";
    flow.name = "loads";
    flow.source = "inner";
    flow.target = "outer";
    flow.outOfScope = true;
    flow.scopeReason = "soon gone";
    model.flows = {flow};
}

// All that a review leaves in a model.
ThreatModel reviewed()
{
    ThreatModel model;
    model.title = "Scoring";
    model.owner = "Ada";
    model.reviewer = "Bo";
    model.contributors = {"Cy", "Di"};
    model.assumptions = {"TLS ends at the balancer", "Tokens are checked"};
    model.controls = {{"pin", "Pin the model", "by digest", 40, "active"}};
    draw(model);
    Threat threat;
    threat.id = "t";
    threat.target = "outer";
    threat.title = "Stolen";
    threat.mitigation = "Encrypt";
    threat.stride = "ID";
    threat.severity = Severity::High;
    threat.likelihood = 2;
    threat.impact = 4;
    threat.applicability = Applicability::Applies;
    threat.decision = Decision::Transferred;
    threat.reason = "insured";
    threat.author = "Ada";
    threat.until = "2027-01-31";
    threat.assignee = "Di";
    threat.references = {"CWE-502", "AML.T0010"};
    threat.controls = {"pin"};
    Threat whole = threat;
    whole.id = "w";
    whole.target = {};
    whole.title = "Nobody is asked";
    whole.decision = Decision::InProgress;
    model.threats = {threat, whole};
    return model;
}

std::string decided(const ThreatModel& model, const char* title)
{
    for (const Threat& one : model.threats) {
        if (one.title == title) {
            std::string out = std::string(toString(one.decision)) + ' ' + std::string(toString(one.applicability)) + ' '
                + one.reason + ' ' + one.author + ' ' + one.assignee + ' ' + one.until + ' ' + one.stride + ' '
                + (one.severity ? std::string(toString(*one.severity)) : "-") + ' ' + std::to_string(one.likelihood)
                + std::to_string(one.impact) + ' ' + one.mitigation;
            for (const auto* list : {&one.references, &one.controls}) {
                for (const auto& id : *list) {
                    out += ' ' + id;
                }
            }
            return out + " @" + (one.target.empty() ? "" : "part");
        }
    }
    return "gone";
}

} // namespace

CUPEL_TEST(whatPeopleWroteComesAlong)
{
    const ThreatModel model = reviewed();
    for (const Write write : both) {
        const ThreatModel again = through(model, write);
        CHECK_EQ(again.owner, "Ada");
        CHECK_EQ(again.reviewer, "Bo");
        CHECK(again.contributors == model.contributors);
        CHECK(again.assumptions == model.assumptions);
        REQUIRE(again.controls.size() == 1);
        CHECK_EQ(again.controls[0].title + again.controls[0].description + again.controls[0].status,
            "Pin the modelby digestactive");
        CHECK_EQ(again.controls[0].reduction, 40);
        for (const char* title : {"Stolen", "Nobody is asked"}) {
            CHECK_EQ(decided(again, title), decided(model, title));
        }
        REQUIRE(again.elements.size() == 3);
        for (const Element& element : again.elements) {
            const auto was = std::find_if(
                model.elements.begin(), model.elements.end(), [&](const Element& one) { return one.id == element.id; });
            REQUIRE(was != model.elements.end());
            CHECK_EQ(element.name + element.kind + element.artifact + element.scopeReason + element.parent,
                was->name + was->kind + was->artifact + was->scopeReason + was->parent);
            CHECK(element.outOfScope == was->outOfScope);
        }
        REQUIRE(again.flows.size() == 1 && again.zones.size() == 2);
        CHECK(again.flows[0].outOfScope && again.flows[0].scopeReason == "soon gone");
        CHECK(again.zones[0].trust == 40 && !again.zones[1].trust); // not known is not zero
        for (const auto& change : differences(model, again).changes) { // none, but what was not said before is said
            for (const auto& fact : change.facts) {
                CHECK_EQ(
                    change.kind + ' ' + change.name + ' ' + fact.fact + ": " + fact.before + " > " + fact.after, "");
            }
            CHECK(change.what == PartChange::What::Changed);
        }
    }
}

CUPEL_TEST(whatTheOtherToolChangedWins)
{
    const auto edited = [](Write write, const std::string& from, const std::string& to) {
        ThreatModel model = reviewed();
        Budget budget;
        CHECK(layOutDiagrams(model, budget));
        std::string out;
        write(model, [&out](std::string_view text) { out += text; });
        const auto at = out.find(from);
        CHECK(at != std::string::npos);
        out.replace(at, from.size(), to);
        return decided(read(out).model, "Stolen");
    };
    const std::string was = decided(reviewed(), "Stolen");
    const auto replaced = [&was](const std::string& from, const std::string& to) {
        std::string out = was;
        return out.replace(out.find(from), from.size(), to);
    };
    CHECK(edited(report::writeThreatDragon, "\"status\": \"Transferred\"", "\"status\": \"Avoided\"")
            .starts_with("avoided applies insured Ada"));
    CHECK(edited(report::writeThreatDragon, "\"severity\": \"High\"", "\"severity\": \"Low\"").find(" ID low 00 ")
        != std::string::npos);
    CHECK_EQ(edited(report::writeThreatDragon, "Encrypt\\nPin the model (active)", "Encrypt all of it"),
        replaced("Encrypt", "Encrypt all of it"));
    CHECK(edited(report::writeThreatDragon, "\"type\": \"Information disclosure\"", "\"type\": \"Tampering\"")
              .find(" T high")
        != std::string::npos);
    CHECK(edited(report::writeOpenThreatModel, "\"state\": \"mitigated\"", "\"state\": \"accepted\"")
            .starts_with("accepted applies"));
    CHECK(edited(report::writeOpenThreatModel, "\"impact\": 80", "\"impact\": 20").find(" 21 ") != std::string::npos);
}

CUPEL_TEST(oneTextSaysWhatToDo)
{
    ThreatModel model = reviewed();
    CHECK_EQ(report::mitigationText(report::controlsById(model), model.threats[0]), "Encrypt\nPin the model (active)");
    model.threats[0].controls = {"CT-SIGN", "nobody-knows"};
    CHECK_EQ(report::mitigationText(report::controlsById(model), model.threats[0]),
        "Encrypt\nSign artifacts and verify before load\nnobody-knows");
    CHECK_EQ(report::allControls(model).size(), 3U); // no use of a control is without its definition
}

CUPEL_TEST(aNoteIsNoComponent)
{
    ThreatModel model = reviewed();
    const auto written = [&model] {
        std::string out;
        report::writeOpenThreatModel(model, [&out](std::string_view text) { out += text; });
        return out;
    };
    CHECK(written().find("\"type\": \"text\"") == std::string::npos);
    CHECK(written().find("cupel:notes") != std::string::npos);
    model.threats[0].target = "note"; // what is threatened has to be one
    CHECK(written().find("\"type\": \"text\"") != std::string::npos);
}

CUPEL_TEST(threatsOfABillKnowWhatTheyAffect)
{
    const std::string text =
        "{\"version\": \"1.0\", \"scope\": {\"title\": \"x\"}, \"trust_zones\": [], \"components\": "
        "[{\"symbolic_name\": \"a\", \"title\": \"A\"}, {\"symbolic_name\": \"b\", \"title\": \"B\"}], "
        "\"threats\": [{\"symbolic_name\": \"t\", \"title\": \"T\", \"components_affected\": [\"b\", "
        "\"a\", \"gone\"]}], \"assumptions\": [{\"description\": \"holds\", \"validity\": "
        "\"unconfirmed\"}], \"controls\": [{\"symbolic_name\": \"k\", \"title\": \"K\", \"status\": "
        "\"suggested\"}], \"data_sets\": [{\"symbolic_name\": \"d\"}]}";
    const auto bom = read(text);
    REQUIRE(bom.model.threats.size() == 1);
    CHECK_EQ(bom.model.threats[0].target, "b");
    CHECK(bom.model.threats[0].alsoAt == std::vector<std::string>{"a"});
    CHECK(std::any_of(bom.notes.begin(), bom.notes.end(),
        [](const auto& note) { return note.text.find("'gone'") != std::string::npos; }));
    CHECK_EQ(bom.model.assumptions.at(0), "holds (unconfirmed)");
    CHECK_EQ(bom.model.controls.at(0).status, "suggested");
    REQUIRE(bom.unread.size() == 1); // what is not in the model is named with its place
    CHECK_EQ(bom.unread[0].text, "'data_sets' is not in the model: 1 entry");
    CHECK(text.substr(bom.unread[0].offset).starts_with("[{\"symbolic_name\": \"d\""));
    for (const Write write : both) { // each of the two shows it
        const auto again = through(bom.model, write);
        CHECK_EQ(again.threats.size(), 2U);
        CHECK(again.threats[0].target != again.threats[1].target && again.threats[0].title == again.threats[1].title);
    }
}

CUPEL_TEST(lossesAreNamed)
{
    ThreatModel model = reviewed();
    CHECK(report::lossesOf(model, "otm").empty() && report::lossesOf(model, "threat-dragon").empty());
    model.flows[0].bends = {{1, 2}};
    model.zones[0].curve = {{1, 2}, {3, 4}};
    const auto losses = report::lossesOf(model, "otm");
    REQUIRE(losses.size() == 2);
    CHECK_EQ(losses[0] + ", " + losses[1], "the course of a boundary line, the bends of a flow");
    CHECK(report::lossesOf(model, "threat-dragon").empty()); // it draws both
}

CUPEL_TEST(limitsSayWhichOne)
{
    const std::string head = "{\"otmVersion\": \"0.2.0\", \"project\": {\"name\": \"x\", \"id\": \"x\"}, \"x\": ";
    const std::string deep = head + std::string(3'000, '[') + std::string(3'000, ']') + "}";
    const auto nested = read(deep);
    REQUIRE(!nested.notes.empty());
    CHECK(nested.partial);
    CHECK(nested.notes[0].text.find("deeper than the 128 levels") != std::string::npos);
    CHECK(nested.notes[0].offset > head.size() && nested.notes[0].offset < head.size() + 1'100);
    for (const auto& note : nested.notes) {
        CHECK(note.text.find("no valid") == std::string::npos);
    }
    // Deep, and not known as a model: the limit is what is said, and its byte.
    const std::string unknown = "{\"x\": " + std::string(3'000, '[') + std::string(3'000, ']') + "}";
    CHECK(why(unknown).find("deeper than") != std::string::npos);
    CHECK(why(std::string(200, '[') + std::string(200, ']')).find("no object") != std::string::npos);
    std::string yaml = "otmVersion: 0.2.0\nproject: {name: x, id: x}\nx: ";
    yaml += std::string(200, '[') + std::string(200, ']') + "\n";
    const auto nestedYaml = read(yaml);
    REQUIRE(!nestedYaml.notes.empty());
    CHECK(nestedYaml.notes[0].text.find("deeper than the 128 levels") != std::string::npos);
    // Sound and broken files are told apart as before.
    CHECK(read(head + "[[[]]]}").notes.empty());
    const auto broken = read(head + "[1, }");
    REQUIRE(!broken.notes.empty());
    CHECK_EQ(broken.notes[0].text, "this is no valid JSON");
    const std::string large = head + "\"" + std::string((64 << 20) + 100, 'a') + "\"}";
    const auto cut = read(large);
    REQUIRE(cut.notes.size() == 1);
    CHECK(cut.notes[0].text.find("64 MiB") != std::string::npos);
    CHECK_EQ(cut.notes[0].offset, std::uint64_t{64} << 20);
}

CUPEL_TEST(theSameModelOfTwoToolsIsTheSame)
{
    ThreatModel before = reviewed();
    ThreatModel after = before;
    const auto rename = [&after](const std::string& was, const std::string& is) {
        for (auto& element : after.elements) {
            element.id = element.id == was ? is : element.id;
            element.parent = element.parent == was ? is : element.parent;
            element.zone = element.zone == was ? is : element.zone;
        }
        for (auto& zone : after.zones) {
            zone.id = zone.id == was ? is : zone.id;
        }
        for (auto& flow : after.flows) {
            flow.id = flow.id == was ? is : flow.id;
            flow.source = flow.source == was ? is : flow.source;
            flow.target = flow.target == was ? is : flow.target;
        }
        for (auto& threat : after.threats) {
            threat.id = threat.id == was ? is : threat.id;
            threat.target = threat.target == was ? is : threat.target;
        }
    };
    for (const char* id : {"outer", "inner", "note", "zone", "somewhere", "flow", "t", "w"}) {
        rename(id, std::string("9-") + id);
    }
    CHECK(differences(before, after).changes.empty());
    after.threats[0].decision = Decision::Mitigated;
    after.elements[1].kind = "store"; // a name that only one has on each side is enough
    const auto diff = differences(before, after);
    REQUIRE(diff.changes.size() == 2);
    CHECK_EQ(
        diff.changes[0].kind + ' ' + diff.changes[0].id + ' ' + diff.changes[0].facts.at(0).fact, "element inner kind");
    CHECK_EQ(diff.changes[1].kind + ' ' + diff.changes[1].facts.at(0).after, "threat mitigated");
    // Two of one name are not guessed at.
    after = reviewed();
    after.elements[0].id = "x";
    after.elements.push_back(after.elements[0]);
    after.elements.back().id = "y";
    std::size_t added = 0;
    for (const auto& change : differences(before, after).changes) {
        added += change.kind == "element" && change.what == PartChange::What::Added ? 1 : 0;
    }
    CHECK_EQ(added, 2U);
}
