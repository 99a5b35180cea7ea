// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/file_watch.h"

#include "analyzers/base/budget.h"
#include "analyzers/engine/file_source.h"

#include <algorithm>
#include <filesystem>
#include <utility>

#include <sys/stat.h>

#ifdef __linux__
#include <sys/vfs.h>
#endif

namespace cupel::app {

namespace {

using std::chrono::milliseconds;
constexpr milliseconds forever(3'600'000);
constexpr std::chrono::seconds arriving(1); // so long after its first sign a change may bring others with it
constexpr std::chrono::seconds longestHold(3); // of what has settled, while others are on their way
constexpr std::int64_t clockStep = 20'000'000; // times of files lag behind the clock by up to a tick of the kernel

std::optional<FileStamp> stampOf(const std::string& path)
{
    struct stat info{};
    if (::stat(path.c_str(), &info) != 0 || !S_ISREG(info.st_mode)) {
        return {};
    }
    return FileStamp{static_cast<std::uint64_t>(info.st_size),
        static_cast<std::int64_t>(info.st_mtim.tv_sec) * 1'000'000'000 + info.st_mtim.tv_nsec,
        static_cast<std::uint64_t>(info.st_ino)};
}

// Where others can write without this kernel hearing of it.
bool isRemote(const std::string& path)
{
#ifdef __linux__
    struct statfs info{};
    if (::statfs(path.c_str(), &info) != 0) {
        return false;
    }
    constexpr std::uint32_t kinds[] = {0x6969 /* NFS */, 0x517B /* SMB */, 0xFF534D42 /* CIFS */, 0xFE534D42 /* SMB2 */,
        0x65735546 /* FUSE */, 0x01021997 /* 9P */, 0x5346414F /* AFS */, 0x00C36400 /* Ceph */, 0x73757245 /* Coda */};
    return std::find(std::begin(kinds), std::end(kinds), static_cast<std::uint32_t>(info.f_type)) != std::end(kinds);
#else
    (void)path;
    return true;
#endif
}

std::string withSlash(const std::string& folder)
{
    return folder.ends_with('/') ? folder : folder + '/';
}

bool liesIn(const std::string& path, const std::vector<std::string>& folders)
{
    return std::any_of(folders.begin(), folders.end(),
        [&path](const std::string& folder) { return path == folder || path.starts_with(withSlash(folder)); });
}

} // namespace

FileWatch::FileWatch(std::function<void()> wake)
    : m_wake(std::move(wake))
    , m_thread([this](const std::stop_token& stop) { run(stop); })
{
}

FileWatch::~FileWatch()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopWalk.request_stop();
    }
    m_thread.request_stop();
    m_events.wake();
}

void FileWatch::begin(std::vector<std::string> roots, Options options)
{
    const auto begun =
        std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::system_clock::now().time_since_epoch());
    for (auto& root : roots) {
        while (root.size() > 1 && root.ends_with('/')) {
            root.pop_back();
        }
    }
    {
        const std::lock_guard lock(m_mutex);
        m_request = Request{std::move(roots), std::move(options), begun.count()};
        m_told = {};
        m_cover.reset();
        m_stopWalk.request_stop();
    }
    m_events.wake();
}

void FileWatch::end()
{
    begin({}, {});
}

void FileWatch::look()
{
    {
        const std::lock_guard lock(m_mutex);
        m_lookWanted = true;
    }
    m_events.wake();
}

FileChanges FileWatch::take()
{
    const std::lock_guard lock(m_mutex);
    return std::exchange(m_told, {});
}

std::optional<WatchCover> FileWatch::takeCover()
{
    const std::lock_guard lock(m_mutex);
    return std::exchange(m_cover, std::nullopt);
}

void FileWatch::run(const std::stop_token& stop)
{
    while (!stop.stop_requested()) {
        const auto events = m_events.wait(untilDue());
        std::optional<Request> request;
        std::stop_token walking;
        bool look = false;
        {
            const std::lock_guard lock(m_mutex);
            request = std::exchange(m_request, std::nullopt);
            if (request) {
                m_stopWalk = std::stop_source();
            }
            walking = m_stopWalk.get_token();
            look = std::exchange(m_lookWanted, false) && !m_now.roots.empty();
        }
        if (stop.stop_requested()) {
            return;
        }
        if (request) {
            start(std::move(*request), walking);
            continue;
        }
        note(events);
        m_walk = m_walk || look;
        if (untilDue() == milliseconds::zero()) {
            compare(walking);
        }
    }
}

