// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/outputs/inside_hosts.h"

#include <algorithm>
#include <array>

namespace cupel::rules::outputs {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

template <std::size_t Size> bool isOneOf(std::string_view word, const std::array<std::string_view, Size>& list)
{
    return std::find(list.begin(), list.end(), word) != list.end();
}

bool isInsideLabel(std::string_view label)
{
    static constexpr std::array<std::string_view, 6> labels{"corp", "internal", "intra", "intern", "intranet", "lan"};
    return isOneOf(label, labels);
}

// Of hosts that no address tells to be such: where companies have their domains.
bool isWellKnownEnd(std::string_view label)
{
    static constexpr std::array<std::string_view, 33> ends{"com", "net", "org", "edu", "de", "at", "ch", "fr", "nl",
        "be", "eu", "it", "es", "pt", "pl", "cz", "dk", "se", "no", "fi", "uk", "ie", "us", "ca", "au", "nz", "jp",
        "kr", "cn", "in", "br", "mx", "za"};
    return isOneOf(label, ends);
}

// What packages of languages begin with, and names for examples.
bool isNoHost(std::string_view first, std::string_view domain)
{
    static constexpr std::array<std::string_view, 10> packages{
        "com", "edu", "gov", "io", "java", "javax", "net", "org", "self", "sun"};
    return isOneOf(first, packages) || domain == "example" || domain == "domain" || domain == "yourcompany"
        || domain == "mycompany" || domain == "company";
}

} // namespace

bool isHostChar(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || isDigit(c) || c == '-' || c == '.';
}

ByteRange hostAround(std::string_view text, std::size_t at)
{
    constexpr std::size_t most = 200;
    auto start = at;
    while (start > 0 && at - start < most && isHostChar(text[start - 1])) {
        --start;
    }
    auto end = at;
    while (end < text.size() && end - at < most && isHostChar(text[end])) {
        ++end;
    }
    while (end > start && (text[end - 1] == '.' || text[end - 1] == '-')) {
        --end;
    }
    return {start, end};
}

bool isCompanyHost(std::string_view lowerHost, bool inAddress)
{
    constexpr std::size_t most = 10; // labels
    std::array<std::string_view, most> labels;
    std::size_t count = 0;
    for (auto rest = lowerHost; count < most; ++count) {
        const auto dot = rest.find('.');
        labels[count] = rest.substr(0, dot);
        if (labels[count].empty()) {
            return false;
        }
        if (dot == std::string_view::npos) {
            ++count;
            break;
        }
        rest.remove_prefix(dot + 1);
    }
    const auto end = labels[count - 1];
    const bool named =
        end.size() >= 2 && std::all_of(end.begin(), end.end(), [](char c) { return c >= 'a' && c <= 'z'; });
    if (count < 4 || !named || (!inAddress && !isWellKnownEnd(end)) || isNoHost(labels[0], labels[count - 2])) {
        return false;
    }
    // Something stands below the label, and the company's own name and end above it.
    return std::any_of(labels.begin() + 1, labels.begin() + static_cast<std::ptrdiff_t>(count - 2), isInsideLabel);
}

// A name that only a machine of one's own has: numbered with a leading zero, or by what stands in a computing centre.
// Numbers alone say nothing: compositions of containers call theirs mysql8 and worker1.
bool isMachineName(std::string_view lowerHost)
{
    static constexpr std::array<std::string_view, 16> roles{"a100", "cluster", "compute", "cpu", "dgx", "gpu",
        "gpunode", "gpuserver", "h100", "hpc", "login", "nas", "rack", "srv", "v100", "vm"};
    static constexpr std::array<std::string_view, 16> composed{"app", "broker", "es", "host", "kafka", "master",
        "mongo", "mysql", "node", "postgres", "redis", "server", "slave", "web", "worker", "zk"};
    static constexpr std::array<std::string_view, 4> computers{"laptop", "desktop", "macbook", "workstation"};
    constexpr std::size_t container = 12; // hexadecimal digits of its number
    const auto name = lowerHost;
    if (name.size() < 4 || name.size() > 63 || isDigit(name.front()) || name.front() == '-') {
        return false;
    }
    if (name.size() == container && name.find_first_not_of("0123456789abcdef") == std::string_view::npos) {
        return false;
    }
    if (std::any_of(computers.begin(), computers.end(),
            [name](auto word) { return name.size() > word.size() + 2 && name.find(word) != std::string_view::npos; })) {
        return true;
    }
    const auto digits = name.find_last_not_of("0123456789") + 1;
    const auto role = name.substr(0, name.find_last_not_of("0123456789-") + 1);
    const auto count = name.size() - digits;
    return role.size() >= 2
        && ((count >= 1 && isOneOf(role, roles)) || (count >= 2 && name[digits] == '0' && !isOneOf(role, composed)));
}

bool logsIn(std::string_view before)
{
    static constexpr std::array<std::string_view, 5> commands{"ssh", "scp", "sftp", "rsync", "ssh-copy-id"};
    const auto line = before.substr(before.find_last_of('\n') + 1);
    for (std::size_t at = 0; at < line.size();) {
        const auto from = std::min(line.find_first_not_of(" \t!%$(`\"'", at), line.size());
        const auto end = std::min(line.find_first_of(" \t!%$(`\"'", from), line.size());
        if (isOneOf(line.substr(from, end - from), commands)) {
            return true;
        }
        at = end;
    }
    return false;
}

} // namespace cupel::rules::outputs
