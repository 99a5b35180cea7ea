// SPDX-License-Identifier: GPL-3.0-or-later
// A threat model as a bill of OWASP's Threat Model Library: names and references that its schema asks for whatever ids
// a model has, nothing better than is known, and everything else back from its extensions.
#include "analyzers/report/threats/threat_writers.h"
#include "analyzers/threats/import/import.h"
#include "analyzers/threats/model_diff.h"
#include "tests/unit/check.h"

#include <algorithm>
#include <regex>
#include <set>

#include <nlohmann/json.hpp>

using namespace cupel;
using namespace cupel::threats;

namespace {

std::string written(const ThreatModel& model)
{
    std::string out;
    report::writeTmBom(model, [&out](std::string_view text) { out += text; });
    return out;
}

Imported read(const std::string& text)
{
    Budget budget;
    auto imported = importModel(text, budget);
    CHECK(imported);
    return imported ? std::move(imported).value() : Imported{};
}

Element element(const char* id, const char* name, const char* kind, const char* zone)
{
    Element out;
    out.id = id;
    out.name = name;
    out.kind = kind;
    out.zone = zone;
    return out;
}

void addThreats(ThreatModel& model)
{
    Threat rated;
    rated.id = "rule@Data Set";
    rated.target = "Data Set";
    rated.alsoAt = {"flow:1"};
    rated.title = "Stolen";
    rated.stride = "I";
    rated.severity = Severity::High;
    rated.likelihood = 2;
    rated.impact = 5;
    rated.applicability = Applicability::Applies;
    rated.decision = Decision::Accepted;
    rated.reason = "insured";
    rated.author = "Ada";
    rated.assignee = "Bo";
    rated.references = {"CWE-502", "AML.T0010"};
    rated.controls = {"CT-X"};
    Threat whole;
    whole.id = "whole";
    whole.title = "Nobody is asked";
    Threat zone = whole;
    zone.id = "zoned";
    zone.target = "inside";
    zone.title = "Anybody comes in";
    model.threats = {rated, whole, zone};
}

ThreatModel made()
{
    ThreatModel model;
    model.title = "Scoring";
    model.owner = "Ada";
    model.contributors = {"Cy"};
    model.assumptions = {"TLS ends at the balancer"};
    Zone open;
    open.id = "Internet/1";
    open.name = "Internet";
    open.trust = 0;
    Zone inside = open;
    inside.id = "inside";
    inside.name = "Inside";
    inside.trust = 60;
    inside.parent = "Internet/1";
    model.zones = {open, inside};
    model.elements = {element("Data Set", "Customers", "dataset", "inside"),
        element("train.py", "Training", "training-job", "inside"), element("hub", "Hub", "package-index", "Internet/1"),
        element("own", "Helper", "agent", ""), element("note", "Ask Bo", "text", "")};
    model.elements[0].attributes = {{"pii", "true", Origin::Scanned, {}}, {"encrypted", "true", Origin::Scanned, {}}};
    model.elements[1].artifact = "src/train.py";
    model.elements[3].outOfScope = true;
    model.elements[3].scopeReason = "theirs";
    Flow reads;
    reads.id = "flow:1";
    reads.name = "reads";
    reads.source = "Data Set";
    reads.target = "train.py";
    Flow installs = reads;
    installs.id = "flow-1"; // the same symbolic name
    installs.name = "installs";
    installs.source = "hub";
    installs.attributes = {{"encrypted", "true", Origin::Scanned, {}}, {"authentication", "none", Origin::Scanned, {}}};
    installs.bidirectional = true;
    Flow nowhere = reads;
    nowhere.id = "open";
    nowhere.target = "";
    model.flows = {reads, installs, nowhere};
    model.controls = {{"CT-X", "Pin it", "by digest", 40, ""}};
    addThreats(model);
    return model;
}

using nlohmann::json;

// Every name once and of the letters it may have; every reference leads to one.
void checkNames(const json& bill)
{
    const std::regex form("^[0-9a-z-]+$");
    std::set<std::string> names;
    for (const char* list : {"trust_zones", "actors", "components", "data_stores", "data_sets", "data_flows",
             "threat_personas", "threats", "controls", "risks"}) {
        for (const auto& one : bill.at(list)) {
            const auto name = one.at("symbolic_name").get<std::string>();
            CHECK(std::regex_match(name, form));
            CHECK(names.insert(name).second);
            CHECK(!one.at("title").get<std::string>().empty());
            CHECK(one.at("description").is_string());
        }
    }
    for (const char* list : {"actors", "components", "data_stores"}) {
        for (const auto& one : bill.at(list)) {
            CHECK(names.contains(one.at("trust_zone").get<std::string>()));
        }
    }
    for (const auto& one : bill.at("data_flows")) {
        CHECK(names.contains(one.at("source").at("object").get<std::string>()));
        CHECK(names.contains(one.at("destination").at("object").get<std::string>()));
    }
    for (const auto& one : bill.at("trust_boundaries")) {
        CHECK(names.contains(one.at("trust_zone_a").get<std::string>()));
        CHECK(names.contains(one.at("trust_zone_b").get<std::string>()));
    }
    for (const auto& one : bill.at("threats")) {
        CHECK(names.contains(one.at("threat_persona").get<std::string>()));
        for (const auto& part : one.at("components_affected")) {
            CHECK(names.contains(part.get<std::string>()));
        }
    }
}

} // namespace