// Zero: now. The first look comes a while after the first event, the next ones until all that differs is at rest.
milliseconds FileWatch::untilDue() const
{
    if (idle()) {
        return forever;
    }
    const auto now = Clock::now();
    const bool onlyWalk = m_dirty.empty() && m_pending.empty() && m_settled.empty();
    const auto due = onlyWalk ? std::max(m_nextLook, m_nextWalk) : m_nextLook;
    return due <= now ? milliseconds::zero() : std::chrono::ceil<milliseconds>(due - now);
}

void FileWatch::start(Request request, const std::stop_token& stop)
{
    m_now = std::move(request);
    m_events.clear();
    m_watched.clear();
    m_lone.clear();
    m_pending.clear();
    m_dirty.clear();
    m_writing.clear();
    m_settled = {};
    m_walk = false;
    m_known.clear();
    m_coverNow = {};
    if (m_now.roots.empty()) {
        return;
    }
    for (const auto& root : m_now.roots) {
        m_lone.insert(root);
        m_coverNow.remote = m_coverNow.remote || isRemote(root);
    }
    m_known = listAll(stop);
    for (auto& [path, stamp] : m_known) {
        if (stamp.modified >= m_now.begun - clockStep) { // the scan may have read what was there before
            stamp = {};
            m_dirty.insert(path);
        }
    }
    m_walk = !m_watched.empty(); // what came between the listing and the watches
    m_nextLook = Clock::now() + quiet;
    tellCover();
}

void FileWatch::tellCover()
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_request) {
            return; // overtaken
        }
        m_cover = m_coverNow;
    }
    m_wake();
}

void FileWatch::note(const std::vector<FolderEvents::Event>& events)
{
    using Kind = FolderEvents::Kind;
    const bool wasIdle = idle();
    for (const auto& event : events) {
        if (event.kind == Kind::Lost) {
            m_watched.clear(); // to be added once more: what is watched already stays so
            m_walk = true;
            continue;
        }
        if (m_known.count(event.path) != 0 && event.kind != Kind::Folder) {
            m_dirty.insert(event.path);
            if (event.kind == Kind::Written) {
                m_writing.insert(event.path);
            } else {
                m_writing.erase(event.path);
            }
            continue;
        }
        const auto slash = event.path.rfind('/');
        const bool below =
            slash != std::string::npos && m_watched.count(event.path.substr(0, std::max<std::size_t>(slash, 1))) != 0;
        if (!below && m_lone.count(event.path) == 0 && m_watched.count(event.path) == 0) {
            continue; // a neighbour of what was opened
        }
        m_walk = true;
        if (event.kind == Kind::Folder) {
            forgetFolder(event.path);
        }
    }
    if (wasIdle && !idle()) {
        m_nextLook = Clock::now() + quiet;
    }
}

// It may be another one of the same name now.
void FileWatch::forgetFolder(const std::string& folder)
{
    m_watched.erase(folder);
    const auto inside = withSlash(folder);
    for (auto at = m_watched.lower_bound(inside); at != m_watched.end() && at->starts_with(inside);) {
        at = m_watched.erase(at);
    }
}

// One watch a folder. What was asked for is also watched through the folder that holds it, so that a file that is
// replaced and a folder that comes back are noticed.
void FileWatch::addWatches(const std::vector<std::string>& folders)
{
    using Added = FolderEvents::Added;
    const auto add = [this](const std::string& folder, const std::string& prefix) {
        return m_watched.size() < m_now.options.mostWatches ? m_events.add(folder, prefix) : Added::Limit;
    };
    const std::set<std::string> there(folders.begin(), folders.end());
    std::erase_if(m_watched, [&there](const std::string& folder) { return there.count(folder) == 0; });
    m_coverNow.folders = folders.size();
    m_coverNow.unwatched = 0;
    for (const auto& root : m_lone) {
        const auto parent = std::filesystem::path(root).parent_path().string();
        const auto added = add(parent.empty() ? "." : parent, parent.empty() ? std::string() : withSlash(parent));
        if (there.count(root) == 0) { // a lone file
            m_coverNow.folders += 1;
            m_coverNow.unwatched += added == Added::Yes ? 0 : 1;
        }
    }
    for (const auto& folder : folders) {
        if (m_watched.count(folder) != 0) {
            continue;
        }
        if (add(folder, withSlash(folder)) == Added::Yes) {
            m_watched.insert(folder);
        } else {
            ++m_coverNow.unwatched;
        }
    }
}

