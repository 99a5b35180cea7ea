// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/path_list.h"

#include "app/cli/signals.h"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <unistd.h>

namespace cupel::cli {

namespace {

constexpr std::size_t longestList = 1ULL << 30;

bool readDescriptor(int fd, std::string& text)
{
    char buffer[64 << 10];
    while (text.size() < longestList) {
        const ssize_t got = ::read(fd, buffer, sizeof buffer);
        if (got == 0) {
            return true;
        }
        if (got < 0 && (errno != EINTR || interrupted())) {
            return false;
        }
        text.append(buffer, got > 0 ? static_cast<std::size_t>(got) : 0);
    }
    errno = EFBIG;
    return false;
}

} // namespace

bool appendPathList(const std::string& file, bool nulSeparated, std::vector<std::string>& paths, std::string& error)
{
    const bool fromStdin = file == "-";
    const int fd = fromStdin ? STDIN_FILENO : ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    std::string text;
    const bool good = fd >= 0 && readDescriptor(fd, text);
    const int code = errno;
    if (!fromStdin && fd >= 0) {
        ::close(fd);
    }
    if (!good) {
        error = "cannot read the list of files "
            + (fromStdin ? std::string("from the standard input") : "'" + file + "'") + ": " + std::strerror(code);
        return false;
    }
    const char separator = nulSeparated ? '\0' : '\n';
    for (std::size_t start = 0; start < text.size();) {
        std::size_t end = std::min(text.find(separator, start), text.size());
        const std::size_t next = end + 1;
        if (!nulSeparated && end > start && text[end - 1] == '\r') {
            --end;
        }
        if (end > start) {
            std::string path = text.substr(start, end - start);
            // "-" in a list is a file of that name: the standard input is only asked for on the command line.
            paths.push_back(path == "-" ? "./-" : std::move(path));
        }
        start = next;
    }
    return true;
}

} // namespace cupel::cli
