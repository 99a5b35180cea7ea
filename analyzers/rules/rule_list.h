// SPDX-License-Identifier: GPL-3.0-or-later
// What groups of rules describe themselves to: takes all descriptions, the one of an id, or only their number. Texts of
// nearly a thousand rules are built when somebody reads them, not whenever a file is judged.
#pragma once

#include "analyzers/model/rule.h"

#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

namespace cupel::rules {

class RuleList {
public:
    [[nodiscard]] static RuleList all() { return RuleList(true, {}); }
    [[nodiscard]] static RuleList one(std::string_view id) { return RuleList(true, id); }
    [[nodiscard]] static RuleList number() { return RuleList(false, {}); }

    // Every rule is asked for, once; only those that are wanted are added.
    [[nodiscard]] bool wants(std::string_view id)
    {
        ++m_count;
        return m_texts && (m_only.empty() || m_only == id);
    }
    // True: only the number is wanted, and that was `count` rules.
    [[nodiscard]] bool onlyCounts(std::size_t count)
    {
        m_count += m_texts ? 0 : count;
        return !m_texts;
    }
    void add(RuleInfo rule) { m_rules.push_back(std::move(rule)); }

    [[nodiscard]] std::size_t count() const { return m_count; }
    [[nodiscard]] std::vector<RuleInfo>& rules() { return m_rules; }

private:
    RuleList(bool texts, std::string_view only)
        : m_texts(texts)
        , m_only(only)
    {
    }

    bool m_texts;
    std::string_view m_only;
    std::size_t m_count = 0;
    std::vector<RuleInfo> m_rules;
};

} // namespace cupel::rules
