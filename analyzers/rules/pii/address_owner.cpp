// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/pii/address_owner.h"

#include <algorithm>
#include <array>
#include <vector>

namespace cupel::rules::pii {

namespace {

using namespace std::string_view_literals;

// What an address of an office, a list or a manual is made of. Sorted.
constexpr std::array offices{"account"sv, "admin"sv, "alert"sv, "analytics"sv, "billing"sv, "business"sv, "care"sv,
    "center"sv, "community"sv, "company"sv, "contact"sv, "corporate"sv, "customer"sv, "data"sv, "department"sv,
    "desk"sv, "dev"sv, "developer"sv, "developers"sv, "education"sv, "email"sv, "engineering"sv, "example"sv,
    "feedback"sv, "finance"sv, "first"sv, "global"sv, "group"sv, "hello"sv, "help"sv, "human"sv, "info"sv,
    "information"sv, "institute"sv, "lab"sv, "labs"sv, "last"sv, "learning"sv, "legal"sv, "list"sv, "machine"sv,
    "mail"sv, "mailing"sv, "marketing"sv, "media"sv, "my"sv, "name"sv, "news"sv, "office"sv, "online"sv, "open"sv,
    "operations"sv, "order"sv, "partner"sv, "press"sv, "privacy"sv, "product"sv, "project"sv, "public"sv, "relations"sv,
    "research"sv, "resources"sv, "sales"sv, "school"sv, "science"sv, "security"sv, "service"sv, "services"sv,
    "social"sv, "some"sv, "source"sv, "student"sv, "studio"sv, "supply"sv, "support"sv, "system"sv, "systems"sv,
    "team"sv, "tech"sv, "technology"sv, "test"sv, "training"sv, "university"sv, "user"sv, "web"sv, "your"sv};

bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80;
}

std::vector<std::string_view> wordsOf(std::string_view text)
{
    std::vector<std::string_view> out;
    for (std::size_t at = 0; at < text.size();) {
        auto end = at;
        while (end < text.size() && isLetter(text[end])) {
            ++end;
        }
        if (end > at) {
            out.push_back(text.substr(at, end - at));
        }
        at = std::max(end, at + 1);
    }
    return out;
}

bool isOffice(std::string_view word)
{
    return std::binary_search(offices.begin(), offices.end(), word);
}

} // namespace

Owner ownerOf(std::string_view address, std::string_view name)
{
    constexpr std::size_t shortest = 3; // letters of a word that says something
    const auto local = address.substr(0, address.find_first_of("@ [({"));
    std::vector<std::string_view> words = wordsOf(name); // used ones become empty
    if (words.empty() || std::any_of(words.begin(), words.end(), isOffice)) {
        return Owner::Unrelated;
    }
    const auto family = words.size() - 1;
    std::size_t whole = 0;
    std::size_t initials = 0;
    for (std::size_t at = 0; at < local.size();) {
        if (!isLetter(local[at])) {
            ++at; // separators and numbers
            continue;
        }
        const auto rest = local.substr(at);
        auto best = words.size();
        for (std::size_t i = 0; i < words.size(); ++i) {
            const bool starts = words[i].size() >= shortest && rest.starts_with(words[i]);
            best = starts && (best == words.size() || words[i].size() > words[best].size()) ? i : best;
        }
        if (best < words.size()) {
            ++whole;
            at += words[best].size();
        } else {
            for (best = 0; best < family && !words[best].starts_with(rest[0]); ++best) { }
            if (best >= family) {
                return Owner::Unrelated;
            }
            ++initials;
            ++at;
        }
        words[best] = {};
    }
    const bool byInitials =
        whole == 1 && words[family].empty() && (initials > 0 || name.find('.') != std::string_view::npos);
    return whole >= 2 ? Owner::Named : byInitials ? Owner::Likely : Owner::Unrelated;
}

} // namespace cupel::rules::pii
