// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/review/model_listing.h"

#include "analyzers/base/hash.h"
#include "analyzers/base/utf8.h"
#include "analyzers/fixes/preview.h"
#include "analyzers/formats/pickle/pickle_facts.h"
#include "analyzers/model/name_mask.h"

#include <algorithm>

namespace cupel::review {

namespace {

constexpr std::size_t longestLine = 300;
constexpr std::size_t digits = 16; // of a digest

// What tells two versions of the numbers apart; empty: they are elsewhere.
std::string digestOf(const Analysis& analysis, const ModelTensor& tensor, Budget& budget)
{
    const auto bytes = slice(analysis.artifact.view(), tensor.bytes);
    if (!tensor.storedIn.empty() || bytes.empty() || !budget.spend(bytes.size())) {
        return {};
    }
    return "  #" + toHex(sha256(bytes)).substr(0, digits);
}

std::string shapeText(const std::vector<std::uint64_t>& shape)
{
    std::string out;
    for (const auto extent : shape) {
        out += (out.empty() ? "" : " \u00d7 ") + std::to_string(extent);
    }
    return out.empty() ? "1" : out;
}

} // namespace

std::string modelListing(const Analysis& analysis, std::size_t most, Budget& budget)
{
    const auto& facts = analysis.facts;
    const auto* model = facts.model.get();
    const auto* pickle = formats::pickleFacts(facts);
    if (facts.hasLines || (!model && !pickle)) {
        return {};
    }
    const NameMask mask(analysis);
    std::string out;
    // One line each, whatever the file says; false: there is no more room.
    const auto line = [&](const std::string& text) {
        out += toDisplay(text, longestLine) + '\n';
        return out.size() < most && budget.spend(text.size());
    };
    bool room = model ? line(mask(model->kind)) : true;
    for (std::size_t i = 0; room && model && i < model->metadata.size(); ++i) {
        room = line(mask(model->metadata[i].key) + " = " + mask(model->metadata[i].value));
    }
    for (std::size_t i = 0; room && model && i < model->tensors.size(); ++i) {
        const auto& tensor = model->tensors[i];
        room = line(mask(tensor.name) + "  " + mask(tensor.dtype) + "  " + shapeText(tensor.shape)
            + digestOf(analysis, tensor, budget));
    }
    for (std::size_t i = 0; room && model && i < model->operators.size(); ++i) {
        const auto& one = model->operators[i];
        room =
            line(mask(one.domain.empty() ? one.name : one.domain + "::" + one.name) + "  " + std::to_string(one.count));
    }
    for (std::size_t i = 0; room && pickle && i < pickle->program.size(); ++i) {
        room = line(mask(formats::withoutSensitive(pickle->program[i].text, analysis.sensitive)));
    }
    for (std::size_t i = 0; room && i < facts.regions.size(); ++i) {
        const auto& region = facts.regions[i];
        if (region.kind == RegionKind::Template) {
            room = line(mask(region.name) + ":");
            out += fixes::shownRegion(analysis, region).substr(0, most - std::min(most, out.size()));
            out += out.ends_with('\n') ? "" : "\n";
        }
    }
    return out;
}

} // namespace cupel::review
