// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/engine/mapped_file.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <charconv>
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <functional>
#include <mutex>
#include <string_view>
#include <thread>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

namespace cupel::engine {

namespace {

// What the signal handler may look at: no lock, no allocation.
struct Slot {
    std::atomic<std::uintptr_t> start = 0; // 0: free
    std::atomic<std::uintptr_t> end = 0;
    std::atomic<bool> cut = false;
};
constexpr std::size_t slotCount = 256; // maps at once; without one a file is read instead
std::array<Slot, slotCount> slots;
struct sigaction earlier;
std::atomic<long> pageSize = 4096;

// systemd's way: a page of zeros goes where the file has none any more, and the reader goes on.
void onBusError(int number, siginfo_t* info, void* context)
{
    const auto address = reinterpret_cast<std::uintptr_t>(info->si_addr);
    for (auto& slot : slots) {
        const auto start = slot.start.load(std::memory_order_acquire);
        if (start == 0 || address < start || address >= slot.end.load(std::memory_order_acquire)) {
            continue;
        }
        const auto size = static_cast<std::uintptr_t>(pageSize.load(std::memory_order_relaxed));
        void* page = reinterpret_cast<void*>(address & ~(size - 1)); // NOLINT(performance-no-int-to-ptr)
        if (::mmap(page, size, PROT_READ, MAP_PRIVATE | MAP_FIXED | MAP_ANONYMOUS, -1, 0) == MAP_FAILED) {
            break;
        }
        slot.cut.store(true, std::memory_order_release);
        return;
    }
    // Not ours: as if there were no handler here.
    if ((earlier.sa_flags & SA_SIGINFO) != 0 && earlier.sa_sigaction) {
        earlier.sa_sigaction(number, info, context);
    } else if (earlier.sa_handler != SIG_DFL && earlier.sa_handler != SIG_IGN) {
        earlier.sa_handler(number);
    } else {
        ::signal(number, SIG_DFL);
        ::raise(number);
    }
}

void catchBusErrors()
{
    static std::once_flag once;
    std::call_once(once, [] {
        pageSize = ::sysconf(_SC_PAGESIZE);
        struct sigaction action{};
        action.sa_sigaction = onBusError;
        action.sa_flags = SA_SIGINFO | SA_NODEFER;
        sigemptyset(&action.sa_mask);
        ::sigaction(SIGBUS, &action, &earlier);
    });
}

// File pages that this process has in memory, all of them together.
std::uint64_t residentFilePages()
{
    const int file = ::open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
    if (file < 0) {
        return 0;
    }
    std::array<char, 128> text{};
    const auto got = ::read(file, text.data(), text.size());
    ::close(file);
    std::string_view words(text.data(), got > 0 ? static_cast<std::size_t>(got) : 0);
    for (int i = 0; i < 2; ++i) { // size, resident, shared
        words.remove_prefix(std::min(words.size(), words.find(' ') + 1));
    }
    std::uint64_t pages = 0;
    std::from_chars(words.data(), words.data() + words.size(), pages);
    return pages * static_cast<std::uint64_t>(pageSize.load());
}

// Lets go of what was looked at while there are maps: the pages stay in the system's cache and come back at once when
// they are asked for again. No reader has to know.
class Trimmer {
public:
    static Trimmer& instance()
    {
        static Trimmer trimmer;
        return trimmer;
    }

    void begin()
    {
        const std::lock_guard lock(m_mutex);
        m_anyMaps = true;
        if (m_maps++ == 0) {
            m_base = residentFilePages();
        }
        if (!m_thread.joinable()) {
            m_thread = std::jthread([this](const std::stop_token& stop) { run(stop); });
        }
        m_wake.notify_all();
    }

    void tick()
    {
        const auto now = std::chrono::steady_clock::now().time_since_epoch().count();
        constexpr auto pause = std::chrono::steady_clock::duration(std::chrono::milliseconds(1)).count();
        if (m_anyMaps.load(std::memory_order_relaxed) && now - m_last.load(std::memory_order_relaxed) > pause) {
            if (const std::unique_lock lock(m_mutex, std::try_to_lock); lock.owns_lock()) {
                trim();
            }
        }
    }

    void end()
    {
        const std::lock_guard lock(m_mutex);
        m_anyMaps = --m_maps > 0;
    }

private:
    // With the mutex.
    void trim()
    {
        m_last = std::chrono::steady_clock::now().time_since_epoch().count();
        if (m_maps == 0 || residentFilePages() <= m_base + residentMost) {
            return;
        }
        for (const auto& slot : slots) {
            const auto start = slot.start.load(std::memory_order_acquire);
            if (start != 0) {
                ::madvise(reinterpret_cast<void*>(start), // NOLINT(performance-no-int-to-ptr)
                    slot.end.load(std::memory_order_acquire) - start, MADV_DONTNEED);
            }
        }
    }

    void run(const std::stop_token& stop)
    {
        std::unique_lock lock(m_mutex);
        while (m_wake.wait(lock, stop, [this] { return m_maps > 0; })) {
            trim();
            m_wake.wait_for(lock, stop, std::chrono::milliseconds(1), [] { return false; });
        }
    }

