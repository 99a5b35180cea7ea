// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/pii/headers.h"

#include "analyzers/rules/pii/letters.h"
#include "analyzers/rules/pii/pii_row.h"

#include <algorithm>
#include <array>
#include <unordered_map>

namespace cupel::rules::pii {

namespace {

constexpr std::size_t longestHeader = 80;

bool isLower(char c)
{
    return c >= 'a' && c <= 'z';
}
bool isUpper(char c)
{
    return c >= 'A' && c <= 'Z';
}
bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

// Whose value it is: "customer email" is an e-mail address.
constexpr std::array<std::string_view, 82> owners{"account", "account holder", "acct", "adviser", "advisor", "agent",
    "alternate", "applicant", "assigned", "assignee", "attending", "author", "bank", "billing", "borrower", "business",
    "buyer", "candidate", "client", "cliente", "co applicant", "co borrower", "coach", "contact", "contact person",
    "cust", "customer", "doctor", "driver", "emp", "employee", "guest", "holder", "home", "insured", "kunden",
    "landlord", "legal", "mailing", "main", "member", "mentor", "mitarbeiter", "my", "new", "nurse", "old", "owner",
    "paciente", "participant", "passenger", "patient", "patienten", "paziente", "person", "personal", "physician",
    "policyholder", "primary", "private", "receiver", "recipient", "referring", "respondent", "responsible", "reviewer",
    "rider", "secondary", "seller", "sender", "shipping", "staff", "student", "supervisor", "teacher", "tenant",
    "treating", "tutor", "user", "visitor", "work", "worker"};
// What follows a name without changing what the values are.
constexpr std::array<std::string_view, 12> tails{
    "code", "nbr", "no", "nr", "num", "number", "raw", "str", "string", "text", "value", "clean"};

std::string_view withoutOwner(std::string_view header)
{
    for (const auto owner : owners) {
        if (header.size() > owner.size() + 1 && header.starts_with(owner) && header[owner.size()] == ' ') {
            return header.substr(owner.size() + 1);
        }
    }
    return header;
}

std::string_view withoutTail(std::string_view header)
{
    while (!header.empty() && (isDigit(header.back()) || header.back() == ' ')) {
        header.remove_suffix(1); // "address 2"
    }
    for (const auto tail : tails) {
        if (header.size() > tail.size() + 1 && header.ends_with(tail)
            && header[header.size() - tail.size() - 1] == ' ') {
            return header.substr(0, header.size() - tail.size() - 1);
        }
    }
    return header;
}

using Phrases = std::unordered_multimap<std::string_view, std::size_t>;

const Phrases& phrases()
{
    static const Phrases shared = [] {
        Phrases map;
        for (std::size_t row = 0; row < rows().size(); ++row) {
            auto list = rows()[row].headers;
            while (!list.empty()) {
                const auto end = std::min(list.find('\n'), list.size());
                map.emplace(list.substr(0, end), row);
                list.remove_prefix(std::min(list.size(), end + 1));
            }
        }
        return map;
    }();
    return shared;
}

} // namespace

std::string normaliseHeader(std::string_view name)
{
    std::string out;
    name = name.substr(0, longestHeader);
    for (const auto type : {std::string_view(" <"), std::string_view(" &lt;")}) { // "email <chr>" of R
        if (const auto at = name.rfind(type);
            at != std::string_view::npos && at > 0 && (name.ends_with('>') || name.ends_with("&gt;"))) {
            name = name.substr(0, at);
        }
    }
    for (std::size_t i = 0; i < name.size(); ++i) {
        const char c = name[i];
        const bool word = isLower(c) || isUpper(c) || isDigit(c) || static_cast<unsigned char>(c) >= 0x80;
        if (!word) {
            if (!out.empty() && out.back() != ' ') {
                out.push_back(' ');
            }
            continue;
        }
        // "firstName" and "IDNumber" are two words each.
        const bool begins = isUpper(c) && i > 0
            && (isLower(name[i - 1]) || (isUpper(name[i - 1]) && i + 1 < name.size() && isLower(name[i + 1])));
        if (begins && !out.empty() && out.back() != ' ') {
            out.push_back(' ');
        }
        out.push_back(isUpper(c) ? static_cast<char>(c + 32) : c);
    }
    while (!out.empty() && out.back() == ' ') {
        out.pop_back();
    }
    return smallLetters(out);
}

std::vector<HeaderMatch> rowsOfHeader(std::string_view normalised)
{
    std::vector<HeaderMatch> found;
    const auto take = [&found](std::string_view phrase, bool whole) {
        const auto [begin, end] = phrases().equal_range(phrase);
        for (auto it = begin; it != end; ++it) {
            const bool known = std::any_of(
                found.begin(), found.end(), [it](const HeaderMatch& match) { return match.row == it->second; });
            if (!known) {
                found.push_back({it->second, whole});
            }
        }
    };
    take(normalised, true);
    const auto plain = withoutTail(normalised);
    take(plain, plain.size() == normalised.size());
    const auto owned = withoutOwner(normalised);
    if (owned.size() != normalised.size()) {
        take(owned, false);
        take(withoutTail(owned), false);
        take(withoutOwner(owned), false);
    }
    // Words of one column written together: "emailaddress", "zipcode".
    std::string joined(plain);
    joined.erase(std::remove(joined.begin(), joined.end(), ' '), joined.end());
    if (joined != plain) {
        take(joined, false);
    }
    if (found.empty()) { // "médecin", which lists have as "medecin"
        if (const auto letters = plainLetters(normalised); letters != normalised) {
            take(letters, true);
        }
    }
    return found;
}

namespace {

std::string pressed(std::string_view text)
{
    std::string out(text);
    out.erase(std::remove(out.begin(), out.end(), ' '), out.end());
    return out;
}

template <typename Use> void eachColumn(const KnownDataSet& set, Use use)
{
    for (auto list = set.columns; !list.empty();) {
        const auto end = std::min(list.find('\n'), list.size());
        use(pressed(list.substr(0, end)));
        list.remove_prefix(std::min(list.size(), end + 1));
    }
}

} // namespace

const KnownDataSet* knownDataSet(const std::vector<std::string>& columns)
{
    std::vector<std::string> joined;
    joined.reserve(columns.size());
    std::transform(columns.begin(), columns.end(), std::back_inserter(joined), pressed);
    std::sort(joined.begin(), joined.end());
    for (const auto& set : knownDataSets()) {
        std::size_t hits = 0;
        eachColumn(set, [&](const std::string& column) {
            hits += std::binary_search(joined.begin(), joined.end(), column) ? 1 : 0;
        });
        if (hits >= set.enough) {
            return &set;
        }
    }
    return nullptr;
}

bool isOfDataSet(const KnownDataSet& set, std::string_view column)
{
    bool found = false;
    eachColumn(set, [&](const std::string& own) { found = found || own == pressed(column); });
    return found;
}

} // namespace cupel::rules::pii