std::unordered_map<std::string, FileStamp> FileWatch::listAll(const std::stop_token& stop)
{
    const auto begun = Clock::now();
    std::unordered_map<std::string, FileStamp> found;
    std::vector<std::string> folders;
    m_unlisted.clear();
    Budget budget(Limits{}, stop);
    for (const auto& root : m_now.roots) {
        auto listing = engine::listFiles(root, m_now.options.exclude, budget);
        folders.insert(folders.end(), listing.folders.begin(), listing.folders.end());
        for (auto& [folder, error] : listing.failed) {
            m_unlisted.push_back(folder);
        }
        for (const auto& file : listing.files) {
            if (const auto stamp = stampOf(file.path)) {
                found.emplace(file.path, *stamp);
            } else if (file.path == root && m_known.count(root) == 0) {
                m_unlisted.push_back(root); // a folder that is away for now: nothing is known about what is in it
            }
            if (stop.stop_requested()) {
                break;
            }
        }
    }
    if (!stop.stop_requested()) {
        addWatches(folders);
    }
    m_nextWalk = Clock::now() + 4 * (Clock::now() - begun); // a fifth of one core at most
    return found;
}

void FileWatch::compareAll(const std::stop_token& stop, std::unordered_set<std::string>& paths)
{
    m_walk = false;
    const auto watched = m_watched;
    const auto before = m_coverNow.unwatched;
    const auto found = listAll(stop);
    if (stop.stop_requested()) {
        return;
    }
    // Once more: files may have come before their folder was watched.
    m_walk = std::any_of(m_watched.begin(), m_watched.end(),
        [&watched](const std::string& folder) { return watched.count(folder) == 0; });
    for (const auto& [path, stamp] : found) {
        if (const auto known = m_known.find(path); known == m_known.end() || known->second != stamp) {
            paths.insert(path);
        }
    }
    for (const auto& [path, stamp] : m_known) {
        if (found.count(path) == 0 && !liesIn(path, m_unlisted)) {
            paths.insert(path);
        }
    }
    if (before != m_coverNow.unwatched) {
        tellCover();
    }
}

void FileWatch::compare(const std::stop_token& stop)
{
    std::unordered_set<std::string> paths = std::exchange(m_dirty, {});
    for (const auto& [path, pending] : m_pending) {
        paths.insert(path);
    }
    if (m_walk && Clock::now() >= m_nextWalk) {
        compareAll(stop, paths);
    }
    if (stop.stop_requested()) {
        return; // of a review that is closed
    }
    for (const auto& path : paths) {
        check(path, stampOf(path));
    }
    m_nextLook = Clock::now() + quiet;
    tell();
}

void FileWatch::check(const std::string& path, const std::optional<FileStamp>& now)
{
    const auto known = m_known.find(path);
    const bool same = known == m_known.end() ? !now : now == known->second;
    if (same) {
        m_pending.erase(path);
        return;
    }
    const auto time = Clock::now();
    auto [at, fresh] = m_pending.try_emplace(path, Pending{now, time, time});
    Pending& pending = at->second;
    if (!fresh && pending.stamp != now) {
        pending.stamp = now;
        pending.since = time;
    }
    const bool rests = time - pending.since >= quiet && m_writing.count(path) == 0;
    if (rests || time - pending.first >= longestWait) {
        settle(path, now);
    }
}

void FileWatch::settle(const std::string& path, const std::optional<FileStamp>& now)
{
    m_pending.erase(path);
    m_writing.erase(path);
    if (m_settled.empty()) {
        m_firstSettled = Clock::now();
    }
    if (now) {
        m_known[path] = *now;
        m_settled.changed.push_back(path);
    } else {
        m_known.erase(path);
        m_settled.gone.push_back(path);
    }
}

// All that belongs together is told together: a checkout of thousands of files is one batch.
void FileWatch::tell()
{
    const auto now = Clock::now();
    const bool more = std::any_of(
        m_pending.begin(), m_pending.end(), [now](const auto& entry) { return now - entry.second.first < arriving; });
    if (m_settled.empty() || (more && now - m_firstSettled < longestHold)) {
        return;
    }
    std::sort(m_settled.changed.begin(), m_settled.changed.end());
    std::sort(m_settled.gone.begin(), m_settled.gone.end());
    {
        const std::lock_guard lock(m_mutex);
        if (m_request) {
            return; // of a review that is closed
        }
        for (auto& path : m_settled.changed) {
            m_told.changed.push_back(std::move(path));
        }
        for (auto& path : m_settled.gone) {
            m_told.gone.push_back(std::move(path));
        }
    }
    m_settled = {};
    m_wake();
}

} // namespace cupel::app
