// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/git_blob.h"

#include <cerrno>
#include <cstring>
#include <vector>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

namespace cupel::cli {

namespace {

Error failed(const std::string& what)
{
    return {ErrorCode::NotFound, 0, what};
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

} // namespace

Result<std::shared_ptr<const std::string>> gitBlob(
    const std::string& revision, const std::string& path, std::uint64_t mostBytes)
{
    // "REV:./name" is looked up from the folder of the file; a revision never becomes an option.
    if (revision.empty() || revision.front() == '-' || revision.find(':') != std::string::npos) {
        return failed("'" + revision + "' is no revision");
    }
    const auto slash = path.rfind('/');
    const auto folder = slash == std::string::npos ? std::string(".") : path.substr(0, slash + 1);
    const auto object = revision + ":./" + path.substr(slash == std::string::npos ? 0 : slash + 1);
    std::vector<std::string> words{"git", "-C", folder, "--no-pager", "-c", "core.fsmonitor=false", "-c",
        "core.hooksPath=/dev/null", "cat-file", "blob", object};
    std::vector<char*> arguments;
    for (auto& word : words) {
        arguments.push_back(word.data());
    }
    arguments.push_back(nullptr);
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
    const int error = ::posix_spawnp(&child, "git", &actions, nullptr, arguments.data(), environ);
    ::posix_spawn_file_actions_destroy(&actions);
    ::close(ends[1]);
    if (error != 0) {
        ::close(ends[0]);
        return failed(std::string("cannot start git: ") + std::strerror(error));
    }
    auto bytes = std::make_shared<std::string>();
    const bool whole = readAll(ends[0], mostBytes, *bytes);
    ::close(ends[0]);
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) { }
    if (!whole) {
        return Error{ErrorCode::TooLarge, 0, "the earlier revision is larger than the limit"};
    }
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        return failed("git has no '" + object.substr(object.find("./") + 2) + "' in '" + revision + "'");
    }
    return std::shared_ptr<const std::string>(std::move(bytes));
}

} // namespace cupel::cli
