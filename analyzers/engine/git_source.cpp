// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/engine/git_source.h"

#include "analyzers/base/budget.h"
#include "analyzers/engine/analyze.h"
#include "analyzers/engine/file_source.h"

#include <algorithm>

#include <cerrno>
#include <cstring>
#include <string_view>
#include <vector>

#include <fcntl.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

namespace cupel::engine {

namespace {

Error failed(const std::string& what)
{
    return {ErrorCode::NotFound, 0, what};
}

Error unknown(const std::string& revision)
{
    return {ErrorCode::Unsupported, 0, "git knows no revision '" + revision + "'"};
}

bool readAll(int fd, std::uint64_t most, std::string& out)
{
    char piece[64 << 10];
    while (true) {
        const auto got = ::read(fd, piece, sizeof piece);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0) {
            return got == 0;
        }
        out.append(piece, static_cast<std::size_t>(got));
        if (out.size() > most) {
            return false;
        }
    }
}

// The user's environment, but nothing may be fetched: a repository can name a program to fetch with.
std::vector<std::string> quietEnvironment()
{
    std::vector<std::string> out{
        "GIT_ALLOW_PROTOCOL=", "GIT_NO_LAZY_FETCH=1", "GIT_OPTIONAL_LOCKS=0", "GIT_TERMINAL_PROMPT=0"};
    for (char** entry = environ; entry && *entry; ++entry) {
        const std::string_view text(*entry);
        const bool ours = std::any_of(out.begin(), out.begin() + 4,
            [&text](const std::string& one) { return text.starts_with(one.substr(0, one.find('=') + 1)); });
        if (!ours) {
            out.emplace_back(text);
        }
    }
    return out;
}

std::vector<char*> pointers(std::vector<std::string>& words)
{
    std::vector<char*> out;
    for (auto& word : words) {
        out.push_back(word.data());
    }
    out.push_back(nullptr);
    return out;
}

// What git writes, when it succeeds.
Result<std::string> askGit(
    const std::string& folder, const std::vector<std::string>& command, std::uint64_t mostBytes, const std::string& no)
{
    std::vector<std::string> words{"git", "-C", folder, "--no-pager", "-c", "core.fsmonitor=false", "-c",
        "core.hooksPath=/dev/null", "-c", "protocol.allow=never"};
    words.insert(words.end(), command.begin(), command.end());
    auto arguments = pointers(words);
    auto variables = quietEnvironment();
    auto environment = pointers(variables);
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) {
        return failed(std::string("cannot start git: ") + std::strerror(errno));
    }
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    ::posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    ::posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    pid_t child = 0;
    const int error = ::posix_spawnp(&child, "git", &actions, nullptr, arguments.data(), environment.data());
    ::posix_spawn_file_actions_destroy(&actions);
    ::close(ends[1]);
    if (error != 0) {
        ::close(ends[0]);
        return failed(error == ENOENT ? std::string("git is not installed here")
                                      : std::string("cannot start git: ") + std::strerror(error));
    }
    std::string bytes;
    const bool whole = readAll(ends[0], mostBytes, bytes);
    ::close(ends[0]);
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) { }
    if (!whole) {
        return Error{ErrorCode::TooLarge, 0, "the earlier revision is larger than the limit"};
    }
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        return failed(no);
    }
    return bytes;
}

// Without a repository no revision is missing: there is none at all. A revision that nobody knows is a slip of the pen.
Error whyNot(const Error& error, const std::string& revision, const std::string& folder)
{
    constexpr std::uint64_t shortAnswer = 64 << 10;
    if (error.code == ErrorCode::TooLarge) {
        return error;
    }
    if (!askGit(folder, {"rev-parse", "--git-dir"}, shortAnswer, error.detail)) {
        return failed("this folder is in no git repository");
    }
    if (!askGit(folder, {"rev-parse", "--verify", "--quiet", revision + "^{tree}"}, shortAnswer, error.detail)) {
        return unknown(revision);
    }
    return error;
}

std::string folderOf(const std::string& path)
{
    const auto slash = path.rfind('/');
    return slash == std::string::npos ? std::string(".") : path.substr(0, slash + 1);
}

// A revision never becomes an option, nor a path.
bool isRevision(const std::string& text)
{
    return !text.empty() && text.size() <= 1000 && text.front() != '-' && text.find(':') == std::string::npos
        && text.find('\0') == std::string::npos;
}

// Whether the repository of a file has the revision.
bool isKnown(const std::string& revision, const std::string& path)
{
    constexpr std::uint64_t shortAnswer = 64 << 10;
    return askGit(folderOf(path), {"rev-parse", "--verify", "--quiet", revision + "^{tree}"}, shortAnswer, {}) ? true
                                                                                                               : false;
}

