// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/threats/rules/part_checks.h"

#include "analyzers/threats/rules/part_values.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace cupel::threats {

Verdict crossesBorder(const ModelIndex& model, const Expression::Node& node, const DiagramPart* self, bool tells)
{
    std::vector<const Flow*> flows;
    if (const Flow* flow = self ? model.asFlow(*self) : nullptr) {
        flows.push_back(flow);
    } else if (const Element* element = self ? model.element(self->id) : nullptr) {
        flows = model.into(*element);
        flows.insert(flows.end(), model.outOf(*element).begin(), model.outOf(*element).end());
    }
    for (const Flow* flow : flows) {
        for (const Zone* zone : model.crossedBy(*flow)) {
            const bool wanted = node.values.empty()
                || std::any_of(node.values.begin(), node.values.end(),
                    [&](const std::string& value) { return value == kindOf(*zone) || value == zone->id; });
            if (wanted) {
                return tells ? Verdict{Truth::True, {{flow->id, "flow", flow->name}, {zone->id, "zone", zone->name}}}
                             : Verdict{Truth::True, {}};
            }
        }
    }
    return {};
}

Verdict hasFinding(const ModelIndex& model, const Expression::Node& node, const DiagramPart* self, bool tells)
{
    std::vector<std::string_view> parts{self ? std::string_view(self->id) : std::string_view{}};
    if (const Flow* flow = self ? model.asFlow(*self) : nullptr) {
        parts = {flow->id, flow->source, flow->target};
    }
    for (const std::string& pattern : node.values) {
        for (const std::string_view part : parts) {
            if ((!part.empty() || !self) && model.hasFinding(part, pattern)) {
                return tells ? Verdict{Truth::True, {{std::string(part), "finding", pattern}}}
                             : Verdict{Truth::True, {}};
            }
        }
    }
    return {};
}

} // namespace cupel::threats
