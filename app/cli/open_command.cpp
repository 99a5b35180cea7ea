// SPDX-License-Identifier: GPL-3.0-or-later
// `cupel open`: becomes the workbench.
#include "app/cli/commands.h"
#include "app/cli/terminal.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <string>

#include <unistd.h>

namespace cupel::cli {

namespace {

constexpr const char* workbench = "cupel-workbench";

std::string besideThisProgram()
{
    std::array<char, 4096> buffer{};
    const ssize_t length = ::readlink("/proc/self/exe", buffer.data(), buffer.size());
    if (length <= 0 || static_cast<std::size_t>(length) >= buffer.size()) {
        return {};
    }
    const std::string self(buffer.data(), static_cast<std::size_t>(length));
    return self.substr(0, self.rfind('/') + 1) + workbench;
}

} // namespace

Exit runOpen(const Arguments& arguments)
{
    std::vector<std::string> words{workbench};
    // A path that starts with a hyphen must not become an option over there.
    for (const auto& path : arguments.paths) {
        words.push_back(path.starts_with('-') ? "./" + path : path);
    }
    std::vector<char*> argv;
    for (auto& word : words) {
        argv.push_back(word.data());
    }
    argv.push_back(nullptr);
    std::signal(SIGPIPE, SIG_DFL); // an ignored signal would stay ignored over there
    const std::string beside = besideThisProgram();
    if (!beside.empty()) {
        ::execv(beside.c_str(), argv.data());
    }
    const int error = errno;
    if (beside.empty() || error == ENOENT) {
        ::execvp(workbench, argv.data());
        complain("the workbench is not installed: there is no cupel-workbench beside this program or on the PATH\n"
                 "'cupel scan' judges the same files here.");
    } else {
        complain("cannot start '" + beside + "': " + std::strerror(error));
    }
    return Exit::Usage;
}

} // namespace cupel::cli
