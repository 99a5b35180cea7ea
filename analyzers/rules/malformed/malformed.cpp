// SPDX-License-Identifier: GPL-3.0-or-later
// Flaws of a file's form as findings: a notebook that programs read differently, or only in part, is suspicious.
#include "analyzers/base/words.h"
#include "analyzers/formats/notebook/notebook_facts.h"
#include "analyzers/rules/malformed/flaw_rules.h"
#include "analyzers/rules/sink.h"

#include <algorithm>

namespace cupel::rules::malformed {

void describe(RuleList& list)
{
    for (const auto& row : flawRules()) {
        if (!list.wants(row.id)) {
            continue;
        }
        RuleInfo info;
        info.id = row.id;
        info.family = row.family;
        info.title = row.title;
        info.severity = row.severity;
        info.confidence = Confidence::Certain;
        info.whatHappens = row.whatHappens;
        info.whereFrom = row.whereFrom;
        info.howToFix = row.howToFix;
        info.references.cwe.emplace_back(row.cwe);
        list.add(std::move(info));
    }
}

namespace {

// Where a place in metadata belongs: the region it stands in, else one of its cell, else the metadata of the notebook.
std::int32_t regionOfMetadata(const Facts& facts, ByteRange place)
{
    const auto first = [&facts](auto&& holds) {
        const auto hit = std::find_if(facts.regions.begin(), facts.regions.end(), holds);
        return hit == facts.regions.end() ? -1 : static_cast<std::int32_t>(hit - facts.regions.begin());
    };
    const auto* notebook = formats::notebookFacts(facts);
    const auto cells = notebook ? notebook->cells.size() : 0;
    for (std::size_t i = 0; i < cells; ++i) {
        const auto& bytes = notebook->cells[i].bytes;
        if (bytes.start > place.start || place.end > bytes.end) {
            continue;
        }
        const auto number = static_cast<std::int32_t>(i);
        const auto own = first([&](const Region& one) {
            return one.cell == number && one.part == Part::Metadata && one.bytes.start <= place.start
                && place.end <= one.bytes.end;
        });
        return own >= 0 ? own : first([&](const Region& one) { return one.cell == number; });
    }
    const auto own = first([&](const Region& one) {
        return one.cell < 0 && one.bytes.start <= place.start && place.end <= one.bytes.end;
    });
    return own >= 0 ? own : first([&](const Region& one) { return one.cell < 0 && one.kind == RegionKind::Metadata; });
}

// What is there instead of a picture, in the region that holds it: the text of its first string that says something, so
// that it reads as the text that it is, and not as half of the JSON around it.
void placeOfMedia(const RuleInput& input, ByteRange value, Hit& hit)
{
    const auto& regions = input.facts.regions;
    const auto first = regions.begin() + std::max(hit.region, 0); // of its cell
    const auto region = std::find_if(first, regions.end(), [value](const Region& one) {
        return one.kind == RegionKind::Attachment && value.start <= one.bytes.start && one.bytes.end <= value.end;
    });
    if (region == regions.end()) {
        return;
    }
    hit.region = static_cast<std::int32_t>(region - regions.begin());
    hit.bytes = region->bytes;
    const auto text = input.facts.text(input.artifact);
    if (region->form != TextForm::JsonStringList) {
        return;
    }
    auto start = value.start;
    for (auto end = start; (start = text.find('"', end)) < value.end; end += 1) {
        end = ++start;
        while (end < value.end && text[end] != '"') {
            end += text[end] == '\\' ? 2 : 1;
        }
        if (end > start) {
            hit.bytes = {start, std::min<std::uint64_t>(end, value.end)};
            return;
        }
    }
}

} // namespace

void check(const RuleInput& input, FindingSink& sink)
{
    for (const auto& flaw : input.facts.flaws) {
        const auto rows = flawRules();
        const auto row = std::find_if(rows.begin(), rows.end(), [&](const FlawRule& r) { return r.flaw == flaw.code; });
        if (row == rows.end()) {
            continue;
        }
        Hit hit;
        hit.rule = row->id;
        hit.bytes = flaw.bytes;
        hit.severity = row->severity;
        hit.confidence = Confidence::Certain;
        hit.message = agreeing(row->message, flaw.detail == "1");
        if (const auto slot = hit.message.find("{}"); slot != std::string::npos) {
            hit.message.replace(slot, 2, flaw.detail);
        }
        hit.arguments["detail"] = flaw.detail;
        if (flaw.cell >= 0) {
            const auto& regions = input.facts.regions;
            const auto region =
                std::find_if(regions.begin(), regions.end(), [&](const Region& r) { return r.cell == flaw.cell; });
            hit.region = region == regions.end() ? -1 : static_cast<std::int32_t>(region - regions.begin());
        }
        const bool metadata = flaw.code == "metadata-type";
        if (metadata) {
            hit.region = regionOfMetadata(input.facts, flaw.bytes);
        }
        if (flaw.code == "media-without-magic") {
            placeOfMedia(input, flaw.bytes, hit);
        }
        for (const auto place : flaw.others) {
            const auto region = metadata ? regionOfMetadata(input.facts, place) : -1;
            hit.evidence.push_back({"place", place, region, 0, {}});
        }
        sink.add(std::move(hit));
    }
}

} // namespace cupel::rules::malformed
