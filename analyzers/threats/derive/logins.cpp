// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/threats/derive/logins.h"

#include <algorithm>
#include <array>

namespace cupel::threats {

namespace {

using namespace std::string_view_literals;

constexpr std::array loginWords{"authorization"sv, "bearer "sv, "x-api-key"sv, "api-key"sv, "x-auth-token"sv};

bool holds(std::string_view text, std::string_view word)
{
    const auto same = [](char one, char other) { return (one >= 'A' && one <= 'Z' ? one + 32 : one) == other; };
    return std::search(text.begin(), text.end(), word.begin(), word.end(), same) != text.end();
}

template <typename List> bool holdsAny(std::string_view text, const List& words)
{
    return std::any_of(words.begin(), words.end(), [text](std::string_view word) { return holds(text, word); });
}

// "headers =" as well as "headers=", and not "no_headers=".
bool hasArgument(std::string_view call, std::string_view name)
{
    for (auto at = call.find(name); at != call.npos; at = call.find(name, at + 1)) {
        const bool starts = at > 0 && (call[at - 1] == '(' || call[at - 1] == ',' || call[at - 1] == ' ');
        const auto sign = call.find_first_not_of(" \t", at + name.size());
        if (starts && sign != call.npos && call[sign] == '=' && call.substr(sign, 2) != "==") {
            return true;
        }
    }
    return false;
}

template <typename List> bool hasAny(std::string_view call, const List& names)
{
    return std::any_of(names.begin(), names.end(), [call](std::string_view name) { return hasArgument(call, name); });
}

bool namesSomebody(std::string_view uri) // "postgresql://***@host/db"
{
    const auto sign = uri.find("://");
    if (sign == uri.npos) {
        return false;
    }
    const auto host = uri.substr(sign + 3);
    return host.substr(0, host.find_first_of("/?#")).find('@') != host.npos;
}

} // namespace

const CallingCode& CallingFiles::of(const std::string& path, std::string_view text)
{
    const auto known = m_files.find(path);
    return known != m_files.end() ? known->second
                                  : m_files.emplace(path, CallingCode{text, holdsAny(text, loginWords)}).first->second;
}

std::string_view loginOf(
    const CallingCode& code, ByteRange call, std::string_view api, std::string_view uri, bool sends)
{
    constexpr std::size_t longest = 4'096; // of a call: calls hold calls, and each is asked
    static constexpr std::array passwords{"auth"sv, "password"sv};
    static constexpr std::array tokens{
        "token"sv, "api_key"sv, "apikey"sv, "use_auth_token"sv, "access_token"sv, "cert"sv, "credentials"sv};
    static constexpr std::array clients{"requests.post"sv, "requests.put"sv, "requests.patch"sv, "requests.delete"sv,
        "httpx.post"sv, "httpx.put"sv, "httpx.patch"sv, "httpx.delete"sv};
    if (namesSomebody(uri)) {
        return "password";
    }
    if (call.empty() || call.end > code.text.size()) {
        return {};
    }
    const auto text = code.text.substr(call.start, std::min<std::uint64_t>(call.end - call.start, longest));
    if (hasAny(text, passwords)) {
        return "password";
    }
    if (hasAny(text, tokens) || holdsAny(text, loginWords)) {
        return "token";
    }
    static constexpr std::array either{"headers"sv, "cookies"sv, "params"sv};
    if (hasAny(text, either)) { // what is in them stands elsewhere in the file, if it stands anywhere
        return hasArgument(text, "headers") && code.namesLogin ? "token"sv : ""sv;
    }
    const bool plain =
        std::any_of(clients.begin(), clients.end(), [api](std::string_view client) { return api == client; });
    return sends && plain && text.find("**") == text.npos ? "none"sv : ""sv;
}

} // namespace cupel::threats
