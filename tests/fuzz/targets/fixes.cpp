// SPDX-License-Identifier: GPL-3.0-or-later
// Fixes at any place of any notebook: a valid file stays valid, undo gives it back to the byte, previews never fail.
#include "analyzers/fixes/plan.h"
#include "analyzers/fixes/preview.h"
#include "analyzers/formats/registry.h"
#include "tests/fuzz/fuzz.h"

#include <array>

using namespace cupel;

namespace {

constexpr std::array<const char*, 8> kinds{"redact", "home-path", "drop-output", "remove-metadata",
    "remove-widget-state", "reveal-hidden", "set-argument", "shrink-output"};

bool isValidJson(ByteView text)
{
    Budget budget;
    JsonOutline::Options options;
    options.detailDepth = 64;
    const auto json = JsonOutline::parse(text, budget, options);
    return json.valid() && !json.empty();
}

// Places come from the first bytes of the input, the file is the rest.
void addFindings(ByteView choices, Analysis& analysis)
{
    const auto size = analysis.facts.text(analysis.artifact).size();
    for (std::size_t i = 0; i + 3 < choices.size(); i += 4) {
        const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(choices[i + at]); };
        const auto start = (byte(0) * 256U + byte(1)) % (size + 1);
        Finding finding;
        finding.rule = "CUP-SEC-FUZZ";
        finding.cls = "secret.fuzz";
        finding.location.artifact = "a.ipynb";
        finding.location.bytes = analysis.facts.toFile({start, std::min<std::uint64_t>(size, start + byte(2) % 32)});
        finding.fix = Fix{kinds[byte(3) % kinds.size()], true, {}};
        if (finding.fix->kind == std::string_view("set-argument")) {
            finding.fix->edits.push_back({finding.location.bytes, "\"\n\\\x01"});
        }
        analysis.findings.push_back(std::move(finding));
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    constexpr std::size_t header = 16;
    if (size < header) {
        return 0;
    }
    auto analysis = std::make_shared<Analysis>();
    analysis->artifact.path = "a.ipynb";
    analysis->artifact.bytes = std::make_shared<const std::string>(fuzz::viewOf(data + header, size - header));
    Budget budget;
    const auto& format = formats::recognise(analysis->artifact.view(), "a.ipynb");
    analysis->facts.format = format.name;
    format.parse(analysis->artifact, budget, analysis->facts);
    analysis->facts.children.clear();
    addFindings(fuzz::viewOf(data, header), *analysis);
    const auto text = analysis->facts.text(analysis->artifact);
    const bool valid = isValidJson(text);

    fixes::Pseudonyms names;
    const auto plan = fixes::makePlan(analysis, names, budget);
    const auto edits = fixes::textEdits(plan);
    std::uint64_t last = 0;
    for (const auto& edit : edits) {
        fuzz::must(edit.bytes.start >= last && edit.bytes.start <= edit.bytes.end && edit.bytes.end <= text.size(),
            "edits are sorted, apart and inside the file");
        last = edit.bytes.end;
    }
    const auto after = fixes::applyEdits(text, edits);
    fuzz::must(fixes::applyEdits(after, fixes::inverseEdits(text, edits)) == text, "undo gives the file back");
    // Only what a format understood as JSON is written as JSON.
    const bool notebook = format.name == "notebook";
    const auto inRegions = [&] {
        for (const auto& edit : plan.edits) {
            for (const auto& raw : edit.edits) {
                bool inside = false;
                for (const auto& region : analysis->facts.regions) {
                    inside = inside
                        || ((region.form == TextForm::JsonString || region.form == TextForm::JsonStringList
                                || region.form == TextForm::JsonValue)
                            && region.bytes.start <= raw.bytes.start && raw.bytes.end <= region.bytes.end);
                }
                if (!inside) {
                    return false;
                }
            }
        }
        return true;
    };
    if (valid && notebook && inRegions()) {
        fuzz::must(isValidJson(after), "a valid notebook stays valid");
    }
    (void)fixes::preview(plan, {}, nullptr);
    return 0;
}
