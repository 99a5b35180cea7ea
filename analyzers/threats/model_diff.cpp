// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/threats/model_diff.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <string_view>
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
        {"reason", threat.reason}, {"author", threat.author}, {"until", threat.until}, {"assignee", threat.assignee},
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

std::string folded(std::string_view text)
{
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
        [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return out;
}

// Ids of the later model in the words of the earlier one: two tools name the same part differently.
using Ids = std::map<std::string, std::string, std::less<>>;

std::string earlier(const Ids& ids, const std::string& id)
{
    const auto found = ids.find(id);
    return found == ids.end() ? id : found->second;
}

// By what parts with different ids are known again, the surest first; empty: not by this.
std::array<std::string, 2> namesOf(const Element& element)
{
    const std::string name = folded(element.name);
    return {name.empty() ? "" : name + '\n' + element.kind, name};
}
std::array<std::string, 2> namesOf(const Zone& zone)
{
    return {folded(zone.name), ""};
}
std::array<std::string, 2> namesOf(const Flow& flow)
{
    const bool open = flow.source.empty() || flow.target.empty();
    const std::string ends = flow.source + '\n' + flow.target;
    return {flow.name.empty() ? "" : folded(flow.name) + '\n' + ends, open ? "" : ends};
}
std::array<std::string, 2> namesOf(const Threat& threat)
{
    return {threat.title.empty() ? "" : folded(threat.title) + '\n' + threat.target, ""};
}

void translate(Element& element, const Ids& ids)
{
    element.zone = earlier(ids, element.zone);
    element.parent = earlier(ids, element.parent);
}
void translate(Zone& zone, const Ids& ids)
{
    zone.parent = earlier(ids, zone.parent);
}
void translate(Flow& flow, const Ids& ids)
{
    flow.source = earlier(ids, flow.source);
    flow.target = earlier(ids, flow.target);
}
void translate(Threat& threat, const Ids& ids)
{
    threat.target = earlier(ids, threat.target);
}

template <typename Item> struct Pair {
    const Item* was = nullptr;
    const Item* is = nullptr;
};

// Those with one id, then those that only one on each side has the name of. What was matched by name goes into `ids`.
template <typename Items> auto match(const Items& before, const Items& after, Ids& ids)
{
    using Item = typename Items::value_type;
    std::map<std::string_view, Pair<Item>> byId;
    for (const Item& item : before) {
        byId[item.id].was = &item;
    }
    for (const Item& item : after) {
        byId[item.id].is = &item;
    }
    for (const std::size_t way : {0, 1}) {
        std::map<std::string, std::pair<std::vector<const Item*>, std::vector<const Item*>>> named;
        for (const auto& [id, pair] : byId) {
            if ((pair.was == nullptr) == (pair.is == nullptr)) {
                continue;
            }
            if (const std::string name = namesOf(pair.was ? *pair.was : *pair.is)[way]; !name.empty()) {
                auto& [olds, news] = named[name];
                (pair.was ? olds : news).push_back(pair.was ? pair.was : pair.is);
            }
        }
        for (const auto& [name, sides] : named) {
            const auto& [olds, news] = sides;
            if (olds.size() == 1 && news.size() == 1) {
                ids.emplace(news[0]->id, olds[0]->id);
                byId[olds[0]->id].is = news[0];
                byId.erase(news[0]->id);
            }
        }
    }
    return byId;
}

// `after` is in the words of `before` by and by: what holds others comes first.
template <typename Items> void compare(const char* kind, const Items& before, Items after, Ids& ids, ModelDiff& out)
{
    for (auto& item : after) {
        translate(item, ids);
    }
    const auto pairs = match(before, after, ids);
    for (auto& item : after) { // parts of one kind may lie in each other
        translate(item, ids);
    }
    for (const auto& [id, pair] : pairs) {
        const auto& [was, is] = pair;
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
    Ids ids;
    std::vector<PartChange> zones;
    compare("zone", before.zones, after.zones, ids, out);
    zones.swap(out.changes);
    compare("element", before.elements, after.elements, ids, out);
    compare("flow", before.flows, after.flows, ids, out);
    out.changes.insert(out.changes.end(), std::make_move_iterator(zones.begin()), std::make_move_iterator(zones.end()));
    compare("threat", before.threats, after.threats, ids, out);
    return out;
}

} // namespace cupel::threats
