// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/threats/rules/expression.h"

#include "analyzers/threats/rules/asked.h"
#include "analyzers/threats/rules/expression_node.h"
#include "analyzers/threats/rules/model_index.h"
#include "analyzers/threats/rules/part_checks.h"
#include "analyzers/threats/rules/part_values.h"
#include "analyzers/threats/rules/truth_along.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <utility>

namespace cupel::threats {

namespace {

constexpr std::size_t mostReasons = 32;
constexpr std::size_t nowhere = static_cast<std::size_t>(-1);

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

class Evaluation {
public:
    using Node = Expression::Node;
    using Relation = Node::Relation;

    // `asked` for whoever wants no reasons.
    Evaluation(
        const std::vector<Node>& nodes, const ModelIndex& model, const DiagramPart* owner, Asked* asked = nullptr)
        : m_nodes(nodes)
        , m_model(model)
        , m_owner(owner)
        , m_asked(asked)
    {
    }

    // The parser bounds the depth.
    Verdict of(std::uint32_t index, const DiagramPart* self)
    {
        const Node& node = m_nodes[index];
        spend();
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
            return node.relation == Node::Relation::Element ? anywhere(index, self) : quantified(index, self);
        case Node::Kind::Path:
            return anywhere(index, self);
        case Node::Kind::Crosses:
            return near(index, self, [&] {
                spendAround(self);
                return crossesBorder(m_model, node, self, tells());
            });
        case Node::Kind::Finding:
            return hasFinding(m_model, node, self, tells());
        }
        return {};
    }

private:
    // While parts are asked because another one is.
    class Inside {
    public:
        explicit Inside(Evaluation& evaluation)
            : m_evaluation(evaluation)
        {
            ++m_evaluation.m_inside;
        }
        ~Inside() { --m_evaluation.m_inside; }
        Inside(const Inside&) = delete;
        Inside& operator=(const Inside&) = delete;

    private:
        Evaluation& m_evaluation;
    };

    [[nodiscard]] bool tells() const { return !m_asked; }
    void spend() const
    {
        if (m_asked) {
            ++m_asked->steps;
        }
    }

    void spendAround(const DiagramPart* self) const
    {
        if (const Element* element = m_asked && self ? m_model.asElement(*self) : nullptr) {
            m_asked->steps += m_model.into(*element).size() + m_model.outOf(*element).size();
        }
    }

    static void join(std::vector<Reason>& into, const std::vector<Reason>& more)
    {
        for (const Reason& reason : more) {
            if (into.size() < mostReasons && std::find(into.begin(), into.end(), reason) == into.end()) {
                into.push_back(reason);
            }
        }
    }

    void joinFlow(std::vector<Reason>& into, const Flow& flow) const
    {
        if (tells()) {
            join(into, {{flow.id, "flow", flow.name}});
        }
    }

