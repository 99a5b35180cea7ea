// SPDX-License-Identifier: GPL-3.0-or-later
// Threat Composer: threats as sentences with mitigations and assumptions linked to them. Its drawings are pictures.
#include "analyzers/threats/import/reading.h"

namespace cupel::threats {

namespace {

// Of the list of {key, value} that its records carry.
Place metadata(Place record, std::string_view key)
{
    Place out = record["nothing"];
    record["metadata"].each([&](Place one) { out = one["key"].text() == key ? one["value"] : out; });
    return out;
}

} // namespace

void readThreatComposer(Place top, Making& making)
{
    ThreatModel& model = making.out.model;
    model.title = top["applicationInfo"]["name"].text();
    model.title = model.title.empty() ? top["name"].text() : model.title;
    model.description = top["applicationInfo"]["description"].text();
    top["mitigations"].each([&](Place one) {
        model.controls.push_back(
            {one["id"].text(), one["content"].text(), metadata(one, "Comments").text(), 0, one["status"].text()});
    });
    std::map<std::string, std::vector<std::string>> controls;
    top["mitigationLinks"].each(
        [&](Place one) { controls[one["linkedId"].text()].push_back(one["mitigationId"].text()); });
    top["assumptions"].each([&](Place one) { model.assumptions.push_back(one["content"].text()); });
    top["threats"].each([&](Place one) {
        Threat threat;
        threat.id = making.unique(one["id"].text(), "threat", one.offset());
        threat.title = one["statement"].text();
        threat.description = metadata(one, "Comments").text();
        for (const std::string& letter : metadata(one, "STRIDE").texts()) {
            threat.stride += letter;
        }
        threat.category = threat.stride;
        threat.severity = severityOf(metadata(one, "Priority").text());
        setState(threat, one["status"].text());
        threat.references = one["tags"].texts();
        if (const auto found = controls.find(one["id"].text()); found != controls.end()) {
            threat.controls = found->second;
        }
        threat.node = one.node();
        model.threats.push_back(std::move(threat));
    });
    for (const auto drawing : {"architecture", "dataflow"}) {
        if (const Place picture = top[drawing]["image"]; !picture.text().empty()) {
            making.note(picture.offset(), "a drawing is a picture and has no elements that can be read");
        }
    }
}

} // namespace cupel::threats
