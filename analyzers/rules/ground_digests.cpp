// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/ground_digests.h"

#include "analyzers/base/hash.h"
#include "analyzers/rules/line_essence.h"
#include "analyzers/rules/value_digest.h"

#include <algorithm>

namespace cupel::rules {

std::string GroundDigests::of(const Hit& hit)
{
    auto grounds = hit.grounds;
    const auto place = [](const Hit::Ground& one) {
        return Place{one.bytes.start, one.bytes.end, one.nesting, one.python};
    };
    std::sort(grounds.begin(), grounds.end(), [&](const auto& a, const auto& b) { return place(a) < place(b); });
    const auto same = [&](const auto& a, const auto& b) { return place(a) == place(b); };
    grounds.erase(std::unique(grounds.begin(), grounds.end(), same), grounds.end());
    if (hit.onAllCode) {
        grounds.assign(1, {});
    }
    std::string whole = "cupel-code-3\n" + hit.rule + '\n';
    for (const auto& ground : grounds) {
        whole += digest(ground);
    }
    return toHex(sha256(whole)).substr(0, 16);
}

// An empty ground, and what would take too long, stand for all code.
const std::string& GroundDigests::digest(const Hit::Ground& ground)
{
    constexpr std::uint64_t most = 64 << 20;
    const bool all = m_bytes > most || ground.bytes.empty();
    const auto [known, fresh] =
        m_known.try_emplace(all ? Place{} : Place{ground.bytes.start, ground.bytes.end, ground.nesting, ground.python});
    if (fresh) {
        readMasks();
        std::string text;
        if (all) {
            std::for_each(m_code.begin(), m_code.end(), [&](const auto& one) { appendText(one, text); });
        } else {
            m_bytes += ground.bytes.size();
            appendText(ground, text);
        }
        known->second = toHex(sha256(text));
    }
    return known->second;
}

void GroundDigests::appendText(const Hit::Ground& ground, std::string& out) const
{
    const auto text = maskedText(m_text, ground.bytes, isPlain(m_facts, ground.region), m_told);
    if (ground.python) {
        out += codeEssence(withoutValues(text));
    } else { // of commands every sign counts
        const auto first = std::min(text.find_first_not_of(" \t\r\n"), text.size());
        out.append(text, first, text.find_last_not_of(" \t\r\n") + 1 - first);
    }
    out += '\n' + std::to_string(ground.nesting) + '\n';
}

void GroundDigests::readMasks()
{
    if (m_told.size() == m_masks.size()) {
        return;
    }
    m_told = m_masks;
    for (auto& mask : m_told) {
        mask.shown = valueDigest({maskedText(m_text, mask.bytes, false, {})});
    }
}

} // namespace cupel::rules