bool isFolder(const std::string& path)
{
    struct stat info{};
    return ::stat(path.c_str(), &info) == 0 && S_ISDIR(info.st_mode);
}

// Git does not store such names, but a made-up tree may hold them.
bool staysInside(const std::string& name)
{
    return !name.empty() && name.front() != '/' && ("/" + name + "/").find("/../") == std::string::npos;
}

bool isExcluded(const std::string& name, const std::vector<std::string>& exclude)
{
    return std::any_of(
        exclude.begin(), exclude.end(), [&name](const std::string& glob) { return globMatches(glob, name); });
}

// Judged with all that is inside it.
void addAnalyses(Artifact artifact, const ScanOptions& options, Budget& budget, Workspace& out)
{
    std::vector<Artifact> waiting{std::move(artifact)};
    while (!waiting.empty() && !budget.stopped()) {
        Artifact next = std::move(waiting.back());
        waiting.pop_back();
        const std::string path = next.path;
        out.analyses[path] = std::make_shared<const Analysis>(analyze(
            std::move(next), options, budget, [&waiting](Artifact child) { waiting.push_back(std::move(child)); }));
    }
}

} // namespace

Result<std::shared_ptr<const std::string>> gitBlob(
    const std::string& revision, const std::string& path, std::uint64_t mostBytes)
{
    if (!isRevision(revision)) {
        return unknown(revision);
    }
    // "REV:./name" is looked up from the folder of the file.
    const auto slash = path.rfind('/');
    const auto folder = folderOf(path);
    const auto name = path.substr(slash == std::string::npos ? 0 : slash + 1);
    auto bytes = askGit(folder, {"cat-file", "blob", revision + ":./" + name}, mostBytes,
        "git has no '" + name + "' in '" + revision + "'");
    if (!bytes) {
        return whyNot(bytes.error(), revision, folder);
    }
    return std::shared_ptr<const std::string>(std::make_shared<std::string>(std::move(bytes).value()));
}

Result<std::vector<std::string>> gitFiles(const std::string& revision, const std::string& folder, std::size_t most)
{
    if (!isRevision(revision)) {
        return unknown(revision);
    }
    const auto listed = askGit(
        folder, {"ls-tree", "-r", "-z", revision, "--"}, 256ULL << 20, "git has no '" + revision + "' for this folder");
    if (!listed) {
        return whyNot(listed.error(), revision, folder);
    }
    std::vector<std::string> names;
    std::string_view rest = listed.value();
    while (!rest.empty()) {
        const auto end = std::min(rest.find('\0'), rest.size());
        const auto entry = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        const auto tab = entry.find('\t');
        std::string name(tab == std::string_view::npos ? std::string_view() : entry.substr(tab + 1));
        if (entry.starts_with("100") && staysInside(name)) { // no link, no submodule
            names.push_back(std::move(name));
        }
        if (names.size() > most) {
            return Error{ErrorCode::TooLarge, 0, "the earlier revision has more files than the limit"};
        }
    }
    std::sort(names.begin(), names.end());
    return names;
}

Result<Workspace> gitWorkspace(const std::string& revision, const std::string& root, const ScanOptions& options,
    const std::stop_token& stop, const std::function<void(std::size_t, std::size_t)>& progress)
{
    constexpr std::size_t mostFiles = 20'000;
    Workspace out;
    out.roots = {root};
    std::vector<std::string> paths{root};
    if (isFolder(root)) {
        const auto names = gitFiles(revision, root, mostFiles);
        if (!names) {
            return names.error();
        }
        paths.clear();
        for (const auto& name : names.value()) {
            if (!isExcluded(name, options.exclude) && !isOwnFile(name)) {
                paths.push_back(root + (root.ends_with('/') ? "" : "/") + name);
            }
        }
    }
    for (std::size_t i = 0; i < paths.size(); ++i) {
        if (stop.stop_requested()) {
            return Error{ErrorCode::Cancelled, 0, "stopped"};
        }
        auto bytes = gitBlob(revision, paths[i], options.limits.fileBytes);
        if (!bytes && !isFolder(root)) {
            const bool missing = bytes.error().code == ErrorCode::NotFound && isKnown(revision, root);
            return missing ? Result<Workspace>(std::move(out)) : bytes.error(); // it came later: all of it is new
        }
        if (bytes) {
            Budget budget(options.limits, stop);
            Artifact artifact;
            artifact.path = paths[i];
            artifact.bytes = std::move(bytes).value();
            addAnalyses(std::move(artifact), options, budget, out);
        } else {
            out.analyses[paths[i]] = std::make_shared<const Analysis>(unreadable(paths[i], bytes.error()));
        }
        if (progress) {
            progress(i + 1, paths.size());
        }
    }
    return out;
}

} // namespace cupel::engine
