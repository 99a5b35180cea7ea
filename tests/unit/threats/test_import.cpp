// SPDX-License-Identifier: GPL-3.0-or-later
// Threat models of other tools: what is in them, what goes back, what is said of broken ones. The files are those of
// tests/data/formats/threat_model, in the shapes the tools write.
#include "analyzers/report/threats/threat_writers.h"
#include "analyzers/threats/diagram_layout.h"
#include "analyzers/threats/import/import.h"
#include "tests/unit/check.h"

#include <algorithm>
#include <fstream>
#include <iterator>

using namespace cupel;
using namespace cupel::threats;

namespace {

std::string bytesOf(const std::string& name)
{
    std::ifstream stream(std::string(CUPEL_SOURCE_DIR) + "/tests/data/formats/threat_model/" + name, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

Result<Imported> read(const std::string& text)
{
    Budget budget;
    return importModel(text, budget);
}

// "elements flows zones threats": the counts of a model.
std::string countsOf(const ThreatModel& model)
{
    return std::to_string(model.elements.size()) + ' ' + std::to_string(model.flows.size()) + ' '
        + std::to_string(model.zones.size()) + ' ' + std::to_string(model.threats.size());
}

std::string shown(const Element& element)
{
    return element.kind + ' ' + element.name + (element.zone.empty() ? "" : " in " + element.zone)
        + (element.outOfScope ? " out" : "");
}

std::string shown(const Threat& threat)
{
    return threat.title + " @" + threat.target + ' ' + threat.stride + ' '
        + (threat.severity ? std::string(toString(*threat.severity)) : "-") + ' '
        + std::string(toString(threat.applicability)) + ' ' + std::string(toString(threat.decision));
}

std::string written(const ThreatModel& model, void (*write)(const ThreatModel&, const report::TextSink&))
{
    std::string out;
    write(model, [&out](std::string_view text) { out += text; });
    return out;
}

} // namespace

CUPEL_TEST(everyFormatIsToldByWhatIsInside)
{
    const struct {
        const char* file;
        FileFormat format;
        const char* counts;
    } cases[] = {{"dragon2.json", FileFormat::ThreatDragon2, "4 3 2 2"},
        {"dragon1.json", FileFormat::ThreatDragon1, "2 1 1 1"}, {"otm.yaml", FileFormat::Otm, "2 1 1 1"},
        {"otm01.json", FileFormat::Otm, "2 1 1 0"}, {"tmbom.json", FileFormat::TmBom, "3 1 1 1"},
        {"threagile.yaml", FileFormat::Threagile, "2 1 2 2"}, {"pytm.json", FileFormat::Pytm, "3 1 1 1"},
        {"composer.json", FileFormat::ThreatComposer, "0 0 0 1"}, {"small.tm7", FileFormat::Tm7, "2 1 2 1"}};
    for (const auto& one : cases) {
        const auto imported = read(bytesOf(one.file));
        REQUIRE(imported.ok());
        CHECK_EQ(std::string(nameOf(imported.value().format)), std::string(nameOf(one.format)));
        CHECK_EQ(
            std::string(one.file) + ' ' + countsOf(imported.value().model), std::string(one.file) + ' ' + one.counts);
        CHECK(!imported.value().partial);
    }
}

CUPEL_TEST(threatDragonIsReadAsItIsWritten)
{
    const auto imported = read(bytesOf("dragon2.json"));
    REQUIRE(imported.ok());
    const ThreatModel& model = imported.value().model;
    CHECK_EQ(shown(model.elements[0]), "actor Analyst out");
    CHECK_EQ(shown(model.elements[1]), "process Scoring in z1"); // by its place
    CHECK_EQ(attribute(model.elements[0], "providesAuthentication"), "true");
    CHECK_EQ(shown(model.threats[0]), "Model file is loaded unchecked @e2 E high proposed open");
    CHECK_EQ(shown(model.threats[1]), "Log is missing @e2  - applies mitigated");
    CHECK(model.threats[0].id != model.threats[1].id); // the file says one id twice
    CHECK(model.flows[0].bidirectional && attribute(model.flows[0], "protocol") == "HTTPS");
    CHECK(model.flows[1].target.empty() && model.flows[1].end == (Point{900, 44}));
    CHECK_EQ(model.zones[1].curve.size(), 3U); // the old spelling of its shape is known
    const auto& notes = imported.value().notes;
    CHECK(std::any_of(
        notes.begin(), notes.end(), [](const auto& note) { return note.text.find("'f3'") != std::string::npos; }));
    CHECK(std::any_of(notes.begin(), notes.end(),
        [](const auto& note) { return note.text.find("used twice") != std::string::npos; }));
}

// Some versions wrote the name of a boundary or a flow only where it is drawn.
CUPEL_TEST(namesAreReadWhereTheyAreDrawn)
{
    const auto imported = read(R"({"version": "2.0.0", "summary": {"title": "t"}, "detail": {"contributors": [],
        "diagramTop": 1, "reviewer": "", "threatTop": 0, "diagrams": [{"id": 0, "title": "d", "diagramType": "STRIDE",
        "thumbnail": "", "version": "2.0.0", "cells": [
        {"id": "z", "shape": "trust-boundary-box", "zIndex": 1, "position": {"x": 0, "y": 0},
         "size": {"width": 90, "height": 90}, "attrs": {"label": {"text": "Public Cloud"}}, "data": {"type": "tm.BoundaryBox"}},
        {"id": "f", "shape": "flow", "zIndex": 2, "source": {"x": 1, "y": 1}, "target": {"x": 9, "y": 9},
         "labels": [{"attrs": {"labelText": {"text": "Orders"}}}], "data": {"type": "tm.Flow"}},
        {"id": "g", "shape": "flow", "zIndex": 3, "source": {"x": 1, "y": 1}, "target": {"x": 9, "y": 9},
         "labels": [{"attrs": {"labelText": {"text": "old"}}}], "data": {"type": "tm.Flow", "name": "Bills"}}]}]}})");
    REQUIRE(imported.ok());
    CHECK_EQ(imported.value().model.zones.at(0).name, "Public Cloud");
    CHECK_EQ(imported.value().model.flows.at(0).name, "Orders");
    CHECK_EQ(imported.value().model.flows.at(1).name, "Bills");
}

