// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/notebook/item_match.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <unordered_map>

namespace cupel::widgets {

namespace {

using Places = std::unordered_map<std::string_view, std::vector<int>>;

const formats::Cell* cellOf(const ReviewDocument& document, const Item& item)
{
    return document.notebook() && item.kind == Item::Kind::Cell
        ? &document.notebook()->cells[static_cast<std::size_t>(item.cell)]
        : nullptr;
}

std::string_view sourceOf(const ReviewDocument& document, const formats::Cell& cell)
{
    const auto& analysis = document.analysis();
    return cell.source < 0 ? std::string_view()
                           : slice(analysis.facts.text(analysis.artifact), document.region(cell.source).bytes);
}

// The first after the last one taken, so that equal cells keep their order.
int pick(const Places& places, std::string_view key, int last)
{
    const auto known = places.find(key);
    if (known == places.end()) {
        return -1;
    }
    const auto next = std::upper_bound(known->second.begin(), known->second.end(), last);
    return next == known->second.end() ? known->second.back() : *next;
}

} // namespace

std::vector<int> matchItems(const ReviewDocument& before, const ReviewDocument& after)
{
    Places ids;
    Places sources;
    int whole = -1;
    for (std::size_t i = 0; i < after.items().size(); ++i) {
        const auto& item = after.items()[i];
        if (const auto* cell = cellOf(after, item)) {
            ids[cell->id].push_back(static_cast<int>(i));
            sources[sourceOf(after, *cell)].push_back(static_cast<int>(i));
        } else if (item.kind == Item::Kind::Whole) {
            whole = static_cast<int>(i);
        }
    }
    std::vector<int> matches;
    int last = -1;
    for (std::size_t i = 0; i < before.items().size(); ++i) {
        const auto& item = before.items()[i];
        int match = item.kind == Item::Kind::Whole ? whole : static_cast<int>(i);
        if (const auto* cell = cellOf(before, item)) {
            const auto named = ids.find(cell->id);
            const bool unique = !cell->id.empty() && named != ids.end() && named->second.size() == 1;
            match = unique ? named->second.front() : pick(sources, sourceOf(before, *cell), last);
            last = std::max(last, match);
        }
        matches.push_back(match < static_cast<int>(after.items().size()) ? match : -1);
    }
    return matches;
}

int placeOf(const std::vector<int>& matches, int item, int count)
{
    int place = item;
    for (int back = item; back >= 0 && back < static_cast<int>(matches.size()); --back) {
        if (const int match = matches[static_cast<std::size_t>(back)]; match >= 0) {
            place = match + (item - back);
            break;
        }
    }
    return std::clamp(place, 0, std::max(0, count - 1));
}

} // namespace cupel::widgets
