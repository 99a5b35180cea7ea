// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/fixes/raw_edit.h"

#include <algorithm>

namespace cupel::fixes {

void tidyEdits(std::vector<RawEdit>& edits)
{
    // The widest first among those that begin together, so that what lies inside it comes behind it.
    std::stable_sort(edits.begin(), edits.end(), [](const RawEdit& a, const RawEdit& b) {
        return a.bytes.start != b.bytes.start ? a.bytes.start < b.bytes.start : a.bytes.end > b.bytes.end;
    });
    std::vector<RawEdit> tidy;
    for (auto& edit : edits) {
        auto* last = tidy.empty() ? nullptr : &tidy.back();
        if (last && edit.bytes.start < last->bytes.end) {
            last->bytes.end = std::max(last->bytes.end, edit.bytes.end);
        } else if (last && last->bytes == edit.bytes && last->raw == edit.raw) {
            continue; // the same insertion twice
        } else {
            tidy.push_back(std::move(edit));
        }
    }
    edits = std::move(tidy);
}

std::string applyEdits(ByteView text, const std::vector<RawEdit>& edits)
{
    std::string out;
    out.reserve(text.size());
    std::uint64_t at = 0;
    for (const auto& edit : edits) {
        const auto start = std::min<std::uint64_t>(edit.bytes.start, text.size());
        if (start < at) {
            continue;
        }
        out.append(slice(text, {at, start}));
        out.append(edit.raw);
        at = std::min<std::uint64_t>(std::max(edit.bytes.end, start), text.size());
    }
    out.append(text.substr(at));
    return out;
}

std::vector<RawEdit> inverseEdits(ByteView text, const std::vector<RawEdit>& edits)
{
    std::vector<RawEdit> inverse;
    inverse.reserve(edits.size());
    std::uint64_t grown = 0; // may wrap: sums of differences still come out right
    for (const auto& edit : edits) {
        const auto start = edit.bytes.start + grown;
        inverse.push_back({{start, start + edit.raw.size()}, std::string(slice(text, edit.bytes))});
        grown += edit.raw.size() - edit.bytes.size();
    }
    return inverse;
}

} // namespace cupel::fixes
