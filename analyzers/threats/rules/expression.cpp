// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/threats/rules/expression.h"

#include "analyzers/threats/rules/expression_node.h"
#include "analyzers/threats/rules/model_index.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <utility>

namespace cupel::threats {

namespace {

constexpr std::size_t mostReasons = 32;

Truth inverse(Truth truth)
{
    switch (truth) {
    case Truth::False:
        return Truth::True;
    case Truth::Unknown:
        return Truth::Assumed; // unknown is never safe
    case Truth::Assumed:
        return Truth::Unknown;
    case Truth::True:
        return Truth::False;
    }
    return Truth::False;
}

bool holds(Truth truth)
{
    return truth >= Truth::Assumed;
}

std::string lowered(std::string_view text)
{
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
        [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return out;
}

// "a, b" as its items in small letters.
std::vector<std::string> itemsOf(std::string_view text)
{
    std::vector<std::string> out;
    while (!text.empty()) {
        const auto item = text.substr(0, text.find(','));
        text.remove_prefix(std::min(item.size() + 1, text.size()));
        const auto from = item.find_first_not_of(' ');
        if (from != std::string_view::npos) {
            out.push_back(lowered(item.substr(from, item.find_last_not_of(' ') + 1 - from)));
        }
    }
    return out;
}

// A place in an order: a number, or a word that has a rank among its kind.
std::optional<double> rankOf(std::string_view text)
{
    static constexpr std::array<std::string_view, 4> classes{"public", "internal", "confidential", "restricted"};
    const std::string plain = lowered(text);
    if (const auto found = std::find(classes.begin(), classes.end(), plain); found != classes.end()) {
        return static_cast<double>(found - classes.begin());
    }
    double value = 0;
    const auto [end, error] = std::from_chars(plain.data(), plain.data() + plain.size(), value);
    return error == std::errc() && end == plain.data() + plain.size() ? std::optional(value) : std::nullopt;
}

bool isNo(std::string_view value)
{
    static constexpr std::array<std::string_view, 5> words{"false", "no", "none", "0", "off"};
    return std::find(words.begin(), words.end(), lowered(value)) != words.end();
}

class Evaluation {
public:
    using Node = Expression::Node;

    Evaluation(const std::vector<Node>& nodes, const ModelIndex& model, const DiagramPart* owner)
        : m_nodes(nodes)
        , m_model(model)
        , m_owner(owner)
    {
    }

    // The parser bounds the depth.
    Verdict of(std::uint32_t index, const DiagramPart* self)
    {
        const Node& node = m_nodes[index];
        switch (node.kind) {
        case Node::Kind::Or:
            return either(node, self);
        case Node::Kind::And:
            return both(node, self);
        case Node::Kind::Not: {
            Verdict inside = of(node.children[0], self);
            inside.truth = inverse(inside.truth);
            return inside;
        }
        case Node::Kind::Compare:
        case Node::Kind::Value:
            return leaf(node, self);
        case Node::Kind::Some:
        case Node::Kind::All:
        case Node::Kind::None:
            return quantified(node, self);
        case Node::Kind::Path:
            return path(node);
        case Node::Kind::Crosses:
            return crosses(node, self);
        case Node::Kind::Finding:
            return finding(node, self);
        }
        return {};
    }

private:
    static void join(std::vector<Reason>& into, const std::vector<Reason>& more)
    {
        for (const Reason& reason : more) {
            if (into.size() < mostReasons && std::find(into.begin(), into.end(), reason) == into.end()) {
                into.push_back(reason);
            }
        }
    }

    Verdict either(const Node& node, const DiagramPart* self)
    {
        Verdict out;
        for (const auto child : node.children) {
            const Verdict one = of(child, self);
            if (one.truth > out.truth || (one.truth == out.truth && out.reasons.empty())) {
                out = one;
            }
        }
        return out;
    }

    Verdict both(const Node& node, const DiagramPart* self)
    {
        Verdict out{Truth::True, {}};
        for (const auto child : node.children) {
            const Verdict one = of(child, self);
            out.truth = std::min(out.truth, one.truth);
            join(out.reasons, one.reasons);
            if (out.truth == Truth::False) {
                return out;
            }
        }
        return out;
    }

    // What a path leads to: a part, and the rest of the words.
    struct Found {
        const DiagramPart* part = nullptr;
        std::string key;
        std::string value; // empty: not known
    };

    const DiagramPart* step(const DiagramPart* part, std::string_view word) const
    {
        const Flow* flow = part && m_model.isFlow(*part) ? static_cast<const Flow*>(part) : nullptr;
        if (flow && (word == "source" || word == "target")) {
            return word == "source" ? m_model.sourceOf(*flow) : m_model.targetOf(*flow);
        }
        const Element* element = part ? m_model.element(part->id) : nullptr;
        return element && element == part && word == "zone" ? m_model.zoneOf(*element) : nullptr;
    }

    Found resolve(const std::vector<std::string>& path, const DiagramPart* self) const
    {
        const DiagramPart* part = path.size() > 1 && path[0] == "self" && m_owner ? m_owner : self;
        std::size_t at = path.size() > 1 && (path[0] == "self" || path[0] == "flow") ? 1 : 0;
        while (at + 1 < path.size()) {
            const bool isStep = path[at] == "source" || path[at] == "target" || path[at] == "zone";
            if (!isStep) {
                break;
            }
            part = step(part, path[at++]);
            if (!part) {
                return {nullptr, path.back(), {}};
            }
        }
        std::string key;
        for (; at < path.size(); ++at) {
            key += (key.empty() ? "" : ".") + path[at];
        }
        return {part, key, part ? valueOf(*part, key) : std::string()};
    }

    // Attributes that every part has by what it is; the rest is what it says.
    std::string valueOf(const DiagramPart& part, std::string_view key) const
    {
        const Element* element = m_model.element(part.id);
        const Zone* zone = m_model.zone(part.id);
        if (key == "name") {
            return part.name;
        }
        if (element == &part) {
            const Zone* around = m_model.zoneOf(*element);
            if (key == "kind") {
                return element->kind;
            }
            if (key == "zone") {
                return around ? kindOf(*around) : std::string();
            }
            if (key == "trust") {
                return around && around->trust ? std::to_string(*around->trust) : std::string();
            }
            if (key == "artifact") {
                return element->artifact;
            }
        } else if (zone == &part) {
            if (key == "kind") {
                return kindOf(*zone);
            }
            if (key == "trust") {
                return zone->trust ? std::to_string(*zone->trust) : std::string();
            }
        } else if (key == "kind") {
            return "data-flow";
        }
        const std::string value(attribute(part, key));
        return lowered(value) == "unknown" ? std::string() : value;
    }

    static std::string kindOf(const Zone& zone)
    {
        const auto kind = attribute(zone, "kind");
        return kind.empty() ? zone.id : std::string(kind);
    }

    Verdict leaf(const Node& node, const DiagramPart* self) const
    {
        const Found found = resolve(node.path, self);
        if (!found.part) {
            return {Truth::Unknown, {}};
        }
        Verdict out;
        out.reasons = {{found.part->id, found.key, found.value.empty() ? "unknown" : found.value}};
        if (found.value.empty()) {
            out.truth = asksForUnknown(node) ? Truth::True : Truth::Unknown;
        } else if (node.kind == Node::Kind::Value) {
            out.truth = isNo(found.value) ? Truth::False : Truth::True;
        } else {
            out.truth = compare(node, found.value, self) ? Truth::True : Truth::False;
        }
        return out;
    }

    // "origin in (public, unknown)" holds where the origin is not known.
    static bool asksForUnknown(const Node& node)
    {
        return node.kind == Node::Kind::Compare && (node.test == Node::Test::In || node.test == Node::Test::Equal)
            && std::find(node.values.begin(), node.values.end(), "unknown") != node.values.end();
    }

    bool compare(const Node& node, const std::string& value, const DiagramPart* self) const
    {
        const auto items = itemsOf(value);
        const auto isAnyOf = [&](const std::string& item) {
            return std::any_of(node.values.begin(), node.values.end(),
                [&](const std::string& wanted) { return lowered(wanted) == item; });
        };
        switch (node.test) {
        case Node::Test::Equal:
        case Node::Test::In:
        case Node::Test::Contains:
            return std::any_of(items.begin(), items.end(), isAnyOf);
        case Node::Test::Unequal:
            return std::none_of(items.begin(), items.end(), isAnyOf);
        default:
            break;
        }
        std::string other = node.values.empty() ? std::string() : node.values.front();
        if (other.find('.') != std::string::npos && !rankOf(other)) { // "self.trust"
            std::vector<std::string> path;
            for (std::size_t from = 0; from <= other.size();) {
                const auto end = std::min(other.find('.', from), other.size());
                path.push_back(other.substr(from, end - from));
                from = end + 1;
            }
            other = resolve(path, self).value;
        }
        const auto one = rankOf(value);
        const auto two = rankOf(other);
        if (!one || !two) {
            return false;
        }
        return node.test == Node::Test::Less  ? *one < *two
            : node.test == Node::Test::AtMost ? *one <= *two
            : node.test == Node::Test::More   ? *one > *two
                                              : *one >= *two;
    }

    // The parts a relation leads to, with the flows that were followed to each.
    std::vector<std::pair<const DiagramPart*, std::vector<const Flow*>>> related(
        const std::string& relation, const DiagramPart* self) const
    {
        std::vector<std::pair<const DiagramPart*, std::vector<const Flow*>>> out;
        if (relation == "element") {
            for (const auto& element : m_model.model().elements) {
                out.push_back({&element, {}});
            }
            return out;
        }
        self = self && m_owner && m_model.isFlow(*self) ? m_owner : self;
        const Element* element = self ? m_model.element(self->id) : nullptr;
        if (!element || element != self) {
            return out;
        }
        const bool down = relation == "output" || relation == "downstream";
        if (relation == "flow") {
            for (const auto* list : {&m_model.into(*element), &m_model.outOf(*element)}) {
                for (const Flow* flow : *list) {
                    out.push_back({flow, {}});
                }
            }
            return out;
        }
        std::set<const Element*> seen{element};
        std::deque<std::pair<const Element*, std::vector<const Flow*>>> next{{element, {}}};
        const bool far = relation == "upstream" || relation == "downstream";
        while (!next.empty()) {
            const auto [at, way] = std::move(next.front());
            next.pop_front();
            for (const Flow* flow : down ? m_model.outOf(*at) : m_model.into(*at)) {
                const Element* other = down ? m_model.targetOf(*flow) : m_model.sourceOf(*flow);
                other = other == at ? (down ? m_model.sourceOf(*flow) : m_model.targetOf(*flow)) : other; // both ways
                if (other && seen.insert(other).second) {
                    auto longer = way;
                    longer.push_back(flow);
                    out.push_back({other, longer});
                    if (far) {
                        next.emplace_back(other, std::move(longer));
                    }
                }
            }
        }
        return out;
    }

    Verdict quantified(const Node& node, const DiagramPart* self)
    {
        const auto parts = related(node.path[0], self);
        const bool all = node.kind == Node::Kind::All;
        Verdict out{all && !parts.empty() ? Truth::True : Truth::False, {}};
        for (const auto& [part, way] : parts) {
            Verdict one = of(node.children[0], part);
            if (holds(one.truth)) {
                for (const Flow* flow : way) {
                    join(one.reasons, {{flow->id, "flow", flow->name}});
                }
            }
            if (all) {
                out.truth = std::min(out.truth, one.truth);
                join(out.reasons, one.reasons);
            } else if (one.truth > out.truth) {
                out = std::move(one);
            }
        }
        if (node.kind == Node::Kind::None) {
            out.truth = inverse(out.truth);
        }
        return out;
    }

    Verdict path(const Node& node)
    {
        std::map<const Element*, Verdict> ends;
        std::map<const Element*, std::pair<const Element*, const Flow*>> from; // where it was reached from
        std::deque<const Element*> next;
        for (const auto& element : m_model.model().elements) {
            if (const Verdict start = of(node.children[0], &element); holds(start.truth)) {
                from.emplace(&element, std::pair(nullptr, nullptr));
                ends.emplace(&element, start);
                next.push_back(&element);
            }
        }
        while (!next.empty()) {
            const Element* at = next.front();
            next.pop_front();
            Verdict end = of(node.children[1], at);
            if (holds(end.truth)) {
                for (const Element* back = at; back;) {
                    const auto& [before, flow] = from.at(back);
                    if (flow) {
                        join(end.reasons, {{flow->id, "flow", flow->name}});
                    } else {
                        end.truth = std::min(end.truth, ends.at(back).truth);
                        join(end.reasons, ends.at(back).reasons);
                    }
                    back = before;
                }
                return end;
            }
            for (const Flow* flow : m_model.outOf(*at)) {
                const Element* other =
                    m_model.targetOf(*flow) == at ? m_model.sourceOf(*flow) : m_model.targetOf(*flow);
                if (other && from.emplace(other, std::pair(at, flow)).second) {
                    next.push_back(other);
                }
            }
        }
        return {};
    }

    Verdict crosses(const Node& node, const DiagramPart* self) const
    {
        std::vector<const Flow*> flows;
        if (self && m_model.isFlow(*self)) {
            flows.push_back(static_cast<const Flow*>(self));
        } else if (const Element* element = self ? m_model.element(self->id) : nullptr) {
            flows = m_model.into(*element);
            flows.insert(flows.end(), m_model.outOf(*element).begin(), m_model.outOf(*element).end());
        }
        for (const Flow* flow : flows) {
            for (const Zone* zone : m_model.crossedBy(*flow)) {
                const bool wanted = node.values.empty()
                    || std::any_of(node.values.begin(), node.values.end(),
                        [&](const std::string& value) { return value == kindOf(*zone) || value == zone->id; });
                if (wanted) {
                    return {Truth::True, {{flow->id, "flow", flow->name}, {zone->id, "zone", zone->name}}};
                }
            }
        }
        return {};
    }

    // Of the part itself; findings of a flow hang on its ends.
    Verdict finding(const Node& node, const DiagramPart* self) const
    {
        std::vector<std::string_view> parts{self ? std::string_view(self->id) : std::string_view{}};
        if (self && m_model.isFlow(*self)) {
            const auto* flow = static_cast<const Flow*>(self);
            parts = {flow->source, flow->target};
        }
        for (const std::string& pattern : node.values) {
            for (const std::string_view part : parts) {
                if ((!part.empty() || !self) && m_model.hasFinding(part, pattern)) {
                    return {Truth::True, {{std::string(part), "finding", pattern}}};
                }
            }
        }
        return {};
    }

    const std::vector<Node>& m_nodes;
    const ModelIndex& m_model;
    const DiagramPart* m_owner;
};

} // namespace

Verdict Expression::holds(const ModelIndex& model, const DiagramPart* self, const DiagramPart* owner) const
{
    if (!m_nodes || m_nodes->empty()) {
        return {};
    }
    return Evaluation(*m_nodes, model, owner).of(0, self);
}

} // namespace cupel::threats
