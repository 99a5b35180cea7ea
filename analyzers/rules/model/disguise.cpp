// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/disguise.h"

#include "analyzers/model/neighbours.h"
#include "analyzers/rules/model/checks.h"
#include "analyzers/rules/sink.h"

#include <algorithm>
#include <array>
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

// What a zip file holds decides who loads it: names that belong to another of them.
void otherArchive(const RuleInput& input, FindingSink& sink)
{
    struct Row {
        std::string_view kind; // beginning of ModelContent::kind
        std::string_view words;
        std::array<std::string_view, 6> others; // endings
        Severity severity; // medium: what the name promises runs nothing by itself
    };
    static constexpr std::array rows{
        Row{"PyTorch", "a PyTorch archive", {".npz", ".keras", ".mar", ".skops"}, Severity::Medium},
        Row{"TorchScript", "a TorchScript model", {".npz", ".keras", ".mar", ".skops"}, Severity::Medium},
        Row{"Keras archive", "a Keras archive", {".npz", ".pt", ".pth", ".ptl", ".mar", ".skops"}, Severity::Low},
        Row{"TorchServe", "a TorchServe archive", {".npz", ".pt", ".pth", ".ptl", ".keras", ".skops"}, Severity::Low},
        Row{"NumPy", "an archive of NumPy arrays", {".pt", ".pth", ".ptl", ".keras", ".mar", ".skops"}, Severity::Low}};
    const auto& children = input.facts.children;
    const bool arrays = !children.empty() && std::all_of(children.begin(), children.end(), [](const auto& child) {
        return child.name.ends_with(".npy");
    });
    const std::string_view kind = arrays ? "NumPy" : input.facts.model ? input.facts.model->kind : std::string_view();
    std::string name(input.artifact.fileName());
    std::transform(name.begin(), name.end(), name.begin(),
        [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    for (const auto& row : rows) {
        const bool other = std::any_of(row.others.begin(), row.others.end(),
            [&name](std::string_view ending) { return !ending.empty() && name.ends_with(ending); });
        if (other && kind.starts_with(row.kind)) {
            tell(input, sink, "CUP-MODEL-WRONG-NAME", row.words, row.severity,
                "By its name it is of another format: the file is " + std::string(row.words) + ".");
            return;
        }
    }
}

} // namespace

void disguised(const RuleInput& input, FindingSink& sink)
{
    using What = formats::Disguise::What;
    if (input.facts.format == "zip") {
        otherArchive(input, sink);
    }
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
