// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/pickle/skops_types.h"

#include "analyzers/base/utf8.h"
#include "analyzers/rules/pickle/names.h"
#include "analyzers/rules/sink.h"

#include <algorithm>
#include <array>

namespace cupel::rules::pickle {

namespace {

using namespace std::string_view_literals;

// Packages whose types are what such archives are for; what is dangerous in them has a row of its own.
constexpr std::array families{"numpy"sv, "scipy"sv, "sklearn"sv, "skops"sv};
constexpr std::array builtIn{"bool"sv, "bytearray"sv, "bytes"sv, "complex"sv, "dict"sv, "float"sv, "frozenset"sv,
    "int"sv, "list"sv, "object"sv, "range"sv, "set"sv, "slice"sv, "str"sv, "tuple"sv, "type"sv, "function"sv,
    "NoneType"sv};

void tell(FindingSink& sink, const ModelOperator& type, Severity severity, Confidence confidence,
    std::string_view before, std::string_view after)
{
    const auto name = toDisplay(type.domain + '.' + type.name, 240);
    Hit hit;
    hit.rule = "CUP-SKOPS-TYPE";
    hit.bytes = type.bytes;
    hit.severity = severity;
    hit.confidence = confidence;
    hit.message = std::string(before) + name + std::string(after);
    hit.arguments["name"] = name;
    hit.arguments["excerpt"] = name;
    // The module stands beside the class, before it or behind: a credential in either is none to show.
    constexpr std::uint64_t beside = 64 << 10;
    hit.quotes.emplace_back(
        ByteRange{type.bytes.start - std::min(type.bytes.start, beside), type.bytes.end + beside}, name);
    sink.add(std::move(hit));
}

void judgeType(const ModelOperator& type, FindingSink& sink)
{
    if (type.domain == "builtins" && std::find(builtIn.begin(), builtIn.end(), type.name) != builtIn.end()) {
        return;
    }
    const auto verdict = judgePath(type.domain + '.' + type.name);
    if (verdict.kind == Verdict::Kind::Danger) {
        const bool soft = verdict.harm == Harm::Soft;
        tell(sink, type, soft ? Severity::Medium : Severity::Critical, Confidence::Likely, "The archive asks for ",
            ", which a model has no need of and which does harm when it is called.");
        return;
    }
    const auto top = std::string_view(type.domain).substr(0, type.domain.find('.'));
    if (verdict.kind == Verdict::Kind::Benign || std::find(families.begin(), families.end(), top) != families.end()) {
        return;
    }
    if (type.domain == "__main__") { // only what the loading program itself defines
        tell(sink, type, Severity::Low, Confidence::Certain, "The archive needs ",
            ", which the program that loads it must define.");
        return;
    }
    tell(sink, type, Severity::Medium, Confidence::Possible, "The archive asks for ",
        ", which skops does not trust by itself: whoever loads it has to.");
}

} // namespace

void checkSkopsTypes(const RuleInput& input, FindingSink& sink)
{
    if (input.facts.format != "skops" || !input.facts.model) {
        return;
    }
    for (const auto& type : input.facts.model->operators) {
        judgeType(type, sink);
    }
}

} // namespace cupel::rules::pickle
