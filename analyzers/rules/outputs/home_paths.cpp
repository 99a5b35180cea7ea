// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/outputs/home_paths.h"

#include "analyzers/formats/html/html_tags.h"
#include "analyzers/rules/outputs/leak_words.h"

#include <algorithm>
#include <array>

namespace cupel::rules::outputs {

namespace {

constexpr std::size_t longestUser = 40;
constexpr std::string_view azureClusters = "/mnt/batch/tasks/shared/LS_root/mounts/clusters/";

bool isAlnum(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}
bool isHostChar(char c)
{
    return isAlnum(c) || c == '-' || c == '.';
}
bool isUserChar(char c)
{
    return isHostChar(c) || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

bool follows(std::string_view text, std::size_t at, std::string_view word)
{
    return at <= text.size() && text.substr(at).starts_with(word);
}
bool precedes(std::string_view text, std::size_t at, std::string_view word)
{
    return at >= word.size() && text.substr(at - word.size(), word.size()) == word;
}

bool isGeneric(std::string_view name)
{
    return name.empty() || isGenericUser(formats::asciiLower(name));
}

// Names of Windows may hold blanks: they go on to the back slash.
std::size_t windowsUserEnd(std::string_view text, std::size_t from)
{
    const auto end = userEnd(text, from);
    auto at = end;
    while (at < text.size() && at - from < longestUser && (isUserChar(text[at]) || text[at] == ' ')) {
        ++at;
    }
    return at < text.size() && text[at] == '\\' && at > end ? at : end;
}

std::optional<HomePath> told(std::string_view text, std::size_t from, std::size_t user, std::string shown)
{
    HomePath path{from, userEnd(text, user), {}, {}, std::move(shown)};
    path.user = text.substr(user, path.end - user);
    if (isGeneric(path.user.substr(0, path.user.find('@')))) {
        return {};
    }
    return path;
}

// Behind "/home/", "/home2/" or "/homes/", where the name of the user begins, `at` behind "/home"; 0: it is none of
// them.
std::size_t behindHome(std::string_view text, std::size_t at)
{
    if (at < text.size() && (text[at] == 's' || (text[at] >= '0' && text[at] <= '9'))) {
        ++at;
    }
    return at < text.size() && text[at] == '/' ? at + 1 : 0;
}

std::string_view withoutNumber(std::string_view name)
{
    while (!name.empty() && name.back() >= '0' && name.back() <= '9') {
        name.remove_suffix(1);
    }
    return name;
}

// Where homes lie on a disk or a server of their own, "/data/home/" or "/mnt/nfs/home/": the beginning of the path
// whose "/home" stands at `home`; that place itself when nothing of the kind stands before it.
std::size_t mountOf(std::string_view text, std::size_t home)
{
    static constexpr std::array<std::string_view, 17> mounts{"afs", "cluster", "data", "disk", "export", "gpfs", "hpc",
        "lustre", "media", "mnt", "net", "nfs", "scratch", "storage", "u", "var", "vol"};
    constexpr std::size_t farthest = 24; // bytes of one name
    constexpr int mostNames = 2;
    auto root = home;
    auto mount = home;
    for (int names = 0; names < mostNames; ++names) {
        auto at = root;
        while (at > 0 && root - at < farthest && (isAlnum(text[at - 1]) || text[at - 1] == '_')) {
            --at;
        }
        if (at == root || at == 0 || text[at - 1] != '/') {
            break;
        }
        const auto name = withoutNumber(text.substr(at, root - at));
        root = at - 1;
        mount = std::binary_search(mounts.begin(), mounts.end(), name) ? root : mount;
    }
    return mount;
}

// A disk that many share, before "/users" at `users`: "/scratch", "/mnt/lab/x", "/dbfs/FileStore", "dbfs:". Only
// names that no address of a server begins with: "/api/users" and "/data/users" are routes.
struct Disk {
    std::size_t from = 0;
    std::string shown; // folders above and below the disk may tell something
};
std::optional<Disk> diskOf(std::string_view text, std::size_t users)
{
    static constexpr std::array<std::string_view, 16> disks{"FileStore", "Volumes", "Workspace", "afs", "beegfs",
        "ceph", "cephfs", "cloudfiles", "dbfs", "gpfs", "hpc", "lustre", "lustrefs", "mnt", "nfs", "scratch"};
    constexpr std::string_view scheme = "dbfs:";
    constexpr std::string_view dots = "/\u2026";
    constexpr std::size_t farthest = 40; // bytes of one name
    constexpr int mostNames = 4;
    auto root = users;
    std::string shown; // empty: no disk yet
    for (int names = 0; names < mostNames; ++names) {
        if (precedes(text, root, scheme)) {
            break;
        }
        auto at = root;
        while (at > 0 && root - at < farthest && (isUserChar(text[at - 1]) || text[at - 1] == ' ')) {
            --at;
        }
        const auto name = text.substr(at, root - at);
        if (name.empty() || at == 0 || text[at - 1] != '/' || name.front() == ' ' || name.back() == ' '
            || name == "api") {
            break;
        }
        if (std::binary_search(disks.begin(), disks.end(), withoutNumber(name))) {
            shown = ('/' + std::string(name)).append(root == users ? std::string_view() : dots);
        } else if (!shown.empty() && !shown.starts_with(dots)) {
            shown.insert(0, dots);
        }
        root = at - 1;
    }
    if (precedes(text, root, scheme)) {
        const auto from = root - scheme.size();
        return startsPath(text, from) ? std::optional(Disk{from, std::string(scheme) + shown}) : std::nullopt;
    }
    return !shown.empty() && startsPath(text, root) ? std::optional(Disk{root, std::move(shown)}) : std::nullopt;
}

// "/Users/" of a computer, of its Windows drive in WSL, of a disk that many share.
std::optional<HomePath> usersAt(std::string_view text, std::size_t at)
{
    constexpr std::size_t size = 7; // "/Users/"
    if (text[at + 1] == 'U') {
        const bool drive = at >= 6 && text.substr(at - 6, 5) == "/mnt/";
        const bool letter = at >= 2 && text[at - 1] == ':' && isAlnum(text[at - 2]);
        const auto root = drive ? at - 6 : letter ? at - 2 : at;
        if (startsPath(text, root)) {
            return told(text, root, at + size, "/Users/");
        }
    }
    if (const auto disk = diskOf(text, at)) {
        return told(text, disk->from, at + size, disk->shown + std::string(text.substr(at, size)));
    }
    return {};
}

// A machine of Azure ML is named after its user unless somebody thought of a name: then one of what it is for.
bool isNamedForWork(std::string_view machine)
{
    static constexpr std::array<std::string_view, 26> words{"ci", "cluster", "compute", "cpu", "default", "demo", "dev",
        "ds", "dsvm", "gpu", "inference", "instance", "lab", "ml", "nc", "notebook", "notebooks", "prod", "shared",
        "standard", "team", "test", "train", "training", "vm", "workspace"};
    while (!machine.empty()) {
        const auto size = std::min(machine.find('-'), machine.size());
        const auto part = formats::asciiLower(withoutNumber(machine.substr(0, size)));
        if (std::binary_search(words.begin(), words.end(), std::string_view(part)) || isGenericUser(part)) {
            return true;
        }
        machine.remove_prefix(std::min(machine.size(), size + 1));
    }
    return false;
}

// "/mnt/batch/tasks/shared/LS_root/mounts/clusters/machine/code/Users/name"
std::optional<HomePath> azureAt(std::string_view text, std::size_t at)
{
    constexpr std::string_view last = "/clusters/";
    constexpr std::string_view users = "/code/Users/";
    const auto root = at + last.size() - std::min(at + last.size(), azureClusters.size());
    if (!follows(text, root, azureClusters) || !startsPath(text, root)) {
        return {};
    }
    const auto start = at + last.size();
    const auto end = userEnd(text, start);
    HomePath path{root, end, {}, text.substr(start, end - start), std::string(azureClusters)};
    if (isGeneric(path.machine) || isNamedForWork(withoutNumber(path.machine))) {
        path.machine = {};
    }
    if (follows(text, end, users)) {
        const auto name = end + users.size();
        const auto user = text.substr(name, userEnd(text, name) - name);
        if (!isGeneric(user.substr(0, user.find('@')))) {
            path.user = user;
            path.end = name + user.size();
        }
    }
    return path.user.empty() && path.machine.empty() ? std::nullopt : std::optional(std::move(path));
}

} // namespace

bool startsPath(std::string_view text, std::size_t at)
{
    while (at > 0 && text[at - 1] == '_') {
        --at; // emphasis in Markdown; a name that ends with it has a letter before
    }
    if (at == 0) {
        return true;
    }
    const char before = text[at - 1];
    if (before == '/') {
        return precedes(text, at, "file://");
    }
    if (before == 'm' && endsColour(text.substr(0, at - 1))) {
        return true;
    }
    return !isAlnum(before) && before != '.' && before != '-' && before != '~' && before != '}' && before != ')';
}

std::size_t userEnd(std::string_view text, std::size_t at)
{
    constexpr std::size_t longestHost = 80;
    auto end = at;
    while (end < text.size() && isUserChar(text[end]) && end - at < longestUser) {
        ++end;
    }
    if (end > at && end + 1 < text.size() && text[end] == '@' && isAlnum(text[end + 1])) {
        const auto sign = end++;
        while (end < text.size() && isHostChar(text[end]) && end - sign < longestHost) {
            ++end;
        }
    }
    while (end > at && (text[end - 1] == '.' || text[end - 1] == '-')) {
        --end; // the end of a sentence
    }
    if (end == text.size() || text[end] != '/') {
        while (end > at && text[end - 1] == '_') {
            --end; // the end of an emphasis
        }
    }
    return end;
}

std::optional<HomePath> homeAt(std::string_view text, std::size_t at)
{
    switch (at + 1 < text.size() ? text[at + 1] : '\0') {
    case 'h':
        if (const auto user = follows(text, at, "/home") ? behindHome(text, at + 5) : 0; user > 0) {
            const auto root = mountOf(text, at);
            return startsPath(text, root) ? told(text, root, user, "/home/") : std::nullopt;
        }
        return {};
    case 'U':
        return follows(text, at, "/Users/") ? usersAt(text, at) : std::nullopt;
    case 'u':
        return follows(text, at, "/users/") ? usersAt(text, at) : std::nullopt;
    case 'c':
        return follows(text, at, "/clusters/") ? azureAt(text, at) : std::nullopt;
    default:
        return {};
    }
}

std::optional<HomePath> windowsHomeAt(std::string_view text, std::size_t at)
{
    const bool doubled = follows(text, at, "\\\\");
    const auto word = at + (doubled ? 2 : 1);
    if ((!follows(text, word, "Users\\") && !(doubled && follows(text, word, "Users\\\\"))) || at < 2
        || text[at - 1] != ':' || !isAlnum(text[at - 2])) {
        return {};
    }
    const auto user = word + (doubled && follows(text, word, "Users\\\\") ? 7 : 6);
    const auto end = windowsUserEnd(text, user);
    const auto name = text.substr(user, end - user);
    if (isGeneric(name)) {
        return {};
    }
    return HomePath{at - 2, end, name, {}, "C:\\Users\\"};
}

std::optional<HomePath> homeIn(std::string_view value)
{
    constexpr std::size_t farthest = 500;
    for (auto at = value.find_first_of("/\\"); at < std::min(value.size(), farthest);
        at = value.find_first_of("/\\", at + 1)) {
        if (auto path = value[at] == '/' ? homeAt(value, at) : windowsHomeAt(value, at)) {
            return path;
        }
    }
    return {};
}

} // namespace cupel::rules::outputs
