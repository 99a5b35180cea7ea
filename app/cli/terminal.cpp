// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/terminal.h"

#include "analyzers/report/writers/text_unicode.h"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <string>

#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

namespace cupel::cli {

namespace {

bool isSet(const char* variable)
{
    const char* value = std::getenv(variable);
    return value && *value != '\0';
}

} // namespace

bool isTerminal(int fd)
{
    return ::isatty(fd) == 1;
}

bool wantsColour(When choice, int fd)
{
    if (choice != When::Auto) {
        return choice == When::Always;
    }
    if (isSet("NO_COLOR")) {
        return false;
    }
    if (isSet("FORCE_COLOR")) {
        return std::string_view(std::getenv("FORCE_COLOR")) != "0";
    }
    const char* term = std::getenv("TERM");
    return isTerminal(fd) && !(term && std::string_view(term) == "dumb");
}

std::size_t columns(int fd)
{
    winsize size{};
    if (isTerminal(fd) && ::ioctl(fd, TIOCGWINSZ, &size) == 0 && size.ws_col >= 40) {
        return size.ws_col;
    }
    return 100;
}

void holdStandardStreams()
{
    for (const int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        if (::fcntl(fd, F_GETFD) == -1 && errno == EBADF) {
            // The wrong way round on purpose: reading or writing must fail as it does on a closed stream.
            const int held = ::open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
            static_cast<void>(held); // the lowest free number, which is this one
        }
    }
}

void complain(std::string_view text)
{
    std::string out = "cupel: ";
    while (!text.empty()) {
        const auto end = text.find('\n');
        out += report::printable(text.substr(0, end)) + "\n";
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    std::fwrite(out.data(), 1, out.size(), stderr);
}

} // namespace cupel::cli
