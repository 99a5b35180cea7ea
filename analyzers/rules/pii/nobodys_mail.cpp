// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/pii/nobodys_mail.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace cupel::rules::pii {

namespace {

bool isBelow(std::string_view domain, std::string_view name)
{
    return domain == name
        || (domain.size() > name.size() && domain.ends_with(name) && domain[domain.size() - name.size() - 1] == '.');
}

// "co.uk": a name below it is a domain of somebody, as one below "uk" is elsewhere.
bool isSecondLevel(std::string_view domain)
{
    static constexpr std::array<std::string_view, 10> words{
        "ac", "co", "com", "edu", "go", "gov", "ne", "net", "or", "org"};
    const auto dot = domain.find('.');
    return dot != std::string_view::npos && domain.size() == dot + 3
        && std::find(words.begin(), words.end(), domain.substr(0, dot)) != words.end();
}

// Mailing lists, whose members are many, and the machine itself, which nobody reaches from outside: neither the list
// nor the commands to it are anybody's address.
bool reachesNoPerson(std::string_view domain)
{
    static constexpr std::array<std::string_view, 7> hosts{"egroups.com", "freelists.org", "googlegroups.com",
        "groups.io", "lists.sourceforge.net", "vger.kernel.org", "yahoogroups.com"};
    static constexpr std::array<std::string_view, 5> starts{"list.", "listes.", "lists.", "listserv.", "mailman."};
    // A machine of somebody's domain: list.ru and list.co.uk are domains themselves, and may give mailboxes to people.
    const auto isMachine = [domain](std::string_view start) {
        return domain.starts_with(start) && domain.find('.', start.size()) != std::string_view::npos
            && !isSecondLevel(domain.substr(start.size()));
    };
    return std::any_of(hosts.begin(), hosts.end(), [domain](std::string_view host) { return isBelow(domain, host); })
        || std::any_of(starts.begin(), starts.end(), isMachine) || domain == "localhost.localdomain";
}

} // namespace

bool isNobodysMail(const std::string& local, const std::string& domain)
{
    static constexpr std::array<std::string_view, 22> machines{"noreply", "no-reply", "no_reply", "donotreply",
        "do-not-reply", "git", "hg", "svn", "mailer-daemon", "user", "username", "root", "example", "test", "someone",
        "somebody", "your.name", "your.email", "youremail", "yourname", "you", "me"};
    static constexpr std::array<std::string_view, 14> samples{"example.com", "example.org", "example.net",
        "example.edu", "test.com", "domain.com", "email.com", "yourdomain.com", "company.com", "mydomain.com",
        "foo.com", "bar.com", "users.noreply.github.com", "sample.com"};
    if (local.size() == 1 && domain.find('.') == 1) {
        return true; // a@b.com
    }
    const bool sample =
        std::any_of(samples.begin(), samples.end(), [&domain](std::string_view name) { return isBelow(domain, name); });
    static constexpr std::array<std::string_view, 6> ofLists{// commands to a mailing list
        "-unsubscribe", "-subscribe", "-request", "-owner", "-bounces", "-help"};
    const bool list =
        std::any_of(ofLists.begin(), ofLists.end(), [&](std::string_view end) { return local.ends_with(end); });
    return sample || list || reachesNoPerson(domain)
        || std::find(machines.begin(), machines.end(), local) != machines.end() || local.ends_with("noreply")
        || domain.find(".gserviceaccount.") != std::string::npos;
}

} // namespace cupel::rules::pii
