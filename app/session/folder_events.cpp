// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/folder_events.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <poll.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/inotify.h>
#endif

namespace cupel::app {

namespace {

constexpr std::chrono::milliseconds gathering(40); // a flood wakes the thread 25 times a second at most

#ifdef __linux__
FolderEvents::Kind kindOf(std::uint32_t mask)
{
    return (mask & IN_ISDIR) != 0      ? FolderEvents::Kind::Folder
        : (mask & IN_CLOSE_WRITE) != 0 ? FolderEvents::Kind::Closed
        : (mask & IN_MODIFY) != 0      ? FolderEvents::Kind::Written
                                       : FolderEvents::Kind::File;
}
#endif

} // namespace

FolderEvents::FolderEvents()
{
    if (::pipe(m_wake) == 0) {
        for (const int end : m_wake) {
            ::fcntl(end, F_SETFD, FD_CLOEXEC);
            ::fcntl(end, F_SETFL, O_NONBLOCK);
        }
    }
    open();
}

FolderEvents::~FolderEvents()
{
    close();
    for (const int end : m_wake) {
        if (end >= 0) {
            ::close(end);
        }
    }
}

void FolderEvents::open()
{
#ifdef __linux__
    m_inotify = ::inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
#endif
}

void FolderEvents::close()
{
    if (m_inotify >= 0) {
        ::close(m_inotify);
        m_inotify = -1;
    }
}

void FolderEvents::clear()
{
    if (!m_prefixes.empty()) { // closing lets go of all watches at once, and of what they still had to say
        close();
        open();
        m_prefixes.clear();
    }
}

FolderEvents::Added FolderEvents::add(const std::string& folder, const std::string& prefix)
{
#ifdef __linux__
    if (m_inotify < 0) {
        return Added::Limit; // the number of instances is limited too
    }
    constexpr std::uint32_t mask = IN_CLOSE_WRITE | IN_MODIFY | IN_MOVED_FROM | IN_MOVED_TO | IN_CREATE | IN_DELETE
        | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR;
    const int watch = ::inotify_add_watch(m_inotify, folder.c_str(), mask);
    if (watch < 0) {
        return errno == ENOSPC || errno == ENOMEM ? Added::Limit : Added::No;
    }
    auto& prefixes = m_prefixes[watch];
    if (std::find(prefixes.begin(), prefixes.end(), prefix) == prefixes.end()) {
        prefixes.push_back(prefix);
    }
    return Added::Yes;
#else
    (void)folder;
    (void)prefix;
    return Added::No;
#endif
}

std::vector<FolderEvents::Event> FolderEvents::wait(std::chrono::milliseconds timeout)
{
    std::vector<Event> out;
    std::array<pollfd, 2> ends{pollfd{m_wake[0], POLLIN, 0}, pollfd{m_inotify, POLLIN, 0}};
    const auto count = static_cast<nfds_t>(m_inotify >= 0 ? 2 : 1);
    if (::poll(ends.data(), count, static_cast<int>(timeout.count())) > 0 && count == 2 && ends[1].revents != 0
        && ends[0].revents == 0) {
        (void)::poll(ends.data(), 1, static_cast<int>(gathering.count()));
    }
    std::array<char, 64> woken{};
    while (::read(m_wake[0], woken.data(), woken.size()) > 0) { }
    drain(out);
    return out;
}

void FolderEvents::drain(std::vector<Event>& out)
{
#ifdef __linux__
    alignas(inotify_event) std::array<char, 64 << 10> buffer{};
    while (m_inotify >= 0) {
        const auto got = ::read(m_inotify, buffer.data(), buffer.size());
        if (got <= 0) {
            return;
        }
        for (std::size_t at = 0; at + sizeof(inotify_event) <= static_cast<std::size_t>(got);) {
            inotify_event event{};
            std::memcpy(&event, buffer.data() + at, sizeof event);
            const char* name = buffer.data() + at + sizeof event; // ends in zeros
            at += sizeof event + event.len;
            if ((event.mask & IN_Q_OVERFLOW) != 0) {
                out.push_back({});
                continue;
            }
            const auto prefixes = m_prefixes.find(event.wd);
            if (prefixes == m_prefixes.end()) {
                continue;
            }
            const bool itself = event.len == 0;
            for (const auto& prefix : prefixes->second) {
                out.push_back({itself ? Kind::Folder : kindOf(event.mask),
                    itself ? prefix.substr(0, prefix.empty() ? 0 : prefix.size() - 1) : prefix + name});
            }
            if ((event.mask & IN_IGNORED) != 0) {
                m_prefixes.erase(prefixes);
            }
        }
    }
#else
    (void)out;
#endif
}

void FolderEvents::wake()
{
    const char sign = 1;
    (void)!::write(m_wake[1], &sign, 1);
}

} // namespace cupel::app
