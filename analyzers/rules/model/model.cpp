// SPDX-License-Identifier: GPL-3.0-or-later
// What formats of models found wrong or dangerous, as findings. Which flaw means what stands in the rows.
#include "analyzers/base/words.h"
#include "analyzers/formats/leftover.h"
#include "analyzers/rules/model/checks.h"
#include "analyzers/rules/model/code_text.h"
#include "analyzers/rules/model/rows.h"
#include "analyzers/rules/model/templates.h"
#include "analyzers/rules/rule_set.h"
#include "analyzers/rules/rule_texts.h"
#include "analyzers/rules/sink.h"

#include <algorithm>
#include <string>

namespace cupel::rules::model {

namespace {

struct Group {
    std::string_view texts;
    std::span<const FlawRow> (*rows)();
};
constexpr Group all[] = {
#define CUPEL_MODEL_ROWS(group) {"model_" #group, group##Rows},
#include "analyzers/rules/model/groups.def"
#undef CUPEL_MODEL_ROWS
};

const FlawRow* rowOf(std::string_view code)
{
    for (const auto& group : all) {
        const auto rows = group.rows();
        const auto row =
            std::find_if(rows.begin(), rows.end(), [code](const FlawRow& one) { return one.code == code; });
        if (row != rows.end()) {
            return &*row;
        }
    }
    return nullptr;
}

std::string filled(std::string_view message, const ModelFlaw& flaw)
{
    const bool counts = message.find("{n}") != std::string_view::npos;
    std::string out = agreeing(message, counts ? flaw.count == 1 : flaw.detail == "1");
    if (const auto slot = out.find("{n}"); slot != std::string::npos) {
        out.replace(slot, 3, std::to_string(flaw.count));
    }
    if (const auto slot = out.find("{}"); slot != std::string::npos) {
        out.replace(slot, 2, flaw.detail);
    }
    return out;
}

// A llamafile begins as a program for every system and ends as a zip, whose members are looked at by themselves.
void checkProgram(const RuleInput& input, FindingSink& sink)
{
    constexpr std::string_view begin = "MZqFpD='";
    if (input.artifact.view().starts_with(begin)) {
        Hit hit;
        hit.rule = "CUP-MODEL-LLAMAFILE";
        hit.bytes = {0, begin.size()};
        hit.severity = Severity::Medium;
        hit.confidence = Confidence::Certain;
        hit.message = "The file is a program for every system (an actually portable executable).";
        hit.arguments["excerpt"] = begin;
        sink.add(std::move(hit));
    }
}

} // namespace

void describe(RuleList& list)
{
    for (const auto& group : all) {
        describeFromTexts(group.texts, list);
    }
}

void check(const RuleInput& input, FindingSink& sink)
{
    disguised(input, sink);
    torchScript(input, sink);
    packagedCode(input, sink);
    hubCode(input, sink);
    nemoTargets(input, sink);
    servedModel(input, sink);
    checkProgram(input, sink);
    checkTemplates(input, sink);
    checkCodeText(input, sink);
    if (!input.facts.model) {
        return;
    }
    const std::uint64_t size = input.artifact.view().size();
    for (const auto& flaw : input.facts.model->flaws) {
        const auto* row = rowOf(flaw.code);
        if (!row) {
            continue;
        }
        const auto padding = formats::paddingBehind(flaw, input.artifact.view());
        const bool harmless = padding != Padding::None && row->severity > Severity::Low;
        Hit hit;
        hit.rule = row->rule;
        hit.bytes = {std::min(flaw.bytes.start, size), std::min(flaw.bytes.end, size)};
        hit.severity = harmless ? Severity::Low : row->severity;
        hit.confidence = row->confidence;
        hit.message = filled(aboutPadding(row->message, padding), flaw);
        hit.arguments["detail"] = flaw.detail;
        hit.arguments["excerpt"] = flaw.code + (flaw.detail.empty() ? std::string() : ": " + flaw.detail);
        hit.arguments["count"] = std::to_string(flaw.count);
        for (const auto quote : flaw.quotes) {
            hit.quotes.emplace_back(quote, flaw.detail);
        }
        sink.add(std::move(hit));
    }
}

} // namespace cupel::rules::model