CUPEL_TEST(aBillSaysWhatIsKnown)
{
    const auto bill = json::parse(written(made()));
    checkNames(bill);
    CHECK_EQ(bill["version"].get<std::string>(), "1.0");
    CHECK_EQ(bill["scope"]["exposure"].get<std::string>(), "external");
    CHECK_EQ(bill["scope"]["business_criticality"].get<std::string>(), "maximal"); // by the worst impact
    CHECK(bill["scope"]["data_sensitivity"] == json::parse("[\"pii\"]"));
    CHECK_EQ(bill["actors"].size(), 1U);
    CHECK_EQ(bill["actors"][0]["type"].get<std::string>(), "third_party");
    CHECK_EQ(bill["components"].size(), 2U);
    CHECK_EQ(bill["components"][1]["trust_zone"].get<std::string>(), "no-zone");
    REQUIRE(bill["data_sets"].size() == 1);
    CHECK(bill["data_sets"][0]["placements"] == json::parse("[{\"data_store\": \"data-set\", \"encrypted\": true}]"));
    REQUIRE(bill["data_flows"].size() == 2); // the third leads nowhere
    CHECK(bill["data_flows"][0]["has_sensitive_data"] == true && bill["data_flows"][0]["encrypted"] == false);
    CHECK(bill["data_flows"][1]["has_sensitive_data"] == false && bill["data_flows"][1]["encrypted"] == true);
    REQUIRE(bill["trust_boundaries"].size() == 1); // the only border that is crossed
    CHECK(bill["trust_boundaries"][0]["authentication_methods"] == json::parse("[\"none\"]"));
    REQUIRE(bill["risks"].size() == 1); // nobody has rated the others
    CHECK(bill["risks"][0]["score"] == 10 && bill["risks"][0]["likelihood"] == "unlikely");
    CHECK(bill["threats"][0]["weaknesses"] == json::parse("[{\"cwe_id\": 502}]"));
    CHECK(bill["threats"][0]["components_affected"] == json::parse("[\"data-set\", \"flow-1\"]"));
    CHECK(bill["controls"][0]["status"] == "wont_do" && bill["controls"][0]["priority"] == "high");
    CHECK(bill["assumptions"][0]["validity"] == "confirmed" && bill["assumptions"][1]["validity"] == "unconfirmed");
    CHECK_EQ(report::lossesOf(made(), "tm-bom").size(), 2U); // a text block, an open flow
}

