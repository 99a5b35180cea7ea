// SPDX-License-Identifier: GPL-3.0-or-later
// Finds out what changed on disk below the opened files and folders, on a thread of its own: the kernel says where to
// look, a comparison with sizes and times of before says what it is, and nothing is told before it has been quiet for a
// while. Where the kernel cannot help (network folders, no watches left) look() compares everything.
#pragma once

#include "app/session/folder_events.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <thread>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace cupel::app {

struct FileStamp {
    std::uint64_t size = 0;
    std::int64_t modified = 0; // nanoseconds
    std::uint64_t node = 0; // another one: the file was replaced
    friend bool operator==(const FileStamp&, const FileStamp&) = default;
};

struct FileChanges {
    std::vector<std::string> changed; // or new
    std::vector<std::string> gone;
    [[nodiscard]] bool empty() const { return changed.empty() && gone.empty(); }
};

// How well the kernel covers what is open.
struct WatchCover {
    std::size_t folders = 0;
    std::size_t unwatched = 0; // no watch could be had for them
    bool remote = false; // on a network: what others change there is not told
    [[nodiscard]] bool complete() const { return unwatched == 0 && !remote; }
};

class FileWatch {
public:
    struct Options {
        std::vector<std::string> exclude; // as the scan has it
        std::size_t mostWatches = SIZE_MAX; // fewer: for tests
    };
    static constexpr std::chrono::milliseconds quiet{150};
    static constexpr std::chrono::seconds longestWait{30}; // for a file that never comes to rest

    // `wake` is called on the watching thread whenever take() or takeCover() has something.
    explicit FileWatch(std::function<void()> wake);
    ~FileWatch();
    FileWatch(const FileWatch&) = delete;
    FileWatch& operator=(const FileWatch&) = delete;

    // All of these return at once. What was written since the call of begin() counts as changed.
    void begin(std::vector<std::string> roots, Options options);
    void end();
    void look();
    [[nodiscard]] FileChanges take();
    [[nodiscard]] std::optional<WatchCover> takeCover();

private:
    using Clock = std::chrono::steady_clock;
    struct Request {
        std::vector<std::string> roots;
        Options options;
        std::int64_t begun = 0; // nanoseconds since 1970
    };
    struct Pending {
        std::optional<FileStamp> stamp; // none: gone
        Clock::time_point since; // it has looked like that
        Clock::time_point first;
    };

    void run(const std::stop_token& stop);
    [[nodiscard]] bool idle() const { return m_dirty.empty() && m_pending.empty() && m_settled.empty() && !m_walk; }
    [[nodiscard]] std::chrono::milliseconds untilDue() const;
    void start(Request request, const std::stop_token& stop);
    void note(const std::vector<FolderEvents::Event>& events);
    void forgetFolder(const std::string& folder);
    void compare(const std::stop_token& stop);
    void compareAll(const std::stop_token& stop, std::unordered_set<std::string>& paths);
    [[nodiscard]] std::unordered_map<std::string, FileStamp> listAll(const std::stop_token& stop);
    void addWatches(const std::vector<std::string>& folders);
    void tellCover();
    void check(const std::string& path, const std::optional<FileStamp>& now);
    void settle(const std::string& path, const std::optional<FileStamp>& now);
    void tell();

    const std::function<void()> m_wake;
    FolderEvents m_events;

    std::mutex m_mutex; // over this block
    std::optional<Request> m_request;
    bool m_lookWanted = false;
    FileChanges m_told;
    std::optional<WatchCover> m_cover;
    std::stop_source m_stopWalk; // of the request before

    // The thread's own.
    Request m_now;
    WatchCover m_coverNow;
    std::set<std::string> m_watched; // folders
    std::unordered_set<std::string> m_lone; // files and folders that were asked for: watched through what holds them
    std::vector<std::string> m_unlisted; // folders that could not be listed: nothing is known about what is in them
    std::unordered_map<std::string, FileStamp> m_known;
    std::unordered_map<std::string, Pending> m_pending;
    std::unordered_set<std::string> m_dirty;
    std::unordered_set<std::string> m_writing; // somebody has them open and wrote into them
    bool m_walk = false;
    Clock::time_point m_nextLook;
    Clock::time_point m_nextWalk;
    FileChanges m_settled;
    Clock::time_point m_firstSettled;

    std::jthread m_thread; // last: joins before the rest goes
};

} // namespace cupel::app
