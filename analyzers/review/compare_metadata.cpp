// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/review/compare_metadata.h"

#include "analyzers/base/hash.h"
#include "analyzers/fixes/preview.h"
#include "analyzers/formats/notebook/notebook_facts.h"
#include "analyzers/formats/region_text.h"
#include "analyzers/model/name_mask.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <string_view>
#include <utility>

namespace cupel::review {

namespace {

constexpr std::size_t mostText = 256 << 10; // of one entry
constexpr std::size_t mostEntries = 20'000; // of a version

struct Entry {
    std::string name;
    std::string told; // the name, masked: people and tokens may be keys
    std::string shown;
    Sha256 key{}; // of the text without its blanks: two programs indent the same differently
};

std::vector<Entry> entriesOf(const Analysis& analysis, Budget& budget)
{
    const auto text = analysis.facts.text(analysis.artifact);
    const NameMask mask(analysis);
    std::vector<Entry> out;
    for (const Region& region : analysis.facts.regions) {
        const bool outside = region.cell < 0 && region.output < 0 && region.kind != RegionKind::Image;
        if (!outside || out.size() >= mostEntries) {
            continue;
        }
        if (!budget.spend(region.bytes.size())) {
            break;
        }
        Sha256Stream digest;
        formats::RegionReader reader(text, region);
        formats::TextPiece piece;
        while (reader.next(piece)) {
            std::string bare = piece.text.substr(piece.overlap);
            std::erase_if(bare, [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; });
            digest.add(bare);
        }
        std::string shown = fixes::shownRegion(analysis, region);
        if (shown.size() > mostText) {
            shown.resize(mostText);
            shown += "\n\u2026";
        }
        out.push_back({region.name, mask(region.name), std::move(shown), digest.finish()});
    }
    return out;
}

} // namespace

std::vector<OutsideEntry> compareOutside(const FileChange& change, Budget& budget)
{
    const auto isNotebook = [](const AnalysisPtr& one) {
        return one && one->artifact.bytes && formats::notebookFacts(one->facts) != nullptr;
    };
    if (!isNotebook(change.before) || !isNotebook(change.after)) {
        return {};
    }
    auto before = entriesOf(*change.before, budget);
    auto after = entriesOf(*change.after, budget);
    std::multimap<std::string_view, std::size_t> open; // of one name in their order
    for (std::size_t i = 0; i < before.size(); ++i) {
        open.emplace(before[i].name, i);
    }
    constexpr auto none = static_cast<std::size_t>(-1);
    std::vector<std::size_t> partners;
    std::vector<bool> taken(before.size());
    for (const Entry& now : after) {
        const auto found = open.lower_bound(now.name);
        const bool known = found != open.end() && found->first == now.name;
        partners.push_back(known ? found->second : none);
        if (known) {
            taken[found->second] = true;
            open.erase(found);
        }
    }
    std::vector<OutsideEntry> out;
    std::size_t next = 0; // of the old ones: those before it are told
    const auto addGone = [&](std::size_t end) {
        for (; next < end; ++next) {
            if (!taken[next]) {
                out.push_back({before[next].told, std::move(before[next].shown), {}, true});
            }
        }
    };
    for (std::size_t i = 0; i < after.size(); ++i) {
        Entry& now = after[i];
        if (partners[i] == none) {
            out.push_back({now.told, {}, std::move(now.shown), true});
            continue;
        }
        addGone(partners[i]);
        Entry& was = before[partners[i]];
        const bool changed = was.key != now.key;
        auto wasShown = changed ? std::move(was.shown) : now.shown;
        out.push_back({now.told, std::move(wasShown), std::move(now.shown), changed});
    }
    addGone(before.size());
    return out;
}

} // namespace cupel::review
