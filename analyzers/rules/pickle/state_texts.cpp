// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/pickle/state_texts.h"

#include <algorithm>
#include <string>

namespace cupel::rules::pickle {

namespace {

bool isOnly(std::string_view text, std::string_view signs)
{
    return std::all_of(text.begin(), text.end(), [signs](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
            || signs.find(c) != std::string_view::npos;
    });
}

// A line of the text that SciPy compiles for each distribution (rv_generic._construct_argparser): three functions that
// sort their arguments, and call nothing but one method of their own.
bool isTemplateLine(std::string_view line)
{
    constexpr std::string_view head = "def _parse_args";
    constexpr std::string_view body = "    return ";
    constexpr std::string_view check = "self._argcheck_rvs(";
    if (line.empty()) {
        return true;
    }
    if (line.starts_with(head)) {
        const auto open = line.find('(');
        return open != std::string_view::npos && line.ends_with("):")
            && isOnly(line.substr(head.size(), open - head.size()), "_")
            && isOnly(line.substr(open + 1, line.size() - open - 3), "_ ,='");
    }
    if (!line.starts_with(body)) {
        return false;
    }
    auto rest = line.substr(body.size());
    if (rest.starts_with(check) && rest.ends_with(')')) {
        return isOnly(rest.substr(check.size(), rest.size() - check.size() - 1), "_ ,=");
    }
    const auto close = rest.find(')');
    return rest.starts_with('(') && close != std::string_view::npos && isOnly(rest.substr(1, close - 1), "_ ,")
        && isOnly(rest.substr(close + 1), "_ ,");
}

bool isArgumentTemplate(std::string_view text)
{
    for (std::size_t start = 0; start < text.size();) {
        const auto end = std::min(text.find('\n', start), text.size());
        if (!isTemplateLine(text.substr(start, end - start))) {
            return false;
        }
        start = end + 1;
    }
    return !text.empty();
}

} // namespace

ActingState actingState(const formats::PickleFacts& facts, const formats::PickleStateText& state)
{
    if (state.key == "filename") {
        const bool beside = !state.text.empty() && state.text.find_first_of("/\\:") == std::string::npos;
        return beside ? ActingState()
                      : ActingState{"CUP-PKL-LOADER", Severity::High,
                            "loads the file of that name, which lies in another folder"};
    }
    const auto* name = state.global < 0 ? nullptr : &facts.globals[static_cast<std::size_t>(state.global)];
    return name && name->module.starts_with("scipy.") && !isArgumentTemplate(state.text)
        ? ActingState{"CUP-PKL-CODE", Severity::Critical,
              "runs that text as code, and it is not the one that SciPy writes"}
        : ActingState();
}

} // namespace cupel::rules::pickle