CUPEL_TEST(aModelGoesBackWithWhatIsNotKnown)
{
    // Unknown keys, numbers digit by digit, ports and the misspelt shape: the tree that comes out is the one that went
    // in.
    const struct {
        const char* file;
        void (*write)(const ThreatModel&, const report::TextSink&);
    } cases[] = {{"dragon2.json", report::writeThreatDragon}, {"otm.yaml", report::writeOpenThreatModel},
        {"otm01.json", report::writeOpenThreatModel}};
    for (const auto& [file, write] : cases) {
        const auto imported = read(bytesOf(file));
        REQUIRE(imported.ok());
        const std::string once = written(imported.value().model, write);
        const auto again = read(once);
        REQUIRE(again.ok());
        CHECK_EQ(written(again.value().model, write), once);
        CHECK_EQ(countsOf(again.value().model), countsOf(imported.value().model));
    }
    const std::string dragon = written(read(bytesOf("dragon2.json")).value().model, report::writeThreatDragon);
    for (const char* kept :
        {"\"futureKey\"", "2.50", "trust-broundary-curve", "\"group\": \"top\"", "\"type\": null"}) {
        CHECK(dragon.find(kept) != std::string::npos);
    }
    const std::string otm = written(read(bytesOf("otm.yaml")).value().model, report::writeOpenThreatModel);
    CHECK(otm.find("\"port\": 291") != std::string::npos); // YAML 1.1 has octal by a zero
    CHECK(otm.find("\"ok\": true") != std::string::npos);
}

CUPEL_TEST(placesOfOtmAreAbsolute)
{
    const auto imported = read(bytesOf("otm.yaml"));
    REQUIRE(imported.ok());
    const ThreatModel& model = imported.value().model;
    CHECK(model.elements[1].box == (Box{100 + 10 + 5, 50 + 20 + 6, 50, 40}));
    CHECK_EQ(model.elements[1].parent, "c1");
    CHECK_EQ(model.elements[1].zone, "tz"); // through the component around it
    CHECK_EQ(model.zones[0].trust.value_or(-1), 40);
    CHECK_EQ(shown(model.threats[0]), "Stolen rows @c2 I critical proposed open");
    CHECK_EQ(model.controls.at(0).reduction, 50);
}

CUPEL_TEST(otherToolsSayTheSameInOtherWords)
{
    const auto bom = read(bytesOf("tmbom.json"));
    CHECK_EQ(shown(bom.value().model.threats[0]), "Poisoned @  high applies mitigated"); // a control is active
    const auto threagile = read(bytesOf("threagile.yaml"));
    CHECK_EQ(shown(threagile.value().model.threats[0]), "unencrypted-asset @disk  - applies accepted");
    CHECK_EQ(shown(threagile.value().model.elements[1]), "store Disk in in out");
    CHECK_EQ(threagile.value().model.zones[1].parent, "net");
    const auto pytm = read(bytesOf("pytm.json"));
    CHECK_EQ(shown(pytm.value().model.elements[2]), "store DB in Net");
    CHECK_EQ(shown(pytm.value().model.elements[1]), "llm-app Chat out");
    const auto composer = read(bytesOf("composer.json"));
    CHECK_EQ(shown(composer.value().model.threats[0]), "Somebody copies the model @ IT low proposed open");
    CHECK_EQ(composer.value().model.threats[0].controls.at(0), "m");
    const auto tm7 = read(bytesOf("small.tm7"));
    CHECK_EQ(shown(tm7.value().model.elements[0]), "actor My & device out");
    CHECK_EQ(shown(tm7.value().model.elements[1]), "process  in g3");
    CHECK_EQ(shown(tm7.value().model.threats[0]), "Read on the way @l1 T high proposed open");
}

