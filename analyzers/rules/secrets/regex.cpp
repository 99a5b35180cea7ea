// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/secrets/regex.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <algorithm>
#include <memory>

namespace cupel::rules::secrets {

namespace {

constexpr std::uint32_t littleLimit = 5'000;
constexpr std::uint32_t matchLimit = 200'000; // a search that meets it is told as given up

struct ThreadData {
    pcre2_match_data* data = pcre2_match_data_create(16, nullptr);
    pcre2_match_context* little = pcre2_match_context_create(nullptr);
    pcre2_match_context* whole = pcre2_match_context_create(nullptr);
    ThreadData()
    {
        pcre2_set_match_limit(little, littleLimit);
        pcre2_set_match_limit(whole, matchLimit);
    }
    ~ThreadData()
    {
        pcre2_match_data_free(data);
        pcre2_match_context_free(little);
        pcre2_match_context_free(whole);
    }
    ThreadData(const ThreadData&) = delete;
    ThreadData& operator=(const ThreadData&) = delete;
};

} // namespace

Regex::~Regex()
{
    pcre2_code_free(static_cast<pcre2_code*>(m_code));
}

void Regex::compile(std::string_view pattern, bool anchored) const
{
    int error = 0;
    PCRE2_SIZE offset = 0;
    // Anchored when it is compiled: given to each match instead, it would keep PCRE2 from its compiled code.
    auto* code = pcre2_compile(reinterpret_cast<PCRE2_SPTR>(pattern.data()), pattern.size(),
        anchored ? PCRE2_ANCHORED : 0, &error, &offset, nullptr);
    if (!code) {
        return; // the build checked every pattern; a null code never matches
    }
    pcre2_jit_compile(code, PCRE2_JIT_COMPLETE); // without it matching is slower, not wrong
    const int group = pcre2_substring_number_from_name(code, reinterpret_cast<PCRE2_SPTR>("secret"));
    m_secretGroup = group > 0 ? group : 0;
    m_code = code;
}

std::optional<RegexMatch> Regex::find(
    std::string_view pattern, ByteView text, std::uint64_t start, bool anchored, Effort effort, bool& gaveUp) const
{
    std::call_once(m_once, [this, pattern, anchored] { compile(pattern, anchored); });
    if (!m_code) {
        return {};
    }
    thread_local const ThreadData local;
    auto* const context = effort == Effort::Little ? local.little : local.whole;
    const auto* code = static_cast<const pcre2_code*>(m_code);
    const auto match = [&](std::uint32_t options) {
        return pcre2_match(
            code, reinterpret_cast<PCRE2_SPTR>(text.data()), text.size(), start, options, local.data, context);
    };
    int count = match(0);
    if (count == PCRE2_ERROR_JIT_STACKLIMIT) {
        count = match(PCRE2_NO_JIT); // slower, on the heap
    }
    if (count <= 0) {
        gaveUp = gaveUp || count != PCRE2_ERROR_NOMATCH; // the match limit above all
        return {};
    }
    const auto* offsets = pcre2_get_ovector_pointer(local.data);
    RegexMatch result;
    result.whole = {offsets[0], offsets[1]};
    result.secret = result.whole;
    if (m_secretGroup > 0 && m_secretGroup < count && offsets[2 * m_secretGroup] != PCRE2_UNSET) {
        result.secret = {offsets[2 * m_secretGroup], offsets[2 * m_secretGroup + 1]};
    }
    return result;
}

} // namespace cupel::rules::secrets
