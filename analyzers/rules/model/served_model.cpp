// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/base/json_outline.h"
#include "analyzers/base/utf8.h"
#include "analyzers/rules/model/checks.h"
#include "analyzers/rules/sink.h"

#include <algorithm>
#include <array>
#include <string>

namespace cupel::rules::model {

namespace {

using namespace std::string_view_literals;

constexpr std::array ownHandlers{"image_classifier"sv, "image_segmenter"sv, "object_detector"sv, "text_classifier"sv,
    "text_handler"sv, "base_handler"sv, "vision_handler"sv};
constexpr std::array files{
    "serializedFile"sv, "modelFile"sv, "handler"sv, "requirementsFile"sv, "extraFiles"sv, "configFile"sv};

bool leaves(std::string_view path)
{
    return path.starts_with('/') || path.find('\\') != std::string_view::npos || path == ".." || path.starts_with("../")
        || path.find("/../") != std::string_view::npos || path.find("://") != std::string_view::npos;
}

} // namespace

void servedModel(const RuleInput& input, FindingSink& sink)
{
    constexpr std::uint64_t mostBytes = 1 << 20;
    const auto name = input.artifact.memberName();
    if (name != "MAR-INF/MANIFEST.json" && !name.ends_with("/MAR-INF/MANIFEST.json")) {
        return;
    }
    const auto text = input.facts.text(input.artifact);
    if (text.size() > mostBytes) {
        sink.incomplete("manifest-too-large", "The manifest of the archive is too large to be looked at", 0);
        return;
    }
    // All values of a key: programs differ in which of two they take.
    const auto json = JsonOutline::parse(text, input.budget);
    for (std::uint32_t i = 0; i < json.nodes().size(); ++i) {
        const auto& node = json.nodes()[i];
        const auto key = slice(text, node.key);
        if (node.type != JsonType::String || std::find(files.begin(), files.end(), key) == files.end()) {
            continue;
        }
        const auto value = json.string(text, i);
        const auto shown = toDisplay(value, 120);
        const bool own = std::find(ownHandlers.begin(), ownHandlers.end(), value) != ownHandlers.end();
        Hit hit;
        hit.bytes = node.value;
        hit.confidence = Confidence::Certain;
        hit.quotes.emplace_back(node.value, shown);
        hit.arguments["name"] = shown;
        if (leaves(value)) {
            hit.rule = "CUP-MAR-PATH";
            hit.severity = Severity::High;
            hit.message = "The manifest names a file outside of the archive: " + shown + ".";
        } else if (key == "handler" && !own) {
            hit.rule = "CUP-MAR-HANDLER";
            hit.severity = Severity::Medium;
            hit.message = "The server runs " + shown + " of the archive for every request.";
        } else {
            continue;
        }
        sink.add(std::move(hit));
    }
}

} // namespace cupel::rules::model
