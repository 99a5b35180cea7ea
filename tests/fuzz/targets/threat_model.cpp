// SPDX-License-Identifier: GPL-3.0-or-later
// Anything as a threat model of any tool: ids are unique, indices hold, and what is written is read again with the same
// parts.
#include "analyzers/report/build.h"
#include "analyzers/report/threats/file_edit.h"
#include "analyzers/report/threats/threat_drawing.h"
#include "analyzers/report/threats/threat_writers.h"
#include "analyzers/report/writers/html.h"
#include "analyzers/report/writers/markdown.h"
#include "analyzers/threats/diagram_layout.h"
#include "analyzers/threats/import/import.h"
#include "tests/fuzz/fuzz.h"

#include <iterator>
#include <memory>
#include <set>

using namespace cupel;

namespace {

void checkModel(const threats::ThreatModel& model)
{
    std::set<std::string> ids;
    const auto part = [&](const threats::DiagramPart& one) {
        fuzz::must(!one.id.empty() && ids.insert(one.id).second, "ids are unique");
        fuzz::must(one.attributes.size() <= 300, "attributes are few");
        fuzz::must(model.diagrams.empty() || one.diagram < model.diagrams.size(), "a part is on a diagram");
    };
    std::for_each(model.elements.begin(), model.elements.end(), part);
    std::for_each(model.flows.begin(), model.flows.end(), part);
    std::for_each(model.zones.begin(), model.zones.end(), part);
    for (const auto& threat : model.threats) {
        fuzz::must(ids.insert(threat.id).second, "ids of threats are unique too");
    }
}

// A report can be made of it, and its drawings fit a page.
void checkReport(const threats::ThreatModel& model)
{
    auto review = std::make_shared<report::ThreatReview>();
    review->overlaid.model = model;
    Budget budget;
    constexpr double slack = 0.5;
    for (const report::Drawing& drawing : report::drawThreats(*review, budget).drawings) {
        fuzz::must(drawing.width <= report::Drawing::widest + slack, "a drawing is not wider than a page");
        fuzz::must(drawing.height <= report::Drawing::highest + slack, "a drawing is not higher than a page");
    }
    report::Options options;
    options.threats = std::move(review);
    const report::Document document = report::build({}, options);
    fuzz::must(report::writeHtml(document).find("<script") == std::string::npos, "no name becomes a script");
    fuzz::must(!report::writeMarkdown(document).empty(), "Markdown can be written");
}

// Whatever is changed of it goes back into its own file, which can be read again; what nobody changed stays.
void checkEdits(ByteView text)
{
    Budget budget;
    auto imported = threats::importModel(text, budget);
    if (!imported || !threats::canEdit(imported.value())) {
        return;
    }
    const auto file = threats::fileModelOf(std::move(imported).value(), budget);
    auto same = report::editFile(text, file, file.team, budget);
    fuzz::must(same.ok() && same.value().bytes == text, "what nobody changed stays to the byte");
    threats::TeamModel now = file.team;
    threats::addElement(now, "own-new", "dataset", "new", {}, {10, 10, 100, 50});
    now.own["own-threat"] = {"own-new", "new threat", "d", "m", "T", {}, 3, 3};
    if (!now.parts.empty()) {
        threats::setText(now, now.parts.begin()->first, &threats::PartEdit::name, "another name");
    }
    if (!file.team.places.empty()) {
        auto [id, box] = *file.team.places.rbegin();
        box.x += 40;
        threats::setPlace(now, id, box);
    }
    if (!file.team.own.empty()) {
        const std::string id = file.team.own.begin()->first;
        now.threats[id] = {threats::Applicability::Applies, threats::Decision::Accepted, "why", "me", {}, {}, {}};
    }
    if (file.team.parts.size() > 2) {
        const auto gone = std::prev(file.team.parts.end())->first;
        threats::removeParts(now, threats::modelOfTeam(now, {}).model, std::vector<std::string>{gone});
    }
    const auto edited = report::editFile(text, file, now, budget);
    if (!edited.ok()) {
        return; // aliases that are a bomb
    }
    const auto again = threats::importModel(edited.value().bytes, budget);
    fuzz::must(again.ok() && threats::canEdit(again.value()), "a file that was saved can be read");
    fuzz::must(edited.value().bytes.find("new threat") != std::string::npos, "what is new is in it");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    checkEdits(fuzz::viewOf(data, size));
    Budget budget;
    auto imported = threats::importModel(fuzz::viewOf(data, size), budget);
    if (!imported) {
        fuzz::must(
            imported.error().offset <= size && !imported.error().detail.empty(), "an error has a place and a reason");
        return 0;
    }
    threats::ThreatModel& model = imported.value().model;
    checkModel(model);
    for (const auto& note : imported.value().notes) {
        fuzz::must(note.offset <= size, "a note has a place in the file");
    }
    fuzz::must(threats::layOutDiagrams(model, budget), "small models are laid out");
    for (const auto& element : model.elements) {
        fuzz::must(element.box.has_value(), "everything has a place");
    }
    checkReport(model);
    std::string out;
    const auto sink = [&out](std::string_view text) { out += text; };
    report::writeThreatsJson(model, sink);
    out.clear();
    for (const auto write : {report::writeThreatDragon, report::writeOpenThreatModel}) {
        write(model, sink);
        auto again = threats::importModel(out, budget);
        fuzz::must(again.ok(), "what was written can be read");
        out.clear();
    }
    return 0;
}