CUPEL_TEST(everyModelBecomesEveryOther)
{
    for (const char* file : {"dragon2.json", "dragon1.json", "otm.yaml", "otm01.json", "tmbom.json", "threagile.yaml",
             "pytm.json", "composer.json", "small.tm7"}) {
        auto imported = read(bytesOf(file));
        REQUIRE(imported.ok());
        ThreatModel& model = imported.value().model;
        Budget budget;
        CHECK(layOutDiagrams(model, budget));
        for (const auto write : {report::writeThreatDragon, report::writeOpenThreatModel}) {
            const auto again = read(written(model, write));
            REQUIRE(again.ok());
            CHECK_EQ(std::string(file) + std::to_string(again.value().model.threats.size()),
                file + std::to_string(model.threats.size()));
            CHECK_EQ(again.value().model.flows.size(), model.flows.size());
            CHECK_EQ(again.value().model.zones.size(), model.zones.size());
        }
    }
}

CUPEL_TEST(drawingsNestAndDoNotOverlap)
{
    auto imported = read(bytesOf("threagile.yaml"));
    ThreatModel& model = imported.value().model;
    Budget budget;
    REQUIRE(layOutDiagrams(model, budget));
    const auto inside = [](const Box& inner, const Box& outer) {
        return inner.x >= outer.x && inner.y >= outer.y && inner.x + inner.width <= outer.x + outer.width
            && inner.y + inner.height <= outer.y + outer.height;
    };
    CHECK(inside(*model.zones[1].box, *model.zones[0].box));
    CHECK(inside(*model.elements[1].box, *model.zones[1].box));
    CHECK(inside(*model.elements[0].box, *model.zones[0].box));
    const Box one = *model.elements[0].box;
    const Box other = *model.zones[1].box;
    CHECK(one.x + one.width <= other.x || other.x + other.width <= one.x || one.y + one.height <= other.y
        || other.y + other.height <= one.y);
}

CUPEL_TEST(whatIsNoModelSaysWhatItIs)
{
    const auto why = [](const std::string& text) {
        const auto imported = read(text);
        return imported.ok() ? std::string("a model") : imported.error().detail;
    };
    CHECK_EQ(why(""), "the file is empty");
    CHECK(why("{\"bomFormat\": \"CycloneDX\"}").find("CycloneDX") != std::string::npos);
    CHECK(why("project: {name: x}\ntrustZones: []\n").find("no otmVersion") != std::string::npos);
    CHECK(why("<KnowledgeBase><ThreatTypes/></KnowledgeBase>").find("template") != std::string::npos);
    CHECK(why("{\"ThreatModel\": {}}").find("turned into JSON") != std::string::npos);
    CHECK(why("[1, 2]").find("no object") != std::string::npos);
    const auto cut = read("{\"otmVersion\": \"0.2.0\", \"project\": {\"name\": \"x\", ");
    REQUIRE(cut.ok()); // what is there is read, and it is said that it is half
    CHECK(cut.value().partial && !cut.value().notes.empty());
    const auto entities = read("<!DOCTYPE x [<!ENTITY a \"b\">]><ThreatModel>&a;</ThreatModel>");
    REQUIRE(entities.ok());
    CHECK(entities.value().partial && entities.value().notes.front().text.find("entities") != std::string::npos);
}

CUPEL_TEST(aliasesThatMultiplyEnd)
{
    std::string text = "otmVersion: 0.2.0\nproject: {name: x, id: x}\nthreats: [{id: t, name: n, risk: {likelihood: 1, "
                       "impact: 1}}]\nx: &u [";
    for (int i = 0; i < 3'000; ++i) {
        text += "{threat: t, state: open},";
    }
    text += "]\ncomponents: [";
    for (int i = 0; i < 3'000; ++i) {
        text += "{id: c" + std::to_string(i) + ", threats: *u},";
    }
    const auto imported = read(text + "]\n");
    REQUIRE(imported.ok());
    CHECK(imported.value().partial);
    CHECK(imported.value().model.threats.size() <= 500'000);
}
