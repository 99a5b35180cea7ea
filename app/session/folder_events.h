// SPDX-License-Identifier: GPL-3.0-or-later
// What the kernel says happens in folders (inotify on Linux; elsewhere nothing is ever said). One watch a folder covers
// all files in it. Owned and waited on by one thread; wake() may come from any.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <unordered_map>
#include <vector>

namespace cupel::app {

class FolderEvents {
public:
    enum class Added : std::uint8_t { Yes, Limit, No };
    enum class Kind : std::uint8_t { File, Written, Closed, Folder, Lost }; // Lost: anything may have happened
    struct Event {
        Kind kind = Kind::Lost;
        std::string path;
    };

    FolderEvents();
    ~FolderEvents();
    FolderEvents(const FolderEvents&) = delete;
    FolderEvents& operator=(const FolderEvents&) = delete;

    [[nodiscard]] bool available() const { return m_inotify >= 0; }
    // Files of the folder are then called `prefix` + name.
    [[nodiscard]] Added add(const std::string& folder, const std::string& prefix);
    void clear();
    // Sleeps until something happens, wake() is called or the time is over; a burst of events is gathered for a moment.
    [[nodiscard]] std::vector<Event> wait(std::chrono::milliseconds timeout);
    void wake();

private:
    void open();
    void close();
    void drain(std::vector<Event>& out);
    int m_inotify = -1;
    int m_wake[2] = {-1, -1}; // a pipe: its reading and its writing end
    std::unordered_map<int, std::vector<std::string>> m_prefixes; // by watch
};

} // namespace cupel::app
