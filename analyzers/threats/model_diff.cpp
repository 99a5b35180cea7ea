// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/threats/model_diff.h"

#include <algorithm>
#include <map>
#include <utility>

namespace cupel::threats {

namespace {

using Facts = std::map<std::string, std::string>;

std::string joined(const std::vector<std::string>& words)
{
    std::string out;
    for (const auto& word : words) {
        out += (out.empty() ? "" : ", ") + word;
    }
    return out;
}

Facts factsOf(const DiagramPart& part)
{
    Facts out{{"name", part.name}, {"description", part.description}, {"out of scope", part.outOfScope ? "yes" : ""},
        {"reason out of scope", part.scopeReason}};
    for (const auto& attribute : part.attributes) {
        out.emplace("attribute " + attribute.key, attribute.value);
    }
    return out;
}

Facts factsOf(const Element& element)
{
    Facts out = factsOf(static_cast<const DiagramPart&>(element));
    out.insert(
        {{"kind", element.kind}, {"zone", element.zone}, {"part of", element.parent}, {"artifact", element.artifact}});
    return out;
}

Facts factsOf(const Flow& flow)
{
    Facts out = factsOf(static_cast<const DiagramPart&>(flow));
    out.insert({{"source", flow.source}, {"target", flow.target}, {"both ways", flow.bidirectional ? "yes" : ""}});
    return out;
}

Facts factsOf(const Zone& zone)
{
    Facts out = factsOf(static_cast<const DiagramPart&>(zone));
    out.insert({{"inside", zone.parent}, {"trust", zone.trust ? std::to_string(*zone.trust) : ""}});
    return out;
}

Facts factsOf(const Threat& threat)
{
    const auto step = [](int value) { return value > 0 ? std::to_string(value) : std::string(); };
    return {{"title", threat.title}, {"description", threat.description}, {"mitigation", threat.mitigation},
        {"element", threat.target}, {"category", threat.category},
        {"severity", threat.severity ? std::string(toString(*threat.severity)) : std::string()},
        {"applicability", std::string(toString(threat.applicability))},
        {"evidence", std::string(toString(threat.evidence))}, {"decision", std::string(toString(threat.decision))},
        {"reason", threat.reason}, {"author", threat.author}, {"until", threat.until},
        {"likelihood", step(threat.likelihood)}, {"impact", step(threat.impact)},
        {"controls", joined(threat.controls)}};
}

bool samePlace(const Element& one, const Element& other)
{
    return one.box == other.box;
}
bool samePlace(const Zone& one, const Zone& other)
{
    return one.box == other.box && one.curve == other.curve;
}
bool samePlace(const Flow& one, const Flow& other)
{
    return one.bends == other.bends && one.start == other.start && one.end == other.end;
}
bool samePlace(const Threat&, const Threat&)
{
    return true;
}

const std::string& nameOf(const DiagramPart& part)
{
    return part.name;
}
const std::string& nameOf(const Threat& threat)
{
    return threat.title;
}

std::vector<FactChange> changesOf(const Facts& before, const Facts& after)
{
    std::vector<FactChange> out;
    for (const auto& [fact, value] : before) {
        const auto found = after.find(fact);
        const std::string now = found == after.end() ? std::string() : found->second;
        if (now != value) {
            out.push_back({fact, value, now});
        }
    }
    for (const auto& [fact, value] : after) {
        if (!before.contains(fact) && !value.empty()) {
            out.push_back({fact, {}, value});
        }
    }
    return out;
}

template <typename Items> void compare(const char* kind, const Items& before, const Items& after, ModelDiff& out)
{
    using Item = typename Items::value_type;
    std::map<std::string_view, std::pair<const Item*, const Item*>> byId;
    for (const Item& item : before) {
        byId[item.id].first = &item;
    }
    for (const Item& item : after) {
        byId[item.id].second = &item;
    }
    for (const auto& [id, sides] : byId) {
        const auto& [was, is] = sides;
        PartChange change{PartChange::What::Changed, kind, std::string(id), nameOf(is ? *is : *was), {}};
        if (was && is) {
            change.facts = changesOf(factsOf(*was), factsOf(*is));
            if (change.facts.empty()) {
                ++(samePlace(*was, *is) ? out.unchanged : out.moved);
                continue;
            }
        } else {
            change.what = is ? PartChange::What::Added : PartChange::What::Removed;
        }
        out.changes.push_back(std::move(change));
    }
}

} // namespace

ModelDiff differences(const ThreatModel& before, const ThreatModel& after)
{
    ModelDiff out;
    compare("element", before.elements, after.elements, out);
    compare("flow", before.flows, after.flows, out);
    compare("zone", before.zones, after.zones, out);
    compare("threat", before.threats, after.threats, out);
    return out;
}

} // namespace cupel::threats
