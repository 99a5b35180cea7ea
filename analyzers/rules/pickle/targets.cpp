// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/pickle/targets.h"

#include "analyzers/base/utf8.h"
#include "analyzers/rules/pickle/names.h"
#include "analyzers/rules/pickle/yaml_scalars.h"
#include "analyzers/rules/rule_texts.h"
#include "analyzers/rules/sink.h"

#include <algorithm>
#include <array>

namespace cupel::rules::pickle {

namespace {

using namespace std::string_view_literals;

constexpr std::uint64_t mostBytes = 10 << 20;
// Functions of Hydra that fetch any other function by its name.
constexpr std::array secondStage{"hydra.utils.get_method"sv, "hydra.utils.get_class"sv, "hydra.utils.get_object"sv,
    "hydra.utils.instantiate"sv, "hydra.utils.call"sv, "hydra.utils._locate"sv, "hydra._internal.utils._locate"sv};

bool isConfig(std::string_view name)
{
    return name.ends_with(".yaml") || name.ends_with(".yml") || name.ends_with(".json") || name.ends_with(".nemo");
}

Hit hitAt(std::string_view rule, ByteRange place, Severity severity, Confidence confidence, const std::string& name)
{
    Hit hit;
    hit.rule = rule;
    hit.bytes = place;
    hit.severity = severity;
    hit.confidence = confidence;
    hit.arguments["name"] = name;
    hit.quotes.emplace_back(place, name);
    return hit;
}

void target(const std::string& value, ByteRange place, FindingSink& sink)
{
    const auto name = toDisplay(value, 120);
    if (value.find("${") != std::string::npos) {
        auto hit = hitAt("CUP-YAML-TARGET", place, Severity::Medium, Confidence::Possible, name);
        hit.message = "What is called, " + name + ", is only decided when the configuration is read.";
        sink.add(std::move(hit));
        return;
    }
    const auto dot = value.find('.');
    formats::PickleGlobal global;
    global.module = value.substr(0, dot);
    global.name = dot == std::string::npos ? std::string() : value.substr(dot + 1);
    if (dot == std::string::npos) { // Hydra looks for a name without a module among the built-in ones
        global.name = std::move(global.module);
        global.module = "builtins";
    }
    const auto verdict = judge(global);
    const bool fetches = std::find(secondStage.begin(), secondStage.end(), value) != secondStage.end();
    const bool partial = value == "functools.partial"; // of what another target made
    if (verdict.kind == Verdict::Kind::Danger || fetches) {
        const auto severity = partial    ? Severity::Medium
            : fetches                    ? Severity::High
            : verdict.harm == Harm::Soft ? verdict.severity
                                         : std::max(verdict.severity, Severity::High);
        auto hit = hitAt("CUP-YAML-TARGET", place, severity, Confidence::Likely, name);
        hit.message = "A program that builds what the configuration describes calls " + name + ".";
        sink.add(std::move(hit));
    } else if (verdict.kind == Verdict::Kind::Library) {
        auto hit = hitAt("CUP-YAML-TARGET", place, Severity::Medium, Confidence::Possible, name);
        hit.message = "A program that builds what the configuration describes calls " + name
            + " of Python's library, which models do not need.";
        sink.add(std::move(hit));
    }
}

void pythonTag(const std::string& tag, ByteRange place, FindingSink& sink)
{
    const auto kind = tag.substr(0, tag.find(':'));
    const bool calls = kind == "python/object/apply" || kind == "python/object/new";
    if (!calls && kind != "python/object" && kind != "python/name" && kind != "python/module") {
        return;
    }
    const auto name = toDisplay(tag, 120);
    auto hit = hitAt("CUP-YAML-TAG", place, calls ? Severity::Critical : Severity::High, Confidence::Certain, name);
    hit.message = calls ? "Reading the file with PyYAML's unsafe loader calls what the tag " + name + " names."
                        : "Reading the file with PyYAML's unsafe loader imports what the tag " + name + " names.";
    sink.add(std::move(hit));
}

} // namespace

void describeTargets(RuleList& list)
{
    describeFromTexts("targets", list);
}

void checkTargets(const RuleInput& input, FindingSink& sink)
{
    if (input.facts.format != "text") {
        return;
    }
    const auto text = input.facts.text(input.artifact);
    const auto holds = [text](std::string_view word) { return text.find(word) != ByteView::npos; };
    // Escapes can hide the words in a file that is named as a configuration; elsewhere nobody reads it as one.
    const bool named = isConfig(input.artifact.fileName());
    if (!holds("_target_") && !holds("python/") && !(named && (holds("\\") || holds("%")))) {
        return;
    }
    if (text.size() > mostBytes) {
        sink.incomplete("yaml-too-large", "The configuration is too large to look for what it calls", 0);
        return;
    }
    YamlEvents events;
    events.pair = [&sink](const std::string& key, const std::string& value, ByteRange place) {
        if (key == "_target_" || key == "class_path") {
            target(value, place, sink);
        }
    };
    events.tag = [&sink](const std::string& tag, ByteRange place) { pythonTag(tag, place, sink); };
    if (!readYamlScalars(text, input.budget, events)) {
        sink.incomplete("stopped", "Looking for what the configuration calls stopped early", 0);
    }
}

} // namespace cupel::rules::pickle
