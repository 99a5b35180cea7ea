// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/threats/rules/part_values.h"

namespace cupel::threats {

namespace {

const DiagramPart* step(const ModelIndex& model, const DiagramPart& part, PartPath::Step step)
{
    if (step == PartPath::Step::Zone) {
        const Element* element = model.asElement(part);
        return element ? model.zoneOf(*element) : nullptr;
    }
    const Flow* flow = model.asFlow(part);
    return !flow ? nullptr : step == PartPath::Step::Source ? model.sourceOf(*flow) : model.targetOf(*flow);
}

} // namespace

std::string_view kindOf(const Zone& zone)
{
    const auto kind = attribute(zone, "kind");
    return kind.empty() ? std::string_view(zone.id) : kind;
}

const DiagramPart* partAt(
    const ModelIndex& model, const PartPath& path, const DiagramPart* self, const DiagramPart* owner)
{
    const DiagramPart* part = path.fromOwner && owner ? owner : self;
    for (const auto next : path.steps) {
        part = part ? step(model, *part, next) : nullptr;
    }
    return part;
}

std::string_view valueOf(const ModelIndex& model, const DiagramPart& part, std::string_view key)
{
    if (key == "name") {
        return part.name;
    }
    if (const Element* element = model.asElement(part)) {
        const Zone* around = model.zoneOf(*element);
        if (key == "kind") {
            return element->kind;
        }
        if (key == "zone") {
            return around ? kindOf(*around) : std::string_view();
        }
        if (key == "trust") {
            return around ? model.trustOf(*around) : std::string_view();
        }
        if (key == "artifact") {
            return element->artifact;
        }
    } else if (const Zone* zone = model.asZone(part)) {
        if (key == "kind") {
            return kindOf(*zone);
        }
        if (key == "trust") {
            return model.trustOf(*zone);
        }
    } else if (key == "kind") {
        return "data-flow";
    }
    const auto value = attribute(part, key);
    return sameWord(value, "unknown") ? std::string_view() : value;
}

bool ranks(Expression::Node::Test test)
{
    using Test = Expression::Node::Test;
    return test == Test::Less || test == Test::AtMost || test == Test::More || test == Test::AtLeast;
}

bool compares(const ModelIndex& model, const Expression::Node& node, std::string_view value, const DiagramPart* self,
    const DiagramPart* owner)
{
    using Test = Expression::Node::Test;
    if (!ranks(node.test)) {
        return anyItemIn(value, node.values) != (node.test == Test::Unequal);
    }
    const DiagramPart* other = node.other ? partAt(model, *node.other, self, owner) : nullptr;
    const auto one = rankOf(value);
    const auto two = other ? rankOf(valueOf(model, *other, node.other->key)) : node.rank;
    if (!one || !two) {
        return false;
    }
    return node.test == Test::Less  ? *one < *two
        : node.test == Test::AtMost ? *one <= *two
        : node.test == Test::More   ? *one > *two
                                    : *one >= *two;
}

} // namespace cupel::threats
