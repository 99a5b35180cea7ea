// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/ground_digests.h"

#include "analyzers/base/hash.h"
#include "analyzers/rules/line_essence.h"

#include <algorithm>
#include <tuple>

namespace cupel::rules {

std::string GroundDigests::of(const Hit& hit)
{
    auto grounds = hit.grounds;
    const auto order = [](const Hit::Ground& ground) { return std::tie(ground.bytes.start, ground.bytes.end); };
    std::sort(grounds.begin(), grounds.end(), [&](const auto& a, const auto& b) { return order(a) < order(b); });
    grounds.erase(
        std::unique(grounds.begin(), grounds.end(), [](const auto& a, const auto& b) { return a.bytes == b.bytes; }),
        grounds.end());
    if (hit.onAllCode) {
        grounds.assign(1, {});
    }
    std::string shown = "cupel-code-1\n" + hit.rule + '\n';
    std::string raw = "cupel-code-2\n" + hit.rule + '\n';
    for (const auto& ground : grounds) {
        const auto& both = digests(ground);
        shown += both.first;
        raw += both.second;
    }
    return toHex(sha256(shown)).substr(0, 16) + toHex(sha256(raw)).substr(0, 3);
}

// An empty ground, and what would take too long, stand for all code.
const GroundDigests::Digests& GroundDigests::digests(const Hit::Ground& ground)
{
    constexpr std::uint64_t most = 64 << 20;
    const auto bytes = m_bytes > most ? ByteRange() : ground.bytes;
    const auto [known, fresh] = m_known.try_emplace({bytes.start, bytes.end});
    if (fresh) {
        m_bytes += bytes.size();
        const std::vector<Hit::Ground> one{ground};
        const auto& parts = bytes.empty() ? m_code : one;
        known->second = {digest(parts, m_masks), digest(parts, {})};
    }
    return known->second;
}

std::string GroundDigests::digest(const std::vector<Hit::Ground>& parts, const std::vector<Masked>& masks) const
{
    std::string all;
    for (const auto& part : parts) {
        const auto text = maskedText(m_text, part.bytes, isPlain(m_facts, part.region), masks);
        all += codeEssence(withoutValues(text)) + '\n';
    }
    return toHex(sha256(all));
}

} // namespace cupel::rules
