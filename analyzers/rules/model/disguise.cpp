// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/disguise.h"

#include "analyzers/model/neighbours.h"
#include "analyzers/rules/model/checks.h"
#include "analyzers/rules/sink.h"

#include <algorithm>
#include <string>

namespace cupel::rules::model {

namespace {

void tell(const RuleInput& input, FindingSink& sink, std::string_view rule, std::string_view kind, Severity severity,
    std::string message)
{
    Hit hit;
    hit.rule = rule;
    hit.bytes = {0, std::min<std::uint64_t>(input.artifact.view().size(), 4)};
    hit.severity = severity;
    hit.confidence = Confidence::Certain;
    hit.message = std::move(message);
    hit.arguments["detail"] = hit.arguments["excerpt"] = std::string(kind);
    sink.add(std::move(hit));
}

} // namespace

void disguised(const RuleInput& input, FindingSink& sink)
{
    using What = formats::Disguise::What;
    if (input.artifact.beside && input.artifact.beside->disguisesTold) {
        return; // by the container, once for all of its members
    }
    const auto found = formats::disguiseOf(input.artifact.view(), input.artifact.fileName(), input.facts.format);
    const bool weights = found.promise == formats::Promise::Weights;
    const auto message = "The file is named like weights and is " + std::string(found.kind) + ".";
    switch (found.what) {
    case What::Nothing:
        break;
    case What::Program:
        if (found.promise != formats::Promise::None) {
            tell(input, sink, "CUP-MODEL-DISGUISED", found.kind, weights ? Severity::High : Severity::Medium, message);
        } else if (!input.artifact.parent.empty()) {
            tell(input, sink, "CUP-ARC-PROGRAM", found.kind, Severity::Medium,
                "A member of the archive is " + std::string(found.kind) + ".");
        }
        break;
    case What::Script:
        tell(input, sink, "CUP-MODEL-DISGUISED", found.kind, weights ? Severity::High : Severity::Medium, message);
        break;
    case What::Text:
        tell(input, sink, "CUP-MODEL-NOT-WEIGHTS", found.kind, Severity::Low, message);
        break;
    case What::OtherFormat:
        tell(input, sink, "CUP-MODEL-WRONG-NAME", found.kind, found.mayRun ? Severity::Medium : Severity::Low,
            "By its name it is of another format: the file is " + std::string(found.kind) + ".");
        break;
    }
}

} // namespace cupel::rules::model