CUPEL_TEST(aBillComesBack)
{
    const ThreatModel model = made();
    const auto again = read(written(model));
    CHECK(again.format == FileFormat::TmBom && again.notes.empty());
    const ThreatModel& back = again.model;
    CHECK(back.owner == "Ada" && back.contributors == model.contributors);
    REQUIRE(back.zones.size() == 2 && back.elements.size() == 4 && back.flows.size() == 2 && back.threats.size() == 3);
    CHECK(back.zones[0].trust == 0 && back.zones[1].trust == 60);
    CHECK_EQ(back.zones[1].parent, back.zones[0].id);
    const auto named = [&back](const char* name) {
        return *std::find_if(
            back.elements.begin(), back.elements.end(), [name](const Element& one) { return one.name == name; });
    };
    CHECK_EQ(named("Helper").kind, "agent");
    CHECK(named("Helper").zone.empty());
    CHECK(named("Helper").outOfScope && named("Helper").scopeReason == "theirs");
    CHECK_EQ(named("Training").artifact, "src/train.py");
    CHECK_EQ(attribute(named("Customers"), "pii"), "true");
    CHECK(attribute(back.flows[0], "encrypted").empty()); // not known is not false
    CHECK(attribute(back.flows[1], "encrypted") == "true" && back.flows[1].bidirectional);
    const Threat& threat = back.threats[0];
    CHECK(threat.decision == Decision::Accepted && threat.applicability == Applicability::Applies);
    CHECK_EQ(threat.reason + threat.author + threat.assignee + threat.stride, "insuredAdaBoI");
    CHECK(threat.severity == Severity::High && threat.likelihood == 2 && threat.impact == 5);
    CHECK(threat.references == model.threats[0].references);
    CHECK(!back.threats[1].severity && back.threats[1].target.empty());
    CHECK_EQ(back.threats[2].target, "inside");
    CHECK_EQ(back.controls.at(0).reduction, 40);
    // A third time nothing grows, and what is unread of ours is nothing.
    CHECK(std::none_of(again.unread.begin(), again.unread.end(),
        [](const ImportNote& note) { return note.text.find("extensions") != std::string::npos; }));
    ThreatModel loose = back;
    loose.document.reset();
    CHECK_EQ(read(written(loose)).model.assumptions.size(), back.assumptions.size());
}

CUPEL_TEST(aBillOfOthersGoesBackWhole)
{
    const std::string text = "{\"version\": \"2.1\", \"scope\": {\"title\": \"x\", \"tier\": \"important\"}, "
                             "\"trust_zones\": [], \"components\": [{\"symbolic_name\": \"a\", \"title\": \"A\"}], "
                             "\"extensions\": {\"example.org/x\": {\"n\": 1.50}}, \"nobody\": [null, true]}";
    const auto bill = read(text);
    CHECK(json::parse(written(bill.model)) == json::parse(text));
    CHECK(written(bill.model).find("1.50") != std::string::npos); // digit by digit
    CHECK(report::lossesOf(bill.model, "tm-bom").empty());
}

// Somebody else's words win over what we had kept of them.
CUPEL_TEST(whatWasChangedInTheBillCounts)
{
    auto bill = json::parse(written(made()));
    bill["data_flows"][1]["encrypted"] = false;
    bill["risks"][0]["level"] = "low";
    bill["controls"][0]["status"] = "active";
    const auto back = read(bill.dump());
    CHECK_EQ(attribute(back.model.flows[1], "encrypted"), "false");
    CHECK(back.model.threats[0].severity == Severity::Low && back.model.threats[0].likelihood == 0);
}

CUPEL_TEST(hostileIdsBecomeNames)
{
    ThreatModel model;
    for (const char* id : {"", "----", "\xff\xfe", "A", "a", "a-1", "no-zone", "not-described", "../../etc"}) {
        model.elements.push_back(element(id, "", "process", "gone"));
        model.threats.emplace_back().id = std::string("t") + id;
        model.threats.back().target = id;
        model.threats.back().references = {"CWE-", "CWE-12345678901234567890", "CWE-1x", "CAPEC-7"};
    }
    model.elements.push_back(element(std::string(5'000, 'x').c_str(), "long", "store", ""));
    const auto bill = json::parse(written(model));
    checkNames(bill);
    CHECK_EQ(bill["components"].size() + bill["data_stores"].size(), 10U);
    CHECK(bill["threats"][0]["weaknesses"].empty() && bill["threats"][0]["attack_mechanisms"].size() == 1);
    checkNames(json::parse(written(ThreatModel())));
}
