// SPDX-License-Identifier: GPL-3.0-or-later
// A layer for the ATLAS navigator, format 4.3: https://github.com/mitre-attack/attack-navigator, layers/spec. One word
// for each technique, as in the window: a score would look like a measurement.
#include "analyzers/report/threats/threat_writers.h"

#include "analyzers/report/writers/json_stream.h"
#include "analyzers/threats/coverage.h"

#include <algorithm>
#include <array>
#include <map>
#include <string>

namespace cupel::report {

namespace {

using namespace threats;

struct StateLook {
    ItemState state;
    std::string_view colour;
    std::string_view label;
};
// Light, because the navigator writes black on it; told apart by their words, too.
constexpr std::array<StateLook, 3> looks{{{ItemState::Gap, "#f4b6a8", "A threat of it is open"},
    {ItemState::Claimed, "#f2dfa0", "Somebody decided about it, no scan can tell"},
    {ItemState::Evidence, "#b9dcb4", "Every threat of it is refuted, or decided and not contradicted"}}};

const StateLook* lookOf(ItemState state)
{
    const auto found =
        std::find_if(looks.begin(), looks.end(), [state](const StateLook& look) { return look.state == state; });
    return found == looks.end() ? nullptr : &*found;
}

class Layer {
public:
    Layer(const ThreatModel& model, const TextSink& sink)
        : m_model(model)
        , m_json(sink, JsonStream::Layout::Indented)
    {
        for (const auto& threat : model.threats) {
            m_titles.emplace(threat.id, &threat.title);
        }
    }

    void write()
    {
        m_json.beginObject();
        m_json.objectField("versions");
        m_json.field("layer", "4.3");
        m_json.field("navigator", "4.6.4");
        m_json.endObject();
        m_json.field("domain", "atlas-atlas");
        m_json.field(
            "name", m_model.title.empty() ? std::string_view("Threat model") : std::string_view(m_model.title));
        m_json.field("description", "What a threat model answers of ATLAS. What is not coloured cannot be told by it.");
        m_json.arrayField("techniques");
        for (const Lens& lens : coverageOf(m_model)) {
            if (lens.id == "atlas") {
                for (const CoverageItem& item : lens.items) {
                    technique(item);
                }
            }
        }
        m_json.endArray();
        m_json.arrayField("legendItems");
        for (const StateLook& look : looks) {
            m_json.beginObject();
            m_json.field("label", look.label);
            m_json.field("color", look.colour);
            m_json.endObject();
        }
        m_json.endArray();
        m_json.endObject();
        m_json.newline();
    }

private:
    void technique(const CoverageItem& item)
    {
        const StateLook* look = lookOf(item.state);
        if (!look) {
            return;
        }
        m_json.beginObject();
        m_json.field("techniqueID", item.id);
        m_json.field("color", look->colour);
        m_json.field("comment", comment(item));
        m_json.field("enabled", true);
        m_json.field("showSubtechniques", false);
        m_json.arrayField("metadata");
        for (const auto& [name, value] : {std::pair<std::string_view, std::string>{"state", toString(item.state)},
                 {"open threats", std::to_string(item.threats.size())},
                 {"decided threats", std::to_string(item.settled.size())},
                 {"refuted threats", std::to_string(item.refuted)}}) {
            m_json.beginObject();
            m_json.field("name", name);
            m_json.field("value", value);
            m_json.endObject();
        }
        m_json.endArray();
        m_json.endObject();
    }

    // The threats by their titles; one that is folded away has no title here.
    [[nodiscard]] std::string comment(const CoverageItem& item) const
    {
        constexpr std::size_t most = 12;
        std::string out;
        std::size_t told = 0;
        for (const auto* list : {&item.threats, &item.settled}) {
            for (const std::string& id : *list) {
                const auto found = m_titles.find(id);
                if (found == m_titles.end() || told == most) {
                    continue;
                }
                ++told;
                out += (out.empty() ? "" : "\n") + std::string(list == &item.threats ? "open: " : "decided: ")
                    + *found->second;
            }
        }
        return out;
    }

    const ThreatModel& m_model;
    JsonStream m_json;
    std::map<std::string_view, const std::string*> m_titles; // by id
};

} // namespace

void writeAtlasLayer(const ThreatModel& model, const TextSink& sink)
{
    Layer(model, sink).write();
}

} // namespace cupel::report
