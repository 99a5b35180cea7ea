// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/model/name_mask.h"

#include "analyzers/base/json_text.h"
#include "analyzers/base/redact.h"

#include <algorithm>

namespace cupel {

namespace {

constexpr std::size_t shortestValue = 4; // shorter ones would black out half of every name

} // namespace

NameMask::NameMask(const Analysis& analysis)
{
    const ByteView text = analysis.facts.text(analysis.artifact);
    for (const ByteRange file : analysis.sensitive) {
        const ByteView value = slice(text, analysis.facts.fromFile(file));
        if (value.size() >= shortestValue) {
            m_values.emplace_back(value);
        }
        if (value.find('\\') != ByteView::npos) { // names are shown as they read, not as a JSON file writes them
            std::string read;
            OffsetMap map;
            unescapeJson(value, 0, value.size(), false, read, map, value.size());
            if (read.size() >= shortestValue) {
                m_values.push_back(std::move(read));
            }
        }
    }
    std::sort(m_values.begin(), m_values.end());
    m_values.erase(std::unique(m_values.begin(), m_values.end()), m_values.end());
    std::stable_sort(m_values.begin(), m_values.end(),
        [](const std::string& a, const std::string& b) { return a.size() > b.size(); });
}

std::string NameMask::operator()(std::string_view text) const
{
    std::string out(text);
    for (const auto& value : m_values) {
        maskValue(out, value);
    }
    return out;
}

} // namespace cupel