    std::mutex m_mutex;
    std::condition_variable_any m_wake;
    int m_maps = 0;
    std::atomic<bool> m_anyMaps = false;
    std::atomic<std::chrono::steady_clock::rep> m_last = 0;
    std::uint64_t m_base = 0; // the program's own
    std::jthread m_thread;

    friend class Map;
};

class Map {
public:
    Map(int descriptor, std::uint64_t size)
        : m_size(size)
        , m_file(::fcntl(descriptor, F_DUPFD_CLOEXEC, 0))
    {
        struct stat info{};
        if (m_file < 0 || ::fstat(m_file, &info) != 0) {
            return;
        }
        m_modified = info.st_mtim;
        catchBusErrors();
        const auto slot = std::find_if(slots.begin(), slots.end(), [](auto& one) { return one.end.exchange(1) == 0; });
        if (slot == slots.end()) {
            return;
        }
        m_slot = &*slot;
        void* start = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, m_file, 0);
        if (start == MAP_FAILED) {
            return;
        }
        m_start = static_cast<const char*>(start);
        m_slot->cut = false;
        m_slot->end.store(reinterpret_cast<std::uintptr_t>(m_start) + size, std::memory_order_release);
        Trimmer& trimmer = Trimmer::instance();
        trimmer.begin();
        const std::lock_guard lock(trimmer.m_mutex);
        m_slot->start.store(reinterpret_cast<std::uintptr_t>(m_start), std::memory_order_release);
    }

    ~Map()
    {
        if (m_start) {
            Trimmer& trimmer = Trimmer::instance();
            {
                const std::lock_guard lock(trimmer.m_mutex); // it must not advise about what is somebody else's by then
                m_slot->start.store(0, std::memory_order_release);
                ::munmap(const_cast<char*>(m_start), m_size); // NOLINT(cppcoreguidelines-pro-type-const-cast)
            }
            trimmer.end();
        }
        if (m_slot) {
            m_slot->end.store(0, std::memory_order_release);
        }
        if (m_file >= 0) {
            ::close(m_file);
        }
    }

    Map(const Map&) = delete;
    Map& operator=(const Map&) = delete;

    [[nodiscard]] ByteView view() const { return m_start ? ByteView(m_start, m_size) : ByteView(); }
    [[nodiscard]] bool holds(ByteView bytes) const
    {
        const std::less_equal<> notAfter;
        return m_start && notAfter(m_start, bytes.data()) && notAfter(bytes.data() + bytes.size(), m_start + m_size);
    }
    [[nodiscard]] int file() const { return m_file; }
    [[nodiscard]] bool disturbed() const
    {
        struct stat now{};
        return m_slot->cut || ::fstat(m_file, &now) != 0 || static_cast<std::uint64_t>(now.st_size) < m_size
            || now.st_mtim.tv_sec != m_modified.tv_sec || now.st_mtim.tv_nsec != m_modified.tv_nsec;
    }

private:
    std::uint64_t m_size;
    int m_file;
    timespec m_modified{};
    Slot* m_slot = nullptr;
    const char* m_start = nullptr;
};

// The maps that are out, so that bytes can be asked whether they are of one.
std::mutex knownMutex;
std::array<const Map*, slotCount> known{};

void remember(const Map* map, bool out)
{
    const std::lock_guard lock(knownMutex);
    const auto place = std::find(known.begin(), known.end(), out ? nullptr : map);
    if (place != known.end()) {
        *place = out ? map : nullptr;
    }
}

} // namespace

void trimMaps()
{
    Trimmer::instance().tick();
}

SharedBytes mapFile(int descriptor, std::uint64_t size)
{
    auto map = std::shared_ptr<Map>(new Map(descriptor, size), [](const Map* gone) {
        remember(gone, false);
        delete gone;
    });
    if (map->view().empty()) {
        return {};
    }
    remember(map.get(), true);
    const auto view = map->view();
    return {std::move(map), view};
}

std::size_t copyMapped(ByteView bytes, int target)
{
    constexpr std::size_t many = 64 << 10;
    if (bytes.size() < many) {
        return 0;
    }
    int file = -1;
    off64_t at = 0;
    {
        const std::lock_guard lock(knownMutex);
        const auto map =
            std::find_if(known.begin(), known.end(), [bytes](const Map* one) { return one && one->holds(bytes); });
        if (map == known.end()) {
            return 0;
        }
        file = (*map)->file(); // open as long as the caller holds the bytes
        at = bytes.data() - (*map)->view().data();
    }
    const auto copied = ::copy_file_range(file, &at, target, nullptr, bytes.size(), 0);
    return copied > 0 ? static_cast<std::size_t>(copied) : 0;
}

bool wasDisturbed(const SharedBytes& bytes)
{
    const std::lock_guard lock(knownMutex);
    const auto map = std::find(known.begin(), known.end(), static_cast<const Map*>(bytes.owner().get()));
    return bytes && map != known.end() && *map && (*map)->disturbed();
}

} // namespace cupel::engine
