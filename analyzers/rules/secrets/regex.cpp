// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/secrets/regex.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <algorithm>
#include <memory>

namespace cupel::rules::secrets {

namespace {

constexpr std::uint32_t matchLimit = 200'000;

struct ThreadData {
    pcre2_match_data* data = pcre2_match_data_create(16, nullptr);
    pcre2_match_context* context = pcre2_match_context_create(nullptr);
    ThreadData() { pcre2_set_match_limit(context, matchLimit); }
    ~ThreadData()
    {
        pcre2_match_data_free(data);
        pcre2_match_context_free(context);
    }
    ThreadData(const ThreadData&) = delete;
    ThreadData& operator=(const ThreadData&) = delete;
};

} // namespace

Regex::~Regex()
{
    pcre2_code_free(static_cast<pcre2_code*>(m_code));
}

void Regex::compile(std::string_view pattern) const
{
    int error = 0;
    PCRE2_SIZE offset = 0;
    auto* code =
        pcre2_compile(reinterpret_cast<PCRE2_SPTR>(pattern.data()), pattern.size(), 0, &error, &offset, nullptr);
    if (!code) {
        return; // the build checked every pattern; a null code never matches
    }
    pcre2_jit_compile(code, PCRE2_JIT_COMPLETE); // without it matching is slower, not wrong
    const int group = pcre2_substring_number_from_name(code, reinterpret_cast<PCRE2_SPTR>("secret"));
    m_secretGroup = group > 0 ? group : 0;
    m_code = code;
}

std::optional<RegexMatch> Regex::find(std::string_view pattern, ByteView text, std::uint64_t start, bool anchored) const
{
    std::call_once(m_once, [this, pattern] { compile(pattern); });
    if (!m_code) {
        return {};
    }
    thread_local const ThreadData local;
    const auto* code = static_cast<const pcre2_code*>(m_code);
    const int count = pcre2_match(code, reinterpret_cast<PCRE2_SPTR>(text.data()), text.size(), start,
        anchored ? PCRE2_ANCHORED : 0, local.data, local.context);
    if (count <= 0) {
        return {};
    }
    const auto* offsets = pcre2_get_ovector_pointer(local.data);
    RegexMatch match;
    match.whole = {offsets[0], offsets[1]};
    match.secret = match.whole;
    if (m_secretGroup > 0 && m_secretGroup < count && offsets[2 * m_secretGroup] != PCRE2_UNSET) {
        match.secret = {offsets[2 * m_secretGroup], offsets[2 * m_secretGroup + 1]};
    }
    return match;
}

} // namespace cupel::rules::secrets
