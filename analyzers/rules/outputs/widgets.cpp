// SPDX-License-Identifier: GPL-3.0-or-later
// The saved state of widgets: HTML that they show, outputs inside them, what was typed into password fields. Jupyter
// keeps it under a MIME type, Colab as a flat map; every string of it is looked at, however deep.
#include "analyzers/rules/outputs/active_rules.h"
#include "analyzers/rules/outputs/json_part.h"
#include "analyzers/rules/outputs/metadata.h"
#include "analyzers/rules/outputs/region_scan.h"

#include <algorithm>

namespace cupel::rules::outputs {

namespace {

bool mayHoldMarkup(std::string_view raw)
{
    return raw.find('<') != std::string_view::npos || raw.find("\\u003c") != std::string_view::npos
        || raw.find("\\u003C") != std::string_view::npos;
}

void scanNode(const RuleInput& input, const JsonNode& node, std::size_t index, Findings& out)
{
    const auto text = input.facts.text(input.artifact);
    Region inside = input.facts.regions[index];
    inside.bytes = node.value;
    inside.form = node.type == JsonType::String ? TextForm::JsonString
        : node.stringList                       ? TextForm::JsonStringList
                                                : TextForm::JsonValue;
    if (inside.form == TextForm::JsonString) {
        inside.bytes.start += 1;
    }
    const auto piece = formats::readRegion(text, inside, 4 << 20);
    const DecodedText decoded{input, inside, static_cast<std::int32_t>(index), piece, Carrier::Widget};
    scanMarkup(decoded, piece.text, out);
    scanLeaks(decoded, out);
}

void password(const JsonPart& json, std::uint32_t model, std::size_t index, Findings& out)
{
    const auto state = json.member(model, "state");
    const auto value = state ? json.member(*state, "value") : std::nullopt;
    if (!value || json.string(value).empty()) {
        return;
    }
    Seen seen;
    seen.rule = "CUP-OUT-WIDGET-PASSWORD";
    seen.severity = Severity::High;
    seen.bytes = json.outline().nodes()[*value].value;
    seen.region = static_cast<std::int32_t>(index);
    seen.personal = true;
    seen.masked = "\u2022\u2022\u2022\u2022\u2022\u2022\u2022\u2022";
    seen.fix = "remove-widget-state";
    out.add(std::move(seen));
}

// Whether the managers of widgets read it: what stands beside the states is shown by nothing.
bool isOfState(const JsonOutline& json, ByteView text, std::uint32_t node)
{
    while (node != 0) {
        if (decodeJsonKey(text, json.nodes()[node].key) == "state") {
            return true;
        }
        node = json.nodes()[node].parent;
    }
    return false;
}

} // namespace

void scanWidgets(const RuleInput& input, std::size_t index, Findings& out)
{
    const auto text = input.facts.text(input.artifact);
    const JsonPart json(text, input.facts.regions[index].bytes, input.budget);
    const auto& nodes = json.outline().nodes();
    for (std::uint32_t i = 0; i < nodes.size() && input.budget.spend(16); ++i) {
        const auto& node = nodes[i];
        const bool leaf = node.type == JsonType::String || node.stringList || node.opaque;
        if (leaf && mayHoldMarkup(json.raw(i)) && isOfState(json.outline(), text, i)) {
            scanNode(input, node, index, out);
        }
        if (node.type == JsonType::String && json.raw(i) == "\"PasswordModel\""
            && decodeJsonKey(text, node.key) == "model_name") {
            password(json, node.parent, index, out);
        }
    }
}

} // namespace cupel::rules::outputs