    Verdict either(const Node& node, const DiagramPart* self)
    {
        Verdict out;
        for (const auto child : node.children) {
            Verdict one = of(child, self);
            if (one.truth > out.truth || (one.truth == out.truth && out.reasons.empty())) {
                out = std::move(one);
            }
            if (out.truth == Truth::True && !tells()) {
                break;
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

    Verdict leaf(const Node& node, const DiagramPart* self) const
    {
        const DiagramPart* part = partAt(m_model, node.asks, self, m_owner);
        if (!part) {
            return {Truth::Unknown, {}};
        }
        const auto value = valueOf(m_model, *part, node.asks.key);
        Verdict out;
        if (tells()) {
            out.reasons = {{part->id, node.asks.key, value.empty() ? "unknown" : std::string(value)}};
        }
        if (value.empty()) {
            out.truth = node.asksForUnknown ? Truth::True : Truth::Unknown;
        } else if (node.kind == Node::Kind::Value) {
            out.truth = isNo(value) ? Truth::False : Truth::True;
        } else {
            out.truth = compares(m_model, node, value, self, m_owner) ? Truth::True : Truth::False;
        }
        return out;
    }

    // A part that a relation leads to, the flow that led there last, and the entry of `found` it came from.
    struct Reached {
        const DiagramPart* part = nullptr;
        const Flow* flow = nullptr;
        std::size_t from = nowhere;
    };

    // The next entries after `found[from]`, one flow further; `from` nowhere: those next to the element itself.
    void stepOn(const Element& at, bool down, std::size_t from, std::vector<bool>& seen, std::vector<Reached>& found)
    {
        for (const Flow* flow : down ? m_model.outOf(at) : m_model.into(at)) {
            const Element* other = beyond(m_model, *flow, at, down);
            spend();
            if (other && !seen[m_model.placeOf(*other)]) {
                seen[m_model.placeOf(*other)] = true;
                found.push_back({other, flow, from});
            }
        }
    }

    // The parts a relation leads to, the nearest first.
    std::vector<Reached> related(Relation relation, const DiagramPart* self)
    {
        std::vector<Reached> out;
        if (relation == Relation::Element) {
            for (const auto& element : m_model.model().elements) {
                out.push_back({&element, nullptr, nowhere});
            }
            return out;
        }
        const Element* element = self ? m_model.asElement(*self) : nullptr;
        if (!element) {
            return out;
        }
        if (relation == Relation::Flow) {
            for (const auto* list : {&m_model.into(*element), &m_model.outOf(*element)}) {
                for (const Flow* flow : *list) {
                    out.push_back({flow, nullptr, nowhere});
                }
            }
            return out;
        }
        const bool down = relation == Relation::Output || relation == Relation::Downstream;
        std::vector<bool> own;
        auto& seen = m_asked ? m_asked->seen : own;
        seen.resize(m_model.model().elements.size());
        seen[m_model.placeOf(*element)] = true;
        stepOn(*element, down, nowhere, seen, out);
        if (relation == Relation::Upstream || relation == Relation::Downstream) {
            for (std::size_t i = 0; i < out.size(); ++i) {
                stepOn(*static_cast<const Element*>(out[i].part), down, i, seen, out);
            }
        }
        for (const auto& reached : out) {
            seen[m_model.placeOf(*static_cast<const Element*>(reached.part))] = false;
        }
        seen[m_model.placeOf(*element)] = false;
        return out;
    }

    // What a condition looks up at the owner: owners who say the same get the same answer. `ofFlow`: it is asked of
    // flows, from which relations lead to what is around the owner.
    void askOwner(std::uint32_t index, bool ofFlow, std::vector<double>& out)
    {
        const Node& node = m_nodes[index];
        spend();
        const bool leads =
            node.kind == Node::Kind::Some || node.kind == Node::Kind::All || node.kind == Node::Kind::None;
        if (node.kind == Node::Kind::Compare || node.kind == Node::Kind::Value) {
            const bool twoParts = node.other && ranks(node.test);
            if (node.asks.fromOwner && (!twoParts || node.other->fromOwner)) {
                out.push_back(static_cast<double>(leaf(node, m_owner).truth));
            } else if (node.asks.fromOwner || (twoParts && node.other->fromOwner)) {
                const PartPath& path = node.asks.fromOwner ? node.asks : *node.other;
                const DiagramPart* part = partAt(m_model, path, m_owner, m_owner);
                const auto value = part ? valueOf(m_model, *part, path.key) : std::string_view();
                const auto rank = rankOf(value);
                const bool number = rank && !std::isnan(*rank); // which has no place in an order, like a word
                out.insert(
                    out.end(), {part ? 1.0 : 0.0, value.empty() ? 0.0 : 1.0, number ? 1.0 : 0.0, number ? *rank : 0.0});
            }
        } else if (leads && ofFlow && node.relation != Relation::Element) {
            out.push_back(static_cast<double>(of(index, m_owner).truth));
        } else {
            for (const auto child : node.children) {
                const bool same = !leads && node.kind != Node::Kind::Path;
                askOwner(child, same ? ofFlow : leads && node.relation == Relation::Flow, out);
            }
        }
    }

    ForOwners forOwners(std::uint32_t index, const std::vector<std::uint32_t>& children)
    {
        ForOwners out{index, {}};
        const bool ofFlows = m_nodes[index].relation == Relation::Flow;
        for (std::size_t i = 0; m_owner && i < children.size(); ++i) {
            askOwner(children[i], ofFlows, out.second);
        }
        return out;
    }

    // Does not depend on the part it is asked of.
    Verdict anywhere(std::uint32_t index, const DiagramPart* self)
    {
        const Node& node = m_nodes[index];
        const auto found = [&] { return node.kind == Node::Kind::Path ? path(node) : quantified(index, self); };
        if (tells()) {
            return found();
        }
        const auto key = forOwners(index, node.children);
        const Inside inside(*this);
        if (const auto known = m_asked->anywhere.find(key); known != m_asked->anywhere.end()) {
            return {known->second, {}};
        }
        const Truth truth = found().truth;
        Asked::makeRoom(m_asked->anywhere, 1);
        m_asked->anywhere.emplace(key, truth);
        return {truth, {}};
    }

    // Of an element that many others may lead to, as a hub does: it is asked once, however many ask. At the top every
    // element is asked once anyhow.
    template <typename Ask> Verdict near(std::uint32_t index, const DiagramPart* self, Ask&& ask)
    {
        const Element* element = self && m_inside > 0 && !tells() ? m_model.asElement(*self) : nullptr;
        if (!element) {
            return ask();
        }
        auto key = forOwners(index, m_nodes[index].children);
        const auto place = m_model.placeOf(*element);
        if (const auto known = m_asked->knownNear(key, place)) {
            return {*known, {}};
        }
        const Truth truth = ask().truth; // which may ask for others meanwhile
        m_asked->keepNear(std::move(key), place, m_model.model().elements.size(), truth);
        return {truth, {}};
    }

    // What holds anywhere along the flows, without reasons; nullopt: it has to be asked part by part.
    std::optional<Truth> knownAlong(std::uint32_t index, const DiagramPart* self)
    {
        const Node& node = m_nodes[index];
        const bool far = node.relation == Relation::Upstream || node.relation == Relation::Downstream;
        const Element* element = self ? m_model.asElement(*self) : nullptr;
        if (tells() || !far || !element) {
            return std::nullopt;
        }
        auto& along = m_asked->along;
        const auto key = forOwners(index, node.children);
        auto entry = along.find(key);
        if (entry == along.end()) {
            const auto& elements = m_model.model().elements;
            std::vector<Truth> own;
            const Inside inside(*this);
            for (const auto& each : elements) {
                own.push_back(of(node.children[0], &each).truth);
            }
            Asked::makeRoom(along, elements.size());
            auto found = truthAlong(m_model, own, node.relation == Relation::Downstream,
                node.kind == Node::Kind::All ? Along::Worst : Along::Best);
            entry = along.emplace(key, std::move(found)).first;
        }
        return entry->second[m_model.placeOf(*element)];
    }

    Verdict quantified(std::uint32_t index, const DiagramPart* self)
    {
        const bool around = self && m_owner && m_model.isFlow(*self);
        if (tells() || !around) {
            const DiagramPart* at = around ? m_owner : self;
            return near(index, at, [&] { return quantifiedAt(index, at); });
        }
        auto& known = m_asked->ofOwner[index]; // of all its flows alike; they come one after the other
        if (known.first != m_owner) {
            known = {m_owner, quantifiedAt(index, m_owner).truth};
        }
        return {known.second, {}};
    }

    Verdict quantifiedAt(std::uint32_t index, const DiagramPart* self)
    {
        const Node& node = m_nodes[index];
        const bool all = node.kind == Node::Kind::All;
        Verdict out;
        if (const auto known = knownAlong(index, self)) {
            out.truth = *known;
        } else {
            const auto parts = related(node.relation, self);
            out.truth = all && !parts.empty() ? Truth::True : Truth::False;
            const Inside inside(*this);
            for (const auto& reached : parts) {
                Verdict one = of(node.children[0], reached.part);
                if (holds(one.truth)) {
                    joinWay(one.reasons, reached, parts);
                }
                if (all) {
                    out.truth = std::min(out.truth, one.truth);
                    join(out.reasons, one.reasons);
                } else if (one.truth > out.truth) {
                    out = std::move(one);
                    if (out.truth == Truth::True) {
                        break; // nothing that follows is more
                    }
                }
            }
        }
        if (node.kind == Node::Kind::None) {
            out.truth = inverse(out.truth);
        }
        return out;
    }

    // The flows to a part, from the beginning on.
    void joinWay(std::vector<Reason>& into, const Reached& to, const std::vector<Reached>& parts) const
    {
        std::vector<const Flow*> way;
        for (const Reached* at = tells() ? &to : nullptr; at; at = at->from == nowhere ? nullptr : &parts[at->from]) {
            if (at->flow) {
                way.push_back(at->flow);
            }
        }
        for (auto flow = way.rbegin(); flow != way.rend(); ++flow) {
            joinFlow(into, **flow);
        }
    }

    Verdict path(const Node& node)
    {
        std::map<const Element*, Verdict> ends;
        std::vector<Reached> found; // a beginning has no flow
        std::vector<bool> seen(m_model.model().elements.size());
        for (const auto& element : m_model.model().elements) {
            if (const Verdict start = of(node.children[0], &element); holds(start.truth)) {
                seen[m_model.placeOf(element)] = true;
                ends.emplace(&element, start);
                found.push_back({&element, nullptr, nowhere});
            }
        }
        for (std::size_t i = 0; i < found.size(); ++i) {
            const auto& at = *static_cast<const Element*>(found[i].part);
            Verdict end = of(node.children[1], &at);
            if (!holds(end.truth)) {
                stepOn(at, true, i, seen, found);
                continue;
            }
            for (auto back = i; back != nowhere; back = found[back].from) {
                if (found[back].flow) {
                    joinFlow(end.reasons, *found[back].flow);
                } else {
                    const auto& start = ends.at(static_cast<const Element*>(found[back].part));
                    end.truth = std::min(end.truth, start.truth);
                    join(end.reasons, start.reasons);
                }
            }
            return end;
        }
        return {};
    }

    const std::vector<Node>& m_nodes;
    const ModelIndex& m_model;
    const DiagramPart* m_owner;
    Asked* m_asked; // nullptr: reasons are wanted
    int m_inside = 0;
};

} // namespace

Verdict Expression::holds(const ModelIndex& model, const DiagramPart* self, const DiagramPart* owner) const
{
    if (!m_nodes || m_nodes->empty()) {
        return {};
    }
    return Evaluation(*m_nodes, model, owner).of(0, self);
}

struct Question::Known {
    std::shared_ptr<const std::vector<Expression::Node>> nodes;
    const ModelIndex& model;
    Asked asked;
};

Question::Question(const Expression& expression, const ModelIndex& model)
    : m_known(new Known{expression.m_nodes, model, {}})
{
}
Question::~Question() = default;

Truth Question::truth(const DiagramPart* self, const DiagramPart* owner)
{
    const auto& nodes = m_known->nodes;
    return !nodes || nodes->empty() ? Truth::False
                                    : Evaluation(*nodes, m_known->model, owner, &m_known->asked).of(0, self).truth;
}

std::size_t Question::steps() const
{
    return m_known->asked.steps;
}

} // namespace cupel::threats
